package queries

import (
	"context"
	"maps"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// PathOptions narrow a search for a path. The zero value looks for up to six
// hops over any event relation.
type PathOptions struct {
	MaxHops     int                // 0 = 6
	Relations   []entente.Relation // nil = every event relation
	Since       entente.Date       // zero = any time; as in graph.Query
	Until       entente.Date
	NoOfficials bool // a state is not replaced by its officials when it has no path itself
}

// A Hop goes from one entity to the next over the claims that join them, in
// either direction, those that tell most first.
type Hop struct {
	From   entente.Actor `json:"from"`
	To     entente.Actor `json:"to"`
	Claims []Group       `json:"claims"`
}

// A Route connects two entities. No hops: there is no path, or both are one.
type Route struct {
	From entente.Actor `json:"from"` // as asked; with officials the first hop may start at one of its officials
	To   entente.Actor `json:"to"`
	Hops []Hop         `json:"hops"`
	// AnyStatus says that no path leads over what has occurred or is ongoing: one
	// of the hops rests on what is planned, denied or called off.
	AnyStatus bool `json:"any_status,omitempty"`
}

// Path returns a shortest path between two entities over event claims. Any
// entity can lie on it, an agreement or a place too, and one that is local to
// its report.
//
// What has occurred or is ongoing comes first: only where that leads nowhere are
// claims of every status walked. Within each of the two, a state is tried by
// itself first and then together with its officials. Of several shortest paths
// the one is taken whose entities come first by ID, seen from the side that
// meets, so the same graph gives the same path.
func Path(ctx context.Context, g *graph.Graph, a, b entente.EntityID, o PathOptions) (Route, error) {
	var ends [2]entente.Entity
	for i, id := range []entente.EntityID{a, b} {
		e, err := g.Entity(ctx, id)
		if err != nil {
			return Route{}, err
		}
		ends[i] = e
	}
	route := Route{From: entente.NewActor(ends[0]), To: entente.NewActor(ends[1]), Hops: []Hop{}}
	if ends[0].ID == ends[1].ID {
		return route, nil
	}
	starts, goals, err := pathEnds(ctx, g, ends, o)
	if err != nil {
		return route, err
	}
	for _, real := range []bool{true, false} {
		w := walker{next: func(id entente.EntityID) ([]entente.Record, error) { return around(ctx, g, id, o, real) }}
		for i := range starts {
			ids, err := w.shortest(starts[i], goals[i], o.maxHops())
			if err != nil {
				return route, err
			}
			if len(ids) > 1 {
				route.AnyStatus = !real
				route.Hops, err = w.hops(ids)
				return route, err
			}
		}
	}
	return route, nil
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

// around returns the claims that a path may walk from an entity: real ones have
// occurred or are ongoing.
func around(ctx context.Context, g *graph.Graph, id entente.EntityID, o PathOptions, real bool) ([]entente.Record, error) {
	var walkable []entente.Record
	timed, span := !o.Since.IsZero() || !o.Until.IsZero(), window(o.Since, o.Until)
	for r, err := range g.Around(ctx, id) {
		switch {
		case err != nil:
			return nil, err
		case !r.Relation.IsEvent(), r.Subject.ID == r.Object.ID:
		case r.Subject.ID != id && r.Object.ID != id:
		case real && r.Status != entente.Occurred && r.Status != entente.Ongoing:
		case len(o.Relations) > 0 && !slices.Contains(o.Relations, r.Relation):
		case timed && !dateOf(r).Overlaps(span):
		default:
			walkable = append(walkable, r)
		}
	}
	return walkable, nil
}

// walker searches breadth first from both ends, and remembers the claims around
// each entity that it has seen.
type walker struct {
	next func(entente.EntityID) ([]entente.Record, error)
	seen map[entente.EntityID][]entente.Record
}

// claims returns the claims around an entity.
func (w *walker) claims(id entente.EntityID) ([]entente.Record, error) {
	if records, ok := w.seen[id]; ok {
		return records, nil
	}
	records, err := w.next(id)
	if err != nil {
		return nil, err
	}
	if w.seen == nil {
		w.seen = map[entente.EntityID][]entente.Record{}
	}
	w.seen[id] = records
	return records, nil
}

// other returns the actor of r that is not id.
func other(r entente.Record, id entente.EntityID) entente.Actor {
	if r.Subject.ID == id {
		return r.Object
	}
	return r.Subject
}

// front is one side of the search: every entity reached, and whence.
type front struct {
	from  map[entente.EntityID]entente.EntityID // "" at a start
	level []entente.EntityID                    // reached last, sorted
}

func newFront(starts []entente.EntityID) *front {
	f := &front{from: map[entente.EntityID]entente.EntityID{}, level: slices.Sorted(slices.Values(starts))}
	for _, id := range starts {
		f.from[id] = ""
	}
	return f
}

// shortest returns the entities of a shortest path from one of starts to one of
// goals, nil where none has at most maxHops hops. The smaller side takes a whole
// level at a time, so the first meeting is the shortest.
func (w *walker) shortest(starts, goals []entente.EntityID, maxHops int) ([]entente.EntityID, error) {
	a, b := newFront(starts), newFront(goals)
	for range maxHops {
		near, far := a, b
		if len(b.level) < len(a.level) {
			near, far = b, a
		}
		if len(near.level) == 0 {
			return nil, nil
		}
		meeting, err := w.grow(near, far)
		if err != nil {
			return nil, err
		}
		if meeting != "" {
			return joined(a, b, meeting), nil
		}
	}
	return nil, nil
}

// grow takes near one level further and returns the first entity by ID where it
// meets far, "" for none.
func (w *walker) grow(near, far *front) (entente.EntityID, error) {
	reached := map[entente.EntityID]bool{}
	for _, id := range near.level {
		records, err := w.claims(id)
		if err != nil {
			return "", err
		}
		for _, r := range records {
			to := other(r, id).ID
			if _, known := near.from[to]; !known {
				near.from[to] = id
				reached[to] = true
			}
		}
	}
	near.level = slices.Sorted(maps.Keys(reached))
	for _, id := range near.level {
		if _, met := far.from[id]; met {
			return id, nil
		}
	}
	return "", nil
}

// joined returns the path from a's start over the meeting to b's.
func joined(a, b *front, meeting entente.EntityID) []entente.EntityID {
	var path []entente.EntityID
	for id := meeting; id != ""; id = a.from[id] {
		path = append(path, id)
	}
	slices.Reverse(path)
	for id := b.from[meeting]; id != ""; id = b.from[id] {
		path = append(path, id)
	}
	return path
}

// hops spells out a path with the claims of each hop.
func (w *walker) hops(ids []entente.EntityID) ([]Hop, error) {
	var hops []Hop
	for i, id := range ids[:len(ids)-1] {
		records, err := w.claims(id)
		if err != nil {
			return nil, err
		}
		records = slices.DeleteFunc(slices.Clone(records), func(r entente.Record) bool { return other(r, id).ID != ids[i+1] })
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
