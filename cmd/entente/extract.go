package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/loader"
	"github.com/entente-kg/entente/queries"
)

func (s *session) extractCommand() *cli.Command {
	return &cli.Command{
		Name:      "extract",
		Category:  build,
		Usage:     "read reports and print their claims, without a store",
		ArgsUsage: "SOURCE…",
		UsageText: "entente extract report.txt --date 2025-07-09\n" +
			"curl -s https://example.org/report.html | entente extract - --explain",
		Description: sourceHelp,
		Flags: append(metaFlags(),
			append([]cli.Flag{&cli.BoolFlag{Name: "explain", Usage: "show for each claim the words that its actors, date and place were read from"}},
				formatsOf("jsonl", formats)...)...),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, -1); err != nil {
				return err
			}
			return s.extract(c.Context, c)
		},
	}
}

// extract prints the claims of every source that can be read. A claim a line is
// the default even on a terminal: it is what another program wants.
func (s *session) extract(ctx context.Context, c *cli.Context) error {
	format, err := s.format(c)
	if err != nil {
		return err
	}
	claims, problems := 0, 0
	var groups []queries.Group
	done, err := s.readSources(ctx, c, func(r loader.Result) error {
		if c.Bool("explain") {
			_, err := io.WriteString(s.ui.out, explainReading(r.Reading, r.Reasons))
			return err
		}
		problems = s.sayProblems(r, problems, maxProblems)
		claims += len(r.Reading.Claims)
		for _, record := range r.Reading.Records() {
			if !c.IsSet("format") && format != "json" {
				if err := writeJSONLines(s.ui.out, []any{record}); err != nil {
					return err
				}
				continue
			}
			groups = append(groups, queries.Group{Record: record})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if problems > maxProblems {
		s.ui.note("and %d more; --explain shows them", problems-maxProblems)
	}
	switch {
	case c.Bool("explain"): // which shows the report even where it makes no claim
	case c.IsSet("format") || format == "json":
		if err := s.list(c, s.claimListing(groups)); err != nil {
			return err
		}
	case claims == 0 && done.read > 0:
		s.ui.note("nothing found")
	}
	return done.result()
}

// explainReading tells for each claim which words it was read from.
func explainReading(r entente.Reading, reasons []loader.Reason) string {
	why := map[entente.ClaimID]loader.Reason{}
	for _, reason := range reasons {
		why[reason.Claim] = reason
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", clean(cite(r.Report)))
	entities := map[entente.EntityID]entente.Entity{}
	for _, e := range r.Entities {
		entities[e.ID] = e
	}
	for _, c := range r.Claims {
		fmt.Fprintf(&b, "\n%s  %s %s %s  [%s]\n", c.ID, clean(entities[c.Subject].Name), c.Relation, clean(entities[c.Object].Name), c.Status)
		fmt.Fprintf(&b, "    sentence     bytes %d–%d: %s\n", c.Evidence.Start, c.Evidence.End, clean(c.Evidence.Of(r.Report.Text)))
		if reason, ok := why[c.ID]; ok {
			fmt.Fprintf(&b, "    frame        %s, at %q\n", reason.Frame, clean(reason.Trigger.Of(r.Report.Text)))
		}
		explainActor(&b, "subject", c.Subject, c, r)
		explainActor(&b, "object", c.Object, c, r)
		explainActor(&b, "place", c.Place, c, r)
		explainActor(&b, "attribution", c.Attribution, c, r)
		if c.Date.IsZero() {
			fmt.Fprintf(&b, "    date         the text does not say\n")
		} else {
			fmt.Fprintf(&b, "    date         %s, %s, from %q\n", c.Date.EDTF, c.Date.Basis, clean(c.Date.From.Of(r.Report.Text)))
		}
		if c.Confidence > 0 {
			fmt.Fprintf(&b, "    confidence   %.2f\n", c.Confidence)
		}
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "\nnot understood: %s\n", clean(p.Text))
	}
	return b.String() + "\n"
}

// explainActor names an actor and the words that stand for it in the sentence,
// or else the last that stand for it before.
func explainActor(b *strings.Builder, role string, id entente.EntityID, c entente.Claim, r entente.Reading) {
	if id == "" {
		return
	}
	where := "its offices; the text has no name for it"
	for _, m := range r.Mentions {
		if m.Entity != id || m.Span.Start >= c.Evidence.End {
			continue
		}
		where = fmt.Sprintf("%q at byte %d", clean(m.Span.Of(r.Report.Text)), m.Span.Start)
		if c.Evidence.Contains(m.Span) {
			break
		}
		where += ", before the sentence"
	}
	fmt.Fprintf(b, "    %-12s %s, from %s\n", role, id, where)
}

// outcome counts what became of several sources.
type outcome struct{ read, failed int }

// result is the error of a command over several sources.
func (o outcome) result() error {
	switch {
	case o.failed == 0:
		return nil
	case o.read == 0:
		return errSaid
	}
	return errSomeFailed
}

// sayFailed says that a source could not be read.
func (s *session) sayFailed(name string, err error) {
	text := err.Error()
	if !strings.Contains(text, name) {
		text = name + ": " + text
	}
	s.ui.note("entente: %s", oneLine(text))
}
