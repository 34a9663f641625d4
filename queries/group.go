package queries

import (
	"cmp"
	"slices"
	"time"

	entente "github.com/entente-kg/entente"
)

// Group is one claim with all who tell it: the Record that tells most, and the
// others, which may differ in status, date and place; all sources are kept. One
// report is in a group twice only where it tells an event and that somebody
// denies it: what else its reader kept apart are two occasions.
type Group struct {
	entente.Record
	Others    []entente.Record `json:"others,omitempty"`
	Contested []Contest        `json:"contested,omitempty"` // about what its records contradict each other; nil where they agree

	// Publishers is how many publishers tell it independently: the greatest number
	// of its records of which no two have one publisher or one wording, so that a
	// wire text in ten papers counts once, and so does a paper that tells it ten
	// times. Records that deny what the first says do not count. Reports that name
	// no publisher count as one, and only where none is named. 0: not counted, see
	// [Corroborate].
	Publishers int `json:"publishers,omitempty"`
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

// Tellings returns in how many wordings the claim is told, or denied. Evidence of
// the same words counts once, case and punctuation aside: a wire text in ten
// papers is one telling.
func (g Group) Tellings() int {
	texts := map[string]bool{}
	for _, r := range g.Records() {
		texts[wording(r.Text)] = true
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

// GroupRecords puts together the records that tell the same event: same
// relation, same actors (in either order where the relation is symmetric; a visit
// to a city is one to its state), dates that overlap, places that fit, no report
// twice unless it tells and denies. A record joins a group only where it fits one
// group and no other, so that nothing is asserted that the reports leave open;
// those with the narrowest dates are placed first. Then groups whose dates differ
// by as little as reports err are put together, if no report has both: they are
// contested. Records without a date come last. The result is in the order of
// [Compare] and does not depend on the order of records.
func GroupRecords(records []entente.Record) []Group {
	buckets := map[string][]dated{}
	for _, r := range records {
		k := key(r)
		buckets[k] = append(buckets[k], newDated(r))
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
	date        entente.Date
	first, last time.Time // its days; zero for an open end
}

func newDated(r entente.Record) dated {
	d := dateOf(r)
	return dated{r, d, d.Earliest(), d.Latest()}
}

// key is what records of one group must share: relation and actors, of a place
// gone to its state.
func key(r entente.Record) string {
	a, b := string(r.Subject.ID), string(r.Object.ID)
	if r.Relation.IsSymmetric() && b < a {
		a, b = b, a
	}
	if isGoal(r) {
		b = r.Object.State
	}
	return string(r.Relation) + "\x00" + a + "\x00" + b
}

// isGoal reports whether the object of a claim is a place or a state to which the
// subject went, so that one report may name the city and another the state.
func isGoal(r entente.Record) bool {
	return goesTo(r.Relation) && (r.Object.Kind == entente.Place || r.Object.Kind == entente.State) && r.Object.State != "" && r.Object.State != entente.IGO
}

// goesTo reports whether a relation leads to a place.
func goesTo(r entente.Relation) bool { return r == entente.Visited || r == entente.DeployedTo }

// groupBucket groups records that share their key.
func groupBucket(bucket []dated) []Group {
	slices.SortFunc(bucket, byPrecision)
	undated := slices.IndexFunc(bucket, func(r dated) bool { return r.date.IsZero() })
	if undated < 0 {
		undated = len(bucket)
	}
	open := joinContested(place(bucket[:undated], nil))
	open = place(bucket[undated:], open)
	groups := make([]Group, len(open))
	for i, members := range open {
		groups[i] = newGroup(members)
	}
	return groups
}

// place adds each record to the one open group that it fits, and opens one for
// it where none or several do.
func place(records []dated, open [][]dated) [][]dated {
	for _, r := range records {
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
	return open
}

// joinContested puts together groups whose dates contradict each other by so
// little that they are likely to be one event: two of them, and of a paper, which
// is signed once, any number. Where a further group comes near only some of them
// it is open which is meant, and they stay apart.
func joinContested(open [][]dated) [][]dated {
	var out [][]dated
	joined := make([]bool, len(open))
	for i := range open {
		if joined[i] {
			continue
		}
		group := open[i]
		if ring := nearOf(open, i); len(ring) == 2 || len(ring) > 2 && isPaper(open[i][0].Record) {
			group = nil
			for _, j := range ring {
				group = append(group, open[j]...)
				joined[j] = true
			}
		}
		out = append(out, group)
	}
	return out
}

// nearOf returns the ith group and those that come near it, if each comes near
// exactly the same.
func nearOf(open [][]dated, i int) []int {
	ring := closeTo(open, i)
	for _, j := range ring {
		if j != i && !slices.Equal(ring, closeTo(open, j)) {
			return nil
		}
	}
	return ring
}

// closeTo lists the ith group and those that come near it, in order.
func closeTo(open [][]dated, i int) []int {
	var all []int
	for j := range open {
		if j == i || nearAll(open[i], open[j]) {
			all = append(all, j)
		}
	}
	return all
}

// nearAll reports whether each two records of two groups fit but for dates that
// lie a little apart.
func nearAll(a, b []dated) bool {
	for _, r := range a {
		for _, s := range b {
			if r.Report == s.Report || !placesFit(r.Place, s.Place) || !goalsFit(r, s) || !isNear(r, s) {
				return false
			}
		}
	}
	return true
}

// How many days reports err by: a paper is signed once, so that any date of its
// signature is meant to be the same; else "on Tuesday" is easily a day off.
const (
	daysOfPaper = 30
	daysOfEvent = 2
)

// isNear reports whether two dates may be meant to be one; an unknown one, or one
// that is open at an end, may not, unless it overlaps the other.
func isNear(a, b dated) bool {
	limit := daysOfEvent
	if isPaper(a.Record) {
		limit = daysOfPaper
	}
	allowed := time.Duration(limit) * 24 * time.Hour
	switch {
	case a.first.IsZero() || a.last.IsZero() || b.first.IsZero() || b.last.IsZero():
		return !a.date.IsZero() && !b.date.IsZero() && a.date.Overlaps(b.date)
	case a.last.Sub(a.first) > allowed && b.last.Sub(b.first) > allowed: // two months that follow each other
		allowed = 0
	}
	return a.first.Sub(b.last) <= allowed && b.first.Sub(a.last) <= allowed
}

// isPaper reports whether a claim is about what one does once with an agreement.
func isPaper(r entente.Record) bool {
	return slices.Contains(paperRelations, r.Relation) && r.Object.Kind == entente.Agreement
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
	g.Contested = contested(members)
	return g
}

// contested lists what records of one event contradict each other about.
func contested(members []dated) []Contest {
	var status, date bool
	for i, a := range members {
		for _, b := range members[:i] {
			status = status || against(a.Status, b.Status) || against(b.Status, a.Status)
			date = date || lies(a.Status) == lies(b.Status) && lies(a.Status) != 0 &&
				!a.date.IsZero() && !b.date.IsZero() && !a.date.Overlaps(b.date)
		}
	}
	var out []Contest
	if status {
		out = append(out, ContestedStatus)
	}
	if date {
		out = append(out, ContestedDate)
	}
	return out
}

// against reports whether one status contradicts another. A plan that was called
// off has changed; nobody contradicts it.
func against(a, b entente.Status) bool {
	switch a {
	case entente.Denied:
		return b == entente.Occurred || b == entente.Ongoing || b == entente.Planned
	case entente.CalledOff:
		return b == entente.Occurred || b == entente.Ongoing
	}
	return false
}

// lies tells where a status puts an event: -1 in the past, 1 in the future, 0
// nowhere. A date that was planned and another on which it happened do not
// contradict each other.
func lies(s entente.Status) int {
	switch s {
	case entente.Occurred, entente.Ongoing:
		return -1
	case entente.Planned:
		return 1
	}
	return 0
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
	return (a.Report != b.Report || (a.Status == entente.Denied) != (b.Status == entente.Denied)) && placesFit(a.Place, b.Place) && goalsFit(a, b) &&
		(a.date.IsZero() || b.date.IsZero() || a.date.Overlaps(b.date))
}

// goalsFit reports whether the places that two records of one key lead to may be
// one.
func goalsFit(a, b dated) bool {
	return !isGoal(a.Record) || placesFit(&a.Object, &b.Object)
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
