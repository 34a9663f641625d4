package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

func (s *session) removeCommand() *cli.Command {
	return &cli.Command{
		Name:      "remove",
		Category:  build,
		Usage:     "take reports out, with all that only they say",
		ArgsUsage: "REPORT…",
		UsageText: "entente remove 4f7q\n" +
			"entente remove 4f7qz2mabcdefghi --yes",
		Description: "A report is named by its ID, or by the beginning of it that no other report has; entente show NAME lists reports.\n" +
			"On a terminal it asks first. Loading the report again brings everything back.",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "yes", Aliases: []string{"y"}, Usage: "do not ask"}},
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, -1); err != nil {
				return err
			}
			return s.change(c, func(ctx context.Context, g *graph.Graph) error { return s.remove(ctx, c, g) })
		},
	}
}

// remove takes out the reports, none of them when one is not there.
func (s *session) remove(ctx context.Context, c *cli.Context, g *graph.Graph) error {
	var ids []entente.ReportID
	for _, prefix := range c.Args().Slice() {
		id, err := g.ResolveReport(ctx, prefix)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	for _, id := range ids {
		cite, err := citation(ctx, g, id)
		if err != nil {
			return err
		}
		if err := s.confirm(c, fmt.Sprintf("remove report %s (%s)?", id, cite)); err != nil {
			return err
		}
		if err := g.Remove(ctx, id); err != nil {
			return err
		}
		s.ui.note("removed: report %s (%s)", id, clean(cite))
	}
	return nil
}

// confirm asks on a terminal, unless --yes was given.
func (s *session) confirm(c *cli.Context, question string) error {
	if c.Bool("yes") || !s.ui.inTTY || !s.ui.errTTY {
		return nil
	}
	fmt.Fprintf(s.ui.err, "%s [y/N] ", clean(question))
	answer, _ := bufio.NewReader(s.in).ReadString('\n')
	if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
		return errors.New("not removed")
	}
	return nil
}
