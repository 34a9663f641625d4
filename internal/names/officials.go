package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// official resolves "the Russian foreign minister", "Chinese troops", "the
// minister", "his Indian counterpart", "the ministry".
func (r *resolver) official(i int, lemma string) {
	if p := r.apposed(i); p != "" {
		r.point(i, Nominal, []entente.EntityID{p})
		return
	}
	if members := r.membersNamed(i); r.plural(i) && len(members) > 1 {
		r.point(i, Group, members)
		return
	}
	if i > 0 && r.t.g.is("media", strings.ToLower(r.s[i-1].Text)) {
		return
	}
	owner, owned := r.owner(i)
	if (r.t.g.is("office", lemma) || r.t.g.is("role", lemma)) && !r.plural(i) {
		r.point(i, Nominal, r.officer(i, lemma, owner))
		return
	}
	if same := r.again(i, lemma); !owned && same != nil {
		r.point(i, Nominal, same)
		return
	}
	if owned {
		r.point(i, Nominal, []entente.EntityID{owner})
		return
	}
	if r.t.g.is("bare-government", lemma) && r.definite(i) {
		if own := r.own(i); own != nil {
			r.point(i, Nominal, own)
			return
		}
		r.point(i, Nominal, r.last(i, entente.State))
	}
}

// officer returns whom a singular noun of office means.
func (r *resolver) officer(i int, lemma string, owner entente.EntityID) []entente.EntityID {
	var p entente.EntityID
	switch {
	case r.t.g.is("counterpart", lemma):
		p = r.counterpart(i, owner)
	case r.t.g.is("beside", lemma) && r.possessor(i) != nil:
		p, owner = r.partner(i), ""
	default:
		p = r.holder(i, lemma, owner)
	}
	same := r.again(i, lemma)
	switch {
	case p != "":
		return []entente.EntityID{p}
	case owner == "" && same != nil:
		return same
	case owner != "":
		return []entente.EntityID{owner}
	case r.t.g.is("bare-government", lemma) && r.definite(i):
		return r.last(i, entente.State)
	case r.definiteBefore(i-len(strings.Fields(r.modifier(i)))) && r.t.g.is("home-office", r.t.g.class(strings.TrimSpace(r.modifier(i)+" "+lemma))):
		if own := r.own(i); own != nil {
			return own
		}
	}
	if r.definiteBefore(i) {
		return r.lastTerrain(lemma)
	}
	return nil
}

// own returns the state whose government makes the report, where noun i has a
// capital, as in "the Ministry": its own.
func (r *resolver) own(i int) []entente.EntityID {
	home := r.t.g.publishes(r.t.report.Publisher)
	if home == "" || !upper(r.s[i].Text) || i == 0 || r.possessed(i) {
		return nil
	}
	return []entente.EntityID{r.t.knows(r.t.g.states[home])}
}

// apposed returns the person whom noun i describes in apposition: "Haftar, the
// de facto leader of eastern Libya"; "" for none.
func (r *resolver) apposed(i int) entente.EntityID {
	if h := r.s[i].Head; r.s[i].Rel == "appos" && h >= 0 {
		if m, ok := r.t.at[[2]int{r.si, h}]; ok && r.t.mentions[m].Kind == entente.Person && len(r.t.mentions[m].Entities) == 1 {
			return r.t.mentions[m].Entities[0]
		}
	}
	return r.describes(i)
}

// describes returns the person whose name follows noun i between commas: "the
// visitor, Ana Ruiz, said", "his colleague in Brasília, Ana Ruiz."; "" for none.
func (r *resolver) describes(i int) entente.EntityID {
	one := func(k int) entente.EntityID {
		if m, ok := r.t.at[[2]int{r.si, k}]; ok && r.t.mentions[m].Kind == entente.Person && len(r.t.mentions[m].Entities) == 1 {
			return r.t.mentions[m].Entities[0]
		}
		return ""
	}
	k := r.child(i, func(k int) bool { return k > i && r.s[k].Rel == "appos" && one(k) != "" })
	if k >= 0 {
		return one(k)
	}
	k = i + 1
	if k+1 < len(r.s) && r.s[k].Rel == "case" && r.s[k+1].Name > 0 {
		k += 2
	}
	if k+2 < len(r.s) && r.s[k].Text == "," && slices.Contains([]string{",", ".", ";"}, r.s[k+2].Text) {
		return one(k + 1)
	}
	return ""
}

// holder returns the person whom the office noun i means: of the owner's state
// when one is named, with that title, or one of its class. Who was the subject
// of late sentences comes first; where nobody fits so far, one named later does.
func (r *resolver) holder(i int, lemma string, owner entente.EntityID) entente.EntityID {
	if !r.definite(i) && owner == "" {
		return ""
	}
	modifier := r.modifier(i)
	near := 12 // sentences
	if r.t.g.is("generic-office", lemma) {
		near = 2
	}
	best, score := entente.EntityID(""), 0
	for n := len(r.history) - 1; n >= 0; n-- {
		ref := r.history[n]
		m := r.t.mentions[ref.mention]
		if ref.joint || m.Kind != entente.Person || len(m.Entities) != 1 || r.clash(ref, i) {
			continue
		}
		p, far := r.t.person(m.Entities[0]), r.si-ref.sentence
		if p == nil || !p.of(r.t, owner) || r.namedHere(p.id, i) {
			continue
		}
		s := 0
		switch fit := p.fits(r.t.g, lemma, modifier); {
		case fit == titled && far <= 60:
			s = 1000
		case fit == alike && (owner != "" || far <= near):
			s = 500
		default:
			continue
		}
		if ref.subject {
			s += 15
		}
		s += r.hosting(i, lemma, p)
		if s -= 10 * min(far, 40); s > score {
			best, score = p.id, s
		}
	}
	if best == "" && owner != "" {
		if best = r.later(lemma, modifier, owner); best == "" {
			best = r.unclaimed(lemma, modifier, owner)
		}
	}
	return best
}

// hosting rates how well a person suits "the host", or "the guest" and "the
// visiting minister", by what was said of who came to whom.
func (r *resolver) hosting(i int, lemma string, p *person) int {
	switch host := r.t.g.is("host", lemma); {
	case !host && !r.t.g.is("guest", lemma) && !r.visiting(i) || p.came == 0:
		return 0
	case host == (p.came < 0):
		return 40
	}
	return -40
}

// visiting reports whether noun i is said to be visiting.
func (r *resolver) visiting(i int) bool {
	return i > 0 && strings.EqualFold(r.s[i-1].Text, "visiting")
}

// travels notes what the sentence says of the person whom token i means: one who
// came as a guest, or a host.
func (r *resolver) travels(i int, p *person) {
	h := r.s[i].Head
	if p == nil || h < 0 {
		return
	}
	g, lemma, rel := r.t.g, strings.ToLower(r.s[h].Lemma), r.s[i].Rel
	subject := rel == "nsubj" || rel == "obl:agent"
	switch {
	case subject && g.is("coming", lemma), (rel == "obj" || rel == "nsubj:pass") && g.is("hosting", lemma), strings.HasPrefix(rel, "nmod") && g.is("visit", lemma):
		p.came++
	case subject && g.is("hosting", lemma), strings.HasPrefix(rel, "nmod") && lemma == "invitation":
		p.came--
	}
}

// unclaimed returns the person whose title fits an office noun and names no
// state, where the report has only one of late: "Prime Minister Kishida … the
// Japanese leader"; one without any title, only in the same sentence. That the
// noun names the state is learned.
func (r *resolver) unclaimed(lemma, modifier string, owner entente.EntityID) entente.EntityID {
	state := r.t.Entity(owner)
	if state.Kind != entente.State {
		return ""
	}
	var exact, loose []*person
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 3; n-- {
		m := r.t.mentions[r.history[n].mention]
		if r.history[n].joint || m.Kind != entente.Person || len(m.Entities) != 1 {
			continue
		}
		p := r.t.person(m.Entities[0])
		if p == nil || p.state != "" || p.holder != "" || slices.Contains(exact, p) || slices.Contains(loose, p) {
			continue
		}
		switch fit := p.fits(r.t.g, lemma, modifier); {
		case fit == titled:
			exact = append(exact, p)
		case fit == alike && r.t.g.is("any-leader", lemma), len(p.titles) == 0 && r.history[n].sentence == r.si && r.t.g.is("head", lemma):
			loose = append(loose, p)
		}
	}
	for _, found := range [][]*person{exact, loose} {
		if len(found) == 1 {
			found[0].state = state.State
			r.t.entities[found[0].id].State = state.State
			return found[0].id
		}
		if len(found) > 1 {
			return ""
		}
	}
	return ""
}

// namedHere reports whether the sentence names a person outright, but for one
// who is named before noun i by the way: "guest of Emperor X, heard the emperor".
func (r *resolver) namedHere(id entente.EntityID, i int) bool {
	for k := range r.s {
		if m, ok := r.t.at[[2]int{r.si, k}]; ok && (k > i || r.subject(k) || r.main(k)) && r.t.mentions[m].Form == Proper && slices.Contains(r.t.mentions[m].Entities, id) {
			return true
		}
	}
	return false
}

// of reports whether a person may hold an office of the owner, a state or an
// organisation; of no owner, any person does.
func (p *person) of(t *Table, owner entente.EntityID) bool {
	switch e := t.Entity(owner); {
	case owner == "":
		return true
	case e.Kind == entente.State:
		return or(p.state, p.guess) == e.State
	}
	return p.holder == owner
}

// counterpart returns the person who holds the office of the one that noun i
// is a counterpart of: "his Indian counterpart"; "" when none is known.
func (r *resolver) counterpart(i int, owner entente.EntityID) entente.EntityID {
	whose := r.possessor(i)
	state := r.t.Entity(owner).State
	if whose == nil {
		return ""
	}
	if state == r.t.stateOf(r.t.Entity(whose.id)) {
		state = r.t.Entity(r.placed(i)).State // "his colleague in Brasília"
	}
	for n := len(r.history) - 1; n >= 0; n-- {
		ref := r.history[n]
		m := r.t.mentions[ref.mention]
		if ref.joint || m.Kind != entente.Person || len(m.Entities) != 1 || r.si-ref.sentence > 60 {
			continue
		}
		p := r.t.person(m.Entities[0])
		if p == nil || p == whose || state != "" && or(p.state, p.guess) != state || p.state != "" && p.state == whose.state {
			continue
		}
		if p.peer(r.t.g, whose) {
			return p.id
		}
	}
	if p := r.laterPeer(whose, state); p != "" {
		return p
	}
	return r.nextPeer(i, whose, state)
}

// nextPeer returns the person without a state who is named next, in this sentence
// or the one after, and holds an office of the class of one of q's: "his Peruvian
// counterpart … a meeting with Foreign Minister Rosa Quispe". The state is
// learned.
func (r *resolver) nextPeer(i int, q *person, state string) entente.EntityID {
	if state == "" {
		return ""
	}
	for _, m := range r.t.mentions {
		if m.Sentence < r.si || m.Sentence == r.si && m.Token <= i || m.Kind != entente.Person || len(m.Entities) != 1 {
			continue
		}
		p := r.t.person(m.Entities[0])
		if m.Sentence > r.si+1 || p == nil || p == q || p.state != "" || p.holder != "" || !p.peer(r.t.g, q) {
			return ""
		}
		p.state = state
		r.t.entities[p.id].State = state
		return p.id
	}
	return ""
}

// laterPeer returns the only person of a state, named anywhere in the report,
// who holds an office of the class of one of q's.
func (r *resolver) laterPeer(q *person, state string) entente.EntityID {
	var found entente.EntityID
	for _, p := range r.t.people {
		if p.id == "" || p == q || state == "" || p.state != state || !p.peer(r.t.g, q) {
			continue
		}
		if found != "" {
			return ""
		}
		found = p.id
	}
	return found
}

// placed returns the state of the place that follows noun i: "in Brasília".
func (r *resolver) placed(i int) entente.EntityID {
	k := r.child(i, func(k int) bool { return k > i && r.marked(k, "in", "from", "of") && r.owns(k, i) != "" })
	if k < 0 {
		return ""
	}
	return r.owns(k, i)
}

// partner returns the person whom noun i, which belongs to somebody, sets beside
// that one: "his host", "her guest": the one last spoken of who is of another
// state, a peer before others.
func (r *resolver) partner(i int) entente.EntityID {
	whose := r.possessor(i)
	best, score := entente.EntityID(""), -1<<30
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 8; n-- {
		m := r.t.mentions[r.history[n].mention]
		if r.history[n].joint || m.Kind != entente.Person || len(m.Entities) != 1 {
			continue
		}
		p := r.t.person(m.Entities[0])
		if p == nil || p == whose || p.state != "" && or(p.state, p.guess) == or(whose.state, whose.guess) {
			continue
		}
		s := r.history[n].sentence - r.si + r.hosting(i, r.lemma(i), p)/10
		if p.peer(r.t.g, whose) {
			s += 4
		}
		if s > score {
			best, score = p.id, s
		}
	}
	return best
}

// possessor returns the person to whom noun i belongs: "his", "Lavrov's"; nil
// when no person is.
func (r *resolver) possessor(i int) *person {
	var p *person
	r.child(i, func(k int) bool {
		if m, ok := r.t.at[[2]int{r.si, k}]; ok && r.s[k].Rel == "nmod:poss" && len(r.t.mentions[m].Entities) == 1 {
			p = r.t.person(r.t.mentions[m].Entities[0])
		}
		return p != nil
	})
	return p
}

// peer reports whether p holds an office of the class of one of q's.
func (p *person) peer(g *Gazetteer, q *person) bool {
	classes := map[string]bool{}
	for _, t := range q.titles {
		for part := range strings.SplitSeq(t, " and ") {
			classes[g.class(part)] = true
		}
	}
	for _, t := range p.titles {
		for part := range strings.SplitSeq(t, " and ") {
			if c := g.class(part); c != "" && classes[c] {
				return true
			}
		}
	}
	return false
}

// later returns the person of the owner, named anywhere in the report, who fits
// an office noun: "Russia's envoy … Vasily Nebenzya told the council". Only one
// that is the only one counts.
func (r *resolver) later(lemma, modifier string, owner entente.EntityID) entente.EntityID {
	var found entente.EntityID
	for _, p := range r.t.people {
		if p.id == "" || !p.of(r.t, owner) || p.fits(r.t.g, lemma, modifier) == unfit {
			continue
		}
		if found != "" {
			return ""
		}
		found = p.id
	}
	return found
}

// A fit says how well a person answers to an office noun.
type fit int

const (
	unfit  fit = iota
	alike      // an office of the class that the noun stands for: "the leader"
	titled     // the very title
)

// fits reports how well a person answers to an office noun and the words of a
// title before it.
func (p *person) fits(g *Gazetteer, lemma, modifier string) fit {
	if p.has(g, lemma, modifier) {
		return titled
	}
	list := "fits " + lemma
	for _, t := range p.titles {
		for part := range strings.SplitSeq(t, " and ") {
			if class := g.class(part); class != "" && g.is(list, class) && strings.Contains(part, modifier) {
				return alike
			}
		}
	}
	if len(p.titles) == 0 && g.is(list, "unsaid") && modifier == "" {
		return alike
	}
	return unfit
}

// class returns the class of an office, as data/offices.tsv has it; words before
// the title that it knows are left out. It is "" for an unknown one.
func (g *Gazetteer) class(title string) string {
	words := strings.Fields(title)
	for i := range words {
		if c := g.classes[strings.Join(words[i:], " ")]; c != "" {
			return c
		}
		if len(words)-i > 2 {
			if c := g.classes[words[i]+" "+words[i+1]+" *"]; c != "" {
				return c
			}
		}
		if i == len(words)-2 {
			if c := g.classes["* "+words[i+1]]; c != "" {
				return c
			}
		}
	}
	return ""
}

// modifier returns the lower-case words before noun i that belong to a title:
// "foreign" in "the foreign minister".
func (r *resolver) modifier(i int) string {
	w := ""
	for k := i - 1; k >= 0 && r.t.g.is("portfolio", strings.ToLower(r.s[k].Text)); k-- {
		w = strings.ToLower(r.s[k].Text) + " " + w
	}
	return strings.TrimSpace(w)
}

// has reports whether one of the person's titles holds the word and what stands
// before it.
func (p *person) has(g *Gazetteer, word, modifier string) bool {
	for _, t := range p.titles {
		if first, _, _ := strings.Cut(t, " "); g.is("lesser", first) && !strings.Contains(modifier, first) && word != first {
			continue // "the president" is not the vice president
		}
		if strings.Contains(" "+t+" ", " "+word+" ") && strings.Contains(t, modifier) {
			return true
		}
	}
	return false
}
