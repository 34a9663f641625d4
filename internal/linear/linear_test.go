package linear

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

// of returns the keys of features of one part each.
func of(parts ...uint64) []uint64 {
	var k Keys[float64]
	for _, p := range parts {
		k.Add(p)
	}
	return k.List
}

var how = Learning{Epochs: 20, Rate: 0.1, L2: 0.01, Seed: 1}

// learned returns weights for numbers below 32, of which those that three divides
// hold.
func learned() Weights[float64] {
	w := New[float64](10)
	var examples []Example
	for i := range uint64(32) {
		examples = append(examples, Example{of(100, i%3, i), i%3 == 0})
	}
	w.Learn(examples, how)
	return w
}

func TestLearn(t *testing.T) {
	w := learned()
	for i := range uint64(32) {
		keys := of(100, i%3, i)
		if got, want := Logistic(w.Sum(keys)) > 0.5, i%3 == 0; got != want {
			t.Errorf("%d is found to hold: %v, want %v", i, got, want)
		}
	}
	if !slices.Equal(learned().table, w.table) {
		t.Error("the same examples give two tables")
	}
}

func TestLearnChoices(t *testing.T) { learnsChoices[float32](t); learnsChoices[float64](t) }

// learnsChoices learns that 1 is better than 2 and that better than 3.
func learnsChoices[F Float](t *testing.T) {
	choices := []Choice{
		{[][]uint64{of(1), of(2)}, 0},
		{[][]uint64{of(3), of(2)}, 1},
		{[][]uint64{of(3), of(2), of(1)}, 2},
	}
	w, again := New[F](10), New[F](10)
	w.LearnChoices(choices, how)
	again.LearnChoices(choices, how)
	if a, b, c := w.Sum(of(1)), w.Sum(of(2)), w.Sum(of(3)); !(a > b && b > c) {
		t.Errorf("weights %v, %v, %v, want them to fall", a, b, c)
	}
	if !slices.Equal(again.table, w.table) {
		t.Error("the same choices give two tables")
	}
}

// TestKeys: what is summed is the sum of what is listed, and a seed sets features
// apart.
func TestKeys(t *testing.T) {
	w := learned()
	for _, seed := range []uint64{0, Text("a class")} {
		list, sum := Keys[float64]{Seed: seed}, Keys[float64]{Seed: seed, Weights: &w}
		for i := range uint64(4) {
			list.Add(i)
			sum.Add(i)
		}
		if got := w.Sum(list.List); got != sum.Sum || sum.List != nil {
			t.Errorf("seed %d: sum %v and %d keys, want %v and none", seed, sum.Sum, len(sum.List), got)
		}
		if same := slices.Equal(list.List, of(0, 1, 2, 3)); same != (seed == 0) {
			t.Errorf("seed %d: keys as without a seed: %v", seed, same)
		}
	}
}

func TestDecode(t *testing.T) {
	for name, w := range map[string]Weights[float64]{"learned": learned(), "zero": New[float64](3)} {
		raw := w.Append(nil)
		got, rest, err := Decode[float64](w.Bits(), append(slices.Clone(raw), "rest"...))
		if err != nil || string(rest) != "rest" {
			t.Fatalf("%s: Decode leaves %q, error %v", name, rest, err)
		}
		if again := got.Append(nil); !bytes.Equal(again, raw) {
			t.Errorf("%s: what is read is not what was written", name)
		}
		half := float64(math.Float32frombits(binary.LittleEndian.Uint32(raw))) / 2
		for i, x := range w.table {
			if math.Abs(float64(x-got.table[i])) > half*1.001 {
				t.Errorf("%s: weight %d is %v, was %v", name, i, got.table[i], x)
			}
		}
	}
}

func TestDecodeDamaged(t *testing.T) {
	raw := learned().Append(nil)
	tests := map[string]struct {
		bits int
		raw  []byte
	}{
		"empty":          {10, nil},
		"cut short":      {10, raw[:len(raw)-1]},
		"too many bits":  {255, raw},
		"a larger table": {11, raw},
		"no number":      {10, slices.Concat([]byte{0, 0, 0xc0, 0x7f}, raw[4:])},
		"infinite":       {10, slices.Concat([]byte{0, 0, 0x80, 0x7f}, raw[4:])},
		"negative":       {10, slices.Concat([]byte{0, 0, 0x80, 0xbf}, raw[4:])},
	}
	for name, tt := range tests {
		if _, _, err := Decode[float64](tt.bits, tt.raw); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
