package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/linear"
)

// keys are the features of an option.
type keys = linear.Keys[float32]

// few puts a number into one of a few classes.
func few(n int) uint64 {
	switch {
	case n < 4:
		return uint64(max(n, 0))
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 20:
		return 6
	}
	return 7
}

// far is the distance of an option that was not spoken of within reach.
const far = 20

// common adds what speaks for an option whatever the word is: whether the rules
// take it, how near it is and in which part of its sentence, how much is told of
// it.
func (q *question) common(k *keys, x *option, rank int) {
	r := q.r
	rule := linear.Bit(sameMembers(x.ids, q.rule))
	kind := linear.Text(string(r.t.Entity(x.ids[0]).Kind))
	place, word := q.place(), linear.Text(q.word)
	told := r.told[x.ids[0]]
	for _, id := range x.ids {
		told = min(told, r.told[id])
	}
	dist, n := uint64(far), few(rank)
	if x.near >= 0 {
		ref := &r.history[x.near]
		m := &r.t.mentions[ref.mention]
		dist = few(r.si - ref.sentence)
		role := linear.Text(ref.role)
		k.Add(1, dist, role)
		k.Add(2, dist, role, place)
		k.Add(3, dist, role, word)
		k.Add(4, dist, uint64(m.Form))
		k.Add(5, dist, linear.Bit(ref.main), linear.Bit(ref.subject))
		k.Add(6, linear.Bit(ref.joint), linear.Bit(ref.loose), kind)
		k.Add(7, linear.Bit(ref.plural), uint64(len(x.ids)))
		k.Add(8, linear.Bit(m.Acts != ""), dist)
		k.Add(9, dist, linear.Bit(r.opens))
		if ref.sentence == r.si {
			k.Add(10, few((q.i-ref.token)/2))
			k.Add(11, linear.Bit(r.clash(*ref, q.i)))
			path := r.path(ref.token, q.i)
			k.Add(12, path)
			k.Add(13, path, place)
		}
	}
	k.Add(14, rule)
	k.Add(15, rule, place)
	k.Add(16, rule, word)
	k.Add(17, rule, n, dist)
	k.Add(18, n)
	k.Add(19, n, dist, place)
	k.Add(20, kind, uint64(len(x.ids)))
	k.Add(21, kind, uint64(len(x.ids)), word)
	k.Add(22, kind, few(told))
	k.Add(23, few(x.count))
	k.Add(24, few(x.subjects))
	k.Add(25, uint64(x.sentences))
	k.Add(26, uint64(x.source), dist)
}

// place tells in which part of the sentence the word stands.
func (q *question) place() uint64 {
	if strings.HasSuffix(q.r.s[q.i].Tag, "$") {
		return 1
	}
	return linear.Text(q.r.s[q.i].Rel)
}

// path tells how token a stands to token i in the tree: steps up from i to the
// first node that is above a, and down to a.
func (r *resolver) path(a, i int) uint64 {
	for v, up := i, 0; v >= 0 && up < 8; v, up = r.s[v].Head, up+1 {
		for w, down := a, 0; w >= 0 && down < 4; w, down = r.s[w].Head, down+1 {
			if w == v {
				return uint64(up*5 + down)
			}
		}
	}
	return 99
}

// point answers a question of a pronoun.
func (q *question) point() []entente.EntityID {
	r := q.r
	var owning, governing entente.EntityID
	switch q.class {
	case "he":
		owning, governing = r.owning(q.i, q.word, entente.Person), r.governing(q.i, entente.Person)
	case "it":
		owning, governing = r.owning(q.i, q.word, entente.State, entente.Organisation), r.governing(q.i, entente.State, entente.Organisation)
	}
	above := r.above(q.i)
	here, before := r.subjects(q.i)
	place, initial, head := q.place(), linear.Bit(q.i < 3), uint64(0)
	if h := r.s[q.i].Head; h >= 0 {
		head = linear.Text(r.s[h].Lemma)
	}
	quoted, speaker, speech := r.quoted(q.i), r.speaking(), linear.Bit(r.speaks(q.i))
	return q.decide(func(k *keys, x *option) {
		id := x.ids[0]
		says, said := linear.Bit(id == speaker), linear.Bit(id == r.speech.speaker)
		if q.class == "they" {
			k.Add(39, r.apart(x.ids, q.i), place)
			k.Add(54, uint64(r.early(x.ids)))
			k.Add(55, uint64(r.spread(x.ids, q.i)), uint64(len(x.ids)))
		}
		k.Add(37, quoted, says, said)
		k.Add(38, speech, says, said)
		rule, owns, governs := linear.Bit(sameMembers(x.ids, q.rule)), linear.Bit(id == owning), linear.Bit(id == governing)
		inHere, inBefore := r.among(id, here), r.among(id, before)
		k.Add(30, owns, governs, place)
		k.Add(31, owns, governs, rule)
		k.Add(32, linear.Bit(slices.Contains(above, id)))
		k.Add(33, inHere, inBefore, initial)
		k.Add(34, inHere, inBefore, place)
		k.Add(35, linear.Text(string(r.t.Entity(id).Kind)), head)
		if p := r.t.person(id); p != nil {
			k.Add(36, linear.Bit(p.male), linear.Bit(p.female))
		}
	})
}

// quoted tells whether token i stands within quotation marks.
func (r *resolver) quoted(i int) uint64 {
	open := r.speech.open
	for k := range r.s[:i] {
		switch r.s[k].Text {
		case "“", "``":
			open = true
		case "”", "''":
			open = false
		case `"`:
			open = !open
		}
	}
	return linear.Bit(open)
}

// speaks reports whether token i is the subject of a verb of speech.
func (r *resolver) speaks(i int) bool {
	h := r.s[i].Head
	return h >= 0 && strings.HasPrefix(r.s[i].Rel, "nsubj") && r.t.g.is("speech", strings.ToLower(r.s[h].Lemma))
}

// subjects returns the subjects of the main verbs of this sentence, before token
// i, and of the one before.
func (r *resolver) subjects(i int) (here, before []entente.EntityID) {
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 1; n-- {
		switch ref := r.history[n]; {
		case !ref.subject || !ref.main || ref.sentence == r.si && ref.token >= i:
		case ref.sentence == r.si:
			here = append(here, r.actors(ref)...)
		default:
			before = append(before, r.actors(ref)...)
		}
	}
	return here, before
}

// among tells whether an entity is one of those, or the state of one.
func (r *resolver) among(id entente.EntityID, ids []entente.EntityID) uint64 {
	if slices.Contains(ids, id) {
		return 1
	}
	for _, x := range ids {
		if e := r.t.Entity(x); e.Kind == entente.Person && r.t.g.states[r.t.stateOf(e)] == id {
			return 2
		}
	}
	return 0
}

// group answers a question for n entities.
func (q *question) group(n int) []entente.EntityID {
	r := q.r
	noun, number := q.sort(), uint64(n)
	top := r.topStates()
	return q.decide(func(k *keys, x *option) {
		kind := linear.Text(string(r.t.Entity(x.ids[0]).Kind))
		dist := uint64(far)
		if x.near >= 0 {
			dist = few(r.si - r.history[x.near].sentence)
		}
		main := uint64(0)
		if len(top) > 1 {
			main = linear.Bit(slices.Contains(x.ids, top[0])) + 2*linear.Bit(slices.Contains(x.ids, top[1])) + 4*linear.Bit(sameMembers(x.ids, r.mainPair()))
		}
		k.Add(40, noun, kind, number)
		k.Add(41, noun, kind, dist)
		k.Add(42, noun, uint64(x.source))
		k.Add(43, noun, main)
		k.Add(44, main, dist)
		k.Add(45, main, linear.Bit(sameMembers(x.ids, q.rule)))
		k.Add(46, uint64(len(x.ids)), number)
		k.Add(47, uint64(r.spread(x.ids, q.i)), kind)
		k.Add(51, uint64(r.early(x.ids)), kind)
		k.Add(52, r.apart(x.ids, q.i), number)
		k.Add(53, r.apart(x.ids, q.i), linear.Bit(x.near >= 0 && dist == 0))
		if fit, lead, distinct, ok := r.offices(x.ids, q.word); ok {
			k.Add(48, noun, linear.Bit(fit))
			k.Add(49, noun, linear.Bit(lead))
			k.Add(50, noun, linear.Bit(distinct))
		}
	})
}

// early tells in which sentence the last member of a group was first spoken of,
// at most three.
func (r *resolver) early(ids []entente.EntityID) int {
	most := 0
	for _, id := range ids {
		most = max(most, min(r.first[id], 3))
	}
	return most
}

// apart tells how many members of a group the sentence of token i names by
// themselves: none, some or all, and whether one is the subject of a verb above.
func (r *resolver) apart(ids []entente.EntityID, i int) uint64 {
	var here []entente.EntityID
	for k := range r.s {
		if m, ok := r.t.at[[2]int{r.si, k}]; ok && k != i {
			if one := r.actors(referent{mention: m}); len(one) == 1 && slices.Contains(ids, one[0]) && !slices.Contains(here, one[0]) {
				here = append(here, one[0])
			}
		}
	}
	over := false
	for n, v := 0, r.s[i].Head; v >= 0 && n < 20; n, v = n+1, r.s[v].Head {
		s := r.child(v, func(k int) bool { return k != i && strings.HasPrefix(r.s[k].Rel, "nsubj") })
		if s < 0 {
			continue
		}
		if m, ok := r.t.at[[2]int{r.si, s}]; ok && slices.ContainsFunc(r.actors(referent{mention: m}), func(id entente.EntityID) bool { return slices.Contains(ids, id) }) {
			over = true
		}
	}
	return uint64(min(len(here), 1)) + linear.Bit(len(here) == len(ids)) + 4*linear.Bit(over)
}

// sort tells of what sort a noun is.
func (q *question) sort() uint64 {
	for n, list := range []string{"together", "generic-office", "office", "government", "country"} {
		if q.r.t.g.is(list, q.word) {
			return uint64(n)
		}
	}
	return 20 + linear.Bit(q.word == "")
}

// offices tells of persons whether each has the office of a noun, each leads a
// state, and no two act for one state; ok is false for others.
func (r *resolver) offices(ids []entente.EntityID, noun string) (fit, lead, distinct, ok bool) {
	fit, lead, distinct = true, true, true
	states := map[string]bool{}
	for _, id := range ids {
		p := r.t.person(id)
		if p == nil {
			return false, false, false, false
		}
		state := or(p.state, p.guess)
		fit, lead, distinct = fit && p.has(r.t.g, noun, ""), lead && r.leads(p), distinct && (state == "" || !states[state])
		states[state] = true
	}
	return fit, lead, distinct, true
}

// spread tells how many sentences back the members of a group were last spoken
// of, at most six.
func (r *resolver) spread(ids []entente.EntityID, i int) int {
	most := 0
	for _, id := range ids {
		back := 6
		for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence < back; n-- {
			ref := &r.history[n]
			if !ref.joint && (ref.sentence < r.si || ref.token < i) && slices.Contains(r.actors(*ref), id) {
				back = r.si - ref.sentence
			}
		}
		most = max(most, back)
	}
	return most
}
