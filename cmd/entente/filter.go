package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/when"
	"github.com/entente-kg/entente/queries"
)

// filterFlags are on every command that lists claims.
func filterFlags() []cli.Flag {
	return slices.Concat(questionFlags(), []cli.Flag{
		&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Usage: "at most `N` claims (default: all)"},
		&cli.BoolFlag{Name: "evidence", Aliases: []string{"e"}, Usage: "show the sentence under each claim"},
		&cli.StringFlag{Name: "by", Usage: "count by `WHAT` in place of listing: relation, plover, month"},
	}, formatFlags())
}

// questionFlags are on every command that looks for claims. All build one query.
func questionFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "since", Usage: "claims that may lie on or after `DATE`: 2023, 2023-10, 2023-10-18, \"last month\""},
		&cli.StringFlag{Name: "until", Usage: "claims that may lie on or before `DATE`"},
		&cli.StringSliceFlag{Name: "relation", Aliases: []string{"r"}, Usage: "only `RELATION` (visited, met, signed …); several with commas"},
		&cli.StringSliceFlag{Name: "status", Usage: "only `STATUS`: occurred, planned, ongoing, denied, called-off; several with commas"},
		&cli.StringFlag{Name: "publisher", Usage: "only what `NAME` published"},
		&cli.StringFlag{Name: "report", Usage: "only what the report `ID` tells"},
		&cli.StringFlag{Name: "place", Usage: "only what happened at `NAME`"},
		&cli.Float64Flag{Name: "min-confidence", Usage: "only claims with at least this `PROBABILITY` (0 to 1) of being read rightly"},
		&cli.BoolFlag{Name: "officials", Value: true, Usage: "ask of a state's officials too; --officials=false turns it off"},
		&cli.BoolFlag{Name: "verbose", Usage: "say on standard error how the question was understood, in the form of a query"},
	}
}

// ask builds the question that the filter flags ask, opens the store and calls f
// with both. Wrong usage is found before the store is looked for.
func (s *session) ask(c *cli.Context, f func(context.Context, *graph.Graph, queries.Question) error) error {
	q := queries.Question{NoOfficials: !c.Bool("officials")}
	q.Publisher = c.String("publisher")
	if err := plainFilters(c, &q.Query); err != nil {
		return err
	}
	if _, err := byFlag(c); err != nil {
		return err
	}
	return s.look(c, func(ctx context.Context, g *graph.Graph) error {
		if err := graphFilters(ctx, c, g, &q.Query); err != nil {
			return err
		}
		return f(ctx, g, q)
	})
}

// graphFilters reads the flags that name something in the graph.
func graphFilters(ctx context.Context, c *cli.Context, g *graph.Graph, q *graph.Query) (err error) {
	if prefix := c.String("report"); prefix != "" {
		if q.Report, err = g.ResolveReport(ctx, prefix); err != nil {
			return err
		}
	}
	if place := c.String("place"); place != "" {
		q.Place, err = findAll(ctx, g, []string{place})
	}
	return err
}

// plainFilters reads the flags that name nothing in the graph.
func plainFilters(c *cli.Context, q *graph.Query) error {
	if err := relationFlag(c, q); err != nil {
		return err
	}
	var err error
	if q.Since, q.Until, err = dateFlags(c); err != nil {
		return err
	}
	for _, name := range c.StringSlice("status") {
		st := entente.Status(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "-"))
		if !slices.Contains(entente.Statuses, st) {
			return wrongUsage(c, "--status: unknown status %q; statuses: %s", name, listOf(entente.Statuses))
		}
		q.Statuses = append(q.Statuses, st)
	}
	q.MinConfidence, q.Limit = c.Float64("min-confidence"), c.Int("limit")
	switch {
	case q.MinConfidence < 0 || q.MinConfidence > 1:
		return wrongUsage(c, "--min-confidence is a probability, from 0 to 1, not %v", q.MinConfidence)
	case q.Limit < 0:
		return wrongUsage(c, "--limit is a number of claims, not %d", q.Limit)
	}
	return nil
}

func listOf[T ~string](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}

// dateFlags reads --since and --until, between which there must be time.
func dateFlags(c *cli.Context) (since, until entente.Date, err error) {
	if since, err = flagDate(c, "since"); err != nil {
		return since, until, err
	}
	if until, err = flagDate(c, "until"); err != nil || since.IsZero() || until.IsZero() {
		return since, until, err
	}
	first, last := since.Earliest(), until.Latest()
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		err = wrongUsage(c, "--until %s lies before --since %s", c.String("until"), c.String("since"))
	}
	return since, until, err
}

// flagDate reads a date flag: EDTF, or words such as "last month", reckoned from
// today.
func flagDate(c *cli.Context, flag string) (entente.Date, error) {
	text := c.String(flag)
	if text == "" {
		return entente.Date{}, nil
	}
	d, err := readDate(text, time.Now())
	if err != nil {
		return d, wrongUsage(c, "--%s: %v", flag, err)
	}
	return d, nil
}

// readDate reads EDTF first, then words of time as seen from a day.
func readDate(text string, today time.Time) (entente.Date, error) {
	d, err := entente.ParseDate(text)
	if err == nil {
		return d, nil
	}
	if d, ok := dateWords(text, today); ok {
		return d, nil
	}
	return entente.Date{}, fmt.Errorf("%q is no date; write 2023, 2023-10, 2023-10-18 or words such as \"last month\"", text)
}

// dateWords reads words of time, such as "last month", as a report of that day
// would mean them. The words must be all of the text.
func dateWords(text string, today time.Time) (entente.Date, bool) {
	text = strings.TrimSpace(text)
	found := when.Find(text, entente.Span{End: len(text)})
	if len(found) != 1 || found[0].Span != (entente.Span{End: len(text)}) {
		return entente.Date{}, false
	}
	d := found[0].Resolve(when.Context{Published: entente.NewDay(today)})
	return d, !d.IsZero()
}
