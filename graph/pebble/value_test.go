package pebble

import (
	"bytes"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
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
	seen := make(map[hash]quad.Value)
	for _, v := range storedValues {
		b, err := encodeValue(v)
		if err != nil {
			t.Errorf("encodeValue(%.60v) = %v", v, err)
			continue
		}
		if got, err := decodeValue(b); err != nil || got != v {
			t.Errorf("decodeValue(encodeValue(%.60v)) = %.60v, %v", v, got, err)
		}
		h, err := hashOf(v)
		if err != nil {
			t.Errorf("hashOf(%.60v) = %v", v, err)
		}
		if other, ok := seen[h]; ok {
			t.Errorf("%.60v and %.60v have one hash", v, other)
		}
		seen[h] = v
	}
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
		a, errA := hashOf(c.a)
		b, errB := hashOf(c.b)
		if errA != nil || errB != nil || (a == b) != c.want {
			t.Errorf("%v and %v are one node: %v, want %v (%v, %v)", c.a, c.b, a == b, c.want, errA, errB)
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
