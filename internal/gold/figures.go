package gold

import (
	"cmp"
	"math/rand/v2"
	"slices"

	entente "github.com/entente-kg/entente"
)

// Figures are the measures over several reports. Date, Place and Status are the
// shares of the matched claims where they are right.
type Figures struct {
	Reports         int                                 `json:"reports"`
	Gold            int                                 `json:"gold"`
	Predicted       int                                 `json:"predicted"`
	Strict          Rates                               `json:"strict"`
	Pair            Rates                               `json:"pair"`
	EssentialRecall float64                             `json:"essential_recall"`
	Date            float64                             `json:"date"`
	Place           float64                             `json:"place"`
	Status          float64                             `json:"status"`
	ByRelation      map[entente.Relation]*RelationTally `json:"by_relation"`
}

// Sum makes the figures over reports.
func Sum(reports []Tally) Figures {
	var t Tally
	for _, r := range reports {
		t.add(r)
	}
	return Figures{
		Reports: len(reports), Gold: t.Gold, Predicted: t.Pred,
		Strict:          ratesOf(reports, func(t Tally) int { return t.Strict }),
		Pair:            ratesOf(reports, func(t Tally) int { return t.Pair }),
		EssentialRecall: ratio(t.EssentialFound, t.Essential),
		Date:            ratio(t.Date, t.Strict), Place: ratio(t.Place, t.Strict), Status: ratio(t.Status, t.Strict),
		ByRelation: t.ByRelation,
	}
}

// Rates are precision, recall and F1 with its 95 % bootstrap interval over
// reports.
type Rates struct {
	Precision float64    `json:"precision"`
	Recall    float64    `json:"recall"`
	F1        float64    `json:"f1"`
	Interval  [2]float64 `json:"interval"`
	Found     int        `json:"found"`
}

func newRates(found, pred, gold int) Rates {
	r := Rates{Precision: ratio(found, pred), Recall: ratio(found, gold), Found: found}
	if sum := r.Precision + r.Recall; sum > 0 {
		r.F1 = 2 * r.Precision * r.Recall / sum
	}
	return r
}

// ratio is 0 where there is nothing to divide by.
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// resamples is how often the bootstrap draws.
const resamples = 1000

// ratesOf sums one count over reports. The draws come from a seed of their own,
// so the same reports give the same interval.
func ratesOf(reports []Tally, found func(Tally) int) Rates {
	sum := func(pick func(i int) Tally) Rates {
		var tp, pred, gold int
		for i := range reports {
			t := pick(i)
			tp, pred, gold = tp+found(t), pred+t.Pred, gold+t.Gold
		}
		return newRates(tp, pred, gold)
	}
	whole := sum(func(i int) Tally { return reports[i] })
	if len(reports) == 0 {
		return whole
	}
	draw := rand.New(rand.NewPCG(7, 7))
	f1s := make([]float64, resamples)
	for n := range f1s {
		f1s[n] = sum(func(int) Tally { return reports[draw.IntN(len(reports))] }).F1
	}
	slices.SortFunc(f1s, cmp.Compare[float64])
	whole.Interval = [2]float64{f1s[resamples*25/1000], f1s[resamples*975/1000]}
	return whole
}
