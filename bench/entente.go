package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/entente-kg/entente/bench/bolt/peer"
	"github.com/entente-kg/entente/graph/pebble"
)

// ententeEngine is the store of entente, asked in its own way: by the scans of
// graph/pebble.
type ententeEngine struct{}

// Load loads by the writer that the store offers to all of Cayley.
func (ententeEngine) Load(file, dir string) error {
	store, err := pebble.Open(dir, pebble.Options{})
	if err != nil {
		return err
	}
	w, err := store.NewQuadWriter()
	if err == nil {
		err = peer.Copy(w, file)
	}
	return errors.Join(err, store.Close())
}

func (ententeEngine) Open(dir string, known peer.Vocabulary) (peer.Store, error) {
	store, err := pebble.Open(dir, pebble.Options{})
	if err != nil {
		return nil, err
	}
	s := &nativeStore{Store: store, relations: make(map[pebble.Node]bool)}
	for _, r := range known.Relations {
		if n := s.node(peer.IRI(r)); n != 0 {
			s.relations[n] = true
		}
	}
	return s, nil
}

// nativeStore answers by Store.Links.
type nativeStore struct {
	*pebble.Store
	relations map[pebble.Node]bool
}

// node returns the number of a value, 0 where no quad has it.
func (s *nativeStore) node(v quad.Value) pebble.Node {
	n, _ := s.ValueOf(v).(pebble.Node)
	return n
}

// The places of a quad in a Link.
const (
	inSubject = iota
	inPredicate
	inObject
	inLabel
)

// links calls each for the quads that fit a pattern, which names something.
func (s *nativeStore) links(want pebble.Link, each func(pebble.Link)) error {
	if want == (pebble.Link{}) {
		return nil
	}
	for l, err := range s.Links(context.Background(), want) {
		if err != nil {
			return err
		}
		each(l)
	}
	return nil
}

// edges calls each for the other end of the plain edges that have n in a place.
func (s *nativeStore) edges(n pebble.Node, place int, each func(pebble.Node)) error {
	var want pebble.Link
	want[place] = n
	return s.links(want, func(l pebble.Link) {
		if s.relations[l[inPredicate]] {
			each(l[inObject-place])
		}
	})
}

// subjects lists what has an object by a predicate.
func (s *nativeStore) subjects(predicate quad.IRI, object quad.Value) (map[pebble.Node]bool, error) {
	found := make(map[pebble.Node]bool)
	p, o := s.node(predicate), s.node(object)
	if p == 0 || o == 0 {
		return found, nil
	}
	err := s.links(pebble.Link{inPredicate: p, inObject: o}, func(l pebble.Link) { found[l[inSubject]] = true })
	return found, err
}

// objects looks up the objects of a node by a predicate.
func (s *nativeStore) objects(subject pebble.Node, predicate quad.IRI) (found []quad.Value, err error) {
	err = s.links(pebble.Link{inSubject: subject, inPredicate: s.node(predicate)}, func(l pebble.Link) {
		found = append(found, s.NameOf(l[inObject]))
	})
	return found, err
}

// names looks up nodes; the answer has them as terms.
func (s *nativeStore) names(nodes map[pebble.Node]bool) peer.Answer {
	values := make([]quad.Value, 0, len(nodes))
	for n := range nodes {
		values = append(values, s.NameOf(n))
	}
	return terms(values)
}

func terms(values []quad.Value) peer.Answer {
	return func() []string {
		lines := make([]string, len(values))
		for i, v := range values {
			lines[i] = peer.Term(v)
		}
		return lines
	}
}

func (s *nativeStore) Title(report string) (peer.Answer, error) {
	titles, err := s.objects(s.node(peer.IRI(report)), "dcterms:title")
	return terms(titles), err
}

func (s *nativeStore) TwoHop(a, b string) (peer.Answer, error) {
	after, both := make(map[pebble.Node]bool), make(map[pebble.Node]bool)
	err := s.edges(s.node(peer.IRI(a)), inSubject, func(n pebble.Node) { after[n] = true })
	if err != nil {
		return nil, err
	}
	err = s.edges(s.node(peer.IRI(b)), inObject, func(n pebble.Node) {
		if after[n] {
			both[n] = true
		}
	})
	return s.names(both), err
}

// claim is a claim and the day that it begins.
type claim struct {
	iri  quad.Value
	from time.Time
}

func (s *nativeStore) Pair(a, b string) (peer.Answer, error) {
	var found []claim
	for _, side := range [][2]string{{a, b}, {b, a}} {
		by, err := s.subjects("kg:subject", peer.IRI(side[0]))
		if err != nil {
			return nil, err
		}
		of, err := s.subjects("kg:object", peer.IRI(side[1]))
		if err != nil {
			return nil, err
		}
		for n := range by {
			if !of[n] {
				continue
			}
			days, err := s.objects(n, "kg:from")
			if err != nil {
				return nil, err
			}
			for _, day := range days {
				found = append(found, claim{s.NameOf(n), time.Time(day.(quad.Time))})
			}
		}
	}
	slices.SortFunc(found, func(a, b claim) int {
		return cmp.Or(a.from.Compare(b.from), cmp.Compare(quad.StringOf(a.iri), quad.StringOf(b.iri)))
	})
	claims := make([]quad.Value, len(found))
	for i, c := range found {
		claims[i] = c.iri
	}
	return terms(claims), nil
}

func (s *nativeStore) Officials(state string, since, until time.Time) (peer.Answer, error) {
	ofState, err := s.subjects("kg:state", quad.String(state))
	if err != nil {
		return nil, err
	}
	found := make(map[pebble.Node]bool)
	for e := range ofState {
		kinds, err := s.objects(e, "rdf:type")
		if err != nil {
			return nil, err
		}
		if !slices.Contains(kinds, quad.Value(quad.IRI("kg:Person"))) {
			continue
		}
		claims, err := s.subjects("kg:subject", s.NameOf(e))
		if err != nil {
			return nil, err
		}
		for c := range claims {
			days, err := s.objects(c, "kg:from")
			if err != nil {
				return nil, err
			}
			for _, day := range days {
				if t := time.Time(day.(quad.Time)); !t.Before(since) && !t.After(until) {
					found[c] = true
				}
			}
		}
	}
	return s.names(found), nil
}

func (s *nativeStore) CountByRelation() (peer.Answer, error) {
	counts := make(map[pebble.Node]int)
	err := s.links(pebble.Link{inPredicate: s.node(quad.IRI("kg:relation"))}, func(l pebble.Link) { counts[l[inObject]]++ })
	named := make(map[quad.Value]int)
	for n, count := range counts {
		named[s.NameOf(n)] = count
	}
	return func() (lines []string) {
		for r, count := range named {
			lines = append(lines, fmt.Sprintf("%s %d", peer.Term(r), count))
		}
		return lines
	}, err
}

// Hops searches breadth first from both ends, always from the smaller front.
func (s *nativeStore) Hops(a, b string) (peer.Answer, error) {
	number := func(n int) peer.Answer { return func() []string { return []string{fmt.Sprint(n)} } }
	none := func() []string { return []string{peer.NoPath} }
	first, last := s.node(peer.IRI(a)), s.node(peer.IRI(b))
	if first == 0 || last == 0 {
		return none, nil
	}
	if first == last {
		return number(0), nil
	}
	seen := [2]map[pebble.Node]bool{{first: true}, {last: true}}
	front := [2][]pebble.Node{{first}, {last}}
	for hops := 1; hops <= peer.MaxHops && len(front[0]) > 0 && len(front[1]) > 0; hops++ {
		near := 0
		if len(front[1]) < len(front[0]) {
			near = 1
		}
		var next []pebble.Node
		met := false
		for _, n := range front[near] {
			for _, place := range []int{inSubject, inObject} {
				err := s.edges(n, place, func(n pebble.Node) {
					if !seen[near][n] {
						seen[near][n] = true
						next = append(next, n)
						met = met || seen[1-near][n]
					}
				})
				if err != nil {
					return nil, err
				}
			}
		}
		if met {
			return number(hops), nil
		}
		front[near] = next
	}
	return none, nil
}

func (s *nativeStore) Report(report string) (peer.Answer, error) {
	var quads []quad.Quad
	err := s.links(pebble.Link{inLabel: s.node(peer.IRI(report))}, func(l pebble.Link) { quads = append(quads, s.Quad(l)) })
	return func() []string {
		lines := make([]string, len(quads))
		for i, q := range quads {
			lines[i] = peer.Term(q.Subject) + " " + peer.Term(q.Predicate) + " " + peer.Term(q.Object)
		}
		return lines
	}, err
}

func (s *nativeStore) Add(quads []peer.Quad) (peer.Answer, error) {
	deltas := make([]graph.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = graph.Delta{Quad: q.Quad, Action: graph.Add}
	}
	if err := s.ApplyDeltas(deltas, graph.IgnoreOpts{}); err != nil {
		return nil, err
	}
	stats, err := s.Stats(context.Background(), true)
	return func() []string { return []string{fmt.Sprint(stats.Quads.Size)} }, err
}

func (s *nativeStore) Reach(a string) (peer.Answer, error) {
	reached := make(map[pebble.Node]bool)
	front := []pebble.Node{s.node(peer.IRI(a))}
	for range peer.ReachHops {
		var next []pebble.Node
		for _, n := range front {
			err := s.edges(n, inSubject, func(n pebble.Node) {
				if !reached[n] {
					reached[n] = true
					next = append(next, n)
				}
			})
			if err != nil {
				return nil, err
			}
		}
		front = next
	}
	return s.names(reached), nil
}
