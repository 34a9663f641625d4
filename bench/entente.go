package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	cayleygraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/bench/bolt/peer"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/pebble"
)

// ententeEngine is entente, asked in its own way: the store's indexes and its
// table of statements (graph/pebble), and the web of claims in memory (graph.Web),
// which is made at the first question that walks it.
type ententeEngine struct{}

// loadEntente loads as `entente load FILE.nq` does.
func loadEntente(file, dir string) error {
	g, err := graph.Open(dir, graph.Options{})
	if err != nil {
		return err
	}
	in, err := os.Open(file)
	if err == nil {
		defer in.Close()
		_, err = g.Import(ctx, in)
	}
	if err != nil {
		_ = g.Close()
		return err
	}
	return g.Close()
}

var ctx = context.Background()

func (ententeEngine) Load(file, dir string) error { return loadEntente(file, dir) }

func (ententeEngine) Open(dir string, _ peer.Vocabulary) (peer.Store, error) {
	g, err := graph.Open(dir, graph.Options{})
	if err != nil {
		return nil, err
	}
	return &native{g, g.Store()}, nil
}

type native struct {
	g     *graph.Graph
	store *pebble.Store
}

// Close implements peer.Store.
func (s *native) Close() error { return s.g.Close() }

// node returns the number of a value, 0 where no quad has it.
func (s *native) node(v quad.Value) pebble.Node {
	n, _ := s.store.ValueOf(v).(pebble.Node)
	return n
}

// The places of a quad in a Link.
const (
	inSubject = iota
	inPredicate
	inObject
	inLabel
)

// at lists the nodes in one place of the quads that fit a pattern.
func (s *native) at(place int, want pebble.Link) (found []pebble.Node, err error) {
	if want == (pebble.Link{}) {
		return nil, nil
	}
	for l, err := range s.store.Links(ctx, want) {
		if err != nil {
			return nil, err
		}
		found = append(found, l[place])
	}
	return found, nil
}

// names gives the values of nodes as the answer.
func (s *native) names(nodes []pebble.Node) (peer.Answer, error) {
	values, err := s.values(nodes)
	return func() []string {
		lines := make([]string, len(values))
		for i, v := range values {
			lines[i] = peer.Term(v)
		}
		return lines
	}, err
}

func (s *native) values(nodes []pebble.Node) ([]quad.Value, error) {
	refs := make([]cayleygraph.Ref, len(nodes))
	for i, n := range nodes {
		refs[i] = n
	}
	return s.store.ValuesOf(ctx, refs)
}

// entities gives entities of the web as the answer.
func entities(w *graph.Web, list []int32) peer.Answer {
	terms := make([]string, len(list))
	for i, n := range list {
		terms[i] = "<ent:" + string(w.ID(n)) + ">"
	}
	return func() []string { return terms }
}

func (s *native) Title(report string) (peer.Answer, error) {
	titles, err := s.at(inObject, pebble.Link{inSubject: s.node(peer.IRI(report)), inPredicate: s.node(quad.IRI("dcterms:title"))})
	if err != nil {
		return nil, err
	}
	return s.names(titles)
}

// inWeb returns the number of an entity in the web.
func inWeb(w *graph.Web, term string) (int32, bool) { return w.Number(entity(term)) }

// entity returns the ID in a term.
func entity(term string) entente.EntityID {
	return entente.EntityID(term[len("<ent:") : len(term)-len(">")])
}

// plain returns what tells whether a claim has a plain edge.
func plain(w *graph.Web) func(*graph.Edge) bool {
	return w.Where(nil, []entente.Status{entente.Occurred, entente.Ongoing})
}

// along lists the other ends of those edges of n that are edges, in one direction and
// in order.
func along(w *graph.Web, isEdge func(*graph.Edge) bool, n int32, reversed bool) (ends []int32) {
	edges := w.Edges(n)
	for i := range edges {
		e := &edges[i]
		if e.Reversed == reversed && isEdge(e) && (len(ends) == 0 || ends[len(ends)-1] != e.To) {
			ends = append(ends, e.To)
		}
	}
	return ends
}

func (s *native) TwoHop(a, b string) (peer.Answer, error) {
	w, err := s.g.Web(ctx)
	if err != nil {
		return nil, err
	}
	first, okA := inWeb(w, a)
	last, okB := inWeb(w, b)
	if !okA || !okB {
		return entities(w, nil), nil
	}
	isEdge := plain(w)
	out, in := along(w, isEdge, first, false), along(w, isEdge, last, true)
	both := slices.DeleteFunc(out, func(n int32) bool {
		for len(in) > 0 && in[0] < n {
			in = in[1:]
		}
		return len(in) == 0 || in[0] != n
	})
	return entities(w, both), nil
}

// anyTime is the first of all times, so that claims without one are left out.
var anyTime, _ = pebble.Inline(quad.Time(time.Unix(-1<<56, 0)))

func (s *native) Pair(a, b string) (peer.Answer, error) {
	want := pebble.Pair{Self: s.node(peer.IRI(a)), Other: s.node(peer.IRI(b)), First: anyTime}
	if want.Self == 0 || want.Other == 0 {
		return s.names(nil)
	}
	var claims, from []pebble.Node
	for st, err := range s.store.Statements(ctx, want) {
		if err != nil {
			return nil, err
		}
		claims, from = append(claims, st.ID), append(from, st.Order)
	}
	values, err := s.values(claims)
	if err != nil {
		return nil, err
	}
	return func() []string { return inOrder(values, from) }, nil
}

// inOrder writes claims in order of time, those of one time by IRI.
func inOrder(values []quad.Value, from []pebble.Node) []string {
	terms := make([]string, len(values))
	for i, v := range values {
		terms[i] = peer.Term(v)
	}
	for i := 0; i < len(terms); {
		j := i + 1
		for j < len(terms) && from[j] == from[i] {
			j++
		}
		slices.Sort(terms[i:j])
		i = j
	}
	return terms
}

func (s *native) Officials(state string, since, until time.Time) (peer.Answer, error) {
	code := s.node(quad.String(state))
	rdfType, person := s.node(quad.IRI("rdf:type")), s.node(quad.IRI("kg:Person"))
	if code == 0 || person == 0 {
		return s.names(nil) // as a pattern it would stand for any
	}
	of, err := s.at(inSubject, pebble.Link{inPredicate: s.node(quad.IRI("kg:state")), inObject: code})
	if err != nil {
		return nil, err
	}
	first, _ := pebble.Inline(quad.Time(since))
	last, _ := pebble.Inline(quad.Time(until))
	slices.Sort(of)
	of = slices.Compact(of)
	kinds := make([]pebble.Link, len(of))
	for i, e := range of {
		kinds[i] = pebble.Link{inSubject: e, inPredicate: rdfType, inObject: person}
	}
	var about []pebble.Pair
	for l, err := range s.store.Links(ctx, kinds...) {
		if err != nil {
			return nil, err
		}
		if n := len(about); n == 0 || about[n-1].Self != l[inSubject] {
			about = append(about, pebble.Pair{Self: l[inSubject], First: first, Last: last})
		}
	}
	var claims []pebble.Node
	for st, err := range s.store.Statements(ctx, about...) {
		if err != nil {
			return nil, err
		}
		if !st.IsObject {
			claims = append(claims, st.ID)
		}
	}
	return s.names(claims)
}

func (s *native) CountByRelation() (peer.Answer, error) {
	var relations []pebble.Node
	var counts []uint64
	for o, err := range s.store.Objects(ctx, s.node(quad.IRI("kg:relation"))) {
		if err != nil {
			return nil, err
		}
		relations, counts = append(relations, o.Object), append(counts, o.Quads)
	}
	values, err := s.values(relations)
	return func() []string {
		lines := make([]string, len(values))
		for i, v := range values {
			lines[i] = fmt.Sprintf("%s %d", peer.Term(v), counts[i])
		}
		return lines
	}, err
}

func (s *native) Hops(a, b string) (peer.Answer, error) {
	return s.path(a, b, graph.PathQuery{MaxHops: peer.MaxHops})
}

func (s *native) InOrder(a, b string) (peer.Answer, error) {
	return s.path(a, b, graph.PathQuery{MaxHops: peer.InOrderHops, InOrder: true})
}

// path looks for the best of the shortest paths over claims that have a plain edge, as
// `entente path` does before it spells them out.
func (s *native) path(a, b string, q graph.PathQuery) (peer.Answer, error) {
	hops := peer.NoPath
	if a == b {
		hops = "0"
	} else {
		q.Starts, q.Goals = []entente.EntityID{entity(a)}, []entente.EntityID{entity(b)}
		q.Statuses = []entente.Status{entente.Occurred, entente.Ongoing}
		trails, err := s.g.Trails(ctx, q)
		if err != nil {
			return nil, err
		}
		if len(trails) > 0 {
			hops = fmt.Sprint(len(trails[0].Hops))
		}
	}
	return func() []string { return []string{hops} }, nil
}

func (s *native) Report(report string) (peer.Answer, error) {
	label := s.node(peer.IRI(report))
	if label == 0 {
		return s.names(nil)
	}
	var nodes []pebble.Node
	for l, err := range s.store.Links(ctx, pebble.Link{inLabel: label}) {
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, l[:inLabel]...)
	}
	values, err := s.values(nodes)
	return func() []string {
		lines := make([]string, 0, len(values)/inLabel)
		for q := range slices.Chunk(values, inLabel) {
			lines = append(lines, peer.Term(q[0])+" "+peer.Term(q[1])+" "+peer.Term(q[2]))
		}
		return lines
	}, err
}

func (s *native) Add(quads []peer.Quad) (peer.Answer, error) {
	deltas := make([]cayleygraph.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = cayleygraph.Delta{Quad: q.Quad, Action: cayleygraph.Add}
	}
	if err := s.store.ApplyDeltas(deltas, cayleygraph.IgnoreOpts{}); err != nil {
		return nil, err
	}
	stats, err := s.store.Stats(ctx, true)
	return func() []string { return []string{fmt.Sprint(stats.Quads.Size)} }, err
}

func (s *native) Reach(a string) (peer.Answer, error) {
	w, err := s.g.Web(ctx)
	if err != nil {
		return nil, err
	}
	start, ok := inWeb(w, a)
	if !ok {
		return entities(w, nil), nil
	}
	seen, isEdge := make([]bool, w.Len()), plain(w)
	var reached []int32
	for front, hops := []int32{start}, 0; hops < peer.ReachHops; hops++ {
		var next []int32
		for _, n := range front {
			for _, to := range along(w, isEdge, n, false) {
				if !seen[to] {
					seen[to] = true
					next = append(next, to)
				}
			}
		}
		reached, front = append(reached, next...), next
	}
	return entities(w, reached), nil
}
