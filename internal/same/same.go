// Package same finds which entities of several reports are one: persons that
// reports spell differently or call by surname and office, and papers that each
// report calls by words of its own.
//
// [Find] compares what readings say, and no more: names, states, offices,
// signatures, days of publication and who else is named. It errs on the side of
// two: where a name fits two persons, or states or offices speak against it, it
// says nothing. The words it goes by are in data/same.txt.
//
// Not here: persons of one full name, which share an ID from the start;
// nicknames; states, places and organisations, which the gazetteer knows. Persons
// are compared with those of a like-sounding name, papers with those of a common
// word or signer, so that time grows with the square of what one state signs.
package same

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	entente "github.com/entente-kg/entente"
)

// A Pair says that A is B, and why.
type Pair struct {
	A, B entente.EntityID // B is the better known: not local, in more reports, with the fuller name
	Why  string
}

// How far apart the days of publication may lie.
const (
	yearsApart = 3 * 365 * 24 * time.Hour // of reports that name one person in full
	storyApart = 200 * 24 * time.Hour     // of reports that give a surname, or a paper no name, alone
)

// company is how many others two reports have to name alike to be about the same.
const company = 2

// Find returns the pairs that are one, sorted by A. Known are the pairs that are
// one already, for instance because a person has said so.
func Find(readings []entente.Reading, known []Pair) ([]Pair, error) {
	r, err := theRules()
	if err != nil {
		return nil, err
	}
	f := newFinder(r, readings)
	for _, p := range known {
		f.join(p.A, p.B)
	}
	f.persons()
	f.papers()
	slices.SortFunc(f.found, func(a, b Pair) int { return cmp.Compare(a.A, b.A) })
	return f.found, nil
}

// A profile is what all reports say of one entity, or of several that are one.
type profile struct {
	ids      []entente.EntityID
	kind     entente.Kind
	names    [][]string // words as they are compared, of the fullest first; of papers, what is in them
	sorts    map[string]bool
	states   map[string]bool
	offices  map[string]bool
	signers  map[entente.EntityID]bool // of a paper: who signed, as first named
	signed   []entente.Date
	reports  map[int]bool
	first    time.Time // publication
	last     time.Time
	mentions int
}

// finder holds the profiles while they are put together.
type finder struct {
	rules    *rules
	readings []entente.Reading
	profiles map[entente.EntityID]*profile
	around   []map[entente.EntityID]bool // by report: who and what it names, but for offices
	statesIn []map[string]bool           // by report: the codes of the states that it names, or places or bodies of
	found    []Pair
}

func newFinder(r *rules, readings []entente.Reading) *finder {
	readings = slices.Clone(readings)
	slices.SortFunc(readings, func(a, b entente.Reading) int { return cmp.Compare(a.Report.ID, b.Report.ID) })
	f := &finder{rules: r, readings: readings, profiles: map[entente.EntityID]*profile{}}
	for i, reading := range readings {
		f.around = append(f.around, map[entente.EntityID]bool{})
		f.statesIn = append(f.statesIn, map[string]bool{})
		for _, e := range reading.Entities {
			f.note(i, e)
		}
		for _, m := range reading.Mentions {
			if p := f.profiles[m.Entity]; p != nil {
				p.mentions++
			}
		}
		for _, c := range reading.Claims {
			f.claim(c)
		}
	}
	return f
}

// note adds what report i says of an entity.
func (f *finder) note(i int, e entente.Entity) {
	switch e.Kind {
	case entente.Office:
		return
	case entente.State, entente.Place, entente.Organisation:
		f.statesIn[i][e.State] = true
	}
	f.around[i][e.ID] = true
	if e.Kind != entente.Person && e.Kind != entente.Agreement {
		return
	}
	p := f.profiles[e.ID]
	if p == nil {
		p = &profile{ids: []entente.EntityID{e.ID}, kind: e.Kind, sorts: map[string]bool{}, states: map[string]bool{}, offices: map[string]bool{},
			signers: map[entente.EntityID]bool{}, reports: map[int]bool{}}
		f.profiles[e.ID] = p
	}
	p.reports[i] = true
	if e.State != "" {
		p.states[e.State] = true
	}
	p.date(f.readings[i].Report.Published.Earliest())
	f.name(p, e)
}

// name adds what an entity is called.
func (f *finder) name(p *profile, e entente.Entity) {
	if e.Kind == entente.Agreement {
		sort, words := f.rules.paper(e.Name)
		for _, s := range sort {
			p.sorts[s] = true
		}
		p.names = append(p.names, words)
		return
	}
	id, _, _ := strings.Cut(string(e.ID), "~") // in standard spelling, where the name has the report's
	if words := f.rules.wordsOf(strings.ReplaceAll(id, "_", " ")); len(words) > 0 && !slices.ContainsFunc(p.names, func(n []string) bool { return slices.Equal(n, words) }) {
		p.names = append(p.names, words)
		slices.SortStableFunc(p.names, func(a, b []string) int { return len(b) - len(a) })
	}
}

// date widens the days of publication.
func (p *profile) date(t time.Time) {
	if t.IsZero() {
		return
	}
	if p.first.IsZero() || t.Before(p.first) {
		p.first = t
	}
	if t.After(p.last) {
		p.last = t
	}
}

// claim adds what a claim tells of its actors: offices and signatures.
func (f *finder) claim(c entente.Claim) {
	switch c.Relation {
	case entente.HoldsOffice:
		if p := f.profiles[c.Subject]; p != nil && c.Status != entente.Denied {
			p.offices[f.rules.office(string(c.Object))] = true
		}
	case entente.Signed, entente.Ratified, entente.WithdrewFrom:
		p := f.profiles[c.Object]
		if p == nil || c.Status == entente.Denied {
			return
		}
		p.signers[c.Subject] = true
		if c.Relation == entente.Signed && !c.Date.IsZero() {
			p.signed = append(p.signed, c.Date)
		}
	}
}

// near reports whether the days of publication of two profiles lie no further
// apart than limit; unknown ones count as near.
func near(a, b *profile, limit time.Duration) bool {
	if a.first.IsZero() || b.first.IsZero() {
		return true
	}
	return a.first.Sub(b.last) <= limit && b.first.Sub(a.last) <= limit
}

// enough is how many others are counted: no rule asks for more.
const enough = 2 * company

// shared returns how many others both a report of a and one of b name, at most,
// up to enough.
func (f *finder) shared(a, b *profile) int {
	most := 0
	for i := range a.reports {
		for j := range b.reports {
			if most = max(most, f.common(i, j, a, b)); most == enough {
				return most
			}
		}
	}
	return most
}

// common counts who and what two reports both name, but for a and b, up to
// enough.
func (f *finder) common(i, j int, a, b *profile) (n int) {
	for id := range f.around[i] {
		p := f.profiles[id]
		if p == nil && f.around[j][id] || p != nil && p != a && p != b && p.reports[j] {
			n++
		}
		if n == enough {
			break
		}
	}
	return n
}

// together reports whether one report names both: then its reader has told them
// apart.
func together(a, b *profile) bool { return overlap(a.reports, b.reports) }

// overlap reports whether two sets share an element.
func overlap[K comparable](a, b map[K]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// of lists the distinct profiles of a kind, by their first ID.
func (f *finder) of(kind entente.Kind) []*profile {
	var out []*profile
	for _, id := range slices.Sorted(maps.Keys(f.profiles)) {
		if p := f.profiles[id]; p.kind == kind && !slices.Contains(out[max(0, len(out)-1):], p) && p.ids[0] == id {
			out = append(out, p)
		}
	}
	return out
}

// unite says that two profiles are one.
func (f *finder) unite(a, b *profile, why string) {
	if better(a, b) {
		a, b = b, a
	}
	f.found = append(f.found, Pair{a.ids[0], b.ids[0], why})
	f.join(a.ids[0], b.ids[0])
}

// better reports whether a is the better known: not to one report only, with a
// full name, with a state, in more reports, more often named.
func better(a, b *profile) bool {
	return cmp.Or(a.lacks()-b.lacks(), len(b.reports)-len(a.reports), b.mentions-a.mentions, cmp.Compare(a.ids[0], b.ids[0])) < 0
}

// lacks rates what is missing in what is known of an entity.
func (p *profile) lacks() (n int) {
	if p.ids[0].IsLocal() {
		n += 4
	}
	if p.kind == entente.Person && slices.ContainsFunc(p.names[0], func(w string) bool { return len(w) == 1 }) {
		n += 2
	}
	if len(p.states) == 0 {
		n++
	}
	return n
}

// join makes the profiles of two entities one; b's first ID stays the first.
func (f *finder) join(a, b entente.EntityID) {
	p, q := f.profiles[a], f.profiles[b]
	if p == nil || q == nil || p == q || p.kind != q.kind {
		return
	}
	q.ids = append(q.ids, p.ids...)
	q.names = append(q.names, p.names...)
	maps.Copy(q.sorts, p.sorts)
	maps.Copy(q.states, p.states)
	maps.Copy(q.offices, p.offices)
	maps.Copy(q.signers, p.signers)
	maps.Copy(q.reports, p.reports)
	q.signed = append(q.signed, p.signed...)
	q.mentions += p.mentions
	q.date(p.first)
	q.date(p.last)
	for _, id := range p.ids {
		f.profiles[id] = q
	}
}
