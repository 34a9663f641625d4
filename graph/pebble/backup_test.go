package pebble

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckpoint(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "store")
	s := newStore(t, store)
	apply(t, s, "+a p b l", "+b p c")
	want, err := quadsOf(s)
	if err != nil {
		t.Fatal(err)
	}
	fromWriter := filepath.Join(dir, "deep", "one")
	if err := s.Checkpoint(fromWriter); err != nil {
		t.Fatal(err)
	}
	if err := s.Checkpoint(fromWriter); !errors.Is(err, fs.ErrExist) {
		t.Errorf("Checkpoint onto a backup = %v, want that it exists", err)
	}
	apply(t, s, "-a p b l") // does not reach the backup
	if err := s.Snapshot().Checkpoint(filepath.Join(dir, "x")); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Checkpoint of a snapshot = %v, want ErrReadOnly", err)
	}
	apply(t, s, "+a p b l")
	closeStore(t, s)

	r, err := Open(store, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	fromReader := filepath.Join(dir, "two")
	if err := os.Mkdir(fromReader, 0o777); err != nil { // empty is as good as none
		t.Fatal(err)
	}
	if err := r.Checkpoint(fromReader); err != nil {
		t.Fatal(err)
	}
	closeStore(t, r)
	if err := os.RemoveAll(store); err != nil {
		t.Fatal(err)
	}

	for _, backup := range []string{fromWriter, fromReader} {
		for _, readOnly := range []bool{true, false} {
			b, err := Open(backup, Options{ReadOnly: readOnly})
			if err != nil {
				t.Fatalf("opening %s: %v", backup, err)
			}
			if got, err := quadsOf(b); err != nil || !cmp.Equal(got, want) {
				t.Errorf("%s, read-only %v: %q, %v, want %q", backup, readOnly, got, err, want)
			}
			if !readOnly {
				apply(t, b, "+x p y")
			}
			closeStore(t, b)
		}
	}
}

// TestCheckpointCannotBeWritten: a backup that fails leaves nothing, and the
// store works on.
func TestCheckpointCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	s := newStore(t, filepath.Join(dir, "store"))
	apply(t, s, "+a p b")
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{file, filepath.Join(file, "below")} {
		if err := s.Checkpoint(to); err == nil {
			t.Errorf("Checkpoint(%s) gives no error", to)
		}
	}
	apply(t, s, "+a p c")
	closeStore(t, s)
}
