package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) showCommand() *cli.Command {
	return &cli.Command{
		Name:      "show",
		Category:  lookUp,
		Usage:     "show the dossier of a person, a state, an organisation, a place or an agreement",
		ArgsUsage: "NAME",
		UsageText: "entente show Lavrov\n" +
			"entente show PRK --full",
		Description: "A summary; the latest claims; offices and who says so, trips, meetings by partner, agreements, accusations made and received, what is\n" +
			"contested, and the reports. Of a state also its officials, its treaties and its partners by co-operation and conflict, officials counted\n" +
			"on both sides; of an agreement who signed, ratified and left it when; of a place who came and what happened there.\n" +
			"A long list shows its end and how to see the rest. A dossier is no list: it has no csv and no md; its JSON leaves nothing out.",
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "full", Usage: "show the lists whole"},
		}, documentFlags()...),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, 1); err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error { return s.show(ctx, c, g) })
		},
	}
}

func (s *session) show(ctx context.Context, c *cli.Context, g *graph.Graph) error {
	e, err := g.FindOne(ctx, c.Args().First())
	if err != nil {
		return err
	}
	d, err := queries.NewDossier(ctx, g, e.ID)
	if err != nil {
		return err
	}
	return s.document(c, d, func() string { return s.dossierText(d, c.Bool("full")) })
}

// document prints an answer that is one object: JSON, or text for people.
func (s *session) document(c *cli.Context, v any, text func() string) error {
	format, err := s.format(c)
	switch {
	case err != nil:
		return err
	case format == "json":
		return writeJSON(s.ui.out, v)
	case format == "jsonl":
		return writeJSONLines(s.ui.out, []any{v})
	case format == "csv" || format == "md":
		return wrongUsage(c, "%s has no %s; formats: %s", c.Command.Name, format, strings.Join(documentFormats, ", "))
	}
	_, err = io.WriteString(s.ui.out, text())
	return err
}

// entityWords says what an entity is and where else it is known.
func entityWords(e entente.Entity) string {
	words := string(e.Kind)
	for _, w := range []string{e.State, e.Wikidata} {
		if w != "" {
			words += ", " + w
		}
	}
	return words
}

// claimLines writes one line a claim: when, who did what, its status, who says
// so, and its ID.
func (s *session) claimLines(b *strings.Builder, margin string, groups []queries.Group) {
	width := 0
	for _, g := range groups {
		width = max(width, wordWidth(orDash(g.Date)))
	}
	for _, g := range groups {
		row := s.claimRow(g)
		said := ""
		if row[5] != "" {
			said = ", contested: " + row[5]
		}
		if row[6] != "" {
			said += ", says " + row[6]
		}
		date := row[0] + strings.Repeat(" ", width-wordWidth(row[0]))
		line := fmt.Sprintf("%s %s %s  [%s%s]  %s %s", row[1], row[2], row[3], row[4], said, row[7], row[8])
		fmt.Fprintf(b, "%s\n", hanging(margin+date+"  ", line, s.ui.textWidth()))
	}
}

// hanging folds a line, with its further lines indented under the first word.
func hanging(head, line string, width int) string {
	indent := strings.Repeat(" ", wordWidth(head))
	if wordWidth(head) > width/2 {
		indent = "    "
		return strings.TrimRight(head, " ") + "\n" + fold(line, width, indent)
	}
	return head + strings.TrimPrefix(fold(line, width, indent), indent)
}
