package queries

import (
	"cmp"
	"context"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// A Dossier is what the graph holds on one entity. Every claim about it is in one
// of the lists from Offices to Other, each in order of time; what is below them
// gathers claims once more, from another side.
//
// It is about the entity itself: the deeds of a state's officials stand in their
// own dossiers. Only where the comment says so do they count for the state.
type Dossier struct {
	Entity    entente.Entity  `json:"entity"`              // with every spelling seen as an alias
	Total     Tally           `json:"total"`               // of all claims, of a state with those of its officials
	Officials []entente.Actor `json:"officials,omitempty"` // of a state: persons who act for it, and its government bodies; those with most claims first

	Offices      []Group   `json:"offices,omitempty"`      // of a person those held, of an office or a state who holds them
	Represents   []Group   `json:"represents,omitempty"`   // and is represented by
	Counterparts []Group   `json:"counterparts,omitempty"` // same office elsewhere
	Trips        []Group   `json:"trips,omitempty"`        // made
	Visitors     []Group   `json:"visitors,omitempty"`     // of a place or a state: who came; of a state also to its places, its own officials aside
	Here         []Group   `json:"here,omitempty"`         // of a place: what else happened there
	Meetings     []Partner `json:"meetings,omitempty"`     // most met first
	Agreements   []Paper   `json:"agreements,omitempty"`   // by agreement; of a state with what its officials did
	Parties      []Paper   `json:"parties,omitempty"`      // of an agreement: by party
	Accused      []Group   `json:"accused,omitempty"`      // whom it accused, threatened, protested to
	AccusedBy    []Group   `json:"accused_by,omitempty"`   // who did so to it
	Other        []Group   `json:"other,omitempty"`        // the rest

	Partners  []Tie            `json:"partners,omitempty"`  // of a state or a body of states: the others that it has to do with, most co-operation less conflict first
	Latest    []Group          `json:"latest,omitempty"`    // the ten last events that have a date, the last first; of a state with those of its officials
	Contested []Group          `json:"contested,omitempty"` // of a state with those of its officials
	Reports   []entente.Report `json:"reports,omitempty"`   // that tell of it, without their texts, in order of day
}

// latestClaims is how many a dossier calls the latest.
const latestClaims = 10

// Partner is someone met, with the claims that tell it.
type Partner struct {
	Actor  entente.Actor `json:"actor"`
	Claims []Group       `json:"claims"`
}

// NewDossier gathers what the graph holds on one entity.
func NewDossier(ctx context.Context, g *graph.Graph, id entente.EntityID) (Dossier, error) {
	e, err := g.Entity(ctx, id)
	if err != nil {
		return Dossier{}, err
	}
	w := &clerk{ctx: ctx, graph: g, press: newPress(g), dossier: Dossier{Entity: e}}
	if err := w.gather(); err != nil {
		return w.dossier, err
	}
	return w.dossier, nil
}

// clerk puts a dossier together.
type clerk struct {
	ctx     context.Context
	graph   *graph.Graph
	press   *press
	homes   *homes
	dossier Dossier
}

func (w *clerk) ask(q graph.Query) ([]entente.Record, error) {
	return collect(w.graph.Claims(w.ctx, q))
}

func (w *clerk) gather() error {
	d := &w.dossier
	own := []entente.EntityID{d.Entity.ID}
	crew, err := newCrew(w.ctx, w.graph, own)
	if err != nil {
		return err
	}
	records, err := w.ask(graph.Query{Either: own})
	if err != nil {
		return err
	}
	extra, err := w.extra(crew)
	if err != nil {
		return err
	}
	whole, err := w.ask(graph.Query{Either: crew.with(own, officials)}) // what counts for a state
	if err != nil {
		return err
	}
	if d.Entity.Kind == entente.Place {
		whole = append(whole, extra...)
	}
	all := uniqueRecords(slices.Concat(records, extra, whole))
	if w.homes, err = newHomes(w.ctx, w.graph, all); err != nil {
		return err
	}
	if err := w.fileAll(uniqueRecords(append(records, extra...))); err != nil {
		return err
	}
	whole = uniqueRecords(whole)
	if err := w.survey(whole); err != nil {
		return err
	}
	if d.Reports, err = reportsOf(w.ctx, w.graph, all); err != nil {
		return err
	}
	if err := w.addOfficials(crew, whole); err != nil {
		return err
	}
	if isPower(d.Entity) {
		d.Partners, err = w.ties(crew)
	}
	return err
}

// isPower reports whether an entity has partners: a state, or a body that is of
// none.
func isPower(e entente.Entity) bool {
	return e.Kind == entente.State || e.Kind == entente.Organisation && (e.State == "" || e.State == entente.IGO)
}

// extra returns the claims that do not name the entity and belong into its lists.
func (w *clerk) extra(crew *crew) ([]entente.Record, error) {
	e := w.dossier.Entity
	switch e.Kind {
	case entente.Place:
		return w.ask(graph.Query{Place: []entente.EntityID{e.ID}})
	case entente.State:
	default:
		return nil, nil
	}
	own := []entente.EntityID{e.ID}
	var all []entente.Record
	ask := func(q graph.Query) error {
		records, err := w.ask(q)
		all = append(all, records...)
		return err
	}
	if len(crew.posts) > 0 {
		if err := ask(graph.Query{Object: crew.posts, Relations: []entente.Relation{entente.HoldsOffice}}); err != nil {
			return nil, err
		}
	}
	if err := ask(graph.Query{Subject: crew.with(own, officials), Relations: paperRelations}); err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(r entente.Record) bool {
		return r.Relation != entente.HoldsOffice && r.Object.Kind != entente.Agreement
	})
	if err := ask(graph.Query{Object: crew.with(own, places), Relations: []entente.Relation{entente.Visited}}); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(r entente.Record) bool {
		return r.Relation == entente.Visited && crew.officials[e.ID][r.Subject.ID]
	}), nil
}

// fileAll puts the claims into their lists.
func (w *clerk) fileAll(records []entente.Record) error {
	groups := GroupRecords(records)
	if err := w.press.corroborate(w.ctx, groups); err != nil {
		return err
	}
	for _, g := range groups {
		w.file(g)
	}
	slices.SortStableFunc(w.dossier.Meetings, func(a, b Partner) int {
		return cmp.Or(len(b.Claims)-len(a.Claims), cmp.Compare(a.Actor.ID, b.Actor.ID))
	})
	return nil
}

// file puts a claim into its list.
func (w *clerk) file(g Group) {
	d := &w.dossier
	id := d.Entity.ID
	if d.Entity.Kind == entente.Place && g.Subject.ID != id && g.Object.ID != id {
		d.Here = append(d.Here, g)
		return
	}
	switch g.Relation {
	case entente.HoldsOffice:
		d.Offices = append(d.Offices, g)
	case entente.Represents:
		d.Represents = append(d.Represents, g)
	case entente.CounterpartOf:
		d.Counterparts = append(d.Counterparts, g)
	case entente.Visited:
		if g.Subject.ID == id {
			d.Trips = append(d.Trips, g)
		} else {
			d.Visitors = append(d.Visitors, g)
		}
	case entente.Met, entente.SpokeWith, entente.NegotiatedWith, entente.Hosted, entente.Accompanied:
		d.meet(g)
	case entente.Accused, entente.ProtestedTo, entente.Threatened:
		if g.Subject.ID == id {
			d.Accused = append(d.Accused, g)
		} else {
			d.AccusedBy = append(d.AccusedBy, g)
		}
	default:
		w.fileOther(g)
	}
}

// fileOther files what has to do with an agreement, and the rest.
func (w *clerk) fileOther(g Group) {
	d := &w.dossier
	switch {
	case d.Entity.Kind == entente.Agreement && isPaper(g.Record):
		d.Parties = addPaper(d.Parties, w.homes.party(g.Subject), g)
	case d.Entity.Kind != entente.Agreement && g.Object.Kind == entente.Agreement:
		d.Agreements = addPaper(d.Agreements, g.Object, g)
	case d.Entity.Kind != entente.Agreement && g.Subject.Kind == entente.Agreement:
		d.Agreements = addPaper(d.Agreements, g.Subject, g)
	default:
		d.Other = append(d.Other, g)
	}
}

// meet files a meeting under the partner.
func (d *Dossier) meet(g Group) {
	partner := other(g.Record, d.Entity.ID)
	for i := range d.Meetings {
		if d.Meetings[i].Actor.ID == partner.ID {
			d.Meetings[i].Claims = append(d.Meetings[i].Claims, g)
			return
		}
	}
	d.Meetings = append(d.Meetings, Partner{partner, []Group{g}})
}

// other returns the actor of r that is not id.
func other(r entente.Record, id entente.EntityID) entente.Actor {
	if r.Subject.ID == id {
		return r.Object
	}
	return r.Subject
}

// survey counts all claims and picks the latest and the contested ones.
func (w *clerk) survey(records []entente.Record) error {
	d := &w.dossier
	groups := GroupRecords(records)
	if err := w.press.corroborate(w.ctx, groups); err != nil {
		return err
	}
	d.Total = NewTally(groups)
	for _, g := range slices.Backward(groups) {
		if len(d.Latest) < latestClaims && g.Date != "" && g.Relation.IsEvent() {
			d.Latest = append(d.Latest, g)
		}
	}
	for _, g := range groups {
		if len(g.Contested) > 0 {
			d.Contested = append(d.Contested, g)
		}
	}
	return nil
}

// addOfficials names a state's officials.
func (w *clerk) addOfficials(crew *crew, records []entente.Record) error {
	d := &w.dossier
	told := map[entente.EntityID]int{}
	for _, r := range records {
		told[r.Subject.ID]++
		told[r.Object.ID]++
	}
	for _, id := range crew.with([]entente.EntityID{d.Entity.ID}, officials)[1:] {
		e, err := w.graph.Entity(w.ctx, id)
		if err != nil {
			return err
		}
		d.Officials = append(d.Officials, entente.NewActor(e))
	}
	slices.SortStableFunc(d.Officials, func(a, b entente.Actor) int { return told[b.ID] - told[a.ID] })
	return nil
}

// uniqueRecords leaves out records that come twice.
func uniqueRecords(records []entente.Record) []entente.Record {
	seen := map[entente.ClaimID]bool{}
	return slices.DeleteFunc(records, func(r entente.Record) bool {
		again := seen[r.ID]
		seen[r.ID] = true
		return again
	})
}

// reportsOf returns the reports that the records come from, in order of day and
// without their texts.
func reportsOf(ctx context.Context, g *graph.Graph, records []entente.Record) ([]entente.Report, error) {
	seen := map[entente.ReportID]bool{}
	var reports []entente.Report
	for _, r := range records {
		if seen[r.Report] {
			continue
		}
		seen[r.Report] = true
		report, err := g.Report(ctx, r.Report)
		if err != nil {
			return nil, err
		}
		report.Text = ""
		reports = append(reports, report)
	}
	slices.SortFunc(reports, func(a, b entente.Report) int {
		return cmp.Or(a.Published.Compare(b.Published), strings.Compare(string(a.ID), string(b.ID)))
	})
	return reports, nil
}
