package main

import (
	"context"
	"errors"
	"fmt"

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
				switch err := g.Split(ctx, id); {
				case errors.Is(err, graph.ErrNotFound):
					return fmt.Errorf("%s is not merged; entente split lists the merges", id)
				case err != nil:
					return err
				}
				s.ui.note("split: %s stands for itself again", id)
				return nil
			})
		},
	}
}

// mergedID returns the entity of a merge that a name means. A merged entity is
// shown as another, so a look-up of its name would lead to that one. A name that
// no merge knows is looked up all the same, for an error with the nearest.
func mergedID(ctx context.Context, g *graph.Graph, name string) (entente.EntityID, error) {
	id, err := g.FindMerged(ctx, name)
	if !errors.Is(err, graph.ErrNotFound) {
		return id, err
	}
	e, findErr := g.FindOne(ctx, name)
	if findErr != nil {
		return "", findErr
	}
	return e.ID, nil
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
