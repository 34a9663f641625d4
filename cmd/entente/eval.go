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
	"github.com/entente-kg/entente/internal/measure"
	"github.com/entente-kg/entente/loader"
)

func (s *session) evalCommand() *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Category:  keep,
		Usage:     "measure the reader against claims that people made",
		ArgsUsage: "GOLD_DIR…",
		UsageText: "entente eval data/gold --by-relation\n" +
			"entente eval --stories data/gold/stories",
		Description: "GOLD_DIR holds NN.json (title, publisher, date, text) and NN.gold.json (entities, claims, offices, mentions); several are pooled.\n" +
			"strict: relation, subject and object are right; pair: the two actors and the type of the relation are.\n" +
			"The intervals are 95 % bootstraps over reports. docs/eval.md says what each figure means.\n" +
			"--stories takes one folder that has an events.tsv too: B-cubed of entities and events, with intervals over stories; --misses\n" +
			"shows what is wrongly joined or parted.",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "by-relation", Usage: "show the counts of each relation"},
			&cli.BoolFlag{Name: "misses", Usage: "show each claim that was missed, and each that is false, with its sentence"},
			&cli.BoolFlag{Name: "mentions", Usage: "show each mention that was not resolved as gold says, with its line"},
			&cli.BoolFlag{Name: "oracles", Usage: "show instead how well it would read, were it told parts of gold (reports with mentions)"},
			&cli.BoolFlag{Name: "stories", Usage: "show instead how well reports that tell the same are put together"},
			&cli.StringFlag{Name: "only", Usage: "with --stories: only these `STORIES`, with commas"},
			&cli.BoolFlag{Name: "no-merge", Usage: "with --stories: without merge --auto, entities are one by their IDs"},
			&cli.StringFlag{Name: "pred", Usage: "write what was read to `FOLDER`, as NN.pred.jsonl"},
			&cli.BoolFlag{Name: "json", Aliases: []string{"j"}, Usage: "JSON"},
		},
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, -1); err != nil {
				return err
			}
			switch {
			case c.Bool("stories"):
				return s.showStories(c)
			case c.IsSet("only") || c.Bool("no-merge"):
				return wrongUsage(c, "--only and --no-merge go with --stories")
			}
			golds, err := readGold(c.Args().Slice())
			if err != nil {
				return err
			}
			if c.Bool("oracles") {
				return s.showOracles(c, golds)
			}
			tallies, err := s.evaluate(c.Context, golds, c.String("pred"))
			if err != nil {
				return err
			}
			show := evalShow{byRelation: c.Bool("by-relation"), misses: c.Bool("misses"), mentions: c.Bool("mentions")}
			if c.Bool("json") {
				return writeJSON(s.ui.out, show.json(golds, tallies))
			}
			_, err = io.WriteString(s.ui.out, show.text(golds, tallies))
			return err
		},
	}
}

// readGold reads the reports of several folders.
func readGold(dirs []string) ([]gold.Report, error) {
	var all []gold.Report
	for _, dir := range dirs {
		reports, err := gold.Read(dir)
		if err != nil {
			return nil, err
		}
		all = append(all, reports...)
	}
	return all, nil
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
	var tallies []gold.Tally
	for i := range golds {
		found, err := measure.Read(read, &golds[i])
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if err := writePredictions(predDir, golds[i].Name, found.Reading.Records()); err != nil {
			return nil, err
		}
		tally, err := golds[i].Measure(found)
		if err != nil {
			return nil, err
		}
		tallies = append(tallies, tally)
		bar.add(1)
	}
	return tallies, nil
}

// showOracles prints what the reader finds when it is told parts of gold, as a
// table in Markdown.
func (s *session) showOracles(c *cli.Context, golds []gold.Report) error {
	read, err := loader.New()
	if err != nil {
		return err
	}
	told, err := measure.Oracles(c.Context, read, golds)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(s.ui.out, told)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Reports with mentions: %d; claims: %d.\n\n", told[0].Reports, told[0].Gold)
	b.WriteString("| gold gives | precision | recall | strict F1 | 95 % interval | actor slots in reach | claims with both in reach |\n")
	b.WriteString("| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, o := range told {
		r := o.Strict
		fmt.Fprintf(&b, "| %s | %.3f | %.3f | %.3f | %.3f to %.3f | %.3f | %.3f |\n",
			o.Given, r.Precision, r.Recall, r.F1, r.Interval[0], r.Interval[1], o.Reach.Share, o.BothReach.Share)
	}
	_, err = io.WriteString(s.ui.out, b.String())
	return err
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

// evalShow says what to show beside the figures.
type evalShow struct{ byRelation, misses, mentions bool }

// evalReport is what went wrong in one report, as JSON.
type evalReport struct {
	Report  string           `json:"report"`
	Missed  []gold.Claim     `json:"missed,omitempty"`
	False   []entente.Record `json:"false,omitempty"`
	Misread []gold.Mention   `json:"misread,omitempty"`
}

func (show evalShow) json(golds []gold.Report, tallies []gold.Tally) any {
	out := struct {
		gold.Figures
		Misses []evalReport `json:"misses,omitempty"`
	}{Figures: gold.Sum(tallies)}
	for i, t := range tallies {
		r := evalReport{Report: golds[i].Name}
		if show.misses {
			r.Missed, r.False = t.Missed, t.Wrong
		}
		if show.mentions {
			r.Misread = t.Misread
		}
		if len(r.Missed)+len(r.False)+len(r.Misread) > 0 {
			out.Misses = append(out.Misses, r)
		}
	}
	return out
}

func (show evalShow) text(golds []gold.Report, tallies []gold.Tally) string {
	var b strings.Builder
	f := gold.Sum(tallies)
	writeFigures(&b, f)
	if show.byRelation {
		for _, r := range byCount(f.ByRelation) {
			n := f.ByRelation[r]
			fmt.Fprintf(&b, "  %-28s found %3d  predicted %3d  gold %3d\n", r, n.Found, n.Predicted, n.Gold)
		}
	}
	for i, t := range tallies {
		if show.misses {
			writeMisses(&b, golds[i].Name, t)
		}
		if show.mentions {
			writeMisread(&b, &golds[i], t.Misread)
		}
	}
	return b.String()
}

func writeFigures(b *strings.Builder, f gold.Figures) {
	writeRates(b, "strict", f.Strict)
	writeRates(b, "pair", f.Pair)
	writeShare(b, "essential recall", f.EssentialRecall)
	writeShare(b, "date, of matched", f.Date)
	writeShare(b, "place, of matched", f.Place)
	writeShare(b, "status, of matched", f.Status)
	writeShare(b, "actor slots in the sentence", f.Slots)
	writeShare(b, "actor slots in reach", f.Reach)
	writeShare(b, "both actors in the sentence", f.Both)
	writeShare(b, "both actors in reach", f.BothReach)
	writeRates(b, "entities", f.Entities)
	writeRates(b, "offices", f.Offices)
	writeShare(b, "title, of right offices", f.Titles)
	if m := f.Mentions; m != nil {
		writeRates(b, "spans", m.Spans)
		writeRates(b, "ends", m.Ends)
		writeShare(b, "mentions resolved", m.Resolved)
		for _, form := range gold.Forms {
			writeShare(b, "  "+string(form), m.ByForm[form])
		}
	}
	if r := f.Reliability; r != nil {
		fmt.Fprintf(b, "calibration error %.3f  [%.3f, %.3f]\n", r.ECE, r.Interval[0], r.Interval[1])
		for _, t := range r.Tenths {
			fmt.Fprintf(b, "  confidence %.1f to %.1f  mean %.2f  right %.2f  (%s)\n", t.From, t.From+.1, t.Confidence, t.Right, count(t.Claims, "claim"))
		}
	}
}

func writeRates(b *strings.Builder, name string, r gold.Rates) {
	fmt.Fprintf(b, "%-8s precision %.3f  recall %.3f  F1 %.3f  [%.3f, %.3f]  (%d of %d gold, %d predicted)\n",
		name, r.Precision, r.Recall, r.F1, r.Interval[0], r.Interval[1], r.Right, r.Gold, r.Found)
}

func writeShare(b *strings.Builder, name string, s gold.Share) {
	fmt.Fprintf(b, "%-28s %.3f  [%.3f, %.3f]  (%d of %d)\n", name, s.Share, s.Interval[0], s.Interval[1], s.Right, s.Of)
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

// writeMisread writes the mentions of one report that were not resolved as gold
// says, each between what stands before and after it.
func writeMisread(b *strings.Builder, g *gold.Report, misread []gold.Mention) {
	const around = 60
	for _, m := range misread {
		from, to := max(0, m.Start-around), min(len(g.Text), m.End+around)
		line := strings.ToValidUTF8(g.Text[from:m.Start]+"["+m.Text+"]"+g.Text[m.End:to], "")
		fmt.Fprintf(b, "\n%s %s %s = %s\n    %s\n", g.Name, g.FormOf(m), m.Text, strings.Join(m.Entities, " + "), oneLine(line))
	}
}
