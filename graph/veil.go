package graph

import (
	"slices"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	"github.com/entente-kg/entente/graph/pebble"
)

// startNode is the value for which the veil gives out the start of a run.
const startNode = quad.IRI("entente:start")

// veil is the store as a script sees it. It gives a value that is not there a
// reference all the same, since Cayley v0.7.7 crashes on Except of nothing.
type veil struct {
	graph.QuadStore
	store   *pebble.Store
	start   func(goja.FunctionCall, *goja.Runtime) goja.Value
	started atomic.Bool
}

// absent is the reference to a value that is not in the store.
type absent struct{ value string }

// Key implements graph.Ref.
func (a absent) Key() interface{} { return a }

// startRef leads a script to the start of its run.
type startRef struct{ v *veil }

// Key implements graph.Ref.
func (s startRef) Key() interface{} { return s }

// startValue is a value whose native form is a function: so a session, which
// keeps its runtime to itself, hands it out.
type startValue struct{ v *veil }

// String implements quad.Value.
func (s startValue) String() string { return startNode.String() }

// Native implements quad.Value.
func (s startValue) Native() interface{} { return s.v.start }

// ValueOf implements graph.QuadStore.
func (v *veil) ValueOf(value quad.Value) graph.Ref {
	if value == startNode && v.started.CompareAndSwap(false, true) {
		return startRef{v}
	}
	if ref := v.store.ValueOf(value); ref != nil {
		return ref
	}
	return absent{quad.StringOf(value)}
}

// NameOf implements graph.QuadStore.
func (v *veil) NameOf(ref graph.Ref) quad.Value {
	switch ref := ref.(type) {
	case absent:
		return nil
	case startRef:
		return startValue(ref)
	}
	return v.store.NameOf(ref)
}

// OptimizeShape implements shape.Optimizer. It is the last of three passes, from
// the leaves to the root.
func (v *veil) OptimizeShape(s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.Fixed:
		there := slices.DeleteFunc(slices.Clone(s), func(ref graph.Ref) bool { _, no := ref.(absent); return no })
		if len(there) == 0 {
			return nil, true
		}
		return there, len(there) < len(s)
	case shape.Except:
		if shape.IsNull(s.Exclude) {
			if s.From == nil {
				return shape.AllNodes{}, true
			}
			return s.From, true
		}
	}
	return v.store.OptimizeShape(s)
}
