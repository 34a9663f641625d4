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

// newTable builds a table from rows, without duplicates.
func newTable(classes int, rows []row) *table {
	total := len(rows)
	for _, r := range rows {
		total += len(r.cells)
	}
	t := emptyTable(classes, len(rows), total)
	for _, r := range rows {
		t.open(r.key, len(r.cells))
		t.cells = append(t.cells, r.cells...)
	}
	return t
}

// emptyTable returns a table with room for so many features and cells.
func emptyTable(classes, features, cells int) *table {
	return &table{classes: classes, features: features, slots: make([]tableSlot, features*3/2+2), cells: make([]tableCell, 0, cells)}
}

// open begins a feature, whose n cells are to be appended.
func (t *table) open(key uint32, n int) {
	p := t.home(key)
	for t.slots[p].key != 0 {
		p = t.next(p)
	}
	t.slots[p] = tableSlot{key, uint32(len(t.cells))}
	t.cells = append(t.cells, tableCell{class: uint8(n)})
}

// score sets scores to the sum of the weights of the features, by class.
func (t *table) score(features []uint64, scores []int32) {
	clear(scores)
	for _, h := range features {
		key := fingerprint(h)
		for p := t.home(key); ; p = t.next(p) {
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

// home returns the slot where the search for a key begins: the slots, of any
// number, share the range of hashes (Lemire, 2019).
func (t *table) home(key uint32) int { return int(uint64(slotOf(key)) * uint64(len(t.slots)) >> 32) }

func (t *table) next(p int) int {
	if p++; p < len(t.slots) {
		return p
	}
	return 0
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
	classes, keys := d.int(), make([]uint32, d.count())
	last := uint32(0)
	for i := range keys {
		step := uint32(d.int())
		if step == 0 || last+step < last {
			d.fail("table: keys out of order")
		}
		last += step
		keys[i] = last
	}
	counts := d.bytes(len(keys))
	total := 0
	for _, c := range counts {
		total += int(c)
	}
	class, weight := d.bytes(total), d.bytes(total)
	if d.err != nil {
		return emptyTable(classes, 0, 0)
	}
	t := emptyTable(classes, len(keys), len(keys)+total)
	at := 0
	for i, c := range counts {
		t.open(keys[i], int(c))
		for end := at + int(c); at < end; at++ {
			if int(class[at]) >= classes {
				d.fail("table: class out of range")
			}
			t.cells = append(t.cells, tableCell{class[at], int8(weight[at])})
		}
	}
	return t
}
