package pebble

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// lockPause is how long to wait between two tries for a lock.
const lockPause = 5 * time.Millisecond

// errBusy says that another holds the lock.
var errBusy = errors.New("lock is held")

// lock takes the store's lock: exclusive for a writer, shared for readers. A
// store on a file system of the caller's own has only that system's lock.
func (c *core) lock(opts Options) (io.Closer, error) {
	name := c.layout().meta("lock")
	wait := opts.LockWait
	if wait == 0 {
		wait = 5 * time.Second
	}
	for deadline := time.Now().Add(wait); ; time.Sleep(lockPause) {
		var held io.Closer
		var err error
		if opts.FS == nil {
			held, err = lockFile(name, opts.ReadOnly)
		} else if held, err = opts.FS.Lock(name); errors.Is(err, syscall.EAGAIN) {
			err = errBusy
		}
		if !errors.Is(err, errBusy) {
			return held, err
		}
		if !time.Now().Before(deadline) {
			return nil, fmt.Errorf("store %s: %w %s; waited %v, try again when that has ended", c.dir, ErrLocked, holder(name), wait)
		}
	}
}

// fileLock is a lock on a file of the disk.
type fileLock struct {
	*os.File
	shared bool
}

// lockFile tries once for the lock.
func lockFile(name string, shared bool) (io.Closer, error) {
	f, err := openLockFile(name, shared)
	if err != nil {
		if shared && errors.Is(err, syscall.EROFS) {
			return noLock{}, nil // on a medium that nobody can write there is no writer
		}
		return nil, err
	}
	if err := flock(f, shared); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if !shared {
		err = errors.Join(f.Truncate(0), writeAt(f, strconv.Itoa(os.Getpid())+"\n"))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &fileLock{f, shared}, nil
}

// openLockFile opens the file, for reading alone where it is there and that is
// enough: a reader may lack the right to write.
func openLockFile(name string, shared bool) (*os.File, error) {
	if shared {
		if f, err := os.Open(name); !errors.Is(err, os.ErrNotExist) {
			return f, err
		}
	}
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
}

func writeAt(f *os.File, s string) error {
	_, err := f.WriteAt([]byte(s), 0)
	return err
}

// Close gives the lock back.
func (l *fileLock) Close() error {
	if !l.shared {
		_ = l.Truncate(0) // only tidies: the number of a process that is gone says nothing
	}
	return l.File.Close()
}

// holder says who holds the lock, as far as that can be known.
func holder(name string) string {
	held, err := lockFile(name, true)
	if err == nil { // readers do not keep out a reader
		_ = held.Close()
		if pids := readers(name); len(pids) > 0 {
			return "by a reader, process " + strings.Join(pids, ", ")
		}
		return "by a reader"
	}
	b, _ := os.ReadFile(name)
	if pid := strings.TrimSpace(string(b)); pid != "" {
		return "by process " + pid
	}
	return "by another process"
}

// readers returns the processes that Linux lists with a lock on the file; none
// on another system.
func readers(name string) (pids []string) {
	list, err := os.Open("/proc/locks")
	if err != nil {
		return nil
	}
	defer list.Close()
	inode := inodeOf(name)
	for s := bufio.NewScanner(list); s.Scan(); {
		// 1: FLOCK  ADVISORY  READ 4711 08:01:1234 0 EOF
		f := strings.Fields(s.Text())
		if len(f) >= 6 && f[1] == "FLOCK" && inode != "" && strings.HasSuffix(f[5], ":"+inode) && !slices.Contains(pids, f[4]) {
			pids = append(pids, f[4])
		}
	}
	return pids
}
