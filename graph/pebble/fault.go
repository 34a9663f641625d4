package pebble

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	crdb "github.com/cockroachdb/pebble/v2"
)

// Errors that a caller may want to tell apart, for errors.Is.
var (
	// ErrNotExist: there is no store in the folder.
	ErrNotExist = errors.New("no store")
	// ErrNotStore: the folder holds something else; it is not touched.
	ErrNotStore = errors.New("not a store")
	// ErrFormat: the store has a format that this program does not know.
	ErrFormat = errors.New("unknown store format")
	// ErrLocked: another process, or another Open in this one, has the store.
	ErrLocked = errors.New("store is in use")
	// ErrReadOnly: the store was opened for reading, or it is a snapshot.
	ErrReadOnly = errors.New("store is read-only")
	// ErrClosed: the store or snapshot was closed.
	ErrClosed = errors.New("store is closed")
	// ErrDamaged: a file of the store does not hold what was written to it.
	ErrDamaged = errors.New("store is damaged")
)

// explain makes of an error of Pebble or of the disk one that names the store,
// the file and what helps.
func (c *core) explain(err error) error {
	cause := c.fs.lastError()
	switch {
	case errors.Is(err, ErrDamaged), crdb.IsCorruptionError(err):
		return c.damaged("", err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(cause, syscall.ENOSPC):
		if cause == nil {
			cause = err
		}
		return fmt.Errorf("store %s: the disk is full: %w; make room and run the command again, all that was stored before is kept", c.dir, cause)
	case cause != nil:
		return fmt.Errorf("store %s: %w; all that was stored before is kept", c.dir, cause)
	}
	return fmt.Errorf("store %s: %w", c.dir, err)
}

// damaged names the file that is not what was written; "" looks for it. An
// ErrDamaged of this package says itself what is wrong.
func (c *core) damaged(file string, err error) error {
	if errors.Is(err, ErrDamaged) {
		return fmt.Errorf("store %s: %w; %s", c.dir, err, helpDamaged)
	}
	if info := crdb.ExtractDataCorruptionInfo(err); file == "" && info != nil {
		file = info.Path
	}
	if file == "" {
		file = c.fs.lastRead()
	}
	if rel, e := filepath.Rel(c.dir, file); e == nil {
		file = rel
	}
	return fmt.Errorf("store %s: %s: %w: %w; %s", c.dir, file, ErrDamaged, err, helpDamaged)
}

const helpDamaged = "restore it from a backup, or load the reports again into a new store"

// stop ends the use of the store: err, or the error of an earlier stop, is
// returned by every call from now on, and no file is written any more.
func (c *core) stop(err error) error {
	if c.fault.CompareAndSwap(nil, &err) {
		c.fs.raise()
		close(c.broken)
	}
	return *c.fault.Load()
}

// stopped returns the error that stopped the store, nil while it works.
func (c *core) stopped() error {
	if p := c.fault.Load(); p != nil {
		return *p
	}
	return nil
}

// run calls f, which may write to Pebble, in a goroutine of its own and waits
// until it returns or the store stops: after a failed write Pebble may wait for
// ever, or panic with its locks held. A goroutine left behind finds every file
// closed to writing.
func (c *core) run(f func() error) error {
	done := make(chan error, 1)
	go func() {
		returned := false
		defer func() {
			if r := recover(); r != nil {
				done <- c.stop(c.explain(asError(r)))
			} else if !returned {
				done <- c.stopped()
			}
		}()
		err := f()
		returned = true
		done <- err
	}()
	select {
	case err := <-done:
		if fault := c.stopped(); fault != nil {
			return fault
		}
		return err
	case <-c.broken:
		return c.stopped()
	}
}

// asError makes an error of what a panic carried.
func asError(r any) error {
	if err, ok := r.(error); ok {
		return err
	}
	return fmt.Errorf("%v", r)
}

// logger takes the place of Pebble's, whose Fatalf ends the process.
type logger struct{ c *core }

func (logger) Infof(string, ...any)  {}
func (logger) Errorf(string, ...any) {}

// Fatalf stops the store. Pebble does not expect it to return, so a goroutine of
// Pebble's own ends here; one of ours goes on and finds the store stopped.
func (l logger) Fatalf(format string, args ...any) {
	err := fmt.Errorf(format, args...)
	for _, a := range args {
		if e, ok := a.(error); ok {
			err = e
		}
	}
	l.c.stop(l.c.explain(err))
	exitBackground()
}

// listener hears of damaged files and of failed flushes and compactions. Without
// an end to their goroutine Pebble would try these again without pause.
func (c *core) listener() *crdb.EventListener {
	return &crdb.EventListener{
		DataCorruption: func(info crdb.DataCorruptionInfo) {
			c.stop(c.damaged(info.Path, info.Details))
		},
		BackgroundError: func(err error) {
			c.stop(c.explain(err))
			exitBackground()
		},
	}
}

// exitBackground ends the calling goroutine if Pebble started it.
func exitBackground() {
	pc := make([]uintptr, 256)
	frames := runtime.CallersFrames(pc[:runtime.Callers(1, pc)])
	entry := ""
	for {
		f, more := frames.Next()
		if f.Function != "runtime.goexit" && f.Function != "" {
			entry = f.Function
		}
		if !more {
			break
		}
	}
	if strings.HasPrefix(entry, "github.com/cockroachdb/pebble/") {
		runtime.Goexit()
	}
}

// isPermission reports whether the operating system forbids to write.
func isPermission(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}
