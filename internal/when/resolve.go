package when

import (
	"fmt"
	"time"

	"github.com/entente-kg/entente"
)

// far is how many days ahead a day of a month without its year is still taken
// for the coming one although nothing says that it is planned.
const far = 120

// Resolve ties the expression to days. The date is zero where it cannot be
// worked out: without a dateline, say, or where "two days later" follows a date
// known only to the month. The basis is Stated where the words give all that
// the date says.
func (e Expression) Resolve(c Context) entente.Date {
	c.same = e.before(c)
	d, stated := c.resolve(e)
	if d.IsZero() {
		return entente.Date{}
	}
	d.From, d.Basis = e.Span, entente.Resolved
	if stated {
		d.Basis = entente.Stated
	}
	return d
}

// before returns the date of the expression before in the same sentence.
func (e Expression) before(c Context) entente.Date {
	if e.prev == nil {
		return entente.Date{}
	}
	return e.prev.Resolve(c)
}

// resolve returns the date and whether the words give all of it.
func (c Context) resolve(e Expression) (entente.Date, bool) {
	switch e.shape {
	case point:
		return c.moment(e.head), e.head.absolute()
	case between:
		return c.between(e.head, e.tail), e.head.absolute() && e.tail.absolute()
	case since:
		return openEnd(c.moment(e.head)), e.head.absolute()
	case until:
		c.Future = true
		return c.upTo(c.end(e.head)), false
	case before:
		return c.upTo(c.end(e.head)), false
	case within:
		now := c.now()
		return span(day(now), day(add(now, e.head.n, e.head.unit))), false
	case beyond:
		d := c.moment(e.head)
		return span(day(c.now()), day(d.Latest())), false
	case past:
		now := c.now()
		if said := c.same.Earliest(); c.same.Precision() == entente.ToDay && !said.Before(add(now, -1, unitWeek)) && said.Before(now) {
			now = said // "he said on Saturday that in the past week …"
		}
		return span(day(add(now, -e.head.n, e.head.unit).AddDate(0, 0, 1)), day(now)), false
	}
	return entente.Date{}, false
}

// absolute reports whether the words give the whole date.
func (m moment) absolute() bool {
	return m.kind == fixed || m.kind == calendar && (m.year > 0 || m.unit == unitCentury)
}

// now returns the day of the dateline, the zero time when it is unknown.
func (c Context) now() time.Time {
	if c.Published.Precision() != entente.ToDay {
		return time.Time{}
	}
	return c.Published.Earliest()
}

// anchor returns the date in force: of the same sentence, of the one before,
// of the dateline.
func (c Context) anchor() entente.Date {
	if !c.same.IsZero() {
		return c.same
	}
	if !c.Last.IsZero() {
		return c.Last
	}
	return c.Published
}

// anchorOf returns what a shifted moment is counted from. "A day after they
// broke off ties" is counted from what the report tells as news.
func (c Context) anchorOf(m moment) entente.Date {
	if m.rel == whichThis {
		return c.Published
	}
	return c.anchor()
}

// moment resolves one moment.
func (c Context) moment(m moment) entente.Date {
	var d entente.Date
	switch m.kind {
	case fixed:
		d = m.date
	case calendar:
		d = c.calendar(m)
	case dayOf:
		d = c.weekday(m)
	case relative:
		d = c.relative(m)
	case counted:
		d = c.counted(m)
	case shifted:
		d = shift(c.anchorOf(m), m.n, m.unit)
	}
	if m.edge > 0 && (m.unit == unitWeek || m.unit == unitWeekend) {
		return entente.Date{} // "at the end of this week" names no day
	}
	return d
}

// end resolves a moment as the end of a range: "the end of February" is its
// last day.
func (c Context) end(m moment) entente.Date {
	edge := m.edge
	m.edge = 0
	d := c.moment(m)
	if edge == edgeEnd && !d.IsZero() {
		return day(d.Latest())
	}
	return d
}

// calendar resolves year, month and day as far as they are given.
func (c Context) calendar(m moment) entente.Date {
	switch {
	case m.unit == unitCentury:
		return entente.Date{EDTF: fmt.Sprintf("%02dXX", m.n-1)}
	case m.unit == unitQuarter:
		y := c.year(m)
		return span(monthOf(y, 3*m.n-2), monthOf(y, 3*m.n))
	case m.month == 0 && m.day > 0:
		return c.dayAlone(m)
	case m.month == 0 && m.year == 0:
		return entente.Date{}
	case m.month == 0:
		return yearOf(m.year)
	}
	y := c.year(m)
	if y == 0 {
		y = c.nearestYear(m)
	}
	if y == 0 {
		return entente.Date{}
	}
	if m.day > 0 {
		return dayOfMonth(y, m.month, m.day)
	}
	return monthOf(y, m.month)
}

// weekday resolves a day of the week.
func (c Context) weekday(m moment) entente.Date {
	now := c.now()
	if m.rel >= whichThat || m.up >= whichThat {
		return c.weekdayFromText(m)
	}
	if now.IsZero() {
		return entente.Date{}
	}
	monday := startOfWeek(now)
	switch {
	case m.up > 0:
		return day(monday.AddDate(0, 0, 7*step(m.up)+m.weekday-1))
	case m.rel == whichThis:
		return day(monday.AddDate(0, 0, m.weekday-1))
	case m.rel == whichNext:
		return day(monday.AddDate(0, 0, 7+m.weekday-1))
	case m.rel == whichLast:
		return day(onOrBefore(now.AddDate(0, 0, -1), m.weekday))
	case c.Future:
		if next := onOrAfter(now, m.weekday); next.After(now) || !c.same.Earliest().After(now) {
			return day(next)
		}
		return day(onOrAfter(c.same.Earliest(), m.weekday)) // "arrives on Monday and leaves on Thursday"
	}
	return day(onOrBefore(now, m.weekday))
}

// weekdayFromText resolves "that Friday", "the following Friday".
func (c Context) weekdayFromText(m moment) entente.Date {
	last := c.anchor()
	if p := last.Precision(); p != entente.ToDay && p != entente.Between {
		return entente.Date{}
	}
	first, end := last.Earliest(), last.Latest()
	if first.IsZero() || end.IsZero() {
		return entente.Date{}
	}
	switch max(m.rel, m.up) {
	case whichFollowing:
		return day(onOrAfter(end.AddDate(0, 0, 1), m.weekday))
	case whichPrevious:
		return day(onOrBefore(first.AddDate(0, 0, -1), m.weekday))
	}
	return day(startOfWeek(first).AddDate(0, 0, m.weekday-1))
}

// relative resolves "last week", "that year", "the weekend".
func (c Context) relative(m moment) entente.Date {
	if m.rel >= whichThat {
		return c.relativeToText(m)
	}
	now := c.now()
	if now.IsZero() {
		return entente.Date{}
	}
	n := step(m.rel)
	switch m.unit {
	case unitWeek:
		return c.week(m, now, n)
	case unitWeekend:
		return c.weekend(m, now)
	case unitQuarter:
		first := time.Date(now.Year(), now.Month()-(now.Month()-1)%3+time.Month(3*n), 1, 0, 0, 0, 0, time.UTC)
		return span(monthDate(first), monthDate(first.AddDate(0, 2, 0)))
	case unitDay:
		return entente.Date{}
	}
	return unitDate(shiftUnit(now, n, m.unit), m.unit)
}

// week resolves a week to Monday and Sunday, or to the part of it that
// "earlier" and "later" leave.
func (c Context) week(m moment, now time.Time, n int) entente.Date {
	monday := startOfWeek(now).AddDate(0, 0, 7*n)
	sunday := monday.AddDate(0, 0, 6)
	switch {
	case m.vague == vagueEarlier && n == 0:
		sunday = now
	case m.vague == vagueLater && n == 0:
		monday = now
	}
	return span(day(monday), day(sunday))
}

// weekend resolves "this weekend", "last weekend", "at the weekend".
func (c Context) weekend(m moment, now time.Time) entente.Date {
	saturday := startOfWeek(now).AddDate(0, 0, 5)
	switch {
	case m.rel == whichThis && (c.Future || now.Weekday() != time.Monday):
	case m.rel == whichNext && !now.Before(saturday), m.rel == whichNext && !c.Future:
		saturday = saturday.AddDate(0, 0, 7)
	case m.rel == whichNext, m.rel == 0 && c.Future:
	case m.rel == 0 && !now.Before(saturday):
	default:
		saturday = saturday.AddDate(0, 0, -7)
	}
	return span(day(saturday), day(saturday.AddDate(0, 0, 1)))
}

// relativeToText resolves a unit seen from the date in force.
func (c Context) relativeToText(m moment) entente.Date {
	last := c.anchor()
	if m.unit == unitDay {
		return shift(last, step(m.rel), unitDay)
	}
	from := last.Earliest()
	if from.IsZero() || finer(m.unit, last) {
		return entente.Date{}
	}
	switch m.unit {
	case unitWeek:
		monday := startOfWeek(from).AddDate(0, 0, 7*step(m.rel))
		return span(day(monday), day(monday.AddDate(0, 0, 6)))
	case unitWeekend:
		saturday := startOfWeek(from).AddDate(0, 0, 5+7*step(m.rel))
		return span(day(saturday), day(saturday.AddDate(0, 0, 1)))
	case unitQuarter:
		return entente.Date{}
	}
	return unitDate(shiftUnit(from, step(m.rel), m.unit), m.unit)
}

// counted resolves "three days ago" and "in two weeks", which points to a day
// only where something is planned: the day for days, the month for weeks and
// months, the year for years.
func (c Context) counted(m moment) entente.Date {
	now := c.now()
	if now.IsZero() || m.rel == whichNext && !c.Future {
		return entente.Date{}
	}
	return shift(day(now), m.n, m.unit)
}

// shift moves a date by n units and gives it the precision that such words
// have. It is zero where the date is known less well than the unit.
func shift(d entente.Date, n, u int) entente.Date {
	from := d.Earliest()
	if n > 0 || u == unitDay && d.Precision() == entente.Between && n >= 0 {
		from = d.Latest()
	}
	if from.IsZero() || finer(u, d) {
		return entente.Date{}
	}
	switch u {
	case unitDay:
		return day(from.AddDate(0, 0, n))
	case unitWeek:
		return monthDate(from.AddDate(0, 0, 7*n))
	}
	return unitDate(shiftUnit(from, n, u), min(u, unitYear))
}

// finer reports whether a unit is finer than what is known of the date.
func finer(u int, d entente.Date) bool {
	switch d.Precision() {
	case entente.ToDay:
		return false
	case entente.Between:
		days := int(d.Latest().Sub(d.Earliest()).Hours() / 24)
		return days > 31 && u < unitYear
	case entente.ToMonth, entente.ToSeason:
		return u < unitMonth || u == unitWeekend
	case entente.ToYear:
		return u < unitYear || u > unitCentury
	}
	return true
}

// between resolves a range whose ends lack what they share: the end is the
// first that does not lie before the start.
func (c Context) between(a, b moment) entente.Date {
	head := c.moment(a)
	if head.IsZero() {
		return head
	}
	tail := c.end(b)
	switch {
	case b.kind == dayOf && b.rel == 0 && b.up == 0 && head.Precision() == entente.ToDay:
		tail = day(onOrAfter(head.Latest(), b.weekday))
	case b.kind == calendar && b.month > 0 && b.year == 0 && b.up == 0 && b.rel == 0:
		y := head.Earliest().Year()
		if startOf(y, b).Before(startOf(y, moment{month: int(head.Earliest().Month()), day: min(b.day, 1) * head.Earliest().Day()})) {
			y++
		}
		b.year = y
		tail = c.moment(b)
	}
	return span(head, tail)
}

// upTo returns the time from publication to d, or all time up to d where that
// is past.
func (c Context) upTo(d entente.Date) entente.Date {
	now := c.now()
	if d.IsZero() {
		return d
	}
	if now.IsZero() || d.Latest().Before(now) {
		return parse("../" + d.EDTF)
	}
	return parse(day(now).EDTF + "/" + d.EDTF)
}

// openEnd returns the time from d on.
func openEnd(d entente.Date) entente.Date {
	if first := d.Earliest(); !first.IsZero() && d.Precision() == entente.Between {
		d = day(first)
	}
	if d.IsZero() {
		return d
	}
	return parse(d.EDTF + "/..")
}
