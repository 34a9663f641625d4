package names

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
)

// chooserFormat begins data/coref.model; behind it stand the scale of the
// weights and the weights, as signed bytes.
const chooserFormat = "entente coref 1\n"

// chooserBits is the size of the table of weights, 2^chooserBits.
const chooserBits = 14

// A Chooser weighs whom a word that points back may mean: a log-linear model
// over hashed features.
type Chooser struct{ weights []float32 }

// NewChooser returns a chooser that knows nothing.
func NewChooser() *Chooser { return &Chooser{make([]float32, 1<<chooserBits)} }

func (c *Chooser) at(key uint64) int { return int(key >> 20 & (1<<chooserBits - 1)) }

func (c *Chooser) of(key uint64) float32 { return c.weights[c.at(key)] }

func (c *Chooser) sum(keys []uint64) float32 {
	s := float32(0)
	for _, k := range keys {
		s += c.of(k)
	}
	return s
}

// An Answer is a case with the index of the right option.
type Answer struct {
	Case
	Right int
}

// How the chooser learns, by AdaGrad (Duchi, Hazan, Singer, 2011).
const (
	epochs = 15
	rate   = 0.015
	decay  = 0.02
)

// Learn fits the chooser to answers.
func (c *Chooser) Learn(answers []Answer) {
	squares := make([]float32, len(c.weights))
	order := make([]int, len(answers))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range epochs {
		rng.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			c.step(answers[i], squares)
		}
	}
}

// step moves the weights towards one answer.
func (c *Chooser) step(a Answer, squares []float32) {
	p := make([]float64, len(a.Options))
	total := 0.0
	for n, o := range a.Options {
		p[n] = math.Exp(float64(c.sum(o.Keys)))
		total += p[n]
	}
	for n, o := range a.Options {
		g := float32(p[n]/total - float64(bit(n == a.Right)))
		for _, k := range o.Keys {
			at := c.at(k)
			d := g + decay*c.weights[at]
			squares[at] += d * d
			c.weights[at] -= rate * d / (float32(math.Sqrt(float64(squares[at]))) + 1e-6)
		}
	}
}

// Encode returns the chooser as data/coref.model holds it. Weights are rounded
// to 255 steps.
func (c *Chooser) Encode() []byte {
	largest := float32(0)
	for _, w := range c.weights {
		largest = max(largest, w, -w)
	}
	scale := largest / 127
	out := binary.LittleEndian.AppendUint32([]byte(chooserFormat), math.Float32bits(scale))
	for _, w := range c.weights {
		q := int8(0)
		if scale > 0 {
			q = int8(math.RoundToEven(float64(w / scale)))
		}
		out = append(out, byte(q))
	}
	return out
}

// readChooser reads data/coref.model of a folder of data.
func readChooser(fsys fs.FS) (*Chooser, error) {
	const name = "coref.model"
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	c, err := decodeChooser(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; make it anew with go run ./loader/train -coref", name, err)
	}
	return c, nil
}

func decodeChooser(raw []byte) (*Chooser, error) {
	rest, ok := bytes.CutPrefix(raw, []byte(chooserFormat))
	if !ok || len(rest) != 4+1<<chooserBits {
		return nil, errors.New("not a chooser of this version")
	}
	c := NewChooser()
	scale := math.Float32frombits(binary.LittleEndian.Uint32(rest))
	for i, b := range rest[4:] {
		c.weights[i] = float32(int8(b)) * scale
	}
	return c, nil
}
