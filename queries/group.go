package queries

import (
	"cmp"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// Group is one claim with all who tell it: the Record that tells most, and the
// others, which may differ in status, precision of the date and place. One
// report is never in a group twice: what its reader kept apart are two
// occasions.
type Group struct {
	entente.Record
	Others    []entente.Record `json:"others,omitempty"`
	Contested []Contest        `json:"contested,omitempty"` // about what its records contradict each other; nil where they agree
}

// A Contest is something about which records of one event contradict each other.
type Contest string

// What is contested.
const (
	ContestedStatus Contest = "status" // one record denies, or says called off, what another says happened or will
	ContestedDate   Contest = "date"   // two dates that cannot both be right
)

// Records returns all records of the group, the one that tells most first.
func (g Group) Records() []entente.Record {
	return append([]entente.Record{g.Record}, g.Others...)
}

// Tellings returns in how many wordings the claim is told. Equal evidence text
// counts once: a wire text in ten papers is one telling.
func (g Group) Tellings() int {
	texts := map[string]bool{}
	for _, r := range g.Records() {
		texts[strings.Join(strings.Fields(r.Text), " ")] = true
	}
	return len(texts)
}

// Statuses returns the statuses under which the claim is told, without repeats,
// that of the first record first and the rest in the order of
// [entente.Statuses].
func (g Group) Statuses() []entente.Status {
	told := []entente.Status{g.Status}
	for _, s := range entente.Statuses {
		if s != g.Status && slices.ContainsFunc(g.Others, func(r entente.Record) bool { return r.Status == s }) {
			told = append(told, s)
		}
	}
	return told
}

// GroupRecords puts together the records that tell the same claim: same
// relation, same actors (in either order where the relation is symmetric), dates
// that overlap, places that fit, no report twice. A record joins a group only
// where it fits one group and no other, so that nothing is asserted that the
// reports leave open; those with the narrowest dates are placed first and those
// without a date last. The result is in the order of [Compare] and does not
// depend on the order of records.
func GroupRecords(records []entente.Record) []Group {
	buckets := map[string][]dated{}
	for _, r := range records {
		k := key(r)
		buckets[k] = append(buckets[k], dated{r, dateOf(r)})
	}
	var groups []Group
	for _, bucket := range buckets {
		groups = append(groups, groupBucket(bucket)...)
	}
	slices.SortFunc(groups, compareGroups)
	return groups
}

// dated is a record with its date parsed.
type dated struct {
	entente.Record
	date entente.Date
}

// key is what records of one group must share: relation and actors.
func key(r entente.Record) string {
	a, b := string(r.Subject.ID), string(r.Object.ID)
	if r.Relation.IsSymmetric() && b < a {
		a, b = b, a
	}
	return string(r.Relation) + "\x00" + a + "\x00" + b
}

// groupBucket groups records that share their key.
func groupBucket(bucket []dated) []Group {
	slices.SortFunc(bucket, byPrecision)
	var open [][]dated
	for _, r := range bucket {
		fits := -1
		for i, members := range open {
			if !fitsAll(r, members) {
				continue
			}
			if fits >= 0 {
				fits = -1 // a second candidate: it is open which is meant
				break
			}
			fits = i
		}
		if fits < 0 {
			open = append(open, []dated{r})
		} else {
			open[fits] = append(open[fits], r)
		}
	}
	groups := make([]Group, len(open))
	for i, members := range open {
		groups[i] = newGroup(members)
	}
	return groups
}

// newGroup puts the record that tells most first.
func newGroup(members []dated) Group {
	slices.SortStableFunc(members, func(a, b dated) int {
		return cmp.Or(cmp.Compare(statusRank(a.Status), statusRank(b.Status)), byPrecision(a, b))
	})
	g := Group{Record: members[0].Record}
	for _, m := range members[1:] {
		g.Others = append(g.Others, m.Record)
	}
	return g
}

// statusRank puts what has happened before what was to happen: a report of the
// visit tells more than one of the plan.
func statusRank(s entente.Status) int {
	return slices.Index([]entente.Status{entente.Occurred, entente.Ongoing, entente.Planned, entente.CalledOff, entente.Denied}, s)
}

// fitsAll reports whether r may tell the same as each of members.
func fitsAll(r dated, members []dated) bool {
	for _, m := range members {
		if !fit(r, m) {
			return false
		}
	}
	return true
}

// fit reports whether two records of the same key may tell the same.
func fit(a, b dated) bool {
	return a.Report != b.Report && placesFit(a.Place, b.Place) &&
		(a.date.IsZero() || b.date.IsZero() || a.date.Overlaps(b.date))
}

// placesFit reports whether two places may be one: either is unknown, they are
// the same, or one is the state that the other lies in.
func placesFit(a, b *entente.Actor) bool {
	switch {
	case a == nil || b == nil || a.ID == b.ID:
		return true
	case a.Kind == entente.State || b.Kind == entente.State:
		return a.Kind != b.Kind && a.State != "" && a.State != entente.IGO && a.State == b.State
	}
	return false
}

// byPrecision orders the records of one key: narrowest date first, undated ones
// last, then a known place, then by time, report and place in the text.
func byPrecision(a, b dated) int {
	return cmp.Or(
		cmp.Compare(days(a.date), days(b.date)),
		cmp.Compare(boolInt(a.Place == nil), boolInt(b.Place == nil)),
		a.date.Compare(b.date),
		cmp.Compare(a.Report, b.Report),
		cmp.Compare(a.Start, b.Start),
		cmp.Compare(a.ID, b.ID),
	)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Compare orders records by time: by the earliest day, then the latest, those
// without a date last; then by report, place in the text and ID.
func Compare(a, b entente.Record) int {
	return cmp.Or(
		dateOf(a).Compare(dateOf(b)),
		cmp.Compare(a.Report, b.Report),
		cmp.Compare(a.Start, b.Start),
		cmp.Compare(a.ID, b.ID),
	)
}

func compareGroups(a, b Group) int { return Compare(a.Record, b.Record) }
