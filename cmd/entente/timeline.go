package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) timelineCommand() *cli.Command {
	return &cli.Command{
		Name:      "timeline",
		Category:  lookUp,
		Usage:     "tell what one or more actors did and met with, in order of time",
		ArgsUsage: "NAME…",
		UsageText: "entente timeline \"Kim Jong Un\"\n" +
			"entente timeline Iran Israel --since 2015 --until 2020 --format md",
		Description: "Claims without a date come last.",
		Flags:       filterFlags(),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, -1); err != nil {
				return err
			}
			return s.ask(c, func(ctx context.Context, g *graph.Graph, q queries.Question) error { return s.timeline(ctx, c, g, q) })
		},
	}
}

func (s *session) timeline(ctx context.Context, c *cli.Context, g *graph.Graph, q queries.Question) error {
	ids, err := findAll(ctx, g, c.Args().Slice())
	if err != nil {
		return err
	}
	q.Either = ids
	s.asked(c, q)
	groups, err := queries.Timeline(ctx, g, ids, q)
	if err != nil {
		return err
	}
	return s.printClaims(ctx, c, g, groups)
}
