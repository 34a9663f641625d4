package pebble

import (
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// OptimizeShape makes of Cayley's three shapes over quads, from the leaves of a
// query to its root, the walk that answers them from one index: all directions
// with a known value become the pattern, the others legs or tags. What a walk's
// results are compared and intersected with become legs too.
func (s *Store) OptimizeShape(sh shape.Shape) (shape.Shape, bool) {
	switch sh := sh.(type) {
	case shape.QuadsAction:
		return s.fromAction(sh)
	case shape.Quads:
		return s.fromQuads(sh)
	case shape.Union:
		return withoutNull(sh)
	case shape.Filter:
		return s.fromFilter(sh)
	case shape.Intersect:
		return s.fromIntersect(sh)
	case shape.IntersectOpt, shape.Sort:
		return doubted{sh}, true
	case shape.Save:
		if w, ok := sh.From.(walkShape); ok && w.out != quad.Any {
			w.tags = slices.Clip(w.tags)
			w.tag(w.out, sh.Tags)
			return w, true
		}
	case shape.NodesFrom:
		if shape.IsNull(sh.Quads) {
			return shape.Null{}, true
		}
		if w, ok := sh.Quads.(walkShape); ok && w.out == quad.Any && sh.Dir != quad.Any {
			w.out = sh.Dir
			return w, true
		}
	}
	return sh, false
}

func (s *Store) fromAction(a shape.QuadsAction) (shape.Shape, bool) {
	w := walkShape{s: s, out: a.Result}
	for d, ref := range a.Filter {
		n, ok := ref.(Node)
		if !ok || w.want.Node(d) != 0 {
			return a, false
		}
		w.want = w.want.with(d, n)
	}
	for d, names := range a.Save {
		w.tag(d, names)
	}
	return w, true
}

func (s *Store) fromQuads(q shape.Quads) (shape.Shape, bool) {
	if len(q) == 0 {
		return q, false
	}
	w := walkShape{s: s}
	for _, f := range q {
		f.Values = s.among(f.Values)
		if shape.IsNull(f.Values) {
			return shape.Null{}, true
		}
		if f.Dir == quad.Any {
			return q, false
		}
		if ref, ok := shape.One(f.Values); ok {
			n, ok := ref.(Node)
			if !ok {
				return q, false
			}
			if given := w.want.Node(f.Dir); given != 0 && given != n {
				return shape.Null{}, true // no quad has two values in one direction
			}
			w.want = w.want.with(f.Dir, n)
			continue
		}
		if save, ok := f.Values.(shape.Save); ok && isAll(save.From) {
			w.tag(f.Dir, save.Tags)
			continue
		}
		w.legs = append(w.legs, f)
	}
	return w, true
}

// fromFilter makes of comparisons with numbers, over what a walk yields, one more
// leg: a set in which it must lie.
func (s *Store) fromFilter(f shape.Filter) (shape.Shape, bool) {
	w, ok := f.From.(walkShape)
	if !ok || w.out == quad.Any {
		return f, false
	}
	n, others := s.numbersOf(f.Filters)
	switch {
	case n == nil:
		return f, false
	case n.empty():
		return shape.Null{}, true
	}
	w.legs = append(slices.Clip(w.legs), shape.QuadFilter{Dir: w.out, Values: numbersShape{n}})
	return shape.AddFilters(w, others...), true
}

// among returns a set to compare with: all values that pass comparisons with
// numbers are a range of numbers there. By itself such a filter is left as it is,
// as Cayley's tests want of a store that does not know the order of all values.
func (s *Store) among(set shape.Shape) shape.Shape {
	f, ok := set.(shape.Filter)
	if !ok || !isAll(f.From) {
		return set
	}
	n, others := s.numbersOf(f.Filters)
	switch {
	case n == nil:
		return set
	case n.empty():
		return shape.Null{}
	}
	return shape.AddFilters(numbersShape{n}, others...)
}

// fromIntersect makes of an intersection with a walk in it that walk with more
// legs, at the end where it yields: the walk plans from true sizes where to start,
// and tells of all combinations of paths, which Cayley's And does not.
func (s *Store) fromIntersect(parts shape.Intersect) (shape.Shape, bool) {
	i := slices.IndexFunc(parts, func(p shape.Shape) bool { w, ok := p.(walkShape); return ok && w.out != quad.Any })
	if i < 0 {
		return doubted{parts}, true
	}
	w := parts[i].(walkShape)
	w.legs = slices.Clip(w.legs)
	for j, p := range parts {
		if j == i || isAll(p) {
			continue
		}
		if p = s.among(p); shape.IsNull(p) {
			return shape.Null{}, true
		}
		ref, _ := shape.One(p)
		n, one := ref.(Node)
		switch given := w.want.Node(w.out); {
		case one && given == 0:
			w.want = w.want.with(w.out, n)
		case one && given != n:
			return shape.Null{}, true
		case !one:
			w.legs = append(w.legs, shape.QuadFilter{Dir: w.out, Values: p})
		}
	}
	return w, true
}

// withoutNull drops the empty sets of a union. Cayley keeps some of them, and
// then cannot build the union's iterator.
func withoutNull(u shape.Union) (shape.Shape, bool) {
	if !slices.ContainsFunc(u, shape.IsNull) {
		return u, false
	}
	switch u = slices.DeleteFunc(slices.Clone(u), shape.IsNull); len(u) {
	case 0:
		return shape.Null{}, true
	case 1:
		return u[0], true
	}
	return u, true
}

func isAll(sh shape.Shape) bool {
	_, ok := sh.(shape.AllNodes)
	return ok
}

// walkShape is the plan of a walk.
type walkShape struct {
	s    *Store
	want Link
	out  quad.Direction
	tags []tag
	legs []shape.QuadFilter
}

func (w *walkShape) tag(d quad.Direction, names []string) {
	for _, name := range names {
		w.tags = append(w.tags, tag{d, name})
	}
}

// BuildIterator implements shape.Shape.
func (w walkShape) BuildIterator(qs graph.QuadStore) graph.Iterator {
	it := &walk{s: w.s, want: w.want, out: w.out, tags: slices.Clone(w.tags)}
	for _, f := range w.legs {
		set := graph.AsShape(f.Values.BuildIterator(qs))
		if iterator.IsNull2(set) {
			return iterator.NewNull()
		}
		it.legs = append(it.legs, leg{f.Dir, set})
	}
	return graph.NewLegacy(it, nil)
}

// Optimize implements shape.Shape; the walk is as good as it gets.
func (w walkShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return w, false }
