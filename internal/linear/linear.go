// Package linear has what the linear models of the reader share: hashed features
// and a table of their weights.
//
// [Keys] hashes the features of an option, [Weights] says how much they speak
// for it. Weights are learnt by AdaGrad (Duchi, Hazan, Singer, 2011) from
// examples that are so or not, or from choices among options, and kept in a byte
// each. The same examples in the same order give the same weights.
//
// Features that share a weight (Weinberger et al., 2009) are not told apart.
// Which features there are, and what a model file holds besides weights, is for
// the packages that use this one.
package linear

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// Float is the precision in which weights are summed. Models are learnt and read
// in the same: another may change a choice between options that are about equal.
type Float interface{ float32 | float64 }

// Weights is a table of weights, which features find by their hashes. Copies
// share the weights. The zero value has none; see [New].
type Weights[F Float] struct{ table []float32 }

// maxBits bounds the size of a table that is read.
const maxBits = 24

// New returns 2^bits weights of zero.
func New[F Float](bits int) Weights[F] { return Weights[F]{make([]float32, 1<<bits)} }

// Bits is the size of the table: it has 2^Bits weights.
func (w Weights[F]) Bits() int { return bits.Len(uint(len(w.table))) - 1 }

// at leaves out the low bits of a hash, which mix the least.
func (w Weights[F]) at(key uint64) uint64 { return key >> 20 & uint64(len(w.table)-1) }

// Sum returns the sum of the weights of features.
func (w Weights[F]) Sum(keys []uint64) F {
	sum := F(0)
	for _, k := range keys {
		sum += F(w.table[w.at(k)])
	}
	return sum
}

// Logistic returns the probability of which x is the logit.
func Logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Append appends the weights to out: their scale, and each as a signed byte. They
// are rounded to 255 steps, so a model is to be measured after it is read again.
func (w Weights[F]) Append(out []byte) []byte {
	largest := float32(0)
	for _, x := range w.table {
		largest = max(largest, x, -x)
	}
	scale := largest / 127
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	for _, x := range w.table {
		q := int8(0)
		if scale > 0 {
			q = int8(math.RoundToEven(float64(x / scale)))
		}
		out = append(out, byte(q))
	}
	return out
}

// Decode reads 2^bits weights as Append writes them, and returns what comes after
// them.
func Decode[F Float](bits int, raw []byte) (w Weights[F], rest []byte, err error) {
	if bits > maxBits || len(raw) < 4+1<<bits {
		return w, nil, errors.New("cut short")
	}
	scale, raw := math.Float32frombits(binary.LittleEndian.Uint32(raw)), raw[4:]
	if !(scale >= 0 && scale <= math.MaxFloat32) {
		return w, nil, errors.New("weights without a scale")
	}
	w = New[F](bits)
	for i := range w.table {
		w.table[i] = float32(int8(raw[i])) * scale
	}
	return w, raw[len(w.table):], nil
}
