package main

import (
	"strings"
	"testing"

	"github.com/entente-kg/entente/internal/english"
	"github.com/google/go-cmp/cmp"
)

// show returns a sentence as form/tag/head/relation, heads counted from 1.
func show(s english.Annotated) string {
	var words []string
	for _, w := range s.Words {
		words = append(words, strings.Join([]string{w.Form, w.Pos, w.Tag, string(rune('1' + w.Head)), w.Rel}, "/"))
	}
	return strings.Join(words, " ")
}

func TestCompose(t *testing.T) {
	const grammar = `# A comment.
TOP: [nsubj @WHO] met/VBD [obj @WHO [punct ,/,] [appos [det the/DT] envoy/NN]] @WHERE [punct ./.]
WHO: Anna_Ruiz/NNP
WHERE: [obl [case in/IN] @CITY] [obl:unmarked today/NN]
CITY: Rome/NNP
`
	got, err := compose(grammar, 1, 7)
	if err != nil {
		t.Fatal(err)
	}
	want := "Anna Ruiz/PROPN/NNP/2/nsubj met/VERB/VBD/0/root Anna Ruiz/PROPN/NNP/2/obj ,/PUNCT/,/3/punct the/DET/DT/6/det envoy/NOUN/NN/3/appos " +
		"in/ADP/IN/8/case Rome/PROPN/NNP/2/obl today/NOUN/NN/2/obl:unmarked ./PUNCT/./2/punct"
	if diff := cmp.Diff(want, show(got[0])); diff != "" {
		t.Errorf("compose (-want +got):\n%s", diff)
	}
}

func TestComposeErrors(t *testing.T) {
	for _, grammar := range []string{
		"TOP: a/DT b/DT", "TOP: word", "TOP: @WHO", "TOP: [det a/DT met/VBD", "TOP: [det [case in/IN]] met/VBD", "TOP met/VBD",
		"TOP: a/DT ] b/DT", "TOP: a/DT\nTOP: b/DT", "WHO: a/DT", "TOP: [det a/DT]",
	} {
		if got, err := compose(grammar, 1, 7); err == nil {
			t.Errorf("compose(%q) = %s, want an error", grammar, show(got[0]))
		}
	}
}

// The sentences of the grammar are projective trees: the parser could learn
// nothing from others.
func TestNewsIsProjective(t *testing.T) {
	sentences, err := compose(news, 3000, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sentences {
		for i, w := range s.Words {
			if w.Rel == "" || w.Tag == "" || w.Head == i {
				t.Fatalf("word %d of %s is not whole", i+1, show(s))
			}
			for k := min(i, w.Head) + 1; w.Head >= 0 && k < max(i, w.Head); k++ {
				if !governs(s, w.Head, k) {
					t.Fatalf("arc of word %d crosses another in %s", i+1, show(s))
				}
			}
		}
	}
}

// governs reports whether word i is word k or above it.
func governs(s english.Annotated, i, k int) bool {
	for steps := 0; k >= 0 && steps <= len(s.Words); steps++ {
		if k == i {
			return true
		}
		k = s.Words[k].Head
	}
	return false
}

func TestParseTreebank(t *testing.T) {
	const text = `# text = He's in.
1-2	He's	_	_	_	_	_	_	_	_
1	He	he	PRON	PRP	_	3	nsubj	_	_
2	's	be	AUX	VBZ	_	3	cop	_	_
2.1	x	x	X	X	_	_	_	_	_
3	in	in	ADV	RB	_	0	root	_	_

`
	got, err := parseTreebank([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := []english.Annotated{{Text: "He's in.", Words: []english.Word{
		{Form: "He", Lemma: "he", Pos: "PRON", Tag: "PRP", Rel: "nsubj", Head: 2},
		{Form: "'s", Lemma: "be", Pos: "AUX", Tag: "VBZ", Rel: "cop", Head: 2},
		{Form: "in", Lemma: "in", Pos: "ADV", Tag: "RB", Rel: "root", Head: -1},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("parseTreebank (-want +got):\n%s", diff)
	}
	for _, bad := range []string{"1\tHe\the", strings.Replace(text, "\t0\troot", "\tx\troot", 1)} {
		if _, err := parseTreebank([]byte(bad)); err == nil {
			t.Errorf("parseTreebank(%q) succeeded, want an error", bad)
		}
	}
}
