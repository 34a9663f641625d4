package event

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// attribution returns who says what trigger i tells, when it is reported
// speech: the subject of the verb of saying above it, what follows "according
// to", or the speaker of the quotation that goes on from the sentence before.
func (r *reader) attribution(i int) entente.EntityID {
	t := r.t
	reported := false // below a time that "that" was hung on: "said on Monday that …"
	for v := i; v >= 0; v = t.head(v) {
		h := t.head(v)
		if h < 0 {
			break
		}
		if (reported || t.is(v, "ccomp", "parataxis", "xcomp")) && r.saying(h) {
			return r.sayer(h)
		}
		reported = reported || t.is(v, "acl") && r.timed(h)
	}
	for k := range t.tokens {
		if r.saying(k) && t.is(k, "parataxis", "ccomp", "advcl") && t.below(i, t.head(k)) && !t.below(i, k) {
			return r.sayer(k)
		}
		if t.prep(k) == "according to" {
			if a := r.gather(nil, k, sayerRole); len(a) > 0 {
				return a[0].id
			}
		}
	}
	if r.quoted() {
		return r.lastSayer
	}
	return ""
}

// saying reports whether token i is a verb of saying.
func (r *reader) saying(i int) bool {
	return r.t.verb(i) && r.f.lists["say"][strings.ToLower(r.t.tokens[i].Lemma)]
}

// sayer returns the subject of a verb of saying.
func (r *reader) sayer(v int) entente.EntityID {
	s := r.t.agent(v)
	if s < 0 {
		return ""
	}
	if a := r.gather(nil, s, sayerRole); len(a) > 0 {
		return a[0].id
	}
	return ""
}

// quoted reports whether the sentence begins within a quotation.
func (r *reader) quoted() bool {
	text := r.doc.Sentences[r.si].Span.Of(r.doc.Report.Text)
	return r.open || strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "“")
}

// hear keeps who spoke in this sentence, and whether its last quotation stays
// open, for the next.
func (r *reader) hear() {
	for k := range r.t.tokens {
		if r.saying(k) {
			if id := r.sayer(k); id != "" {
				r.lastSayer = id
			}
		}
	}
	for _, c := range r.doc.Sentences[r.si].Span.Of(r.doc.Report.Text) {
		switch c {
		case '"':
			r.open = !r.open
		case '“':
			r.open = true
		case '”':
			r.open = false
		}
	}
}

// sayerRole is what a speaker may be. A first person is never looked up for
// it, since that asks for the speaker again.
var sayerRole = Role{Within: true, Kinds: []entente.Kind{entente.Person, entente.State, entente.Organisation}}
