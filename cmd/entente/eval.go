package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
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
			golds, err := readGold(c.Args().First())
			if err != nil {
				return err
			}
			results, err := s.evaluate(c.Context, golds, c.String("pred"))
			if err != nil {
				return err
			}
			report := newEvaluation(results)
			if c.Bool("json") {
				return writeJSON(s.ui.out, report)
			}
			return s.printEvaluation(c, report, golds, results)
		},
	}
}

// goldSource is a report as a gold folder holds it.
type goldSource struct {
	goldReport
	source loader.Source
}

// readGold reads every pair of files of a gold folder, in order of name.
func readGold(dir string) ([]goldSource, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.gold.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("%s: no such folder; give one that holds NN.json and NN.gold.json", dir)
		}
		return nil, fmt.Errorf("%s: no NN.gold.json in it", dir)
	}
	rules, err := newScoring()
	if err != nil {
		return nil, err
	}
	var golds []goldSource
	for _, file := range files {
		var claims struct {
			Claims   []goldClaim  `json:"claims"`
			Entities []goldEntity `json:"entities"`
		}
		base := strings.TrimSuffix(file, ".gold.json")
		g := goldSource{goldReport: goldReport{name: filepath.Base(base), entities: map[string]goldEntity{}, rules: rules}}
		if err := readJSON(file, &claims); err != nil {
			return nil, err
		}
		text, err := os.ReadFile(base + ".json")
		if err != nil {
			return nil, err
		}
		g.source = loader.Source{Name: base + ".json", Data: text}
		g.claims = claims.Claims
		for _, e := range claims.Entities {
			g.entities[foldName(e.Name)] = e
		}
		golds = append(golds, g)
	}
	return golds, nil
}

func readJSON(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// evaluate reads each report, scores what was read and writes it to predDir
// unless that is "".
func (s *session) evaluate(ctx context.Context, golds []goldSource, predDir string) ([]tally, error) {
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
	var results []tally
	for _, g := range golds {
		reading, err := read.Read(g.source, loader.Meta{})
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		records := reading.Records()
		if err := writePredictions(predDir, g.name, records); err != nil {
			return nil, err
		}
		results = append(results, g.score(records))
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

// evaluation is the result over all reports. Date, Place and Status are the
// shares of the matched claims where they are right.
type evaluation struct {
	Reports         int                                 `json:"reports"`
	Gold            int                                 `json:"gold"`
	Predicted       int                                 `json:"predicted"`
	Strict          rates                               `json:"strict"`
	Pair            rates                               `json:"pair"`
	EssentialRecall float64                             `json:"essential_recall"`
	Date            float64                             `json:"date"`
	Place           float64                             `json:"place"`
	Status          float64                             `json:"status"`
	ByRelation      map[entente.Relation]*relationTally `json:"by_relation"`
}

func newEvaluation(results []tally) evaluation {
	var t tally
	for _, r := range results {
		t.add(r)
	}
	return evaluation{
		Reports: len(results), Gold: t.gold, Predicted: t.pred,
		Strict:          ratesOf(results, func(t tally) int { return t.strict }),
		Pair:            ratesOf(results, func(t tally) int { return t.pair }),
		EssentialRecall: ratio(t.essentialFound, t.essential),
		Date:            ratio(t.date, t.strict), Place: ratio(t.place, t.strict), Status: ratio(t.status, t.strict),
		ByRelation: t.byRelation,
	}
}

func (s *session) printEvaluation(c *cli.Context, e evaluation, golds []goldSource, results []tally) error {
	var b strings.Builder
	for _, row := range []struct {
		name string
		rates
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
			writeMisses(&b, golds[i].name, t)
		}
	}
	_, err := io.WriteString(s.ui.out, b.String())
	return err
}

// byCount orders relations by their gold claims, most first.
func byCount(m map[entente.Relation]*relationTally) []entente.Relation {
	return slices.SortedFunc(maps.Keys(m), func(a, b entente.Relation) int {
		return cmp.Or(m[b].Gold-m[a].Gold, cmp.Compare(a, b))
	})
}

// writeMisses writes the claims of one report that were missed (-) or are false
// (+), each beside its sentence.
func writeMisses(b *strings.Builder, name string, t tally) {
	for _, c := range t.missed {
		fmt.Fprintf(b, "\n%s - %s %s %s  %s %s\n    %s\n", name, c.Subject, c.Relation, c.Object, orDash(c.Date), c.Status, oneLine(c.Evidence))
	}
	for _, p := range t.wrong {
		fmt.Fprintf(b, "\n%s + %s %s %s  %s %s\n    %s\n", name, p.Subject.Name, p.Relation, p.Object.Name, orDash(p.Date), p.Status, oneLine(p.Text))
	}
}
