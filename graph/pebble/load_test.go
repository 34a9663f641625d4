package pebble

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawnQuads are quads of values of all kinds, of names that make statements and of
// many others, some of them twice.
func drawnQuads(t *rapid.T, name string, most int) []quad.Quad {
	seed := rapid.Uint64().Draw(t, name)
	n := rapid.IntRange(0, most).Draw(t, name+" count")
	spread := rapid.SampledFrom([]int{3, 50, 2000}).Draw(t, name+" spread")
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	node := func() quad.Value {
		switch r.IntN(4) {
		case 0:
			return storedValues[r.IntN(len(storedValues))]
		case 1:
			return pool[r.IntN(len(pool))]
		}
		return quad.IRI(fmt.Sprintf("node:%d", r.IntN(spread)))
	}
	predicates := append([]quad.IRI{"p", "q"}, reified.predicates()...)
	quads := make([]quad.Quad, n)
	for i := range quads {
		q := quad.Quad{Subject: node(), Predicate: predicates[r.IntN(len(predicates))], Object: node()}
		switch r.IntN(5) {
		case 0:
			q.Object = quad.Int(r.IntN(spread))
		case 1:
			q.Object = quad.Float(r.Float64())
		case 2:
			q.Predicate = node()
		}
		if r.IntN(2) == 0 {
			q.Label = quad.IRI(fmt.Sprintf("label:%d", r.IntN(4)))
		} else if r.IntN(8) == 0 {
			q.Label = node()
		}
		if quads[i] = q; i > 0 && r.IntN(10) == 0 {
			quads[i] = quads[r.IntN(i)]
		}
	}
	return quads
}

func deltasOf(quads []quad.Quad, action graph.Procedure) (in []graph.Delta) {
	for _, q := range quads {
		in = append(in, graph.Delta{Quad: q, Action: action})
	}
	return in
}

// described is all that a store says of its quads, without numbers of values, which
// differ between stores.
type described struct {
	stats      graph.Stats
	quads      []string
	sizes      []string // in how many quads each value stands, by direction
	statements []string
}

func describe(t *rapid.T, s *Store) (d described) {
	ctx := context.Background()
	var err error
	if d.stats, err = s.Stats(ctx, true); err != nil {
		t.Fatal(err)
	}
	it := s.QuadsAllIterator()
	defer it.Close()
	values := make(map[quad.Value]bool)
	for it.Next(ctx) {
		q := s.Quad(it.Result())
		d.quads = append(d.quads, fmt.Sprintf("%.200q", []quad.Value{q.Subject, q.Predicate, q.Object, q.Label}))
		for _, dir := range quad.Directions {
			if v := q.Get(dir); v != nil {
				values[v] = true
			}
		}
	}
	for v := range values {
		line := fmt.Sprintf("%.200q", v)
		for _, dir := range quad.Directions {
			sz, err := s.QuadIteratorSize(ctx, dir, s.ValueOf(v))
			if err != nil {
				t.Fatal(err)
			}
			line += fmt.Sprint(" ", sz.Size)
		}
		d.sizes = append(d.sizes, line)
	}
	for st, err := range s.Statements(ctx, Pair{}) {
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprint(st.IsObject)
		for _, n := range []Node{st.Self, st.Other, st.ID, st.Label} {
			if n != 0 {
				line += fmt.Sprintf(" %.200q", s.NameOf(n))
			}
		}
		// Which is the least where there are several depends on numbers.
		d.statements = append(d.statements, fmt.Sprint(line, st.Order != 0, st.Carry[0] != 0))
	}
	for _, lines := range [][]string{d.quads, d.sizes, d.statements} {
		slices.Sort(lines)
	}
	if err := errors.Join(it.Err(), s.Err()); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestLoadRandom loads many quads, in several runs and tables, and gives another store
// the same by batches: both must say the same, before and after deletions. A
// snapshot of before does not change.
func TestLoadRandom(t *testing.T) {
	opt := graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
	rapid.Check(t, func(t *rapid.T) {
		s, plain := open(t, vfs.NewMem()), open(t, vfs.NewMem())
		defer s.Close()
		defer plain.Close()
		s.limits.bulkFrom = 1
		s.limits.sorted = rapid.SampledFrom([]int{20, 100, 1 << 20}).Draw(t, "sorted")
		s.limits.tableSize = rapid.SampledFrom([]uint64{1 << 9, 2 << 10, 1 << 20}).Draw(t, "tableSize")
		both := func(in []graph.Delta) {
			for _, s := range []*Store{s, plain} {
				if err := s.ApplyDeltas(in, opt); err != nil {
					t.Fatal(err)
				}
			}
		}
		agree := func(place string) {
			if got, want := describe(t, s), describe(t, plain); !gocmp.Equal(got, want, gocmp.AllowUnexported(described{})) {
				t.Fatalf("%s: (- batches, + load)\n%s", place, gocmp.Diff(want, got, gocmp.AllowUnexported(described{})))
			}
			if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
				t.Fatalf("%s: Check() = %q, %v", place, problems, err)
			}
		}
		earlier := drawnQuads(t, "earlier", 50)
		both(deltasOf(earlier, graph.Add))
		both(deltasOf(earlier[:len(earlier)/3], graph.Delete))
		snap := s.Snapshot()
		before := describe(t, snap)
		quads := append(drawnQuads(t, "load", 250), earlier[:len(earlier)/2]...)
		for range rapid.IntRange(1, 2).Draw(t, "loads") {
			if n, err := s.Load(context.Background(), each(quads)); n != len(quads) || err != nil {
				t.Fatalf("Load() = %d, %v, want %d", n, err, len(quads))
			}
		}
		for part := range slices.Chunk(quads, 100) {
			if err := plain.ApplyDeltas(deltasOf(part, graph.Add), opt); err != nil {
				t.Fatal(err)
			}
		}
		agree("loaded")
		both(deltasOf(quads[len(quads)/2:], graph.Delete))
		agree("after deletions")
		if now := describe(t, snap); !gocmp.Equal(now, before, gocmp.AllowUnexported(described{})) {
			t.Fatal("a snapshot of before the load has changed")
		}
	})
}

// TestLoadMeanwhile begins loads, gives a batch that has the same quads and values and
// takes others away, and then ends the loads, two of which have the same quads.
func TestLoadMeanwhile(t *testing.T) {
	s, err := OpenMemory(Options{Reification: reified})
	if err != nil {
		t.Fatal(err)
	}
	s.limits = few
	apply(t, s, "+old p gone", "+old p kept")
	quads := append(claimQuads(0, 200), iri("old p gone"), iri("old p kept"))
	var writers []quad.WriteCloser
	for range 2 {
		w, err := s.NewQuadWriter()
		if err == nil {
			_, err = w.(quad.BatchWriter).WriteQuads(quads)
		}
		if err != nil {
			t.Fatal(err)
		}
		writers = append(writers, w)
	}
	apply(t, s, "-old p gone")
	if err := s.ApplyDeltas(deltasOf(claimQuads(100, 120), graph.Add), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if err := s.ApplyDeltas(deltasOf(claimQuads(110, 115), graph.Delete), graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	for _, w := range writers {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := quadsOf(s); err != nil || !gocmp.Equal(got, textOf(quads)) {
			t.Errorf("%d quads, %v, want %d", len(got), err, len(quads))
		}
		checkStore(t, s)
	}
	closeStore(t, s)
}

// TestLoadConcurrently runs loads, two of the same quads, beside batches, readers of
// the present and of snapshots, and backups. A reader sees all of a load or nothing, and
// does not wait for one.
func TestLoadConcurrently(t *testing.T) {
	loads, size := 6, 300
	if slow {
		loads, size = 2, 100
	}
	dir := t.TempDir()
	s := newStore(t, filepath.Join(dir, "store"))
	s.limits = few
	s.limits.tableSize = 16 << 10
	var writing, rest sync.WaitGroup
	var done atomic.Bool
	for worker := range 2 {
		writing.Go(func() {
			for i := range loads {
				if _, err := s.Load(context.Background(), each(claimQuads(i*size, i*size+size))); err != nil {
					t.Errorf("worker %d: %v", worker, err)
				}
			}
		})
	}
	writing.Go(func() {
		for i := range loads * 10 {
			if err := s.ApplyDeltas(batch(i), graph.IgnoreOpts{}); err != nil {
				t.Error(err)
			}
		}
	})
	words := func(s *Store) int64 {
		n, err := s.QuadIteratorSize(context.Background(), quad.Predicate, s.ValueOf(quad.IRI("kg:words")))
		if err != nil {
			t.Error(err)
		}
		return n.Size
	}
	var slowest atomic.Int64
	for reader := range 3 {
		rest.Go(func() {
			for last := int64(0); !done.Load(); {
				began := time.Now()
				view := s
				if reader > 0 {
					view = s.Snapshot()
				}
				n := words(view)
				if n%int64(size) != 0 || n < last {
					t.Errorf("%d claims, after %d: not whole loads", n, last)
				}
				if last = n; reader == 2 {
					if got, err := quadsOf(view); err != nil || int64(len(got)) < 6*n || words(view) != n {
						t.Errorf("a snapshot of %d claims: %d quads, %v", n, len(got), err)
					}
				}
				if view != s {
					view.Close()
				}
				if took := int64(time.Since(began)); reader == 0 && took > slowest.Load() {
					slowest.Store(took)
				}
			}
		})
	}
	rest.Go(func() {
		for i := 0; !done.Load() && i < 3; i++ {
			to := filepath.Join(dir, fmt.Sprint("backup", i))
			if err := s.Checkpoint(to); err != nil {
				t.Error(err)
				continue
			}
			b, err := Open(to, Options{LockWait: -1})
			if err != nil {
				t.Error(err)
				continue
			}
			if n := words(b); n%int64(size) != 0 {
				t.Errorf("a backup of %d claims: not whole loads", n)
			}
			closeStore(t, b)
		}
	})
	writing.Wait()
	done.Store(true)
	rest.Wait()
	want := append(afterBatches(loads*10), textOf(claimQuads(0, loads*size))...)
	slices.Sort(want)
	if got, err := quadsOf(s); err != nil || !gocmp.Equal(got, want) {
		t.Errorf("%d quads, %v, want %d", len(got), err, len(want))
	}
	t.Logf("the slowest look-up beside loads: %v", time.Duration(slowest.Load()))
	closeStore(t, s)
}

// TestLoadClosed closes the store at random moments of loads: each that was
// acknowledged is there, any other whole or not at all.
func TestLoadClosed(t *testing.T) {
	times, size := 6, 200
	if slow {
		times, size = 3, 100
	}
	dir, begun, took := t.TempDir(), 0, time.Duration(0)
	for i := range times {
		s := newStore(t, dir)
		s.limits = few
		s.limits.tableSize = 16 << 10
		result := make(chan error, 1)
		load := func() {
			_, err := s.Load(context.Background(), each(claimQuads(begun*size, begun*size+size)))
			result <- err
		}
		if began := time.Now(); i == 0 {
			load()
			took = time.Since(began) * 5 / 4
		} else {
			go load()
			time.Sleep(rand.N(took))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		err := <-result
		if err != nil && !errors.Is(err, ErrClosed) {
			t.Errorf("Load() = %v, want ErrClosed", err)
		}
		s = newStore(t, dir)
		if err == nil {
			begun++
		}
		got, e := quadsOf(s)
		if e != nil || len(got) != 6*size*begun {
			t.Fatalf("Load() = %v; %d quads of %d loads, %v", err, len(got), begun, e)
		}
		closeStore(t, s)
	}
	t.Logf("%d of %d loads ended before the store was closed", begun, times)
}

// TestLoadCancelled stops loads while their tables are written: by the context, and by
// closing the store, which does not wait for them.
func TestLoadCancelled(t *testing.T) {
	for _, closing := range []bool{false, true} {
		s := newMemory(t)
		s.limits = few
		apply(t, s, "+a p b")
		ctx, cancel := context.WithCancel(context.Background())
		w, err := s.NewLoader(ctx)
		if err == nil {
			_, err = w.WriteQuads(claimQuads(0, 100))
		}
		if err != nil {
			t.Fatal(err)
		}
		want := context.Canceled
		if closing {
			s.closing.Store(true)
			want = ErrClosed
		}
		cancel()
		if err := w.Close(); !errors.Is(err, want) {
			t.Errorf("Close() = %v, want %v", err, want)
		}
		if names, err := s.fs.List(s.layout().bulk()); err != nil || len(names) > 0 {
			t.Errorf("%q, %v are left", names, err)
		}
		if got, err := quadsOf(s); err != nil || len(got) != 1 {
			t.Errorf("%q, %v", got, err)
		}
		closeStore(t, s)
	}
}
