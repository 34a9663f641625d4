package event

import (
	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/linear"
)

// An Example is a candidate with its features, for training.
type Example struct {
	Relation        entente.Relation
	Subject, Object entente.EntityID
	Sentence        int // its index
	Prompt          int // number of its prompt in the document
	Class           string
	Trust           uint64   // in the frame that proposes it: 2, 1 if that is loose, 0 for none
	Implicit        uint64   // 1: the subject, 2: the object is not in the sentence
	Fire            []uint64 // features of its prompt
	Keys            []uint64 // features of its actors

	// Options returns the features of each status, in the order of
	// entente.Statuses, and of each date that the claim may have, if it has the
	// given status. It is to be called while told is.
	Options func(entente.Status) (statuses, dates [][]uint64, when []entente.Date)
}

// Examples returns the candidates of a document; told says which of them are
// claims, so that the sentences after know what was told before.
func (f *Frames) Examples(doc *Document, told func(*Example) bool) []Example {
	var out []Example
	r := &reader{f: f, doc: doc}
	r.judge = func(r *reader, all []judged) []judged {
		var kept []judged
		for _, c := range all {
			e := Example{Relation: c.frame.Relation, Subject: c.s.id, Object: c.o.id, Sentence: r.si, Prompt: c.number, Class: c.class, Trust: c.trust, Implicit: c.implicit, Fire: c.fire, Keys: c.keys}
			e.Options = func(status entente.Status) ([][]uint64, [][]uint64, []entente.Date) {
				var keys [][]uint64
				var dates []entente.Date
				for _, d := range r.dates(c, status) {
					keys, dates = append(keys, d.keys.List), append(dates, d.date)
				}
				return r.statusOptions(c), keys, dates
			}
			if told(&e) {
				kept = append(kept, c)
			}
			e.Options = nil
			out = append(out, e)
		}
		return kept
	}
	r.weighTopics()
	for i := range doc.Sentences {
		r.sentence(i)
	}
	return out
}

// LearnFire fits the step that decides whether a prompt tells of its relation.
func (j *Judge) LearnFire(examples []linear.Example, how linear.Learning) {
	j.fire.Learn(examples, how)
}

// LearnFill fits the step that picks the actors of a prompt that does.
func (j *Judge) LearnFill(examples []linear.Example, how linear.Learning) {
	j.fill.Learn(examples, how)
}

// LearnFinal fits the step that weighs what the two say.
func (j *Judge) LearnFinal(examples []linear.Example, how linear.Learning) {
	j.final.Learn(examples, how)
}

// LearnChoices fits the table that chooses the status and the date of a claim.
func (j *Judge) LearnChoices(choices []linear.Choice, how linear.Learning) {
	j.choice.LearnChoices(choices, how)
}

// likeliest returns the index of the example with the likeliest actors, how
// likely they are, and how many are likelier than not.
func (j *Judge) likeliest(examples []Example) (best int, top float64, likely int) {
	top = -1
	for n, e := range examples {
		p := j.Fill(e)
		if p > top {
			best, top = n, p
		}
		if p > 0.5 {
			likely++
		}
	}
	return best, top, likely
}

// Verdicts returns the features of the last step for the examples of one prompt.
func (j *Judge) Verdicts(examples []Example) [][]uint64 {
	best, top, _ := j.likeliest(examples)
	fire := j.Fire(examples[best].Fire, j.Summary(examples))
	out := make([][]uint64, len(examples))
	for n, e := range examples {
		out[n] = verdict(e.Relation, fire, j.Fill(e), top, e.Trust, e.Implicit, e.Subject == examples[best].Subject, e.Object == examples[best].Object)
	}
	return out
}

// Fill returns the probability that the actors of an example are those that its
// prompt tells of, if it does.
func (j *Judge) Fill(e Example) float64 { return linear.Logistic(j.fill.Sum(e.Keys)) }

// Summary returns the features of the prompt of the examples, which are all of
// one prompt, under the judge's second step.
func (j *Judge) Summary(examples []Example) []uint64 {
	best, top, likely := j.likeliest(examples)
	b := examples[best]
	return summary(b.Relation, b.Class, top, b.Trust, b.Implicit, likely)
}

// Fire returns the probability that a prompt tells of its relation.
func (j *Judge) Fire(keys, summary []uint64) float64 {
	return linear.Logistic(j.fire.Sum(keys) + j.fire.Sum(summary))
}
