package pebble

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/google/go-cmp/cmp"
)

const (
	faultSize  = 40 // claims of a step, where the disk fails
	faultSteps = 4
)

// few are limits with which so few claims have several runs and tables.
var few = limits{listAfter: 16, bulkFrom: 1, sorted: 100, tableSize: 2 << 10, repaired: 64 << 20}

// loadWork does steps until one fails. It returns how many were acknowledged and the
// failure, after a look at what a store does then: one that goes on is as it was.
func loadWork(t *testing.T, fsys vfs.FS, lasting bool) (acked int, err error) {
	s, err := Open("store", Options{FS: fsys, LockWait: -1, Reification: reified})
	if err != nil {
		return 0, err
	}
	defer func() {
		if e := s.Close(); err == nil {
			err = e
		}
	}()
	s.limits = few
	for i := range faultSteps {
		if err := doStep(s, i, faultSize); err != nil {
			if s.Err() != nil {
				return acked, afterFault(s, err)
			}
			if text := err.Error(); !strings.HasPrefix(text, "store store: ") || strings.Contains(text, "bulk") && !strings.Contains(text, "all that was stored before is kept") {
				t.Errorf("%v, want the store named, and that what was stored is kept", err)
			}
			return acked, errors.Join(err, goesOn(s, acked, lasting))
		}
		acked++
	}
	return acked, nil
}

// goesOn fails unless the store is as it was after these steps, and takes the next.
func goesOn(s *Store, steps int, lasting bool) error {
	got, err := quadsOf(s)
	if err != nil && lasting {
		return nil // the disk cannot be read
	}
	if err != nil || !cmp.Equal(got, afterSteps(steps, faultSize)) {
		return fmt.Errorf("WRONG after a failed load: %d quads, %w", len(got), err)
	}
	if lasting {
		return nil
	}
	if err := doStep(s, steps, faultSize); err != nil {
		return fmt.Errorf("WRONG after a failed load: the next: %w", err)
	}
	if got, err := quadsOf(s); err != nil || !cmp.Equal(got, afterSteps(steps+1, faultSize)) {
		return fmt.Errorf("WRONG after repeating a failed load: %d quads, %w", len(got), err)
	}
	return nil
}

// afterLoads opens the store on a sound disk: all acknowledged steps are there, and
// of the next all or nothing.
func afterLoads(t *testing.T, fsys vfs.FS, place string, acked int) {
	t.Helper()
	s, err := Open("store", Options{FS: fsys, LockWait: -1, Reification: reified})
	if err != nil {
		t.Errorf("%s: opening again: %v", place, err)
		return
	}
	defer closeStore(t, s)
	if _, err := fsys.Stat("store/bulk"); err == nil {
		t.Errorf("%s: files of a load are left", place)
	}
	if got, err := quadsOf(s); err != nil || !cmp.Equal(got, afterSteps(acked, faultSize)) && !cmp.Equal(got, afterSteps(acked+1, faultSize)) {
		t.Errorf("%s: %d steps acknowledged, found %d quads, %v", place, acked, len(got), err)
	}
}

// TestLoadFailedOperation lets operations on the disk fail in turn while loads run,
// once or from then on. Where the failure was in a load's own files the store goes on
// as it was; elsewhere it stops. Nothing may crash or hang.
func TestLoadFailedOperation(t *testing.T) {
	step := 1 + (*every-1)*8 // each run does many loads
	if slow {
		step *= 6
	}
	for _, lasting := range []bool{false, true} {
		wentOn, stopped := 0, 0
		for at := rand.Int64N(step); ; at += step {
			mem := vfs.NewMem()
			var path atomic.Pointer[string]
			inj, hit := failing(at, lasting)
			noting := errorfs.InjectorFunc(func(op errorfs.Op) error {
				err := inj.MaybeError(op)
				if err != nil {
					path.CompareAndSwap(nil, &op.Path)
				}
				return err
			})
			var acked int
			var err error
			orHang(t, func() { acked, err = loadWork(t, errorfs.Wrap(mem, noting), lasting) })
			place := "no operation fails"
			if p := path.Load(); p != nil {
				place = fmt.Sprintf("operation %d fails, on %s, lasting %v", at, *p, lasting)
			}
			if err != nil && !errors.Is(err, syscall.EIO) && !errors.Is(err, ErrDamaged) || err != nil && strings.Contains(err.Error(), "WRONG") {
				t.Errorf("%s: %v, want EIO", place, err)
			}
			inBulk := strings.Contains(place, "store/bulk")
			if inBulk && !lasting && err != nil && strings.Contains(err.Error(), "after ") {
				t.Errorf("%s: the store has stopped: %v", place, err)
			}
			if err != nil && inBulk {
				wentOn++
			} else if err != nil {
				stopped++
			}
			if err == nil || lasting || !inBulk {
				afterLoads(t, mem, place, acked)
			}
			if hit.Load() == 0 {
				t.Logf("lasting %v: %d operations, failures in a load's files %d, elsewhere %d", lasting, at, wentOn, stopped)
				break
			}
		}
	}
}

// TestLoadPowerLoss cuts the power before operations that change the disk.
func TestLoadPowerLoss(t *testing.T) {
	disk := unlocked{vfs.NewCrashableMem()}
	rng := rand.New(rand.NewPCG(11, 12))
	type cut struct {
		disk  *vfs.MemFS
		acked int
	}
	var mu sync.Mutex
	var cuts []cut
	acked, n, step := 0, 0, int(1+(*every-1)*3)
	if slow {
		step *= 6
	}
	inj := errorfs.InjectorFunc(func(op errorfs.Op) error {
		if op.Kind.ReadOrWrite() == errorfs.OpIsWrite {
			mu.Lock()
			if n++; n%step == 0 {
				cuts = append(cuts, cut{disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: rng.IntN(101), RNG: rng}), acked})
			}
			mu.Unlock()
		}
		return nil
	})
	for range 2 {
		s, err := Open("store", Options{FS: errorfs.Wrap(disk, inj), LockWait: -1, Reification: reified})
		if err != nil {
			t.Fatal(err)
		}
		s.limits = few
		for range 3 {
			if err := doStep(s, acked, faultSize); err != nil {
				t.Fatal(err)
			}
			mu.Lock()
			acked++
			mu.Unlock()
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range cuts {
		afterLoads(t, unlocked{c.disk}, fmt.Sprintf("cut %d of %d", i, len(cuts)), c.acked)
	}
	t.Logf("%d cuts", len(cuts))
}

// spoiling is a disk that does not keep what a load's own files are given: of one
// write a byte is flipped, or the end cut off.
type spoiling struct {
	vfs.FS
	at   int64 // which write
	cut  bool
	done atomic.Int64
}

func (d *spoiling) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	f, err := d.FS.Create(name, category)
	if err == nil && strings.HasPrefix(name, "store/bulk/") && !strings.HasSuffix(name, ".sst") {
		f = &spoiled{f, d}
	}
	return f, err
}

type spoiled struct {
	vfs.File
	disk *spoiling
}

func (f *spoiled) Write(p []byte) (int, error) {
	if f.disk.done.Add(1)-1 != f.disk.at {
		return f.File.Write(p)
	}
	bad := slices.Clone(p)
	if f.disk.cut {
		bad = bad[:rand.IntN(len(bad))]
	} else {
		bad[rand.IntN(len(bad))] ^= 1 << rand.IntN(8)
	}
	_, err := f.File.Write(bad)
	return len(p), err
}

// TestLoadSpoiled flips a byte of every file of a load while it runs, or cuts it
// short. The load fails, and the store goes on.
func TestLoadSpoiled(t *testing.T) {
	for _, short := range []bool{false, true} {
		step := *every
		if slow {
			step *= 4
		}
		for at := rand.Int64N(step); ; at += step {
			disk := &spoiling{FS: vfs.NewMem(), at: at, cut: short}
			s, err := Open("store", Options{FS: disk, LockWait: -1, Reification: reified})
			if err != nil {
				t.Fatal(err)
			}
			s.limits = few
			for i := range 2 {
				if err = doStep(s, i, faultSize); err == nil {
					continue
				}
				if !errors.Is(err, errChanged) || !strings.Contains(err.Error(), "run the command again") {
					t.Errorf("write %d, cut short %v: %v, want %v", at, short, err, errChanged)
				}
				if err := goesOn(s, i, false); err != nil {
					t.Errorf("write %d, cut short %v: %v", at, short, err)
				}
				break
			}
			closeStore(t, s)
			if disk.done.Load() <= at {
				t.Logf("cut short %v: %d writes", short, disk.done.Load())
				break
			}
			if err == nil {
				t.Errorf("write %d, cut short %v: nothing was noticed", at, short)
			}
		}
	}
}

// unlinked is a disk on which links are forbidden, as on some that have none.
type unlinked struct{ vfs.FS }

func (unlinked) Link(oldname, newname string) error {
	return &os.LinkError{Op: "link", Old: oldname, New: newname, Err: syscall.EPERM}
}

func TestLoadWithoutLinks(t *testing.T) {
	s, err := Open("store", Options{FS: unlinked{vfs.NewMem()}, Reification: reified})
	if err != nil {
		t.Fatal(err)
	}
	s.limits = few
	for i := range 2 {
		if err := doStep(s, i, faultSize); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := quadsOf(s); err != nil || !cmp.Equal(got, afterSteps(2, faultSize)) {
		t.Errorf("%d quads, %v", len(got), err)
	}
	closeStore(t, s)
}

// TestLoadDiskFull fills a small disk by a load. The store goes on as it was.
func TestLoadDiskFull(t *testing.T) {
	if slow {
		t.Skip("fills a disk, which takes long and has nothing for the race detector; the plain run has it")
	}
	dir := filepath.Join(smallDisk(t, "8m"), "store")
	s := newStore(t, dir)
	s.limits.bulkFrom = 1
	apply(t, s, "+a p b")
	_, err := s.Load(context.Background(), func(yield func(quad.Quad, error) bool) {
		for i := 0; yield(bulky(i)[0].Quad, nil); i++ {
		}
	})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "make room and run the command again") {
		t.Fatalf("Load() = %v, want the full disk", err)
	}
	if names, err := s.fs.List(filepath.Join(dir, "bulk")); err != nil || len(names) > 0 {
		t.Errorf("%q, %v are left", names, err)
	}
	apply(t, s, "+a p c")
	if n, err := s.Load(context.Background(), each([]quad.Quad{iri("a p d")})); n != 1 || err != nil {
		t.Errorf("a small load: %d, %v", n, err)
	}
	if got, err := quadsOf(s); err != nil || len(got) != 3 {
		t.Errorf("%q, %v", got, err)
	}
	closeStore(t, s)
}

// incomparable is a foreign kind of value on which == panics.
type incomparable struct {
	foreign
	_ []int
}

// TestLoadForeign: a load refuses what a batch refuses, with the same error.
func TestLoadForeign(t *testing.T) {
	s := newMemory(t)
	for _, bulkFrom := range []int{1, 100} {
		s.limits.bulkFrom = bulkFrom
		for _, v := range []quad.Value{foreign{}, incomparable{}} {
			bad := quad.Quad{Subject: quad.IRI("a"), Predicate: quad.IRI("p"), Object: v}
			_, err := s.Load(context.Background(), each([]quad.Quad{iri("a p b"), bad, bad}))
			if delta := (*graph.DeltaError)(nil); !errors.As(err, &delta) || delta.Delta.Quad.Object == nil {
				t.Errorf("Load of a %T = %v, want a DeltaError", v, err)
			}
		}
	}
	if got, err := quadsOf(s); err != nil || len(got) > 0 {
		t.Errorf("%q, %v", got, err)
	}
	closeStore(t, s)
}
