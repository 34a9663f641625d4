package entente

import (
	"math"
	"strings"
)

// References:
//
// [Allen]: J. F. Allen, "Maintaining knowledge about temporal intervals",
// Communications of the ACM 26 (1983), 832–843.
//
// [CQL2]: OGC 21-065r2, Common Query Language (CQL2), 2024, temporal operators
// T_BEFORE, T_AFTER, T_INTERSECTS, T_DURING.

// A Truth is what is known of a statement about dates. It is Maybe where dates
// that are not given to the day leave it open.
type Truth string

// The truth values.
const (
	Yes   Truth = "yes"
	No    Truth = "no"
	Maybe Truth = "maybe"
)

// Before tells whether d ends before e begins ([CQL2] T_BEFORE; before or meets
// in [Allen], a day being the unit of time).
//
// Here and in After, Intersects and During a day, month, season or longer unit
// stands for one day in it that is not known: "2023-10" is maybe before
// "2023-10-18". An interval lasts from its start to its end, each as exactly as
// it is given: "2025-07-11/2025-07-13" is not before "2025-07-12". An open end
// ("..") is that of what goes on for ever, an end left out is not known. The
// qualifiers ?, ~ and % change nothing, and of an unknown date everything is Maybe.
func (d Date) Before(e Date) Truth {
	p, ok := extentOf(d)
	q, ok2 := extentOf(e)
	switch {
	case !ok || !ok2:
		return Maybe
	case p.lastEnd < q.firstStart:
		return Yes
	case p.firstEnd >= q.lastStart:
		return No
	}
	return Maybe
}

// After tells whether d begins after e has ended; see Before.
func (d Date) After(e Date) Truth { return e.Before(d) }

// Intersects tells whether d and e share a day ([CQL2] T_INTERSECTS): whether d is
// neither before nor after e; see Before. [Date.Overlaps] asks only whether they may.
func (d Date) Intersects(e Date) Truth {
	before, after := d.Before(e), d.After(e)
	switch {
	case before == Yes || after == Yes:
		return No
	case before == No && after == No:
		return Yes
	}
	return Maybe
}

// During tells whether d lies within a period, whose first and last day belong to
// it (during, starts, finishes or equals in [Allen]). The period is meant as a
// whole, from its first day to its last: "2023-10-18" is during "2023-10", and
// "2023" maybe. For d see Before.
func (d Date) During(period Date) Truth {
	p, ok := extentOf(d)
	q, ok2 := wholeOf(period)
	switch {
	case !ok || !ok2:
		return Maybe
	case p.firstStart >= q.lastStart && p.lastEnd <= q.firstEnd:
		return Yes
	case p.lastStart < q.firstStart || p.firstEnd > q.lastEnd || max(p.firstStart, q.firstStart) > min(p.lastEnd, q.lastEnd):
		return No
	}
	return Maybe
}

// extent bounds the days on which something may have begun and ended. Days count
// from 1970-01-01.
type extent struct {
	firstStart, lastStart int64
	firstEnd, lastEnd     int64
}

const (
	always = math.MinInt64 // the day on which something began that has no start
	never  = math.MaxInt64
)

// extentOf returns the extent of what a date dates; of a unit, of one day in it.
func extentOf(d Date) (extent, bool) {
	p, err := parseEDTF(d.EDTF)
	if err != nil {
		return extent{}, false
	}
	first, last := daysOf(p)
	start, end, isInterval := strings.Cut(d.EDTF, "/")
	if !isInterval {
		return extent{first, last, first, last}, true
	}
	x := extent{first, last, first, last}
	switch start {
	case "..":
		x.lastStart = always
	case "":
		x.firstStart = always + 1
	default:
		q, _ := parseEDTF(start)
		_, startLast := daysOf(q)
		x.lastStart = min(startLast, last)
	}
	switch end {
	case "..":
		x.firstEnd = never
	case "":
		x.lastEnd = never - 1
	default:
		q, _ := parseEDTF(end)
		endFirst, _ := daysOf(q)
		x.firstEnd = max(endFirst, first)
	}
	return x, true
}

// wholeOf returns the extent of a period, which is open only where an end of an
// interval was left out.
func wholeOf(d Date) (extent, bool) {
	p, err := parseEDTF(d.EDTF)
	if err != nil {
		return extent{}, false
	}
	first, last := daysOf(p)
	x := extent{first, first, last, last}
	if strings.HasPrefix(d.EDTF, "/") {
		x.firstStart, x.lastStart = always+1, last
	}
	if strings.HasSuffix(d.EDTF, "/") {
		x.firstEnd, x.lastEnd = first, never-1
	}
	return x, true
}

// daysOf returns the first and the last day of a span, whose ends lie at midnight.
func daysOf(p edtf) (first, last int64) {
	const day = 24 * 60 * 60
	first, last = always, never
	if !p.first.IsZero() {
		first = p.first.Unix() / day
	}
	if !p.last.IsZero() {
		last = p.last.Unix() / day
	}
	return first, last
}
