package graph_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/graph"
)

// failer is a test of any kind.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func openMemory(t failer) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// memory opens a graph with readings.
func memory(t *testing.T, rs ...entente.Reading) *graph.Graph {
	t.Helper()
	g := openMemory(t)
	t.Cleanup(func() { _ = g.Close() })
	add(t, g, rs...)
	return g
}

func add(t failer, g *graph.Graph, rs ...entente.Reading) {
	t.Helper()
	if _, err := g.AddAll(context.Background(), rs); err != nil {
		t.Fatal(err)
	}
}

// dump returns all quads of a graph, as Export writes them.
func dump(t failer, g *graph.Graph) string {
	t.Helper()
	var b bytes.Buffer
	if err := g.Export(context.Background(), &b, graph.NQuads); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sound fails unless the graph has no fault.
func sound(t failer, g *graph.Graph) {
	t.Helper()
	faults, err := g.Check(context.Background())
	if err != nil || len(faults) > 0 {
		t.Fatalf("Check() = %v, %v, want nothing", faults, err)
	}
}

func collect[T any](t failer, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var list []T
	for item, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, item)
	}
	return list
}

// same fails unless got is want.
func same(t failer, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("%s (- want, + got):\n%s", what, d)
	}
}

// telling makes a reading of sentences. Each line is
//
//	subject relation object [status [date]]
//
// with entities as written by person, which has what is not a person.
func telling(publisher, day string, lines ...string) entente.Reading {
	text := strings.Join(lines, "\n")
	published := entente.Date{EDTF: day}
	id := entente.NewReportID(publisher, published, text)
	r := entente.Reading{
		Report: entente.Report{ID: id, Publisher: publisher, Title: "Of " + publisher, Published: published, Text: text}, Reader: "test",
	}
	seen := make(map[entente.EntityID]bool)
	start := 0
	for _, line := range lines {
		f := strings.Fields(line)
		c := entente.Claim{
			Subject: entente.EntityID(f[0]), Relation: entente.Relation(f[1]), Object: entente.EntityID(f[2]), Status: entente.Occurred,
			Report: id, Evidence: entente.Span{Start: start, End: start + len(line)},
		}
		if len(f) > 3 {
			c.Status = entente.Status(f[3])
		}
		if len(f) > 4 {
			c.Date = entente.Date{EDTF: f[4], Basis: entente.Stated}
		}
		c.ID = entente.NewClaimID(id, c.Relation, c.Subject, c.Object, start, 0)
		r.Claims = append(r.Claims, c)
		at := start
		for _, name := range []string{f[0], f[2]} {
			at += strings.Index(text[at:], name)
			id := entente.EntityID(name)
			r.Mentions = append(r.Mentions, entente.Mention{Entity: id, Span: entente.Span{Start: at, End: at + len(name)}})
			if !seen[id] {
				seen[id] = true
				r.Entities = append(r.Entities, entity(id))
			}
		}
		start += len(line) + 1
	}
	slices.SortFunc(r.Entities, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return r
}

// entity returns an entity called as its ID is; those that end in "land" are
// states, in "ville" places, in "Pact" agreements.
func entity(id entente.EntityID) entente.Entity {
	e := entente.Entity{ID: id, Kind: entente.Person, Name: strings.ReplaceAll(string(id), "_", " ")}
	switch {
	case strings.HasSuffix(e.Name, "land"):
		e.Kind, e.State = entente.State, strings.ToUpper(e.Name[:3])
	case strings.HasSuffix(e.Name, "ville"):
		e.Kind = entente.Place
	case strings.HasSuffix(e.Name, "Pact"):
		e.Kind = entente.Agreement
	}
	return e
}

// trip is a small report about people who do not exist.
func trip() entente.Reading {
	return telling("Wire", "2031-07-09",
		"Ada_Berg visited Norville occurred 2030-10",
		"Ada_Berg met Ivo_Hark planned 2031-07-11/2031-07-13",
		"Northland signed Amity_Pact occurred 2031-06-19",
		"Ivo_Hark accused Southland ongoing",
		"Southland denied_nothing Northland")
}

// text draws a word of letters, signs that must be escaped, and spaces.
func words() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune("abcXYZéßИ中\"\\<>{}|^`%#~/:,;'&. \t\n\u00a0\u200b\u202e😀")), 0, 12, -1)
}

func ids() *rapid.Generator[entente.EntityID] {
	return rapid.Custom(func(t *rapid.T) entente.EntityID {
		pool := []entente.EntityID{"Ada_Berg", "Ivo_Hark", "Northland", "Southland", "Norville", "Amity_Pact", "a%41", "<x>", "É~r1", "100%", "Russia", "Pyongyang", "NATO"}
		return rapid.SampledFrom(pool).Draw(t, "id")
	})
}

func spanOf(t *rapid.T, text string, least int) entente.Span {
	start := rapid.IntRange(0, len(text)-least).Draw(t, "start")
	return entente.Span{Start: start, End: rapid.IntRange(start+least, len(text)).Draw(t, "end")}
}

func dates(t *rapid.T, text string) entente.Date {
	d := entente.Date{EDTF: rapid.SampledFrom([]string{"", "2023", "2023-10", "2025-07-11/2025-07-13", "2024-10/..", "../1999", "1984~", "-0044-03-15", "198X", "2001-21"}).Draw(t, "edtf")}
	d.Basis = rapid.SampledFrom([]entente.Basis{"", entente.Stated, entente.Resolved}).Draw(t, "basis")
	if rapid.Bool().Draw(t, "from") {
		d.From = spanOf(t, text, 0)
	}
	return d
}

// readings draws readings of all sorts; few reports and texts, so that they share.
func readings() *rapid.Generator[entente.Reading] {
	return rapid.Custom(func(t *rapid.T) entente.Reading {
		text := rapid.SampledFrom([]string{"one text, shared", "another\n\"text\" – with signs ☂", "Tab\tand\r\nlines\x00\x7f"}).Draw(t, "text")
		publisher := rapid.SampledFrom([]string{"Wire", "Gazette"}).Draw(t, "publisher")
		r := entente.Reading{
			Report: entente.Report{
				Publisher: publisher, Published: dates(t, text), Text: text,
				Title: words().Draw(t, "title"), URL: words().Draw(t, "url"),
			},
			Reader: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "reader"),
		}
		r.Report.ID = entente.NewReportID(publisher, entente.Date{}, text)
		for _, id := range rapid.SliceOfNDistinct(ids(), 1, 5, rapid.ID).Draw(t, "entities") {
			r.Entities = append(r.Entities, drawEntity(t, id))
		}
		slices.SortFunc(r.Entities, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
		pick := func(label string) entente.EntityID { return rapid.SampledFrom(r.Entities).Draw(t, label).ID }
		for range rapid.IntRange(0, 4).Draw(t, "mentions") {
			r.Mentions = append(r.Mentions, entente.Mention{Entity: pick("mention"), Span: spanOf(t, text, 0)})
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "claims") {
			r.Claims = append(r.Claims, drawClaim(t, r.Report, i, pick))
		}
		for range rapid.IntRange(0, 2).Draw(t, "problems") {
			r.Problems = append(r.Problems, entente.Problem{Span: spanOf(t, text, 0), Text: words().Draw(t, "problem")})
		}
		return r
	})
}

func drawEntity(t *rapid.T, id entente.EntityID) entente.Entity {
	e := entente.Entity{
		ID: id, Kind: rapid.SampledFrom([]entente.Kind{entente.Person, entente.State, entente.Organisation, entente.Place, entente.Agreement, entente.Office}).Draw(t, "kind"),
		Name:     "n" + words().Draw(t, "name"),
		State:    rapid.SampledFrom([]string{"", "XNL", "XSL"}).Draw(t, "state"),
		Wikidata: rapid.SampledFrom([]string{"", "Q1", "Q 2"}).Draw(t, "wikidata"),
	}
	if known := gazetteer()[id]; known.ID != "" && rapid.Bool().Draw(t, "as known") {
		e = known
		e.Aliases = nil
		if rapid.Bool().Draw(t, "with its aliases") {
			e.Aliases = slices.Clone(known.Aliases)
		}
	}
	for _, a := range rapid.SliceOfNDistinct(words(), 0, 3, rapid.ID).Draw(t, "aliases") {
		if a != "" {
			e.Aliases = append(e.Aliases, a)
		}
	}
	slices.Sort(e.Aliases)
	e.Aliases = slices.Compact(e.Aliases)
	return e
}

// gazetteer lists what package data knows of those that ids draws.
func gazetteer() map[entente.EntityID]entente.Entity {
	known := make(map[entente.EntityID]entente.Entity)
	for _, s := range data.States() {
		if s.ID == "Russia" {
			known[s.ID] = s.Entity()
		}
	}
	for _, p := range data.Places() {
		if p.ID == "Pyongyang" {
			known[p.ID] = p.Entity()
		}
	}
	for _, o := range data.Organisations() {
		if o.ID == "NATO" {
			known[o.ID] = o.Entity()
		}
	}
	return known
}

func drawClaim(t *rapid.T, report entente.Report, i int, pick func(string) entente.EntityID) entente.Claim {
	c := entente.Claim{
		ID: entente.ClaimID(fmt.Sprintf("c%d%s", i, report.ID[:4])), Subject: pick("subject"), Object: pick("object"),
		Relation: rapid.SampledFrom(entente.Relations).Draw(t, "relation").Relation,
		Status:   rapid.SampledFrom(entente.Statuses).Draw(t, "status"),
		Date:     dates(t, report.Text), Amount: words().Draw(t, "amount"), Evidence: spanOf(t, report.Text, 1), Report: report.ID,
		Confidence: rapid.SampledFrom([]float64{0, 0.25, 1.0 / 3, 1}).Draw(t, "confidence"),
	}
	if rapid.Bool().Draw(t, "placed") {
		c.Place = pick("place")
	}
	if rapid.Bool().Draw(t, "attributed") {
		c.Attribution = pick("attribution")
	}
	return c
}
