package names

import (
	"cmp"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// A Case is a word that points back, with all whom it may mean.
type Case struct {
	Span    entente.Span
	Class   string
	Rule    int // option that the rules take
	Options []Option
}

// An Option is one answer to a case; no entities: nobody.
type Option struct {
	Entities []entente.EntityID
	Keys     []uint64
}

// Observe has the table keep its cases, for training; it is called before
// Resolve.
func (t *Table) Observe() { t.cases = []Case{} }

// Cases returns the cases of an observed table.
func (t *Table) Cases() []Case { return t.cases }

// roles in which a mention may stand.
var roleNames = []string{"", "nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss", "amod", "compound", "appos", "conj", "root", "obl:agent", "xcomp", "ccomp", "flat", "parataxis", "dep", "det"}

func (r *resolver) role(i int) uint8 {
	rel := r.s[i].Rel
	if n := slices.Index(roleNames, rel); n > 0 {
		return uint8(n)
	}
	base, _, _ := strings.Cut(rel, ":")
	return uint8(max(0, slices.Index(roleNames, base)))
}

// candidate is an entity or a group that a word may mean.
type candidate struct {
	ids   []entente.EntityID
	near  int // last referent
	count int // referents in reach
	subj  int
	heard [5]bool // spoken of so many sentences before
	flags uint64
}

const (
	fromHistory = 1 << iota
	fromMain
	fromLast
	fromFitting
	fromHere
	fromStates
)

func sameSet(a, b []entente.EntityID) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

type chooser struct {
	r    *resolver
	i    int
	all  []candidate
	rule []entente.EntityID
}

func (c *chooser) put(ids []entente.EntityID, near int, subject bool, dist int, flags uint64) {
	if len(ids) == 0 {
		return
	}
	k := slices.IndexFunc(c.all, func(x candidate) bool { return sameSet(x.ids, ids) })
	if k < 0 {
		k = len(c.all)
		c.all = append(c.all, candidate{ids: ids, near: -1})
	}
	x := &c.all[k]
	x.flags |= flags
	if near >= 0 {
		x.near = max(x.near, near)
		x.count++
		if subject {
			x.subj++
		}
		if dist < 5 {
			x.heard[dist] = true
		}
	}
}

func (c *chooser) visible(ref *referent) bool {
	return ref.sentence != c.r.si || ref.token < c.i
}

// few puts a number into one of a few classes.
func few(n int) uint64 {
	switch {
	case n < 0:
		return 9
	case n < 4:
		return uint64(n)
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 20:
		return 6
	}
	return 7
}

func mix(parts ...uint64) uint64 {
	h := uint64(14695981039346656037)
	for _, p := range parts {
		h = (h ^ p) * 1099511628211
		h ^= h >> 29
	}
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>32
}

func word64(s string) uint64 {
	h := uint64(14695981039346656037)
	for k := range len(s) {
		h = (h ^ uint64(s[k])) * 1099511628211
	}
	return h
}

func b64(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

var kindCode = map[entente.Kind]uint64{entente.Person: 1, entente.State: 2, entente.Organisation: 3, entente.Place: 4, entente.Agreement: 5}

// pronounCase gathers whom a pronoun may mean.
func (r *resolver) pronounCase(i int, word string, rule []entente.EntityID) []entente.EntityID {
	c := &chooser{r: r, i: i, rule: rule}
	class := ""
	var fits func(id entente.EntityID) bool
	switch word {
	case "he", "him", "his":
		class, fits = "he", func(id entente.EntityID) bool { p := r.t.person(id); return p != nil && (!p.female || p.male) }
	case "she", "her", "hers":
		class, fits = "he", func(id entente.EntityID) bool { p := r.t.person(id); return p != nil && (!p.male || p.female) }
	case "it", "its":
		class, fits = "it", func(id entente.EntityID) bool {
			k := r.t.Entity(id).Kind
			return k == entente.State || k == entente.Organisation
		}
	case "they", "them", "their":
		class = "they"
	default:
		return rule
	}
	return r.pointCase(c, class, word, fits)
}

// landCase gathers whom "the country", "the government", "the bloc" may mean.
func (r *resolver) landCase(i int, lemma string, kinds []entente.Kind, rule []entente.EntityID) []entente.EntityID {
	c := &chooser{r: r, i: i, rule: rule}
	return r.pointCase(c, "land", lemma, func(id entente.EntityID) bool { return slices.Contains(kinds, r.t.Entity(id).Kind) })
}

func (r *resolver) pointCase(c *chooser, class, word string, fits func(id entente.EntityID) bool) []entente.EntityID {
	if r.t.cases == nil && r.t.g.chooser == nil {
		return c.rule
	}
	i, rule := c.i, c.rule
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 5; n-- {
		ref := &r.history[n]
		if !c.visible(ref) {
			continue
		}
		ids := r.actors(*ref)
		if len(ref.group) > 1 {
			ids = ref.group
		} else if ref.joint {
			continue
		}
		switch {
		case class == "they" && len(ids) == 1:
			if k := r.t.Entity(ids[0]).Kind; k != entente.State && k != entente.Organisation {
				continue
			}
		case class != "they" && (len(ids) != 1 || !fits(ids[0])):
			continue
		}
		c.put(ids, n, ref.subject, r.si-ref.sentence, fromHistory)
	}
	if class == "they" {
		r.groups(c, 2, "")
	}
	c.put(rule, -1, false, 0, 0)
	var owning, governing entente.EntityID
	kinds := []entente.Kind{entente.State, entente.Organisation}
	if class == "he" {
		kinds = []entente.Kind{entente.Person}
	}
	if class == "he" || class == "it" {
		owning, governing = r.owning(i, word, kinds...), r.governing(i, kinds...)
	}
	above := r.above(i)
	here, before := r.subjects(i)
	initial := b64(i < 3)
	wd := word64(word)
	pr := uint64(r.role(i))
	if strings.HasSuffix(r.s[i].Tag, "$") {
		pr = 30
	}
	headLemma := uint64(0)
	if h := r.s[i].Head; h >= 0 {
		headLemma = word64(r.s[h].Lemma)
	}
	cl := word64(class)
	slices.SortStableFunc(c.all, func(a, b candidate) int { return cmp.Compare(b.near, a.near) })
	keys := func(rank int, x *candidate) []uint64 {
		id := x.ids[0]
		f := r.feat(x, i)
		p := r.t.person(id)
		gender := uint64(0)
		if p != nil {
			gender = 1 + b64(p.male) + 2*b64(p.female)
		}
		isRule := b64(sameSet(x.ids, rule))
		own, gov := b64(id == owning && owning != ""), b64(id == governing && governing != "")
		abv := b64(slices.Contains(above, id))
		rk := few(rank)
		out := []uint64{
			mix(1, cl, isRule),
			mix(2, cl, isRule, pr),
			mix(3, cl, own, gov, pr),
			mix(4, cl, abv, f.clash),
			mix(5, cl, f.dist, f.role),
			mix(6, cl, f.dist, f.role, pr),
			mix(7, cl, rk),
			mix(8, cl, rk, pr, f.dist),
			mix(9, cl, f.form, f.dist),
			mix(10, cl, few(x.count)),
			mix(11, cl, few(x.subj)),
			mix(12, cl, f.told),
			mix(13, cl, f.kind, uint64(len(x.ids))),
			mix(14, cl, f.gap),
			mix(15, cl, gender),
			mix(16, cl, f.main, f.dist),
			mix(17, cl, f.pattern),
			mix(18, cl, isRule, rk, f.dist),
			mix(19, cl, f.toldRank),
			mix(20, cl, f.plural, uint64(len(x.ids))),
			mix(21, cl, f.kind, headLemma),
			mix(22, cl, isRule, own, gov),
			mix(23, cl, f.para, f.dist),
			mix(24, cl, f.acts, f.dist),
			mix(25, cl, f.path),
			mix(26, cl, f.path, pr),
			mix(27, cl, f.joint, f.kind),
			mix(28, cl, r.among(id, here), r.among(id, before), initial),
			mix(29, cl, r.among(id, here), r.among(id, before), pr),
			mix(30, cl, initial, f.role, f.dist, pr),
			mix(110, cl, wd, isRule),
			mix(111, cl, wd, f.kind, uint64(len(x.ids))),
			mix(112, cl, b64(r.t.g.lists["terrain "+word][r.t.Entity(id).State])),
			mix(113, cl, x.flags, f.dist),
			mix(114, cl, wd, f.dist, f.role),
		}
		return out
	}
	null := []uint64{mix(100, cl), mix(101, cl, pr), mix(102, cl, b64(len(rule) == 0)), mix(103, cl, headLemma), mix(104, cl, few(len(c.all))), mix(105, cl, b64(len(rule) == 0), pr), mix(106, cl, word64(word))}
	return c.decide(class, keys, null)
}

// subjects returns whom the main verbs of this sentence, before token i, and of
// the one before have as subjects.
func (r *resolver) subjects(i int) (here, before []entente.EntityID) {
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 1; n-- {
		ref := r.history[n]
		if !ref.subject || !ref.main || ref.sentence == r.si && ref.token >= i {
			continue
		}
		if ids := r.actors(ref); ref.sentence == r.si {
			here = append(here, ids...)
		} else {
			before = append(before, ids...)
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

type feats struct {
	dist, role, form, told, kind, gap, main, pattern, toldRank, plural, clash, para, acts, path, joint uint64
}

// feat measures a candidate against token i.
func (r *resolver) feat(x *candidate, i int) feats {
	var f feats
	f.kind = kindCode[r.t.Entity(x.ids[0]).Kind]
	least := r.told[x.ids[0]]
	for _, id := range x.ids {
		least = min(least, r.told[id])
	}
	f.told = few(least)
	higher := 0
	if f.kind == 2 && len(x.ids) == 1 {
		for _, n := range r.told {
			if n > least {
				higher++
			}
		}
	}
	f.toldRank = few(higher)
	for k, h := range x.heard {
		f.pattern |= b64(h) << k
	}
	f.dist = 7
	if x.near < 0 {
		return f
	}
	ref := &r.history[x.near]
	m := &r.t.mentions[ref.mention]
	f.dist = uint64(r.si - ref.sentence)
	f.role = uint64(ref.role)
	f.form = uint64(m.Form)
	f.main = b64(ref.main) + 2*b64(ref.subject)
	f.plural = b64(ref.plural)
	f.acts = b64(m.Acts != "")
	f.joint = b64(ref.joint) + 2*b64(ref.loose)
	f.para = b64(r.para)
	if f.dist == 0 {
		f.gap = few((i - ref.token) / 2)
		f.clash = b64(r.clash(*ref, i))
		if ref.token < len(r.s) {
			f.path = r.pathTo(ref.token, i)
		}
	} else {
		f.gap = 20
	}
	return f
}

// pathTo tells how token a stands to token i in the tree: steps up from i to the
// first node that is above a, and down to a.
func (r *resolver) pathTo(a, i int) uint64 {
	up := 0
	for v := i; v >= 0 && up < 8; v, up = r.s[v].Head, up+1 {
		down := 0
		for w := a; w >= 0 && down < 4; w, down = r.s[w].Head, down+1 {
			if w == v {
				return uint64(1 + up*5 + down)
			}
		}
	}
	return 99
}

// decide keeps the case, and returns the best option.
func (c *chooser) decide(class string, keys func(rank int, x *candidate) []uint64, null []uint64) []entente.EntityID {
	if c.r.t.cases == nil && c.r.t.g.chooser == nil {
		return c.rule
	}
	options := make([]Option, 0, len(c.all)+1)
	rule := len(c.all)
	for n := range c.all {
		if sameSet(c.all[n].ids, c.rule) {
			rule = n
		}
		options = append(options, Option{Entities: c.all[n].ids, Keys: keys(n, &c.all[n])})
	}
	if rule == len(c.all) {
		options = append(options, Option{Keys: null})
	}
	if c.r.t.cases != nil {
		c.r.t.cases = append(c.r.t.cases, Case{Span: c.r.s[c.i].Span, Class: class, Rule: rule, Options: options})
	}
	if c.r.t.g.chooser == nil {
		return c.rule
	}
	best, top := 0, -1e30
	for n, o := range options {
		if s := c.r.t.g.chooser(class, o.Keys); s > top {
			best, top = n, s
		}
	}
	return options[best].Entities
}

// groupCase gathers whom a plural noun or a number may mean.
func (r *resolver) groupCase(i int, lemma string, number int, kind entente.Kind, rule []entente.EntityID) []entente.EntityID {
	if r.t.cases == nil && r.t.g.chooser == nil {
		return rule
	}
	c := &chooser{r: r, i: i, rule: rule}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 12; n-- {
		ref := &r.history[n]
		if !c.visible(ref) || len(ref.group) < 2 || number != 0 && len(ref.group) != number {
			continue
		}
		c.put(ref.group, n, ref.subject, r.si-ref.sentence, fromHistory)
		if r.t.Entity(ref.group[0]).Kind == entente.Person {
			c.put(r.statesOf(ref.group), -1, false, 0, fromStates)
		}
	}
	top := r.topStates()
	r.groups(c, max(2, number), lemma)
	c.put(rule, -1, false, 0, 0)
	noun := uint64(0)
	switch {
	case r.t.g.is("together", lemma):
		noun = 1
	case r.t.g.is("generic-office", lemma):
		noun = 2
	case r.t.g.is("office", lemma):
		noun = 3
	case r.t.g.is("government", lemma):
		noun = 4
	case r.t.g.is("country", lemma):
		noun = 5
	case lemma == "side" || lemma == "party":
		noun = 6
	case lemma == "":
		noun = 7
	}
	word := word64(lemma)
	class := "group"
	cl := word64(class)
	slices.SortStableFunc(c.all, func(a, b candidate) int { return cmp.Compare(b.near, a.near) })
	num := uint64(number)
	pr := uint64(r.role(i))
	keys := func(rank int, x *candidate) []uint64 {
		f := r.feat(x, i)
		isRule := b64(sameSet(x.ids, rule))
		fit, lead, distinct, mainst := uint64(0), uint64(0), uint64(1), uint64(0)
		if f.kind == 1 {
			fit, lead = 1, 1
			states := map[string]bool{}
			for _, id := range x.ids {
				p := r.t.person(id)
				if p == nil || !p.has(r.t.g, lemma, "") {
					fit = 2
				}
				if p == nil || !r.leads(p) {
					lead = 2
				}
				if p != nil {
					s := or(p.state, p.guess)
					if s != "" && states[s] {
						distinct = 2
					}
					states[s] = true
				}
			}
		}
		if main := r.mainPair(); sameSet(main, x.ids) {
			mainst = 1
		} else if len(top) > 1 && f.kind == 2 {
			if slices.Contains(x.ids, top[0]) {
				mainst |= 2
			}
			if slices.Contains(x.ids, top[1]) {
				mainst |= 4
			}
		}
		spread := r.spread(x.ids, i)
		rk := few(rank)
		dist := few(int(f.dist))
		return []uint64{
			mix(31, isRule), mix(32, isRule, noun, f.kind), mix(33, noun, f.kind, num), mix(34, x.flags), mix(35, x.flags, noun),
			mix(36, dist, f.joint, f.main), mix(37, dist, rk), mix(38, fit, noun), mix(39, lead, noun), mix(40, distinct, noun),
			mix(41, mainst, noun), mix(42, mainst, dist), mix(43, f.told, f.kind), mix(44, spread, f.kind), mix(45, f.form, dist),
			mix(46, few(x.count), f.kind), mix(47, few(x.subj)), mix(48, word, f.kind), mix(49, pr, isRule, f.kind), mix(50, uint64(len(x.ids)), num),
			mix(51, noun, dist, f.kind), mix(52, f.role, dist), mix(53, mainst, f.told, num), mix(54, isRule, mainst), mix(55, isRule, dist), mix(56, rk, f.kind),
			mix(57, x.flags&fromHistory, dist, f.kind, noun), mix(58, f.gap), mix(59, f.path),
		}
	}
	null := []uint64{mix(100, cl), mix(101, cl, pr), mix(102, cl, b64(len(rule) == 0)), mix(103, cl, word), mix(104, cl, few(len(c.all))), mix(105, cl, noun, num), mix(106, cl, b64(len(rule) == 0), num, noun)}
	return c.decide(class, keys, null)
}

// groups adds the groups of n that nobody named as such.
func (r *resolver) groups(c *chooser, n int, lemma string) {
	i := c.i
	if n == 2 {
		c.put(r.mainPair(), -1, false, 0, fromMain)
	}
	c.put(r.lastDistinct(n, entente.State), -1, false, 0, fromLast)
	people := r.lastDistinct(n, entente.Person)
	c.put(people, -1, false, 0, fromLast)
	c.put(r.statesOf(people), -1, false, 0, fromStates)
	if lemma != "" {
		c.put(r.lastFitting(n, lemma), -1, false, 0, fromFitting)
	}
	if here := r.peopleHere(i); len(here) == n {
		c.put(here, -1, false, 0, fromHere)
		c.put(r.statesOf(here), -1, false, 0, fromStates)
	}
	if here := r.statesHere(i); len(here) == n {
		c.put(here, -1, false, 0, fromHere)
	}
	top := r.topStates()
	for a := range min(3, len(top)) {
		for b := a + 1; b < min(4, len(top)); b++ {
			if n == 2 {
				c.put([]entente.EntityID{top[a], top[b]}, -1, false, 0, 0)
			}
		}
	}
}

// spread tells how far back the members of a group were last spoken of.
func (r *resolver) spread(ids []entente.EntityID, i int) uint64 {
	far := 0
	for _, id := range ids {
		d := 6
		for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence < 6; n-- {
			ref := &r.history[n]
			if ref.joint || ref.sentence == r.si && ref.token > i {
				continue
			}
			if slices.Contains(r.actors(*ref), id) {
				d = r.si - ref.sentence
				break
			}
		}
		far = max(far, d)
	}
	return uint64(far)
}

// statesOf returns the states for which persons act, nil unless all are known
// and each is another.
func (r *resolver) statesOf(people []entente.EntityID) []entente.EntityID {
	var out []entente.EntityID
	for _, id := range people {
		s := r.t.g.states[r.t.stateOf(r.t.Entity(id))]
		if s == "" || slices.Contains(out, s) {
			return nil
		}
		out = append(out, r.t.knows(s))
	}
	return out
}

// topStates returns the states of the report, those that it names most first.
func (r *resolver) topStates() []entente.EntityID {
	if r.top == nil {
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

// holderCase gathers whom an office noun may mean.
func (r *resolver) holderCase(i int, lemma string, owner entente.EntityID, rule []entente.EntityID) []entente.EntityID {
	if r.t.cases == nil && r.t.g.chooser == nil {
		return rule
	}
	c := &chooser{r: r, i: i, rule: rule}
	modifier := r.modifier(i)
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 40; n-- {
		ref := &r.history[n]
		m := &r.t.mentions[ref.mention]
		if !c.visible(ref) || ref.joint || m.Kind != entente.Person || len(m.Entities) != 1 {
			continue
		}
		p := r.t.person(m.Entities[0])
		far := r.si - ref.sentence
		if p == nil || far > 4 && p.fits(r.t.g, lemma, modifier) == unfit && !(owner != "" && p.of(r.t, owner)) {
			continue
		}
		c.put(m.Entities, n, ref.subject, far, fromHistory)
	}
	for _, p := range r.t.people {
		if p.id != "" && owner != "" && p.of(r.t, owner) && p.fits(r.t.g, lemma, modifier) != unfit {
			c.put([]entente.EntityID{p.id}, -1, false, 0, fromLast)
		}
	}
	if owner != "" {
		c.put([]entente.EntityID{owner}, -1, false, 0, fromStates)
	}
	for _, id := range r.last(i, entente.State) {
		c.put([]entente.EntityID{id}, -1, false, 0, fromMain)
	}
	c.put(rule, -1, false, 0, 0)
	whose := r.possessor(i)
	noun := uint64(0)
	switch {
	case r.t.g.is("counterpart", lemma):
		noun = 1
	case r.t.g.is("host", lemma):
		noun = 2
	case r.t.g.is("guest", lemma):
		noun = 3
	case r.t.g.is("generic-office", lemma):
		noun = 4
	case r.t.g.is("office", lemma):
		noun = 5
	}
	word := word64(lemma)
	own := b64(owner != "") + 2*b64(whose != nil)
	def := b64(r.definite(i))
	home, said := r.t.home()
	pr := uint64(r.role(i))
	cl := word64("holder")
	slices.SortStableFunc(c.all, func(a, b candidate) int { return cmp.Compare(b.near, a.near) })
	keys := func(rank int, x *candidate) []uint64 {
		f := r.feat(x, i)
		isRule := b64(sameSet(x.ids, rule))
		fit, match, peer, athome, here, gender := uint64(9), uint64(9), uint64(0), uint64(0), uint64(0), uint64(0)
		if p := r.t.person(x.ids[0]); p != nil {
			fit = uint64(p.fits(r.t.g, lemma, modifier))
			if len(p.titles) == 0 {
				fit += 4
			}
			switch state := or(p.state, p.guess); {
			case owner == "":
				match = 0
			case p.of(r.t, owner):
				match = 1
			case state == "" && p.holder == "":
				match = 2
			default:
				match = 3
			}
			if said {
				athome = 1 + b64(or(p.state, p.guess) == home)
			}
			if whose != nil {
				peer = 1 + b64(p.peer(r.t.g, whose)) + 2*b64(p == whose) + 4*b64(or(p.state, p.guess) == or(whose.state, whose.guess))
			}
			here = b64(r.namedHere(p.id, i))
			gender = b64(p.male) + 2*b64(p.female)
		}
		rk := few(rank)
		dist := few(int(f.dist))
		return []uint64{
			mix(61, isRule), mix(62, isRule, noun, f.kind), mix(63, noun, f.kind, own), mix(64, fit, match), mix(65, fit, match, noun, dist),
			mix(66, noun, peer), mix(67, noun, athome), mix(68, here, dist, fit), mix(69, dist, f.role), mix(70, rk, fit), mix(71, dist, fit),
			mix(72, few(x.count)), mix(73, few(x.subj)), mix(74, f.told), mix(75, f.clash), mix(76, f.form, dist), mix(77, word, f.kind), mix(78, def, own, f.kind),
			mix(79, x.flags, noun), mix(80, isRule, fit, match), mix(81, isRule, dist), mix(82, f.main, dist), mix(83, pr, f.kind), mix(84, gender, word), mix(85, match, noun),
			mix(86, isRule, noun, own), mix(87, f.pattern),
		}
	}
	null := []uint64{mix(100, cl), mix(101, cl, pr), mix(102, cl, b64(len(rule) == 0)), mix(103, cl, word), mix(104, cl, few(len(c.all))), mix(105, cl, own, def), mix(106, cl, b64(len(rule) == 0), own, def), mix(107, cl, noun)}
	return c.decide("holder", keys, null)
}
