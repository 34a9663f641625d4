package pebble

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// Repaired is what Repair found and did.
type Repaired struct {
	// Problems are those that Check saw before; a sound store has none, and is left
	// as it is.
	Problems []string
	// Lost are quads that name a value which is gone, a sentence each, at most 100:
	// all that cannot be made again. LostQuads is how many there are.
	Lost      []string
	LostQuads int
}

// Repair makes again what the quads (index s) and the values (table v) say: the
// other indexes, the dictionary, the order of values, counts, statements and totals.
// A value that is gone comes back from the dictionary where that has it in full; two
// numbers of one value become one. A quad of which a value is gone for good is only
// reported, since its label, the report, tells what to load again, and Check goes on
// to report it; with drop it is taken out.
//
// Quads and values are put right first, then the rest, each in one atomic batch up
// to 64 MiB of changes and in several above. Interrupted, it leaves all quads that
// could be read before, and goes on when it is called again. Other batches wait
// meanwhile, readers do not; it takes about 300 bytes of memory a value.
//
// A damaged file of Pebble is an error, ErrDamaged, as for every reader: what it
// held is gone.
func (s *Store) Repair(ctx context.Context, drop bool) (Repaired, error) {
	r, err := s.repair(ctx, drop)
	if errors.Is(err, ErrDamaged) {
		err = fmt.Errorf("a damaged file cannot be repaired: %w", err)
	}
	return r, err
}

func (s *Store) repair(ctx context.Context, drop bool) (r Repaired, err error) {
	if s.readOnly || s.snap != nil {
		return r, ErrReadOnly
	}
	if r.Problems, err = s.Check(ctx); err != nil || len(r.Problems) == 0 {
		return r, err
	}
	s.write.Lock()
	defer s.write.Unlock()
	err = s.during(func() (err error) {
		r, err = s.rebuild(ctx, drop, r)
		return err
	})
	return r, err
}

func (s *Store) rebuild(ctx context.Context, drop bool, r Repaired) (Repaired, error) {
	m := &repair{ctx: ctx, s: s, drop: drop, numbers: make(map[string]Node), same: make(map[Node]Node), recovered: make(map[Node]quad.Value)}
	err := m.step(m.values, m.recover, m.quads)
	if err == nil {
		err = m.step(m.count, m.indexes, m.dictionary, m.order, m.counts, m.statements, m.strays, m.totals)
	}
	r.Lost, r.LostQuads = m.lost, m.lostQuads
	return r, err
}

// repair is one run of Repair.
type repair struct {
	ctx  context.Context
	s    *Store
	drop bool
	r    *crdb.Snapshot // what is read
	b    *crdb.Batch    // what is written

	known     []Node              // numbers of the values that can be read, sorted
	recovered map[Node]quad.Value // of the others, those that the dictionary has in full
	numbers   map[string]Node     // of all these, by their key in the dictionary
	same      map[Node]Node       // a number of a value that has a better one
	lost      []string
	lostQuads int

	rebuilt
}

// step does a part of the repair: what its steps read is the store as it was before
// them, and what they write comes after.
func (m *repair) step(steps ...func() error) (err error) {
	m.r, m.b = m.s.db.NewSnapshot(), m.s.db.NewBatch()
	for _, f := range steps {
		if err == nil {
			err = f()
		}
	}
	if err == nil {
		err = m.flush(0)
	}
	if m.s.stopped() == nil { // of a store that has stopped nothing is touched any more
		err = errors.Join(err, m.b.Close(), m.r.Close())
	}
	return err
}

// flush writes the batch where it is larger than most.
func (m *repair) flush(most int) error {
	if m.b.Len() <= most || m.b.Empty() {
		return nil
	}
	b := m.b
	m.s.dirty = true
	if err := m.s.run(func() error { return b.Commit(crdb.Sync) }); err != nil {
		return err
	}
	m.b = m.s.db.NewBatch()
	return b.Close()
}

func (m *repair) set(key, content []byte) error {
	return errors.Join(m.b.Set(key, content, nil), m.flush(m.s.limits.repaired))
}

func (m *repair) remove(key []byte) error {
	return errors.Join(m.b.Delete(key, nil), m.flush(m.s.limits.repaired))
}

// each calls f with every key that starts with the tag, and its content.
func (m *repair) each(tag byte, f func(key, content []byte) error) error {
	return m.within([]byte{tag}, f)
}

// within calls f with every key that starts with the prefix, and its content.
func (m *repair) within(prefix []byte, f func(key, content []byte) error) error {
	it, err := m.r.NewIter(&crdb.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
	if err != nil {
		return err
	}
	for ok, n := it.First(), 1; ok && err == nil; ok, n = it.Next(), n+1 {
		var content []byte
		if content, err = it.ValueAndErr(); err == nil {
			err = f(it.Key(), content)
		}
		if n%skipped == 0 && err == nil {
			err = cancelled(m.ctx)
		}
	}
	return errors.Join(err, it.Close())
}

// values reads which values there are.
func (m *repair) values() error {
	return m.each(tagValue, func(key, content []byte) error {
		n, err := keyNode(key)
		v, unread := decodeValue(content)
		if err != nil || unread != nil || n == 0 || n.isInline() {
			return nil // the dictionary's turn comes
		}
		if own, ok := Inline(v); ok {
			m.same[n] = own
			return nil
		}
		name, err := dictKey(v)
		if err != nil {
			return err
		}
		if first, ok := m.numbers[string(name)]; ok {
			m.same[n] = first
			return nil
		}
		m.numbers[string(name)] = n
		m.known = append(m.known, n)
		return nil
	})
}

// recover takes values that are gone from those keys of the dictionary that are the
// value.
func (m *repair) recover() error {
	return m.each(tagShort, func(key, content []byte) error {
		n, err := keyNode(append([]byte{tagValue}, content...))
		if err != nil || n == 0 || n.isInline() || m.there(n) || m.same[n] != 0 {
			return nil
		}
		v, err := decodeValue(key[1:])
		if err != nil {
			return nil
		}
		if typed, ok := v.(quad.TypedString); ok && nativeOf(typed) != nil {
			v = nativeOf(typed)
		}
		name, err := dictKey(v)
		if _, taken := m.numbers[string(name)]; err != nil || taken || string(name) != string(key) {
			return err
		}
		m.numbers[string(name)], m.recovered[n] = n, v
		return nil
	})
}

// there reports whether a number has a value.
func (m *repair) there(n Node) bool {
	if n.isInline() {
		return n.value() != nil
	}
	_, known := slices.BinarySearch(m.known, n)
	return known || m.recovered[n] != nil
}

// quads puts right the numbers in the first index, and writes the values that were
// recovered.
func (m *repair) quads() error {
	for n, v := range m.recovered {
		enc, err := encodeValue(v)
		if err == nil {
			err = m.set(nodeKey(tagValue, n), enc)
		}
		if err != nil {
			return err
		}
	}
	return m.each(primary.tag, func(key, _ []byte) error {
		l, err := primary.link(key)
		if err != nil || l[0] == 0 || l[1] == 0 || l[2] == 0 {
			return m.remove(key)
		}
		to, gone := l, Node(0)
		for i, n := range l {
			if better, ok := m.same[n]; ok {
				to[i] = better
			} else if n != 0 && !m.there(n) {
				gone = n
			}
		}
		if gone != 0 {
			if err := m.lose(to, gone); err != nil {
				return err
			}
		}
		switch {
		case gone != 0 && m.drop:
			return m.remove(key)
		case to != l:
			return errors.Join(m.remove(key), m.set(primary.appendKey(nil, to), nil))
		}
		return nil
	})
}

// lose reports a quad of which a value is gone.
func (m *repair) lose(l Link, gone Node) error {
	m.lostQuads++
	if len(m.lost) >= maxProblems {
		return nil
	}
	var words []string
	for _, n := range l {
		word := "?"
		if n == 0 {
			continue
		}
		if m.there(n) {
			v := m.recovered[n]
			if v == nil {
				var err error
				if v, err = readValue(m.r, n); err != nil {
					return err
				}
			}
			word = brief(v)
		}
		words = append(words, word)
	}
	m.lost = append(m.lost, fmt.Sprintf("quad %s: value %d is gone", strings.Join(words, " "), gone))
	return nil
}

// brief is a value in N-Quads, cut short.
func brief(v quad.Value) string {
	const most = 60
	text := []rune(quad.StringOf(v))
	if len(text) > most {
		text = append(text[:most], '…')
	}
	return string(text)
}
