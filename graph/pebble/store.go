package pebble

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/shape"
	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Options say how to open a store. The zero value opens one on the disk for
// writing and makes it where there is none.
type Options struct {
	// FS holds the store's files; nil is the disk. With vfs.NewMem() the store
	// is in memory. Only a store on the disk can have several readers.
	FS vfs.FS
	// ReadOnly opens an existing store beside other readers; nothing is written.
	ReadOnly bool
	// LockWait is how long to wait for the store while others have it; 0 is 5
	// seconds, a negative time not at all.
	LockWait time.Duration
	// Reification makes a new store keep statements by their ends; of an existing
	// store it must be the one that it was made with, or nil.
	Reification *Reification
	// CacheSize is how many bytes of blocks to keep in memory; 0 is 32 MiB.
	CacheSize int64
}

// Store is a quad store, or the view of one at a moment. All methods may be
// called by many goroutines at once.
type Store struct {
	*core
	snap *snapshot   // nil: the present
	done bool        // this view is closed; guarded by life
	over atomic.Bool // the same, for what reads nothing
}

var (
	_ graph.QuadStore      = (*Store)(nil)
	_ graph.BatchQuadStore = (*Store)(nil)
	_ shape.Optimizer      = (*Store)(nil)
)

// core is what a store and its snapshots share.
type core struct {
	dir      string
	format   int
	fs       *fence
	readOnly bool
	held     io.Closer // the lock
	db       *crdb.DB
	reified  *Reification // nil: there are no statements

	// life is held by every call while it uses db, by the closing of a snapshot for
	// a moment, and by Close for good. Calls that take long hold long instead, which
	// only Close waits for, so that no reader ever waits behind them.
	life    sync.RWMutex
	long    sync.RWMutex
	closed  bool
	closing atomic.Bool // tells loads, which take long
	gone    atomic.Bool // as closed, for what reads nothing

	fault  atomic.Pointer[error] // what stopped the store
	broken chan struct{}         // closed with it

	write sync.Mutex    // one batch at a time
	bulks atomic.Int32  // loads begun
	dirty bool          // a batch was committed since the store was opened
	acked atomic.Uint64 // counters.batches, of those that are on the disk: one may be read before it is

	limits limits
	names  nameCache

	open  sync.Mutex // guards the two sets
	scans map[*scan]struct{}
	snaps map[*snapshot]struct{}
}

// limits are where the store goes another way; tests lower them.
type limits struct {
	listAfter int    // questions about nodes after which a walk with legs tries to list its results, since each may read as much
	bulkFrom  int    // quads from which on a writer sorts them and makes them tables rather than one batch
	sorted    int    // quads that each sorter of a load keeps in memory, 32 bytes each
	tableSize uint64 // bytes from which on a table of a load is not made larger
	repaired  int    // bytes of a repair that are one batch
}

var usual = limits{listAfter: 16, bulkFrom: 20_000, sorted: 2 << 20, tableSize: 64 << 20, repaired: 64 << 20}

// snapshot is a state of the store that several views may share.
type snapshot struct {
	*crdb.Snapshot
	views int // guarded by core.open
}

// enter begins a call that uses the database, leave ends it. They do not nest.
func (s *Store) enter() error {
	s.life.RLock()
	err := s.stopped()
	if err == nil && (s.closed || s.done) { // a view of a store that has stopped is born closed
		err = ErrClosed
	}
	if err != nil {
		s.life.RUnlock()
	}
	return err
}

func (s *Store) leave(err *error) {
	r := recover()
	if r != nil {
		*err = asError(r)
	}
	if *err != nil {
		*err = s.failed(*err)
	}
	s.life.RUnlock()
}

// failed stops the store for an error of Pebble or the disk. Those that a caller
// can cause pass.
func (s *Store) failed(err error) error {
	var delta *graph.DeltaError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, ErrReadOnly), errors.Is(err, ErrClosed), errors.As(err, &delta), err == s.stopped():
		return err
	}
	return s.stop(s.explain(err))
}

// hold keeps the store open for a call that takes long, until release is called.
func (s *Store) hold() (release func(), err error) {
	s.long.RLock()
	if err := s.enter(); err != nil {
		s.long.RUnlock()
		return nil, err
	}
	s.life.RUnlock()
	return s.long.RUnlock, nil
}

// during calls f, which takes long, while the store is open. Its error stops the
// store, as that of any call does.
func (s *Store) during(f func() error) (err error) {
	release, err := s.hold()
	if err != nil {
		return err
	}
	defer release()
	defer func() {
		if r := recover(); r != nil {
			err = asError(r)
		}
		if err != nil {
			err = s.failed(err)
		}
	}()
	return f()
}

// use calls f while the store is open.
func (s *Store) use(f func(r crdb.Reader) error) (err error) {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave(&err)
	return f(s.reader())
}

// reader returns what to read from: the snapshot or the present.
func (s *Store) reader() crdb.Reader {
	if s.snap != nil {
		return s.snap
	}
	return s.db
}

// Err returns what stopped the store, nil while it works. Cayley's interface has
// methods without an error result; who relies on those asks here afterwards.
func (s *Store) Err() error { return s.stopped() }

// Snapshot returns the store as it is now, for reading. It costs little, and
// keeps old data on the disk until it is closed. A snapshot of a snapshot shows
// the same state. Of a store that is closed or has stopped, each call fails.
func (s *Store) Snapshot() *Store {
	if s.enter() != nil {
		return &Store{core: s.core, snap: s.snap, done: true}
	}
	defer s.life.RUnlock()
	s.open.Lock()
	defer s.open.Unlock()
	snap := s.snap
	if snap == nil {
		snap = &snapshot{Snapshot: s.db.NewSnapshot()}
		s.snaps[snap] = struct{}{}
	}
	snap.views++
	return &Store{core: s.core, snap: snap}
}

// Close closes the store, its snapshots and iterators; of a snapshot it closes
// that alone. It waits for calls in progress. Closing twice is no error.
func (s *Store) Close() error {
	if s.snap == nil {
		s.closing.Store(true)
		s.long.Lock()
		defer s.long.Unlock()
	}
	s.life.Lock()
	defer s.life.Unlock()
	if s.closed || s.done {
		return nil
	}
	if s.snap != nil {
		return s.closeView()
	}
	s.closed = true
	s.gone.Store(true)
	for sc := range s.scans {
		sc.release()
	}
	for snap := range s.snaps {
		_ = s.shut(snap)
	}
	err := s.shutDown()
	return errors.Join(err, s.held.Close())
}

// closeView closes one view of a snapshot, and with the last the snapshot.
// The caller holds life.
func (s *Store) closeView() error {
	s.done = true
	s.over.Store(true)
	for sc := range s.scans {
		if sc.s == s {
			sc.release()
		}
	}
	if s.snap.views--; s.snap.views > 0 {
		return nil
	}
	return s.shut(s.snap)
}

// shut closes a snapshot. The caller holds life.
func (c *core) shut(snap *snapshot) error {
	delete(c.snaps, snap)
	if c.stopped() != nil {
		return nil
	}
	return snap.Close()
}

// shutDown closes the database. What was written is moved from the log into
// tables, whose blocks have checksums, and the state is sealed.
func (c *core) shutDown() error {
	if err := c.stopped(); err != nil {
		return err
	}
	batches := uint64(0)
	err := c.run(func() error {
		now, err := readCounters(c.db)
		batches = now.batches
		if err == nil && c.dirty {
			err = c.db.Flush()
		}
		return err
	})
	if e := c.closeDB(); err == nil {
		err = e
	}
	if err == nil && !c.readOnly {
		err = c.layout().writeSeal(batches)
	}
	if err != nil && c.stopped() == nil {
		err = c.explain(err)
	}
	c.fs.raise()
	return err
}

func (c *core) closeDB() error { return c.run(c.db.Close) }
