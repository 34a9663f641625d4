package main

import (
	"fmt"
	"math"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/queries"
)

// sparks are eight heights; what is 0 is a dot, so that a gap can be told from
// little.
var sparks = []rune("▁▂▃▄▅▆▇█")

// spark draws values, none below 0, as one sign each; top is as high as can be.
func spark(values []float64, top float64) string {
	var b strings.Builder
	for _, v := range values {
		if v <= 0 || top <= 0 {
			b.WriteRune('·')
			continue
		}
		i := int(math.Ceil(v/top*float64(len(sparks)))) - 1
		b.WriteRune(sparks[min(max(i, 0), len(sparks)-1)])
	}
	return b.String()
}

// diverging draws conflict to the left of a line and co-operation to its right,
// each at most width columns; what is there is at least one.
func diverging(conflict, cooperation, top float64, width int) string {
	length := func(v float64) int {
		if v <= 0 || top <= 0 {
			return 0
		}
		return min(max(int(math.Round(v/top*float64(width))), 1), width)
	}
	left, right := length(conflict), length(cooperation)
	return strings.Repeat(" ", width-left) + strings.Repeat("▒", left) + "│" + strings.Repeat("█", right)
}

// bar draws a number as a bar of at most width columns.
func bar(n, top, width int) string {
	if n <= 0 || top <= 0 || width <= 0 {
		return ""
	}
	return strings.Repeat("█", max(n*width/top, 1))
}

// A series is co-operation and conflict over time, in steps of equal length.
type series struct {
	cooperation, conflict []float64
	unit                  string // how long a step is
	first, last           string // the months from which to which
}

// units are the steps of a series, in months.
var units = []struct {
	name   string
	months int
}{{"a month", 1}, {"3 months", 3}, {"a year", 12}, {"5 years", 60}, {"10 years", 120}, {"100 years", 1200}}

// monthNumber counts months; a part by month that is apart has none.
func monthNumber(p queries.Part) (n int, ok bool) {
	first := entente.Date{EDTF: p.Key}.Earliest()
	return first.Year()*12 + int(first.Month()) - 1, !p.Apart && !first.IsZero()
}

// monthsOf returns the first and the last month of parts by month; ok is false
// where there is none.
func monthsOf(parts []queries.Part) (first, last int, ok bool) {
	for _, p := range parts {
		n, isMonth := monthNumber(p)
		switch {
		case !isMonth:
		case !ok:
			first, last, ok = n, n, true
		default:
			first, last = min(first, n), max(last, n)
		}
	}
	return first, last, ok
}

// seriesOf adds up parts by month from one month to another, in the shortest steps
// of which no more than width are needed.
func seriesOf(parts []queries.Part, first, last, width int) series {
	unit := units[len(units)-1]
	for _, u := range units {
		if floorDiv(last, u.months)-floorDiv(first, u.months)+1 <= width {
			unit = u
			break
		}
	}
	start := floorDiv(first, unit.months)
	n := floorDiv(last, unit.months) - start + 1
	s := series{cooperation: make([]float64, n), conflict: make([]float64, n), unit: unit.name, first: monthName(first), last: monthName(last)}
	for _, p := range parts {
		m, ok := monthNumber(p)
		if !ok || m < first || m > last {
			continue
		}
		i := floorDiv(m, unit.months) - start
		s.cooperation[i] += p.Cooperation
		s.conflict[i] += p.Conflict
	}
	return s
}

func floorDiv(a, b int) int { return int(math.Floor(float64(a) / float64(b))) }

func monthName(n int) string {
	return fmt.Sprintf("%04d-%02d", floorDiv(n, 12), n-12*floorDiv(n, 12)+1)
}

// top is the highest value of several series.
func top(all ...series) (t float64) {
	for _, s := range all {
		for i := range s.cooperation {
			t = max(t, s.cooperation[i], s.conflict[i])
		}
	}
	return t
}

// score writes a sum of intensities, which are halves.
func score(v float64) string { return fmt.Sprintf("%.1f", v) }

// balanceWord writes a balance with its sign, a dash where nothing is weighed.
func balanceWord(t queries.Tally) string {
	if t.Cooperation+t.Conflict == 0 {
		return "–"
	}
	return fmt.Sprintf("%+.2f", t.Balance)
}

// span writes from when to when claims are.
func span(t queries.Tally) string {
	switch {
	case t.First == "":
		return "undated"
	case t.First == t.Last:
		return t.First
	}
	return t.First + " to " + t.Last
}
