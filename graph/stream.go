package graph

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// Quads lists the quads that a graph has which holds nothing but these readings,
// each of another report: those of a reading as it comes, with its text if no
// earlier one has it, and behind the last reading what the entities share. A
// plain edge that two claims of a report make comes twice. It keeps the names of
// entities and the hashes of texts in memory, nothing else. The error of the
// readings, and one that contradicts itself (as in [Graph.Add]), ends the list.
func Quads(readings iter.Seq2[entente.Reading, error]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		s := &stream{world: theWorld(), forms: make(map[entente.EntityID]form), texts: make(map[entente.TextID]bool)}
		for r, err := range readings {
			var quads []quad.Quad
			if err == nil {
				quads, err = s.of(r)
			}
			if err != nil {
				yield(quad.Quad{}, err)
				return
			}
			if !each(quads, yield) {
				return
			}
		}
		for _, id := range slices.Sorted(maps.Keys(s.forms)) {
			if !each(s.lasting(id), yield) {
				return
			}
		}
	}
}

func each(quads []quad.Quad, yield func(quad.Quad, error) bool) bool {
	for _, q := range quads {
		if !yield(q, nil) {
			return false
		}
	}
	return true
}

// stream is one run of Quads.
type stream struct {
	world *world
	forms map[entente.EntityID]form // the best so far
	texts map[entente.TextID]bool
}

// of returns the quads of a reading.
func (s *stream) of(r entente.Reading) ([]quad.Quad, error) {
	err := validate(r)
	var quads []quad.Quad
	if err == nil {
		quads, err = s.world.quadsOf(r)
	}
	if err != nil {
		return nil, fmt.Errorf("report %s: %w", r.Report.ID, err)
	}
	for _, e := range r.Entities {
		if known, ok := s.forms[e.ID]; !ok || formOf(e).less(known) {
			s.forms[e.ID] = formOf(e)
		}
	}
	if id := r.Report.TextID(); !s.texts[id] {
		s.texts[id] = true
		quads = append(quads, quad.Quad{Subject: textIRI(id), Predicate: kgContent, Object: quad.String(r.Report.Text), Label: fromTexts})
	}
	return quads, nil
}

// lasting returns the quads of an entity that are not a report's.
func (s *stream) lasting(id entente.EntityID) []quad.Quad {
	if known, ok := s.world.byID[id]; ok {
		return formOf(known).quads(id, fromGazetteer)
	}
	return s.forms[id].quads(id, fromEntities)
}
