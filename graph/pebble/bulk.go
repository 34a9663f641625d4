package pebble

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// bulk loads many quads at once. What is written is the same as by batches, but
// the keys are sorted here and become tables of Pebble in one step:
//
//  1. add writes each new value to a file, and each quad to another by numbers of
//     its own. The store is not touched.
//  2. prepare takes the place of a writer. It gives the values their numbers in the
//     store, sorts the keys of every table (census.go), and writes tables.
//  3. Pebble takes all of them in at one moment, which is when the quads are there.
//
// The files lie in DIR/bulk. Until the last step a crash leaves the store as it
// was; the next opening for writing removes them.
type bulk struct {
	s   *Store
	ctx context.Context
	dir string

	window   []quad.Quad      // not yet numbered
	bytes    int              // of its texts
	windows  chan []quad.Quad // to the goroutine that numbers them
	numbered chan error       // what it came to
	count    int
	seeds    [2]maphash.Seed
	numbers  map[[2]uint64]Node // of values, by two hashes under seeds that nobody else knows
	values   *spool
	links    *spool

	final  []Node // the store's number of each value, from 1
	first  Node   // of the new ones
	quads  [len(indexes)]*sorter[Link]
	sorted map[byte]*sorter[entry] // the keys of another table, by tag
	tables tables

	batches uint64 // of the store, with this load
}

// bulkWindow is how many quads are numbered together, role by role: so names,
// dates and claims that come together get neighbouring numbers, and their keys
// compress better.
const bulkWindow = 1000

// windowBytes is how many bytes of texts fill a window before.
const windowBytes = 4 << 20

func (s *Store) newBulk(ctx context.Context) (*bulk, error) {
	dir := s.fs.PathJoin(s.layout().bulk(), fmt.Sprint(s.bulks.Add(1)))
	b := &bulk{s: s, ctx: ctx, dir: dir, numbers: make(map[[2]uint64]Node), seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
	err := s.run(func() error {
		if err := s.fs.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		var e1, e2 error
		b.values, e1 = newSpool(s.fs, b.path("values"))
		b.links, e2 = newSpool(s.fs, b.path("links"))
		return errors.Join(e1, e2)
	})
	if err != nil {
		b.remove()
		return nil, b.failure(err)
	}
	b.windows, b.numbered = make(chan []quad.Quad, 4), make(chan error, 1)
	go func() { b.numbered <- b.failure(s.run(b.numberAll)) }()
	return b, nil
}

func (b *bulk) path(name string) string { return b.s.fs.PathJoin(b.dir, name) }

// add takes a quad that is complete. It is numbered while the next are read.
func (b *bulk) add(q quad.Quad) error {
	b.window = append(b.window, q)
	if text, ok := q.Object.(quad.String); ok {
		b.bytes += len(text)
	}
	if len(b.window) < bulkWindow && b.bytes < windowBytes {
		return nil
	}
	if err := b.quit(); err != nil {
		return err
	}
	return b.hand()
}

// hand gives the window to the goroutine that numbers.
func (b *bulk) hand() error {
	select {
	case b.windows <- b.window:
		b.window, b.bytes = make([]quad.Quad, 0, bulkWindow), 0
		return nil
	case err := <-b.numbered: // it has failed
		b.numbered <- err
		return err
	}
}

// numberAll numbers window after window until there are no more.
func (b *bulk) numberAll() error {
	for window := range b.windows {
		if err := b.number(window); err != nil {
			return err
		}
	}
	return nil
}

// end returns when all quads have their numbers.
func (b *bulk) end() error {
	err := b.hand()
	close(b.windows)
	if err == nil {
		err = <-b.numbered
	}
	return err
}

// quit says why a load is not to go on.
func (b *bulk) quit() error {
	if b.s.closing.Load() {
		return ErrClosed
	}
	return cancelled(b.ctx)
}

// number writes quads and their new values to the files.
func (b *bulk) number(window []quad.Quad) error {
	b.count += len(window)
	links := make([]Link, len(window))
	for _, dir := range numberOrder {
		var last quad.Value // subjects and labels come many times in turn
		var n Node
		for i, q := range window {
			v := q.Get(dir)
			if v == nil {
				continue
			}
			if _, ok := v.(quad.IRI); !ok || v != last {
				var err error
				if n, err = b.node(v, q); err != nil {
					return err
				}
				last = v
			}
			links[i] = links[i].with(dir, n)
		}
	}
	var buf [4 * 8]byte
	for _, l := range links {
		rec := buf[:0]
		for _, n := range l {
			rec = appendNode(rec, n)
		}
		if err := b.links.write(rec); err != nil {
			return err
		}
	}
	return nil
}

// node returns the number of a value of a quad in this load.
func (b *bulk) node(v quad.Value, of quad.Quad) (Node, error) {
	if n, ok := Inline(v); ok {
		return n, nil
	}
	h, err := b.hash(v)
	if err != nil {
		return 0, &graph.DeltaError{Delta: graph.Delta{Quad: of, Action: graph.Add}, Err: err}
	}
	if n, ok := b.numbers[h]; ok {
		return n, nil
	}
	n := Node(len(b.numbers) + 1)
	b.numbers[h] = n
	enc, err := encodeValue(v)
	if err != nil {
		return 0, err
	}
	return n, b.values.write(enc)
}

// hash names a value for this load.
func (b *bulk) hash(v quad.Value) (h [2]uint64, err error) {
	var kind byte
	var text string
	switch v := v.(type) {
	case quad.IRI:
		kind, text = kindIRI, string(v)
	case quad.String:
		kind, text = kindText, string(v)
	default:
		b, err := encodeValue(v)
		if err != nil {
			return h, err
		}
		kind, text = b[0], string(b[1:])
	}
	for i, seed := range b.seeds {
		var m maphash.Hash
		m.SetSeed(seed)
		_ = m.WriteByte(kind)
		_, _ = m.WriteString(text)
		h[i] = m.Sum64()
	}
	return h, nil
}

// close makes what was added part of the store, unless an error came before, and
// removes the files.
func (b *bulk) close(err error) error {
	if e := b.end(); err == nil {
		err = e
	}
	if err == nil {
		err = b.commit()
	}
	b.remove()
	return err
}

// remove removes the files. What stays does no harm; of a store that has stopped
// all stays, for somebody may still read it.
func (b *bulk) remove() {
	if b.s.stopped() != nil {
		return
	}
	_ = b.s.run(func() error {
		for _, file := range []*spool{b.values, b.links} {
			if file != nil {
				_ = file.close()
			}
		}
		return b.s.fs.RemoveAll(b.dir)
	})
}

// commit does steps 2 and 3. Where the disk fails before the last step the store
// goes on as it was.
func (b *bulk) commit() error {
	s := b.s
	s.write.Lock()
	defer s.write.Unlock()
	var failure error // of the files of the load
	err := s.during(func() error {
		failure = b.failure(s.run(b.prepare))
		if failure != nil || len(b.tables.paths) == 0 {
			return nil
		}
		s.dirty = true
		return s.run(func() error {
			err := s.db.Ingest(context.Background(), b.tables.paths)
			if err == nil {
				s.acked.Store(b.batches)
				_ = layout{s.fs, s.dir, s.format}.sealLoad(b.batches) // without it the load is there as well
			}
			return err
		})
	})
	return errors.Join(failure, err)
}

// failure explains an error of the files of the load, which is none of the store.
func (b *bulk) failure(err error) error {
	var delta *graph.DeltaError
	if err == nil || errors.Is(err, ErrClosed) || errors.As(err, &delta) || b.s.stopped() != nil || cancelled(b.ctx) != nil {
		return err
	}
	err = b.s.explain(err)
	b.s.fs.failed.Store(nil)
	return err
}

// prepare does step 2.
func (b *bulk) prepare() error {
	totals, err := readCounters(b.s.db)
	if err != nil {
		return err
	}
	b.first, b.sorted = totals.next, make(map[byte]*sorter[entry])
	for i := range indexes {
		b.quads[i] = &sorter[Link]{fs: b.s.fs, name: b.path(string(indexes[i].tag)), limit: b.s.limits.sorted, kind: linksInOrder}
		b.quads[i].records = make([]Link, 0, min(b.count, b.s.limits.sorted))
	}
	for _, tag := range []byte{tagShort, tagHash, tagOrdered, tagStatements} {
		b.sorted[tag] = &sorter[entry]{fs: b.s.fs, name: b.path(string(tag)), limit: b.s.limits.sorted / 4, kind: entries}
	}
	b.tables = tables{b: b, options: b.s.tableOptions()}
	had := totals.values > 0
	if err := b.enter(&totals, had); err != nil {
		return err
	}
	if err := together(b.writeDictionary, b.distribute); err != nil {
		return err
	}
	c, err := newCensus(b, had, totals.next)
	if err != nil {
		return err
	}
	if err := c.writeIndexes(); err != nil {
		return err
	}
	if c.added == 0 {
		b.tables.paths = nil
		return nil
	}
	totals.quads += c.added
	if err := c.writeCounts(&totals); err != nil {
		return err
	}
	totals.batches++
	b.batches = totals.batches
	return b.tables.write(func(t *table) error { return t.set([]byte{tagCounters}, totals.encode()) })
}

// enter gives every value its number in the store, and writes the new ones.
func (b *bulk) enter(totals *counters, had bool) error {
	b.final = make([]Node, 1, len(b.numbers)+1)
	err := b.tables.write(func(t *table) error {
		return b.values.each(func(enc []byte) error {
			v, err := decodeValue(enc)
			if err != nil {
				return err
			}
			key := keyOfStored(enc)
			n := Node(0)
			if had {
				if n, err = lookUp(b.s.db, key); err != nil {
					return err
				}
			}
			if n == 0 {
				n = totals.next
				totals.next++
				err = b.enterNew(t, n, v, key, enc)
			}
			b.final = append(b.final, n)
			return err
		})
	})
	totals.values += uint64(totals.next - b.first)
	return err
}

// writeDictionary writes what leads to the new values.
func (b *bulk) writeDictionary() error {
	for _, tag := range []byte{tagShort, tagHash, tagOrdered} {
		if err := b.tables.copy(b.sorted[tag]); err != nil {
			return err
		}
	}
	return nil
}

func (b *bulk) enterNew(t *table, n Node, v quad.Value, key, enc []byte) error {
	name := nodeKey(tagValue, n)
	err := errors.Join(t.set(name, enc), b.sorted[key[0]].add(entry{key: key, content: name[1:]}))
	if o := orderedKey(v, n); o != nil {
		err = errors.Join(err, b.sorted[tagOrdered].add(entry{key: o}))
	}
	return err
}

// distributed is how many quads at a time are handed to the sorters.
const distributed = 1 << 14

// distribute gives every quad to the sorters of the indexes.
func (b *bulk) distribute() error {
	links := make([]Link, 0, distributed)
	flush := func() error {
		if err := b.quit(); err != nil {
			return err
		}
		steps := make([]func() error, len(indexes))
		for i := range indexes {
			steps[i] = func() error { return b.sort(&indexes[i], b.quads[i], links) }
		}
		err := together(steps...)
		links = links[:0]
		return err
	}
	err := b.links.each(func(rec []byte) error {
		var l Link
		for i := range l {
			n, rest, ok := cutNode(rec)
			if !ok {
				return fmt.Errorf("%s: %w", b.links.name, errChanged)
			}
			if l[i], rec = n, rest; !n.isInline() {
				l[i] = b.final[n]
			}
		}
		if links = append(links, l); len(links) < distributed {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

func (b *bulk) sort(x *index, to *sorter[Link], links []Link) error {
	for _, l := range links {
		if !x.holds(l) {
			continue
		}
		if err := to.add(Link{l[x.order[0]], l[x.order[1]], l[x.order[2]], l[x.order[3]]}); err != nil {
			return err
		}
	}
	return nil
}

// together runs steps at the same time. A panic in one, which would end the
// process, becomes its error.
func together(steps ...func() error) error {
	errs := make([]error, len(steps))
	var wg sync.WaitGroup
	for i, step := range steps {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					errs[i] = asError(r)
				}
			}()
			errs[i] = step()
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
