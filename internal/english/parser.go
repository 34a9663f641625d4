package english

import (
	"math/rand/v2"
	"strings"
)

// parser finds the tree of a tagged sentence by greedy transitions.
type parser struct {
	labels  []string
	vocab   map[string]bool // words seen often enough to have features of their own
	weights *table
}

// word returns the hash under which the templates know a form: itself when it
// is common, one hash for all collapsed names, else its shape and ending.
func (p *parser) word(form, tag string) uint64 {
	if strings.IndexByte(form, ' ') >= 0 && strings.HasPrefix(tag, "NNP") {
		return hash("_NAME_")
	}
	w := strings.ToLower(form)
	if p.vocab[w] {
		return hash(w)
	}
	return hash("_U_" + shape(form) + suffix(w, 2))
}

func (p *parser) input(n int, form, tag, pos func(int) string) *parseInput {
	m := n + 1
	all := make([]uint64, 4*m)
	in := &parseInput{n: n, word: all[:m], suf3: all[m : 2*m], tag: all[2*m : 3*m], pos: all[3*m:]}
	for i := range n {
		in.word[i], in.suf3[i] = p.word(form(i), tag(i)), hash(suffix(strings.ToLower(form(i)), 3))
		in.tag[i], in.pos[i] = hash(tag(i)), hash(pos(i))
	}
	in.word[n], in.suf3[n], in.tag[n], in.pos[n] = rootHash, rootHash, rootHash, rootHash
	return in
}

// run returns the final configuration: heads (n is the root) and labels.
func (p *parser) run(in *parseInput) *state {
	labels := len(p.labels)
	scores := make([]int32, 1+2*labels)
	features := make([]uint64, 0, 192)
	s := newState(in.n)
	for !s.done() {
		shift, left, right := s.legal()
		if shift && !left && !right {
			s.apply(0, labels)
			continue
		}
		features = in.features(s, features[:0])
		p.weights.score(features, scores)
		best := -1
		if shift {
			best = 0
		}
		if left {
			best = bestOf(scores, best, 1, 1+labels)
		}
		if right {
			best = bestOf(scores, best, 1+labels, 1+2*labels)
		}
		s.apply(best, labels)
	}
	return s
}

// bestOf returns the index of the highest score among best and from … to-1.
func bestOf(scores []int32, best, from, to int) int {
	for a := from; a < to; a++ {
		if best < 0 || scores[a] > scores[best] {
			best = a
		}
	}
	return best
}

// parserTraining is a parser on the way, and what it learns from.
type parserTraining struct {
	p      *parser
	l      *learner
	rng    *rand.Rand
	inputs []*parseInput
}

// trainParser learns from sentences, whose tags are as a tagger that had not
// seen them gives. explore is the share of steps after the first epoch that
// follow the parser's own choice.
func trainParser(sentences []Annotated, epochs int, seed uint64) *learnedParser {
	t := &parserTraining{p: &parser{vocab: map[string]bool{}}, rng: rand.New(rand.NewPCG(seed, 2))}
	t.prepare(sentences)
	order := t.rng.Perm(len(t.inputs))
	for epoch := range epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			t.learn(t.inputs[i], epoch > 0)
		}
	}
	return &learnedParser{t.p, t.l}
}

type learnedParser struct {
	*parser
	l *learner
}

func (t *parserTraining) prepare(sentences []Annotated) {
	const common = 2 // a word seen as often has features of its own
	index, counts := map[string]int{}, map[string]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			if _, ok := index[w.Rel]; !ok {
				index[w.Rel] = len(t.p.labels)
				t.p.labels = append(t.p.labels, w.Rel)
			}
			counts[strings.ToLower(w.Form)]++
		}
	}
	for w, n := range counts {
		if n >= common {
			t.p.vocab[w] = true
		}
	}
	for _, s := range sentences {
		in := t.p.input(len(s.Words), func(i int) string { return s.Words[i].Form }, func(i int) string { return s.Words[i].Tag }, func(i int) string { return s.Words[i].Pos })
		for _, w := range s.Words {
			head := w.Head
			if head < 0 {
				head = in.n
			}
			in.heads = append(in.heads, head)
			in.labels = append(in.labels, index[w.Rel])
		}
		t.inputs = append(t.inputs, in)
	}
	t.l = newLearner(1 + 2*len(t.p.labels))
}

// learn parses one sentence, moving the weights wherever the best transition
// is not among those of least cost.
func (t *parserTraining) learn(in *parseInput, explore bool) {
	labels := len(t.p.labels)
	scores := make([]float32, 1+2*labels)
	var features []uint64
	s := newState(in.n)
	for !s.done() {
		shift, left, right := s.legal()
		if shift && !left && !right {
			s.apply(0, labels)
			continue
		}
		t.l.step++
		features = in.features(s, features[:0])
		t.l.score(features, scores)
		guess, gold := t.choose(s, in, scores)
		if guess != gold {
			t.l.update(features, gold, guess)
		}
		if explore && t.rng.Float64() < 0.9 {
			gold = guess
		}
		s.apply(gold, labels)
	}
}

// choose returns the transition of the highest score, and that of the highest
// score among those that lose the fewest gold arcs.
func (t *parserTraining) choose(s *state, in *parseInput, scores []float32) (guess, gold int) {
	labels := len(t.p.labels)
	shift, left, right := s.legal()
	cs, cl, cr := s.costs(in.heads)
	least := 1 << 30
	for _, c := range [...]struct {
		ok   bool
		cost int
	}{{shift, cs}, {left, cl}, {right, cr}} {
		if c.ok {
			least = min(least, c.cost)
		}
	}
	guess, gold = -1, -1
	try := func(a int, good bool) {
		if guess < 0 || scores[a] > scores[guess] {
			guess = a
		}
		if good && (gold < 0 || scores[a] > scores[gold]) {
			gold = a
		}
	}
	if shift {
		try(0, cs == least)
	}
	arcs := func(first, cost, head int) {
		top := s.stack[len(s.stack)-1]
		for l := range labels {
			try(first+l, cost == least && (in.heads[top] != head || in.labels[top] == l))
		}
	}
	if left {
		arcs(1, cl, s.next)
	}
	if right {
		arcs(1+labels, cr, s.stack[len(s.stack)-2])
	}
	return guess, gold
}
