package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Category:  build,
		Usage:     "say that two entities are one",
		ArgsUsage: "[A B]",
		UsageText: "entente merge \"Choe Son-hui\" \"Choi Son Hui\"\n" +
			"entente merge --auto --dry-run",
		Description: "Both are shown as B from then on. Nothing is rewritten: a merge is a statement of its own, and split takes it back.\n" +
			"With --auto and no names, the persons and agreements of several reports that seem to be one are merged: those that are\n" +
			"spelled otherwise, or that a report calls by surname or by words of its own, where states, offices, time and company\n" +
			"fit one only. Each is listed with its reason. What split took back is merged again.",
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "auto", Usage: "merge what seems to be one over all reports"},
			&cli.BoolFlag{Name: "dry-run", Usage: "with --auto: only list what would be merged"},
		}, formatFlags()...),
		Action: func(c *cli.Context) error {
			if c.Bool("auto") {
				return s.mergeAuto(c)
			}
			if c.Bool("dry-run") {
				return wrongUsage(c, "--dry-run goes with --auto")
			}
			if err := needArgs(c, 2, 2); err != nil {
				return err
			}
			return s.change(c, func(ctx context.Context, g *graph.Graph) error {
				ids, err := findAll(ctx, g, c.Args().Slice())
				if err != nil {
					return err
				}
				switch err := g.Merge(ctx, ids[0], ids[1]); {
				case errors.Is(err, graph.ErrSame):
					return fmt.Errorf("%q and %q are one entity already: %s", c.Args().Get(0), c.Args().Get(1), ids[1])
				case err != nil:
					return err
				}
				s.ui.note("merged: %s is shown as %s; entente split %q takes it back", ids[0], ids[1], ids[0])
				return nil
			})
		},
	}
}

// mergeAuto merges what seems to be one, or says what it would merge.
func (s *session) mergeAuto(c *cli.Context) error {
	if err := needArgs(c, 0, 0); err != nil {
		return err
	}
	if c.Bool("dry-run") {
		return s.look(c, func(ctx context.Context, g *graph.Graph) error {
			merges, err := queries.Merges(ctx, g)
			if err != nil {
				return err
			}
			return s.list(c, mergeListing(merges))
		})
	}
	return s.change(c, func(ctx context.Context, g *graph.Graph) error {
		merges, err := queries.MergeAll(ctx, g)
		if err != nil {
			return err
		}
		return s.list(c, mergeListing(merges))
	})
}

func mergeListing(merges []queries.Merge) listing {
	l := listing{columns: []column{{name: "entity", elastic: true}, {name: "shown as", elastic: true}, {name: "why", elastic: true}}, nothing: "nothing to merge"}
	for _, m := range merges {
		l.rows = append(l.rows, []string{clean(m.A.Name), clean(m.B.Name), m.Why})
		l.records = append(l.records, m)
	}
	return l
}
