package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// leaf is what stands under the label of one report, taken apart.
type leaf struct {
	reading entente.Reading
	claims  map[entente.ClaimID]*entente.Claim
	order   string // kg:claims
	names   map[entente.EntityID]*entente.Entity
}

// reading reads back the reading of a report, without its text; ok is false
// where the graph has no such report.
func (v *view) reading(id entente.ReportID) (r entente.Reading, ok bool, err error) {
	l := &leaf{claims: make(map[entente.ClaimID]*entente.Claim), names: make(map[entente.EntityID]*entente.Entity)}
	l.reading.Report.ID = id
	label := reportIRI(id)
	for q, err := range v.quads(quad.Quad{Label: label}) {
		if err == nil {
			err = l.take(q)
		}
		if err != nil {
			return r, false, fmt.Errorf("report %s: %w", id, err)
		}
		ok = ok || q.Predicate == kgText
	}
	if !ok {
		return r, false, nil
	}
	if err := l.finish(v); err != nil {
		return r, false, fmt.Errorf("report %s: %w", id, err)
	}
	return l.reading, true, nil
}

// take notes one quad.
func (l *leaf) take(q quad.Quad) error {
	predicate, _ := q.Predicate.(quad.IRI)
	if id := afterPrefix(q.Subject, claimPrefix); id != "" {
		c := l.claims[entente.ClaimID(id)]
		if c == nil {
			c = &entente.Claim{ID: entente.ClaimID(id), Report: l.reading.Report.ID}
			l.claims[c.ID] = c
		}
		return setClaim(c, predicate, q.Object)
	}
	if id := afterPrefix(q.Subject, entPrefix); id != "" {
		return l.takeEntity(entente.EntityID(id), predicate, q.Object)
	}
	return l.takeReport(predicate, q.Object)
}

func (l *leaf) takeReport(predicate quad.IRI, object quad.Value) (err error) {
	text, _ := object.(quad.String)
	s, r := string(text), &l.reading
	switch predicate {
	case kgPublisher:
		r.Report.Publisher = s
	case kgPublished:
		r.Report.Published.EDTF = s
	case kgPubDated:
		err = setDated(&r.Report.Published, s)
	case title:
		r.Report.Title = s
	case kgURL:
		r.Report.URL = s
	case kgReader:
		r.Reader = s
	case kgClaims:
		l.order = s
	case kgMentions:
		r.Mentions, err = decodeMentions(s)
	case kgProblems:
		err = json.Unmarshal([]byte(s), &r.Problems)
	case kgNames:
		id := entente.EntityID(afterPrefix(object, entPrefix))
		l.named(id)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", predicate, err)
	}
	return err
}

func (l *leaf) named(id entente.EntityID) *entente.Entity {
	e := l.names[id]
	if e == nil {
		e = &entente.Entity{ID: id}
		l.names[id] = e
	}
	return e
}

func (l *leaf) takeEntity(id entente.EntityID, predicate quad.IRI, object quad.Value) error {
	switch predicate {
	case altLabel:
		name, _ := object.(quad.String)
		e := l.named(id)
		e.Aliases = append(e.Aliases, string(name))
	case kgForm:
		f, err := decodeForm(object)
		if err != nil {
			return err
		}
		setForm(l.named(id), f)
	}
	return nil // else a plain edge
}

// finish puts in order what was taken.
func (l *leaf) finish(v *view) error {
	for id, e := range l.names {
		if e.Kind == "" { // what the gazetteer knows
			known, err := v.entity(id)
			if err != nil {
				return err
			}
			setForm(e, formOf(known))
			e.Aliases = append(e.Aliases, v.g.world.byID[id].Aliases...)
		}
		slices.Sort(e.Aliases)
		e.Aliases = slices.Compact(e.Aliases)
		l.reading.Entities = append(l.reading.Entities, *e)
	}
	slices.SortFunc(l.reading.Entities, func(a, b entente.Entity) int { return cmp.Compare(a.ID, b.ID) })
	for _, id := range strings.Fields(l.order) {
		c := l.claims[entente.ClaimID(id)]
		if c == nil {
			return fmt.Errorf("claim %s is missing: %w", id, errDamaged)
		}
		l.reading.Claims = append(l.reading.Claims, *c)
	}
	return nil
}

func setForm(e *entente.Entity, f form) {
	e.Kind, e.Name, e.State, e.Wikidata = f.kind, f.name, f.state, f.wikidata
}

// setClaim sets the field of a claim that a predicate stands for.
func setClaim(c *entente.Claim, predicate quad.IRI, object quad.Value) error {
	switch predicate {
	case kgSubject:
		c.Subject = entente.EntityID(afterPrefix(object, entPrefix))
	case kgRelation:
		c.Relation = entente.Relation(afterPrefix(object, relPrefix))
	case kgObject:
		c.Object = entente.EntityID(afterPrefix(object, entPrefix))
	case kgPlace:
		c.Place = entente.EntityID(afterPrefix(object, entPrefix))
	case kgBy:
		c.Attribution = entente.EntityID(afterPrefix(object, entPrefix))
	}
	switch v := object.(type) {
	case quad.String:
		return setText(c, predicate, string(v))
	case quad.Int:
		if predicate == kgStart {
			c.Evidence.Start = int(v)
		} else if predicate == kgEnd {
			c.Evidence.End = int(v)
		}
	case quad.Float:
		if predicate == kgConfidence {
			c.Confidence = float64(v)
		}
	}
	return nil
}

func setText(c *entente.Claim, predicate quad.IRI, s string) error {
	switch predicate {
	case kgStatus:
		c.Status = entente.Status(s)
	case kgDate:
		c.Date.EDTF = s
	case kgDated:
		if err := setDated(&c.Date, s); err != nil {
			return fmt.Errorf("claim %s: kg:dated: %w", c.ID, err)
		}
	case kgAmount:
		c.Amount = s
	}
	return nil
}

// setDated reads what dated wrote.
func setDated(d *entente.Date, s string) error {
	basis, rest, _ := strings.Cut(s, " ")
	ints, _, err := splitInts(rest, 2)
	if err == nil {
		d.Basis, d.From = entente.Basis(basis), entente.Span{Start: ints[0], End: ints[1]}
	}
	return err
}

func decodeMentions(s string) ([]entente.Mention, error) {
	var mentions []entente.Mention
	for line := range strings.SplitSeq(s, "\n") {
		ints, name, err := splitInts(line, 2)
		if err != nil {
			return nil, err
		}
		mentions = append(mentions, entente.Mention{
			Entity: entente.EntityID(unescape(name)), Span: entente.Span{Start: ints[0], End: ints[1]},
		})
	}
	return mentions, nil
}
