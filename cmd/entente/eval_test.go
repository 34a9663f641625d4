package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/internal/stories"
)

// goldFolders returns the folders at and below data/gold that hold gold reports;
// until there are any, the three reports of the scorer.
func goldFolders(t *testing.T) []string {
	t.Helper()
	root := filepath.Join("..", "..", "data", "gold")
	var dirs []string
	for _, pattern := range []string{"*.gold.json", filepath.Join("*", "*.gold.json")} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			dirs = append(dirs, filepath.Dir(file))
		}
	}
	if len(dirs) == 0 {
		return []string{filepath.Join("testdata", "gold")}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// TestEval holds the figures of the reader to testdata/eval.golden. Better ones
// fail like worse ones, so that the file always says how well it reads.
func TestEval(t *testing.T) {
	const golden = "testdata/eval.golden"
	got := evalSummary(t, goldFolders(t))
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if why := compareSummaries(string(want), got); why != "" {
		t.Error(why)
	}
}

// evalSummary is what "eval --by-relation" prints for each folder.
func evalSummary(t *testing.T, dirs []string) string {
	t.Helper()
	var b strings.Builder
	for _, dir := range dirs {
		golds, err := readGold([]string{dir})
		if err != nil {
			t.Fatal(err)
		}
		tallies, err := testSession().evaluate(context.Background(), golds, "")
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(filepath.ToSlash(dir), "../../")
		fmt.Fprintf(&b, "%s: %d reports\n%s\n", name, len(golds), evalShow{byRelation: true}.text(golds, tallies))
	}
	return b.String()
}

// TestStories holds the figures across reports to testdata/stories.golden, as
// TestEval does: of the stories that were looked at when the rules were made, and
// of those that were not.
func TestStories(t *testing.T) {
	const golden = "testdata/stories.golden"
	var b strings.Builder
	for _, half := range []struct{ name, stories string }{
		{"looked at", "s01,s02,s03,s04,s05,s06"}, {"kept aside", "s07,s08,s09,s10,s11,s12"},
	} {
		for _, o := range []stories.Options{{NoMerge: true}, {}} {
			f, err := measureStories(context.Background(), filepath.Join("..", "..", "data", "gold", "stories"), half.stories, o)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s, merged: %v\n%s\n", half.name, !o.NoMerge, storiesText(f, false))
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if why := compareSummaries(string(want), b.String()); why != "" {
		t.Error(why)
	}
}

// compareSummaries says how two summaries differ, "" where they do not.
func compareSummaries(want, got string) string {
	if want == got {
		return ""
	}
	return "the figures of the reader have changed; look, then run with -update (- golden file, + now):\n" + cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n"))
}

// TestEvalBothWays: a summary with one figure better, or one worse, is not the
// same.
func TestEvalBothWays(t *testing.T) {
	golds, err := readGold([]string{"testdata/gold"})
	if err != nil {
		t.Fatal(err)
	}
	summary := func(strict int) string {
		tallies := make([]gold.Tally, len(golds))
		for i := range golds {
			tallies[i] = golds[i].Score(nil)
		}
		tallies[0].ByRelation["signed"].Found = strict
		return evalShow{byRelation: true}.text(golds, tallies)
	}
	usual := summary(1)
	if why := compareSummaries(usual, summary(1)); why != "" {
		t.Errorf("compareSummaries of equal summaries = %q, want none", why)
	}
	for _, other := range []int{0, 2} {
		if why := compareSummaries(usual, summary(other)); !strings.Contains(why, "-update") || !strings.Contains(why, "signed") {
			t.Errorf("compareSummaries with %d found = %q, want the line that differs and how to go on", other, why)
		}
	}
}

func TestEvalRepeats(t *testing.T) {
	if a, b := evalSummary(t, []string{"testdata/gold"}), evalSummary(t, []string{"testdata/gold"}); a != b {
		t.Errorf("two runs of eval differ:\n%s", cmp.Diff(a, b))
	}
}
