package gold

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
)

// scoreFolder scores the NN.pred.jsonl of a folder.
func scoreFolder(t *testing.T, goldDir, predDir string) (Figures, []Tally) {
	t.Helper()
	golds, err := Read(goldDir)
	if err != nil {
		t.Fatal(err)
	}
	var results []Tally
	for _, g := range golds {
		text, err := os.ReadFile(filepath.Join(predDir, g.Name+".pred.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		var preds []entente.Record
		for line := range strings.Lines(string(text)) {
			var r entente.Record
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			preds = append(preds, r)
		}
		results = append(results, g.Score(preds))
	}
	return Sum(results), results
}

// TestScore holds the port equal to score.py: the wanted figures are what that
// program prints for testdata/gold and testdata/pred.
func TestScore(t *testing.T) {
	e, results := scoreFolder(t, "../../cmd/entente/testdata/gold", "testdata/pred")
	got := fmt.Sprintf("strict %.3f %.3f %.3f (%d) pair %.3f %.3f %.3f (%d) of %d, %d predicted; essential %.3f date %.3f place %.3f status %.3f",
		e.Strict.Precision, e.Strict.Recall, e.Strict.F1, e.Strict.Right, e.Pair.Precision, e.Pair.Recall, e.Pair.F1, e.Pair.Right,
		e.Gold, e.Predicted, e.EssentialRecall.Share, e.Date.Share, e.Place.Share, e.Status.Share)
	want := "strict 0.500 0.727 0.593 (8) pair 0.562 0.818 0.667 (9) of 11, 16 predicted; essential 0.778 date 0.750 place 0.875 status 0.750"
	if got != want {
		t.Errorf("scores:\n got %s\nwant %s", got, want)
	}
	byRelation := map[entente.Relation]RelationTally{}
	for r, n := range e.ByRelation {
		byRelation[r] = *n
	}
	wantBy := map[entente.Relation]RelationTally{
		"signed": {1, 2, 2}, "negotiated_with": {2, 2, 2}, "met": {1, 3, 1}, "visited": {1, 1, 1}, "accused": {1, 3, 1}, "threatened": {1, 1, 1},
		"rejected": {0, 1, 1}, "mediated": {1, 1, 1}, "supported": {0, 0, 1}, "hosted": {0, 1, 0}, "requested": {0, 1, 0},
	}
	if diff := cmp.Diff(wantBy, byRelation); diff != "" {
		t.Errorf("by relation (- want, + got):\n%s", diff)
	}
	for _, r := range []Rates{e.Strict, e.Pair} {
		if r.Interval[0] > r.F1 || r.F1 > r.Interval[1] || r.Interval[0] == r.Interval[1] {
			t.Errorf("interval %v does not hold F1 %.3f", r.Interval, r.F1)
		}
	}
	var missed, wrong int
	for _, r := range results {
		missed, wrong = missed+len(r.Missed), wrong+len(r.Wrong)
	}
	if missed != 11-8 || wrong != 16-8 {
		t.Errorf("%d missed and %d false, want 3 and 8", missed, wrong)
	}
}

func TestScoreOfNothing(t *testing.T) {
	e := Sum(nil)
	if e.Strict.F1 != 0 || e.EssentialRecall.Share != 0 {
		t.Errorf("Sum(nil) = %+v, want zeros", e)
	}
}

func TestFoldName(t *testing.T) {
	for name, want := range map[string]string{
		"The Côte d’Ivoire": "cote d'ivoire", "José  Peña": "jose pena", "Kim Jong-un": "kim jong un", "a An": "an", "북한": "", "U.S.": "u s",
	} {
		if got := foldName(name); got != want {
			t.Errorf("foldName(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestScoringFile holds data/scoring.txt to its format: folded names, none of
// two states.
func TestScoringFile(t *testing.T) {
	r, err := newRules()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.same) == 0 || len(r.sorts) == 0 || len(r.spellings) == 0 || len(r.link) == 0 || len(r.pronoun) == 0 || len(r.determiner) == 0 || len(r.stop) == 0 {
		t.Errorf("scoring.txt: a list is empty: %+v", r)
	}
	for name, all := range r.same {
		if !slices.Contains(all, name) {
			t.Errorf("scoring.txt: %q stands in two lines", name)
		}
		if foldName(name) != name && name != "the gambia" { // score.py has it so
			t.Errorf("scoring.txt: %q is not folded: %q", name, foldName(name))
		}
	}
}

func TestScoringErrors(t *testing.T) {
	for _, text := range []string{"same russia", "other | a b", "sort | pact", "link to | of", "same x | a"} {
		if _, err := readRules("# head\n" + text); err == nil || !strings.HasPrefix(err.Error(), "scoring.txt:2: ") {
			t.Errorf("readRules(%q) = %v, want an error with the line", text, err)
		}
	}
}
