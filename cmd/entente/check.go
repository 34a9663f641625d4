package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

func (s *session) checkCommand() *cli.Command {
	return &cli.Command{
		Name:     "check",
		Category: keep,
		Usage:    "look whether the store is whole, or repair it",
		UsageText: "entente check --store /backup/entente --json\n" +
			"entente check --repair",
		Description: "Every report, claim, entity and index entry is read. Exit status 1 when something is not as it should be, after a repair too.\n" +
			"--repair makes again what the store keeps more than once: indexes, dictionary, counts. It invents nothing: where a value\n" +
			"is gone, the quads with it are only listed. --drop takes them out; remove the reports that lack them then, and load them again.",
		Flags: append(formatFlags(),
			&cli.BoolFlag{Name: "repair", Usage: "repair the store, say what was wrong, then check"},
			&cli.BoolFlag{Name: "drop", Usage: "with --repair: take out what cannot be repaired"}),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			if _, err := s.format(c); err != nil {
				return err
			}
			switch {
			case c.Bool("repair"):
				return s.change(c, func(ctx context.Context, g *graph.Graph) error {
					if err := s.repair(ctx, c, g); err != nil {
						return err
					}
					return s.check(ctx, c, g)
				})
			case c.Bool("drop"):
				return wrongUsage(c, "--drop is for --repair")
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error { return s.check(ctx, c, g) })
		},
	}
}

// check lists what is not as it should be.
func (s *session) check(ctx context.Context, c *cli.Context, g *graph.Graph) error {
	faults, err := g.Check(ctx)
	if err != nil {
		return err
	}
	l := listing{columns: []column{{name: "where"}, {name: "what", elastic: true}}, nothing: "the store is whole"}
	for _, f := range faults {
		l.records, l.rows = append(l.records, f), append(l.rows, []string{f.Where, f.Text})
	}
	if err := s.list(c, l); err != nil || len(faults) == 0 {
		return err
	}
	help := "restore it from a backup, or load the reports again into a new store"
	switch ofStore := slices.ContainsFunc(faults, func(f graph.Fault) bool { return f.Where == "store" }); {
	case ofStore && !c.Bool("repair"):
		help = "entente check --repair makes again what can be made; else " + help
	case !ofStore:
		help = "remove the reports that are named and load them again, or restore it from a backup"
	}
	return fmt.Errorf("the store has %s; %s", count(len(faults), "fault"), help)
}

// repair repairs the store and says what was wrong.
func (s *session) repair(ctx context.Context, c *cli.Context, g *graph.Graph) error {
	r, err := g.Repair(ctx, c.Bool("drop"))
	if err != nil {
		return err
	}
	for _, p := range r.Problems {
		s.ui.note("was wrong: %s", clean(p))
	}
	for _, q := range r.Lost {
		s.ui.note("cannot be repaired: %s", clean(q))
	}
	switch n := count(r.LostQuads, "quad"); {
	case len(r.Problems) == 0:
		s.ui.note("nothing to repair")
	case r.LostQuads == 0:
		s.ui.note("repaired")
	case c.Bool("drop"):
		s.ui.note("repaired; %s taken out", n)
	default:
		s.ui.note("repaired, but for %s with a value that is gone; --drop takes them out", n)
	}
	return nil
}
