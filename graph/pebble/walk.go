package pebble

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
)

// walk is the iterator over quads that fit a pattern and whose ends lie in other
// sets. It yields the quads, or what they have in one direction, once for each
// quad. It does in one scan what Cayley's HasA over And over LinksTo does: asked
// whether it contains a node it reads only that node's quads with the right
// predicate, not all of them.
type walk struct {
	s      *Store
	want   Link
	out    quad.Direction // what to yield; Any: the quad
	tags   []tag
	legs   []leg
	costs  *graph.IteratorCosts // once known
	first  int                  // the leg to start from; -1: the pattern
	span   *index               // where the leg to start from is a range of keys
	source int64                // how many nodes or quads there are at the very start
}

// tag names what a quad has in one direction in the results.
type tag struct {
	dir  quad.Direction
	name string
}

// leg is a set in which quads must end in one direction.
type leg struct {
	dir quad.Direction
	set graph.IteratorShape
}

// Costs in Cayley's unit, one step of an iterator.
const (
	costStep = 1
	costSeek = 5       // to begin a scan elsewhere
	fanOut   = 4       // guessed quads of a pattern at one node
	costMax  = 1 << 40 // keeps products of guesses from overflowing
)

func (w *walk) String() string {
	return fmt.Sprintf("Pebble(%d legs %d to %v)", w.want.bound(), len(w.legs), w.out)
}

// SubIterators implements graph.IteratorShape.
func (w *walk) SubIterators() []graph.IteratorShape {
	var subs []graph.IteratorShape
	for _, l := range w.legs {
		subs = append(subs, l.set)
	}
	return subs
}

// Optimize implements graph.IteratorShape.
func (w *walk) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	for i, l := range w.legs {
		set, changed := l.set.Optimize(ctx)
		if !changed {
			continue
		}
		if iterator.IsNull2(set) {
			return set, true
		}
		w.legs[i].set, w.costs = set, nil
	}
	return w, false
}

// Stats implements graph.IteratorShape. The size is called exact where it is how
// many results there are: Cayley counts by it.
func (w *walk) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	if w.costs != nil {
		return *w.costs, nil
	}
	size, exact, err := w.s.Size(ctx, w.want)
	check := int64(0) // cost of looking into all legs
	stats, spans := make([]graph.IteratorCosts, len(w.legs)), make([]*index, len(w.legs))
	for i, l := range w.legs {
		var e error
		if stats[i], spans[i], e = w.legStats(ctx, l, size); e != nil {
			err = e
		}
		check += stats[i].ContainsCost
	}
	w.first, w.span, w.source = -1, nil, size
	least, all := product(size, costStep+check), size
	for i, st := range stats {
		n := st.Size.Size
		begin, found := st.NextCost+costSeek+fanOut*(costStep+check-st.ContainsCost), n*fanOut
		if spans[i] != nil {
			begin, found = costStep+check-st.ContainsCost, n
		}
		if cost := product(n, begin); cost < least {
			w.first, w.span, w.source, least = i, spans[i], n, cost
			if from, ok := w.legs[i].set.(*walk); ok {
				w.source = from.source
			}
		}
		all = min(all, found)
	}
	if i := slices.IndexFunc(w.legs, func(l leg) bool { return recursive(l.set) }); i >= 0 {
		w.first, w.span, w.source = i, nil, 0
	}
	costs := graph.IteratorCosts{
		NextCost:     max(costStep, least/max(all, 1)),
		ContainsCost: costStep + check,
		Size:         graph.Size{Size: all, Exact: exact && len(w.legs) == 0 && !w.needsLabel()},
	}
	if w.out != quad.Any {
		costs.ContainsCost = costSeek + fanOut*min(costs.ContainsCost, costMax)
	}
	if err == nil {
		w.costs = &costs
	}
	return costs, err
}

// needsLabel reports whether a quad without a label is no result, for all that
// the pattern says.
func (w *walk) needsLabel() bool {
	tagged := slices.ContainsFunc(w.tags, func(t tag) bool { return t.dir == quad.Label })
	return w.want[3] == 0 && (w.out == quad.Label || tagged)
}

// recursive reports whether there is a recursion in a set. One must start there:
// Cayley's goes through all of it to be asked for a node, and then may give the
// tags of another.
func recursive(set graph.IteratorShape) bool {
	_, is := graph.AsLegacy(set).(*iterator.Recursive)
	return is || slices.ContainsFunc(set.SubIterators(), recursive)
}

// product is of two costs, and costMax at the most.
func product(a, b int64) int64 {
	if a > 0 && b > costMax/a {
		return costMax
	}
	return a * b
}

// legStats returns the costs of a leg, and where it is a range of numbers that is
// one range of keys together with the pattern, the index; its size is that of the
// range then. Where few quads fit the pattern there is nothing to plan.
func (w *walk) legStats(ctx context.Context, l leg, size int64) (costs graph.IteratorCosts, x *index, err error) {
	n, ok := l.set.(*numbers)
	if ok && size < counted {
		return graph.IteratorCosts{NextCost: costStep, ContainsCost: costStep, Size: graph.Size{Size: costMax}}, nil, nil
	}
	if ok {
		x = spanned(w.want, l.dir)
	}
	if x == nil {
		costs, err = l.set.Stats(ctx)
		for _, x := range []*int64{&costs.NextCost, &costs.ContainsCost, &costs.Size.Size} {
			*x = min(max(*x, 0), costMax) // a recursion's overflow
		}
		return costs, nil, err
	}
	most, _, err := w.s.Size(ctx, x.given(w.want))
	if err == nil {
		costs.Size.Size, err = n.within(ctx, x.prefix(w.want), most)
	}
	costs.NextCost, costs.ContainsCost = costStep, costStep
	return costs, x, err
}

// Iterate implements graph.IteratorShape.
func (w *walk) Iterate() graph.Scanner {
	n := &walkNext{walker: walker{w: w, quads: newLinkScan(w.s, w.want)}}
	from := -1
	if len(w.legs) > 0 {
		if _, err := w.Stats(context.Background()); err != nil {
			n.err = err
		}
		from = w.first
	}
	for i, l := range w.legs {
		switch {
		case i == from && w.span != nil:
			set := l.set.(*numbers)
			n.quads = newSpan(w.s, w.want, w.span, set)
			n.from, n.fromDir = set.rest(), l.dir // after the inline ones
		case i == from:
			n.from, n.fromDir = l.set.Iterate(), l.dir
			n.quads.ended = true // until there is a node to start from
			n.group = newGroups(n.quads, l.dir)
		default:
			n.checks = append(n.checks, check{l.dir, l.set.Lookup()})
		}
	}
	return n
}

// Lookup implements graph.IteratorShape.
func (w *walk) Lookup() graph.Index {
	n := &walkHas{walker: walker{w: w, quads: newLinkScan(w.s, w.want)}}
	n.quads.ended = true // until something is asked
	n.group = newGroups(n.quads, w.out)
	for _, l := range w.legs {
		n.checks = append(n.checks, check{l.dir, l.set.Lookup()})
	}
	return n
}

// check is a leg that quads are compared with.
type check struct {
	dir quad.Direction
	set graph.Index
}

// walker is what both ways to use a walk share.
type walker struct {
	w      *walk
	quads  *linkScan
	group  *groups // the quads of one node after another, where the scan is sorted by it
	link   Link    // the current result
	checks []check
	budget int // of quads to look at; 0: no limit
	err    error
}

// errBudget ends a walk that was given too few quads to look at.
var errBudget = errors.New("more quads than were allowed")

func (n *walker) String() string { return n.w.String() }

// Result implements graph.IteratorBase.
func (n *walker) Result() graph.Ref {
	if n.link == (Link{}) {
		return nil
	}
	if n.w.out == quad.Any {
		return n.link
	}
	return n.link.Node(n.w.out)
}

// TagResults implements graph.IteratorBase.
func (n *walker) TagResults(dst map[string]graph.Ref) {
	for _, c := range n.checks {
		c.set.TagResults(dst)
	}
	for _, t := range n.w.tags {
		dst[t.name] = n.link.Node(t.dir)
	}
}

// fits reports whether the quad has a node wherever one is yielded or tagged, and
// ends in all sets that are checked.
func (n *walker) fits(ctx context.Context, l Link) bool {
	if n.w.out != quad.Any && l.Node(n.w.out) == 0 {
		return false
	}
	for _, t := range n.w.tags {
		if l.Node(t.dir) == 0 {
			return false
		}
	}
	for _, c := range n.checks {
		end := l.Node(c.dir)
		if end == 0 || !c.set.Contains(ctx, end) {
			n.noteErr(c.set.Err())
			return false
		}
	}
	return true
}

// begin makes step give the quads of the pattern at a node.
func (n *walker) begin(ctx context.Context, d quad.Direction, node Node) {
	if n.group != nil {
		n.group.begin(ctx, node)
	} else {
		n.quads.seek(n.w.want.with(d, node))
	}
}

func (n *walker) step(ctx context.Context) bool {
	if n.group != nil {
		return n.group.next(ctx)
	}
	return n.quads.next(ctx)
}

// nextQuad moves to the next quad of the scan that fits.
func (n *walker) nextQuad(ctx context.Context) bool {
	for n.err == nil && n.step(ctx) {
		if n.budget--; n.budget == 0 {
			n.err = errBudget
			return false
		}
		if n.fits(ctx, n.quads.link) {
			n.link = n.quads.link
			return true
		}
	}
	n.noteErr(n.quads.err)
	return false
}

// nextCheck moves to the next combination of the ways in which the checked sets
// contain the ends of the current quad. The last set turns fastest; one that is
// through begins again.
func (n *walker) nextCheck(ctx context.Context) bool {
	for i := len(n.checks) - 1; i >= 0; i-- {
		c := n.checks[i]
		if c.set.NextPath(ctx) {
			return true
		}
		n.noteErr(c.set.Err())
		if n.err != nil || !c.set.Contains(ctx, n.link.Node(c.dir)) {
			n.noteErr(c.set.Err())
			return false
		}
	}
	return false
}

func (n *walker) noteErr(err error) {
	if n.err == nil {
		n.err = err
	}
}

// Err implements graph.IteratorBase.
func (n *walker) Err() error { return n.err }

func (n *walker) close() {
	n.quads.close()
	for _, c := range n.checks {
		n.noteErr(c.set.Close())
	}
}

// walkNext lists the results.
type walkNext struct {
	walker
	from    graph.Scanner // nil: the pattern alone
	fromDir quad.Direction
}

// Next implements graph.Scanner.
func (n *walkNext) Next(ctx context.Context) bool {
	for n.err == nil {
		if n.nextQuad(ctx) {
			return true
		}
		if n.err != nil || n.from == nil || !n.start(ctx) {
			break
		}
	}
	n.link = Link{}
	return false
}

// start begins the scan of the quads at the next node to start from.
func (n *walkNext) start(ctx context.Context) bool {
	for n.err == nil && n.from.Next(ctx) {
		node, ok := n.from.Result().(Node)
		if given := n.w.want.Node(n.fromDir); !ok || given != 0 && given != node {
			continue
		}
		n.begin(ctx, n.fromDir, node)
		return true
	}
	n.noteErr(n.from.Err())
	return false
}

// NextPath implements graph.IteratorBase.
func (n *walkNext) NextPath(ctx context.Context) bool {
	if n.nextCheck(ctx) {
		return true
	}
	if n.err != nil || n.from == nil {
		return false
	}
	if n.from.NextPath(ctx) {
		return true
	}
	n.noteErr(n.from.Err())
	return false
}

// TagResults implements graph.IteratorBase.
func (n *walkNext) TagResults(dst map[string]graph.Ref) {
	if n.from != nil {
		n.from.TagResults(dst)
	}
	n.walker.TagResults(dst)
}

// Close implements graph.IteratorBase.
func (n *walkNext) Close() error {
	n.close()
	if n.from != nil {
		return n.from.Close()
	}
	return nil
}

// walkHas answers whether something is among the results.
type walkHas struct {
	walker
	asked  int
	listed bool     // or it was tried
	all    *listing // once it pays to list all results; then used alone
	rows   []tagRow // the paths to the current result in it
}

// Contains implements graph.Index.
func (n *walkHas) Contains(ctx context.Context, ref graph.Ref) bool {
	n.link = Link{}
	if n.noteErr(cancelled(ctx)); n.err != nil {
		return false
	}
	switch ref := ref.(type) {
	case Link:
		if n.w.out == quad.Any && ref.matches(n.w.want) && n.fits(ctx, ref) {
			n.link = ref
			return true
		}
	case Node:
		given := n.w.want.Node(n.w.out)
		if n.w.out == quad.Any || ref == 0 || given != 0 && given != ref {
			return false
		}
		if n.asked++; !n.listed && n.asked >= n.w.s.limits.listAfter && n.w.worthListing(ctx, n.asked) {
			n.all, n.listed = n.w.list(ctx), true
		}
		if n.all != nil {
			return n.inListing(ref)
		}
		n.begin(ctx, n.w.out, ref)
		return n.nextQuad(ctx)
	}
	return false
}

func (n *walkHas) inListing(ref Node) bool {
	if n.rows = n.all.rows[ref]; len(n.rows) == 0 {
		return false
	}
	n.link = Link{}.with(n.w.out, ref)
	return true
}

// NextPath implements graph.IteratorBase.
func (n *walkHas) NextPath(ctx context.Context) bool {
	if n.link == (Link{}) {
		return false
	}
	if n.all != nil {
		n.rows = n.rows[1:]
		if len(n.rows) == 0 {
			n.link = Link{}
		}
		return len(n.rows) > 0
	}
	if n.nextCheck(ctx) {
		return true
	}
	if n.err != nil || n.w.out == quad.Any {
		return false
	}
	return n.nextQuad(ctx)
}

// TagResults implements graph.IteratorBase.
func (n *walkHas) TagResults(dst map[string]graph.Ref) {
	if n.all == nil {
		n.walker.TagResults(dst)
	} else if len(n.rows) > 0 {
		maps.Copy(dst, n.rows[0])
	}
}

// Close implements graph.IteratorBase.
func (n *walkHas) Close() error {
	n.close()
	return nil
}
