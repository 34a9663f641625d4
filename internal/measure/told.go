package measure

import (
	"cmp"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
)

// A told is what gold triggers tell: there is a claim of the relation in the
// sentence.
type told struct {
	sentence int
	relation entente.Relation
}

// pickTold returns, for each claim that gold tells of, one of the reader's in
// that sentence, the surest first; where it has none, the two actors that
// stand nearest by. A claim whose sentence was not read is left out.
func pickTold(doc *event.Document, g *gold.Report, claims []entente.Claim) []entente.Claim {
	wanted := map[told]int{}
	var order []told
	for _, c := range g.Claims {
		evidence, ok := g.Evidence(c)
		at := told{sentenceOf(doc, evidence), c.Relation}
		if !ok || at.sentence < 0 {
			continue
		}
		if wanted[at] == 0 {
			order = append(order, at)
		}
		wanted[at]++
	}
	read := map[told][]entente.Claim{}
	for _, c := range claims {
		at := told{sentenceOf(doc, c.Evidence), c.Relation}
		read[at] = append(read[at], c)
	}
	var out []entente.Claim
	for _, at := range order {
		slices.SortStableFunc(read[at], func(a, b entente.Claim) int { return cmp.Compare(b.Confidence, a.Confidence) })
		all := distinct(append(read[at], nearest(doc, at)...))
		out = append(out, all[:min(wanted[at], len(all))]...)
	}
	return out
}

// sentenceOf returns the index of the first sentence that shares a byte with a
// span, -1 for none.
func sentenceOf(doc *event.Document, span entente.Span) int {
	return slices.IndexFunc(sentenceSpans(doc), span.Overlaps)
}

// distinct leaves out the claims that another before has, in either order where
// the relation is symmetric.
func distinct(claims []entente.Claim) []entente.Claim {
	var out []entente.Claim
	seen := map[[2]entente.EntityID]bool{}
	for _, c := range claims {
		pair := [2]entente.EntityID{c.Subject, c.Object}
		if c.Relation.IsSymmetric() && c.Subject > c.Object {
			pair = [2]entente.EntityID{c.Object, c.Subject}
		}
		if !seen[pair] {
			seen[pair] = true
			out = append(out, c)
		}
	}
	return out
}

// near is an actor in reach of a sentence.
type near struct {
	entente.Entity
	before bool // in one of the two sentences before
	at     int
}

// nearest returns a claim for each two actors in reach that the relation may
// hold between: first those of the sentence in their order, then those of the
// sentence against their order, then those of which one stands before it.
func nearest(doc *event.Document, t told) []entente.Claim {
	type pair struct {
		claim entente.Claim
		rank  int
	}
	var pairs []pair
	all := actorsNear(doc, t.sentence)
	for _, s := range all {
		for _, o := range all {
			if s.ID == o.ID || !acts(s.Kind) || !takes(t.relation, o.Kind) || s.before && o.before {
				continue
			}
			rank := 0
			switch {
			case s.before || o.before:
				rank = 2
			case s.at > o.at:
				rank = 1
			}
			pairs = append(pairs, pair{entente.Claim{Subject: s.ID, Relation: t.relation, Object: o.ID, Status: entente.Occurred,
				Evidence: doc.Sentences[t.sentence].Span, Report: doc.Report.ID}, rank})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]entente.Claim, len(pairs))
	for i, p := range pairs {
		out[i] = p.claim
	}
	return out
}

// actorsNear returns whom the mentions of a sentence stand for, in order, and
// then those of the two sentences before, the nearest first.
func actorsNear(doc *event.Document, sentence int) []near {
	var here, before []near
	for _, m := range doc.Names.Placed() {
		for _, id := range append(slices.Clone(m.Entities), m.Acts) {
			switch {
			case id == "":
			case m.Sentence == sentence:
				here = append(here, near{doc.Names.Entity(id), false, m.Span.Start})
			case m.Sentence < sentence && m.Sentence >= sentence-2:
				before = append(before, near{doc.Names.Entity(id), true, m.Span.Start})
			}
		}
	}
	slices.Reverse(before)
	return append(here, before...)
}

// acts reports whether an entity of a kind can be the subject of a claim.
func acts(k entente.Kind) bool {
	return k == entente.Person || k == entente.State || k == entente.Organisation
}

// takes reports whether the object of a relation can be of a kind.
func takes(r entente.Relation, k entente.Kind) bool {
	switch r {
	case entente.Visited, entente.DeployedTo:
		return k == entente.Place || k == entente.State
	case entente.Signed, entente.Ratified:
		return k == entente.Agreement
	case entente.WithdrewFrom:
		return k != entente.Person
	case entente.Accompanied:
		return k == entente.Person
	}
	return acts(k)
}
