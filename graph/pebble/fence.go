package pebble

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// fence is the file system that Pebble is given. When something in its own
// folder cannot be written it stops the store, and the goroutine that wanted to
// write goes no further, as if the process had been killed there: what Pebble
// does after a failed write may end the process (it panics while it does not hold
// a lock that is then unlocked, which nothing can recover). Once the fence is
// raised every write ends so, and whatever still runs of a stopped store harms
// nobody who opens the folder next.
//
// It remembers the last failure and the last file read, since Pebble's errors
// often name neither file nor cause.
type fence struct {
	vfs.FS
	dir    string       // of Pebble's files
	bulk   string       // of tables that are not yet Pebble's
	stop   func(error)  // stops it
	mu     sync.RWMutex // shared by writes in flight
	raised bool
	failed atomic.Pointer[error]
	read   atomic.Pointer[string]
}

// raise returns when no write is in flight, and none can begin.
func (f *fence) raise() {
	f.mu.Lock()
	f.raised = true
	f.mu.Unlock()
}

// lastError returns the last failed operation, nil if none has failed.
func (f *fence) lastError() error {
	if p := f.failed.Load(); p != nil {
		return *p
	}
	return nil
}

// lastRead returns the file read last.
func (f *fence) lastRead() string {
	if p := f.read.Load(); p != nil {
		return *p
	}
	return ""
}

// write does one operation that changes files. It does not return where the
// store has stopped or is stopped by it; a failure elsewhere, of a backup or a
// load, is only returned.
func (f *fence) write(op, name string, do func() error) error {
	f.mu.RLock()
	raised := f.raised
	var err error
	if !raised {
		err = f.note(op, name, do())
	}
	f.mu.RUnlock()
	switch {
	case !strings.HasPrefix(name, f.dir):
		if raised {
			return ErrClosed
		}
		return err
	case err != nil:
		f.stop(err)
	case !raised:
		return nil
	}
	select {}
}

// note keeps err as the last failure. That a file does not exist, or the end of
// one, is no failure of the disk.
func (f *fence) note(op, name string, err error) error {
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, io.EOF) {
		var named *fs.PathError
		noted := err
		if !errors.As(err, &named) {
			noted = fmt.Errorf("%s %s: %w", op, name, err)
		}
		f.failed.Store(&noted)
	}
	return err
}

// opened wraps the file that an operation gave.
func (f *fence) opened(file vfs.File, name string, err error) (vfs.File, error) {
	if err != nil {
		return nil, err
	}
	return &fencedFile{File: file, fence: f, name: name}, nil
}

// Lock is left to the store's own lock file: Pebble's would let no two readers in.
func (f *fence) Lock(string) (io.Closer, error) { return noLock{}, nil }

type noLock struct{}

func (noLock) Close() error { return nil }

// Link makes Pebble take in the tables of a load, which then are removed under
// their first name. Any other link fails, so that a backup gets copies: a file that
// both shared would be damaged in both. Where the disk has no links, which some
// call forbidden, Pebble copies.
func (f *fence) Link(oldname, newname string) (err error) {
	if !strings.HasPrefix(oldname, f.bulk) {
		return noLink(oldname, newname)
	}
	_ = f.write("link", newname, func() error {
		err = f.FS.Link(oldname, newname)
		return nil
	})
	if err != nil && isPermission(err) {
		err = noLink(oldname, newname)
	}
	return err
}

// noLink is the error for which Pebble copies.
func noLink(oldname, newname string) error {
	return &os.LinkError{Op: "link", Old: oldname, New: newname, Err: errors.ErrUnsupported}
}

// GetDiskUsage is not needed, and its failure would stop the store.
func (f *fence) GetDiskUsage(string) (vfs.DiskUsage, error) {
	return vfs.DiskUsage{}, vfs.ErrUnsupported
}

// Create makes the folder's names last before that of a marker, by which Pebble
// says which manifest is in use: a power loss could keep the marker and lose the
// manifest.
func (f *fence) Create(name string, category vfs.DiskWriteCategory) (file vfs.File, err error) {
	err = f.write("create", name, func() error {
		if strings.HasPrefix(f.FS.PathBase(name), "marker.") {
			if err := syncDir(f.FS, f.FS.PathDir(name)); err != nil {
				return err
			}
		}
		file, err = f.FS.Create(name, category)
		return err
	})
	return f.opened(file, name, err)
}

func (f *fence) OpenReadWrite(name string, category vfs.DiskWriteCategory, opts ...vfs.OpenOption) (file vfs.File, err error) {
	err = f.write("open", name, func() error {
		file, err = f.FS.OpenReadWrite(name, category, opts...)
		return err
	})
	return f.opened(file, name, err)
}

func (f *fence) ReuseForWrite(oldname, newname string, category vfs.DiskWriteCategory) (file vfs.File, err error) {
	err = f.write("reuse", newname, func() error {
		file, err = f.FS.ReuseForWrite(oldname, newname, category)
		return err
	})
	return f.opened(file, newname, err)
}

func (f *fence) Open(name string, opts ...vfs.OpenOption) (vfs.File, error) {
	file, err := f.FS.Open(name, opts...)
	return f.opened(file, name, f.note("open", name, err))
}

func (f *fence) OpenDir(name string) (vfs.File, error) {
	file, err := f.FS.OpenDir(name)
	return f.opened(file, name, f.note("open", name, err))
}

// Remove may fail: a file that is left over does no harm.
func (f *fence) Remove(name string) (err error) {
	_ = f.write("remove", name, func() error {
		err = f.FS.Remove(name)
		return nil
	})
	return err
}

// RemoveAll may fail as Remove.
func (f *fence) RemoveAll(name string) (err error) {
	_ = f.write("remove", name, func() error {
		err = f.FS.RemoveAll(name)
		return nil
	})
	return err
}

func (f *fence) Rename(oldname, newname string) error {
	return f.write("rename", newname, func() error { return f.FS.Rename(oldname, newname) })
}

func (f *fence) MkdirAll(dir string, perm os.FileMode) error {
	return f.write("mkdir", dir, func() error { return f.FS.MkdirAll(dir, perm) })
}

// Unwrap implements vfs.FS.
func (f *fence) Unwrap() vfs.FS { return f.FS }

// fencedFile is a file of a fence.
type fencedFile struct {
	vfs.File
	fence *fence
	name  string
}

func (f *fencedFile) Read(p []byte) (int, error) {
	f.fence.read.Store(&f.name)
	n, err := f.File.Read(p)
	return n, f.fence.note("read", f.name, err)
}

func (f *fencedFile) ReadAt(p []byte, off int64) (int, error) {
	f.fence.read.Store(&f.name)
	n, err := f.File.ReadAt(p, off)
	return n, f.fence.note("read", f.name, err)
}

func (f *fencedFile) Write(p []byte) (n int, err error) {
	err = f.fence.write("write", f.name, func() error {
		n, err = f.File.Write(p)
		return err
	})
	return n, err
}

func (f *fencedFile) WriteAt(p []byte, off int64) (n int, err error) {
	err = f.fence.write("write", f.name, func() error {
		n, err = f.File.WriteAt(p, off)
		return err
	})
	return n, err
}

// Preallocate may fail: whether there is room shows when it is needed.
func (f *fencedFile) Preallocate(offset, length int64) error {
	return f.fence.write("extend", f.name, func() error {
		_ = f.File.Preallocate(offset, length)
		return nil
	})
}

func (f *fencedFile) Sync() error {
	return f.fence.write("sync", f.name, f.File.Sync)
}

func (f *fencedFile) SyncData() error {
	return f.fence.write("sync", f.name, f.File.SyncData)
}

func (f *fencedFile) SyncTo(length int64) (full bool, err error) {
	err = f.fence.write("sync", f.name, func() error {
		full, err = f.File.SyncTo(length)
		return err
	})
	return full, err
}
