package event_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/names"
	"github.com/entente-kg/entente/internal/when"
)

// TestSentences reads each paragraph of testdata/sentences.txt as a report of
// its own and compares the claims with the lines below it.
func TestSentences(t *testing.T) {
	model, err := english.Default()
	if err != nil {
		t.Fatal(err)
	}
	gazetteer, err := names.NewGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	frames, err := event.ReadFrames(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	for paragraph := range strings.SplitSeq(string(raw), "\n\n") {
		lines := strings.Split(strings.TrimSpace(paragraph), "\n")
		if strings.HasPrefix(lines[0], "#") {
			continue
		}
		got := claims(model, gazetteer, frames, lines[0])
		want := slices.Sorted(slices.Values(lines[1:]))
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", lines[0], diff)
		}
	}
}

// claims reads a text and returns its claims as the lines of the test data.
func claims(m *english.Model, g *names.Gazetteer, f *event.Frames, text string) []string {
	report := entente.Report{Text: text}
	var sentences []english.Sentence
	for _, span := range m.Sentences(text, entente.Span{End: len(text)}) {
		sentences = append(sentences, m.Analyse(text, span))
	}
	table, sentences := g.Find(sentences, report)
	doc := &event.Document{Report: report, Names: table, Sentences: sentences}
	for _, s := range sentences {
		m.Parse(s.Tokens)
		doc.Times = append(doc.Times, when.Find(text, s.Span))
	}
	table.Resolve(sentences)
	found, _ := f.Claims(doc, nil)
	out := make([]string, 0, len(found))
	for _, c := range found {
		out = append(out, strings.Join([]string{string(c.Relation), table.Entity(c.Subject).Name, table.Entity(c.Object).Name, string(c.Status)}, " | "))
	}
	slices.Sort(out)
	return out
}
