package entente_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
)

func TestDateRelations(t *testing.T) {
	type row struct{ d, e, before, after, intersects, during string }
	for _, tt := range []row{
		{"2023-10-18", "2023-10-19", "yes", "no", "no", "no"},
		{"2023-10-18", "2023-10-18", "no", "no", "yes", "yes"},
		{"2023-10", "2023-10-18", "maybe", "maybe", "maybe", "maybe"},
		{"2023-10-18", "2023-10", "maybe", "maybe", "maybe", "yes"},
		{"2023-10-31", "2023-10", "no", "maybe", "maybe", "yes"},
		{"2023-10", "2023-10", "maybe", "maybe", "maybe", "yes"},
		{"2023-09", "2023-10", "yes", "no", "no", "no"},
		{"2023", "2023-10", "maybe", "maybe", "maybe", "maybe"},
		{"2025-07-11/2025-07-13", "2025-07-12", "no", "no", "yes", "no"},
		{"2025-07-12", "2025-07-11/2025-07-13", "no", "no", "yes", "yes"},
		{"2025-07/2025-09", "2025-08-15", "no", "no", "yes", "no"},
		{"2025-07/2025-09", "2025-07-15", "no", "maybe", "maybe", "no"},
		{"2024-10/..", "2025-01-01", "no", "no", "yes", "no"},
		{"2024-10/", "2025-01-01", "maybe", "no", "maybe", "no"},
		{"2025-01-01", "2024-10/..", "no", "no", "yes", "yes"},
		{"2025-01-01", "2024-10/", "no", "maybe", "maybe", "maybe"},
		{"../2024", "2023-05-01", "no", "no", "yes", "no"},
		{"2023~", "2022?", "no", "yes", "no", "no"},
		{"", "2022", "maybe", "maybe", "maybe", "maybe"},
		{"2022", "", "maybe", "maybe", "maybe", "maybe"},
	} {
		d, e := entente.Date{EDTF: tt.d}, entente.Date{EDTF: tt.e}
		got := row{tt.d, tt.e, string(d.Before(e)), string(d.After(e)), string(d.Intersects(e)), string(d.During(e))}
		if got != tt {
			t.Errorf("got %v, want %v", got, tt)
		}
	}
}

// stretch is one way in which what a date dates may have been: first and last day.
type stretch struct{ start, end int }

// horizon is so far that what has no end reaches it.
const horizon = 1000

// TestDateRelationsByDay compares the relations with what comes of trying every
// day that two dates may mean.
func TestDateRelationsByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := drawDate(t, "d"), drawDate(t, "e")
		ds, es, periods := stretches(d), stretches(e), wholes(e)
		check := func(name string, got entente.Truth, others []stretch, holds func(a, b stretch) bool) {
			want := quantify(ds, others, holds)
			if got != want {
				t.Fatalf("%s %s %s = %s, want %s by trying every day", d, name, e, got, want)
			}
		}
		before := func(a, b stretch) bool { return a.end < b.start }
		after := func(a, b stretch) bool { return a.start > b.end }
		check("before", d.Before(e), es, before)
		check("after", d.After(e), es, after)
		check("intersects", d.Intersects(e), es, func(a, b stretch) bool { return !before(a, b) && !after(a, b) })
		check("during", d.During(e), periods, func(a, b stretch) bool { return b.start <= a.start && a.end <= b.end })
	})
}

// quantify tells whether something holds of all pairs, of none, or of some.
func quantify(as, bs []stretch, holds func(a, b stretch) bool) entente.Truth {
	var some, none bool
	for _, a := range as {
		for _, b := range bs {
			if holds(a, b) {
				some = true
			} else {
				none = true
			}
		}
	}
	switch {
	case some && none:
		return entente.Maybe
	case some:
		return entente.Yes
	}
	return entente.No
}

// drawDate draws a date of the first months of 2024, so that dates often touch.
func drawDate(t *rapid.T, name string) entente.Date {
	unit := rapid.SampledFrom([]string{
		"2024-01", "2024-02", "2024-01-01", "2024-01-02", "2024-01-15", "2024-01-31", "2024-02-01", "2024-02-02", "2024-02-29", "2024-03-01",
	})
	end := rapid.OneOf(unit, rapid.SampledFrom([]string{"", ".."}))
	for {
		text := unit.Draw(t, name)
		if rapid.Bool().Draw(t, name+" is interval") {
			text = end.Draw(t, name+" start") + "/" + end.Draw(t, name+" end")
		}
		if d, err := entente.ParseDate(text); err == nil {
			return d
		}
	}
}

// daysIn returns the days that a unit holds, counted from 2024-01-01.
func daysIn(unit string) (days []int) {
	d := entente.Date{EDTF: unit}
	zero := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for day := d.Earliest(); !day.After(d.Latest()); day = day.AddDate(0, 0, 1) {
		days = append(days, int(day.Sub(zero).Hours()/24))
	}
	return days
}

// stretches lists every way in which what d dates may have been. What is not known
// to end may end on any of some days more than the dates drawn reach.
func stretches(d entente.Date) (all []stretch) {
	start, end, isInterval := strings.Cut(d.EDTF, "/")
	if !isInterval {
		for _, day := range daysIn(start) {
			all = append(all, stretch{day, day})
		}
		return all
	}
	bounds := func(text string, open int) []int {
		switch text {
		case "..":
			return []int{open}
		case "":
			var any []int
			for day := -100; day <= 100; day++ {
				any = append(any, day)
			}
			return any
		}
		return daysIn(text)
	}
	for _, s := range bounds(start, -horizon) {
		for _, e := range bounds(end, horizon) {
			if s <= e {
				all = append(all, stretch{s, e})
			}
		}
	}
	return all
}

// wholes lists what a period may be: one stretch, but where an end is not known.
func wholes(d entente.Date) (all []stretch) {
	first, last := horizon, -horizon
	for _, s := range stretches(d) {
		first, last = min(first, s.start), max(last, s.end)
	}
	switch {
	case strings.HasPrefix(d.EDTF, "/"):
		for day := first; day <= last; day++ {
			all = append(all, stretch{day, last})
		}
	case strings.HasSuffix(d.EDTF, "/"):
		for day := first; day <= last; day++ {
			all = append(all, stretch{first, day})
		}
	default:
		all = []stretch{{first, last}}
	}
	return all
}

func ExampleDate_During() {
	month, _ := entente.ParseDate("2023-10")
	day, _ := entente.ParseDate("2023-10-18")
	fmt.Println(day.During(month), month.During(day), month.Before(day))
	// Output: yes maybe maybe
}
