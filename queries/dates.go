package queries

import (
	"time"

	entente "github.com/entente-kg/entente"
)

// dateOf parses the record's date; the zero Date where it has none.
func dateOf(r entente.Record) entente.Date {
	d, err := entente.ParseDate(r.Date)
	if err != nil {
		return entente.Date{}
	}
	return d
}

// days returns how many days a date leaves open: 0 for a day, more than any
// closed date where an end is open, and most where it is unknown.
func days(d entente.Date) int64 {
	const open = 1 << 40
	first, last := d.Earliest(), d.Latest()
	switch {
	case d.IsZero():
		return 2 * open
	case first.IsZero() || last.IsZero():
		return open
	}
	return int64(last.Sub(first) / (24 * time.Hour))
}
