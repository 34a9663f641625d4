package graph

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/graph/pebble"
)

// Options says how a graph is opened. The zero value opens it for reading and
// writing and waits five seconds for its lock.
type Options struct {
	ReadOnly bool          // several processes may read at once; nothing is created
	LockWait time.Duration // how long to wait while another process holds the store; 0 = 5 s, below 0 = not at all
}

// Graph is a store of readings. Its methods may be called by many goroutines at
// once; each sees the graph as it was when the call, or the loop over its
// results, began.
type Graph struct {
	store    *pebble.Store
	world    *world
	inMemory bool

	write sync.Mutex // one change at a time, from reading what is there to the batch

	index sync.Mutex // guards what is below
	names *names     // nil until needed and after each change
	web   *Web       // likewise
	epoch int        // number of changes

	called map[entente.EntityID]string // names of entities that were read since the last change
}

// Open opens the graph in the folder path. A folder that is missing or empty is
// made a graph, unless opts asks for reading only. Errors, wrapped: those of
// package graph/pebble (ErrNotExist, ErrNotStore, ErrFormat, ErrLocked,
// ErrDamaged) and of the disk.
func Open(path string, opts Options) (*Graph, error) {
	store, err := pebble.Open(path, pebble.Options{ReadOnly: opts.ReadOnly, LockWait: opts.LockWait, Reification: &reification})
	if err != nil {
		return nil, err
	}
	return &Graph{store: store, world: theWorld()}, nil
}

// Upgrade brings the graph in the folder path, which an older version made, to the
// format of this one; done is false where it has that already. It holds the graph
// alone and needs room for both. Whatever interrupts it, the graph is then whole, in
// the old format or in the new one. Of opts, ReadOnly is not looked at.
func Upgrade(ctx context.Context, path string, opts Options) (done bool, err error) {
	return pebble.Upgrade(ctx, path, pebble.Options{LockWait: opts.LockWait, Reification: &reification})
}

// OpenMemory makes an empty graph in memory, gone when it is closed.
func OpenMemory() (*Graph, error) {
	store, err := pebble.OpenMemory(pebble.Options{Reification: &reification})
	if err != nil {
		return nil, err
	}
	return &Graph{store: store, world: theWorld(), inMemory: true}, nil
}

// Close closes the graph; loops that still run end with an error.
func (g *Graph) Close() error { return g.store.Close() }

// Store returns the store of quads under the graph, for questions that this package
// does not ask and for Cayley's own API. What is written to it is not seen by what
// the graph keeps in memory, and need not be what Check takes for a graph. It is
// closed with the graph.
func (g *Graph) Store() *pebble.Store { return g.store }

// Backup copies the graph to the folder dir, which must be missing or empty.
// The copy is the graph at one moment and opens as a graph.
func (g *Graph) Backup(ctx context.Context, dir string) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case g.inMemory:
		return errors.New("backup: a graph in memory has no files; export it")
	}
	return g.store.Checkpoint(dir)
}

// world is what the gazetteer knows.
type world struct {
	byID  map[entente.EntityID]entente.Entity
	names func() *names // made when first needed
}

// theWorld reads the gazetteer once.
var theWorld = sync.OnceValue(func() *world {
	w := &world{byID: make(map[entente.EntityID]entente.Entity)}
	for _, s := range data.States() {
		w.byID[s.ID] = s.Entity()
	}
	for _, p := range data.Places() {
		w.byID[p.ID] = p.Entity()
	}
	for _, o := range data.Organisations() {
		w.byID[o.ID] = o.Entity()
	}
	for _, a := range data.Agreements() {
		w.byID[a.ID] = a.Entity()
	}
	w.names = sync.OnceValue(w.index)
	return w
})

// index enters what everything is called, states also by their codes and by
// what stands for their governments.
func (w *world) index() *names {
	n := newNames()
	for _, id := range slices.Sorted(maps.Keys(w.byID)) {
		n.add(w.byID[id])
	}
	for _, s := range data.States() {
		n.put(exactly, byName, s.Alpha3, s.ID)
		n.put(folded, byAlias, fold(s.Alpha3), s.ID)
		n.put(exactly, byAlias, s.Alpha2, s.ID)
		for _, m := range s.Metonyms {
			n.enter(s.ID, m.Text, byAlias)
		}
	}
	return n
}
