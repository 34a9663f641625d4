package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// noun resolves a common noun: an official or a part of a state beside its
// name, an agreement, a noun that points back.
func (r *resolver) noun(i int, word string) {
	lemma := strings.ToLower(r.s[i].Lemma)
	g := r.t.g
	switch {
	case g.is("paper", word) || g.is("paper", lemma):
		r.paper(i, lemma)
	case r.namesake(i, lemma):
	case g.is("government", word) || g.is("government", lemma) || g.is("office", lemma) || g.is("role", lemma):
		r.official(i, lemma)
	case g.is("capital", lemma):
		if id := r.capital(i); id != "" {
			r.t.entity(g.byID[id])
			r.point(i, Nominal, []entente.EntityID{id})
		}
	case g.is("town", lemma) && r.definite(i) && !r.modifies(i):
		r.town(i)
	case g.is("country", lemma) && r.definite(i) && !r.modifies(i) && !r.plural(i):
		r.point(i, Nominal, r.country(i, lemma))
	case g.is("bloc", lemma) && (r.definite(i) || r.child(i, func(k int) bool { return r.s[k].Rel == "nmod:poss" }) >= 0) && !r.modifies(i):
		r.point(i, Nominal, r.body(i, lemma))
	}
}

// modifies reports whether noun i describes another noun or is described by
// "of": "state dinner", "the state of war".
func (r *resolver) modifies(i int) bool {
	if i+1 < len(r.s) && (r.s[i+1].Text == "-" || r.s[i+1].Name > 0) {
		return true
	}
	if i+2 < len(r.s) && strings.EqualFold(r.s[i+1].Text, "of") && r.s[i+2].Tag != "VBG" {
		return true
	}
	rel, _, _ := strings.Cut(r.s[i].Rel, ":")
	return rel == "compound" || rel == "amod"
}

// country resolves "the country", "his country" (that of the person), "its
// neighbour" (the state last spoken of that is not the owner).
func (r *resolver) country(i int, lemma string) []entente.EntityID {
	owner, owned := r.owner(i)
	if !r.t.g.is("neighbour", lemma) {
		if owned && r.possessed(i) {
			return []entente.EntityID{owner}
		}
		if r.child(i, func(k int) bool { return r.s[k].Rel == "cop" || strings.EqualFold(r.s[k].Text, "only") }) >= 0 {
			return nil
		}
		return r.last(i, entente.State)
	}
	var best, here []entente.EntityID
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 4; n-- {
		ids := r.actors(r.history[n])
		if r.history[n].sentence == r.si {
			here = append(here, ids...) // "X and Y accuse their neighbour": neither
		}
		if len(ids) == 1 && ids[0] != owner && r.t.Entity(ids[0]).Kind == entente.State && !slices.Contains(here, ids[0]) &&
			(best == nil || r.told[ids[0]] > r.told[best[0]]) {
			best = ids
		}
	}
	return best
}

// possessed reports whether noun i has a possessor.
func (r *resolver) possessed(i int) bool {
	return r.child(i, func(k int) bool { return r.s[k].Rel == "nmod:poss" }) >= 0
}

// capital resolves "the Qatari capital", "its capital", "the capital": of the
// owner, else the capital last spoken of, else that of the state last spoken of.
func (r *resolver) capital(i int) entente.EntityID {
	if owner, ok := r.owner(i); ok {
		return r.t.g.capitals[owner]
	}
	if !r.definite(i) {
		return ""
	}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 4; n-- {
		if m := r.t.mentions[r.history[n].mention]; m.Kind == entente.Place && m.Acts != "" && len(m.Entities) == 1 && r.t.g.capitals[m.Acts] == m.Entities[0] {
			return m.Entities[0]
		}
	}
	for _, id := range r.last(i, entente.State) {
		return r.t.g.capitals[id]
	}
	return ""
}

// town points "the city" to the place last spoken of.
func (r *resolver) town(i int) {
	if _, owned := r.owner(i); owned {
		return
	}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 2; n-- {
		if m := r.t.mentions[r.history[n].mention]; m.Kind == entente.Place && len(m.Entities) == 1 {
			r.point(i, Nominal, m.Entities)
			return
		}
	}
}

// again returns whom the last noun of the same lemma stood for: "Japanese
// officials … the officials".
func (r *resolver) again(i int, lemma string) []entente.EntityID {
	if !r.definite(i) || r.possessed(i) {
		return nil
	}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 6; n-- {
		if ref := r.history[n]; ref.lemma == lemma {
			return r.t.mentions[ref.mention].Entities
		}
	}
	return nil
}

// namesake points "the council", "the court", "the police" to the organisation
// last spoken of whose name has that word; it reports whether there is one.
func (r *resolver) namesake(i int, lemma string) bool {
	if !r.t.g.is("bloc", lemma) && !r.t.g.is("government", lemma) || !r.definite(i) || r.modifies(i) {
		return false
	}
	if _, owned := r.owner(i); owned {
		return false
	}
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 20; n-- {
		m := r.t.mentions[r.history[n].mention]
		if m.Kind != entente.Organisation || len(m.Entities) != 1 {
			continue
		}
		if slices.Contains(strings.Fields(strings.ToLower(r.t.Entity(m.Entities[0]).Name)), lemma) {
			r.t.add(Mention{Span: r.s[i].Span, Sentence: r.si, Token: i, Form: Nominal, Entities: m.Entities, Kind: m.Kind, Acts: m.Acts})
			r.remember(len(r.t.mentions)-1, i)
			return true
		}
	}
	return false
}

// body resolves "the bloc", "the group": the organisation last spoken of, else
// the one that the report is about.
func (r *resolver) body(i int, lemma string) []entente.EntityID {
	if !r.t.g.is("any-bloc", lemma) {
		return nil
	}
	if last := r.last(i, entente.Organisation); last != nil {
		return last
	}
	return r.toldOf()
}

// toldOf returns the organisation that the report tells most of, twice at
// least: a lead says "the regional bloc" before its name is given.
func (r *resolver) toldOf() []entente.EntityID {
	var best entente.EntityID
	for _, m := range r.t.mentions {
		if m.Kind == entente.Organisation && m.Acts == "" && len(m.Entities) == 1 && r.told[m.Entities[0]] > max(1, r.told[best]) {
			best = m.Entities[0]
		}
	}
	if best == "" {
		return nil
	}
	return []entente.EntityID{best}
}

// definite reports whether noun i has "the", "this", "that" or a possessor.
func (r *resolver) definite(i int) bool {
	return r.child(i, func(k int) bool {
		w := strings.ToLower(r.s[k].Text)
		return r.s[k].Rel == "det" && (w == "the" || w == "this" || w == "that" || w == "these" || w == "those" || w == "both") || strings.HasPrefix(r.s[k].Rel, "nmod:poss")
	}) >= 0
}

// owner returns the state or organisation named beside noun i: an adjective or
// name before it, its possessor, or what follows "of" or "from".
func (r *resolver) owner(i int) (entente.EntityID, bool) {
	found := entente.EntityID("")
	organisation := entente.EntityID("") // a state comes first: "China's U.N. ambassador"
	r.nearest(i, func(k int) bool {
		rel, _, _ := strings.Cut(r.s[k].Rel, ":")
		switch rel {
		case "amod", "compound", "nmod", "det", "flat", "obl":
		default:
			return false
		}
		if rel == "nmod" && r.s[k].Rel != "nmod:poss" && k > i && !r.marked(k, "of", "from", "for", "in") {
			return false
		}
		m, ok := r.t.at[[2]int{r.si, k}]
		if !ok {
			return false
		}
		mention := r.t.mentions[m]
		id := mention.Acts
		if id == "" && len(mention.Entities) == 1 {
			id = mention.Entities[0]
		}
		kind := r.t.Entity(id).Kind
		if mention.Kind == entente.Person {
			id = r.t.g.states[r.t.Entity(id).State]
			kind = entente.State
		}
		if id == "" {
			return false
		}
		if kind == entente.Organisation {
			organisation = entente.EntityID(or(string(organisation), string(id)))
			return false
		}
		if kind == entente.State {
			found = id
			return true
		}
		if s := r.t.g.states[r.t.Entity(id).State]; kind == entente.Place && s != "" && rel != "obl" {
			found = s
			return true
		}
		return false
	})
	if found == "" {
		found = organisation
	}
	return found, found != ""
}

// marked reports whether token k has one of the prepositions.
func (r *resolver) marked(k int, prepositions ...string) bool {
	return r.child(k, func(c int) bool {
		for _, p := range prepositions {
			if r.s[c].Rel == "case" && strings.EqualFold(r.s[c].Text, p) {
				return true
			}
		}
		return false
	}) >= 0
}

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
	if same := r.again(i, lemma); !owned && same != nil {
		r.point(i, Nominal, same)
		return
	}
	single := (r.t.g.is("office", lemma) || r.t.g.is("role", lemma)) && !r.plural(i)
	if single && r.t.g.is("counterpart", lemma) {
		if p := r.counterpart(i, owner); p != "" {
			r.point(i, Nominal, []entente.EntityID{p})
			return
		}
	} else if single {
		if p := r.holder(i, lemma, owner); p != "" {
			r.point(i, Nominal, []entente.EntityID{p})
			return
		}
	}
	if owned {
		r.point(i, Nominal, []entente.EntityID{owner})
		return
	}
	if r.t.g.is("bare-government", lemma) && r.definite(i) {
		r.point(i, Nominal, r.last(i, entente.State))
	}
}

// apposed returns the person whom noun i describes in apposition: "Haftar, the
// de facto leader of eastern Libya"; "" for none.
func (r *resolver) apposed(i int) entente.EntityID {
	if h := r.s[i].Head; r.s[i].Rel == "appos" && h >= 0 {
		if m, ok := r.t.at[[2]int{r.si, h}]; ok && r.t.mentions[m].Kind == entente.Person && len(r.t.mentions[m].Entities) == 1 {
			return r.t.mentions[m].Entities[0]
		}
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
		if m.Kind != entente.Person || len(m.Entities) != 1 || r.clash(ref, i) {
			continue
		}
		p, far := r.t.person(m.Entities[0]), r.si-ref.sentence
		if p == nil || !p.of(r.t, owner) || r.namedHere(p.id) {
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
		if m.Kind != entente.Person || len(m.Entities) != 1 {
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

// namedHere reports whether the sentence names a person outright.
func (r *resolver) namedHere(id entente.EntityID) bool {
	for i := range r.s {
		if m, ok := r.t.at[[2]int{r.si, i}]; ok && r.t.mentions[m].Form == Proper && slices.Contains(r.t.mentions[m].Entities, id) {
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
	if whose == nil || state != "" && state == whose.state {
		return ""
	}
	for n := len(r.history) - 1; n >= 0; n-- {
		ref := r.history[n]
		m := r.t.mentions[ref.mention]
		if m.Kind != entente.Person || len(m.Entities) != 1 || r.si-ref.sentence > 60 {
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
	return ""
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
	if p.has(lemma, modifier) {
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
func (p *person) has(word, modifier string) bool {
	for _, t := range p.titles {
		if strings.Contains(" "+t+" ", " "+word+" ") && strings.Contains(t, modifier) {
			return true
		}
	}
	return false
}

// paper resolves an agreement named by a common noun: with words of its own it
// is an agreement of this report; bare and definite it is the last one.
func (r *resolver) paper(i int, lemma string) {
	start := r.paperStart(i)
	if start == i {
		if last := r.lastPaper(i, lemma); r.definite(i) && !r.possessed(i) && len(last) > 0 {
			r.point(i, Nominal, last)
			return
		}
		if r.t.g.is("bare-paper", lemma) && !r.signed(i) {
			return
		}
	}
	end := i + 1
	if i+2 < len(r.s) && strings.EqualFold(r.s[i+1].Text, "of") && strings.EqualFold(r.s[i+2].Text, "understanding") {
		end = i + 3
	}
	span := entente.Span{Start: r.s[start].Span.Start, End: r.s[end-1].Span.End}
	name := strings.Join(strings.Fields(span.Of(r.t.report.Text)), " ")
	id := entente.LocalID(asciiName(name), r.t.report.ID)
	r.t.entity(entente.Entity{ID: id, Kind: entente.Agreement, Name: name})
	r.point(i, Nominal, []entente.EntityID{id})
}

// lastPaper returns the agreement last spoken of that is called by the noun, else
// the last of any sort.
func (r *resolver) lastPaper(i int, lemma string) []entente.EntityID {
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 20; n-- {
		ids := r.actors(r.history[n])
		if len(ids) == 1 && r.t.Entity(ids[0]).Kind == entente.Agreement && slices.Contains(strings.Fields(strings.ToLower(r.t.Entity(ids[0]).Name)), lemma) {
			return ids
		}
	}
	return r.last(i, entente.Agreement)
}

// signed reports whether noun i is what a verb of signing affects.
func (r *resolver) signed(i int) bool {
	h := r.s[i].Head
	return h >= 0 && r.t.g.is("signing", r.s[h].Lemma)
}

// paperStart returns the first word of the name of the agreement headed by i:
// adjectives and nouns before it, loose ones left out.
func (r *resolver) paperStart(i int) int {
	start := i
	for k := i - 1; k >= 0; k-- {
		tok := r.s[k]
		w := strings.ToLower(tok.Text)
		part := strings.HasPrefix(tok.Tag, "NN") || strings.HasPrefix(tok.Tag, "JJ") || tok.Tag == "VBN" || tok.Tag == "CD" && len(tok.Text) == 4 || w == "-" && k > 0
		if !part || tok.Name > 0 && tok.Tag != "JJ" || r.t.g.is("loose", w) {
			break
		}
		if w != "-" {
			start = k
		}
	}
	for start > 0 && start < i && r.s[start-1].Text == "-" {
		start++ // half of "U.S.-brokered", "48-hour"
		for start < i && r.s[start].Text == "-" {
			start += 2
		}
	}
	return min(start, i)
}

// nearest calls ok for the dependents of i, those before it from right to left,
// then those behind it, until one will do.
func (r *resolver) nearest(i int, ok func(k int) bool) {
	for k := i - 1; k >= 0; k-- {
		if r.s[k].Head == i && ok(k) {
			return
		}
	}
	for k := i + 1; k < len(r.s); k++ {
		if r.s[k].Head == i && ok(k) {
			return
		}
	}
}
