package when

import (
	"fmt"
	"strings"
	"time"

	"github.com/entente-kg/entente"
)

// step returns by how many units a word of class which moves.
func step(which int) int {
	switch which {
	case whichLast, whichPrevious:
		return -1
	case whichNext, whichFollowing:
		return 1
	}
	return 0
}

// parse returns the date of an EDTF text, the zero Date where that is not
// valid: a range that ends before it begins, the thirtieth of February.
func parse(edtf string) entente.Date {
	d, err := entente.ParseDate(edtf)
	if err != nil {
		return entente.Date{}
	}
	return d
}

// day returns the day t; the zero Date for the zero time.
func day(t time.Time) entente.Date {
	if t.IsZero() || t.Year() < 0 || t.Year() > 9999 {
		return entente.Date{}
	}
	return entente.NewDay(t)
}

func dayOfMonth(y, m, d int) entente.Date { return parse(fmt.Sprintf("%04d-%02d-%02d", y, m, d)) }

func monthOf(y, m int) entente.Date { return parse(fmt.Sprintf("%04d-%02d", y, m)) }

func yearOf(y int) entente.Date { return parse(fmt.Sprintf("%04d", y)) }

func monthDate(t time.Time) entente.Date { return monthOf(t.Year(), int(t.Month())) }

// span returns the interval from a to b, one date where they are the same.
func span(a, b entente.Date) entente.Date {
	switch {
	case a.IsZero() || b.IsZero():
		return entente.Date{}
	case a.EDTF == b.EDTF:
		return a
	}
	first, _, _ := strings.Cut(a.EDTF, "/")
	last := b.EDTF[strings.LastIndexByte(b.EDTF, '/')+1:]
	return parse(first + "/" + last)
}

// startOfWeek returns the Monday of t's week (ISO 8601).
func startOfWeek(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

// onOrBefore returns the last day of the week 1 to 7 on or before t.
func onOrBefore(t time.Time, weekday int) time.Time {
	return t.AddDate(0, 0, -((int(t.Weekday()) - weekday + 14) % 7))
}

// onOrAfter returns the next day of the week 1 to 7 on or after t.
func onOrAfter(t time.Time, weekday int) time.Time {
	return t.AddDate(0, 0, (weekday-int(t.Weekday())+7)%7)
}

// shiftUnit returns the first day of the month, year, decade or century n units
// from that of t.
func shiftUnit(t time.Time, n, u int) time.Time {
	switch u {
	case unitMonth:
		return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	case unitDecade:
		n *= 10
	case unitCentury:
		n *= 100
	}
	return time.Date(t.Year()+n, 1, 1, 0, 0, 0, 0, time.UTC)
}

// unitDate returns the month, year, decade or century of t.
func unitDate(t time.Time, u int) entente.Date {
	if t.Year() < 1 || t.Year() > 9999 {
		return entente.Date{}
	}
	switch u {
	case unitMonth:
		return monthDate(t)
	case unitDecade:
		return parse(fmt.Sprintf("%03dX", t.Year()/10))
	case unitCentury:
		return parse(fmt.Sprintf("%02dXX", t.Year()/100))
	}
	return yearOf(t.Year())
}

// add moves a day by n units; a month later than 31 January is the last of
// February.
func add(t time.Time, n, u int) time.Time {
	if t.IsZero() {
		return t
	}
	months := 0
	switch u {
	case unitDay:
		return t.AddDate(0, 0, n)
	case unitWeek:
		return t.AddDate(0, 0, 7*n)
	case unitMonth:
		months = n
	case unitQuarter:
		months = 3 * n
	case unitDecade:
		months = 120 * n
	case unitCentury:
		months = 1200 * n
	default:
		months = 12 * n
	}
	moved := t.AddDate(0, months, 0)
	if moved.Day() != t.Day() {
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}
