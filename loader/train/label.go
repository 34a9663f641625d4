package main

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/internal/linear"
)

// What a candidate is that tells of no claim of gold in its sentence.
const (
	noClaim   = -1
	elsewhere = -2 // gold has the claim, with another sentence for evidence
)

// label finds the candidates of a report and which claim of gold each tells; it
// returns how many claims have a candidate.
func (r *report) label(frames *event.Frames) int {
	l := newLabeller(r)
	reached, told := map[int]bool{}, map[[2]int]bool{}
	r.found = frames.Examples(r.doc, func(e *event.Example) bool {
		n := l.claim(*e)
		r.claimOf = append(r.claimOf, n)
		first := n >= 0 && !told[[2]int{n, e.Sentence}]
		if first {
			told[[2]int{n, e.Sentence}], reached[n] = true, true
			r.choose(e, r.Claims[n])
		}
		return first
	})
	return len(reached)
}

// choose keeps which status and which date gold gives a claim.
func (r *report) choose(e *event.Example, c gold.Claim) {
	statuses, dates, options := e.Options(c.Status)
	if n := slices.Index(entente.Statuses, c.Status); n >= 0 {
		r.choices = append(r.choices, linear.Choice{Options: statuses, Right: n})
	}
	if n := slices.IndexFunc(options, func(d entente.Date) bool { return d.EDTF == c.Date }); n >= 0 {
		r.choices = append(r.choices, linear.Choice{Options: dates, Right: n})
	}
}

// labeller compares candidates with the claims of a report.
type labeller struct {
	*report
	sentences, evidence []string
	same                map[[2]string]bool // entity, name of gold
}

func newLabeller(r *report) *labeller {
	l := &labeller{report: r, same: map[[2]string]bool{}}
	for _, s := range r.doc.Sentences {
		l.sentences = append(l.sentences, squeeze(s.Span.Of(r.doc.Report.Text)))
	}
	for _, c := range r.Claims {
		l.evidence = append(l.evidence, squeeze(c.Evidence))
	}
	return l
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// claim returns the index of the claim that e tells, noClaim or elsewhere.
func (l *labeller) claim(e event.Example) int {
	found := noClaim
	for n, c := range l.Claims {
		if c.Relation != e.Relation {
			continue
		}
		if !(l.is(e.Subject, c.Subject) && l.is(e.Object, c.Object)) && !(e.Relation.IsSymmetric() && l.is(e.Subject, c.Object) && l.is(e.Object, c.Subject)) {
			continue
		}
		if s := l.sentences[e.Sentence]; strings.Contains(l.evidence[n], s) || strings.Contains(s, l.evidence[n]) {
			return n
		}
		found = elsewhere
	}
	return found
}

func (l *labeller) is(id entente.EntityID, name string) bool {
	key := [2]string{string(id), name}
	yes, known := l.same[key]
	if !known {
		yes = l.Same(l.doc.Names.Entity(id).Name, name)
		l.same[key] = yes
	}
	return yes
}
