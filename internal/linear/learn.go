package linear

import (
	"math"
	"math/rand/v2"
)

// An Example is something that is so or not, by its features.
type Example struct {
	Keys  []uint64
	Holds bool
}

// A Choice is one of several options, each with its features.
type Choice struct {
	Options [][]uint64
	Right   int
}

// Learning says how weights are learnt.
type Learning struct {
	Epochs int
	Rate   float64 // of AdaGrad
	L2     float64
	Seed   uint64
}

// Learn fits weights to examples by logistic regression, in place.
func (w Weights[F]) Learn(examples []Example, how Learning) {
	s := w.stepper(how)
	how.each(1, len(examples), func(i int) {
		e := examples[i]
		if g := Logistic(float64(w.Sum(e.Keys))) - float64(Bit(e.Holds)); math.Abs(g) >= 1e-4 {
			s.step(e.Keys, g)
		}
	})
}

// LearnChoices fits weights to choices by a log-linear model, in place.
func (w Weights[F]) LearnChoices(choices []Choice, how Learning) {
	s := w.stepper(how)
	how.each(2, len(choices), func(i int) {
		c := choices[i]
		for n, p := range w.softmax(c.Options) {
			s.step(c.Options[n], p-float64(Bit(n == c.Right)))
		}
	})
}

// softmax returns how likely each option is.
func (w Weights[F]) softmax(options [][]uint64) []float64 {
	p := make([]float64, len(options))
	total := 0.0
	for n, o := range options {
		p[n] = math.Exp(float64(w.Sum(o)))
		total += p[n]
	}
	for n := range p {
		p[n] /= total
	}
	return p
}

// each calls do with the indices up to n, in an order of its own each epoch.
func (how Learning) each(stream uint64, n int, do func(i int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(how.Seed, stream))
	for range how.Epochs {
		rng.Shuffle(n, func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			do(i)
		}
	}
}

// stepper moves weights by AdaGrad.
type stepper[F Float] struct {
	weights  Weights[F]
	rate, l2 float32
	squares  []float32 // the sum of the squares of each weight's gradients
}

func (w Weights[F]) stepper(how Learning) stepper[F] {
	return stepper[F]{w, float32(how.Rate), float32(how.L2), make([]float32, len(w.table))}
}

// step moves the weights of keys against gradient g.
func (s stepper[F]) step(keys []uint64, g float64) {
	table := s.weights.table
	for _, k := range keys {
		at := s.weights.at(k)
		d := float32(g) + s.l2*table[at]
		s.squares[at] += d * d
		table[at] -= s.rate * d / float32(F(math.Sqrt(float64(s.squares[at])))+1e-6)
	}
}
