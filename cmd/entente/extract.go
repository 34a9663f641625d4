package main

import (
	"context"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

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
			append([]cli.Flag{&cli.BoolFlag{Name: "explain", Usage: "show each sentence as it was read, its claims and from which words, and what else it might tell"}},
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
	done, err := s.readSources(ctx, c, c.Args().Slice(), func(r loader.Result) error {
		if c.Bool("explain") {
			_, err := io.WriteString(s.ui.out, explainReading(r.Reading, r.Explanation))
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
