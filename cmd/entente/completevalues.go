package main

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// maxCompletions is how many names or IDs are offered at most.
const maxCompletions = 50

// What a flag's value or an argument may be is read from the words by which the
// help names it: `NAME`, `RELATION`, `FORMAT`: table, json …

// flagValues returns the values that a flag may have, as far as they are a set. In
// a list with commas it is the last one that is completed.
func (c *completer) flagValues(ctx context.Context, flag cli.Flag, typed string) []string {
	if _, many := flag.(*cli.StringSliceFlag); many || strings.Contains(flagUsage(flag), "with commas") {
		return lastPart(typed, ',', func(typed string) []string { return c.flagSet(ctx, flag, typed) })
	}
	return c.flagSet(ctx, flag, typed)
}

// lastPart completes the last part of a list.
func lastPart(typed string, separator byte, complete func(string) []string) []string {
	last := strings.LastIndexByte(typed, separator) + 1
	values := slices.Clone(complete(typed[last:]))
	for i, v := range values {
		values[i] = typed[:last] + v
	}
	return values
}

func (c *completer) flagSet(ctx context.Context, flag cli.Flag, typed string) []string {
	word, choices := flagChoices(flag)
	switch {
	case len(choices) > 0:
		return choices
	case strings.HasPrefix(flag.Names()[0], "publisher"):
		return c.publishers(ctx, typed)
	case flag.Names()[0] == "report":
		return c.reportIDs(ctx, typed)
	}
	return c.values(ctx, word, typed)
}

func flagUsage(flag cli.Flag) string {
	d, ok := flag.(cli.DocGenerationFlag)
	if !ok {
		return ""
	}
	return d.GetUsage()
}

// choice is a value that the help of a flag lists.
var choice = regexp.MustCompile(`^[a-z][a-z-]*$`)

// flagChoices returns the name of a flag's value and, where the help lists all that
// it may be behind a colon, those.
func flagChoices(flag cli.Flag) (word string, choices []string) {
	usage := flagUsage(flag)
	m := valueName.FindStringSubmatchIndex(usage)
	if m == nil {
		return "", nil
	}
	word = usage[m[2]:m[3]]
	_, list, _ := strings.Cut(usage[m[1]:], ": ")
	list, _, _ = strings.Cut(list, ";")
	list, _, _ = strings.Cut(list, " (")
	for w := range strings.SplitSeq(list, ",") {
		w = strings.TrimSpace(w)
		if !choice.MatchString(w) {
			return word, nil
		}
		choices = append(choices, w)
	}
	return word, choices
}

// formatsTaken returns what --format may be of a command, nil where it has no such
// flag.
func formatsTaken(command *cli.Command) []string {
	flag := findFlag(command.Flags, "format")
	if flag == nil {
		return nil
	}
	_, choices := flagChoices(flag)
	return choices
}

// argumentValues returns what the nth argument of a command may be, from 0.
func (c *completer) argumentValues(ctx context.Context, command *cli.Command, n int, typed string) []string {
	words := strings.Fields(command.ArgsUsage)
	if len(words) == 0 || n >= len(words) && !strings.Contains(words[len(words)-1], "…") {
		return nil
	}
	word := strings.Trim(words[min(n, len(words)-1)], "[]…")
	if strings.Contains(word, "|") {
		return strings.Split(word, "|")
	}
	return c.values(ctx, word, typed)
}

// values returns what the word of a help stands for.
func (c *completer) values(ctx context.Context, word, typed string) []string {
	switch word {
	case "NAME", "A", "B", "QUESTION":
		return c.names(ctx, typed)
	case "A:B", "C:D":
		return lastPart(typed, ':', func(typed string) []string { return c.names(ctx, typed) })
	case "CLAIM":
		return c.claimIDs(ctx, typed)
	case "REPORT":
		return c.reportIDs(ctx, typed)
	case "RELATION":
		return relationNames()
	case "COMMAND":
		return commandWords(c.app)
	}
	return nil
}

func relationNames() []string {
	var names []string
	for _, a := range entente.Relations {
		names = append(names, string(a.Relation))
	}
	return names
}

// quick opens the store for reading if it is free at once, and calls f.
func (c *completer) quick(f func(*graph.Graph) error) {
	if c.memory != nil {
		_ = f(c.memory)
		return
	}
	path, err := c.storePath(c.store)
	if err != nil {
		return
	}
	g, err := graph.Open(path, graph.Options{ReadOnly: true, LockWait: -1})
	if err != nil {
		return
	}
	defer g.Close()
	_ = f(g) // a store that cannot be read offers nothing
}

func (c *completer) names(ctx context.Context, typed string) (names []string) {
	c.quick(func(g *graph.Graph) (err error) {
		names, err = g.NamesBeginning(ctx, typed, maxCompletions)
		return err
	})
	return names
}

func (c *completer) claimIDs(ctx context.Context, typed string) []string {
	var ids []entente.ClaimID
	c.quick(func(g *graph.Graph) (err error) {
		ids, err = g.ClaimsBeginning(ctx, typed, maxCompletions)
		return err
	})
	return texts(ids)
}

func (c *completer) reportIDs(ctx context.Context, typed string) []string {
	var ids []entente.ReportID
	c.quick(func(g *graph.Graph) (err error) {
		ids, err = g.ReportsBeginning(ctx, typed, maxCompletions)
		return err
	})
	return texts(ids)
}

func (c *completer) publishers(ctx context.Context, typed string) (names []string) {
	c.quick(func(g *graph.Graph) (err error) {
		names, err = g.PublishersBeginning(ctx, typed, maxCompletions)
		return err
	})
	return names
}

func texts[T ~string](values []T) []string {
	var out []string
	for _, v := range values {
		out = append(out, string(v))
	}
	slices.Sort(out)
	return out
}
