package english

import "strings"

// tagger gives each word its universal and Penn tags, as one class "VERB|VBD".
type tagger struct {
	classes  []string
	pos, tag []string // the halves of classes
	weights  *table
}

// newTagger splits the classes.
func newTagger(classes []string, weights *table) *tagger {
	t := &tagger{classes: classes, weights: weights}
	for _, c := range classes {
		pos, tag, _ := strings.Cut(c, "|")
		t.pos, t.tag = append(t.pos, pos), append(t.tag, tag)
	}
	return t
}

// edge is how many places before the first word and after the last one the
// features look.
const edge = 2

var (
	beforeText = word{id: hash("<s>"), shape: hash("<s>")}
	afterText  = word{id: hash("</s>"), shape: hash("<s>")}
)

// words reads the forms of a sentence, with edge places before and after.
func (s *scratch) readWords(n int, form func(int) string, l *lexicon) {
	s.words = append(s.words[:0], beforeText, beforeText)
	upper, lower := 0, 0
	for i := range n {
		w := s.speller.read(form(i), l)
		upper, lower = upper+w.upper, lower+w.lower
		s.words = append(s.words, w)
	}
	s.words = append(s.words, afterText, afterText)
	s.capitals = upper > lower
}

// tagging lists the features of word i of a sentence, whose two predecessors
// have the classes p1 (nearer) and p2; -1 before the first word.
func (f *featureList) tagging(s *scratch, i, p1, p2 int) {
	f.reset()
	w2, w1, w, v1, v2 := &s.words[i], &s.words[i+1], &s.words[i+2], &s.words[i+3], &s.words[i+4]
	t1, t2 := uint64(p1+1), uint64(p2+1)
	place := uint64(0)
	if i == 0 {
		place++
	}
	if s.capitals {
		place += 2
	}
	f.one(0)
	f.one(w.id)
	for _, h := range w.suffix[1:] {
		f.one(h)
	}
	for _, h := range w.prefix[1:] {
		f.one(h)
	}
	f.one(w.shape)
	f.two(w.shape, place)
	f.one(t1)
	f.two(t1, t2)
	f.two(t1, w.id)
	f.two(t1, w.suffix[3])
	f.one(w1.id)
	f.one(w2.id)
	f.one(v1.id)
	f.one(v2.id)
	f.two(w1.id, w.id)
	f.two(w.id, v1.id)
	f.one(v1.suffix[3])
	f.one(w1.suffix[3])
	f.one(w.class)
	f.two(w.class, t1)
	f.two(w.class, v1.class)
	f.three(w.class, t1, v1.class)
	f.one(v1.class)
	f.two(v1.class, v2.class)
	f.three(t1, t2, w.class)
	f.three(w1.shape, w.shape, v1.shape)
	f.two(t1, v1.id)
	f.three(w.suffix[2], t1, v1.suffix[2])
	f.two(w1.id, v1.id)
}

// run leaves the class of each of the words of s in s.classes.
func (t *tagger) run(s *scratch) {
	s.classes = s.classes[:0]
	scores := s.scoresFor(len(t.classes))
	p1, p2 := -1, -1
	for i := range len(s.words) - 2*edge {
		s.features.tagging(s, i, p1, p2)
		t.weights.score(s.features.hashes, scores)
		best := highest(scores, 0, len(scores), 0)
		s.classes = append(s.classes, best)
		p1, p2 = best, p1
	}
}

// highest returns the index of the highest score among best and from … to-1,
// the first where several are equal; best may be -1.
func highest(scores []int32, from, to, best int) int {
	for i := from; i < to; i++ {
		if best < 0 || scores[i] > scores[best] {
			best = i
		}
	}
	return best
}

// scratch is the working memory for one sentence at a time.
type scratch struct {
	speller  speller
	words    []word // with edge places before and after
	capitals bool   // most letters are capitals
	classes  []int
	lexemes  []lexeme
	state    state
	features featureList
	scores   []int32
}

// scoresFor returns room for n scores.
func (s *scratch) scoresFor(n int) []int32 {
	if cap(s.scores) < n {
		s.scores = make([]int32, n)
	}
	return s.scores[:n]
}
