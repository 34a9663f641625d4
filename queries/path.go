package queries

import (
	"context"
	"errors"
	"math"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// PathOptions say which paths to look for. The zero value asks for the shortest of
// at most six hops over any event relation.
type PathOptions struct {
	MaxHops int // 0 = 6

	// K is how many routes [Paths] returns at most, the best first, however long; 0 is
	// one. All returns every route of the least number of hops instead, of those at
	// most K where K is given.
	K   int
	All bool

	// InOrder asks for routes in order of time from the first end to the second: no hop
	// before the one before it. Earliest asks for the earliest arrival rather than the
	// fewest hops, and implies InOrder.
	InOrder  bool
	Earliest bool

	Relations        []entente.Relation // nil = every event relation
	WithoutRelations []entente.Relation // none of these
	Since            entente.Date       // zero = any time; as in graph.Query
	Until            entente.Date
	Avoid            []entente.EntityID // none of these lies on the route
	Through          []entente.Kind     // of whatever lies between the two; nil = any
	NoOfficials      bool               // a state is not replaced by its officials when it has no path itself
}

// A Hop goes from one entity to the next over the claims that join them, in
// either direction, those that tell most first.
type Hop struct {
	From   entente.Actor `json:"from"`
	To     entente.Actor `json:"to"`
	Claims []Group       `json:"claims"` // in order of time only the one that was chosen
}

// Order says how sure it is that a route is in order of time. A date known to the
// month may stand anywhere in it.
type Order string

// The orders of a route.
const (
	CertainOrder  Order = "certain"  // whatever days the dates mean: each hop ends before or on the day that the next begins
	PossibleOrder Order = "possible" // days can be chosen within the dates that do not go back
)

// A Route connects two entities. No hops: there is no path, or both are one.
type Route struct {
	From entente.Actor `json:"from"` // as asked; with officials the first hop may start at one of its officials
	To   entente.Actor `json:"to"`
	Hops []Hop         `json:"hops"`
	// AnyStatus says that no path leads over what has occurred or is ongoing: one
	// of the hops rests on what is planned, denied or called off.
	AnyStatus bool `json:"any_status,omitempty"`
	// Order and Arrival are those of a route in order of time: Arrival is the first day,
	// in EDTF, on which the last hop may lie after all others; "" where its claims have
	// no known start.
	Order   Order  `json:"order,omitempty"`
	Arrival string `json:"arrival,omitempty"`
}

// Paths returns several routes between two entities, the best first: by default one,
// K or all shortest where the options say so; none where there is no path. [Path] says
// what may lie on one.
func Paths(ctx context.Context, g *graph.Graph, a, b entente.EntityID, o PathOptions) ([]Route, error) {
	if o.K > 1 || o.All {
		return nil, errors.New("several paths: not there yet")
	}
	route, err := Path(ctx, g, a, b, o)
	if err != nil || len(route.Hops) == 0 {
		return nil, err
	}
	return []Route{route}, nil
}

// Path returns a shortest path between two entities over event claims. Any
// entity can lie on it, an agreement or a place too, and one that is local to
// its report.
//
// What has occurred or is ongoing comes first: only where that leads nowhere are
// claims of every status walked. Within each of the two, a state is tried by
// itself first and then together with its officials. Of several shortest paths
// the one is taken whose entities come first by ID (see [graph.Web.ShortestPath]),
// so the same graph gives the same path.
func Path(ctx context.Context, g *graph.Graph, a, b entente.EntityID, o PathOptions) (Route, error) {
	var ends [2]entente.Entity
	for i, id := range []entente.EntityID{a, b} {
		e, err := g.Entity(ctx, id)
		if err != nil {
			return Route{}, err
		}
		ends[i] = e
	}
	if o.InOrder || o.Earliest || len(o.Through) > 0 {
		return Route{}, errors.New("paths in order of time and through kinds: not there yet")
	}
	route := Route{From: entente.NewActor(ends[0]), To: entente.NewActor(ends[1]), Hops: []Hop{}}
	if ends[0].ID == ends[1].ID {
		return route, nil
	}
	starts, goals, err := pathEnds(ctx, g, ends, o)
	if err != nil {
		return route, err
	}
	for _, d := range []entente.Date{o.Since, o.Until} {
		if _, err := entente.ParseDate(d.EDTF); err != nil && !d.IsZero() {
			return route, err
		}
	}
	for range maxTries {
		ids, real, err := o.search(ctx, g, starts, goals)
		if err != nil || ids == nil {
			return route, err
		}
		list, err := hops(ctx, g, ids, o.walked(real))
		if err == errMoved {
			continue
		}
		if err == nil {
			route.AnyStatus, route.Hops = !real, list
		}
		return route, err
	}
	return route, errMoved
}

// maxTries is how often a path is looked for while the graph changes under it.
const maxTries = 10

// errMoved says that a hop that the web has is none of the graph's, which was changed
// meanwhile, or is damaged.
var errMoved = errors.New("the graph changed while a path was looked for; try again, or run check")

// search returns the entities of a path, nil where there is none, and whether it
// leads over what has occurred or is ongoing.
func (o PathOptions) search(ctx context.Context, g *graph.Graph, starts, goals [][]entente.EntityID) (ids []entente.EntityID, real bool, err error) {
	web, err := g.Web(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, real := range []bool{true, false} {
		usable := o.usable(web, real)
		for i := range starts {
			path := web.ShortestPath(numbers(web, starts[i]), numbers(web, goals[i]), o.maxHops(), usable)
			if len(path) > 1 {
				return idsOf(web, path), real, nil
			}
		}
	}
	return nil, false, nil
}

// numbers returns the entities' numbers in the web, of those that it has.
func numbers(web *graph.Web, ids []entente.EntityID) (list []int32) {
	for _, id := range ids {
		if n, ok := web.Number(id); ok {
			list = append(list, n)
		}
	}
	return list
}

func idsOf(web *graph.Web, list []int32) []entente.EntityID {
	ids := make([]entente.EntityID, len(list))
	for i, n := range list {
		ids[i] = web.ID(n)
	}
	return ids
}

func (o PathOptions) maxHops() int {
	if o.MaxHops <= 0 {
		return 6
	}
	return o.MaxHops
}

// pathEnds returns the sets of entities to start from and to arrive at, in the
// order in which to try them.
func pathEnds(ctx context.Context, g *graph.Graph, ends [2]entente.Entity, o PathOptions) (starts, goals [][]entente.EntityID, err error) {
	from, to := []entente.EntityID{ends[0].ID}, []entente.EntityID{ends[1].ID}
	starts, goals = [][]entente.EntityID{from}, [][]entente.EntityID{to}
	if o.NoOfficials || ends[0].Kind != entente.State && ends[1].Kind != entente.State {
		return starts, goals, nil
	}
	crew, err := newCrew(ctx, g, slices.Concat(from, to))
	if err != nil {
		return nil, nil, err
	}
	from, to = crew.with(from, officials), crew.with(to, officials)
	shared := func(id entente.EntityID) bool { return slices.Contains(from, id) && slices.Contains(to, id) }
	from, to = slices.DeleteFunc(slices.Clone(from), shared), slices.DeleteFunc(slices.Clone(to), shared)
	return append(starts, from), append(goals, to), nil
}

// walked asks for the claims that a path may walk; real ones have occurred or are
// ongoing.
func (o PathOptions) walked(real bool) graph.Query {
	q := graph.Query{Relations: o.relations(), Since: o.Since, Until: o.Until}
	if real {
		q.Statuses = []entente.Status{entente.Occurred, entente.Ongoing}
	}
	return q
}

// relations lists the relations that a path may walk, nil for all.
func (o PathOptions) relations() []entente.Relation {
	if len(o.WithoutRelations) == 0 {
		return o.Relations
	}
	wanted := o.Relations
	if len(wanted) == 0 {
		for _, a := range entente.Relations {
			wanted = append(wanted, a.Relation)
		}
	}
	return slices.DeleteFunc(slices.Clone(wanted), func(r entente.Relation) bool { return slices.Contains(o.WithoutRelations, r) })
}

// usable returns what tells whether a path may take an edge: that of a claim that
// walked asks for.
func (o PathOptions) usable(web *graph.Web, real bool) func(*graph.Edge) bool {
	q := o.walked(real)
	timed := !q.Since.IsZero() || !q.Until.IsZero()
	first, last := int32(math.MinInt32), int32(math.MaxInt32)
	if t := q.Since.Earliest(); !t.IsZero() {
		first = graph.Day(t)
	}
	if t := q.Until.Latest(); !t.IsZero() {
		last = graph.Day(t)
	}
	says := web.Where(q.Relations, q.Statuses)
	avoid := numbers(web, o.Avoid)
	return func(e *graph.Edge) bool {
		return says(e) && !slices.Contains(avoid, e.To) && (!timed || e.Dated && e.Last >= first && e.First <= last)
	}
}

// hops spells out a path with the claims of each hop.
func hops(ctx context.Context, g *graph.Graph, ids []entente.EntityID, walked graph.Query) ([]Hop, error) {
	var hops []Hop
	for i, id := range ids[:len(ids)-1] {
		walked.Between = [2][]entente.EntityID{{id}, {ids[i+1]}}
		records, err := collect(g.Claims(ctx, walked))
		if err != nil {
			return nil, err
		}
		records = slices.DeleteFunc(records, func(r entente.Record) bool { return !r.Relation.IsEvent() })
		if len(records) == 0 {
			return nil, errMoved
		}
		hop := Hop{Claims: GroupRecords(records)}
		slices.SortStableFunc(hop.Claims, func(x, y Group) int { return y.Tellings() - x.Tellings() })
		hop.From, hop.To = hop.Claims[0].Subject, hop.Claims[0].Object
		if hop.From.ID != id {
			hop.From, hop.To = hop.To, hop.From
		}
		hops = append(hops, hop)
	}
	return hops, nil
}
