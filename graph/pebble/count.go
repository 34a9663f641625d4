package pebble

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
)

// doubted is a shape whose size is not exact, though its iterator says so:
// Cayley's And and Sort invent that, and it counts by sizes that claim to be
// exact.
type doubted struct{ shape.Shape }

// BuildIterator implements shape.Shape.
func (d doubted) BuildIterator(qs graph.QuadStore) graph.Iterator {
	return graph.NewLegacy(doubt{graph.AsShape(d.Shape.BuildIterator(qs))}, nil)
}

// Optimize implements shape.Shape; the shape has been optimized.
func (d doubted) Optimize(shape.Optimizer) (shape.Shape, bool) { return d, false }

// doubt is the iterator of a doubted shape.
type doubt struct{ graph.IteratorShape }

// Stats implements graph.IteratorShape.
func (d doubt) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	costs, err := d.IteratorShape.Stats(ctx)
	costs.Size.Exact = false
	return costs, err
}

// Optimize implements graph.IteratorShape.
func (d doubt) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	it, changed := d.IteratorShape.Optimize(ctx)
	return doubt{it}, changed
}
