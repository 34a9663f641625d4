package graph

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// Web is the event claims of a graph as edges between entities, in memory, for
// searches that take many steps: the edges of an entity stand together (compressed
// sparse rows). Entities have numbers from 0, in order of their IDs; merged ones are
// one. A claim of an entity about itself has no edge. It takes 32 bytes an edge, two
// edges a claim, twice that while it is made, and does not change.
type Web struct {
	ids       []entente.EntityID
	start     []int32 // of the edges of each entity, and one more
	edges     []Edge
	relations []entente.Relation
	statuses  []entente.Status
	kits      sync.Pool // what a search for paths writes on

	reading sync.Mutex // guards what is below, which is read from the graph when a search first needs it
	told    map[pebble.Node]witness
	kinds   []entente.Kind // by entity; nil until then
}

// Edge is a claim seen from one of its actors.
type Edge struct {
	To       int32 // number of the other actor
	Reversed bool  // the other actor is the subject
	Dated    bool
	relation uint8
	status   uint8
	// First and Last are the days, counted from 1970, that the date may mean; the
	// least and the greatest number where an end is open.
	First, Last int32

	claim, report pebble.Node // claim orders those of one day
}

// Web returns the web of the graph as it is now. It is made when first asked for and
// again after a change, which takes about 0.2 µs a claim.
func (g *Graph) Web(ctx context.Context) (*Web, error) {
	g.index.Lock()
	w, epoch := g.web, g.epoch
	g.index.Unlock()
	if w != nil {
		return w, nil
	}
	v := g.view(ctx)
	defer v.close()
	w, err := v.web()
	if err != nil {
		return nil, err
	}
	g.index.Lock()
	defer g.index.Unlock()
	if g.epoch == epoch {
		g.web = w
	}
	return w, nil
}

// Len returns how many entities have an event claim.
func (w *Web) Len() int { return len(w.ids) }

// ID returns the entity with a number.
func (w *Web) ID(n int32) entente.EntityID { return w.ids[n] }

// Number returns the number of an entity; ok is false for one without event claims,
// and for one that was merged into another.
func (w *Web) Number(id entente.EntityID) (n int32, ok bool) {
	i, ok := slices.BinarySearch(w.ids, id)
	return int32(i), ok
}

// Edges returns the claims about an entity, ordered by the other actor, then by
// First, those without a date last. The slice is the web's own.
func (w *Web) Edges(n int32) []Edge { return w.edges[w.start[n]:w.start[n+1]] }

// Relation returns what the claim says.
func (w *Web) Relation(e *Edge) entente.Relation { return w.relations[e.relation] }

// Status returns the status of the claim.
func (w *Web) Status(e *Edge) entente.Status { return w.statuses[e.status] }

// Day returns the number of a day, counted from 1970.
func Day(t time.Time) int32 {
	return int32(math.Floor(float64(t.Unix()) / (24 * 60 * 60)))
}

// Days returns the first and the last day that a date may mean, as in Edge.
func Days(d entente.Date) (first, last int32) {
	first, last = math.MinInt32, math.MaxInt32
	if t := d.Earliest(); !t.IsZero() {
		first = Day(t)
	}
	if t := d.Latest(); !t.IsZero() {
		last = Day(t)
	}
	return first, last
}

// Where returns what tells whether an edge has one of these relations and one of
// these statuses; of an empty list all do. It compares no texts.
func (w *Web) Where(relations []entente.Relation, statuses []entente.Status) func(*Edge) bool {
	relation, status := oneOf(w.relations, relations), oneOf(w.statuses, statuses)
	return func(e *Edge) bool { return status[e.status] && relation[e.relation] }
}

// oneOf says for each of all whether it is wanted.
func oneOf[T comparable](all, wanted []T) []bool {
	is := make([]bool, len(all))
	for i, x := range all {
		is[i] = len(wanted) == 0 || slices.Contains(wanted, x)
	}
	return is
}
