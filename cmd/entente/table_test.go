package main

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var testListing = listing{
	columns: []column{{name: "when"}, {name: "who", elastic: true}, {name: "whom", elastic: true}, {name: "status"}},
	rows: [][]string{
		{"2025-07-11/2025-07-13", "Sergey Lavrov", "북한 (조선민주주의인민공화국)", "planned"},
		{"–", "Организация Договора о коллективной безопасности", "Kim Jong Un", "occurred"},
	},
	records: []any{1, 2},
}

// TestTableWidths: columns stand under each other in columns of the terminal,
// Hangul being two wide, and the table is as narrow as asked for.
func TestTableWidths(t *testing.T) {
	for _, width := range []int{0, 100, 80, 60} {
		s := testSession()
		var out bytes.Buffer
		s.ui.out, s.ui.width = &out, width
		if err := s.writeTable(testListing); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) != 3 {
			t.Fatalf("width %d: %d lines, want 3:\n%s", width, len(lines), out.String())
		}
		var starts []int
		for i, status := range []string{"status", "planned", "occurred"} {
			before, _, found := strings.Cut(lines[i], status)
			if !found {
				t.Errorf("width %d: no %s in %q: status is always shown", width, status, lines[i])
			}
			starts = append(starts, wordWidth(before))
			if w := wordWidth(lines[i]); width > 0 && w > width {
				t.Errorf("width %d: a line of %d columns: %q", width, w, lines[i])
			}
		}
		if starts[0] != starts[1] || starts[1] != starts[2] {
			t.Errorf("width %d: status starts at columns %v:\n%s", width, starts, out.String())
		}
	}
}

func TestCut(t *testing.T) {
	for _, test := range []struct {
		cell  string
		width int
		want  string
	}{
		{"Moscow", 6, "Moscow"}, {"Moscow", 5, "Mosc…"}, {"북한", 4, "북한"}, {"북한", 3, "북…"}, {"북한", 2, "…"}, {"", 0, ""},
	} {
		if got := cut(test.cell, test.width); got != test.want {
			t.Errorf("cut(%q, %d) = %q, want %q", test.cell, test.width, got, test.want)
		}
	}
}

func TestCutIsNoWider(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell, width := rapid.String().Draw(t, "cell"), rapid.IntRange(1, 20).Draw(t, "width")
		if got := cut(clean(cell), width); wordWidth(got) > width {
			t.Fatalf("cut(%q, %d) = %q, %d columns wide", cell, width, got, wordWidth(got))
		}
	})
}

func TestSafeCell(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Oslo": "Oslo", "=1+1": "'=1+1", "@SUM": "'@SUM", "-2": "'-2", "+7": "'+7", "\tx": "'\tx", "a=b": "a=b",
	} {
		if got := safeCell(cell); got != want {
			t.Errorf("safeCell(%q) = %q, want %q", cell, got, want)
		}
	}
}

// TestClean: nothing that a report holds can steer the terminal.
func TestClean(t *testing.T) {
	if got, want := clean("a\x1b[2Jb\nc\u009bd\x7f"), "a[2Jb cd"; got != want {
		t.Errorf("clean = %q, want %q", got, want)
	}
}

func TestCount(t *testing.T) {
	for _, test := range []struct {
		n    int
		noun string
		want string
	}{{1, "claim", "1 claim"}, {0, "claim", "0 claims"}, {2, "story", "2 stories"}, {2, "day", "2 days"}} {
		if got := count(test.n, test.noun); got != test.want {
			t.Errorf("count(%d, %q) = %q, want %q", test.n, test.noun, got, test.want)
		}
	}
}

func TestColor(t *testing.T) {
	for _, test := range []struct {
		env  map[string]string
		flag string
		tty  bool
		want bool
	}{
		{nil, "auto", true, true},
		{nil, "auto", false, false},
		{map[string]string{"NO_COLOR": "1"}, "auto", true, false},
		{map[string]string{"NO_COLOR": ""}, "auto", true, true},
		{map[string]string{"NO_COLOR": "1"}, "always", true, true},
		{map[string]string{"TERM": "dumb"}, "auto", true, false},
		{map[string]string{"CLICOLOR_FORCE": "1"}, "auto", false, true},
		{map[string]string{"CLICOLOR_FORCE": "0"}, "auto", false, false},
		{map[string]string{"CLICOLOR_FORCE": "1"}, "never", true, false},
	} {
		u := ui{tty: test.tty, getenv: func(k string) string { return test.env[k] }}
		if err := u.setColor(test.flag); err != nil || u.color != test.want {
			t.Errorf("setColor(%q) with %v on a terminal %v: %v, %v, want %v", test.flag, test.env, test.tty, u.color, err, test.want)
		}
	}
	u := ui{getenv: func(string) string { return "" }}
	if err := u.setColor("sometimes"); err == nil {
		t.Error(`setColor("sometimes") gave no error`)
	}
}
