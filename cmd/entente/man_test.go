package main

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// request is a line that roff takes for a macro.
var request = regexp.MustCompile(`(?m)^[.'].*$`)

// TestManPages: the page of the program has every command and global flag, that of
// a command every flag, argument and example of it, and no text is taken for a macro.
func TestManPages(t *testing.T) {
	app := testSession().app()
	page := appMan(app)
	for _, c := range app.Commands {
		wantInPage(t, page, "entente "+c.Name, c.Usage)
		own := commandMan(c)
		wantInPage(t, own, "entente-"+c.Name+" - "+c.Usage, usageLine(c))
		for example := range strings.SplitSeq(c.UsageText, "\n") {
			wantInPage(t, own, example)
		}
		wantFlags(t, own, c.Flags)
	}
	wantFlags(t, page, app.Flags)
	wantInPage(t, page, "ENTENTE_STORE", "130", app.UsageText)
}

func wantFlags(t *testing.T, page string, flags []cli.Flag) {
	t.Helper()
	for _, f := range flags {
		wantInPage(t, page, flagTerm(f, f.(cli.DocGenerationFlag)), flagText(f.(cli.DocGenerationFlag)))
	}
}

// shownAs undoes the escapes of roff.
var shownAs = strings.NewReplacer(`\-`, "-", `\(aq`, "'", `\(ga`, "`", `\(ti`, "~", `\(ha`, "^", `\(dq`, `"`, `\&`, "", `\e`, `\`)

func wantInPage(t *testing.T, page string, texts ...string) {
	t.Helper()
	title, _, _ := strings.Cut(page, "\n")
	for _, line := range request.FindAllString(page, -1) {
		if !regexp.MustCompile(`^\.(TH|SH|TP|B|BR|PP|nf|fi)( |$)`).MatchString(line) {
			t.Errorf("%s: the line %q", title, line)
		}
	}
	shown := oneLine(shownAs.Replace(page))
	for _, text := range texts {
		if !strings.Contains(shown, oneLine(text)) {
			t.Errorf("%s: %q is not in it", title, text)
		}
	}
}

// TestManLint lets mandoc read the pages, where it is installed.
func TestManLint(t *testing.T) {
	mandoc, err := exec.LookPath("mandoc")
	if err != nil {
		t.Skip("no mandoc")
	}
	app := testSession().app()
	pages := []string{appMan(app)}
	for _, c := range app.Commands {
		pages = append(pages, commandMan(c))
	}
	for _, page := range pages {
		lint := exec.Command(mandoc, "-Tlint", "-Wwarning")
		lint.Stdin = strings.NewReader(page)
		out, _ := lint.CombinedOutput()
		for line := range strings.Lines(string(out)) {
			if !strings.Contains(line, "missing date") { // a test binary is of no commit
				title, _, _ := strings.Cut(page, "\n")
				t.Errorf("%s: %s", title, line)
			}
		}
	}
}

func TestRoff(t *testing.T) {
	for text, want := range map[string]string{
		".git":      `\&.git`,
		"'so'":      `\&\(aqso\(aq`,
		`a\b - c`:   `a\eb \- c`,
		"~/x `y` ^": `\(ti/x \(gay\(ga \(ha`,
	} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) = %q, want %q", text, got, want)
		}
	}
}
