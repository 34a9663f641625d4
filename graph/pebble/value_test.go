package pebble

import (
	"bytes"
	"cmp"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"
)

var long = quad.String(bytes.Repeat([]byte("text "), 50_000))

var storedValues = []quad.Value{
	quad.IRI(""), quad.IRI("ent:Sergey_Lavrov"), quad.IRI("a>b"), quad.BNode("x"), quad.BNode(""),
	quad.String(""), quad.String("\x00\xff \" \\ \n"), quad.String("통신"), long,
	quad.LangString{Value: "text", Lang: "en"}, quad.LangString{Value: "", Lang: ""}, quad.LangString{Value: "ntext", Lang: "e"},
	quad.TypedString{Value: "2023-10", Type: "edtf"}, quad.TypedString{Value: "a", Type: ""},
	quad.Int(0), quad.Int(-1), quad.Int(math.MaxInt64), quad.Int(math.MinInt64),
	quad.Float(0), quad.Float(-12345e-6), quad.Float(math.Inf(1)), quad.Float(math.SmallestNonzeroFloat64),
	quad.Bool(true), quad.Bool(false),
	quad.Time(time.Date(2025, 7, 11, 0, 0, 0, 0, time.UTC)), quad.Time(time.Date(-44, 3, 15, 1, 2, 3, 4, time.UTC)),
	quad.Time(time.Date(2025, 7, 11, 0, 0, 0, 1, time.UTC)), quad.Time(time.Date(12025, 7, 11, 0, 0, 0, 0, time.UTC)),
}

func TestValueRoundTrip(t *testing.T) {
	seen := make(map[string]quad.Value)
	for _, v := range storedValues {
		b, err := encodeValue(v)
		if err != nil {
			t.Errorf("encodeValue(%.60v) = %v", v, err)
			continue
		}
		if got, err := decodeValue(b); err != nil || got != v {
			t.Errorf("decodeValue(encodeValue(%.60v)) = %.60v, %v", v, got, err)
		}
		name := nodeName(t, v)
		if other, ok := seen[name]; ok {
			t.Errorf("%.60v and %.60v are one node", v, other)
		}
		seen[name] = v
		if n, ok := Inline(v); ok && n.value() != v {
			t.Errorf("Inline(%v) is the number of %v", v, n.value())
		}
	}
}

// nodeName tells nodes apart before they have a number.
func nodeName(t *testing.T, v quad.Value) string {
	t.Helper()
	if n, ok := Inline(v); ok {
		return string(nodeKey(tagCounts, n))
	}
	key, err := dictKey(v)
	if err != nil {
		t.Errorf("dictKey(%.60v) = %v", v, err)
	}
	return string(key)
}

// huge is a number that does not fit into its own.
const huge = quad.Int(math.MaxInt64)

// TestNumbersSort compares the order of keys with that of numbers, and reads them
// back.
func TestNumbersSort(t *testing.T) {
	nodes := []Node{0, 1, 2, below3 - 1, below3, below3 + 1, below5 - 1, below5, below8 - 1, newInline(inlineBool, 0), noNode}
	for i, a := range nodes {
		key := appendNode(nil, a)
		if got, rest, ok := cutNode(append(key, 7)); got != a || !ok || len(rest) != 1 {
			t.Errorf("cutNode(appendNode(%x)) = %x, %d left, %v", a, got, len(rest), ok)
		}
		for n := range key {
			if got, _, ok := cutNode(key[:n]); ok {
				t.Errorf("cutNode of %d bytes of %x = %x", n, a, got)
			}
		}
		if i > 0 && bytes.Compare(appendNode(nil, nodes[i-1]), key) >= 0 {
			t.Errorf("%x does not sort before %x", nodes[i-1], a)
		}
	}
}

// TestValuesSort draws two values of a type and compares the order of their
// numbers, or of their keys among the ordered values, with their own.
func TestValuesSort(t *testing.T) {
	ints := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-3, 3))
	floats := rapid.OneOf(rapid.Float64(), rapid.Map(rapid.Int64Range(-20_000, 20_000), func(n int64) float64 { return float64(n) / 10_000 }))
	seconds := rapid.OneOf(rapid.Int64Range(-1<<40, 1<<40), rapid.Int64Range(-2, 2))
	nanos := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 999_999_999))
	compare := func(t *rapid.T, a, b quad.Value, want int) {
		na, okA := Inline(a)
		nb, okB := Inline(b)
		got := bytes.Compare(ordered(a), ordered(b))
		if okA && okB {
			got = cmp.Compare(na, nb)
		}
		if got != want {
			t.Fatalf("%v against %v: %d, want %d", a, b, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x, y := ints.Draw(t, "x"), ints.Draw(t, "y")
		compare(t, quad.Int(x), quad.Int(y), cmp.Compare(x, y))
		f, g := floats.Draw(t, "f"), floats.Draw(t, "g")
		if f != g { // 0 and -0 are two nodes
			compare(t, quad.Float(f), quad.Float(g), cmp.Compare(f, g))
		}
		u := time.Unix(seconds.Draw(t, "u"), nanos.Draw(t, "nu"))
		v := time.Unix(seconds.Draw(t, "v"), nanos.Draw(t, "nv"))
		compare(t, quad.Time(u), quad.Time(v), u.Compare(v))
	})
}

func TestSameNode(t *testing.T) {
	utc := time.Date(2025, 7, 11, 12, 0, 0, 5, time.UTC)
	tests := []struct {
		a, b quad.Value
		want bool
	}{
		{quad.Int(5), quad.Int(5).TypedString(), true},
		{quad.Float(5), quad.Float(5).TypedString(), true},
		{quad.Bool(true), quad.Bool(true).TypedString(), true},
		{quad.Int(5), quad.Float(5), false},
		{quad.Int(5), quad.String("5"), false},
		{quad.Time(utc), quad.Time(utc.In(time.FixedZone("", 3600))), true},
		{quad.Time(utc), quad.Time(utc.Add(time.Nanosecond)), false},
		{quad.Time(utc.Truncate(time.Second)), quad.Time(utc).TypedString(), true},
		{quad.IRI("a"), quad.BNode("a"), false},
		{quad.IRI("a"), quad.String("<a>"), false},
	}
	for _, c := range tests {
		if got := nodeName(t, c.a) == nodeName(t, c.b); got != c.want {
			t.Errorf("%v and %v are one node: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// foreign is a kind of value that is not in package quad.
type foreign struct{}

func (foreign) String() string      { return "foreign" }
func (foreign) Native() interface{} { return nil }

func TestForeignValue(t *testing.T) {
	if _, err := encodeValue(foreign{}); err == nil {
		t.Error("encodeValue(foreign{}) gives no error")
	}
	s := newMemory(t)
	if got := s.ValueOf(foreign{}); got != nil {
		t.Errorf("ValueOf(foreign{}) = %v, want nil", got)
	}
}

// FuzzDecodeValue: no bytes crash the reader, and what it reads is written as it
// was or in fewer bytes.
func FuzzDecodeValue(f *testing.F) {
	for _, v := range storedValues {
		if b, err := encodeValue(v); err == nil && len(b) < 1000 {
			f.Add(b)
		}
	}
	f.Add([]byte{})
	f.Add([]byte{kindLang, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := decodeValue(b)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("decodeValue(%x) = %v, want ErrDamaged", b, err)
			}
			return
		}
		again, err := encodeValue(v)
		if err != nil || len(again) > len(b) {
			t.Fatalf("encodeValue(decodeValue(%x)) = %x, %v", b, again, err)
		}
		if w, err := decodeValue(again); err != nil || quad.StringOf(w) != quad.StringOf(v) {
			t.Fatalf("decodeValue(%x) = %v, then %v, %v", b, v, w, err)
		}
	})
}

// FuzzBadChunk: no log crashes its reader.
func FuzzBadChunk(f *testing.F) {
	f.Add([]byte{}, uint32(1))
	f.Add(bytes.Repeat([]byte{9}, 100), uint32(0x09090909))
	f.Add(make([]byte, 2*logBlock+5), uint32(0))
	f.Fuzz(func(t *testing.T, b []byte, num uint32) {
		if at := badChunk(b, num); at >= len(b) {
			t.Errorf("badChunk(%d bytes) = %d", len(b), at)
		}
	})
}
