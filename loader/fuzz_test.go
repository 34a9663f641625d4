package loader

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// checkDocument holds what must be true of any source that can be read: the
// text is UTF-8, and the blocks lie in it, in order, between whole characters.
func checkDocument(t *testing.T, name string, raw []byte) {
	d, err := parse(Source{Name: name, Data: raw}, Meta{Published: entente.Date{EDTF: "2025-07-09"}})
	if err != nil {
		if !strings.HasPrefix(err.Error(), name+":") || strings.Contains(err.Error(), "\n") {
			t.Fatalf("the error %q is not one line that begins with %q", err, name)
		}
		return
	}
	text := d.report.Text
	if !utf8.ValidString(text) {
		t.Fatalf("the text of %q is not UTF-8", raw)
	}
	at := 0
	for _, b := range d.blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(text) {
			t.Fatalf("block %v after %d in a text of %d bytes", b, at, len(text))
		}
		if !utf8.RuneStart(text[b.Start]) || b.End < len(text) && !utf8.RuneStart(text[b.End]) {
			t.Fatalf("block %v cuts a character of %q", b, text)
		}
		at = b.End
	}
	if d.report.ID == "" || d.report.Published.Precision() != entente.ToDay {
		t.Fatalf("report %q of %v", d.report.ID, d.report.Published)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "The king came.", "OSLO, May 1 (X) -- The king came.", "OSLO, May 1. /X/. The king came.", "King in Oslo\nBy Ann\n1 May 2024\n\nThe king came to Oslo and",
		"The minister arrived in\nAccra on Friday and met\nthe king.", "(X) - \u00a0é.", "Oslo - 1.", "A\u2028b c d.",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkDocument(t, "a.txt", raw) })
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		"<p>The king came to <b>Oslo</b>.</p>", "<html><head><title>x<body><div><p>The king came to Oslo.<br>He left.",
		`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-02-03","publisher":[1]}</script><p>The king came.`,
		`<meta property="og:url" content="://"><time datetime=x><p>The king came.`, "<table><td>a<svg><p>b c d.", "<!--", "&#0;&#xd800; b c.",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkDocument(t, "a.html", raw) })
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: x\ndate: 9 July 2025\n---\n# H\n\n- item one two three.", "---\r\n---", "a [b](c) *d* __e__ `f` [^1] ![g](h) came to Oslo.",
		"```\nx\n~~~\n", "<!-- a\n-->\n> The king came.\n1. He left it.", "---\n---\n---\n", "\ufeff---\ntitle:\n---\nThe king came.",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkDocument(t, "a.md", raw) })
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"text":"The king came."}`, `{"title":"T","publisher":"P","date":"2024-05-06T10:00:00Z","text":"OSLO, May 1 (X) -- The king came."}`,
		`{"text":"\ud800 came here."}`, `{"text":5}`, `{"text":"x","text":"y"}`, `[{}]`, "{\n \"text\": x",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkDocument(t, "a.json", raw)
		for s, err := range manyJSON(raw) {
			if err == nil {
				checkDocument(t, s.Name, s.Data)
			}
		}
	})
}

// manyJSON yields the reports of a file that may hold several.
func manyJSON(raw []byte) func(func(Source, error) bool) {
	return func(yield func(Source, error) bool) {
		if jsonLines(raw) {
			eachLine("a.json", raw, yield)
		} else if reports := jsonArray(raw); reports != nil {
			eachReport("a.json", reports, yield)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"\xff\xfeT\x00h\x00", "\xfe\xff\x00T\x00h", "caf\xe9 is here today.", "\ufeffThe king.", "é \xff", "\x00", "%PDF-", "\xff\xfe\x00\xd8",
		string(utf16Bytes("The king came to Oslo on Friday.", binary.BigEndian)),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, _, err := decode("a", raw)
		if err == nil && (!utf8.ValidString(text) || strings.TrimSpace(text) == "") {
			t.Fatalf("decode(%q) = %q", raw, text)
		}
		if again, problems, err2 := decode("a", []byte(text)); err == nil && utf8.Valid(raw) && (err2 != nil || again != text || len(problems) > 0 && !strings.Contains(text, "\ufffd")) {
			t.Fatalf("decode is not stable on %q: %q, %v, %v", text, again, problems, err2)
		}
	})
}
