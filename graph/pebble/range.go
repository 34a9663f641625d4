package pebble

import (
	"bytes"
	"context"
	"math"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// numbers is the set of all integers, all floats or all times within bounds: the
// inline ones are a range of numbers, the few in the dictionary a range of the
// table of ordered values.
type numbers struct {
	s     *Store
	kind  int64
	lo    int64 // of the inline ones, their lowest and highest value as inline.go
	hi    int64 // encodes it; none where hi is below lo
	from  []byte
	to    []byte // the others' range in the table; none where it is not behind from
	tests []shape.Comparison
}

// numbersOf returns what of all values passes the comparisons with integers,
// floats and times among the filters, nil where there is none, and the other
// filters. As in Cayley a value passes a comparison with one of its own type only.
func (s *Store) numbersOf(filters []shape.ValueFilter) (n *numbers, others []shape.ValueFilter) {
	for _, f := range filters {
		c, ok := f.(shape.Comparison)
		kind := comparedAs(c.Val)
		if !ok || kind == 0 || c.Op < iterator.CompareLT || c.Op > iterator.CompareGTE {
			others = append(others, f)
			continue
		}
		if n == nil {
			n = &numbers{s: s, kind: kind, lo: -inlineBias, hi: inlineBias - 1, from: []byte{tagOrdered, byte(kind)}, to: []byte{tagOrdered, byte(kind) + 1}}
		}
		n.narrow(c, kind)
	}
	return n, others
}

// comparedAs returns the inline type of numbers and times, zero for others.
func comparedAs(v quad.Value) int64 {
	switch v.(type) {
	case quad.Int:
		return inlineInt
	case quad.Float:
		return inlineFloat
	case quad.Time:
		return inlineTime
	}
	return 0
}

func (n *numbers) narrow(c shape.Comparison, kind int64) {
	n.tests = append(n.tests, c)
	if f, ok := c.Val.(quad.Float); kind != n.kind || ok && math.IsNaN(float64(f)) { // nothing passes
		n.hi, n.to = n.lo-1, n.from
		return
	}
	equal := c.Op == iterator.CompareLTE || c.Op == iterator.CompareGT // whether the last below includes it
	last, key := lastBelow(c.Val, equal), orderedBound(c.Val, equal)
	if c.Op == iterator.CompareLT || c.Op == iterator.CompareLTE {
		n.hi = min(n.hi, last)
		if bytes.Compare(key, n.to) < 0 {
			n.to = key
		}
		return
	}
	n.lo = max(n.lo, last+1)
	if bytes.Compare(key, n.from) > 0 {
		n.from = key
	}
}

// lastBelow returns the highest inline value below v, or equal to it.
func lastBelow(v quad.Value, orEqual bool) int64 {
	less := int64(1)
	if orEqual {
		less = 0
	}
	switch v := v.(type) {
	case quad.Int:
		return inlineBefore(int64(v), less)
	case quad.Time:
		t := time.Time(v)
		if t.Nanosecond() > 0 {
			less = 0
		}
		return inlineBefore(t.Unix(), less)
	case quad.Float:
		below := func(m float64) bool { return m/perUnit < float64(v) || orEqual && m/perUnit == float64(v) }
		m := min(max(math.Floor(float64(v)*perUnit), 1-maxDecimal), maxDecimal-1)
		for m < maxDecimal-1 && below(m+1) {
			m++
		}
		for m > -maxDecimal && !below(m) {
			m--
		}
		return int64(m)
	}
	return -inlineBias - 1
}

// inlineBefore returns x less a little, or the nearest that is inline or just
// below all that are.
func inlineBefore(x, less int64) int64 {
	x = max(x, -inlineBias-1) - less
	return min(max(x, -inlineBias-1), inlineBias-1)
}

// orderedBound returns a key in the table of ordered values behind all values
// below v, or behind those equal to it too. Zero has two forms.
func orderedBound(v quad.Value, orEqual bool) []byte {
	if f, ok := v.(quad.Float); ok && f == 0 {
		v = quad.Float(0)
		if !orEqual {
			v = quad.Float(math.Copysign(0, -1))
		}
	}
	key := append([]byte{tagOrdered}, ordered(v)...)
	if orEqual {
		key = after(key)
	}
	return key
}

// empty reports whether nothing can be in the set.
func (n *numbers) empty() bool { return n.hi < n.lo && !n.others() }

// others reports whether values of the dictionary can be in the set.
func (n *numbers) others() bool { return bytes.Compare(n.from, n.to) < 0 }

// has reports whether v passes all comparisons.
func (n *numbers) has(v quad.Value) bool {
	for _, c := range n.tests {
		passes := false
		switch than := c.Val.(type) {
		case quad.Int:
			x, ok := v.(quad.Int)
			passes = ok && iterator.RunIntOp(x, c.Op, than)
		case quad.Float:
			x, ok := v.(quad.Float)
			passes = ok && iterator.RunFloatOp(x, c.Op, than)
		case quad.Time:
			x, ok := v.(quad.Time)
			passes = ok && iterator.RunTimeOp(time.Time(x), c.Op, time.Time(than))
		}
		if !passes {
			return false
		}
	}
	return true
}

// bounds returns the range of keys that begin with prefix and go on with an
// inline number of the set.
func (n *numbers) bounds(prefix []byte) (lo, hi []byte) {
	if n.hi < n.lo {
		return prefix, prefix
	}
	at := func(x int64) []byte { return appendNode(append([]byte(nil), prefix...), newInline(n.kind, x)) }
	return at(n.lo), after(at(n.hi))
}

func (n *numbers) String() string { return "PebbleNumbers" }

// SubIterators implements graph.IteratorShape.
func (n *numbers) SubIterators() []graph.IteratorShape { return nil }

// Optimize implements graph.IteratorShape.
func (n *numbers) Optimize(context.Context) (graph.IteratorShape, bool) { return n, false }

// Stats implements graph.IteratorShape.
func (n *numbers) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	costs := graph.IteratorCosts{NextCost: costStep, ContainsCost: costStep}
	total, err := n.s.totals()
	if err == nil {
		costs.Size.Size, err = n.within(ctx, []byte{tagCounts}, int64(total.values))
	}
	return costs, err
}

// Iterate implements graph.IteratorShape.
func (n *numbers) Iterate() graph.Scanner {
	lo, hi := n.bounds([]byte{tagCounts})
	inline := newNodes(n.s, lo, hi)
	return &numbersNext{parts: append([]*nodesNext{inline}, n.rest().parts...)}
}

// rest lists the values of the dictionary.
func (n *numbers) rest() *numbersNext {
	if !n.others() {
		return &numbersNext{}
	}
	rest := newNodes(n.s, n.from, n.to)
	rest.take = func(key []byte) (bool, error) {
		node, err := orderedNode(key)
		if err != nil {
			return false, err
		}
		v, err := readValue(n.s.reader(), node)
		if err != nil || !n.has(v) {
			return false, err
		}
		rest.nodes.add(node)
		return true, nil
	}
	return &numbersNext{parts: []*nodesNext{rest}}
}

// orderedNode reads the number of a value from its key in the table of ordered
// values.
func orderedNode(key []byte) (Node, error) {
	size := 2 + 8
	if len(key) > 1 && key[1] == inlineTime {
		size += 4
	}
	return keyNode(key[min(size, len(key))-1:])
}

// Lookup implements graph.IteratorShape.
func (n *numbers) Lookup() graph.Index { return &numbersHas{numbers: n} }

// numbersNext lists the set, the inline ones first.
type numbersNext struct {
	parts []*nodesNext
	node  Node
	err   error
}

func (n *numbersNext) String() string { return "PebbleNumbers" }

// Next implements graph.Scanner.
func (n *numbersNext) Next(ctx context.Context) bool {
	n.node = 0
	for len(n.parts) > 0 && n.err == nil {
		if n.parts[0].Next(ctx) {
			n.node = n.parts[0].node
			return true
		}
		if n.err = n.parts[0].Err(); n.err == nil {
			n.parts = n.parts[1:]
		}
	}
	return false
}

// Result implements graph.IteratorBase.
func (n *numbersNext) Result() graph.Ref { return refOf(n.node) }

// TagResults implements graph.IteratorBase.
func (n *numbersNext) TagResults(map[string]graph.Ref) {}

// NextPath implements graph.IteratorBase.
func (n *numbersNext) NextPath(context.Context) bool { return false }

// Err implements graph.IteratorBase.
func (n *numbersNext) Err() error { return n.err }

// Close implements graph.IteratorBase.
func (n *numbersNext) Close() error {
	for _, p := range n.parts {
		p.close()
	}
	return nil
}

// numbersHas answers whether a value is in the set. Only of a value in the
// dictionary it has to read something.
type numbersHas struct {
	*numbers
	node Node
	err  error
}

// Contains implements graph.Index.
func (n *numbersHas) Contains(ctx context.Context, ref graph.Ref) bool {
	n.node = 0
	node, ok := ref.(Node)
	if !ok || n.err != nil {
		return false
	}
	if node.isInline() {
		ok = n.lo <= n.hi && newInline(n.kind, n.lo) <= node && node <= newInline(n.kind, n.hi)
	} else if ok = n.others(); ok {
		if n.err = cancelled(ctx); n.err != nil {
			return false
		}
		var v quad.Value
		v, n.err = n.s.name(node)
		ok = n.has(v)
	}
	if !ok || n.err != nil {
		return false
	}
	n.node = node
	return true
}

// Result implements graph.IteratorBase.
func (n *numbersHas) Result() graph.Ref { return refOf(n.node) }

// TagResults implements graph.IteratorBase.
func (n *numbersHas) TagResults(map[string]graph.Ref) {}

// NextPath implements graph.IteratorBase.
func (n *numbersHas) NextPath(context.Context) bool { return false }

// Err implements graph.IteratorBase.
func (n *numbersHas) Err() error { return n.err }

// Close implements graph.IteratorBase.
func (n *numbersHas) Close() error { return nil }

// numbersShape is the plan of a set of numbers.
type numbersShape struct{ *numbers }

// BuildIterator implements shape.Shape.
func (n numbersShape) BuildIterator(graph.QuadStore) graph.Iterator {
	return graph.NewLegacy(n.numbers, nil)
}

// Optimize implements shape.Shape.
func (n numbersShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return n, false }
