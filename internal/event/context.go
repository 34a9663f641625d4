package event

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/names"
)

// The roles here are filled from the text around a trigger, not from its tree.

// other returns the state last named before trigger i, in this sentence or the
// two before it, that is not one of the subjects nor theirs: the partner that
// goes without saying.
func (r *reader) other(i int, role Role, subjects []actor) []actor {
	at := r.t.tokens[i].Span.Start
	all := r.doc.Names.Placed()
	end, _ := slices.BinarySearchFunc(all, at, func(m names.Mention, at int) int { return m.Span.Start - at })
	for k := end - 1; k >= 0 && all[k].Sentence >= r.si-2; k-- {
		m := all[k]
		for _, id := range r.meant(m, role) {
			e := r.doc.Names.Entity(id)
			if e.Kind != entente.State || slices.ContainsFunc(subjects, func(s actor) bool { return s.id == id || s.state == e.State }) {
				continue
			}
			return []actor{{id: id, kind: e.Kind, state: e.State, token: -1}}
		}
	}
	return nil
}

// parties returns who takes part in the event noun that verb i affects, or
// that noun i is: "talks mediated by Qatar", "hosted a round of talks".
func (r *reader) parties(i int, class string, role Role, subjects []actor) []actor {
	n := i
	if class == "verb" {
		if n = r.t.patient(i); n < 0 {
			return nil
		}
	}
	var out []actor
	for _, name := range []string{"between", "of~", "poss", "ctl"} {
		found := r.fill(n, "noun", Role{strings.TrimSuffix(name, "~"), role.Kinds, strings.HasSuffix(name, "~")})
		for _, a := range append(found, r.fill(n, "noun", Role{"with", role.Kinds, false})...) {
			if !slices.ContainsFunc(subjects, func(s actor) bool { return s.id == a.id }) {
				out = append(out, a)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return out
}

// deed returns who did what verb i affects, where that is a noun such as "the
// move" or "a step": the subject of the clause that calls it so, or of the last
// event told.
func (r *reader) deed(i int, role Role, subjects []actor) []actor {
	t := r.t
	n := t.patient(i)
	if n < 0 || !r.f.lists["deed"][strings.ToLower(t.tokens[n].Lemma)] {
		return nil
	}
	apart := func(id entente.EntityID, state string) bool {
		return !slices.ContainsFunc(subjects, func(s actor) bool { return s.id == id || s.state != "" && s.state == state })
	}
	if t.below(i, n) { // "in a step that Israel denounced"
		var out []actor
		for _, tok := range r.control(n) {
			for _, a := range r.gather(nil, tok, role) {
				if apart(a.id, a.state) {
					out = append(out, a)
				}
			}
		}
		return out
	}
	for k := len(r.out) - 1; k >= 0; k-- {
		c := r.out[k].claim
		if e := r.doc.Names.Entity(c.Subject); apart(c.Subject, e.State) {
			return r.actors(c.Subject)
		}
	}
	return nil
}

// sides returns the two parties of the last event told that none of the
// subjects took part in: whom a mediator goes between when it is not said again.
func (r *reader) sides(subjects []actor) []actor {
	for k := len(r.out) - 1; k >= 0; k-- {
		c := r.out[k].claim
		if !r.f.lists["between"][string(c.Relation)] {
			continue
		}
		a, b := r.actors(c.Subject)[0], r.actors(c.Object)[0]
		if !slices.ContainsFunc(subjects, func(s actor) bool {
			return s.id == a.id || s.id == b.id || s.state != "" && (s.state == a.state || s.state == b.state)
		}) {
			return []actor{a, b}
		}
	}
	return nil
}

// visitor returns who, by this sentence, goes somewhere: the guest of "at the
// invitation of".
func (r *reader) visitor() []actor {
	var guest entente.EntityID
	for k := len(r.out) - 1; k >= 0 && r.out[k].claim.Evidence == r.doc.Sentences[r.si].Span; k-- {
		if c := r.out[k].claim; c.Relation == entente.Visited {
			guest = c.Subject
		}
	}
	return r.actors(guest)
}

// venue returns the place named behind event noun i where its clause only says
// that it took place: "his visit took place in May, during which he met … in X".
func (r *reader) venue(i int, role Role) []actor {
	g := r.t.governor(i)
	if g < 0 || !r.f.lists["happen"][strings.ToLower(r.t.tokens[g].Lemma)] {
		return nil
	}
	for k := i + 1; k < len(r.t.tokens); k++ {
		if r.f.lists["place"][r.t.prep(k)] && !r.timed(k) {
			if found := r.at(k, role); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// accuser returns who last spoke against, or asked something of, one of the
// actors: whom "denied the charge" answers.
func (r *reader) accuser(actors []actor) entente.EntityID {
	for _, list := range []string{"answered", "answered-else"} {
		for k := len(r.out) - 1; k >= 0; k-- {
			c := r.out[k].claim
			if !r.f.lists[list][string(c.Relation)] {
				continue
			}
			for _, a := range actors {
				if c.Object == a.id || a.state != "" && r.doc.Names.Entity(c.Object).State == a.state {
					return c.Subject
				}
			}
		}
	}
	return ""
}

// actors returns the entity as an actor without a token; none for "".
func (r *reader) actors(id entente.EntityID) []actor {
	if id == "" {
		return nil
	}
	e := r.doc.Names.Entity(id)
	return []actor{{id: id, kind: e.Kind, state: e.State, token: -1}}
}
