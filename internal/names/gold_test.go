package names

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

var (
	goldDir = flag.String("gold", "", "folder with gold reports (dev/, real/): prints how well their names are read")
	misses  = flag.String("misses", "", "with -gold: print each miss of one measure (entities, aliases, slots, offices)")
)

// goldReport is one annotated report, as far as names go.
type goldReport struct {
	text    string
	date    string
	Claims  []struct{ Subject, Object, Attribution, Evidence string }
	Offices []struct{ Person, Office, State string }
	Ents    []goldEntity `json:"entities"`
}

type goldEntity struct {
	Name, Type string
	Aliases    []string
}

// score counts what was right of how many.
type score map[string]*[2]int

func (s score) add(key string, right bool) {
	if s[key] == nil {
		s[key] = &[2]int{}
	}
	s[key][1]++
	if right {
		s[key][0]++
	}
}

// TestGold prints the share of gold entities that are found, of their surface
// forms that are resolved, of claim actors that the evidence sentence gives,
// and of offices. It needs -gold; without it there is nothing to measure.
func TestGold(t *testing.T) {
	if *goldDir == "" {
		return
	}
	model, err := english.Default()
	if err != nil {
		t.Fatal(err)
	}
	g, err := NewGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"dev", "real"} {
		files, err := filepath.Glob(filepath.Join(*goldDir, part, "*.gold.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no gold in %s", filepath.Join(*goldDir, part))
		}
		s := score{}
		for _, f := range files {
			r := readGold(t, f)
			measure(s, f, r, readNames(model, g, r.text))
		}
		t.Log(part + ": " + s.String())
	}
}

func (s score) String() string {
	var parts []string
	for k, v := range s {
		parts = append(parts, fmt.Sprintf("%s %.3f (%d of %d)", k, float64(v[0])/float64(v[1]), v[0], v[1]))
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

func readGold(t *testing.T, file string) goldReport {
	t.Helper()
	var r goldReport
	var source struct{ Text, Date string }
	for name, into := range map[string]any{file: &r, strings.Replace(file, ".gold.json", ".json", 1): &source} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	r.text, r.date = source.Text, source.Date
	return r
}

// readNames reads the names of a text as the loader does.
func readNames(model *english.Model, g *Gazetteer, text string) *Table {
	report := entente.Report{ID: "r", Text: text}
	var sentences []english.Sentence
	for _, span := range model.Sentences(text, entente.Span{End: len(text)}) {
		sentences = append(sentences, model.Analyse(text, span))
	}
	table, sentences := g.Find(sentences, report)
	for _, s := range sentences {
		model.Parse(s.Tokens)
	}
	table.Resolve(sentences)
	return table
}

func measure(s score, file string, r goldReport, t *Table) {
	miss := func(kind string, ok bool, what ...any) {
		s.add(kind, ok)
		if !ok && strings.HasPrefix(kind, *misses) && *misses != "" {
			fmt.Println(filepath.Base(file)[:3], kind, fmt.Sprint(what...))
		}
	}
	for _, e := range r.Ents {
		miss("entities "+e.Type, slices.ContainsFunc(t.Entities(), func(x entente.Entity) bool { return same(x.Name, e) }), e.Name)
		for _, a := range e.Aliases {
			where, ok := resolved(t, r.text, a, e)
			miss("aliases "+e.Type, ok, a, " = ", e.Name, " | ", where)
		}
	}
	for _, c := range r.Claims {
		span := sentenceOf(r.text, c.Evidence)
		for _, actor := range []string{c.Subject, c.Object} {
			e := r.entity(actor)
			miss("slots "+e.Type, reached(t, span, e), actor, " | ", span.Of(r.text))
		}
	}
	for _, o := range r.Offices {
		e := r.entity(o.Person)
		ok := slices.ContainsFunc(t.Offices(), func(h HeldOffice) bool {
			return same(t.Entity(h.Person).Name, e) && same(t.Entity(h.For).Name, r.entity(o.State))
		})
		miss("offices", ok, o, dumpOffices(t))
	}
}

// entity returns the gold entity with a name.
func (r goldReport) entity(name string) goldEntity {
	for _, e := range r.Ents {
		if foldName(e.Name) == foldName(name) {
			return e
		}
	}
	return goldEntity{Name: name}
}

// resolved reports whether a surface form stands for e wherever a mention
// covers it, at least once; where shows what was found instead.
func resolved(t *Table, text, alias string, e goldEntity) (where string, ok bool) {
	for _, at := range regexp.MustCompile(`\b`+regexp.QuoteMeta(alias)).FindAllStringIndex(text, -1) {
		span := entente.Span{Start: at[0], End: at[1]}
		for _, m := range t.Placed() {
			if !m.Span.Overlaps(span) {
				continue
			}
			for _, id := range append(slices.Clone(m.Entities), m.Acts) {
				if id != "" && same(t.Entity(id).Name, e) {
					return "", true
				}
				where += " " + string(id)
			}
		}
	}
	return where, false
}

// reached reports whether a mention within span stands for e.
func reached(t *Table, span entente.Span, e goldEntity) bool {
	for _, m := range t.Placed() {
		if !m.Span.Overlaps(span) {
			continue
		}
		for _, id := range append(slices.Clone(m.Entities), m.Acts) {
			if id != "" && same(t.Entity(id).Name, e) {
				return true
			}
		}
	}
	return false
}

// sentenceOf returns where the evidence stands in the text.
func sentenceOf(text, evidence string) entente.Span {
	start := strings.Index(text, evidence)
	if start < 0 {
		start = max(0, strings.Index(text, evidence[:min(len(evidence), 30)]))
	}
	return entente.Span{Start: start, End: min(len(text), start+len(evidence))}
}

var notName = regexp.MustCompile(`[^a-z0-9' ]+`)

// foldName is how gold compares names.
func foldName(s string) string {
	s = notName.ReplaceAllString(strings.ToLower(plain(strings.ReplaceAll(s, "’", "'"))), " ")
	return strings.TrimPrefix(strings.Join(strings.Fields(s), " "), "the ")
}

// same reports whether a name is one that gold takes for e.
func same(name string, e goldEntity) bool {
	n := foldName(name)
	if n == "" {
		return false
	}
	for _, x := range append([]string{e.Name}, e.Aliases...) {
		if n == foldName(x) {
			return true
		}
	}
	words, gold := strings.Fields(n), strings.Fields(foldName(e.Name))
	switch {
	case len(gold) == 0:
		return false
	case e.Type == "person":
		return words[len(words)-1] == gold[len(gold)-1] || slices.Contains(gold, n)
	case e.Type == "agreement":
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(gold, w) && len(w) > 3 })
	}
	return false
}

func dumpOffices(t *Table) (out []string) {
	for _, h := range t.Offices() {
		out = append(out, fmt.Sprintf("%s = %s of %s", h.Person, h.Title, h.For))
	}
	return out
}
