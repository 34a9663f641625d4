package english

import (
	"cmp"
	"math"
	"slices"
)

// learner is an averaged perceptron in training (Freund, Schapire, 1999;
// Collins, 2002): sparse weights by feature hash and class. The cells of a
// feature lie together in one arena, so that looking a feature up costs two
// cache misses and leaves no garbage. Weights are whole numbers: nothing is
// rounded before the end, and the order of sums never shows.
type learner struct {
	classes int
	step    int64 // updates are averaged over the steps
	slots   []slot
	used    int
	cells   []cell
}

// slot is the place of one feature in the arena; key 0 is a free slot.
type slot struct {
	key       uint64
	start     uint32
	count, up uint16 // cells in use, and room for
}

// cell is the weight of one class, and its sum of changes times step.
type cell struct {
	sum    int64
	weight int32
	class  uint8
}

func newLearner(classes int) *learner {
	return &learner{classes: classes, slots: make([]slot, 1<<20)}
}

// find returns the slot of a feature, or the free one where it belongs.
func (l *learner) find(f uint64) *slot {
	mask := uint64(len(l.slots) - 1)
	for p := (f >> 20) & mask; ; p = (p + 1) & mask {
		if s := &l.slots[p]; s.key == f || s.key == 0 {
			return s
		}
	}
}

// score sets scores to the sum of the weights of the features, by class.
func (l *learner) score(features []uint64, scores []int32) {
	clear(scores)
	for _, f := range features {
		s := l.find(f)
		for _, c := range l.cells[s.start : s.start+uint32(s.count)] {
			scores[c.class] += c.weight
		}
	}
}

// update moves the features towards class gold and away from class guess.
func (l *learner) update(features []uint64, gold, guess int) {
	for _, f := range features {
		l.add(f, gold, 1)
		l.add(f, guess, -1)
	}
}

func (l *learner) add(f uint64, class int, d int32) {
	s := l.find(f)
	if s.key == 0 {
		if l.used*3 > len(l.slots)*2 {
			l.grow()
			s = l.find(f)
		}
		l.used++
		*s = slot{key: f, start: uint32(len(l.cells)), up: 2}
		l.cells = append(l.cells, cell{}, cell{})
	}
	cells := l.cells[s.start : s.start+uint32(s.count)]
	for i := range cells {
		if int(cells[i].class) == class {
			cells[i].weight += d
			cells[i].sum += l.step * int64(d)
			return
		}
	}
	if s.count == s.up {
		l.move(s)
	}
	l.cells[s.start+uint32(s.count)] = cell{sum: l.step * int64(d), weight: d, class: uint8(class)}
	s.count++
}

// move gives a feature twice the room at the end of the arena.
func (l *learner) move(s *slot) {
	start := uint32(len(l.cells))
	l.cells = append(l.cells, l.cells[s.start:s.start+uint32(s.count)]...)
	l.cells = append(l.cells, make([]cell, s.up)...)
	s.start, s.up = start, 2*s.up
}

func (l *learner) grow() {
	old := l.slots
	l.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.key != 0 {
			*l.find(s.key) = s
		}
	}
}

// average returns the mean of a weight over all steps.
func (l *learner) average(c cell) float64 {
	return float64(c.weight) - float64(c.sum)/float64(max(l.step, 1))
}

// freeze returns the averaged weights, rounded to 8 bits; those that round to
// less than prune are dropped.
func (l *learner) freeze(prune int) *table {
	const clip = 40.0 // larger weights are rare and say no more than this
	largest := 0.0
	for _, s := range l.slots {
		for _, c := range l.cells[s.start : s.start+uint32(s.count)] {
			largest = max(largest, math.Abs(l.average(c)))
		}
	}
	scale := min(largest, clip) / 127
	var rows []row
	for _, s := range l.slots {
		r := row{key: fingerprint(s.key), feature: s.key}
		for _, c := range l.cells[s.start : s.start+uint32(s.count)] {
			q := math.Round(l.average(c) / scale)
			if math.Abs(q) >= float64(max(prune, 1)) {
				r.cells = append(r.cells, tableCell{c.class, int8(max(-127, min(127, q)))})
			}
		}
		if len(r.cells) > 0 {
			rows = append(rows, r)
		}
	}
	sortRows(rows)
	return newTable(l.classes, slices.CompactFunc(rows, func(a, b row) bool { return a.key == b.key }))
}

// sortRows orders rows by key, and those that share one by feature.
func sortRows(rows []row) {
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.feature, b.feature))
	})
}
