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

// ClaimIDs returns the IDs of the claims that a query wants, in the order of
// Claims, without reading what they say.
func (g *Graph) ClaimIDs(ctx context.Context, q Query) ([]entente.ClaimID, error) {
	v := g.view(ctx)
	defer v.close()
	return v.claimIDs(q)
}

func (v *view) claimIDs(q Query) ([]entente.ClaimID, error) {
	claims, err := v.claims(q)
	if err != nil {
		return nil, err
	}
	ids := make([]entente.ClaimID, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
	}
	return ids, nil
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
		claims, err := v.claimsOf(link[3], map[pebble.Node]bool{link[0]: true})
		if err != nil {
			return entente.Record{}, err
		}
		return v.record(*claims[link[0]])
	}
	return entente.Record{}, fmt.Errorf("claim %q: %w", prefix, ErrNotFound)
}

// resolveClaim returns id where it is whole, else the one that it begins.
func (v *view) resolveClaim(id entente.ClaimID) (entente.ClaimID, error) {
	for _, err := range v.links(quad.Quad{Subject: claimIRI(id), Predicate: kgRelation}) {
		return id, err
	}
	whole, err := v.resolve("claim", claimPrefix, string(id))
	return entente.ClaimID(whole), err
}

// claims reads the claims that a query wants, in order.
func (v *view) claims(q Query) ([]entente.Claim, error) {
	f, err := v.filter(q)
	if err != nil {
		return nil, err
	}
	reports, err := v.candidates(v.route(q, f), f)
	if err != nil {
		return nil, err
	}
	var found []ordered
	for report, nodes := range reports {
		claims, err := v.claimsOf(report, nodes)
		if err != nil {
			return nil, err
		}
		for _, c := range claims {
			wanted, err := f.wants(*c)
			if err != nil {
				return nil, err
			}
			if wanted {
				found = append(found, ordered{*c, c.Date.Earliest(), c.Date.Latest()})
			}
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

// few is up to how many claims of a report are read one by one rather than in
// one walk over all that the report says.
const few = 3

// claimsOf reads the claims of a report that nodes stand for, in no order.
func (v *view) claimsOf(report pebble.Node, nodes map[pebble.Node]bool) (map[pebble.Node]*entente.Claim, error) {
	claims := make(map[pebble.Node]*entente.Claim, len(nodes))
	walk := func(pattern pebble.Link) error {
		for link, err := range v.store.Links(v.ctx, pattern) {
			if err == nil && nodes[link[0]] {
				err = v.takeClaim(claims, link)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	if len(nodes) > few {
		return claims, walk(pebble.Link{3: report})
	}
	for node := range nodes {
		if err := walk(pebble.Link{0: node, 3: report}); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// takeClaim notes one quad of a claim.
func (v *view) takeClaim(claims map[pebble.Node]*entente.Claim, link pebble.Link) error {
	c := claims[link[0]]
	if c == nil {
		name, err := v.value(link[0])
		if err != nil {
			return err
		}
		label, err := v.value(link[3])
		if err != nil {
			return err
		}
		c = &entente.Claim{
			ID: entente.ClaimID(afterPrefix(name, claimPrefix)), Report: entente.ReportID(afterPrefix(label, reportPrefix)),
		}
		claims[link[0]] = c
	}
	predicate, err := v.value(link[1])
	if err != nil || predicate == kgFrom || predicate == kgUntil {
		return err // the two repeat kg:date
	}
	object, err := v.value(link[2])
	if err != nil {
		return err
	}
	iri, _ := predicate.(quad.IRI)
	return setClaim(c, iri, object)
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
