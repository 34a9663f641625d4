package pebble

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// flock tries once to lock f, which must be open. It gives errBusy where
// another holds the lock. The locked byte lies far behind the process id, which
// others must be able to read.
func flock(f *os.File, shared bool) error {
	how := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if !shared {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	at := &windows.Overlapped{OffsetHigh: 1}
	err := windows.LockFileEx(windows.Handle(f.Fd()), how, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errBusy
	}
	return os.NewSyscallError("LockFileEx", err)
}

// inodeOf returns "": readers are not listed here.
func inodeOf(string) string { return "" }
