package pebble

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// errIncomplete refuses a quad without subject, predicate or object.
var errIncomplete = errors.New("a quad needs a subject, a predicate and an object")

// ApplyDeltas adds and removes quads, all or none, in the order given; what it
// did is on the disk when it returns. The label is part of a quad. To add a quad
// that is there fails with a *graph.DeltaError for graph.ErrQuadExists, to remove
// one that is not with graph.ErrQuadNotExist, unless opts ignores it; a quad
// without subject, predicate or object, and a value of a kind that is not in
// package quad, always fail.
func (s *Store) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) (err error) {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.enter(); err != nil {
		return err
	}
	defer s.leave(&err)
	if s.readOnly || s.snap != nil {
		return ErrReadOnly
	}
	totals, err := readCounters(s.db)
	if err != nil {
		return err
	}
	c := &change{r: s.db, reified: s.reified, totals: totals, nodes: make(map[string]Node), keys: make(map[Node]string), links: make(map[Link]*presence)}
	if err := c.number(in); err != nil {
		return err
	}
	for _, d := range in {
		if err := c.add(d, opts); err != nil {
			return err
		}
	}
	return s.commit(c)
}

// commit writes a change as one batch.
func (s *Store) commit(c *change) error {
	b := s.db.NewBatch()
	if err := c.writeTo(b); err != nil || b.Empty() {
		return errors.Join(err, b.Close())
	}
	s.dirty = true
	err := s.run(func() error {
		return errors.Join(b.Commit(crdb.Sync), b.Close())
	})
	if err == nil {
		s.acked.Store(c.totals.batches)
	}
	return err
}

// change collects what a list of deltas comes to, before anything is written.
type change struct {
	r       crdb.Reader
	reified *Reification
	totals  counters
	nodes   map[string]Node     // of the values met, by their key in the dictionary
	keys    map[Node]string     // the reverse
	fresh   map[Node]quad.Value // those that were new, but not inline ones
	links   map[Link]*presence
	order   []Link // the keys of links as met
}

// presence is whether a quad was there before the change, and is after it.
type presence struct{ was, is bool }

// numberOrder is the order in which the values of many quads get their numbers.
var numberOrder = [...]quad.Direction{quad.Object, quad.Subject, quad.Predicate, quad.Label}

// number gives new values their numbers, direction by direction, so that values
// of one role (names, dates, claims) get neighbouring numbers; they and the keys
// of their quads then compress better.
func (c *change) number(in []graph.Delta) error {
	for _, dir := range numberOrder {
		for _, d := range in {
			v := d.Quad.Get(dir)
			if v == nil || d.Action != graph.Add {
				continue
			}
			var refused *graph.DeltaError // is reported when its turn comes
			if _, err := c.node(v, d); err != nil && !errors.As(err, &refused) {
				return err
			}
		}
	}
	return nil
}

// add takes one delta.
func (c *change) add(d graph.Delta, opts graph.IgnoreOpts) error {
	fail := func(why error) error { return &graph.DeltaError{Delta: d, Err: why} }
	if d.Action != graph.Add && d.Action != graph.Delete {
		return fail(graph.ErrInvalidAction)
	}
	if d.Quad.Subject == nil || d.Quad.Predicate == nil || d.Quad.Object == nil {
		return fail(errIncomplete)
	}
	l, known, err := c.link(d)
	if err != nil {
		return err
	}
	p := &presence{}
	if known {
		if p, err = c.presence(l); err != nil {
			return err
		}
	}
	adding := d.Action == graph.Add
	switch {
	case p.is != adding:
		p.is = adding
	case adding && !opts.IgnoreDup:
		return fail(graph.ErrQuadExists)
	case !adding && !opts.IgnoreMissing:
		return fail(graph.ErrQuadNotExist)
	}
	return nil
}

// link returns the numbers of the delta's quad. It gives new values a number
// when the quad is to be added; when it is to be removed they make it unknown.
func (c *change) link(d graph.Delta) (l Link, known bool, err error) {
	for _, dir := range quad.Directions {
		v := d.Quad.Get(dir)
		if v == nil {
			continue
		}
		n, err := c.node(v, d)
		if err != nil {
			return l, false, err
		}
		if n == 0 {
			return l, false, nil
		}
		l = l.with(dir, n)
	}
	return l, true, nil
}

func (c *change) node(v quad.Value, d graph.Delta) (Node, error) {
	if n, ok := Inline(v); ok {
		return n, nil
	}
	key, err := dictKey(v)
	if err != nil {
		return 0, &graph.DeltaError{Delta: d, Err: err}
	}
	if n, ok := c.nodes[string(key)]; ok {
		return n, nil
	}
	n, err := lookUp(c.r, key)
	if err != nil || n == 0 && d.Action == graph.Delete {
		return 0, err
	}
	if n == 0 {
		n = c.totals.next
		c.totals.next++
		if c.fresh == nil {
			c.fresh = make(map[Node]quad.Value)
		}
		c.fresh[n] = v
	}
	c.nodes[string(key)], c.keys[n] = n, string(key)
	return n, nil
}

// presence returns what is known of a quad.
func (c *change) presence(l Link) (*presence, error) {
	if p, ok := c.links[l]; ok {
		return p, nil
	}
	p := &presence{}
	if !c.hasFresh(l) {
		there, err := has(c.r, primary.appendKey(make([]byte, 0, keySize), l))
		if err != nil {
			return nil, err
		}
		*p = presence{there, there}
	}
	c.links[l] = p
	c.order = append(c.order, l)
	return p, nil
}

// hasFresh reports whether a value of the quad is new, so that the store cannot
// have the quad.
func (c *change) hasFresh(l Link) bool {
	for _, n := range l {
		if _, ok := c.fresh[n]; ok {
			return true
		}
	}
	return false
}

// writeTo puts into the batch what is different after the change; nothing, where
// nothing is.
func (c *change) writeTo(b *crdb.Batch) error {
	steps := make(map[Node]*shift)
	for _, l := range c.order {
		p := c.links[l]
		if p.was == p.is {
			continue
		}
		by := int64(1)
		if p.was {
			by = -1
		}
		c.totals.quads += uint64(by)
		for i, n := range l {
			if n == 0 {
				continue
			}
			if steps[n] == nil {
				steps[n] = new(shift)
			}
			steps[n].add(i, l[1], by)
		}
		if err := writeLink(b, l, p.is); err != nil {
			return err
		}
	}
	if len(steps) == 0 {
		return nil
	}
	for n, by := range steps {
		if err := c.writeNode(b, n, by); err != nil {
			return err
		}
	}
	if c.reified != nil {
		if err := c.restate(b, *c.reified); err != nil {
			return err
		}
	}
	c.totals.batches++
	return b.Set([]byte{tagCounters}, c.totals.encode(), nil)
}

// shift is by how much the counts of a value change.
type shift struct {
	by     [4]int64 // by direction; that of the object stands in object
	object map[Node]int64
}

func (s *shift) add(direction int, predicate Node, by int64) {
	if direction != 2 {
		s.by[direction] += by
		return
	}
	if s.object == nil {
		s.object = make(map[Node]int64, 1)
	}
	s.object[predicate] += by
}

// apply returns the counts after the step; ok is false where one would fall below
// nothing.
func (s *shift) apply(c counts) (after counts, ok bool) {
	ok = true
	sum := func(n uint64, by int64) uint64 {
		if by < 0 && n < uint64(-by) {
			ok = false
		}
		return n + uint64(by)
	}
	after = counts{subject: sum(c.subject, s.by[0]), predicate: sum(c.predicate, s.by[1]), label: sum(c.label, s.by[3])}
	for _, o := range c.object {
		if o.n = sum(o.n, s.object[o.predicate]); o.n > 0 {
			after.object = append(after.object, o)
		}
	}
	for p, by := range s.object {
		if n := sum(0, max(by, 0)); c.asObject(p) == 0 && by != 0 {
			ok = ok && by > 0
			after.object = append(after.object, perPredicate{p, n})
		}
	}
	slices.SortFunc(after.object, func(a, b perPredicate) int { return cmp.Compare(a.predicate, b.predicate) })
	return after, ok
}

// writeLink writes or deletes a quad in every index.
func writeLink(b *crdb.Batch, l Link, is bool) (err error) {
	var buf [keySize]byte
	for i := range indexes {
		x := &indexes[i]
		if !x.holds(l) || err != nil {
			continue
		}
		key := x.appendKey(buf[:0], l)
		if is {
			err = b.Set(key, nil, nil)
		} else {
			err = b.Delete(key, nil)
		}
	}
	return err
}

// writeNode writes the counts of a value; a new one is entered, and one without
// quads leaves.
func (c *change) writeNode(b *crdb.Batch, n Node, by *shift) error {
	v, fresh := c.fresh[n]
	var before counts
	if !fresh {
		var err error
		if before, err = readCounts(c.r, n); err != nil {
			return err
		}
	}
	now, ok := by.apply(before)
	if !ok {
		return fmt.Errorf("%w: value %d stands in fewer quads than are removed", ErrDamaged, n)
	}
	was, is := before.total() > 0, now.total() > 0
	if was != is {
		if is {
			c.totals.values++
		} else {
			c.totals.values--
		}
	}
	switch {
	case !is && !was:
		return nil
	case !is:
		return errors.Join(c.leave(b, n), b.Delete(nodeKey(tagCounts, n), nil))
	case fresh:
		if err := c.enter(b, n, v); err != nil {
			return err
		}
	}
	return b.Set(nodeKey(tagCounts, n), now.encode(), nil)
}

// enter writes a new value into the dictionary.
func (c *change) enter(b *crdb.Batch, n Node, v quad.Value) error {
	enc, err := encodeValue(v)
	if err != nil {
		return err
	}
	name := nodeKey(tagValue, n)
	if err := errors.Join(b.Set([]byte(c.keys[n]), name[1:], nil), b.Set(name, enc, nil)); err != nil {
		return err
	}
	if key := orderedKey(v, n); key != nil {
		return b.Set(key, nil, nil)
	}
	return nil
}

// leave takes a value out of the dictionary.
func (c *change) leave(b *crdb.Batch, n Node) error {
	if n.isInline() {
		return nil
	}
	v, err := readValue(c.r, n)
	if err != nil {
		return err
	}
	if key := orderedKey(v, n); key != nil {
		err = b.Delete(key, nil)
	}
	return errors.Join(err, b.Delete([]byte(c.keys[n]), nil), b.Delete(nodeKey(tagValue, n), nil))
}
