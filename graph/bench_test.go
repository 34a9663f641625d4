package graph_test

import (
	"fmt"
	"sync"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// benchReports is how many reports of 20 claims the benchmarks read from.
const benchReports = 2000

// crowd is a graph that the benchmarks share; person 3 is in every report.
var crowd = sync.OnceValues(func() (*graph.Graph, error) {
	g, err := graph.OpenMemory()
	for i := 0; err == nil && i < benchReports; i += 50 {
		var rs []entente.Reading
		for j := range 50 {
			rs = append(rs, numbered(i+j))
		}
		_, err = g.AddAll(ctx, rs)
	}
	return g, err
})

func open(b *testing.B) *graph.Graph {
	b.Helper()
	g, err := crowd()
	if err != nil {
		b.Fatal(err)
	}
	return g
}

// BenchmarkAdd adds reports of 20 claims to a graph on the disk, one batch each.
func BenchmarkAdd(b *testing.B) {
	g, err := graph.Open(b.TempDir(), graph.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer g.Close()
	for i := 0; b.Loop(); i++ {
		add(b, g, numbered(i))
	}
}

// BenchmarkAddAgain adds a report that is there.
func BenchmarkAddAgain(b *testing.B) {
	g := open(b)
	r := numbered(7)
	for b.Loop() {
		if change, err := g.Add(ctx, r); change != graph.Unchanged || err != nil {
			b.Fatal(change, err)
		}
	}
}

// BenchmarkClaims asks for the claims of actors with 20 to 800 of 40,000.
func BenchmarkClaims(b *testing.B) {
	g := open(b)
	for _, q := range []graph.Query{
		{Subject: []entente.EntityID{"Person_1003"}},
		{Either: []entente.EntityID{"Person_3"}},
		{Between: [2][]entente.EntityID{{"Person_3"}, {"Person_1004"}}},
		{Relations: []entente.Relation{entente.Attacked}},
	} {
		n := len(collect(b, g.Claims(ctx, q)))
		b.Run(fmt.Sprintf("%s=%d", q, n), func(b *testing.B) {
			for b.Loop() {
				for _, err := range g.Claims(ctx, q) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	g := open(b)
	for b.Loop() {
		if _, err := g.Find(ctx, "person 1003"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGizmo(b *testing.B) {
	g := open(b)
	for b.Loop() {
		for _, err := range g.Gizmo(ctx, `entity("Person 1003").Out(met).All()`, graph.GizmoOptions{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
