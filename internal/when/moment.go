package when

// moment reads one point of time at i: a qualifier ("early", "the end of"), a
// core, and a part of the day behind it.
func (p *parser) moment(i int) (moment, int) {
	if m, next := p.qualified(i); next > i {
		return m, next
	}
	m, next := p.core(i)
	if next == i {
		return m, i
	}
	return m, p.dayPart(next)
}

// dayPart skips "night", "morning", "at noon" behind a day.
func (p *parser) dayPart(i int) int {
	if p.at(i).class == daypart {
		return i + 1
	}
	return i
}

// qualified reads "early June", "late on Tuesday", "earlier this week", "the
// early hours of Friday", "the end of the year".
func (p *parser) qualified(i int) (moment, int) {
	j := p.skip(i, linkThe)
	t := p.at(j)
	switch t.class {
	case vague:
		return p.vagueOf(i, j, t.value)
	case edge:
		if !p.link(j+1, linkOf) {
			return moment{}, i
		}
		return p.edgeOf(i, j+2, t.value)
	case daypart:
		if !p.link(j+1, linkOf) {
			return moment{}, i
		}
		if m, next := p.core(p.skip(j+2, linkThe)); next > j+2 {
			return m, next
		}
	}
	return moment{}, i
}

// vagueOf reads what follows "early", "late", "mid-", "earlier", "later".
func (p *parser) vagueOf(i, j, value int) (moment, int) {
	k := j + 1
	switch {
	case p.mark(k, '-') && value == vagueMid:
		k++
	case p.at(k).class == plain && p.link(k+1, linkOf): // the early hours of
		k += 2
	case p.link(k, linkOn), p.link(k, linkIn):
		k++
	}
	if value >= vagueEarlier && p.link(k, linkThe) && p.at(k+1).class == unit && p.at(k+1).value <= unitYear {
		return p.inUnit(p.at(k+1).value, value), k + 2 // later in the day
	}
	m, next := p.core(p.skip(k, linkThe))
	if next <= k || m.kind == shifted || m.kind == counted {
		return moment{}, i
	}
	if m.vague == 0 {
		m.vague = value
	}
	return m, p.dayPart(next)
}

// inUnit is "later in the day", "earlier in the week".
func (p *parser) inUnit(u, value int) moment {
	if u == unitDay {
		return moment{kind: relative, rel: whichThat, unit: unitDay}
	}
	return moment{kind: relative, rel: whichThis, unit: u, vague: value}
}

// edgeOf reads what follows "the end of".
func (p *parser) edgeOf(i, k, value int) (moment, int) {
	if p.link(k, linkThe) && p.at(k+1).class == unit && p.at(k+1).value != unitDay && !p.plural(k+1) {
		return moment{kind: relative, rel: whichThis, unit: p.at(k + 1).value, edge: value}, k + 2
	}
	m, next := p.core(p.skip(k, linkThe))
	if next <= k || m.kind == shifted || m.kind == counted || m.day > 0 || m.weekday > 0 {
		return moment{}, i
	}
	m.edge = value
	return m, next
}

// core reads a moment without qualifier.
func (p *parser) core(i int) (moment, int) {
	t := p.at(i)
	switch t.class {
	case numeric:
		return moment{kind: fixed, date: t.date}, i + 1
	case weekday, weekdayAbbr:
		return p.weekday(i)
	case month, monthMay:
		return p.month(i)
	case today:
		return moment{kind: counted, n: t.value, unit: unitDay}, i + 1
	case season, seasonMay:
		return p.season(i)
	case which:
		return p.which(i)
	case number, ordinal:
		return p.number(i)
	}
	if p.link(i, linkThe) {
		return p.the(i)
	}
	return moment{}, i
}

// named reports whether token i may be the name of a month, day or season: it
// has a capital where that is asked for.
func (p *parser) named(i int) bool { return p.anyCase || p.at(i).capital }

// weekday reads "Friday", "Friday, July 11", "Friday last week".
func (p *parser) weekday(i int) (moment, int) {
	if !p.named(i) {
		return moment{}, i
	}
	j := i + 1
	if p.mark(j, ',', '(') {
		j++
	}
	if m, next := p.calendarDay(j); next > j { // the date says all
		if p.mark(j-1, '(') && p.mark(next, ')') {
			next++
		}
		return m, next
	}
	if p.at(i).class == weekdayAbbr {
		return moment{}, i
	}
	m := moment{kind: dayOf, weekday: p.at(i).value}
	k := p.skip(p.dayPart(i+1), linkOf)
	if w := p.at(k); w.class == which && p.is(k+1, unit, unitWeek) {
		m.up = w.value
		return m, k + 2
	}
	return m, p.dayPart(i + 1)
}

// calendarDay reads a day of a month in either order.
func (p *parser) calendarDay(i int) (moment, int) {
	if t := p.at(i); t.class != number && t.class != month && t.class != monthMay && t.class != numeric {
		return moment{}, i
	}
	m, next := p.core(i)
	if next == i || m.kind == calendar && m.day == 0 || m.kind == counted {
		return moment{}, i
	}
	return m, next
}

// month reads "June", "June 4", "June 4, 2025", "June 2025", "June of last
// year".
func (p *parser) month(i int) (moment, int) {
	t := p.at(i)
	if !p.named(i) {
		return moment{}, i
	}
	m := moment{month: t.value}
	if d := p.at(i + 1); d.class == number && d.digits && 1 <= d.value && d.value <= 31 && !p.dashNumber(i+1) {
		m.day = d.value
		return p.yearAfter(m, i+2)
	}
	m, next := p.yearAfter(m, i+1)
	if next == i+1 && t.class == monthMay && !p.introduced(i) {
		return moment{}, i
	}
	if next == i+1 && p.at(i-1).capital && p.at(i-1).class == plain && t.class != monthMay && p.at(i-1).end < t.start && p.at(i+1).capital {
		return moment{}, i // a name: "Valentina June Carter"
	}
	return m, next
}

// dashNumber reports whether number i goes on as a score or a range of things:
// "May 12-year-old" is no day.
func (p *parser) dashNumber(i int) bool {
	return p.mark(i+1, '-') && p.at(i+1).glued && p.at(i+2).glued && p.at(i+2).class != number && p.at(i+2).class != month
}

// introduced reports whether what stands before i shows that a month follows.
func (p *parser) introduced(i int) bool {
	t := p.at(i - 1)
	switch t.class {
	case link:
		return t.value != linkThe && t.value != linkAs && t.value != linkAt
	case which, vague, ago, numeric:
		return true
	case number:
		return t.digits
	}
	return p.anyCase && t.class == space || p.mark(i-1, '-', '–')
}

// yearAfter reads the year behind a month or a season: "2025", ", 2025", "of
// 2025", "last year", "of that year".
func (p *parser) yearAfter(m moment, i int) (moment, int) {
	j := i
	if p.mark(j, ',') {
		j++
	}
	if p.isYear(j) && (j == i || !p.nounAfter(j+1) || m.day > 0) {
		m.year = p.at(j).value
		return m, j + 1
	}
	j = p.skip(p.skip(i, linkOf), linkThe)
	if p.isYear(j) && j > i {
		m.year = p.at(j).value
		return m, j + 1
	}
	if w := p.at(j); w.class == which && p.is(j+1, unit, unitYear) && !p.plural(j+1) && w.value != whichPast {
		m.up = w.value
		return m, j + 2
	}
	return m, i
}

// isYear reports whether token i is a number that can be a year.
func (p *parser) isYear(i int) bool {
	t := p.at(i)
	return t.class == number && t.digits && !t.ordinal && t.end-t.start == 4 && 1000 <= t.value && t.value <= 2999
}

// season reads "spring 2024", "the summer of last year", "in the winter".
func (p *parser) season(i int) (moment, int) {
	t := p.at(i)
	m := moment{month: t.value}
	m, next := p.yearAfter(m, i+1)
	if next > i+1 {
		return m, next
	}
	k := i - 1
	if p.link(k, linkThe) {
		k--
	}
	if !p.link(k, linkIn) || p.link(i+1, linkOf) || p.nounAfter(i+1) || t.class == seasonMay && k == i-1 {
		return moment{}, i
	}
	return m, i + 1
}

// which reads what follows "last", "this", "next", "that", "previous" without
// an article.
func (p *parser) which(i int) (moment, int) {
	w, t := p.at(i).value, p.at(i+1)
	if w == whichPast || p.cut(i+1, false) {
		return moment{}, i
	}
	switch {
	case t.class == unit && !p.plural(i+1):
		if t.value == unitDay && w != whichThat && w != whichFollowing && w != whichPrevious {
			return moment{}, i
		}
		return moment{kind: relative, rel: w, unit: t.value}, i + 2
	case t.class == weekday && p.named(i+1):
		return moment{kind: dayOf, weekday: t.value, rel: w}, i + 2
	case (t.class == month || t.class == monthMay && t.value == 5) && p.named(i+1):
		m, next := p.month(i + 1)
		if next == i+1 {
			return m, i
		}
		if m.year == 0 && m.up == 0 {
			m.rel = w
		}
		return m, next
	case t.class == season, t.class == seasonMay:
		return moment{month: t.value, rel: w}, i + 2
	case t.class == daypart && w == whichLast:
		return moment{kind: counted, n: -1, unit: unitDay}, i + 2
	case t.class == daypart && w == whichThis:
		return moment{kind: counted, unit: unitDay}, i + 2
	case t.class == daypart && w == whichThat:
		return moment{kind: relative, rel: whichThat, unit: unitDay}, i + 2
	}
	return moment{}, i
}

// the reads what follows an article: "the following day", "the same month",
// "the next day", "the 1990s", "the day before", "the weekend", "the 25th of
// May", "the third quarter of 2024".
func (p *parser) the(i int) (moment, int) {
	t, after := p.at(i+1), p.at(i+2)
	switch {
	case t.class == numeric:
		return moment{kind: fixed, date: t.date}, i + 2
	case t.class == which && after.class == unit && p.plural(i+2):
		return moment{}, i
	case t.class == which && t.value == whichNext && after.class == unit && after.value == unitDay:
		return moment{kind: relative, rel: whichFollowing, unit: unitDay}, i + 3
	case t.class == which:
		m, next := p.which(i + 1)
		if next == i+1 {
			return m, i
		}
		if m.rel == whichNext { // "the next day": seen from the text
			m.rel = whichFollowing
		}
		return m, next
	case p.at(i-1).class == about:
		return moment{}, i
	case t.class == season, t.class == seasonMay:
		if m, next := p.season(i + 1); next > i+1 {
			return m, next
		}
	case t.class == unit && t.value == unitWeekend:
		return moment{kind: relative, unit: unitWeekend}, i + 2
	case t.class == unit:
		return p.unitAgo(i, i+1, 1)
	case t.class == ordinal && after.class == unit && after.value == unitQuarter:
		return p.quarter(i, t.value)
	case t.class == number && t.ordinal:
		return p.theDay(i)
	}
	return moment{}, i
}

// quarter reads "the third quarter of 2024".
func (p *parser) quarter(i, n int) (moment, int) {
	m, next := p.yearAfter(moment{unit: unitQuarter, n: n}, i+3)
	if next == i+3 || n > 4 {
		return moment{}, i
	}
	return m, next
}

// theDay reads "the 25th of May", "the 25th of this month", "on the 25th".
func (p *parser) theDay(i int) (moment, int) {
	d := p.at(i + 1).value
	if d < 1 || d > 31 {
		return moment{}, i
	}
	if p.at(i+2).class == unit && p.at(i+2).value == unitCentury {
		return moment{}, i
	}
	if p.link(i+2, linkOf) {
		if m, next := p.which(i + 3); next > i+3 && m.kind == relative && m.unit == unitMonth {
			return moment{day: d, up: m.rel}, next
		}
		if m, next := p.month(i + 3); next > i+3 && m.day == 0 {
			m.day = d
			return m, next
		}
		return moment{}, i
	}
	if end := p.at(i + 2).class; p.link(i-1, linkOn) && (end == mark || end == space) {
		return moment{day: d}, i + 2
	}
	return moment{}, i
}

// number reads what begins with a number: a day and its month, a year, a
// century, or a count of units.
func (p *parser) number(i int) (moment, int) {
	t := p.at(i)
	if t.class == ordinal {
		return moment{}, i
	}
	if t.digits && 1 <= t.value && t.value <= 31 {
		j := i + 1
		if t.ordinal && p.link(j, linkOf) {
			j++
		}
		if c := p.at(j).class; (c == month || c == monthMay) && p.named(j) {
			m, next := p.yearAfter(moment{month: p.at(j).value, day: t.value}, j+1)
			return m, next
		}
		if t.ordinal {
			return p.century(i)
		}
	}
	if p.isYear(i) {
		return p.year(i)
	}
	if n, next := p.count(i); next > i {
		if p.at(next).class == unit && p.at(i-1).class != about {
			return p.unitAgo(i, next, n)
		}
	}
	return moment{}, i
}

// century reads "19th century".
func (p *parser) century(i int) (moment, int) {
	n := p.at(i).value
	if !p.is(i+1, unit, unitCentury) || n < 10 || n > 30 {
		return moment{}, i
	}
	return moment{unit: unitCentury, n: n}, i + 2
}

// year reads a year that stands alone: only where the words around show that
// it is none of many things counted.
func (p *parser) year(i int) (moment, int) {
	m := moment{year: p.at(i).value}
	before, after := p.at(i-1), p.at(i+1)
	if p.mark(i+1, '%', '°') || p.mark(i-1, '$', '€', '£') {
		return moment{}, i
	}
	switch before.class {
	case link:
		if p.nounAfter(i+1) && p.counting(before.value) {
			return moment{}, i
		}
		return m, i + 1
	case vague, possess, ago, edge, space, which:
		return m, i + 1
	case number: // "a 2020 truce", no other number
		if !before.digits && before.value == 1 {
			return m, i + 1
		}
	case mark:
		if p.mark(i-1, '(', '-', '–', '—', ',', '/') && !p.nounAfter(i+1) {
			return m, i + 1
		}
	case determiner:
		if p.word(i + 1) {
			return m, i + 1
		}
	case plain, event:
		if after.class == event || before.capital && !p.nounAfter(i+1) || after.class == space || p.mark(i+1, ',', '.', ')', ';') {
			return m, i + 1
		}
	}
	return moment{}, i
}

// unitAgo reads "ago", "earlier", "later", "before", "after" behind n units.
// First is where the phrase begins, u the unit.
func (p *parser) unitAgo(first, u, n int) (moment, int) {
	t := p.at(u)
	next := u + 1
	if t.value == unitQuarter || t.value == unitWeekend || p.at(first-1).class == about {
		return moment{}, first
	}
	word := p.at(next)
	m := moment{kind: shifted, n: n, unit: t.value}
	clause := p.opensClause(next, next+1)
	switch {
	case word.class == ago && word.value == agoAgo:
		m.kind, m.n = counted, -n
	case word.class == vague && word.value == vagueLater:
	case word.class == vague && word.value == vagueEarlier:
		m.n = -n
	case word.class != ago:
		return moment{}, first
	case clause && p.at(next+1).class == today: // the day after tomorrow
		return moment{kind: counted, n: p.at(next+1).value + sign(word)*n, unit: unitDay}, next + 2
	case clause && first < u && !p.link(first, linkThe):
		// "two days after they met": they met two days before what the sentence tells
		m.n, m.rel = -sign(word)*n, whichThis
	default:
		m.n = sign(word) * n
	}
	return m, next + 1
}

// sign returns -1 for before, 1 for after.
func sign(t token) int {
	if t.value == agoBefore {
		return -1
	}
	return 1
}
