package event

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/names"
)

// An actor is an entity that stands in a role, and the token that names it.
type actor struct {
	id     entente.EntityID
	kind   entente.Kind
	state  string
	token  int
	within bool // found inside the phrase, not at its head
}

// fill returns the actors that stand in the role of trigger i.
func (r *reader) fill(i int, class string, role Role) []actor {
	var out []actor
	for _, tok := range r.stand(i, class, role.Name) {
		out = r.gather(out, tok, role)
		if len(out) > 0 && role.Name != "subj" && role.Name != "ctl" {
			break
		}
	}
	return out
}

// gather adds the actors of the phrase headed by tok, and of those coordinated
// with it.
func (r *reader) gather(out []actor, tok int, role Role) []actor {
	for _, c := range r.t.conjuncts(tok) {
		found := append(r.coordinated(c, role), r.at(c, role)...)
		if len(found) == 0 && role.Within {
			found = r.inside(c, role, 0)
		}
		if len(found) == 0 {
			found = r.apposed(c, role)
		}
		if len(found) == 0 && r.t.tokens[c].Tag == "NNS" {
			found = r.adjectival(c, role)
		}
		out = append(out, found...)
	}
	return out
}

// at returns the actors that the mention headed by tok names.
func (r *reader) at(tok int, role Role) []actor {
	m, ok := r.doc.Names.At(r.si, tok)
	if !ok || len(m.Entities) == 0 && m.Acts == "" {
		if role.Kinds == nil && r.f.lists["first-person"][strings.ToLower(r.t.tokens[tok].Text)] {
			return r.actors(r.attribution(tok))
		}
		return nil
	}
	var out []actor
	for _, id := range r.meant(m, role) {
		e := r.doc.Names.Entity(id)
		out = append(out, actor{id: id, kind: e.Kind, state: e.State, token: tok})
	}
	return out
}

// meant returns which entities of a mention fit a role. A capital or a
// government word acts for its state, and is a place only where a place is
// asked for.
func (r *reader) meant(m names.Mention, role Role) []entente.EntityID {
	fits := func(id entente.EntityID) bool {
		kind := r.doc.Names.Entity(id).Kind
		if role.Kinds == nil {
			return kind == entente.Person || kind == entente.State || kind == entente.Organisation
		}
		return slices.Contains(role.Kinds, kind)
	}
	if m.Acts != "" && (role.Kinds == nil || !slices.Contains(role.Kinds, m.Kind)) && fits(m.Acts) {
		return []entente.EntityID{m.Acts}
	}
	var out []entente.EntityID
	for _, id := range m.Entities {
		if fits(id) {
			out = append(out, id)
		}
	}
	return out
}

// inside looks for an actor within a phrase whose head names none: a
// possessor, a modifier, what follows "of", "by", "from", "in", "between", or by
// whom it was done: "the plan put forward by Egypt".
func (r *reader) inside(tok int, role Role, depth int) []actor {
	if depth > 2 {
		return nil
	}
	for _, rel := range []string{"nmod:poss", "amod", "compound", "nmod:desc", "nmod", "obl", "acl"} {
		for _, k := range r.t.kids[tok] {
			if !r.t.is(k, rel) {
				continue
			}
			if rel == "acl" {
				if k = r.t.byAgent(k); k < 0 {
					continue
				}
			}
			if rel == "nmod" && !r.f.lists["inner"][r.t.prep(k)] || rel == "obl" && r.t.prep(k) != "by" {
				continue
			}
			var found []actor
			for _, c := range r.t.conjuncts(k) {
				found = append(found, r.at(c, role)...)
			}
			if len(found) == 0 && rel != "amod" {
				found = r.inside(k, role, depth+1)
			}
			if len(found) > 0 {
				for i := range found {
					found[i].within = true
				}
				return found
			}
		}
	}
	return nil
}

// apposed returns the actors of a phrase in apposition to tok.
func (r *reader) apposed(tok int, role Role) []actor {
	for _, k := range r.t.kids[tok] {
		if r.t.is(k, "appos", "flat") {
			if found := r.at(k, role); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// stand returns the tokens that stand in a role of trigger i, best first.
func (r *reader) stand(i int, class, role string) []int {
	t := r.t
	switch role {
	case "subj":
		if class == "noun" {
			return r.nounAgents(i)
		}
		return one(t.agent(i))
	case "obj":
		if class == "noun" {
			return r.preposed(i, "of")
		}
		return r.patients(i)
	case "iobj":
		return r.indirect(i)
	case "poss":
		return one(t.child(i, "nmod:poss"))
	case "mod":
		return r.modifiers(i)
	case "ctl":
		return r.control(i)
	case "comp":
		return r.complement(i)
	case "in", "at", "to":
		if found := r.preposed(i, role); len(found) > 0 {
			return found
		}
		return r.where(i)
	case "arg": // object or subject of an open complement, whichever the parser chose
		return append(one(t.patient(i)), r.complement(i)...)
	}
	return r.preposed(i, role)
}

func one(tok int) []int {
	if tok < 0 {
		return nil
	}
	return []int{tok}
}

// nounAgents returns who does what noun i says: its possessor, what follows
// "by", the subject of a light verb whose object it is, its modifier.
func (r *reader) nounAgents(i int) []int {
	t := r.t
	if p := t.child(i, "nmod:poss"); p >= 0 {
		return []int{p}
	}
	if t.child(i, "cop") >= 0 {
		return one(t.subject(i))
	}
	for _, k := range t.kids[i] {
		if t.is(k, "nmod", "obl") && t.prep(k) == "by" {
			return []int{k}
		}
	}
	if g := r.lightVerb(i); g >= 0 {
		if a := t.agent(g); a >= 0 {
			return []int{a}
		}
	}
	return r.modifiers(i)
}

// modifiers returns the adjectives and names before noun i.
func (r *reader) modifiers(i int) []int {
	var out []int
	for _, k := range r.t.kids[i] {
		if k < i && r.t.is(k, "amod", "compound", "nmod:desc", "nmod") && r.t.prep(k) == "" {
			out = append(out, k)
		}
	}
	return out
}

// lightVerb returns the verb that carries noun i ("held talks", "talks were
// held", "imposed sanctions"); -1 when its verb is none of the list "light".
func (r *reader) lightVerb(i int) int {
	t := r.t
	for n := 0; n < 3 && t.rel(i) == "conj" && t.head(i) >= 0; n++ {
		i = t.head(i)
	}
	g := t.head(i)
	if g < 0 {
		return -1
	}
	if t.is(i, "obj", "nsubj:pass") && r.f.light[t.tokens[g].Lemma] {
		return g
	}
	if t.is(i, "obl") && r.f.lists["light-prep"][t.tokens[g].Lemma+"-"+t.prep(i)] {
		return g
	}
	return -1
}

// control returns the subject of the clause in which noun i stands in a
// phrase: in "said during a visit to X" the speaker is the visitor.
func (r *reader) control(i int) []int {
	t := r.t
	for n := 0; n < 3 && t.rel(i) == "conj" && t.head(i) >= 0; n++ {
		i = t.head(i)
	}
	if !r.f.lists["control"][t.prep(i)] {
		return nil
	}
	g := t.governor(i)
	if g < 0 {
		return nil
	}
	if t.passive(g) {
		return one(t.subject(g))
	}
	if r.f.lists["jointly"][t.tokens[g].Lemma] {
		return append(one(t.agent(g)), one(t.patient(g))...)
	}
	return one(t.agent(g))
}

// complement returns the subjects of the clauses that complete verb i.
func (r *reader) complement(i int) []int {
	var out []int
	for _, k := range r.t.kids[i] {
		if r.t.is(k, "ccomp", "xcomp") {
			if s := r.t.child(k, "nsubj", "csubj"); s >= 0 {
				out = append(out, s)
			}
		}
	}
	return out
}

// preposed returns the phrases that preposition p introduces: those under
// trigger i first, then those under its light verb, then any later in the same
// clause, since a phrase of place or partner is often hung on the wrong noun.
func (r *reader) preposed(i int, p string) []int {
	t := r.t
	var near, far, loose []int
	g := i
	verbs := 0
	if !t.verb(i) {
		g = t.governor(i)
	}
	for k := range t.tokens {
		if k > i && t.verb(k) {
			verbs++
		}
		if k == i || t.rel(k) == "case" || t.prep(k) != p && !(k > i && t.follows(k, p)) {
			continue
		}
		switch {
		case t.head(k) == i:
			near = append(near, k)
		case p != "of" && k > i && g >= 0 && t.governor(k) == g && !t.below(i, k) && r.lift(i, k):
			far = append(far, k)
		case p != "of" && k > i && verbs == 0 && k-i < 12 && r.lift(i, k):
			loose = append(loose, k)
		}
	}
	return append(append(near, far...), loose...)
}

// lift reports whether the phrase headed by k may belong to trigger i although
// the tree hangs it elsewhere in the clause: nothing that could own it stands
// between.
func (r *reader) lift(i, k int) bool {
	for h := r.t.head(k); h >= 0 && h != i; h = r.t.head(h) {
		if r.t.head(h) == i && r.t.is(h, "obj", "nsubj:pass") {
			return true
		}
		if h > i && r.trigger(h) && !r.f.light[r.t.tokens[h].Lemma] && !r.f.lists["goods"][r.t.tokens[h].Lemma] {
			return false
		}
		if h < i {
			break
		}
	}
	return true
}

// trigger reports whether token i could be the trigger of a frame.
func (r *reader) trigger(i int) bool {
	class := r.class(i)
	return (class == "noun" || class == "verb") && len(r.f.byLemma[class+" "+strings.ToLower(r.t.tokens[i].Lemma)]) > 0
}

// coordinated returns the actors that the parser made the subject of a noun
// although they are coordinated with it: "Chad, Mali and others condemned".
func (r *reader) coordinated(tok int, role Role) []actor {
	t := r.t
	s := t.child(tok, "nsubj")
	if s < 0 || s > tok || t.child(tok, "cop") >= 0 || !t.noun(tok) {
		return nil
	}
	var out []actor
	for _, c := range t.conjuncts(s) {
		out = append(out, r.at(c, role)...)
	}
	return out
}

// beside returns the name right before a participle, whose subject it is
// although the tree may give that of the clause: "with X speaking to Y".
func (r *reader) beside(i int, role Role) []actor {
	if k := i - 1; r.t.tokens[i].Tag == "VBG" && k >= 0 && r.t.tokens[k].Pos == "PROPN" {
		return r.at(k, role)
	}
	return nil
}

// before returns the actor nearest before verb i in its clause that stands like
// a subject, where the tree gives none: the verb is active and finite.
func (r *reader) before(i int, role Role) []actor {
	t := r.t
	if s := t.child(i, "nsubj", "csubj"); t.passive(i) || s >= 0 && !r.strange(s) {
		return nil
	}
	if tag := t.tokens[i].Tag; tag != "VBD" && tag != "VBZ" && tag != "VBP" && t.child(i, "aux", "cop") < 0 {
		return nil
	}
	for k := i - 1; k >= 0 && i-k < 25; k-- {
		if r.saying(k) || t.tokens[k].Text == ";" {
			return nil
		}
		if t.prep(k) != "" || t.is(k, "nmod:poss", "amod", "compound", "obj", "obl") && !t.is(k, "obl:unmarked") {
			continue
		}
		if found := r.at(k, role); len(found) > 0 {
			return r.gather(nil, k, role)
		}
	}
	return nil
}

// strange reports whether token k can be no subject at all.
func (r *reader) strange(k int) bool {
	return r.t.tokens[k].Tag == "IN" || r.t.tokens[k].Tag == "RB" || r.t.verb(k)
}

// adjectival returns the state that an adjective before a plural noun names,
// whose people or things the noun means: "British detectives".
func (r *reader) adjectival(tok int, role Role) []actor {
	for _, k := range r.t.kids[tok] {
		if r.t.is(k, "amod", "compound") {
			if m, ok := r.doc.Names.At(r.si, k); ok && m.Form == names.Adjective {
				return r.at(k, role)
			}
		}
	}
	return nil
}

// where returns the place that a relative clause with "where" describes.
func (r *reader) where(v int) []int {
	for _, k := range r.t.kids[v] {
		if strings.EqualFold(r.t.tokens[k].Text, "where") {
			return one(r.t.under(v, "acl"))
		}
	}
	return nil
}

// patients returns whom verb i affects: what the tree says, else the name right
// behind an active verb.
func (r *reader) patients(i int) []int {
	t := r.t
	if p := t.patient(i); p >= 0 {
		return []int{p}
	}
	if t.passive(i) {
		return nil
	}
	for k := i + 1; k < len(t.tokens) && k <= i+2; k++ {
		if t.tokens[k].Pos == "PROPN" && t.prep(k) == "" {
			return []int{k}
		}
		if t.tokens[k].Tag != "DT" {
			return nil
		}
	}
	return nil
}

// indirect returns the indirect object of verb i, also where the parser made it
// part of the direct one: "promised Ukraine further help".
func (r *reader) indirect(i int) []int {
	t := r.t
	if k := t.child(i, "iobj"); k >= 0 {
		return []int{k}
	}
	o, k := t.child(i, "obj"), i+1
	if o > k && t.tokens[k].Pos == "PROPN" && t.head(k) == o && (o > k+1 && !t.is(k+1, "compound", "flat") && t.tokens[k+1].Tag != "POS" || t.tokens[o].Tag == "$" || t.tokens[o].Tag == "CD") {
		return []int{k}
	}
	return nil
}
