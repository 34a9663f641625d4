package english

import (
	"strings"
)

// Annotated is a sentence of a treebank.
type Annotated struct {
	Text  string
	Words []Word
}

// Word is one word of a treebank; Head is an index, -1 for the root.
type Word struct {
	Form, Lemma, Pos, Tag, Rel string
	Head                       int
}

func (a Annotated) forms() []string {
	out := make([]string, len(a.Words))
	for i, w := range a.Words {
		out[i] = w.Form
	}
	return out
}

// TrainOptions are the settings of Train; the zero value of each stands for
// the figure named.
type TrainOptions struct {
	TaggerEpochs int    // 6
	ParserEpochs int    // 6
	Folds        int    // 5: jackknife for the tags that the parser learns from
	Prune        int    // 8: weights below this, of 127, are dropped
	Seed         uint64 // 0 is a seed like any other
	Progress     func(string)
}

// Train learns a model from treebank sentences. The same sentences and seed
// give the same bytes. About ten minutes of one core for 20,000 sentences.
func Train(sentences []Annotated, o TrainOptions) *Model {
	o.TaggerEpochs, o.ParserEpochs = or(o.TaggerEpochs, 6), or(o.ParserEpochs, 6)
	o.Folds, o.Prune = or(o.Folds, 5), or(o.Prune, 8)
	say := o.Progress
	if say == nil {
		say = func(string) {}
	}
	say("tagger")
	m := &Model{tagger: trainTagger(sentences, o.TaggerEpochs, o.Seed), lemmas: trainLemmas(sentences)}
	say("tags for the parser")
	tagged := jackknife(sentences, o)
	say("parser")
	p := trainParser(append(tagged, collapsed(tagged)...), o.ParserEpochs, o.Seed)
	m.parser = p.parser
	m.parser.weights = p.l.freeze(o.Prune)
	return m
}

func or(n, standard int) int {
	if n == 0 {
		return standard
	}
	return n
}

// jackknife returns the sentences with the tags that taggers give which did
// not learn from them.
func jackknife(sentences []Annotated, o TrainOptions) []Annotated {
	out := make([]Annotated, len(sentences))
	for fold := range o.Folds {
		var rest []Annotated
		for i, s := range sentences {
			if i%o.Folds != fold {
				rest = append(rest, s)
			}
		}
		t := trainTagger(rest, min(o.TaggerEpochs, 4), o.Seed)
		for i := fold; i < len(sentences); i += o.Folds {
			s := Annotated{Text: sentences[i].Text, Words: append([]Word(nil), sentences[i].Words...)}
			for j, c := range t.run(s.forms()) {
				s.Words[j].Pos, s.Words[j].Tag = t.pos[c], t.tag[c]
			}
			out[i] = s
		}
	}
	return out
}

// collapsed returns the sentences that hold a name of several words, each name
// joined to one word as Collapse does it.
func collapsed(sentences []Annotated) []Annotated {
	var out []Annotated
	for _, s := range sentences {
		if c := collapseNames(s); len(c.Words) < len(s.Words) {
			out = append(out, c)
		}
	}
	return out
}

// collapseNames joins each maximal run of proper nouns, and a title before it,
// that hangs together as one subtree.
func collapseNames(s Annotated) Annotated {
	n := len(s.Words)
	to := make([]int, n) // new index of each word
	var words []Word
	var heads []int // old head of each new word
	for i := 0; i < n; {
		j, head := nameAt(s, i)
		w := s.Words[head]
		if j-i > 1 {
			forms := make([]string, 0, j-i)
			for k := i; k < j; k++ {
				forms = append(forms, s.Words[k].Form)
			}
			w.Form, w.Pos, w.Tag = strings.Join(forms, " "), "PROPN", "NNP"
			w.Lemma = w.Form
		}
		for k := i; k < j; k++ {
			to[k] = len(words)
		}
		words = append(words, w)
		heads = append(heads, s.Words[head].Head)
		i = j
	}
	for i, h := range heads {
		words[i].Head = -1
		if h >= 0 {
			words[i].Head = to[h]
		}
	}
	return Annotated{Text: s.Text, Words: words}
}

// nameAt returns the end of the name that begins at word i, and its head word;
// i+1 and i when none does. Only a run whose single outgoing arc is its
// head's counts.
func nameAt(s Annotated, i int) (end, head int) {
	part := func(k int) bool {
		w := s.Words[k]
		return w.Pos == "PROPN" || w.Pos == "ADJ" && k == i && strings.ToLower(w.Form) != w.Form
	}
	j := i
	for j < len(s.Words) && part(j) {
		j++
	}
	for ; j-i > 1; j-- {
		if h, ok := singleHead(s, i, j); ok && s.Words[j-1].Pos == "PROPN" {
			return j, h
		}
	}
	return i + 1, i
}

// singleHead returns the one word of [i,j) whose head lies outside; ok is
// false when there are several, or when words outside hang on others of the
// run.
func singleHead(s Annotated, i, j int) (head int, ok bool) {
	head = -1
	for k := i; k < j; k++ {
		if h := s.Words[k].Head; h < i || h >= j {
			if head >= 0 {
				return 0, false
			}
			head = k
		}
	}
	return head, head >= 0
}
