package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// paper resolves an agreement named by a common noun: with words of its own it
// is an agreement of this report; bare and definite it is the last one.
func (r *resolver) paper(i int, lemma string) {
	start := r.paperStart(i)
	if start == i {
		if last := r.lastPaper(i, lemma); r.definite(i) && !r.possessed(i) && len(last) > 0 {
			r.point(i, Nominal, last)
			return
		}
		if r.t.g.is("bare-paper", lemma) && !r.signed(i) {
			return
		}
	}
	end := i + 1
	if i+2 < len(r.s) && strings.EqualFold(r.s[i+1].Text, "of") && strings.EqualFold(r.s[i+2].Text, "understanding") {
		end = i + 3
	}
	span := entente.Span{Start: r.s[start].Span.Start, End: r.s[end-1].Span.End}
	name := strings.Join(strings.Fields(span.Of(r.t.report.Text)), " ")
	id := entente.LocalID(asciiName(name), r.t.report.ID)
	r.t.entity(entente.Entity{ID: id, Kind: entente.Agreement, Name: name})
	r.point(i, Nominal, []entente.EntityID{id})
}

// lastPaper returns the agreement last spoken of that is called by the noun, else
// the last of any sort.
func (r *resolver) lastPaper(i int, lemma string) []entente.EntityID {
	for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 20; n-- {
		ids := r.actors(r.history[n])
		if len(ids) == 1 && r.t.Entity(ids[0]).Kind == entente.Agreement && slices.Contains(strings.Fields(strings.ToLower(r.t.Entity(ids[0]).Name)), lemma) {
			return ids
		}
	}
	return r.last(i, entente.Agreement)
}

// signed reports whether noun i is what a verb of signing affects.
func (r *resolver) signed(i int) bool {
	h := r.s[i].Head
	return h >= 0 && r.t.g.is("signing", r.s[h].Lemma)
}

// paperStart returns the first word of the name of the agreement headed by i:
// adjectives and nouns before it, loose ones left out.
func (r *resolver) paperStart(i int) int {
	start := i
	for k := i - 1; k >= 0; k-- {
		tok := r.s[k]
		w := strings.ToLower(tok.Text)
		part := strings.HasPrefix(tok.Tag, "NN") || strings.HasPrefix(tok.Tag, "JJ") || tok.Tag == "VBN" || tok.Tag == "CD" && len(tok.Text) == 4 || w == "-" && k > 0
		if !part || tok.Name > 0 && tok.Tag != "JJ" || r.t.g.is("loose", w) {
			break
		}
		if w != "-" {
			start = k
		}
	}
	for start > 0 && start < i && r.s[start-1].Text == "-" {
		start++ // half of "U.S.-brokered", "48-hour"
		for start < i && r.s[start].Text == "-" {
			start += 2
		}
	}
	return min(start, i)
}
