package queries

import (
	"context"
	"maps"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// crew knows who and what belongs to some states.
type crew struct {
	officials map[entente.EntityID]map[entente.EntityID]bool // by state: persons and organisations
	places    map[entente.EntityID]map[entente.EntityID]bool // by state
	posts     []entente.EntityID                             // what can be held or represented: offices, bodies, the states
}

// What to reckon to a state.
const (
	officials = 1 << iota
	places
)

// newCrew looks for what belongs to those of ids that are states.
func newCrew(ctx context.Context, g *graph.Graph, ids []entente.EntityID) (*crew, error) {
	c := &crew{officials: map[entente.EntityID]map[entente.EntityID]bool{}, places: map[entente.EntityID]map[entente.EntityID]bool{}}
	states := map[string]entente.EntityID{} // by ISO code
	for _, id := range ids {
		e, err := g.Entity(ctx, id)
		if err != nil {
			return nil, err
		}
		if e.Kind == entente.State && c.officials[id] == nil {
			c.officials[id], c.places[id] = map[entente.EntityID]bool{}, map[entente.EntityID]bool{}
			states[e.State] = id
		}
	}
	if len(states) == 0 {
		return c, nil
	}
	delete(states, "") // a state without a code has no officials by code
	if err := c.addByCode(ctx, g, states); err != nil {
		return nil, err
	}
	return c, c.addByClaim(ctx, g, states)
}

// addByCode adds the entities that carry the code of a state.
func (c *crew) addByCode(ctx context.Context, g *graph.Graph, states map[string]entente.EntityID) error {
	for _, code := range slices.Sorted(maps.Keys(states)) {
		for e, err := range g.OfState(ctx, code) {
			if err != nil {
				return err
			}
			switch state := states[code]; e.Kind {
			case entente.Person:
				c.officials[state][e.ID] = true
			case entente.Organisation:
				c.officials[state][e.ID] = true
				c.posts = append(c.posts, e.ID)
			case entente.Office, entente.State:
				c.posts = append(c.posts, e.ID)
			case entente.Place:
				c.places[state][e.ID] = true
			}
		}
	}
	return nil
}

// addByClaim adds those who hold an office of a state or represent it, as far as
// a report tells it and does not deny it.
func (c *crew) addByClaim(ctx context.Context, g *graph.Graph, states map[string]entente.EntityID) error {
	if len(c.posts) == 0 {
		return nil
	}
	posts := graph.Query{Object: c.posts, Relations: []entente.Relation{entente.HoldsOffice, entente.Represents}}
	for r, err := range g.Claims(ctx, posts) {
		if err != nil {
			return err
		}
		state, ok := states[r.Object.State]
		actor := r.Subject.Kind == entente.Person || r.Subject.Kind == entente.Organisation
		if ok && actor && r.Status != entente.Denied {
			c.officials[state][r.Subject.ID] = true
		}
	}
	return nil
}

// with returns ids and, after each state, what belongs to it, sorted. Nil stays
// nil: a question without actors stays one.
func (c *crew) with(ids []entente.EntityID, what int) []entente.EntityID {
	var all []entente.EntityID
	seen := map[entente.EntityID]bool{}
	add := func(more ...entente.EntityID) {
		for _, id := range more {
			if !seen[id] {
				seen[id] = true
				all = append(all, id)
			}
		}
	}
	for _, id := range ids {
		add(id)
		if what&officials != 0 {
			add(slices.Sorted(maps.Keys(c.officials[id]))...)
		}
		if what&places != 0 {
			add(slices.Sorted(maps.Keys(c.places[id]))...)
		}
	}
	return all
}
