// Command bolt measures Cayley on bolt, the store that Cayley recommends for a
// program of its own. It is a module of its own, because graph/kv of Cayley
// v0.7.7 does not compile with the version of module quad that entente needs.
//
//	bolt ENGINE WORKDIR DBDIR
//
// ENGINE is bolt (by the path API) or bolt-gizmo.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cayleygraph/cayley/clog"
	"github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/kv/bolt"
	_ "github.com/cayleygraph/cayley/writer"

	"github.com/entente-kg/entente/bench/bolt/cayley"
	"github.com/entente-kg/entente/bench/bolt/peer"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: bolt ENGINE WORKDIR DBDIR")
		os.Exit(2)
	}
	clog.SetV(-1)
	name := os.Args[1]
	out := json.NewEncoder(os.Stdout)
	emit := func(l peer.Line) { _ = out.Encode(l) }
	if err := peer.Run(name, bolt{gizmo: name == "bolt-gizmo"}, os.Args[2], os.Args[3], emit); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

// bolt is the store as Cayley ships it: its default indexes and options.
type bolt struct{ gizmo bool }

// path is where the store lies. Cayley makes a folder of it.
func path(dir string) string { return filepath.Join(dir, "bolt") }

// Load loads as `cayley load` does.
func (bolt) Load(file, dir string) error {
	if err := graph.InitQuadStore("bolt", path(dir), nil); err != nil {
		return err
	}
	store, err := graph.NewQuadStore("bolt", path(dir), nil)
	if err != nil {
		return err
	}
	defer store.Close()
	single, err := graph.NewQuadWriter("single", store, graph.Options{"ignore_duplicate": true})
	if err != nil {
		return err
	}
	return peer.Copy(graph.NewWriter(single), file)
}

// Open implements peer.Engine.
func (b bolt) Open(dir string, known peer.Vocabulary) (peer.Store, error) {
	store, err := graph.NewQuadStore("bolt", path(dir), nil)
	if err != nil {
		return nil, err
	}
	if b.gizmo {
		return gizmo{cayley.NewGizmo(cayley.Session(store), cayley.FromEach, known), store}, nil
	}
	return cayley.NewPath(store, cayley.FromEach, known), nil
}

// gizmo closes the store with the questions.
type gizmo struct {
	*cayley.Gizmo
	store graph.QuadStore
}

// Close implements peer.Store.
func (g gizmo) Close() error { return g.store.Close() }
