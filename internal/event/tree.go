package event

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/internal/english"
)

// A tree is a sentence with the children of each token at hand.
type tree struct {
	tokens  []english.Token
	kids    [][]int
	control map[string]bool // verbs whose infinitive shares their subject
}

func newTree(tokens []english.Token, control map[string]bool) *tree {
	t := &tree{tokens: tokens, control: control, kids: make([][]int, len(tokens))}
	for i, tok := range tokens {
		if tok.Head >= 0 && tok.Head < len(tokens) && tok.Head != i {
			t.kids[tok.Head] = append(t.kids[tok.Head], i)
		}
	}
	return t
}

// rel returns the relation of token i to its head, subtype cut.
func (t *tree) rel(i int) string {
	rel, _, _ := strings.Cut(t.tokens[i].Rel, ":")
	return rel
}

// child returns the first child of i with one of the relations, or -1. A
// relation without subtype stands for all of its subtypes.
func (t *tree) child(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		if t.is(k, rels...) {
			return k
		}
	}
	return -1
}

// is reports whether token i has one of the relations to its head.
func (t *tree) is(i int, rels ...string) bool {
	for _, r := range rels {
		if t.tokens[i].Rel == r || t.rel(i) == r {
			return true
		}
	}
	return false
}

// head returns the head of i, -1 at the root.
func (t *tree) head(i int) int {
	if h := t.tokens[i].Head; h != i {
		return h
	}
	return -1
}

// verb reports whether token i is a verb, auxiliaries left out.
func (t *tree) verb(i int) bool {
	return t.tokens[i].Pos == "VERB" || strings.HasPrefix(t.tokens[i].Tag, "VB") && !t.is(i, "aux", "cop")
}

// noun reports whether token i is a common noun or a name.
func (t *tree) noun(i int) bool { return strings.HasPrefix(t.tokens[i].Tag, "NN") }

// passive reports whether verb v stands in the passive voice, or is a past
// participle that describes a noun.
func (t *tree) passive(v int) bool {
	if t.child(v, "nsubj:pass", "aux:pass") >= 0 {
		return true
	}
	if t.tokens[v].Tag != "VBN" || t.child(v, "aux", "nsubj") >= 0 {
		return false
	}
	if t.is(v, "conj") {
		h := t.head(v)
		return h >= 0 && t.verb(h) && t.passive(h)
	}
	return t.is(v, "acl", "amod", "advcl")
}

// prep returns the preposition that marks the phrase headed by i, in lower
// case and joined when it has several words; "" when there is none.
func (t *tree) prep(i int) string {
	words := ""
	for _, k := range t.kids[i] {
		if t.rel(k) != "case" || strings.EqualFold(t.tokens[k].Text, "'s") || t.tokens[k].Tag == "POS" {
			continue
		}
		if words != "" {
			words += " "
		}
		words += strings.ToLower(t.tokens[k].Text)
		for _, f := range t.kids[k] {
			if t.rel(f) == "fixed" {
				words += " " + strings.ToLower(t.tokens[f].Text)
			}
		}
	}
	return words
}

// marked reports whether i has a child "mark" with one of the words.
func (t *tree) marked(i int, words ...string) bool {
	for _, k := range t.kids[i] {
		if t.rel(k) != "mark" {
			continue
		}
		for _, w := range words {
			if strings.EqualFold(t.tokens[k].Text, w) {
				return true
			}
		}
	}
	return false
}

// governor returns the nearest verb, or predicate with a subject of its own,
// above i; -1 when there is none.
func (t *tree) governor(i int) int {
	for n, h := 0, t.head(i); h >= 0 && n < 50; n, h = n+1, t.head(h) {
		if t.verb(h) || t.child(h, "nsubj", "cop") >= 0 {
			return h
		}
	}
	return -1
}

// below reports whether i is j or stands below it.
func (t *tree) below(i, j int) bool {
	for n := 0; i >= 0 && n < 100; n, i = n+1, t.head(i) {
		if i == j {
			return true
		}
	}
	return false
}

// conjuncts returns i and the tokens coordinated with it.
func (t *tree) conjuncts(i int) []int {
	out := []int{i}
	for _, k := range t.kids[i] {
		if t.rel(k) == "conj" && !t.verb(k) {
			out = append(out, t.conjuncts(k)...)
		}
	}
	return out
}

// clausal reports whether token i opens a clause of its own under its head.
func (t *tree) clausal(i int) bool {
	switch t.rel(i) {
	case "ccomp", "advcl", "acl", "parataxis", "csubj", "root":
		return true
	case "conj":
		return t.verb(i)
	}
	return false
}

// full reports whether token i opens a clause with a subject of its own.
func (t *tree) full(i int) bool { return t.clausal(i) && t.child(i, "nsubj", "csubj") >= 0 }

// relative reports whether token i is a relative pronoun.
func (t *tree) relative(i int) bool {
	tok := t.tokens[i]
	return strings.HasPrefix(tok.Tag, "W") || strings.EqualFold(tok.Text, "that") && tok.Tag != "IN"
}

// subject returns the token that is the surface subject of predicate v, found
// by control where v has none of its own: through coordination, open
// complements, adverbial and relative clauses. It returns -1 when none is found.
func (t *tree) subject(v int) int { return t.subjectOf(v, 0) }

func (t *tree) subjectOf(v, depth int) int {
	if depth > 6 {
		return -1
	}
	if s := t.child(v, "nsubj", "csubj"); s >= 0 {
		if t.relative(s) && t.under(v, "acl") >= 0 {
			return t.under(v, "acl")
		}
		return s
	}
	h := t.head(v)
	if h < 0 {
		return -1
	}
	switch t.rel(v) {
	case "conj":
		if t.predicate(h) {
			return t.subjectOf(h, depth+1)
		}
	case "xcomp":
		if o := t.child(h, "obj", "iobj"); o >= 0 && !t.subjectControl(h) {
			return o
		}
		return t.subjectOf(h, depth+1)
	case "advcl", "parataxis":
		return t.subjectOf(h, depth+1)
	case "ccomp":
		if t.child(v, "mark") >= 0 && t.marked(v, "to") {
			return t.subjectOf(h, depth+1)
		}
	case "acl":
		if g := t.head(h); t.marked(v, "to") && g >= 0 && t.tokens[g].Lemma == "become" {
			return t.subjectOf(g, depth+1) // "became the first to visit"
		}
		return h
	}
	return -1
}

// under returns the noun that the clause of v describes when v, or a verb that
// v is coordinated with, has the relation rel to it; else -1.
func (t *tree) under(v int, rel string) int {
	for n := 0; n < 4 && v >= 0; n++ {
		if t.rel(v) == rel {
			return t.head(v)
		}
		if t.rel(v) != "conj" && t.rel(v) != "xcomp" {
			return -1
		}
		v = t.head(v)
	}
	return -1
}

func (t *tree) predicate(i int) bool { return t.verb(i) || t.child(i, "nsubj", "cop") >= 0 }

// subjectControl reports whether the infinitive under v shares its subject
// even where v has an object: "promised Iran to send …".
func (t *tree) subjectControl(v int) bool {
	return t.control[t.tokens[v].Lemma] || t.passive(v)
}

// modal reports whether verb i has a modal auxiliary: "will", "may".
func (t *tree) modal(i int) bool {
	return slices.ContainsFunc(t.kids[i], func(k int) bool { return t.rel(k) == "aux" && t.tokens[k].Tag == "MD" })
}

// finite reports whether verb v is inflected for tense.
func (t *tree) finite(v int) bool {
	tag := t.tokens[v].Tag
	return tag == "VBD" || tag == "VBZ" || tag == "VBP"
}

// object returns the token that is the surface object of verb v: its own, or
// the noun that a relative clause without object describes; -1 when none.
func (t *tree) object(v int) int {
	if o := t.child(v, "obj"); o >= 0 {
		if t.relative(o) {
			return t.under(v, "acl")
		}
		return o
	}
	if t.tokens[v].Rel == "acl:relcl" && t.child(v, "nsubj", "nsubj:pass") >= 0 {
		if s := t.child(v, "nsubj", "nsubj:pass"); !t.relative(s) {
			return t.head(v)
		}
	}
	return -1
}

// agent returns the token of who does what verb v says, whatever its voice.
func (t *tree) agent(v int) int {
	if !t.passive(v) {
		return t.subject(v)
	}
	if k := t.byAgent(v); k >= 0 {
		return k
	}
	for k := v + 1; k < len(t.tokens) && k < v+12 && !t.verb(k); k++ {
		if t.prep(k) == "by" && t.governor(k) == v {
			return k // hung on another phrase: "signed on its behalf by …"
		}
	}
	return -1
}

// byAgent returns the head of the phrase with "by" under verb v; -1 for none.
func (t *tree) byAgent(v int) int {
	for _, k := range t.kids[v] {
		if t.is(k, "obl", "nmod") && t.prep(k) == "by" {
			return k
		}
	}
	return -1
}

// patient returns the token of whom verb v affects, whatever its voice.
func (t *tree) patient(v int) int {
	if !t.passive(v) {
		return t.object(v)
	}
	if t.tokens[v].Rel == "acl" || t.is(v, "amod") {
		return t.head(v)
	}
	return t.subject(v)
}

// follows reports whether token k, a name, comes right behind the preposition p,
// an article apart.
func (t *tree) follows(k int, p string) bool {
	if t.tokens[k].Pos != "PROPN" {
		return false
	}
	j := k - 1
	if j >= 0 && t.tokens[j].Tag == "DT" {
		j--
	}
	return j >= 0 && strings.EqualFold(t.tokens[j].Text, p)
}
