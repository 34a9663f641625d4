package loader

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	entente "github.com/entente-kg/entente"
)

func day(t *testing.T, s string) entente.Date {
	t.Helper()
	d, err := entente.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// blocksOf returns the words of each block.
func blocksOf(d document) []string {
	var out []string
	for _, b := range d.blocks {
		out = append(out, b.Of(d.report.Text))
	}
	return out
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, file, data       string
		meta                   Meta
		title, publisher, date string
		blocks                 []string
	}{
		{name: "wire copy", file: "a.txt", meta: Meta{Published: day(t, "2025-07-10")},
			data:  "Envoy flies to Oslo\n\nLIMA, July 9 (Andes Wire) -- The envoy flew to Oslo on Tuesday.\n\nHe will stay for two days.\n",
			title: "Envoy flies to Oslo", publisher: "Andes Wire", date: "2025-07-09",
			blocks: []string{"The envoy flew to Oslo on Tuesday.", "He will stay for two days."}},
		{name: "scraped page", file: "b.txt", meta: Meta{Published: day(t, "2025-01-02")},
			data:  "West AsiaKoreaWorld News\n\nMinister Plans a Visit to Ghana\n\nThe minister will travel to Accra on Friday.\n\nBack to top button",
			title: "Minister Plans a Visit to Ghana", date: "2025-01-02", blocks: []string{"The minister will travel to Accra on Friday."}},
		{name: "no paragraph breaks", file: "c.txt", data: "The minister arrived. He met the king. They signed a treaty.",
			blocks: []string{"The minister arrived. He met the king. They signed a treaty."}},
		{name: "wrapped lines", file: "d.txt", data: "The minister arrived in\nAccra on Friday and met\nthe king. They signed\na treaty.\n",
			blocks: []string{"The minister arrived in\nAccra on Friday and met\nthe king. They signed\na treaty."}},
		{name: "full dateline", file: "e.txt", data: "RIYADH/TEHRAN, March 10, 2023 - The two countries agreed on Friday to talk.",
			date: "2023-03-10", blocks: []string{"The two countries agreed on Friday to talk."}},
		{name: "no dateline", file: "f.txt", data: "Brazil — the host — said on Friday that it would wait for the others.",
			blocks: []string{"Brazil — the host — said on Friday that it would wait for the others."}},
		{name: "markdown", file: "g.md", data: "---\ntitle: \"A: visit\"\npublisher: Sample Wire\ndate: 2024-03-01\n---\n\n# Heading\n\nThe king came to Oslo.\n\n- He met the mayor of Oslo.\n\n| a | b |\n",
			title: "A: visit", publisher: "Sample Wire", date: "2024-03-01", blocks: []string{"The king came to Oslo.", "He met the mayor of Oslo."}},
		{name: "marked Markdown", file: "g2.md", data: "---\r\ndate: July 9, 2025\r\n---\r\n# The **king**\n\n<!-- a\nnote -->\nThe [king](http://a.b/c_(d)) of *Norway* came to __Oslo__[^1] and `met` [Ann][1].\n\n![A ship](s.png)\n> He left for Rome.\n1. He met the pope.\n",
			title: "The king", date: "2025-07-09",
			blocks: []string{"The king of Norway came to Oslo and met Ann.", "He left for Rome.", "He met the pope."}},
		{name: "byline and stamp", file: "k.txt", data: "King lands in Oslo\nBy Ann Lee\nPublished on July 9, 2025 at 10:15 GMT\nShare this\nThe king came to Oslo on Friday and met the mayor of the city.\nRelated talks were held in Rome.\nRelated: the queen\n",
			title: "King lands in Oslo", date: "2025-07-09",
			blocks: []string{"The king came to Oslo on Friday and met the mayor of the city.\nRelated talks were held in Rome."}},
		{name: "one short sentence", file: "l.txt", data: "Lindqvist met Ann.", blocks: []string{"Lindqvist met Ann."}},
		{name: "lines are paragraphs", file: "m.txt", data: "King lands in Oslo\nThe king came to Oslo on Friday.\nHe met the mayor, who " + strings.Repeat("talked and ", 12) + "sang.",
			title: "King lands in Oslo", blocks: []string{"The king came to Oslo on Friday.", "He met the mayor, who " + strings.Repeat("talked and ", 12) + "sang."}},
		{name: "json", file: "h.json", data: `{"title":"T","publisher":"P","date":"2024-05-06","text":"The king came to Oslo."}`,
			title: "T", publisher: "P", date: "2024-05-06", blocks: []string{"The king came to Oslo."}},
		{name: "html", file: "i.html", data: `<html><head><title>x</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"King in Oslo","datePublished":"2024-02-03T10:00:00Z","publisher":{"name":"North Post"}}</script></head>
<body><nav>Home News</nav><article><h1>King in Oslo</h1><p>The king came to Oslo on Friday &amp; met the mayor.</p><p>They signed a treaty about fish in the northern sea.</p></article><footer>Contact us</footer></body></html>`,
			title: "King in Oslo", publisher: "North Post", date: "2024-02-03",
			blocks: []string{"The king came to Oslo on Friday & met the mayor.", "They signed a treaty about fish in the northern sea."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := parse(Source{Name: c.file, Data: []byte(c.data)}, c.meta)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.blocks, blocksOf(d)); diff != "" {
				t.Errorf("blocks (-want +got)\n%s", diff)
			}
			got := [3]string{d.report.Title, d.report.Publisher, d.report.Published.EDTF}
			if want := [3]string{c.title, c.publisher, c.date}; got != want {
				t.Errorf("title, publisher, date = %q, want %q", got, want)
			}
		})
	}
}

func utf16Bytes(text string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

// TestDecode holds that every encoding gives the same text, or one clear error.
func TestDecode(t *testing.T) {
	const text = "The café in Orléans was full. The minister left for Côte d'Ivoire.\n"
	for _, c := range []struct {
		name          string
		data          []byte
		problem, fail string
	}{
		{name: "UTF-8", data: []byte(text)},
		{name: "byte order mark", data: []byte("\ufeff" + text)},
		{name: "UTF-16 little", data: utf16Bytes("\ufeff"+text, binary.LittleEndian), problem: "UTF-16"},
		{name: "UTF-16 big", data: utf16Bytes("\ufeff"+text, binary.BigEndian), problem: "UTF-16"},
		{name: "UTF-16 without mark", data: utf16Bytes(text, binary.LittleEndian), problem: "UTF-16"},
		{name: "Latin-1", data: latin1(text), problem: "Windows-1252"},
		{name: "bad bytes", data: []byte("Orléans and \xff\xfe more."), problem: "line 1:14"},
		{name: "lost letters", data: []byte("Orl\ufffdans."), problem: "replacement"},
		{name: "empty", fail: "empty"},
		{name: "blank", data: []byte(" \n\t"), fail: "empty"},
		{name: "binary", data: []byte("\x01\x02\x00abc"), fail: "zero byte at 2"},
		{name: "PDF", data: []byte("%PDF-1.7 …"), fail: "pdftotext"},
		{name: "cut UTF-16", data: append(utf16Bytes("\ufeff"+text, binary.LittleEndian), 1), fail: "half a character"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problems, err := decode("r.txt", c.data)
			if c.fail != "" {
				if err == nil || !strings.Contains(err.Error(), c.fail) || !strings.HasPrefix(err.Error(), "r.txt: ") {
					t.Fatalf("decode = %v, want an error of r.txt with %q", err, c.fail)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if c.problem == "" && got != text {
				t.Errorf("decode = %q, want %q", got, text)
			}
			if said := len(problems) > 0 && strings.Contains(problems[len(problems)-1].Text+problems[0].Text, c.problem); said != (c.problem != "") {
				t.Errorf("problems %v, want one with %q", problems, c.problem)
			}
		})
	}
}

func latin1(text string) []byte {
	var b []byte
	for _, r := range text {
		b = append(b, byte(r))
	}
	return b
}

func TestDateline(t *testing.T) {
	for _, c := range []struct{ text, rest, agency, date string }{
		{"BEIJING, March 14 (Eastern Daily) -- The envoy came.", "The envoy came.", "Eastern Daily", "2024-03-14"},
		{"MANILA, Philippines (Atlantic Wire) — The envoy came.", "The envoy came.", "Atlantic Wire", ""},
		{"WELLINGTON, Oct. 4 - The envoy came.", "The envoy came.", "", "2023-10-04"},
		{"DUBAI, June 6, 2017 - The envoy came.", "The envoy came.", "", "2017-06-06"},
		{"Bishkek - The envoy came.", "The envoy came.", "", ""},
		{"Paris, 10 March 2023 — The envoy came.", "The envoy came.", "", "2023-03-10"},
		{"(Reuters) - The envoy came.", "The envoy came.", "Reuters", ""},
		{"MOSCOW, March 2. /TASS/. The envoy came.", "The envoy came.", "TASS", "2024-03-02"},
		{"MOSCOW. March 2 (Interfax) - The envoy came.", "The envoy came.", "Interfax", "2024-03-02"},
		{"Pyongyang, Feb. 29 (KCNA) -- The envoy came.", "The envoy came.", "KCNA", "2024-02-29"},
		{"ADDIS ABABA, Ethiopia, 3 March (Horn) – The envoy came.", "The envoy came.", "Horn", "2024-03-03"},
		{"MOSCOW, Mirth 2 - The envoy came.", "MOSCOW, Mirth 2 - The envoy came.", "", ""},
		{"The envoy came - late.", "The envoy came - late.", "", ""},
		{"Russia - which has no navy there - spoke.", "Russia - which has no navy there - spoke.", "", ""},
		{"President Lindqvist of Sweden — the host — spoke.", "President Lindqvist of Sweden — the host — spoke.", "", ""},
	} {
		d := readDateline(c.text, day(t, "2024-03-15"))
		if got := c.text[d.length:]; got != c.rest || d.agency != c.agency || d.date.EDTF != c.date {
			t.Errorf("readDateline(%q) = %q, %q, %q, want %q, %q, %q", c.text, got, d.agency, d.date.EDTF, c.rest, c.agency, c.date)
		}
	}
	if d := readDateline("OSLO, May 2 - The envoy came.", entente.Date{}); d.length == 0 || !d.date.IsZero() {
		t.Errorf("a dateline without year gives %v without a day given, want no date", d)
	}
}

// TestOpen holds which files an argument names, and how each failure reads.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.txt", "One.")
	write("sub/b.html", "<p>Two.</p>")
	write("sub/c.gold.json", "{}")
	write("sub/d.png", "x")
	write("e.jsonl", "{\"text\":\"Three.\"}\n\n{bad}\n")
	write("l.json", "{\"text\":\"Five.\"}\n{\"text\":\"Six.\"}\n")
	write("p.json", "{\n\"text\":\"Seven.\"\n}\n")
	write("y.json", " [{\"text\":\"Eight.\"},\n{\"text\":\"Nine.\"}]")
	write("big.txt", strings.Repeat("x", MaxSource+1))
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	w.Write([]byte("Four."))
	w.Close()
	write("f.txt.gz", z.String())
	for _, c := range []struct {
		arg  string
		want []string // names, or "!" and a part of the error
	}{
		{"a.txt", []string{"a.txt"}},
		{"sub", []string{"sub/b.html"}},
		{"*.txt", []string{"a.txt", "!more than 16 MB"}},
		{"e.jsonl", []string{"e.jsonl:1", "!e.jsonl:3: not JSON"}},
		{"f.txt.gz", []string{"f.txt.gz"}},
		{"l.json", []string{"l.json:1", "l.json:2"}},
		{"p.json", []string{"p.json"}},
		{"y.json", []string{"y.json:1", "y.json:2"}},
		{"none.txt", []string{"!none.txt: no such file"}},
		{"none*", []string{"!no file matches"}},
		{"-", []string{"-"}},
	} {
		arg := c.arg
		if arg != "-" {
			arg = filepath.Join(dir, arg)
		}
		var got []string
		for s, err := range Open([]string{arg}, strings.NewReader("In.")) {
			name := strings.TrimPrefix(s.Name, dir+"/")
			if err != nil {
				name = "!" + err.Error()
			}
			got = append(got, name)
		}
		if len(got) != len(c.want) {
			t.Errorf("Open(%q) = %q, want %q", c.arg, got, c.want)
			continue
		}
		for i, want := range c.want {
			if part, isErr := strings.CutPrefix(want, "!"); isErr && !(got[i][0] == '!' && strings.Contains(got[i], part)) || !isErr && got[i] != want {
				t.Errorf("Open(%q)[%d] = %q, want %q", c.arg, i, got[i], want)
			}
		}
	}
}

// TestLongLine holds that one line of 2 MB is one block.
func TestLongLine(t *testing.T) {
	text := strings.Repeat("The minister of trade arrived in Accra and met the king. ", 40_000)
	d, err := parse(Source{Name: "long.txt", Data: []byte(text)}, Meta{})
	if err != nil || len(d.blocks) != 1 {
		t.Fatalf("parse = %d blocks, %v, want 1", len(d.blocks), err)
	}
}

// TestFurniture holds which lines are taken for the page's own.
func TestFurniture(t *testing.T) {
	for _, c := range []struct {
		line string
		want bool
	}{
		{"Back to top button2", true}, {"Read more: the queen in Rome", true}, {"Share this story with your friends.", true},
		{"By Ann Lee and Bob Day", true}, {"Advertisement", true}, {"Reporting by Ann Lee; editing by Bob Day.", true},
		{"© 2024 North Post", true}, {"Related stories", true},
		{"Related talks were held in Oslo on Friday.", false}, {"By Friday he had left Oslo.", false},
		{"Bypassing Oslo, the king flew to Rome", false}, {"Commentsfield spoke.", false},
	} {
		if got := furniture(c.line, len(strings.Fields(c.line))); got != c.want {
			t.Errorf("furniture(%q) = %v, want %v", c.line, got, c.want)
		}
	}
}

func TestStampedDay(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"July 9, 2025", "2025-07-09"}, {"Published: 9 July 2025, 14:05 GMT", "2025-07-09"},
		{"Updated on Wednesday, July 9, 2025 at 10 am", "2025-07-09"}, {"2025-07-09", "2025-07-09"},
		{"July 2025", ""}, {"July 9", ""}, {"Norway marks July 9, 2025", ""}, {"Yesterday", ""}, {"", ""},
	} {
		if got := stampedDay(c.line); got.EDTF != c.want {
			t.Errorf("stampedDay(%q) = %q, want %q", c.line, got.EDTF, c.want)
		}
	}
}

func TestPageMeta(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       Meta
	}{
		{"JSON-LD graph", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"A","url":"http://a.b","datePublished":"2024-02-03","publisher":{"name":"P"}}]}</script><meta property="og:title" content="B">`,
			Meta{URL: "http://a.b", Title: "A", Publisher: "P", Published: entente.Date{EDTF: "2024-02-03"}}},
		{"broken JSON-LD", `<script type="application/ld+json">{</script><meta property="og:title" content="B"><meta property="og:site_name" content="Q"><link rel="canonical" href="http://c.d">`,
			Meta{URL: "http://c.d", Title: "B", Publisher: "Q"}},
		{"meta date", `<meta property="article:published_time" content="2024-02-03T23:59:00+09:00">`, Meta{Published: entente.Date{EDTF: "2024-02-03"}}},
		{"item property", `<meta itemprop="datePublished" content="2024-02-03">`, Meta{Published: entente.Date{EDTF: "2024-02-03"}}},
		{"time element", `<p><time datetime="2024-02-03T08:00Z">3 Feb</time></p>`, Meta{Published: entente.Date{EDTF: "2024-02-03"}}},
		{"bad date", `<meta name="date" content="yesterday at noon">`, Meta{}},
	} {
		root, err := html.Parse(strings.NewReader(c.page))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, pageMeta(root)); diff != "" {
			t.Errorf("%s: pageMeta (-want +got)\n%s", c.name, diff)
		}
	}
}

// TestParseErrors holds that each failure names the source and says what would
// help.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ file, data, want string }{
		{"a.json", "{\n  \"text\": x}", "a.json:2:11: "},
		{"a.json", `{"title":"T"}`, `a.json: no "text"`},
		{"a.json", `{"text":5}`, "a report is {"},
		{"a.html", "<script>x()</script>", "a.html: no text in this page"},
		{"a.html", strings.Repeat("<div>", 600), "save the article as text"},
		{"a.txt", "", "a.txt: empty"},
	} {
		_, err := parse(Source{Name: c.file, Data: []byte(c.data)}, Meta{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("parse(%q) = %v, want an error with %q", c.data, err, c.want)
		}
	}
}

// TestParseLinear holds that no form of source takes more than linear time.
func TestParseLinear(t *testing.T) {
	for _, unit := range []string{"<p>The king came to Oslo.</p>", "The king came. ", "# h\n", "[a](b) ", "*a ", "`", "word ", "A - ", "(", "line\n", "[", "- item\n", "<br>x"} {
		for _, name := range []string{"a.html", "a.md", "a.txt"} {
			start := time.Now()
			_, err := parse(Source{Name: name, Data: []byte(strings.Repeat(unit, (128<<10)/len(unit)))}, Meta{})
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("128 KB of %q as %s took %v (%v)", unit, name, took, err)
			}
		}
	}
}
