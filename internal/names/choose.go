package names

import (
	"cmp"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// A Case is a word that points back, with all whom it may mean. The rules say
// whether it means anybody, and whom; the chooser may think better of whom.
type Case struct {
	Span    entente.Span
	Class   string
	Rule    int // the option that the rules take
	Options []Option
}

// An Option is whom a word may mean, with the features that speak for it.
type Option struct {
	Entities []entente.EntityID
	Keys     []uint64
}

// Cases returns the cases of a table that was resolved without a chooser.
func (t *Table) Cases() []Case { return t.cases }

// A question is a word that points back, while its options are gathered.
type question struct {
	r       *resolver
	i       int
	class   string // "he", "it", "they", "group"
	word    string
	rule    []entente.EntityID
	options []option
}

// An option is an entity or a group that a word may mean.
type option struct {
	ids       []entente.EntityID
	near      int // its last referent, -1 for none in reach
	count     int // referents in reach
	subjects  int // those that are subjects
	sentences int // a bit for each sentence back that speaks of it
	source    int // see below
}

// Where an option comes from, besides what was spoken of.
const (
	spoken = 1 << iota
	told
	recent
	fitting
	nearby
	acting
)

// add adds an option, or a referent of one that is known.
func (q *question) add(ids []entente.EntityID, source int) *option {
	if len(ids) == 0 {
		return nil
	}
	k := slices.IndexFunc(q.options, func(x option) bool { return sameMembers(x.ids, ids) })
	if k < 0 {
		k = len(q.options)
		q.options = append(q.options, option{ids: ids, near: -1})
	}
	q.options[k].source |= source
	return &q.options[k]
}

// sameMembers reports whether two lists without doubles hold the same.
func sameMembers(a, b []entente.EntityID) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x entente.EntityID) bool { return !slices.Contains(b, x) })
}

// gather adds those for whom ok holds that were spoken of before the word within
// so many sentences.
func (q *question) gather(within int, ok func(ids []entente.EntityID) bool) {
	r := q.r
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= within; n-- {
		ref := &r.history[n]
		far := r.si - ref.sentence
		ids := ref.group
		if len(ids) < 2 {
			ids = r.actors(*ref)
		}
		if far == 0 && ref.token >= q.i || len(ids) == 0 || !ok(ids) {
			continue
		}
		x := q.add(ids, spoken)
		x.near = max(x.near, n)
		x.count++
		if ref.subject {
			x.subjects++
		}
		x.sentences |= 1 << min(far, 5)
	}
}

// decide returns the best option by the features that are common to all and by
// more. Without a chooser it is that of the rules, and the case is kept.
func (q *question) decide(more func(k *keys, x *option)) []entente.EntityID {
	t := q.r.t
	q.add(q.rule, 0)
	slices.SortStableFunc(q.options, func(a, b option) int { return cmp.Compare(b.near, a.near) })
	c := Case{Span: q.r.s[q.i].Span, Class: q.class}
	best, top := 0, float32(0)
	for n := range q.options {
		x := &q.options[n]
		k := t.g.chooser.keys(q.class)
		q.common(k, x, n)
		more(k, x)
		switch {
		case t.g.chooser == nil:
			c.Options = append(c.Options, Option{x.ids, k.List})
			if sameMembers(x.ids, q.rule) {
				c.Rule, best = n, n
			}
		case n == 0 || k.Sum > top:
			best, top = n, k.Sum
		}
	}
	if t.g.chooser == nil {
		t.cases = append(t.cases, c)
	}
	return q.options[best].ids
}

// choosePronoun returns whom a personal pronoun means, where the rules think that
// it is rule.
func (r *resolver) choosePronoun(i int, word string, rule []entente.EntityID) []entente.EntityID {
	if len(rule) == 0 {
		return nil
	}
	q := &question{r: r, i: i, word: word, rule: rule}
	switch word {
	case "he", "him", "his":
		q.class = "he"
		q.gather(5, func(ids []entente.EntityID) bool {
			p := r.t.person(ids[0])
			return p != nil && (!p.female || p.male) && len(ids) == 1
		})
	case "she", "her", "hers":
		q.class = "he"
		q.gather(5, func(ids []entente.EntityID) bool {
			p := r.t.person(ids[0])
			return p != nil && (!p.male || p.female) && len(ids) == 1
		})
	case "it", "its":
		q.class = "it"
		q.gather(5, func(ids []entente.EntityID) bool { return len(ids) == 1 && r.acts(ids[0]) })
	case "they", "them", "their":
		q.class = "they"
		q.gather(5, func(ids []entente.EntityID) bool { return len(ids) > 1 || r.acts(ids[0]) })
		q.pairs(2)
	default:
		return rule
	}
	return q.point()
}

// acts reports whether an entity is a state or an organisation.
func (r *resolver) acts(id entente.EntityID) bool {
	kind := r.t.Entity(id).Kind
	return kind == entente.State || kind == entente.Organisation
}

// chooseGroup returns which n entities (0: any number) a plural noun or a number
// means.
func (r *resolver) chooseGroup(i int, lemma string, n int, rule []entente.EntityID) []entente.EntityID {
	if len(rule) == 0 {
		return nil
	}
	q := &question{r: r, i: i, class: "group", word: lemma, rule: rule}
	q.gather(12, func(ids []entente.EntityID) bool { return len(ids) > 1 && (n == 0 || len(ids) == n) })
	for _, x := range slices.Clone(q.options) {
		q.add(r.statesOf(x.ids), acting)
	}
	q.pairs(max(2, n))
	if lemma != "" {
		q.add(r.lastFitting(max(2, n), lemma), fitting)
	}
	return q.group(n)
}

// pairs adds groups of n that nobody spoke of as such.
func (q *question) pairs(n int) {
	r := q.r
	for _, kind := range []entente.Kind{entente.State, entente.Person} {
		last := r.lastDistinct(n, kind)
		q.add(last, recent)
		q.add(r.statesOf(last), acting)
	}
	if here := r.peopleHere(q.i); len(here) == n {
		q.add(here, nearby)
		q.add(r.statesOf(here), acting)
	}
	if here := r.statesHere(q.i); len(here) == n {
		q.add(here, nearby)
	}
	if n != 2 {
		return
	}
	q.add(r.mainPair(), told)
	top := r.topStates()
	for b := 1; b < min(4, len(top)); b++ {
		for _, a := range top[:min(b, 3)] {
			q.add([]entente.EntityID{a, top[b]}, 0)
		}
	}
}

// statesOf returns the states for which persons act; nil unless all are known
// and each is another.
func (r *resolver) statesOf(people []entente.EntityID) []entente.EntityID {
	var out []entente.EntityID
	for _, id := range people {
		e := r.t.Entity(id)
		s := r.t.g.states[r.t.stateOf(e)]
		if e.Kind != entente.Person || s == "" || slices.Contains(out, s) {
			return nil
		}
		out = append(out, r.t.knows(s))
	}
	return out
}

// topStates returns the states of the report, those that it names most first.
func (r *resolver) topStates() []entente.EntityID {
	if r.top == nil {
		r.top = []entente.EntityID{}
		for id := range r.told {
			if id != "" && r.t.Entity(id).Kind == entente.State {
				r.top = append(r.top, id)
			}
		}
		slices.SortFunc(r.top, func(a, b entente.EntityID) int {
			return cmp.Or(cmp.Compare(r.told[b], r.told[a]), strings.Compare(string(a), string(b)))
		})
	}
	return r.top
}
