package queries

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
)

func TestGroupRecords(t *testing.T) {
	tests := []struct {
		name    string
		records []entente.Record
		want    []string // "first others…"
	}{
		{"two reports of one day", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-05-01"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-05-01"),
		}, []string{"a b"}},
		{"a symmetric relation in either order", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-05-01"),
			told("b", "r2", entente.Met, "Bob", "Ann", "2024-05"),
		}, []string{"a b"}},
		{"an asymmetric one in one order only", []entente.Record{
			told("a", "r1", entente.Accused, "Ann", "Bob", "2024-05-01"),
			told("b", "r2", entente.Accused, "Bob", "Ann", "2024-05-01"),
		}, []string{"a", "b"}},
		{"dates that do not overlap", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2023-10"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06"),
		}, []string{"a", "b"}},
		{"undated with one candidate", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", ""),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06"),
		}, []string{"b a"}},
		{"undated with two candidates", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", ""),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06"),
			told("c", "r3", entente.Met, "Ann", "Bob", "2023"),
		}, []string{"c", "b", "a"}},
		{"a year that two days fit", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-02"),
			told("c", "r3", entente.Met, "Ann", "Bob", "2024-03-01"),
		}, []string{"a", "c", "b"}},
		{"twice in one report is two occasions", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06"),
			told("b", "r1", entente.Met, "Ann", "Bob", "2024-06"),
		}, []string{"a", "b"}},
		{"places that do not fit", []entente.Record{
			at(told("a", "r1", entente.Met, "Ann", "Bob", "2024-06"), city("Paris", "FRA")),
			at(told("b", "r2", entente.Met, "Ann", "Bob", "2024-06"), city("Lyon", "FRA")),
		}, []string{"a", "b"}},
		{"a city and its state", []entente.Record{
			at(told("a", "r1", entente.Met, "Ann", "Bob", "2024-06"), city("Paris", "FRA")),
			at(told("b", "r2", entente.Met, "Ann", "Bob", "2024-06"), entente.Actor{ID: "France", Kind: entente.State, State: "FRA"}),
		}, []string{"a b"}},
		{"a day apart", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-02"),
		}, []string{"a b: date"}},
		{"three days apart", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-04"),
		}, []string{"a", "b"}},
		{"a day apart, and one report tells both", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-02"),
			told("c", "r1", entente.Met, "Ann", "Bob", "2024-06-02"),
		}, []string{"a", "c b"}},
		{"three days in a row by three reports", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-02"),
			told("c", "r3", entente.Met, "Ann", "Bob", "2024-06-03"),
		}, []string{"a", "b", "c"}},
		{"a paper is signed once", []entente.Record{
			about(told("a", "r1", entente.Signed, "Ann", "Pact", "2024-06-01"), entente.Agreement, ""),
			about(told("b", "r2", entente.Signed, "Ann", "Pact", "2024-06-02"), entente.Agreement, ""),
			about(told("c", "r3", entente.Signed, "Ann", "Pact", "2024-06-20"), entente.Agreement, ""),
			about(told("d", "r4", entente.Signed, "Ann", "Pact", "2026-06-20"), entente.Agreement, ""),
		}, []string{"a b c: date", "d"}},
		{"two months that follow each other", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06"),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-07"),
		}, []string{"a", "b"}},
		{"a denial", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"),
			as(told("b", "r2", entente.Met, "Ann", "Bob", ""), entente.Denied),
		}, []string{"a b: status"}},
		{"a denial without a date of what two date differently", []entente.Record{
			as(told("a", "r1", entente.Met, "Ann", "Bob", ""), entente.Denied),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-01"),
			told("c", "r3", entente.Met, "Ann", "Bob", "2024-06-02"),
		}, []string{"b c a: status date"}},
		{"told and denied by one report", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"),
			as(told("b", "r1", entente.Met, "Ann", "Bob", ""), entente.Denied),
		}, []string{"a b: status"}},
		{"a plan that was called off is not contested", []entente.Record{
			as(told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"), entente.Planned),
			as(told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-01"), entente.CalledOff),
		}, []string{"a b"}},
		{"called off, says one, and another that it happened", []entente.Record{
			told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"),
			as(told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-02"), entente.CalledOff),
		}, []string{"a b: status"}},
		{"planned for one day and done on the next", []entente.Record{
			as(told("a", "r1", entente.Met, "Ann", "Bob", "2024-06-01"), entente.Planned),
			told("b", "r2", entente.Met, "Ann", "Bob", "2024-06-02"),
		}, []string{"b a"}},
		{"a visit to a city and to its state", []entente.Record{
			about(told("a", "r1", entente.Visited, "Ann", "Paris", "2024-06-01"), entente.Place, "FRA"),
			about(told("b", "r2", entente.Visited, "Ann", "France", "2024-06"), entente.State, "FRA"),
		}, []string{"a b"}},
		{"visits to two cities of a state", []entente.Record{
			about(told("a", "r1", entente.Visited, "Ann", "Paris", "2024-06-01"), entente.Place, "FRA"),
			about(told("b", "r2", entente.Visited, "Ann", "Lyon", "2024-06-01"), entente.Place, "FRA"),
			about(told("c", "r3", entente.Visited, "Ann", "France", "2024-06-01"), entente.State, "FRA"),
		}, []string{"a", "b", "c"}},
		{"what happened before what was planned", []entente.Record{
			as(told("a", "r1", entente.Visited, "Ann", "Paris", "2024-06-01"), entente.Planned),
			told("b", "r2", entente.Visited, "Ann", "Paris", "2024-06"),
		}, []string{"b a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, shapes(GroupRecords(test.records))); diff != "" {
				t.Errorf("GroupRecords (- want, + got):\n%s", diff)
			}
		})
	}
}

func TestGroupTellings(t *testing.T) {
	a, b := told("a", "r1", entente.Met, "Ann", "Bob", "2024"), told("b", "r2", entente.Met, "Ann", "Bob", "2024")
	a.Text, b.Text = "Ann met\nBob.", "Ann met Bob."
	c := as(told("c", "r3", entente.Met, "Ann", "Bob", "2024"), entente.Denied)
	groups := GroupRecords([]entente.Record{a, b, c})
	if len(groups) != 1 {
		t.Fatalf("GroupRecords gave %d groups, want 1", len(groups))
	}
	if got := groups[0].Tellings(); got != 2 {
		t.Errorf("Tellings() = %d, want 2: a wire text in two papers is one", got)
	}
	want := []entente.Status{entente.Occurred, entente.Denied}
	if got := groups[0].Statuses(); !slices.Equal(got, want) {
		t.Errorf("Statuses() = %v, want %v", got, want)
	}
}

// TestGroupRecordsProperties: groups divide the records, the members of a group
// tell the same pairwise, and the order of the records does not matter.
func TestGroupRecordsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(genRecord(), 0, 25).Draw(t, "records")
		for i := range records {
			records[i].ID = entente.ClaimID(fmt.Sprintf("c%02d", i))
		}
		groups := GroupRecords(records)
		seen := map[entente.ClaimID]bool{}
		for _, g := range groups {
			all := g.Records()
			for i, a := range all {
				if seen[a.ID] {
					t.Fatalf("%s is in two groups", a.ID)
				}
				seen[a.ID] = true
				for _, b := range all[:i] {
					x, y := newDated(a), newDated(b)
					if key(a) != key(b) || !fit(x, y) && !nearAll([]dated{x}, []dated{y}) {
						t.Fatalf("%v and %v are in one group", a, b)
					}
				}
			}
		}
		if len(seen) != len(records) {
			t.Fatalf("%d records in the groups, want %d", len(seen), len(records))
		}
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		if diff := cmp.Diff(groups, GroupRecords(records)); diff != "" {
			t.Fatalf("another order of the records gives other groups:\n%s", diff)
		}
	})
}

func genRecord() *rapid.Generator[entente.Record] {
	return rapid.Custom(func(t *rapid.T) entente.Record {
		pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
		r := told("", pick("report", "r1", "r2", "r3", "r4"),
			entente.Relation(pick("relation", "met", "visited")),
			pick("subject", "Ann", "Bob"), pick("object", "Ann", "Bob", "Paris"),
			pick("date", "", "2024", "2024-06-03", "2024-06", "2024-06-01", "2024-07", "2024-05/2024-06", "2024-06/..", "2023"))
		r.Status = rapid.SampledFrom(entente.Statuses).Draw(t, "status")
		if place := pick("place", "", "Paris", "Lyon"); place != "" {
			r = at(r, city(place, "FRA"))
		}
		return r
	})
}

// told makes a record of a claim that occurred.
func told(id, report string, relation entente.Relation, subject, object, date string) entente.Record {
	return entente.Record{
		ID: entente.ClaimID(id), Report: entente.ReportID(report), Relation: relation, Date: date, Status: entente.Occurred,
		Subject: entente.Actor{ID: entente.EntityID(subject), Name: subject, Kind: entente.Person},
		Object:  entente.Actor{ID: entente.EntityID(object), Name: object, Kind: entente.Person},
		Text:    "evidence " + id,
	}
}

func at(r entente.Record, place entente.Actor) entente.Record {
	r.Place = &place
	return r
}

// about gives the object of a record another kind and state.
func about(r entente.Record, kind entente.Kind, state string) entente.Record {
	r.Object.Kind, r.Object.State = kind, state
	return r
}

func as(r entente.Record, s entente.Status) entente.Record {
	r.Status = s
	return r
}

func city(name, state string) entente.Actor {
	return entente.Actor{ID: entente.EntityID(name), Name: name, Kind: entente.Place, State: state}
}

// shapes writes each group as the IDs of its records, and what is contested.
func shapes(groups []Group) []string {
	var all []string
	for _, g := range groups {
		s := string(g.ID)
		for _, o := range g.Others {
			s += " " + string(o.ID)
		}
		for i, c := range g.Contested {
			s += [2]string{": ", " "}[min(i, 1)] + string(c)
		}
		all = append(all, s)
	}
	return all
}
