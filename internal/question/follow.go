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
	if c.low == "two" { // "the two", "the two countries"
		return i > 0 && p.r.is("article", p.cells[i-1].low)
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
	case "they", "them", "two", "both":
		if len(r.Found) > 1 {
			return r.Found
		}
		var actors []Ref
		for _, ref := range all[:len(all)-len(r.Place)] { // where it was is no actor
			if !ref.is(entente.Place, entente.Agreement) {
				actors = append(actors, ref)
			}
		}
		return actors
	}
	return nil
}

// short reports whether the question before is to say the rest: all words are accounted
// for, and the question is none that stands by itself.
func (p *parse) short() bool { return p.before != nil && !p.whole() && p.leftovers() == nil }

// whole reports whether a question without a relation leaves nothing out: "who is X",
// "what did X do", "what happened between X and Y". Behind "and" a name or a time alone
// is taken to leave something out.
func (p *parse) whole() bool {
	if p.dossier() {
		return true
	}
	own, all := 0, 0
	for _, it := range p.items {
		if it.ref != nil {
			all++
			if !it.back {
				own++
			}
		}
	}
	told := p.tells()
	open := p.out.Kind == Claims || p.out.Kind == Who && p.asked.what
	switch {
	case !told && !p.did():
		return false
	case own >= 2 || open && told && own < all, open && own == 1 && p.did():
		return true
	}
	return open && !p.more() && (own == 1 || own == 0 && p.timed() && p.before.Kind != Claims)
}

// more reports whether the question begins with "and".
func (p *parse) more() bool { return p.cells[0].low == "and" }

// timed reports whether the question names a time.
func (p *parse) timed() bool {
	return p.out.Since != (entente.Date{}) || p.out.Until != (entente.Date{})
}

// continued is the question before with what this one says otherwise.
func (p *parse) continued() (Reading, error) {
	out, own := *p.before, p.out
	out.Else, out.Found = nil, nil
	p.others(&out)
	if own.Kind == Who && p.asked.what && p.tells() { // "what happened in 2019"
		own.Kind, out.Kind, out.Slot = Claims, Claims, ""
	}
	if own.Kind != Claims && own.Kind != "" {
		out.Kind = own.Kind
		p.carrySlot(&out)
	}
	if p.timed() {
		out.Since, out.Until = own.Since, own.Until
	}
	if own.Pick != "" {
		out.Pick = own.Pick
	}
	if own.Statuses != nil || own.Kind == Sources {
		out.Statuses = own.Statuses
	}
	groups := p.groups()
	if len(groups) > mostNew {
		return out, unread(groups[mostNew][0].ref.Text, "it is too much for a short question; ask it whole")
	}
	for _, group := range groups {
		if first := group[0]; p.placing(first) && !out.replaces(first.prep) {
			out.Place = refsOf(group)
			continue
		}
		ways := p.replacing(&out, group)
		if len(ways) == 0 {
			return out, unread(group[0].ref.Text, "the question before has nothing of its kind")
		}
		out = chain(ways)
	}
	return out, nil
}

// mostNew is how many names, apart from those joined by "and", a short question may have:
// each may stand in several places, and all ways are tried.
const mostNew = 2

// groups returns the items that a short question names, those together that "and" joins.
func (p *parse) groups() (groups [][]*item) {
	for _, it := range p.items {
		switch last := len(groups) - 1; {
		case it.ref == nil || it.back:
		case last >= 0 && groups[last][0].group == it.group:
			groups[last] = append(groups[last], it)
		default:
			groups = append(groups, []*item{it})
		}
	}
	return groups
}

// replacing returns the ways in which a group of names can stand in a question: two in
// the place of both sides, who "did" as its subject, others wherever one of their kind is.
func (p *parse) replacing(out *Reading, group []*item) (ways []Reading) {
	refs := refsOf(group)
	for _, base := range out.ways() {
		switch {
		case len(refs) == 2 && len(base.Between[0]) > 0:
			base.Between = [2][]Ref{refs[:1], refs[1:]}
			ways = append(ways, base)
		case p.does(group[0]) && len(base.Between[0]) == 0 && len(base.Either) == 0:
			if base.Subject = refs; base.Slot == Subject {
				base.Slot = ""
			}
			ways = append(ways, base)
		default:
			ways = append(ways, base.replace(refs)...)
		}
	}
	return ways
}

// does reports whether an item stands behind "did", and so is who did it.
func (p *parse) does(it *item) bool {
	at := it.at - 1
	for at >= 0 && p.cells[at].ref == nil && p.r.is("article", p.cells[at].low) {
		at--
	}
	return at >= 0 && it.prep == "" && p.cells[at].is(p.r.lists["do"])
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

// replace puts names in the place of one of the kind of the first, in each way that there
// is, the later places first.
func (r *Reading) replace(refs []Ref) (ways []Reading) {
	ref := refs[0]
	same := func(a Ref) bool {
		return a.Office != "" && ref.isPerson() || len(a.Entities) > 0 && len(ref.Entities) > 0 && a.Entities[0].Kind == ref.Entities[0].Kind
	}
	like := func(a Ref) bool { return !same(a) && a.is(entente.Agreement) == ref.is(entente.Agreement) }
	for _, fits := range []func(Ref) bool{same, like} {
		for i := range slots {
			way := *r
			if slot := way.slots()[i]; slices.ContainsFunc(*slot, fits) {
				*slot = refs
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
