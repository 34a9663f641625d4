package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// machine says on what the figures were taken, a line each.
func machine() []string {
	return []string{
		fmt.Sprintf("CPU: %s, %d cores", field("/proc/cpuinfo", "model name"), runtime.NumCPU()),
		"memory: " + field("/proc/meminfo", "MemTotal"),
		"kernel: " + output("uname", "-sr"),
		"Go: " + strings.TrimPrefix(runtime.Version(), "go"),
	}
}

// field reads the first line of a file that begins with a name.
func field(file, name string) string {
	text, _ := os.ReadFile(file)
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// output is what a program prints, "" where it cannot run.
func output(program string, args ...string) string {
	text, err := exec.Command(program, args...).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// modules are those of this program that are measured.
var modules = []string{
	"github.com/cayleygraph/cayley", "github.com/cayleygraph/quad", "github.com/cockroachdb/pebble/v2",
	"github.com/mattn/go-sqlite3", "modernc.org/sqlite", "github.com/jackc/pgx/v5",
}

// versions says of what the figures were taken, a line each.
func versions() []string {
	lines := []string{"entente: commit " + output("git", "rev-parse", "--short=12", "HEAD")}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if slices.Contains(modules, m.Path) {
				lines = append(lines, m.Path+" "+m.Version)
			}
		}
	}
	lines = append(lines, "bolt: github.com/boltdb/bolt v1.3.1 under cayley v0.7.7 with quad v1.2.4 (bolt/go.mod)")
	for _, driver := range []string{"sqlite3", "sqlite"} {
		lines = append(lines, fmt.Sprintf("SQLite of driver %s: %s", driver, sqliteVersion(driver)))
	}
	if bin, err := postgresBin(); err == nil {
		lines = append(lines, output(filepath.Join(bin, "postgres"), "--version"))
	}
	if _, err := python(""); err == nil {
		lines = append(lines, output(".peers/bin/python", "--version"))
		for line := range strings.Lines(output(".peers/bin/python", "-m", "pip", "freeze")) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

func sqliteVersion(driver string) (version string) {
	db, err := sql.Open(driver, ":memory:")
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	if err := db.QueryRow("SELECT sqlite_version()").Scan(&version); err != nil {
		return err.Error()
	}
	return version
}
