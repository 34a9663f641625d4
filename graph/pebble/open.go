package pebble

import (
	"errors"
	"fmt"
	"path/filepath"

	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Open opens the store in dir. Errors: ErrNotExist (only with ReadOnly),
// ErrNotStore, ErrFormat, ErrLocked, ErrDamaged, and those of the disk.
func Open(dir string, opts Options) (*Store, error) {
	c, err := newCore(dir, opts, formatVersion)
	if err != nil {
		return nil, err
	}
	if err := c.start(opts); err != nil {
		c.fs.raise()
		if c.held != nil {
			_ = c.held.Close()
		}
		return nil, err
	}
	return &Store{core: c}, nil
}

// newCore prepares for a store in dir that has the format.
func newCore(dir string, opts Options, format int) (*core, error) {
	fsys := opts.FS
	if fsys == nil {
		fsys = vfs.Default
		abs, err := filepath.Abs(dir) // the process may change its folder later
		if err != nil {
			return nil, err
		}
		dir = abs
	}
	if r := opts.Reification; r != nil && r.valid() != nil {
		return nil, r.valid()
	}
	l := layout{fsys, dir, format}
	c := &core{
		dir: dir, format: format, fs: &fence{FS: fsys, dir: l.data(), bulk: l.bulk()}, readOnly: opts.ReadOnly,
		broken: make(chan struct{}), limits: usual,
		scans: make(map[*scan]struct{}), snaps: make(map[*snapshot]struct{}),
	}
	c.fs.stop = func(err error) { c.stop(c.explain(err)) }
	return c, nil
}

// OpenMemory makes an empty store in memory; the options' FS is its own.
func OpenMemory(opts Options) (*Store, error) {
	opts.FS = vfs.NewMem()
	return Open("memory", opts)
}

func (c *core) layout() layout { return layout{c.fs.FS, c.dir, c.format} }

// start takes the lock and opens or makes the store.
func (c *core) start(opts Options) error {
	l := c.layout()
	what, err := l.look()
	if err != nil {
		return err
	}
	if what == foundNothing {
		if c.readOnly {
			return fmt.Errorf("%w in %s", ErrNotExist, c.dir)
		}
		if err := l.fs.MkdirAll(l.meta(""), 0o777); err != nil {
			return c.cannotWrite(err)
		}
	}
	if c.held, err = c.lock(opts); err != nil {
		return c.cannotWrite(err)
	}
	if what, err = l.look(); err != nil { // another may have made it since
		return err
	}
	if what == foundNothing && c.readOnly {
		return fmt.Errorf("%w in %s", ErrNotExist, c.dir)
	}
	return c.openData(opts, what)
}

// cannotWrite adds what helps where a folder is read-only.
func (c *core) cannotWrite(err error) error {
	switch {
	case errors.Is(err, ErrLocked):
		return err
	case isPermission(err) && c.readOnly:
		return fmt.Errorf("store %s cannot be read: %w", c.dir, err)
	case isPermission(err):
		return fmt.Errorf("store %s cannot be written: %w; open it for reading, or name another folder", c.dir, err)
	}
	return c.explain(err)
}

// openData opens Pebble, in a new folder or in one that must be whole.
func (c *core) openData(opts Options, what found) error {
	l := c.layout()
	if what == foundNothing {
		if err := l.begin(); err != nil {
			return c.cannotWrite(err)
		}
		err := c.openPebble(opts, false, false)
		if err == nil {
			err = c.writeReification(opts.Reification)
		}
		if err == nil {
			if err = l.writeFormat(); err != nil {
				_ = c.closeDB()
			}
		}
		return c.cannotOpen(err)
	}
	last := l.readSeal()
	if err := c.inspect(opts, last); err != nil {
		return c.cannotOpen(err)
	}
	if !c.readOnly {
		_ = l.fs.RemoveAll(l.bulk()) // of a load that was cut short; if it stays it does no harm
	}
	if err := c.openWhole(opts, last, c.readOnly); err != nil {
		return c.cannotOpen(err)
	}
	err := c.readReification()
	if err != nil {
		err = c.cannotOpen(err)
	} else if r := opts.Reification; r != nil && !r.same(c.reified) {
		err = fmt.Errorf("store %s was made with another reification, %+v", c.dir, c.reified)
	}
	if err != nil {
		_ = c.closeDB()
	} else if !c.readOnly {
		l.sweep()
	}
	return err
}

// inspect looks for damage that Pebble would not notice. Where the store was not
// closed it is first opened for reading: opened for writing, Pebble deletes the
// files that a damaged manifest no longer tells of.
func (c *core) inspect(opts Options, last seal) error {
	l := c.layout()
	sealed, err := l.checkSeal(last)
	if err != nil || sealed {
		return err
	}
	if err := l.checkLogs(); err != nil || c.readOnly {
		return err
	}
	if err := c.openWhole(opts, last, true); err != nil {
		return err
	}
	return c.closeDB()
}

// openWhole opens an existing store that has all its batches.
func (c *core) openWhole(opts Options, last seal, readOnly bool) error {
	if err := c.openPebble(opts, true, readOnly); err != nil {
		return err
	}
	if err := c.checkBatches(last); err != nil {
		_ = c.closeDB()
		return err
	}
	return nil
}

func (c *core) openPebble(opts Options, exists, readOnly bool) error {
	return c.run(func() (err error) {
		c.db, err = crdb.Open(c.layout().data(), c.options(opts, exists, readOnly))
		return err
	})
}

// checkBatches finds out whether batches are gone that were there at the last
// close.
func (c *core) checkBatches(last seal) error {
	now, err := readCounters(c.db)
	c.acked.Store(now.batches)
	if err == nil && now.batches < last.batches {
		err = fmt.Errorf("%w: it had %d batches when it was closed, and has %d", ErrDamaged, last.batches, now.batches)
	}
	return err
}

// cannotOpen explains an error of opening: what the disk did not refuse is a
// file that cannot be understood.
func (c *core) cannotOpen(err error) error {
	switch cause := c.fs.lastError(); {
	case err == nil:
		return nil
	case c.stopped() != nil:
		return c.stopped()
	case isPermission(err) || cause != nil && isPermission(cause):
		return c.cannotWrite(err)
	case cause != nil && !errors.Is(err, ErrDamaged) && !crdb.IsCorruptionError(err):
		return c.explain(err)
	}
	return c.damaged("", err)
}

// options are Pebble's: small tables in memory, since many stores hold a few
// reports; filters, since most look-ups of a load are for values not yet there.
func (c *core) options(opts Options, exists, readOnly bool) *crdb.Options {
	size := opts.CacheSize
	if size == 0 {
		size = 32 << 20
	}
	o := &crdb.Options{
		FS:                          c.fs,
		ReadOnly:                    readOnly,
		ErrorIfNotExists:            exists,
		CacheSize:                   size,
		FormatMajorVersion:          crdb.FormatTableFormatV6, // the first with checksums on every part of a table
		MemTableSize:                4 << 20,
		MemTableStopWritesThreshold: 4,
		L0CompactionThreshold:       4,
		MaxManifestFileSize:         1 << 20,
		MaxOpenFiles:                512,
		Logger:                      logger{c},
		EventListener:               c.listener(),
		CompactionConcurrencyRange:  func() (int, int) { return 1, 2 },
	}
	for i := range o.Levels {
		o.Levels[i].BlockSize = 16 << 10
		o.Levels[i].FilterPolicy = filterPolicy
		o.Levels[i].FilterType = crdb.TableFilter
	}
	o.ApplyCompressionSettings(func() crdb.DBCompressionSettings { return crdb.DBCompressionGood })
	return o
}
