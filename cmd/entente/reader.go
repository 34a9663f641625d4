package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"time"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
)

const sourceHelp = "A SOURCE is a file, a folder with all that lies in it, a glob, or - for standard input: text, HTML or Markdown.\n" +
	"Title, publisher and date come from the flags, else from the report itself; a date that neither gives stays unknown."

// metaFlags say what is known of the reports.
func metaFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "date", Usage: "the `DAY` of publication: 2025-07-09"},
		&cli.StringFlag{Name: "publisher", Usage: "`WHO` published the reports"},
		&cli.StringFlag{Name: "title", Usage: "the `TITLE`, of a single report"},
	}
}

// publishedFlag reads --date, which must be one day.
func publishedFlag(c *cli.Context) (entente.Date, error) {
	text := c.String("date")
	if text == "" {
		return entente.Date{}, nil
	}
	d, err := entente.ParseDate(text)
	if _, dayErr := time.Parse(time.DateOnly, text); err != nil || dayErr != nil {
		return d, wrongUsage(c, "--date: %q is no day; write it as 2025-07-09", text)
	}
	return d, nil
}

type reader struct{}

func newReader() (*reader, error) { return nil, errors.New("no reader yet") }

func (r *reader) bytes(ctx context.Context, name string, text []byte) (entente.Reading, error) {
	return entente.Reading{}, errors.New("no reader yet")
}

func (r *reader) gold(ctx context.Context, g goldSource) (entente.Reading, error) {
	return entente.Reading{}, errors.New("no reader yet")
}

func (s *session) readSources(ctx context.Context, c *cli.Context, take func(name string, r entente.Reading) error) (outcome, error) {
	if _, err := publishedFlag(c); err != nil {
		return outcome{}, err
	}
	return outcome{}, fmt.Errorf("no reader yet")
}

// dateWords reads words of time as seen from a day.
func dateWords(text string, today time.Time) (entente.Date, bool) { return entente.Date{}, false }

// inOrder does work for 0 to n-1 on every processor and yields the results in
// order, a few ahead of what is taken. It stops where ctx ends.
func inOrder[T any](ctx context.Context, n int, work func(i int) T) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		pending := make(chan chan T, 2*runtime.GOMAXPROCS(0))
		slots := make(chan struct{}, runtime.GOMAXPROCS(0))
		go func() {
			defer close(pending)
			for i := range n {
				result := make(chan T, 1)
				select {
				case slots <- struct{}{}:
				case <-ctx.Done():
					return
				}
				go func() {
					defer func() { <-slots }()
					result <- work(i)
				}()
				select {
				case pending <- result:
				case <-ctx.Done():
					return
				}
			}
		}()
		i := 0
		for result := range pending {
			select {
			case v := <-result:
				if !yield(i, v) {
					return
				}
			case <-ctx.Done():
				return
			}
			i++
		}
	}
}
