package main

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// The shape of a workload. A report has nine claims on average, and
// with what it adds to the shared quads these many quads.
const (
	quadsPerReport  = 148
	claimsPerPerson = 25
	minClaims       = 4
	maxClaims       = 14
	textLen         = 1000 // bytes that a text has at least
	agreements      = 40
	publishers      = 40
	moreReports     = 50 // which question 7 adds
)

// world is who and what the reports of one workload are about. Lists are in
// order of popularity.
type world struct {
	seed       uint64
	reports    int
	actors     []entente.Entity // states first, then places and organisations
	persons    []entente.Entity
	places     []entente.Entity
	agreements []entente.Entity
	relations  []entente.Relation

	actor, person, place, agreement, relation, publisher zipf
}

// newWorld makes the world of a workload of about so many quads.
func newWorld(seed uint64, quads int) *world {
	w := &world{seed: seed, reports: max(1, quads/quadsPerReport)}
	rng := w.stream(0)
	for _, p := range data.Places() {
		w.places = append(w.places, p.Entity())
	}
	for _, s := range data.States() {
		w.actors = append(w.actors, s.Entity())
	}
	states := len(w.actors)
	for _, o := range data.Organisations() {
		w.actors = append(w.actors, o.Entity())
	}
	w.actors = append(w.actors, w.places...)
	shuffle(rng, w.actors[:states])
	shuffle(rng, w.actors[states:])
	shuffle(rng, w.places)
	for _, a := range data.Agreements()[:agreements] {
		w.agreements = append(w.agreements, a.Entity())
	}
	for _, a := range entente.Relations {
		if a.Relation.IsEvent() {
			w.relations = append(w.relations, a.Relation)
		}
	}
	claims := w.reports * (minClaims + maxClaims) / 2
	home := newZipf(states, 1)
	for i := range max(10, claims/claimsPerPerson) {
		name := fmt.Sprintf("Person %d", i)
		w.persons = append(w.persons, entente.Entity{ID: entente.NewEntityID(name), Kind: entente.Person, Name: name, State: w.actors[home.draw(rng)].State})
	}
	w.actor, w.person, w.place = newZipf(len(w.actors), 1), newZipf(len(w.persons), 0.8), newZipf(len(w.places), 1)
	w.agreement, w.relation, w.publisher = newZipf(agreements, 1), newZipf(len(w.relations), 1), newZipf(publishers, 1)
	return w
}

// stream returns the random numbers of a purpose: 0 the world, 1 the questions,
// above that a report. So each report can be made without those before it.
func (w *world) stream(purpose int) *rand.Rand {
	return rand.New(rand.NewPCG(w.seed, uint64(purpose)))
}

func shuffle[T any](rng *rand.Rand, list []T) {
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// zipf draws ranks 0, 1 … in proportion to 1/(rank+1)^s. It holds the sums of
// these weights; the generator of math/rand wants an s above 1.
type zipf []float64

func newZipf(n int, s float64) zipf {
	z := make(zipf, n)
	sum := 0.0
	for i := range z {
		sum += math.Pow(float64(i+1), -s)
		z[i] = sum
	}
	return z
}

func (z zipf) draw(rng *rand.Rand) int {
	i, _ := slices.BinarySearch(z, rng.Float64()*z[len(z)-1])
	return min(i, len(z)-1)
}

// readings makes the reports from first up to last, one after the other.
func (w *world) readings(first, last int) iter.Seq[entente.Reading] {
	return func(yield func(entente.Reading) bool) {
		for n := first; n < last; n++ {
			if !yield(w.reading(n)) {
				return
			}
		}
	}
}

// reading makes a report with what is read from it.
func (w *world) reading(n int) entente.Reading {
	rng := w.stream(2 + n)
	day := time.Date(2015, 1, 1+rng.IntN(3653), 0, 0, 0, 0, time.UTC)
	d := &draft{world: w, rng: rng, day: day, entities: make(map[entente.EntityID]entente.Entity)}
	d.text.WriteString(fmt.Sprintf("Dispatch %d.", n)) // no two texts are the same
	for range minClaims + rng.IntN(maxClaims-minClaims+1) {
		d.claim()
	}
	for d.text.Len() < textLen {
		d.text.WriteString(" " + sentence(rng, 6+rng.IntN(12)))
	}
	return d.reading(n)
}

// draft is a report that is being written.
type draft struct {
	*world
	rng      *rand.Rand
	day      time.Time
	text     strings.Builder
	claims   []entente.Claim
	mentions []entente.Mention
	entities map[entente.EntityID]entente.Entity
}

// chance is true in so many of a hundred cases.
func (d *draft) chance(percent int) bool { return d.rng.IntN(100) < percent }

// write adds words to the text and returns where they stand.
func (d *draft) write(words string) entente.Span {
	start := d.text.Len()
	d.text.WriteString(words)
	return entente.Span{Start: start, End: d.text.Len()}
}

// name writes the name of an entity.
func (d *draft) name(e entente.Entity) entente.EntityID {
	d.entities[e.ID] = e
	d.mentions = append(d.mentions, entente.Mention{Entity: e.ID, Span: d.write(e.Name)})
	return e.ID
}

// claim writes a sentence and the claim that it makes.
func (d *draft) claim() {
	d.write(" ")
	c := entente.Claim{Relation: d.relations[d.relation.draw(d.rng)], Status: d.status()}
	start := d.text.Len()
	c.Subject = d.name(d.who(45))
	d.write(" " + strings.ReplaceAll(string(c.Relation), "_", " ") + " ")
	c.Object = d.name(d.whom(c.Relation, c.Subject))
	c.Date = d.date()
	if d.chance(33) {
		d.write(" in ")
		c.Place = d.name(d.places[d.place.draw(d.rng)])
	}
	if d.chance(20) {
		d.write(", said ")
		c.Attribution = d.name(d.who(50))
	}
	d.write(", " + phrase(d.rng, 3+d.rng.IntN(6)) + ".")
	c.Confidence = float64(40+d.rng.IntN(60)) / 100
	c.Evidence = entente.Span{Start: start, End: d.text.Len()}
	d.claims = append(d.claims, c)
}

// who draws a person in so many of a hundred cases, else an actor of the
// gazetteer.
func (d *draft) who(percent int) entente.Entity {
	if d.chance(percent) {
		return d.persons[d.person.draw(d.rng)]
	}
	return d.actors[d.actor.draw(d.rng)]
}

// whom draws the object of a relation.
func (d *draft) whom(r entente.Relation, subject entente.EntityID) entente.Entity {
	if r == entente.Signed || r == entente.Ratified {
		return d.world.agreements[d.agreement.draw(d.rng)]
	}
	for {
		if e := d.who(30); e.ID != subject {
			return e
		}
	}
}

func (d *draft) status() entente.Status {
	if d.chance(80) {
		return entente.Occurred
	}
	return entente.Statuses[1+d.rng.IntN(len(entente.Statuses)-1)]
}

// date writes when it happened: mostly a day in the two months before the
// report.
func (d *draft) date() entente.Date {
	layout, word := "2006-01-02", " on "
	switch n := d.rng.IntN(100); {
	case n < 12:
		return entente.Date{}
	case n < 20:
		layout, word = "2006", " in "
	case n < 32:
		layout, word = "2006-01", " in "
	}
	edtf := d.day.AddDate(0, 0, -d.rng.IntN(60)).Format(layout)
	d.write(word)
	return entente.Date{EDTF: edtf, Basis: entente.Stated, From: d.write(edtf)}
}

// reading finishes the report.
func (d *draft) reading(n int) entente.Reading {
	publisher := fmt.Sprintf("Gazette %d", d.publisher.draw(d.rng))
	published := entente.NewDay(d.day)
	text := d.text.String()
	id := entente.NewReportID(publisher, published, text)
	for i := range d.claims {
		c := &d.claims[i]
		c.Report = id
		c.ID = entente.NewClaimID(id, c.Relation, c.Subject, c.Object, c.Evidence.Start, 0)
	}
	r := entente.Reading{
		Report: entente.Report{
			ID: id, Publisher: publisher, Published: published, Text: text, Title: sentence(d.rng, 5+d.rng.IntN(5)),
			URL: fmt.Sprintf("https://gazette.example/%s/%d", published.EDTF, n),
		},
		Claims: d.claims, Mentions: d.mentions, Reader: "bench",
	}
	for _, e := range d.entities {
		r.Entities = append(r.Entities, e)
	}
	slices.SortFunc(r.Entities, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return r
}
