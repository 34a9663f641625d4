package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// errDamaged says that what the store holds is not what this package wrote.
var errDamaged = errors.New("damaged graph; run check")

// maxKept bounds the bytes of texts and the number of names that a view keeps.
const maxKept = 64 << 20

// view is a graph at one moment, with what was read of it so far. It belongs
// to one goroutine.
type view struct {
	ctx      context.Context
	g        *Graph
	store    *pebble.Store
	epoch    int                        // of the graph, not after the snapshot's
	names    map[pebble.Node]quad.Value // not long texts
	refs     map[quad.IRI]pebble.Node
	merges   map[entente.EntityID]entente.EntityID // nil until read
	entities map[entente.EntityID]entente.Entity
	texts    map[quad.IRI]string
	kept     int // bytes in texts
}

// view opens a view, which must be closed.
func (g *Graph) view(ctx context.Context) *view {
	g.index.Lock()
	epoch := g.epoch
	g.index.Unlock()
	v := g.viewOf(ctx, g.store.Snapshot())
	v.epoch = epoch
	return v
}

// viewOf makes a view of a snapshot, which it owns.
func (g *Graph) viewOf(ctx context.Context, snapshot *pebble.Store) *view {
	return &view{
		ctx: ctx, g: g, store: snapshot,
		names:    make(map[pebble.Node]quad.Value),
		refs:     make(map[quad.IRI]pebble.Node),
		entities: make(map[entente.EntityID]entente.Entity),
		texts:    make(map[quad.IRI]string),
	}
}

func (v *view) close() { _ = v.store.Close() }

// ref returns the node of a value, 0 where no quad has it.
func (v *view) ref(value quad.Value) pebble.Node {
	iri, isIRI := value.(quad.IRI)
	if n, ok := v.refs[iri]; isIRI && ok {
		return n
	}
	n, _ := v.store.ValueOf(value).(pebble.Node)
	if isIRI && len(v.refs) < maxKept>>8 {
		v.refs[iri] = n
	}
	return n
}

// value returns what a node stands for.
func (v *view) value(n pebble.Node) (quad.Value, error) {
	if n == 0 {
		return nil, nil
	}
	if value, ok := v.names[n]; ok {
		return value, nil
	}
	value := v.store.NameOf(n)
	if value == nil {
		return nil, v.lost(n)
	}
	if text, isText := value.(quad.String); (!isText || len(text) < 64) && len(v.names) < maxKept>>8 {
		v.names[n] = value
	}
	return value, nil
}

// lost says why a node has no value.
func (v *view) lost(n pebble.Node) error {
	if _, err := v.store.Stats(v.ctx, true); err != nil { // closed or stopped
		return err
	}
	return fmt.Errorf("node %d has no value: %w", n, errDamaged)
}

// links lists the quads that fit a pattern, in which nil stands for any.
func (v *view) links(want quad.Quad) iter.Seq2[pebble.Link, error] {
	return func(yield func(pebble.Link, error) bool) {
		var pattern pebble.Link
		for i, value := range []quad.Value{want.Subject, want.Predicate, want.Object, want.Label} {
			if value == nil {
				continue
			}
			if pattern[i] = v.ref(value); pattern[i] == 0 {
				if err := v.store.Err(); err != nil {
					yield(pebble.Link{}, err)
				}
				return
			}
		}
		for l, err := range v.store.Links(v.ctx, pattern) {
			if !yield(l, err) || err != nil {
				return
			}
		}
	}
}

// quads lists the quads that fit a pattern, in which nil stands for any.
func (v *view) quads(want quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for l, err := range v.links(want) {
			var q quad.Quad
			if err == nil {
				q, err = v.quad(l)
			}
			if !yield(q, err) || err != nil {
				return
			}
		}
	}
}

func (v *view) quad(l pebble.Link) (quad.Quad, error) {
	var values [4]quad.Value
	for i, n := range l {
		var err error
		if values[i], err = v.value(n); err != nil {
			return quad.Quad{}, err
		}
	}
	return quad.Quad{Subject: values[0], Predicate: values[1], Object: values[2], Label: values[3]}, nil
}

// all collects the quads that fit a pattern.
func (v *view) all(want quad.Quad) ([]quad.Quad, error) {
	var quads []quad.Quad
	for q, err := range v.quads(want) {
		if err != nil {
			return nil, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}

// object returns the object of the first quad that fits a pattern, nil where
// there is none.
func (v *view) object(want quad.Quad) (quad.Value, error) {
	for q, err := range v.quads(want) {
		return q.Object, err
	}
	return nil, nil
}

// text returns the text of a report.
func (v *view) text(report quad.IRI) (string, error) {
	if text, ok := v.texts[report]; ok {
		return text, nil
	}
	node, err := v.object(quad.Quad{Subject: report, Predicate: kgText, Label: report})
	if err != nil || node == nil {
		return "", err
	}
	content, err := v.object(quad.Quad{Subject: node, Predicate: kgContent})
	if err != nil {
		return "", err
	}
	text, _ := content.(quad.String)
	if v.kept += len(text); v.kept > maxKept {
		clear(v.texts)
		v.kept = len(text)
	}
	v.texts[report] = string(text)
	return string(text), nil
}
