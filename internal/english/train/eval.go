package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// evaluate prints what share of words has the right tags, lemma and arc, as
// CoNLL 2018 counts them: on gold words, punctuation included, relations
// without subtypes. LAS-names is the same with names of several words
// collapsed; subj and obj are the F1 of those relations with collapsed names;
// words and sents are the F1 of our own words and sentences on the plain text.
func evaluate(dir, path string) error {
	m, err := load(path)
	if err != nil {
		return err
	}
	fmt.Println("treebank       words  UPOS  XPOS lemma   UAS   LAS | names:  UAS   LAS  subj   obj   obl | words  sents")
	for _, name := range []string{"pud.test", "ewt.test", "gum.test", "gumnews.test", "ewt.dev"} {
		sentences, err := readTreebank(dir, name)
		if err != nil {
			return err
		}
		var plain, collapsed scores
		for _, s := range sentences {
			plain.sentence(m, s)
			collapsed.sentence(m, english.CollapseNames(s))
		}
		fmt.Printf("%-13s %6d %5.1f %5.1f %5.1f %5.1f %5.1f |        %5.1f %5.1f %5.1f %5.1f %5.1f | %5.2f %6.1f\n", name, plain.words,
			plain.share(plain.pos), plain.share(plain.tag), plain.share(plain.lemma), plain.share(plain.head), plain.share(plain.arc),
			collapsed.share(collapsed.head), collapsed.share(collapsed.arc),
			collapsed.relation[0].f1(), collapsed.relation[1].f1(), collapsed.relation[2].f1(),
			wordsFound(m, sentences).f1(), sentencesFound(m, sentences).f1())
	}
	return nil
}

func load(path string) (*english.Model, error) {
	if path == "" {
		return english.Default()
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return english.LoadWithLists(b)
}

// scores counts what is right in a treebank.
type scores struct {
	words, pos, tag, lemma, head, arc int
	relation                          [3]overlap // of relations
}

var relations = [3]string{"nsubj", "obj", "obl"}

func (c *scores) share(n int) float64 { return 100 * float64(n) / float64(max(1, c.words)) }

func (c *scores) sentence(m *english.Model, s english.Annotated) {
	tokens := make([]english.Token, len(s.Words))
	for i, w := range s.Words {
		tokens[i].Text = w.Form
	}
	m.Tag(tokens)
	for i, w := range s.Words {
		if strings.Contains(w.Form, " ") { // a collapsed name
			tokens[i].Tag, tokens[i].Pos, tokens[i].Lemma = "NNP", "PROPN", w.Form
		}
	}
	m.Parse(tokens)
	count := func(n *int, ok bool) {
		if ok {
			*n++
		}
	}
	for i, w := range s.Words {
		t := tokens[i]
		c.words++
		count(&c.pos, t.Pos == w.Pos)
		count(&c.tag, t.Tag == w.Tag)
		count(&c.lemma, strings.EqualFold(t.Lemma, w.Lemma))
		count(&c.head, t.Head == w.Head)
		ours, gold := universal(t.Rel), universal(w.Rel)
		count(&c.arc, t.Head == w.Head && ours == gold)
		for k, r := range relations {
			count(&c.relation[k].ours, ours == r)
			count(&c.relation[k].gold, gold == r)
			count(&c.relation[k].both, ours == r && gold == r && t.Head == w.Head)
		}
	}
}

// universal returns a relation without its subtype.
func universal(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}

// overlap counts what we found, what the treebank has, and what is in both.
type overlap struct{ ours, gold, both int }

func (o overlap) f1() float64 { return 200 * float64(o.both) / float64(max(1, o.ours+o.gold)) }

func (o *overlap) add(ours, gold [][2]int) {
	o.ours += len(ours)
	o.gold += len(gold)
	for _, x := range ours {
		if slices.Contains(gold, x) {
			o.both++
		}
	}
}

// wordsFound compares our words of each sentence with the treebank's.
func wordsFound(m *english.Model, sentences []english.Annotated) overlap {
	var o overlap
	for _, s := range sentences {
		var ours, gold []string
		for _, t := range m.Tokenize(s.Text, entente.Span{End: len(s.Text)}) {
			ours = append(ours, t.Text)
		}
		for _, w := range s.Words {
			gold = append(gold, w.Form)
		}
		o.add(places(ours), places(gold))
	}
	return o
}

// sentencesFound compares our sentences in running text with the treebank's.
// The text is ten of its sentences with spaces between.
func sentencesFound(m *english.Model, sentences []english.Annotated) overlap {
	var o overlap
	for chunk := range slices.Chunk(sentences, 10) {
		var text strings.Builder
		var gold, ours [][2]int
		for _, s := range chunk {
			gold = append(gold, [2]int{text.Len(), text.Len() + len(s.Text)})
			text.WriteString(s.Text + " ")
		}
		for _, s := range m.Sentences(text.String(), entente.Span{End: text.Len()}) {
			ours = append(ours, [2]int{s.Start, s.End})
		}
		o.add(ours, gold)
	}
	return o
}

// places returns where the words stand among the letters without spaces.
func places(words []string) [][2]int {
	spans := make([][2]int, len(words))
	at := 0
	for i, w := range words {
		n := len(strings.ReplaceAll(strings.ReplaceAll(w, " ", ""), "\u00a0", ""))
		spans[i] = [2]int{at, at + n}
		at += n
	}
	return spans
}
