package pebble

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
)

func TestReopen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "store")
	s := newStore(t, dir)
	apply(t, s, "+a p b l", "+a p c", "+b q c l")
	want, err := quadsOf(s)
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	for _, readOnly := range []bool{true, false, true} {
		s, err := Open(dir, Options{ReadOnly: readOnly})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := quadsOf(s); err != nil || !cmp.Equal(got, want) {
			t.Errorf("read-only %v: %q, %v, want %q", readOnly, got, err, want)
		}
		closeStore(t, s)
	}
}

// files returns the names of all files below a folder.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		names = append(names, strings.TrimPrefix(path, dir))
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return names
}

// TestRefused opens what is no store, or none that this program knows. Nothing
// in the folder may change.
func TestRefused(t *testing.T) {
	tests := []struct {
		name     string
		files    map[string]string // "": the folder itself is a file
		readOnly bool
		want     error
		text     string
	}{
		{name: "somebody's folder", files: map[string]string{"letter.txt": "dear"}, want: ErrNotStore, text: "not empty"},
		{name: "somebody's data", files: map[string]string{"data/x": "", "meta/y": ""}, want: ErrNotStore, text: "not empty"},
		{name: "data without a beginning", files: map[string]string{"data/x": "", "meta/lock": ""}, want: ErrNotStore, text: "not empty"},
		{name: "read-only of somebody's folder", files: map[string]string{"letter.txt": "dear"}, readOnly: true, want: ErrNotStore},
		{name: "a file", files: map[string]string{"": "dear"}, want: ErrNotStore, text: "file"},
		{name: "nothing", readOnly: true, want: ErrNotExist},
		{name: "a newer format", files: map[string]string{"meta/format": "entente store 7\n"}, want: ErrFormat, text: "format 7, this program reads format 2: it was written by a newer entente"},
		{name: "a newer format, read-only", files: map[string]string{"meta/format": "entente store 7\n"}, readOnly: true, want: ErrFormat},
		{name: "an older format", files: map[string]string{"meta/format": "entente store 1\n"}, want: ErrFormat, text: `format 1, this program reads format 2: run "entente upgrade"`},
		{name: "an older format, read-only", files: map[string]string{"meta/format": "entente store 1\n"}, readOnly: true, want: ErrFormat},
		{name: "a format that never was", files: map[string]string{"meta/format": "entente store 0\n"}, want: ErrFormat, text: "load the reports again"},
		{name: "no format", files: map[string]string{"meta/format": "x"}, want: ErrFormat, text: "load the reports again"},
		{name: "no data", files: map[string]string{"meta/format": "entente store 2\n"}, want: ErrDamaged, text: "restore it from a backup"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dir")
			for name, content := range c.files {
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			before := files(t, dir)
			s, err := Open(dir, Options{ReadOnly: c.readOnly})
			if err == nil {
				s.Close()
			}
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) || !strings.Contains(err.Error(), dir) {
				t.Errorf("Open() = %v, want %v with %q and the folder", err, c.want, c.text)
			}
			after := slices.DeleteFunc(files(t, dir), func(name string) bool { return name == "/meta/lock" && c.want == ErrDamaged })
			if !cmp.Equal(after, before) {
				t.Errorf("files were %q and are %q", before, after)
			}
		})
	}
}

// TestUnfinished opens what a process leaves that is killed while it makes a store.
func TestUnfinished(t *testing.T) {
	for _, left := range [][]string{
		{"meta/"}, {"meta/lock"}, {"meta/lock", "meta/format.new"}, {"meta/lock", "meta/format.new", "data/"}, {"meta/lock", "meta/format.new", "data-2/"},
	} {
		dir := t.TempDir()
		for _, name := range left {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path+"x"), 0o777); err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "/") {
				if err := os.WriteFile(path, nil, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, ErrNotExist) {
			t.Errorf("%q: Open for reading = %v, want ErrNotExist", left, err)
		}
		s, err := Open(dir, Options{})
		if err != nil {
			t.Errorf("%q: %v", left, err)
			continue
		}
		apply(t, s, "+a p b")
		closeStore(t, s)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	fsys := vfs.NewMem()
	makeSample(t, fsys, "store", false)
	s, err := Open("store", Options{FS: fsys, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.ApplyDeltas(deltas("+a p b"), graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("ApplyDeltas = %v, want ErrReadOnly", err)
	}
	if _, err := s.NewQuadWriter(); !errors.Is(err, ErrReadOnly) {
		t.Errorf("NewQuadWriter = %v, want ErrReadOnly", err)
	}
	if s.Err() != nil {
		t.Errorf("Err() = %v", s.Err())
	}
}

// TestNoPermission opens a store in a folder that may not be written: the one
// case where the operating system itself is asked.
func TestNoPermission(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere; TestReadOnlyDisk covers it")
	}
	dir := t.TempDir()
	closeStore(t, newStore(t, dir))
	if err := os.Chmod(filepath.Join(dir, "meta", "lock"), 0o444); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "open it for reading") {
		t.Errorf("Open() = %v, want no permission and what helps", err)
	}
}

func TestClosed(t *testing.T) {
	s := newMemory(t)
	apply(t, s, "+a p b")
	a := s.ValueOf(quad.IRI("a"))
	open := s.QuadsAllIterator()
	if !open.Next(context.Background()) {
		t.Fatal("no quad")
	}
	snap := s.Snapshot()
	if err := s.Close(); err != nil {
		t.Errorf("Close() with an open iterator and snapshot = %v", err)
	}
	for _, s := range []*Store{s, snap, s.Snapshot()} {
		if err := s.ApplyDeltas(deltas("+a p c"), graph.IgnoreOpts{}); !errors.Is(err, ErrClosed) {
			t.Errorf("ApplyDeltas = %v, want ErrClosed", err)
		}
		if _, err := s.Stats(context.Background(), true); !errors.Is(err, ErrClosed) {
			t.Errorf("Stats = %v, want ErrClosed", err)
		}
		if _, err := listed(s, s.QuadsAllIterator()); !errors.Is(err, ErrClosed) {
			t.Errorf("iterator = %v, want ErrClosed", err)
		}
		if v := s.NameOf(a); v != nil {
			t.Errorf("NameOf = %v, want nil", v)
		}
		if v := s.ValueOf(quad.IRI("a")); v != noNode {
			t.Errorf("ValueOf = %v, want the reference to nothing", v)
		}
		if err := s.Checkpoint("x"); err == nil {
			t.Error("Checkpoint gives no error")
		}
		if err := s.Close(); err != nil {
			t.Errorf("second Close() = %v", err)
		}
	}
	if open.Next(context.Background()) || !errors.Is(open.Err(), ErrClosed) {
		t.Errorf("iterator of a closed store: %v, want ErrClosed", open.Err())
	}
	if err := open.Close(); err != nil {
		t.Errorf("closing it: %v", err)
	}
}

func TestSnapshot(t *testing.T) {
	s := newMemory(t)
	apply(t, s, "+a p b")
	one := s.Snapshot()
	apply(t, s, "+a p c", "-a p b")
	two, same := s.Snapshot(), one.Snapshot()
	apply(t, s, "-a p c")
	want := map[*Store][]string{one: {"<a> <p> <b> ."}, same: {"<a> <p> <b> ."}, two: {"<a> <p> <c> ."}, s: {}}
	for v, want := range want {
		if got, err := quadsOf(v); err != nil || !cmp.Equal(got, want) {
			t.Errorf("quads = %q, %v, want %q", got, err, want)
		}
	}
	if err := one.Close(); err != nil {
		t.Error(err)
	}
	if err := one.Close(); err != nil {
		t.Error(err)
	}
	if got, err := quadsOf(same); err != nil || len(got) != 1 {
		t.Errorf("the other view after one is closed: %q, %v", got, err)
	}
	if err := same.ApplyDeltas(deltas("+x p y"), graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing to a snapshot = %v, want ErrReadOnly", err)
	}
	if b := two.ValueOf(quad.IRI("b")); b != nil {
		t.Errorf("ValueOf(b) in the second = %v, want nil", b)
	}
	closeStore(t, s)
}

func TestRegistered(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	if _, err := graph.NewQuadStore(Name, dir, nil); !errors.Is(err, graph.ErrNotInitialized) {
		t.Errorf("NewQuadStore before InitQuadStore = %v", err)
	}
	if err := graph.InitQuadStore(Name, dir, nil); err != nil {
		t.Fatal(err)
	}
	if err := graph.InitQuadStore(Name, dir, nil); !errors.Is(err, graph.ErrDatabaseExists) {
		t.Errorf("second InitQuadStore = %v", err)
	}
	for _, opts := range []graph.Options{nil, {"read_only": true}} {
		qs, err := graph.NewQuadStore(Name, dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := qs.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := graph.NewQuadStore(Name, dir, graph.Options{"read_only": 3}); err == nil {
		t.Error("read_only of 3 gives no error")
	}
}

// TestStopsNothingOnBadInput: what a caller gets wrong is refused, and changes
// nothing.
func TestStopsNothingOnBadInput(t *testing.T) {
	s := newMemory(t)
	tests := []struct {
		name string
		d    graph.Delta
		want error
	}{
		{"no subject", graph.Delta{Action: graph.Add, Quad: quad.Quad{Predicate: quad.IRI("p"), Object: quad.IRI("o")}}, errIncomplete},
		{"no action", graph.Delta{Quad: iri("s p o")}, graph.ErrInvalidAction},
		{"foreign value", graph.Delta{Action: graph.Add, Quad: quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: foreign{}}}, nil},
	}
	for _, c := range tests {
		err := s.ApplyDeltas(append(deltas("+x y z"), c.d), graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
		var delta *graph.DeltaError
		if !errors.As(err, &delta) || c.want != nil && delta.Err != c.want {
			t.Errorf("%s: %v, want a DeltaError for %v", c.name, err, c.want)
		}
	}
	if got, err := quadsOf(s); err != nil || len(got) != 0 {
		t.Errorf("after refused batches: %q, %v", got, err)
	}
	apply(t, s, "+x y z")
	closeStore(t, s)
}

// TestNodesLeave: a value leaves with its last quad, also after duplicates, and
// its number is not used again.
func TestNodesLeave(t *testing.T) {
	s := newMemory(t)
	apply(t, s, "+a a a a", "+b p c")
	ref := s.ValueOf(quad.IRI("a"))
	if n := s.SizeOf(ref); n != 4 {
		t.Errorf("SizeOf(a) = %d, want 4", n)
	}
	for range 3 {
		if err := s.ApplyDeltas(deltas("+a a a a"), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
			t.Fatal(err)
		}
	}
	apply(t, s, "-a a a a")
	if got := s.ValueOf(quad.IRI("a")); got != nil {
		t.Errorf("ValueOf(a) = %v after its last quad, want nil", got)
	}
	if got := s.NameOf(ref); got != nil {
		t.Errorf("NameOf(a) = %v after its last quad, want nil", got)
	}
	apply(t, s, "+a p b", "-a p b", "+a p b")
	if again := s.ValueOf(quad.IRI("a")); again == nil || again == ref {
		t.Errorf("ValueOf(a) = %v, was %v, want another", again, ref)
	}
	apply(t, s, "+gone p b", "-gone p b")
	if got := s.ValueOf(quad.IRI("gone")); got != nil {
		t.Errorf("ValueOf(gone) = %v, want nil", got)
	}
	closeStore(t, s)
}

func TestQuadWriter(t *testing.T) {
	s := newMemory(t)
	w, err := s.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		//lint:ignore SA1019 the interface asks for it, and old callers use it
		if err := w.WriteQuad(iri("a p b")); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := w.(quad.BatchWriter).WriteQuads([]quad.Quad{iri("a p b"), iri("a p c")}); n != 2 || err != nil {
		t.Errorf("WriteQuads = %d, %v, want 2", n, err)
	}
	//lint:ignore SA1019 the interface asks for it, and old callers use it
	if err := w.WriteQuad(iri("a p d")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	//lint:ignore SA1019 the interface asks for it, and old callers use it
	if err := w.WriteQuad(iri("a p e")); !errors.Is(err, ErrClosed) {
		t.Errorf("WriteQuad after Close = %v, want ErrClosed", err)
	}
	if got, err := quadsOf(s); err != nil || len(got) != 3 {
		t.Errorf("quads = %q, %v, want 3", got, err)
	}
}

func TestBatchLookups(t *testing.T) {
	ctx := context.Background()
	s := newMemory(t)
	apply(t, s, "+a p b")
	values := []quad.Value{quad.IRI("a"), quad.IRI("b")}
	refs, err := s.RefsOf(ctx, values)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.ValuesOf(ctx, append(refs, nil, noNode, graph.PreFetched(quad.Int(1))))
	if want := append(values, nil, nil, quad.Int(1)); err != nil || !cmp.Equal(got, want) {
		t.Errorf("ValuesOf = %v, %v, want %v", got, err, want)
	}
	if _, err := s.RefsOf(ctx, append(values, quad.IRI("x"))); err == nil || !strings.Contains(err.Error(), "<x>") {
		t.Errorf("RefsOf(x) = %v, want not found", err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.RefsOf(stopped, values); !errors.Is(err, context.Canceled) {
		t.Errorf("RefsOf, stopped = %v", err)
	}
	if _, err := s.ValuesOf(stopped, refs); !errors.Is(err, context.Canceled) {
		t.Errorf("ValuesOf, stopped = %v", err)
	}
}
