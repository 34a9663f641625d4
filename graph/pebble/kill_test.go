package pebble

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/google/go-cmp/cmp"
)

var kills = flag.Int("kills", 10, "how often TestKill kills a process that writes")

// childDir names in the environment the store that the test binary, run again,
// is to fill.
const childDir = "PEBBLE_TEST_CHILD"

// holdDir names one that it is to open and keep.
const holdDir = "PEBBLE_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		child(dir)
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
