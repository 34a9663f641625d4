package entente_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/loader"
	"github.com/entente-kg/entente/queries"
)

// askedAt is the day from which the questions are asked.
var askedAt = entente.Date{EDTF: "2026-11-26"}

// A quiz is a question of queries/testdata/ask with its right answers.
type quiz struct {
	file  string
	line  int
	over  string
	text  string
	then  bool     // asked behind the one before
	must  []string // all of it is in the answer
	may   []string // may be in the answer
	or    []string // other right answers, of paths
	class string   // how it went: right, wrong, unread
	got   string
}

// readQuizzes reads a file of questions; queries/testdata/ask/README.md has the
// format.
func readQuizzes(file string) ([]*quiz, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []*quiz
	over := ""
	for i, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.TrimSpace(rest)
		var last *quiz
		if len(all) > 0 {
			last = all[len(all)-1]
		}
		switch {
		case word == "" || strings.HasPrefix(word, "#"):
		case word == "over":
			over = rest
		case word == "ask" || word == "then" && last != nil:
			all = append(all, &quiz{file: filepath.Base(file), line: i + 1, over: over, text: rest, then: word == "then"})
		case word == "answer" && last != nil:
			last.must = append(last.must, rest)
		case word == "may" && last != nil:
			last.may = append(last.may, rest)
		case word == "or" && last != nil:
			last.or = append(last.or, rest)
		default:
			return nil, fmt.Errorf("%s:%d: %q", file, i+1, line)
		}
	}
	return all, nil
}

// run asks the question and notes how it went.
func (q *quiz) run(ctx context.Context, asker *queries.Asker, g *graph.Graph, after *queries.Answer) (*queries.Answer, error) {
	o := queries.AskOptions{Today: askedAt}
	if q.then {
		o.After = after
	}
	answer, err := asker.Ask(ctx, g, q.text, o)
	var unread *queries.NotUnderstoodError
	var ambiguous *graph.AmbiguousError
	switch {
	case errors.As(err, &unread) || errors.As(err, &ambiguous):
		q.class, q.got = "unread", err.Error()
		if q.must[0] == "?" {
			q.class = "right"
		}
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("%s:%d: %w", q.file, q.line, err)
	}
	q.got = fmt.Sprintf("%v  [%s]", answer.Answer, answer.Understood)
	q.class = "wrong"
	if q.accepts(ctx, g, answer) {
		q.class = "right"
	}
	return &answer, nil
}

// accepts reports whether an answer is right.
func (q *quiz) accepts(ctx context.Context, g *graph.Graph, a queries.Answer) bool {
	if a.Kind == "path" {
		chain := strings.Join(a.Answer, " > ")
		return slices.ContainsFunc(append(q.or, q.must...), func(want string) bool {
			return slices.EqualFunc(strings.Split(want, " > "), strings.Split(chain, " > "), func(x, y string) bool { return sameName(ctx, g, x, y) })
		})
	}
	must := slices.DeleteFunc(slices.Clone(q.must), func(s string) bool { return s == "none" })
	for _, want := range must {
		if !slices.ContainsFunc(a.Answer, func(got string) bool { return sameName(ctx, g, want, got) }) {
			return false
		}
	}
	for _, got := range a.Answer {
		if !slices.ContainsFunc(append(must, q.may...), func(want string) bool { return sameName(ctx, g, want, got) }) {
			return false
		}
	}
	return true
}

// sameName reports whether two answers are the same: as text, as names of one entity,
// or as claims whose parts are.
func sameName(ctx context.Context, g *graph.Graph, a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	if x, y := claimWords(a), claimWords(b); x != nil && y != nil && x[1] == y[1] {
		forth := sameName(ctx, g, x[0], y[0]) && sameName(ctx, g, x[2], y[2])
		back := entente.Relation(x[1]).IsSymmetric() && sameName(ctx, g, x[0], y[2]) && sameName(ctx, g, x[2], y[0])
		return forth || back
	}
	x, whole, err := g.Lookup(ctx, a)
	y, whole2, err2 := g.Lookup(ctx, b)
	return err == nil && err2 == nil && whole && whole2 && len(x) == 1 && len(y) == 1 && x[0].ID == y[0].ID
}

// claimWords parts "A relation B"; nil for what is no claim.
func claimWords(s string) []string {
	words := strings.Fields(s)
	for i, w := range words {
		if _, err := entente.ParseRelation(w); err == nil && i > 0 && i+1 < len(words) {
			return []string{strings.Join(words[:i], " "), w, strings.Join(words[i+1:], " ")}
		}
	}
	return nil
}

// graphOver returns what questions are asked of: "sample", "gold", or reports and,
// behind a space, their day.
func graphOver(t *testing.T, over string) *graph.Graph {
	t.Helper()
	switch files, day, _ := strings.Cut(over, " "); over {
	case "gold":
		return goldGraph(t)
	case "sample":
		return readGraph(t, "data/reports", loader.Meta{})
	default:
		return readGraph(t, files, loader.Meta{Published: entente.Date{EDTF: day}})
	}
}

// readGraph holds reports as they are read.
func readGraph(t *testing.T, files string, meta loader.Meta) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	reader, err := loader.New()
	if err != nil {
		t.Fatal(err)
	}
	for result := range reader.ReadAll(t.Context(), loader.Open([]string{files}, nil), meta) {
		if result.Err != nil {
			t.Fatal(result.Err)
		}
		if _, err := g.Add(t.Context(), result.Reading); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

var askFiles = flag.String("ask", "queries/testdata/ask/*.ask", "ask the questions of these files")

// TestAsk asks the questions of queries/testdata/ask. At least nine in ten are to be
// answered rightly and at most three in a hundred wrongly, which is worse than not to
// understand. With -v each that is not right is shown.
func TestAsk(t *testing.T) {
	files, err := filepath.Glob(*askFiles)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", *askFiles, len(files), err)
	}
	graphs := map[string]*graph.Graph{}
	asker, err := queries.NewAsker()
	if err != nil {
		t.Fatal(err)
	}
	counts, n := map[string]int{}, 0
	for _, file := range files {
		quizzes, err := readQuizzes(file)
		if err != nil {
			t.Fatal(err)
		}
		var after *queries.Answer
		for _, q := range quizzes {
			if graphs[q.over] == nil {
				graphs[q.over] = graphOver(t, q.over)
			}
			if after, err = q.run(t.Context(), asker, graphs[q.over], after); err != nil {
				t.Fatal(err)
			}
			n++
			counts[q.class]++
			if q.class != "right" {
				t.Logf("%s:%d %s: %s\n      want %q may %q\n      got  %s", q.file, q.line, q.class, q.text, q.must, q.may, q.got)
			}
		}
	}
	t.Logf("%d questions: %v", n, counts)
	if *askFiles == flag.Lookup("ask").DefValue && n < 240 {
		t.Errorf("%d questions, of at least 240", n)
	}
	if counts["right"]*100 < 90*n || counts["wrong"]*100 > 3*n {
		t.Errorf("of %d questions %d right, %d wrong; 90 %% are to be right and at most 3 %% wrong", n, counts["right"], counts["wrong"])
	}
}
