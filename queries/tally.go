package queries

import (
	"cmp"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// Intensity returns how co-operative (up to 10) or hostile (down to -10) a claim
// is: the score of its PLOVER type ([entente.Intensity]), by the status of the
// record that tells most. What is denied by all who tell it weighs nothing, and
// neither does what was called off, but for a meeting, which is a REJECT. A
// hostile act that is planned weighs no more than a threat, of which PLOVER would
// make it (manual, section 2.3). How many tell a claim does not count, nor how
// sure the reader was.
func (g Group) Intensity() float64 {
	plover := g.Relation.Plover(g.Status, g.Object.Kind)
	switch {
	case g.Status == entente.Denied, g.Status == entente.CalledOff && g.Relation.About().Plover != "CONSULT":
		return 0
	case g.Status == entente.Planned:
		return max(entente.Intensity(plover), entente.Intensity("THREATEN"))
	}
	return entente.Intensity(plover)
}

// A Tally counts claims, each of which several reports may tell.
type Tally struct {
	Count        int     `json:"count"`
	First        string  `json:"first,omitempty"` // date of the first in time that has one
	Last         string  `json:"last,omitempty"`  // and of the last
	Contested    int     `json:"contested"`       // those on which reports contradict each other
	Corroborated int     `json:"corroborated"`    // those that two or more publishers tell in words of their own
	Cooperation  float64 `json:"cooperation"`     // sum of the intensities above 0, see Group.Intensity
	Conflict     float64 `json:"conflict"`        // sum of those below 0, without the sign
	Balance      float64 `json:"balance"`         // from -1, conflict only, to 1, co-operation only; 0 also where there is neither
}

// NewTally counts claims, in any order.
func NewTally(groups []Group) Tally {
	t := Tally{Count: len(groups)}
	var first, last entente.Date
	for _, g := range groups {
		if len(g.Contested) > 0 {
			t.Contested++
		}
		if g.Publishers > 1 {
			t.Corroborated++
		}
		t.Cooperation += max(g.Intensity(), 0)
		t.Conflict += max(-g.Intensity(), 0)
		d := dateOf(g.Record)
		if d.IsZero() {
			continue
		}
		if first.IsZero() || d.Compare(first) < 0 {
			first = d
		}
		if last.IsZero() || d.Compare(last) > 0 {
			last = d
		}
	}
	t.First, t.Last = first.EDTF, last.EDTF
	if sum := t.Cooperation + t.Conflict; sum > 0 {
		t.Balance = (t.Cooperation - t.Conflict) / sum
	}
	return t
}

// By is what claims are divided by.
type By string

// What claims can be divided by.
const (
	ByRelation By = "relation" // most claims first
	ByPlover   By = "plover"   // PLOVER type, most claims first; "" for standing relations
	ByMonth    By = "month"    // in order of time
)

// Bys lists what claims can be divided by.
var Bys = []By{ByRelation, ByPlover, ByMonth}

// A Part is those of some claims that share their relation, their PLOVER type or
// their month.
type Part struct {
	By    By     `json:"by"`
	Key   string `json:"key"`             // the relation, the type, or the month as EDTF
	Apart bool   `json:"apart,omitempty"` // by month: the claims belong to no month; Key is the date that they have, "" for none
	Tally
	Claims []Group `json:"claims"`
}

// Divide divides claims, such as those that [Between] returns; each is in one
// part, and in their order there.
//
// By month: a claim is in a month if all the days that its date may mean are. The
// rest is known to no month: what is dated to a year, a season or a longer time,
// or has no date, comes after the months in parts that are Apart, one for each
// date. Months without a claim are left out.
func Divide(groups []Group, by By) []Part {
	type name struct {
		key   string
		apart bool
	}
	index := map[name]int{}
	var parts []Part
	for _, g := range groups {
		var p name
		switch by {
		case ByMonth:
			p.key, p.apart = monthOf(g.Record)
		case ByPlover:
			p.key = g.Relation.Plover(g.Status, g.Object.Kind)
		default:
			p.key = string(g.Relation)
		}
		i, ok := index[p]
		if !ok {
			i = len(parts)
			index[p], parts = i, append(parts, Part{By: by, Key: p.key, Apart: p.apart})
		}
		parts[i].Claims = append(parts[i].Claims, g)
	}
	for i := range parts {
		parts[i].Tally = NewTally(parts[i].Claims)
	}
	slices.SortFunc(parts, compareParts)
	return parts
}

// monthOf returns the month that a record's date lies in, or, apart, its date.
func monthOf(r entente.Record) (key string, apart bool) {
	d := dateOf(r)
	first, last := d.Earliest(), d.Latest()
	if first.IsZero() || last.IsZero() || first.Year() != last.Year() || first.Month() != last.Month() {
		return r.Date, true
	}
	return strings.TrimSuffix(entente.NewDay(first).EDTF, first.Format("-02")), false
}

// compareParts orders months in time, those apart behind, all else by number of
// claims and then by name, standing relations last.
func compareParts(a, b Part) int {
	if a.By == ByMonth {
		return cmp.Or(boolInt(a.Apart)-boolInt(b.Apart), entente.Date{EDTF: a.Key}.Compare(entente.Date{EDTF: b.Key}))
	}
	return cmp.Or(boolInt(a.Key == "")-boolInt(b.Key == ""), b.Count-a.Count, cmp.Compare(a.Key, b.Key))
}
