package pebble

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
)

// errKilled stops a store, so that its files stay as they are.
var errKilled = errors.New("killed")

// loadSample fills a folder with the sample by loads, in the first of two sessions and
// in the second, which is closed or not. Each load there is small enough to be what
// may be lost of a log that was not closed.
func loadSample(t *testing.T, fsys vfs.FS, dir string, crash bool) (want []string) {
	t.Helper()
	var quads []quad.Quad
	for _, d := range sample() {
		quads = append(quads, d.Quad)
	}
	for session, part := range [][]quad.Quad{quads[:200], quads[200:]} {
		s, err := Open(dir, Options{FS: fsys})
		if err != nil {
			t.Fatal(err)
		}
		s.limits = few
		size := lastBatch
		if session == 0 {
			size = len(part)
		}
		for i, part := range slices.Collect(slices.Chunk(part, size)) {
			if i == 2 {
				for _, q := range part {
					if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
						t.Fatal(err)
					}
				}
				continue
			}
			if _, err := s.Load(context.Background(), each(part)); err != nil {
				t.Fatal(err)
			}
		}
		if want, err = quadsOf(s); err != nil {
			t.Fatal(err)
		}
		if crash && session == 1 {
			_ = s.stop(errKilled)
			t.Cleanup(func() { s.Close() })
			break
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return want
}

// TestLoadFlippedByte flips bytes of every file that loads leave, as TestFlippedByte
// does of those of batches.
func TestLoadFlippedByte(t *testing.T) {
	defer func(n int) { *flips = n }(*flips)
	*flips = max(1, *flips/8) // there are many tables
	for _, crash := range []bool{false, true} {
		whole := vfs.NewMem()
		want := loadSample(t, whole, "store", crash)
		rng := rand.New(rand.NewPCG(13, 14))
		kinds := make(map[string]int)
		for _, sub := range []string{"data-2", "meta"} {
			names, err := whole.List("store/" + sub)
			if err != nil {
				t.Fatal(err)
			}
			if slices.Sort(names); slow {
				names = slices.DeleteFunc(names, func(n string) bool { return !strings.HasSuffix(n, ".sst") })
			}
			for _, name := range names {
				flipFile(t, whole, "store/"+sub+"/"+name, want, crash, rng, kinds)
			}
		}
		t.Logf("crash %v: refused %v", crash, kinds)
	}
}

// TestLoadFlippedManifest flips the bytes of the manifest of a store that was not
// closed after a load, and a batch after it: no log tells of the load.
func TestLoadFlippedManifest(t *testing.T) {
	whole := vfs.NewMem()
	s, err := Open("store", Options{FS: whole})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.limits.bulkFrom = 1
	var quads []quad.Quad
	for _, d := range sample() {
		quads = append(quads, d.Quad)
	}
	if _, err := s.Load(context.Background(), each(quads[:280])); err != nil {
		t.Fatal(err)
	}
	if err := s.ApplyDeltas(sample()[280:], graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	want, err := quadsOf(s)
	if err != nil {
		t.Fatal(err)
	}
	_ = s.stop(errKilled)
	name, err := s.layout().manifest()
	if err != nil {
		t.Fatal(err)
	}
	file := "store/data-2/" + name
	content, err := readFile(whole, file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at <= len(content); at += 1 + rand.IntN(2*int(*every)) {
		mem := vfs.NewMem()
		copyTree(t, whole, mem, "store", "store")
		bad := slices.Clone(content)
		if at < len(bad) {
			bad[at] ^= 1 << rand.IntN(8)
		}
		if err := writeFile(mem, file, string(bad), vfs.File.Close); err != nil {
			t.Fatal(err)
		}
		if got, err := readAll(mem, "store", at%2 == 0); err == nil && !cmp.Equal(got, want) || err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d of %d: %d quads of %d, %v, want ErrDamaged", at, len(content), len(got), len(want), err)
		}
	}
}
