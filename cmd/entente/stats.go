package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

func (s *session) statsCommand() *cli.Command {
	return &cli.Command{
		Name:     "stats",
		Category: keep,
		Usage:    "count what the store holds",
		UsageText: "entente stats\n" +
			"entente stats --json",
		Description: "Counts only: two stores with the same reports and merges have the same ones.",
		Flags:       documentFlags(),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error {
				st, err := g.Stats(ctx)
				if err != nil {
					return err
				}
				return s.document(c, st, func() string { return statsText(st) })
			})
		},
	}
}

func statsText(st graph.Stats) string {
	var b strings.Builder
	for _, row := range []struct {
		name string
		n    int
	}{
		{"reports", st.Reports}, {"texts", st.Texts}, {"claims", st.Claims}, {"entities", st.Entities},
		{"merges", st.Merges}, {"quads", st.Quads},
	} {
		fmt.Fprintf(&b, "%-10s %d\n", row.name, row.n)
	}
	writeCounts(&b, "claims by relation", st.ByRelation)
	writeCounts(&b, "claims by status", st.ByStatus)
	writeCounts(&b, "entities by kind", st.ByKind)
	return b.String()
}

// writeCounts writes counts under a title, the greatest first.
func writeCounts[K ~string](b *strings.Builder, title string, counts map[K]int) {
	if len(counts) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b K) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b))
	})
	for _, k := range keys {
		fmt.Fprintf(b, "  %-28s %d\n", k, counts[k])
	}
}
