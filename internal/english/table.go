package english

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// A table holds the weights of a perceptron: for each feature, by a 32-bit
// fingerprint of its hash, the classes that it speaks for and how strongly, in
// 8 bits. Open addressing over slots; a feature that is not there costs one
// cache miss, one that is two.
type table struct {
	classes  int
	features int
	mask     uint32
	slots    []tableSlot
	cells    []tableCell
}

// tableSlot says where the cells of a feature begin; key 0 is a free slot.
type tableSlot struct{ key, start uint32 }

// tableCell is the weight of a class. The first cell of a feature holds in
// class how many follow.
type tableCell struct {
	class  uint8
	weight int8
}

// A row is one feature of a table.
type row struct {
	key     uint32
	feature uint64 // in training, what key is cut from
	cells   []tableCell
}

// newTable builds a table from rows, sorted by key, without duplicates.
func newTable(classes int, rows []row) *table {
	size := uint32(2)
	for int(size) < len(rows)*3/2+1 {
		size <<= 1
	}
	total := len(rows)
	for _, r := range rows {
		total += len(r.cells)
	}
	t := &table{
		classes: classes, features: len(rows), mask: size - 1,
		slots: make([]tableSlot, size), cells: make([]tableCell, 0, total),
	}
	for _, r := range rows {
		p := slotOf(r.key) & t.mask
		for t.slots[p].key != 0 {
			p = (p + 1) & t.mask
		}
		t.slots[p] = tableSlot{r.key, uint32(len(t.cells))}
		t.cells = append(t.cells, tableCell{class: uint8(len(r.cells))})
		t.cells = append(t.cells, r.cells...)
	}
	return t
}

// score sets scores to the sum of the weights of the features, by class.
func (t *table) score(features []uint64, scores []int32) {
	clear(scores)
	for _, h := range features {
		key := fingerprint(h)
		for p := slotOf(key) & t.mask; ; p = (p + 1) & t.mask {
			s := t.slots[p]
			if s.key == key {
				for _, c := range t.at(s.start) {
					scores[c.class] += int32(c.weight)
				}
				break
			}
			if s.key == 0 {
				break
			}
		}
	}
}

// at returns the cells of the feature that begins at start.
func (t *table) at(start uint32) []tableCell {
	return t.cells[start+1 : start+1+uint32(t.cells[start].class)]
}

// rows returns the features in order of their keys.
func (t *table) rows() []row {
	rows := make([]row, 0, t.features)
	for _, s := range t.slots {
		if s.key != 0 {
			rows = append(rows, row{key: s.key, cells: t.at(s.start)})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	return rows
}

// append writes the table in columns, which compress better than rows: number
// of classes and of features, then differences of keys, numbers of cells,
// classes, weights.
func (t *table) append(b []byte) []byte {
	rows := t.rows()
	b = binary.AppendUvarint(b, uint64(t.classes))
	b = binary.AppendUvarint(b, uint64(len(rows)))
	last := uint32(0)
	for _, r := range rows {
		b = binary.AppendUvarint(b, uint64(r.key-last))
		last = r.key
	}
	for _, r := range rows {
		b = append(b, byte(len(r.cells)))
	}
	for _, r := range rows {
		for _, c := range r.cells {
			b = append(b, c.class)
		}
	}
	for _, r := range rows {
		for _, c := range r.cells {
			b = append(b, byte(c.weight))
		}
	}
	return b
}

// table reads what append wrote.
func (d *decoder) table() *table {
	classes, rows := d.int(), make([]row, d.count())
	last := uint32(0)
	for i := range rows {
		step := uint32(d.int())
		if step == 0 || last+step < last {
			d.fail("table: keys out of order")
		}
		last += step
		rows[i].key = last
	}
	counts := d.bytes(len(rows))
	total := 0
	for _, c := range counts {
		total += int(c)
	}
	class, weight := d.bytes(total), d.bytes(total)
	if d.err != nil {
		return newTable(classes, nil)
	}
	cells := make([]tableCell, total)
	for i := range cells {
		if int(class[i]) >= classes {
			d.fail("table: class out of range")
		}
		cells[i] = tableCell{class[i], int8(weight[i])}
	}
	for i, c := range counts {
		rows[i].cells, cells = cells[:c], cells[c:]
	}
	return newTable(classes, rows)
}
