package main

import (
	"fmt"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/loader"
)

// explainReading shows a report sentence by sentence: its words with tags, tree
// and names, the claims with the words that they were read from, and what else
// the sentence might tell with the reason why it is no claim.
func explainReading(r entente.Reading, e loader.Explanation) string {
	x := explainer{reading: r, why: map[entente.ClaimID]loader.Reason{}, names: map[entente.EntityID]string{}}
	for _, reason := range e.Reasons {
		if reason.Claim != "" {
			x.why[reason.Claim] = reason
		}
	}
	for _, entity := range r.Entities {
		x.names[entity.ID] = entity.Name
	}
	fmt.Fprintf(&x.Builder, "# %s\n", clean(cite(r.Report)))
	for _, s := range e.Document.Sentences {
		x.sentence(s)
		for _, c := range r.Claims {
			if c.Evidence == s.Span {
				x.claim(c)
			}
		}
		for _, reason := range e.Reasons {
			if reason.Claim == "" && reason.Evidence == s.Span {
				x.refused(reason)
			}
		}
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&x.Builder, "\nnot understood: %s\n", clean(p.Text))
	}
	return x.String() + "\n"
}

// explainer writes what explainReading shows.
type explainer struct {
	strings.Builder
	reading entente.Reading
	why     map[entente.ClaimID]loader.Reason
	names   map[entente.EntityID]string
}

// name is the name of an entity, its ID where the reading has no claim or
// mention of it.
func (x *explainer) name(id entente.EntityID) string {
	if n, ok := x.names[id]; ok {
		return clean(n)
	}
	return string(id)
}

// sentence writes one line a word: number, word, dictionary form, tag, number of
// the head (0 for the root), relation to it, and whom it stands for.
func (x *explainer) sentence(s english.Sentence) {
	fmt.Fprintf(x, "\n## bytes %d–%d: %s\n", s.Span.Start, s.Span.End, clean(s.Span.Of(x.reading.Report.Text)))
	for i, t := range s.Tokens {
		line := fmt.Sprintf("%4d  %-20s %-16s %-5s %3d %-12s", i+1, clean(t.Text), clean(t.Lemma), t.Tag, t.Head+1, t.Rel)
		if who := x.standsFor(t.Span); len(who) > 0 {
			line += " = " + strings.Join(who, ", ")
		}
		fmt.Fprintln(x, strings.TrimRight(line, " "))
	}
}

// standsFor returns the entities of the mentions that end with a word.
func (x *explainer) standsFor(word entente.Span) []string {
	var who []string
	for _, m := range x.reading.Mentions {
		if m.Span.End == word.End && m.Span.Overlaps(word) {
			who = append(who, string(m.Entity))
		}
	}
	return who
}

// claim writes one claim and the words that it was read from.
func (x *explainer) claim(c entente.Claim) {
	fmt.Fprintf(x, "\n  %s  %s %s %s  [%s]\n", c.ID, x.name(c.Subject), c.Relation, x.name(c.Object), c.Status)
	if reason, ok := x.why[c.ID]; ok {
		fmt.Fprintf(x, "    frame        %s, at %q\n", reason.Frame, clean(reason.Trigger.Of(x.reading.Report.Text)))
	}
	explainActor(&x.Builder, "subject", c.Subject, c, x.reading)
	explainActor(&x.Builder, "object", c.Object, c, x.reading)
	explainActor(&x.Builder, "place", c.Place, c, x.reading)
	explainActor(&x.Builder, "attribution", c.Attribution, c, x.reading)
	if c.Date.IsZero() {
		fmt.Fprintf(x, "    date         the text does not say\n")
	} else {
		fmt.Fprintf(x, "    date         %s, %s, from %q\n", c.Date.EDTF, c.Date.Basis, clean(c.Date.From.Of(x.reading.Report.Text)))
	}
	if c.Confidence > 0 {
		fmt.Fprintf(x, "    confidence   %.2f\n", c.Confidence)
	}
}

// refused writes what a sentence might tell, and why it is no claim.
func (x *explainer) refused(r loader.Reason) {
	fmt.Fprintf(x, "  no claim: %.2f %s %s %s, %s, at %q: %s\n", r.Confidence, x.name(r.Subject), r.Relation, x.name(r.Object), r.Frame,
		clean(r.Trigger.Of(x.reading.Report.Text)), r.Not)
}

// explainActor names an actor and the words that stand for it in the sentence,
// or else the last that stand for it before.
func explainActor(b *strings.Builder, role string, id entente.EntityID, c entente.Claim, r entente.Reading) {
	if id == "" {
		return
	}
	where := "what stands for it; the text does not name it"
	for _, m := range r.Mentions {
		if m.Entity != id || m.Span.Start >= c.Evidence.End {
			continue
		}
		where = fmt.Sprintf("%q at byte %d", clean(m.Span.Of(r.Report.Text)), m.Span.Start)
		if c.Evidence.Contains(m.Span) {
			break
		}
		where += ", before the sentence"
	}
	fmt.Fprintf(b, "    %-12s %s, from %s\n", role, id, where)
}
