package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// noun resolves a common noun: an official or a part of a state beside its
// name, an agreement, a noun that points back.
func (r *resolver) noun(i int, word string) {
	lemma := strings.ToLower(r.s[i].Lemma)
	g := r.t.g
	switch {
	case g.is("office", lemma) && i+1 < len(r.s) && g.is("portfolio", lemma) && r.titleWord(i+1):
	case g.is("paper", word) || g.is("paper", lemma):
		r.paper(i, lemma)
	case r.namesake(i, lemma):
	case g.is("government", word) || g.is("government", lemma) || g.is("office", lemma) || g.is("role", lemma):
		r.official(i, lemma)
	case g.is("capital", lemma):
		if id := r.capital(i); id != "" {
			r.t.entity(g.byID[id])
			r.point(i, Nominal, []entente.EntityID{id})
		}
	case g.is("town", lemma) && r.definite(i) && !r.modifies(i):
		r.town(i)
	case word == "islands" && r.definite(i) && !r.modifies(i):
		r.point(i, Nominal, r.lastTerrain(word))
	case g.is("country", lemma) && r.definite(i) && !r.modifies(i) && !r.plural(i):
		r.point(i, Nominal, r.country(i, lemma))
	case g.is("bloc", lemma) && (r.definite(i) || r.child(i, func(k int) bool { return r.s[k].Rel == "nmod:poss" }) >= 0) && !r.modifies(i):
		r.point(i, Nominal, r.body(i, lemma))
	}
}

// titleWord reports whether token i is a word of a title, as behind "deputy".
func (r *resolver) titleWord(i int) bool {
	w := strings.ToLower(r.s[i].Text)
	return r.t.g.is("portfolio", w) || r.t.g.is("office", w)
}

// modifies reports whether noun i describes another noun or is described by
// "of": "state dinner", "the state of war".
func (r *resolver) modifies(i int) bool {
	if i+1 < len(r.s) && (r.s[i+1].Text == "-" || r.s[i+1].Name > 0) {
		return true
	}
	if i+2 < len(r.s) && strings.EqualFold(r.s[i+1].Text, "of") && r.s[i+2].Tag != "VBG" {
		return true
	}
	rel, _, _ := strings.Cut(r.s[i].Rel, ":")
	return rel == "compound" || rel == "amod"
}

// country resolves "the country", "his country" (that of the person), "its
// neighbour" (the state last spoken of that is not the owner).
func (r *resolver) country(i int, lemma string) []entente.EntityID {
	owner, owned := r.owner(i)
	if !r.t.g.is("neighbour", lemma) {
		if owned && r.possessed(i) {
			return []entente.EntityID{owner}
		}
		if r.child(i, func(k int) bool { return r.s[k].Rel == "cop" || strings.EqualFold(r.s[k].Text, "only") }) >= 0 {
			return nil
		}
		if same := r.lastTerrain(lemma); same != nil {
			return same
		}
		return r.last(i, entente.State)
	}
	var best, here []entente.EntityID
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 4; n-- {
		ids := r.actors(r.history[n])
		if r.history[n].joint {
			continue
		}
		if r.history[n].sentence == r.si {
			here = append(here, ids...) // "X and Y accuse their neighbour": neither
		}
		if len(ids) == 1 && ids[0] != owner && r.t.Entity(ids[0]).Kind == entente.State && !slices.Contains(here, ids[0]) &&
			(best == nil || r.told[ids[0]] > r.told[best[0]]) {
			best = ids
		}
	}
	return best
}

// lastTerrain returns the state last spoken of that a noun fits by what the
// state is: "the island", "the kingdom", "the archipelago"; nil where the noun
// says nothing of the kind.
func (r *resolver) lastTerrain(lemma string) []entente.EntityID {
	codes := r.t.g.lists["terrain "+lemma]
	for n := len(r.history) - 1; n >= 0 && len(codes) > 0 && r.si-r.history[n].sentence <= 6; n-- {
		for _, id := range r.actors(r.history[n]) {
			if e := r.t.Entity(id); e.Kind == entente.State && codes[e.State] {
				return []entente.EntityID{id}
			}
		}
	}
	var only []entente.EntityID
	for _, id := range r.topStates() {
		if codes[r.t.Entity(id).State] {
			only = append(only, id)
		}
	}
	if len(only) == 1 {
		return only
	}
	return nil
}

// definiteBefore reports whether "the" stands before token i.
func (r *resolver) definiteBefore(i int) bool {
	return i > 0 && strings.EqualFold(r.s[i-1].Text, "the")
}

// latter returns the one of the last two actors of a kind that was named last:
// those of the sentence, else of the one before.
func (r *resolver) latter(i int) []entente.EntityID {
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 1; n-- {
		ref := r.history[n]
		m := r.t.mentions[ref.mention]
		if ref.sentence == r.si && ref.token >= i || len(ref.group) > 0 || m.Form == Pronoun {
			continue
		}
		ids := r.actors(ref)
		if len(ids) != 1 {
			continue
		}
		for k := n - 1; k >= 0 && r.si-r.history[k].sentence <= 1; k-- {
			if other := r.actors(r.history[k]); len(r.history[k].group) == 0 && len(other) == 1 && other[0] != ids[0] && r.t.Entity(other[0]).Kind == r.t.Entity(ids[0]).Kind {
				return ids
			}
		}
	}
	return nil
}

// possessed reports whether noun i has a possessor.
func (r *resolver) possessed(i int) bool {
	return r.child(i, func(k int) bool { return r.s[k].Rel == "nmod:poss" }) >= 0
}

// capital resolves "the Qatari capital", "its capital", "the capital": of the
// owner, else the capital last spoken of, else that of the state last spoken of.
func (r *resolver) capital(i int) entente.EntityID {
	if owner, ok := r.owner(i); ok {
		return r.t.g.capitals[owner]
	}
	if !r.definite(i) {
		return ""
	}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 4; n-- {
		if m := r.t.mentions[r.history[n].mention]; m.Kind == entente.Place && m.Acts != "" && len(m.Entities) == 1 && r.t.g.capitals[m.Acts] == m.Entities[0] {
			return m.Entities[0]
		}
	}
	for _, id := range r.last(i, entente.State) {
		return r.t.g.capitals[id]
	}
	return ""
}

// town points "the city" to the place last spoken of.
func (r *resolver) town(i int) {
	if _, owned := r.owner(i); owned {
		return
	}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 2; n-- {
		if m := r.t.mentions[r.history[n].mention]; m.Kind == entente.Place && len(m.Entities) == 1 {
			r.point(i, Nominal, m.Entities)
			return
		}
	}
}

// again returns whom the last noun of the same lemma stood for: "Japanese
// officials … the officials".
func (r *resolver) again(i int, lemma string) []entente.EntityID {
	if !r.definite(i) || r.possessed(i) {
		return nil
	}
	modifier := r.modifier(i)
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 6; n-- {
		if ref := r.history[n]; ref.lemma == lemma && ref.plural == r.manyIn(i) && (ref.modifier == modifier || modifier == "") {
			return r.t.mentions[ref.mention].Entities
		}
	}
	return nil
}

// namesake points "the council", "the court", "the police" to the organisation
// last spoken of whose name has that word; it reports whether there is one.
func (r *resolver) namesake(i int, lemma string) bool {
	if !r.t.g.is("bloc", lemma) && !r.t.g.is("government", lemma) || !r.definite(i) || r.modifies(i) {
		return false
	}
	if _, owned := r.owner(i); owned {
		return false
	}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 20; n-- {
		m := r.t.mentions[r.history[n].mention]
		if r.history[n].joint || m.Kind != entente.Organisation || len(m.Entities) != 1 {
			continue
		}
		if called(r.t.Entity(m.Entities[0]).Name, lemma) {
			r.t.add(Mention{Span: r.s[i].Span, Sentence: r.si, Token: i, Form: Nominal, Entities: m.Entities, Kind: m.Kind, Acts: m.Acts})
			r.remember(len(r.t.mentions)-1, i)
			return true
		}
	}
	return false
}

// called reports whether the name of an organisation has a word as its head: the
// last one, or one that a preposition follows.
func called(name, lemma string) bool {
	words := strings.Fields(strings.ToLower(name))
	for i, w := range words {
		if w == lemma && (i == len(words)-1 || words[i+1] == "of" || words[i+1] == "for" || words[i+1] == "on") {
			return true
		}
	}
	return false
}

// body resolves "the bloc", "the group": the organisation last spoken of, else
// the one that the report is about.
func (r *resolver) body(i int, lemma string) []entente.EntityID {
	if !r.t.g.is("any-bloc", lemma) {
		return nil
	}
	if last := r.last(i, entente.Organisation); last != nil {
		return last
	}
	return r.toldOf()
}

// toldOf returns the organisation that the report tells most of, twice at
// least: a lead says "the regional bloc" before its name is given.
func (r *resolver) toldOf() []entente.EntityID {
	var best entente.EntityID
	for _, m := range r.t.mentions {
		if m.Kind == entente.Organisation && m.Acts == "" && len(m.Entities) == 1 && r.told[m.Entities[0]] > max(1, r.told[best]) {
			best = m.Entities[0]
		}
	}
	if best == "" {
		return nil
	}
	return []entente.EntityID{best}
}

// definite reports whether noun i has "the", "this", "that" or a possessor.
func (r *resolver) definite(i int) bool {
	return r.child(i, func(k int) bool {
		w := strings.ToLower(r.s[k].Text)
		return r.s[k].Rel == "det" && (w == "the" || w == "this" || w == "that" || w == "these" || w == "those" || w == "both") || strings.HasPrefix(r.s[k].Rel, "nmod:poss")
	}) >= 0 || r.titled(i)
}

// titled reports whether "the" and words of a title stand before noun i: "the
// Deputy Minister", whatever the tree says.
func (r *resolver) titled(i int) bool {
	n := len(strings.Fields(r.modifier(i)))
	return n > 0 && r.definiteBefore(i-n)
}

// owner returns the state or organisation named beside noun i: an adjective or
// name before it, its possessor, or what follows "of" or "from". A state comes
// before an organisation: "China's U.N. ambassador".
func (r *resolver) owner(i int) (entente.EntityID, bool) {
	var state, organisation entente.EntityID
	r.nearest(i, func(k int) bool {
		switch id := r.owns(k, i); r.t.Entity(id).Kind {
		case entente.State:
			state = id
		case entente.Organisation:
			if organisation == "" {
				organisation = id
			}
		}
		return state != ""
	})
	if state == "" {
		state = organisation
	}
	return state, state != ""
}

// owns returns the state or organisation that dependent k gives noun i; "" for
// none. A person gives the state acted for, a place the one it lies in.
func (r *resolver) owns(k, i int) entente.EntityID {
	rel, _, _ := strings.Cut(r.s[k].Rel, ":")
	switch rel {
	case "amod", "compound", "det", "flat", "obl":
	case "nmod":
		if r.s[k].Rel != "nmod:poss" && k > i && !r.marked(k, "of", "from", "for", "in") {
			return ""
		}
	default:
		return ""
	}
	m, ok := r.t.at[[2]int{r.si, k}]
	if !ok {
		return ""
	}
	ids := r.actors(referent{mention: m})
	if len(ids) != 1 {
		return ""
	}
	switch e := r.t.Entity(ids[0]); {
	case e.Kind == entente.State || e.Kind == entente.Organisation:
		return e.ID
	case e.Kind == entente.Person:
		return r.t.g.states[r.t.stateOf(e)]
	case e.Kind == entente.Place && rel != "obl":
		return r.t.g.states[e.State]
	}
	return ""
}

// marked reports whether token k has one of the prepositions.
func (r *resolver) marked(k int, prepositions ...string) bool {
	return r.child(k, func(c int) bool {
		for _, p := range prepositions {
			if r.s[c].Rel == "case" && strings.EqualFold(r.s[c].Text, p) {
				return true
			}
		}
		return false
	}) >= 0
}

// nearest calls ok for the dependents of i, those before it from right to left,
// then those behind it, until one will do.
func (r *resolver) nearest(i int, ok func(k int) bool) {
	for k := i - 1; k >= 0; k-- {
		if r.s[k].Head == i && ok(k) {
			return
		}
	}
	for k := i + 1; k < len(r.s); k++ {
		if r.s[k].Head == i && ok(k) {
			return
		}
	}
}

// stateOf returns the code of the state for which a person acts, as far as the
// report lets one guess.
func (t *Table) stateOf(e entente.Entity) string {
	if p := t.person(e.ID); p != nil {
		return or(p.state, p.guess)
	}
	return e.State
}
