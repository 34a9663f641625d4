package entente_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const gizmoPage = "docs/gizmo.md"

// recipe is a script of docs/gizmo.md with what it prints.
var recipe = regexp.MustCompile("(?ms)^```js\n(.*?)^```\n\n```text\n(.*?)^```$")

// TestGizmoPage runs each recipe of docs/gizmo.md on the sample reports and
// compares what it prints with what the page shows. Each must find something.
func TestGizmoPage(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("the recipes need a POSIX shell")
	}
	env := programEnv(t)
	run := func(line, in string) string {
		command := exec.Command(shell, "-c", line)
		command.Env, command.Stdin = env, strings.NewReader(in)
		out, err := command.CombinedOutput()
		if err != nil {
			t.Errorf("%s %s: %v\n%s", line, in, err, out)
		}
		return string(out)
	}
	run("entente load data/reports", "")
	text := page(t, gizmoPage)
	recipes := 0
	want := recipe.ReplaceAllStringFunc(text, func(block string) string {
		script := recipe.FindStringSubmatch(block)[1]
		out := run("entente query - --format table", script)
		if strings.Count(out, "\n") < 2 {
			t.Errorf("%s: finds nothing:\n%s", gizmoPage, script)
		}
		recipes++
		return "```js\n" + script + "```\n\n```text\n" + out + "```"
	})
	if recipes < 15 {
		t.Errorf("%s: only %d recipes with their output", gizmoPage, recipes)
	}
	for _, block := range consoles.FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(block[1]) {
			if line, ok := strings.CutPrefix(strings.TrimSpace(line), "$ "); ok {
				run("cd $(dirname $ENTENTE_STORE) && "+line, "")
			}
		}
	}
	checkDates(t, text, run)
	if want == text {
		return
	}
	if !*update {
		t.Fatalf("%s differs from what the recipes print; run with -update, and look (- page, + now):\n%s", gizmoPage, cmp.Diff(text, want))
	}
	if err := os.WriteFile(gizmoPage, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// dateCall is a row of the table of comparisons of docs/gizmo.md.
var dateCall = regexp.MustCompile("(?m)^\\| `((?:before|after|intersects|during)\\([^`]*\\))` \\| `\"(yes|no|maybe)\"`")

// checkDates wants the calls of that table to give what it says.
func checkDates(t *testing.T, text string, run func(line, in string) string) {
	t.Helper()
	calls := dateCall.FindAllStringSubmatch(text, -1)
	if len(calls) < 6 {
		t.Errorf("%s: only %d comparisons of dates", gizmoPage, len(calls))
	}
	for _, call := range calls {
		if got := run("entente query - --format csv", call[1]); got != "id\n"+call[2]+"\n" {
			t.Errorf("%s: %s gives %q, want %s", gizmoPage, call[1], got, call[2])
		}
	}
}
