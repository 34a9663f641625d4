package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// Asides are mentions that head no token of a parsed sentence, so that
// [Table.At] and [Table.Placed] do not know them: names and nouns within a name with its title
// ("Peru" in "Peru's foreign minister, Rosa Quispe"), relative pronouns, and
// the first person of quotations.

// aside keeps a mention that heads no token of its own.
func (t *Table) aside(m Mention) {
	if len(m.Entities) > 0 || m.Acts != "" {
		t.asides = append(t.asides, m)
	}
}

// inner returns what else hit h names than the person whom m stands for: states
// and organisations of the title, and the title where it stands apart.
func (t *Table) inner(f *finder, h *hit, m Mention) []Mention {
	if m.Kind != entente.Person || h.title == nil {
		return nil
	}
	var out []Mention
	for k := h.start; k < h.end; k++ {
		if k == h.from {
			k = h.to
		}
		e, end := f.entryAt(k)
		if e == nil || k >= h.end || end > h.end || e.kind == entente.Person {
			continue
		}
		x := Mention{Span: f.span(k, end), Sentence: m.Sentence, Token: m.Token}
		t.gazetteerMention(&x, e)
		out = append(out, x)
		k = end - 1
	}
	if span, ok := f.titleSpan(h); ok {
		out = append(out, Mention{Span: span, Sentence: m.Sentence, Token: m.Token, Form: Nominal, Entities: m.Entities, Kind: m.Kind})
	}
	return out
}

// titleSpan returns where the title of hit h stands when an article, a
// possessor or a comma parts it from the name: "his host", "the Peruvian
// minister".
func (f *finder) titleSpan(h *hit) (entente.Span, bool) {
	from, to := h.start, h.from
	if h.end > h.to+1 && f.s[h.to].Text == "," {
		from, to = h.to+1, h.end
	}
	for to > from && (f.s[to-1].Text == "," || f.g.is("honorific", f.word(to-1)) && !f.g.is("office", f.word(to-1))) {
		to--
	}
	if to-from < 2 || !f.g.is("article", f.word(from)) && f.possessive(from) == "" && !f.owned(from, to) {
		return entente.Span{}, false
	}
	if from < h.from && f.possessive(from) == "" && f.s[to].Text != "," {
		return entente.Span{}, false // "the Peruvian president Luis Vega" is one name
	}
	return f.span(from, to), true
}

// owned reports whether "'s" stands within tokens [i,j).
func (f *finder) owned(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if f.possessiveMark(k) {
			return true
		}
	}
	return false
}

// ownTitle resolves the possessive pronoun that begins the title of the person
// at token i: "its president, Rosa Quispe"; the owner's state is that of the
// office.
func (r *resolver) ownTitle(i, m int) {
	own, ok := r.t.owns[m]
	if !ok {
		return
	}
	r.joined = true
	ids := r.whom(i, own.word)
	r.joined = false
	if len(ids) == 0 || slices.Contains(ids, r.t.mentions[m].Entities[0]) {
		return
	}
	r.t.aside(Mention{Span: own.span, Sentence: r.si, Token: i, Form: Pronoun, Entities: ids, Kind: r.t.Entity(ids[0]).Kind})
	if len(ids) == 1 && own.office >= 0 {
		r.t.serve(own.office, r.t.Entity(ids[0]))
	}
}

// An ownership is a possessive pronoun at the head of a title.
type ownership struct {
	word   string
	span   entente.Span
	office int // index of the office, -1 for none
}

// serve gives an office without a holder that of its owner: the state or
// organisation itself, or the state of a person.
func (t *Table) serve(office int, owner entente.Entity) {
	o := &t.offices[office]
	p := t.byID[o.Person]
	if o.For != "" && p.state != "" || owner.Kind == entente.Place {
		return
	}
	if owner.Kind == entente.Organisation && owner.State == "" {
		o.For, p.holder = owner.ID, owner.ID
		return
	}
	state := owner.State
	if q := t.byID[owner.ID]; q != nil {
		state = or(q.state, q.guess)
	}
	if id := t.g.states[state]; id != "" && (p.state == "" || p.state == state) {
		o.For, p.state = t.entity(t.g.byID[id]).ID, state
		t.entities[p.id].State = state
	}
}

// relative points "who", "which" and "whom" at token i to what the clause
// describes: the noun that the tree gives it, else the mention just before.
func (r *resolver) relative(i int) {
	ids := r.whomDescribes(i)
	if len(ids) == 0 {
		return
	}
	if r.relatives == nil {
		r.relatives = map[int][]entente.EntityID{}
	}
	r.relatives[i] = ids
	r.t.aside(Mention{Span: r.s[i].Span, Sentence: r.si, Token: i, Form: Pronoun, Entities: ids, Kind: r.t.Entity(ids[0]).Kind})
}

// whomDescribes returns whom the clause describes that a relative pronoun at
// token i opens.
func (r *resolver) whomDescribes(i int) []entente.EntityID {
	if ids := r.jointBefore(i); len(ids) > 0 {
		return ids
	}
	if v := r.s[i].Head; v > i {
		if ids := r.relativeOf(v); len(ids) > 0 && (r.t.Entity(ids[0]).Kind == entente.Person || !strings.EqualFold(r.s[i].Text, "who")) {
			return ids
		}
	}
	for k := i - 1; k >= 0 && k > i-5; k-- {
		if m, ok := r.t.at[[2]int{r.si, k}]; ok && r.suits(r.t.mentions[m], k, r.s[i].Text) {
			return r.actors(referent{mention: m})
		}
		if w := r.s[k].Text; w != "," && w != "of" && w != "to" && w != "with" && w != "from" && w != "by" && w != "in" && w != "for" && w != "both" {
			return nil
		}
	}
	return nil
}

// jointBefore returns the members of the coordination that ends before the
// relative pronoun at token i, where its verb is a plural: "X and Y, which are".
func (r *resolver) jointBefore(i int) []entente.EntityID {
	v := r.s[i].Head
	if v < 0 || !r.many(v) && r.child(v, func(k int) bool {
		return strings.HasPrefix(r.s[k].Rel, "aux") && r.many(k) || r.s[k].Rel == "cop" && r.many(k)
	}) < 0 {
		return nil
	}
	k := i - 1
	if k > 0 && r.s[k].Text == "," {
		k--
	}
	m, ok := r.t.at[[2]int{r.si, max(k, 0)}]
	for n := len(r.history) - 1; ok && n >= 0 && r.history[n].sentence == r.si; n-- {
		if ref := r.history[n]; ref.joint && ref.mention == m {
			return ref.group
		}
	}
	return nil
}

// many reports whether verb k has the form of a plural.
func (r *resolver) many(k int) bool {
	return r.s[k].Tag == "VBP" || strings.EqualFold(r.s[k].Text, "were")
}

// suits reports whether a relative pronoun may describe a mention, which heads
// token k.
func (r *resolver) suits(m Mention, k int, word string) bool {
	if m.Form == Adjective && (!r.definiteBefore(k) || !strings.EqualFold(word, "who")) || len(m.Entities) == 0 && m.Acts == "" {
		return false
	}
	if strings.EqualFold(word, "which") {
		return m.Kind != entente.Person
	}
	return true
}

// All returns all mentions with the asides, in order of the text.
func (t *Table) All() []Mention {
	all := slices.Concat(t.mentions, t.asides)
	slices.SortStableFunc(all, func(a, b Mention) int { return a.Span.Start - b.Span.Start })
	return all
}
