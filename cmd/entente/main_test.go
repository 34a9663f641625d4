package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/entente-kg/entente/graph"
)

var update = flag.Bool("update", false, "rewrite the outputs in testdata/script and the pages of the commands")

// TestMain lets the test binary be the program itself: scripts run the real
// main in a process of its own, transcripts as on a terminal.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entente": mainOrTerminal})
}

// scriptCommands are what scripts and transcripts can do besides the commands of
// testscript.
var scriptCommands = map[string]func(*testscript.TestScript, bool, []string){
	"exits":  exits,
	"make":   makeFile,
	"hold":   hold,
	"keep":   keepID,
	"spoil":  spoil,
	"unpack": unpack,
	"lose":   lose,
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			for _, v := range []string{"NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "XDG_DATA_HOME"} {
				env.Setenv(v, "")
			}
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("ENTENTE_STORE", filepath.Join(env.WorkDir, "store"))
			return nil
		},
		Cmds: scriptCommands,
	})
}

// exits runs a command and wants its exit status: exits 2 entente nonsense. It
// wants no trace of a panic, whatever the status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARGUMENT…]")
	}
	status := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		status = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got := strconv.Itoa(status); got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("it panicked")
	}
}

// makeFile makes a file that no text archive can hold: make KIND FILE.
func makeFile(ts *testscript.TestScript, neg bool, args []string) {
	const sentence = "Foreign Minister Anna Lind of Sweden met President Emmanuel Macron of France in Paris on Monday. "
	kinds := map[string]func() []byte{
		"binary":  func() []byte { return bytes.Repeat([]byte{0x7f, 'E', 'L', 'F', 0, 1, 2, 0xff, 0xfe, 0}, 300) },
		"empty":   func() []byte { return nil },
		"invalid": func() []byte { return []byte("Russia \xff\xfe signed a treaty with China in Moscow on 3 May 2024.\n") },
		"latin1": func() []byte {
			return []byte("Le pr\xe9sident Emmanuel Macron met Chancellor Olaf Scholz in M\xfcnchen on 3 May 2024.\n")
		},
		"utf16": func() []byte {
			b := []byte{0xff, 0xfe}
			for _, c := range sentence {
				b = append(b, byte(c), 0)
			}
			return b
		},
		"50mb":     func() []byte { return bytes.Repeat([]byte(sentence), 50<<20/len(sentence)) },
		"longline": func() []byte { return bytes.Repeat([]byte("and so on "), 2<<20/10) },
	}
	if neg || len(args) != 2 || kinds[args[0]] == nil {
		ts.Fatalf("usage: make KIND FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), kinds[args[0]](), 0o644))
}

// keepID sets a variable to a value of the last output: keep VARIABLE FIELD
// takes the first "FIELD":"value" of JSON on standard output.
func keepID(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep VARIABLE FIELD")
	}
	_, rest, ok := strings.Cut(ts.ReadFile("stdout"), fmt.Sprintf("%q:\"", args[1]))
	value, _, ok2 := strings.Cut(rest, `"`)
	if !ok || !ok2 {
		ts.Fatalf("no field %s on standard output", args[1])
	}
	ts.Setenv(args[0], value)
}

// unpack puts an archive of testdata into a folder: unpack ARCHIVE FOLDER.
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack ARCHIVE FOLDER")
	}
	f, err := os.Open(filepath.Join("testdata", args[0]))
	ts.Check(err)
	defer f.Close()
	packed, err := gzip.NewReader(f)
	ts.Check(err)
	for in := tar.NewReader(packed); ; {
		h, err := in.Next()
		if err == io.EOF {
			return
		}
		ts.Check(err)
		path := filepath.Join(ts.MkAbs(args[1]), h.Name)
		if h.Typeflag == tar.TypeDir {
			ts.Check(os.MkdirAll(path, 0o777))
			continue
		}
		text, err := io.ReadAll(in)
		ts.Check(err)
		ts.Check(os.WriteFile(path, text, 0o666))
	}
}

// lose deletes keys of a store behind its back, with no file damaged: those whose
// first byte is TAG and whose content holds WORDS, all without WORDS: lose STORE TAG
// [WORDS].
func lose(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: lose STORE TAG [WORDS]")
	}
	words := append(args, "")[2]
	db, err := crdb.Open(filepath.Join(ts.MkAbs(args[0]), "data-2"), &crdb.Options{FormatMajorVersion: crdb.FormatTableFormatV6, Logger: quiet{}})
	ts.Check(err)
	it, err := db.NewIter(&crdb.IterOptions{LowerBound: []byte(args[1])})
	ts.Check(err)
	for ok := it.First(); ok && bytes.HasPrefix(it.Key(), []byte(args[1])); ok = it.Next() {
		if strings.Contains(string(it.Value()), words) {
			ts.Check(db.Delete(it.Key(), crdb.Sync))
		}
	}
	ts.Check(it.Close())
	ts.Check(db.Close())
}

// quiet is a logger that says nothing.
type quiet struct{}

func (quiet) Infof(string, ...any)  {}
func (quiet) Errorf(string, ...any) {}
func (quiet) Fatalf(string, ...any) {}

// spoil changes bytes in the middle of the newest file that matches: spoil GLOB.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: spoil GLOB")
	}
	files, err := filepath.Glob(ts.MkAbs(args[0]))
	if err != nil || len(files) == 0 {
		ts.Fatalf("no file matches %s: %v", args[0], err)
	}
	name := files[len(files)-1]
	text, err := os.ReadFile(name)
	ts.Check(err)
	for i := len(text) / 2; i < len(text)/2+64 && i < len(text); i++ {
		text[i] ^= 0x55
	}
	ts.Check(os.WriteFile(name, text, 0o644))
}

// TestHelpIsComplete: every command has one line, two examples that begin with
// the program's name, a category, and words on every flag.
func TestHelpIsComplete(t *testing.T) {
	for _, c := range testSession().app().Commands {
		examples := strings.Split(c.UsageText, "\n")
		if len(examples) != 2 || c.Usage == "" || c.Category == "" {
			t.Errorf("%s: %d examples, usage %q, category %q", c.Name, len(examples), c.Usage, c.Category)
		}
		for _, example := range examples {
			if !strings.Contains(example, "entente ") {
				t.Errorf("%s: example %q", c.Name, example)
			}
		}
		help := commandHelp(c)
		for _, f := range c.Flags {
			if !strings.Contains(help, "--"+f.Names()[0]) {
				t.Errorf("%s: --%s is not in the help", c.Name, f.Names()[0])
			}
		}
		for line := range strings.Lines(help) {
			if wordWidth(line) > 140 {
				t.Errorf("%s: a line of %d columns in the help: %q", c.Name, wordWidth(line), line)
			}
		}
	}
}

// hold keeps a store open for writing, in this process, until the script ends.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold STORE")
	}
	g, err := graph.Open(ts.MkAbs(args[0]), graph.Options{})
	ts.Check(err)
	ts.Defer(func() { _ = g.Close() })
}
