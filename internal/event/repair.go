package event

import "strings"

// repair mends what the parser is known to get wrong on news, where names and
// times say better.
func (r *reader) repair() {
	r.t.tokens = append(r.t.tokens[:0:0], r.t.tokens...)
	changed := false
	for i := range r.t.tokens {
		changed = r.timeSubject(i) || r.lightParticiple(i) || r.onlyVerb(i) || changed
	}
	if changed {
		r.t = newTree(r.t.tokens)
	}
}

// timeSubject makes actors that the parser coordinated with a time before them
// the subject: "In January, Mali and Niger withdrew".
func (r *reader) timeSubject(i int) bool {
	t := r.t
	h := t.head(i)
	if t.rel(i) != "conj" || h < 0 || t.noun(i) && !strings.HasPrefix(t.tokens[i].Tag, "NNP") || !r.timed(h) || r.timed(i) {
		return false
	}
	v := t.governor(h)
	if v < i || t.child(v, "nsubj") >= 0 {
		if s := t.child(v, "nsubj"); v < i || s >= 0 && t.head(s) != v {
			return false
		}
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel = v, "nsubj"
	if t.passive(v) {
		t.tokens[i].Rel = "nsubj:pass"
	}
	for k := range t.tokens {
		if k != i && t.head(k) == h && t.rel(k) == "conj" && k > i {
			t.tokens[k].Head = i
		}
	}
	*t = *newTree(t.tokens)
	return true
}

// timed reports whether token i stands within a phrase of time.
func (r *reader) timed(i int) bool {
	for _, e := range r.times {
		if e.Span.Overlaps(r.t.tokens[i].Span) {
			return true
		}
	}
	return false
}

// lightParticiple makes a light verb that was read as a participle before its
// object the verb of the clause: "He and others [held] talks with".
func (r *reader) lightParticiple(i int) bool {
	t := r.t
	n := t.head(i)
	if t.rel(i) != "amod" || n != i+1 && n != i+2 || !strings.HasPrefix(t.tokens[i].Tag, "VB") || !r.f.light[t.tokens[i].Lemma] {
		return false
	}
	s := t.child(n, "nsubj")
	if s < 0 || t.child(n, "cop") >= 0 {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel, t.tokens[i].Tag = t.tokens[n].Head, t.tokens[n].Rel, "VBD"
	t.tokens[n].Head, t.tokens[n].Rel = i, "obj"
	t.tokens[s].Head = i
	*t = *newTree(t.tokens)
	return true
}

// onlyVerb makes a past participle between a name and a noun the verb of a
// sentence that was left without one: "Turkey detained three journalists".
func (r *reader) onlyVerb(i int) bool {
	t := r.t
	n := t.head(i)
	if !t.is(i, "amod") || !strings.HasPrefix(t.tokens[i].Tag, "VB") || i == 0 || n < i || t.tokens[n].Head >= 0 || !t.noun(n) {
		return false
	}
	s := i - 1
	if t.tokens[s].Pos != "PROPN" || t.head(s) != n || t.child(n, "nsubj", "cop") >= 0 {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Rel, t.tokens[i].Tag = -1, "root", "VBD"
	t.tokens[s].Head, t.tokens[s].Rel = i, "nsubj"
	t.tokens[n].Head, t.tokens[n].Rel = i, "obj"
	*t = *newTree(t.tokens)
	return true
}
