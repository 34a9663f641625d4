package gold

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// clustered makes items of one story of pairs gold, read.
func clustered(pairs ...[2]string) []Item {
	items := make([]Item, len(pairs))
	for i, p := range pairs {
		items[i] = Item{Story: "s", Gold: p[0], Read: p[1]}
	}
	return items
}

func repeat(n int, gold, read string) []Item {
	return slices.Repeat(clustered([2]string{gold, read}), n)
}

// TestClusterPaper has the figures of Bagga and Baldwin's own example: chains of
// five, two and five, of which a reader joins two.
func TestClusterPaper(t *testing.T) {
	for _, test := range []struct {
		name   string
		second [3]string // what the reader makes of the three
		want   float64
	}{
		{"the small one joined to a big one", [3]string{"x", "y", "y"}, 0.762}, // (5·1 + 2·2/7 + 5·5/7) / 12
		{"the two big ones joined", [3]string{"x", "y", "x"}, 0.583},           // (10·1/2 + 2·1) / 12
	} {
		items := slices.Concat(repeat(5, "a", test.second[0]), repeat(2, "b", test.second[1]), repeat(5, "c", test.second[2]))
		if got := Cluster(items, 12); math.Abs(got.Precision-test.want) > 0.0005 || got.Recall != 1 {
			t.Errorf("%s: precision %.3f, recall %.3f, want %.3f and 1", test.name, got.Precision, got.Recall, test.want)
		}
	}
}

func TestCluster(t *testing.T) {
	// Precision: 2/3, 2/3, 1, 1/3, 1; recall: 2/3, 2/3, 1/3, 1/2, 1/2.
	items := clustered([2]string{"A", "x"}, [2]string{"A", "x"}, [2]string{"A", "y"}, [2]string{"B", "x"}, [2]string{"B", "z"})
	got := Cluster(items, 7)
	for _, f := range []struct {
		name      string
		got, want float64
	}{
		{"precision", got.Precision, 11. / 15},
		{"recall", got.Recall, 8. / 15},
		{"F1", got.F1, 2 * 11 * 8 / 15. / 19},
		{"low", got.Interval[0], got.F1}, // one story: each draw is the same
		{"high", got.Interval[1], got.F1},
	} {
		if math.Abs(f.got-f.want) > 1e-9 {
			t.Errorf("%s = %.4f, want %.4f", f.name, f.got, f.want)
		}
	}
	if got.Items != 5 || got.Of != 7 {
		t.Errorf("%d of %d items, want 5 of 7", got.Items, got.Of)
	}
	if got := Cluster(nil, 3); got.F1 != 0 || got.Of != 3 {
		t.Errorf("Cluster of nothing = %+v, want zeros of 3", got)
	}
}

// TestClusterStories: a story that is all right and one that is all wrong span
// the interval.
func TestClusterStories(t *testing.T) {
	items := []Item{
		{Story: "s1", Gold: "A", Read: "a"}, {Story: "s1", Gold: "A", Read: "a"},
		{Story: "s2", Gold: "B", Read: "b"}, {Story: "s2", Gold: "B", Read: "c"},
	}
	got := Cluster(items, 4)
	// Recall is 1, 1, 1/2, 1/2; precision 1: F1 is 2·0.75/1.75 over both, 2/3 over the second.
	if want := 1.5 / 1.75; math.Abs(got.F1-want) > 1e-9 || math.Abs(got.Interval[0]-2./3) > 1e-9 || got.Interval[1] != 1 {
		t.Errorf("F1 %.4f in %.4f, want %.4f in [0.6667, 1]", got.F1, got.Interval, want)
	}
}

func TestFaults(t *testing.T) {
	items := []Item{
		{Report: "r1", Gold: "A", Read: "x"}, {Report: "r2", Gold: "A", Read: "x"}, {Report: "r3", Gold: "A", Read: "y"},
		{Report: "r1", Gold: "B", Read: "x"}, {Report: "r2", Gold: "B", Read: "z"},
	}
	want := []Fault{
		{Joined: true, A: items[0], B: items[3], Pairs: 2},
		{A: items[0], B: items[2], Pairs: 2},
		{A: items[3], B: items[4], Pairs: 1},
	}
	if diff := cmp.Diff(want, Faults(items)); diff != "" {
		t.Errorf("Faults (- want, + got):\n%s", diff)
	}
}
