package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/urfave/cli/v2"
)

// A transcript is testdata/pages/COMMAND.txtar, a script of testscript, and
// makes docs/commands/COMMAND.md:
//
//	# What Lavrov did.       prose, in Markdown
//
//	$ entente show Lavrov    a line for the shell, shown with what it prints
//
//	cp a.txt b.txt           anything else that testscript does, not shown
//
// What the lines print stands in the page alone, so the page is the golden file.

const (
	transcripts  = "testdata/pages"
	commandPages = "../../docs/commands"
	commandIndex = "../../docs/commands.md"
	pageWidth    = "110" // columns
	pageHome     = "/home/you"
)

// Variables by which a transcript tells the program where it runs.
const (
	onTerminal = "ENTENTE_TEST_TERMINAL" // behave as on a terminal
	typedThere = "ENTENTE_TEST_TYPED"    // what the user types; "" where standard input is no terminal
)

// mainOrTerminal is main. In a transcript, a process whose two outputs are one
// takes that for a terminal; behind | and > it does not.
func mainOrTerminal() {
	completeTime = time.Minute
	out, err := os.Stdout.Stat()
	errOut, err2 := os.Stderr.Stat()
	if os.Getenv(onTerminal) == "" || err != nil || err2 != nil || !os.SameFile(out, errOut) {
		main()
		return
	}
	s := newSession(os.Stdin, os.Stdout, os.Stdout, os.Getenv)
	s.ui.tty = true
	if typed := os.Getenv(typedThere); typed != "" {
		s.in, s.ui.inTTY, s.ui.errTTY = io.TeeReader(iotest.OneByteReader(strings.NewReader(typed)), os.Stdout), true, true
	}
	ctx := context.Background()
	os.Exit(s.exit(ctx, s.run(ctx, os.Args[1:])))
}

// pages are the pages in the making.
type pages struct {
	mu      sync.Mutex
	printed map[string][]string // by transcript, what its lines printed so far
	store   string              // the sample reports, loaded
}

// TestDocsPages plays the transcript of each command and compares the pages that
// come of them with those in docs.
func TestDocsPages(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("transcripts need a POSIX shell")
	}
	p := &pages{printed: make(map[string][]string), store: filepath.Join(t.TempDir(), "store")}
	var said strings.Builder
	if status := run([]string{"load", "--store", p.store, "../../data/reports"}, strings.NewReader(""), io.Discard, &said); status != 0 {
		t.Fatalf("loading the samples: %s", said.String())
	}
	commands := maps.Clone(scriptCommands)
	commands["$"] = p.shell
	commands["types"] = types
	t.Run("script", func(t *testing.T) {
		testscript.Run(t, testscript.Params{Dir: transcripts, Setup: p.setup, Cmds: commands})
	})
	if t.Failed() {
		return
	}
	app := testSession().app()
	for _, c := range app.Commands {
		p.wantPage(t, c)
	}
	wantFile(t, commandIndex, indexPage(app))
	wantNoOther(t, app, filepath.Join(transcripts, "*.txtar"))
	wantNoOther(t, app, filepath.Join(commandPages, "*.md"))
}

// setup gives a transcript a home with a store that holds the sample reports, and
// the samples and the examples where the repository has them.
func (p *pages) setup(env *testscript.Env) error {
	root, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		onTerminal: "1", "COLUMNS": pageWidth, "NO_COLOR": "1", "CLICOLOR_FORCE": "",
		"HOME": env.WorkDir, "XDG_DATA_HOME": "", "XDG_STATE_HOME": "", "ENTENTE_STORE": "",
	} {
		env.Setenv(name, value)
	}
	for _, dir := range []string{"data", "docs"} {
		if err := os.Symlink(filepath.Join(root, dir), filepath.Join(env.WorkDir, dir)); err != nil {
			return err
		}
	}
	s := newSession(nil, nil, nil, env.Getenv)
	store, err := s.storePath("")
	if err != nil {
		return err
	}
	return os.CopyFS(store, os.DirFS(p.store))
}

// shell is the command $ of transcripts: it hands its line to the shell, as it
// stands in the transcript, and keeps what comes out.
func (p *pages) shell(ts *testscript.TestScript, neg bool, _ []string) {
	if neg {
		ts.Fatalf("$ takes any exit status and shows it; no ! before it")
	}
	line := shellLines(transcript(ts.Name()))[p.count(ts.Name())]
	err := ts.Exec("sh", "-c", "exec 2>&1\n"+line)
	ts.Setenv(typedThere, "")
	out := ts.ReadFile("stdout")
	var exit *exec.ExitError
	switch {
	case strings.Contains(out, "goroutine "):
		ts.Fatalf("it panicked")
	case errors.As(err, &exit):
		out += fmt.Sprintf("[exit status %d]\n", exit.ExitCode())
	case err != nil:
		ts.Fatalf("%v", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.printed[ts.Name()] = append(p.printed[ts.Name()], anybodys(out, ts.Getenv("WORK")))
}

// count returns how many lines of a transcript were played.
func (p *pages) count(name string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.printed[name])
}

// types makes the next line of the shell run with a user who types what a file
// holds: types FILE.
func types(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: types FILE")
	}
	ts.Setenv(typedThere, ts.ReadFile(args[0]))
}

// What no two computers print alike, and what stands in the pages for it.
var (
	builtWith = regexp.MustCompile(`\(go1[^,)]*, \w+/\w+\)`)
	processID = regexp.MustCompile(`process \d+`)
	fraction  = regexp.MustCompile(`(\d\.\d\d)\d{6,}`)
)

// anybodys puts one home folder, one version of Go and one number of a process in
// the place of those of this run, and cuts fractions, whose last digits processors
// do not agree on.
func anybodys(out, work string) string {
	out = strings.ReplaceAll(out, work, pageHome)
	out = builtWith.ReplaceAllString(out, "(go1.26.8, linux/amd64)")
	out = processID.ReplaceAllString(out, "process 4711")
	return fraction.ReplaceAllString(out, "$1")
}

// transcript returns the script of a command, without its files; "" where there
// is none.
func transcript(command string) string {
	archive, err := txtar.ParseFile(filepath.Join(transcripts, command+".txtar"))
	if err != nil {
		return ""
	}
	return string(archive.Comment)
}

// shellLines returns the lines of a transcript that the shell runs.
func shellLines(script string) []string {
	var found []string
	for line := range strings.Lines(script) {
		if line, ok := strings.CutPrefix(line, "$ "); ok {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

// wantPage compares the page of a command with its help and its transcript.
func (p *pages) wantPage(t *testing.T, c *cli.Command) {
	t.Helper()
	script := transcript(c.Name)
	used := slices.ContainsFunc(shellLines(script), func(line string) bool { return strings.Contains(line, "entente "+c.Name) })
	switch {
	case !used:
		t.Errorf("%s.txtar: no transcript that runs entente %s; CONTRIBUTING.md says how to write one", filepath.Join(transcripts, c.Name), c.Name)
	case p.count(c.Name) > 0: // else -run left it out
		wantFile(t, filepath.Join(commandPages, c.Name+".md"), commandPage(c, script, p.printed[c.Name]))
	}
}

// commandPage is the help of a command, then its transcript.
func commandPage(c *cli.Command, script string, printed []string) string {
	return fmt.Sprintf("# entente %s\n\n```\n%s```\n\n%s\n\n---\n\n"+
		"[All commands](../commands.md); [what they share](../cli.md). Made by `go test ./cmd/entente -update` from\n"+
		"[%s.txtar](../../cmd/entente/testdata/pages/%s.txtar), with the [sample reports](../samples.md) loaded, on a terminal of %s columns.\n",
		c.Name, commandHelp(c), played(script, printed), c.Name, c.Name, pageWidth)
}

// played writes a transcript as Markdown: comments as prose, lines of the shell
// with what they print as a console, nothing for the rest.
func played(script string, printed []string) string {
	var b strings.Builder
	inConsole := false
	console := func(want bool) {
		if inConsole != want {
			b.WriteString(map[bool]string{true: "```console\n", false: "```\n"}[want])
		}
		inConsole = want
	}
	for line := range strings.Lines(script) {
		prose, isProse := strings.CutPrefix(line, "#")
		switch {
		case strings.HasPrefix(line, "$ "):
			console(true)
			b.WriteString(line + printed[0])
			printed = printed[1:]
		case isProse:
			console(false)
			b.WriteString(strings.TrimPrefix(prose, " "))
		case line == "\n":
			console(false)
			b.WriteString("\n")
		}
	}
	console(false)
	return strings.TrimSpace(blankLines.ReplaceAllString(b.String(), "\n\n"))
}

var blankLines = regexp.MustCompile(`\n{3,}`)

// indexPage lists the commands with links to their pages.
func indexPage(app *cli.App) string {
	var b strings.Builder
	b.WriteString("# Commands\n\nEach page begins with what `entente COMMAND --help` says. What all commands share is in [cli.md](cli.md).\n" +
		"These pages are made by `go test ./cmd/entente -update`; what they show was run.\n")
	for _, category := range categories {
		fmt.Fprintf(&b, "\n## %s\n\n| command | |\n| --- | --- |\n", category)
		for _, c := range app.Commands {
			if c.Category == category {
				fmt.Fprintf(&b, "| [%s](commands/%s.md) | %s |\n", c.Name, c.Name, c.Usage)
			}
		}
	}
	fmt.Fprintf(&b, "\n## Flags, anywhere on the line\n\n```\n%s```\n", flagsHelp(app.Flags))
	return b.String()
}

// wantFile compares a page with what it should be; with -update it writes that.
func wantFile(t *testing.T, name, want string) {
	t.Helper()
	got, err := os.ReadFile(name)
	switch {
	case err == nil && string(got) == want:
	case *update:
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(want), 0o644)); err != nil {
			t.Fatal(err)
		}
	case err != nil:
		t.Error(err)
	default:
		t.Errorf("%s is not what the commands print; run with -update, and look (- page, + now):\n%s", name, cmp.Diff(string(got), want))
	}
}

// wantNoOther fails for files that match and are named by no command.
func wantNoOther(t *testing.T, app *cli.App, glob string) {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if !slices.ContainsFunc(app.Commands, func(c *cli.Command) bool { return c.Name == name }) {
			t.Errorf("%s: no such command", file)
		}
	}
}
