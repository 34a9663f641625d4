package when

// attributive reports whether the phrase of tokens i to next is a name's part
// or an attribute: "the 2015 agreement", "the June 12 summit".
func (p *parser) attributive(i, next int, e Expression) bool {
	m := e.head
	if e.shape != point || m.kind == relative || m.kind == counted || m.kind == shifted || m.rel > 0 || m.up > 0 {
		return false
	}
	before, after := p.at(i-1), p.at(next)
	if after.class == possess || before.class == function && before.capital && p.isYear(i) {
		return false
	}
	if p.link(i, linkThe) {
		return false
	}
	if after.class == event && m.kind != dayOf {
		return !p.link(i-1, linkOn) && !p.link(i-1, linkIn) || p.isYear(i) && !p.link(i-1, linkIn)
	}
	return p.article(i-1) && before.class != link && p.word(next) || p.link(i-1, linkThe) && p.word(next)
}

// article reports whether token i is one that a noun must follow.
func (p *parser) article(i int) bool {
	t := p.at(i)
	return p.link(i, linkThe) || t.class == number && !t.digits && t.value == 1 || t.class == possess ||
		t.class == which && t.value == whichThis || t.class == determiner
}

// word reports whether token i may be part of a noun phrase.
func (p *parser) word(i int) bool {
	c := p.at(i).class
	return c == plain && p.at(i).end > p.at(i).start || c == event || c == unit
}

// nounAfter reports whether token i may be a noun that a number before it
// counts or tells from others.
func (p *parser) nounAfter(i int) bool {
	t := p.at(i)
	return t.class == plain && !t.capital && t.end > t.start || t.class == event || t.class == unit || t.mark == '%'
}

// counting reports whether a number behind this link, and before a noun, counts
// things: "to 2000 tonnes", unlike "in 2022 protests".
func (p *parser) counting(value int) bool {
	switch value {
	case linkTo, linkFor, linkBy, linkAnd, linkOn, linkAt, linkFrom, linkBetween, linkAs, linkWithin:
		return true
	}
	return false
}
