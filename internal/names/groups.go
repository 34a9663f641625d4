package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// group resolves a plural noun that stands for several: "the two sides", "both
// leaders", "the leaders of X and Y", "the three countries".
func (r *resolver) group(i int, word string) bool {
	if members := r.membersNamed(i); len(members) > 1 {
		r.point(i, Group, members)
		return true
	}
	if members := r.appositions(i); len(members) > 1 {
		r.point(i, Group, members)
		return true
	}
	if r.ownedGroup(i) || !r.backward(i) {
		return false
	}
	lemma := r.lemma(i)
	if same := r.again(i, lemma); r.number(i) == 0 && len(same) > 0 {
		r.point(i, Nominal, same)
		return true
	}
	kind := entente.State
	if r.t.g.is("office", lemma) || r.t.g.is("people", word) {
		kind = entente.Person
	}
	if r.t.g.is("bloc", lemma) && r.t.g.is("any-bloc", lemma) {
		kind = entente.Organisation
	}
	members := r.lastGroup(r.number(i), kind, i, 4)
	if kind == entente.Person {
		if here := r.peopleHere(i); len(here) == 2 && r.number(i) <= 2 && r.t.Entity(here[0]).State != r.t.Entity(here[1]).State {
			r.point(i, Group, r.chooseGroup(i, lemma, r.number(i), here))
			return true
		}
		together := len(members) > 0 && r.t.g.is("together", word)
		if better := r.lastFitting(max(2, r.number(i)), lemma); better != nil && !together {
			members = better
		}
	}
	members = r.chooseGroup(i, lemma, r.number(i), members)
	if len(members) == 0 {
		return false
	}
	r.point(i, Group, members)
	return true
}

// actor reports whether noun i is one for who acts: an office, a part of a
// government, a country, a body.
func (r *resolver) actor(i int) bool {
	lemma := r.lemma(i)
	for _, list := range []string{"office", "government", "country", "any-bloc"} {
		if r.t.g.is(list, lemma) {
			return true
		}
	}
	return false
}

// appositions returns the persons whom plural noun i describes: "the foreign
// ministers, Ana Ruiz and Jan Berg".
func (r *resolver) appositions(i int) []entente.EntityID {
	var out []entente.EntityID
	take := func(k int) bool {
		if m, ok := r.t.at[[2]int{r.si, k}]; ok && k > i && r.t.mentions[m].Kind == entente.Person && r.t.mentions[m].Form == Proper {
			out = append(out, r.t.mentions[m].Entities...)
		}
		return false
	}
	k := r.child(i, func(k int) bool { return k > i && r.s[k].Rel == "appos" })
	if k < 0 {
		return nil
	}
	take(k)
	r.child(k, func(c int) bool { return r.s[c].Rel == "conj" && take(c) })
	return out
}

// ownedGroup reports whether plural noun i belongs to one state or body; what
// follows it, as in "the two governments in Rome", makes none of two.
func (r *resolver) ownedGroup(i int) bool {
	if r.number(i) == 0 {
		_, owned := r.owner(i)
		return owned
	}
	return r.child(i, func(k int) bool { return k < i && r.owns(k, i) != "" }) >= 0
}

// lemma returns the lemma of noun i in lower case, the singular of a plural with
// a capital, too: "the two Presidents".
func (r *resolver) lemma(i int) string {
	lemma := strings.ToLower(r.s[i].Lemma)
	if r.s[i].Tag == "NNPS" {
		return singular(lemma)
	}
	return lemma
}

// membersNamed returns the states named as owners of a plural noun: "the
// foreign ministers of Japan and South Korea", "Russian and Iranian officials".
func (r *resolver) membersNamed(i int) []entente.EntityID {
	var out []entente.EntityID
	take := func(k int) {
		m, ok := r.t.at[[2]int{r.si, k}]
		if !ok {
			return
		}
		mention := r.t.mentions[m]
		ids := mention.Entities
		if mention.Acts != "" {
			ids = []entente.EntityID{mention.Acts}
		}
		for _, id := range ids {
			if k := r.t.Entity(id).Kind; (k == entente.State || k == entente.Organisation) && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	var walk func(k int)
	walk = func(k int) {
		take(k)
		r.child(k, func(c int) bool {
			if r.s[c].Rel == "conj" {
				walk(c)
			}
			return false
		})
	}
	if k := r.paired(i); k >= 0 {
		take(k)
	}
	r.child(i, func(k int) bool {
		if r.s[k].Rel == "amod" || r.s[k].Rel == "compound" || r.s[k].Rel == "nmod:poss" || r.s[k].Rel == "nmod" && r.marked(k, "of", "from") {
			walk(k)
		}
		return false
	})
	return out
}

// paired returns the first of two names that stand before noun i joined by
// "and", whatever the tree says of them: "the American and Chinese ambassadors";
// -1 when there are not two.
func (r *resolver) paired(i int) int {
	second := i - 1
	for second > 0 && r.s[second].Name == 0 && (strings.HasPrefix(r.s[second].Tag, "JJ") || strings.HasPrefix(r.s[second].Tag, "NN")) {
		second--
	}
	if second < 2 || r.s[second].Name == 0 || !strings.EqualFold(r.s[second-1].Text, "and") || r.s[second-2].Name == 0 {
		return -1
	}
	if m, ok := r.t.at[[2]int{r.si, second}]; !ok || r.t.mentions[m].Form != Adjective {
		return -1
	}
	return second - 2
}

// backward reports whether plural noun i points back: "the two", "both", "the",
// "their".
func (r *resolver) backward(i int) bool {
	return r.definite(i) || r.resumes(i) || r.number(i) > 0 || r.child(i, func(k int) bool { return strings.EqualFold(r.s[k].Text, "both") }) >= 0
}

// resumes reports whether a bare plural takes up persons of that office, of whom
// the sentences before spoke as a group: "Ministers agreed".
func (r *resolver) resumes(i int) bool {
	if i > 0 || !r.subject(i) {
		return false
	}
	last := r.lastGroup(0, entente.Person, i, 4)
	fit, _, _, ok := r.offices(last, r.lemma(i))
	return len(last) > 1 && ok && fit
}

// number returns how many a plural noun counts, 0 when it does not say.
func (r *resolver) number(i int) int {
	switch r.s[i].Lemma {
	case "pair", "duo", "couple":
		return 2
	case "trio":
		return 3
	}
	n := 0
	r.child(i, func(k int) bool {
		switch strings.ToLower(r.s[k].Text) {
		case "both", "two":
			n = 2
		case "three":
			n = 3
		case "four":
			n = 4
		}
		return n > 0
	})
	return n
}

// groupOf resolves "the two", "both", "the three" standing alone.
func (r *resolver) groupOf(i, n int) {
	if n == 0 {
		n = 2
	}
	r.point(i, Group, r.chooseGroup(i, "", n, r.lastGroup(n, "", i, 4)))
}

// lastGroup returns the members of the group of n (0 = any number) last spoken
// of within so many sentences, of the given kind ("" = any): a group mention or
// a coordination, the subject of its sentence first; else the last n distinct
// actors of one kind.
func (r *resolver) lastGroup(n int, kind entente.Kind, i, within int) []entente.EntityID {
	var best []entente.EntityID
	score := -1 << 30
	for k := len(r.history) - 1; k >= 0 && r.si-r.history[k].sentence <= within; k-- {
		ref := r.history[k]
		if ref.sentence == r.si && ref.token > i || len(ref.group) < 2 || n != 0 && len(ref.group) != n || kind != "" && r.t.Entity(ref.group[0]).Kind != kind {
			continue
		}
		s := -10 * (r.si - ref.sentence)
		if ref.subject {
			s += 12
		} else if ref.loose {
			s += 1
		} else if n == 2 && r.t.Entity(ref.group[0]).Kind != entente.Person && min(r.told[ref.group[0]], r.told[ref.group[1]]) < 2 {
			continue // named by the way
		}
		if n == 2 && r.t.Entity(ref.group[0]).Kind == entente.State {
			s += r.weight(ref.group) // "both countries" are seldom those named by the way
		}
		if s > score {
			best, score = ref.group, s
		}
	}
	if main := r.mainPair(); n == 2 && kind != entente.Person && best != nil && r.t.Entity(best[0]).Kind == entente.State && len(main) == 2 && r.weight(main)-12 > score {
		best = main
	}
	switch {
	case best != nil || n == 0 && kind == "":
		return best
	case kind != "":
		return r.lastDistinct(max(n, 2), kind)
	}
	if here := r.statesHere(i); len(here) == n {
		return here
	}
	if people := r.lastDistinct(n, entente.Person); people != nil {
		return people
	}
	return r.lastDistinct(n, entente.State)
}

// weight rates how much the report is about the members of a group.
func (r *resolver) weight(group []entente.EntityID) int {
	least := 4
	for _, id := range group {
		least = min(least, r.told[id]-1)
	}
	return 3 * least
}

// mainPair returns the two states that the report names most, nil where a third
// is named as often.
func (r *resolver) mainPair() []entente.EntityID {
	if r.pair != nil {
		return r.pair
	}
	r.pair = []entente.EntityID{}
	var states []entente.EntityID
	for id := range r.told {
		if id != "" && r.t.Entity(id).Kind == entente.State {
			states = append(states, id)
		}
	}
	slices.SortFunc(states, func(a, b entente.EntityID) int {
		if d := r.told[b] - r.told[a]; d != 0 {
			return d
		}
		return strings.Compare(string(a), string(b))
	})
	if len(states) > 1 && r.told[states[1]] > 2 && (len(states) == 2 || r.told[states[2]] < r.told[states[1]]) {
		r.pair = states[:2]
	}
	return r.pair
}

// statesHere returns the states that the sentence names before token i; none
// when it names a person, too.
func (r *resolver) statesHere(i int) []entente.EntityID {
	var out []entente.EntityID
	for k := range r.s[:i] {
		m, ok := r.t.at[[2]int{r.si, k}]
		if !ok {
			continue
		}
		for _, id := range r.actors(referent{mention: m}) {
			switch kind := r.t.Entity(id).Kind; {
			case kind == entente.Person:
				return nil
			case kind == entente.State && !slices.Contains(out, id):
				out = append(out, id)
			}
		}
	}
	return out
}

// lastDistinct returns the n entities of a kind most spoken of within the last
// four sentences, in order of the text; nil when fewer were. A person stands for
// the state acted for where states are asked for.
func (r *resolver) lastDistinct(n int, kind entente.Kind) []entente.EntityID {
	weight := map[entente.EntityID]int{}
	var order []entente.EntityID
	for k := len(r.history) - 1; k >= 0; k-- {
		ref := r.history[k]
		if r.si-ref.sentence > 4 {
			break
		}
		if ref.joint {
			continue
		}
		for _, id := range r.actors(ref) {
			e := r.t.Entity(id)
			if kind == entente.State && e.Kind == entente.Person && r.t.g.states[e.State] != "" {
				id = r.t.g.states[e.State]
				e = r.t.Entity(id)
			}
			if e.Kind != kind && !(kind == entente.State && e.Kind == entente.Organisation && r.t.g.intergovernmental[id] && r.told[id] > 2) {
				continue
			}
			if weight[id] == 0 {
				order = append([]entente.EntityID{id}, order...)
			}
			if weight[id] == 0 {
				weight[id] = min(r.told[id], 8)
			}
			weight[id] += 6 - (r.si - ref.sentence)
			if ref.subject {
				weight[id] += 3
			}
		}
	}
	if len(order) < n {
		return nil
	}
	best := slices.Clone(order)
	slices.SortStableFunc(best, func(a, b entente.EntityID) int { return weight[b] - weight[a] })
	best = best[:n]
	return slices.DeleteFunc(order, func(id entente.EntityID) bool { return !slices.Contains(best, id) })
}

// peopleHere returns the persons named in the sentence before token i.
func (r *resolver) peopleHere(i int) []entente.EntityID {
	var out []entente.EntityID
	for k := len(r.history) - 1; k >= 0 && r.history[k].sentence == r.si; k-- {
		m := r.t.mentions[r.history[k].mention]
		if r.history[k].token < i && m.Kind == entente.Person && len(m.Entities) == 1 && !slices.Contains(out, m.Entities[0]) {
			out = append(out, m.Entities[0])
		}
	}
	slices.Reverse(out)
	return out
}

// lastFitting returns the n persons last spoken of whom a plural noun may mean:
// "ministers" those whose title says so, "leaders" those who lead a state, no
// two of one state; nil when there are not as many.
func (r *resolver) lastFitting(n int, word string) []entente.EntityID {
	var out []entente.EntityID
	states := map[string]bool{}
	for k := len(r.history) - 1; k >= 0 && len(out) < n; k-- {
		if r.si-r.history[k].sentence > 60 {
			break
		}
		m := r.t.mentions[r.history[k].mention]
		if r.history[k].joint || m.Kind != entente.Person || len(m.Entities) != 1 || slices.Contains(out, m.Entities[0]) {
			continue
		}
		p := r.t.person(m.Entities[0])
		if p == nil || !p.has(r.t.g, word, "") && !(r.t.g.is("generic-office", word) && r.leads(p)) || p.state != "" && states[p.state] {
			continue
		}
		states[p.state] = true
		out = append(out, p.id)
	}
	if len(out) < n {
		return nil
	}
	slices.Reverse(out)
	return out
}

// leads reports whether one of the person's titles is that of a head of state
// or government.
func (r *resolver) leads(p *person) bool {
	for _, t := range p.titles {
		for w := range strings.FieldsSeq(t) {
			if r.t.g.is("head", w) {
				return true
			}
		}
	}
	return false
}

// coordinations files each coordination of two actors and more as a group, once
// its sentence is read: those that the tree joins, and names that follow each
// other with only commas and "and" between.
func (r *resolver) coordinations() {
	for i := 0; i < len(r.s); i++ {
		if members, last, end := r.list(i); len(members) > 1 {
			r.history = append(r.history, referent{mention: last, sentence: r.si, token: i, subject: r.subject(i), main: r.main(i), role: r.s[i].Rel, group: members, joint: true})
			i = end - 1
			continue
		}
		m, ok := r.t.at[[2]int{r.si, i}]
		if !ok || r.s[i].Rel == "conj" {
			continue
		}
		members := slices.Clone(r.actors(referent{mention: m}))
		last := m
		r.child(i, func(k int) bool {
			if c, ok := r.t.at[[2]int{r.si, k}]; ok && r.s[k].Rel == "conj" {
				members = append(members, r.actors(referent{mention: c})...)
				last = c
			}
			return false
		})
		if len(members) > 1 && r.sameKind(members) {
			r.history = append(r.history, referent{mention: last, sentence: r.si, token: i, subject: r.subject(i), main: r.main(i), role: r.s[i].Rel, group: members, joint: true})
		}
	}
}

// couple files the subject and the object of a verb as a group, where they are
// two persons and the sentence names no third: "the two" of the next sentence.
func (r *resolver) couple() {
	var members []entente.EntityID
	var refs []referent
	for k := len(r.history) - 1; k >= 0 && r.history[k].sentence == r.si; k-- {
		ref := r.history[k]
		if len(ref.group) > 0 && !ref.loose && r.t.Entity(ref.group[0]).Kind == entente.Person {
			return
		}
		ids := r.actors(ref)
		if len(ids) != 1 || r.t.Entity(ids[0]).Kind != entente.Person || len(ref.group) > 0 {
			continue
		}
		refs = append(refs, ref)
		if !slices.Contains(members, ids[0]) {
			members = append(members, ids[0])
		}
	}
	if len(members) != 2 {
		return
	}
	slices.Reverse(members)
	for _, a := range refs {
		for _, b := range refs {
			if a.subject && a.token != b.token && r.s[a.token].Head >= 0 && r.s[a.token].Head == r.s[b.token].Head && r.actors(a)[0] != r.actors(b)[0] {
				r.history = append(r.history, referent{mention: max(a.mention, b.mention), sentence: r.si, token: len(r.s), group: members, joint: true, loose: true})
				return
			}
		}
	}
}

// list reads "A, B and C" from token i: its actors, which are of one kind, the
// last mention, and the token after it.
func (r *resolver) list(i int) (members []entente.EntityID, last, end int) {
	closed := false // the last "and" is passed
	for k := i; k < len(r.s); {
		m, ok := r.t.at[[2]int{r.si, k}]
		if !ok || r.t.mentions[m].Form == Adjective {
			return nil, 0, i
		}
		members, last, end = append(members, r.actors(referent{mention: m})...), m, k+1
		if closed {
			break
		}
		for k++; k < len(r.s) && (r.s[k].Text == "," || strings.EqualFold(r.s[k].Text, "and")); k++ {
		}
		if k == end {
			break
		}
		closed = strings.EqualFold(r.s[k-1].Text, "and")
		if k < len(r.s) && strings.EqualFold(r.s[k].Text, "the") {
			k++
		}
	}
	if !closed || !r.sameKind(members) {
		return nil, 0, i
	}
	return members, last, end
}

func (r *resolver) sameKind(ids []entente.EntityID) bool {
	for _, id := range ids[1:] {
		if r.t.Entity(id).Kind != r.t.Entity(ids[0]).Kind {
			return false
		}
	}
	return true
}
