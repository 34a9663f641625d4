package main

import (
	"context"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

func (s *session) splitCommand() *cli.Command {
	return &cli.Command{
		Name:      "split",
		Category:  build,
		Usage:     "take back the merge of an entity",
		ArgsUsage: "[A]",
		UsageText: "entente split \"Choe Son-hui\"\n" +
			"entente split",
		Description: "Without an argument it lists the merges that there are.",
		Flags:       formatFlags(),
		Action: func(c *cli.Context) error {
			switch err := needArgs(c, 0, 1); {
			case err != nil:
				return err
			case c.NArg() == 0:
				return s.look(c, func(ctx context.Context, g *graph.Graph) error { return s.merges(ctx, c, g) })
			}
			return s.change(c, func(ctx context.Context, g *graph.Graph) error {
				id, err := mergedID(ctx, g, c.Args().First())
				if err != nil {
					return err
				}
				if err := g.Split(ctx, id); err != nil {
					return err
				}
				s.ui.note("split: %s stands for itself again", id)
				return nil
			})
		},
	}
}

// mergedID returns the merged entity that a name means. A merged entity is shown
// as another, so its own name or ID leads to that one; the merges are looked at
// first.
func mergedID(ctx context.Context, g *graph.Graph, name string) (entente.EntityID, error) {
	for same, err := range g.Merges(ctx) {
		if err != nil {
			return "", err
		}
		if same.A == entente.NewEntityID(name) {
			return same.A, nil
		}
	}
	e, err := g.FindOne(ctx, name)
	return e.ID, err
}

// merges lists the merges.
func (s *session) merges(ctx context.Context, c *cli.Context, g *graph.Graph) error {
	l := listing{columns: []column{{name: "entity", elastic: true}, {name: "shown as", elastic: true}}, nothing: "no merges"}
	for same, err := range g.Merges(ctx) {
		if err != nil {
			return err
		}
		l.rows = append(l.rows, []string{string(same.A), string(same.B)})
		l.records = append(l.records, map[string]entente.EntityID{"entity": same.A, "shown_as": same.B})
	}
	return s.list(c, l)
}
