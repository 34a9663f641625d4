package pebble

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
)

// census writes the indexes of a load, and counts meanwhile in how many new quads
// each value stands.
type census struct {
	*bulk
	had     bool          // the store had quads before
	added   uint64        // quads that are new
	by      [4]*tallies   // by direction; that of the object stands in objects
	objects []objectCount // by predicate, then object
	stated  *restating
}

// tallies count the quads of values in one direction.
type tallies struct {
	first Node
	fresh []uint32        // of the new values, from first
	other map[Node]uint64 // of old ones and of those that are their own number
}

func (t *tallies) add(n Node) {
	if n >= t.first && !n.isInline() {
		t.fresh[n-t.first]++
	} else if n != 0 {
		t.other[n]++
	}
}

func (t *tallies) of(n Node) uint64 {
	if n >= t.first && !n.isInline() {
		return uint64(t.fresh[n-t.first])
	}
	return t.other[n]
}

// objectCount is in how many quads of a predicate a value is the object.
type objectCount struct {
	object Node
	perPredicate
}

// newCensus gives the numbers of the load's values up, which are many.
func newCensus(b *bulk, had bool, next Node) (c *census, err error) {
	c = &census{bulk: b, had: had}
	for _, dir := range []int{0, 1, 3} {
		c.by[dir] = &tallies{first: b.first, fresh: make([]uint32, next-b.first), other: make(map[Node]uint64)}
	}
	c.stated, err = c.newRestating()
	b.numbers, b.final = nil, nil
	return c, err
}

// writeIndexes writes the indexes and the statements. The first index finds the
// quads that were there; the third is not counted, and may hold those again.
func (c *census) writeIndexes() error {
	err := together(c.bySubject, func() error { return c.index(2, func(Link) error { return nil }) })
	if err != nil {
		return err
	}
	return together(
		func() error { return c.index(1, c.byPredicate) },
		func() error {
			return errors.Join(c.index(3, c.byLabel), c.tables.copy(c.sorted[tagStatements]))
		},
	)
}

// errThere says that a quad is not to be written.
var errThere = errors.New("the store has it")

// index writes the quads of an index for which f returns nil, each once.
func (c *census) index(i int, f func(Link) error) error {
	x := &indexes[i]
	return c.tables.write(func(t *table) error {
		var last Link
		var key [keySize]byte
		return c.bulk.quads[i].each(func(ordered Link) error {
			if ordered == last {
				return nil
			}
			last = ordered
			var l Link
			for i, d := range x.order {
				l[d] = ordered[i]
			}
			switch err := f(l); {
			case err == errThere:
				return nil
			case err != nil:
				return err
			}
			return t.set(x.appendKey(key[:0], l), nil)
		})
	})
}

// bySubject writes the first index. The quads of a node stand together in it, and
// so do those of its statements.
func (c *census) bySubject() error {
	err := c.index(0, func(l Link) error {
		if err := c.isThere(l); err != nil {
			return err
		}
		c.added++
		c.by[0].add(l[0])
		return c.stated.take(l)
	})
	return errors.Join(err, c.stated.flush())
}

// isThere returns errThere for a quad that the store had before. It is asked anew for
// each index, since to remember those quads would take memory for each.
func (c *census) isThere(l Link) error {
	if !c.had || slices.ContainsFunc(l[:], c.isNew) {
		return nil
	}
	there, err := has(c.s.db, primary.appendKey(make([]byte, 0, keySize), l))
	if err == nil && there {
		err = errThere
	}
	return err
}

// isNew reports whether the load gave a value its number.
func (c *census) isNew(n Node) bool { return n >= c.first && !n.isInline() }

func (c *census) byPredicate(l Link) error {
	if err := c.isThere(l); err != nil {
		return err
	}
	c.by[1].add(l[1])
	if n := len(c.objects) - 1; n >= 0 && c.objects[n].object == l[2] && c.objects[n].predicate == l[1] {
		c.objects[n].n++
	} else {
		c.objects = append(c.objects, objectCount{l[2], perPredicate{l[1], 1}})
	}
	return nil
}

func (c *census) byLabel(l Link) error {
	if err := c.isThere(l); err != nil {
		return err
	}
	c.by[3].add(l[3])
	return nil
}

// restating writes the statements that new quads make.
type restating struct {
	*census
	f     *reifier // nil: none
	node  Node
	parts map[statementID][]Link // of node
}

func (c *census) newRestating() (*restating, error) {
	r := &restating{census: c, parts: make(map[statementID][]Link)}
	if c.s.reified == nil {
		return r, nil
	}
	var err error
	r.f, err = newReifier(*c.s.reified, c.numberOf)
	return r, err
}

// numberOf returns the number of a value that the load or the store has.
func (c *census) numberOf(v quad.Value) (Node, error) {
	h, err := c.hash(v)
	if err != nil {
		return 0, err
	}
	if n, ok := c.numbers[h]; ok {
		return c.final[n], nil
	}
	key, err := dictKey(v)
	if err != nil {
		return 0, err
	}
	return lookUp(c.s.db, key)
}

func (r *restating) take(l Link) error {
	if r.f == nil {
		return nil
	}
	if l[0] != r.node {
		if err := r.flush(); err != nil {
			return err
		}
		r.node = l[0]
	}
	if id, ok := r.f.idOf(l); ok {
		r.parts[id] = append(r.parts[id], l)
	}
	return nil
}

func (r *restating) flush() error {
	for id, added := range r.parts {
		var before []Link
		if r.had && !r.isNew(id.id) {
			var err error
			if before, err = linksOf(r.s.db, id); err != nil {
				return err
			}
		}
		old, now := r.f.statements(id, before), r.f.statements(id, append(before, added...))
		if err := r.f.replace(sortedWriter{r.sorted[tagStatements]}, old, now); err != nil {
			return err
		}
	}
	clear(r.parts)
	return nil
}

// writeCounts writes the counts of every value that has new quads.
func (c *census) writeCounts(totals *counters) error {
	slices.SortFunc(c.objects, func(a, b objectCount) int {
		return cmp.Or(cmp.Compare(a.object, b.object), cmp.Compare(a.predicate, b.predicate))
	})
	others := make(map[Node]bool)
	for _, dir := range []int{0, 1, 3} {
		for n := range c.by[dir].other {
			others[n] = true
		}
	}
	for _, o := range c.objects {
		if !c.isNew(o.object) {
			others[o.object] = true
		}
	}
	known := slices.Sorted(maps.Keys(others))
	own, _ := slices.BinarySearch(known, inlined)
	return c.tables.write(func(t *table) error {
		for _, n := range known[:own] {
			if err := c.writeNode(t, totals, n); err != nil {
				return err
			}
		}
		for n := c.first; n < totals.next; n++ {
			if err := c.writeNode(t, totals, n); err != nil {
				return err
			}
		}
		for _, n := range known[own:] {
			if err := c.writeNode(t, totals, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeNode writes the counts of one value; they are asked for in order.
func (c *census) writeNode(t *table, totals *counters, n Node) error {
	var now counts
	if c.had && !c.isNew(n) {
		var err error
		if now, err = readCounts(c.s.db, n); err != nil {
			return err
		}
	}
	if n.isInline() && now.total() == 0 {
		totals.values++
	}
	now.subject += c.by[0].of(n)
	now.predicate += c.by[1].of(n)
	now.label += c.by[3].of(n)
	for len(c.objects) > 0 && c.objects[0].object == n {
		now.addObject(c.objects[0].perPredicate)
		c.objects = c.objects[1:]
	}
	return t.set(nodeKey(tagCounts, n), now.encode())
}
