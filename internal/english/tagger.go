package english

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// tagger gives each word its universal and Penn tags, as one class "VERB|VBD".
type tagger struct {
	classes   []string
	pos, tag  []string // the halves of classes
	ambiguity map[string]uint64
	weights   *table
}

// tagContext holds what the features of one sentence's words share. Index 0 is
// two words before the first.
type tagContext struct {
	lower                     []string
	word, amb, suf3, suf2, sh []uint64
	capitals                  uint64 // 2 when most letters are capitals
}

// shape returns the word with letters as X or x and digits as d, runs cut at
// two.
func shape(w string) string {
	var out []rune
	for _, c := range w {
		s := '~'
		switch {
		case unicode.IsUpper(c):
			s = 'X'
		case unicode.IsLower(c):
			s = 'x'
		case unicode.IsDigit(c):
			s = 'd'
		case c < 128:
			s = c
		}
		if n := len(out); n >= 2 && out[n-1] == s && out[n-2] == s {
			continue
		}
		out = append(out, s)
	}
	return string(out)
}

func suffix(s string, n int) string { return s[max(0, len(s)-n):] }
func prefix(s string, n int) string { return s[:min(n, len(s))] }

// normal returns the word in lower case, its digits as 0.
func normal(w string) string {
	w = strings.ToLower(w)
	if strings.ContainsAny(w, "123456789") {
		w = strings.Map(func(r rune) rune {
			if r >= '1' && r <= '9' {
				return '0'
			}
			return r
		}, w)
	}
	return w
}

func (t *tagger) context(words []string) *tagContext {
	n := len(words) + 4
	c := &tagContext{lower: make([]string, n), word: make([]uint64, n), amb: make([]uint64, n), suf3: make([]uint64, n), suf2: make([]uint64, n), sh: make([]uint64, n)}
	upper, lower := 0, 0
	for j := range n {
		w, sh := "<s>", "<s>"
		switch {
		case j >= len(words)+2:
			w = "</s>"
		case j >= 2:
			w, sh = normal(words[j-2]), shape(words[j-2])
			for _, r := range words[j-2] {
				if unicode.IsUpper(r) {
					upper++
				} else if unicode.IsLower(r) {
					lower++
				}
			}
		}
		c.lower[j], c.word[j], c.amb[j], c.sh[j] = w, hash(w), t.ambiguity[w], hash(sh)
		c.suf3[j], c.suf2[j] = hash(suffix(w, 3)), hash(suffix(w, 2))
	}
	if upper > lower {
		c.capitals = 2
	}
	return c
}

// features appends the feature hashes of word i, whose two predecessors have
// the classes p1 (nearer) and p2; -1 before the first word.
func (c *tagContext) features(i, p1, p2 int, f []uint64) []uint64 {
	j := i + 2
	w := c.lower[j]
	n := uint64(0)
	add := func(values ...uint64) {
		n++
		h := mix(n, golden)
		for _, v := range values {
			h = mix(h, v)
		}
		f = append(f, h)
	}
	t1, t2 := uint64(p1+1), uint64(p2+1)
	first := c.capitals
	if i == 0 {
		first++
	}
	add()
	add(c.word[j])
	add(hash(suffix(w, 1)))
	add(c.suf2[j])
	add(c.suf3[j])
	add(hash(suffix(w, 4)))
	add(hash(prefix(w, 1)))
	add(hash(prefix(w, 2)))
	add(hash(prefix(w, 3)))
	add(c.sh[j])
	add(c.sh[j], first)
	add(t1)
	add(t1, t2)
	add(t1, c.word[j])
	add(t1, c.suf3[j])
	add(c.word[j-1])
	add(c.word[j-2])
	add(c.word[j+1])
	add(c.word[j+2])
	add(c.word[j-1], c.word[j])
	add(c.word[j], c.word[j+1])
	add(c.suf3[j+1])
	add(c.suf3[j-1])
	add(c.amb[j])
	add(c.amb[j], t1)
	add(c.amb[j], c.amb[j+1])
	add(c.amb[j], t1, c.amb[j+1])
	add(c.amb[j+1])
	add(c.amb[j+1], c.amb[j+2])
	add(t1, t2, c.amb[j])
	add(c.sh[j-1], c.sh[j], c.sh[j+1])
	add(t1, c.word[j+1])
	add(c.suf2[j], t1, c.suf2[j+1])
	add(c.word[j-1], c.word[j+1])
	return f
}

// scratch is the working memory of one sentence.
type scratch struct {
	scores   []int32
	features []uint64
}

// run returns the class of each word.
func (t *tagger) run(words []string) []int {
	s := scratch{scores: make([]int32, len(t.classes)), features: make([]uint64, 0, 40)}
	c := t.context(words)
	out := make([]int, len(words))
	p1, p2 := -1, -1
	for i := range words {
		s.features = c.features(i, p1, p2, s.features[:0])
		t.weights.score(s.features, s.scores)
		best := 0
		for k, v := range s.scores {
			if v > s.scores[best] {
				best = k
			}
		}
		out[i] = best
		p2, p1 = p1, best
	}
	return out
}

// split fills pos and tag from classes.
func (t *tagger) split() {
	t.pos, t.tag = make([]string, len(t.classes)), make([]string, len(t.classes))
	for i, c := range t.classes {
		t.pos[i], t.tag[i], _ = strings.Cut(c, "|")
	}
}

// trainTagger learns a tagger from sentences; the same seed gives the same
// weights.
func trainTagger(sentences []Annotated, epochs int, seed uint64) *tagger {
	t := &tagger{ambiguity: map[string]uint64{}}
	index := map[string]int{}
	counts := map[string]map[string]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			c := w.Pos + "|" + w.Tag
			if _, ok := index[c]; !ok {
				index[c] = len(t.classes)
				t.classes = append(t.classes, c)
			}
			form := normal(w.Form)
			if counts[form] == nil {
				counts[form] = map[string]int{}
			}
			counts[form][c]++
		}
	}
	for form, m := range counts {
		if class := ambiguityClass(m); class != "" {
			t.ambiguity[form] = hash(class)
		}
	}
	l := newLearner(len(t.classes))
	rng := rand.New(rand.NewPCG(seed, 1))
	scores := make([]float32, len(t.classes))
	order := rng.Perm(len(sentences))
	var f []uint64
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, si := range order {
			c := t.context(sentences[si].forms())
			p1, p2 := -1, -1
			for i, w := range sentences[si].Words {
				l.step++
				gold := index[w.Pos+"|"+w.Tag]
				f = c.features(i, p1, p2, f[:0])
				l.score(f, scores)
				best := 0
				for k, v := range scores {
					if v > scores[best] {
						best = k
					}
				}
				if best != gold {
					l.update(f, gold, best)
				}
				p2, p1 = p1, best
			}
		}
	}
	t.weights = l.freeze(1)
	t.split()
	return t
}

// ambiguityClass names the up to three classes that a word seen three times
// and more mostly has; "" for a rarer word.
func ambiguityClass(counts map[string]int) string {
	total := 0
	for _, n := range counts {
		total += n
	}
	if total < 3 {
		return ""
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
	return strings.Join(classes[:min(3, len(classes))], ",")
}
