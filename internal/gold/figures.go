package gold

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	entente "github.com/entente-kg/entente"
)

// Figures are the measures over several reports. All intervals are 95 %
// bootstraps over reports.
type Figures struct {
	Reports   int `json:"reports"`
	Gold      int `json:"gold"`      // claims
	Predicted int `json:"predicted"` // claims of event relations

	Strict Rates `json:"strict"`
	Pair   Rates `json:"pair"`

	EssentialRecall Share `json:"essential_recall"`
	Date            Share `json:"date"` // of the strictly right claims, as Place and Status
	Place           Share `json:"place"`
	Status          Share `json:"status"`

	Slots     Share `json:"slots"` // actors of gold claims that a mention in the evidence sentence stands for
	Reach     Share `json:"reach"` // or one in the two sentences before
	Both      Share `json:"both"`  // gold claims with both actors in the evidence sentence
	BothReach Share `json:"both_in_reach"`
	Entities  Rates `json:"entities"`
	Offices   Rates `json:"offices"`
	Titles    Share `json:"titles"` // of the right offices

	Mentions    *Mentions    `json:"mentions,omitempty"`    // nil where gold has none
	Reliability *Reliability `json:"reliability,omitempty"` // nil where claims have no confidence

	ByRelation map[entente.Relation]*RelationTally `json:"by_relation"`
}

// Mentions are the measures of mentions: their spans, and the share of those of
// gold that stand for what gold says.
type Mentions struct {
	Spans    Rates          `json:"spans"`
	Ends     Rates          `json:"ends"` // of spans: a reader may mark the head of a nominal only
	Resolved Share          `json:"resolved"`
	ByForm   map[Form]Share `json:"by_form"`
}

// Rates are precision, recall and F1.
type Rates struct {
	Precision float64    `json:"precision"`
	Recall    float64    `json:"recall"`
	F1        float64    `json:"f1"`
	Interval  [2]float64 `json:"interval"` // of F1
	Count
}

// Share is a part of a whole; 0 of 0 is 0.
type Share struct {
	Share    float64    `json:"share"`
	Interval [2]float64 `json:"interval"`
	Right    int        `json:"right"`
	Of       int        `json:"of"`
}

// ratio is 0 where there is nothing to divide by.
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// f1 is the harmonic mean of precision and recall.
func (c Count) f1() float64 { return ratio(2*c.Right, c.Found+c.Gold) }

// value is the figure of a measure: F1 of those that can be found wrongly, else
// the share of gold that is right; ok is false where there is nothing to measure.
func (m measure) value(c Count) (value float64, ok bool) {
	switch m {
	case strict, pair, entities, offices, spans, ends:
		return c.f1(), c.Found+c.Gold > 0
	}
	return ratio(c.Right, c.Gold), c.Gold > 0
}

// Sum makes the figures over reports.
func Sum(reports []Tally) Figures {
	var t Tally
	for i := range reports {
		t.add(&reports[i])
	}
	b := draw(reports)
	rates := func(m measure) Rates {
		c := t.counts[m]
		return Rates{Precision: ratio(c.Right, c.Found), Recall: ratio(c.Right, c.Gold), F1: c.f1(), Interval: b.counts[m], Count: c}
	}
	share := func(m measure) Share {
		c := t.counts[m]
		return Share{Share: ratio(c.Right, c.Gold), Interval: b.counts[m], Right: c.Right, Of: c.Gold}
	}
	f := Figures{
		Reports: len(reports), Gold: t.Gold, Predicted: t.Pred,
		Strict: rates(strict), Pair: rates(pair), EssentialRecall: share(essential), Date: share(date), Place: share(place), Status: share(status),
		Slots: share(slots), Reach: share(reach), Both: share(both), BothReach: share(bothReach), Entities: rates(entities), Offices: rates(offices), Titles: share(titles),
		ByRelation: t.ByRelation,
	}
	if t.counts[spans].Gold > 0 {
		f.Mentions = &Mentions{Spans: rates(spans), Ends: rates(ends), Resolved: share(resolved), ByForm: map[Form]Share{}}
		for i, form := range Forms {
			f.Mentions.ByForm[form] = share(firstForm + measure(i))
		}
	}
	if t.Calibration.n() > 0 {
		f.Reliability = t.Calibration.table(b.ece)
	}
	return f
}

// resamples is how often the bootstrap draws.
const resamples = 1000

// intervals are those of every figure.
type intervals struct {
	counts [measures][2]float64
	ece    [2]float64
}

// draw makes the intervals: it draws as many reports as there are, a thousand
// times, with a seed of its own, so that the same reports give the same. A draw in
// which there is nothing to measure does not count.
func draw(reports []Tally) intervals {
	var out intervals
	if len(reports) == 0 {
		return out
	}
	var values [measures][]float64
	var eces []float64
	random := rand.New(rand.NewPCG(7, 7))
	for range resamples {
		var t Tally
		for range reports {
			t.addCounts(&reports[random.IntN(len(reports))])
		}
		for m := range measures {
			if v, ok := m.value(t.counts[m]); ok {
				values[m] = append(values[m], v)
			}
		}
		if t.Calibration.n() > 0 {
			eces = append(eces, t.Calibration.ece())
		}
	}
	for m := range measures {
		out.counts[m] = middle(values[m])
	}
	out.ece = middle(eces)
	return out
}

// middle returns the bounds of the middle 95 % of values, which it sorts; zeros
// where there are none.
func middle(values []float64) [2]float64 {
	if len(values) == 0 {
		return [2]float64{}
	}
	slices.SortFunc(values, cmp.Compare[float64])
	return [2]float64{values[len(values)*25/1000], values[len(values)*975/1000]}
}

// Calibration counts claims by tenths of their confidence.
type Calibration [10]struct {
	Claims, Right int
	Confidence    float64 // sum
}

// add counts a claim with a confidence; 0 is none.
func (c *Calibration) add(confidence float64, right bool) {
	if confidence <= 0 {
		return
	}
	bin := &c[min(int(confidence*10), 9)]
	bin.Claims++
	bin.Right += boolInt(right)
	bin.Confidence += confidence
}

func (c *Calibration) sum(d *Calibration) {
	for i := range c {
		c[i].Claims += d[i].Claims
		c[i].Right += d[i].Right
		c[i].Confidence += d[i].Confidence
	}
}

// n returns the number of claims.
func (c *Calibration) n() int {
	n := 0
	for _, bin := range c {
		n += bin.Claims
	}
	return n
}

// ece is the expected calibration error (Naeini, Cooper, Hauskrecht, 2015): how
// far confidence and share of right claims lie apart, on average over claims.
func (c *Calibration) ece() float64 {
	apart := 0.0
	for _, bin := range c {
		apart += math.Abs(bin.Confidence - float64(bin.Right))
	}
	return apart / float64(max(c.n(), 1))
}

// Reliability tells how far a confidence can be trusted.
type Reliability struct {
	ECE      float64    `json:"ece"` // expected calibration error
	Interval [2]float64 `json:"interval"`
	Tenths   []Tenth    `json:"tenths"` // those that have claims
}

// Tenth is a row of the reliability table.
type Tenth struct {
	From       float64 `json:"from"` // confidence, up to From + .1
	Claims     int     `json:"claims"`
	Confidence float64 `json:"confidence"` // mean
	Right      float64 `json:"right"`      // share
}

func (c *Calibration) table(interval [2]float64) *Reliability {
	r := &Reliability{ECE: c.ece(), Interval: interval}
	for i, bin := range c {
		if bin.Claims > 0 {
			n := float64(bin.Claims)
			r.Tenths = append(r.Tenths, Tenth{From: float64(i) / 10, Claims: bin.Claims, Confidence: bin.Confidence / n, Right: float64(bin.Right) / n})
		}
	}
	return r
}
