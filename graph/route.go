package graph

import (
	"github.com/cayleygraph/quad"

	"github.com/entente-kg/entente/graph/pebble"
)

// route leads to claims among which are all that a query wants: by quads, or by
// the statements that the store keeps together, which tell relation, status and
// time without reading the claim.
type route struct {
	quads []quad.Quad
	pairs []pebble.Pair
	cost  int64 // about how many keys are read
}

// pairCost is the cost of looking for a pair that has no statement.
const pairCost = 3

// route returns the cheapest way.
func (v *view) route(q Query, f *filter) route {
	if q.Report != "" {
		return route{quads: []quad.Quad{{Predicate: kgRelation, Label: reportIRI(q.Report)}}}
	}
	var best *route
	consider := func(r route) {
		if best == nil || r.cost < best.cost {
			best = &r
		}
	}
	for _, s := range []group{f.subject, f.object, f.either, f.between[0], f.between[1]} {
		if s != nil {
			consider(v.about(s))
		}
	}
	if a, b := f.between[0], f.between[1]; a != nil && b != nil {
		consider(v.pairs(a, b))
	}
	for _, option := range f.options() {
		if len(option) > 0 {
			consider(route{quads: option, cost: v.cost(option)})
		}
	}
	if best == nil {
		return route{quads: []quad.Quad{{Predicate: kgRelation}}}
	}
	return *best
}

// about leads to the claims about a group.
func (v *view) about(s group) (r route) {
	for _, iri := range s.nodes() {
		n := v.ref(iri)
		if n == 0 {
			continue
		}
		r.pairs = append(r.pairs, pebble.Pair{Self: n})
		for _, p := range []quad.IRI{kgSubject, kgObject} {
			r.cost += v.size(pebble.Link{1: v.ref(p), 2: n})
		}
	}
	return r
}

// pairs leads to the claims between two groups.
func (v *view) pairs(a, b group) (r route) {
	for _, x := range a.nodes() {
		for _, y := range b.nodes() {
			if self, other := v.ref(x), v.ref(y); self != 0 && other != 0 {
				r.pairs = append(r.pairs, pebble.Pair{Self: self, Other: other})
				r.cost += pairCost
			}
		}
	}
	return r
}

// cost bounds how many quads fit the patterns.
func (v *view) cost(wants []quad.Quad) (n int64) {
	for _, want := range wants {
		if p, o := v.ref(want.Predicate), v.ref(want.Object); p != 0 && o != 0 {
			n += v.size(pebble.Link{1: p, 2: o})
		}
	}
	return n
}

// size counts the quads that fit; a failure shows when they are read.
func (v *view) size(want pebble.Link) int64 {
	n, _, _ := v.store.Size(v.ctx, want)
	return n
}

// candidates lists the nodes of claims to which a route leads, by report.
func (v *view) candidates(r route, f *filter) (map[pebble.Node]map[pebble.Node]bool, error) {
	found := make(map[pebble.Node]map[pebble.Node]bool)
	note := func(claim, report pebble.Node) {
		if found[report] == nil {
			found[report] = make(map[pebble.Node]bool)
		}
		found[report][claim] = true
	}
	for _, want := range r.quads {
		for link, err := range v.links(want) {
			if err != nil {
				return nil, err
			}
			note(link[0], link[3])
		}
	}
	sieve := v.sieve(f)
	for st, err := range v.store.Statements(v.ctx, r.pairs...) {
		if err != nil {
			return nil, err
		}
		if sieve.keeps(&st) {
			note(st.ID, st.Label)
		}
	}
	return found, nil
}

// sieve keeps the statements that a filter may want.
type sieve struct {
	subject, object, either nodeSet
	between                 [2]nodeSet
	relation, status        nodeSet
	since, until            pebble.Node // zero: no bound
}

// nodeSet is a set of nodes, nil for any.
type nodeSet map[pebble.Node]bool

func (s nodeSet) has(n pebble.Node) bool { return s == nil || s[n] }

func (v *view) sieve(f *filter) *sieve {
	members := func(g group) nodeSet {
		if g == nil {
			return nil
		}
		set := make(nodeSet, len(g))
		for _, iri := range g.nodes() {
			set[v.ref(iri)] = true
		}
		return set
	}
	s := &sieve{
		subject: members(f.subject), object: members(f.object), either: members(f.either),
		between: [2]nodeSet{members(f.between[0]), members(f.between[1])},
	}
	if len(f.q.Relations) > 0 {
		s.relation = make(nodeSet)
		for _, r := range f.q.Relations {
			s.relation[v.ref(relIRI(r))] = true
		}
	}
	if len(f.q.Statuses) > 0 {
		s.status = make(nodeSet)
		for _, st := range f.q.Statuses {
			s.status[v.ref(quad.String(st))] = true
		}
	}
	if !f.since.IsZero() {
		s.since, _ = pebble.Inline(quad.Time(f.since))
	}
	if !f.until.IsZero() {
		s.until, _ = pebble.Inline(quad.Time(f.until))
	}
	return s
}

func (s *sieve) keeps(st *pebble.Statement) bool {
	subject, object := st.Self, st.Other
	if st.IsObject {
		subject, object = object, subject
	}
	a, b := s.between[0], s.between[1]
	first, last := st.Order, st.Carry[carriedUntil]
	return s.subject.has(subject) && s.object.has(object) && (s.either.has(subject) || s.either.has(object)) &&
		(a.has(subject) && b.has(object) || a.has(object) && b.has(subject)) &&
		s.relation.has(st.Carry[carriedRelation]) && s.status.has(st.Carry[carriedStatus]) &&
		(s.since == 0 || last == 0 || last >= s.since) && (s.until == 0 || first == 0 || first <= s.until)
}
