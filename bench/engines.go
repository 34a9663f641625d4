package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// engine is a database under test, run as a program PROGRAM ENGINE WORKDIR DBDIR.
type engine struct {
	name string
	// program returns the first words of its command, or what is missing.
	program func(work string) ([]string, error)
}

// engineCommand is the argument with which this program runs one of its own
// engines, so that each has a process, and a peak of memory, of its own.
const engineCommand = "engine"

// own are the engines that this program runs itself.
var own = map[string]func() peer.Engine{
	"entente":        func() peer.Engine { return ententeEngine{} },
	"entente-path":   func() peer.Engine { return ententePath{} },
	"entente-gizmo":  func() peer.Engine { return ententeGizmo{} },
	"memstore":       func() peer.Engine { return &memoryEngine{} },
	"memstore-gizmo": func() peer.Engine { return &memoryEngine{gizmo: true} },
	"sqlite-mattn":   func() peer.Engine { return newSQLite("sqlite3", false) },
	"sqlite-modernc": func() peer.Engine { return newSQLite("sqlite", false) },
	"sqlite-claims":  func() peer.Engine { return newSQLite("sqlite3", true) },
	postgresName:     func() peer.Engine { return &postgres{} },
}

// engines are all, in the order in which they run and are shown.
var engines = []engine{
	{"entente", itself}, {"entente-path", itself}, {"entente-gizmo", itself},
	{"bolt", bolt}, {"bolt-gizmo", bolt},
	{"memstore", itself}, {"memstore-gizmo", itself},
	{"sqlite-mattn", itself}, {"sqlite-modernc", itself}, {"sqlite-claims", itself},
	{postgresName, server},
	{"duckdb", python}, {"kuzu", python}, {"ladybug", python}, {"pyoxigraph", python}, {"grafeo", python},
}

// groups are names that stand for several engines.
var groups = map[string][]string{"sqlite": {"sqlite-mattn", "sqlite-modernc"}}

func itself(string) ([]string, error) {
	self, err := os.Executable()
	return []string{self, engineCommand}, err
}

func server(work string) ([]string, error) {
	if _, err := postgresBin(); err != nil {
		return nil, err
	}
	return itself(work)
}

// bolt builds the program of the folder bolt.
func bolt(work string) ([]string, error) {
	if _, err := os.Stat("bolt/go.mod"); err != nil {
		return nil, fmt.Errorf("its source is not here; run in the folder bench: %w", err)
	}
	if work == "" {
		return nil, nil
	}
	program := filepath.Join(work, "bolt")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir, build.Stderr = "bolt", os.Stderr
	return []string{program}, build.Run()
}

// python runs the peers in Python, which install.sh installs.
func python(string) ([]string, error) {
	program := []string{".peers/bin/python", "peers/peers.py"}
	for _, file := range program {
		if _, err := os.Stat(file); err != nil {
			return nil, fmt.Errorf("not installed; run ./install.sh in the folder bench: %w", err)
		}
	}
	return program, nil
}

// choose returns the engines of a list of names, all that are installed for "".
func choose(names string) ([]engine, error) {
	if names == "" {
		installed := slices.DeleteFunc(slices.Clone(engines), func(e engine) bool {
			_, err := e.program("")
			if err != nil {
				fmt.Fprintf(os.Stderr, "bench: without %s: %v\n", e.name, err)
			}
			return err != nil
		})
		return installed, nil
	}
	var wanted []string
	for _, name := range strings.Split(names, ",") {
		if group, ok := groups[name]; ok {
			wanted = append(wanted, group...)
		} else {
			wanted = append(wanted, name)
		}
	}
	var chosen []engine
	for _, name := range wanted {
		i := rankOf(name)
		if i == len(engines) {
			return nil, fmt.Errorf("unknown engine %q", name)
		}
		chosen = append(chosen, engines[i])
	}
	return chosen, nil
}

// rankOf is the place of an engine in the order, the end for an unknown one.
func rankOf(name string) int {
	if i := slices.IndexFunc(engines, func(e engine) bool { return e.name == name }); i >= 0 {
		return i
	}
	return len(engines)
}

// measure runs an engine with an empty folder for its database, and collects its
// lines. Those that it printed before it failed count.
func (e engine) measure(work, dir string) (lines []peer.Line, err error) {
	command, err := e.program(work)
	if err != nil {
		return nil, err
	}
	db := filepath.Join(work, "db-"+e.name)
	if err := os.RemoveAll(db); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(db, 0o777); err != nil {
		return nil, err
	}
	defer os.RemoveAll(db)
	fmt.Fprintf(os.Stderr, "bench: %s\n", e.name)
	cmd := exec.Command(command[0], append(command[1:], e.name, dir, db)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	text := bufio.NewScanner(out)
	text.Buffer(nil, 1<<20)
	for text.Scan() {
		var l peer.Line
		if json.Unmarshal(text.Bytes(), &l) == nil && l.Measure != "" {
			lines = append(lines, l)
		}
	}
	return lines, cmd.Wait()
}

// runEngine is what the process of an engine of our own does.
func runEngine(name, dir, db string) error {
	make, ok := own[name]
	if !ok {
		return fmt.Errorf("unknown engine %q", name)
	}
	out := json.NewEncoder(os.Stdout)
	return peer.Run(name, make(), dir, db, func(l peer.Line) { _ = out.Encode(l) })
}
