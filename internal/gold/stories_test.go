package gold

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
)

func TestStoryOf(t *testing.T) {
	for name, want := range map[string]string{"s01a": "s01", "s01": "s01", "x2ab": "x2", "": ""} {
		if got := StoryOf(name); got != want {
			t.Errorf("StoryOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestParseTellings(t *testing.T) {
	reports := []Report{{Name: "s1a", Claims: make([]Claim, 2)}, {Name: "s2a", Claims: make([]Claim, 1)}}
	text := "# head\ns1a\t1\ts1-met\ttells\ns1a\t2\ts1-met\tdenies\r\ns2a\t1\ts2-met\tother-date\n"
	want := []Telling{{"s1a", 0, "s1-met", Tells}, {"s1a", 1, "s1-met", Denies}, {"s2a", 0, "s2-met", OtherDate}}
	got, err := parseTellings("events.tsv", text, reports)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("parseTellings: %v (- want, + got):\n%s", err, diff)
	}
	for _, test := range []struct{ text, want string }{
		{text + "s1a\t1\ts1-met\ttells\n", "events.tsv:5: report s1a has no claim 1, or"},
		{"s1a\t3\ts1-met\ttells\n", "events.tsv:1: report s1a has no claim 3"},
		{"s1a\t1\ts1-met\n", "events.tsv:1: want report, claim, event and role"},
		{"s1a\t1\ts1-met\tsays\n", "events.tsv:1: want"},
		{strings.Join(strings.Split(text, "\n")[:3], "\n"), "events.tsv: no line for claim 1 of report s2a"},
	} {
		if _, err := parseTellings("events.tsv", test.text, reports); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("parseTellings(%q) = %v, want %q", test.text, err, test.want)
		}
	}
	kept, told, err := Only(reports, got, []string{"s2"})
	if err != nil || len(kept) != 1 || kept[0].Name != "s2a" || len(told) != 1 || told[0].Event != "s2-met" {
		t.Errorf("Only(s2) = %v, %v, %v, want s2a and its telling", kept, told, err)
	}
	if _, _, err := Only(reports, got, []string{"s3"}); err == nil {
		t.Error("Only(s3) gave no error, want one: there is no such story")
	}
}

// TestAlign: the reader takes "Ruiz" for the wrong person once of three times,
// and "the pact" for nothing.
func TestAlign(t *testing.T) {
	const text = "Ana Ruiz met Ruiz. Ruiz left. The pact holds. Luis Ruiz stayed."
	rules, err := newRules()
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string, n int) entente.Span {
		start := 0
		for range n {
			start += strings.Index(text[start:], s) + 1
		}
		return entente.Span{Start: start - 1, End: start - 1 + len(s)}
	}
	const ana = "Ana Ruiz [minister of finance, Chile]"
	r, err := parse("x", []byte(`{"text":"`+text+`"}`), []byte(`{}`), rules)
	if err != nil {
		t.Fatal(err)
	}
	r.Entities = []Entity{{Name: ana, Type: entente.Person}, {Name: "Luis Ruiz", Type: entente.Person}, {Name: "Pact", Type: entente.Agreement}}
	r.Mentions = []Mention{
		{at("Ana Ruiz", 1), "Ana Ruiz", []string{ana}},
		{at("Ruiz", 2), "Ruiz", []string{"Luis Ruiz"}},
		{at("Ruiz", 3), "Ruiz", []string{ana}},
		{at("The pact", 1), "The pact", []string{"Pact"}},
		{at("Luis Ruiz", 1), "Luis Ruiz", []string{"Luis Ruiz"}},
	}
	reading := entente.Reading{
		Entities: []entente.Entity{{ID: "Ana_Ruiz", Kind: entente.Person}, {ID: "Luis_Ruiz", Kind: entente.Person}, {ID: "Chile", Kind: entente.State}},
		Mentions: []entente.Mention{{Entity: "Ana_Ruiz", Span: at("Ana Ruiz", 1)}, {Entity: "Ana_Ruiz", Span: at("Ruiz", 2)}, {Entity: "Ana_Ruiz", Span: at("Ruiz", 3)},
			{Entity: "Chile", Span: at("The pact", 1)}, {Entity: "Luis_Ruiz", Span: at("Luis Ruiz", 1)}},
	}
	got := map[string]entente.EntityID{}
	for name, e := range r.Align(reading) {
		got[name] = e.ID
	}
	// Luis has one vote for each of two: the first by ID counts.
	want := map[string]entente.EntityID{ana: "Ana_Ruiz", "Luis Ruiz": "Ana_Ruiz"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Align (- want, + got):\n%s", diff)
	}
}

// TestSameBare: what gold puts in brackets to tell namesakes apart is no part of
// the name.
func TestSameBare(t *testing.T) {
	rules, err := newRules()
	if err != nil {
		t.Fatal(err)
	}
	const name = "Air Defence Protocol [Chile–Peru, 2019]"
	r := Report{rules: rules, known: map[string]accepted{foldName(name): rules.accept(Entity{Name: name, Type: entente.Agreement})}}
	if !r.Same("protocol on air defence", name) || r.Same("pact of 2019", name) {
		t.Errorf("Same(_, %q) does not go by the name without brackets", name)
	}
}
