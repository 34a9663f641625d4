package main

import (
	"context"
	"fmt"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"github.com/entente-kg/entente/bench/bolt/cayley"
	"github.com/entente-kg/entente/bench/bolt/peer"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/pebble"
)

// ententePath is the store of entente under Cayley's path API.
type ententePath struct{ ententeEngine }

func (ententePath) Open(dir string, known peer.Vocabulary) (peer.Store, error) {
	store, err := pebble.Open(dir, pebble.Options{})
	if err != nil {
		return nil, err
	}
	return cayley.NewPath(store, cayley.FromAllInRange, known), nil
}

// ententeGizmo is entente's Gizmo, as its users run it.
type ententeGizmo struct{ ententeEngine }

func (ententeGizmo) Open(dir string, known peer.Vocabulary) (peer.Store, error) {
	g, err := graph.Open(dir, graph.Options{})
	if err != nil {
		return nil, err
	}
	return closing{cayley.NewGizmo(runIn(g), cayley.FromAllInRange, known), g}, nil
}

// runIn runs scripts in a graph, with bounds that no question should meet.
func runIn(g *graph.Graph) cayley.Run {
	bounds := graph.GizmoOptions{Timeout: 5 * time.Minute, Limit: 10_000_000, MaxMemory: 8 << 30}
	return func(script string) ([]cayley.Row, error) {
		var rows []cayley.Row
		for row, err := range g.Gizmo(context.Background(), script, bounds) {
			if err != nil {
				return nil, err
			}
			for tag, value := range row {
				if node, ok := value.(graph.Node); ok {
					row[tag] = quad.IRI(node.IRI)
				}
			}
			rows = append(rows, cayley.Row(row))
		}
		return rows, nil
	}
}

// closing closes with the questions what they are asked of.
type closing struct {
	*cayley.Gizmo
	of interface{ Close() error }
}

func (c closing) Close() error { return c.of.Close() }

// memoryEngine is Cayley's store in memory.
type memoryEngine struct {
	gizmo bool
	store cgraph.QuadStore
}

// Volatile implements peer.Volatile.
func (*memoryEngine) Volatile() {}

func (e *memoryEngine) Load(file, _ string) error {
	store := memstore.New()
	e.store = store
	w, err := store.NewQuadWriter()
	if err != nil {
		return err
	}
	return peer.Copy(w, file)
}

func (e *memoryEngine) Open(_ string, known peer.Vocabulary) (peer.Store, error) {
	if e.gizmo {
		return closing{cayley.NewGizmo(cayley.Session(e.store), cayley.FromAll, known), e.store}, nil
	}
	return forgetful{cayley.NewPath(e.store, cayley.FromAll, known)}, nil
}

// forgetful is a store that keeps nothing it is given.
type forgetful struct{ *cayley.Path }

// Add is what a store in memory cannot do.
func (forgetful) Add([]peer.Quad) (peer.Answer, error) {
	return nil, fmt.Errorf("%w: in memory nothing is durable", peer.ErrCannot)
}
