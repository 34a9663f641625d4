package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// inNamespace returns a command in mount and user namespaces of its own, where
// it may mount what it likes.
func inNamespace(script string, args ...string) *exec.Cmd {
	cmd := exec.Command("sh", append([]string{"-c", script, "sh"}, args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	return cmd
}

// TestFullDisk loads until a small disk is full: one line that says so, status
// 1, and what was stored before is whole.
func TestFullDisk(t *testing.T) {
	source, disk := t.TempDir(), t.TempDir()
	writeReports(t, source, 120)
	draw := rand.New(rand.NewPCG(1, 2))
	for i := range 120 { // 2.4 MB that can hardly be made smaller, in few words: four batches
		noise := make([]byte, 20<<10)
		for j := range noise {
			noise[j] = "abcdefghijklmnopqrstuvwxyz"[draw.IntN(26)]
			if j%80 == 0 {
				noise[j] = ' '
			}
		}
		name := filepath.Join(source, fmt.Sprintf("r%03d.md", i))
		text, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(name, append(text, noise...), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	script := `mount -t tmpfs -o size=1600k tmpfs "$1" || exit 77
entente load --store "$1/store" "$2" >"$2.out" 2>"$2.err"; echo $? >"$2.status"
mount -o remount,size=64m "$1"
entente check --store "$1/store" 2>>"$2.check" && entente claims --store "$1/store" --limit 1`
	out, err := inNamespace(script, disk, source).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 77 || errors.Is(err, syscall.EPERM) {
		t.Skipf("no right to mount a small disk here: %s", out)
	}
	status, _ := os.ReadFile(source + ".status")
	said, _ := os.ReadFile(source + ".err")
	check, _ := os.ReadFile(source + ".check")
	if strings.TrimSpace(string(status)) != "1" || !strings.Contains(string(said), "disk is full") || strings.Contains(string(said), "goroutine ") {
		t.Errorf("load on a full disk: status %s, standard error:\n%s", status, said)
	}
	if err != nil || !strings.Contains(string(check), "the store is whole") || !strings.Contains(string(out), `"id"`) {
		t.Errorf("the store after a full disk: %v\n%s%s", err, check, out)
	}
}

// TestReadOnlyFolder loads into a folder that nobody can write.
func TestReadOnlyFolder(t *testing.T) {
	source, disk := t.TempDir(), t.TempDir()
	writeReports(t, source, 2)
	script := `mount -t tmpfs -o size=8m tmpfs "$1" || exit 77
entente load --store "$1/good" "$2" >/dev/null || exit 1
mount -o remount,ro "$1" || exit 77
entente claims --store "$1/good" --limit 1 || exit 2
entente load --store "$1/new" "$2"; echo "status $?"
entente load --store "$1/good" "$2"; echo "status $?"`
	out, err := inNamespace(script, disk, source).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 77 || errors.Is(err, syscall.EPERM) {
		t.Skipf("no right to mount a disk here: %s", out)
	}
	text := string(out)
	if err != nil || !strings.Contains(text, `"id"`) {
		t.Errorf("looking into a store on a read-only disk: %v\n%s", err, text)
	}
	if strings.Count(text, "status 1") != 2 || strings.Count(text, "entente: store ") != 2 || strings.Contains(text, "goroutine ") {
		t.Errorf("loading onto a read-only disk:\n%s", text)
	}
}
