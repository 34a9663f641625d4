package when

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-kg/entente"
)

var (
	goldDir = flag.String("gold", "../../data/gold", "folder of gold reports")
	goldAll = flag.Bool("misses", false, "print each gold date that no expression gives")
)

// goldReport is a report of the gold with the dates of its claims.
type goldReport struct {
	Text   string
	Date   string
	Claims []struct{ Date, Evidence, Status string }
}

func readGold(t *testing.T) map[string]goldReport {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(*goldDir, "*", "*.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	reports := map[string]goldReport{}
	for _, path := range paths {
		var g goldReport
		for _, p := range []string{path, strings.Replace(path, ".gold.json", ".json", 1)} {
			raw, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, &g); err != nil {
				t.Fatalf("%s: %v", p, err)
			}
		}
		reports[filepath.Base(path)] = g
	}
	return reports
}

// candidates returns every date that the words of time of a text can give.
func candidates(text string, published entente.Date, last []entente.Date, future bool) map[string]bool {
	got := map[string]bool{}
	for _, e := range Find(text, entente.Span{End: len(text)}) {
		for _, l := range append(last, entente.Date{}) {
			got[e.Resolve(Context{Published: published, Last: l, Future: future}).EDTF] = true
		}
	}
	return got
}

// TestGold measures how many dates of the gold some expression of the evidence
// gives: an upper bound for what choosing among them can reach.
func TestGold(t *testing.T) {
	reports := readGold(t)
	if len(reports) == 0 {
		t.Skip("no gold reports in " + *goldDir)
	}
	dated, hit, near := 0, 0, 0
	for name, g := range reports {
		published := entente.Date{EDTF: g.Date}
		before := func(evidence string) (dates []entente.Date, text string) {
			at := max(0, strings.Index(g.Text, evidence))
			text = g.Text[max(0, at-600):at]
			for _, e := range Find(g.Text, entente.Span{End: at}) {
				dates = append(dates, e.Resolve(Context{Published: published}))
			}
			return dates[max(0, len(dates)-3):], text
		}
		for _, c := range g.Claims {
			if c.Date == "" {
				continue
			}
			dated++
			last, context := before(c.Evidence)
			own := candidates(c.Evidence, published, last, c.Status == "planned")
			around := candidates(context, published, last, c.Status == "planned")
			switch {
			case own[c.Date]:
				hit++
			case around[c.Date]:
				near++
			case *goldAll:
				t.Logf("%s %s (published %s, %s) not in %q", name, c.Date, g.Date, c.Status, c.Evidence)
			}
		}
	}
	t.Logf("%d gold dates: %d (%.1f %%) in the evidence, %d (%.1f %%) in the 600 bytes before", dated, hit, 100*float64(hit)/float64(dated), near, 100*float64(near)/float64(dated))
	if rate := float64(hit) / float64(dated); rate < 0.6 {
		t.Errorf("only %.2f of the gold dates can be read from their evidence", rate)
	}
}
