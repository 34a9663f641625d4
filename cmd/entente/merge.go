package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

func (s *session) mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Category:  build,
		Usage:     "say that two entities are one",
		ArgsUsage: "A B",
		UsageText: "entente merge \"Choe Son-hui\" \"Choi Son Hui\"\n" +
			"entente split \"Choe Son-hui\"",
		Description: "Both are shown as B from then on. Nothing is rewritten: a merge is a statement of its own, and split takes it back.",
		Action: func(c *cli.Context) error {
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
