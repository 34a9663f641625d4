package pebble

import (
	"encoding/binary"
	"fmt"

	"github.com/cayleygraph/quad"
)

// Node is the number of a value, and Cayley's reference to it. Zero is no value.
type Node uint64

// Key implements graph.Ref.
func (n Node) Key() interface{} { return n }

// Link is a quad by the numbers of its subject, predicate, object and label, and
// Cayley's reference to it. The label is zero where a quad has none. As a
// pattern, zero stands for any.
type Link [4]Node

// Key implements graph.Ref.
func (l Link) Key() interface{} { return l }

// Node returns what l has in direction d, zero for none.
func (l Link) Node(d quad.Direction) Node {
	if d < quad.Subject || d > quad.Label {
		return 0
	}
	return l[d-1]
}

// with returns l with n in direction d.
func (l Link) with(d quad.Direction, n Node) Link {
	l[d-1] = n
	return l
}

// matches reports whether l fits the pattern want.
func (l Link) matches(want Link) bool {
	for i, n := range want {
		if n != 0 && n != l[i] {
			return false
		}
	}
	return true
}

// bound returns how many directions of the pattern l are given.
func (l Link) bound() int {
	k := 0
	for _, n := range l {
		if n != 0 {
			k++
		}
	}
	return k
}

// First bytes of the keys that are not an index; package documentation has the
// whole layout.
const (
	tagCounters = 'm'
	tagHash     = 'h'
	tagValue    = 'v'
	tagCounts   = 'n'
)

const (
	nodeLen = 8
	linkLen = 1 + 4*nodeLen // of a key in an index
)

// An index is one order in which all quads are kept.
type index struct {
	tag   byte
	order [4]int // positions in a Link
}

var indexes = [...]index{
	{'s', [4]int{0, 1, 2, 3}},
	{'p', [4]int{1, 2, 0, 3}},
	{'o', [4]int{2, 0, 1, 3}},
	{'l', [4]int{3, 0, 1, 2}},
}

// primary is the index that says whether a quad exists.
var primary = &indexes[0]

// holds reports whether the index has a key for l: the label's only where there
// is a label.
func (x *index) holds(l Link) bool { return x.tag != 'l' || l[3] != 0 }

// appendKey appends the key of l.
func (x *index) appendKey(b []byte, l Link) []byte { return x.appendPrefix(b, l, 4) }

// appendPrefix appends the key of l up to its first n directions.
func (x *index) appendPrefix(b []byte, l Link, n int) []byte {
	b = append(b, x.tag)
	for _, i := range x.order[:n] {
		b = binary.BigEndian.AppendUint64(b, uint64(l[i]))
	}
	return b
}

// covered returns how many directions, from the first, the pattern want gives.
func (x *index) covered(want Link) int {
	n := 0
	for n < 4 && want[x.order[n]] != 0 {
		n++
	}
	return n
}

// link reads a key of the index.
func (x *index) link(key []byte) (l Link, err error) {
	if len(key) != linkLen || key[0] != x.tag {
		return l, fmt.Errorf("%w: key %x is no quad", ErrDamaged, key)
	}
	for n, i := range x.order {
		l[i] = Node(binary.BigEndian.Uint64(key[1+n*nodeLen:]))
	}
	return l, nil
}

// nodeKey returns the key of n in the table tag.
func nodeKey(tag byte, n Node) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, 1+nodeLen), tag), uint64(n))
}

// keyNode reads a key of a table of nodes.
func keyNode(key []byte) (Node, error) {
	if len(key) != 1+nodeLen {
		return 0, fmt.Errorf("%w: key %x is no value", ErrDamaged, key)
	}
	return Node(binary.BigEndian.Uint64(key[1:])), nil
}

// after returns the first key behind all that start with prefix.
func after(prefix []byte) []byte {
	end := append([]byte(nil), prefix...)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// counters are the store's totals.
type counters struct {
	next    Node   // the number that the next new value gets
	quads   uint64 //
	values  uint64 //
	batches uint64 // committed in the store's life
}

func (c counters) encode() []byte {
	return appendUvarints(nil, [4]uint64{uint64(c.next), c.quads, c.values, c.batches})
}

func decodeCounters(b []byte) (counters, error) {
	u, err := uvarints(b)
	return counters{Node(u[0]), u[1], u[2], u[3]}, err
}

func appendUvarints(b []byte, u [4]uint64) []byte {
	for _, x := range u {
		b = binary.AppendUvarint(b, x)
	}
	return b
}

// uvarints reads exactly four numbers.
func uvarints(b []byte) (u [4]uint64, err error) {
	rest := b
	for i := range u {
		x, n := binary.Uvarint(rest)
		if n <= 0 {
			return u, fmt.Errorf("%w: counts %x", ErrDamaged, b)
		}
		u[i], rest = x, rest[n:]
	}
	if len(rest) > 0 {
		return u, fmt.Errorf("%w: counts %x", ErrDamaged, b)
	}
	return u, nil
}
