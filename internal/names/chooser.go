package names

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/entente-kg/entente/internal/linear"
)

// chooserFormat begins data/coref.model; the weights stand behind it.
const chooserFormat = "entente coref 1\n"

// chooserBits is the size of the table of weights, 2^chooserBits.
const chooserBits = 14

// A Chooser weighs whom a word that points back may mean: a log-linear model
// over hashed features.
type Chooser struct{ weights linear.Weights[float32] }

// NewChooser returns a chooser that knows nothing.
func NewChooser() *Chooser { return &Chooser{linear.New[float32](chooserBits)} }

// keys returns keys for the features of an option of a question of a class, to be
// summed; without a chooser they are listed.
func (c *Chooser) keys(class string) *keys {
	k := &keys{Seed: linear.Text(class)}
	if c != nil {
		k.Weights = &c.weights
	}
	return k
}

// An Answer is a case with the index of the right option.
type Answer struct {
	Case
	Right int
}

// Learn fits the chooser to answers.
func (c *Chooser) Learn(answers []Answer) {
	choices := make([]linear.Choice, len(answers))
	for n, a := range answers {
		choices[n].Right = a.Right
		for _, o := range a.Options {
			choices[n].Options = append(choices[n].Options, o.Keys)
		}
	}
	c.weights.LearnChoices(choices, linear.Learning{Epochs: 15, Rate: 0.015, L2: 0.02, Seed: 1})
}

// Encode returns the chooser as data/coref.model holds it. Its weights are
// rounded.
func (c *Chooser) Encode() []byte { return c.weights.Append([]byte(chooserFormat)) }

// readChooser reads data/coref.model of a folder of data.
func readChooser(fsys fs.FS) (*Chooser, error) {
	const name = "coref.model"
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	c, err := decodeChooser(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; make it anew with go run ./loader/train -coref data/coref.model", name, err)
	}
	return c, nil
}

func decodeChooser(raw []byte) (*Chooser, error) {
	rest, ok := bytes.CutPrefix(raw, []byte(chooserFormat))
	if !ok {
		return nil, errors.New("not a chooser of this version")
	}
	weights, rest, err := linear.Decode[float32](chooserBits, rest)
	switch {
	case err != nil:
		return nil, err
	case len(rest) > 0:
		return nil, fmt.Errorf("%d bytes too many", len(rest))
	}
	return &Chooser{weights}, nil
}
