// Package english reads the grammar of English news: sentences, words, tags,
// lemmas and dependency trees, by the conventions of Universal Dependencies
// (Nivre et al., 2020) and of the Penn Treebank for tags.
//
// [Default] loads the embedded model. For a report: [Model.Sentences] splits a
// block of text, [Model.Analyse] tokenizes and tags a sentence, [Collapse]
// joins the words of each name, [Model.Parse] adds the tree.
//
// The tagger is an averaged perceptron (Collins, 2002); the parser is
// arc-hybrid with a dynamic oracle (Goldberg, Nivre, 2013) over the features of
// Zhang and Nivre (2011), greedy. Both learn from treebanks and from news that a
// slower teacher has labelled (teacher/teacher.py, data/README.md). Left out:
// morphology beyond lemmas, and enhanced dependencies.
package english

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// Token is one syntactic word, or a whole name once collapsed.
type Token struct {
	Span  entente.Span // bytes in the report
	Text  string       // surface form
	Lemma string       // lower case; names keep theirs
	Tag   string       // Penn Treebank tag: NNP, VBD …
	Pos   string       // universal part of speech: PROPN, VERB …
	Head  int          // index in the sentence, -1 for the root
	Rel   string       // UD relation with subtype: nsubj:pass, obl:agent …
	Name  int          // 1 + index of the mention that this token is; 0 = none
}

// Sentence is a sentence of a report and its words.
type Sentence struct {
	Span   entente.Span
	Tokens []Token
}

// Range is a half-open range of token indices.
type Range struct{ Start, End int }

// Collapse returns the tokens with those of each range joined into one proper
// noun, whose Name is 1 + first + the index of the range. A range of one
// adjective ("Chinese") stays an adjective. Ranges that are empty, out of
// bounds or begin before the end of an earlier one are left out. text is what
// the spans point into.
func Collapse(text string, tokens []Token, ranges []Range, first int) []Token {
	joined := make([]Token, 0, len(tokens))
	at := 0
	for i, r := range ranges {
		if r.Start < at || r.End <= r.Start || r.End > len(tokens) {
			continue
		}
		joined = append(joined, tokens[at:r.Start]...)
		joined = append(joined, join(text, tokens[r.Start:r.End], 1+first+i))
		at = r.End
	}
	return append(joined, tokens[at:]...)
}

// join makes one token of the tokens of a name.
func join(text string, tokens []Token, name int) Token {
	t := tokens[len(tokens)-1]
	t.Span.Start = tokens[0].Span.Start
	t.Text = t.Span.Of(text)
	if len(tokens) > 1 || !strings.HasPrefix(t.Tag, "JJ") {
		t.Lemma, t.Tag, t.Pos = t.Text, "NNP", "PROPN"
	}
	t.Name = name
	return t
}
