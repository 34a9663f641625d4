package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/loader"
)

func (s *session) evalCommand() *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Category:  keep,
		Usage:     "measure the reader against claims that people made",
		ArgsUsage: "GOLD_DIR",
		UsageText: "entente eval data/gold/dev --by-relation\n" +
			"entente eval data/gold/real --misses",
		Description: "GOLD_DIR holds NN.json (title, publisher, date, text) and NN.gold.json (entities, claims).\n" +
			"strict: relation, subject and object are right; pair: the two actors and the type of the relation are.\n" +
			"The interval is a 95 % bootstrap over reports.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "by-relation", Usage: "show the counts of each relation"},
			&cli.BoolFlag{Name: "misses", Usage: "show each claim that was missed, and each that is false, with its sentence"},
			&cli.StringFlag{Name: "pred", Usage: "write what was read to `FOLDER`, as NN.pred.jsonl"},
			&cli.BoolFlag{Name: "json", Aliases: []string{"j"}, Usage: "JSON"},
		},
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, 1); err != nil {
				return err
			}
			golds, err := gold.Read(c.Args().First())
			if err != nil {
				return err
			}
			results, err := s.evaluate(c.Context, golds, c.String("pred"))
			if err != nil {
				return err
			}
			report := gold.Sum(results)
			if c.Bool("json") {
				return writeJSON(s.ui.out, report)
			}
			return s.printEvaluation(c, report, golds, results)
		},
	}
}

// evaluate reads each report, scores what was read and writes it to predDir
// unless that is "".
func (s *session) evaluate(ctx context.Context, golds []gold.Report, predDir string) ([]gold.Tally, error) {
	read, err := loader.New()
	if err != nil {
		return nil, err
	}
	if predDir != "" {
		if err := os.MkdirAll(predDir, 0o755); err != nil {
			return nil, err
		}
	}
	bar := s.progress(len(golds), "reading")
	defer bar.finish()
	var results []gold.Tally
	for _, g := range golds {
		reading, err := read.Read(loader.Source{Name: g.Name + ".json", Data: g.Raw}, loader.Meta{})
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		records := reading.Records()
		if err := writePredictions(predDir, g.Name, records); err != nil {
			return nil, err
		}
		results = append(results, g.Score(records))
		bar.add(1)
	}
	return results, nil
}

func writePredictions(dir, name string, records []entente.Record) error {
	if dir == "" {
		return nil
	}
	var b strings.Builder
	lines := make([]any, len(records))
	for i, r := range records {
		lines[i] = r
	}
	if err := writeJSONLines(&b, lines); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name+".pred.jsonl"), []byte(b.String()), 0o644)
}

func (s *session) printEvaluation(c *cli.Context, e gold.Figures, golds []gold.Report, results []gold.Tally) error {
	var b strings.Builder
	for _, row := range []struct {
		name string
		gold.Rates
	}{{"strict", e.Strict}, {"pair", e.Pair}} {
		fmt.Fprintf(&b, "%-7s precision %.3f  recall %.3f  F1 %.3f  [%.3f, %.3f]  (%d of %d gold, %d predicted)\n",
			row.name, row.Precision, row.Recall, row.F1, row.Interval[0], row.Interval[1], row.Found, e.Gold, e.Predicted)
	}
	fmt.Fprintf(&b, "essential recall %.3f  of matched: date %.3f  place %.3f  status %.3f\n", e.EssentialRecall, e.Date, e.Place, e.Status)
	if c.Bool("by-relation") {
		for _, r := range byCount(e.ByRelation) {
			n := e.ByRelation[r]
			fmt.Fprintf(&b, "  %-28s found %3d  predicted %3d  gold %3d\n", r, n.Found, n.Predicted, n.Gold)
		}
	}
	if c.Bool("misses") {
		for i, t := range results {
			writeMisses(&b, golds[i].Name, t)
		}
	}
	_, err := io.WriteString(s.ui.out, b.String())
	return err
}

// byCount orders relations by their gold claims, most first.
func byCount(m map[entente.Relation]*gold.RelationTally) []entente.Relation {
	return slices.SortedFunc(maps.Keys(m), func(a, b entente.Relation) int {
		return cmp.Or(m[b].Gold-m[a].Gold, cmp.Compare(a, b))
	})
}

// writeMisses writes the claims of one report that were missed (-) or are false
// (+), each beside its sentence.
func writeMisses(b *strings.Builder, name string, t gold.Tally) {
	for _, c := range t.Missed {
		fmt.Fprintf(b, "\n%s - %s %s %s  %s %s\n    %s\n", name, c.Subject, c.Relation, c.Object, orDash(c.Date), c.Status, oneLine(c.Evidence))
	}
	for _, p := range t.Wrong {
		fmt.Fprintf(b, "\n%s + %s %s %s  %s %s\n    %s\n", name, p.Subject.Name, p.Relation, p.Object.Name, orDash(p.Date), p.Status, oneLine(p.Text))
	}
}
