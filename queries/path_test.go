package queries

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// TestPathAgainstFloyd compares paths with the lengths of all shortest paths by
// Floyd and Warshall, on random graphs of claims of which some do not count.
func TestPathAgainstFloyd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 7).Draw(t, "nodes")
		node := rapid.IntRange(0, n-1)
		edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [2]int {
			return [2]int{node.Draw(t, "from"), node.Draw(t, "to")}
		}), 0, 2*n).Draw(t, "edges")
		o := PathOptions{MaxHops: rapid.IntRange(1, 6).Draw(t, "hops"), Relations: []entente.Relation{entente.Met}, Since: entente.Date{EDTF: "2024"}, NoOfficials: true}
		g := graphOf(t, n, edges)
		defer g.Close()
		length := floyd(n, edges)
		for a := range n {
			for b := range n {
				if a == b {
					continue
				}
				route, err := Path(context.Background(), g, nodeID(a), nodeID(b), o)
				if err != nil {
					t.Fatal(err)
				}
				checkPath(t, entitiesOf(route), a, b, length[a][b], o.MaxHops, edges)
			}
		}
	})
}

func entitiesOf(r Route) (ids []entente.EntityID) {
	for i, h := range r.Hops {
		if i == 0 {
			ids = append(ids, h.From.ID)
		}
		ids = append(ids, h.To.ID)
	}
	return ids
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

// graphOf makes a graph of meetings in 2024, and of others that a path does not
// take: before 2024, without a date, of another relation.
func graphOf(t *rapid.T, n int, edges [][2]int) *graph.Graph {
	r := entente.Reading{Report: entente.Report{ID: "r", Publisher: "Wire", Text: "text"}, Reader: "test"}
	for i := range n {
		r.Entities = append(r.Entities, entente.Entity{ID: nodeID(i), Kind: entente.Person, Name: string(nodeID(i))})
	}
	claim := func(e [2]int, relation entente.Relation, day string) {
		r.Claims = append(r.Claims, entente.Claim{
			ID: entente.ClaimID(fmt.Sprint("c", len(r.Claims))), Report: "r", Subject: nodeID(e[0]), Object: nodeID(e[1]),
			Relation: relation, Status: entente.Occurred, Date: entente.Date{EDTF: day}, Evidence: entente.Span{Start: 0, End: 4},
		})
	}
	for _, e := range edges {
		claim(e, entente.Met, "2024-05")
	}
	for i := range n - 1 {
		claim([2]int{i, i + 1}, entente.Met, "2023-12-31")
		claim([2]int{i, i + 1}, entente.Met, "")
		claim([2]int{i, i + 1}, entente.Visited, "2024-05")
	}
	g, err := graph.OpenMemory()
	if err == nil {
		_, err = g.Add(context.Background(), r)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
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

// TestHops: those claims of a hop that most reports tell come first.
func TestHops(t *testing.T) {
	var readings []entente.Reading
	for i, lines := range []string{"Ann 2024", "Bob 2023", "Bob in 2023, Bob 2020"} {
		id := entente.ReportID(fmt.Sprint("r", i))
		r := entente.Reading{Report: entente.Report{ID: id, Publisher: fmt.Sprint("Wire ", i), Text: lines}, Reader: "test"}
		r.Entities = append(r.Entities, entente.Entity{ID: "Oz", Kind: entente.Place, Name: "Oz"})
		start := 0
		for line := range strings.SplitSeq(lines, ", ") {
			words := strings.Fields(line)
			who, year := words[0], words[len(words)-1]
			if start == 0 {
				r.Entities = append(r.Entities, entente.Entity{ID: entente.EntityID(who), Kind: entente.Person, Name: who})
			}
			r.Claims = append(r.Claims, entente.Claim{
				ID: entente.ClaimID(fmt.Sprint("c", i, year)), Report: id, Subject: entente.EntityID(who), Object: "Oz",
				Relation: entente.Visited, Status: entente.Occurred, Date: entente.Date{EDTF: year}, Evidence: entente.Span{Start: start, End: start + len(line)},
			})
			start += len(line) + len(", ")
		}
		readings = append(readings, r)
	}
	route, err := Path(context.Background(), graphWith(t, readings...), "Ann", "Bob", PathOptions{})
	if want := []entente.EntityID{"Ann", "Oz", "Bob"}; err != nil || !slices.Equal(entitiesOf(route), want) {
		t.Fatalf("path = %v, %v, want %v", entitiesOf(route), err, want)
	}
	if got, want := shapes(route.Hops[1].Claims), []string{"c12023 c22023", "c22020"}; !slices.Equal(got, want) {
		t.Errorf("claims of the second hop = %v, want %v", got, want)
	}
}

// TestPathsAtOnce: searches share what a web keeps, and each gives what it gives alone.
func TestPathsAtOnce(t *testing.T) {
	w := randomWorld(rand.New(rand.NewPCG(3, 5)))
	for i := range 200 {
		w.addClaim(100+i, len(w.entities))
	}
	g := w.graph(t)
	defer g.Close()
	var questions []pathQuery
	var want [][]Route
	for range 20 {
		q := w.randomQuestion()
		routes, err := Paths(context.Background(), w.graph(t), q.from, q.to, q.PathOptions)
		if err != nil {
			t.Fatal(err)
		}
		questions, want = append(questions, q), append(want, routes)
	}
	var all sync.WaitGroup
	for i, q := range questions {
		all.Go(func() {
			got, err := Paths(context.Background(), g, q.from, q.to, q.PathOptions)
			if diff := cmp.Diff(want[i], got); err != nil || diff != "" {
				t.Errorf("%s to %s, %+v: %v (- alone, + at once):\n%s", q.from, q.to, q.PathOptions, err, diff)
			}
		})
	}
	all.Wait()
}
