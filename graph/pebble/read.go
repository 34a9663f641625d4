package pebble

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// noNode is the reference that ValueOf gives when it could not look: a number no
// value has. The absent nil would say that the value is not there.
const noNode = Node(math.MaxUint64)

// get reads one key and hands its content, valid only during the call, to read.
// It reports whether the key is there.
func get(r crdb.Reader, key []byte, read func([]byte) error) (bool, error) {
	b, closer, err := r.Get(key)
	if errors.Is(err, crdb.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, errors.Join(read(b), closer.Close())
}

// has reports whether the key is there.
func has(r crdb.Reader, key []byte) (bool, error) {
	return get(r, key, func([]byte) error { return nil })
}

// readCounters returns the totals, those of an empty store where there are none.
func readCounters(r crdb.Reader) (c counters, err error) {
	ok, err := get(r, []byte{tagCounters}, func(b []byte) (err error) {
		c, err = decodeCounters(b)
		return err
	})
	if err == nil && !ok {
		c.next = 1
	}
	return c, err
}

// lookUp returns the number that the dictionary has under a key, zero where there
// is none.
func lookUp(r crdb.Reader, key []byte) (n Node, err error) {
	_, err = get(r, key, func(b []byte) (err error) {
		n, err = keyNode(append([]byte{tagValue}, b...))
		return err
	})
	return n, err
}

// readValue returns the value with the number n, nil where there is none.
func readValue(r crdb.Reader, n Node) (v quad.Value, err error) {
	if n.isInline() {
		return n.value(), nil
	}
	_, err = get(r, nodeKey(tagValue, n), func(b []byte) (err error) {
		v, err = decodeValue(b)
		return err
	})
	return v, err
}

// readCounts returns in how many quads n stands.
func readCounts(r crdb.Reader, n Node) (c counts, err error) {
	_, err = get(r, nodeKey(tagCounts, n), func(b []byte) (err error) {
		c, err = decodeCounts(b)
		return err
	})
	return c, err
}

// ValueOf returns the reference to v, a Node, or nil where no quad has v.
func (s *Store) ValueOf(v quad.Value) graph.Ref {
	n, err := s.node(v)
	if err != nil {
		return noNode
	}
	if n == 0 {
		return nil
	}
	return n
}

// node returns the number of v, zero where no quad has it.
func (s *Store) node(v quad.Value) (n Node, err error) {
	if v == nil {
		return 0, nil
	}
	if n, ok := Inline(v); ok {
		err = s.use(func(r crdb.Reader) error {
			there, err := has(r, nodeKey(tagCounts, n))
			if !there {
				n = 0
			}
			return err
		})
		return n, err
	}
	key, err := dictKey(v)
	if err != nil {
		return 0, nil // of a kind that is never stored
	}
	err = s.use(func(r crdb.Reader) (err error) {
		n, err = lookUp(r, key)
		return err
	})
	return n, err
}

// RefsOf implements graph.BatchQuadStore: the references to values, all of which
// must be in the store.
func (s *Store) RefsOf(ctx context.Context, values []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(values))
	for i, v := range values {
		if err := cancelled(ctx); err != nil {
			return nil, err
		}
		n, err := s.node(v)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, fmt.Errorf("not found: %v", v)
		}
		out[i] = n
	}
	return out, nil
}

// QuadDirection returns what the quad ref, a Link, has in direction d, nil for a
// missing label. It reads nothing.
func (s *Store) QuadDirection(ref graph.Ref, d quad.Direction) graph.Ref {
	l, _ := ref.(Link)
	if n := l.Node(d); n != 0 {
		return n
	}
	return nil
}

// QuadIterator lists the quads that have ref in direction d, none for a
// reference that is not of this store.
func (s *Store) QuadIterator(d quad.Direction, ref graph.Ref) graph.Iterator {
	n, ok := ref.(Node)
	if !ok || n == 0 || d < quad.Subject || d > quad.Label {
		return iterator.NewNull()
	}
	return graph.NewLegacy(&walk{s: s, want: Link{}.with(d, n)}, nil)
}

// QuadIteratorSize returns the exact number of quads that have ref in direction d.
func (s *Store) QuadIteratorSize(_ context.Context, d quad.Direction, ref graph.Ref) (graph.Size, error) {
	n, ok := ref.(Node)
	if !ok || d < quad.Subject || d > quad.Label {
		return graph.Size{Exact: true}, nil
	}
	c, err := s.counts(n)
	return graph.Size{Size: int64(c.of(int(d - 1))), Exact: true}, err
}

func (s *Store) counts(n Node) (c counts, err error) {
	err = s.use(func(r crdb.Reader) (err error) {
		c, err = readCounts(r, n)
		return err
	})
	return c, err
}

// SizeOf returns how often quads name the value of ref, in any direction.
func (s *Store) SizeOf(ref graph.Ref) int64 {
	n, _ := ref.(Node)
	c, _ := s.counts(n)
	return int64(c.total())
}

// QuadsAllIterator lists all quads.
func (s *Store) QuadsAllIterator() graph.Iterator {
	return graph.NewLegacy(&walk{s: s}, nil)
}

// NodesAllIterator lists all values that a quad has, predicates and labels too.
func (s *Store) NodesAllIterator() graph.Iterator {
	return graph.NewLegacy(&allNodes{s: s}, nil)
}

// Stats returns the numbers of values and quads, which are always exact.
func (s *Store) Stats(context.Context, bool) (graph.Stats, error) {
	c, err := s.totals()
	return graph.Stats{
		Nodes: graph.Size{Size: int64(c.values), Exact: true},
		Quads: graph.Size{Size: int64(c.quads), Exact: true},
	}, err
}

func (s *Store) totals() (c counters, err error) {
	err = s.use(func(r crdb.Reader) (err error) {
		c, err = readCounters(r)
		return err
	})
	return c, err
}

// Objects lists the objects of a predicate in order of their numbers, each once,
// with the number of its quads. It reads two keys an object, not every quad. The
// last pair has the error that ended the list early, if one did.
func (s *Store) Objects(ctx context.Context, predicate Node) iter.Seq2[ObjectCount, error] {
	return func(yield func(ObjectCount, error) bool) {
		sc := &scan{s: s, again: true}
		defer sc.close()
		var at Link
		sc.take = func(key []byte) (bool, error) {
			l, err := indexes[1].link(key)
			at = l
			return err == nil, err
		}
		lo := indexes[1].appendPrefix(nil, Link{1: predicate}, 1)
		end := after(lo)
		for predicate != 0 {
			sc.lo, sc.hi = lo, end
			sc.restart()
			if !sc.next(ctx) {
				break
			}
			c, err := s.counts(at[2])
			if !yield(ObjectCount{at[2], c.asObject(predicate)}, err) || err != nil {
				return
			}
			lo = after(indexes[1].appendPrefix(nil, at, 2))
		}
		if sc.err != nil {
			yield(ObjectCount{}, sc.err)
		}
	}
}

// ObjectCount is an object and in how many quads of a predicate it stands.
type ObjectCount struct {
	Object Node
	Quads  uint64
}

// Links lists the quads that fit a pattern, in which zero stands for any; those of
// several patterns one pattern after the other, which costs less than as many calls.
// The last pair has the error that ended the list early, if one did. It is the way
// to walk the graph without Cayley's iterators.
func (s *Store) Links(ctx context.Context, want ...Link) iter.Seq2[Link, error] {
	return func(yield func(Link, error) bool) {
		sc := newLinkScan(s, Link{})
		defer sc.close()
		for _, w := range want {
			sc.seek(w)
			for sc.next(ctx) {
				if !yield(sc.link, nil) {
					return
				}
			}
			if sc.err != nil {
				yield(Link{}, sc.err)
				return
			}
		}
	}
}

// cancelled returns the error of a context that has ended. Some of Cayley passes
// no context at all.
func cancelled(ctx context.Context) error {
	if ctx == nil {
		return nil
	}
	return ctx.Err()
}
