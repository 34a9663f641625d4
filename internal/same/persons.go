package same

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// persons joins persons, the surest first: names that are equal but for the way
// of writing, then those that differ by a letter or a middle name, then those
// with initials, then surnames alone.
func (f *finder) persons() {
	for _, pass := range []struct {
		want level
		why  string
	}{
		{equal, "the same name in another spelling"},
		{close, "a name that differs by a letter or a middle name"},
		{initials, "a name with initials"},
	} {
		fits := func(a, b *profile) bool {
			return f.fullNames(a, b) >= pass.want && f.fits(a, b) && (pass.want == equal || f.officesFit(a, b))
		}
		index := f.indexPersons()
		for _, p := range f.of(entente.Person) {
			for _, q := range f.candidates(p, index, fits) {
				p, q := f.profiles[p.ids[0]], f.profiles[q.ids[0]]
				if p != q && fits(p, q) && slices.Contains(f.candidates(q, index, fits), p) {
					f.unite(p, q, pass.why)
				}
			}
		}
	}
	index := f.indexPersons()
	for _, p := range f.of(entente.Person) {
		if len(p.names[0]) > 1 {
			continue
		}
		if some := f.candidates(p, index, f.surname); len(some) > 0 {
			f.unite(p, some[0], "a surname; state, time and company fit one person only")
		}
	}
}

// indexPersons files persons under the keys of their names.
func (f *finder) indexPersons() map[string][]*profile {
	index := map[string][]*profile{}
	for _, p := range f.of(entente.Person) {
		for _, k := range f.keysOf(p) {
			index[k] = append(index[k], p)
		}
	}
	return index
}

// keysOf returns the keys under which the names of a person are looked for.
func (f *finder) keysOf(p *profile) []string {
	var keys []string
	seen := map[string]bool{}
	for _, n := range p.names {
		for _, k := range f.rules.keys(n) {
			if !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// candidates returns the persons that fit p, if all of them may be one. Where
// they may not, the office decides; where it does not, there are none.
func (f *finder) candidates(p *profile, index map[string][]*profile, fits func(a, b *profile) bool) []*profile {
	var some []*profile
	seen := map[*profile]bool{p: true}
	for _, k := range f.keysOf(p) {
		for _, q := range index[k] {
			q = f.profiles[q.ids[0]]
			if !seen[q] && fits(p, q) {
				some = append(some, q)
			}
			seen[q] = true
		}
	}
	if f.allOne(some) {
		return some
	}
	some = slices.DeleteFunc(some, func(q *profile) bool { return !overlap(p.offices, q.offices) })
	if f.allOne(some) {
		return some
	}
	return nil
}

// allOne reports whether each two of some persons may be one.
func (f *finder) allOne(some []*profile) bool {
	for i, a := range some {
		for _, b := range some[:i] {
			if together(a, b) || f.fullNames(a, b) == unlike || len(a.states) > 0 && len(b.states) > 0 && !overlap(a.states, b.states) {
				return false
			}
		}
	}
	return true
}

// fullNames returns how alike the full names of two persons are: that of the
// best pair, unless another pair cannot be one person.
func (f *finder) fullNames(a, b *profile) level {
	best := unlike
	for _, n := range a.names {
		for _, m := range b.names {
			if len(n) < 2 || len(m) < 2 {
				continue
			}
			found := f.rules.alike(n, m)
			if found == unlike {
				return unlike
			}
			best = max(best, found)
		}
	}
	return best
}

// fits reports whether all but the name lets two persons be one: no report names
// both, no state speaks against it, and state or company speaks for it.
func (f *finder) fits(a, b *profile) bool {
	if !near(a, b, yearsApart) || together(a, b) {
		return false
	}
	switch {
	case len(a.states) > 0 && len(b.states) > 0:
		return overlap(a.states, b.states)
	case len(a.states) > 0 && f.hears(b, a.states), len(b.states) > 0 && f.hears(a, b.states):
		return true
	}
	return f.shared(a, b) > company
}

// officesFit reports whether the offices let two persons be one: where both are
// known and none is the same, the reports have to lie so far apart that one can
// have followed the other.
func (f *finder) officesFit(a, b *profile) bool {
	if len(a.offices) == 0 || len(b.offices) == 0 || overlap(a.offices, b.offices) {
		return true
	}
	return !near(a, b, storyApart)
}

// hears reports whether a report that names p names one of the states.
func (f *finder) hears(p *profile, states map[string]bool) bool {
	for i := range p.reports {
		if overlap(f.statesIn[i], states) {
			return true
		}
	}
	return false
}

// surname reports whether one of two persons is known by a surname alone which
// is that of the other, at the same time and in the same company; in more of it
// where the reports lie years apart.
func (f *finder) surname(a, b *profile) bool {
	if len(a.names[0]) > 1 {
		a, b = b, a
	}
	if !slices.ContainsFunc(b.names, func(n []string) bool { return bears(a.names[0], n) }) || !f.fits(a, b) || !f.officesFit(a, b) {
		return false
	}
	n := f.shared(a, b)
	return n >= 2*company || n >= company && near(a, b, storyApart)
}

// office returns what tells an office from others, given its ID, "Minister_of_Foreign_Affairs_of_Chile":
// its words but for those that all ministers bear, in order of the alphabet.
func (r *rules) office(id string) string {
	title, holder := id, ""
	if i := strings.LastIndex(id, "_of_"); i > 0 {
		title, holder = id[:i], id[i+len("_of_"):]
	}
	return strings.Join(r.telling(fold(title), r.duty), " ") + " / " + holder
}
