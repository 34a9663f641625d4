package graph

import (
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// group is a set of entities, nil for any.
type group map[entente.EntityID]bool

// nodes lists the members in order.
func (s group) nodes() []quad.IRI {
	nodes := make([]quad.IRI, 0, len(s))
	for id := range s {
		nodes = append(nodes, entIRI(id))
	}
	slices.Sort(nodes)
	return nodes
}

func (s group) has(id entente.EntityID) bool { return s == nil || s[id] }

// filter is a query made ready: entities with those merged with them, dates as
// bounds.
type filter struct {
	v               *view
	q               Query
	subject, object group
	either, place   group
	between         [2]group
	since, until    time.Time // zero: no bound
	publishers      map[entente.ReportID]string
}

func (v *view) filter(q Query) (*filter, error) {
	for _, d := range []entente.Date{q.Since, q.Until} {
		if _, err := entente.ParseDate(d.EDTF); err != nil && !d.IsZero() {
			return nil, err
		}
	}
	f := &filter{v: v, q: q, publishers: make(map[entente.ReportID]string)}
	for _, s := range []struct {
		ids []entente.EntityID
		to  *group
	}{
		{q.Subject, &f.subject}, {q.Object, &f.object}, {q.Either, &f.either}, {q.Place, &f.place},
		{q.Between[0], &f.between[0]}, {q.Between[1], &f.between[1]},
	} {
		if len(s.ids) == 0 {
			continue
		}
		members := make(group)
		for _, id := range s.ids {
			same, err := v.group(id)
			if err != nil {
				return nil, err
			}
			for _, m := range same {
				members[m] = true
			}
		}
		*s.to = members
	}
	f.since, f.until = q.Since.Earliest(), q.Until.Latest()
	return f, nil
}

// options lists, for each field that an index of quads answers, the quads that
// lead to the claims that meet it; none for a field that is not set.
func (f *filter) options() [][]quad.Quad {
	var places, relations, statuses []quad.Quad
	for _, node := range f.place.nodes() {
		places = append(places, quad.Quad{Predicate: kgPlace, Object: node})
	}
	for _, r := range f.q.Relations {
		relations = append(relations, quad.Quad{Predicate: kgRelation, Object: relIRI(r)})
	}
	for _, s := range f.q.Statuses {
		statuses = append(statuses, quad.Quad{Predicate: kgStatus, Object: quad.String(s)})
	}
	return [][]quad.Quad{places, relations, statuses}
}

// wants reports whether the query wants a claim.
func (f *filter) wants(c entente.Claim) (bool, error) {
	q := f.q
	switch {
	case q.Report != "" && c.Report != q.Report,
		!f.subject.has(c.Subject), !f.object.has(c.Object),
		!f.either.has(c.Subject) && !f.either.has(c.Object),
		!f.place.has(c.Place), !f.isBetween(c),
		len(q.Relations) > 0 && !slices.Contains(q.Relations, c.Relation),
		len(q.Statuses) > 0 && !slices.Contains(q.Statuses, c.Status),
		c.Confidence < q.MinConfidence, !f.inTime(c.Date):
		return false, nil
	case q.Publisher == "":
		return true, nil
	}
	publisher, ok := f.publishers[c.Report]
	if !ok {
		r, _, err := f.v.report(c.Report)
		if err != nil {
			return false, err
		}
		publisher = r.Publisher
		f.publishers[c.Report] = publisher
	}
	return strings.EqualFold(publisher, q.Publisher), nil
}

func (f *filter) isBetween(c entente.Claim) bool {
	a, b := f.between[0], f.between[1]
	return a.has(c.Subject) && b.has(c.Object) || a.has(c.Object) && b.has(c.Subject)
}

// inTime reports whether a date may lie within the bounds.
func (f *filter) inTime(d entente.Date) bool {
	if f.q.Since.IsZero() && f.q.Until.IsZero() {
		return true
	}
	if d.IsZero() {
		return false
	}
	first, last := d.Earliest(), d.Latest()
	return (f.since.IsZero() || last.IsZero() || !last.Before(f.since)) &&
		(f.until.IsZero() || first.IsZero() || !first.After(f.until))
}
