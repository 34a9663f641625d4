package graph

import (
	"cmp"
	"context"
	"slices"

	entente "github.com/entente-kg/entente"
)

// PathQuery asks for paths over event claims, each of which is walked in either
// direction. The zero value of a field does not narrow the search, but for Starts,
// Goals and MaxHops.
type PathQuery struct {
	Starts, Goals []entente.EntityID // a path leads from one of these to one of those and passes through none of them
	MaxHops       int

	Relations    []entente.Relation // as in Query
	Statuses     []entente.Status
	Since, Until entente.Date
	Avoid        []entente.EntityID // are not on the path
	Through      []entente.Kind     // of the entities between the ends

	InOrder  bool // no hop lies before the one before it; claims without a date are not walked
	Earliest bool // the earliest arrival first, not the fewest hops; only with InOrder

	K   int  // at most so many paths; 0 is one, or with All any number
	All bool // only those that are as short as the first, and with Earliest arrive as early
}

// Trail is a path: the entities on it, and what is known of each hop.
type Trail struct {
	Entities []entente.EntityID
	Hops     []TrailHop
	// In order of time: Certain says that it is in order whatever days the dates mean,
	// Arrival is the first day on which the last hop can lie after all others, the least
	// number where that has no known start.
	Certain bool
	Arrival int32
}

// TrailHop is what is known of one hop of a trail.
type TrailHop struct {
	// Reports counts the independent reports (see [Independent]) of all claims between
	// the two that the path may walk.
	Reports int
	// First and Last are the days of the claim that was chosen, as in Edge; only in order
	// of time.
	First, Last int32
}

// Trails returns the best paths that a query asks for, the best first; none where
// there is no path.
//
// A path with fewer hops is better; in order of time, of those with as many a certain
// one before one that is only possible, then the one that arrives first. (With
// Earliest: first who arrives first, then hops, then certain.) Then those whose hops
// are told by more independent reports, the weakest hop of each compared first, then
// the next; then likewise by the confidence of the surest claim of each hop; then
// those whose entities come first by ID.
//
// A path in order of time is possible if a day can be chosen within the date of one
// claim of each hop, none before the day of the hop before. Dates that Since and Until
// cut are taken as cut, but for what is certain.
func (g *Graph) Trails(ctx context.Context, q PathQuery) ([]Trail, error) {
	web, err := g.Web(ctx)
	if err != nil {
		return nil, err
	}
	s, err := newSearch(ctx, g, web, q)
	defer s.close()
	if err != nil {
		return nil, err
	}
	found, err := s.paths(q.K, q.All)
	if err != nil {
		return nil, err
	}
	trails := make([]Trail, len(found))
	for i, p := range found {
		if trails[i], err = s.trail(p); err != nil {
			return nil, err
		}
	}
	return trails, nil
}

// search is one search for paths.
type search struct {
	*kit
	ctx           context.Context
	graph         *Graph
	view          *view // nil until something is read
	web           *Web
	starts, goals []int32
	maxHops       int
	usable        func(*Edge) bool
	kinds         []entente.Kind // by entity; nil where any will do
	through       []entente.Kind
	timed         bool
	earliest      bool
	first, last   int32 // the days to which dates are cut

	// The part of the paths that is looked at, see paths.
	prefix []int32
	banned []int32

	ratings map[[2]int32]rating
	told    []Telling // of the hop that is being rated
	err     error
}

func newSearch(ctx context.Context, g *Graph, web *Web, q PathQuery) (*search, error) {
	s := &search{
		ctx: ctx, graph: g, web: web, kit: web.kit(), maxHops: q.MaxHops, through: q.Through,
		starts: web.numbers(q.Starts, q.Avoid), goals: web.numbers(q.Goals, q.Avoid),
		timed: q.InOrder || q.Earliest, earliest: q.Earliest,
		ratings: make(map[[2]int32]rating),
	}
	s.first, _ = Days(q.Since)
	_, s.last = Days(q.Until)
	says, first, last := web.Where(q.Relations, q.Statuses), s.first, s.last
	dated := s.timed || !q.Since.IsZero() || !q.Until.IsZero()
	s.usable = func(e *Edge) bool {
		return says(e) && (!dated || e.Dated && e.Last >= first && e.First <= last)
	}
	for _, n := range web.numbers(q.Avoid, nil) {
		s.role[n] |= isOut
	}
	for _, n := range s.starts {
		s.role[n] |= isEnd
	}
	for _, n := range s.goals {
		s.role[n] |= isEnd | isGoal
	}
	var err error
	if len(q.Through) > 0 {
		s.kinds, err = s.reading().kindsOf(web)
	}
	return s, err
}

// reading returns the graph to read from.
func (s *search) reading() *view {
	if s.view == nil {
		s.view = s.graph.view(s.ctx)
	}
	return s.view
}

func (s *search) close() {
	if s.view != nil {
		s.view.close()
	}
	s.web.kits.Put(s.kit)
}

// numbers returns the numbers of those of ids that the web has and that are not to be
// avoided.
func (w *Web) numbers(ids, avoid []entente.EntityID) (list []int32) {
	for _, id := range ids {
		if n, ok := w.Number(id); ok && !slices.Contains(avoid, id) {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// trail spells a path out.
func (s *search) trail(p *found) (Trail, error) {
	t := Trail{Certain: p.certain, Arrival: p.arrival}
	l := p.end
	for ; l.prev != nil; l = l.prev {
		t.Entities = append(t.Entities, s.web.ID(l.n))
		hop := TrailHop{Reports: s.rate(l.prev.n, l.n).reports}
		if s.timed {
			hop.First, hop.Last = l.edge.First, l.edge.Last
		}
		t.Hops = append(t.Hops, hop)
	}
	t.Entities = append(t.Entities, s.web.ID(l.n))
	slices.Reverse(t.Entities)
	slices.Reverse(t.Hops)
	return t, s.err
}

// found is the best of a part of the paths.
type found struct {
	end     *label
	certain bool
	arrival int32

	fixed  int // so many entities are those of the part's prefix
	banned []int32
}

// compare orders paths, the best first.
func (s *search) compare(a, b *found) int {
	hops, arrival := a.end.hops-b.end.hops, cmp.Compare(a.arrival, b.arrival)
	certain := rank(b.certain) - rank(a.certain)
	switch {
	case hops == 0 && certain == 0 && arrival == 0:
		return s.compareRank(a.end, b.end)
	case s.earliest:
		return cmp.Or(arrival, hops, certain)
	}
	return cmp.Or(hops, certain, arrival)
}
