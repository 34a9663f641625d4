package english

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
)

// decoder reads the parts of a model file. The first error stays, and all reads
// after it give zero values.
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

// count reads the length of a list, each item of which takes a byte at least.
func (d *decoder) count() int {
	n := d.int()
	if n > len(d.b) {
		d.fail("length of a list")
		return 0
	}
	return n
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
	out := make([]string, d.count())
	for i := range out {
		out[i] = d.string()
	}
	return out
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

// append writes the lexicon: number of words, differences of keys, classes.
func (l *lexicon) append(b []byte) []byte {
	classes := l.all()
	keys := slices.Sorted(maps.Keys(classes))
	b = binary.AppendUvarint(b, uint64(len(keys)))
	last := uint32(0)
	for _, key := range keys {
		b = binary.AppendUvarint(b, uint64(key-last))
		last = key
	}
	for _, key := range keys {
		b = binary.AppendUvarint(b, uint64(classes[key]))
	}
	return b
}

// lexicon reads what append wrote.
func (d *decoder) lexicon() *lexicon {
	keys := make([]uint32, d.count())
	last := uint32(0)
	for i := range keys {
		last += uint32(d.int())
		keys[i] = last
	}
	classes := make(map[uint32]uint16, len(keys))
	for _, key := range keys {
		classes[key] = uint16(d.int())
	}
	return newLexicon(classes)
}
