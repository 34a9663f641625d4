package pebble

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// scan walks a range of keys. It is used by one goroutine, but may lose its
// iterator to a Close of the store at any time between two steps.
type scan struct {
	s     *Store
	lo    []byte
	hi    []byte
	to    []byte                         // where to go on, nil for the next key
	take  func(key []byte) (bool, error) // whether a key counts
	again bool                           // the range may be set anew, so the iterator is kept at its end
	it    *crdb.Iterator                 // nil until needed; guarded by life
	gone  atomic.Bool                    // a Close took the iterator
	begun bool
	spent bool // the iterator is at its end
	ended bool
	err   error
}

// within sets the range to the keys that start with prefix.
func (sc *scan) within(prefix []byte) {
	sc.lo, sc.hi = prefix, after(prefix)
	sc.restart()
}

// restart makes the scan begin again.
func (sc *scan) restart() { sc.begun, sc.spent, sc.ended = false, false, false }

// goTo makes the scan go on at a key of its range, which may lie behind it.
func (sc *scan) goTo(key []byte) { sc.to, sc.spent, sc.ended = key, false, false }

// skipped is after how many keys that do not count a scan looks whether it is
// still wanted.
const skipped = 256

// next moves to the next key that counts.
func (sc *scan) next(ctx context.Context) bool { return sc.read(ctx, 1) }

// read takes up to n keys that count, under one lock, and reports whether there
// was any. The context is looked at before, and after every 256 keys that do not
// count.
func (sc *scan) read(ctx context.Context, n int) bool {
	if sc.err != nil || sc.ended {
		return false
	}
	if sc.err = cancelled(ctx); sc.err != nil {
		return false
	}
	if sc.err = sc.s.enter(); sc.err != nil {
		return false
	}
	defer sc.s.leave(&sc.err)
	taken, err := sc.takeUpTo(ctx, n)
	if err == nil && taken == 0 {
		err = sc.end()
	}
	sc.err = err
	return taken > 0 && err == nil
}

func (sc *scan) takeUpTo(ctx context.Context, n int) (taken int, err error) {
	for idle := 0; taken < n && !sc.spent; {
		on, err := sc.advance()
		if err != nil {
			return taken, err
		}
		if !on {
			sc.spent = true
			return taken, sc.it.Error()
		}
		ok, err := sc.take(sc.it.Key())
		if err != nil {
			return taken, err
		}
		if ok {
			taken++
		} else if idle++; idle%skipped == 0 {
			if err := cancelled(ctx); err != nil {
				return taken, err
			}
		}
	}
	return taken, nil
}

// wanted reports whether what was read ahead may still be given out.
func (sc *scan) wanted(ctx context.Context) bool {
	return !sc.gone.Load() && sc.s.stopped() == nil && cancelled(ctx) == nil
}

// advance moves the iterator, which it opens when there is none, by one key or to
// the one to go on at.
func (sc *scan) advance() (bool, error) {
	begun := sc.begun
	if !begun {
		if err := sc.open(); err != nil {
			return false, err
		}
	}
	if to := sc.to; to != nil {
		sc.to = nil
		return sc.it.SeekGE(to), nil
	}
	if !begun {
		return sc.it.First(), nil
	}
	return sc.it.Next(), nil
}

// open gives the iterator its range.
func (sc *scan) open() error {
	if sc.it == nil {
		it, err := sc.s.reader().NewIter(&crdb.IterOptions{LowerBound: sc.lo, UpperBound: sc.hi})
		if err != nil {
			return err
		}
		sc.it = it
		sc.s.open.Lock()
		sc.s.scans[sc] = struct{}{}
		sc.s.open.Unlock()
	} else {
		sc.it.SetBounds(sc.lo, sc.hi)
	}
	sc.begun = true
	return nil
}

// end notes that there are no more keys, and why.
func (sc *scan) end() error {
	sc.ended = true
	if sc.again {
		return nil
	}
	return sc.drop()
}

// drop closes the iterator. The caller holds life, shared.
func (sc *scan) drop() error {
	it := sc.it
	sc.it = nil
	sc.s.open.Lock()
	delete(sc.s.scans, sc)
	sc.s.open.Unlock()
	return it.Close()
}

// close ends the scan; it may be closed twice.
func (sc *scan) close() {
	sc.ended = true
	sc.s.life.RLock()
	defer sc.s.life.RUnlock()
	if sc.it == nil || sc.s.stopped() != nil {
		return // of a store that has stopped nothing is touched any more
	}
	if err := sc.drop(); err != nil && sc.err == nil {
		sc.err = err
	}
}

// release takes the iterator away. The caller holds life alone.
func (sc *scan) release() {
	delete(sc.s.scans, sc)
	sc.gone.Store(true)
	if sc.it != nil && sc.s.stopped() == nil {
		_ = sc.it.Close()
	}
	sc.it = nil
}

// ahead is what a scan has read and not yet given out. It is read in chunks, each
// twice as long as the one before up to mostAhead: a long scan seldom takes a
// lock, and a short one reads no more than was asked for.
type ahead[T any] struct {
	items []T
	at    int // of the next
	size  int // of the chunk
}

const mostAhead = 64

// next returns the next item, which read fetches where there is none.
func (a *ahead[T]) next(ctx context.Context, sc *scan) (item T, ok bool) {
	if (a.at == len(a.items) || !sc.wanted(ctx)) && !a.fill(ctx, sc) {
		return item, false
	}
	a.at++
	return a.items[a.at-1], true
}

// fill reads the next chunk in place of the last.
func (a *ahead[T]) fill(ctx context.Context, sc *scan) bool {
	a.items, a.at, a.size = a.items[:0], 0, min(max(1, 2*a.size), mostAhead)
	ok := sc.read(ctx, a.size)
	if !ok {
		a.items = a.items[:0]
	}
	return ok
}

func (a *ahead[T]) add(item T) { a.items = append(a.items, item) }

func (a *ahead[T]) clear() { a.items, a.at, a.size = a.items[:0], 0, 0 }

// linkScan walks the quads that fit a pattern.
type linkScan struct {
	scan
	want  Link
	index *index // nil until the pattern is planned
	links ahead[Link]
	link  Link // the current one
}

func newLinkScan(s *Store, want Link) *linkScan {
	sc := &linkScan{want: want}
	sc.s, sc.take = s, sc.takeLink
	return sc
}

// seek begins with another pattern.
func (sc *linkScan) seek(want Link) {
	sc.again = true
	sc.want, sc.index = want, nil
	sc.links.clear()
	sc.restart()
}

// next moves to the next quad, which is then in link.
func (sc *linkScan) next(ctx context.Context) (ok bool) {
	if sc.ended || sc.err != nil {
		return false
	}
	if sc.index == nil {
		if err := sc.plan(); err != nil {
			sc.err = err
			return false
		}
	}
	sc.link, ok = sc.links.next(ctx, &sc.scan)
	return ok
}

// newSpan begins with the quads that fit the pattern and whose node behind it in
// the index is an inline number of the set.
func newSpan(s *Store, want Link, x *index, n *numbers) *linkScan {
	sc := newLinkScan(s, want)
	sc.index = x
	sc.lo, sc.hi = n.bounds(x.prefix(want))
	return sc
}

func (sc *linkScan) takeLink(key []byte) (bool, error) {
	l, err := sc.index.link(key)
	if err != nil || !l.matches(sc.want) {
		return false, err
	}
	sc.links.add(l)
	return true, nil
}

// plan chooses the index and the range.
func (sc *linkScan) plan() error {
	x, err := sc.s.choose(sc.want)
	if err != nil {
		return err
	}
	sc.index = x
	sc.within(x.prefix(sc.want))
	return nil
}

// spanned returns an index in which what the pattern gives at the beginning of
// its keys is followed by direction d, so that a range of nodes there is a range
// of keys, nil where none is. The one with most of the pattern is best.
func spanned(want Link, d quad.Direction) (best *index) {
	for i := range indexes {
		x := &indexes[i]
		c := x.covered(want)
		if c < 4 && quad.Direction(x.order[c]+1) == d && (best == nil || c > best.covered(want)) {
			best = x
		}
	}
	return best
}

// prefix returns how all keys of the index begin in which the pattern can be.
func (x *index) prefix(want Link) []byte {
	return x.appendPrefix(make([]byte, 0, keySize), want, x.covered(want))
}

// given returns what of the pattern is in that prefix.
func (x *index) given(want Link) (l Link) {
	for _, i := range x.order[:x.covered(want)] {
		l[i] = want[i]
	}
	return l
}

// choose returns the index to read a pattern from: one that begins with all that
// the pattern gives, else the one with the fewest quads to filter.
func (s *Store) choose(want Link) (*index, error) {
	bound := want.bound()
	for i := range indexes {
		if x := &indexes[i]; x.covered(want) == bound {
			return x, nil
		}
	}
	var best *index
	var least uint64
	err := s.use(func(r crdb.Reader) error {
		for i := range indexes {
			x := &indexes[i]
			n := x.covered(want)
			if n == 0 {
				continue
			}
			most, err := fewest(r, want, x.order[:n])
			if err != nil {
				return err
			}
			if best == nil || most < least {
				best, least = x, most
			}
		}
		return nil
	})
	return best, err
}

// fewest returns the smallest of the counts of what the pattern gives in these
// directions: no more quads can fit it.
func fewest(r crdb.Reader, want Link, dirs []int) (uint64, error) {
	least := uint64(1) << 62
	given := func(dir int) bool { return want[dir] != 0 && slices.Contains(dirs, dir) }
	for _, d := range dirs {
		if want[d] == 0 {
			continue
		}
		c, err := readCounts(r, want[d])
		if err != nil {
			return 0, err
		}
		n := c.of(d)
		if d == 2 && given(1) {
			n = c.asObject(want[1])
		}
		least = min(least, n)
	}
	return least, nil
}
