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
	"pgregory.net/rapid"
)

// plain hides that a store optimises, so that Cayley's own iterators are used.
type plain struct{ graph.QuadStore }

// rows runs a path and returns its rows as sorted text: the node and the tags.
// Where Cayley itself panics, ok is false.
func rows(t *rapid.T, p *path.Path, qs graph.QuadStore) (out []string, ok bool) {
	if _, isPlain := qs.(plain); isPlain {
		defer func() {
			if recover() != nil {
				out, ok = nil, false
			}
		}()
	}
	out = []string{}
	err := p.Iterate(context.Background()).Paths(true).TagValues(qs, func(m map[string]quad.Value) {
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
	return out, true
}

// A step is one step of a path, and its plain meaning.
type step struct {
	name string
	pred quad.IRI
	node quad.Value
	tag  string // also the name of what save saves
}

// on appends the step to a path.
func (st step) on(p *path.Path) *path.Path {
	switch st.name {
	case "out":
		return p.Out(st.pred)
	case "in":
		return p.In(st.pred)
	case "out any":
		return p.Out()
	case "has":
		return p.Has(st.pred, st.node)
	case "has reverse":
		return p.HasReverse(st.pred, st.node)
	case "label":
		return p.LabelContext(quad.IRI("c"), st.pred)
	case "is":
		return p.Is(st.node)
	case "both":
		return p.Both(st.pred)
	case "save":
		return p.Save(st.pred, st.tag)
	}
	return p.Tag(st.tag)
}

// row is a place that a path has come to, with its tags.
type row struct {
	at   quad.Value
	tags string
}

// of does the step from one row, by looking at all quads.
func (st step) of(r row, quads []quad.Quad, labels []quad.Value) (out []row) {
	for _, q := range quads {
		if labels != nil && !slices.Contains(labels, q.Label) {
			continue
		}
		forth, back, is := q.Subject == r.at, q.Object == r.at, q.Predicate == quad.Value(st.pred)
		if st.name == "out any" && forth || (st.name == "out" || st.name == "both") && forth && is {
			out = append(out, row{q.Object, r.tags})
		}
		if (st.name == "in" || st.name == "both") && back && is {
			out = append(out, row{q.Subject, r.tags})
		}
		if is && (st.name == "has" && forth && q.Object == st.node || st.name == "has reverse" && back && q.Subject == st.node) {
			out = append(out, r)
		}
		if st.name == "save" && forth && is {
			out = append(out, row{r.at, r.tags + " " + st.tag + "=" + q.Object.String()})
		}
	}
	switch {
	case st.name == "is" && r.at == st.node, st.name == "label":
		return []row{r}
	case st.name == "tag":
		return []row{{r.at, r.tags + " " + st.tag + "=" + r.at.String()}}
	}
	return out
}

// meaning returns the rows of a path by looking at all quads at every step.
func meaning(quads []quad.Quad, start []quad.Value, steps []step) []string {
	rows := make(map[row]bool)
	for _, q := range quads {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil && (len(start) == 0 || slices.Contains(start, v)) {
				rows[row{at: v}] = true
			}
		}
	}
	var labels []quad.Value
	for _, st := range steps {
		if st.name == "label" {
			labels = []quad.Value{quad.IRI("c"), st.pred}
		}
		next := make(map[row]bool)
		for r := range rows {
			for _, n := range st.of(r, quads, labels) {
				next[n] = true
			}
		}
		rows = next
	}
	var out []string
	for r := range rows {
		tags := strings.Fields(r.tags)
		slices.Sort(tags)
		out = append(out, strings.Join(tags, " "))
	}
	return out
}

func anySteps(t *rapid.T) (steps []step) {
	names := []string{"out", "in", "out any", "has", "has reverse", "label", "is", "both", "save", "tag"}
	for i := range rapid.IntRange(1, 5).Draw(t, "steps") {
		steps = append(steps, step{
			name: rapid.SampledFrom(names).Draw(t, "step"),
			pred: rapid.SampledFrom([]quad.IRI{"a", "b"}).Draw(t, "pred"),
			node: rapid.SampledFrom(pool[:5]).Draw(t, "node"),
			tag:  fmt.Sprint("t", i),
		})
	}
	return append(steps, step{name: "tag", tag: "end"})
}

// TestWalkAgrees compares, on random graphs and paths, the walks made by
// OptimizeShape with the meaning of the path and with Cayley's own iterators over
// single directions: all rows are right and none is missing.
func TestWalkAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := OpenMemory(Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		s.limits.listAfter = rapid.IntRange(1, 16).Draw(t, "listAfter")
		quads := rapid.SliceOfN(anyQuad(), 1, 25).Draw(t, "quads")
		var in []graph.Delta
		for _, q := range quads {
			in = append(in, graph.Delta{Quad: q, Action: graph.Add})
		}
		if err := s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Fatal(err)
		}
		start := rapid.SliceOfN(rapid.SampledFrom(pool[:5]), 0, 2).Draw(t, "start")
		steps := anySteps(t)
		walked, plainly := path.StartPath(s, start...), path.StartPath(plain{s}, start...)
		for _, st := range steps {
			walked, plainly = st.on(walked), st.on(plainly)
		}
		got, _ := rows(t, walked, s)
		right := meaning(quads, start, steps)
		if !subset(got, right...) {
			t.Fatalf("wrong rows:\n%s\nright:\n%s\nshape %+v", strings.Join(got, "\n"), strings.Join(right, "\n"), walked.Shape())
		}
		if lossy(steps) {
			got, right = ends(got), ends(right)
		}
		if !subset(right, got...) {
			t.Fatalf("rows missing:\n%s\nright:\n%s\nshape %+v", strings.Join(got, "\n"), strings.Join(right, "\n"), walked.Shape())
		}
		if cayley, ok := rows(t, plainly, plain{s}); ok && !subset(ends(cayley), ends(got)...) {
			t.Fatalf("rows missing:\n%s\nCayley:\n%s\nshape %+v", strings.Join(got, "\n"), strings.Join(cayley, "\n"), walked.Shape())
		}
	})
}

// lossy reports whether the path has steps of which Cayley, above the store,
// loses combinations of tags: its Or, asked whether it contains a node, tells of
// one branch only, and its And does not begin again with the other sets.
func lossy(steps []step) bool {
	return slices.ContainsFunc(steps, func(st step) bool { return st.name == "both" || st.name == "save" })
}

// ends are the nodes at the ends of rows, without other tags.
func ends(rows []string) (out []string) {
	for _, r := range rows {
		for _, f := range strings.Fields(r) {
			if strings.HasPrefix(f, "end=") {
				out = append(out, f)
			}
		}
	}
	return out
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
