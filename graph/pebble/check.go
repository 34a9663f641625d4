package pebble

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// maxProblems is how many problems Check lists before it gives up.
const maxProblems = 100

// Check reads the whole store and compares every index with every other, the
// dictionary with itself, and the counts with the quads. It returns what does not
// agree, a sentence each, at most 100; nothing in a sound store. A file that
// cannot be read or fails its checksum is an error. It looks at one state, so
// others may write meanwhile, and takes about 100 bytes of memory a value.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	view := s.Snapshot()
	defer view.Close()
	if err := s.stopped(); err != nil {
		return nil, err // a view of a store that has stopped only says that it is closed
	}
	c := &checker{ctx: ctx, s: view, counts: make(map[Node]*shift), roles: make(map[string]Node)}
	if s.reified != nil {
		for _, p := range s.reified.predicates() {
			key, err := dictKey(p)
			if err != nil {
				return nil, err
			}
			c.roles[string(key)] = 0
		}
	}
	for _, step := range []func() error{c.indexes, c.dictionary, c.numbers, c.statements, c.totals} {
		if err := step(); err != nil {
			return nil, err
		}
		if len(c.problems) >= maxProblems {
			break
		}
	}
	return c.problems, nil
}

// checker is one run of Check.
type checker struct {
	ctx      context.Context
	s        *Store
	problems []string
	counts   map[Node]*shift // what its quads give, from the first index
	quads    uint64          // in the first index
	values   uint64          // in the tables of values and counts
	roles    map[string]Node // numbers of the predicates of statements, by their key in the dictionary
}

func (c *checker) report(format string, args ...any) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, fmt.Sprintf(format, args...))
	}
}

// each calls f with every key that starts with the tag, and its content.
func (c *checker) each(tag byte, f func(key, value []byte) error) error {
	sc := &scan{s: c.s}
	sc.take = func(key []byte) (bool, error) {
		value, err := sc.it.ValueAndErr()
		if err != nil {
			return false, err
		}
		return len(c.problems) >= maxProblems, f(key, value)
	}
	sc.within([]byte{tag})
	defer sc.close()
	sc.next(c.ctx)
	return sc.err
}

// A tally describes a set of keys without regard to their order: two sets with
// one tally are the same but for one chance in 2^128.
type tally struct {
	n   uint64
	sum [2]uint64
}

func (t *tally) add(key []byte) {
	h := sha256.Sum256(key)
	t.n++
	t.sum[0] += binary.BigEndian.Uint64(h[:])
	t.sum[1] += binary.BigEndian.Uint64(h[8:])
}

// indexes compares all indexes with the first. Only where they differ it looks
// for the quads that are missing.
func (c *checker) indexes() error {
	var all, labelled tally
	for i := range indexes {
		x := &indexes[i]
		var t tally
		err := c.each(x.tag, func(key, _ []byte) error {
			l, err := x.link(key)
			if err != nil {
				c.report("%v", err)
				return nil
			}
			if x == primary {
				c.count(l)
				if key = primary.appendKey(key[:0:0], l); l[3] != 0 {
					labelled.add(key)
				}
			} else {
				key = primary.appendKey(key[:0:0], l)
			}
			t.add(key)
			return nil
		})
		if err != nil {
			return err
		}
		want := all
		switch x.tag {
		case primary.tag:
			all, want = t, t
		case 'l':
			want = labelled
		}
		if t != want {
			err = errors.Join(c.missing(primary, x), c.missing(x, primary))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// missing reports the quads that one index has and the other has not.
func (c *checker) missing(in, from *index) error {
	return c.each(in.tag, func(key, _ []byte) error {
		l, err := in.link(key)
		if err != nil || !from.holds(l) {
			return nil
		}
		ok, err := has(c.s.reader(), from.appendKey(nil, l))
		if err == nil && !ok {
			c.report("quad %v is in index %c, not in index %c", l, in.tag, from.tag)
		}
		return err
	})
}

func (c *checker) count(l Link) {
	c.quads++
	for i, n := range l {
		if n == 0 {
			continue
		}
		if c.counts[n] == nil {
			c.counts[n] = new(shift)
		}
		c.counts[n].add(i, l[1], 1)
	}
}

// dictionary checks that values, their keys and the ordered values lead to each
// other.
func (c *checker) dictionary() error {
	var forth, back, sorted, inOrder tally
	used := 0 // of the values
	err := c.each(tagValue, func(key, value []byte) error {
		n, err := keyNode(key)
		if err != nil {
			c.report("%v", err)
			return nil
		}
		if c.counts[n] == nil {
			c.report("value %d is in no quad", n)
		} else {
			used++
		}
		v, err := decodeValue(value)
		if err != nil {
			c.report("value %d: %v", n, err)
			return nil
		}
		if _, ok := Inline(v); ok {
			c.report("value %d, %v, is its own number and has another", n, v)
		}
		name, err := dictKey(v)
		if err != nil {
			return err
		}
		if _, ok := c.roles[string(name)]; ok {
			c.roles[string(name)] = n
		}
		forth.add(append(name, key[1:]...))
		if o := orderedKey(v, n); o != nil {
			sorted.add(o)
		}
		return nil
	})
	for _, tag := range []byte{tagShort, tagHash} {
		if err == nil {
			err = c.each(tag, func(key, value []byte) error {
				back.add(append(key[:len(key):len(key)], value...))
				return nil
			})
		}
	}
	if err == nil {
		err = c.each(tagOrdered, func(key, _ []byte) error {
			inOrder.add(key)
			return nil
		})
	}
	if err == nil && forth != back {
		c.report("the %d values and the %d keys of the dictionary do not lead to each other", forth.n, back.n)
	}
	if err == nil && sorted != inOrder {
		c.report("%d values have an order, %d are in order", sorted.n, inOrder.n)
	}
	c.values = forth.n
	if err == nil {
		err = c.lost(used)
	}
	return err
}

// lost reports the numbers in quads that have no value, unless all but those that
// are their own value have one.
func (c *checker) lost(used int) error {
	for n := range c.counts {
		if n.isInline() {
			used++
		}
	}
	if used == len(c.counts) {
		return nil
	}
	return c.s.use(func(r crdb.Reader) error {
		for _, n := range slices.Sorted(maps.Keys(c.counts)) {
			if ok, err := has(r, nodeKey(tagValue, n)); err != nil {
				return err
			} else if !ok && !n.isInline() {
				c.report("value %d is gone, and in quads", n)
			}
		}
		return nil
	})
}

// numbers compares the counts of every value with the quads.
func (c *checker) numbers() error {
	seen, own := 0, uint64(0)
	err := c.each(tagCounts, func(key, value []byte) error {
		seen++
		n, err := keyNode(key)
		if err != nil {
			c.report("%v", err)
			return nil
		}
		if n.isInline() {
			own++
		}
		if n.isInline() && n.value() == nil {
			c.report("number %d stands for no value", n)
		}
		has, err := decodeCounts(value)
		want, ok := counts{}, false
		if by := c.counts[n]; by != nil {
			want, ok = by.apply(counts{})
		}
		if err != nil || !ok || !bytes.Equal(has.encode(), want.encode()) {
			c.report("value %d has counts %v, the quads give %v", n, has, want)
		}
		return nil
	})
	c.values += own
	if err == nil && seen != len(c.counts) {
		c.report("there are counts for %d values, the quads have %d", seen, len(c.counts))
	}
	return err
}

// statements compares the statements with those that the quads make.
func (c *checker) statements() error {
	var want, got tally
	if r := c.s.reified; r != nil {
		f, err := newReifier(*r, func(v quad.Value) (Node, error) {
			key, err := dictKey(v) // not looked up: the dictionary may be damaged
			return c.roles[string(key)], err
		})
		if err != nil {
			return err
		}
		err = f.eachStatement(c.each, func(st Statement) error {
			want.add(append(st.key(nil), st.content(len(f.Carry))...))
			return nil
		})
		if err != nil {
			return err
		}
	}
	err := c.each(tagStatements, func(key, content []byte) error {
		if _, err := readStatement(key, content); err != nil {
			c.report("%v", err)
		}
		got.add(append(key[:len(key):len(key)], content...))
		return nil
	})
	if err == nil && want != got {
		c.report("the quads make %d statements from either end, there are %d", want.n, got.n)
	}
	return err
}

// eachStatement calls take with the statements that quads make; each reads a table.
// The quads of a node are together in the first index.
func (f *reifier) eachStatement(each func(tag byte, f func(key, content []byte) error) error, take func(Statement) error) error {
	parts := make(map[statementID][]Link)
	node := Node(0)
	flush := func() error {
		for id, links := range parts {
			for _, st := range f.statements(id, links) {
				if err := take(st); err != nil {
					return err
				}
			}
		}
		clear(parts)
		return nil
	}
	err := each(primary.tag, func(key, _ []byte) error {
		l, err := primary.link(key)
		if err != nil {
			return nil // has been reported
		}
		if l[0] != node {
			if err := flush(); err != nil {
				return err
			}
			node = l[0]
		}
		if id, ok := f.idOf(l); ok {
			parts[id] = append(parts[id], l)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// totals compares the store's totals with what was counted, and looks for keys
// that belong to nothing.
func (c *checker) totals() error {
	t, err := c.s.totals()
	if err != nil {
		return err
	}
	if t.quads != c.quads || t.values != c.values {
		c.report("the totals are %d quads and %d values, there are %d and %d", t.quads, t.values, c.quads, c.values)
	}
	for n := range c.counts {
		if n >= t.next && !n.isInline() {
			c.report("value %d is not below the next number, %d", n, t.next)
		}
	}
	return c.s.use(func(r crdb.Reader) error {
		return strays(r, func(key []byte) error {
			c.report("key %.40x belongs to nothing", key)
			return nil
		})
	})
}

// strays calls f with the keys outside all tables.
func strays(r crdb.Reader, f func(key []byte) error) error {
	known := map[byte]bool{tagCounters: true}
	for _, tag := range otherTags {
		known[tag] = true
	}
	for _, x := range indexes {
		known[x.tag] = true
	}
	it, err := r.NewIter(nil)
	if err != nil {
		return err
	}
	for ok := it.First(); ok && err == nil; {
		key := append([]byte(nil), it.Key()...)
		if len(key) == 0 || !known[key[0]] || key[0] == tagCounters && len(key) > 1 && !bytes.Equal(key, reificationKey) {
			err = f(key)
			ok = it.Next()
			continue
		}
		ok = it.SeekGE(after(key[:1]))
	}
	return errors.Join(err, it.Close())
}
