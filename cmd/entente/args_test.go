package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func testSession() *session {
	return newSession(strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}, func(string) string { return "" })
}

func TestArrange(t *testing.T) {
	tests := []struct {
		line string
		want []string // nil: wrong usage
	}{
		{"claims", []string{"entente", "claims", "--"}},
		{"between RUS PRK --since 2023-10 --json", []string{"entente", "between", "--since", "2023-10", "--json", "--", "RUS", "PRK"}},
		{"between --store /s RUS --json PRK", []string{"entente", "--store", "/s", "between", "--json", "--", "RUS", "PRK"}},
		{"--store=/s claims -n 3 X", []string{"entente", "--store=/s", "claims", "-n", "3", "--", "X"}},
		{"load - --date 2025-07-09", []string{"entente", "load", "--date", "2025-07-09", "--", "-"}},
		{"load -- --date", []string{"entente", "load", "--", "--date"}},
		{"claims --officials=false X", []string{"entente", "claims", "--officials=false", "--", "X"}},
		{"claims X --nope", nil},
		{"claims --since", nil},
		{"clams", nil},
		{"--since 2023 claims", nil},
		{"-- claims", nil},
	}
	for _, test := range tests {
		v, err := arrange(testSession().app(), strings.Fields(test.line))
		var usage *usageError
		switch {
		case test.want == nil && !errors.As(err, &usage):
			t.Errorf("arrange(%q): error %v, want wrong usage", test.line, err)
		case test.want != nil && err != nil:
			t.Errorf("arrange(%q): %v", test.line, err)
		case test.want != nil:
			if diff := cmp.Diff(test.want, v.line()); diff != "" {
				t.Errorf("arrange(%q) (- want, + got):\n%s", test.line, diff)
			}
		}
	}
}

// TestFlagsAnywhere: wherever flags stand among the arguments, the line is the
// same.
func TestFlagsAnywhere(t *testing.T) {
	app := testSession().app()
	flags := [][]string{{"--since", "2023"}, {"--json"}, {"--limit=3"}, {"--store", "/s"}}
	want := []string{"entente", "--store", "/s", "timeline", "--since", "2023", "--json", "--limit=3", "--", "A", "B", "C"}
	rapid.Check(t, func(t *rapid.T) {
		line := []string{"timeline"}
		args, at := []string{"A", "B", "C"}, 0
		for _, f := range flags {
			for n := rapid.IntRange(0, len(args)-at).Draw(t, "arguments before"); n > 0; n-- {
				line, at = append(line, args[at]), at+1
			}
			line = append(line, f...)
		}
		v, err := arrange(app, append(line, args[at:]...))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, v.line()); diff != "" {
			t.Fatalf("arrange(%q):\n%s", line, diff)
		}
	})
}

// FuzzArrange: no command line makes it panic, and every word of a line that is
// accepted is still there.
func FuzzArrange(f *testing.F) {
	for _, seed := range []string{"claims --since 2023 X", "-h", "--", "-", "=", "--=x", "load -- -x", "help"} {
		f.Add(seed)
	}
	app := testSession().app()
	f.Fuzz(func(t *testing.T, line string) {
		words := strings.Split(line, " ")
		v, err := arrange(app, words)
		if err != nil || v.command == nil || v.help || v.version {
			return
		}
		n := len(v.line()) - 2 // entente and --
		dashes := 0
		for _, w := range words {
			if w == "--" {
				dashes = 1 // the first is gone; later ones are arguments
			}
		}
		if n != len(words)-dashes {
			t.Errorf("arrange(%q) = %q: words are lost", words, v.line())
		}
	})
}
