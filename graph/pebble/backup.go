package pebble

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// Checkpoint makes a copy of the store in dir, which must not exist or be empty.
// The copy is the state at one moment, shares no file with the store and opens
// like any other. Others may read and write meanwhile: what Pebble copies are the
// files of one version, which nobody changes, and the log, which only grows. All
// batches of before the call are in the copy. Of a store opened for reading the
// files are copied as they are.
func (s *Store) Checkpoint(dir string) (err error) {
	if s.snap != nil {
		return fmt.Errorf("%w: a backup is made of the store, not of a snapshot", ErrReadOnly)
	}
	release, err := s.hold()
	if err != nil {
		return err
	}
	defer release()
	to := newLayout(s.fs.FS, dir)
	if names, err := to.fs.List(dir); err == nil && len(names) > 0 {
		return fmt.Errorf("%s: %w; name a folder that does not exist", dir, fs.ErrExist)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup to %s: %w", dir, err)
	}
	if err := s.copyTo(to); err != nil {
		s.fs.failed.Store(nil) // it was not the store's disk that failed
		for _, part := range []string{to.meta(""), to.data()} {
			_ = to.fs.RemoveAll(part)
		}
		return fmt.Errorf("backup to %s: %w", dir, err)
	}
	return nil
}

// copyTo fills a folder, the line that makes it a store last.
func (s *Store) copyTo(to layout) error {
	batches := s.acked.Load()
	if err := to.fs.MkdirAll(to.meta(""), 0o777); err != nil {
		return err
	}
	var err error
	if s.readOnly {
		err = s.copyFiles(to)
	} else {
		err = s.run(func() error { return s.db.Checkpoint(to.data()) })
	}
	if err != nil {
		return err
	}
	if err := to.writeSeal(batches); err != nil {
		return err
	}
	if err := writeFile(to.fs, to.meta("lock"), "", syncClose); err != nil {
		return err
	}
	return to.writeFormat()
}

// copyFiles copies Pebble's files one by one; nobody writes to them while the
// store is open for reading.
func (s *Store) copyFiles(to layout) error {
	if err := to.fs.MkdirAll(to.data(), 0o777); err != nil {
		return err
	}
	from := s.layout().data()
	names, err := to.fs.List(from)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := vfs.Copy(to.fs, to.fs.PathJoin(from, name), to.fs.PathJoin(to.data(), name)); err != nil {
			return err
		}
	}
	return syncDir(to.fs, to.data())
}
