package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

func (s *session) backupCommand() *cli.Command {
	return &cli.Command{
		Name:      "backup",
		Category:  keep,
		Usage:     "copy the store into a new folder",
		ArgsUsage: "FOLDER",
		UsageText: "entente backup /backup/entente\n" +
			"entente stats --store /backup/entente",
		Description: "The copy is a store like the first: --store FOLDER looks into it, and a plain copy of the folder restores it.",
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, 1); err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error {
				dir := c.Args().First()
				if err := g.Backup(ctx, dir); err != nil {
					return err
				}
				s.ui.note("backed up to %s", dir)
				return nil
			})
		},
	}
}
