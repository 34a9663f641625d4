package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) claimsCommand() *cli.Command {
	return &cli.Command{
		Name:      "claims",
		Category:  lookUp,
		Usage:     "list claims",
		ArgsUsage: "[NAME…]",
		UsageText: "entente claims --relation signed,ratified --since 2024\n" +
			"entente claims Lavrov --status planned --format table --evidence",
		Description: "With names: the claims that have one of them as an actor. --subject and --object ask for who did it and to whom.\n" +
			"A claim that several reports tell is shown once; \"told\" counts its wordings, and JSON has the others.",
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "subject", Usage: "only what `NAME` did"},
			&cli.StringSliceFlag{Name: "object", Usage: "only what was done to `NAME`"},
		}, filterFlags()...),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, -1); err != nil {
				return err
			}
			return s.ask(c, func(ctx context.Context, g *graph.Graph, q queries.Question) error { return s.claims(ctx, c, g, q) })
		},
	}
}

func (s *session) claims(ctx context.Context, c *cli.Context, g *graph.Graph, q queries.Question) (err error) {
	if q.Either, err = findAll(ctx, g, c.Args().Slice()); err != nil {
		return err
	}
	if q.Subject, err = findAll(ctx, g, c.StringSlice("subject")); err != nil {
		return err
	}
	if q.Object, err = findAll(ctx, g, c.StringSlice("object")); err != nil {
		return err
	}
	s.asked(c, q)
	groups, err := queries.Claims(ctx, g, q)
	if err != nil {
		return err
	}
	return s.printClaims(ctx, c, g, groups)
}

// asked says how a question was understood, where that is wanted.
func (s *session) asked(c *cli.Context, q queries.Question) {
	if c.Bool("verbose") {
		s.ui.note("asked: %s", q.Query)
	}
}
