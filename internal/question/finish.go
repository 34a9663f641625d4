package question

import (
	"maps"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// finish puts the reading together.
func (p *parse) finish() (Reading, error) {
	if p.out.Kind == Amount && p.noun >= 0 {
		p.out.Thing = keyOf(p.cells[p.noun].Lemma)
	}
	if p.out.Kind == Path || p.paths() {
		return p.finishPath()
	}
	if p.asked != nil && p.asked.what && p.asked.prep != "" && p.r.is("about", p.asked.prep) {
		return p.out, unread(p.asked.prep, "the graph holds who spoke with whom, not what of; the sentences may say it")
	}
	if done, err := p.office(); done || err != nil {
		return p.out, err
	}
	if s := p.best(); s != nil && !(p.cells[s.at].is(p.r.lists["claims"]) && (p.verbless() || p.verbOnly("be", "do", "have")) && p.out.Kind != YesNo) {
		p.take(s)
		p.others(&p.out)
		if err := p.fileRest(); err != nil {
			return p.out, err
		}
		return p.out, p.words(s.at)
	}
	if p.short() {
		return p.continued()
	}
	if p.before != nil && p.more() && !p.timed() { // "and what did X do"
		p.out.Since, p.out.Until = p.before.Since, p.before.Until
	}
	return p.plainly()
}

// others notes whom "who else" leaves out.
func (p *parse) others(out *Reading) {
	if p.before != nil && slices.ContainsFunc(p.cells, func(c cell) bool { return c.is(p.r.lists["else"]) }) {
		b := p.before
		out.Besides = slices.Concat(b.Besides, b.Found, b.Subject, b.Object, b.Either, b.Between[0], b.Between[1])
	}
}

// take makes the relation and the actors those of a match.
func (p *parse) take(s *match) {
	f := s.frame
	p.say(s.at, 1)
	for _, i := range s.words {
		p.say(i, 1)
	}
	p.out.Relations = []entente.Relation{f.Relation}
	if len(s.words) == 0 {
		p.out.Relations = append(p.out.Relations, p.r.also(f.Relation, p.cells[s.at].Lemma)...)
	}
	for _, i := range append(s.words, s.at) {
		if forms := p.r.lists["narrow "+string(f.Relation)+" "+p.cells[i].Lemma]; forms != nil {
			p.out.Words = append(p.out.Words, Word{p.cells[i].Text, slices.Sorted(maps.Keys(forms))})
		}
	}
	if f.Status != "" && p.out.Statuses == nil {
		p.out.Statuses = []entente.Status{f.Status}
	}
	for _, it := range slices.Concat(s.subject, s.object) {
		it.used = true
	}
	subject, object := refsOf(s.subject), refsOf(s.object)
	askedSubject, askedObject := slices.Contains(s.subject, p.asked), slices.Contains(s.object, p.asked)
	switch {
	case p.asked != nil && askedSubject:
		p.out.Slot = Subject
	case p.asked != nil && askedObject:
		p.out.Slot = Object
	}
	if p.asked != nil {
		p.out.Want = p.asked.want
	}
	p.out.Each = p.out.Kind == YesNo && !p.has("or")
	if f.Relation == entente.Visited && len(object) > 0 && object[0].isPerson() { // to visit a person is to meet one
		p.out.Relations = []entente.Relation{entente.Met, entente.Hosted}
		p.sides(subject, object)
		return
	}
	if f.Relation.IsSymmetric() {
		p.sides(subject, object)
		return
	}
	signing := slices.Contains([]entente.Relation{entente.Signed, entente.Ratified, entente.WithdrewFrom}, f.Relation)
	switch joint := !p.has("or"); {
	case p.out.Slot == Object && len(subject) > 1, p.out.Kind == YesNo && p.out.Slot == "" && len(object) == 0 && len(subject) > 1:
		p.out.Common = joint && signing
	case p.out.Slot == Subject && len(object) > 1:
		p.out.Common = joint
	case askedSubject && signing && p.asked.prep == "with" && len(subject) > 0: // "with whom did X sign"
		p.out.Slot, p.out.Common = Other, true
	}
	p.out.Subject, p.out.Object = subject, object
}

// sides files the actors of a relation that has no direction.
func (p *parse) sides(subject, object []Ref) {
	both := p.out.Slot == Subject && len(object) > 1 && !p.has("or") // "who met X and Y"
	if p.out.Slot != "" {
		p.out.Slot = Other
	}
	switch {
	case len(subject) > 0 && len(object) > 0 && p.asked != nil && p.asked.ref != nil && subject[0].Text == p.asked.ref.Text:
		p.out.Between = [2][]Ref{object, subject} // "which Russians met X": those of Russia
	case len(subject) > 0 && len(object) > 0:
		p.out.Between = [2][]Ref{subject, object}
	default:
		p.out.Either, p.out.Common = append(subject, object...), both
	}
}

// refsOf returns the names among items.
func refsOf(items []*item) (refs []Ref) {
	for _, it := range items {
		if it.ref != nil {
			refs = append(refs, *it.ref)
		}
	}
	return refs
}

func (r Ref) isPerson() bool {
	return r.Office != "" || len(r.Entities) > 0 && r.Entities[0].Kind == entente.Person
}

func (r Ref) is(kinds ...entente.Kind) bool {
	return len(r.Entities) > 0 && slices.Contains(kinds, r.Entities[0].Kind)
}

// has reports whether the question has a word.
func (p *parse) has(word string) bool {
	return slices.ContainsFunc(p.cells, func(c cell) bool { return c.ref == nil && c.low == word })
}

// fileRest files the items that the frame left: places, sources, what is asked for by
// a preposition of place.
func (p *parse) fileRest() error {
	for _, it := range p.items {
		if it.used || it == p.asked {
			continue
		}
		switch {
		case it.ref == nil:
		case p.placing(it) || it.ref.is(entente.Place, entente.State) && it.prep == "to":
			p.out.Place, it.used = append(p.out.Place, *it.ref), true
		case p.sourced(it):
			p.out.Source, it.used = append(p.out.Source, *it.ref), true
		case p.r.is("order", it.prep):
			return unread(it.prep+" "+it.ref.Text, "give a date")
		case it.prep == "" && !it.owner && !p.governed(it):
			return unread(it.ref.Text, "what it has to do with the rest is not clear")
		default: // told in the sentence, not an actor
			p.out.Words = append(p.out.Words, p.r.nameWord(*it.ref))
			it.used = true
		}
	}
	p.settleAsked()
	return nil
}

// governed reports whether an item is the object of a verb that is not the one read:
// "accused X of attacking Y".
func (p *parse) governed(it *item) bool {
	for k := it.at - 1; k >= 0; k-- {
		c := &p.cells[k]
		switch {
		case c.ref == nil && strings.HasPrefix(c.Tag, "VB") && !p.r.is("auxiliary", c.Lemma):
			return !c.said
		case c.ref != nil && !c.owner, isPreposition(c):
			return false
		}
	}
	return false
}

// settleAsked says what is wanted where the question word fills no role.
func (p *parse) settleAsked() {
	if p.asked == nil || p.out.Slot != "" || p.out.Kind == YesNo {
		return
	}
	switch {
	case slices.Contains(p.asked.want, entente.Place) || p.r.is("placing", p.asked.prep) && p.asked.prep != "" && (p.asked.want == nil || slices.Contains(p.asked.want, entente.State)):
		p.out.Kind = Where
	case p.asked.what:
		p.out.Kind = Claims
	default:
		p.out.Slot = Other
	}
}

// sourced reports whether an item says by whose word: "according to", "said".
func (p *parse) sourced(it *item) bool {
	for k := it.at - 1; k >= max(0, it.at-3); k-- {
		if p.r.is("according", p.cells[k].low) {
			p.cells[k].said = true
			return true
		}
	}
	return false
}

// words makes what nothing accounts for words that the sentence must have, where
// they stand behind the verb; elsewhere the question is not understood.
func (p *parse) words(trigger int) error {
	for i := range p.cells {
		c := &p.cells[i]
		if c.said || c.low == "," || c.ref != nil || p.empty(i) || i == p.noun && p.out.Kind == Amount {
			continue
		}
		if p.unnamed(i) {
			return unread(c.Text, "give the name, or the state whose it is")
		}
		if i < trigger && i != p.noun && !strings.HasPrefix(c.Tag, "JJ") && !strings.HasPrefix(c.Tag, "NN") || !content(c) {
			return unread(c.Text, "the rest was")
		}
		p.out.Words = append(p.out.Words, Word{c.Text, []string{keyOf(c.Lemma)}})
	}
	return nil
}

// empty reports whether the word at a cell narrows nothing.
func (p *parse) empty(i int) bool {
	c := &p.cells[i]
	return p.r.small(c.Token) || p.r.asks(c.Token) || p.r.idle(c) && !p.unnamed(i)
}

// unnamed reports whether the word at a cell means somebody whom the question does not
// name: "the minister".
func (p *parse) unnamed(i int) bool {
	c := &p.cells[i]
	return i > 0 && p.r.is("article", p.cells[i-1].low) && c.is(p.r.lists["kind person"]) && !c.said
}

// content reports whether a word says something of its own.
func content(c *cell) bool {
	switch c.Tag[:min(2, len(c.Tag))] {
	case "NN", "JJ", "VB", "CD", "FW":
		return true
	}
	return false
}

// keyOf is the beginning of a word that all its forms share, as far as it goes.
func keyOf(word string) string {
	word = strings.ToLower(word)
	for _, end := range []string{"ies", "es", "s", "y", "e"} {
		if stem, ok := strings.CutSuffix(word, end); ok && len(stem) > 3 {
			return stem
		}
	}
	return word
}

// plainly reads a question without a word of relation: what happened, what somebody
// did, who somebody is.
func (p *parse) plainly() (Reading, error) {
	if err := p.leftovers(); err != nil {
		return p.out, err
	}
	var sides [2][]Ref
	var groups []int
	places := []Ref{}
	for _, it := range p.items {
		switch {
		case it.ref == nil:
		case p.placing(it) && len(p.items) > 1:
			places = append(places, *it.ref)
		default:
			p.fileSide(&sides, &groups, it)
		}
	}
	p.out.Place = places
	if len(places) == 0 {
		p.out.Place = nil
	}
	switch {
	case len(sides[0]) == 0 && len(p.out.Place) == 0 && p.out.Statuses == nil && len(p.out.Words) == 0 && !(p.timed() && p.tells()):
		return p.out, unread("", "it names no actor and no relation that entente knows")
	case len(sides[1]) > 0:
		p.out.Between = sides
	case p.did():
		p.out.Subject = sides[0]
	default:
		p.out.Either = sides[0]
	}
	return p.out, p.settleKind(len(sides[1]) > 0)
}

// fileSide puts an item on a side: one group of two that is told of alone stands for
// both sides ("between X and Y").
func (p *parse) fileSide(sides *[2][]Ref, groups *[]int, it *item) {
	side := slices.Index(*groups, it.group)
	switch {
	case side < 0 && len(*groups) < 2:
		*groups = append(*groups, it.group)
		side = len(*groups) - 1
	case side < 0:
		side = 1
	case side == 0 && p.pairGroup(it.group):
		side = 1
	}
	sides[side] = append(sides[side], *it.ref)
}

// pairGroup reports whether a group is the only one of the question and has two
// members.
func (p *parse) pairGroup(group int) bool {
	n, others := 0, 0
	for _, it := range p.items {
		switch {
		case it.ref == nil || p.placing(it):
		case it.group == group:
			n++
		default:
			others++
		}
	}
	return n == 2 && others == 0
}

// did reports whether the question asks what somebody did.
func (p *parse) did() bool {
	for i := len(p.cells) - 1; i >= 0; i-- {
		if c := &p.cells[i]; c.ref == nil && c.Lemma == "do" {
			return i > 1 || c.low == "done"
		}
	}
	return false
}

// settleKind turns a question for an actor without a relation into one for claims or
// for a dossier.
func (p *parse) settleKind(pair bool) error {
	switch {
	case p.out.Kind == Who && len(p.out.Statuses) > 0:
		p.out.Slot = Subject
	case p.out.Kind == Who && (p.asked.what || pair):
		p.out.Kind = Claims
		switch {
		case slices.Equal(p.asked.want, []entente.Kind{entente.Agreement}) && pair: // "agreements between X and Y"
			p.out.Kind, p.out.Slot, p.out.Want, p.out.Common = Who, Object, p.asked.want, true
			p.out.Relations, p.out.Subject, p.out.Between = []entente.Relation{entente.Signed}, slices.Concat(p.out.Between[0], p.out.Between[1]), [2][]Ref{}
		case !p.did() && !pair && p.be() && !p.tells() && p.out.Pick == "" && len(p.out.Either) == 1:
			p.out.Kind = About
		}
	case p.out.Kind == Who && p.be():
		p.out.Kind = About
	case p.out.Kind == Who:
		return unread("", "it does not say what was done")
	case p.out.Kind == Where && !slices.ContainsFunc(p.out.Either, Ref.isPerson) && !p.tells():
		return unread("", "the graph holds where something was done, not where something lies")
	case p.out.Kind == YesNo && !p.events():
		return unread("", "it names no relation that entente knows")
	}
	return nil
}

// dossier reports whether the question is "who is X", which leaves nothing out.
func (p *parse) dossier() bool {
	return p.out.Kind == Who && p.be() && p.verbOnly("be") && len(refsOf(p.items)) == 1 && p.out.Statuses == nil
}

// be reports whether the verb of the question is "be".
func (p *parse) be() bool {
	return slices.ContainsFunc(p.cells, func(c cell) bool { return c.ref == nil && c.Lemma == "be" })
}

// events reports whether the question speaks of claims in general.
func (p *parse) events() bool {
	return p.tells() || slices.ContainsFunc(p.cells, func(c cell) bool { return c.is(p.r.lists["do"]) })
}

// tells reports whether the question has a word for what happens, or for claims.
func (p *parse) tells() bool {
	return slices.ContainsFunc(p.cells, func(c cell) bool { return c.is(p.r.lists["claims"]) || c.is(p.r.lists["happen"]) })
}

// leftovers refuses words that nothing accounts for.
func (p *parse) leftovers() error {
	var odd []string
	for i := range p.cells {
		c := &p.cells[i]
		if c.said || c.low == "," || c.ref != nil || p.empty(i) || c.is(p.r.lists["claims"]) ||
			c.is(p.r.lists["happen"]) || c.is(p.r.lists["do"]) || c.is(p.r.lists["about"]) || c.is(p.r.lists["occasion"]) {
			continue
		}
		odd = append(odd, c.Text)
	}
	if len(odd) > 0 {
		return unread(strings.Join(odd, " "), "no relation, name or time that entente knows")
	}
	return nil
}

// paths reports whether the question asks for a connection in other words: "what
// links X and Y", "is X connected to Y".
func (p *parse) paths() bool {
	if len(refsOf(p.items)) != 2 {
		return false
	}
	for i := range p.cells {
		c := &p.cells[i]
		if !c.is(p.r.lists["connection"]) {
			continue
		}
		c.said = true
		return true
	}
	return false
}

// finishPath reads a question for a path.
func (p *parse) finishPath() (Reading, error) {
	refs := refsOf(p.items)
	if err := p.leftovers(); len(refs) < 2 && err != nil {
		return p.out, err
	}
	if len(refs) != 2 {
		return p.out, unread("", "a connection is between two: how is X connected to Y")
	}
	p.out.Kind = Path
	p.out.Between = [2][]Ref{refs[:1], refs[1:]}
	return p.out, p.leftovers()
}

// verbOnly reports whether the question has no verb but these.
func (p *parse) verbOnly(lemmas ...string) bool {
	list := map[string]bool{}
	for _, lemma := range lemmas {
		list[lemma] = true
	}
	return p.onlyVerbs(list)
}

// onlyVerbs reports whether the question has verbs of a list and, auxiliaries aside, no
// others.
func (p *parse) onlyVerbs(list map[string]bool) bool {
	found := false
	for i := range p.cells {
		c := &p.cells[i]
		switch {
		case c.ref != nil || c.is(p.r.lists["do"]) || c.Lemma == "have":
		case list[c.Lemma]:
			found = true
		case strings.HasPrefix(c.Tag, "V"):
			return false
		}
	}
	return found
}

// verbless reports whether the question has no verb: "name the president of X".
func (p *parse) verbless() bool {
	return !slices.ContainsFunc(p.cells, func(c cell) bool { return c.ref == nil && !c.said && strings.HasPrefix(c.Tag, "V") })
}
