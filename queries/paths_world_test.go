package queries

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// bruteWorld is a small graph as the enumeration sees it.
type bruteWorld struct {
	rnd      *rand.Rand
	entities []entente.Entity
	readings []entente.Reading
	merges   [][2]entente.EntityID
	top      map[entente.EntityID]entente.EntityID
}

// Of these a random graph is made.
var (
	bruteDates = []string{
		"", "2024-03-01", "2024-03-02", "2024-03-05", "2024-03-31", "2024-04-01", "2024-02-28", "2024-03", "2024-02", "2024-04", "2024", "2023", "2024-21",
		"2024-03-01/2024-03-02", "2024-02/2024-04", "2024-03-02/..", "../2024-03-01", "/2024-04", "2024-03-05/",
	}
	bruteSentences  = []string{"One said so. ", "»One« said so! ", "Another told more. ", "A third told most. "}
	brutePublishers = []string{"", "Wire", "Paper", "wire ", "Radio"}
	bruteRelations  = []entente.Relation{entente.Met, entente.Met, entente.Visited, entente.Accused, entente.HoldsOffice}
	bruteKinds      = []entente.Kind{entente.Person, entente.Person, entente.Person, entente.State, entente.Place}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func randomWorld(r *rand.Rand) *bruteWorld {
	w := &bruteWorld{rnd: r, top: map[entente.EntityID]entente.EntityID{}}
	for i := range 2 + r.IntN(7) {
		e := entente.Entity{ID: nodeID(i), Name: string(nodeID(i)), Kind: pick(r, bruteKinds)}
		if e.Kind == entente.State {
			e.State = fmt.Sprintf("X%02d", i) // no code of a state in the gazetteer
		} else if i > 0 && e.Kind == entente.Person && r.IntN(3) > 0 {
			e.State = w.entities[r.IntN(i)].State
		}
		w.entities = append(w.entities, e)
		w.top[e.ID] = e.ID
	}
	for i := range 1 + r.IntN(4) {
		w.readings = append(w.readings, entente.Reading{Reader: "test", Report: entente.Report{
			ID: entente.ReportID(fmt.Sprint("r", i)), Publisher: pick(r, brutePublishers), Text: strings.Join(bruteSentences, "")}})
	}
	near := len(w.entities)
	if r.IntN(2) == 0 { // long paths, many claims a hop
		near = 1 + r.IntN(2)
	}
	for i := range r.IntN(5 * len(w.entities)) {
		w.addClaim(i, near)
	}
	if a, b := pick(r, w.entities), pick(r, w.entities); r.IntN(4) == 0 && a.ID != b.ID && a.Kind == b.Kind {
		w.merges = append(w.merges, [2]entente.EntityID{a.ID, b.ID})
		w.top[a.ID] = b.ID
	}
	return w
}

// addClaim adds a claim of two entities that do not stand further from each other than
// near.
func (w *bruteWorld) addClaim(i, near int) {
	r := w.rnd
	x := r.IntN(len(w.entities))
	first, last := max(0, x-near), min(len(w.entities)-1, x+near)
	y := first + r.IntN(last-first+1)
	if x == y {
		return
	}
	a, b := w.entities[x], w.entities[y]
	reading := &w.readings[r.IntN(len(w.readings))]
	n := r.IntN(len(bruteSentences))
	start := len(strings.Join(bruteSentences[:n], ""))
	c := entente.Claim{
		ID: entente.ClaimID(fmt.Sprintf("c%02d", i)), Report: reading.Report.ID, Subject: a.ID, Object: b.ID, Relation: pick(r, bruteRelations),
		Status: entente.Occurred, Date: entente.Date{EDTF: pick(r, bruteDates)}, Confidence: pick(r, []float64{0, .5, .8, .8}),
		Evidence: entente.Span{Start: start, End: start + len(bruteSentences[n])},
	}
	if r.IntN(4) == 0 {
		c.Status = pick(r, entente.Statuses)
	}
	reading.Claims = append(reading.Claims, c)
}

func (w *bruteWorld) graph(t *testing.T) *graph.Graph {
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	w.readings[0].Entities = w.entities
	for i, r := range w.readings {
		if i > 0 {
			r.Entities = slices.DeleteFunc(slices.Clone(w.entities), func(e entente.Entity) bool {
				return !slices.ContainsFunc(r.Claims, func(c entente.Claim) bool { return c.Subject == e.ID || c.Object == e.ID })
			})
		}
		if _, err := g.Add(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range w.merges {
		if err := g.Merge(ctx, m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

func (w *bruteWorld) String() string {
	var b strings.Builder
	for _, e := range w.entities {
		fmt.Fprintln(&b, e.ID, e.Kind, e.State, "=", w.top[e.ID])
	}
	for _, r := range w.readings {
		fmt.Fprintf(&b, "%s by %q\n", r.Report.ID, r.Report.Publisher)
		for _, c := range r.Claims {
			fmt.Fprintln(&b, " ", c.ID, c.Subject, c.Relation, c.Object, c.Date.EDTF, c.Status, c.Confidence, c.Evidence.Of(r.Report.Text))
		}
	}
	return b.String()
}
