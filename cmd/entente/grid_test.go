package main

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/entente-kg/entente/queries"
)

// TestGridColumns: what follows the folded column stands in one column of the
// terminal, Hangul being two wide, and nothing is cut.
func TestGridColumns(t *testing.T) {
	g := grid{margin: "  ", folded: 1, rows: [][]string{
		{"2024", "북한 조선민주주의인민공화국 외무성", "occurred", "abc"},
		{"2024-05-01", "Организация Договора о коллективной безопасности", "planned", "def"},
	}}
	for _, width := range []int{110, 80, 60} {
		var b strings.Builder
		g.write(&b, palette{}, width)
		out := b.String()
		var starts []int
		for line := range strings.Lines(out) {
			line = strings.TrimRight(line, "\n")
			if wordWidth(line) > width {
				t.Errorf("width %d: a line of %d columns: %q", width, wordWidth(line), line)
			}
			for _, status := range []string{"occurred", "planned"} {
				if before, _, found := strings.Cut(line, status); found {
					starts = append(starts, wordWidth(before))
				}
			}
		}
		if len(starts) != 2 || starts[0] != starts[1] {
			t.Errorf("width %d: status starts at columns %v:\n%s", width, starts, out)
		}
		for _, row := range g.rows {
			for _, word := range strings.Fields(strings.Join(row, " ")) {
				if !strings.Contains(out, word) {
					t.Errorf("width %d: %s is missing:\n%s", width, word, out)
				}
			}
		}
	}
}

// TestGridTooNarrow: where there is no room for columns, cells follow each other.
func TestGridTooNarrow(t *testing.T) {
	g := grid{folded: 1, rows: [][]string{{"2025-07-11/2025-07-13", "Lavrov visited North Korea", "occurred, planned", "abc"}}}
	var b strings.Builder
	g.write(&b, palette{}, 50)
	const want = "2025-07-11/2025-07-13  Lavrov visited North Korea\n                       · occurred, planned · abc\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestGridWithout(t *testing.T) {
	rows := func() [][]string { return [][]string{{"month", "1", "█████", "2024"}} }
	for width, want := range map[int]string{24: "month  1  █████  2024", 20: "month  1  █████", 10: "month  1"} {
		var b strings.Builder
		grid{rows: rows()}.without(width, 3, 2).write(&b, palette{}, width)
		if got := strings.TrimSpace(b.String()); got != want {
			t.Errorf("without, %d columns: %q, want %q", width, got, want)
		}
	}
}

func TestSpark(t *testing.T) {
	if got, want := spark([]float64{0, 1, 4, 8, 0.1}, 8), "·▁▄█▁"; got != want {
		t.Errorf("spark = %q, want %q", got, want)
	}
	if got, want := spark([]float64{0, 0}, 0), "··"; got != want {
		t.Errorf("spark of nothing = %q, want %q", got, want)
	}
	if got, want := diverging(4, 8, 8, 4), "  ▒▒│████"; got != want {
		t.Errorf("diverging = %q, want %q", got, want)
	}
	if got, want := bar(1, 100, 10)+"|"+bar(0, 100, 10)+"|"+bar(100, 100, 3), "█||███"; got != want {
		t.Errorf("bars = %q, want %q", got, want)
	}
}

// TestSeriesAddsUp: a series is no longer than asked for, in whatever steps, and
// loses nothing.
func TestSeriesAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []queries.Part
		sum := 0.0
		for _, n := range rapid.SliceOfN(rapid.IntRange(-50, 24300), 1, 20).Draw(t, "months") {
			p := queries.Part{By: queries.ByMonth, Key: monthName(n)}
			if n < 0 {
				p.Key, p.Apart = "1999", true
			} else {
				p.Cooperation = 2.5
				sum += 2.5
			}
			parts = append(parts, p)
		}
		width := rapid.IntRange(21, 90).Draw(t, "width")
		first, last, ok := monthsOf(parts)
		if !ok {
			return
		}
		s := seriesOf(parts, first, last, width)
		got := 0.0
		for _, v := range s.cooperation {
			got += v
		}
		if got != sum || len(s.cooperation) > width || slices.Max(s.cooperation) != top(s) {
			t.Fatalf("a series of %v in %d steps, want %v in at most %d", got, len(s.cooperation), sum, width)
		}
	})
}

func TestSplitQuoted(t *testing.T) {
	for text, want := range map[string][]string{
		"Russia:North Korea":   {"Russia", "North Korea"},
		`Russia:"Pact: a"`:     {"Russia", "Pact: a"},
		`"a:b": "c:d"`:         {"a:b", "c:d"},
		`Ivo "the Pen" Hark:B`: {`Ivo "the Pen" Hark`, "B"},
		`"a ""b"" c":d`:        {`a "b" c`, "d"},
		"a:b:c":                {"a", "b", "c"},
		"Russia":               {"Russia"},
		":":                    {"", ""},
		"":                     {""},
		"Ким Чен Ын:김정은":       {"Ким Чен Ын", "김정은"},
	} {
		if got := splitQuoted(text, ':'); !slices.Equal(got, want) {
			t.Errorf("splitQuoted(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzSplitQuoted: a name in double quotes, whatever it holds, is what is read of
// it, spaces around it aside.
func FuzzSplitQuoted(f *testing.F) {
	for _, name := range []string{"Russia", "Pact: the first", `Ivo "the Pen" Hark`, "김정은", ""} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		splitQuoted(name, ':') // whatever is typed, it answers
		if strings.ContainsAny(name, "\r\n") {
			t.Skip("a shell line has none, and CSV changes them")
		}
		quoted := `"` + strings.ReplaceAll(name, `"`, `""`) + `":B`
		if got, want := splitQuoted(quoted, ':'), []string{strings.TrimSpace(name), "B"}; !slices.Equal(got, want) {
			t.Errorf("splitQuoted(%q) = %q, want %q", quoted, got, want)
		}
	})
}

func TestShellWord(t *testing.T) {
	for word, want := range map[string]string{"North_Korea": "North_Korea", "Côte": "Côte", "a b": "'a b'", "O'Neil": `'O'\''Neil'`, "": "''", "$x": "'$x'"} {
		if got := shellWord(word); got != want {
			t.Errorf("shellWord(%q) = %s, want %s", word, got, want)
		}
	}
}
