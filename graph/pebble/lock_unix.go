//go:build unix

package pebble

import (
	"errors"
	"os"
	"strconv"
	"syscall"
)

// flock tries once to lock f, which must be open. It gives errBusy where
// another holds the lock.
func flock(f *os.File, shared bool) error {
	how := syscall.LOCK_EX
	if shared {
		how = syscall.LOCK_SH
	}
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errBusy
		}
		return os.NewSyscallError("flock", err)
	}
}

// inodeOf returns the number of the file, "" where it has none.
func inodeOf(name string) string {
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return strconv.FormatUint(uint64(st.Ino), 10)
	}
	return ""
}
