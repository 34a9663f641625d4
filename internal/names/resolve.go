package names

import (
	"slices"
	"strings"
	"unicode"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// resolver walks the parsed sentences in order and keeps who was spoken of.
type resolver struct {
	t       *Table
	si      int
	s       []english.Token
	history []referent               // in order of the text
	told    map[entente.EntityID]int // how often the report names each entity
	first   map[entente.EntityID]int // in which sentence it does so first
	joined  bool                     // the pronoun to be resolved stands within a name with its title
	pair    []entente.EntityID       // see mainPair; nil for not yet known
	speech  speech
	top     []entente.EntityID // see topStates
	opens   bool               // the sentence begins a paragraph

	relatives map[int][]entente.EntityID // of the relative pronouns of the sentence, by token
}

// A referent is a mention that later words may point back to.
type referent struct {
	mention  int // index in the table
	sentence int
	token    int
	subject  bool
	lemma    string // of the noun that heads it, "" of a name or pronoun
	modifier string // of a title before the lemma
	main     bool   // of the main clause
	role     string
	group    []entente.EntityID // members, when it stands for several
	plural   bool               // a plural noun or name, though it stands for one: "Ukrainian drones"
	joint    bool               // of several mentions, which are files of their own
	loose    bool               // a group only because the sentence names just these two
}

// Resolve adds the mentions that point back: nouns, pronouns and groups. The
// sentences are those that Find returned, parsed.
func (t *Table) Resolve(sentences []english.Sentence) {
	r := &resolver{t: t, told: map[entente.EntityID]int{}, first: map[entente.EntityID]int{}}
	for _, m := range t.mentions {
		for _, id := range append(m.Entities[:len(m.Entities):len(m.Entities)], m.Acts) {
			if r.told[id]++; r.told[id] == 1 {
				r.first[id] = m.Sentence
			}
		}
	}
	for si := range sentences {
		r.si, r.s = si, sentences[si].Tokens
		r.relatives = nil
		r.opens = r.paragraph()
		r.coordinations()
		for i := range r.s {
			r.token(i)
		}
		r.quotations()
		r.couple()
	}
}

// token resolves one token, in order of the sentence.
func (r *resolver) token(i int) {
	if m, ok := r.t.at[[2]int{r.si, i}]; ok {
		r.ownTitle(i, m)
		r.remember(m, i)
		return
	}
	tok := r.s[i]
	word := strings.ToLower(tok.Text)
	switch {
	case i > 0 && (word == "who" || word == "which" || word == "whom"):
		r.relative(i)
	case strings.HasPrefix(tok.Tag, "PRP") || strings.EqualFold(tok.Text, "whose"):
		r.pronoun(i, word)
	case r.plural(i) && (r.t.g.is("group", word) || r.number(i) > 1 && r.actor(i)) && r.group(i, word):
	case r.t.g.is("several", word) && r.bareNumber(i, word):
		r.groupOf(i, map[string]int{"three": 3, "trio": 3, "four": 4}[word])
	case word == "latter" && r.definiteBefore(i):
		r.point(i, Nominal, r.latter(i))
	case strings.HasPrefix(tok.Tag, "NN"):
		r.noun(i, word)
	}
}

// remember files mention m, headed by token i, as spoken of.
func (r *resolver) remember(m, i int) {
	mention := r.t.mentions[m]
	if mention.Kind == entente.Person && len(mention.Entities) == 1 {
		r.travels(i, r.t.person(mention.Entities[0]))
	}
	if mention.Form == Adjective && r.head(i) >= 0 && r.s[i].Rel != "nsubj" {
		// "Russian troops": an adjective alone is weak, yet its state is spoken of.
		r.history = append(r.history, referent{mention: m, sentence: r.si, token: i, role: r.s[i].Rel})
		return
	}
	r.history = append(r.history, referent{mention: m, sentence: r.si, token: i, subject: r.subject(i), main: r.main(i), role: r.s[i].Rel, plural: r.manyIn(i)})
}

func (r *resolver) head(i int) int { return r.s[i].Head }

// subject reports whether token i is the subject of its clause.
func (r *resolver) subject(i int) bool {
	for n := 0; n < 4 && r.s[i].Rel == "conj" && r.s[i].Head >= 0; n++ {
		i = r.s[i].Head
	}
	return strings.HasPrefix(r.s[i].Rel, "nsubj") || i == 0 && r.s[i].Tag == "NNP"
}

// main reports whether token i is an argument of the main verb.
func (r *resolver) main(i int) bool {
	h := r.s[i].Head
	return h >= 0 && r.s[h].Head < 0
}

// child returns the first dependent of i for which ok holds, -1 for none.
func (r *resolver) child(i int, ok func(k int) bool) int {
	for k := range r.s {
		if r.s[k].Head == i && ok(k) {
			return k
		}
	}
	return -1
}

func (r *resolver) plural(i int) bool {
	return r.s[i].Tag == "NNS" || r.s[i].Tag == "NNPS" || r.s[i].Lemma == "pair" || r.s[i].Lemma == "duo" || r.s[i].Lemma == "trio" || r.s[i].Lemma == "couple"
}

// bareNumber reports whether "the two", "both", "each" stand alone, for two or
// more that were spoken of.
func (r *resolver) bareNumber(i int, word string) bool {
	the := r.definiteBefore(i)
	if (word == "two" || word == "three" || word == "four") && !the {
		return false
	}
	rel, next := r.s[i].Rel, ""
	if i+1 < len(r.s) {
		next = r.s[i+1].Tag
	}
	if word == "each" {
		return strings.HasPrefix(next, "VB") || next == "MD"
	}
	if the && (next == "" || strings.HasPrefix(next, "VB") || next == "MD" || next == "IN" || next == "TO" || next == "RB" || !unicode.IsLetter(rune(next[0]))) {
		return true
	}
	return strings.HasPrefix(rel, "nsubj") || rel == "obj" || strings.HasPrefix(rel, "obl") || rel == "nmod" && (the || word == "both")
}

// point adds a mention headed by token i that stands for the entities.
func (r *resolver) point(i int, form Form, entities []entente.EntityID) {
	if len(entities) == 0 {
		return
	}
	m := Mention{Span: r.s[i].Span, Sentence: r.si, Token: i, Form: form, Entities: entities, Kind: r.t.Entity(entities[0]).Kind}
	r.t.add(m)
	if m.Kind == entente.Person && len(entities) == 1 {
		r.travels(i, r.t.person(entities[0]))
	}
	ref := referent{mention: len(r.t.mentions) - 1, sentence: r.si, token: i, subject: r.subject(i), main: r.main(i), role: r.s[i].Rel, plural: r.manyIn(i)}
	if len(entities) > 1 {
		ref.group = entities
	}
	if form == Nominal {
		ref.lemma, ref.modifier = r.lemma(i), r.modifier(i)
	}
	r.history = append(r.history, ref)
}

// actors returns the entities that a referent stands for, capitals as states.
func (r *resolver) actors(ref referent) []entente.EntityID {
	m := r.t.mentions[ref.mention]
	if m.Acts != "" {
		return []entente.EntityID{m.Acts}
	}
	return m.Entities
}

// pronoun resolves a personal or possessive pronoun.
func (r *resolver) pronoun(i int, word string) {
	r.point(i, Pronoun, r.choosePronoun(i, word, r.whom(i, word)))
}

// whom returns the entities that a pronoun at token i, or within it, means.
func (r *resolver) whom(i int, word string) []entente.EntityID {
	switch word {
	case "himself", "herself", "itself", "themselves":
		return r.reflexive(i)
	case "he", "him", "his":
		return r.heOrShe(i, word, func(p *person) bool { return !p.female || p.male })
	case "she", "her", "hers":
		return r.heOrShe(i, word, func(p *person) bool { return !p.male || p.female })
	case "it", "its":
		return r.it(i, word)
	case "they", "them", "their":
		return r.theirs(i)
	case "whose":
		return r.described(i)
	}
	return nil
}

// heOrShe returns whom a pronoun for a person means.
func (r *resolver) heOrShe(i int, word string, fits func(*person) bool) []entente.EntityID {
	for _, id := range []entente.EntityID{r.governing(i, entente.Person), r.owning(i, word, entente.Person)} {
		if p := r.t.person(id); p != nil && fits(p) {
			p.male = p.male || word[0] == 'h' && word[1] == 'i' && !p.female
			p.female = p.female || word == "her" && !p.male
			return []entente.EntityID{id}
		}
	}
	return r.lastPerson(i, fits)
}

// it returns what "it" or "its" means.
func (r *resolver) it(i int, word string) []entente.EntityID {
	if id := r.governing(i, entente.State, entente.Organisation); id != "" && !r.expletive(i) {
		return []entente.EntityID{id}
	}
	if id := r.owning(i, word, entente.State, entente.Organisation); id != "" {
		return []entente.EntityID{id}
	}
	if i+1 < len(r.s) && word == "it" && r.expletive(i) {
		return nil
	}
	return r.last(i, entente.State, entente.Organisation)
}

// expletive reports whether "it" points to nothing: "it is likely that".
func (r *resolver) expletive(i int) bool {
	h := r.s[i].Head
	return r.s[i].Rel == "expl" || h >= 0 && (strings.HasPrefix(r.s[h].Tag, "JJ") || r.child(h, func(k int) bool { return r.s[k].Rel == "ccomp" || r.s[k].Rel == "csubj" }) >= 0 && r.s[h].Lemma == "be")
}

// lastPerson returns the person last spoken of that fits; a subject counts as
// one sentence nearer, and one that the same verb governs not at all.
func (r *resolver) lastPerson(i int, fits func(*person) bool) []entente.EntityID {
	if id := r.antecedent(i); id != "" {
		if p := r.t.person(id); p != nil && fits(p) {
			return []entente.EntityID{id}
		}
	}
	best, score := entente.EntityID(""), -1<<30
	for n := len(r.history) - 1; n >= 0; n-- {
		ref := r.history[n]
		if r.si-ref.sentence > 6 {
			break
		}
		m := r.t.mentions[ref.mention]
		if ref.joint || len(m.Entities) != 1 || m.Kind != entente.Person {
			continue
		}
		p := r.t.person(m.Entities[0])
		if p == nil || !fits(p) || r.clash(ref, i) {
			continue
		}
		s := -10 * (r.si - ref.sentence)
		if ref.subject {
			s += 12
		}
		if ref.main && ref.subject {
			s += 3
		}
		if ref.sentence == r.si && ref.token > i {
			continue
		}
		s -= (len(r.history) - n) / 4
		if s > score {
			best, score = m.Entities[0], s
		}
	}
	if best == "" {
		return nil
	}
	return []entente.EntityID{best}
}

// clash reports whether ref and token i are arguments of one verb, so that the
// pronoun at i cannot mean ref.
func (r *resolver) clash(ref referent, i int) bool {
	if ref.sentence != r.si || r.joined || strings.HasSuffix(r.s[i].Tag, "$") {
		return false
	}
	a, b := r.s[ref.token].Head, r.s[i].Head
	return a >= 0 && a == b
}

// last returns the entity of one of the kinds last spoken of, subjects of the
// last two sentences first.
func (r *resolver) last(i int, kinds ...entente.Kind) []entente.EntityID {
	var any entente.EntityID
	above := r.above(i)
	for n := len(r.history) - 1; n >= 0; n-- {
		ref := r.history[n]
		if r.si-ref.sentence > 3 {
			break
		}
		m := r.t.mentions[ref.mention]
		ids := r.actors(ref)
		if ref.joint || len(ids) != 1 || m.Form == Adjective || !slices.Contains(kinds, r.t.Entity(ids[0]).Kind) || r.clash(ref, i) || slices.Contains(above, ids[0]) || r.t.g.news[ids[0]] {
			continue
		}
		if ref.subject && r.si-ref.sentence <= 1 {
			return ids
		}
		if any == "" {
			any = ids[0]
		}
	}
	if any == "" {
		return nil
	}
	return []entente.EntityID{any}
}

// above returns the entities that are subjects of the verbs above an object
// pronoun: "X wants to keep Y from it" does not mean X.
func (r *resolver) above(i int) []entente.EntityID {
	if r.joined || !strings.HasPrefix(r.s[i].Tag, "PRP") || strings.HasSuffix(r.s[i].Tag, "$") || strings.HasPrefix(r.s[i].Rel, "nsubj") {
		return nil
	}
	var out []entente.EntityID
	for n, v := 0, r.s[i].Head; v >= 0 && n < 20; n, v = n+1, r.s[v].Head {
		s := r.child(v, func(k int) bool { return strings.HasPrefix(r.s[k].Rel, "nsubj") })
		if s < 0 {
			continue
		}
		if m, ok := r.t.at[[2]int{r.si, s}]; ok {
			out = append(out, r.actors(referent{mention: m})...)
		}
	}
	return out
}

// owning returns the subject of the clause of a possessive pronoun, or the
// object of the verb that governs the clause: "urged Beijing to use its
// influence"; "" where there is none of the kinds.
func (r *resolver) owning(i int, word string, kinds ...entente.Kind) entente.EntityID {
	if word != "its" && word != "his" && !(word == "her" && (r.joined || strings.HasSuffix(r.s[i].Tag, "$"))) {
		return ""
	}
	if id := r.joinedBefore(i, kinds); id != "" {
		return id
	}
	for n, v := 0, r.s[i].Head; v >= 0 && n < 12; n, v = n+1, r.s[v].Head {
		if h := r.s[v].Head; n == 0 && r.s[v].Rel == "conj" && h >= 0 {
			if m, ok := r.t.at[[2]int{r.si, h}]; ok && len(r.t.mentions[m].Entities) == 1 && slices.Contains(kinds, r.t.mentions[m].Kind) {
				return r.t.mentions[m].Entities[0] // "Dahl and his aides"
			}
		}
		if id := r.argument(v, i, "nsubj", kinds); id != "" {
			return id
		}
		if ids := r.relativeOf(v); len(ids) == 1 && slices.Contains(kinds, r.t.Entity(ids[0]).Kind) {
			return ids[0] // "Vietnam, which has claims of its own"
		}
		rel, _, _ := strings.Cut(r.s[v].Rel, ":")
		if h := r.s[v].Head; h >= 0 && (rel == "xcomp" || (rel == "advcl" || rel == "obl" || rel == "ccomp" || rel == "acl") && r.t.g.is("affecting", strings.ToLower(r.s[h].Lemma))) {
			for _, object := range []string{"obj", "iobj"} {
				if id := r.argument(h, i, object, kinds); id != "" {
					return id
				}
			}
		}
		if rel == "ccomp" || rel == "acl" {
			return ""
		}
	}
	return ""
}

// governing returns the subject of the clause above that of a subject pronoun:
// "Oslo said it would", "a hypocrite, since he had asked"; "" where there is
// none of the kinds.
func (r *resolver) governing(i int, kinds ...entente.Kind) entente.EntityID {
	v := r.s[i].Head
	if r.joined || !strings.HasPrefix(r.s[i].Rel, "nsubj") || v < 0 {
		return ""
	}
	for n := 0; n < 3 && r.s[v].Head >= 0; n++ {
		rel, _, _ := strings.Cut(r.s[v].Rel, ":")
		switch h := r.s[v].Head; rel {
		case "ccomp", "advcl":
			return r.argument(h, i, "nsubj", kinds)
		case "conj", "xcomp":
			v = h
		default:
			return ""
		}
	}
	return ""
}

// argument returns the actor of one of the kinds that stands before token i in
// a role of verb v.
func (r *resolver) argument(v, i int, rel string, kinds []entente.Kind) entente.EntityID {
	k := r.child(v, func(k int) bool { return strings.HasPrefix(r.s[k].Rel, rel) })
	if k < 0 || k >= i {
		return ""
	}
	ids := r.relatives[k]
	if m, ok := r.t.at[[2]int{r.si, k}]; ok {
		ids = r.actors(referent{mention: m})
	}
	if len(ids) > 0 && slices.Contains(kinds, r.t.Entity(ids[0]).Kind) {
		return ids[0]
	}
	return ""
}

// joinedBefore returns the actor of one of the kinds whose name stands before
// "and" and the possessive pronoun at token i: "Brandt and his aides".
func (r *resolver) joinedBefore(i int, kinds []entente.Kind) entente.EntityID {
	if i < 2 || r.joined || !strings.EqualFold(r.s[i-1].Text, "and") {
		return ""
	}
	m, ok := r.t.at[[2]int{r.si, i - 2}]
	if !ok || r.t.mentions[m].Form == Adjective {
		return ""
	}
	if ids := r.actors(referent{mention: m}); len(ids) == 1 && slices.Contains(kinds, r.t.Entity(ids[0]).Kind) {
		return ids[0]
	}
	return ""
}

// manyIn reports whether token i is a plural, or a name that ends in one.
func (r *resolver) manyIn(i int) bool {
	return r.s[i].Tag == "NNS" || r.s[i].Tag == "NNPS" || strings.HasSuffix(r.s[i].Text, " Forces") || strings.HasSuffix(r.s[i].Text, " Guards")
}

// described returns the entities that the relative clause opened by "whose" at
// token i describes.
func (r *resolver) described(i int) []entente.EntityID {
	for k := i - 1; k >= 0 && k > i-4; k-- {
		if m, ok := r.t.at[[2]int{r.si, k}]; ok {
			return r.actors(referent{mention: m})
		}
	}
	return nil
}

// person returns the learned person with the given ID, nil for none.
func (t *Table) person(id entente.EntityID) *person { return t.byID[id] }

// antecedent returns the person whom the relative clause around token i
// describes: "Kerry, who said that he …"; "" for none.
func (r *resolver) antecedent(i int) entente.EntityID {
	for n, k := 0, i; k >= 0 && n < 12; n, k = n+1, r.s[k].Head {
		if r.s[k].Rel != "acl:relcl" || r.s[k].Head < 0 {
			continue
		}
		if m, ok := r.t.at[[2]int{r.si, r.s[k].Head}]; ok && r.t.mentions[m].Kind == entente.Person && len(r.t.mentions[m].Entities) == 1 {
			return r.t.mentions[m].Entities[0]
		}
		return ""
	}
	return ""
}
