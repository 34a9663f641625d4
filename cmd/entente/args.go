package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
	"github.com/xrash/smetrics"
)

// usageError says that the command line is not one that the program knows.
type usageError struct {
	command *cli.Command // nil: the program as a whole
	text    string
}

func (e *usageError) Error() string { return e.text }

// hint is one line: how the command is used and where there is more.
func (e *usageError) hint() string {
	if e.command == nil {
		return "usage: entente COMMAND …  (entente --help lists the commands)"
	}
	return fmt.Sprintf("usage: %s  (entente %s --help)", usageLine(e.command), e.command.Name)
}

// wrongUsage returns a usageError about the command that c runs.
func wrongUsage(c *cli.Context, format string, args ...any) error {
	return &usageError{command: c.Command, text: fmt.Sprintf(format, args...)}
}

// needArgs checks the number of arguments; most < 0 means any number. None may be
// empty.
func needArgs(c *cli.Context, least, most int) error {
	n := c.NArg()
	switch {
	case n < least:
		return wrongUsage(c, "%s: %s missing", c.Command.Name, missing(c.Command.ArgsUsage, n))
	case most >= 0 && n > most:
		return wrongUsage(c, "%s: unexpected argument %q", c.Command.Name, c.Args().Get(most))
	}
	for i, arg := range c.Args().Slice() {
		if strings.TrimSpace(arg) == "" {
			return wrongUsage(c, "%s: %s empty", c.Command.Name, missing(c.Command.ArgsUsage, i))
		}
	}
	return nil
}

// missing returns the word of an arguments' description that the nth argument
// stands for.
func missing(usage string, n int) string {
	words := strings.Fields(usage)
	if len(words) == 0 {
		return "an argument is"
	}
	return strings.Trim(words[min(n, len(words)-1)], "[]…") + " is"
}

// invocation is a command line put in order.
type invocation struct {
	command       *cli.Command // nil: none was named
	global        []string     // flags of the program, which may stand anywhere
	flags         []string     // flags of the command
	args          []string
	help, version bool
}

// line is the command line as urfave/cli wants it: it takes a flag behind an
// argument for an argument.
func (v invocation) line() []string {
	line := append([]string{"entente"}, v.global...)
	line = append(line, v.command.Name)
	line = append(line, v.flags...)
	return append(append(line, "--"), v.args...)
}

// arrange sorts a command line into the command, flags and arguments. What
// stands behind "--" is an argument; a flag that neither the program nor the
// command knows is an error.
func arrange(app *cli.App, argv []string) (invocation, error) {
	var v invocation
	for i := 0; i < len(argv); i++ {
		word := argv[i]
		switch {
		case word == "--":
			if v.command == nil && i+1 < len(argv) {
				return v, unknownCommand(app, argv[i+1])
			}
			v.args = append(v.args, argv[i+1:]...)
			return v, nil
		case len(word) > 1 && word[0] == '-':
			taken, err := v.takeFlag(app, argv[i:])
			if err != nil {
				return v, err
			}
			i += taken - 1
		case v.command != nil:
			v.args = append(v.args, word)
		case word == "help":
			v.help = true
		default:
			if v.command = app.Command(word); v.command == nil {
				return v, unknownCommand(app, word)
			}
		}
	}
	return v, nil
}

func unknownCommand(app *cli.App, word string) error {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	return &usageError{text: fmt.Sprintf("unknown command %q%s", word, didYouMean(word, names, ""))}
}

// takeFlag takes the flag that words begin with, and its value, and returns how
// many words that were.
func (v *invocation) takeFlag(app *cli.App, words []string) (int, error) {
	name, _, hasValue := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(words[0], "-"), "-"), "=")
	into, flag := &v.global, findFlag(app.Flags, name)
	if flag == nil && v.command != nil {
		into, flag = &v.flags, findFlag(v.command.Flags, name)
	}
	switch {
	case flag == nil:
		return 0, v.unknownFlag(app, words[0], name)
	case slices.Contains(flag.Names(), "help"):
		v.help = true
		return 1, nil
	case slices.Contains(flag.Names(), "version"):
		v.version = true
		return 1, nil
	case hasValue || !takesValue(flag):
		*into = append(*into, words[0])
		return 1, nil
	case len(words) == 1:
		return 0, &usageError{v.command, fmt.Sprintf("%s needs a value", words[0])}
	}
	*into = append(*into, words[0], words[1])
	return 2, nil
}

// unknownFlag names the nearest flag that there is.
func (v *invocation) unknownFlag(app *cli.App, word, name string) error {
	if v.command == nil && name != "" {
		for _, c := range app.Commands {
			if findFlag(c.Flags, name) != nil {
				return &usageError{nil, fmt.Sprintf("%s stands before its command; write it after, as in: entente %s %s", word, c.Name, word)}
			}
		}
	}
	flags := app.Flags
	if v.command != nil {
		flags = slices.Concat(v.command.Flags, flags)
	}
	var names []string
	for _, f := range flags {
		names = append(names, f.Names()[0])
	}
	dashed, _, _ := strings.Cut(word, "=")
	return &usageError{v.command, fmt.Sprintf("unknown flag %s%s", dashed, didYouMean(name, names, "--"))}
}

func findFlag(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

// didYouMean returns "; did you mean X?" with the candidate nearest to word, ""
// where none is near.
func didYouMean(word string, candidates []string, before string) string {
	best, bestDistance := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		d := smetrics.WagnerFischer(strings.ToLower(word), c, 1, 1, 1)
		if len(word) >= 3 && strings.HasPrefix(c, strings.ToLower(word)) {
			d = 1
		}
		if d < bestDistance && d < len(c) {
			best, bestDistance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s%s?", before, best)
}

// flagTrouble puts the flag package's words about a wrong value in ours.
func flagTrouble(err error) string {
	text := err.Error()
	if value, rest, ok := strings.Cut(strings.TrimPrefix(text, "invalid value "), " for flag -"); ok {
		name, _, _ := strings.Cut(rest, ":")
		return fmt.Sprintf("--%s cannot be %s", name, value)
	}
	if value, rest, ok := strings.Cut(strings.TrimPrefix(text, "invalid boolean value "), " for -"); ok {
		name, _, _ := strings.Cut(rest, ":")
		return fmt.Sprintf("--%s cannot be %s; it is true or false", name, value)
	}
	return text
}
