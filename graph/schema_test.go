package graph

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
)

var update = flag.Bool("update", false, "rewrite the generated parts of the pages")

// full is a reading with every field that a reading can have.
func full() entente.Reading {
	const text = "On Tuesday Ada Berg of Northland met Ivo Hark in Russia, the agency said; 3 boats."
	span := entente.Span{Start: 3, End: 10}
	r := entente.Reading{
		Report: entente.Report{
			ID: "r1", URL: "u", Publisher: "p", Title: "t", Published: entente.Date{EDTF: "2031-07-09", Basis: entente.Stated, From: span}, Text: text,
		},
		Entities: []entente.Entity{
			{ID: "Ada_Berg", Kind: entente.Person, Name: "Ada Berg", Aliases: []string{"Berg"}, State: "XNL", Wikidata: "Q1"},
			{ID: "Ivo_Hark", Kind: entente.Person, Name: "Ivo Hark"},
			theWorld().byID["Russia"],
		},
		Mentions: []entente.Mention{{Entity: "Ada_Berg", Span: span}},
		Problems: []entente.Problem{{Text: "no dateline"}},
		Reader:   "1",
	}
	for i, s := range []entente.Status{entente.Occurred, entente.Planned} {
		r.Claims = append(r.Claims, entente.Claim{
			ID: entente.ClaimID([]string{"c1", "c2"}[i]), Subject: "Ada_Berg", Relation: entente.Met, Object: "Ivo_Hark",
			Date: entente.Date{EDTF: "2031-07", Basis: entente.Resolved, From: span}, Place: "Russia", Status: s,
			Attribution: "Ivo_Hark", Amount: "3 boats", Confidence: 0.5, Evidence: span, Report: "r1",
		})
	}
	return r
}

// TestSchema wants each quad that is written to have a shape of the schema, and
// each shape to occur.
func TestSchema(t *testing.T) {
	g, err := OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	ctx := context.Background()
	if _, err := g.Add(ctx, full()); err != nil {
		t.Fatal(err)
	}
	if err := g.Merge(ctx, "Ada_Berg", "Ivo_Hark"); err != nil {
		t.Fatal(err)
	}
	v := g.view(ctx)
	defer v.close()
	used := make([]int, len(schema))
	for q, err := range v.quads(quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for i, p := range schema {
			if p.fits(q) {
				used[i]++
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d shapes fit %v, want 1", n, q)
		}
	}
	for i, n := range used {
		if n == 0 {
			t.Errorf("no quad has the shape %v", schema[i])
		}
	}
}

// schemaTable returns the table of docs/graph.md.
func schemaTable() string {
	var b strings.Builder
	b.WriteString("| subject | predicate | object | label | why |\n| --- | --- | --- | --- | --- |\n")
	for _, p := range schema {
		why := p.why
		if why == "" {
			why = "as above"
		}
		b.WriteString("| " + strings.Join([]string{shown(p.subject), shown(p.predicate), shown(p.object), shown(p.label), why}, " | ") + " |\n")
	}
	return b.String()
}

// shown is a sort of value as the page shows it.
func shown(sort string) string {
	switch {
	case strings.HasSuffix(sort, ":"):
		return "`" + sort + "…`"
	case strings.Contains(sort, ":"):
		return "`" + sort + "`"
	}
	return sort
}

// namespaceTable returns the second table of docs/graph.md.
func namespaceTable() string {
	var b strings.Builder
	b.WriteString("| in the store | in N-Quads |\n| --- | --- |\n")
	for _, ns := range namespaces {
		b.WriteString("| `" + ns.prefix + "` | `" + ns.full + "` |\n")
	}
	return b.String()
}

func TestPage(t *testing.T) {
	const name = "../docs/graph.md"
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for part, table := range map[string]string{"schema": schemaTable(), "namespaces": namespaceTable()} {
		from, to := "<!-- "+part+" -->\n", "<!-- end of "+part+" -->"
		before, rest, ok := strings.Cut(text, from)
		got, after, ok2 := strings.Cut(rest, to)
		if !ok || !ok2 {
			t.Fatalf("%s: no lines %q and %q", name, from, to)
		}
		if got != table && !*update {
			t.Errorf("%s: %s differs; run with -update (- page, + code):\n%s", name, part, cmp.Diff(got, table))
		}
		text = before + from + table + to + after
	}
	if text != string(page) && *update {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
