package event

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/when"
)

// far is the cost from which a date or place no longer belongs to a trigger.
const far = 9

// date returns the date of trigger i: that of the expression of time which is
// nearest in the tree. The words "said on Tuesday that …" date the saying, not
// what was said, so crossing into a reported clause costs most.
func (r *reader) date(i int, class string, status entente.Status) entente.Date {
	best, cost := -1, far
	for x, e := range r.times {
		if e.Attributive || e.Clause && e.Span.Start > r.t.tokens[i].Span.Start {
			continue
		}
		tok := r.tokenAt(e.Span)
		if tok < 0 || r.another(tok, i) {
			continue
		}
		if c := r.distance(i, class, tok); c < cost {
			best, cost = x, c
		}
	}
	if best < 0 {
		return r.occasion(i)
	}
	c := when.Context{Published: r.doc.Report.Published, Last: r.last, Future: status == entente.Planned, Past: status == entente.Occurred}
	if g := r.t.governor(r.tokenAt(r.times[best].Span)); g >= 0 && g != i && r.t.tokens[g].Tag == "VBD" {
		c.Future = false // "came on Sunday to open"
	}
	return r.times[best].Resolve(c)
}

// occasion returns the date of the event told before, where trigger i takes
// place within it: "During the visit, the two signed …". A sentence with a time
// of its own has none of that.
func (r *reader) occasion(i int) entente.Date {
	if len(r.times) > 0 {
		return entente.Date{}
	}
	for k := range r.t.tokens {
		if r.f.lists["within"][r.t.prep(k)] && r.f.lists["occasion"][strings.ToLower(r.t.tokens[k].Lemma)] && r.definite(k) {
			return r.lastDated()
		}
	}
	return entente.Date{}
}

// definite reports whether noun k points back: "the", "that", "their".
func (r *reader) definite(k int) bool {
	for _, c := range r.t.kids[k] {
		if r.t.is(c, "nmod:poss") || r.t.is(c, "det") && !strings.EqualFold(r.t.tokens[c].Text, "a") && !strings.EqualFold(r.t.tokens[c].Text, "an") {
			return true
		}
	}
	return false
}

// lastDated returns the date of the last event that the three sentences before
// tell with one.
func (r *reader) lastDated() entente.Date {
	from := r.doc.Sentences[max(0, r.si-3)].Span.Start
	for k := len(r.out) - 1; k >= 0 && r.out[k].claim.Evidence.Start >= from; k-- {
		if c := r.out[k].claim; !c.Date.IsZero() && c.Evidence.Start < r.doc.Sentences[r.si].Span.Start {
			return c.Date
		}
	}
	return entente.Date{}
}

// tokenAt returns the highest token of the tree within span, -1 when there is
// none.
func (r *reader) tokenAt(span entente.Span) int {
	for k, tok := range r.t.tokens {
		if !span.Overlaps(tok.Span) {
			continue
		}
		for h := r.t.head(k); h >= 0 && span.Contains(r.t.tokens[h].Span); h = r.t.head(k) {
			k = h
		}
		return k
	}
	return -1
}

// distance returns the cost of tying the phrase at token k to trigger i: steps
// down from what they share are free, each clause between costs.
func (r *reader) distance(i int, class string, k int) int {
	t := r.t
	own := i
	if class == "noun" && !t.below(k, i) {
		if g := t.governor(i); g >= 0 {
			own = g
		}
	}
	if t.below(k, i) {
		own = i
	}
	cost := 0
	for n := 0; n < 40 && !t.below(k, own); n++ {
		cost += r.step(own)
		if own = t.head(own); own < 0 {
			return far
		}
	}
	for h := k; h >= 0 && h != own; h = t.head(h) {
		cost += r.stepDown(h, own)
	}
	return cost + abs(i-k)/12
}

// step is the cost of leaving the clause of token i for the one above.
func (r *reader) step(i int) int {
	t := r.t
	switch t.rel(i) {
	case "xcomp":
		return 0
	case "conj":
		return 3
	case "advcl":
		if t.tokens[i].Tag == "VBG" || t.tokens[i].Tag == "VBN" || t.marked(i, "to") {
			return 1
		}
		return 4
	case "ccomp":
		if h := t.head(i); h >= 0 && r.f.lists["say"][t.tokens[h].Lemma] {
			return far
		}
		return 3
	case "acl", "parataxis", "appos":
		return far - 3
	}
	return 1
}

// stepDown is the cost of going down into the clause of token h on the way to
// a phrase of time or place.
func (r *reader) stepDown(h, own int) int {
	t := r.t
	switch t.rel(h) {
	case "conj":
		if t.verb(h) {
			return 4
		}
	case "advcl", "ccomp", "acl", "parataxis":
		return far - 3
	case "xcomp":
		return 1
	case "nmod", "appos", "obj", "nsubj":
		if h != own && r.trigger(h) {
			return 3
		}
		return 1
	}
	return 0
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// place returns the place that a phrase with "in", "at" … gives trigger i,
// leaving out the entities that the claim is about.
func (r *reader) place(i int, class string, not ...entente.EntityID) entente.EntityID {
	best, cost := entente.EntityID(""), far-3
	for k := range r.t.tokens {
		if !r.f.lists["place"][r.t.prep(k)] {
			continue
		}
		m, ok := r.doc.Names.At(r.si, k)
		if !ok || len(m.Entities) != 1 || slices.Contains(not, m.Entities[0]) {
			continue
		}
		e := r.doc.Names.Entity(m.Entities[0])
		if e.Kind != entente.Place && e.Kind != entente.State {
			continue
		}
		if c := r.distance(i, class, k); c < cost {
			best, cost = e.ID, c
		}
	}
	return best
}

// amount returns the number and what it counts among the arguments of i:
// "6,000 military engineers"; "" when there is none.
func (r *reader) amount(i int) string {
	t := r.t
	for _, k := range t.kids[i] {
		if !t.is(k, "obj", "nsubj:pass", "obl", "nmod") {
			continue
		}
		if r.timed(k) {
			continue
		}
		if n := t.child(k, "nummod"); n >= 0 && !r.timed(n) && !r.f.lists["duration"][strings.ToLower(t.tokens[k].Lemma)] {
			return r.phrase(n, k)
		}
		if t.tokens[k].Tag == "CD" || t.tokens[k].Tag == "$" {
			return r.phrase(k, k)
		}
	}
	return ""
}

// phrase returns the text from the leftmost token of the amount headed by n to
// the end of token k.
func (r *reader) phrase(n, k int) string {
	start, end := min(n, k), max(n, k)
	for _, c := range r.t.kids[n] {
		if r.t.is(c, "advmod", "compound", "nmod", "dep") || r.t.tokens[c].Tag == "$" || r.t.tokens[c].Tag == "CD" {
			start, end = min(start, c), max(end, c)
		}
	}
	if start > 0 && r.t.tokens[start-1].Text == "-" { // "19 F-16 jets": part of a name, no number
		if start -= 3; start < 0 || r.t.tokens[start].Tag != "CD" {
			return ""
		}
	}
	s := entente.Span{Start: r.t.tokens[start].Span.Start, End: r.t.tokens[end].Span.End}
	return strings.Join(strings.Fields(s.Of(r.doc.Report.Text)), " ")
}
