package english

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// TrainOptions are the settings of Train; the zero value of each stands for
// the figure named.
type TrainOptions struct {
	TaggerEpochs int         // 6
	ParserEpochs int         // 6
	Folds        int         // 5: jackknife for the tags that the parser learns from
	Prune        int         // 8: weights of the parser below this, of 127, are dropped
	TaggerPrune  int         // 1: the same for the tagger
	Seed         uint64      // 0 is a seed like any other
	Composed     []Annotated // sentences for the parser alone, with names that are collapsed
	Progress     func(step string)
}

func (o TrainOptions) filled() TrainOptions {
	set := func(n *int, standard int) {
		if *n == 0 {
			*n = standard
		}
	}
	set(&o.TaggerEpochs, 6)
	set(&o.ParserEpochs, 6)
	set(&o.Folds, 5)
	set(&o.Prune, 8)
	set(&o.TaggerPrune, 1)
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	return o
}

// Train learns a model from treebank sentences. The same sentences and options
// give the same model, byte for byte.
func Train(sentences []Annotated, o TrainOptions) (*Model, error) {
	o = o.filled()
	classes, labels := inventory(sentences)
	for _, s := range o.Composed {
		for _, w := range s.Words {
			if _, known := slices.BinarySearch(labels, w.Rel); !known {
				return nil, fmt.Errorf("composed sentences have the relation %q, the treebanks do not", w.Rel)
			}
		}
	}
	if len(classes) > 256 || 1+2*len(labels) > 256 {
		return nil, fmt.Errorf("%d tags and %d relations, want 256 and 127 at most", len(classes), len(labels))
	}
	m := &Model{lexicon: learnLexicon(sentences), lemmas: learnLemmas(sentences)}
	o.Progress("tagger")
	m.tagger = learnTagger(sentences, classes, m.lexicon, o.TaggerEpochs, o)
	tagged := make([]Annotated, len(sentences))
	for fold := range o.Folds {
		o.Progress(fmt.Sprintf("tags for the parser %d of %d", fold+1, o.Folds))
		jackknife(sentences, tagged, classes, fold, o)
	}
	tagged = append(tagged, o.Composed...)
	m.parser = learnParser(tagged, labels, m.lexicon, o)
	return m, nil
}

// inventory returns the classes of the tagger and the labels of the parser, in
// order of their names.
func inventory(sentences []Annotated) (classes, labels []string) {
	for _, s := range sentences {
		for _, w := range s.Words {
			classes, labels = append(classes, w.class()), append(labels, w.Rel)
		}
	}
	slices.Sort(classes)
	slices.Sort(labels)
	return slices.Compact(classes), slices.Compact(labels)
}

// class is what the tagger learns to say of a word.
func (w Word) class() string { return w.Pos + "|" + w.Tag }

// learnLexicon lists the words that occur twice and more, with their class of
// ambiguity where it can be told.
func learnLexicon(sentences []Annotated) *lexicon {
	counts := map[string]map[string]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			form := normal(w.Form)
			if counts[form] == nil {
				counts[form] = map[string]int{}
			}
			counts[form][w.class()]++
		}
	}
	names := map[string]string{}
	var classes []string
	for form, m := range counts {
		if class, known := ambiguity(m); known {
			names[form] = class
			classes = append(classes, class)
		}
	}
	slices.Sort(classes)
	classes = slices.Compact(append(classes, "")) // "" may stand last
	slices.Sort(classes)
	byKey := make(map[uint32]uint16, len(names))
	for form, class := range names {
		number, _ := slices.BinarySearch(classes, class)
		key := fingerprint(hash(form))
		byKey[key] = max(byKey[key], uint16(number)) // one of two that share a key, whichever comes first
	}
	return newLexicon(byKey)
}

// ambiguity names the up to three classes that a word seen three times and
// more mostly has; "" for one seen twice. known is false for one seen once.
func ambiguity(counts map[string]int) (class string, known bool) {
	total := 0
	for _, n := range counts {
		total += n
	}
	if total < 3 {
		return "", total == 2
	}
	var classes []string
	for c, n := range counts {
		if n*20 >= total {
			classes = append(classes, c)
		}
	}
	slices.SortFunc(classes, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return strings.Join(classes[:min(3, len(classes))], ","), true
}

// learnTagger learns a tagger; its own earlier tags are features, so they are
// the guesses and not the truth.
func learnTagger(sentences []Annotated, classes []string, lexicon *lexicon, epochs int, o TrainOptions) *tagger {
	l := newLearner(len(classes))
	rng := rand.New(rand.NewPCG(o.Seed, 1))
	order := rng.Perm(len(sentences))
	var s scratch
	scores := s.scoresFor(len(classes))
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			words := sentences[i].Words
			s.readWords(len(words), func(i int) string { return words[i].Form }, lexicon)
			p1, p2 := -1, -1
			for i, w := range words {
				gold, _ := slices.BinarySearch(classes, w.class())
				s.features.tagging(&s, i, p1, p2)
				guess := l.learn(s.features.hashes, gold, scores)
				p1, p2 = guess, p1
			}
		}
	}
	return newTagger(classes, l.freeze(o.TaggerPrune))
}

// learn makes one step towards the class gold and returns the class that was
// thought best before it.
func (l *learner) learn(features []uint64, gold int, scores []int32) int {
	l.step++
	l.score(features, scores)
	guess := highest(scores, 0, len(scores), -1)
	if guess != gold {
		l.update(features, gold, guess)
	}
	return guess
}

// jackknife fills the sentences of a fold in tagged with the tags that a
// tagger gives which learnt from the others. Such are the tags that the parser
// will meet.
func jackknife(sentences, tagged []Annotated, classes []string, fold int, o TrainOptions) {
	var rest []Annotated
	for i, s := range sentences {
		if i%o.Folds != fold {
			rest = append(rest, s)
		}
	}
	lexicon := learnLexicon(rest)
	t := learnTagger(rest, classes, lexicon, min(o.TaggerEpochs, 4), o)
	var s scratch
	for i := fold; i < len(sentences); i += o.Folds {
		words := slices.Clone(sentences[i].Words)
		s.readWords(len(words), func(i int) string { return words[i].Form }, lexicon)
		t.run(&s)
		for j, c := range s.classes {
			words[j].Pos, words[j].Tag = t.pos[c], t.tag[c]
		}
		tagged[i] = Annotated{Text: sentences[i].Text, Words: words}
	}
}

// example is a sentence that the parser learns from. The head of the root is
// the number of words.
type example struct {
	lexemes       []lexeme
	heads, labels []int
}

func newExample(a Annotated, labels []string, lexicon *lexicon) example {
	words := a.Words
	var s scratch
	s.readLexemes(len(words),
		func(i int) string { return words[i].Form },
		func(i int) string { return words[i].Tag },
		func(i int) string { return words[i].Pos }, lexicon)
	x := example{lexemes: s.lexemes}
	for _, w := range words {
		head := w.Head
		if head < 0 {
			head = len(words)
		}
		label, _ := slices.BinarySearch(labels, w.Rel)
		x.heads, x.labels = append(x.heads, head), append(x.labels, label)
	}
	return x
}

// parserTraining is a parser on the way.
type parserTraining struct {
	l       *learner
	labels  int
	rng     *rand.Rand
	scratch scratch
}

// learnParser learns a parser from sentences whose tags are guesses. Sentences
// with names of several words are learnt in turn plain and with each name
// collapsed to one word.
func learnParser(sentences []Annotated, labels []string, lexicon *lexicon, o TrainOptions) *parser {
	t := parserTraining{
		l: newLearner(1 + 2*len(labels)), labels: len(labels),
		rng: rand.New(rand.NewPCG(o.Seed, 2)),
	}
	plain, collapsed := make([]example, len(sentences)), make([]example, len(sentences))
	for i, s := range sentences {
		plain[i] = newExample(s, labels, lexicon)
		collapsed[i] = newExample(CollapseNames(s), labels, lexicon)
	}
	order := t.rng.Perm(len(sentences))
	for epoch := range o.ParserEpochs {
		o.Progress(fmt.Sprintf("parser %d of %d", epoch+1, o.ParserEpochs))
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			x := plain[i]
			if t.rng.IntN(2) == 0 {
				x = collapsed[i]
			}
			t.learn(x, epoch > 0)
		}
	}
	return &parser{labels: labels, weights: t.l.freeze(o.Prune)}
}

// exploring is the share of steps, after the first epoch, that follow the
// parser's own choice, so that it learns to go on after its own errors.
const exploring = 0.9

// learn parses one sentence, moving the weights wherever no transition of
// least cost leads.
func (t *parserTraining) learn(x example, explore bool) {
	s := &t.scratch
	scores := s.scoresFor(t.l.classes)
	s.state.reset(x.lexemes)
	for !s.state.done() {
		shift, left, right := s.state.legal()
		if shift && !left && !right {
			s.state.shift()
			continue
		}
		t.l.step++
		s.features.parsing(&s.state)
		t.l.score(s.features.hashes, scores)
		gold, rival := t.choose(x, scores)
		if rival >= 0 && scores[rival] >= scores[gold] {
			t.l.update(s.features.hashes, gold, rival)
		}
		if rival >= 0 && scores[rival] > scores[gold] && explore && t.rng.Float64() < exploring {
			gold = rival
		}
		s.state.apply(gold, t.labels)
	}
}

// choose returns the transition of the highest score among those that lose the
// fewest gold arcs and give the arcs that they make their gold label, and the
// one of the highest score among the others, -1 if there is none.
func (t *parserTraining) choose(x example, scores []int32) (gold, rival int) {
	s := &t.scratch.state
	gold, rival = -1, -1
	try := func(action int, good bool) {
		to := &rival
		if good {
			to = &gold
		}
		if *to < 0 || scores[action] > scores[*to] {
			*to = action
		}
	}
	arcs := func(first, head int, least bool) {
		top := s.top(0).i
		for l := range t.labels {
			try(first+l, least && (x.heads[top] != head || x.labels[top] == l))
		}
	}
	shift, left, right := s.legal()
	costs := s.costs(x.heads)
	least := math.MaxInt
	for i, legal := range [...]bool{shift, left, right} {
		if legal {
			least = min(least, costs[i])
		}
	}
	if shift {
		try(0, costs[0] == least)
	}
	if left {
		arcs(1, s.next, costs[1] == least)
	}
	if right {
		arcs(1+t.labels, s.top(1).i, costs[2] == least)
	}
	return gold, rival
}
