package pebble

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
)

// lowered are limits with which a small load has several runs and tables.
var lowered = limits{listAfter: 16, bulkFrom: 1, sorted: 400, tableSize: 16 << 10, repaired: 64 << 20}

// claimQuads are the quads of claims, six each: they make statements, and have values of
// every table.
func claimQuads(first, end int) (quads []quad.Quad) {
	for i := first; i < end; i++ {
		add := func(p quad.IRI, o quad.Value) {
			quads = append(quads, quad.Quad{Subject: quad.IRI(fmt.Sprintf("claim:%d", i)), Predicate: p, Object: o, Label: quad.IRI(fmt.Sprintf("report:%d", i/20))})
		}
		add(reified.Subject, quad.IRI(fmt.Sprintf("ent:%d", i%50)))
		add(reified.Object, quad.IRI(fmt.Sprintf("ent:%d", i%37)))
		add(reified.Order, quad.Time(time.Unix(int64(i%100)*86400, 0).UTC()))
		add(reified.Carry[0], quad.IRI(fmt.Sprintf("kg:relation%d", i%9)))
		add("kg:words", quad.String(fmt.Sprintf("a sentence that is longer than a short key, of claim %d", i)))
		add("kg:weight", quad.Float(float64(i)/7))
	}
	return quads
}

// each lists quads for Load.
func each(quads []quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// doStep does the i-th thing to a store of claims: a load of so many, a tenth of
// which were there, or after two loads a batch that takes quads away.
func doStep(s *Store, i, size int) error {
	if i%3 < 2 {
		_, err := s.Load(context.Background(), each(claimQuads(max(0, i*size-size/10), i*size+size)))
		return err
	}
	var in []graph.Delta
	for _, q := range claimQuads(i*size-size/4, i*size-size/4+5) {
		in = append(in, graph.Delta{Quad: q, Action: graph.Delete})
	}
	for _, q := range claimQuads(i*size, i*size+5) {
		in = append(in, graph.Delta{Quad: q, Action: graph.Add})
	}
	return s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
}

// afterSteps are the quads that the first n steps leave.
func afterSteps(n, size int) []string {
	there := make(map[string]bool)
	set := func(is bool, first, end int) {
		for _, q := range claimQuads(first, end) {
			there[q.NQuad()] = is
		}
	}
	for i := range n {
		if i%3 < 2 {
			set(true, max(0, i*size-size/10), i*size+size)
		} else {
			set(false, i*size-size/4, i*size-size/4+5)
			set(true, i*size, i*size+5)
		}
	}
	out := []string{}
	for q, is := range there {
		if is {
			out = append(out, q)
		}
	}
	slices.Sort(out)
	return out
}

const (
	killSize  = 400 // claims of a step, in the store that is killed
	killSteps = 7   // after which it is begun anew
)

// loadSteps does step after step and says which are acknowledged, until it is killed.
func loadSteps(dir, first string) error {
	i, err := strconv.Atoi(first)
	for err == nil {
		var s *Store
		if s, err = Open(dir, Options{LockWait: -1, Reification: reified}); err != nil {
			return err
		}
		for range 4 {
			if i == killSteps {
				select {} // until it is killed
			}
			if err = doStep(s, i, killSize); err != nil {
				return err
			}
			fmt.Println(i)
			i++
		}
		err = s.Close()
	}
	return err
}

// TestKillLoad kills a process at random moments of its loads. Each time all
// acknowledged loads are there, the one in progress whole or not at all, its files
// are gone, and it can be repeated.
func TestKillLoad(t *testing.T) {
	var want [][]string
	for i := range killSteps + 2 {
		want = append(want, afterSteps(i, killSize))
	}
	dir, written := filepath.Join(t.TempDir(), "store"), 0
	whole, cut, left := 0, 0, 0
	rounds := *kills
	if slow {
		rounds = (rounds + 4) / 5
	}
	for round := range rounds {
		if written >= killSteps {
			dir, written = filepath.Join(t.TempDir(), "store"), 0
		}
		acked := written
		for _, line := range killedTask(t, 300*time.Millisecond, "load", dir, strconv.Itoa(written)) {
			if n, err := strconv.Atoi(line); err == nil {
				acked = n + 1
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "bulk")); err == nil {
			left++
		}
		if _, err := os.Stat(filepath.Join(dir, "meta", "format")); err == nil {
			reader, err := Open(dir, Options{ReadOnly: true, LockWait: -1})
			if err != nil {
				t.Fatalf("round %d: opening for reading: %v", round, err)
			}
			if got, err := quadsOf(reader); err != nil || !cmp.Equal(got, want[acked]) && !cmp.Equal(got, want[acked+1]) {
				t.Fatalf("round %d: %d steps acknowledged; %d quads, %v, are neither after these nor after one more", round, acked, len(got), err)
			}
			closeStore(t, reader)
		}
		s, err := Open(dir, Options{LockWait: -1, Reification: reified})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "bulk")); err == nil {
			t.Errorf("round %d: files of the load are left", round)
		}
		got, err := quadsOf(s)
		switch {
		case err != nil:
			t.Fatalf("round %d: %v", round, err)
		case cmp.Equal(got, want[acked]):
			cut++
		case cmp.Equal(got, want[acked+1]):
			whole++
		default:
			t.Fatalf("round %d: %d steps acknowledged; %d quads are neither after these nor after one more", round, acked, len(got))
		}
		checkStore(t, s)
		s.limits = lowered
		if err := doStep(s, acked, killSize); err != nil {
			t.Fatalf("round %d: repeating the step: %v", round, err)
		}
		written = acked + 1
		if got, err := quadsOf(s); err != nil || !cmp.Equal(got, want[written]) {
			t.Fatalf("round %d: %d quads, %v, after repeating the step", round, len(got), err)
		}
		closeStore(t, s)
	}
	t.Logf("%d kills: of the step in progress nothing was there %d times, all %d times; files of a load were left %d times", rounds, cut, whole, left)
}
