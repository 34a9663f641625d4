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
// Zhang and Nivre (2011), greedy. Left out: morphology beyond lemmas, and
// enhanced dependencies.
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
// noun, whose Name is 1 + the index of the range plus first. Ranges are sorted
// and do not overlap. text is the report.
func Collapse(text string, tokens []Token, ranges []Range, first int) []Token {
	out := make([]Token, 0, len(tokens))
	at := 0
	for i, r := range ranges {
		out = append(out, tokens[at:r.Start]...)
		joined := tokens[r.End-1]
		joined.Span.Start = tokens[r.Start].Span.Start
		joined.Text = joined.Span.Of(text)
		if r.End-r.Start > 1 || !strings.HasPrefix(joined.Tag, "JJ") {
			joined.Lemma, joined.Tag, joined.Pos = joined.Text, "NNP", "PROPN"
		}
		joined.Name = 1 + first + i
		out = append(out, joined)
		at = r.End
	}
	return append(out, tokens[at:]...)
}
