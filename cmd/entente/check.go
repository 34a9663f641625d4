package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

func (s *session) checkCommand() *cli.Command {
	return &cli.Command{
		Name:     "check",
		Category: keep,
		Usage:    "look whether the store is whole",
		UsageText: "entente check\n" +
			"entente check --store /backup/entente --json",
		Description: "Every report, claim, entity and index entry is read. Exit status 1 when something is not as it should be.",
		Flags:       formatFlags(),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error {
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
				return fmt.Errorf("the store has %s; restore it from a backup, or load the reports again into a new store", count(len(faults), "fault"))
			})
		},
	}
}
