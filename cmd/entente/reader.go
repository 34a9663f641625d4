package main

import (
	"context"
	"time"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/loader"
)

const sourceHelp = "A SOURCE is a file, a folder with all reports in it and below, a glob, or - for standard input: text, HTML, Markdown,\n" +
	"JSON; .gz is undone. Title, publisher and day come from the report itself, else from the flags; else they stay unknown."

// metaFlags say what is known of the reports.
func metaFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "date", Usage: "the `DAY` of publication, where the report has none: 2025-07-09"},
		&cli.StringFlag{Name: "publisher", Usage: "`WHO` published it, where the report does not say"},
		&cli.StringFlag{Name: "title", Usage: "the `TITLE`, where the report has none"},
		&cli.StringFlag{Name: "url", Usage: "the `ADDRESS` that the report came from"},
	}
}

// metaOf reads the metadata flags.
func metaOf(c *cli.Context) (loader.Meta, error) {
	m := loader.Meta{URL: c.String("url"), Publisher: c.String("publisher"), Title: c.String("title")}
	text := c.String("date")
	if text == "" {
		return m, nil
	}
	d, err := entente.ParseDate(text)
	if _, dayErr := time.Parse(time.DateOnly, text); err != nil || dayErr != nil {
		return m, wrongUsage(c, "--date: %q is no day; write it as 2025-07-09", text)
	}
	d.Basis = entente.Stated
	m.Published = d
	return m, nil
}

// readSources reads the sources of these names, on every processor, and
// hands the readings to take in their order. What cannot be read is said at once
// and counted.
func (s *session) readSources(ctx context.Context, c *cli.Context, sources []string, take func(loader.Result) error) (outcome, error) {
	meta, err := metaOf(c)
	if err != nil {
		return outcome{}, err
	}
	read, err := loader.New()
	if err != nil {
		return outcome{}, err
	}
	bar := s.progress(-1, "reading")
	defer bar.finish()
	var done outcome
	for r := range read.ReadAll(ctx, loader.Open(sources, s.in), meta) {
		bar.add(1)
		if r.Err != nil {
			bar.finish()
			s.sayFailed(r.Source, r.Err)
			done.failed++
			continue
		}
		done.read++
		if err := take(r); err != nil {
			return done, err
		}
	}
	return done, ctx.Err()
}
