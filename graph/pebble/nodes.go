package pebble

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	crdb "github.com/cockroachdb/pebble/v2"
)

// allNodes is the iterator over all values.
type allNodes struct{ s *Store }

func (a *allNodes) String() string { return "PebbleNodes" }

// SubIterators implements graph.IteratorShape.
func (a *allNodes) SubIterators() []graph.IteratorShape { return nil }

// Optimize implements graph.IteratorShape.
func (a *allNodes) Optimize(context.Context) (graph.IteratorShape, bool) { return a, false }

// Stats implements graph.IteratorShape.
func (a *allNodes) Stats(context.Context) (graph.IteratorCosts, error) {
	c, err := a.s.totals()
	return graph.IteratorCosts{
		NextCost:     costStep,
		ContainsCost: costStep,
		Size:         graph.Size{Size: int64(c.values), Exact: true},
	}, err
}

// Iterate implements graph.IteratorShape.
func (a *allNodes) Iterate() graph.Scanner {
	all := []byte{tagCounts}
	return newNodes(a.s, all, after(all))
}

// Lookup implements graph.IteratorShape.
func (a *allNodes) Lookup() graph.Index { return &nodesHas{s: a.s} }

// nodesNext lists the values of a range of keys.
type nodesNext struct {
	scan
	nodes ahead[Node]
	node  Node // the current one
}

func newNodes(s *Store, lo, hi []byte) *nodesNext {
	n := &nodesNext{}
	n.s, n.lo, n.hi, n.take = s, lo, hi, n.takeNode
	return n
}

func (n *nodesNext) takeNode(key []byte) (bool, error) {
	node, err := keyNode(key)
	n.nodes.add(node)
	return true, err
}

func (n *nodesNext) String() string { return "PebbleNodes" }

// Next implements graph.Scanner.
func (n *nodesNext) Next(ctx context.Context) (ok bool) {
	n.node, ok = n.nodes.next(ctx, &n.scan)
	return ok
}

// Result implements graph.IteratorBase.
func (n *nodesNext) Result() graph.Ref { return refOf(n.node) }

// TagResults implements graph.IteratorBase.
func (n *nodesNext) TagResults(map[string]graph.Ref) {}

// NextPath implements graph.IteratorBase.
func (n *nodesNext) NextPath(context.Context) bool { return false }

// Err implements graph.IteratorBase.
func (n *nodesNext) Err() error { return n.err }

// Close implements graph.IteratorBase.
func (n *nodesNext) Close() error {
	n.close()
	return nil
}

// nodesHas answers whether a value is in the store.
type nodesHas struct {
	s    *Store
	node Node
	err  error
}

func (n *nodesHas) String() string { return "PebbleNodes" }

// Contains implements graph.Index.
func (n *nodesHas) Contains(ctx context.Context, ref graph.Ref) bool {
	n.node = 0
	node, ok := ref.(Node)
	if !ok || n.err != nil {
		return false
	}
	if n.err = cancelled(ctx); n.err != nil {
		return false
	}
	n.err = n.s.use(func(r crdb.Reader) (err error) {
		ok, err = has(r, nodeKey(tagCounts, node))
		return err
	})
	if n.err != nil || !ok {
		return false
	}
	n.node = node
	return true
}

// Result implements graph.IteratorBase.
func (n *nodesHas) Result() graph.Ref { return refOf(n.node) }

// TagResults implements graph.IteratorBase.
func (n *nodesHas) TagResults(map[string]graph.Ref) {}

// NextPath implements graph.IteratorBase.
func (n *nodesHas) NextPath(context.Context) bool { return false }

// Err implements graph.IteratorBase.
func (n *nodesHas) Err() error { return n.err }

// Close implements graph.IteratorBase.
func (n *nodesHas) Close() error { return nil }

// refOf returns the reference to n, nil for none.
func refOf(n Node) graph.Ref {
	if n == 0 {
		return nil
	}
	return n
}
