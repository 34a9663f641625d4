package when

import "github.com/entente-kg/entente"

// moment is one point of time as the words give it.
type moment struct {
	kind  kind
	year  int
	month int // 1-12, or a season 21-24
	day   int // of the month

	weekday int // 1-7, of a day known by no more than that

	// rel ties the finest part to the dateline or the text: "last November",
	// "that Friday"; up ties the part above: "January that year", "Friday last
	// week".
	rel, up int

	unit int // of rel, n and edges
	n    int // units counted, before (negative) or after

	vague int          // early, mid, late, earlier, later
	edge  int          // start, middle, end of what the rest says
	date  entente.Date // of kind fixed
}

type kind uint8

const (
	calendar kind = iota // year, month, day as far as given
	dayOf                // weekday
	relative             // rel unit: "last week"
	counted              // n units from the dateline: "three days ago", "in two weeks"
	shifted              // n units from the date in force: "two days later"
	fixed                // date
)

// parser walks over the tokens of one sentence. Each of its methods takes the
// index of the first token of what it looks for and returns the index after
// the last; that is the same index where it is not there.
type parser struct {
	tokens  []token
	anyCase bool
}

func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.tokens) {
		return token{meaning: meaning{class: space}}
	}
	return p.tokens[i]
}

func (p *parser) is(i int, c class, value int) bool {
	t := p.at(i)
	return t.class == c && t.value == value
}

func (p *parser) link(i, value int) bool { return p.is(i, link, value) }

// skip returns i+1 where token i is that link, else i.
func (p *parser) skip(i, value int) int {
	if p.link(i, value) {
		return i + 1
	}
	return i
}

func (p *parser) mark(i int, marks ...rune) bool {
	t := p.at(i)
	if t.class != mark {
		return false
	}
	for _, m := range marks {
		if t.mark == m {
			return true
		}
	}
	return false
}

func (p *parser) dash(i int) bool { return p.mark(i, '-', '–', '—') }

// cut reports whether token i is glued by a hyphen to what stands before or,
// with after, behind: "end-of-year", "year-end".
func (p *parser) cut(i int, after bool) bool {
	if after {
		return p.mark(i+1, '-') && p.at(i+1).glued && p.at(i+2).glued
	}
	return p.mark(i-1, '-') && p.at(i).glued && p.at(i-1).glued && p.at(i-2).class != vague && p.at(i-2).class != space
}

// expression reads the longest phrase of time at i.
func (p *parser) expression(i int) (Expression, int) {
	if p.cut(i, false) {
		return Expression{}, i
	}
	e, next := p.prefixed(i)
	if next == i {
		e, next = p.plain(i)
	}
	if next == i || p.cut(next-1, true) {
		return Expression{}, i
	}
	return e, next
}

// plain reads a moment, or two with a link between them.
func (p *parser) plain(i int) (Expression, int) {
	m, next := p.moment(i)
	if next == i {
		return p.days(i)
	}
	e := Expression{head: m}
	e.Clause = m.kind == shifted && m.rel == whichThis
	if tail, end := p.range_(m, next); end > next {
		e.shape, e.head, e.tail, next = between, joined(m, tail), tail, end
	}
	return e, next
}

// days reads two days of one month: "14–15 April", "18 and 19 June".
func (p *parser) days(i int) (Expression, int) {
	if t := p.at(i); t.class != number || !t.digits {
		return Expression{}, i
	}
	a, next := p.dayNumber(i)
	if next == i {
		return Expression{}, i
	}
	b, end := p.range_(a, next)
	if end == next || b.kind != calendar || b.month == 0 {
		return Expression{}, i
	}
	return Expression{shape: between, head: joined(a, b), tail: b}, end
}

// opensClause reports whether the words up to next end in "after" or "before"
// and a clause follows.
func (p *parser) opensClause(last, next int) bool {
	t, follows := p.at(last), p.at(next)
	if t.class != ago || t.value != agoAfter && t.value != agoBefore {
		return false
	}
	return follows.class != space && follows.class != mark
}

// prefixed reads a phrase that a preposition turns into a range.
func (p *parser) prefixed(i int) (Expression, int) {
	t := p.at(i)
	switch {
	case p.link(i, linkBetween), p.link(i, linkFrom):
		return p.fromTo(i)
	case p.link(i, linkSince):
		return p.since(i)
	case p.link(i, linkUntil), p.link(i, linkBy):
		return p.bounded(i, until)
	case p.is(i, vague, vagueLater) && p.at(i+1).class == about: // no later than
		if e, next := p.bounded(i+1, until); next > i+1 {
			return e, next
		}
	case t.class == ago && t.value == agoBefore:
		return p.bounded(i, before)
	case t.class == ago && t.value == agoAfter:
		m, next := p.moment(i + 1)
		if next == i+1 || p.at(next).class == possess || m.kind == shifted || m.kind == counted || m.weekday > 0 {
			return Expression{}, i
		}
		return Expression{shape: since, head: m}, next
	case p.link(i, linkTo) && t.end-t.start > len("to"): // through
		return p.bounded(i, until)
	case p.link(i, linkWithin):
		return p.within(i)
	case p.link(i, linkIn), p.link(i, linkFor):
		return p.inPeriod(i)
	}
	return Expression{}, i
}

// fromTo reads "from A to B" and "between A and B".
func (p *parser) fromTo(i int) (Expression, int) {
	a, next := p.moment(p.skip(i+1, linkThe))
	if next <= i+1 {
		a, next = p.dayNumber(i + 1)
	}
	if next == i+1 {
		return Expression{}, i
	}
	b, end := p.range_(a, next)
	if end == next || a.day > 0 && a.month == 0 && b.month == 0 {
		return Expression{}, i
	}
	return Expression{shape: between, head: joined(a, b), tail: b}, end
}

// dayNumber reads a bare day of the month before a range: "from 3 to 5 June".
func (p *parser) dayNumber(i int) (moment, int) {
	i0 := i
	i = p.skip(i, linkThe)
	if t := p.at(i); t.class == number && t.digits && 1 <= t.value && t.value <= 31 {
		return moment{day: t.value}, i + 1
	}
	return moment{}, i0
}

// since reads "since A". "His third visit since A" counts: it dates one of
// those counted, at A, and not what the sentence tells.
func (p *parser) since(i int) (Expression, int) {
	m, next := p.moment(i + 1)
	if next == i+1 || m.kind == shifted {
		return Expression{}, i
	}
	e := Expression{shape: since, head: m}
	for k := max(0, i-10); k < i; k++ {
		e.Attributive = e.Attributive || p.at(k).class == ordinal
	}
	if e.Attributive {
		e.shape = point
	}
	return e, next
}

// bounded reads "until A", "by A", "before A".
func (p *parser) bounded(i int, s shape) (Expression, int) {
	j := i + 1
	if p.link(j, linkThe) && p.at(j+1).class == edge {
		j++
	}
	m, next := p.moment(j)
	if next == j || m.kind == shifted || m.kind == counted && m.n < 0 || p.at(next).class == possess {
		return Expression{}, i
	}
	return Expression{shape: s, head: m}, next
}

// within reads "within two months", "within the year", "within a week".
func (p *parser) within(i int) (Expression, int) {
	j := p.skip(i+1, linkThe)
	if p.is(j, which, whichNext) {
		j++
	}
	if n, next := p.count(j); next > j && p.at(next).class == unit {
		if after := p.at(next + 1); after.class == link && after.value == linkOf || after.class == ago {
			return Expression{shape: nothing}, next + 1
		}
		return Expression{shape: within, head: moment{n: n, unit: p.at(next).value}}, next + 1
	}
	if p.at(j).class == unit && j > i+1 {
		return Expression{shape: beyond, head: moment{kind: relative, rel: whichThis, unit: p.at(j).value}}, j + 1
	}
	return Expression{}, i
}

// inPeriod reads "in the past week", "over the next two months", "in two weeks".
func (p *parser) inPeriod(i int) (Expression, int) {
	j := p.skip(i+1, linkThe)
	if w := p.at(j); w.class == which && j > i+1 {
		n, next := p.count(j + 1)
		one := next == j+1
		if one {
			n = 1
		}
		u := p.at(next)
		if u.class != unit || one && u.value != unitWeek && u.value != unitDay && w.value != whichPast {
			return Expression{}, i
		}
		if one && p.plural(next) {
			return Expression{shape: nothing}, next + 1 // "in the coming days"
		}
		switch {
		case w.value == whichPast, w.value == whichLast, w.value == whichPrevious && !one:
			return Expression{shape: past, head: moment{n: n, unit: u.value}}, next + 1
		case w.value == whichNext:
			return Expression{shape: within, head: moment{n: n, unit: u.value}}, next + 1
		}
		return Expression{}, i
	}
	n, next := p.count(i + 1)
	if next == i+1 || p.at(next).class != unit || !p.link(i, linkIn) || p.at(i).end-p.at(i).start > len("in") || p.measure(i, next+1) {
		return Expression{}, i
	}
	return Expression{head: moment{kind: counted, rel: whichNext, n: n, unit: p.at(next).value}}, next + 1
}

// measure reports whether "in two years" measures a span ("the third visit in
// two years", "in two years of war") and points to no day.
func (p *parser) measure(i, next int) bool {
	for k := max(0, i-12); k < i; k++ {
		if p.at(k).class == ordinal {
			return true
		}
	}
	return p.link(next, linkOf) || p.at(next).class == ago
}

// plural reports whether token i ends in s.
func (p *parser) plural(i int) bool {
	t := p.at(i)
	return t.end-t.start > len("day") && t.plural
}

// count reads a number of units, in words or digits up to 999.
func (p *parser) count(i int) (int, int) {
	t := p.at(i)
	if t.class != number || t.ordinal || t.value > 999 || t.value == 0 || p.at(i-1).class == about {
		return 0, i
	}
	if next := p.at(i + 1); !t.digits && t.value >= 20 && next.class == number && !next.digits && next.value < 10 {
		return t.value + next.value, i + 2 // twenty two
	}
	if p.mark(i+1, '-') && p.at(i+2).class == number && !t.digits && t.value >= 20 {
		return t.value + p.at(i+2).value, i + 3 // twenty-two
	}
	return t.value, i + 1
}

// range_ reads a link and a second moment that fits the first: "to 21",
// "through Sunday", "and August", "- Jan. 2".
func (p *parser) range_(a moment, i int) (moment, int) {
	list := p.link(i, linkAnd)
	if !list && !p.link(i, linkTo) && !p.link(i, linkUntil) && !p.dash(i) {
		return moment{}, i
	}
	j := p.skip(i+1, linkThe)
	if t := p.at(j); a.month > 0 && a.day > 0 && t.class == number && t.digits && 1 <= t.value && t.value <= 31 {
		if _, next := p.moment(j); next == j { // March 17 to 21
			b := moment{month: a.month, day: t.value, year: a.year, up: a.up}
			return p.yearAfter(b, j+1)
		}
	}
	b, next := p.moment(j)
	if next == j || !fits(a, b, list) {
		return moment{}, i
	}
	return b, next
}

// fits reports whether b may end a range that a begins. A list ("June and
// July") must be of like things.
func fits(a, b moment, list bool) bool {
	if b.kind == shifted || b.kind == counted || a.kind == shifted || a.kind == counted {
		return false
	}
	if a.kind == calendar && a.day > 0 && a.month == 0 {
		return b.kind == calendar && b.day > 0 && b.month > 0
	}
	alike := a.kind == b.kind && (a.day > 0) == (b.day > 0) && (a.month > 0) == (b.month > 0) && a.rel == 0 && b.rel == 0
	if list {
		return alike && (a.year == 0) == (b.year == 0 || a.month > 0) && a.vague == 0 && b.vague == 0 && a.edge == 0
	}
	return alike || a.kind != b.kind && a.kind != relative && b.kind != relative || a.rel > 0 && b.rel > 0
}

// joined gives a what it shares with b: "17–21 March 2024", "March to May 2024".
func joined(a, b moment) moment {
	if a.kind == calendar && b.kind == calendar {
		if a.day > 0 && a.month == 0 {
			a.month = b.month
			a.year, a.up = b.year, b.up
		}
		if a.month > 0 && b.month > 0 && a.year == 0 && a.up == 0 {
			a.year, a.up = b.year, b.up
			if a.year > 0 && a.month > b.month && b.month < 13 {
				a.year--
			}
		}
	}
	return a
}
