package loader

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// parseMarkdown finds the prose of a Markdown text. The text is kept as it is;
// headings, code, tables, quotes' and lists' marks stay outside of the blocks.
// The front matter may hold title, publisher, date and url.
func (d *document) parseMarkdown(text string) Meta {
	d.report.Text = text
	own, body := d.frontMatter(text)
	var prose []entente.Span
	title := ""
	code := false
	at := body
	start := -1
	flush := func(end int) {
		if start >= 0 {
			prose = append(prose, trimmed(text, entente.Span{Start: start, End: end}))
			start = -1
		}
	}
	for line := range strings.Lines(text[body:]) {
		s := strings.TrimSpace(line)
		mark := listMark(line)
		switch {
		case strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~"):
			flush(at)
			code = !code
		case code:
		case strings.HasPrefix(s, "#"):
			flush(at)
			title = or(title, strings.TrimSpace(strings.Trim(s, "#")))
		case s == "", strings.HasPrefix(s, "|"), strings.HasPrefix(s, "!["), strings.Trim(s, "-=*_ ") == "":
			flush(at)
		case mark > 0:
			flush(at)
			start = at + mark
		case start < 0:
			start = at
		}
		at += len(line)
	}
	flush(len(text))
	first := d.prose(prose)
	own.Title = or(own.Title, title)
	own.Publisher = or(own.Publisher, first.Publisher)
	if own.Published.IsZero() {
		own.Published = first.Published
	}
	return own
}

// listMark returns the length of the mark that opens a list item or a quote,
// 0 for none.
func listMark(line string) int {
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	rest := line[indent:]
	for _, m := range []string{"- ", "* ", "+ ", "> "} {
		if strings.HasPrefix(rest, m) {
			return indent + len(m)
		}
	}
	if digits := len(rest) - len(strings.TrimLeft(rest, "0123456789")); digits > 0 && digits < 4 && (strings.HasPrefix(rest[digits:], ". ") || strings.HasPrefix(rest[digits:], ") ")) {
		return indent + digits + 2
	}
	return 0
}

// frontMatter reads the lines "key: value" between two lines "---" at the
// beginning and returns where the body begins.
func (d *document) frontMatter(text string) (own Meta, body int) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return own, 0
	}
	end := strings.Index(rest, "\n---")
	if end < 0 {
		return own, 0
	}
	for line := range strings.Lines(rest[:end]) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "title":
			own.Title = value
		case "publisher", "source":
			own.Publisher = value
		case "url":
			own.URL = value
		case "date", "published":
			date, err := entente.ParseDate(value)
			if err != nil {
				d.problem("the date %q of the front matter is none (%v)", value, err)
				continue
			}
			own.Published = date
		}
	}
	body = len("---\n") + end + len("\n---")
	if i := strings.IndexByte(text[body:], '\n'); i >= 0 {
		body += i + 1
	} else {
		body = len(text)
	}
	return own, body
}
