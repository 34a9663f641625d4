package pebble

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/google/go-cmp/cmp"
)

// Stores that the last program of format 1 made, testdata/format1/make.go: one
// closed, one left by a killed process.
var oldStores = []string{"closed", "killed"}

// unpack puts one of them into dir.
func unpack(t testing.TB, name string, fsys vfs.FS, dir string) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "format1", name+".tar.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	packed, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for in := tar.NewReader(packed); ; {
		h, err := in.Next()
		if err == io.EOF {
			return
		}
		path := fsys.PathJoin(dir, h.Name)
		if err == nil && h.Typeflag == tar.TypeDir {
			err = fsys.MkdirAll(path, 0o777)
		} else if err == nil {
			var b []byte
			if b, err = io.ReadAll(in); err == nil {
				err = writeFile(fsys, path, string(b), syncClose)
			}
		}
		if err == nil {
			err = syncDir(fsys, fsys.PathDir(path))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// oldQuads are the quads in these stores.
func oldQuads(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "format1", "quads.nq"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

// inBulk makes Upgrade load in bulk, as it does many quads.
func inBulk(t *testing.T, bulk bool) {
	before := usual
	t.Cleanup(func() { usual = before })
	if bulk {
		usual.bulkFrom = 1
	}
}

// tree returns the files of the old store, but for the lock, with their content.
func tree(t testing.TB, fsys vfs.FS, dir string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	for _, sub := range []string{"data", "meta"} {
		names, err := fsys.List(fsys.PathJoin(dir, sub))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			path := fsys.PathJoin(dir, sub, name)
			if name == "lock" || name == "format.new" || strings.HasPrefix(name, "seal-2") {
				continue
			}
			b, err := readFile(fsys, path)
			if err != nil {
				t.Fatal(err)
			}
			out[path] = string(b)
		}
	}
	return out
}

// upgraded opens a store after an upgrade: it must be sound and hold these quads,
// and nothing of the old one may be left.
func upgraded(t testing.TB, fsys vfs.FS, dir, place string, want []string) {
	t.Helper()
	s, err := Open(dir, Options{FS: fsys, LockWait: -1})
	if err != nil {
		t.Errorf("%s: opening: %v", place, err)
		return
	}
	defer closeStore(t, s)
	if got, err := quadsOf(s); err != nil || !cmp.Equal(got, want) {
		t.Errorf("%s: %v, quads (- want, + got):\n%s", place, err, cmp.Diff(want, got))
	}
	names, _ := s.fs.List(dir)
	inMeta, _ := s.fs.List(s.layout().meta(""))
	if !subset(names, "data-2", "meta") || !subset(inMeta, "format", "lock", "seal-2") {
		t.Errorf("%s: left in the folder: %q, in meta: %q", place, names, inMeta)
	}
}

// outcome looks at a store after an upgrade that may have failed: it is the old
// one as it was, and upgrades now, or the new one.
func outcome(t testing.TB, fsys vfs.FS, dir, place string, before map[string]string, want []string) (isOld bool) {
	t.Helper()
	line, err := readFile(fsys, fsys.PathJoin(dir, "meta", "format"))
	if err != nil {
		t.Errorf("%s: %v", place, err)
		return false
	}
	if isOld = string(line) == "entente store 1\n"; isOld {
		if now := tree(t, fsys, dir); !cmp.Equal(now, before) {
			t.Errorf("%s: the old store is not as it was", place)
		}
		if done, err := Upgrade(context.Background(), dir, Options{FS: fsys, LockWait: -1}); err != nil || !done {
			t.Errorf("%s: upgrading again: %v, %v", place, done, err)
			return isOld
		}
	}
	upgraded(t, fsys, dir, place, want)
	return isOld
}

func TestUpgrade(t *testing.T) {
	ctx := context.Background()
	for i, name := range append(oldStores, oldStores...) {
		inBulk(t, i < len(oldStores))
		dir := filepath.Join(t.TempDir(), "store")
		unpack(t, name, vfs.Default, dir)
		for _, readOnly := range []bool{true, false} {
			if _, err := Open(dir, Options{ReadOnly: readOnly}); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), `run "entente upgrade"`) {
				t.Errorf("%s: Open() = %v, want ErrFormat and what helps", name, err)
			}
		}
		stopped, cancel := context.WithCancel(ctx)
		cancel()
		before := tree(t, vfs.Default, dir)
		if done, err := Upgrade(stopped, dir, Options{}); done || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: Upgrade, stopped = %v, %v", name, done, err)
		}
		if after := tree(t, vfs.Default, dir); !cmp.Equal(after, before) {
			t.Errorf("%s: an upgrade that was stopped changed the store", name)
		}
		if done, err := Upgrade(ctx, dir, Options{}); err != nil || !done {
			t.Fatalf("%s: Upgrade() = %v, %v, want true", name, done, err)
		}
		upgraded(t, nil, dir, name, oldQuads(t))
		if done, err := Upgrade(ctx, dir, Options{}); err != nil || done {
			t.Errorf("%s: second Upgrade() = %v, %v, want false", name, done, err)
		}
	}
}

// TestUpgradeRefused: what is no old store is left alone.
func TestUpgradeRefused(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if _, err := Upgrade(ctx, dir, Options{}); !errors.Is(err, ErrNotExist) {
		t.Errorf("of an empty folder: %v, want ErrNotExist", err)
	}
	if names := files(t, dir); len(names) > 1 {
		t.Errorf("it left %q", names)
	}
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Upgrade(ctx, dir, Options{}); !errors.Is(err, ErrNotStore) {
		t.Errorf("of somebody's folder: %v, want ErrNotStore", err)
	}
	fsys := vfs.NewMem()
	unpack(t, "closed", fsys, "store")
	if err := writeFile(fsys, "store/meta/format", "entente store 7\n", syncClose); err != nil {
		t.Fatal(err)
	}
	if _, err := Upgrade(ctx, "store", Options{FS: fsys}); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "newer entente") {
		t.Errorf("of a newer store: %v, want ErrFormat", err)
	}
	inUse := filepath.Join(t.TempDir(), "store")
	unpack(t, "closed", vfs.Default, inUse)
	held, err := lockFile(filepath.Join(inUse, "meta", "lock"), true)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if _, err := Upgrade(ctx, inUse, Options{LockWait: -1}); !errors.Is(err, ErrLocked) {
		t.Errorf("of a store that is being read: %v, want ErrLocked", err)
	}
}

// TestUpgradeLeftovers: what an interrupted upgrade leaves goes with the next
// opening for writing, or with the next upgrade.
func TestUpgradeLeftovers(t *testing.T) {
	for name, next := range map[string]func(dir string) error{
		"Open":    func(dir string) error { return reopen(dir, Options{}) },
		"Upgrade": func(dir string) error { _, err := Upgrade(context.Background(), dir, Options{}); return err },
	} {
		dir := filepath.Join(t.TempDir(), "store")
		unpack(t, "closed", vfs.Default, dir)
		old := filepath.Join(t.TempDir(), "store")
		unpack(t, "closed", vfs.Default, old)
		if _, err := Upgrade(context.Background(), dir, Options{}); err != nil {
			t.Fatal(err)
		}
		copyTree(t, vfs.Default, vfs.Default, filepath.Join(old, "data"), filepath.Join(dir, "data"))
		copyTree(t, vfs.Default, vfs.Default, filepath.Join(old, "meta", "seal"), filepath.Join(dir, "meta", "seal"))
		reader, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			t.Fatalf("%s: opening for reading beside leftovers: %v", name, err)
		}
		closeStore(t, reader)
		if err := next(dir); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		upgraded(t, nil, dir, name, oldQuads(t))
	}
}

// TestUpgradeMissing: an old store that lacks a value or a quad is refused.
func TestUpgradeMissing(t *testing.T) {
	for _, tt := range []struct {
		key  []byte
		want string
	}{
		{binary.BigEndian.AppendUint64([]byte{tagValue}, 3), "which is not there"},
		{[]byte{tagCounters}, "totals say"},
	} {
		fsys := vfs.NewMem()
		makeOld(t, fsys, "store", sampleQuads(), func(b *crdb.Batch) error { return b.Delete(tt.key, nil) })
		before := tree(t, fsys, "store")
		_, err := Upgrade(context.Background(), "store", Options{FS: fsys})
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "load the reports") {
			t.Errorf("without %x: %v, want ErrDamaged with %q", tt.key, err, tt.want)
		}
		if !cmp.Equal(tree(t, fsys, "store"), before) {
			t.Errorf("without %x: the old store is not as it was", tt.key)
		}
	}
}

func sampleQuads() (quads []quad.Quad) {
	for _, d := range sample() {
		quads = append(quads, d.Quad)
	}
	return quads
}

// makeOld writes a store of format 1, as far as it is read; spoil may add to its
// last batch.
func makeOld(t testing.TB, fsys vfs.FS, dir string, quads []quad.Quad, spoil func(*crdb.Batch) error) {
	t.Helper()
	c, err := newCore(dir, Options{FS: fsys}, 1)
	if err != nil {
		t.Fatal(err)
	}
	l := c.layout()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	must(l.fs.MkdirAll(l.meta(""), 0o777))
	s, err := openLocked(c, Options{FS: fsys}, false)
	must(err)
	numbers := make(map[quad.Value]Node)
	number := func(b *crdb.Batch, v quad.Value) Node {
		if v == nil {
			return 0
		}
		n, ok := numbers[v]
		if !ok {
			n = Node(len(numbers) + 1)
			numbers[v] = n
			enc, err := encodeValue(v)
			must(err)
			must(b.Set(binary.BigEndian.AppendUint64([]byte{tagValue}, uint64(n)), enc, nil))
		}
		return n
	}
	for part := range slices.Chunk(quads, 10_000) {
		b := s.db.NewBatch()
		for _, q := range part {
			key := []byte{primary.tag}
			for _, d := range quad.Directions {
				key = binary.BigEndian.AppendUint64(key, uint64(number(b, q.Get(d))))
			}
			must(b.Set(key, nil, nil))
		}
		must(b.Commit(crdb.Sync))
	}
	b := s.db.NewBatch()
	must(b.Set([]byte{tagCounters}, counters{Node(len(numbers) + 1), uint64(len(quads)), uint64(len(numbers)), 1}.encode(), nil))
	if spoil != nil {
		must(spoil(b))
	}
	must(b.Commit(crdb.Sync))
	s.dirty = true
	s.readOnly = false
	must(s.Close())
	must(l.writeFormat())
}

var every = flag.Int64("every", 7, "of how many operations on the disk the tests of upgrading and repairing take one, to let it fail")

// TestUpgradeFailedOperation lets single operations on the disk fail in turn,
// once or from then on. Nothing may crash or hang; the store is then the old one
// as it was, or the new one.
func TestUpgradeFailedOperation(t *testing.T) {
	whole := vfs.NewMem()
	unpack(t, "killed", whole, "store")
	before, want := tree(t, whole, "store"), oldQuads(t)
	for i, lasting := range []bool{false, true, false, true} {
		bulk := i >= 2
		inBulk(t, bulk)
		kept := 0
		for at := rand.Int64N(*every); ; at += *every {
			mem := vfs.NewMem()
			copyTree(t, whole, mem, "store", "store")
			inj, hit := failing(at, lasting)
			_, err := upgradeOrHang(t, errorfs.Wrap(mem, inj))
			if err != nil && !errors.Is(err, syscall.EIO) && !errors.Is(err, ErrDamaged) {
				t.Errorf("operation %d fails: %v, want EIO", at, err)
			}
			if outcome(t, mem, "store", fmt.Sprintf("operation %d fails", at), before, want) {
				kept++
			}
			if hit.Load() == 0 {
				t.Logf("lasting %v, bulk %v: %d operations, the old store was kept %d times", lasting, bulk, at, kept)
				break
			}
		}
	}
}

func upgradeOrHang(t *testing.T, fsys vfs.FS) (done bool, err error) {
	orHang(t, func() { done, err = Upgrade(context.Background(), "store", Options{FS: fsys, LockWait: -1}) })
	return done, err
}

// TestUpgradeFlippedByte flips bytes of every file of an old store, one at a
// time. The upgrade is right, or refused with what helps and the old store as it
// was.
func TestUpgradeFlippedByte(t *testing.T) {
	want := oldQuads(t)
	for _, name := range oldStores {
		whole := vfs.NewMem()
		unpack(t, name, whole, "store")
		rng := rand.New(rand.NewPCG(7, 8))
		kinds, right := make(map[string]int), 0
		for file, content := range tree(t, whole, "store") {
			for range min(*flips, len(content)) {
				at := rng.IntN(len(content))
				bad := []byte(content)
				bad[at] ^= 1 << rng.IntN(8)
				mem := vfs.NewMem()
				copyTree(t, whole, mem, "store", "store")
				if err := writeFile(mem, file, string(bad), vfs.File.Close); err != nil {
					t.Fatal(err)
				}
				before := tree(t, mem, "store")
				place := fmt.Sprintf("%s: %s, byte %d of %d", name, file, at, len(content))
				if _, err := upgradeOrHang(t, mem); err != nil {
					refusal(t, place, file, err, kinds)
					if !cmp.Equal(tree(t, mem, "store"), before) {
						t.Errorf("%s: the old store is not as it was", place)
					}
					continue
				}
				right++
				upgradedOrLastLost(t, mem, place, file, want)
			}
		}
		t.Logf("%s: %d times upgraded, refused %v", name, right, kinds)
	}
}

// upgradedOrLastLost allows that the last batch of a log that was not closed is
// gone: nothing tells a damaged one from one that was being written.
func upgradedOrLastLost(t *testing.T, fsys vfs.FS, place, file string, want []string) {
	t.Helper()
	if strings.Contains(place, "killed") && strings.HasSuffix(file, ".log") {
		s, err := Open("store", Options{FS: fsys, LockWait: -1})
		if err != nil {
			t.Errorf("%s: %v", place, err)
			return
		}
		defer closeStore(t, s)
		if got, err := quadsOf(s); err != nil || len(got) < len(want)-22 { // of a batch
			t.Errorf("%s: %d quads of %d, %v", place, len(got), len(want), err)
		}
		return
	}
	upgraded(t, fsys, "store", place, want)
}

// TestUpgradePowerLoss cuts the power before operations that change the disk:
// of what was written but not synced, a random part is there.
func TestUpgradePowerLoss(t *testing.T) {
	t.Run("batches", powerLoss)
	inBulk(t, true)
	t.Run("bulk", powerLoss)
}

func powerLoss(t *testing.T) {
	disk := unlocked{vfs.NewCrashableMem()}
	unpack(t, "closed", disk, "store")
	for _, dir := range []string{"", "store"} {
		if err := syncDir(disk, dir); err != nil {
			t.Fatal(err)
		}
	}
	before, want := tree(t, disk, "store"), oldQuads(t)
	rng := rand.New(rand.NewPCG(9, 10))
	var mu sync.Mutex
	var cuts []*vfs.MemFS
	cut := func() {
		mu.Lock()
		defer mu.Unlock()
		for _, percent := range []int{0, 50, 100} {
			cuts = append(cuts, disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: rng}))
		}
	}
	inj := errorfs.InjectorFunc(func(op errorfs.Op) error {
		if op.Kind.ReadOrWrite() == errorfs.OpIsWrite {
			cut()
		}
		return nil
	})
	if _, err := Upgrade(context.Background(), "store", Options{FS: errorfs.Wrap(disk, inj), LockWait: -1}); err != nil {
		t.Fatal(err)
	}
	cut()
	kept := 0
	for i := rand.IntN(int(*every)); i < len(cuts); i += int(*every) {
		fsys := cuts[i]
		if outcome(t, unlocked{fsys}, "store", fmt.Sprintf("cut %d", i), before, want) {
			kept++
		}
	}
	t.Logf("%d cuts, in %d the old store was in force", len(cuts), kept)
}

// TestUpgradeDiskFull: where there is no room for both, the old store stays.
func TestUpgradeDiskFull(t *testing.T) {
	for _, bulk := range []bool{false, true} {
		inBulk(t, bulk)
		disk := smallDisk(t, "64m")
		dir := filepath.Join(disk, "store")
		var quads []quad.Quad
		var want []string
		for i := range 100 {
			quads = append(quads, bulky(i)[0].Quad)
			want = append(want, quads[i].NQuad())
		}
		slices.Sort(want)
		makeOld(t, vfs.Default, dir, quads, nil)
		before := tree(t, vfs.Default, dir)
		remount(t, disk, used(t, disk)+2<<20)
		_, err := Upgrade(context.Background(), dir, Options{})
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), dir) {
			t.Fatalf("bulk %v: Upgrade() = %v, want the full disk named", bulk, err)
		}
		if !cmp.Equal(tree(t, vfs.Default, dir), before) {
			t.Error("the old store is not as it was")
		}
		if names, _ := vfs.Default.List(dir); !subset(names, "data", "meta") {
			t.Errorf("bulk %v: %q is left", bulk, names)
		}
		remount(t, disk, 64<<20)
		outcome(t, vfs.Default, dir, "with room", before, want)
	}
}
