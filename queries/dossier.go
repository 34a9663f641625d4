package queries

import (
	"cmp"
	"context"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// A Dossier is what the graph holds on one entity. Every claim about it is in
// exactly one of the lists, each in order of time.
type Dossier struct {
	Entity       entente.Entity   `json:"entity"`                 // with every spelling seen as an alias
	Offices      []Group          `json:"offices,omitempty"`      // of a person those held, of an office or a state who holds them
	Represents   []Group          `json:"represents,omitempty"`   // and is represented by
	Counterparts []Group          `json:"counterparts,omitempty"` // same office elsewhere
	Trips        []Group          `json:"trips,omitempty"`        // made, and of a place or state received
	Meetings     []Partner        `json:"meetings,omitempty"`     // most met first
	Agreements   []Group          `json:"agreements,omitempty"`   // signed, ratified, left
	Accusations  []Group          `json:"accusations,omitempty"`  // made and received; protests and threats too
	Other        []Group          `json:"other,omitempty"`        // the rest
	Reports      []entente.Report `json:"reports,omitempty"`      // that tell of it, without their texts, in order of day
	Officials    []entente.Actor  `json:"officials,omitempty"`    // of a state: persons who act for it, and its government bodies
}

// Partner is someone met, with the claims that tell it.
type Partner struct {
	Actor  entente.Actor `json:"actor"`
	Claims []Group       `json:"claims"`
}

// NewDossier gathers what the graph holds on one entity. It is about the entity
// itself: the deeds of a state's officials stand in their own dossiers, and
// Officials names them.
func NewDossier(ctx context.Context, g *graph.Graph, id entente.EntityID) (Dossier, error) {
	e, err := g.Entity(ctx, id)
	if err != nil {
		return Dossier{}, err
	}
	d := Dossier{Entity: e}
	records, err := collect(g.Claims(ctx, graph.Query{Either: []entente.EntityID{e.ID}}))
	if err != nil {
		return d, err
	}
	if e.Kind == entente.State {
		posts, err := d.addOfficials(ctx, g)
		if err != nil {
			return d, err
		}
		records = append(records, posts...)
	}
	records = uniqueRecords(records)
	for _, group := range GroupRecords(records) {
		d.file(group)
	}
	slices.SortStableFunc(d.Meetings, func(a, b Partner) int {
		return cmp.Or(len(b.Claims)-len(a.Claims), cmp.Compare(a.Actor.ID, b.Actor.ID))
	})
	d.Reports, err = reportsOf(ctx, g, records)
	return d, err
}

// addOfficials names a state's officials and returns the claims on its offices.
func (d *Dossier) addOfficials(ctx context.Context, g *graph.Graph) ([]entente.Record, error) {
	crew, err := newCrew(ctx, g, []entente.EntityID{d.Entity.ID})
	if err != nil {
		return nil, err
	}
	if len(crew.posts) == 0 {
		return nil, nil
	}
	for _, id := range crew.with([]entente.EntityID{d.Entity.ID}, officials)[1:] {
		e, err := g.Entity(ctx, id)
		if err != nil {
			return nil, err
		}
		d.Officials = append(d.Officials, entente.NewActor(e))
	}
	return collect(g.Claims(ctx, graph.Query{Object: crew.posts, Relations: []entente.Relation{entente.HoldsOffice}}))
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

// file puts a claim into its list.
func (d *Dossier) file(g Group) {
	switch g.Relation {
	case entente.HoldsOffice:
		d.Offices = append(d.Offices, g)
	case entente.Represents:
		d.Represents = append(d.Represents, g)
	case entente.CounterpartOf:
		d.Counterparts = append(d.Counterparts, g)
	case entente.Visited:
		d.Trips = append(d.Trips, g)
	case entente.Met, entente.SpokeWith, entente.NegotiatedWith, entente.Hosted, entente.Accompanied:
		d.meet(g)
	case entente.Accused, entente.ProtestedTo, entente.Threatened:
		d.Accusations = append(d.Accusations, g)
	default:
		if g.Subject.Kind == entente.Agreement || g.Object.Kind == entente.Agreement {
			d.Agreements = append(d.Agreements, g)
		} else {
			d.Other = append(d.Other, g)
		}
	}
}

// other returns the actor of r that is not id.
func other(r entente.Record, id entente.EntityID) entente.Actor {
	if r.Subject.ID == id {
		return r.Object
	}
	return r.Subject
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
