package main

import (
	"context"
	"iter"
	"runtime"
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

// readSources reads the sources that the arguments name, on every processor, and
// hands the readings to take in their order. What cannot be read is said at once
// and counted.
func (s *session) readSources(ctx context.Context, c *cli.Context, take func(result) error) (outcome, error) {
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
	for r := range inOrder(ctx, opened(c.Args().Slice(), s), func(r result) result { return r.read(read, meta) }) {
		bar.add(1)
		if r.err != nil {
			bar.finish()
			s.sayFailed(r.source.Name, r.err)
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

// result is a source and what became of it.
type result struct {
	source  loader.Source
	reading entente.Reading
	reasons []loader.Reason
	err     error
}

// opened yields the sources of the arguments, or why one cannot be opened.
func opened(args []string, s *session) iter.Seq[result] {
	return func(yield func(result) bool) {
		for source, err := range loader.Open(args, s.in) {
			if !yield(result{source: source, err: err}) {
				return
			}
		}
	}
}

// read reads the source.
func (r result) read(reader *loader.Reader, meta loader.Meta) result {
	if r.err == nil {
		r.reading, r.reasons, r.err = reader.Explain(r.source, meta)
	}
	r.source.Data = nil // it may be large, and is in the reading
	return r
}

// inOrder does work on every processor and yields the results in the order of
// the inputs, a few ahead of what is taken. It stops where ctx ends.
func inOrder[S, T any](ctx context.Context, inputs iter.Seq[S], work func(S) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		pending := make(chan chan T, runtime.GOMAXPROCS(0))
		go func() {
			defer close(pending)
			for input := range inputs {
				result := make(chan T, 1)
				select {
				case pending <- result: // bounds how many work at once
				case <-ctx.Done():
					return
				}
				go func() { result <- work(input) }()
			}
		}()
		for result := range pending {
			select {
			case v := <-result:
				if ctx.Err() != nil || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
