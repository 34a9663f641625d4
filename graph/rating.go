package graph

import (
	"cmp"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// rating is how well the claims between two entities are attested.
type rating struct {
	reports    int     // independent ones
	confidence float32 // of the surest claim
}

// compareRank orders paths of as many hops by what attests them, the best first; see
// Trails. The order of two paths does not change when both go on in the same way.
func (s *search) compareRank(a, b *label) int {
	switch {
	case a == b:
		return 0
	case a.reports < b.reports && a.reports < s.weakest(b): // which spares reading a
		return 1
	case b.reports < a.reports && b.reports < s.weakest(a):
		return -1
	}
	x, y := s.ratingsOf(a), s.ratingsOf(b)
	byReports := func(a, b rating) int { return cmp.Compare(a.reports, b.reports) }
	byConfidence := func(a, b rating) int { return cmp.Compare(a.confidence, b.confidence) }
	for _, by := range []func(a, b rating) int{byReports, byConfidence} {
		slices.SortFunc(x, by)
		slices.SortFunc(y, by)
		if c := slices.CompareFunc(y, x, by); c != 0 {
			return c
		}
	}
	return slices.Compare(a.entities(), b.entities())
}

// weakest returns the independent reports of the weakest hop of a path.
func (s *search) weakest(l *label) int {
	if l.weakest == 0 {
		n := math.MaxInt - 1
		if l.prev != nil {
			n = min(s.weakest(l.prev), s.rate(l.prev.n, l.n).reports)
		}
		l.weakest = n + 1
	}
	return l.weakest - 1
}

// ratingsOf lists the ratings of the hops of a path.
func (s *search) ratingsOf(l *label) []rating {
	list := make([]rating, 0, l.hops)
	for ; l.prev != nil; l = l.prev {
		list = append(list, s.rate(l.prev.n, l.n))
	}
	return list
}

// rate returns the rating of a hop. What it cannot read ends the search.
func (s *search) rate(a, b int32) rating {
	key := [2]int32{min(a, b), max(a, b)}
	r, ok := s.ratings[key]
	if ok || s.err != nil {
		return r
	}
	s.told = s.told[:0]
	edges := s.web.pair(a, b)
	for i := range edges {
		if e := &edges[i]; s.usable(e) {
			w, err := s.witness(e)
			if err != nil {
				s.err = err
				return rating{}
			}
			s.told = append(s.told, w.Telling)
			r.confidence = max(r.confidence, w.confidence)
		}
	}
	r.reports = Independent(s.told)
	s.ratings[key] = r
	return r
}

// witness returns who tells a claim, which the web keeps from then on.
func (s *search) witness(e *Edge) (witness, error) {
	s.web.reading.Lock()
	defer s.web.reading.Unlock()
	w, ok := s.web.told[e.claim]
	if ok {
		return w, nil
	}
	w, err := s.reading().readWitness(e.claim, e.report)
	if err == nil {
		s.web.told[e.claim] = w
	}
	return w, err
}

// kindsOf returns the kinds of a web's entities, which it keeps.
func (v *view) kindsOf(web *Web) ([]entente.Kind, error) {
	web.reading.Lock()
	defer web.reading.Unlock()
	if web.kinds != nil {
		return web.kinds, nil
	}
	kinds := make([]entente.Kind, web.Len())
	for _, label := range []quad.IRI{fromEntities, fromGazetteer} { // what the gazetteer says holds
		for q, err := range v.quads(quad.Quad{Predicate: rdfType, Label: label}) {
			if err != nil {
				return nil, err
			}
			if n, ok := web.Number(entente.EntityID(afterPrefix(q.Subject, entPrefix))); ok {
				kinds[n] = kindOf(q.Object)
			}
		}
	}
	for n, kind := range kinds {
		if kind == "" {
			e, err := v.entity(web.ids[n])
			if err != nil {
				return nil, err
			}
			kinds[n] = e.Kind
		}
	}
	web.kinds = kinds
	return kinds, nil
}
