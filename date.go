package entente

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// A Basis says how a report gives a date.
type Basis string

// The bases of a date; the zero value means that there is none.
const (
	Stated   Basis = "stated"   // "on 9 July 2025"
	Resolved Basis = "resolved" // "on Wednesday", worked out from the dateline
)

// Date is a day, month, year or interval of EDTF level 1 (ISO 8601-2:2019,
// annex A): "2023-10", "2025-07-11/2025-07-13", "2024-10/..". The zero Date is
// unknown; the day of publication never stands in for it.
//
// [ParseDate] checks EDTF. The methods take a Date whose EDTF is not valid as
// unknown.
type Date struct {
	EDTF  string `json:"edtf"`
	Basis Basis  `json:"basis,omitempty"`
	From  Span   `json:"from,omitzero"` // the words that it was read from
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.EDTF == "" }

// NewDay returns the day, in UTC, on which t lies; of a year beyond 9999 the
// year alone, since level 1 has no days there.
func NewDay(t time.Time) Date {
	t = t.UTC()
	if y := t.Year(); y < -9999 || y > 9999 {
		return Date{EDTF: formatYear(y)}
	}
	return Date{EDTF: formatYear(t.Year()) + t.Format("-01-02")}
}

// String returns the EDTF form, or "unknown".
func (d Date) String() string {
	if d.IsZero() {
		return "unknown"
	}
	return d.EDTF
}

// A Precision is the unit in which a date is given.
type Precision string

// The precisions of dates, finest first; the zero value is that of an unknown
// date.
const (
	ToDay     Precision = "day"
	ToMonth   Precision = "month"
	ToSeason  Precision = "season"
	ToYear    Precision = "year"
	ToDecade  Precision = "decade"
	ToCentury Precision = "century"
	Between   Precision = "interval" // two ends, one of which may be open
)

// Precision returns the unit in which d is given. A day without its month
// ("1985-XX-XX") has the precision of the year, as its bounds do.
func (d Date) Precision() Precision {
	p, err := parseEDTF(d.EDTF)
	if err != nil {
		return ""
	}
	return p.precision
}

// Earliest returns the first day that d may mean, at midnight UTC. It is the
// zero time where d is unknown or has no known start ("../2024", "/2024").
// A season is three whole months, spring beginning in March and winter ending
// in February of the year after: the standard leaves its bounds open.
func (d Date) Earliest() time.Time {
	p, err := parseEDTF(d.EDTF)
	if err != nil {
		return time.Time{}
	}
	return p.first
}

// Latest returns the last day that d may mean, at midnight UTC, or the zero
// time where d is unknown or has no known end ("2024-10/..", "2024-10/").
func (d Date) Latest() time.Time {
	p, err := parseEDTF(d.EDTF)
	if err != nil {
		return time.Time{}
	}
	return p.last
}

// Overlaps reports whether d and e may share a day. An open or unknown end
// reaches for ever; an unknown date overlaps nothing.
func (d Date) Overlaps(e Date) bool {
	p, err := parseEDTF(d.EDTF)
	q, err2 := parseEDTF(e.EDTF)
	if err != nil || err2 != nil {
		return false
	}
	return startsBy(p, q) && startsBy(q, p)
}

// startsBy reports whether p begins no later than q ends.
func startsBy(p, q edtf) bool {
	return p.first.IsZero() || q.last.IsZero() || !p.first.After(q.last)
}

// Compare orders dates in time: by earliest day, then by latest, then by their
// form. What has no start comes first, what has no end after what has, and an
// unknown date after all.
func (d Date) Compare(e Date) int {
	p, err := parseEDTF(d.EDTF)
	q, err2 := parseEDTF(e.EDTF)
	if err != nil || err2 != nil {
		return cmp.Or(boolRank(err != nil)-boolRank(err2 != nil), strings.Compare(d.EDTF, e.EDTF))
	}
	return cmp.Or(
		boolRank(!p.first.IsZero())-boolRank(!q.first.IsZero()),
		p.first.Compare(q.first),
		boolRank(p.last.IsZero())-boolRank(q.last.IsZero()),
		p.last.Compare(q.last),
		strings.Compare(d.EDTF, e.EDTF),
	)
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ParseDate reads a date of EDTF level 1 (ISO 8601-2:2019, annex A; Library of
// Congress, EDTF, 2019): years of four digits, negative ones and those with Y;
// months, days, seasons 21 to 24; unspecified digits X; the qualifiers ?, ~ and
// %; intervals with open ("..") or unknown ends. Times of day, which level 0
// has, are refused: no claim needs one. The error names the column and says
// what would be right.
func ParseDate(s string) (Date, error) {
	if _, err := parseEDTF(s); err != nil {
		return Date{}, err
	}
	return Date{EDTF: s}, nil
}

// edtf is what a valid EDTF string means. A zero first or last is unbounded.
type edtf struct {
	first, last time.Time
	precision   Precision
}

// parseEDTF reads a date or an interval (EDTF level 0
// "Time Interval", level 1 "Extended Interval").
func parseEDTF(s string) (edtf, error) {
	if s == "" {
		return edtf{}, fmt.Errorf("empty date; %s", dateHint)
	}
	start, end, isInterval := strings.Cut(s, "/")
	if !isInterval {
		return parsePoint(s, s, 0)
	}
	at := len(start) + 1
	if strings.Contains(end, "/") {
		return edtf{}, dateError(s, at+strings.Index(end, "/"), "a second slash; a day is written 2025-07-09")
	}
	first, err := parseEnd(s, start, 0)
	if err != nil {
		return edtf{}, err
	}
	last, err := parseEnd(s, end, at)
	if err != nil {
		return edtf{}, err
	}
	if first.first.IsZero() && last.last.IsZero() {
		return edtf{}, dateError(s, 0, "both ends are open; give at least one")
	}
	if !startsBy(first, last) {
		return edtf{}, dateError(s, at, "the end lies before the start")
	}
	return edtf{first.first, last.last, Between}, nil
}

// parseEnd reads one end of an interval: open, unknown or a date.
func parseEnd(whole, s string, at int) (edtf, error) {
	if s == "" || s == ".." {
		return edtf{}, nil
	}
	return parsePoint(whole, s, at)
}

const dateHint = `dates are written 2025, 2025-07, 2025-07-09 or 2025-07-11/2025-07-13`

func dateError(whole string, at int, text string) error {
	return fmt.Errorf("date %q: column %d: %s", whole, at+1, text)
}

// parsePoint reads a date that is not an interval. It starts at byte at of
// whole, for errors.
func parsePoint(whole, s string, at int) (edtf, error) {
	body := s
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, "~") || strings.HasSuffix(s, "%") {
		body = s[:len(s)-1] // level 1 "Qualification of a date"; the bounds stay
	}
	if strings.HasPrefix(body, "Y") {
		return parseLongYear(whole, body, at)
	}
	sign := 1
	if strings.HasPrefix(body, "-") { // level 1 "Negative calendar year"
		sign, body, at = -1, body[1:], at+1
	}
	parts := strings.SplitN(body, "-", 3)
	year, yearX, ok := digits(parts[0], 4)
	switch {
	case !ok && strings.Contains(s, "T") && len(parts) == 3:
		return edtf{}, dateError(whole, at+strings.Index(body, "T"), "a time of day; leave it out")
	case !ok || yearX > 2:
		return edtf{}, dateError(whole, at, "no year of four digits; "+dateHint)
	case sign < 0 && yearX > 0:
		return edtf{}, dateError(whole, at, "a negative year with unspecified digits")
	case yearX > 0:
		return parseCoarseYear(whole, parts, year, yearX, at)
	case len(parts) == 1:
		return yearSpan(sign*year, 1, ToYear), nil
	}
	return parseMonth(whole, parts, sign*year, at+5)
}

// parseLongYear reads a year of more than four digits after Y (level 1
// "Letter-prefixed calendar year").
func parseLongYear(whole, s string, at int) (edtf, error) {
	n, sign := s[1:], 1
	if strings.HasPrefix(n, "-") {
		n, sign = n[1:], -1
	}
	year, x, ok := digits(n, len(n))
	if !ok || x > 0 || len(n) < 5 || len(n) > 9 || n[0] == '0' {
		return edtf{}, dateError(whole, at+1, "after Y comes a year of five to nine digits and no more; a shorter one needs no Y")
	}
	return yearSpan(sign*year, 1, ToYear), nil
}

// parseCoarseYear reads a year whose last one or two digits are unspecified
// (level 1 "Unspecified digit(s) from the right").
func parseCoarseYear(whole string, parts []string, year, unspecified, at int) (edtf, error) {
	if len(parts) > 1 {
		return edtf{}, dateError(whole, at+5, "a month in an unspecified year; give the year or leave the month out")
	}
	if unspecified == 1 {
		return yearSpan(year, 10, ToDecade), nil
	}
	return yearSpan(year, 100, ToCentury), nil
}

// yearSpan returns n whole years. In year 1, whose first day is the zero time,
// the second day stands for it, since zero means unbounded.
func yearSpan(year, n int, p Precision) edtf {
	return newSpan(day(year, 1, 1), day(year+n, 1, 0), p)
}

func newSpan(first, last time.Time, p Precision) edtf {
	if first.IsZero() {
		first = first.AddDate(0, 0, 1)
	}
	if last.IsZero() {
		last = last.AddDate(0, 0, 1)
	}
	return edtf{first, last, p}
}

func day(year, month, d int) time.Time {
	return time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
}

// parseMonth reads what follows the year: a month, a season (level 1
// "Seasons") or XX, and perhaps a day.
func parseMonth(whole string, parts []string, year, at int) (edtf, error) {
	month, x, ok := digits(parts[1], 2)
	isSeason := 21 <= month && month <= 24
	switch {
	case !ok || x == 1:
		return edtf{}, dateError(whole, at, "no month of two digits; "+dateHint)
	case x == 2 && (len(parts) == 2 || parts[2] == "XX"):
		return yearSpan(year, 1, ToYear), nil
	case x == 2:
		return edtf{}, dateError(whole, at, "a day in an unspecified month; give the month or write XX for the day too")
	case isSeason && len(parts) > 2:
		return edtf{}, dateError(whole, at+3, "a day in a season")
	case isSeason:
		first := 3 * (month - 20)
		return newSpan(day(year, first, 1), day(year, first+3, 0), ToSeason), nil
	case month < 1 || month > 12:
		return edtf{}, dateError(whole, at, "no such month; months are 01 to 12, seasons 21 (spring) to 24 (winter)")
	case len(parts) == 2 || parts[2] == "XX":
		return newSpan(day(year, month, 1), day(year, month+1, 0), ToMonth), nil
	}
	return parseDay(whole, parts[2], year, month, at+3)
}

func parseDay(whole, s string, year, month, at int) (edtf, error) {
	d, x, ok := digits(s, 2)
	if (!ok || x > 0) && strings.Contains(s, "T") {
		return edtf{}, dateError(whole, at+strings.Index(s, "T"), "a time of day; leave it out")
	}
	if !ok || x > 0 {
		return edtf{}, dateError(whole, at, "no day of two digits; "+dateHint)
	}
	if last := day(year, month+1, 0).Day(); d < 1 || d > last {
		return edtf{}, dateError(whole, at, fmt.Sprintf("no such day; that month has %d", last))
	}
	t := day(year, month, d)
	return newSpan(t, t, ToDay), nil
}

// digits reads s as n digits, the last of which may be X (unspecified, read as
// 0), and counts the Xs.
func digits(s string, n int) (value, unspecified int, ok bool) {
	if len(s) != n || n == 0 || n > 9 {
		return 0, 0, false
	}
	for i := range n {
		switch c := s[i]; {
		case c == 'X':
			unspecified++
			value *= 10
		case '0' <= c && c <= '9' && unspecified == 0:
			value = value*10 + int(c-'0')
		default:
			return 0, 0, false
		}
	}
	return value, unspecified, true
}

// formatYear writes a year as EDTF has it.
func formatYear(y int) string {
	switch {
	case y > 9999 || y < -9999:
		return fmt.Sprintf("Y%d", y)
	case y < 0:
		return fmt.Sprintf("-%04d", -y)
	}
	return fmt.Sprintf("%04d", y)
}
