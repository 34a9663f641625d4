package queries

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

func newAsker(t testing.TB) *Asker {
	t.Helper()
	asker, err := NewAsker()
	if err != nil {
		t.Fatal(err)
	}
	return asker
}

// TestAskNames asks a small graph what turns on who is named and how; the questions of
// testdata/ask are asked at the root.
func TestAskNames(t *testing.T) {
	g, asker := storyGraph(t, "officials"), newAsker(t)
	for _, c := range []struct {
		question string
		answer   []string // nil = not understood
		claims   int
	}{
		{"Did Sergey Lavrov visit Pyongyang?", []string{Yes}, 1},
		{"Did Sergey Lavrov and Choe Son Hui visit Pyongyang?", []string{NotReported}, 1},
		{"Did Sergey Lavrov or Choe Son Hui visit Pyongyang?", []string{Yes}, 1},
		{"Did Russia and Norway support North Korea?", []string{NotReported}, 1},
		{"Who met in 2024?", []string{"Envoy", "Choe Son Hui"}, 1},
		{"Whom did Choe Son Hui meet?", []string{"Envoy"}, 1},
		{"Who met the Envoy and Choe Son Hui?", []string{}, 0},
		{"Who met the Envoy or Choe Son Hui?", []string{"Envoy", "Choe Son Hui"}, 1},
		{"Did Sergey Lavrov visit Pyongyang before the Envoy?", nil, 0},
		{"What is Pyongyang?", []string{"place"}, 0},
		{"Who met the minister?", nil, 0},
		{"What happened in January 2024?", []string{"Norway accused Russia", "Envoy met Choe Son Hui", "Russia supported North Korea"}, 3},
	} {
		a, err := asker.Ask(t.Context(), g, c.question, AskOptions{})
		var unread *NotUnderstoodError
		if errors.As(err, &unread) && c.answer == nil {
			continue
		}
		if err != nil {
			t.Errorf("Ask(%q): %v", c.question, err)
			continue
		}
		if !cmp.Equal(a.Answer, c.answer) || len(a.Claims) != c.claims {
			t.Errorf("Ask(%q) = %q with %d claims, want %q with %d; %s", c.question, a.Answer, len(a.Claims), c.answer, c.claims, a.Understood)
		}
	}
}

// TestAskAtOnce asks from several goroutines behind one answer, which stays as it is.
func TestAskAtOnce(t *testing.T) {
	g, asker := storyGraph(t, "officials"), newAsker(t)
	before, err := asker.Ask(t.Context(), g, "Who visited Pyongyang?", AskOptions{})
	if err != nil {
		t.Fatal(err)
	}
	found := len(before.reading.Found)
	shorts := []string{"And North Korea?", "When was that?", "Whom did he meet?", "And in 2023?"}
	answers := make([]Answer, 4*len(shorts))
	var wait sync.WaitGroup
	for i := range answers {
		wait.Go(func() {
			a, err := asker.Ask(t.Context(), g, shorts[i%len(shorts)], AskOptions{After: &before})
			if err != nil {
				t.Errorf("Ask(%q): %v", shorts[i%len(shorts)], err)
			}
			answers[i] = a
		})
	}
	wait.Wait()
	for i := range answers {
		if diff := cmp.Diff(answers[i%len(shorts)].Answer, answers[i].Answer); diff != "" {
			t.Errorf("Ask(%q) answers once so and once so:\n%s", shorts[i%len(shorts)], diff)
		}
	}
	if len(before.reading.Found) != found {
		t.Errorf("the answer before has found %d, had %d", len(before.reading.Found), found)
	}
}

func TestHasWord(t *testing.T) {
	for _, c := range []struct {
		text, form string
		want       bool
	}{
		{"Russia was accused of attacking it", "attack", true},
		{"a counterattack", "attack", false},
		{"a counterattack, then an attack", "attack", true},
		{"Attacks", "attack", true},
		{"Russia", "us", false},
		{"the US said", "US", true},
		{"the USA", "US", false},
		{"with us", "US", false},
		{"São Tomé", "tom", true},
		{"", "a", false},
	} {
		if got := hasWord(c.text, c.form); got != c.want {
			t.Errorf("hasWord(%q, %q) = %t, want %t", c.text, c.form, got, c.want)
		}
	}
}

// FuzzAsk wants an answer of its kind or an error that says why, to any two questions
// asked one behind the other.
func FuzzAsk(f *testing.F) {
	names := strings.NewReplacer("{actor}", "Russia", "{other actor}", "Choe Son Hui", "{person}", "Sergey Lavrov", "{state}", "North Korea", "{place}", "Pyongyang", "{agreement}", "JCPOA")
	for _, example := range Examples() {
		f.Add(names.Replace(example), "And in 2024?")
		f.Add("Who visited Pyongyang?", names.Replace(example))
	}
	f.Add("Did Russia and Norway support North Korea?", "And who did they meet there?")
	f.Add("With whom did Russia sign a treaty?", "Did he or Norway?")
	g, asker := storyGraph(f, "officials"), newAsker(f)
	f.Fuzz(func(t *testing.T, first, then string) {
		o := AskOptions{Today: entente.Date{EDTF: "2026-11-26"}}
		for _, text := range []string{first, then} {
			a, err := asker.Ask(t.Context(), g, text, o)
			var unread *NotUnderstoodError
			var ambiguous *graph.AmbiguousError
			if errors.As(err, &unread) || errors.As(err, &ambiguous) {
				continue
			}
			if err != nil {
				t.Fatalf("Ask(%q): %v", text, err)
			}
			checkAnswer(t, a)
			o.After = &a
		}
	})
}

func checkAnswer(t *testing.T, a Answer) {
	t.Helper()
	if a.Kind == "" || !strings.HasPrefix(a.Understood, a.Kind) || a.Answer == nil || a.Claims == nil {
		t.Errorf("Ask(%q) = %+v: without a kind, or null in JSON", a.Question, a)
	}
	if a.Kind == "yes-no" && (len(a.Answer) != 1 || !slices.Contains([]string{Yes, No, NotReported}, a.Answer[0])) {
		t.Errorf("Ask(%q): %q to a yes-no question", a.Question, a.Answer)
	}
	if slices.Contains(a.Answer, "") {
		t.Errorf("Ask(%q) has an empty answer among %q", a.Question, a.Answer)
	}
	if _, err := json.Marshal(a); err != nil {
		t.Errorf("Ask(%q): %v", a.Question, err)
	}
}
