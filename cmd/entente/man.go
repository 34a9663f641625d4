package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// References:
//
//	man(7), the macros .TH, .SH, .TP, .PP, .B, .RS, .nf as groff and mandoc have them
//	mandoc_char(7): \- is a hyphen-minus that can be copied, \& stops a line from being a request

func (s *session) manCommand() *cli.Command {
	return &cli.Command{
		Name:      "man",
		Category:  keep,
		Usage:     "print a manual page, of the program or of a command, for man",
		ArgsUsage: "[COMMAND]",
		UsageText: "entente man between | man -l -\n" +
			"entente man > ~/.local/share/man/man1/entente.1",
		Description: "The pages are made from what --help shows. That of a command is named entente-COMMAND.",
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 1); err != nil {
				return err
			}
			page := appMan(s.app())
			if name := c.Args().First(); name != "" {
				command := c.App.Command(name)
				if command == nil {
					return unknownCommand(c.App, name)
				}
				page = commandMan(command)
			}
			_, err := io.WriteString(s.ui.out, page)
			return err
		},
	}
}

// manPage writes the source of a manual page.
type manPage struct{ strings.Builder }

// newManPage begins a page of section 1. Its date is that of the commit of which the
// program was built: the same program prints the same page.
func newManPage(name, usage string) *manPage {
	p := &manPage{}
	fmt.Fprintf(p, ".TH %s 1 %q %s \"User Commands\"\n", strings.ToUpper(roff(name)), buildDay(), roffWord("entente "+buildVersion()))
	p.section("NAME")
	fmt.Fprintf(p, "%s \\- %s\n", roff(name), roff(usage))
	return p
}

func (p *manPage) section(title string) { fmt.Fprintf(p, ".SH %s\n", title) }

// item is a term with its description under it.
func (p *manPage) item(term, text string) {
	fmt.Fprintf(p, ".TP\n.B %s\n%s\n", roffWord(term), filled(text))
}

// lines are kept as they are.
func (p *manPage) lines(text string) {
	p.WriteString(".nf\n")
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(p, "%s\n", roff(line))
	}
	p.WriteString(".fi\n")
}

// paragraphs sets a description, in which a line that ends a sentence ends a
// paragraph.
func (p *manPage) paragraphs(text string) {
	var set []string
	for paragraph := range strings.SplitAfterSeq(text, ".\n") {
		set = append(set, filled(paragraph))
	}
	fmt.Fprintf(p, "%s\n", strings.Join(set, "\n.PP\n"))
}

func (p *manPage) flags(title string, flags []cli.Flag) {
	if len(flags) == 0 {
		return
	}
	p.section(title)
	for _, f := range flags {
		if d, ok := f.(cli.DocGenerationFlag); ok {
			p.item(flagTerm(f, d), flagText(d))
		}
	}
}

func appMan(app *cli.App) string {
	p := newManPage(app.Name, app.Usage)
	p.section("SYNOPSIS")
	fmt.Fprintf(p, ".B entente\n[\\-\\-store FOLDER] COMMAND \\&...\n")
	for _, category := range categories {
		p.section(strings.ToUpper(category))
		for _, c := range app.Commands {
			if c.Category == category {
				p.item("entente "+strings.TrimSpace(c.Name+" "+c.ArgsUsage), c.Usage)
			}
		}
	}
	p.flags("OPTIONS", app.Flags)
	p.section("EXIT STATUS")
	for _, e := range exitStatuses {
		p.item(e.status, e.means)
	}
	p.section("ENVIRONMENT")
	for _, v := range variables {
		p.item(v.name, v.means)
	}
	p.section("EXAMPLES")
	p.lines(app.UsageText)
	p.section("SEE ALSO")
	p.WriteString(".BR entente\\-COMMAND (1),\nof each command, as\n.B entente man COMMAND\nprints it\n")
	return p.String()
}

func commandMan(c *cli.Command) string {
	p := newManPage("entente-"+c.Name, c.Usage)
	p.section("SYNOPSIS")
	fmt.Fprintf(p, "%s\n", roff(usageLine(c)))
	if c.Description != "" {
		p.section("DESCRIPTION")
		p.paragraphs(c.Description)
	}
	p.flags("OPTIONS", c.Flags)
	p.section("EXAMPLES")
	p.lines(c.UsageText)
	p.section("SEE ALSO")
	p.WriteString(".BR entente (1)\n")
	return p.String()
}

// The variables that the program looks at.
var variables = []struct{ name, means string }{
	{"ENTENTE_STORE", "the store's folder, where --store does not name one"},
	{"XDG_DATA_HOME", "where the store is else: the folder entente in it; ~/.local/share where it is unset"},
	{"XDG_STATE_HOME", "where the history of repl is: entente/history in it; ~/.local/state where it is unset"},
	{"NO_COLOR", "set to anything: no colour"},
	{"CLICOLOR_FORCE", "set to anything but 0: colour though the output is no terminal"},
	{"COLUMNS", "the width of tables and text, where it is not that of the terminal"},
}

// The exit statuses.
var exitStatuses = []struct{ status, means string }{
	{"0", "done, also when nothing was found"},
	{"1", "failed"},
	{"2", "wrong usage"},
	{"3", "some of several inputs failed"},
	{"130", "interrupted"},
}

// roff escapes a text: nothing in it is a request, and hyphens can be copied.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, `\(aq`) {
		text = `\&` + text
	}
	return text
}

// filled is a text in lines of 76 columns, none of which is a request.
func filled(text string) string {
	lines := strings.Split(fold(text, 76, ""), "\n")
	for i, line := range lines {
		lines[i] = roff(line)
	}
	return strings.Join(lines, "\n")
}

// roffWord is a text as one argument of a macro.
func roffWord(text string) string { return `"` + strings.ReplaceAll(roff(text), `"`, `\(dq`) + `"` }
