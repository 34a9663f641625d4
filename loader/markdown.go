package loader

import (
	"regexp"
	"strings"

	entente "github.com/entente-kg/entente"
)

// parseMarkdown finds the prose of a Markdown text. The text is kept without
// its inline marks (emphasis, links, images, code), so that a sentence reads as
// it is seen; headings, code blocks, tables, comments and the marks of lists and
// quotes stay in it, outside of the blocks. The front matter may hold title,
// publisher, date and url.
func (d *document) parseMarkdown(text string) Meta {
	own, body := d.frontMatter(text)
	text = text[:body] + withoutMarks(text[body:])
	d.report.Text = text
	m := markdown{text: text, at: body, start: -1}
	for line := range strings.Lines(text[body:]) {
		m.line(line)
		m.at += len(line)
	}
	m.flush()
	first := d.prose(m.prose)
	own.Title = or(or(own.Title, m.title), first.Title)
	own.Publisher = or(own.Publisher, first.Publisher)
	if own.Published.IsZero() {
		own.Published = first.Published
	}
	return own
}

// markdown collects the paragraphs of a Markdown text, line by line.
type markdown struct {
	text  string
	at    int // start of the line
	start int // of the paragraph that is open, -1 for none
	title string
	prose []entente.Span
	until string // what ends the code or comment that is open
}

// flush ends the paragraph that is open.
func (m *markdown) flush() {
	if m.start >= 0 {
		m.prose = append(m.prose, trimmed(m.text, entente.Span{Start: m.start, End: m.at}))
		m.start = -1
	}
}

func (m *markdown) line(line string) {
	s := strings.TrimSpace(line)
	mark := listMark(line)
	switch {
	case m.until != "":
		if strings.Contains(s, m.until) {
			m.until = ""
		}
	case strings.HasPrefix(s, "```"), strings.HasPrefix(s, "~~~"):
		m.flush()
		m.until = s[:3]
	case strings.HasPrefix(s, "<!--"):
		m.flush()
		if !strings.Contains(s, "-->") {
			m.until = "-->"
		}
	case strings.HasPrefix(s, "#"):
		m.flush()
		m.title = or(m.title, strings.TrimSpace(strings.Trim(s, "#")))
	case s == "", s[0] == '|', s[0] == '<', strings.Trim(s, "-=*_ ") == "":
		m.flush()
	case mark > 0:
		m.flush()
		m.start = m.at + mark
	case m.start < 0:
		m.start = m.at
	}
}

// inlineMarks are the marks within a line, and what is left of each. They are
// taken away in this order: the text of a link may be emphasised.
var inlineMarks = []struct {
	mark *regexp.Regexp
	left string
}{
	{regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`), ""},
	{regexp.MustCompile(`\[([^\[\]\n]+)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: "[^"\n]*")?\)`), "$1"},
	{regexp.MustCompile(`\[\^[^\]\s]+\]`), ""},
	{regexp.MustCompile(`\[([^\[\]\n]+)\]\[[^\]\n]*\]`), "$1"},
	{regexp.MustCompile(`<https?://[^>\s]+>`), ""},
	{regexp.MustCompile("`([^`\n]+)`"), "$1"},
	{regexp.MustCompile(`\*\*([^*\n]+)\*\*`), "$1"},
	{regexp.MustCompile(`\b__([^_\n]+)__\b`), "$1"},
	{regexp.MustCompile(`\*([^*\s](?:[^*\n]*[^*\s])?)\*`), "$1"},
	{regexp.MustCompile(`\b_([^_\s](?:[^_\n]*[^_\s])?)_\b`), "$1"},
}

// withoutMarks takes the inline marks from a text.
func withoutMarks(text string) string {
	if !strings.ContainsAny(text, "*_`[<") {
		return text
	}
	for _, m := range inlineMarks {
		text = m.mark.ReplaceAllString(text, m.left)
	}
	return text
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
	open := strings.IndexByte(text, '\n') + 1
	if open == 0 || strings.TrimRight(text[:open], " \t\r\n") != "---" {
		return own, 0
	}
	end := strings.Index(text[open:], "\n---")
	if end < 0 {
		return own, 0
	}
	for line := range strings.Lines(text[open : open+end]) {
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
			if own.Published = statedDay(value); own.Published.IsZero() {
				d.problem("the date %q of the front matter is no day; write it as 2025-07-09", value)
			}
		}
	}
	body = open + end + len("\n---")
	if i := strings.IndexByte(text[body:], '\n'); i >= 0 {
		body += i + 1
	} else {
		body = len(text)
	}
	return own, body
}
