package pebble

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
)

var kills = flag.Int("kills", 10, "how often each test that kills a process does so")

// childDir names in the environment the store that the test binary, run again,
// is to fill.
const childDir = "PEBBLE_TEST_CHILD"

// task names something that it is to do once, with the folders it is done to.
const task = "PEBBLE_TEST_TASK"

// holdDir names one that it is to open and keep.
const holdDir = "PEBBLE_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		child(dir)
	}
	if words := strings.Fields(os.Getenv(task)); len(words) > 0 {
		do(words[0], words[1:])
	}
	if dir := os.Getenv(holdDir); dir != "" {
		hold(dir)
	}
	if slow {
		_ = flag.Set("rapid.checks", "15")
	}
	flag.Parse()
	os.Exit(m.Run())
}

// child opens the store, writes batch after batch and prints the number of each
// that was acknowledged, until it is killed. Now and then it closes the store and
// opens it again, as loading does.
func child(dir string) {
	first, _ := strconv.Atoi(os.Getenv(childDir + "_FIRST"))
	fail := func(err error) {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	for i := first; ; {
		s, err := Open(dir, Options{})
		if err != nil {
			fail(err)
		}
		fmt.Println("open")
		for range 40 {
			if err := s.ApplyDeltas(batch(i), graph.IgnoreOpts{}); err != nil {
				fail(err)
			}
			fmt.Println(i)
			i++
		}
		if err := s.Close(); err != nil {
			fail(err)
		}
	}
}

// TestKill kills a process at random moments of its writing. Each time all
// acknowledged batches are there, and of the one in progress all or nothing.
func TestKill(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	written := 0
	for round := range *kills {
		acked := killed(t, self, dir, written)
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		got, err := quadsOf(s)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		switch {
		case cmp.Equal(got, afterBatches(acked)):
			written = acked
		case cmp.Equal(got, afterBatches(acked+1)):
			written = acked + 1
		default:
			t.Fatalf("round %d: %d batches acknowledged; %d quads are neither after these nor after one more", round, acked, len(got))
		}
		closeStore(t, s)
	}
	t.Logf("%d batches, %d kills", written, *kills)
	if written == 0 {
		t.Error("nothing was written")
	}
}

// killed runs the child, which begins with batch first, for a random time and
// returns how many batches were acknowledged in all.
func killed(t *testing.T, self, dir string, first int) (acked int) {
	cmd := exec.Command(self, "-test.run=^$")
	cmd.Env = append(os.Environ(), childDir+"="+dir, childDir+"_FIRST="+strconv.Itoa(first))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	opened := lines.Scan() // what is killed before it runs tells nothing
	time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { cmd.Process.Kill() })
	acked = first
	for ok := opened; ok; ok = lines.Scan() {
		line := lines.Text()
		if n, err := strconv.Atoi(line); err == nil {
			acked = n + 1
		} else if line != "open" {
			t.Fatalf("child: %s", line)
		}
	}
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait()
	return acked
}

// do does a task and says so.
func do(what string, dirs []string) {
	fmt.Println("open")
	var err error
	switch what {
	case "upgrade":
		_, err = Upgrade(context.Background(), dirs[0], Options{})
	case "repair":
		usual.repaired = 16 << 10 // several batches
		err = repairIn(nil, dirs[0])
	case "backup":
		err = backUp(dirs[0], dirs[1])
	case "load":
		usual = lowered
		err = loadSteps(dirs[0], dirs[1])
	}
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println("done")
	os.Exit(0)
}

// backUp makes backups while batches are written, until it is killed. Of each it
// prints how many batches were acknowledged before it began and after its end.
func backUp(dir, to string) error {
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	written := make(chan int)
	go func() {
		for i := 0; ; i++ {
			if err := s.ApplyDeltas(batch(i), graph.IgnoreOpts{}); err != nil {
				fmt.Println("error:", err)
			}
			select {
			case written <- i + 1:
			default:
			}
		}
	}()
	for n := 0; ; n++ {
		before := <-written
		if err := s.Checkpoint(filepath.Join(to, strconv.Itoa(n))); err != nil {
			return err
		}
		fmt.Println("backup", n, before, <-written)
	}
}

// killedTask runs a task and kills it after a random part of a time. It returns what
// the task printed.
func killedTask(t *testing.T, within time.Duration, words ...string) (lines []string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^$")
	cmd.Env = append(os.Environ(), task+"="+strings.Join(words, " "))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(out)
	in.Scan() // what is killed before it runs tells nothing
	time.AfterFunc(rand.N(within), func() { _ = cmd.Process.Kill() })
	for in.Scan() {
		if strings.HasPrefix(in.Text(), "error") {
			t.Errorf("%q: %s", words, in.Text())
		}
		lines = append(lines, in.Text())
	}
	_ = cmd.Wait() // it was killed
	return lines
}

// many are n quads like those of a graph.
func many(n int) (quads []quad.Quad) {
	for i := range n {
		quads = append(quads, quad.Quad{
			Subject: quad.IRI(fmt.Sprintf("claim:%d", i/5)), Predicate: quad.IRI(fmt.Sprintf("kg:p%d", i%5)),
			Object: quad.String(fmt.Sprintf("words of claim %d", i)), Label: quad.IRI(fmt.Sprintf("report:%d", i/100)),
		})
	}
	return quads
}

func textOf(quads []quad.Quad) (lines []string) {
	for _, q := range quads {
		lines = append(lines, q.NQuad())
	}
	slices.Sort(lines)
	return lines
}

// TestKillUpgrade kills upgrades at random moments. Each leaves the old store as it
// was, and the next one goes on, or the new one.
func TestKillUpgrade(t *testing.T) {
	quads := many(usual.bulkFrom + 1000)
	want := textOf(quads)
	old := filepath.Join(t.TempDir(), "old")
	makeOld(t, vfs.Default, old, quads, nil)
	fresh := func() (dir string, before map[string]string) {
		dir = filepath.Join(t.TempDir(), "store")
		copyTree(t, vfs.Default, vfs.Default, old, dir)
		return dir, tree(t, vfs.Default, dir)
	}
	whole, _ := fresh()
	began := time.Now()
	if _, err := Upgrade(context.Background(), whole, Options{}); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began) * 5 / 4
	kept, left := 0, 0
	dir, before := fresh()
	for round := range *kills {
		killedTask(t, took, "upgrade", dir)
		if line, _ := os.ReadFile(filepath.Join(dir, "meta", "format")); string(line) == "entente store 1\n" {
			kept++
			if _, err := os.Stat(filepath.Join(dir, "data-2")); err == nil {
				left++
			}
			if !cmp.Equal(tree(t, vfs.Default, dir), before) {
				t.Errorf("round %d: the old store is not as it was", round)
			}
			if round < *kills-1 {
				continue // over what this one left
			}
		}
		outcome(t, vfs.Default, dir, fmt.Sprintf("round %d", round), before, want)
		dir, before = fresh()
	}
	t.Logf("%d kills within %v: the old store was in force %d times, beginnings of a new one lay there %d times", *kills, took, kept, left)
}

// TestKillRepair kills repairs at random moments. The store opens with all its
// quads, and another repair makes it sound.
func TestKillRepair(t *testing.T) {
	quads := many(5000)
	want := textOf(quads)
	broken := filepath.Join(t.TempDir(), "broken")
	s := newStore(t, broken)
	w, err := s.NewQuadWriter()
	if err == nil {
		_, err = w.(quad.BatchWriter).WriteQuads(quads)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	spoil(t, s, func(b *crdb.Batch) error {
		return errors.Join(b.DeleteRange([]byte("p"), []byte("q"), nil), b.DeleteRange([]byte("d"), []byte("e"), nil), b.DeleteRange([]byte("n"), []byte("o"), nil))
	})
	s.dirty = true
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "store")
	copyTree(t, vfs.Default, vfs.Default, broken, dir)
	began := time.Now()
	if err := repairIn(nil, dir); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began) * 5 / 4
	partly := 0
	for round := range *kills {
		dir := filepath.Join(t.TempDir(), "store")
		copyTree(t, vfs.Default, vfs.Default, broken, dir)
		killedTask(t, took, "repair", dir)
		s, err := Open(dir, Options{LockWait: -1})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		for _, place := range []string{"killed", "repaired"} {
			if got, err := quadsOf(s); err != nil || !cmp.Equal(got, want) {
				t.Errorf("round %d, %s: %d quads, %v, want %d", round, place, len(got), err, len(want))
			}
			r, err := s.Repair(context.Background(), false)
			if err != nil || len(r.Lost) > 0 {
				t.Errorf("round %d, %s: Repair() = %+v, %v", round, place, r, err)
			}
			if place == "killed" && len(r.Problems) > 0 {
				partly++
			}
		}
		closeStore(t, s)
	}
	t.Logf("%d kills within %v; %d left something to repair", *kills, took, partly)
}

// TestKillBackup kills a process that makes backups while it writes. Each that was
// finished is the store at one moment between its beginning and its end; what was
// not is no store.
func TestKillBackup(t *testing.T) {
	finished, cut := 0, 0
	for round := range *kills {
		dir, to := filepath.Join(t.TempDir(), "store"), t.TempDir()
		lines := killedTask(t, 200*time.Millisecond, "backup", dir, to)
		if s, err := Open(dir, Options{LockWait: -1}); err == nil {
			closeStore(t, s)
		} else if !errors.Is(err, ErrNotExist) {
			t.Errorf("round %d: %v", round, err)
		}
		done := 0
		for _, line := range lines {
			var n, before, after int
			if _, err := fmt.Sscanf(line, "backup %d %d %d", &n, &before, &after); err != nil {
				continue // cut off
			}
			done++
			s, err := Open(filepath.Join(to, strconv.Itoa(n)), Options{LockWait: -1})
			if err != nil {
				t.Errorf("round %d, backup %d: %v", round, n, err)
				continue
			}
			got, err := quadsOf(s)
			now, e := s.totals()
			if i := int(now.batches); err != nil || e != nil || i < before || i > after || !cmp.Equal(got, afterBatches(i)) {
				t.Errorf("round %d, backup %d, made between batches %d and %d: %d batches, %d quads, %v, %v", round, n, before, after, i, len(got), err, e)
			}
			closeStore(t, s)
		}
		finished += done
		last := filepath.Join(to, strconv.Itoa(done))
		if _, err := os.Stat(last); err != nil {
			continue
		}
		if s, err := Open(last, Options{ReadOnly: true}); err == nil {
			closeStore(t, s) // finished, and not yet said so
		} else if cut++; !errors.Is(err, ErrNotStore) && !errors.Is(err, ErrNotExist) {
			t.Errorf("round %d, backup cut off: %v", round, err)
		}
	}
	t.Logf("%d kills: %d backups finished, %d cut off", *kills, finished, cut)
}
