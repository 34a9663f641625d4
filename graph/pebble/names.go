package pebble

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// nameCache keeps values that were read, each in the one place that its number
// gives. A number never stands for another value, so nothing in it is ever wrong,
// whatever is written and whichever snapshot asks; only a number whose value has
// left may still be answered.
type nameCache [1 << 14]atomic.Pointer[named]

// named is a value with its number.
type named struct {
	node  Node
	value quad.Value
}

// maxCached is the length of the longest value that is kept, as it is stored.
const maxCached = 64

func (c *nameCache) get(n Node) quad.Value {
	if e := c[n%Node(len(c))].Load(); e != nil && e.node == n {
		return e.value
	}
	return nil
}

func (c *nameCache) put(n Node, v quad.Value) { c[n%Node(len(c))].Store(&named{n, v}) }

// decoded returns the value of stored bytes, and keeps it where it is short.
func (c *nameCache) decoded(n Node, b []byte) (quad.Value, error) {
	v, err := decodeValue(b)
	if err == nil && len(b) <= maxCached {
		c.put(n, v)
	}
	return v, err
}

// NameOf returns the value that ref stands for, nil for nil and for a reference
// to nothing in this store.
func (s *Store) NameOf(ref graph.Ref) quad.Value {
	v, _ := s.name(ref) // the error stays with the store
	return v
}

func (s *Store) name(ref graph.Ref) (v quad.Value, err error) {
	switch ref := ref.(type) {
	case graph.PreFetchedValue:
		return ref.NameOf(), nil
	case Node:
		if err := s.ended(); err != nil {
			return nil, err
		}
		if v = s.known(ref); v != nil {
			return v, nil
		}
		err = s.use(func(r crdb.Reader) error {
			_, err := get(r, nodeKey(tagValue, ref), func(b []byte) (err error) {
				v, err = s.names.decoded(ref, b)
				return err
			})
			return err
		})
	}
	return v, err
}

// ended returns why nothing is to be had of the store or the view, without waiting.
func (s *Store) ended() error {
	if s.over.Load() || s.gone.Load() {
		return ErrClosed
	}
	return s.stopped()
}

// known returns the value of a node without reading, nil where it must be read.
func (s *Store) known(n Node) quad.Value {
	if n.isInline() {
		return n.value()
	}
	return s.names.get(n)
}

// ValuesOf implements graph.BatchQuadStore: the values of references, nil for
// those to nothing. Many are read in the order of their numbers, about 0.2 µs each
// where they lie together, as those of one report do; one alone takes 1 µs, one that
// was read before next to nothing.
func (s *Store) ValuesOf(ctx context.Context, refs []graph.Ref) ([]quad.Value, error) {
	if err := errors.Join(s.ended(), cancelled(ctx)); err != nil {
		return nil, err
	}
	out := make([]quad.Value, len(refs))
	var order []int // of those to read
	for i, ref := range refs {
		n, ok := ref.(Node)
		if !ok {
			v, err := s.name(ref)
			if err != nil {
				return nil, err
			}
			out[i] = v
		} else if out[i] = s.known(n); out[i] == nil {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return out, nil
	}
	node := func(i int) Node { return refs[i].(Node) }
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(node(a), node(b)) })
	err := s.use(func(r crdb.Reader) error {
		it, err := r.NewIter(&crdb.IterOptions{LowerBound: []byte{tagValue}, UpperBound: []byte{tagValue + 1}})
		if err != nil {
			return err
		}
		for k, i := range order {
			if k > 0 && node(i) == node(order[k-1]) {
				out[i] = out[order[k-1]]
				continue
			}
			if err = cancelled(ctx); err == nil {
				out[i], err = s.valueAt(it, node(i))
			}
			if err != nil {
				break
			}
		}
		return errors.Join(err, it.Close())
	})
	return out, err
}

// valueAt reads a value by an iterator, nil where there is none.
func (s *Store) valueAt(it *crdb.Iterator, n Node) (quad.Value, error) {
	key := nodeKey(tagValue, n)
	if !it.SeekGE(key) || !bytes.Equal(it.Key(), key) {
		return nil, it.Error()
	}
	b, err := it.ValueAndErr()
	if err != nil {
		return nil, err
	}
	return s.names.decoded(n, b)
}

// Quad returns the quad that ref, a Link, stands for, and the zero quad for
// another reference.
func (s *Store) Quad(ref graph.Ref) quad.Quad {
	l, ok := ref.(Link)
	if !ok {
		return quad.Quad{}
	}
	var v [4]quad.Value
	for i, n := range l {
		if n == 0 {
			continue
		}
		var err error
		if v[i], err = s.name(n); err != nil {
			return quad.Quad{}
		}
	}
	return quad.Quad{Subject: v[0], Predicate: v[1], Object: v[2], Label: v[3]}
}
