package english

import (
	"math"
	"slices"
)

// learner is an averaged perceptron in training: sparse weights by feature
// hash and class.
type learner struct {
	classes int
	rows    map[uint64][]cell
	step    float64
}

// cell is the weight of one class and its sum over the steps so far.
type cell struct {
	class  uint8
	weight float32
	sum    float64
}

func newLearner(classes int) *learner {
	return &learner{classes: classes, rows: make(map[uint64][]cell, 1<<20)}
}

func (l *learner) score(features []uint64, scores []float32) {
	clear(scores)
	for _, f := range features {
		for _, c := range l.rows[f] {
			scores[c.class] += c.weight
		}
	}
}

// update moves the features towards class gold and away from class guess.
func (l *learner) update(features []uint64, gold, guess int) {
	for _, f := range features {
		l.rows[f] = l.add(l.add(l.rows[f], gold, 1), guess, -1)
	}
}

func (l *learner) add(cells []cell, class int, d float32) []cell {
	for i := range cells {
		if int(cells[i].class) == class {
			cells[i].weight += d
			cells[i].sum += l.step * float64(d)
			return cells
		}
	}
	return append(cells, cell{uint8(class), d, l.step * float64(d)})
}

// freeze returns the averaged weights, rounded to 8 bits; those that round to
// less than prune are dropped.
func (l *learner) freeze(prune int) *table {
	largest := 0.0
	for _, cells := range l.rows {
		for _, c := range cells {
			largest = max(largest, math.Abs(l.average(c)))
		}
	}
	scale := min(largest, 40) / 127
	var rows []row
	for f, cells := range l.rows {
		r := row{key: fingerprint(f)}
		for _, c := range cells {
			q := math.Round(l.average(c) / scale)
			if math.Abs(q) >= float64(max(prune, 1)) {
				r.class = append(r.class, c.class)
				r.weight = append(r.weight, int8(max(-127, min(127, q))))
			}
		}
		if len(r.class) > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, compareRows)
	return newTable(l.classes, rows)
}

func (l *learner) average(c cell) float64 { return float64(c.weight) - c.sum/l.step }

// compareRows orders rows by key, and those of one fingerprint by content, so
// that the order of a map never shows.
func compareRows(a, b row) int {
	if a.key != b.key {
		return int(int64(a.key) - int64(b.key))
	}
	if c := slices.Compare(a.class, b.class); c != 0 {
		return c
	}
	return slices.Compare(a.weight, b.weight)
}
