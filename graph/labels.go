package graph

import (
	"cmp"
	"math"
	"slices"

	"github.com/entente-kg/entente/graph/pebble"
)

// label is a way to an entity.
type label struct {
	prev *label // nil at a start
	n    int32
	hops int
	edge *Edge // in order of time the claim that was chosen for the last hop
	time int32 // in order of time: when one is there; see step

	reports int // no hop of the path has fewer reports; more than the independent ones
	weakest int // the independent reports of its weakest hop plus one; 0 where not yet counted
}

func (l *label) entities() []int32 {
	list := make([]int32, l.hops+1)
	for ; l != nil; l = l.prev {
		list[l.hops] = l.n
	}
	return list
}

// order is what a path must be like.
type order int

const (
	anyDay    order = iota
	possibly        // days can be chosen that do not go back
	certainly       // each claim ends no later than the next begins
)

// step chooses the claim by which to go on to an entity, of edges that lead there. A
// label's time is, where the order must be certain, the last day of its claim, but at a
// goal, as where it must be possible, the first day on which one can be there. Of
// claims that give the same the one with the narrowest date is chosen.
func (s *search) step(o order, time int32, edges []Edge, atGoal bool) (best *Edge, then int32) {
	for i := range edges {
		e := &edges[i]
		if !s.usable(e) {
			continue
		}
		first, last := s.days(e, false)
		day := max(first, time)
		switch {
		case o == anyDay:
			return e, 0
		case o == certainly:
			if e.First < time || first > last {
				continue
			}
			if day = first; !atGoal {
				day = e.Last
			}
		case day > last:
			continue
		}
		if best == nil || cmp.Or(cmp.Compare(day, then), cmp.Compare(width(e), width(best)), cmp.Compare(e.First, best.First)) < 0 {
			best, then = e, day
		}
	}
	return best, then
}

// width returns how many days a date leaves open.
func width(e *Edge) int64 { return int64(e.Last) - int64(e.First) }

// along returns the label at the end of the prefix, nil where there is none or it is
// not in the order.
func (s *search) along(o order) *label {
	var l *label
	for i, n := range s.prefix {
		if i == 0 {
			l = startAt(n)
			continue
		}
		run := s.web.pair(l.n, n)
		e, time := s.step(o, l.time, run, false)
		if e == nil {
			return nil
		}
		l = s.after(l, e, run, time)
	}
	return l
}

func startAt(n int32) *label { return &label{n: n, time: math.MinInt32, reports: math.MaxInt} }

// after returns the label behind l that a claim leads to, one of the edges of the hop.
func (s *search) after(l *label, e *Edge, edges []Edge, time int32) *label {
	return &label{prev: l, n: e.To, hops: l.hops + 1, edge: e, time: time, reports: min(l.reports, s.reportsOf(edges))}
}

// reportsOf counts the reports of the claims that a hop may walk.
func (s *search) reportsOf(edges []Edge) int {
	var seen [8]pebble.Node // in most cases enough
	list := seen[:0]
	for i := range edges {
		if e := &edges[i]; s.usable(e) && !slices.Contains(list, e.report) {
			list = append(list, e.report)
		}
	}
	return len(list)
}

// pair returns the edges from one entity to another.
func (w *Web) pair(a, b int32) []Edge {
	edges := w.Edges(a)
	byTo := func(e Edge, n int32) int { return cmp.Compare(e.To, n) }
	from, _ := slices.BinarySearchFunc(edges, b, byTo)
	to, _ := slices.BinarySearchFunc(edges[from:], b+1, byTo)
	return edges[from : from+to]
}

// lead leads labels through late and returns the best at a goal, nil where no path is
// in the order. At each entity those are kept that no other beats both in time and in
// rank (Hansen, "Bicriterion path problems", Lecture Notes in Economics and
// Mathematical Systems 177, 1980): a longer path keeps the order in both.
func (s *search) lead(o order, late [][]reached) *label {
	var labels []*label
	if l := s.along(o); l != nil {
		labels = append(labels, l)
	} else if len(s.prefix) == 0 {
		for _, r := range late[0] {
			labels = append(labels, startAt(r.n))
		}
	}
	for i, layer := range late[1:] {
		s.known.put(layer)
		var next []*label
		for _, l := range labels {
			next = s.extend(next, o, l, layer, i == len(late)-2)
		}
		s.known.clear(layer)
		labels = s.unbeaten(next)
	}
	var best *label
	for _, l := range labels {
		if best == nil || cmp.Or(cmp.Compare(l.time, best.time), s.compareRank(l, best)) < 0 {
			best = l
		}
	}
	return best
}

// extend takes a label on to each entity of the next layer, which s.known has too.
func (s *search) extend(next []*label, o order, l *label, layer []reached, atGoal bool) []*label {
	edges := s.web.Edges(l.n)
	if len(layer) < len(edges)/16 { // quicker than looking at all
		for _, r := range layer {
			next = s.extendBy(next, o, l, s.web.pair(l.n, r.n), atGoal)
		}
		return next
	}
	for len(edges) > 0 {
		to, n := edges[0].To, 1
		for n < len(edges) && edges[n].To == to {
			n++
		}
		if s.known.has[to] {
			next = s.extendBy(next, o, l, edges[:n], atGoal)
		}
		edges = edges[n:]
	}
	return next
}

// extendBy takes a label on by the edges that lead to one entity.
func (s *search) extendBy(next []*label, o order, l *label, edges []Edge, atGoal bool) []*label {
	if len(edges) == 0 || s.isBanned(l.n, edges[0].To) {
		return next
	}
	e, time := s.step(o, l.time, edges, atGoal)
	if e == nil || o != anyDay && time > s.known.day[e.To] {
		return next
	}
	return append(next, s.after(l, e, edges, time))
}

// unbeaten leaves out the labels that another of their entity beats.
func (s *search) unbeaten(labels []*label) []*label {
	slices.SortFunc(labels, func(a, b *label) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.time, b.time), cmp.Compare(b.reports, a.reports))
	})
	kept := labels[:0]
	for _, l := range labels {
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].n != l.n:
			kept = append(kept, l)
		case s.compareRank(l, kept[last]) >= 0: // kept[last] is no later
		case kept[last].time == l.time:
			kept[last] = l
		default:
			kept = append(kept, l)
		}
	}
	return kept
}
