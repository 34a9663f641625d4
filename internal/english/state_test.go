package english

import (
	"testing"

	"pgregory.net/rapid"
)

// checkTree fails unless the tokens are one tree with one root.
func checkTree(t interface{ Errorf(string, ...any) }, tokens []Token) {
	roots := 0
	for i, tok := range tokens {
		if tok.Head == -1 {
			roots++
		}
		if tok.Head < -1 || tok.Head >= len(tokens) || tok.Head == i || tok.Rel == "" {
			t.Errorf("token %d %q has head %d, relation %q", i, tok.Text, tok.Head, tok.Rel)
			return
		}
		steps := 0
		for j := i; j >= 0; j = tokens[j].Head {
			if steps++; steps > len(tokens) {
				t.Errorf("token %d %q is in a circle", i, tok.Text)
				return
			}
		}
	}
	if roots != 1 && len(tokens) > 0 {
		t.Errorf("%d roots in %d tokens", roots, len(tokens))
	}
}

// projective draws a projective tree over n words, as heads; n is the root.
func projective(t *rapid.T, n int) []int {
	heads := make([]int, n)
	var s state
	s.reset(make([]lexeme, n))
	for !s.done() {
		step(&s, rapid.SampledFrom(legalSteps(&s)).Draw(t, "step"))
	}
	for i := range heads {
		heads[i] = s.nodes[i].head
	}
	return heads
}

func legalSteps(s *state) []int {
	var steps []int
	shift, left, right := s.legal()
	for i, ok := range [...]bool{shift, left, right} {
		if ok {
			steps = append(steps, i)
		}
	}
	return steps
}

func step(s *state, i int) { s.apply(i, 1) }

// twin copies a state.
func twin(s *state) *state {
	c := &state{n: s.n, next: s.next, nodes: append([]node(nil), s.nodes...)}
	for _, x := range s.stack {
		c.stack = append(c.stack, &c.nodes[x.i])
	}
	return c
}

// fewestWrong tries all ways on and returns how many heads are wrong in the
// best.
func fewestWrong(s *state, heads []int) int {
	if s.done() {
		wrong := 0
		for i, h := range heads {
			if s.nodes[i].head != h {
				wrong++
			}
		}
		return wrong
	}
	fewest := len(heads) + 1
	for _, i := range legalSteps(s) {
		c := twin(s)
		step(c, i)
		fewest = min(fewest, fewestWrong(c, heads))
	}
	return fewest
}

// The transitions that the costs call best are those after which an exhaustive
// search can still do as well as before.
func TestCosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "words")
		heads := projective(t, n)
		var s state
		s.reset(make([]lexeme, n))
		for !s.done() {
			before := fewestWrong(&s, heads)
			costs, steps := s.costs(heads), legalSteps(&s)
			least := costs[steps[0]]
			for _, i := range steps {
				least = min(least, costs[i])
			}
			for _, i := range steps {
				c := twin(&s)
				step(c, i)
				lost := fewestWrong(c, heads) - before
				if (costs[i] == least) != (lost == 0) {
					t.Fatalf("heads %v, stack of %d, next %d: step %d costs %d, the least is %d, an exhaustive search loses %d",
						heads, len(s.stack), s.next, i, costs[i], least, lost)
				}
			}
			step(&s, rapid.SampledFrom(steps).Draw(t, "step"))
		}
	})
}
