package queries

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

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
	// Reports counts the independent reports (see [graph.Independent]) behind all claims
	// of the two that a path may walk.
	Reports int `json:"reports"`
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
	// Order and Arrival are those of a route in order of time. Arrival is the first day,
	// in EDTF, on which the last hop may lie if it lies after all others; "" where its
	// claims have no known start.
	Order   Order  `json:"order,omitempty"`
	Arrival string `json:"arrival,omitempty"`
}

// Path returns the best path between two entities over event claims: the shortest, of
// several that of whose hops the most independent reports tell ([graph.Graph.Trails]
// has the whole order). Any entity can lie on it, an agreement or a place too, and one
// that is local to its report. Of the options K and All are not looked at.
//
// What has occurred or is ongoing comes first: only where that leads nowhere are
// claims of every status walked. Within each of the two, a state is tried by
// itself first and then together with its officials.
func Path(ctx context.Context, g *graph.Graph, a, b entente.EntityID, o PathOptions) (Route, error) {
	o.K, o.All = 1, false
	none, routes, err := o.routes(ctx, g, a, b)
	if err != nil || len(routes) == 0 {
		return none, err
	}
	return routes[0], nil
}

// Paths returns several routes between two entities, the best first: one by default,
// K or all the shortest where the options say so; none where there is no path, or both
// are one. [Path] says what may lie on one: the first kind of claims and ends that
// leads there gives all of them.
func Paths(ctx context.Context, g *graph.Graph, a, b entente.EntityID, o PathOptions) ([]Route, error) {
	_, routes, err := o.routes(ctx, g, a, b)
	return routes, err
}

// routes also returns the route that says that there is none.
func (o PathOptions) routes(ctx context.Context, g *graph.Graph, a, b entente.EntityID) (none Route, routes []Route, err error) {
	var ends [2]entente.Entity
	for i, id := range []entente.EntityID{a, b} {
		if ends[i], err = g.Entity(ctx, id); err != nil {
			return none, nil, err
		}
	}
	none = Route{From: entente.NewActor(ends[0]), To: entente.NewActor(ends[1]), Hops: []Hop{}}
	query, err := o.query(ctx, g, ends)
	if err != nil || ends[0].ID == ends[1].ID {
		return none, nil, err
	}
	starts, goals, err := pathEnds(ctx, g, ends, o)
	if err != nil {
		return none, nil, err
	}
	for range maxTries {
		trails, err := search(ctx, g, &query, starts, goals)
		if err == nil {
			routes, err = spellOut(ctx, g, query, none, trails)
		}
		if err != errMoved {
			return none, routes, err
		}
	}
	return none, nil, errMoved
}

// maxTries is how often a path is looked for while the graph changes under it.
const maxTries = 10

// errMoved says that a hop that the web has is none of the graph's, which was changed
// meanwhile, or is damaged.
var errMoved = errors.New("the graph changed while a path was looked for; try again, or run check")

// query puts the options to the graph, without ends and statuses.
func (o PathOptions) query(ctx context.Context, g *graph.Graph, ends [2]entente.Entity) (graph.PathQuery, error) {
	q := graph.PathQuery{
		MaxHops: o.MaxHops, Relations: o.relations(), Since: o.Since, Until: o.Until, Through: o.Through,
		InOrder: o.InOrder || o.Earliest, Earliest: o.Earliest, K: o.K, All: o.All,
	}
	if q.MaxHops <= 0 {
		q.MaxHops = 6
	}
	if q.Relations != nil && len(q.Relations) == 0 {
		return q, errors.New("no relation is left to walk")
	}
	for _, d := range []entente.Date{o.Since, o.Until} {
		if _, err := entente.ParseDate(d.EDTF); err != nil && !d.IsZero() {
			return q, err
		}
	}
	for _, id := range o.Avoid {
		e, err := g.Entity(ctx, id)
		if err != nil {
			return q, err
		}
		if e.ID == ends[0].ID || e.ID == ends[1].ID {
			return q, fmt.Errorf("%s is an end of the path and cannot be avoided", e.Name)
		}
		q.Avoid = append(q.Avoid, e.ID)
	}
	return q, nil
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

// search looks for paths over what has occurred or is ongoing first, then over claims
// of every status, as the query then says; each between the ends in their order.
func search(ctx context.Context, g *graph.Graph, q *graph.PathQuery, starts, goals [][]entente.EntityID) ([]graph.Trail, error) {
	for _, q.Statuses = range [][]entente.Status{{entente.Occurred, entente.Ongoing}, nil} {
		for i := range starts {
			q.Starts, q.Goals = starts[i], goals[i]
			trails, err := g.Trails(ctx, *q)
			if err != nil || len(trails) > 0 {
				return trails, err
			}
		}
	}
	return nil, nil
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
	withFrom, withTo := crew.with(from, officials), crew.with(to, officials)
	return append(starts, apart(withFrom, withTo, ends[0].ID)), append(goals, apart(withTo, withFrom, ends[1].ID)), nil
}

// apart returns the ids that are not among those of the other side, and own.
func apart(ids, other []entente.EntityID, own entente.EntityID) []entente.EntityID {
	return slices.DeleteFunc(slices.Clone(ids), func(id entente.EntityID) bool { return id != own && slices.Contains(other, id) })
}

// spellOut makes routes of trails.
func spellOut(ctx context.Context, g *graph.Graph, q graph.PathQuery, none Route, trails []graph.Trail) ([]Route, error) {
	s := speller{g: g, timed: q.InOrder, query: graph.Query{Relations: q.Relations, Statuses: q.Statuses, Since: q.Since, Until: q.Until}}
	s.told = map[[2]entente.EntityID][]Group{}
	var routes []Route
	for _, t := range trails {
		route := none
		route.AnyStatus = q.Statuses == nil
		if s.timed {
			route.Order, route.Arrival = orderOf(t), arrivalOf(t)
		}
		route.Hops = nil
		for i := range t.Hops {
			hop, err := s.hop(ctx, t, i)
			if err != nil {
				return nil, err
			}
			route.Hops = append(route.Hops, hop)
		}
		routes = append(routes, route)
	}
	return routes, nil
}

func orderOf(t graph.Trail) Order {
	if t.Certain {
		return CertainOrder
	}
	return PossibleOrder
}

func arrivalOf(t graph.Trail) string {
	if t.Arrival == math.MinInt32 {
		return ""
	}
	const seconds = 24 * 60 * 60
	return entente.NewDay(time.Unix(int64(t.Arrival)*seconds, 0)).EDTF
}

// speller finds the claims of hops, those of two entities once.
type speller struct {
	g     *graph.Graph
	query graph.Query // what a path may walk
	timed bool
	told  map[[2]entente.EntityID][]Group
}

// hop spells out the ith hop of a trail.
func (s *speller) hop(ctx context.Context, t graph.Trail, i int) (Hop, error) {
	from, to := t.Entities[i], t.Entities[i+1]
	claims, err := s.claims(ctx, from, to)
	if err != nil {
		return Hop{}, err
	}
	if s.timed {
		claims = chosen(claims, t.Hops[i])
	}
	if len(claims) == 0 {
		return Hop{}, errMoved
	}
	hop := Hop{From: claims[0].Subject, To: claims[0].Object, Claims: claims, Reports: t.Hops[i].Reports}
	if hop.From.ID != from {
		hop.From, hop.To = hop.To, hop.From
	}
	return hop, nil
}

// claims returns the claims that join two entities, those that tell most first.
func (s *speller) claims(ctx context.Context, from, to entente.EntityID) ([]Group, error) {
	key := [2]entente.EntityID{min(from, to), max(from, to)}
	if groups, ok := s.told[key]; ok {
		return groups, nil
	}
	s.query.Between = [2][]entente.EntityID{{from}, {to}}
	records, err := collect(s.g.Claims(ctx, s.query))
	if err != nil {
		return nil, err
	}
	records = slices.DeleteFunc(records, func(r entente.Record) bool { return !r.Relation.IsEvent() })
	groups := GroupRecords(records)
	slices.SortStableFunc(groups, func(x, y Group) int { return y.Tellings() - x.Tellings() })
	s.told[key] = groups
	return groups, Corroborate(ctx, s.g, groups)
}

// chosen returns the first of groups that has a record with the days of a hop, with
// that record first: another that tells the same event may give another date.
func chosen(groups []Group, hop graph.TrailHop) []Group {
	for _, g := range groups {
		records := g.Records()
		for i, r := range records {
			if first, last := graph.Days(dateOf(r)); r.Date != "" && first == hop.First && last == hop.Last {
				g.Record, g.Others = r, slices.Delete(records, i, i+1)
				return []Group{g}
			}
		}
	}
	return nil
}
