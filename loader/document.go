package loader

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// document is a source made ready for reading: the report, the blocks of its
// text that are running prose, in order, and what was found wrong.
type document struct {
	report   entente.Report
	blocks   []entente.Span
	problems []entente.Problem
}

// parse makes a document of a source, by its form: JSON, HTML, Markdown or
// plain text.
func parse(src Source, meta Meta) (document, error) {
	text, problems, err := decode(src.Name, src.Data)
	if err != nil {
		return document{}, err
	}
	d := document{problems: problems}
	var own Meta // what the report says of itself
	switch form(src.Name, text) {
	case "json":
		own, err = d.parseJSON(src.Name, text)
	case "html":
		own, err = d.parseHTML(src.Name, text)
	case "markdown":
		own = d.parseMarkdown(text)
	default:
		own = d.parseText(text)
	}
	if err != nil {
		return document{}, err
	}
	d.finish(own, meta)
	return d, nil
}

// form tells in which form a text is written, by its beginning and its name.
func form(name, text string) string {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1024)]))
	ext := filepath.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz"))
	switch {
	case ext == ".json" || strings.HasPrefix(head, "{"):
		return "json"
	case ext == ".html" || ext == ".htm" || ext == ".xhtml", strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<?xml") && strings.Contains(head, "<html"):
		return "html"
	case ext == ".md" || ext == ".markdown" || strings.HasPrefix(head, "---\n") && strings.Contains(head, "\ntitle:"):
		return "markdown"
	}
	return "text"
}

// goldReport is a report as a JSON object.
type jsonReport struct {
	URL       string `json:"url"`
	Publisher string `json:"publisher"`
	Title     string `json:"title"`
	Date      string `json:"date"`
	Text      string `json:"text"`
}

func (d *document) parseJSON(name, text string) (Meta, error) {
	var j jsonReport
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		if syntax, ok := err.(*json.SyntaxError); ok {
			line, col := position([]byte(text), min(int(syntax.Offset), len(text)))
			return Meta{}, fmt.Errorf("%s:%d:%d: %w", name, line, col, err)
		}
		return Meta{}, fmt.Errorf("%s: %w; a report is {\"title\",\"publisher\",\"date\",\"text\"}", name, err)
	}
	if strings.TrimSpace(j.Text) == "" {
		return Meta{}, fmt.Errorf("%s: no \"text\" in this JSON; a report is {\"title\",\"publisher\",\"date\",\"text\"}", name)
	}
	own := d.parseText(j.Text)
	own.URL, own.Publisher, own.Title = j.URL, or(j.Publisher, own.Publisher), or(j.Title, own.Title)
	if j.Date != "" {
		date, err := entente.ParseDate(j.Date)
		if err != nil {
			d.problem("the date %q of this JSON is none (%v)", j.Date, err)
		} else {
			own.Published = date
		}
	}
	return own, nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (d *document) problem(format string, args ...any) {
	d.problems = append(d.problems, entente.Problem{Text: fmt.Sprintf(format, args...)})
}

// parseText finds the running prose of a plain text: what is left when
// headlines, section names, bylines and page furniture are taken away.
func (d *document) parseText(text string) Meta {
	d.report.Text = text
	return d.prose(paragraphs(text, entente.Span{End: len(text)}))
}

// prose keeps the paragraphs that are running prose, takes the headline from
// those before them, and reads the dateline of the first.
func (d *document) prose(paragraphs []entente.Span) Meta {
	var own Meta
	for _, p := range paragraphs {
		words := p.Of(d.report.Text)
		if !running(words) {
			if len(d.blocks) == 0 && headline(words) {
				own.Title = strings.Join(strings.Fields(words), " ")
			}
			continue
		}
		d.blocks = append(d.blocks, p)
	}
	if len(d.blocks) > 0 {
		line := readDateline(d.blocks[0].Of(d.report.Text))
		d.blocks[0].Start += line.length
		own.Publisher, own.Published = line.agency, line.date
	}
	return own
}

// paragraphs splits the text within a span at blank lines; the lines of a
// paragraph are paragraphs of their own where most of them end like sentences.
func paragraphs(text string, within entente.Span) []entente.Span {
	var out, lines []entente.Span
	flush := func() {
		if len(lines) == 0 {
			return
		}
		ended := 0
		for _, l := range lines {
			if terminal(l.Of(text)) {
				ended++
			}
		}
		if ended*3 >= len(lines)*2 || ended == 0 {
			out = append(out, lines...)
		} else {
			out = append(out, entente.Span{Start: lines[0].Start, End: lines[len(lines)-1].End})
		}
		lines = nil
	}
	at := within.Start
	for line := range strings.Lines(text[within.Start:within.End]) {
		s := trimmed(text, entente.Span{Start: at, End: at + len(line)})
		at += len(line)
		if s.Len() == 0 {
			flush()
			continue
		}
		lines = append(lines, s)
	}
	flush()
	return out
}

// trimmed returns the span without white space at its ends.
func trimmed(text string, s entente.Span) entente.Span {
	part := s.Of(text)
	left := len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	return entente.Span{Start: s.Start + left, End: s.Start + left + len(strings.TrimSpace(part))}
}

// terminal reports whether a line ends like a sentence.
func terminal(s string) bool {
	s = strings.TrimRight(s, `"'”’»)] `)
	return s != "" && strings.ContainsRune(".!?…", lastRune(s))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// running reports whether a paragraph is prose: it ends like a sentence, or is
// long, and is none of the lines that pages carry around their text.
func running(p string) bool {
	words := len(strings.Fields(p))
	if words < 4 || furniture(p, words) {
		return false
	}
	return terminal(p) || words > 25
}

// furnitureLines are beginnings of lines that belong to the page, not to the
// report, in lower case: data/furniture.txt.
var furnitureLines = func() []string {
	raw, err := data.FS.ReadFile("furniture.txt")
	if err != nil {
		return nil // the lint of package data holds that the file is there
	}
	var out []string
	for line := range bytes.Lines(raw) {
		if s := strings.TrimSpace(string(line)); s != "" && s[0] != '#' {
			out = append(out, s)
		}
	}
	return out
}()

// furniture reports whether a short paragraph begins like page furniture.
func furniture(p string, words int) bool {
	if words > 30 {
		return false
	}
	low := strings.ToLower(p)
	for _, f := range furnitureLines {
		if strings.HasPrefix(low, f) {
			return true
		}
	}
	return false
}

// headline reports whether a paragraph that is no prose may be the title: three
// to thirty words, not glued together as menus are.
func headline(p string) bool {
	words := strings.Fields(p)
	if len(words) < 3 || len(words) > 30 || furniture(p, len(words)) {
		return false
	}
	for _, w := range words {
		for i, r := range w {
			before, _ := utf8.DecodeLastRuneInString(w[:i])
			if i > 3 && unicode.IsUpper(r) && unicode.IsLower(before) && !strings.ContainsAny(w, "-’'") {
				return false // "AsiaKorea"
			}
		}
	}
	return true
}

// finish settles title, publisher, date and ID: what the report says of itself
// goes before what is given. A date without a year takes it from the day given.
func (d *document) finish(own, given Meta) {
	r := &d.report
	r.URL, r.Title, r.Publisher = or(own.URL, given.URL), or(own.Title, given.Title), or(own.Publisher, given.Publisher)
	r.Published = own.Published
	if strings.HasPrefix(own.Published.EDTF, "XXXX") {
		r.Published = withYear(own.Published.EDTF, given.Published)
	}
	if r.Published.IsZero() {
		r.Published = given.Published
	}
	r.Published.From = entente.Span{}
	if r.Published.IsZero() {
		d.problem("no date: words such as \"on Tuesday\" stay open; give --date")
	}
	if len(d.blocks) == 0 {
		d.problem("no running text: only headlines or page furniture were found")
	}
	r.ID = entente.NewReportID(r.Publisher, r.Published, r.Text)
}
