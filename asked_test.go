package entente_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"unicode"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/gold"
)

// goldGraph holds the claims that people found in the reports of data/gold/learn, so
// that questions are measured apart from the reader.
func goldGraph(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	reports, err := gold.Read("data/gold/learn")
	if err != nil {
		t.Fatal(err)
	}
	for i := range reports {
		reading, err := goldReading(g, &reports[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := g.Add(context.Background(), reading); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// goldReading makes a reading of a gold report: what the gazetteer knows by a name
// and kind is that, all else is a learned entity.
func goldReading(g *graph.Graph, r *gold.Report) (entente.Reading, error) {
	source, err := goldSource(r)
	if err != nil {
		return entente.Reading{}, err
	}
	m := goldMaker{g: g, gold: map[string]gold.Entity{}, states: map[string]string{}, out: entente.Reading{Report: source}, entities: map[entente.EntityID]entente.Entity{}}
	for _, e := range r.Entities {
		m.gold[e.Name] = e
	}
	for _, o := range r.Offices {
		if o.State != "" {
			m.states[o.Person] = m.entity(o.State).State
		}
	}
	ids := map[entente.ClaimID]int{}
	for _, c := range r.Claims {
		span, ok := r.Evidence(c)
		if !ok {
			continue
		}
		s, o := m.entity(c.Subject), m.entity(c.Object)
		id := entente.NewClaimID(source.ID, c.Relation, s.ID, o.ID, span.Start, 0)
		if ids[id]++; ids[id] > 1 {
			id = entente.NewClaimID(source.ID, c.Relation, s.ID, o.ID, span.Start, ids[id]-1)
		}
		claim := entente.Claim{ID: id, Subject: s.ID, Relation: c.Relation, Object: o.ID, Date: entente.Date{EDTF: c.Date}, Status: c.Status, Evidence: span, Report: source.ID}
		if c.Place != "" {
			claim.Place = m.entity(c.Place).ID
		}
		if c.Attribution != "" {
			claim.Attribution = m.entity(c.Attribution).ID
		}
		m.out.Claims = append(m.out.Claims, claim)
	}
	slices.SortStableFunc(m.out.Claims, func(a, b entente.Claim) int { return a.Evidence.Start - b.Evidence.Start })
	for _, id := range slices.Sorted(maps.Keys(m.entities)) {
		m.out.Entities = append(m.out.Entities, m.entities[id])
	}
	return m.out, nil
}

// goldSource reads what NN.json says of the report.
func goldSource(r *gold.Report) (entente.Report, error) {
	var raw struct{ Title, Publisher, Date string }
	if err := json.Unmarshal(r.Raw, &raw); err != nil {
		return entente.Report{}, err
	}
	published := entente.Date{EDTF: raw.Date}
	return entente.Report{ID: entente.NewReportID(raw.Publisher, published, r.Text), Publisher: raw.Publisher, Title: raw.Title, Published: published, Text: r.Text}, nil
}

type goldMaker struct {
	g        *graph.Graph
	gold     map[string]gold.Entity
	states   map[string]string
	entities map[entente.EntityID]entente.Entity
	out      entente.Reading
}

func (m *goldMaker) entity(name string) entente.Entity {
	kind := m.gold[name].Type
	found, whole, err := m.g.Lookup(context.Background(), name)
	if err == nil && whole {
		for _, e := range found {
			if (kind == "" || e.Kind == kind) && e.Kind != entente.Person {
				e.Aliases = nil
				m.entities[e.ID] = e
				return e
			}
		}
	}
	if kind == "" {
		kind = entente.Organisation
	}
	e := entente.Entity{ID: entente.NewEntityID(name), Kind: kind, Name: name, State: m.states[name]}
	for _, a := range m.gold[name].Aliases {
		if unicode.IsUpper([]rune(a)[0]) && a != name && !slices.Contains(e.Aliases, a) {
			e.Aliases = append(e.Aliases, a)
		}
	}
	slices.Sort(e.Aliases)
	m.entities[e.ID] = e
	return e
}
