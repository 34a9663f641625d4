package main

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
)

// measure reads each report with the judge that has not learnt from it.
type measure struct {
	reports []*report
	frames  *event.Frames
	judges  []*event.Judge // by fold
}

// best returns the highest threshold whose F1 comes within slack of the highest:
// of two that find as much, the one that tells less that is false.
func (m *measure) best() float64 {
	const slack = 0.005
	type row struct{ threshold, f1 float64 }
	var rows []row
	top := 0.0
	for th := 0.12; th < 0.37; th += 0.03 {
		var t gold.Tally
		for _, x := range m.scores(th) {
			t.Gold, t.Pred, t.Strict = t.Gold+x.tally.Gold, t.Pred+x.tally.Pred, t.Strict+x.tally.Strict
		}
		rows = append(rows, row{th, f1(t)})
		top = max(top, f1(t))
	}
	best := 0.0
	for _, r := range rows {
		if r.f1 >= top-slack {
			best = r.threshold
		}
	}
	return best
}

func f1(t gold.Tally) float64 { return 2 * float64(t.Strict) / float64(max(t.Pred+t.Gold, 1)) }

// scored is a report as the judge reads it that has not learnt from it.
type scored struct {
	*report
	tally   gold.Tally
	records []entente.Record
}

// scores reads the reports, on every core.
func (m *measure) scores(threshold float64) []scored {
	out := make([]scored, len(m.reports))
	for n, r := range m.reports {
		out[n].report = r
	}
	var wg sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for c := range cores {
		wg.Go(func() {
			for n := c; n < len(out); n += cores {
				m.score(&out[n], threshold)
			}
		})
	}
	wg.Wait()
	return out
}

func (m *measure) score(s *scored, threshold float64) {
	j := *m.judges[s.fold()]
	j.Threshold = threshold
	claims, _ := m.frames.Claims(s.doc, &j)
	for _, c := range claims {
		s.records = append(s.records, entente.NewRecord(c, s.doc.Report.Text, s.doc.Names.Entity))
	}
	s.tally = s.Score(s.records)
}

// tallies returns those of the reports of one folder, of all for "".
func tallies(all []scored, dir string) []gold.Tally {
	var out []gold.Tally
	for _, s := range all {
		if dir == "" || s.dir == dir {
			out = append(out, s.tally)
		}
	}
	return out
}

// figures prints the figures of one folder, of all for "".
func figures(all []scored, dir string) {
	f := gold.Sum(tallies(all, dir))
	fmt.Printf("%-30s strict P %.3f R %.3f F1 %.3f [%.3f, %.3f]  date %.3f  status %.3f  (%d reports, %d claims)\n", cmp.Or(dir, "all"),
		f.Strict.Precision, f.Strict.Recall, f.Strict.F1, f.Strict.Interval[0], f.Strict.Interval[1], f.Date.Share, f.Status.Share, f.Reports, f.Gold)
}

// calibrate gives every judge the scale and shift that make the confidence of
// the claims above the threshold right, and returns them: logistic regression in
// one feature, by Newton's method.
func (m *measure) calibrate(threshold float64) (scale, shift float64) {
	var x, y []float64
	for _, s := range m.scores(threshold) {
		wrong := map[entente.ClaimID]bool{}
		for _, w := range s.tally.Wrong {
			wrong[w.ID] = true
		}
		for _, c := range s.records {
			x = append(x, math.Log(c.Confidence/(1-c.Confidence)))
			if wrong[c.ID] {
				y = append(y, 0)
			} else {
				y = append(y, 1)
			}
		}
	}
	scale = 1
	for range 20 {
		var g0, g1, h00, h01, h11 float64
		for i := range x {
			p := 1 / (1 + math.Exp(-(shift + scale*x[i])))
			w := p * (1 - p)
			g0, g1 = g0+p-y[i], g1+(p-y[i])*x[i]
			h00, h01, h11 = h00+w, h01+w*x[i], h11+w*x[i]*x[i]
		}
		d := h00*h11 - h01*h01
		shift, scale = shift-(h11*g0-h01*g1)/d, scale-(h00*g1-h01*g0)/d
	}
	for _, j := range m.judges {
		j.Scale, j.Shift = scale, shift
	}
	return scale, shift
}

// calibration prints, by tenths of confidence, how many claims are right.
func calibration(all []scored) {
	r := gold.Sum(tallies(all, "")).Reliability
	fmt.Println("confidence  claims  right")
	for _, row := range r.Tenths {
		fmt.Printf("%.1f to %.1f  %6d  %.3f\n", row.From, row.From+0.1, row.Claims, row.Right)
	}
	fmt.Printf("expected calibration error %.3f [%.3f, %.3f]\n", r.ECE, r.Interval[0], r.Interval[1])
}

// mistakes lists what was missed (-) and what is false (+), each beside its
// sentence.
func mistakes(all []scored) string {
	var b strings.Builder
	for _, s := range all {
		for _, c := range s.tally.Missed {
			fmt.Fprintf(&b, "%s - %s | %s | %s\n    %s\n", s.Name, c.Subject, c.Relation, c.Object, squeeze(c.Evidence))
		}
		for _, c := range s.tally.Wrong {
			fmt.Fprintf(&b, "%s + %s | %s | %s  %.2f\n    %s\n", s.Name, c.Subject.Name, c.Relation, c.Object.Name, c.Confidence, squeeze(c.Text))
		}
	}
	return b.String()
}
