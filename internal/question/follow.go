package question

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	entente "github.com/entente-kg/entente"
)

// pronoun reports whether the word at a cell stands for somebody or something named
// before: "they", "there", and "that" with nothing behind it that it belongs to.
func (p *parse) pronoun(i int) bool {
	c := &p.cells[i]
	if c.said {
		return false
	}
	if c.low == "that" || c.low == "this" || c.low == "there" {
		return i+1 == len(p.cells) || isPreposition(&p.cells[i+1])
	}
	return true
}

// takeUp makes items of what a pronoun stands for in the question before.
func (p *parse) takeUp(i int) error {
	c := &p.cells[i]
	refs := p.before.meant(c.low)
	if c.low == "that" || c.low == "this" || c.low == "it" && len(refs) == 0 { // the event itself
		c.said = true
		return nil
	}
	if len(refs) == 0 {
		return unread(c.Text, "the question before does not say who or what is meant")
	}
	c.said = true
	prep := p.prepOf(i)
	if c.low == "there" && prep == "" {
		prep = "in"
	}
	for k := range refs {
		p.items = append(p.items, &item{at: i, group: i, ref: &refs[k], prep: prep, back: true})
	}
	return nil
}

// meant returns what a pronoun stands for behind a question.
func (r *Reading) meant(pronoun string) []Ref {
	all := slices.Concat(r.Subject, r.Either, r.Between[0], r.Object, r.Between[1], r.Place)
	switch {
	case len(r.Found) == 1 && r.Kind != Where, len(r.Found) > 0 && (pronoun == "they" || pronoun == "them"):
		all = append(slices.Clone(r.Found), all...)
	}
	only := func(kinds ...entente.Kind) []Ref {
		for _, ref := range all {
			if ref.is(kinds...) || ref.Office != "" && slices.Contains(kinds, entente.Person) {
				return []Ref{ref}
			}
		}
		return nil
	}
	switch pronoun {
	case "he", "him", "she", "her":
		return only(entente.Person)
	case "there":
		return only(entente.Place, entente.State)
	case "it":
		return only(entente.State, entente.Agreement, entente.Organisation)
	case "they", "them", "the two", "both":
		if len(r.Found) > 1 {
			return r.Found
		}
		var actors []Ref
		for _, ref := range all {
			if !ref.is(entente.Place, entente.Agreement) {
				actors = append(actors, ref)
			}
		}
		return actors
	}
	return nil
}

// short reports whether all words of the question are accounted for, so that the
// question before can say the rest.
func (p *parse) short() bool { return p.leftovers() == nil }

// continued is the question before with what this one says otherwise.
func (p *parse) continued() (Reading, error) {
	out, own := *p.before, p.out
	out.Else, out.Found = nil, nil
	if own.Kind != Claims && own.Kind != "" {
		out.Kind = own.Kind
		p.carrySlot(&out)
	}
	if own.Since != (entente.Date{}) || own.Until != (entente.Date{}) {
		out.Since, out.Until = own.Since, own.Until
	}
	if own.Pick != "" {
		out.Pick = own.Pick
	}
	if own.Statuses != nil || own.Kind == Sources {
		out.Statuses = own.Statuses
	}
	for _, it := range p.items {
		if it.ref == nil || it.back {
			continue
		}
		if p.placing(it) && !out.replaces(it.prep) {
			out.Place = []Ref{*it.ref}
			continue
		}
		var ways []Reading
		for _, base := range out.ways() {
			ways = append(ways, base.replace(*it.ref)...)
		}
		if len(ways) == 0 {
			return out, unread(it.ref.Text, "the question before has nothing of its kind")
		}
		out = chain(ways)
	}
	return out, nil
}

// ways lists a reading and how it can be taken else.
func (r *Reading) ways() (all []Reading) {
	for ; r != nil; r = r.Else {
		all = append(all, *r)
	}
	return all
}

// yearsBack is for how many years before the last one a month without a year is looked
// for.
const yearsBack = 9

// years returns the reading with the ways in which a month without a year can be taken:
// the last one, or that of a year before.
func (r Reading) years() Reading {
	var ways []Reading
	for back := range yearsBack + 1 {
		for _, way := range r.ways() {
			way.Since, way.Until = yearsBefore(way.Since, back), yearsBefore(way.Until, back)
			ways = append(ways, way)
		}
	}
	return chain(ways)
}

// yearsBefore returns the same day or month n years before.
func yearsBefore(d entente.Date, n int) entente.Date {
	year, rest, _ := strings.Cut(d.EDTF, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return d
	}
	earlier, err := entente.ParseDate(fmt.Sprintf("%04d-%s", y-n, rest))
	if err != nil { // a 29 February
		return d
	}
	return earlier
}

// chain makes one reading of several ways to take it.
func chain(ways []Reading) Reading {
	var next *Reading
	for _, way := range slices.Backward(ways) {
		way.Else = next
		next = &way
	}
	return *next
}

// carrySlot asks for the actor that the question before did not name, where this one
// is "and who?".
func (p *parse) carrySlot(out *Reading) {
	if out.Kind != Who {
		return
	}
	if p.asked != nil && p.asked.want != nil {
		out.Want = p.asked.want
	}
	if out.Slot != "" || len(p.out.Statuses) > 0 && p.out.Statuses[0] == entente.Denied {
		return
	}
	switch {
	case len(out.Subject) == 0:
		out.Slot = Subject
	case len(out.Object) == 0:
		out.Slot = Object
	default:
		out.Slot, out.Subject = Subject, nil
	}
}

// replaces reports whether a place behind a preposition is what the question before
// was about, as of a visit.
func (r *Reading) replaces(prep string) bool {
	return slices.ContainsFunc(r.Object, func(ref Ref) bool { return ref.is(entente.Place, entente.State) }) && prep != "at"
}

// replace puts a name in the place of one of its kind, in each way that there is, the
// later places first.
func (r *Reading) replace(ref Ref) (ways []Reading) {
	same := func(a Ref) bool {
		return a.Office != "" && ref.isPerson() || len(a.Entities) > 0 && len(ref.Entities) > 0 && a.Entities[0].Kind == ref.Entities[0].Kind
	}
	like := func(a Ref) bool { return !same(a) && a.is(entente.Agreement) == ref.is(entente.Agreement) }
	for _, fits := range []func(Ref) bool{same, like} {
		for i := range slots {
			way := *r
			if slot := way.slots()[i]; slices.ContainsFunc(*slot, fits) {
				*slot = []Ref{ref}
				ways = append(ways, way)
			}
		}
	}
	return ways
}

// slots is how many lists of names a reading has.
const slots = 6

// slots returns the lists of names, the later ones of a question first.
func (r *Reading) slots() [slots]*[]Ref {
	return [slots]*[]Ref{&r.Between[1], &r.Object, &r.Either, &r.Subject, &r.Between[0], &r.Place}
}
