package pebble

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSortLinks compares the two ways to sort, with numbers of all sizes.
func TestSortLinks(t *testing.T) {
	for _, n := range []int{0, 1, 100, 5000} {
		links := make([]Link, n)
		r := rand.New(rand.NewPCG(1, uint64(n)))
		for i := range links {
			for j := range links[i] {
				links[i][j] = Node(r.Uint64() >> r.IntN(64))
			}
		}
		want := slices.Clone(links)
		slices.SortFunc(want, compareLinks)
		if sortLinks(links); !slices.Equal(links, want) {
			t.Errorf("%d links are not in order", n)
		}
	}
}

func BenchmarkSortLinks(b *testing.B) {
	links := make([]Link, 1_000_000)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range links {
		links[i] = Link{Node(i / 12), Node(r.IntN(30)), Node(r.IntN(300_000)), Node(i / 120)}
	}
	mixed := make([]Link, len(links))
	for b.Loop() {
		copy(mixed, links)
		for i := range mixed {
			mixed[i][0], mixed[i][2] = mixed[i][2], mixed[i][0]
		}
		sortLinks(mixed)
	}
}
