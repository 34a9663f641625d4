package pebble

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Name is the store's name in Cayley's registry.
const Name = "pebble"

// Cayley knows stores by name only, and only from an init.
func init() {
	graph.RegisterQuadStore(Name, graph.QuadStoreRegistration{
		NewFunc:      newRegistered,
		InitFunc:     initRegistered,
		IsPersistent: true,
	})
}

// newRegistered opens an existing store. The option "read_only" (bool) opens it
// for reading.
func newRegistered(dir string, o graph.Options) (graph.QuadStore, error) {
	readOnly, err := o.BoolKey("read_only", false)
	if err != nil {
		return nil, err
	}
	switch what, err := lookAt(dir); {
	case err != nil:
		return nil, err
	case what == foundNothing:
		return nil, graph.ErrNotInitialized
	}
	s, err := Open(dir, Options{ReadOnly: readOnly})
	if err != nil {
		return nil, err // not a nil *Store in a QuadStore
	}
	return s, nil
}

// initRegistered makes a new store.
func initRegistered(dir string, _ graph.Options) error {
	switch what, err := lookAt(dir); {
	case err != nil:
		return err
	case what == foundStore:
		return graph.ErrDatabaseExists
	}
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	return s.Close()
}

func lookAt(dir string) (found, error) { return newLayout(vfs.Default, dir).look() }
