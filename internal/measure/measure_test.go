package measure

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/loader"
)

const (
	story = "OSLO, May 3 (Sample Wire) - Norwegian Foreign Minister Anna Lind met Pedro Sosa in Lima on Friday. The old fox praised the host, who smiled. " +
		"Friday was warm. She likes it. Moscow had no comment."
	made = `{"claims": [
		{"relation": "met", "subject": "Anna Lind", "object": "Pedro Sosa", "status": "occurred", "evidence": "met Pedro Sosa in Lima"},
		{"relation": "supported", "subject": "Anna Lind", "object": "Pedro Sosa", "status": "occurred", "evidence": "The old fox praised the host"},
		{"relation": "supported", "subject": "Norway", "object": "Russia", "status": "denied", "evidence": "not in the text"}],
		"entities": [{"name": "Anna Lind", "type": "person"}, {"name": "Pedro Sosa", "type": "person"}, {"name": "Norway", "type": "state"}, {"name": "Russia", "type": "state"}],
		"offices": [{"person": "Anna Lind", "office": "Foreign Minister", "state": "Norway"}],
		"mentions": [MENTIONS]}`
)

// marks are the mentions that gold has in story: words and whom they mean.
var marks = [][2]string{{"Norwegian", "Norway"}, {"Anna Lind", "Anna Lind"}, {"Pedro Sosa", "Pedro Sosa"}, {"The old fox", "Anna Lind"}, {"the host", "Pedro Sosa"},
	{"who", "Pedro Sosa"}, {"She", "Anna Lind"}, {"Moscow", "Russia"}}

// example is the gold of story.
func example(t *testing.T) *gold.Report {
	t.Helper()
	var mentions []gold.Mention
	for _, m := range marks {
		at := strings.Index(story, m[0])
		mentions = append(mentions, gold.Mention{Span: entente.Span{Start: at, End: at + len(m[0])}, Text: m[0], Entities: []string{m[1]}})
	}
	list, err := json.Marshal(mentions)
	if err != nil {
		t.Fatal(err)
	}
	return readMade(t, story, strings.Replace(made, "[MENTIONS]", string(list), 1))
}

func readMade(t *testing.T, text, made string) *gold.Report {
	t.Helper()
	dir := t.TempDir()
	raw, err := json.Marshal(map[string]string{"text": text, "date": "2024-05-03"})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"n1.json": raw, "n1.gold.json": []byte(made)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	reports, err := gold.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &reports[0]
}

func reader(t *testing.T) *loader.Reader {
	t.Helper()
	read, err := loader.New()
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func analyse(t *testing.T, g *gold.Report) *event.Document {
	t.Helper()
	doc, _, err := reader(t).Analyse(source(g), loader.Meta{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// standsFor returns the names of what the last word of words stands for.
func standsFor(doc *event.Document, words string) []string {
	end := strings.Index(doc.Report.Text, words) + len(words)
	for _, m := range meanings(doc) {
		if m.End == end {
			return append(m.Entities, m.Acts)
		}
	}
	return nil
}

func TestRead(t *testing.T) {
	g := example(t)
	found, err := Read(reader(t), g)
	if err != nil {
		t.Fatal(err)
	}
	if found.Reading.Report.Text != story || len(found.Sentences) != 5 {
		t.Errorf("Read = %d sentences of %q, want 5", len(found.Sentences), found.Reading.Report.Text)
	}
	acts := ""
	for _, m := range found.Mentions {
		if m.Of(story) == "Moscow" {
			acts = m.Acts
		}
	}
	if acts != "Russia" {
		t.Errorf("Moscow acts for %q, want Russia; mentions are %+v", acts, found.Mentions)
	}
	if _, err := g.Measure(found); err != nil {
		t.Errorf("Measure = %v", err)
	}
	empty := readMade(t, "", `{}`)
	if _, err := Read(reader(t), empty); err == nil {
		t.Error("Read of a report without text = nil, want an error")
	}
}

// TestCorrect tells the reader mentions, all or those of coreference only.
func TestCorrect(t *testing.T) {
	g := example(t)
	lost := readMade(t, story, `{"claims": [{"relation": "supported", "subject": "Russia", "object": "Anna Lind", "evidence": "She"}],
		"entities": [{"name": "Russia", "type": "state"}], "mentions": [{"start": 0, "end": 4, "text": "OSLO", "entities": ["Oslo"]}]}`)
	all, some := oracle{names: true, coreference: true}, oracle{coreference: true}
	tests := []struct {
		name   string
		oracle oracle
		gold   *gold.Report
		words  string
		want   []string
	}{
		{"a nominal", all, g, "The old fox", []string{"Anna Lind", ""}},
		{"a nominal of coreference", some, g, "The old fox", []string{"Anna Lind", ""}},
		{"a pronoun", some, g, "She", []string{"Anna Lind", ""}},
		{"a relative pronoun", some, g, "who", []string{"Pedro Sosa", ""}},
		{"a capital that acts", all, g, "Moscow", []string{"Russia", ""}},
		{"a capital is no coreference", some, g, "Moscow", []string{"Moscow", "Russia"}},
		{"a name beside an adjective in one token", all, g, "Anna Lind", []string{"Anna Lind", ""}},
		{"a place that gold does not mark stays", all, g, "Lima", []string{"Lima", "Peru"}},
		{"what gold would have marked is taken back", all, lost, "Moscow", []string{"Moscow", ""}},
		{"a pronoun that gold would have marked is taken back", some, lost, "She", nil},
		{"a name that is not told stays", some, lost, "Pedro Sosa", []string{"Pedro Sosa", ""}},
		{"a person that gold would have marked is taken back", all, lost, "Pedro Sosa", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := analyse(t, tt.gold)
			tt.oracle.correct(doc, tt.gold)
			if diff := cmp.Diff(tt.want, standsFor(doc, tt.words)); diff != "" {
				t.Errorf("%q stands for (- want, + got):\n%s", tt.words, diff)
			}
		})
	}
}

func TestGoldEntity(t *testing.T) {
	g := readMade(t, story, `{"entities": [{"name": "Anna Lind", "type": "person"}, {"name": "Uma Rao", "type": "person"}, {"name": "Fiji", "type": "state"}],
		"offices": [{"person": "Uma Rao", "office": "Foreign Minister", "state": "Fiji"}]}`)
	doc := analyse(t, g)
	known := doc.Names.Entities()
	tests := []struct {
		name string
		want entente.Entity
	}{
		{"Anna Lind", doc.Names.Entity("Anna_Lind")},
		{"Fiji", doc.Names.Entity("Fiji")},
		{"Uma Rao", entente.Entity{ID: "Uma_Rao", Kind: entente.Person, Name: "Uma Rao", State: "FJI"}},
		{"Nobody", entente.Entity{ID: "Nobody", Name: "Nobody"}},
	}
	for _, tt := range tests {
		if got := goldEntity(doc, g, known, tt.name); !cmp.Equal(got, tt.want) || got.ID == "" {
			t.Errorf("goldEntity(%s) = %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestPickTold(t *testing.T) {
	g := example(t)
	doc := analyse(t, g)
	claim := func(sentence int, relation entente.Relation, object entente.EntityID, confidence float64) entente.Claim {
		return entente.Claim{Subject: "Anna_Lind", Relation: relation, Object: object, Confidence: confidence, Evidence: doc.Sentences[sentence].Span}
	}
	tests := []struct {
		name string
		read []entente.Claim
		want []string // of "met" only
	}{
		{"the surest of two", []entente.Claim{claim(0, entente.Met, "Peru", .4), claim(0, entente.Met, "Pedro_Sosa", .9)}, []string{"Anna_Lind met Pedro_Sosa"}},
		{"none in the sentence: the nearest", []entente.Claim{claim(1, entente.Met, "Peru", 1), claim(0, entente.Accused, "Peru", 1)}, []string{"Anna_Lind met Pedro_Sosa"}},
	}
	oracle{names: true, coreference: true}.correct(doc, g)
	for _, tt := range tests {
		var met []string
		for _, c := range pickTold(doc, g, tt.read) {
			if c.Relation == entente.Met {
				met = append(met, fmt.Sprint(c.Subject, " met ", c.Object))
			}
		}
		if diff := cmp.Diff(tt.want, met); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", tt.name, diff)
		}
	}
}

func TestDistinct(t *testing.T) {
	claims := func(r entente.Relation) []entente.Claim {
		return []entente.Claim{{Subject: "A", Relation: r, Object: "B"}, {Subject: "B", Relation: r, Object: "A"}, {Subject: "A", Relation: r, Object: "B"}}
	}
	if n := len(distinct(claims(entente.Met))); n != 1 {
		t.Errorf("distinct of a symmetric relation = %d claims, want 1", n)
	}
	if n := len(distinct(claims(entente.Accused))); n != 2 {
		t.Errorf("distinct of another relation = %d claims, want 2", n)
	}
}

func TestOracles(t *testing.T) {
	g := example(t)
	told, err := Oracles(context.Background(), reader(t), []gold.Report{*g})
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]Told{}
	for _, o := range told {
		figures[o.Given] = o
	}
	if len(told) != len(oracles) || told[0].Given != "nothing" {
		t.Errorf("Oracles = %d rows, first %q, want %d, nothing", len(told), told[0].Given, len(oracles))
	}
	if a, b := figures["nothing"].Both.Right, figures["mentions"].Both.Right; b != 2 || a >= b {
		t.Errorf("claims with both actors in the sentence: %d, with gold mentions %d, want 2 and more than before", a, b)
	}
	if r := figures["triggers and mentions"].Strict; r.Right != 2 || r.Found != 2 {
		t.Errorf("with triggers and mentions %+v, want both claims that are in the text and no other", r)
	}
	g.Mentions = nil
	if _, err := Oracles(context.Background(), reader(t), []gold.Report{*g}); err == nil {
		t.Error("Oracles without mentions = nil, want an error")
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Oracles(stopped, reader(t), []gold.Report{*example(t)}); err != context.Canceled {
		t.Errorf("Oracles when interrupted = %v, want %v", err, context.Canceled)
	}
}
