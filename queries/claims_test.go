package queries

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// world is a small one for random graphs: two states, what belongs to them, and
// what belongs to none.
var world = func() map[entente.EntityID]entente.Entity {
	m := map[entente.EntityID]entente.Entity{}
	for _, e := range []entente.Entity{
		{ID: "Norway", Kind: entente.State, State: "NOR"}, {ID: "Sweden", Kind: entente.State, State: "SWE"},
		{ID: "Ann", Kind: entente.Person, State: "NOR"}, {ID: "Bob", Kind: entente.Person, State: "SWE"}, {ID: "Cid", Kind: entente.Person},
		{ID: "Navy_of_Norway", Kind: entente.Organisation, State: "NOR"}, {ID: "Oslo", Kind: entente.Place, State: "NOR"},
		{ID: "Minister_of_Sweden", Kind: entente.Office, State: "SWE"}, {ID: "Pact", Kind: entente.Agreement}, {ID: "League", Kind: entente.Organisation, State: entente.IGO},
	} {
		e.Name = string(e.ID)
		m[e.ID] = e
	}
	return m
}()

// genReadings draws reports with claims over the world, of four relations and of
// more.
func genReadings(more ...string) *rapid.Generator[[]entente.Reading] {
	id := rapid.SampledFrom([]entente.EntityID{"Norway", "Sweden", "Ann", "Bob", "Cid", "Navy_of_Norway", "Oslo", "League"})
	return rapid.Custom(func(t *rapid.T) []entente.Reading {
		s := story{entities: world}
		s.addReport([]string{"all", "2023-12-01", "Wire"}) // everybody is known
		for _, id := range []string{"Norway", "Ann", "Bob", "Cid", "Navy_of_Norway", "Oslo", "League"} {
			s.addFact([]string{id, "aided", "Sweden"})
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "reports") {
			s.addReport([]string{fmt.Sprint("r", i), "2024-01-0" + fmt.Sprint(i+1), "Wire"})
			for range rapid.IntRange(1, 6).Draw(t, "claims") {
				relation := rapid.SampledFrom(append([]string{"met", "visited", "accused", "holds_office"}, more...)).Draw(t, "relation")
				object := string(id.Draw(t, "object"))
				switch relation {
				case "holds_office":
					object = "Minister_of_Sweden"
				case "signed", "ratified":
					object = "Pact"
				}
				date := rapid.SampledFrom([]string{"-", "2023", "2024-01", "2024-01-02"}).Draw(t, "date")
				status := string(rapid.SampledFrom(entente.Statuses).Draw(t, "status"))
				s.addFact([]string{string(id.Draw(t, "subject")), relation, object, date, status})
			}
		}
		return s.readings
	})
}

// TestClaimsAgainstBruteForce compares the answers on random graphs with a plain
// filter over all claims.
func TestClaimsAgainstBruteForce(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		readings := genReadings().Draw(t, "readings")
		g, err := graph.OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer g.Close()
		var records []entente.Record
		for _, r := range readings {
			if _, err := g.Add(ctx, r); err != nil {
				t.Fatal(err)
			}
			records = append(records, r.Records()...)
		}
		side := rapid.SampledFrom([]entente.EntityID{"Norway", "Sweden", "Ann", "Cid"})
		q := Question{NoOfficials: rapid.Bool().Draw(t, "without officials")}
		q.Relations = rapid.SliceOfN(rapid.SampledFrom([]entente.Relation{"met", "visited"}), 0, 1).Draw(t, "relations")
		q.Statuses = rapid.SliceOfN(rapid.SampledFrom(entente.Statuses), 0, 2).Draw(t, "statuses")
		a, b := side.Draw(t, "a"), side.Draw(t, "b")
		var got []Group
		kind := rapid.SampledFrom([]string{"between", "timeline", "subject"}).Draw(t, "question")
		switch kind {
		case "between":
			got, err = Between(ctx, g, []entente.EntityID{a}, []entente.EntityID{b}, q)
		case "timeline":
			got, err = Timeline(ctx, g, []entente.EntityID{a}, q)
		default:
			q.Subject = []entente.EntityID{a}
			got, err = Claims(ctx, g, q)
		}
		if err != nil {
			t.Fatal(err)
		}
		var kept []entente.Record
		for _, r := range records {
			if wanted(r, kind, a, b, q, records) {
				kept = append(kept, r)
			}
		}
		if diff := cmp.Diff(shapes(GroupRecords(kept)), shapes(got)); diff != "" {
			t.Fatalf("%s of %s and %s (- wanted, + got):\n%s", kind, a, b, diff)
		}
	})
}

// wanted says by the letter whether a record answers a question.
func wanted(r entente.Record, kind string, a, b entente.EntityID, q Question, all []entente.Record) bool {
	if len(q.Relations) > 0 && !slices.Contains(q.Relations, r.Relation) || len(q.Statuses) > 0 && !slices.Contains(q.Statuses, r.Status) {
		return false
	}
	of := func(x, side entente.EntityID, places bool) bool {
		e, state := world[x], world[side]
		switch {
		case x == side:
			return true
		case q.NoOfficials || state.Kind != entente.State || e.Kind == entente.State:
			return false
		case e.Kind == entente.Place:
			return places && e.State == state.State
		case e.Kind != entente.Office && e.State == state.State:
			return true
		}
		return slices.ContainsFunc(all, func(o entente.Record) bool {
			return o.Relation == entente.HoldsOffice && o.Status != entente.Denied && o.Subject.ID == x && o.Object.State == state.State
		})
	}
	s, o := r.Subject.ID, r.Object.ID
	switch kind {
	case "between":
		return of(s, a, true) && of(o, b, true) || of(s, b, true) && of(o, a, true)
	case "timeline":
		return of(s, a, false) || of(o, a, false)
	}
	return of(s, a, false)
}
