package entente_test

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	consoles = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")
	programs = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")
	outputs  = regexp.MustCompile("(?ms)^```text\n(.*?)^```$")
)

// section returns the part of a page from a heading of the second level to the next.
func section(t *testing.T, text, heading string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("no section %q", heading)
	}
	part, _, _ := strings.Cut(rest, "\n## ")
	return part
}

// rewritten compares a part of README.md with what it should be; with -update
// it puts that in its place.
func rewritten(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("README.md differs from what the commands print; run with -update, and look (- page, + now):\n%s", cmp.Diff(got, want))
	}
	text := strings.Replace(page(t, "README.md"), got, want, 1)
	if err := os.WriteFile("README.md", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// programEnv builds the program and returns what to run it in: it on the path, a
// store of its own, a terminal of 110 columns without colour.
func programEnv(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "entente"), "./cmd/entente").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"),
		"ENTENTE_STORE="+filepath.Join(dir, "store"), "COLUMNS=110", "NO_COLOR=1", "TERM=dumb")
}

// TestReadmeSession runs the commands of the section "A session", one after the
// other in one fresh store, and compares what they print, as on a terminal of
// 110 columns, with what the page shows.
func TestReadmeSession(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("the commands of README.md need a POSIX shell")
	}
	env := programEnv(t)
	run := func(line string) string {
		if !strings.HasPrefix(line, "entente load") {
			line += " --format table" // the default on a terminal
		}
		command := exec.Command(shell, "-c", line)
		command.Env = env
		out, err := command.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
		return string(out)
	}
	commands := 0
	got := section(t, page(t, "README.md"), "A session")
	want := consoles.ReplaceAllStringFunc(got, func(block string) string {
		var b strings.Builder
		b.WriteString("```console\n")
		for line := range strings.Lines(block) {
			if line, ok := strings.CutPrefix(strings.TrimSpace(line), "$ "); ok {
				commands++
				b.WriteString("$ " + line + "\n" + run(line))
			}
		}
		return b.String() + "```"
	})
	if commands < 5 {
		t.Errorf("README.md: only %d commands in the session", commands)
	}
	rewritten(t, got, want)
}

// TestReadmeProgram wants the program of the section "As a library" to be the
// function Example, with the same imports, and the page to show what it prints.
func TestReadmeProgram(t *testing.T) {
	got := section(t, page(t, "README.md"), "As a library")
	program, output := exampleProgram(t)
	want := programs.ReplaceAllLiteralString(got, "```go\n"+program+"```")
	want = outputs.ReplaceAllLiteralString(want, "```text\n"+output+"```")
	rewritten(t, got, want)
	if !programs.MatchString(got) || !outputs.MatchString(got) {
		t.Error("README.md: no program or no output")
	}
}

// exampleProgram returns example_test.go as a program, and what it prints.
func exampleProgram(t *testing.T) (program, output string) {
	t.Helper()
	const name = "example_test.go"
	text := page(t, name)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	comment := file.Comments[len(file.Comments)-1]
	at := func(pos token.Pos) int { return fset.Position(pos).Offset }
	output = strings.TrimPrefix(comment.Text(), "Output:\n")
	start := at(file.Decls[0].Pos())
	text = strings.TrimRight(text[start:at(comment.Pos())], "\n\t") + text[at(comment.End()):]
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Doc != nil {
			text = strings.Replace(text, page(t, name)[at(f.Doc.Pos()):at(f.Doc.End())+1], "", 1)
		}
	}
	text = strings.Replace(text, "func Example()", "func main()", 1)
	source, err := format.Source([]byte("package main\n\n" + text))
	if err != nil {
		t.Fatal(err)
	}
	return string(source), output
}
