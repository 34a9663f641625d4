package pebble

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/google/go-cmp/cmp"
)

// work opens a store and writes batches to it until something fails. It returns
// how many were acknowledged and the failure.
func work(fsys vfs.FS, batches int) (acked int, err error) {
	s, err := Open("store", Options{FS: fsys, LockWait: -1})
	if err != nil {
		return 0, err
	}
	defer func() {
		if e := s.Close(); err == nil {
			err = e
		}
	}()
	for i := range batches {
		if err := s.ApplyDeltas(batch(i), graph.IgnoreOpts{}); err != nil {
			return acked, afterFault(s, err)
		}
		acked++
		if _, err := quadsOf(s); err != nil {
			return acked, afterFault(s, err)
		}
	}
	return acked, nil
}

// afterFault fails unless a store that has stopped says so in every call.
func afterFault(s *Store, err error) error {
	calls := map[string]func() error{
		"ApplyDeltas": func() error { return s.ApplyDeltas(batch(1000), graph.IgnoreOpts{}) },
		"Stats":       func() error { _, err := s.Stats(context.Background(), true); return err },
		"Next":        func() error { _, err := listed(s, s.QuadsAllIterator()); return err },
		"Err":         s.Err,
		"Check":       func() error { _, err := s.Check(context.Background()); return err },
		"Checkpoint":  func() error { return s.Checkpoint("elsewhere") },
	}
	for name, call := range calls {
		if call() == nil {
			return fmt.Errorf("after %v: %s gives no error", err, name)
		}
	}
	if v := s.NameOf(Node(1)); v != nil {
		return fmt.Errorf("after %v: NameOf gives %v", err, v)
	}
	return err
}

// batch is the i-th batch: three quads, one of which the next batch removes.
func batch(i int) []graph.Delta {
	one := func(j, k int) quad.Quad {
		return quad.MakeIRI(fmt.Sprintf("s%d", j), "p", fmt.Sprintf("o%d", k), "")
	}
	in := []graph.Delta{
		{Quad: one(i, 0), Action: graph.Add},
		{Quad: one(i, 1), Action: graph.Add},
		{Quad: one(i, 2), Action: graph.Add},
	}
	if i > 0 && i < 1000 {
		in = append(in, graph.Delta{Quad: one(i-1, 2), Action: graph.Delete})
	}
	return in
}

// after returns the quads that the first n batches leave.
func afterBatches(n int) []string {
	left := make(map[string]bool)
	for i := range n {
		for _, d := range batch(i) {
			left[d.Quad.NQuad()] = d.Action == graph.Add
		}
	}
	out := []string{}
	for q, is := range left {
		if is {
			out = append(out, q)
		}
	}
	slices.Sort(out)
	return out
}

// TestFailedOperation lets every single operation on the disk fail in turn, reads
// and writes. Nothing may crash or hang; what was acknowledged is there after
// opening again, and of the batch that failed all or nothing.
func TestFailedOperation(t *testing.T) {
	const batches = 12
	step := int64(1)
	if slow {
		step = 11
	}
	for _, lasting := range []bool{false, true} {
		for at := int64(0); ; at += step {
			mem := vfs.NewMem()
			inj, hit := failing(at, lasting)
			acked, err := workOrHang(t, errorfs.Wrap(mem, inj), batches)
			if err != nil && !errors.Is(err, syscall.EIO) && !errors.Is(err, ErrDamaged) {
				t.Errorf("operation %d fails: %v, want EIO", at, err)
			}
			recovered(t, mem, fmt.Sprintf("operation %d fails", at), acked, batches)
			if hit.Load() == 0 {
				t.Logf("lasting %v: %d operations", lasting, at)
				break
			}
		}
	}
}

func workOrHang(t *testing.T, fsys vfs.FS, batches int) (acked int, err error) {
	orHang(t, func() { acked, err = work(fsys, batches) })
	return acked, err
}

// orHang calls f and fails the test where it does not return.
func orHang(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		f()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("hangs")
	}
}

// failing lets the operation with the number at fail, or all from then on.
func failing(at int64, lasting bool) (errorfs.Injector, *atomic.Int64) {
	var n, hit atomic.Int64
	return errorfs.InjectorFunc(func(op errorfs.Op) error {
		if op.Kind == errorfs.OpFileClose {
			return nil // pebble's handles would leak
		}
		i := n.Add(1) - 1
		if i == at || lasting && i > at {
			hit.Add(1)
			return &os.PathError{Op: "operation", Path: op.Path, Err: syscall.EIO}
		}
		return nil
	}), &hit
}

// TestRelativeFolder: a store named by a path that is not the shortest, in a
// process that changes its folder, is guarded like any other.
func TestRelativeFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newStore(t, "./sub/../store/")
	apply(t, s, "+a p b")
	t.Chdir(t.TempDir())
	for i := range 20 {
		apply(t, s, fmt.Sprintf("+a p c%d", i))
	}
	if !strings.HasPrefix(s.layout().data()+"/000001.log", s.fs.dir) || !filepath.IsAbs(s.fs.dir) {
		t.Errorf("files in %q are not behind the fence of %q", s.layout().data(), s.fs.dir)
	}
	closeStore(t, s)
}

// recovered opens the store on the sound disk and compares.
func recovered(t *testing.T, fsys vfs.FS, place string, acked, batches int) {
	t.Helper()
	s, err := Open("store", Options{FS: fsys, LockWait: -1})
	if err != nil {
		t.Errorf("%s: opening again: %v", place, err)
		return
	}
	defer closeStore(t, s)
	got, err := quadsOf(s)
	if err != nil {
		t.Errorf("%s: reading again: %v", place, err)
		return
	}
	if !cmp.Equal(got, afterBatches(acked)) && !cmp.Equal(got, afterBatches(min(acked+1, batches))) {
		t.Errorf("%s: %d batches acknowledged, found\n%s", place, acked, strings.Join(got, "\n"))
	}
}

// TestDiskFull fills a small disk.
func TestDiskFull(t *testing.T) {
	disk := smallDisk(t, "4m")
	dir := filepath.Join(disk, "store")
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	acked := 0
	for err == nil && acked < 10_000 {
		if err = s.ApplyDeltas(bulky(acked), graph.IgnoreOpts{}); err == nil {
			acked++
		}
	}
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), dir) {
		t.Fatalf("after %d batches: %v, want the full disk named", acked, err)
	}
	t.Logf("after %d batches: %v", acked, err)
	if err := afterFault(s, err); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	if err := s.Close(); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Close() = %v, want the full disk", err)
	}
	reader, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("opening for reading on a full disk: %v", err)
	}
	st, err := reader.Stats(context.Background(), true)
	if err != nil || st.Quads.Size < int64(acked) || st.Quads.Size > int64(acked+1) {
		t.Errorf("quads on the full disk: %d, %v, want %d", st.Quads.Size, err, acked)
	}
	closeStore(t, reader)
	if s, err := Open(dir, Options{}); err == nil {
		s.Close() // there may be just room enough
	} else if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("opening on a full disk: %v, want it named", err)
	}
	remount(t, disk, 64<<20)
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatalf("opening with room again: %v", err)
	}
	if err := s.ApplyDeltas(bulky(20_000), graph.IgnoreOpts{}); err != nil {
		t.Error(err)
	}
	closeStore(t, s)
}

// smallDisk mounts a disk of a size.
func smallDisk(t *testing.T, size string) (dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	dir = t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk: mount: %v: %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// used returns how many bytes of a small disk are in use.
func used(t *testing.T, disk string) (bytes int) {
	t.Helper()
	out, err := exec.Command("df", "--output=used", "-B1", disk).Output()
	if err == nil {
		_, err = fmt.Sscan(strings.TrimPrefix(strings.TrimSpace(string(out)), "Used"), &bytes)
	}
	if err != nil {
		t.Fatalf("df: %v: %s", err, out)
	}
	return bytes
}

// remount gives a small disk another size, in bytes.
func remount(t *testing.T, disk string, size int) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", fmt.Sprintf("remount,size=%d", size), disk).CombinedOutput(); err != nil {
		t.Fatalf("remount: %v: %s", err, out)
	}
}

// bulky is a batch of one quad with a long text that does not compress.
func bulky(i int) []graph.Delta {
	var text strings.Builder
	for j := range 2000 {
		h := sha256.Sum256([]byte(strconv.Itoa(i*10_000 + j)))
		text.Write(h[:16])
	}
	return []graph.Delta{{Action: graph.Add, Quad: quad.Quad{
		Subject: quad.IRI(fmt.Sprintf("report:%d", i)), Predicate: quad.IRI("kg:text"), Object: quad.String(text.String()),
	}}}
}
