package event

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/english"
)

// TestRepairLeavesTree has a tree that the parser got wrong such that a repair
// alone would hang a word below itself, which the readers of trees would follow
// for ever.
func TestRepairLeavesTree(t *testing.T) {
	f, err := ReadFrames(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	// words as form/lemma/tag/head/relation
	const text = "They/they/PRP/1/nsubj urge/urge/VBP/-1/root Seoul/Seoul/NNP/1/obj by/by/IN/4/case resolutions/resolution/NNS/5/conj demanding/demand/VBG/1/advcl peace/peace/NN/5/obj"
	var tokens []english.Token
	for _, word := range strings.Fields(text) {
		c := strings.Split(word, "/")
		head, err := strconv.Atoi(c[3])
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, english.Token{Text: c[0], Lemma: c[1], Tag: c[2], Pos: "NOUN", Head: head, Rel: c[4]})
	}
	alone := &reader{f: f, doc: &Document{}, t: newTree(slices.Clone(tokens), nil)}
	if !alone.paper(5) || !cyclic(alone.t.tokens) {
		t.Error("the repair alone leaves a tree: the test tests nothing")
	}
	r := &reader{f: f, doc: &Document{}, t: newTree(tokens, nil)}
	r.repair()
	if cyclic(r.t.tokens) {
		t.Error("repaired to a cycle")
	}
}
