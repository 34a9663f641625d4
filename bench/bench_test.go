package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// testQuads is about how many quads the tests have.
const testQuads = 5000

// bruteEngine is the engine of brute.
type bruteEngine struct{ *brute }

func (*bruteEngine) Volatile() {}

func (e *bruteEngine) Load(file, _ string) (err error) {
	e.brute, err = newBrute(file)
	return err
}

func (e *bruteEngine) Open(string, peer.Vocabulary) (peer.Store, error) { return e.brute, nil }

func testWorkload(t *testing.T, seed uint64) string {
	t.Helper()
	dir, err := workload(t.TempDir(), testQuads, seed)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestWorkloadIsDeterministic(t *testing.T) {
	one, again, other := testWorkload(t, 1), testWorkload(t, 1), testWorkload(t, 2)
	for _, name := range []string{peer.QuadsFile, peer.MoreFile, peer.QuestionsFile} {
		if !bytes.Equal(read(t, one, name), read(t, again, name)) {
			t.Errorf("%s of one seed differs from run to run", name)
		}
		if bytes.Equal(read(t, one, name), read(t, other, name)) {
			t.Errorf("%s is the same for two seeds", name)
		}
	}
}

func TestWorkloadShape(t *testing.T) {
	dir := testWorkload(t, 1)
	quads := strings.Split(strings.TrimSpace(string(read(t, dir, peer.QuadsFile))), "\n")
	seen := make(map[string]bool)
	for _, line := range append(quads, strings.Split(strings.TrimSpace(string(read(t, dir, peer.MoreFile))), "\n")...) {
		if seen[line] {
			t.Errorf("twice: %s", line)
		}
		seen[line] = true
	}
	q, err := peer.ReadQuestions(dir)
	if err != nil {
		t.Fatal(err)
	}
	if q.Quads != len(quads) {
		t.Errorf("questions.json has %d quads, quads.nq %d", q.Quads, len(quads))
	}
	if last := q.Q7[len(q.Q7)-1].Last; last != len(seen)-len(quads) {
		t.Errorf("question 7 ends at line %d of %d", last, len(seen)-len(quads))
	}
}

// nothing is the digest of no strings.
const nothing = "e3b0c442"

// TestEngines holds every engine that this program runs itself against brute, and
// those of bolt.
func TestEngines(t *testing.T) {
	dir := testWorkload(t, 1)
	want := results(t, "brute", &bruteEngine{}, dir)
	for measure, result := range want {
		if strings.Count(result, nothing) > len(result)/8/3 {
			t.Errorf("%s: more than a third of the answers are empty", measure)
		}
	}
	for name, engine := range own {
		t.Run(name, func(t *testing.T) {
			if _, err := postgresBin(); err != nil && name == postgresName {
				t.Skipf("there is no PostgreSQL on this machine: %v", err)
			}
			agree(t, results(t, name, engine(), dir), want)
		})
	}
	for _, name := range []string{"bolt", "bolt-gizmo"} {
		t.Run(name, func(t *testing.T) {
			lines, err := engines[rankOf(name)].measure(t.TempDir(), dir)
			if err != nil {
				t.Fatal(err)
			}
			found := make(map[string]string)
			for _, l := range lines {
				keep(t, found, l)
			}
			agree(t, found, want)
		})
	}
}

// agree fails unless all results are those that are wanted.
func agree(t *testing.T, found, want map[string]string) {
	t.Helper()
	if len(found) < 7 {
		t.Errorf("only %d questions are answered", len(found))
	}
	for measure, result := range found {
		if k := firstDifference(result, want[measure]); k >= 0 || len(result) != len(want[measure]) {
			t.Errorf("%s: parameter %d is answered wrongly", measure, k)
		}
	}
}

// keep notes the result of a line.
func keep(t *testing.T, found map[string]string, l peer.Line) {
	t.Helper()
	if l.Result != "" {
		found[l.Measure] = l.Result
	}
	if l.Failed != "" && !strings.HasPrefix(l.Failed, peer.ErrCannot.Error()) {
		t.Errorf("%s: %s", l.Measure, l.Failed)
	}
}

// results runs an engine, and returns its results by measure.
func results(t *testing.T, name string, e peer.Engine, dir string) map[string]string {
	t.Helper()
	db, err := os.MkdirTemp("", "bench-test-") // not t.TempDir: a path to a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(db) })
	db = filepath.Join(db, "db")
	if err := os.Mkdir(db, 0o777); err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	if err := peer.Run(name, e, dir, db, func(l peer.Line) { keep(t, found, l) }); err != nil {
		t.Fatal(err)
	}
	return found
}
