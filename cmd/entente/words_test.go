package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSplitWords(t *testing.T) {
	tests := []struct {
		line  string
		words []string
		last  string // what stands from start on
		quote byte
	}{
		{"", nil, "", 0},
		{"  ", nil, "", 0},
		{"between Russia China", []string{"between", "Russia", "China"}, "China", 0},
		{"show ", []string{"show"}, "", 0},
		{"show 'North Korea'", []string{"show", "North Korea"}, "'North Korea'", 0},
		{`show "North Ko`, []string{"show", "North Ko"}, `"North Ko`, '"'},
		{`show North\ Ko`, []string{"show", "North Ko"}, `North\ Ko`, 0},
		{`show No"rth K"or'ea'`, []string{"show", "North Korea"}, `No"rth K"or'ea'`, 0},
		{`a '' ""`, []string{"a", "", ""}, `""`, 0},
		{`"a\"b\\c\d" '\'`, []string{`a"b\c\d`, `\`}, `'\'`, 0},
		{`show Cote d'Ivoire`, []string{"show", "Cote", "dIvoire"}, `d'Ivoire`, '\''},
		{"a \\", []string{"a", ""}, "\\", '\\'},
		{"a \\\nb", []string{"a", "b"}, "b", 0},
		{"a\\\nb", []string{"ab"}, "a\\\nb", 0},
		{"'a\nb'", []string{"a\nb"}, "'a\nb'", 0},
		{"show 김정은 Сергей", []string{"show", "김정은", "Сергей"}, "Сергей", 0},
	}
	for _, tt := range tests {
		got := splitWords(tt.line)
		if !cmp.Equal(got.words, tt.words) || got.quote != tt.quote || tt.line[got.start:] != tt.last {
			t.Errorf("splitWords(%q) = %q, %q from %d, want %q, %q, %q", tt.line, got.words, got.quote, got.start, tt.words, tt.quote, tt.last)
		}
	}
}

// TestSplitWordsAsShell holds the words against those of sh, where there is one.
func TestSplitWordsAsShell(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh")
	}
	for _, line := range []string{`a b`, `'a b' c`, `"a \" b"`, `"a \x"`, `a\ b`, `a"b c"'d e'f`, `'' ""`, "a\\\nb", `"a\\b"`, `"\$x"`} {
		out, err := exec.Command(sh, "-c", `printf '%s\0' `+line).Output()
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"); !cmp.Equal(splitWords(line).words, want) {
			t.Errorf("splitWords(%q) = %q, sh has %q", line, splitWords(line).words, want)
		}
	}
}

// FuzzSplitWords: what is written with quoted is read back, and any line is parted
// without losing its place.
func FuzzSplitWords(f *testing.F) {
	for _, line := range []string{"between Russia 'North Korea'", `show "Cote d'Ivoire`, `a\ b \`, "\\\n", `"\"`, "김 정은", "''"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		got := splitWords(line)
		if got.start < 0 || got.start > len(line) {
			t.Fatalf("splitWords(%q): the last word starts at %d", line, got.start)
		}
		if got.start < len(line) {
			if again := splitWords(line[got.start:]); len(again.words) != 1 || again.words[0] != got.words[len(got.words)-1] {
				t.Fatalf("splitWords(%q): the last word is %q, read alone %q", line, got.words, again.words)
			}
		}
		if !utf8.ValidString(line) {
			return
		}
		again := splitWords(shellLine(got.words))
		if !slices.Equal(again.words, got.words) || again.quote != 0 {
			t.Fatalf("splitWords(%q) = %q, written and read again %q", line, got.words, again.words)
		}
		if again := splitWords(quoted(line)); len(again.words) != 1 || again.words[0] != line {
			t.Fatalf("splitWords(quoted(%q)) = %q", line, again.words)
		}
	})
}
