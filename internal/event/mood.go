package event

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// A mood says how far an event is from having happened.
type mood int

// The moods; the later one wins where two meet.
const (
	plain mood = iota
	ongoing
	planned
	hypothetical
	demanded // asked for, not promised: no event
	denied
	calledOff
)

var moodNames = map[string]mood{"plain": plain, "ongoing": ongoing, "planned": planned, "hypothetical": hypothetical,
	"demanded": demanded, "denied": denied, "called-off": calledOff}

// status returns the status that a mood gives a claim; ok is false where the
// text does not tell of an event at all.
func (m mood) status() (s entente.Status, ok bool) {
	switch m {
	case ongoing:
		return entente.Ongoing, true
	case planned:
		return entente.Planned, true
	case denied:
		return entente.Denied, true
	case calledOff:
		return entente.CalledOff, true
	case plain:
		return entente.Occurred, true
	}
	return "", false
}

// mood returns the mood of trigger i of the given class.
func (r *reader) mood(i int, class string) mood {
	if class == "noun" {
		return r.nounMood(i, 0)
	}
	return r.verbMood(i, 0)
}

// verbMood reads the auxiliaries and negation of verb v and what governs it.
func (r *reader) verbMood(v, depth int) mood {
	if v < 0 || depth > 5 {
		return plain
	}
	m := max(r.auxMood(v), r.governedMood(v, depth))
	if m == plain && r.progressive(v) {
		return ongoing
	}
	return m
}

// auxMood reads what stands directly beside verb v.
func (r *reader) auxMood(v int) mood {
	t, m := r.t, plain
	be, to := false, t.marked(v, "to")
	for _, k := range t.kids[v] {
		word := strings.ToLower(t.tokens[k].Lemma)
		switch t.rel(k) {
		case "aux", "cop":
			m = max(m, r.f.moods["aux:"+word])
			be = be || word == "be" && t.tokens[k].Tag != "VBN" && t.tokens[k].Tag != "VB"
		case "advmod", "cc", "det":
			if r.f.lists["negation"][strings.ToLower(t.tokens[k].Text)] && !r.notOnly(k) {
				m = max(m, denied)
			}
		case "mark":
			if t.is(v, "advcl") && r.f.lists["condition"][strings.ToLower(t.tokens[k].Text)] {
				m = max(m, hypothetical)
			}
		}
	}
	if s := t.child(v, "nsubj", "nsubj:pass"); s >= 0 {
		for _, d := range t.kids[s] {
			if t.is(d, "det", "cc", "advmod") && r.f.lists["negation"][strings.ToLower(t.tokens[d].Text)] && !r.notOnly(d) {
				m = max(m, denied) // "no state", "neither Mali nor Niger"
			}
		}
	}
	if be && to {
		m = max(m, planned)
	}
	return m
}

// notOnly reports whether the negation k belongs to "not only".
func (r *reader) notOnly(k int) bool {
	return k+1 < len(r.t.tokens) && r.f.lists["only"][strings.ToLower(r.t.tokens[k+1].Text)]
}

func (r *reader) progressive(v int) bool {
	if r.t.tokens[v].Tag != "VBG" {
		return false
	}
	be := false
	for _, k := range r.t.kids[v] {
		if r.t.rel(k) != "aux" {
			continue
		}
		if tag := r.t.tokens[k].Tag; tag == "VBD" {
			return false
		}
		be = true
	}
	return be
}

// governedMood reads what verb v's own governor says of it.
func (r *reader) governedMood(v, depth int) mood {
	t := r.t
	h := t.head(v)
	if h < 0 {
		return plain
	}
	word := strings.ToLower(t.tokens[h].Lemma)
	switch t.rel(v) {
	case "xcomp":
		if t.child(h, "obj") >= 0 && r.f.lists["wish"][word] {
			return demanded
		}
		return max(r.f.moods["to:"+word], r.verbMood(h, depth+1))
	case "ccomp":
		return r.f.moods["that:"+word]
	case "advcl":
		if t.marked(v, "to") && t.child(v, "aux") < 0 || t.marked(v, "before") && t.tokens[v].Tag == "VBG" {
			return max(planned, r.f.moods["to:"+word], r.hypothesis(h, depth))
		}
		if t.marked(v, "without", "instead") {
			return denied
		}
		if t.tokens[v].Tag == "VBG" || t.tokens[v].Tag == "VBN" {
			return r.verbMood(h, depth+1)
		}
	case "acl":
		if t.marked(v, "to") && r.ordinal(h) {
			return plain
		}
		if t.marked(v, "to") {
			return max(planned, r.f.moods["for:"+word], r.nounMood(h, depth+1))
		}
		if t.marked(v, "of") {
			return r.f.moods["for:"+word]
		}
	case "conj":
		bare := t.tokens[v].Tag == "VBP" && t.modal(h)                                            // "will engage … and meet", which the tagger takes for finite
		if t.verb(h) && t.child(v, "aux", "nsubj") < 0 && (t.finite(h) || !t.finite(v) || bare) { // not "did not … but warned"
			return r.verbMood(h, depth+1)
		}
	}
	return plain
}

// hypothesis returns the mood of h when it is no more than a thought.
func (r *reader) hypothesis(h, depth int) mood {
	if m := r.verbMood(h, depth+1); m >= hypothetical {
		return m
	}
	return plain
}

// nounMood reads the modifiers of noun n and the word that it depends on.
func (r *reader) nounMood(n, depth int) mood {
	t, m := r.t, plain
	if depth > 5 {
		return m
	}
	for _, k := range t.kids[n] {
		word := strings.ToLower(t.tokens[k].Lemma)
		switch {
		case t.is(k, "amod", "compound", "advmod"):
			m = max(m, r.f.moods["mod:"+strings.ToLower(t.tokens[k].Text)], r.f.moods["mod:"+word])
		case t.is(k, "det") && r.f.lists["negation"][word]:
			m = max(m, denied)
		}
	}
	c := n
	for i := 0; i < 3 && t.is(c, "conj", "compound") && t.head(c) >= 0; i++ {
		c = t.head(c) // "the aid package"
	}
	h := t.head(c)
	if h < 0 {
		return m
	}
	word := strings.ToLower(t.tokens[h].Lemma)
	prep := t.prep(c)
	switch {
	case t.is(c, "obj", "nsubj:pass", "nsubj") && t.verb(h):
		about, said := max(m, r.f.moods["noun:"+word], r.phraseMood(h)), r.verbMood(h, depth+1)
		if about == planned && said == denied {
			return hypothetical // "has not been scheduled"
		}
		return max(about, said)
	case t.verb(h):
		m = max(m, r.f.moods["prep:"+prep], r.f.moods["noun:"+word+"-"+prep])
		if v := r.verbMood(h, depth+1); v == planned || v == hypothetical || v == demanded {
			m = max(m, v)
		}
	case t.noun(h):
		m = max(m, r.f.moods["for:"+word])
	}
	return m
}

// phraseMood reads verbs with a particle: "called off", "put off", "ruled out".
func (r *reader) phraseMood(v int) mood {
	if p := r.t.child(v, "compound:prt"); p >= 0 {
		return r.f.moods["noun:"+r.t.tokens[v].Lemma+"-"+strings.ToLower(r.t.tokens[p].Text)]
	}
	return plain
}

// ordinal reports whether noun h is "the first", "the only", "the latest", who
// did what the infinitive after it says.
func (r *reader) ordinal(h int) bool {
	for _, k := range append(r.t.kids[h], h) {
		if r.f.lists["ordinal"][strings.ToLower(r.t.tokens[k].Text)] {
			return true
		}
	}
	return false
}
