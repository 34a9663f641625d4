package pebble

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
)

func TestLock(t *testing.T) {
	tests := []struct {
		first, second bool // read-only
		want          error
	}{
		{false, false, ErrLocked},
		{false, true, ErrLocked},
		{true, false, ErrLocked},
		{true, true, nil},
	}
	for _, c := range tests {
		dir := t.TempDir()
		closeStore(t, newStore(t, dir))
		a, err := Open(dir, Options{ReadOnly: c.first})
		if err != nil {
			t.Fatal(err)
		}
		const wait = 60 * time.Millisecond
		start := time.Now()
		b, err := Open(dir, Options{ReadOnly: c.second, LockWait: wait})
		took := time.Since(start)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("read-only %v, then %v: %v, want %v", c.first, c.second, err, c.want)
		}
		if err != nil && took < wait {
			t.Errorf("read-only %v, then %v: waited %v, want %v", c.first, c.second, took, wait)
		}
		if err != nil && !strings.Contains(err.Error(), fmt.Sprint("process ", os.Getpid())) {
			t.Errorf("read-only %v, then %v: %v, want process %d named", c.first, c.second, err, os.Getpid())
		}
		if b != nil {
			closeStore(t, b)
		}
		closeStore(t, a)
	}
}

// TestLockIsWaitedFor: who waits gets the store as soon as it is free.
func TestLockIsWaitedFor(t *testing.T) {
	dir := t.TempDir()
	a := newStore(t, dir)
	opened := make(chan error)
	go func() {
		b, err := Open(dir, Options{})
		if err == nil {
			err = b.Close()
		}
		opened <- err
	}()
	time.Sleep(30 * time.Millisecond)
	closeStore(t, a)
	if err := <-opened; err != nil {
		t.Errorf("Open() = %v", err)
	}
}

// TestLockOfAnother: another process has the store; it is named, and when it is
// killed the store is free.
func TestLockOfAnother(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.Command(self, "-test.run=^$")
	cmd.Env = append(os.Environ(), holdDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir, Options{LockWait: -1})
	if want := "by process " + strconv.Itoa(cmd.Process.Pid); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), want) {
		t.Errorf("Open() = %v, want ErrLocked %s", err, want)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	closeStore(t, newStore(t, dir))
}

// hold opens the store, says so and waits to be killed.
func hold(dir string) {
	if _, err := Open(dir, Options{}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print("x")
	select {}
}

// TestReadOnlyDisk opens a store on a disk that nobody can write.
func TestReadOnlyDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can mount a disk")
	}
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no disk: mount: %v: %s", err, out)
	}
	defer exec.Command("umount", "-l", disk).Run()
	dir := filepath.Join(disk, "store")
	s := newStore(t, dir)
	apply(t, s, "+a p b")
	closeStore(t, s)
	unlocked := filepath.Join(disk, "unlocked")
	copyTree(t, s.fs.FS, s.fs.FS, dir, unlocked)
	if err := os.Remove(filepath.Join(unlocked, "meta", "lock")); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-o", "remount,ro", disk).CombinedOutput(); err != nil {
		t.Skipf("remount: %v: %s", err, out)
	}
	for _, dir := range []string{dir, unlocked} {
		r, err := Open(dir, Options{ReadOnly: true})
		if err != nil {
			t.Errorf("Open() for reading = %v", err)
			continue
		}
		if got, err := quadsOf(r); err != nil || len(got) != 1 {
			t.Errorf("quads = %q, %v", got, err)
		}
		if err := r.ApplyDeltas(deltas("+a p c"), graph.IgnoreOpts{}); !errors.Is(err, ErrReadOnly) {
			t.Errorf("ApplyDeltas = %v, want ErrReadOnly", err)
		}
		closeStore(t, r)
	}
	for _, name := range []string{dir, filepath.Join(disk, "new")} {
		_, err := Open(name, Options{})
		if err == nil || !strings.Contains(err.Error(), "cannot be written") || !strings.Contains(err.Error(), "read-only file system") {
			t.Errorf("Open(%s) for writing = %v, want that it cannot be written", name, err)
		}
	}
}
