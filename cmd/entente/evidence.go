package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) evidenceCommand() *cli.Command {
	return &cli.Command{
		Name:      "evidence",
		Category:  lookUp,
		Usage:     "show the sentence behind a claim, where it stands, and who else says so",
		ArgsUsage: "CLAIM",
		UsageText: "entente evidence k7m2\n" +
			"entente evidence k7m2abcdef --json",
		Description: "A claim is named by its ID, or by the beginning of it that no other claim has.",
		Flags:       documentFlags(),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, 1); err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error {
				e, err := queries.NewEvidence(ctx, g, c.Args().First())
				if err != nil {
					return err
				}
				others, err := s.othersText(ctx, g, e)
				if err != nil {
					return err
				}
				return s.document(c, e, func() string { return s.evidenceText(e) + others })
			})
		},
	}
}

// evidenceText is the claim, and its sentence marked between its neighbours.
func (s *session) evidenceText(e queries.Evidence) string {
	p := s.ui.colors()
	row := s.claimRow(queries.Group{Record: e.Claim})
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s %s %s%s\n", p.bold, row[1], row[2], row[3], p.off)
	fmt.Fprintf(&b, "  when    %s\n  status  %s\n", row[0], row[4])
	if len(e.Contested) > 0 {
		fmt.Fprintf(&b, "  contested: %s\n", listOf(e.Contested))
	}
	if e.Claim.Attribution != "" {
		fmt.Fprintf(&b, "  said by %s\n", clean(e.Claim.Attribution))
	}
	fmt.Fprintf(&b, "  claim   %s\n  report  %s  %s, bytes %d–%d\n", e.Claim.ID, e.Report.ID, clean(cite(e.Report)), e.Claim.Start, e.Claim.End)
	if e.Report.URL != "" {
		fmt.Fprintf(&b, "          %s\n", clean(e.Report.URL))
	}
	text := clean(e.Before) + " " + s.marked(clean(e.Claim.Text)) + " " + clean(e.After)
	fmt.Fprintf(&b, "\n%s\n", fold(text, s.ui.textWidth(), "  "))
	return b.String()
}

// marked marks a sentence: in bold where there is colour, »so« elsewhere.
func (s *session) marked(sentence string) string {
	if s.ui.color {
		return ansi.bold + sentence + ansi.off
	}
	return "»" + sentence + "«"
}

// othersText tells who else says so.
func (s *session) othersText(ctx context.Context, g *graph.Graph, e queries.Evidence) (string, error) {
	if len(e.Others) == 0 {
		return "", nil
	}
	var b strings.Builder
	where := "this report"
	if n := otherReports(e.Claim.Report, e.Others); n > 0 {
		where = count(n, "other report")
	}
	publishers := ""
	if e.Publishers > 1 {
		publishers = fmt.Sprintf(", by %d publishers independently", e.Publishers)
	}
	fmt.Fprintf(&b, "\nAlso told in %s, %s in all%s:\n", where, count(e.Told, "wording"), publishers)
	for _, r := range e.Others {
		cite, err := citation(ctx, g, r.Report)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n  %s  [%s]  %s  %s\n%s\n", orDash(r.Date), s.ui.statusWord(r.Status), r.ID, clean(cite),
			fold("“"+clean(r.Text)+"”", s.ui.textWidth(), "    "))
	}
	return b.String(), nil
}
