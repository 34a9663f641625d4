package event

import (
	"slices"
	"strings"

	"github.com/entente-kg/entente/internal/english"
)

// repairs are tried in this order on each token; the first that fits is made.
var repairs = []func(*reader, int) bool{
	(*reader).relativeClause, (*reader).timeClause, (*reader).timeNoun, (*reader).compound, (*reader).paper, (*reader).doneBy, (*reader).timeSubject,
	(*reader).lightParticiple, (*reader).onlyVerb, (*reader).perfect, (*reader).presentTense, (*reader).pastTense,
}

// repair mends what the parser is known to get wrong on news, where names and
// times say better. A repair changes tokens alone; their tree is made anew here.
// One that leaves no tree, since the parser got wrong more than it knows of, is
// taken back.
func (r *reader) repair() {
	whole := r.t.tokens
	r.t.tokens = slices.Clone(whole)
	for i := range r.t.tokens {
		for _, mend := range repairs {
			if !mend(r, i) {
				continue
			}
			if cyclic(r.t.tokens) {
				r.t.tokens = slices.Clone(whole)
			} else {
				whole = slices.Clone(r.t.tokens)
			}
			r.t = newTree(r.t.tokens, r.t.control)
			break
		}
	}
}

// cyclic reports whether a word stands below itself.
func cyclic(tokens []english.Token) bool {
	for i := range tokens {
		steps := 0
		for k := i; k >= 0; k = tokens[k].Head {
			if steps++; steps > len(tokens) {
				return true
			}
		}
	}
	return false
}

// relativeClause makes a clause whose subject or object is "which" or "who"
// describe the noun that this follows: "condemned Washington, which had threatened
// Seoul".
func (r *reader) relativeClause(i int) bool {
	t := r.t
	if !t.predicate(i) || t.is(i, "acl", "root") || t.is(i, "ccomp") && t.head(i) < i && r.asks(t.head(i)) {
		return false
	}
	w := t.child(i, "nsubj", "obj")
	if w < 1 || t.tokens[w].Tag != "WDT" && t.tokens[w].Tag != "WP" || strings.EqualFold(t.tokens[w].Text, "what") {
		return false
	}
	n := w - 1
	if t.tokens[n].Text == "," {
		n--
	}
	if n < 0 || !t.noun(n) || t.below(n, i) {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = n, "acl:relcl"
	return true
}

// asks reports whether verb v takes a question: "asked who had signed".
func (r *reader) asks(v int) bool { return r.f.lists["ask"][strings.ToLower(r.t.tokens[v].Lemma)] }

// timeClause hangs a time right behind the verb of a relative clause on that:
// "revived the pact that they signed in 2001".
func (r *reader) timeClause(i int) bool {
	t := r.t
	v := i - 2
	if v < 0 || !r.timed(i) || t.child(i, "case") != i-1 || !t.verb(v) || t.rel(v) != "acl" || t.below(i, v) {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = v, "obl"
	return true
}

// timeNoun takes a name away from the time behind it: "visit Washington next
// month".
func (r *reader) timeNoun(i int) bool {
	t := r.t
	n := t.head(i)
	if !t.is(i, "compound", "nmod") || t.prep(i) != "" || t.tokens[i].Pos != "PROPN" || n <= i || r.timed(i) || !r.timed(n) || !r.timed(i+1) {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = t.tokens[n].Head, t.tokens[n].Rel
	t.tokens[n].Rel = "obl:unmarked"
	for _, k := range t.kids[n] {
		if k < i {
			t.tokens[k].Head = i
		}
	}
	return true
}

// compound joins two nouns in a row that were made two phrases: "signed an
// intelligence pact".
func (r *reader) compound(i int) bool {
	t := r.t
	n := i + 1
	if n >= len(t.tokens) || !strings.HasPrefix(t.tokens[i].Tag, "NN") || t.tokens[i].Pos != "NOUN" || r.timed(i) || r.timed(n) || !t.is(i, "obj") || t.child(n, "det", "nmod:poss", "case", "mark", "aux", "nsubj", "obj") >= 0 {
		return false
	}
	verbs := (t.tokens[n].Tag == "VBP" || t.tokens[n].Tag == "VB") && t.head(n) == t.head(i) && t.is(n, "xcomp")
	if verbs { // "an arms embargo"
		t.tokens[n].Tag, t.tokens[n].Pos = "NN", "NOUN"
	} else if t.tokens[i].Tag != "NN" || t.tokens[n].Pos != "NOUN" {
		return false
	}
	switch {
	case t.head(n) == i && t.is(n, "appos", "nmod", "nmod:unmarked", "dep"):
		t.tokens[n].Head, t.tokens[n].Rel = t.tokens[i].Head, t.tokens[i].Rel
	case t.head(n) == t.head(i) && t.is(n, "obl:unmarked", "obj", "xcomp"):
		t.tokens[n].Rel = t.tokens[i].Rel
	default:
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = n, "compound"
	for _, k := range t.kids[i] {
		if k != n {
			t.tokens[k].Head = n
		}
	}
	return true
}

// paper makes a participle right behind a paper, or another thing that speaks,
// say what that does: "a resolution condemning the raid".
func (r *reader) paper(i int) bool {
	t := r.t
	n := i - 1
	if t.tokens[i].Tag != "VBG" || !t.is(i, "advcl", "xcomp") || n < 0 || !t.noun(n) || !r.f.lists["speaking"][strings.ToLower(t.tokens[n].Lemma)] || t.child(i, "mark", "nsubj", "aux") >= 0 {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = n, "acl"
	return true
}

// doneBy makes a participle right behind an object, which "by" follows, describe
// that: "rejected the plan put forward by Egypt".
func (r *reader) doneBy(i int) bool {
	t := r.t
	n := i - 1
	if t.tokens[i].Tag != "VBN" || !t.is(i, "advcl", "xcomp") || n < 0 || !t.is(n, "obj") || t.head(n) != t.head(i) || t.child(i, "mark", "nsubj", "aux") >= 0 {
		return false
	}
	if k := t.byAgent(i); k < 0 || r.timed(k) {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = n, "acl"
	return true
}

// timeSubject makes actors that the parser coordinated with a time before them
// the subject: "In January, Mali and Niger withdrew".
func (r *reader) timeSubject(i int) bool {
	t := r.t
	h := t.head(i)
	if t.rel(i) != "conj" || h < 0 || t.noun(i) && !strings.HasPrefix(t.tokens[i].Tag, "NNP") || !r.timed(h) || r.timed(i) {
		return false
	}
	v := t.governor(h)
	if v < i || t.child(v, "nsubj") >= 0 {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = v, "nsubj"
	if t.passive(v) {
		t.tokens[i].Rel = "nsubj:pass"
	}
	for k := range t.tokens {
		if k != i && t.head(k) == h && t.rel(k) == "conj" && k > i {
			t.tokens[k].Head = i
		}
	}
	return true
}

// timed reports whether token i stands within a phrase of time.
func (r *reader) timed(i int) bool {
	for _, e := range r.times {
		if e.Span.Overlaps(r.t.tokens[i].Span) {
			return true
		}
	}
	return false
}

// lightParticiple makes a light verb that was read as a participle before its
// object the verb of the clause: "He and others [held] talks with".
func (r *reader) lightParticiple(i int) bool {
	t := r.t
	n := t.head(i)
	if t.rel(i) != "amod" || n != i+1 && n != i+2 || !strings.HasPrefix(t.tokens[i].Tag, "VB") || !r.f.light[t.tokens[i].Lemma] {
		return false
	}
	s := t.child(n, "nsubj")
	if s < 0 || t.child(n, "cop") >= 0 {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel, t.tokens[i].Tag = t.tokens[n].Head, t.tokens[n].Rel, "VBD"
	t.tokens[n].Head, t.tokens[n].Rel = i, "obj"
	t.tokens[s].Head = i
	return true
}

// onlyVerb makes a past participle between a name and a noun the verb of a
// sentence that was left without one: "Turkey detained three journalists".
func (r *reader) onlyVerb(i int) bool {
	t := r.t
	n := t.head(i)
	if !t.is(i, "amod") || !strings.HasPrefix(t.tokens[i].Tag, "VB") || i == 0 || n < i || t.tokens[n].Head >= 0 || !t.noun(n) {
		return false
	}
	s := i - 1
	if own := t.child(i, "nsubj"); own >= 0 && own < i {
		s = own
	} else if t.tokens[s].Pos != "PROPN" || t.head(s) != n || t.child(n, "nsubj", "cop") >= 0 {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel, t.tokens[i].Tag = -1, "root", "VBD"
	t.tokens[s].Head, t.tokens[s].Rel = i, "nsubj"
	t.tokens[n].Head, t.tokens[n].Rel = i, "obj"
	return true
}

// perfect makes the participle after "has" and adverbs the verb: "has once
// again [rejected]", where the parser took "has" for one.
func (r *reader) perfect(i int) bool {
	t := r.t
	h := t.head(i)
	if t.tokens[i].Tag != "VBN" || h < 0 || h > i || t.tokens[h].Lemma != "have" || !t.is(i, "advcl", "xcomp", "ccomp") || t.child(h, "obj") >= 0 {
		return false
	}
	for k := h + 1; k < i; k++ {
		if !strings.HasPrefix(t.tokens[k].Tag, "RB") {
			return false
		}
	}
	t.tokens[i].Head, t.tokens[i].Rel = t.tokens[h].Head, t.tokens[h].Rel
	for _, k := range t.kids[h] {
		if k != i {
			t.tokens[k].Head = i
		}
	}
	t.tokens[h].Head, t.tokens[h].Rel = i, "aux"
	return true
}

// presentTense makes a plural noun behind a name, which holds the sentence
// together, the verb that it may be as well: "Lind [arrives] in Oslo".
func (r *reader) presentTense(i int) bool {
	t := r.t
	s := i - 1
	if t.tokens[i].Tag != "NNS" || t.head(i) >= 0 || s < 0 || t.tokens[s].Pos != "PROPN" || t.head(s) != i || !t.is(s, "compound", "nmod", "nsubj") ||
		t.child(i, "cop", "det", "amod", "case") >= 0 || len(r.f.byLemma["verb "+t.tokens[i].Lemma]) == 0 {
		return false
	}
	t.tokens[i].Tag, t.tokens[i].Pos = "VBZ", "VERB"
	t.tokens[s].Rel = "nsubj"
	return true
}

// pastTense makes a participle or adjective that stands between a noun and the
// beginning of another noun phrase a verb in the past tense: "The president on
// Saturday [hosted] the king". A participle without auxiliary describes the
// noun before it only where a preposition or nothing follows.
func (r *reader) pastTense(i int) bool {
	t := r.t
	tok := t.tokens[i]
	lemma := r.verbLemma(i)
	if lemma == "" || t.child(i, "aux", "cop", "nsubj") >= 0 || i+1 >= len(t.tokens) || !nounPhrase(t.tokens[i+1].Tag) || r.timed(i+1) {
		return false
	}
	if tok.Tag == "VBN" && !t.is(i, "amod", "advcl", "acl", "root", "compound") {
		return false
	}
	s := r.nounBefore(i)
	if s < 0 || t.is(s, "obj", "obl", "nmod") && t.prep(s) != "" {
		return false
	}
	o := t.child(i, "obj")
	if o < 0 {
		o = r.nounAfter(i)
	}
	if o < 0 || t.below(s, o) && t.head(s) != o && t.head(s) != i {
		return false
	}
	old, oldRel := tok.Head, tok.Rel
	t.tokens[i].Tag, t.tokens[i].Pos, t.tokens[i].Lemma = "VBD", "VERB", lemma
	switch h := t.head(s); {
	case h == o || h == i || h < 0 || t.is(s, "nsubj", "compound"):
		t.tokens[i].Head, t.tokens[i].Rel = -1, "root"
	case old == o || old == s:
		t.tokens[i].Head, t.tokens[i].Rel = h, t.tokens[s].Rel
	default:
		t.tokens[i].Head, t.tokens[i].Rel = old, oldRel
	}
	t.tokens[s].Head, t.tokens[s].Rel = i, "nsubj"
	t.tokens[o].Head, t.tokens[o].Rel = i, "obj"
	return true
}

// verbLemma returns the dictionary form of token i where it may be the past of
// a verb that frames know, "" otherwise.
func (r *reader) verbLemma(i int) string {
	tok := r.t.tokens[i]
	word := strings.ToLower(tok.Text)
	known := func(lemma string) bool { return len(r.f.byLemma["verb "+lemma]) > 0 }
	switch {
	case tok.Tag == "VBN" && known(tok.Lemma):
		return tok.Lemma
	case tok.Tag != "JJ" && tok.Tag != "NN" && tok.Tag != "VBN" || !strings.HasSuffix(word, "ed") || len(word) < 5:
		return ""
	}
	for _, lemma := range []string{word[:len(word)-2], word[:len(word)-1], word[:len(word)-3]} {
		if known(lemma) {
			return lemma
		}
	}
	return ""
}

// nounPhrase reports whether a noun phrase may begin with a word of this tag.
func nounPhrase(tag string) bool {
	return tag == "DT" || tag == "PRP$" || tag == "PRP" || tag == "JJ" || tag == "CD" || strings.HasPrefix(tag, "NN")
}

// nounBefore returns the head of the noun phrase that ends right before token
// i, adverbs and phrases of time apart; -1 for none.
func (r *reader) nounBefore(i int) int {
	t := r.t
	k := i - 1
	for k >= 0 && (r.timed(k) || strings.HasPrefix(t.tokens[k].Tag, "RB") || t.tokens[k].Tag == "IN" && r.timed(k+1)) {
		k--
	}
	if k < 0 || !strings.HasPrefix(t.tokens[k].Tag, "NN") && t.tokens[k].Pos != "PROPN" {
		return -1
	}
	for h := t.head(k); h >= 0 && h < i && t.is(k, "compound", "flat", "conj", "appos") && !t.verb(h); h = t.head(k) {
		k = h
	}
	return k
}

// nounAfter returns the head of the noun phrase that begins right behind token
// i: its last noun before anything else; -1 for none.
func (r *reader) nounAfter(i int) int {
	t := r.t
	last := -1
	for k := i + 1; k < len(t.tokens); k++ {
		tag := t.tokens[k].Tag
		switch {
		case tag == "POS":
			last = -1
		case strings.HasPrefix(tag, "NN"):
			last = k
		case nounPhrase(tag) || tag == "VBN" || tag == "HYPH":
			if last >= 0 {
				return last
			}
		default:
			return last
		}
	}
	return last
}
