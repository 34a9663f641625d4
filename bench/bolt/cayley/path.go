// Package cayley asks the questions of the benchmark of any Cayley store: by the
// path API in Go, and by Gizmo.
package cayley

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// The predicates and the class that the questions name.
const (
	rdfType    = quad.IRI("rdf:type")
	title      = quad.IRI("dcterms:title")
	kgSubject  = quad.IRI("kg:subject")
	kgObject   = quad.IRI("kg:object")
	kgRelation = quad.IRI("kg:relation")
	kgFrom     = quad.IRI("kg:from")
	kgState    = quad.IRI("kg:state")
	kgPerson   = quad.IRI("kg:Person")
)

// Start says how a question is best put to a store.
type Start int

// The ways to ask.
const (
	FromAll Start = iota // one path from all nodes where a question has many
	// FromEach is a path from each node: for bolt, which takes every predicate for
	// half of all quads, and so plans a path from many nodes as a scan of them all.
	FromEach
	// FromAllInRange leaves comparisons with times to the path too: for entente, which
	// reads them as a range. Others read every value of the store, or each claim's again.
	FromAllInRange
)

// Path answers by Cayley's path API, as a Go program would use it: one path a
// question where there is one, a loop over paths where there is none (5, 8), and
// the quads of a label from the store itself, since a path has nodes only.
type Path struct {
	store     graph.QuadStore
	start     Start
	relations []interface{} // as paths take them
}

// NewPath returns the questions to a store.
func NewPath(store graph.QuadStore, start Start, known peer.Vocabulary) *Path {
	p := &Path{store: store, start: start}
	for _, r := range known.Relations {
		p.relations = append(p.relations, peer.IRI(r))
	}
	return p
}

func (p *Path) from(term string) *path.Path { return path.StartPath(p.store, peer.IRI(term)) }

// starts returns the paths that start at nodes.
func (p *Path) starts(nodes []graph.Ref) []*path.Path {
	if p.start != FromEach {
		return []*path.Path{path.StartPathNodes(p.store, nodes...)}
	}
	paths := make([]*path.Path, len(nodes))
	for i, n := range nodes {
		paths[i] = path.StartPathNodes(p.store, n)
	}
	return paths
}

// each calls f for the different nodes at the end of a path.
func each(of *path.Path, f func(graph.Ref)) error {
	return of.Iterate(context.Background()).Paths(false).Each(f)
}

// values runs a path and collects the different nodes at its end.
func (p *Path) values(of *path.Path) (peer.Answer, error) {
	var values []quad.Value
	err := of.Unique().Iterate(context.Background()).Paths(false).EachValue(p.store, func(v quad.Value) { values = append(values, v) })
	return write(values), err
}

// write gives values as terms.
func write(values []quad.Value) peer.Answer {
	return func() []string {
		terms := make([]string, len(values))
		for i, v := range values {
			terms[i] = peer.Term(v)
		}
		return terms
	}
}

// Title implements peer.Store.
func (p *Path) Title(report string) (peer.Answer, error) { return p.values(p.from(report).Out(title)) }

// TwoHop is question 1.
func (p *Path) TwoHop(a, b string) (peer.Answer, error) {
	return p.values(p.from(a).Out(p.relations...).And(p.from(b).In(p.relations...)))
}

// dated is a claim and the day that it begins.
type dated struct {
	claim quad.Value
	from  time.Time
}

// Pair is question 2. A path cannot sort by a tag, so the client does.
func (p *Path) Pair(a, b string) (peer.Answer, error) {
	one := p.from(a).In(kgSubject).And(p.from(b).In(kgObject))
	other := p.from(b).In(kgSubject).And(p.from(a).In(kgObject))
	found, err := p.dated(one, other)
	return inOrder(found), err
}

// dated runs paths that end at claims, and looks up the days of these.
func (p *Path) dated(paths ...*path.Path) (found []dated, err error) {
	for _, of := range paths {
		tagged := of.Save(kgFrom, "from").Tag("claim")
		err := tagged.Iterate(context.Background()).TagEach(func(tags map[string]graph.Ref) {
			from, _ := p.store.NameOf(tags["from"]).(quad.Time)
			found = append(found, dated{p.store.NameOf(tags["claim"]), time.Time(from)})
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// within gives the claims of a time.
func within(found []dated, since, until time.Time) peer.Answer {
	var claims []quad.Value
	for _, d := range found {
		if !d.from.Before(since) && !d.from.After(until) {
			claims = append(claims, d.claim)
		}
	}
	return write(claims)
}

// inOrder sorts claims by day, then by IRI.
func inOrder(found []dated) peer.Answer {
	slices.SortFunc(found, func(a, b dated) int {
		return cmp.Or(a.from.Compare(b.from), cmp.Compare(quad.StringOf(a.claim), quad.StringOf(b.claim)))
	})
	claims := make([]quad.Value, len(found))
	for i, d := range found {
		claims[i] = d.claim
	}
	return write(claims)
}

// Officials is question 3. The client compares the days where the store should not.
func (p *Path) Officials(state string, since, until time.Time) (peer.Answer, error) {
	var ofState []graph.Ref
	err := each(path.StartPath(p.store, quad.String(state)).In(kgState), func(ref graph.Ref) { ofState = append(ofState, ref) })
	if err != nil || len(ofState) == 0 {
		return write(nil), err
	}
	paths := p.starts(ofState)
	for i, from := range paths {
		paths[i] = from.Has(rdfType, kgPerson).In(kgSubject)
	}
	if p.start == FromAllInRange {
		return p.values(paths[0].HasFilter(kgFrom, false,
			shape.Comparison{Op: iterator.CompareGTE, Val: quad.Time(since)}, shape.Comparison{Op: iterator.CompareLTE, Val: quad.Time(until)}))
	}
	found, err := p.dated(paths...)
	return within(found, since, until), err
}

// CountByRelation is question 4: a count for each relation, since a path cannot
// group.
func (p *Path) CountByRelation() (peer.Answer, error) {
	counts := make(map[quad.IRI]int64)
	for _, r := range p.relations {
		r := r.(quad.IRI)
		n, err := path.StartPath(p.store, r).In(kgRelation).Iterate(context.Background()).Paths(true).Count()
		if err != nil {
			return nil, err
		}
		if n > 0 {
			counts[r] = n
		}
	}
	return func() (lines []string) {
		for r, n := range counts {
			lines = append(lines, fmt.Sprintf("%s %d", peer.Term(r), n))
		}
		return lines
	}, nil
}

// wave is one side of a search: the nodes it has seen, and those it saw last.
type wave struct {
	seen  map[interface{}]bool
	front []graph.Ref
}

func (p *Path) wave(term string) *wave {
	ref := p.store.ValueOf(peer.IRI(term))
	if ref == nil {
		return &wave{}
	}
	return &wave{seen: map[interface{}]bool{graph.ToKey(ref): true}, front: []graph.Ref{ref}}
}

// step goes to the unseen nodes at the end of a path from those of the front.
func (w *wave) step(p *Path, along func(*path.Path) *path.Path) error {
	paths := p.starts(w.front)
	w.front = nil
	for _, from := range paths {
		err := each(along(from), func(ref graph.Ref) {
			if key := graph.ToKey(ref); !w.seen[key] {
				w.seen[key] = true
				w.front = append(w.front, ref)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// meets reports whether the front of w touches what o has seen.
func (w *wave) meets(o *wave) bool {
	return slices.ContainsFunc(w.front, func(ref graph.Ref) bool { return o.seen[graph.ToKey(ref)] })
}

// Hops is question 5: breadth first from both ends, from the smaller front.
func (p *Path) Hops(a, b string) (peer.Answer, error) {
	both := func(from *path.Path) *path.Path { return from.Both(p.relations...) }
	near, far := p.wave(a), p.wave(b)
	for hops := 0; hops <= peer.MaxHops && len(near.front) > 0 && len(far.front) > 0; hops++ {
		if near.meets(far) {
			return func() []string { return []string{fmt.Sprint(hops)} }, nil
		}
		if len(near.front) > len(far.front) {
			near, far = far, near
		}
		if err := near.step(p, both); err != nil {
			return nil, err
		}
	}
	return func() []string { return []string{peer.NoPath} }, nil
}

// Report is question 6.
func (p *Path) Report(report string) (peer.Answer, error) {
	it := p.store.QuadIterator(quad.Label, p.store.ValueOf(peer.IRI(report)))
	defer it.Close()
	ctx := context.Background()
	var quads []quad.Quad
	for it.Next(ctx) {
		quads = append(quads, p.store.Quad(it.Result()))
	}
	return func() []string {
		lines := make([]string, len(quads))
		for i, q := range quads {
			lines[i] = peer.Term(q.Subject) + " " + peer.Term(q.Predicate) + " " + peer.Term(q.Object)
		}
		return lines
	}, it.Err()
}

// Add is question 7.
func (p *Path) Add(quads []peer.Quad) (peer.Answer, error) {
	deltas := make([]graph.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = graph.Delta{Quad: q.Quad, Action: graph.Add}
	}
	if err := p.store.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true}); err != nil {
		return nil, err
	}
	stats, err := p.store.Stats(context.Background(), true)
	return func() []string { return []string{fmt.Sprint(stats.Quads.Size)} }, err
}

// InOrder is question 9.
func (p *Path) InOrder(string, string) (peer.Answer, error) {
	return nil, fmt.Errorf("%w: a walk in Cayley has no day that goes with it", peer.ErrCannot)
}

// Reach is question 8. Its loop asks each node once; Cayley's FollowRecursive
// leaves out nodes that it meets twice (its issue 685).
func (p *Path) Reach(a string) (peer.Answer, error) {
	w := p.wave(a)
	clear(w.seen) // what is left out is only the start
	out := func(from *path.Path) *path.Path { return from.Out(p.relations...) }
	var reached []quad.Value
	for range peer.ReachHops {
		if len(w.front) == 0 {
			break
		}
		if err := w.step(p, out); err != nil {
			return nil, err
		}
		for _, ref := range w.front {
			reached = append(reached, p.store.NameOf(ref))
		}
	}
	return write(reached), nil
}

// Close closes the store.
func (p *Path) Close() error { return p.store.Close() }
