package pebble

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// newStore opens a store for writing that the test closes at its end.
func newStore(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{LockWait: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newMemory(t testing.TB) *Store {
	t.Helper()
	s, err := OpenMemory(Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// closeStore closes a store that must be sound.
func closeStore(t testing.TB, s *Store) {
	t.Helper()
	checkStore(t, s)
	if err := s.Close(); err != nil {
		t.Errorf("Close() = %v", err)
	}
}

// checkStore fails the test where Check finds anything.
func checkStore(t testing.TB, s *Store) {
	t.Helper()
	problems, err := s.Check(context.Background())
	if err != nil {
		t.Errorf("Check() = %v", err)
	}
	for _, p := range problems {
		t.Errorf("Check(): %s", p)
	}
}

// iri makes a quad of IRIs from "s p o" or "s p o l".
func iri(s string) quad.Quad {
	f := strings.Fields(s)
	for len(f) < 4 {
		f = append(f, "")
	}
	return quad.MakeIRI(f[0], f[1], f[2], f[3])
}

// deltas makes deltas from "+s p o l" and "-s p o l".
func deltas(list ...string) []graph.Delta {
	var out []graph.Delta
	for _, s := range list {
		d := graph.Delta{Quad: iri(s[1:]), Action: graph.Add}
		if s[0] == '-' {
			d.Action = graph.Delete
		}
		out = append(out, d)
	}
	return out
}

func apply(t testing.TB, s *Store, list ...string) {
	t.Helper()
	if err := s.ApplyDeltas(deltas(list...), graph.IgnoreOpts{}); err != nil {
		t.Fatalf("ApplyDeltas(%q) = %v", list, err)
	}
}

// quadsOf returns all quads as text, sorted.
func quadsOf(s *Store) ([]string, error) { return listed(s, s.QuadsAllIterator()) }

func listed(s *Store, it graph.Iterator) ([]string, error) {
	defer it.Close()
	out := []string{}
	for it.Next(context.Background()) {
		out = append(out, s.Quad(it.Result()).NQuad())
	}
	slices.Sort(out)
	if err := it.Err(); err != nil {
		return nil, err
	}
	return out, s.Err()
}
