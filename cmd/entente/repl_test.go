package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/peterh/liner"
)

func testRepl() *repl {
	s := testSession()
	return &repl{session: s, app: s.app()}
}

func TestKindOf(t *testing.T) {
	tests := []struct {
		line string
		want kind
	}{
		{"", nothing}, {"  \t", nothing}, {"# claims", nothing},
		{".help", aDot}, {" .mode csv", aDot}, {".nonsense", aDot}, {"help", aDot}, {"quit", aDot}, {"exit", aDot},
		{"g.V().All()", aScript}, {"graph.Vertex()", aScript}, {`entity("Russia").All()`, aScript}, {`between("A", "B")`, aScript},
		{"claims({})", aScript}, {`path("A", "B")`, aScript}, {`plover("CONSULT")`, aScript},
		{"between Russia China", aCommand}, {"between (the wars)", aCommand}, {"claims", aCommand}, {"help claims", aCommand}, {"--store x stats", aCommand},
		{"show me what Russia signed", aCommand}, // small letters: a command
		{"Show me what Russia signed", aQuestion},
		{"show me what Russia signed?", aQuestion},
		{"who visited Pyongyang", aQuestion}, {"and in 2023?", aQuestion}, {"G7 summits", aQuestion}, {"entity Russia", aQuestion},
	}
	r := testRepl()
	for _, tt := range tests {
		if got := r.kindOf(tt.line); got != tt.want {
			t.Errorf("kindOf(%q) = %d, want %d", tt.line, got, tt.want)
		}
	}
	r.gizmo = true
	for line, want := range map[string]kind{"var a = 1": aScript, "who?": aScript, ".mode auto": aDot, "claims": aScript} {
		if got := r.kindOf(line); got != want {
			t.Errorf("in .mode gizmo kindOf(%q) = %d, want %d", line, got, want)
		}
	}
}

func TestGoesOn(t *testing.T) {
	for _, tt := range []struct {
		kind kind
		text string
		want string
	}{
		{aScript, "g.V(", promptUnclosed}, {aScript, "g.V().", promptUnclosed}, {aScript, "[1,\n{a: `", promptUnclosed}, {aScript, "/* so", promptUnclosed},
		{aScript, "g.V().All()", ""}, {aScript, "g.V())", ""}, {aScript, "'abc", ""}, {aScript, strings.Repeat("(", 1<<17), ""},
		{aCommand, "show 'North", promptQuote}, {aCommand, `show "a \"`, promptQuote}, {aCommand, "show \\", promptQuote}, {aCommand, "show 'a'", ""},
		{aQuestion, "who is Russia's foreign minister", ""}, {aDot, ".save 'a", ""},
	} {
		st := &statement{kind: tt.kind, text: tt.text}
		if got := st.goesOn(); got != tt.want {
			t.Errorf("%.20q goes on with %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestReplHelp: .help and docs/repl.md tell every dot-command, .help every command.
func TestReplHelp(t *testing.T) {
	r := testRepl()
	if err := r.dotHelp(t.Context(), r.session, ""); err != nil {
		t.Fatal(err)
	}
	help := fmt.Sprint(r.ui.out)
	page, err := os.ReadFile("../../docs/repl.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dotCommands() {
		if want := strings.TrimSpace("." + d.name + " " + d.arg); !strings.Contains(help, want) {
			t.Errorf(".help has no %s", want)
		}
		if !strings.Contains(string(page), "`."+d.name) {
			t.Errorf("docs/repl.md has no .%s", d.name)
		}
	}
	for _, c := range r.app.Commands {
		if !strings.Contains(help, " "+c.Name) {
			t.Errorf(".help has no %s", c.Name)
		}
	}
}

func TestOffers(t *testing.T) {
	l := &lineCompleter{testRepl()}
	for _, tt := range []struct {
		before, head string
		want         []string // some of what is offered; nil: nothing
	}{
		{"", "", []string{"claims", "entity(", "between"}},
		{"bet", "", []string{"between "}},
		{".m", "", []string{".mode "}},
		{".mode c", ".mode ", []string{"csv"}},
		{".timing ", ".timing ", []string{"on", "off"}},
		{".save a b", ".save a b", nil},
		{"claims --rel", "claims ", []string{"--relation "}},
		{"claims --relation vis", "claims --relation ", []string{"visited "}},
		{"claims --relation met,vis", "claims --relation ", []string{"met,visited "}},
		{"show --format ", "show --format ", []string{"table", "json", "jsonl"}},
		{"g.", "g.", []string{"V", "M"}},
		{"g.V().o", "g.V().", []string{"out", "or", "outPredicates"}},
		{"entity(\"a\").\n  O", "entity(\"a\").\n  ", nil},
		{`g.V().Has("<kg:st`, `g.V().Has("`, []string{"<kg:start>", "<kg:state>", "<kg:status>"}},
		{"g.V().both(vis", "g.V().both(", []string{"visited"}},
	} {
		start, got := l.offers(tt.before)
		if tt.before[:start] != tt.head {
			t.Errorf("offers(%q) begin behind %q, want %q", tt.before, tt.before[:start], tt.head)
		}
		for _, w := range tt.want {
			if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+w+"\n") {
				t.Errorf("offers(%q) = %q, want %q among them", tt.before, got, w)
			}
		}
		if tt.want == nil && len(got) > 0 {
			t.Errorf("offers(%q) = %q, want none", tt.before, got)
		}
	}
}

func TestOpenText(t *testing.T) {
	for script, want := range map[string]int{``: -1, `entity("Rus`: 8, `entity("Russia")`: -1, `entity("a\"b`: 8, `f('it', "`: 9, "`김": 1} {
		if got := openText(script); got != want {
			t.Errorf("openText(%q) = %d, want %d", script, got, want)
		}
	}
}

// TestHistory: entries are appended and bounded; what cannot be kept says so once.
func TestHistory(t *testing.T) {
	h := history{path: filepath.Join(t.TempDir(), "a", "history")}
	if got := h.read(); len(got) > 0 || h.err != nil {
		t.Fatalf("before the first entry: %q, %v", got, h.err)
	}
	for i := range 2*liner.HistoryLimit + 1 {
		h.add(fmt.Sprintf("show 김정은 %d", i))
	}
	h.add(strings.Repeat("x", longestEntry+1))
	got := h.read()
	if n := liner.HistoryLimit; h.err != nil || len(got) != n || got[n-1] != fmt.Sprintf("show 김정은 %d", 2*n) {
		t.Fatalf("%d entries to %q, %v, want %d", len(got), got[len(got)-1], h.err, n)
	}
	text, err := os.ReadFile(h.path)
	if lines := strings.Count(string(text), "\n"); err != nil || lines != liner.HistoryLimit {
		t.Errorf("%d lines in the file, %v, want it cut", lines, err)
	}
	if info, err := os.Stat(h.path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v: others may read it", info.Mode(), err)
	}
	blocked := history{path: filepath.Join(h.path, "history")} // its folder is a file
	blocked.read()
	blocked.add("x")
	if blocked.err == nil {
		t.Error("no word about a history that cannot be kept")
	}
}

func TestHistoryPath(t *testing.T) {
	for state, want := range map[string]string{"": "/home/a/.local/state/entente/history", "relative": "/home/a/.local/state/entente/history", "/state": "/state/entente/history"} {
		s := testSession()
		s.getenv = func(name string) string { return map[string]string{"XDG_STATE_HOME": state, "HOME": "/home/a"}[name] }
		if got, err := s.historyPath(); runtime.GOOS == "linux" && (err != nil || got != want) {
			t.Errorf("with XDG_STATE_HOME=%q: %q, %v, want %q", state, got, err, want)
		}
	}
}

func TestEntries(t *testing.T) {
	for text, want := range map[string][]string{"a": {"a"}, "g.V(\n).All()": {"g.V( ).All()"}, "[1, // one\n2]": {"[1, // one", "2]"}} {
		if got := entries(text); !cmp.Equal(got, want) {
			t.Errorf("entries(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzLine: no line, and no place of the cursor in it, is too much for the repl, and
// completion keeps what stands around the word.
func FuzzLine(f *testing.F) {
	for _, line := range []string{"between Russia 'North K", ".mode c", "g.V().o", `entity("김`, "claims --relation=met,v", "who visited Pyong", "[1, `", "--store x "} {
		f.Add(line, uint(len(line)), false)
		f.Add(line, uint(3), true)
	}
	f.Fuzz(func(t *testing.T, line string, at uint, gizmo bool) {
		if strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			return // the editor gives no such line
		}
		r := testRepl()
		r.gizmo = gizmo
		st := &statement{kind: r.kindOf(line), text: line}
		st.goesOn()
		pos := int(at % uint(utf8.RuneCountInString(line)+1))
		before := string([]rune(line)[:pos])
		l := &lineCompleter{r}
		start, _ := l.offers(before)
		if start < 0 || start > len(before) {
			t.Fatalf("offers(%q) begin at %d", before, start)
		}
		head, offers, tail := l.complete(line, pos)
		if !strings.HasPrefix(before, head) || before+tail != line {
			t.Fatalf("complete(%q, %d) = %q, %q, %q", line, pos, head, offers, tail)
		}
	})
}
