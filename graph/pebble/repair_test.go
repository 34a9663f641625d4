package pebble

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestRepair repairs each damage that Check knows, and compares with the store
// before it.
func TestRepair(t *testing.T) {
	// These quads do not come back as they were: what was spoilt is what they are
	// made from.
	changed := map[string][]string{
		"quad lost in s":       {"<b> <l> ."},
		"value changed":        {"<b> <l> .", "<x> <l> ."},
		"number with a number": {"<b> <l> .", "<x> <l> ."},
	}
	for _, d := range damages() {
		t.Run(d.name, func(t *testing.T) {
			s, want := spoilt(t, vfs.NewMem(), d)
			r, err := s.Repair(context.Background(), false)
			if err != nil || len(r.Problems) == 0 || len(r.Lost) > 0 {
				t.Fatalf("Repair() = %+v, %v, want problems and nothing lost", r, err)
			}
			checkStore(t, s)
			got, err := quadsOf(s)
			for _, end := range changed[d.name] {
				ends := func(q string) bool { return strings.HasSuffix(q, end) }
				want, got = slices.DeleteFunc(want, ends), slices.DeleteFunc(got, ends)
			}
			if err != nil || !cmp.Equal(got, want) {
				t.Errorf("quads (- before, + after), %v:\n%s", err, cmp.Diff(want, got))
			}
			if again, err := s.Repair(context.Background(), false); err != nil || len(again.Problems) > 0 {
				t.Errorf("second Repair() = %+v, %v, want nothing", again, err)
			}
			apply(t, s, "+a p new l", "-b p c")
			closeStore(t, s)
		})
	}
}

// TestRepairLost: of a value that is gone for good the quads are kept or dropped,
// as asked.
func TestRepairLost(t *testing.T) {
	ctx := context.Background()
	long := quad.String(strings.Repeat("a long text ", 10))
	for _, broken := range []bool{false, true} {
		s := newMemory(t)
		apply(t, s, "+a p b l", "+a p c")
		q := quad.Quad{Subject: quad.IRI("a"), Predicate: quad.IRI("text"), Object: long, Label: quad.IRI("report:1")}
		if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
		n := s.ValueOf(long).(Node)
		spoil(t, s, func(b *crdb.Batch) error {
			if broken {
				return b.Set(nodeKey(tagValue, n), []byte("?"), nil)
			}
			return b.Delete(nodeKey(tagValue, n), nil)
		})
		want := fmt.Sprintf("quad <a> <text> ? <report:1>: value %d is gone", n)
		for range 2 {
			r, err := s.Repair(ctx, false)
			if err != nil || !cmp.Equal(r.Lost, []string{want}) || r.LostQuads != 1 {
				t.Errorf("broken %v: Repair() = %+v, %v, want lost: %s", broken, r, err, want)
			}
			problems, err := s.Check(ctx)
			if text := fmt.Sprintf("value %d", n); err != nil || len(problems) != 1 || !strings.Contains(problems[0], text) {
				t.Errorf("broken %v: Check() = %q, %v, want only %s", broken, problems, err, text)
			}
		}
		// The text may come again, under another number.
		if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
			t.Errorf("broken %v: adding the text again: %v", broken, err)
		}
		if r, err := s.Repair(ctx, true); err != nil || r.LostQuads != 1 {
			t.Errorf("broken %v: Repair, dropping = %+v, %v", broken, r, err)
		}
		got, err := quadsOf(s)
		if want := []string{"<a> <p> <b> <l> .", "<a> <p> <c> .", q.NQuad()}; err != nil || !cmp.Equal(got, want) {
			t.Errorf("broken %v: %q, %v, want %q", broken, got, err, want)
		}
		closeStore(t, s)
	}
}

// TestRepairAny spoils any keys of a store. After a repair that drops what is lost
// it is sound, and where quads and values were left alone all is as before.
func TestRepairAny(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		s := open(t, vfs.NewMem())
		defer func() { s.Close() }()
		now := model{}
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			in := anyDeltas().Draw(t, "deltas")
			opts := graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}
			now, _ = now.apply(in, opts)
			if err := s.ApplyDeltas(in, opts); err != nil {
				t.Fatal(err)
			}
		}
		derivedOnly := rapid.Bool().Draw(t, "derivedOnly")
		b := s.db.NewBatch()
		keys := keysOf(t, s, derivedOnly)
		for range rapid.IntRange(1, 8).Draw(t, "damages") {
			if len(keys) == 0 {
				break
			}
			if err := spoilKey(t, b, keys, derivedOnly); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Commit(crdb.Sync); err != nil {
			t.Fatal(err)
		}
		s.limits.repaired = rapid.SampledFrom([]int{1, usual.repaired}).Draw(t, "repaired")
		r, err := s.Repair(ctx, true)
		if err != nil {
			t.Fatalf("Repair() = %+v, %v", r, err)
		}
		if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
			t.Fatalf("Check() after Repair = %q, %v; before: %q", problems, err, r.Problems)
		}
		if derivedOnly {
			compare(t, s, now)
		}
	})
}

type entryOf struct{ key, content []byte }

// keysOf lists the keys of a store but for totals and reification, and with
// derivedOnly also but for quads and values.
func keysOf(t *rapid.T, s *Store, derivedOnly bool) (all []entryOf) {
	it, err := s.db.NewIter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	for ok := it.First(); ok; ok = it.Next() {
		tag := it.Key()[0]
		if tag == tagCounters || derivedOnly && (tag == tagValue || tag == primary.tag) {
			continue
		}
		content, err := it.ValueAndErr()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entryOf{slices.Clone(it.Key()), slices.Clone(content)})
	}
	return all
}

// spoilKey deletes a key, changes its content or copies it to a key of another form.
func spoilKey(t *rapid.T, b *crdb.Batch, keys []entryOf, derivedOnly bool) error {
	e := rapid.SampledFrom(keys).Draw(t, "key")
	other := rapid.SampledFrom(keys).Draw(t, "other")
	switch rapid.IntRange(0, 3).Draw(t, "how") {
	case 0:
		return b.Delete(e.key, nil)
	case 1:
		return b.Set(e.key, other.content, nil)
	case 2:
		content := slices.Clone(e.content)
		if len(content) == 0 {
			content = []byte{0}
		}
		content[rapid.IntRange(0, len(content)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		return b.Set(e.key, content, nil)
	default:
		key := slices.Clone(e.key)
		if at := rapid.IntRange(1, len(key)).Draw(t, "at"); at == len(key) {
			key = append(key, 'x')
		} else {
			key[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		}
		return b.Set(key, e.content, nil)
	}
}

// TestRepairFailedOperation lets single operations on the disk fail in turn while
// a store is repaired. Then, as after a whole repair, another makes it sound.
func TestRepairFailedOperation(t *testing.T) {
	d := damage{spoil: func(*Store) func(*crdb.Batch) error {
		return func(b *crdb.Batch) error {
			return errors.Join(b.DeleteRange([]byte("o"), []byte("q"), nil), b.DeleteRange([]byte("n"), []byte("o"), nil), b.Set([]byte("zzz"), nil, nil))
		}
	}}
	whole := vfs.NewMem()
	s, want := spoilt(t, whole, d)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, lasting := range []bool{false, true} {
		for at := rand.Int64N(*every); ; at += *every {
			mem := vfs.NewMem()
			copyTree(t, whole, mem, "store", "store")
			inj, hit := failing(at, lasting)
			place := fmt.Sprintf("operation %d fails", at)
			var err error
			orHang(t, func() { err = repairIn(errorfs.Wrap(mem, inj), "store") })
			if err != nil && !errors.Is(err, syscall.EIO) && !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: %v, want EIO", place, err)
			}
			if err := repairIn(mem, "store"); err != nil {
				t.Errorf("%s: repairing again: %v", place, err)
			}
			s, err := Open("store", Options{FS: mem, LockWait: -1})
			if err != nil {
				t.Fatalf("%s: %v", place, err)
			}
			if got, err := quadsOf(s); err != nil || !cmp.Equal(got, want) {
				t.Errorf("%s: %q, %v, want %q", place, got, err, want)
			}
			closeStore(t, s)
			if hit.Load() == 0 {
				t.Logf("lasting %v: %d operations", lasting, at)
				break
			}
		}
	}
}

func repairIn(fsys vfs.FS, dir string) error {
	s, err := Open(dir, Options{FS: fsys, LockWait: -1})
	if err != nil {
		return err
	}
	_, err = s.Repair(context.Background(), false)
	if e := s.Close(); err == nil {
		err = e
	}
	return err
}

// TestRepairDamagedFile: what Pebble cannot read is refused with what helps.
func TestRepairDamagedFile(t *testing.T) {
	whole := vfs.NewMem()
	s, err := Open("store", Options{FS: whole})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(context.Background(), each(claimQuads(0, 500))); err != nil { // so many that not all is read when the store is opened
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := whole.List("store/data-2")
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, name := range names {
		file := "store/data-2/" + name
		content, err := readFile(whole, file)
		if err != nil {
			t.Fatal(err)
		}
		for at := 0; at < len(content) && strings.HasSuffix(name, ".sst"); at += 2011 {
			mem := vfs.NewMem()
			copyTree(t, whole, mem, "store", "store")
			bad := slices.Clone(content)
			bad[at] ^= 1
			if err := writeFile(mem, file, string(bad), vfs.File.Close); err != nil {
				t.Fatal(err)
			}
			err := repairIn(mem, "store")
			if err != nil && (!errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "restore it from a backup")) {
				t.Errorf("%s, byte %d: Repair() = %v, want ErrDamaged and what helps", name, at, err)
			}
			if err != nil && strings.Contains(err.Error(), "a damaged file cannot be repaired") {
				refused++
			}
		}
	}
	if refused == 0 {
		t.Error("no repair was refused")
	}
}

func TestRepairReadOnly(t *testing.T) {
	s := newMemory(t)
	if _, err := s.Snapshot().Repair(context.Background(), false); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Repair of a snapshot = %v, want ErrReadOnly", err)
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	apply(t, s, "+a p b")
	if _, err := s.Repair(stopped, false); !errors.Is(err, context.Canceled) || s.Err() != nil {
		t.Errorf("Repair, stopped = %v, and the store: %v", err, s.Err())
	}
}
