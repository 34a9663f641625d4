package gold

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
)

const (
	story = "Chilean Foreign Minister Ana Ruiz met Wang Yi in Lima. It rained. The two spoke of fish. Santiago thanked the visitor, and he left."
	made  = `{"manner": "wire", "claims": [
		{"relation": "met", "subject": "Ana Ruiz", "object": "Wang Yi", "date": null, "place": "Lima", "status": "occurred", "evidence": "met Wang Yi in Lima"},
		{"relation": "supported", "subject": "Chile", "object": "Wang Yi", "date": null, "place": null, "status": "occurred", "evidence": "Santiago thanked the visitor", "essential": false}],
		"entities": [{"name": "Ana Ruiz", "type": "person", "aliases": null}, {"name": "Wang Yi", "type": "person"}, {"name": "Chile", "type": "state"}, {"name": "Lima", "type": "place"}],
		"offices": [{"person": "Ana Ruiz", "office": "Foreign Minister", "state": "Chile"}],
		"mentions": [MENTIONS]}`
)

// marked is story with the mentions that people marked.
const marked = "[Chilean|Chile] Foreign Minister [Ana Ruiz] met [Wang Yi] in [Lima]. It rained. [The two|Ana Ruiz+Wang Yi] spoke of fish. " +
	"[Santiago|Chile] thanked [the visitor|Wang Yi], and [he|Wang Yi] left."

// unmark returns the mentions of a text with marks, and the text.
func unmark(marks string) (mentions []Mention, text string) {
	for {
		before, rest, ok := strings.Cut(marks, "[")
		text += before
		if !ok {
			return mentions, text
		}
		mark, after, _ := strings.Cut(rest, "]")
		surface, names, named := strings.Cut(mark, "|")
		if !named {
			names = surface
		}
		m := Mention{Text: surface, Entities: strings.Split(names, "+"), Span: entente.Span{Start: len(text), End: len(text) + len(surface)}}
		text, marks = text+surface, after
		mentions = append(mentions, m)
	}
}

// example is the report story.
func example(t testing.TB) Report {
	t.Helper()
	mentions, text := unmark(marked)
	if text != story {
		t.Fatalf("marks differ from the text: %q", text)
	}
	list, err := json.Marshal(mentions)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(map[string]string{"text": story})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "n1.json", string(raw))
	write(t, dir, "n1.gold.json", strings.Replace(made, "[MENTIONS]", string(list), 1))
	reports, err := Read(dir)
	if err != nil || len(reports) != 1 {
		t.Fatalf("Read = %d reports, %v, want one", len(reports), err)
	}
	return reports[0]
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRead(t *testing.T) {
	r := example(t)
	if r.Name != "n1" || r.Manner != "wire" || r.Text != story || len(r.Claims) != 2 || len(r.Entities) != 4 || len(r.Offices) != 1 || len(r.Mentions) != 8 {
		t.Errorf("Read = %+v", r)
	}
	if !r.Claims[0].IsEssential() || r.Claims[1].IsEssential() {
		t.Errorf("IsEssential = %v, %v, want true, false", r.Claims[0].IsEssential(), r.Claims[1].IsEssential())
	}
	if m := r.Mentions[4]; m.Of(r.Text) != "The two" || !cmp.Equal(m.Entities, []string{"Ana Ruiz", "Wang Yi"}) {
		t.Errorf("mention = %+v, want The two", m)
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct{ name, raw, gold, want string }{
		{"no JSON", `{"text": "a"}`, `{"claims": [`, "n1.gold.json: unexpected end"},
		{"no JSON of the report", `{"text": `, `{}`, "n1.json: unexpected end"},
		{"a mention elsewhere", `{"text": "a b"}`, `{"mentions": [{"start": 0, "end": 1, "text": "b", "entities": ["B"]}]}`, `mention "b" is not at bytes 0 to 1`},
		{"a mention outside", `{"text": "a b"}`, `{"mentions": [{"start": -1, "end": 9, "text": "b", "entities": ["B"]}]}`, `mention "b" is not at bytes -1 to 9`},
		{"a mention of nobody", `{"text": "a b"}`, `{"mentions": [{"start": 2, "end": 3, "text": "b"}]}`, `mention "b" at byte 2 has no entity`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "n1.json", tt.raw)
			write(t, dir, "n1.gold.json", tt.gold)
			if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Read = %v, want %q", err, tt.want)
			}
		})
	}
	dir := t.TempDir()
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "no NN.gold.json in it") {
		t.Errorf("Read of an empty folder = %v", err)
	}
	if _, err := Read(filepath.Join(dir, "x")); err == nil || !strings.Contains(err.Error(), "no such folder") {
		t.Errorf("Read of no folder = %v", err)
	}
	write(t, dir, "n2.gold.json", "{}")
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "n2.json") {
		t.Errorf("Read without n2.json = %v, want its name", err)
	}
}

func TestFormOf(t *testing.T) {
	r := example(t)
	tests := []struct {
		text string
		of   string
		want Form
	}{
		{"Chilean", "Chile", Adjective},
		{"Chile", "Chile", Name},
		{"Santiago", "Chile", Name},
		{"The Kremlin", "Russia", Name},
		{"the Chilean Foreign Ministry", "Chile", Nominal},
		{"the visitor", "Wang Yi", Nominal},
		{"enclave", "Nagorno-Karabakh", Nominal},
		{"The Foreign Minister", "Ana Ruiz", Nominal},
		{"Foreign Minister", "Ana Ruiz", Nominal},
		{"his Chilean host Ruiz", "Ana Ruiz", Nominal},
		{"Ruiz", "Ana Ruiz", Name},
		{"He", "Wang Yi", Pronoun},
		{"their", "Wang Yi", Pronoun},
		{"their", "Wang Yi+Ana Ruiz", Group},
		{"The two", "Wang Yi+Ana Ruiz", Group},
		{"memorandum on fish", "memorandum on fish", Name},
		{"the memorandum", "memorandum on fish", Nominal},
	}
	for _, tt := range tests {
		if got := r.FormOf(Mention{Text: tt.text, Entities: strings.Split(tt.of, "+")}); got != tt.want {
			t.Errorf("FormOf(%q of %s) = %s, want %s", tt.text, tt.of, got, tt.want)
		}
	}
}

// FuzzParse holds Read to spans that lie in the text, whatever the files hold,
// and a measure of it to no panic.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"text": "Chile met China."}`), []byte(`{"claims": [{"relation": "met", "subject": "Chile", "object": "China", "evidence": "met"}],
		"mentions": [{"start": 0, "end": 5, "text": "Chile", "entities": ["Chile"]}], "entities": [{"name": "", "type": "person"}, {"name": "of", "type": "agreement"}]}`))
	f.Add([]byte(`{"text": null}`), []byte(`null`))
	rules, err := newRules()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw, gold []byte) {
		r, err := parse("n", raw, gold, rules)
		if err != nil {
			return
		}
		found := perfect(&r)
		tally, err := r.Measure(found)
		if err != nil {
			t.Fatal(err)
		}
		for m, c := range tally.counts {
			if c.Right > c.Gold || c.Right < 0 {
				t.Errorf("measure %d: %+v has more right than there are", m, c)
			}
		}
	})
}

// TestFolders is the lint of data/gold: known relations and statuses, dates in
// EDTF, evidence that stands in the text, actors that are among the entities.
func TestFolders(t *testing.T) {
	for _, half := range []string{"learn", "test"} {
		reports, err := Read("../../data/gold/" + half)
		if err != nil {
			t.Fatal(err)
		}
		claims := 0
		for _, r := range reports {
			for _, c := range r.Claims {
				claims++
				lintClaim(t, &r, c)
			}
		}
		if len(reports) < 50 || claims < 1000 {
			t.Errorf("%s: %d reports with %d claims, want more", half, len(reports), claims)
		}
	}
}

func lintClaim(t *testing.T, r *Report, c Claim) {
	t.Helper()
	if !c.Relation.IsEvent() {
		t.Errorf("%s: relation %q", r.Name, c.Relation)
	}
	if !slices.Contains(entente.Statuses, c.Status) {
		t.Errorf("%s: status %q", r.Name, c.Status)
	}
	if _, err := entente.ParseDate(c.Date); c.Date != "" && err != nil {
		t.Errorf("%s: %v", r.Name, err)
	}
	if !strings.Contains(r.Text, c.Evidence) {
		t.Errorf("%s: evidence is not in the text: %q", r.Name, c.Evidence)
	}
	for _, actor := range []string{c.Subject, c.Object} {
		if _, ok := r.known[foldName(actor)]; !ok {
			t.Errorf("%s: %q is not among the entities", r.Name, actor)
		}
	}
}
