package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// Stats counts what a graph holds. Graphs with the same readings and merges have
// the same Stats, however they came about.
type Stats struct {
	Reports    int                      `json:"reports"`
	Texts      int                      `json:"texts"` // different ones
	Claims     int                      `json:"claims"`
	ByRelation map[entente.Relation]int `json:"by_relation,omitempty"`
	ByStatus   map[entente.Status]int   `json:"by_status,omitempty"`
	Entities   int                      `json:"entities"` // that reports name; merged ones count once
	ByKind     map[entente.Kind]int     `json:"by_kind,omitempty"`
	Merges     int                      `json:"merges"`
	Quads      int                      `json:"quads"`
}

// Stats counts.
func (g *Graph) Stats(ctx context.Context) (Stats, error) {
	v := g.view(ctx)
	defer v.close()
	s := Stats{
		ByRelation: make(map[entente.Relation]int), ByStatus: make(map[entente.Status]int), ByKind: make(map[entente.Kind]int),
	}
	err := v.tally(kgText, func(_ quad.Value, n int) { s.Reports += n })
	if err == nil {
		err = v.tally(kgContent, func(_ quad.Value, n int) { s.Texts += n })
	}
	if err == nil {
		err = v.tally(kgRelation, func(o quad.Value, n int) {
			s.Claims += n
			s.ByRelation[entente.Relation(afterPrefix(o, relPrefix))] += n
		})
	}
	if err == nil {
		err = v.tally(kgStatus, func(o quad.Value, n int) { s.ByStatus[entente.Status(quad.ToString(o))] += n })
	}
	if err == nil {
		err = v.countEntities(&s)
	}
	if err != nil {
		return Stats{}, err
	}
	total, err := v.store.Stats(ctx, true)
	s.Quads = int(total.Quads.Size)
	return s, err
}

// tally counts the quads of a predicate by object.
func (v *view) tally(predicate quad.IRI, add func(object quad.Value, n int)) error {
	for o, err := range v.store.Objects(v.ctx, v.ref(predicate)) {
		if err != nil {
			return err
		}
		var object quad.Value
		if predicate != kgContent && predicate != kgText { // texts are long
			if object, err = v.value(o.Object); err != nil {
				return err
			}
		}
		add(object, int(o.Quads))
	}
	return nil
}

func (v *view) countEntities(s *Stats) error {
	groups, err := v.groups()
	if err != nil {
		return err
	}
	for id := range groups {
		e, err := v.entity(id)
		if err != nil {
			return err
		}
		s.Entities++
		s.ByKind[e.Kind]++
	}
	s.Merges = len(v.merges)
	return nil
}
