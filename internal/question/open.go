package question

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// open reads how the question begins: what kind of answer it wants.
func (p *parse) open() error {
	p.noun = -1
	at := p.skip(0)
	listing := false
	if n := p.phrase("list", at); n > 0 {
		at, listing = p.say(at, n), true
	}
	at = p.skip(at)
	if at >= len(p.cells) {
		return nil
	}
	prep := ""
	if n := p.phrase("whether", at); n > 0 {
		p.out.Kind = YesNo
		p.say(at, n)
		return nil
	}
	if n := p.phrase("by whom", at); n > 0 {
		p.out.Kind = Sources
		p.say(at, n)
		return nil
	}
	if c := &p.cells[at]; isPreposition(c) && at+1 < len(p.cells) && p.r.asks(p.cells[at+1].Token) {
		prep = c.low
		at = p.say(at, 1)
	}
	c := &p.cells[at]
	switch {
	case c.ref != nil:
		p.out.Kind = Claims
	case listing || c.is(p.r.lists["all"]):
		return p.openList(at)
	case c.low == "who" || c.low == "whom":
		p.ask(at, prep)
	case c.low == "which" || c.low == "what":
		return p.openWhich(at, prep)
	case c.low == "when":
		p.out.Kind = When
		c.said = true
	case c.low == "where":
		p.out.Kind = Where
		c.said = true
	case c.low == "how":
		return p.openHow(at)
	case p.r.is("auxiliary", c.Lemma) && p.before == nil || p.r.is("auxiliary", c.Lemma) && len(p.cells) > at+1:
		p.out.Kind = YesNo
	default:
		p.out.Kind = Claims
	}
	return nil
}

// skip passes over what only makes a question polite.
func (p *parse) skip(at int) int {
	for {
		n := p.phrase("polite", at)
		if n == 0 && at < len(p.cells) && p.cells[at].low == "," {
			n = 1
		}
		if n == 0 {
			return at
		}
		at = p.say(at, n)
	}
}

// phrase returns how many cells from at on spell a phrase of a list, the longest.
func (p *parse) phrase(list string, at int) int {
	longest, text := 0, ""
	for n := 1; n <= longestName && at+n <= len(p.cells) && p.cells[at+n-1].ref == nil; n++ {
		if text += " " + p.cells[at+n-1].low; p.r.is(list, text[1:]) {
			longest = n
		}
	}
	return longest
}

// say marks n cells as accounted for and returns the one after.
func (p *parse) say(at, n int) int {
	for i := at; i < at+n; i++ {
		p.cells[i].said = true
	}
	return at + n
}

// ask makes cell at what the question asks for.
func (p *parse) ask(at int, prep string) {
	p.asked = &item{at: at, prep: prep}
	p.cells[at].said = true
	p.items = append(p.items, p.asked)
	if p.out.Kind == "" {
		p.out.Kind = Who
	}
}

// saying turns "who said that …" and "which official denied …" into a question for the
// word of somebody about the rest.
func (p *parse) saying() {
	if p.asked == nil || p.asked.prep != "" || p.asked.what {
		return
	}
	for i := p.asked.at + 1; i < len(p.cells); i++ {
		c := &p.cells[i]
		switch {
		case c.ref != nil && !c.said:
			return
		case c.said || p.r.is("auxiliary", c.Lemma) || strings.HasPrefix(c.Tag, "RB"):
		case c.is(p.r.lists["denied"]):
			p.out.Kind, p.out.Statuses, p.asked, c.said = Sources, []entente.Status{entente.Denied}, nil, true
			return
		case c.is(p.r.lists["said"]):
			if n := p.thatClause(i + 1); n >= 0 {
				p.out.Kind, p.asked = Sources, nil
				p.say(i, n)
			}
			return
		default:
			return
		}
	}
}

// thatClause returns how many cells, from the verb on, lie before a clause that begins
// behind cell i: "said that …", "told the press that …", "said X would …"; -1 where none
// does.
func (p *parse) thatClause(i int) int {
	for k := i; k < len(p.cells) && k < i+4; k++ {
		switch c := &p.cells[k]; {
		case c.ref != nil && k == i:
			return 1
		case c.ref != nil:
			return -1
		case c.low == "that":
			return k - i + 2
		}
	}
	return -1
}

// openList reads "list the countries that …", "everyone who …", "all meetings of …".
func (p *parse) openList(at int) error {
	for at < len(p.cells) && p.cells[at].ref == nil && (p.r.is("article", p.cells[at].low) || p.cells[at].is(p.r.lists["all"]) && !p.cells[at].is(p.r.lists["who"]) || p.cells[at].low == "of") {
		at = p.say(at, 1)
	}
	switch {
	case at < len(p.cells) && at > 0 && p.cells[at].ref != nil && p.cells[at].ref.Office != "":
		p.ask(at-1, "")
	case at >= len(p.cells) || p.cells[at].ref != nil:
		p.out.Kind = Claims
	case p.r.asks(p.cells[at].Token):
		return p.openWord(at)
	case p.cells[at].is(p.r.lists["who"]):
		p.ask(at, "")
	case p.r.isKind(&p.cells[at]):
		p.ask(at, "")
		p.wanted(at)
	default:
		p.out.Kind = Claims
	}
	return nil
}

// openWord reads a question word behind "tell me", "list".
func (p *parse) openWord(at int) error {
	switch c := &p.cells[at]; c.low {
	case "who", "whom":
		p.ask(at, "")
	case "which", "what":
		return p.openWhich(at, "")
	case "when":
		p.out.Kind, c.said = When, true
	case "where":
		p.out.Kind, c.said = Where, true
	case "how":
		return p.openHow(at)
	default:
		p.out.Kind = Claims
	}
	return nil
}

// openWhich reads "which" or "what" with the noun that may stand behind it.
func (p *parse) openWhich(at int, prep string) error {
	noun := p.nounBehind(at + 1)
	switch {
	case p.people(at + 1):
		p.ask(at, prep)
		p.asked.want, p.asked.ref = []entente.Kind{entente.Person}, p.cells[at+1].ref
		p.say(at, 2)
	case noun < 0:
		p.ask(at, prep)
		p.asked.what = p.cells[at].low == "what"
		if last := &p.cells[len(p.cells)-1]; last.is(p.r.lists["said"]) {
			return unread(last.Text, "the graph holds what was done, with the sentence that says so, not what was said")
		}
	case p.cells[noun].is(p.r.lists["kind date"]) || p.cells[noun].is(p.r.lists["occasion date"]):
		p.out.Kind = When
		p.say(at, noun-at+1)
	case p.cells[noun].is(p.r.lists["kind place"]):
		p.out.Kind = Where
		p.say(at, noun-at+1)
	case p.r.isKind(&p.cells[noun]):
		p.ask(at, prep)
		p.wanted(noun)
	default: // "what sanctions did X impose"
		p.out.Kind, p.noun = Claims, noun
		p.cells[at].said = true
	}
	return nil
}

// people reports whether a cell names those of a state: "Pakistanis".
func (p *parse) people(i int) bool {
	if i >= len(p.cells) || p.cells[i].ref == nil || p.cells[i].owner || !p.cells[i].ref.is(entente.State) {
		return false
	}
	c := &p.cells[i]
	if i+1 < len(p.cells) && p.cells[i+1].ref != nil || strings.EqualFold(c.ref.Text, c.ref.Entities[0].Name) {
		return false
	}
	return strings.HasSuffix(c.low, "s") || p.r.peoples[c.low].ID != "" && i+1 < len(p.cells) && strings.HasPrefix(p.cells[i+1].Tag, "VB")
}

// wanted notes what the noun at a cell says of what is asked for, and an owner
// before it: "which Russian officials".
func (p *parse) wanted(noun int) {
	for _, k := range asKinds {
		if p.cells[noun].is(p.r.lists["kind "+string(k)]) {
			p.asked.want = append(p.asked.want, k)
		}
	}
	if p.cells[noun].is(p.r.lists["title"]) {
		p.out.Title = p.cells[noun].Lemma
		if before := &p.cells[max(0, noun-1)]; before.ref == nil && p.r.isTitle(before.low, p.out.Title) { // "foreign ministers"
			p.out.Title = before.low + " " + p.out.Title
		}
	}
	if p.cells[noun].owner && noun+1 < len(p.cells) && p.forState(noun+1) { // "which country's troops"
		p.cells[noun].owner, p.cells[noun+1].said = false, true
	}
	for i := p.asked.at; i <= noun; i++ {
		c := &p.cells[i]
		c.said = true
		if c.ref != nil && c.owner {
			p.asked.ref = c.ref
			c.owner = false
		}
	}
}

var asKinds = []entente.Kind{entente.Person, entente.State, entente.Organisation, entente.Agreement, entente.Office, entente.Place}

// nounBehind returns the noun of a phrase that begins at a cell, -1 where there is
// none: adjectives and owners may stand before it.
func (p *parse) nounBehind(at int) int {
	for i := at; i < len(p.cells) && i < at+4; i++ {
		c := &p.cells[i]
		switch {
		case c.ref != nil && c.owner:
		case c.ref != nil:
			return -1
		case p.r.isKind(c) || p.r.frameNoun(c) && strings.HasPrefix(c.Tag, "NN") || c.is(p.r.lists["kind date"]) || c.is(p.r.lists["claims"]):
			return i
		case strings.HasPrefix(c.Tag, "NN"):
			return i
		case strings.HasPrefix(c.Tag, "JJ") || c.Tag == "CD":
		default:
			return -1
		}
	}
	return -1
}

// openHow reads "how often", "how many", "how much", "how is X connected".
func (p *parse) openHow(at int) error {
	p.cells[at].said = true
	if at+1 == len(p.cells) {
		return unread(p.cells[at].Text, "ask how often, how many, or how two are connected")
	}
	next := &p.cells[at+1]
	switch {
	case p.r.is("often", next.low):
		p.out.Kind, next.said = Count, true
	case next.low == "many":
		p.out.Kind, next.said = Count, true
		noun := p.nounBehind(at + 2)
		switch {
		case noun < 0:
		case p.cells[noun].is(p.r.lists["occasion"]):
			p.say(at, noun-at+1)
		case p.r.isKind(&p.cells[noun]) || p.cells[noun].is(p.r.lists["kind place"]):
			p.ask(at, "")
			p.wanted(noun)
			p.say(at, noun-at+1)
		case p.r.frameNoun(&p.cells[noun]) || p.cells[noun].is(p.r.lists["claims"]):
			p.noun = noun
		default:
			p.out.Kind, p.noun = Amount, noun
			p.amount(at, noun)
		}
	case next.low == "much":
		p.out.Kind, next.said = Amount, true
		if p.noun = p.nounBehind(at + 2); p.noun >= 0 {
			p.amount(at, p.noun)
		}
	default:
		for i := at + 1; i < len(p.cells); i++ {
			if p.cells[i].is(p.r.lists["connect"]) && strings.HasPrefix(p.cells[i].Tag, "V") {
				p.out.Kind, p.cells[i].said = Path, true
				return nil
			}
			if p.cells[i].is(p.r.lists["claims"]) {
				p.out.Kind = Claims
				return nil
			}
		}
		return unread(p.cells[at].Text+" "+next.Text, "ask how often, how many, or how two are connected")
	}
	return nil
}

// amount accounts for the words of what is counted, up to the verb.
func (p *parse) amount(at, noun int) {
	for i := at; i < len(p.cells) && p.cells[i].ref == nil && !p.r.is("auxiliary", p.cells[i].Lemma) && !strings.HasPrefix(p.cells[i].Tag, "VB"); i++ {
		p.cells[i].said = i != noun
	}
}
