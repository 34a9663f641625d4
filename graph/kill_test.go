package graph_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// killedStore names the store in which a child of TestKill loads.
const killedStore = "ENTENTE_TEST_KILLED_STORE"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killedStore); dir != "" {
		loadForever(dir)
	}
	os.Exit(m.Run())
}

// numbered is a report like others, long enough to take a while.
func numbered(i int) entente.Reading {
	var lines []string
	for j := range 20 {
		lines = append(lines, fmt.Sprintf("Person_%d met Person_%d occurred 2031-07-%02d", i, (i*7+j)%50, j+1))
	}
	return telling(fmt.Sprintf("Wire %d", i), "2031-07-09", lines...)
}

// loadForever adds reports, each second one twice, and says which are in.
func loadForever(dir string) {
	g, err := graph.Open(dir, graph.Options{})
	for i := 0; err == nil; i++ {
		if _, err = g.Add(ctx, numbered(i)); err == nil {
			fmt.Println(i)
		}
		if err == nil && i%2 == 1 {
			if err = g.Remove(ctx, numbered(i-1).Report.ID); err == nil {
				_, err = g.Add(ctx, numbered(i-1))
			}
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestKill kills a process while it adds reports, ten times, and wants whole
// reports only, among them all that the process said were in.
func TestKill(t *testing.T) {
	for round := range 10 {
		dir := filepath.Join(t.TempDir(), "store")
		said := killAfter(t, dir, time.Duration(20+round*17)*time.Millisecond)
		g, err := graph.Open(dir, graph.Options{})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, g)
		for i := range said + 1 {
			want := numbered(i)
			got, err := g.Reading(ctx, want.Report.ID)
			if errors.Is(err, graph.ErrNotFound) && i == said-1 {
				continue // it was being removed and added again
			}
			if err != nil {
				t.Fatalf("report %d of %d: %v", i, said, err)
			}
			same(t, "reading", len(got.Claims), len(want.Claims))
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killAfter runs a child that loads into dir, kills it a while after its first
// report and returns the number of the last one that it said was in.
func killAfter(t *testing.T, dir string, wait time.Duration) (said int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killedStore+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		if first {
			time.AfterFunc(wait, func() { _ = child.Process.Kill() })
		}
		if _, err := fmt.Sscan(lines.Text(), &said); err != nil {
			t.Fatal(err)
		}
	}
	_ = child.Wait() // it was killed
	return said
}
