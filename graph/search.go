package graph

import (
	"math"
	"slices"
)

// A search for the best path goes in two steps. From both ends at once, breadth
// first, it finds how many hops there must be and who can lie on a path of so many;
// through those it then leads labels from the start to the goals, which is where
// claims are chosen and paths compared.
//
// Time goes with it: what is known of an entity after so many hops is the earliest
// day on which one can be there, and seen from the goals the latest on which one must
// leave. A path without time is one on which every day is the same. Turned round in
// time (every day d for ^d), the search from the goals is that from the starts.

// What an entity is to a search.
const (
	isEnd    = 1 << iota // a start or a goal, so not in between
	isGoal               //
	isOut                // to be avoided
	isBehind             // on the prefix
	isBegin              // where the paths of this part go on from
)

// kit is what a search writes on, of the size of the web.
type kit struct {
	role          []uint8 // by entity
	ahead, behind front   // of the search from the starts and from the goals
	known, left   calendar
}

func (w *Web) kit() *kit {
	k, ok := w.kits.Get().(*kit)
	if !ok {
		n := len(w.ids)
		k = &kit{role: make([]uint8, n), ahead: newFront(n, isGoal), behind: newFront(n, isBegin), known: newCalendar(n), left: newCalendar(n)}
		k.behind.turned = true
	}
	clear(k.role)
	return k
}

// reached is an entity and a day.
type reached struct{ n, day int32 }

// calendar has a day for some entities.
type calendar struct {
	day []int32
	has []bool
}

func newCalendar(n int) calendar { return calendar{make([]int32, n), make([]bool, n)} }

func (s *calendar) put(list []reached) {
	for _, r := range list {
		s.day[r.n], s.has[r.n] = r.day, true
	}
}

func (s *calendar) clear(list []reached) {
	for _, r := range list {
		s.has[r.n] = false
	}
}

// front is one side of a search.
type front struct {
	turned bool  // from the goals, with time turned round
	target uint8 // the role of what the other side begins with
	day    []int32
	layer  []int32 // by entity: the last layer that reached it sooner, plus one; 0 where none did
	layers [][]reached
	width  int // edges that go out from the last layer
	seen   []int32
}

func newFront(n int, target uint8) front {
	return front{target: target, day: make([]int32, n), layer: make([]int32, n)}
}

func (f *front) newest() []reached { return f.layers[len(f.layers)-1] }

func (f *front) clear() {
	for _, n := range f.seen {
		f.layer[n] = 0
	}
	f.seen, f.layers = f.seen[:0], f.layers[:0]
}

// reach notes that one can be at n on a day, after the hops of the layer that is
// being made; isNew says that this layer has not noted n before.
func (f *front) reach(n, day int32) (isNew bool) {
	layer := int32(len(f.layers)) + 1
	switch was := f.layer[n]; {
	case was == 0:
		f.seen = append(f.seen, n)
	case f.day[n] <= day:
		return false
	case was == layer:
		f.day[n] = day
		return false
	}
	f.day[n], f.layer[n] = day, layer
	return true
}

// add closes the layer that is being made.
func (f *front) add(w *Web, list []int32) {
	layer := make([]reached, len(list))
	f.width = 0
	for i, n := range list {
		layer[i] = reached{n, f.day[n]}
		f.width += int(w.start[n+1] - w.start[n])
	}
	f.layers = append(f.layers, layer)
}

// meets reports whether the newest layer meets what the other side has reached.
func (f *front) meets(other *front) bool {
	return slices.ContainsFunc(f.newest(), func(r reached) bool { return other.layer[r.n] != 0 && r.day <= ^other.day[r.n] })
}

// isInner reports whether an entity may lie between the ends.
func (s *search) isInner(n int32) bool {
	return s.role[n] == 0 && (s.kinds == nil || slices.Contains(s.through, s.kinds[n]))
}

// days returns the days of a claim as they are cut, for a search that is turned
// those of turned time.
func (s *search) days(e *Edge, turned bool) (first, last int32) {
	if !s.timed {
		return math.MinInt32, math.MaxInt32
	}
	first, last = max(e.First, s.first), min(e.Last, s.last)
	if turned {
		return ^last, ^first
	}
	return first, last
}

// grow takes one side a hop further.
func (s *search) grow(f *front) {
	var list []int32
	for _, r := range f.newest() {
		if len(f.layers) > 1 && !s.isInner(r.n) {
			continue
		}
		edges := s.web.Edges(r.n)
		for i := range edges {
			e := &edges[i]
			if f.layer[e.To] != 0 && f.day[e.To] <= r.day || !s.usable(e) {
				continue
			}
			first, last := s.days(e, f.turned)
			if day := max(first, r.day); day <= last && s.mayGo(f, r.n, e.To) && f.reach(e.To, day) {
				list = append(list, e.To)
			}
		}
	}
	f.add(s.web, list)
}

// mayGo reports whether one side may go on from an entity to another.
func (s *search) mayGo(f *front, from, to int32) bool {
	if f.turned && s.isBanned(to, from) || !f.turned && s.isBanned(from, to) {
		return false
	}
	return s.role[to]&f.target != 0 || s.isInner(to)
}

// hopsLeft returns how many hops may follow the prefix.
func (s *search) hopsLeft() int { return s.maxHops - max(len(s.prefix)-1, 0) }

// best returns the best path of the part, nil where there is none.
func (s *search) best() *found {
	for _, n := range s.begins() {
		s.role[n] |= isBegin
		defer func() { s.role[n] &^= isBegin }()
	}
	if s.earliest {
		defer func(last int32) { s.last = last }(s.last)
		if !s.cutToEarliest() {
			return nil
		}
	}
	defer s.ahead.clear()
	defer s.behind.clear()
	late := s.between()
	if late == nil {
		return nil
	}
	if !s.timed {
		return &found{end: s.lead(anyDay, late)}
	}
	if end := s.lead(certainly, late); end != nil {
		return &found{end: end, certain: true, arrival: end.time}
	}
	end := s.lead(possibly, late)
	return &found{end: end, arrival: end.time}
}

// cutToEarliest cuts all dates to the earliest day of arrival, after which only the
// paths that arrive then are left: those of the fewest hops are the best of them.
func (s *search) cutToEarliest() (ok bool) {
	f := &s.ahead
	defer f.clear()
	s.begin()
	for range s.hopsLeft() {
		if s.grow(f); len(f.newest()) == 0 {
			break
		}
		for _, r := range f.newest() {
			if s.role[r.n]&isGoal != 0 {
				s.last, ok = min(s.last, r.day), true
			}
		}
	}
	return ok
}

// begin puts the side of the starts where the paths of the part go on from.
func (s *search) begin() {
	day := int32(math.MinInt32)
	if l := s.along(possibly); l != nil {
		day = l.time
	}
	starts := s.begins()
	for _, n := range starts {
		s.ahead.reach(n, day)
	}
	s.ahead.add(s.web, starts)
}

// between finds the paths of the fewest hops: after each number of hops the entities
// that may lie on one and the latest day on which one must be there. It searches from
// both ends, from that where fewer claims lie, so that the first meeting is the
// shortest (Pohl, "Bi-directional search", Machine Intelligence 6, 1971). Nil: there is
// no path.
func (s *search) between() [][]reached {
	a, b := &s.ahead, &s.behind
	s.begin()
	for _, n := range s.goals {
		b.reach(n, math.MinInt32)
	}
	b.add(s.web, s.goals)
	for range s.hopsLeft() {
		near, far := a, b
		if b.width < a.width {
			near, far = b, a
		}
		s.grow(near)
		switch {
		case len(near.newest()) == 0:
			return nil
		case near.meets(far):
			return s.late()
		}
	}
	return nil
}

// late puts the two sides together. Since no path has fewer hops, an entity on a path
// was reached on each side by the layer of its number of hops and by none before.
func (s *search) late() [][]reached {
	a, b := &s.ahead, &s.behind
	here := len(a.layers) - 1
	late := make([][]reached, here+len(b.layers))
	for i, layer := range b.layers {
		turned := make([]reached, len(layer))
		for j, r := range layer {
			turned[j] = reached{r.n, ^r.day}
		}
		late[len(late)-1-i] = turned
	}
	late[here] = slices.DeleteFunc(late[here], func(r reached) bool { return a.layer[r.n] == 0 || a.day[r.n] > r.day })
	for i := here - 1; i >= 0; i-- {
		late[i] = s.before(a.layers[i], late[i+1])
	}
	return late
}

// before returns those of a layer from which one gets to next in time.
func (s *search) before(layer, next []reached) (list []reached) {
	s.known.put(layer)
	for _, r := range next {
		edges := s.web.Edges(r.n)
		for i := range edges {
			e := &edges[i]
			if !s.known.has[e.To] || s.isBanned(e.To, r.n) || !s.usable(e) {
				continue
			}
			first, last := s.days(e, false)
			day := min(last, r.day)
			if day < max(first, s.known.day[e.To]) {
				continue
			}
			if !s.left.has[e.To] {
				list = append(list, reached{e.To, day})
				s.left.put(list[len(list)-1:])
			}
			s.left.day[e.To] = max(s.left.day[e.To], day)
		}
	}
	for i, r := range list {
		list[i].day = s.left.day[r.n]
	}
	s.left.clear(list)
	s.known.clear(layer)
	return list
}
