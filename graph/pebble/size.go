package pebble

import (
	"context"

	crdb "github.com/cockroachdb/pebble/v2"
)

// counted is up to how many quads a pattern's size is counted; above it is
// estimated.
const counted = 64

// Size returns how many quads fit a pattern, in which zero stands for any, and
// whether that is exact: it is for at most one given direction, for predicate with
// object, and for few quads. It reads a few keys.
func (s *Store) Size(ctx context.Context, want Link) (n int64, exact bool, err error) {
	if want == (Link{}) {
		c, err := s.totals()
		return int64(c.quads), true, err
	}
	most, err := s.bound(want)
	if err != nil || most == 0 || want.bound() == 1 || want.bound() == 2 && want[1] != 0 && want[2] != 0 {
		return most, true, err
	}
	sc := newLinkScan(s, want)
	defer sc.close()
	for n < counted && sc.next(ctx) {
		n++
	}
	if sc.err != nil || n < counted {
		return n, true, sc.err
	}
	return max(n, most/2), false, nil
}

// bound returns a number that no more quads fit the pattern.
func (s *Store) bound(want Link) (int64, error) {
	var most uint64
	err := s.use(func(r crdb.Reader) (err error) {
		most, err = fewest(r, want, allDirs)
		return err
	})
	return int64(most), err
}

var allDirs = []int{0, 1, 2, 3}

// within returns how many of the keys that begin with prefix, of which there are
// most at the most, go on with an inline number of the set. Up to 64 are counted;
// beyond it is guessed from how near each other those are, and from what part
// the set is of the whole range, whichever gives more.
func (n *numbers) within(ctx context.Context, prefix []byte, most int64) (size int64, err error) {
	if n.hi < n.lo {
		return 0, nil
	}
	err = n.s.use(func(r crdb.Reader) error {
		lo, hi := n.bounds(prefix)
		it, err := r.NewIter(&crdb.IterOptions{LowerBound: lo, UpperBound: hi})
		if err != nil {
			return err
		}
		defer it.Close()
		at := func() float64 {
			node, _, _ := cutNode(it.Key()[len(prefix):])
			return float64(node & (1<<typeShift - 1))
		}
		var first, here float64
		for ok := it.First(); ok; ok = it.Next() {
			if here = at(); size == 0 {
				first = here
			}
			if size++; size == counted {
				break
			}
		}
		if size < counted || !it.Last() {
			return it.Error()
		}
		span, dense := at()-first, size*counted // where many are equal
		if here > first {
			dense = int64(min(float64(most), float64(size)*span/(here-first)))
		}
		all := numbers{kind: n.kind, lo: -inlineBias, hi: inlineBias - 1}
		it.SetBounds(all.bounds(prefix))
		if !it.First() {
			return it.Error()
		}
		low := at()
		if !it.Last() {
			return it.Error()
		}
		part := int64(float64(most) * span / max(1, at()-low))
		size = min(most, max(size, dense, part))
		return it.Error()
	})
	return size, err
}
