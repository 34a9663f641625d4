package pebble

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"
)

// Node is the number of a value, and Cayley's reference to it. Zero is no value.
// A small number, date or truth value is its own number (inline.go).
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
	tagCounters   = 'm'
	tagShort      = 'd'
	tagHash       = 'h'
	tagValue      = 'v'
	tagCounts     = 'n'
	tagOrdered    = 'r'
	tagStatements = 'e'
)

// otherTags are the first bytes of the keys that hold what is not a quad.
var otherTags = []byte{tagShort, tagHash, tagValue, tagCounts, tagOrdered, tagStatements}

// Numbers in keys take three bytes, five or eight, so that they sort as numbers
// and small ones, of which a key has four, are short. The first two bits of the
// first byte say which.
const (
	below3   = Node(1) << 22
	below5   = Node(1) << 38
	below8   = Node(1) << 62 // of numbers of the dictionary
	class5   = 0x40
	class8   = Node(2) << 62
	inlined  = Node(3) << 62 // such a number has eight bytes, and both bits as it is
	keySize  = 1 + 4*8
	nodeSize = 1 + 8
)

func appendNode(b []byte, n Node) []byte {
	switch {
	case n < below3:
		return append(b, byte(n>>16), byte(n>>8), byte(n))
	case n < below5:
		return append(b, class5|byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	case n < below8:
		n |= class8
	}
	return binary.BigEndian.AppendUint64(b, uint64(n))
}

// cutNode reads a number from the beginning of b; ok is false where none is.
func cutNode(b []byte) (n Node, rest []byte, ok bool) {
	if len(b) < 3 {
		return 0, b, false
	}
	switch {
	case b[0] < class5:
		return Node(b[0])<<16 | Node(b[1])<<8 | Node(b[2]), b[3:], true
	case b[0] < 2*class5:
		if len(b) < 5 {
			return 0, b, false
		}
		n = Node(b[0]&^class5)<<32 | Node(binary.BigEndian.Uint32(b[1:]))
		return n, b[5:], n >= below3
	case len(b) < 8:
		return 0, b, false
	}
	n, rest = Node(binary.BigEndian.Uint64(b)), b[8:]
	if n < inlined {
		n &^= class8
		return n, rest, n >= below5
	}
	return n, rest, true
}

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
		b = appendNode(b, l[i])
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
	if len(key) == 0 || key[0] != x.tag {
		return l, badKey(key)
	}
	rest, ok := key[1:], true
	for _, i := range x.order {
		if l[i], rest, ok = cutNode(rest); !ok {
			return l, badKey(key)
		}
	}
	if len(rest) > 0 {
		return l, badKey(key)
	}
	return l, nil
}

func badKey(key []byte) error { return fmt.Errorf("%w: key %x is no quad", ErrDamaged, key) }

// nodeKey returns the key of n in the table tag.
func nodeKey(tag byte, n Node) []byte {
	return appendNode(append(make([]byte, 0, nodeSize), tag), n)
}

// keyNode reads a key of a table of nodes.
func keyNode(key []byte) (Node, error) {
	if len(key) > 0 {
		if n, rest, ok := cutNode(key[1:]); ok && len(rest) == 0 {
			return n, nil
		}
	}
	return 0, fmt.Errorf("%w: key %x is no value", ErrDamaged, key)
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
	values  uint64 // inline ones that a quad has too
	batches uint64 // committed in the store's life
}

func (c counters) encode() []byte {
	return appendUvarints(nil, uint64(c.next), c.quads, c.values, c.batches)
}

func decodeCounters(b []byte) (counters, error) {
	u, rest, err := uvarints(b, 4)
	if err == nil && len(rest) > 0 {
		err = badCounts(b)
	}
	if err != nil {
		return counters{}, err
	}
	return counters{Node(u[0]), u[1], u[2], u[3]}, nil
}

// counts says in how many quads a value stands. As an object that is known for
// each predicate, since "how many claims have this relation" and "how many lead
// to this actor" are what a plan is made from.
type counts struct {
	subject, predicate, label uint64
	object                    []perPredicate // by number of the predicate, none zero
}

type perPredicate struct {
	predicate Node
	n         uint64
}

// of returns the count in a direction, zero-based as in a Link.
func (c *counts) of(direction int) uint64 {
	switch direction {
	case 0:
		return c.subject
	case 1:
		return c.predicate
	case 3:
		return c.label
	}
	n := uint64(0)
	for _, o := range c.object {
		n += o.n
	}
	return n
}

// asObject returns in how many quads of a predicate the value is the object.
func (c *counts) asObject(predicate Node) uint64 {
	for _, o := range c.object {
		if o.predicate == predicate {
			return o.n
		}
	}
	return 0
}

// addObject counts quads of a predicate more.
func (c *counts) addObject(more perPredicate) {
	i, ok := slices.BinarySearchFunc(c.object, more, func(a, b perPredicate) int { return cmp.Compare(a.predicate, b.predicate) })
	if ok {
		c.object[i].n += more.n
	} else {
		c.object = slices.Insert(c.object, i, more)
	}
}

func (c *counts) total() uint64 { return c.subject + c.predicate + c.of(2) + c.label }

func (c *counts) encode() []byte {
	b := appendUvarints(make([]byte, 0, 16), c.subject, c.predicate, c.label)
	for _, o := range c.object {
		b = binary.AppendUvarint(appendNode(b, o.predicate), o.n)
	}
	return b
}

func decodeCounts(b []byte) (c counts, err error) {
	u, rest, err := uvarints(b, 3)
	if err != nil {
		return c, err
	}
	c.subject, c.predicate, c.label = u[0], u[1], u[2]
	last := Node(0)
	for len(rest) > 0 {
		p, tail, ok := cutNode(rest)
		n, size := binary.Uvarint(tail)
		if !ok || size <= 0 || n == 0 || p <= last {
			return counts{}, badCounts(b)
		}
		c.object, rest, last = append(c.object, perPredicate{p, n}), tail[size:], p
	}
	return c, nil
}

func badCounts(b []byte) error { return fmt.Errorf("%w: counts %x", ErrDamaged, b) }

func appendUvarints(b []byte, u ...uint64) []byte {
	for _, x := range u {
		b = binary.AppendUvarint(b, x)
	}
	return b
}

// uvarints reads n numbers, at most four.
func uvarints(b []byte, n int) (u [4]uint64, rest []byte, err error) {
	rest = b
	for i := range n {
		x, size := binary.Uvarint(rest)
		if size <= 0 {
			return u, rest, badCounts(b)
		}
		u[i], rest = x, rest[size:]
	}
	return u, rest, nil
}
