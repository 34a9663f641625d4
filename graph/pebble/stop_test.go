package pebble

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
)

// ring is a store of 3000 nodes, each with an edge to 20 others and a number.
func ring(t *testing.T) *Store {
	s := newMemory(t)
	var in []graph.Delta
	for i := range 3000 {
		n := quad.IRI(fmt.Sprint("n", i))
		in = append(in, graph.Delta{Action: graph.Add, Quad: quad.Quad{Subject: n, Predicate: quad.IRI("number"), Object: quad.Int(i)}})
		for j := range 20 {
			in = append(in, graph.Delta{Action: graph.Add, Quad: quad.Quad{Subject: n, Predicate: quad.IRI("p"), Object: quad.IRI(fmt.Sprint("n", (i*7+(j+1)*13)%3000))}})
		}
	}
	if err := s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
		t.Fatal(err)
	}
	return s
}

// soon is how long a stopped query may go on, on a busy machine.
func soon() time.Duration {
	if slow {
		return 3 * time.Second
	}
	return 250 * time.Millisecond
}

// TestStoppedSoon stops queries that would run for seconds or hours, which find
// nothing, all of it in the goroutine that asks.
func TestStoppedSoon(t *testing.T) {
	s := ring(t)
	p, none := quad.IRI("p"), regexp.MustCompile("^zzz$")
	far := func() *path.Path { return path.StartPath(s).Out(p).Out(p).Out(p).Out(p).Out(p) }
	queries := map[string]*path.Path{
		"filter":    far().RegexWithRefs(none),
		"unique":    far().Unique().RegexWithRefs(none),
		"sort":      far().Order(),
		"count":     far().Count(),
		"range":     far().HasFilter(quad.IRI("number"), false, shape.Comparison{Op: iterator.CompareGTE, Val: quad.Int(5)}).RegexWithRefs(none),
		"merge":     far().And(far()).And(far()).RegexWithRefs(none),
		"except":    far().Except(far().RegexWithRefs(none)),
		"recursive": path.StartPath(s, quad.IRI("n1")).FollowRecursive(p, -1, nil).Out(p).Out(p).Out(p).Out(p).RegexWithRefs(none),
		"save":      far().Save(p, "a").Save(p, "b").Save(p, "c").Save(p, "d").RegexWithRefs(none),
		"both":      far().Both(p).Both(p).RegexWithRefs(none),
	}
	for name, q := range queries {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
			defer cancel()
			start := time.Now()
			results := 0
			_ = q.Iterate(ctx).Each(func(graph.Ref) { results++ })
			if took := time.Since(start); took > 30*time.Millisecond+soon() {
				t.Errorf("went on for %v, %d results", took, results)
			}
			if ctx.Err() == nil {
				t.Errorf("was done after %v, which tests nothing", time.Since(start))
			}
		})
	}
}

// TestSessionStops wants no goroutine of a Gizmo session to go on once its
// results are closed.
func TestSessionStops(t *testing.T) {
	s := ring(t)
	for _, q := range []string{
		`g.V().out("<p>").out("<p>").out("<p>").out("<p>").out("<p>").filter(regex("^zzz$", true)).all()`,
		`g.emit(g.V().out("<p>").out("<p>").out("<p>").out("<p>").out("<p>").count())`,
		`g.V("<n1>").followRecursive("<p>").out("<p>").out("<p>").out("<p>").out("<p>").filter(regex("^zzz$", true)).all()`,
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
		results, err := gizmo.NewSession(s).Execute(ctx, q, query.Options{Collation: query.Raw})
		if err != nil {
			t.Fatal(err)
		}
		for results.Next(ctx) {
		}
		results.Close()
		cancel()
		for start := time.Now(); running("gizmo.(*Session)"); time.Sleep(time.Millisecond) {
			if time.Since(start) > soon() {
				t.Fatalf("%s: still runs %v later", q, time.Since(start))
			}
		}
	}
}

// running reports whether any goroutine is in a function.
func running(name string) bool {
	stacks := make([]byte, 1<<20)
	return strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), name)
}
