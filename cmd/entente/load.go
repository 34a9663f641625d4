package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/loader"
)

// batchReports and batchBytes bound what is read before the store is opened to
// take it, and so what an interrupt can lose of the work done.
const (
	batchReports = 32
	batchBytes   = 4 << 20
)

// backupWait is how long a load that has begun waits for the store: a backup of a
// large one takes longer than a look-up.
const backupWait = time.Minute

func (s *session) loadCommand() *cli.Command {
	return &cli.Command{
		Name:      "load",
		Category:  build,
		Usage:     "read reports and add their claims to the store",
		ArgsUsage: "SOURCE…",
		UsageText: "entente load report.txt --date 2025-07-09 --publisher \"Eastern Wire\"\n" +
			"entente load ~/reports '*.html' graph.nq.gz -",
		Description: sourceHelp + "\nA file *.nq or *.nq.gz is a dump that export wrote: its quads are added, all or none.\nLoading a report again changes nothing, unless this reader reads it otherwise or it has other metadata: then the\n" +
			"new reading takes the place of the old one.",
		Flags: append(metaFlags(),
			&cli.BoolFlag{Name: "verbose", Usage: "show everything that was not understood"},
			&cli.BoolFlag{Name: "json", Aliases: []string{"j"}, Usage: "give the summary as JSON"}),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, -1); err != nil {
				return err
			}
			return s.load(c.Context, c)
		},
	}
}

// summary counts what a load did.
type summary struct {
	Reports   int `json:"reports"`
	New       int `json:"new"`
	Replaced  int `json:"replaced"`
	Unchanged int `json:"unchanged"`
	Claims    int `json:"claims"`
	Problems  int `json:"problems"`
	Failed    int `json:"failed"`
	Quads     int `json:"quads,omitempty"` // of dumps
}

// load reads the sources, outside the store's lock, and adds what was read batch
// by batch. After an interrupt what has been read whole is still added.
func (s *session) load(ctx context.Context, c *cli.Context) error {
	store, err := s.storePath(c.String("store"))
	if err != nil {
		return err
	}
	if err := s.tryStore(store); err != nil {
		return err
	}
	l := &load{session: s, store: store, verbose: c.Bool("verbose")}
	dumps, sources := parted(c.Args().Slice())
	failed := l.dumps(ctx, dumps)
	var done outcome
	if len(sources) > 0 {
		done, err = s.readSources(ctx, c, sources, l.take)
	}
	done.failed, done.read = done.failed+failed, done.read+len(dumps)-failed
	l.sum.Failed = done.failed
	if err == nil || ctx.Err() != nil { // what was read whole is kept even when the user has had enough
		err = l.flush(context.WithoutCancel(ctx))
	}
	if l.sum.Reports > 0 || l.sum.Quads > 0 || c.Bool("json") {
		err = errors.Join(err, s.printSummary(c, l.sum))
	}
	if ctx.Err() != nil {
		s.ui.note("entente: interrupted; %s stored, the rest was not read: run the command again to go on", count(l.sum.Reports, "report"))
		return errSaid
	}
	if err != nil {
		return err
	}
	return done.result()
}

// tryStore finds out early whether a store that is there can be used at all.
func (s *session) tryStore(path string) error {
	if _, err := os.Stat(path); err != nil || s.memory != nil {
		return nil // made with the first batch
	}
	if entries, err := os.ReadDir(path); err == nil && len(entries) == 0 {
		return nil
	}
	g, err := graph.Open(path, graph.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	return g.Close()
}

// load is one run of the command.
type load struct {
	*session
	store   string
	verbose bool
	batch   []entente.Reading
	bytes   int
	sum     summary
}

// maxProblems is how many problems are shown where not all are asked for.
const maxProblems = 10

// dumps adds dumps and returns how many could not be.
func (l *load) dumps(ctx context.Context, names []string) (failed int) {
	for _, name := range names {
		quads, err := l.loadDump(ctx, l.store, name)
		if err != nil {
			l.sayFailed(name, err)
			failed++
		}
		l.sum.Quads += quads
	}
	return failed
}

// take adds a reading to the batch.
func (l *load) take(got loader.Result) error {
	r, most := got.Reading, maxProblems
	if l.verbose {
		most = math.MaxInt
	}
	l.sum.Problems = l.sayProblems(got, l.sum.Problems, most)
	l.batch, l.bytes = append(l.batch, r), l.bytes+len(r.Report.Text)
	if len(l.batch) < batchReports && l.bytes < batchBytes {
		return nil
	}
	return l.flush(context.Background())
}

// sayProblems says what was not understood, unless most problems were said
// before, and returns how many there were.
func (s *session) sayProblems(got loader.Result, before, most int) int {
	for _, p := range got.Reading.Problems {
		if before++; before <= most {
			s.ui.note("%s: %s", got.Source, clean(problemText(got.Reading, p)))
		}
	}
	return before
}

// problemText is a problem with the words that it is about.
func problemText(r entente.Reading, p entente.Problem) string {
	words := []rune(oneLine(p.Span.Of(r.Report.Text)))
	switch {
	case len(words) == 0:
		return p.Text
	case len(words) > 60:
		words = append(words[:59], '…')
	}
	return fmt.Sprintf("byte %d: %s (%q)", p.Span.Start, p.Text, string(words))
}

// flush opens the store, adds the batch and closes the store again, so that
// look-ups come to their turn while a long load reads.
func (l *load) flush(ctx context.Context) error {
	if len(l.batch) == 0 {
		return nil
	}
	g := l.memory
	if g == nil {
		var err error
		if g, err = graph.Open(l.store, graph.Options{LockWait: backupWait}); err != nil {
			return err
		}
		defer g.Close() // what was added is on the disk already
	}
	changes, err := g.AddAll(ctx, l.batch)
	if err != nil {
		return fmt.Errorf("%w; the first report that was not stored: %s", err, cite(l.batch[0].Report))
	}
	for i, r := range l.batch {
		l.count(r, changes[i])
	}
	l.batch, l.bytes = nil, 0
	return nil
}

func (l *load) count(r entente.Reading, change graph.Change) {
	l.sum.Reports++
	l.sum.Claims += len(r.Claims)
	switch change {
	case graph.Added:
		l.sum.New++
	case graph.Replaced:
		l.sum.Replaced++
	default:
		l.sum.Unchanged++
	}
}

func (s *session) printSummary(c *cli.Context, sum summary) error {
	if c.Bool("json") {
		return writeJSONLines(s.ui.out, []any{sum})
	}
	if shown := maxProblems; sum.Problems > shown && !c.Bool("verbose") {
		s.ui.note("and %d more; --verbose shows them", sum.Problems-shown)
	}
	failed := ""
	if sum.Failed > 0 {
		failed = fmt.Sprintf("; %d failed", sum.Failed)
	}
	if sum.Quads > 0 {
		if _, err := fmt.Fprintf(s.ui.out, "%s from dumps\n", count(sum.Quads, "quad")); err != nil || sum.Reports == 0 {
			return err
		}
	}
	_, err := io.WriteString(s.ui.out, fmt.Sprintf("%s: %d new, %d replaced, %d unchanged; %s, %s%s\n", count(sum.Reports, "report"),
		sum.New, sum.Replaced, sum.Unchanged, count(sum.Claims, "claim"), count(sum.Problems, "problem"), failed))
	return err
}
