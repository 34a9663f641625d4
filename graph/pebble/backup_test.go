package pebble

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
)

func TestCheckpoint(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "store")
	s := newStore(t, store)
	apply(t, s, "+a p b l", "+b p c")
	want, err := quadsOf(s)
	if err != nil {
		t.Fatal(err)
	}
	fromWriter := filepath.Join(dir, "deep", "one")
	if err := s.Checkpoint(fromWriter); err != nil {
		t.Fatal(err)
	}
	if err := s.Checkpoint(fromWriter); !errors.Is(err, fs.ErrExist) {
		t.Errorf("Checkpoint onto a backup = %v, want that it exists", err)
	}
	apply(t, s, "-a p b l") // does not reach the backup
	if err := s.Snapshot().Checkpoint(filepath.Join(dir, "x")); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Checkpoint of a snapshot = %v, want ErrReadOnly", err)
	}
	apply(t, s, "+a p b l")
	closeStore(t, s)

	r, err := Open(store, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	fromReader := filepath.Join(dir, "two")
	if err := os.Mkdir(fromReader, 0o777); err != nil { // empty is as good as none
		t.Fatal(err)
	}
	if err := r.Checkpoint(fromReader); err != nil {
		t.Fatal(err)
	}
	closeStore(t, r)
	if err := os.RemoveAll(store); err != nil {
		t.Fatal(err)
	}

	for _, backup := range []string{fromWriter, fromReader} {
		for _, readOnly := range []bool{true, false} {
			b, err := Open(backup, Options{ReadOnly: readOnly})
			if err != nil {
				t.Fatalf("opening %s: %v", backup, err)
			}
			if got, err := quadsOf(b); err != nil || !cmp.Equal(got, want) {
				t.Errorf("%s, read-only %v: %q, %v, want %q", backup, readOnly, got, err, want)
			}
			if !readOnly {
				apply(t, b, "+x p y")
			}
			closeStore(t, b)
		}
	}
}

// TestCheckpointCannotBeWritten: a backup that fails leaves nothing, and the
// store works on.
func TestCheckpointCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	s := newStore(t, filepath.Join(dir, "store"))
	apply(t, s, "+a p b")
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{file, filepath.Join(file, "below")} {
		if err := s.Checkpoint(to); err == nil {
			t.Errorf("Checkpoint(%s) gives no error", to)
		}
	}
	apply(t, s, "+a p c")
	closeStore(t, s)
}

// TestCheckpointInUse makes backups while others write and read: each is the store
// at one moment, and nobody waits.
func TestCheckpointInUse(t *testing.T) {
	dir := t.TempDir()
	s := newStore(t, filepath.Join(dir, "store"))
	for i := range 200 {
		if err := s.ApplyDeltas(bulky(i), graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
	}
	had := 200
	var written, read, writeWait, readWait atomic.Int64
	longest := func(of *atomic.Int64, since time.Time) {
		if took := int64(time.Since(since)); took > of.Load() {
			of.Store(took)
		}
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	repeat := func(f func() error) {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := f(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	repeat(func() error {
		defer longest(&writeWait, time.Now())
		defer written.Add(1)
		return s.ApplyDeltas(batch(int(written.Load())), graph.IgnoreOpts{})
	})
	repeat(func() error {
		defer longest(&readWait, time.Now())
		defer read.Add(1)
		_, err := listed(s, s.QuadIterator(quad.Predicate, s.ValueOf(quad.IRI("kg:text"))))
		return err
	})
	for n := range 4 {
		to := filepath.Join(dir, "backup", strconv.Itoa(n))
		before, began := written.Load(), time.Now()
		if err := s.Checkpoint(to); err != nil {
			t.Fatal(err)
		}
		took, after := time.Since(began), written.Load()
		b := newStore(t, to)
		got, err := quadsOf(b)
		now, e := b.totals()
		of := int64(now.batches) - int64(had)
		want := afterBatches(int(of))
		if err != nil || e != nil || of < before || of > after+1 || !cmp.Equal(got[len(got)-len(want):], want) || len(got) != len(want)+had {
			t.Errorf("backup between batches %d and %d: batch %d, %d quads, %v, %v", before, after, of, len(got), err, e)
		}
		closeStore(t, b)
		t.Logf("backup took %v, batches %d to %d", took, before, after)
	}
	close(stop)
	wg.Wait()
	t.Logf("%d batches, the longest %v; %d readings, the longest %v", written.Load(), time.Duration(writeWait.Load()), read.Load(), time.Duration(readWait.Load()))
	closeStore(t, s)
}
