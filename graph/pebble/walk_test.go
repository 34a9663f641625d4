package pebble

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rows runs a path, optimised or not, and returns its rows as sorted text: the
// node and the tags.
func rows(t *rapid.T, s *Store, p *path.Path, optimised bool) []string {
	ctx := context.Background()
	it := p.Iterate(ctx)
	if !optimised {
		it = it.UnOptimized()
	}
	out := []string{}
	err := it.Paths(true).TagValues(s, func(m map[string]quad.Value) {
		var row []string
		for k, v := range m {
			row = append(row, k+"="+quad.StringOf(v))
		}
		slices.Sort(row)
		out = append(out, strings.Join(row, " "))
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// anyPath is a walk of a few steps, with tags, conditions and labels.
func anyPath(s *Store) *rapid.Generator[*path.Path] {
	nodes := []quad.Value{quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.String("a")}
	preds := []interface{}{quad.IRI("a"), quad.IRI("b")}
	return rapid.Custom(func(t *rapid.T) *path.Path {
		p := path.StartPath(s, rapid.SliceOfN(rapid.SampledFrom(nodes), 0, 2).Draw(t, "start")...)
		for i := range rapid.IntRange(1, 4).Draw(t, "steps") {
			pred := rapid.SampledFrom(preds).Draw(t, "pred")
			node := rapid.SampledFrom(nodes).Draw(t, "node")
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0:
				p = p.Out(pred)
			case 1:
				p = p.In(pred)
			case 2:
				p = p.Out()
			case 3:
				p = p.Has(pred, node)
			case 4:
				p = p.HasReverse(pred, node)
			case 5:
				p = p.LabelContext(quad.IRI("b")).Out(pred)
			case 6:
				p = p.Is(node)
			case 7:
				p = p.Both(pred)
			}
			if rapid.Bool().Draw(t, "tagged") {
				p = p.Tag(fmt.Sprint("t", i))
			}
		}
		return p.Tag("end")
	})
}

// TestWalkAgrees compares the walks made by OptimizeShape with Cayley's own
// iterators over single directions, on random graphs and paths.
func TestWalkAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var in []graph.Delta
		for _, q := range rapid.SliceOfN(anyQuad(), 1, 25).Draw(t, "quads") {
			in = append(in, graph.Delta{Quad: q, Action: graph.Add})
		}
		if err := s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Fatal(err)
		}
		p := anyPath(s).Draw(t, "path")
		got, want := rows(t, s, p, true), rows(t, s, p, false)
		if !cmp.Equal(got, want) {
			t.Fatalf("optimised:\n%s\nnot optimised:\n%s\nshape %+v", strings.Join(got, "\n"), strings.Join(want, "\n"), p.Shape())
		}
	})
}

// TestOptimizeShape keeps the plans: what is one scan stays one.
func TestOptimizeShape(t *testing.T) {
	s := newMemory(t)
	apply(t, s, "+a p b l", "+b q c l", "+c p a m")
	v := func(name string) quad.Value { return quad.IRI(name) }
	tests := []struct {
		path *path.Path
		want string
	}{
		{path.StartPath(s, v("a")).Out(v("p")), "Pebble(2 legs 0 to object)"},
		{path.StartPath(s, v("b")).In(v("p")), "Pebble(2 legs 0 to subject)"},
		{path.StartPath(s).Has(v("p"), v("b")), "Pebble(2 legs 0 to subject)"},
		{path.StartPath(s, v("a")).LabelContext(v("l")).Out(v("p")), "Pebble(3 legs 0 to object)"},
		{path.StartPath(s, v("a")).Out(v("p")).Out(v("q")), "Pebble(1 legs 1 to object)"},
		{path.StartPath(s, v("a"), v("b")).Out(v("p")), "Pebble(1 legs 1 to object)"},
	}
	for _, c := range tests {
		sh, _ := shape.Optimize(c.path.Shape(), s)
		it := sh.BuildIterator(s)
		if got := it.String(); got != c.want {
			t.Errorf("plan of %+v: %s, want %s", c.path.Shape(), got, c.want)
		}
		it.Close()
	}
}

// TestForeignRef: a reference that is not of this store has no quads.
func TestForeignRef(t *testing.T) {
	s := newMemory(t)
	apply(t, s, "+a p b l")
	for _, ref := range []graph.Ref{nil, graph.PreFetched(quad.IRI("a")), iterator.Int64Node(1), Node(0), noNode, Link{1, 2, 3, 4}} {
		for _, d := range quad.Directions {
			if got, err := listed(s, s.QuadIterator(d, ref)); err != nil || len(got) > 0 {
				t.Errorf("QuadIterator(%v, %v) = %q, %v, want none", d, ref, got, err)
			}
			if sz, err := s.QuadIteratorSize(context.Background(), d, ref); err != nil || sz.Size != 0 {
				t.Errorf("QuadIteratorSize(%v, %v) = %v, %v, want 0", d, ref, sz, err)
			}
		}
		if it := s.NodesAllIterator(); it.Contains(context.Background(), ref) {
			t.Errorf("%v is among all nodes", ref)
		}
		if it := s.QuadsAllIterator(); ref != (Link{1, 2, 3, 4}) && it.Contains(context.Background(), ref) {
			t.Errorf("%v is among all quads", ref)
		}
		if got := s.QuadDirection(ref, quad.Any); got != nil {
			t.Errorf("QuadDirection(%v, any) = %v, want nil", ref, got)
		}
	}
	if got := s.Quad(noNode); got != (quad.Quad{}) {
		t.Errorf("Quad(noNode) = %v", got)
	}
}

// TestStopped: a query whose context has ended stops, also where it finds
// nothing, and says why.
func TestStopped(t *testing.T) {
	s := newMemory(t)
	var in []graph.Delta
	for i := range 20_000 {
		in = append(in, graph.Delta{Action: graph.Add, Quad: iri(fmt.Sprintf("s%d p o%d l%d", i, i%7, i%3))})
	}
	if err := s.ApplyDeltas(in, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	node := func(name string) Node { return s.ValueOf(quad.IRI(name)).(Node) }
	iterators := map[string]graph.Iterator{
		"all quads": s.QuadsAllIterator(),
		"all nodes": s.NodesAllIterator(),
		"pattern":   s.QuadIterator(quad.Predicate, node("p")),
		"walk":      shape.BuildIterator(s, path.StartPath(s, quad.IRI("o1")).In(quad.IRI("p")).Out().Shape()),
		"regexp":    shape.BuildIterator(s, path.StartPath(s).Regex(regexp.MustCompile("^zzz$")).Shape()),
	}
	for name, it := range iterators {
		if it.Next(ctx) || !errors.Is(it.Err(), context.Canceled) {
			t.Errorf("%s: Err() = %v, want that it was stopped", name, it.Err())
		}
		it.Close()
	}
	if it := s.NodesAllIterator(); it.Contains(ctx, node("p")) || !errors.Is(it.Err(), context.Canceled) {
		t.Errorf("Contains: Err() = %v, want that it was stopped", it.Err())
	}
	for _, err := range s.Links(ctx, Link{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Links: %v, want that it was stopped", err)
		}
	}
	if _, err := s.Check(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Check: %v, want that it was stopped", err)
	}
	if s.Err() != nil {
		t.Errorf("the store stopped: %v", s.Err())
	}
	// A long filter that matches nothing ends soon after its context.
	brief, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	it := shape.BuildIterator(s, path.StartPath(s).Has(quad.IRI("p")).Regex(regexp.MustCompile("^zzz$")).Shape())
	start := time.Now()
	for it.Next(brief) {
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("a filter ran for %v", took)
	}
	it.Close()
}

// TestTogether lets readers, snapshots and a writer run at once; each snapshot is
// one state: every batch adds two quads.
func TestTogether(t *testing.T) {
	s := newStore(t, t.TempDir())
	ctx := context.Background()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				snap := s.Snapshot()
				st, err := snap.Stats(ctx, true)
				if err != nil {
					t.Error(err)
				}
				got, err := quadsOf(snap)
				if err != nil || int64(len(got)) != st.Quads.Size || len(got)%2 != 0 {
					t.Errorf("a snapshot has %d quads, its total is %d: %v", len(got), st.Quads.Size, err)
				}
				if _, err := listed(s, s.QuadIterator(quad.Predicate, s.ValueOf(quad.IRI("p")))); err != nil {
					t.Error(err)
				}
				if err := snap.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 60 {
		apply(t, s, fmt.Sprintf("+s%d p o%d", i, i), fmt.Sprintf("+s%d p x", i))
	}
	close(stop)
	wg.Wait()
	closeStore(t, s)
}
