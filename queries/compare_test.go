package queries

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

func TestLiesWithin(t *testing.T) {
	for _, test := range []struct {
		date, since, until string
		want               bool
	}{
		{"2014-09-05", "2014", "2014", true}, {"2014", "2014", "2014", true}, {"2014-12-31/2015-01-01", "2014", "2014", false},
		{"2014/..", "2014", "2014", false}, {"2014/..", "2014", "", true}, {"../2014", "2014", "", false}, {"../2014", "", "2014", true},
		{"201X", "2014", "", false}, {"", "", "", true}, {"", "2014", "", false}, {"2014-09", "2014-09-01/..", "2014-09-01/..", true},
	} {
		date := func(s string) entente.Date { return entente.Date{EDTF: s} }
		if got := liesWithin(date(test.date), date(test.since), date(test.until)); got != test.want {
			t.Errorf("liesWithin(%q, %q, %q) = %v, want %v", test.date, test.since, test.until, got, test.want)
		}
	}
}

// TestComparisonProperties: a pair beside itself, turned round, is the same on
// both sides; each side is what Between answers; the rows add up to the sides.
func TestComparisonProperties(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		g, err := graph.OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer g.Close()
		for _, r := range genReadings().Draw(t, "readings") {
			if _, err := g.Add(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		actor := rapid.SampledFrom([]entente.EntityID{"Norway", "Sweden", "Ann", "Cid"})
		a, b := []entente.EntityID{actor.Draw(t, "a")}, []entente.EntityID{actor.Draw(t, "b")}
		q := Question{}
		q.Since = entente.Date{EDTF: rapid.SampledFrom([]string{"", "2023", "2024-01-02"}).Draw(t, "since")}
		q.Publisher = rapid.SampledFrom([]string{"", "wire", "Nobody"}).Draw(t, "publisher")
		by := rapid.SampledFrom(Bys).Draw(t, "by")
		c, err := NewComparison(ctx, g, []Side{{a, b, q}, {b, a, q}}, by)
		if err != nil {
			t.Fatal(err)
		}
		one, two := c.Sides[0], c.Sides[1]
		if diff := cmp.Diff(one.Claims, two.Claims); diff != "" || one.Tally != two.Tally || c.Shared != one.Count {
			t.Fatalf("a pair beside itself: %+v and %+v, %d shared:\n%s", one.Tally, two.Tally, c.Shared, diff)
		}
		groups, err := Between(ctx, g, a, b, q)
		if err != nil {
			t.Fatal(err)
		}
		found := slices.Concat(one.Claims, one.Possible)
		slices.SortFunc(found, compareGroups)
		if diff := cmp.Diff(shapes(groups), shapes(found)); diff != "" {
			t.Fatalf("claims (- between, + compared):\n%s", diff)
		}
		var sum [2]int
		for _, row := range c.Rows {
			for i, tally := range row.Sides {
				sum[i] += tally.Count
			}
		}
		if sum != [2]int{one.Count, two.Count} {
			t.Fatalf("the rows add up to %v, want %d twice", sum, one.Count)
		}
	})
}
