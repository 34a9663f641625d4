package pebble

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"strconv"

	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// Upgrade brings the store in dir from format 1 to the one that this program
// reads and writes; done is false where it has that already. It holds the store
// alone and needs room for both.
//
// The new files are made beside the old ones and read back before they count: the
// one moment that decides is when meta/format is renamed. Until then the old store
// is only read, so whatever happens it stays as it was, for the older program too;
// from then on the new one is in force and the old files go. What an upgrade left
// that was interrupted is removed by the next one, or by the next opening for
// writing. Of opts, ReadOnly is not looked at. Errors: those of Open; the old store
// is checked as far as it is read, so that ErrDamaged means that nothing was
// changed.
func Upgrade(ctx context.Context, dir string, opts Options) (done bool, err error) {
	opts.ReadOnly = false
	c, err := newCore(dir, opts, 1)
	if err != nil {
		return false, err
	}
	old, err := c.isOld()
	if err != nil {
		return false, err
	}
	if !old {
		return false, reopen(dir, opts)
	}
	held, err := c.lock(opts)
	if err != nil {
		return false, c.cannotWrite(err)
	}
	defer held.Close()
	if old, err = c.isOld(); err != nil || !old { // another may have upgraded it since
		return false, err
	}
	if err = c.upgrade(ctx, opts); err == nil {
		return true, nil
	}
	if old, e := c.isOld(); e == nil && old {
		_ = newLayout(c.fs.FS, c.dir).clear() // gives back the room; else the next upgrade does
		err = fmt.Errorf("upgrade given up, the store is as it was: %w", err)
	}
	return false, err
}

// isOld reports whether the store has the format of c, and not this program's.
func (c *core) isOld() (bool, error) {
	what, err := c.layout().look()
	var other *FormatError
	if errors.As(err, &other) && other.Found == strconv.Itoa(formatVersion) {
		return false, nil
	}
	if err == nil && what == foundNothing {
		err = fmt.Errorf("%w in %s", ErrNotExist, c.dir)
	}
	return true, err
}

// reopen opens the store for writing, which tidies it, and closes it.
func reopen(dir string, opts Options) error {
	s, err := Open(dir, opts)
	if err != nil {
		return err
	}
	return s.Close()
}

// upgrade makes the new store and puts it in force. The caller holds the lock.
func (c *core) upgrade(ctx context.Context, opts Options) error {
	fresh := newLayout(c.fs.FS, c.dir)
	if err := fresh.clear(); err != nil {
		return c.cannotWrite(err)
	}
	if err := c.copyTo2(ctx, opts); err != nil {
		return err
	}
	if err := fresh.syncDirs(); err != nil { // what the line will promise
		return c.cannotWrite(err)
	}
	if err := fresh.writeFormat(); err != nil {
		return c.cannotWrite(err)
	}
	_ = c.layout().clear() // else the next opening does
	return nil
}

// copyTo2 fills the new store with what the old one holds, and reads it back.
func (c *core) copyTo2(ctx context.Context, opts Options) error {
	old, err := openLocked(c, Options{CacheSize: opts.CacheSize}, true)
	if err != nil {
		return err
	}
	defer old.Close()
	was, err := old.totals()
	if err != nil {
		return err
	}
	in := &transcript{s: old, link: link1, value: readValue1}
	if err := write2(ctx, in, opts); err != nil {
		return err
	}
	if in.n != was.quads {
		return c.damaged("", fmt.Errorf("%w: it holds %d quads and its totals say %d", ErrDamaged, in.n, was.quads))
	}
	now, err := read2(ctx, c.dir, opts, in.tally)
	if err == nil && now.values != was.values {
		err = c.damaged("", fmt.Errorf("%w: its quads have %d values and its totals say %d", ErrDamaged, now.values, was.values))
	}
	return err
}

// openLocked opens a store of which the lock is held: one that is there, for
// reading, or a new one that nobody takes for a store yet.
func openLocked(c *core, opts Options, exists bool) (*Store, error) {
	c.held, c.readOnly = noLock{}, exists
	var err error
	if exists {
		err = c.openData(opts, foundStore)
	} else if err = c.cannotOpen(c.openPebble(opts, false, false)); err == nil {
		err = c.writeReification(opts.Reification)
	}
	if err != nil {
		c.fs.raise()
		return nil, err
	}
	return &Store{core: c}, nil
}

// write2 makes the new store.
func write2(ctx context.Context, in *transcript, opts Options) error {
	c, err := newCore(in.s.dir, opts, formatVersion)
	if err != nil {
		return err
	}
	s, err := openLocked(c, opts, false)
	if err != nil {
		return err
	}
	_, err = s.Load(ctx, in.quads(ctx))
	if e := s.Close(); err == nil {
		err = e
	}
	return err
}

// read2 opens the new store as it lies on the disk, looks whether it holds what was
// written, and returns its totals.
func read2(ctx context.Context, dir string, opts Options, written tally) (now counters, err error) {
	c, err := newCore(dir, opts, formatVersion)
	if err != nil {
		return now, err
	}
	s, err := openLocked(c, opts, true)
	if err != nil {
		return now, err
	}
	defer s.Close()
	back := &transcript{s: s, link: primary.link, value: readValue}
	for _, err := range back.quads(ctx) {
		if err != nil {
			return now, err
		}
	}
	if now, err = s.totals(); err == nil && (back.tally != written || now.quads != written.n) {
		err = fmt.Errorf("store %s: of %d quads that were written, not all are read back", dir, written.n)
	}
	return now, err
}

// A transcript reads all quads of a store, of either format, with their values,
// and notes in a tally what it read.
type transcript struct {
	tally
	s     *Store
	link  func(key []byte) (Link, error)
	value func(crdb.Reader, Node) (quad.Value, error)
	known map[Node]known // read before
	size  int            // of the known
}

// known is a value with the hash of its stored form, by which two formats can
// be compared that may store it in different ways.
type known struct {
	v    quad.Value
	hash [sha256.Size]byte
}

// knownSize bounds the values that are kept in memory, in bytes.
const knownSize = 32 << 20

// quads lists the quads. The last pair has the error that ended the list early, if
// one did.
func (t *transcript) quads(ctx context.Context) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		var l Link
		sc := &scan{s: t.s}
		sc.take = func(key []byte) (_ bool, err error) {
			l, err = t.link(key)
			return true, err
		}
		sc.within([]byte{primary.tag})
		defer sc.close()
		for sc.next(ctx) {
			if q, err := t.quad(l); !yield(q, err) || err != nil {
				return
			}
		}
		if sc.err != nil {
			yield(quad.Quad{}, sc.err)
		}
	}
}

func (t *transcript) quad(l Link) (q quad.Quad, err error) {
	var v [4]known
	var sum [4 * sha256.Size]byte
	for i, n := range l {
		if n == 0 && i == 3 {
			break
		}
		if v[i], err = t.of(n); err != nil {
			return q, err
		}
		copy(sum[i*sha256.Size:], v[i].hash[:])
	}
	t.add(sum[:])
	return quad.Quad{Subject: v[0].v, Predicate: v[1].v, Object: v[2].v, Label: v[3].v}, nil
}

// of returns the value with the number n, which must be there.
func (t *transcript) of(n Node) (known, error) {
	if k, ok := t.known[n]; ok {
		return k, nil
	}
	k, size := known{}, 0
	err := t.s.use(func(r crdb.Reader) (err error) {
		if k.v, err = t.value(r, n); err == nil && k.v == nil {
			err = fmt.Errorf("%w: a quad has value %d, which is not there", ErrDamaged, n)
		}
		if err != nil {
			return err
		}
		b, err := encodeValue(k.v)
		k.hash, size = sha256.Sum256(b), len(b)
		return err
	})
	if err != nil {
		return k, err
	}
	if t.size += size + 200; t.known == nil || t.size > knownSize {
		t.known, t.size = make(map[Node]known), size
	}
	t.known[n] = k
	return k, nil
}
