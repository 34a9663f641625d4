package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// The library's fields as the help uses them: Usage is one line, UsageText the
// examples, one a line, ArgsUsage the arguments, Description more to know.

// appHelp is the help of the program.
func appHelp(app *cli.App) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nExamples:\n%s\nUsage: entente [--store FOLDER] COMMAND …\n", app.Name, app.Usage, indented(app.UsageText))
	for _, category := range categories {
		fmt.Fprintf(&b, "\n%s:\n", category)
		for _, c := range app.Commands {
			if c.Category == category {
				fmt.Fprintf(&b, "  %-10s  %s\n", c.Name, c.Usage)
			}
		}
	}
	fmt.Fprintf(&b, "\nFlags, anywhere on the line:\n%s\nentente COMMAND --help tells more.\n", flagsHelp(app.Flags))
	return b.String()
}

// commandHelp is the help of one command.
func commandHelp(c *cli.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "entente %s: %s\n\nExamples:\n%s\nUsage: %s\n", c.Name, c.Usage, indented(c.UsageText), usageLine(c))
	if c.Description != "" {
		fmt.Fprintf(&b, "\n%s\n", c.Description)
	}
	if len(c.Flags) > 0 {
		fmt.Fprintf(&b, "\nFlags:\n%s", flagsHelp(c.Flags))
	}
	return b.String()
}

func usageLine(c *cli.Command) string {
	line := "entente " + c.Name
	if c.ArgsUsage != "" {
		line += " " + c.ArgsUsage
	}
	if len(c.Flags) > 0 {
		line += " [flags]"
	}
	return line
}

func indented(lines string) string {
	return "  " + strings.ReplaceAll(lines, "\n", "\n  ") + "\n"
}

// valueName finds the name of a flag's value in its usage.
var valueName = regexp.MustCompile("`([^`]*)`")

// flagsHelp lists flags, one a line.
func flagsHelp(flags []cli.Flag) string {
	var left, right []string
	width := 0
	for _, f := range flags {
		d, ok := f.(cli.DocGenerationFlag)
		if !ok {
			continue
		}
		name := flagTerm(f, d)
		left, right = append(left, name), append(right, flagText(d))
		width = max(width, len(name))
	}
	var b strings.Builder
	for i := range left {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, left[i], right[i])
	}
	return b.String()
}

// flagTerm writes the names of a flag with the name of its value.
func flagTerm(f cli.Flag, d cli.DocGenerationFlag) string {
	term := flagNames(f.Names())
	if m := valueName.FindStringSubmatch(d.GetUsage()); m != nil && d.TakesValue() {
		term += " " + m[1]
	}
	return term
}

// flagText is what a flag does.
func flagText(d cli.DocGenerationFlag) string { return strings.ReplaceAll(d.GetUsage(), "`", "") }

// flagNames writes the names of a flag, short ones first.
func flagNames(names []string) string {
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return min(len(a), 2) - min(len(b), 2) })
	for i, n := range names {
		if len(n) == 1 {
			names[i] = "-" + n
		} else {
			names[i] = "--" + n
		}
	}
	return strings.Join(names, ", ")
}
