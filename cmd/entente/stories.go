package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/internal/stories"
	"github.com/entente-kg/entente/loader"
)

// showStories prints how well the reports of a folder of stories are put
// together.
func (s *session) showStories(c *cli.Context) error {
	if err := needArgs(c, 1, 1); err != nil {
		return err
	}
	f, err := measureStories(c.Context, c.Args().First(), c.String("only"), stories.Options{NoMerge: c.Bool("no-merge")})
	if err != nil {
		return err
	}
	misses := c.Bool("misses")
	if c.Bool("json") {
		if !misses {
			f.EntityFaults, f.EventFaults = nil, nil
		}
		return writeJSON(s.ui.out, f)
	}
	_, err = io.WriteString(s.ui.out, storiesText(f, misses))
	return err
}

// measureStories measures a folder: all its stories, or those whose names stand
// in only, with commas.
func measureStories(ctx context.Context, dir, only string, o stories.Options) (stories.Figures, error) {
	golds, err := gold.Read(dir)
	if err != nil {
		return stories.Figures{}, err
	}
	tellings, err := gold.ReadTellings(dir, golds)
	if err != nil {
		return stories.Figures{}, err
	}
	if only != "" {
		if golds, tellings, err = gold.Only(golds, tellings, strings.Split(only, ",")); err != nil {
			return stories.Figures{}, err
		}
	}
	read, err := loader.New()
	if err != nil {
		return stories.Figures{}, err
	}
	return stories.Measure(ctx, read, golds, tellings, o)
}

func storiesText(f stories.Figures, misses bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s; %s\n", count(f.Reports, "report"), count(f.Stories, "story"), count(f.Merges, "merge"))
	writeBCubed(&b, "entities", f.Entities)
	writeBCubed(&b, "  persons", f.Persons)
	writeBCubed(&b, "  agreements", f.Agreements)
	writeBCubed(&b, "events", f.Events)
	r := f.Contested
	fmt.Fprintf(&b, "%-13s precision %.3f  recall %.3f  F1 %.3f  (%d of %d events, %d shown)\n", "contested", r.Precision, r.Recall, r.F1, r.Right, r.Gold, r.Found)
	if misses {
		writeFaults(&b, "entities", f.EntityFaults)
		writeFaults(&b, "events", f.EventFaults)
	}
	return b.String()
}

func writeBCubed(b *strings.Builder, name string, r gold.BCubed) {
	fmt.Fprintf(b, "%-13s precision %.3f  recall %.3f  F1 %.3f  [%.3f, %.3f]  (%d of %d found)\n",
		name, r.Precision, r.Recall, r.F1, r.Interval[0], r.Interval[1], r.Items, r.Of)
}

// writeFaults writes a line for each wrong pair: what gold calls both, and what
// each is in its report.
func writeFaults(b *strings.Builder, name string, faults []gold.Fault) {
	for _, f := range faults {
		how := "parted"
		if f.Joined {
			how = "joined"
		}
		fmt.Fprintf(b, "\n%s wrongly %s, %s\n", name, how, count(f.Pairs, "pair"))
		for _, i := range []gold.Item{f.A, f.B} {
			fmt.Fprintf(b, "    %-6s %-40s %s  (%s)\n", i.Report, i.Gold, i.What, i.Read)
		}
	}
}
