package question

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
)

// A match is a frame seen in a question, with who fills its roles.
type match struct {
	frame           *event.Frame
	at              int
	subject, object []*item
	words           []int // cells of its further words
	score           int
}

// The weights by which one match is taken before another: a name that it leaves over
// costs more than a word that it has too much.
const (
	forRole    = 4
	forWord    = 3
	forFirst   = 2  // the first verb of the question
	againstTag = -3 // the word does not bend as the frame wants
	againstOdd = -4 // a name is left that no place or source takes
	farther    = -1 // a state is left that may be where it was
	lightPrice = -3 // the verb is one that carries nouns: "make"
	loosePrice = -4
)

// best returns the match that fits the question best, nil for none.
func (p *parse) best() *match {
	var best *match
	first := true
	for i := range p.cells {
		c := &p.cells[i]
		if c.ref != nil || c.said && i != p.noun {
			continue
		}
		seen := false
		for _, class := range []string{"verb", "noun", "adj"} {
			if class == "noun" && (c.Tag == "VBN" || c.Tag == "VBD") {
				continue
			}
			for _, f := range p.framesOf(class, c) {
				s := p.match(f, i, class)
				if s == nil {
					continue
				}
				seen = true
				if class == "verb" && first {
					s.score += forFirst
				}
				if best == nil || s.score > best.score {
					best = s
				}
			}
		}
		if seen && !p.r.is("light", c.Lemma) {
			first = false
		}
	}
	return best
}

// framesOf returns the frames of a word, by its lemma or as it stands ("been").
func (p *parse) framesOf(class string, c *cell) []*event.Frame {
	frames := p.r.frames.Of(class, c.Lemma)
	if c.low != c.Lemma {
		frames = slices.Concat(frames, p.r.frames.Of(class, c.low))
	}
	return frames
}

// match fills the roles of a frame whose trigger is cell at; nil where its further
// words are missing or nobody fills either role.
func (p *parse) match(f *event.Frame, at int, class string) *match {
	s := &match{frame: f, at: at}
	for _, words := range f.Word.With {
		i := p.word(words, at)
		if i < 0 {
			return nil
		}
		s.words = append(s.words, i)
	}
	s.subject = slices.DeleteFunc(p.fillAny(f.Subject, at, class, nil), func(it *item) bool { return it.ref != nil && it.ref.is(entente.Agreement) })
	s.object = p.fillAny(f.Object, at, class, s.subject)
	if len(s.object) > 0 && len(s.subject) > 1 && s.subject[1] == s.object[0] { // each with the other
		s.subject = s.subject[:1]
	}
	loose := f.Options&event.Loose != 0
	if len(s.subject)+len(s.object) == 0 || loose && (len(s.subject) == 0 || len(s.object) == 0) {
		return nil
	}
	s.score = forWord * len(s.words)
	for _, filled := range [][]*item{s.subject, s.object} {
		if len(filled) > 0 {
			s.score += forRole
		}
	}
	if loose {
		s.score += loosePrice
	}
	if class == "verb" && p.r.is("light", p.cells[at].Lemma) {
		s.score += lightPrice
	}
	if !p.bends(at, class) {
		s.score += againstTag
	}
	for _, it := range p.items {
		switch {
		case slices.Contains(s.subject, it) || slices.Contains(s.object, it) || p.placing(it):
		case it.ref != nil && it.ref.is(entente.State) && (it.prep == "to" || it.prep == "from"):
			s.score += farther
		default:
			s.score += againstOdd
		}
	}
	return s
}

// word returns the cell, other than the trigger, that has one of these lemmas.
func (p *parse) word(lemmas []string, trigger int) int {
	for i := range p.cells {
		if c := &p.cells[i]; c.ref == nil && i != trigger && (slices.Contains(lemmas, c.Lemma) || slices.Contains(lemmas, c.low)) {
			return i
		}
	}
	return -1
}

// bends reports whether the word at a cell is of the class, as far as its tag and
// its place say: behind "did X" comes a verb whatever the tagger thought.
func (p *parse) bends(at int, class string) bool {
	c := &p.cells[at]
	verb := strings.HasPrefix(c.Tag, "V")
	if at > 0 && strings.HasPrefix(c.Tag, "NN") {
		before := &p.cells[at-1]
		verb = before.ref != nil && !before.owner && p.auxiliaryBefore(at-1) || before.low == "to" || before.ref == nil && p.r.is("auxiliary", before.Lemma) && before.Lemma != "be" && before.Lemma != "have"
	}
	switch class {
	case "verb":
		return verb
	case "noun":
		return !verb || c.Tag == "VBG"
	}
	return strings.HasPrefix(c.Tag, "JJ") || c.Tag == "VBN" || c.Tag == "VBD"
}

// auxiliaryBefore reports whether an auxiliary stands before cell i with nothing but
// names and small words between.
func (p *parse) auxiliaryBefore(i int) bool {
	for k := i; k >= 0; k-- {
		c := &p.cells[k]
		if c.ref == nil && p.r.is("auxiliary", c.Lemma) {
			return true
		}
		if c.ref == nil && !p.r.is("article", c.low) && c.low != "and" && c.low != "," && !strings.HasPrefix(c.Tag, "RB") {
			return false
		}
	}
	return false
}

// placing reports whether an item says where, or by whose word.
func (p *parse) placing(it *item) bool {
	if it.ref == nil || len(it.ref.Entities) == 0 {
		return false
	}
	switch k := it.ref.Entities[0].Kind; it.prep {
	case "in", "at", "near", "inside":
		return k == entente.Place || k == entente.State
	case "to", "into", "on", "from":
		return k == entente.Place
	}
	return false
}

// fillAny returns the items of the first alternative that has any.
func (p *parse) fillAny(alternatives [][]event.Role, at int, class string, taken []*item) []*item {
	for _, union := range alternatives {
		var found []*item
		for _, role := range union {
			for _, it := range p.fill(role, at, class, taken) {
				free := role.Name == "pair" || !slices.Contains(taken, it)
				if free && !slices.Contains(found, it) && fitsKinds(it, role.Kinds) {
					found = append(found, it)
				}
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// fill returns the items in a role of the trigger at a cell. A noun has its owner for a
// subject, or whom the verb that carries it has for one.
func (p *parse) fill(role event.Role, at int, class string, taken []*item) []*item {
	noun := class == "noun"
	switch name := strings.TrimPrefix(role.Name, "x."); name {
	case "poss", "mod":
		if noun {
			return p.owners(at)
		}
		return nil
	case "subj", "ctl":
		if owners := p.owners(at); noun && len(owners) > 0 {
			return owners
		}
		switch {
		case noun:
			return p.bare(at)
		case p.passive(at):
			return p.withPrep("by")
		}
		return p.subjects(at)
	case "obj", "iobj", "comp", "arg":
		if !noun && p.passive(at) {
			return p.subjects(at)
		}
		return p.objects(at)
	case "pair":
		return partners(taken)
	case "parties", "sides", "other", "deed", "reply", "visitor":
		return p.remaining(taken)
	case "venue":
		return p.withPrep("in")
	default:
		return p.withPrep(lastWord(name))
	}
}

// lastWord returns "of" of "out of".
func lastWord(name string) string { return name[strings.LastIndex(name, " ")+1:] }

// partners returns what of a group is left when its first member is the subject; the
// caller then leaves the others out of it.
func partners(group []*item) []*item {
	if len(group) < 2 {
		return nil
	}
	return group[1:]
}

// passive reports whether the verb at a cell suffers what it says: "was signed".
func (p *parse) passive(at int) bool {
	c := &p.cells[at]
	if c.Tag == "VBG" || c.low == c.Lemma && c.Tag != "VBN" {
		return false
	}
	for k := at - 1; k >= 0; k-- {
		switch b := &p.cells[k]; {
		case b.ref != nil:
		case p.r.is("auxiliary", b.Lemma):
			return b.Lemma == "be" || b.low == "got"
		case strings.HasPrefix(b.Tag, "V"), b.is(p.r.lists["occasion"]), p.r.is("relative", b.low): // "the last time that X met Y"
			return false
		}
	}
	return p.after(at) == "by"
}

// after returns the word behind a cell.
func (p *parse) after(at int) string {
	if at+1 < len(p.cells) && p.cells[at+1].ref == nil {
		return p.cells[at+1].low
	}
	return ""
}

// subjects returns the items without a preposition that stand next before a verb:
// its subject in a question. Where a verb stands at the head, those between it and
// the next word count.
func (p *parse) subjects(at int) []*item {
	var found []*item
	for _, it := range slices.Backward(p.items) {
		if it.at >= at || it.prep != "" || it.owner {
			continue
		}
		if len(found) > 0 && it.group != found[0].group {
			break
		}
		found = append([]*item{it}, found...)
	}
	if len(found) == 0 && p.r.is("auxiliary", p.cells[at].Lemma) && p.lastVerb(at) {
		return p.bare(at) // "was X in Y"
	}
	return found
}

// lastVerb reports whether no verb stands behind a cell.
func (p *parse) lastVerb(at int) bool {
	return !slices.ContainsFunc(p.cells[at+1:], func(c cell) bool { return c.ref == nil && strings.HasPrefix(c.Tag, "VB") })
}

// objects returns the items that a verb has for an object: what is asked for where
// its subject stands between, else those without a preposition behind it.
func (p *parse) objects(at int) []*item {
	var found []*item
	subject := p.subjects(at)
	for _, it := range p.items {
		switch {
		case it.prep != "" || it.owner || slices.Contains(subject, it):
		case it.at < at && it != p.asked:
		case len(found) > 0 && it.group != found[0].group:
		default:
			found = append(found, it)
		}
	}
	return found
}

// bare returns the items without a preposition: who "made a visit".
func (p *parse) bare(at int) []*item {
	by := p.withPrep("by")
	if len(by) > 0 {
		return by
	}
	var found []*item
	for _, it := range slices.Backward(p.items) {
		switch {
		case it.prep != "" || it.owner:
		case len(found) > 0 && it.group != found[0].group:
		default:
			found = append([]*item{it}, found...)
		}
	}
	return found
}

// owners returns the items whose the noun at a cell is: "Lavrov's last visit".
func (p *parse) owners(at int) []*item {
	var found []*item
	for _, it := range p.items {
		if it.owner && it.at < at && at-it.at <= 4 {
			found = append(found, it)
		}
	}
	return found
}

// withPrep returns the items behind a preposition.
func (p *parse) withPrep(prep string) []*item {
	var found []*item
	for _, it := range p.items {
		if it.prep == prep || it.prep == "into" && prep == "to" || it.prep == "upon" && prep == "on" {
			found = append(found, it)
		}
	}
	return found
}

// remaining returns the items that the subject leaves.
func (p *parse) remaining(taken []*item) []*item {
	var found []*item
	for _, it := range p.items {
		if !slices.Contains(taken, it) && !p.placing(it) {
			found = append(found, it)
		}
	}
	return found
}

// fitsKinds reports whether an item may be of one of the kinds; no kinds: any.
func fitsKinds(it *item, kinds []entente.Kind) bool {
	if len(kinds) == 0 {
		return true
	}
	switch {
	case it.ref == nil && it.want == nil && it.what:
		return !slices.Equal(kinds, []entente.Kind{entente.Person})
	case it.ref == nil && it.want == nil: // "who" is no place
		return slices.Contains(kinds, entente.Person) || slices.Contains(kinds, entente.Organisation)
	case it.want != nil:
		return slices.ContainsFunc(it.want, func(k entente.Kind) bool {
			return slices.Contains(kinds, k) || k == entente.State && slices.Contains(kinds, entente.Place) || k == entente.State && slices.Contains(kinds, entente.Person)
		})
	case it.ref.Office != "":
		return slices.Contains(kinds, entente.Person)
	}
	return slices.ContainsFunc(it.ref.Entities, func(e entente.Entity) bool {
		_, seat := Government(e.ID)
		return slices.Contains(kinds, e.Kind) || seat && slices.Contains(kinds, entente.State)
	})
}
