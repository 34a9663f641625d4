package english

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// A table holds the weights of a perceptron: for each feature, by a 32-bit
// fingerprint of its hash, the classes that it speaks for and how strongly.
// Open addressing; weights are 8-bit.
type table struct {
	classes int
	mask    uint32
	keys    []uint32 // 0 = free
	starts  []uint32
	counts  []uint8
	class   []uint8
	weight  []int8
}

// A row is one feature of a table.
type row struct {
	key    uint32
	class  []uint8
	weight []int8
}

// newTable builds a table from rows sorted by key; of rows that share a
// fingerprint the first is kept.
func newTable(classes int, rows []row) *table {
	size := uint32(1)
	for int(size) < len(rows)*3/2+1 {
		size <<= 1
	}
	t := &table{classes: classes, mask: size - 1, keys: make([]uint32, size), starts: make([]uint32, size), counts: make([]uint8, size)}
	for _, r := range rows {
		p := slotOf(r.key) & t.mask
		for t.keys[p] != 0 && t.keys[p] != r.key {
			p = (p + 1) & t.mask
		}
		if t.keys[p] == r.key {
			continue
		}
		t.keys[p], t.starts[p], t.counts[p] = r.key, uint32(len(t.class)), uint8(len(r.class))
		t.class = append(t.class, r.class...)
		t.weight = append(t.weight, r.weight...)
	}
	return t
}

func slotOf(key uint32) uint32 { return key * 2654435769 }

// fingerprint returns the key of a feature hash, never 0.
func fingerprint(h uint64) uint32 { return max(uint32(h>>32), 1) }

// score sets scores to the sum of the weights of the features, by class.
func (t *table) score(features []uint64, scores []int32) {
	clear(scores)
	for _, h := range features {
		key := fingerprint(h)
		for p := slotOf(key) & t.mask; t.keys[p] != 0; p = (p + 1) & t.mask {
			if t.keys[p] != key {
				continue
			}
			start, n := t.starts[p], uint32(t.counts[p])
			class, weight := t.class[start:start+n], t.weight[start:start+n]
			for i, c := range class {
				scores[c] += int32(weight[i])
			}
			break
		}
	}
}

// append writes the table in columns, which compress better than rows: number
// of classes and rows, then key differences, counts, classes, weights.
func (t *table) append(b []byte) []byte {
	var rows []int
	for p, key := range t.keys {
		if key != 0 {
			rows = append(rows, p)
		}
	}
	slices.SortFunc(rows, func(a, b int) int { return int(int64(t.keys[a]) - int64(t.keys[b])) })
	b = binary.AppendUvarint(b, uint64(t.classes))
	b = binary.AppendUvarint(b, uint64(len(rows)))
	last := uint32(0)
	for _, p := range rows {
		b = binary.AppendUvarint(b, uint64(t.keys[p]-last))
		last = t.keys[p]
	}
	for _, p := range rows {
		b = append(b, t.counts[p])
	}
	for _, p := range rows {
		b = append(b, t.class[t.starts[p]:t.starts[p]+uint32(t.counts[p])]...)
	}
	for _, p := range rows {
		for _, w := range t.weight[t.starts[p] : t.starts[p]+uint32(t.counts[p])] {
			b = append(b, byte(w))
		}
	}
	return b
}

// table reads what append wrote.
func (d *decoder) table() *table {
	classes, n := d.int(), d.int()
	if d.err != nil || n > len(d.b) {
		d.fail("table")
		return &table{}
	}
	rows := make([]row, n)
	key, total := uint32(0), 0
	for i := range rows {
		key += uint32(d.int())
		rows[i].key = key
	}
	counts := d.bytes(n)
	for _, c := range counts {
		total += int(c)
	}
	class, weight := d.bytes(total), d.bytes(total)
	if d.err != nil {
		return &table{}
	}
	at := 0
	for i, c := range counts {
		rows[i].class = class[at : at+int(c)]
		rows[i].weight = make([]int8, c)
		for j := range rows[i].weight {
			rows[i].weight[j] = int8(weight[at+j])
		}
		at += int(c)
	}
	if i := slices.IndexFunc(class, func(c uint8) bool { return int(c) >= classes }); i >= 0 {
		d.fail("class")
	}
	return newTable(classes, rows)
}

// decoder reads the parts of a model file; the first error stays.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail(what string) {
	if d.err == nil {
		d.err = fmt.Errorf("damaged language model: %s", what)
	}
	d.b = nil
}

func (d *decoder) int() int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > math.MaxUint32 {
		d.fail("number")
		return 0
	}
	d.b = d.b[n:]
	return int(v)
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.b) {
		d.fail("length")
		return nil
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) string() string { return string(d.bytes(d.int())) }

func (d *decoder) strings() []string {
	n := d.int()
	if n > len(d.b) {
		d.fail("list")
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = d.string()
	}
	return out
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

// hash is FNV-1a (Fowler, Noll, Vo).
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

const golden = 0x9E3779B97F4A7C15

// mix adds v to the hash h.
func mix(h, v uint64) uint64 {
	h = (h ^ v) * golden
	return h ^ h>>29
}
