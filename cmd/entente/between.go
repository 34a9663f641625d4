package main

import (
	"context"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) betweenCommand() *cli.Command {
	return &cli.Command{
		Name:      "between",
		Category:  lookUp,
		Usage:     "list what links two actors, in order of time",
		ArgsUsage: "A B",
		UsageText: "entente between Russia \"North Korea\" --since 2023\n" +
			"entente between CUB USA --relation sanctioned --json",
		Description: "Of a state, its officials and its places count too, and what both sides did with the same agreement.",
		Flags:       filterFlags(),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 2, 2); err != nil {
				return err
			}
			return s.ask(c, func(ctx context.Context, g *graph.Graph, q queries.Question) error { return s.between(ctx, c, g, q) })
		},
	}
}

func (s *session) between(ctx context.Context, c *cli.Context, g *graph.Graph, q queries.Question) error {
	ids, err := findTwo(ctx, c, g)
	if err != nil {
		return err
	}
	q.Between = [2][]entente.EntityID{ids[:1], ids[1:]}
	s.asked(c, q)
	groups, err := queries.Between(ctx, g, ids[:1], ids[1:], q)
	if err != nil {
		return err
	}
	return s.printClaims(ctx, c, g, groups)
}
