package pebble

import (
	"encoding/binary"
	"math"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc/xsd"
)

// A value with a small native form is not in the dictionary: it is its own
// number, with the form in the number's lower bits. Numbers of one type sort as
// their values, so that in an index a range of values is a range of keys, and
// nothing is read to know the value.
//
//	bit 63, 62   1 1
//	bit 61 … 58  the type
//	bit 57 … 0   the value plus 2^57: true is 1, an integer itself, a float times
//	             10,000 where that is exact, seconds since 1970 of a whole second
//
// A number, or a time, that does not fit is in the dictionary, and in the table
// of ordered values, which holds few.
const (
	inlineBool = iota + 1
	inlineInt
	inlineFloat
	inlineTime
)

const (
	typeShift  = 58
	inlineBias = int64(1) << 57
	perUnit    = 10_000 // of a float
	maxDecimal = 1 << 53
)

func newInline(kind, x int64) Node {
	return inlined | Node(kind)<<typeShift | Node(x+inlineBias)
}

// isInline reports whether n is its own value.
func (n Node) isInline() bool { return n >= inlined }

// Inline returns the number of a value that is its own; ok is false for a value
// that has one in the dictionary. Those of one type compare as their values do.
func Inline(v quad.Value) (n Node, ok bool) {
	switch v := v.(type) {
	case quad.Bool:
		if v {
			return newInline(inlineBool, 1), true
		}
		return newInline(inlineBool, 0), true
	case quad.Int:
		return newInline(inlineInt, int64(v)), fits(int64(v))
	case quad.Float:
		m := math.Round(float64(v) * perUnit)
		exact := math.Abs(m) < maxDecimal && m/perUnit == float64(v) && (m != 0 || !math.Signbit(float64(v)))
		if !exact {
			return 0, false
		}
		return newInline(inlineFloat, int64(m)), true
	case quad.Time:
		t := time.Time(v)
		return newInline(inlineTime, t.Unix()), t.Nanosecond() == 0 && fits(t.Unix())
	case quad.TypedString:
		if native := nativeOf(v); native != nil {
			return Inline(native)
		}
	}
	return 0, false
}

// Value returns the value of a number that is its own, nil for another's. It reads
// nothing.
func (n Node) Value() quad.Value {
	if !n.isInline() {
		return nil
	}
	return n.value()
}

func fits(x int64) bool { return -inlineBias <= x && x < inlineBias }

// value returns the value of an inline number, nil where there is none.
func (n Node) value() quad.Value {
	x := int64(n&(1<<typeShift-1)) - inlineBias
	switch n >> typeShift & 0xf {
	case inlineBool:
		if x == 0 || x == 1 {
			return quad.Bool(x == 1)
		}
	case inlineInt:
		return quad.Int(x)
	case inlineFloat:
		return quad.Float(float64(x) / perUnit)
	case inlineTime:
		return quad.Time(time.Unix(x, 0).UTC())
	}
	return nil
}

// nativeOf returns the native value whose typed string v is, nil for another: as
// in Cayley, 5 and "5"^^<xsd:integer> are one node, and "05"^^<xsd:integer> is
// another.
func nativeOf(v quad.TypedString) quad.Value {
	text := string(v.Value)
	switch v.Type {
	case xsd.Integer:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && quad.Int(n).TypedString() == v {
			return quad.Int(n)
		}
	case xsd.Double:
		if f, err := strconv.ParseFloat(text, 64); err == nil && quad.Float(f).TypedString() == v {
			return quad.Float(f)
		}
	case xsd.Boolean:
		for _, b := range []quad.Bool{false, true} {
			if b.TypedString() == v {
				return b
			}
		}
	case xsd.DateTime:
		if t, err := time.Parse(time.RFC3339Nano, text); err == nil && t.UTC().Format(time.RFC3339Nano) == text {
			return quad.Time(t.UTC())
		}
	}
	return nil
}

// ordered returns what sorts numbers and times of the dictionary as their
// values: the type and its bytes. Other values, and what is not a number, have
// none.
func ordered(v quad.Value) []byte {
	if typed, ok := v.(quad.TypedString); ok {
		v = nativeOf(typed)
	}
	switch v := v.(type) {
	case quad.Int:
		return binary.BigEndian.AppendUint64([]byte{inlineInt}, uint64(v)^1<<63)
	case quad.Float:
		if math.IsNaN(float64(v)) {
			return nil
		}
		bits := math.Float64bits(float64(v))
		if bits>>63 == 1 {
			bits = ^bits
		} else {
			bits |= 1 << 63
		}
		return binary.BigEndian.AppendUint64([]byte{inlineFloat}, bits)
	case quad.Time:
		t := time.Time(v)
		b := binary.BigEndian.AppendUint64([]byte{inlineTime}, uint64(t.Unix())^1<<63)
		return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
	}
	return nil
}

// orderedKey returns the key of a value of the dictionary in the table of ordered
// values, nil for one that has none.
func orderedKey(v quad.Value, n Node) []byte {
	b := ordered(v)
	if b == nil {
		return nil
	}
	return appendNode(append([]byte{tagOrdered}, b...), n)
}
