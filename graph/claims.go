package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// Claims lists the claims that a query wants, in order of time, those without a
// date last; then by report and place in it. Merged entities appear as the one
// that stands for them.
func (g *Graph) Claims(ctx context.Context, q Query) iter.Seq2[entente.Record, error] {
	return func(yield func(entente.Record, error) bool) {
		v := g.view(ctx)
		defer v.close()
		claims, err := v.claims(q)
		if err != nil {
			yield(entente.Record{}, err)
			return
		}
		for _, c := range claims {
			r, err := v.record(c)
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Around lists the event claims that touch an entity, in either role, in order
// of time: the hops that a path can take from it.
func (g *Graph) Around(ctx context.Context, id entente.EntityID) iter.Seq2[entente.Record, error] {
	return func(yield func(entente.Record, error) bool) {
		for r, err := range g.Claims(ctx, Query{Either: []entente.EntityID{id}}) {
			if err == nil && !r.Relation.IsEvent() {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// Claim returns the one claim whose ID begins with prefix. Errors: ErrNotFound,
// *AmbiguousError.
func (g *Graph) Claim(ctx context.Context, prefix string) (entente.Record, error) {
	v := g.view(ctx)
	defer v.close()
	id, err := v.resolveClaim(entente.ClaimID(strings.TrimPrefix(prefix, claimPrefix)))
	if err != nil {
		return entente.Record{}, err
	}
	for link, err := range v.links(quad.Quad{Subject: claimIRI(id), Predicate: kgRelation}) {
		if err != nil {
			return entente.Record{}, err
		}
		c, err := v.claim(link[0], link[3])
		if err != nil {
			return entente.Record{}, err
		}
		return v.record(c)
	}
	return entente.Record{}, fmt.Errorf("claim %q: %w", prefix, ErrNotFound)
}

// resolveClaim returns id where it is whole; a beginning is looked for among
// all claims.
func (v *view) resolveClaim(id entente.ClaimID) (entente.ClaimID, error) {
	for _, err := range v.links(quad.Quad{Subject: claimIRI(id), Predicate: kgRelation}) {
		return id, err
	}
	var ids []entente.ClaimID
	for link, err := range v.links(quad.Quad{Predicate: kgRelation}) {
		if err != nil {
			return "", err
		}
		node, err := v.value(link[0])
		if err != nil {
			return "", err
		}
		ids = append(ids, entente.ClaimID(afterPrefix(node, claimPrefix)))
	}
	return resolve("claim", ids, string(id))
}

// claimLink is where a claim lies.
type claimLink struct{ claim, report pebble.Node }

// claims reads the claims that a query wants, in order.
func (v *view) claims(q Query) ([]entente.Claim, error) {
	f, err := v.filter(q)
	if err != nil {
		return nil, err
	}
	links, err := v.candidates(q, f)
	if err != nil {
		return nil, err
	}
	var found []ordered
	for link := range links {
		c, err := v.claim(link.claim, link.report)
		if err != nil {
			return nil, err
		}
		wanted, err := f.wants(c)
		if err != nil {
			return nil, err
		}
		if wanted {
			found = append(found, ordered{c, c.Date.Earliest(), c.Date.Latest()})
		}
	}
	slices.SortFunc(found, ordered.compare)
	if q.Limit > 0 && len(found) > q.Limit {
		found = found[:q.Limit]
	}
	claims := make([]entente.Claim, len(found))
	for i, o := range found {
		claims[i] = o.claim
	}
	return claims, nil
}

// ordered is a claim with the bounds of its date, worked out once for sorting.
type ordered struct {
	claim       entente.Claim
	first, last time.Time
}

// compare orders as Date.Compare does, then by report and place in it.
func (a ordered) compare(b ordered) int {
	return cmp.Or(
		rank(a.claim.Date.IsZero())-rank(b.claim.Date.IsZero()),
		rank(!a.first.IsZero())-rank(!b.first.IsZero()),
		a.first.Compare(b.first),
		rank(a.last.IsZero())-rank(b.last.IsZero()),
		a.last.Compare(b.last),
		cmp.Compare(a.claim.Date.EDTF, b.claim.Date.EDTF),
		cmp.Compare(a.claim.Report, b.claim.Report),
		cmp.Compare(a.claim.Evidence.Start, b.claim.Evidence.Start),
		cmp.Compare(a.claim.ID, b.claim.ID),
	)
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// candidates lists claims among which are all that the query wants, from the
// index of the field that is likely to have the fewest.
func (v *view) candidates(q Query, f *filter) (map[claimLink]bool, error) {
	found := make(map[claimLink]bool)
	collect := func(want quad.Quad) error {
		for link, err := range v.links(want) {
			if err != nil {
				return err
			}
			found[claimLink{link[0], link[3]}] = true
		}
		return nil
	}
	for _, want := range plan(q, f) {
		if err := collect(want); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// plan says which quads lead to the claims.
func plan(q Query, f *filter) []quad.Quad {
	var wants []quad.Quad
	with := func(predicate quad.IRI, objects []quad.IRI) {
		for _, o := range objects {
			wants = append(wants, quad.Quad{Predicate: predicate, Object: o})
		}
	}
	switch {
	case q.Report != "":
		label := reportIRI(q.Report)
		wants = append(wants, quad.Quad{Predicate: kgRelation, Label: label})
	case f.subject != nil:
		with(kgSubject, f.subject.nodes())
	case f.object != nil:
		with(kgObject, f.object.nodes())
	case f.between[0] != nil || f.between[1] != nil || f.either != nil:
		with(kgSubject, f.anyone().nodes())
		with(kgObject, f.anyone().nodes())
	case f.place != nil:
		with(kgPlace, f.place.nodes())
	case len(q.Relations) > 0:
		for _, r := range q.Relations {
			with(kgRelation, []quad.IRI{relIRI(r)})
		}
	case len(q.Statuses) > 0:
		for _, s := range q.Statuses {
			wants = append(wants, quad.Quad{Predicate: kgStatus, Object: quad.String(s)})
		}
	default:
		wants = append(wants, quad.Quad{Predicate: kgRelation})
	}
	return wants
}

// claim reads the claim that a node stands for in a report.
func (v *view) claim(node, report pebble.Node) (c entente.Claim, err error) {
	name, err := v.value(node)
	if err != nil {
		return c, err
	}
	label, err := v.value(report)
	if err != nil {
		return c, err
	}
	c.ID = entente.ClaimID(afterPrefix(name, claimPrefix))
	c.Report = entente.ReportID(afterPrefix(label, reportPrefix))
	for link, err := range v.store.Links(v.ctx, pebble.Link{node, 0, 0, report}) {
		if err != nil {
			return c, err
		}
		predicate, err := v.value(link[1])
		if err != nil {
			return c, err
		}
		if predicate == kgFrom || predicate == kgUntil {
			continue // they repeat kg:date
		}
		object, err := v.value(link[2])
		if err == nil {
			err = setClaim(&c, predicate.(quad.IRI), object)
		}
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

// record spells out a claim.
func (v *view) record(c entente.Claim) (entente.Record, error) {
	text, err := v.text(reportIRI(c.Report))
	if err != nil {
		return entente.Record{}, err
	}
	lookUp := func(id entente.EntityID) entente.Entity {
		e, lookUpErr := v.standing(id)
		if err == nil {
			err = lookUpErr
		}
		return e
	}
	return entente.NewRecord(c, text, lookUp), err
}

// standing returns the entity that stands for id; one that neither the store nor
// the gazetteer knows is called by its ID.
func (v *view) standing(id entente.EntityID) (entente.Entity, error) {
	top, err := v.canonical(id)
	if err != nil {
		return entente.Entity{}, err
	}
	e, err := v.entity(top)
	if e.Name == "" {
		e.Name = string(top)
	}
	return e, err
}
