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
			"entente show PRK --json",
		Description: "Spellings, offices and who says so, trips, meetings by partner, agreements, accusations, the rest, and the reports.\n" +
			"A dossier is no list: it has no csv and no md.",
		Flags: documentFlags(),
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
	return s.document(c, d, func() string { return s.dossierText(d) })
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

// dossierText is a dossier for people.
func (s *session) dossierText(d queries.Dossier) string {
	p := s.ui.colors()
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s  (%s)\n", p.bold, clean(d.Entity.Name), p.off, clean(entityWords(d.Entity)))
	if len(d.Entity.Aliases) > 0 {
		fmt.Fprintf(&b, "%s\n", fold("also: "+clean(strings.Join(d.Entity.Aliases, ", ")), s.ui.textWidth(), ""))
	}
	if len(d.Officials) > 0 {
		fmt.Fprintf(&b, "%s\n", fold("acts through: "+clean(actorNames(d.Officials)), s.ui.textWidth(), ""))
	}
	for _, section := range []struct {
		title  string
		groups []queries.Group
	}{
		{"Offices", d.Offices}, {"Represents", d.Represents}, {"Counterparts", d.Counterparts}, {"Trips", d.Trips},
	} {
		s.section(&b, section.title, section.groups)
	}
	if len(d.Meetings) > 0 {
		fmt.Fprintf(&b, "\n%sMeetings%s\n", p.bold, p.off)
		for _, m := range d.Meetings {
			fmt.Fprintf(&b, "  %s, %s\n", clean(m.Actor.Name), count(len(m.Claims), "time"))
			s.claimLines(&b, "    ", m.Claims)
		}
	}
	s.section(&b, "Agreements", d.Agreements)
	s.section(&b, "Accusations, protests and threats", d.Accusations)
	s.section(&b, "Other", d.Other)
	if len(d.Reports) > 0 {
		fmt.Fprintf(&b, "\n%s%s%s\n", p.bold, "Reports", p.off)
		for _, r := range d.Reports {
			fmt.Fprintf(&b, "  %s  %s\n", r.ID, clean(cite(r)))
		}
	}
	return b.String()
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

func actorNames(actors []entente.Actor) string {
	var names []string
	for _, a := range actors {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

func (s *session) section(b *strings.Builder, title string, groups []queries.Group) {
	if len(groups) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s%s%s\n", s.ui.colors().bold, title, s.ui.colors().off)
	s.claimLines(b, "  ", groups)
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
