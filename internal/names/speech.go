package names

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// A speech follows who speaks in quotations, over the sentences of a report.
type speech struct {
	open    bool             // a quotation goes on from the sentence before
	speaker entente.EntityID // who spoke last
	at      int              // in which sentence
}

// quotations resolves the first person within the quotations of the sentence,
// once its other words are resolved.
func (r *resolver) quotations() {
	if r.paragraph() {
		r.speech.open = false
	}
	id := r.speaking()
	if id != "" {
		r.speech.speaker, r.speech.at = id, r.si
	}
	for i := range r.s {
		word := strings.ToLower(r.s[i].Text)
		switch word {
		case `"`, "“", "”", "``", "''":
			r.speech.open = word == "“" || word == "``" || word == `"` && !r.speech.open
		case "i", "me", "my", "myself", "mine", "we", "us", "our", "ours", "ourselves":
			switch {
			case r.s[i].Text == "US":
			case r.speech.open:
				r.firstPerson(i, word)
			case word[0] == 'w' || word[0] == 'u' || word[0] == 'o':
				r.us(i)
			}
		}
	}
}

// paragraph reports whether the sentence begins a paragraph.
func (r *resolver) paragraph() bool {
	if len(r.s) == 0 {
		return true
	}
	at := r.s[0].Span.Start
	return at < 2 || strings.Contains(r.t.report.Text[max(0, at-3):at], "\n\n")
}

// firstPerson points "I" to who speaks, "we" to the state or body spoken for.
func (r *resolver) firstPerson(i int, word string) {
	id := r.speech.speaker
	if id == "" || r.si-r.speech.at > 3 {
		return
	}
	p := r.t.person(id)
	switch {
	case word[0] == 'i' || word[0] == 'm':
		if p == nil {
			return
		}
	case p != nil:
		if id = r.t.g.states[or(p.state, p.guess)]; p.holder != "" && p.state == "" {
			id = p.holder
		}
	}
	if id != "" {
		id = r.t.knows(id)
		r.t.aside(Mention{Span: r.s[i].Span, Sentence: r.si, Token: i, Form: Pronoun, Entities: []entente.EntityID{id}, Kind: r.t.Entity(id).Kind})
	}
}

// us points "we" outside quotations to the state that makes the statement.
func (r *resolver) us(i int) {
	home, _ := r.t.home()
	if id := r.t.g.states[home]; id != "" {
		id = r.t.knows(id)
		r.t.aside(Mention{Span: r.s[i].Span, Sentence: r.si, Token: i, Form: Pronoun, Entities: []entente.EntityID{id}, Kind: entente.State})
	}
}

// knows makes the report know an entity of the gazetteer.
func (t *Table) knows(id entente.EntityID) entente.EntityID {
	if e, ok := t.g.byID[id]; ok {
		t.entity(e)
	}
	return id
}

// speaking returns the subject of the first verb of speech of the sentence, a
// person before others; "" for none.
func (r *resolver) speaking() entente.EntityID {
	var other entente.EntityID
	for v := range r.s {
		if !r.t.g.is("speech", strings.ToLower(r.s[v].Lemma)) || !strings.HasPrefix(r.s[v].Tag, "VB") {
			continue
		}
		k := r.child(v, func(k int) bool { return strings.HasPrefix(r.s[k].Rel, "nsubj") })
		if k < 0 {
			continue
		}
		m, ok := r.t.at[[2]int{r.si, k}]
		if !ok {
			continue
		}
		ids := r.actors(referent{mention: m})
		switch {
		case len(ids) != 1:
		case r.t.Entity(ids[0]).Kind == entente.Person:
			return ids[0]
		case other == "":
			other = ids[0]
		}
	}
	return other
}
