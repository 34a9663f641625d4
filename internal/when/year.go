package when

import (
	"time"

	"github.com/entente-kg/entente"
)

// nearestYear finds the year of a month, season or day without one: the last
// one for what is past, the coming one for what is planned.
func (c Context) nearestYear(m moment) int {
	now := c.now()
	if m.rel >= whichThat || now.IsZero() {
		return c.yearFromText(m)
	}
	if y := c.yearNearby(m, now); y != 0 && m.rel == 0 {
		return y
	}
	y := now.Year()
	start := func(y int) time.Time { return startOf(y, m) }
	switch {
	case m.rel == whichThis:
		return y
	case m.rel == whichLast:
		for !start(y).Before(startOfUnit(now, m)) {
			y--
		}
	case m.rel == whichNext:
		for !start(y).After(now) {
			y++
		}
	case c.Future:
		for start(y).Before(startOfUnit(now, m)) {
			y++
		}
		for start(y-1).Compare(startOfUnit(now, m)) >= 0 {
			y--
		}
	case m.day > 0 && !c.Past && start(y).Before(now.AddDate(0, 0, far-365)):
		y++
	default:
		for start(y).After(now) && (m.day == 0 || c.Past || start(y).After(now.AddDate(0, 0, far))) {
			y--
		}
	}
	return y
}

// yearNearby finds the year of a day or month that goes on from a date of an
// earlier year: "on 15 September 2021 … on 17 September". A month does so only
// within one sentence. 0 where nothing does.
func (c Context) yearNearby(m moment, now time.Time) int {
	from, reach := c.anchor(), 45
	if m.day == 0 {
		from, reach = c.same, 330
	}
	first := from.Earliest()
	if first.IsZero() || from.Precision() == entente.ToYear || first.After(now.AddDate(0, 0, -300)) {
		return 0
	}
	for y := first.Year(); y <= first.Year()+1; y++ {
		t := startOf(y, m)
		if gap := int(t.Sub(first).Hours() / 24); gap >= -30*min(1, m.day) && gap <= reach && t.Before(now) {
			return y
		}
	}
	return 0
}

// yearFromText finds the year of "that November" and, without a dateline, of
// "November": from the date in force.
func (c Context) yearFromText(m moment) int {
	last := c.anchor()
	first := last.Earliest()
	if first.IsZero() {
		return 0
	}
	y := first.Year()
	bare := m.rel == 0 || m.rel == whichThat
	switch {
	case last.Precision() == entente.ToYear:
		return y + step(m.rel)
	case bare && startOf(y, m).Before(startOfUnit(first, m)) && m.rel == 0:
		return 0
	case m.rel == whichFollowing && !startOf(y, m).After(first):
		return y + 1
	case m.rel == whichPrevious && !startOf(y, m).Before(startOfUnit(first, m)):
		return y - 1
	}
	return y
}

// startOf returns the first day that m means in year y.
func startOf(y int, m moment) time.Time {
	month := m.month
	if month > 12 {
		month = 3 * (month - 20)
	}
	return time.Date(y, time.Month(month), max(1, m.day), 0, 0, 0, 0, time.UTC)
}

// startOfUnit returns the first day of the unit of m in which t lies.
func startOfUnit(t time.Time, m moment) time.Time {
	switch {
	case m.day > 0:
		return t
	case m.month > 12:
		return time.Date(t.Year(), t.Month()-t.Month()%3, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// year returns the year that the words give, outright or as "that year"; 0 for
// none.
func (c Context) year(m moment) int {
	if m.year > 0 || m.up == 0 {
		return m.year
	}
	base := c.Published.Earliest()
	if m.up >= whichThat {
		base = c.anchor().Earliest()
	}
	if base.IsZero() {
		return 0
	}
	return base.Year() + step(m.up)
}

// dayAlone resolves "on the 25th".
func (c Context) dayAlone(m moment) entente.Date {
	now := c.now()
	if now.IsZero() {
		return entente.Date{}
	}
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch {
	case m.up > 0:
		first = first.AddDate(0, step(m.up), 0)
	case c.Future && m.day < now.Day():
		first = first.AddDate(0, 1, 0)
	case !c.Future && m.day > now.Day():
		first = first.AddDate(0, -1, 0)
	}
	return dayOfMonth(first.Year(), int(first.Month()), m.day)
}
