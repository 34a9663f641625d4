package queries

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
)

func TestIntensity(t *testing.T) {
	claim := func(r entente.Relation, s entente.Status, object entente.Kind) Group {
		return Group{Record: about(as(told("a", "r1", r, "Ann", "Bob", ""), s), object, "")}
	}
	for _, test := range []struct {
		relation entente.Relation
		status   entente.Status
		object   entente.Kind
		want     float64
	}{
		{entente.Visited, entente.Occurred, entente.State, 2.5},
		{entente.Signed, entente.Occurred, entente.Agreement, 5},
		{entente.Signed, entente.Planned, entente.Agreement, 2.5},
		{entente.WithdrewFrom, entente.Occurred, entente.Place, 6.5},
		{entente.WithdrewFrom, entente.Occurred, entente.Agreement, -6},
		{entente.Requested, entente.Occurred, entente.State, 0},
		{entente.Attacked, entente.Ongoing, entente.State, -9},
		{entente.Attacked, entente.Planned, entente.State, -3.5},
		{entente.Accused, entente.Planned, entente.State, -3},
		{entente.Attacked, entente.Denied, entente.State, 0},
		{entente.Met, entente.CalledOff, entente.Person, -2},
		{entente.Signed, entente.CalledOff, entente.Agreement, 0},
		{entente.HoldsOffice, entente.Ongoing, entente.Office, 0},
	} {
		if got := claim(test.relation, test.status, test.object).Intensity(); got != test.want {
			t.Errorf("Intensity of %s, %s, of a %s = %v, want %v", test.relation, test.status, test.object, got, test.want)
		}
	}
}

func TestNewTally(t *testing.T) {
	groups := GroupRecords([]entente.Record{
		told("a", "r1", entente.Met, "Ann", "Bob", "2024-05-01"),
		as(told("b", "r2", entente.Met, "Ann", "Bob", "2024-05-01"), entente.Denied),
		told("c", "r1", entente.Accused, "Ann", "Bob", "2023"),
		told("d", "r1", entente.Supported, "Ann", "Bob", ""),
	})
	groups[0].Publishers = 2
	want := Tally{Count: 3, First: "2023", Last: "2024-05-01", Contested: 1, Corroborated: 1, Cooperation: 7.5, Conflict: 3, Balance: 4.5 / 10.5}
	if diff := cmp.Diff(want, NewTally(groups)); diff != "" {
		t.Errorf("NewTally (- want, + got):\n%s", diff)
	}
	if diff := cmp.Diff(Tally{}, NewTally(nil)); diff != "" {
		t.Errorf("NewTally of nothing (- want, + got):\n%s", diff)
	}
}

func TestDivideByMonth(t *testing.T) {
	for _, test := range []struct {
		date, key string
		apart     bool
	}{
		{"2024-05-01", "2024-05", false}, {"2024-05", "2024-05", false}, {"2024-05-30/2024-05-31", "2024-05", false},
		{"2024-05~", "2024-05", false}, {"-0044-03-15", "-0044-03", false},
		{"2024", "2024", true}, {"2024-21", "2024-21", true}, {"2024-05-31/2024-06-01", "2024-05-31/2024-06-01", true},
		{"2024-05/..", "2024-05/..", true}, {"../2024-05", "../2024-05", true}, {"202X", "202X", true}, {"", "", true},
	} {
		parts := Divide(GroupRecords([]entente.Record{told("a", "r1", entente.Met, "Ann", "Bob", test.date)}), ByMonth)
		if len(parts) != 1 || parts[0].Key != test.key || parts[0].Apart != test.apart {
			t.Errorf("month of %q: %+v, want %q, apart %v", test.date, parts, test.key, test.apart)
		}
	}
}

// TestDivideProperties: the parts divide the claims in their order, their tallies
// add up to that of all, and a balance lies between -1 and 1.
func TestDivideProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(genRecord(), 0, 25).Draw(t, "records")
		for i := range records {
			records[i].ID = entente.ClaimID(fmt.Sprintf("c%02d", i))
		}
		groups := GroupRecords(records)
		for i := range groups {
			groups[i].Publishers = rapid.IntRange(1, 3).Draw(t, "publishers")
		}
		by := rapid.SampledFrom(Bys).Draw(t, "by")
		total, sum := NewTally(groups), Tally{}
		var claims []Group
		for _, p := range Divide(groups, by) {
			if p.By != by || p.Count != len(p.Claims) || p.Count == 0 || p.Balance < -1 || p.Balance > 1 {
				t.Fatalf("part %+v", p)
			}
			if p.Apart && by != ByMonth {
				t.Fatalf("a part by %s is apart", by)
			}
			sum.Count += p.Count
			sum.Contested += p.Contested
			sum.Corroborated += p.Corroborated
			sum.Cooperation += p.Cooperation
			sum.Conflict += p.Conflict
			claims = append(claims, p.Claims...)
		}
		total.First, total.Last, total.Balance = "", "", 0
		if sum != total {
			t.Fatalf("the parts add up to %+v, want %+v", sum, total)
		}
		slices.SortFunc(claims, compareGroups)
		if diff := cmp.Diff(shapes(groups), shapes(claims)); diff != "" {
			t.Fatalf("claims (- all, + of the parts):\n%s", diff)
		}
	})
}
