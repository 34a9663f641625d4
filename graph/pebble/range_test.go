package pebble

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc/xsd"
	"pgregory.net/rapid"
)

// comparable are values at and around the bounds of what is inline, and some
// that are not numbers.
var comparable = []quad.Value{
	quad.Int(-3), quad.Int(0), quad.Int(1), quad.Int(2), quad.Int(inlineBias - 1), quad.Int(inlineBias), quad.Int(-inlineBias), quad.Int(-inlineBias - 1),
	quad.Int(math.MaxInt64), quad.Int(math.MinInt64), quad.TypedString{Value: "1152921504606846976", Type: xsd.Integer}, quad.TypedString{Value: "2", Type: xsd.Integer},
	quad.Float(0), quad.Float(math.Copysign(0, -1)), quad.Float(0.1), quad.Float(-0.1), quad.Float(1), quad.Float(1.00005), quad.Float(1e300), quad.Float(-1e300),
	quad.Float(math.Inf(1)), quad.Float(math.Inf(-1)), quad.Float(math.NaN()), quad.Float(maxDecimal / perUnit), quad.Float(-maxDecimal / perUnit), quad.Float(5e-324),
	at(0, 0), at(0, 1), at(1, 0), at(-1, 999_999_999), at(-1, 0), at(inlineBias, 0), at(-inlineBias-1, 5), at(inlineBias-1, 7),
	quad.String("1"), quad.IRI("a"), quad.Bool(true), quad.TypedString{Value: "0001", Type: xsd.Integer},
}

func at(sec, nano int64) quad.Value { return quad.Time(time.Unix(sec, nano).UTC()) }

func anyComparison() *rapid.Generator[shape.ValueFilter] {
	return rapid.Custom(func(t *rapid.T) shape.ValueFilter {
		ops := []iterator.Operator{iterator.CompareLT, iterator.CompareLTE, iterator.CompareGT, iterator.CompareGTE}
		return shape.Comparison{Op: rapid.SampledFrom(ops).Draw(t, "op"), Val: rapid.SampledFrom(comparable).Draw(t, "than")}
	})
}

// measured are quads whose objects, and some subjects, are comparable.
func measured() *rapid.Generator[quad.Quad] {
	return rapid.Custom(func(t *rapid.T) quad.Quad {
		q := quad.Quad{
			Subject:   rapid.SampledFrom([]quad.Value{quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.Int(1)}).Draw(t, "s"),
			Predicate: rapid.SampledFrom([]quad.Value{quad.IRI("p"), quad.IRI("q")}).Draw(t, "p"),
			Object:    rapid.SampledFrom(comparable).Draw(t, "o"),
		}
		if rapid.Bool().Draw(t, "labelled") {
			q.Label = quad.IRI("a")
		}
		return q
	})
}

// storeOf is a store in memory with the quads.
func storeOf(t *rapid.T, quads []quad.Quad) *Store {
	s, err := OpenMemory(Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var in []graph.Delta
	for _, q := range quads {
		in = append(in, graph.Delta{Quad: q, Action: graph.Add})
	}
	if err := s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
		t.Fatal(err)
	}
	return s
}

// twins compares the rows of a path, each as often as it comes, with those of
// Cayley's own iterators.
func twins(t *rapid.T, s *Store, make func(qs graph.QuadStore) *path.Path) {
	got, _ := rows(t, make(s), s)
	want, ok := rows(t, make(plain{s}), plain{s})
	if ok && !slices.Equal(got, want) {
		sh, _ := shape.Optimize(make(s).Shape(), s)
		t.Fatalf("rows:\n%s\nCayley:\n%s\nshape %+v\noptimized %+v", strings.Join(got, "\n"), strings.Join(want, "\n"), make(s).Shape(), sh)
	}
}

// TestRangeAgrees compares ranges of numbers with Cayley's comparisons.
func TestRangeAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storeOf(t, rapid.SliceOfN(measured(), 1, 200).Draw(t, "quads"))
		s.limits.listAfter = rapid.IntRange(1, 16).Draw(t, "listAfter")
		filters := rapid.SliceOfN(anyComparison(), 1, 3).Draw(t, "filters")
		if rapid.Bool().Draw(t, "and text") {
			filters = append(filters, shape.Wildcard{Pattern: "%"})
		}
		p, form := quad.IRI("p"), rapid.IntRange(0, 8).Draw(t, "form")
		twins(t, s, func(qs graph.QuadStore) *path.Path {
			all, a := path.StartPath(qs), path.StartPath(qs, quad.IRI("a"))
			switch form {
			case 0:
				return all.HasFilter(p, false, filters...).Tag("x")
			case 1:
				return all.Out(p).Tag("x").Filters(filters...)
			case 2:
				return all.Filters(filters...).In(p).Tag("x")
			case 3: // no tag behind the filter, which Cayley's loses when it is asked for a node
				return a.Tag("x").Out(p).Tag("y").Filters(filters...).In(quad.IRI("q")).Tag("z")
			case 4:
				return a.HasFilter(p, false, filters...).Tag("x").Out(quad.IRI("q")).Tag("y")
			case 5:
				return all.Filters(filters...).Tag("x")
			case 6:
				return all.LabelContext(quad.IRI("a")).HasFilter(p, false, filters...).Tag("x")
			case 7:
				return all.HasFilter([]quad.Value{p, quad.IRI("q")}, false, filters...).Tag("x")
			default:
				return all.HasFilter(p, true, filters...).Tag("x")
			}
		})
	})
}

// TestRangePlan wants a range of keys to be read where it is shorter than what
// else could be, and no range where few quads are looked at anyway.
func TestRangePlan(t *testing.T) {
	s := newMemory(t)
	var in []graph.Delta
	for i := range 1000 {
		claim := quad.IRI(fmt.Sprint("c", i))
		for _, q := range []quad.Quad{
			{Subject: claim, Predicate: quad.IRI("from"), Object: at(int64(i), 0)},
			{Subject: claim, Predicate: quad.IRI("subject"), Object: quad.IRI(fmt.Sprint("a", i%10))},
		} {
			in = append(in, graph.Delta{Quad: q, Action: graph.Add})
		}
	}
	if err := s.ApplyDeltas(in, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	between := func(from, to int64) []shape.ValueFilter {
		return []shape.ValueFilter{shape.Comparison{Op: iterator.CompareGTE, Val: at(from, 0)}, shape.Comparison{Op: iterator.CompareLT, Val: at(to, 0)}}
	}
	plan := func(p *path.Path) *walk {
		sh, _ := shape.Optimize(p.Shape(), s)
		w, ok := graph.AsShape(sh.BuildIterator(s)).(*walk)
		if !ok {
			t.Fatalf("%+v is no walk", sh)
		}
		if _, err := w.Stats(context.Background()); err != nil {
			t.Fatal(err)
		}
		return w
	}
	from := quad.IRI("from")
	if w := plan(path.StartPath(s).HasFilter(from, false, between(300, 310)...)); w.span == nil || w.costs.Size.Size != 10 {
		t.Errorf("ten days: span %v, size %v, want a range of ten", w.span, w.costs.Size)
	}
	if w := plan(path.StartPath(s).HasFilter(from, false, between(100, 900)...)); w.span == nil || w.costs.Size.Size < 700 || w.costs.Size.Size > 900 {
		t.Errorf("most days: span %v, size %v, want a range of about 800", w.span, w.costs.Size)
	}
	if w := plan(path.StartPath(s, quad.IRI("c5")).Out(from).Filters(between(0, 10)...)); w.first != -1 {
		t.Errorf("the day of a claim: starts from %d, want the claim", w.first)
	}
}
