package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// sheet collects quads of one label.
type sheet struct {
	label quad.IRI
	quads []quad.Quad
}

// add notes a quad; an object that says nothing ("" or nil) is left out.
func (s *sheet) add(subject, predicate quad.IRI, object quad.Value) {
	if object == nil || object == quad.String("") {
		return
	}
	s.quads = append(s.quads, quad.Quad{Subject: subject, Predicate: predicate, Object: object, Label: s.label})
}

// quadsOf returns the quads that stand under the label of a reading's report.
// Some may be there twice, such as the edge of two claims that say the same.
func (w *world) quadsOf(r entente.Reading) ([]quad.Quad, error) {
	s := &sheet{label: reportIRI(r.Report.ID)}
	s.report(r)
	for _, c := range r.Claims {
		s.claim(c)
	}
	for _, e := range r.Entities {
		if err := s.entity(e, w.byID[e.ID]); err != nil {
			return nil, err
		}
	}
	if len(r.Problems) > 0 {
		problems, err := json.Marshal(r.Problems)
		if err != nil {
			return nil, err
		}
		s.add(s.label, kgProblems, quad.String(problems))
	}
	return s.quads, nil
}

func (s *sheet) report(r entente.Reading) {
	s.add(s.label, kgText, textIRI(r.Report.TextID()))
	s.add(s.label, kgPublisher, quad.String(r.Report.Publisher))
	s.add(s.label, kgPublished, quad.String(r.Report.Published.EDTF))
	s.add(s.label, kgPubDated, dated(r.Report.Published))
	s.add(s.label, title, quad.String(r.Report.Title))
	s.add(s.label, kgURL, quad.String(r.Report.URL))
	s.add(s.label, kgReader, quad.String(r.Reader))
	ids := make([]string, len(r.Claims))
	for i, c := range r.Claims {
		ids[i] = string(c.ID)
	}
	s.add(s.label, kgClaims, quad.String(strings.Join(ids, " ")))
	lines := make([]string, len(r.Mentions))
	for i, m := range r.Mentions {
		lines[i] = fmt.Sprintf("%d %d %s", m.Span.Start, m.Span.End, escape(string(m.Entity)))
	}
	s.add(s.label, kgMentions, quad.String(strings.Join(lines, "\n")))
}

func (s *sheet) claim(c entente.Claim) {
	node := claimIRI(c.ID)
	s.add(node, kgSubject, entIRI(c.Subject))
	s.add(node, kgRelation, relIRI(c.Relation))
	s.add(node, kgObject, entIRI(c.Object))
	s.add(node, kgStatus, quad.String(c.Status))
	s.add(node, kgDate, quad.String(c.Date.EDTF))
	s.add(node, kgFrom, moment(c.Date.Earliest()))
	s.add(node, kgUntil, moment(c.Date.Latest()))
	s.add(node, kgDated, dated(c.Date))
	if c.Place != "" {
		s.add(node, kgPlace, entIRI(c.Place))
	}
	if c.Attribution != "" {
		s.add(node, kgBy, entIRI(c.Attribution))
	}
	s.add(node, kgAmount, quad.String(c.Amount))
	if c.Confidence != 0 {
		s.add(node, kgConfidence, quad.Float(c.Confidence))
	}
	s.add(node, kgStart, quad.Int(c.Evidence.Start))
	s.add(node, kgEnd, quad.Int(c.Evidence.End))
	if isFact(c) {
		s.add(entIRI(c.Subject), relIRI(c.Relation), entIRI(c.Object))
	}
}

// isFact reports whether a claim has a plain edge.
func isFact(c entente.Claim) bool { return c.Status == entente.Occurred || c.Status == entente.Ongoing }

// moment returns nil for the zero time.
func moment(t time.Time) quad.Value {
	if t.IsZero() {
		return nil
	}
	return quad.Time(t.UTC())
}

// dated returns how a date is given, "" when that is unknown.
func dated(d entente.Date) quad.String {
	if d.Basis == "" && d.From == (entente.Span{}) {
		return ""
	}
	return quad.String(fmt.Sprintf("%s %d %d", d.Basis, d.From.Start, d.From.End))
}

// entity adds what the report says of an entity. known is what the gazetteer
// has under its ID, the zero Entity for a learned one: only what goes beyond it
// is written.
func (s *sheet) entity(e, known entente.Entity) error {
	node := entIRI(e.ID)
	s.add(s.label, kgNames, node)
	covered := known.Aliases
	if formOf(e) != formOf(known) || !containsAll(e.Aliases, known.Aliases) {
		covered = nil
		text, err := formOf(e).encode()
		if err != nil {
			return err
		}
		s.add(node, kgForm, text)
	}
	for _, a := range e.Aliases {
		if !slices.Contains(covered, a) {
			s.add(node, altLabel, quad.String(a))
		}
	}
	return nil
}

func containsAll(list, wanted []string) bool {
	for _, w := range wanted {
		if !slices.Contains(list, w) {
			return false
		}
	}
	return true
}

// form is what names an entity, apart from its spellings.
type form struct {
	kind            entente.Kind
	name            string
	state, wikidata string
}

func formOf(e entente.Entity) form { return form{e.Kind, e.Name, e.State, e.Wikidata} }

func (f form) encode() (quad.String, error) {
	b, err := json.Marshal([]string{string(f.kind), f.name, f.state, f.wikidata})
	return quad.String(b), err
}

func decodeForm(v quad.Value) (form, error) {
	text, _ := v.(quad.String)
	var p [4]string
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return form{}, fmt.Errorf("form of an entity: %w", err)
	}
	return form{entente.Kind(p[0]), p[1], p[2], p[3]}, nil
}

// quads returns the lasting quads of an entity with this form.
func (f form) quads(id entente.EntityID, label quad.IRI) []quad.Quad {
	s, node := &sheet{label: label}, entIRI(id)
	s.add(node, rdfType, kindIRI(f.kind))
	s.add(node, rdfsLabel, quad.String(f.name))
	s.add(node, kgState, quad.String(f.state))
	if f.wikidata != "" {
		s.add(node, sameAs, quad.IRI(wdPrefix+escape(f.wikidata)))
	}
	return s.quads
}

// formFrom reads the form back from lasting quads.
func formFrom(quads []quad.Quad) (f form) {
	for _, q := range quads {
		text, _ := q.Object.(quad.String)
		switch q.Predicate {
		case rdfType:
			f.kind = kindOf(q.Object)
		case rdfsLabel:
			f.name = string(text)
		case kgState:
			f.state = string(text)
		case sameAs:
			f.wikidata = afterPrefix(q.Object, wdPrefix)
		}
	}
	return f
}

// less orders the forms that reports give one entity, the best first: with
// state and Wikidata rather than without, then the shorter name. It depends on
// the forms alone, so that the order of loading does not matter.
func (f form) less(o form) bool {
	if a, b := f.filled(), o.filled(); a != b {
		return a > b
	}
	if len(f.name) != len(o.name) {
		return len(f.name) < len(o.name)
	}
	return f.key() < o.key()
}

func (f form) filled() (n int) {
	for _, s := range []string{f.state, f.wikidata} {
		if s != "" {
			n++
		}
	}
	return n
}

func (f form) key() string {
	return strings.Join([]string{f.name, string(f.kind), f.state, f.wikidata}, "\x00")
}

// splitInts reads n integers and returns what stands after them and a space.
func splitInts(s string, n int) (ints []int, rest string, err error) {
	for range n {
		var word string
		word, s, _ = strings.Cut(s, " ")
		i, err := strconv.Atoi(word)
		if err != nil {
			return nil, "", fmt.Errorf("%q is not a number", word)
		}
		ints = append(ints, i)
	}
	return ints, s, nil
}
