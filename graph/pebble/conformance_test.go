package pebble

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
)

// inCayley changes to a folder of Cayley's module, from where its tests find
// their data.
func inCayley(t *testing.T) {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	t.Chdir(filepath.Join(strings.TrimSpace(string(out)), "graph", "memstore"))
}

// TestCayley runs Cayley's own tests of a store, whole, with the twelve queries
// over 30,000 films (these not under the race detector).
func TestCayley(t *testing.T) {
	for name, open := range map[string]func(t testing.TB) *Store{
		"memory": func(t testing.TB) *Store { return newMemory(t) },
		"disk":   func(t testing.TB) *Store { return newStore(t, t.TempDir()) },
	} {
		t.Run(name, func(t *testing.T) {
			inCayley(t)
			gen := func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
				s := open(t)
				return s, nil, func() { closeStore(t, s) }
			}
			graphtest.TestAll(t, gen, &graphtest.Config{AlwaysRunIntegration: name == "disk" && !slow})
		})
	}
}
