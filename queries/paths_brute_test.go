package queries

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
)

// TestPathsAgainstBruteForce compares paths of every sort with those that an
// enumeration of all walks and all choices of claims finds, on random graphs:
// 1,000 of them, or as many as ENTENTE_PATH_GRAPHS says.
func TestPathsAgainstBruteForce(t *testing.T) {
	graphs := 1000
	if n, err := strconv.Atoi(os.Getenv("ENTENTE_PATH_GRAPHS")); err == nil {
		graphs = n
	} else if testing.Short() {
		graphs = 200
	}
	found := map[string]int{} // by sort of question, answers with a path
	for seed := range graphs {
		w := randomWorld(rand.New(rand.NewPCG(uint64(seed), 5)))
		g := w.graph(t)
		for range 12 {
			q := w.randomQuestion()
			want := w.bruteForce(q)
			got, err := Paths(context.Background(), g, q.from, q.to, q.PathOptions)
			if err != nil {
				t.Fatal(err)
			}
			if diff := w.differ(q, want, got); diff != "" {
				t.Fatalf("graph %d, %s to %s, %+v: %s\n%s", seed, q.from, q.to, q.PathOptions, diff, w)
			}
			first, err := Path(context.Background(), g, q.from, q.to, q.PathOptions)
			if err != nil || len(got) == 0 && len(first.Hops) > 0 || len(got) > 0 && !slices.Equal(entitiesOf(first), entitiesOf(got[0])) {
				t.Fatalf("graph %d, %s to %s, %+v: Path = %v, %v, Paths begins otherwise\n%s", seed, q.from, q.to, q.PathOptions, entitiesOf(first), err, w)
			}
			count(found, q, got)
		}
		_ = g.Close()
	}
	for _, sort := range []string{"any", "certain", "possible", "earliest", "all", "several", "avoid", "through", "dates", "officials", "any status"} {
		if found[sort] < graphs/50 {
			t.Errorf("%d of %d graphs have a path for %q: the questions are too seldom answered to test it", found[sort], graphs, sort)
		}
	}
	t.Logf("%d graphs; paths found: %v", graphs, found)
}

func count(found map[string]int, q pathQuery, got []Route) {
	if len(got) == 0 {
		return
	}
	for sort, is := range map[string]bool{
		"any": true, "certain": got[0].Order == CertainOrder, "possible": got[0].Order == PossibleOrder, "earliest": q.Earliest,
		"all": q.All && len(got) > 1, "several": q.K > 1 && len(got) > 1, "avoid": len(q.Avoid) > 0, "through": len(q.Through) > 0 && len(got[0].Hops) > 1,
		"dates": !q.Since.IsZero() || !q.Until.IsZero(), "officials": got[0].Hops[0].From.ID != got[0].From.ID, "any status": got[0].AnyStatus,
	} {
		if is {
			found[sort]++
		}
	}
}

type pathQuery struct {
	from, to entente.EntityID
	PathOptions
}

func (w *bruteWorld) randomQuestion() pathQuery {
	r := w.rnd
	a, b := pick(r, w.entities), pick(r, w.entities)
	q := pathQuery{a.ID, b.ID, PathOptions{MaxHops: r.IntN(6), NoOfficials: r.IntN(3) == 0}}
	switch r.IntN(4) {
	case 0, 1:
		q.K = 1 + r.IntN(12)
	case 2:
		q.All = true
		q.K = max(r.IntN(6)-2, 0)
	}
	q.InOrder, q.Earliest = r.IntN(2) == 0, r.IntN(3) == 0
	if r.IntN(4) == 0 {
		q.Since = entente.Date{EDTF: pick(r, []string{"2024-03-02", "2024-03", "2024"})}
	}
	if r.IntN(4) == 0 {
		q.Until = entente.Date{EDTF: pick(r, []string{"2024-03-02", "2024-03", "2024"})}
	}
	if r.IntN(6) == 0 {
		q.Relations = []entente.Relation{entente.Met, entente.Visited}
	}
	if r.IntN(6) == 0 {
		q.WithoutRelations = []entente.Relation{entente.Accused}
	}
	if c := pick(r, w.entities).ID; r.IntN(4) == 0 && w.top[c] != w.top[a.ID] && w.top[c] != w.top[b.ID] {
		q.Avoid = []entente.EntityID{c}
	}
	if r.IntN(5) == 0 {
		q.Through = []entente.Kind{pick(r, bruteKinds)}
	}
	return q
}

// bruteRoute is a route with all that it is ranked by.
type bruteRoute struct {
	entities    []entente.EntityID
	certain     bool
	arrival     int64
	reports     []int     // of the hops, sorted
	confidences []float32 // likewise
	anyStatus   bool
}

// bruteForce lists the routes that Paths must return.
func (w *bruteWorld) bruteForce(q pathQuery) []bruteRoute {
	a, b := w.top[q.from], w.top[q.to]
	if a == b {
		return nil
	}
	for _, anyStatus := range []bool{false, true} {
		for _, withOfficials := range []bool{false, true} {
			starts, goals := []entente.EntityID{a}, []entente.EntityID{b}
			if withOfficials && !q.NoOfficials {
				starts, goals = append(starts, w.officialsOf(a)...), append(goals, w.officialsOf(b)...)
				starts, goals = without(starts, goals, a), without(goals, starts, b)
			}
			var all []bruteRoute
			for _, s := range starts {
				w.walk(q, anyStatus, []entente.EntityID{s}, starts, goals, &all)
			}
			if len(all) > 0 {
				return q.wanted(all)
			}
		}
	}
	return nil
}

// without leaves out who stands on the other side too, but the end that was asked for.
func without(ids, others []entente.EntityID, end entente.EntityID) (list []entente.EntityID) {
	for _, id := range ids {
		if id == end || !slices.Contains(others, id) {
			list = append(list, id)
		}
	}
	return list
}

func (w *bruteWorld) officialsOf(state entente.EntityID) (ids []entente.EntityID) {
	of := w.entity(state)
	for _, e := range w.entities {
		if of.Kind == entente.State && e.Kind == entente.Person && w.top[e.ID] == e.ID && (e.State == of.State || w.holdsOffice(e.ID, state)) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

func (w *bruteWorld) holdsOffice(who, state entente.EntityID) bool {
	for _, r := range w.readings {
		for _, c := range r.Claims {
			if c.Relation == entente.HoldsOffice && w.top[c.Subject] == who && w.top[c.Object] == state && c.Status != entente.Denied {
				return true
			}
		}
	}
	return false
}

func (w *bruteWorld) entity(id entente.EntityID) entente.Entity {
	i := slices.IndexFunc(w.entities, func(e entente.Entity) bool { return e.ID == id })
	return w.entities[i]
}

// walk extends a walk in every way and collects those that arrive.
func (w *bruteWorld) walk(q pathQuery, anyStatus bool, so []entente.EntityID, starts, goals []entente.EntityID, all *[]bruteRoute) {
	if slices.ContainsFunc(q.Avoid, func(id entente.EntityID) bool { return w.top[id] == so[len(so)-1] }) {
		return
	}
	if slices.Contains(goals, so[len(so)-1]) {
		if r, ok := w.judge(q, anyStatus, so); ok {
			*all = append(*all, r)
		}
		return
	}
	isEnd := len(so) > 1 && slices.Contains(starts, so[len(so)-1])
	isWrongKind := len(so) > 1 && q.Through != nil && !slices.Contains(q.Through, w.entity(so[len(so)-1]).Kind)
	if isEnd || isWrongKind || len(so) > cmp.Or(q.MaxHops, 6) {
		return
	}
	for _, e := range w.entities {
		if w.top[e.ID] == e.ID && !slices.Contains(so, e.ID) && len(w.between(q, anyStatus, so[len(so)-1], e.ID)) > 0 {
			w.walk(q, anyStatus, append(slices.Clone(so), e.ID), starts, goals, all)
		}
	}
}

// bruteClaim is a claim with its days, cut and uncut.
type bruteClaim struct {
	entente.Claim
	publisher, text  string
	first, last      int64
	earliest, latest int64 // within since and until
}

// between lists the claims that a walk may use from a to b.
func (w *bruteWorld) between(q pathQuery, anyStatus bool, a, b entente.EntityID) (list []bruteClaim) {
	for _, r := range w.readings {
		for _, c := range r.Claims {
			x, y := w.top[c.Subject], w.top[c.Object]
			if !(x == a && y == b || x == b && y == a) || c.Relation == entente.HoldsOffice {
				continue
			}
			if q.Relations != nil && !slices.Contains(q.Relations, c.Relation) || slices.Contains(q.WithoutRelations, c.Relation) {
				continue
			}
			if !anyStatus && c.Status != entente.Occurred && c.Status != entente.Ongoing {
				continue
			}
			if (q.InOrder || q.Earliest || !q.Since.IsZero() || !q.Until.IsZero()) && c.Date.IsZero() {
				continue
			}
			if !q.Since.IsZero() && !c.Date.Latest().IsZero() && c.Date.Latest().Before(q.Since.Earliest()) {
				continue
			}
			if !q.Until.IsZero() && !c.Date.Earliest().IsZero() && c.Date.Earliest().After(q.Until.Latest()) {
				continue
			}
			bc := bruteClaim{Claim: c, publisher: strings.ToLower(strings.TrimSpace(r.Report.Publisher)), text: c.Evidence.Of(r.Report.Text)}
			bc.first, bc.last = bruteDays(c.Date)
			since, _ := bruteDays(q.Since)
			_, until := bruteDays(q.Until)
			bc.earliest, bc.latest = max(bc.first, since), min(bc.last, until)
			list = append(list, bc)
		}
	}
	return list
}

const bruteForever = 1 << 50

func bruteDays(d entente.Date) (first, last int64) {
	first, last = -bruteForever, bruteForever
	if t := d.Earliest(); !t.IsZero() {
		first = t.Unix()
	}
	if t := d.Latest(); !t.IsZero() {
		last = t.Unix()
	}
	return first, last
}

// judge tells how good a walk is, by the best of all choices of claims where time
// counts; ok is false where no choice is in order.
func (w *bruteWorld) judge(q pathQuery, anyStatus bool, entities []entente.EntityID) (r bruteRoute, ok bool) {
	r = bruteRoute{entities: entities, anyStatus: anyStatus}
	choices := [][]bruteClaim{nil}
	for i := range entities[1:] {
		claims := w.between(q, anyStatus, entities[i], entities[i+1])
		r.reports = append(r.reports, mostIndependent(claims))
		sure := float32(0)
		var longer [][]bruteClaim
		for _, c := range claims {
			sure = max(sure, float32(c.Confidence))
			for _, choice := range choices {
				longer = append(longer, append(slices.Clone(choice), c))
			}
		}
		choices = longer
		r.confidences = append(r.confidences, sure)
	}
	slices.Sort(r.reports)
	slices.Sort(r.confidences)
	if !q.InOrder && !q.Earliest {
		return r, true
	}
	for _, choice := range choices {
		possible, certain, arrival := inOrder(choice)
		if !possible {
			continue
		}
		better := !ok || certain && !r.certain || certain == r.certain && arrival < r.arrival
		if q.Earliest {
			better = !ok || arrival < r.arrival || arrival == r.arrival && certain && !r.certain
		}
		if better {
			ok, r.certain, r.arrival = true, certain, arrival
		}
	}
	return r, ok
}

// inOrder tells by the definition whether days can be chosen that do not go back,
// whether all choices are such, and the first day of the last hop.
func inOrder(claims []bruteClaim) (possible, certain bool, arrival int64) {
	possible, certain, arrival = true, true, -bruteForever
	for j, later := range claims {
		arrival = max(arrival, later.earliest)
		for _, sooner := range claims[:j] {
			possible = possible && sooner.earliest <= later.latest
			certain = certain && sooner.last <= later.first
		}
	}
	return possible, certain && possible, arrival
}

// mostIndependent tries all sets of tellings for the greatest of which no two share
// publisher or wording.
func mostIndependent(claims []bruteClaim) int {
	type telling struct{ publisher, words string }
	var told []telling
	for _, c := range claims {
		words := c.text
		if words == bruteSentences[1] {
			words = bruteSentences[0] // but for quotation marks
		}
		if t := (telling{c.publisher, words}); c.publisher != "" && !slices.Contains(told, t) {
			told = append(told, t)
		}
	}
	most := min(len(claims), 1)
	for set := range 1 << len(told) {
		publishers, wordings, n := map[string]bool{}, map[string]bool{}, 0
		for i, t := range told {
			if set>>i&1 == 1 {
				publishers[t.publisher], wordings[t.words] = true, true
				n++
			}
		}
		if len(publishers) == n && len(wordings) == n {
			most = max(most, n)
		}
	}
	return most
}

// wanted sorts the routes and takes those that were asked for.
func (q pathQuery) wanted(all []bruteRoute) []bruteRoute {
	slices.SortFunc(all, q.compare)
	n := cmp.Or(q.K, 1)
	if q.All {
		n = slices.IndexFunc(all, func(r bruteRoute) bool {
			return len(r.entities) != len(all[0].entities) || q.Earliest && r.arrival != all[0].arrival
		})
		if n < 0 {
			n = len(all)
		}
		n = min(n, cmp.Or(q.K, math.MaxInt))
	}
	return all[:min(n, len(all))]
}

func (q pathQuery) compare(a, b bruteRoute) int {
	hops, arrival := len(a.entities)-len(b.entities), cmp.Compare(a.arrival, b.arrival)
	certain := boolInt(b.certain) - boolInt(a.certain)
	order := cmp.Or(hops, certain, arrival)
	if q.Earliest {
		order = cmp.Or(arrival, hops, certain)
	}
	return cmp.Or(order, slices.Compare(b.reports, a.reports), slices.Compare(b.confidences, a.confidences), slices.Compare(a.entities, b.entities))
}

// differ says in what an answer differs from the one that is wanted.
func (w *bruteWorld) differ(q pathQuery, want []bruteRoute, got []Route) string {
	show := func(r bruteRoute) string {
		return fmt.Sprint(r.entities, r.certain, r.arrival, r.reports, r.confidences, r.anyStatus)
	}
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			return "missing " + show(want[i])
		case i >= len(want):
			return fmt.Sprint("not wanted ", entitiesOf(got[i]))
		}
		ids, w1 := entitiesOf(got[i]), want[i]
		isTimed := q.InOrder || q.Earliest
		if !slices.Equal(ids, w1.entities) || got[i].AnyStatus != w1.anyStatus || isTimed && (got[i].Order == CertainOrder) != w1.certain {
			return fmt.Sprint(i, ": got ", ids, got[i].AnyStatus, got[i].Order, got[i].Arrival, ", want ", show(w1))
		}
		var reports []int
		var choice []bruteClaim
		for j, h := range got[i].Hops {
			reports = append(reports, h.Reports)
			claims := w.between(q, w1.anyStatus, ids[j], ids[j+1])
			k := slices.IndexFunc(claims, func(c bruteClaim) bool { return c.ID == h.Claims[0].ID })
			if k < 0 {
				return fmt.Sprint(i, ": hop ", j, " by ", h.Claims[0].ID, ", which does not lead there")
			}
			choice = append(choice, claims[k])
		}
		if slices.Sort(reports); !slices.Equal(reports, w1.reports) {
			return fmt.Sprint(i, ": reports ", reports, ", want ", show(w1))
		}
		if !isTimed {
			continue
		}
		possible, certain, arrival := inOrder(choice)
		day, _ := bruteDays(entente.Date{EDTF: got[i].Arrival})
		if !possible || certain != w1.certain || arrival != w1.arrival || day != w1.arrival {
			return fmt.Sprint(i, ": claims chosen are ", possible, certain, arrival, " arriving ", got[i].Arrival, ", want ", show(w1))
		}
	}
	return ""
}
