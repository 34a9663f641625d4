package names

import (
	"bytes"
	"slices"
	"testing"

	"github.com/entente-kg/entente/data"
)

// learned returns a chooser that prefers options with the first of two keys.
func learned() *Chooser {
	c := NewChooser()
	c.Learn([]Answer{{Case{Options: []Option{{Keys: []uint64{1 << 20}}, {Keys: []uint64{2 << 20}}}}, 0}})
	return c
}

func TestChooserLearns(t *testing.T) {
	c := learned()
	if right, wrong := c.weights.Sum([]uint64{1 << 20}), c.weights.Sum([]uint64{2 << 20}); right <= wrong {
		t.Errorf("weights of the right option and the wrong one: %v, %v", right, wrong)
	}
}

func TestEncodeChooser(t *testing.T) {
	first := learned().Encode()
	c, err := decodeChooser(first)
	if err != nil {
		t.Fatal(err)
	}
	if again := c.Encode(); !bytes.Equal(again, first) {
		t.Error("what is read is not what was written")
	}
	for _, wrong := range [][]byte{nil, first[:40], first[:len(first)-1], append(slices.Clone(first), 0), slices.Concat([]byte("x"), first[1:])} {
		if _, err := decodeChooser(wrong); err == nil {
			t.Errorf("decodeChooser of %d bytes: no error", len(wrong))
		}
	}
}

// TestChooserFile holds data/coref.model to its format.
func TestChooserFile(t *testing.T) {
	raw, err := data.FS.ReadFile("coref.model")
	if err != nil {
		t.Fatal(err)
	}
	c, err := readChooser(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(c.Encode(), raw) {
		t.Error("coref.model is not what it encodes to")
	}
}

// TestCases asks who may be meant, and that a chooser is heard.
func TestCases(t *testing.T) {
	const text = "Ola Dahl met Luis Vega. He smiled."
	m, g := tools()
	tab := readNames(m, g.With(nil), text)
	cases := tab.Cases()
	if len(cases) != 1 || cases[0].Class != "he" || len(cases[0].Options) != 2 {
		t.Fatalf("cases of %q: %+v, want one of two options", text, cases)
	}
	rule, other := cases[0].Rule, 1-cases[0].Rule
	c := NewChooser()
	for range 50 {
		c.Learn([]Answer{{cases[0], other}})
	}
	if got := readNames(m, g.With(c), text).Mentions(); got[len(got)-1].Entity != cases[0].Options[other].Entities[0] {
		t.Errorf("the chooser was taught option %d, the reader takes %s", other, got[len(got)-1].Entity)
	}
	if got := tab.Mentions(); got[len(got)-1].Entity != cases[0].Options[rule].Entities[0] {
		t.Errorf("without a chooser the reader takes %s, want option %d", got[len(got)-1].Entity, rule)
	}
}
