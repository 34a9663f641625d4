package queries

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
)

// TestShortestAgainstFloyd compares the search from both ends with the lengths
// of all shortest paths by Floyd and Warshall, on random graphs.
func TestShortestAgainstFloyd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "nodes")
		node := rapid.IntRange(0, n-1)
		edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [2]int {
			return [2]int{node.Draw(t, "from"), node.Draw(t, "to")}
		}), 0, 2*n).Draw(t, "edges")
		maxHops := rapid.IntRange(1, 6).Draw(t, "hops")
		length := floyd(n, edges)
		w := graphOf(edges)
		for a := range n {
			for b := range n {
				if a == b {
					continue
				}
				path, err := w.shortest([]entente.EntityID{nodeID(a)}, []entente.EntityID{nodeID(b)}, maxHops)
				if err != nil {
					t.Fatal(err)
				}
				checkPath(t, path, a, b, length[a][b], maxHops, edges)
			}
		}
	})
}

// checkPath: a path is there when it should be, is as long as it should be, and
// goes along edges from a to b.
func checkPath(t *rapid.T, path []entente.EntityID, a, b, length, maxHops int, edges [][2]int) {
	if length > maxHops {
		if path != nil {
			t.Fatalf("path from %d to %d of %d hops = %v, want none of more than %d", a, b, length, path, maxHops)
		}
		return
	}
	if len(path) != length+1 || path[0] != nodeID(a) || path[len(path)-1] != nodeID(b) {
		t.Fatalf("path from %d to %d = %v, want one of %d hops", a, b, path, length)
	}
	for i := range path[:len(path)-1] {
		if !slices.ContainsFunc(edges, func(e [2]int) bool {
			x, y := nodeID(e[0]), nodeID(e[1])
			return x == path[i] && y == path[i+1] || y == path[i] && x == path[i+1]
		}) {
			t.Fatalf("path %v leaves the edges between %s and %s", path, path[i], path[i+1])
		}
	}
}

func nodeID(i int) entente.EntityID { return entente.EntityID(fmt.Sprintf("n%d", i)) }

// graphOf returns a walker over edges in place of claims.
func graphOf(edges [][2]int) *walker {
	return &walker{next: func(id entente.EntityID) (records []entente.Record, err error) {
		for i, e := range edges {
			a, b := nodeID(e[0]), nodeID(e[1])
			if a != b && (a == id || b == id) {
				records = append(records, told(fmt.Sprint(i), "r", entente.Met, string(a), string(b), ""))
			}
		}
		return records, nil
	}}
}

// floyd returns the number of hops between any two of n nodes, a thousand where
// there is no path.
func floyd(n int, edges [][2]int) [][]int {
	length := make([][]int, n)
	for i := range length {
		length[i] = slices.Repeat([]int{1000}, n)
		length[i][i] = 0
	}
	for _, e := range edges {
		if e[0] != e[1] {
			length[e[0]][e[1]], length[e[1]][e[0]] = 1, 1
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				length[i][j] = min(length[i][j], length[i][k]+length[k][j])
			}
		}
	}
	return length
}

func TestHops(t *testing.T) {
	records := []entente.Record{
		told("a", "r1", entente.Visited, "Ann", "Paris", "2024"),
		told("b", "r2", entente.Visited, "Bob", "Paris", "2023"),
		told("c", "r3", entente.Visited, "Bob", "Paris", "2023"),
		told("d", "r3", entente.Visited, "Bob", "Paris", "2020"),
	}
	w := walker{next: func(id entente.EntityID) (around []entente.Record, err error) {
		for _, r := range records {
			if r.Subject.ID == id || r.Object.ID == id {
				around = append(around, r)
			}
		}
		return around, nil
	}}
	ids, err := w.shortest([]entente.EntityID{"Ann"}, []entente.EntityID{"Bob"}, 6)
	if want := []entente.EntityID{"Ann", "Paris", "Bob"}; err != nil || !slices.Equal(ids, want) {
		t.Fatalf("shortest = %v, %v, want %v", ids, err, want)
	}
	hops, err := w.hops(ids)
	if err != nil || len(hops) != 2 {
		t.Fatalf("hops = %v, %v, want 2 of them", hops, err)
	}
	second := hops[1]
	if second.From.ID != "Paris" || second.To.ID != "Bob" {
		t.Errorf("second hop goes from %s to %s, want from Paris to Bob", second.From.ID, second.To.ID)
	}
	if got, want := shapes(second.Claims), []string{"b c", "d"}; !slices.Equal(got, want) {
		t.Errorf("claims of the second hop = %v, want %v: the one that most tell first", got, want)
	}
}
