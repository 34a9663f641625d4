// Package when reads words of time in English news: "on Tuesday", "from March
// 17 to 21", "last month", "two days later", "since October".
//
// [Find] finds the phrases of a sentence; [Expression.Resolve] turns one into a
// date of EDTF level 1, seen from the day of the dateline and from the date
// that is in force in the text. [Read] does both for what a person types.
//
// The grammar is a hand-written descent over a word list (data/time.txt); its
// rules are those of the annotation guidelines (data/gold). What it does not
// date: durations ("for two years", "a three-day visit"), numbers too vague to
// count with ("more than a decade ago"), times of day, holidays, and "at the
// end of this week", which names no day.
package when

import (
	"fmt"
	"strings"

	"github.com/entente-kg/entente"
)

// Expression is a phrase of time in a text, not yet tied to a day.
type Expression struct {
	Span entente.Span

	// Attributive is set where the phrase is part of a name or tells one
	// thing from another of its kind ("the 2015 agreement", "its first visit
	// since 2004"), and need not date what the sentence reports.
	Attributive bool

	// Clause is set where the phrase dates the clause behind it and not what
	// stands before: "a day after four states severed ties".
	Clause bool

	shape      shape
	head, tail moment
	prev       *Expression // the one before in the sentence that may be in force, if any
}

// shape is how an expression makes a date of its moments.
type shape uint8

const (
	point   shape = iota // head
	between              // from head to tail
	since                // from head on
	until                // from the day of publication to head
	before               // as until, of the past too
	within               // from the day of publication, head.n units on
	beyond               // from the day of publication to the end of head, a unit
	past                 // head.n units that end on the day of publication
	nothing              // no date: it only keeps its words from being read otherwise
)

// Context is what an expression is seen from.
type Context struct {
	Published entente.Date // day of the dateline; may be unknown
	Last      entente.Date // date in force from the sentence before, for "that year", "two days later"
	Future    bool         // the event is planned: "on Friday" is the coming one
	Past      bool         // the event is over: no day after the dateline

	same entente.Date // date in force from the same sentence
}

// chain bounds how many expressions may hang on each other, so that resolving
// stays cheap in a text that is no prose.
const chain = 16

// Find returns the words of time within a part of text, the longest where they
// overlap, in order.
func Find(text string, within entente.Span) []Expression {
	return find(text, within, false)
}

// FindAnyCase is [Find] for what people type: "october 2023" counts as well.
func FindAnyCase(text string, within entente.Span) []Expression {
	return find(text, within, true)
}

func find(text string, within entente.Span, anyCase bool) []Expression {
	within.Start, within.End = max(0, within.Start), min(len(text), within.End)
	if within.Start >= within.End {
		return nil
	}
	tokens, found := scan(text, within)
	if !found {
		return nil
	}
	p := &parser{tokens: tokens, anyCase: anyCase}
	var out []Expression
	for i := 0; i < len(tokens); {
		e, next := p.expression(i)
		if next <= i {
			i++
			continue
		}
		e.Span = entente.Span{Start: tokens[i].start, End: tokens[next-1].end}
		e.Attributive = e.Attributive || p.attributive(i, next, e)
		out = append(out, e)
		i = next
	}
	for i := 1; i < len(out); i++ {
		if i%chain == 0 {
			continue
		}
		out[i].prev = &out[i-1]
		if out[i-1].Attributive || out[i-1].Clause {
			out[i].prev = out[i-1].prev
		}
	}
	return out
}

// Read reads a date that a person typed: EDTF, or words of time ("October
// 2023", "last month", "since 2020") seen from c. The error says what would be
// understood.
func Read(words string, c Context) (entente.Date, error) {
	words = strings.TrimSpace(words)
	if d, err := entente.ParseDate(words); err == nil {
		d.Basis = entente.Stated
		return d, nil
	}
	found := FindAnyCase(words, entente.Span{End: len(words)})
	if len(found) != 1 || strings.TrimSpace(words[found[0].Span.End:]) != "" || !onlyLinks(words[:found[0].Span.Start]) {
		return entente.Date{}, fmt.Errorf(`%q is no date; write 2023, 2023-10, 2023-10-18, "October 2023" or "last month"`, words)
	}
	d := found[0].Resolve(c)
	if d.IsZero() {
		return d, fmt.Errorf("%q names no day, month or year that can be worked out; write 2023, 2023-10 or 2023-10-18", words)
	}
	return d, nil
}

// onlyLinks reports whether words are at most a preposition and an article.
func onlyLinks(words string) bool {
	tokens, _ := scan(words, entente.Span{End: len(words)})
	for _, t := range tokens {
		if t.class != link {
			return false
		}
	}
	return true
}
