package loader

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// document is a source made ready for reading: the report, the blocks of its
// text that are running prose, in order, and what was found wrong.
type document struct {
	report   entente.Report
	given    entente.Date // the day given with the source, for datelines without a year
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
	d := document{problems: problems, given: meta.Published}
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

// jsonReport is a report as a JSON object, the form of the gold reports.
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
			line, col := position([]byte(text), min(max(int(syntax.Offset)-1, 0), len(text)))
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
		if date := statedDay(j.Date); !date.IsZero() {
			own.Published = date
		} else {
			d.problem("the date %q of this JSON is no day; write it as 2025-07-09", j.Date)
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

// prose keeps the paragraphs that are running prose, takes the headline and a
// line with the day of publication from those before them, and reads the
// dateline of the first.
func (d *document) prose(paragraphs []entente.Span) Meta {
	var own Meta
	for _, p := range paragraphs {
		words := p.Of(d.report.Text)
		switch {
		case running(words):
			d.blocks = append(d.blocks, p)
		case len(d.blocks) > 0:
		case own.Published.IsZero() && !stampedDay(words).IsZero():
			own.Published = stampedDay(words)
		case headline(words):
			own.Title = strings.Join(strings.Fields(words), " ")
		}
	}
	if len(d.blocks) > 0 {
		line := readDateline(d.blocks[0].Of(d.report.Text), d.given)
		d.blocks[0].Start += line.length
		own.Publisher = line.agency
		if !line.date.IsZero() {
			own.Published = line.date
		}
	}
	return own
}

// widest is the longest line, in bytes, of a text whose lines are wrapped; in a
// wider one a line is a paragraph.
const widest = 130

// narrowest is the least length of the longest of two lines that are taken for
// one that was wrapped.
const narrowest = 50

// paragraphs splits the text within a span at blank lines and at the ends of
// lines, save those where the text was wrapped: where the next word would have
// made the line longer than the longest of its paragraph.
func paragraphs(text string, within entente.Span) []entente.Span {
	var out, lines []entente.Span
	at := within.Start
	for line := range strings.Lines(text[within.Start:within.End]) {
		s := trimmed(text, entente.Span{Start: at, End: at + len(line)})
		at += len(line)
		if s.Len() == 0 {
			out, lines = append(out, unwrapped(text, lines)...), lines[:0]
			continue
		}
		lines = append(lines, s)
	}
	return append(out, unwrapped(text, lines)...)
}

// unwrapped joins the lines that were wrapped.
func unwrapped(text string, lines []entente.Span) []entente.Span {
	width := 0
	for _, l := range lines {
		width = max(width, l.Len())
	}
	var out []entente.Span
	for i, l := range lines {
		if i > 0 && width <= widest && (width >= narrowest || len(lines) > 2) && wrapped(text, lines[i-1], l, width) {
			out[len(out)-1].End = l.End
			continue
		}
		out = append(out, l)
	}
	return out
}

// wrapped reports whether line b goes on with a: its first word had no room
// behind a.
func wrapped(text string, a, b entente.Span, width int) bool {
	word := b.Of(text)
	if i := strings.IndexFunc(word, unicode.IsSpace); i > 0 {
		word = word[:i]
	}
	return a.Len()+1+len(word) > width || !terminal(a.Of(text)) && unicode.IsLower(firstRune(word))
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
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
	if words < 3 || furniture(p, words) {
		return false
	}
	return terminal(p) || words > 25
}

// finish settles title, publisher, date and ID: what the report says of itself
// goes before what is given.
func (d *document) finish(own, given Meta) {
	r := &d.report
	r.URL, r.Title, r.Publisher = or(own.URL, given.URL), or(own.Title, given.Title), or(own.Publisher, given.Publisher)
	r.Published = own.Published
	if r.Published.IsZero() {
		r.Published = given.Published
	}
	r.Published.From, r.Published.Basis = entente.Span{}, ""
	if r.Published.IsZero() {
		d.problem("no date: words such as \"on Tuesday\" stay open; give --date")
	}
	if len(d.blocks) == 0 {
		d.problem("no running text: only headlines or page furniture were found")
	}
	r.ID = entente.NewReportID(r.Publisher, r.Published, r.Text)
}
