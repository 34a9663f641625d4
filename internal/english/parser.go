package english

import "strings"

// parser finds the tree of a tagged sentence by greedy transitions.
type parser struct {
	labels  []string
	weights *table
}

var (
	nameHash    = hash("a name of several words")
	unknownHash = hash("an unknown word")
)

// readLexemes reads the words of a tagged sentence as the parser knows them: a
// common word stands for itself, all collapsed names are one word, a rare word
// is its shape and ending.
func (s *scratch) readLexemes(n int, form, tag, pos func(int) string, l *lexicon) {
	s.lexemes = s.lexemes[:0]
	for i := range n {
		w := s.speller.read(form(i), l)
		x := lexeme{word: w.id, suffix: w.suffix[3], tag: hash(tag(i)), pos: hash(pos(i))}
		switch {
		case strings.IndexByte(form(i), ' ') >= 0 && strings.HasPrefix(tag(i), "NNP"):
			x.word = nameHash
		case !w.known:
			x.word = mix(mix(unknownHash, w.shape), w.suffix[2])
		}
		s.lexemes = append(s.lexemes, x)
	}
}

// run draws the tree over the lexemes of s, in s.state.
func (p *parser) run(s *scratch) {
	labels := len(p.labels)
	scores := s.scoresFor(1 + 2*labels)
	s.state.reset(s.lexemes)
	for !s.state.done() {
		shift, left, right := s.state.legal()
		if shift && !left && !right {
			s.state.shift()
			continue
		}
		s.features.parsing(&s.state)
		p.weights.score(s.features.hashes, scores)
		best := -1
		if shift {
			best = 0
		}
		if left {
			best = highest(scores, 1, 1+labels, best)
		}
		if right {
			best = highest(scores, 1+labels, 1+2*labels, best)
		}
		s.state.apply(best, labels)
	}
}
