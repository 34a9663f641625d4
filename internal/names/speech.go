package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// A speech follows who speaks in quotations, over the sentences of a report.
type speech struct {
	turns   []entente.EntityID // who takes part in an interview, in order of appearance
	turn    entente.EntityID   // whose turn it is, "" outside an interview
	open    bool               // a quotation goes on from the sentence before
	speaker entente.EntityID   // who spoke last
	at      int                // in which sentence
}

// quotations resolves the first person within the quotations of the sentence,
// once its other words are resolved.
func (r *resolver) quotations() {
	if r.paragraph() {
		r.speech.open = false
		r.takeTurn()
	}
	id := r.speaking()
	if id != "" {
		r.speech.speaker, r.speech.at = id, r.si
	}
	for i := range r.s {
		word := strings.ToLower(r.s[i].Text)
		if r.speech.turn != "" && !r.speech.open && r.conversation(i, word) {
			continue
		}
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

// takeTurn notes who speaks in a paragraph that begins with a name and a colon,
// or with "Q:" and "A:", which stand for the first two that have spoken.
func (r *resolver) takeTurn() {
	if len(r.s) < 3 || r.s[1].Text != ":" {
		return
	}
	sp := &r.speech
	m, ok := r.t.at[[2]int{r.si, 0}]
	switch {
	case ok && r.t.mentions[m].Kind == entente.Person && len(r.t.mentions[m].Entities) == 1:
		sp.turn = r.t.mentions[m].Entities[0]
		if !slices.Contains(sp.turns, sp.turn) {
			sp.turns = append(sp.turns, sp.turn)
		}
	case len(sp.turns) == 2 && r.s[0].Text == "Q":
		sp.turn = sp.turns[0]
	case len(sp.turns) == 2 && r.s[0].Text == "A":
		sp.turn = sp.turns[1]
	}
}

// conversation points "I" to whose turn it is and "you" to the other of two.
func (r *resolver) conversation(i int, word string) bool {
	id := r.speech.turn
	switch word {
	case "i", "me", "my", "myself", "mine":
	case "you", "your", "yours", "yourself":
		if len(r.speech.turns) != 2 {
			return false
		}
		if id = r.speech.turns[0]; id == r.speech.turn {
			id = r.speech.turns[1]
		}
	default:
		return false
	}
	r.t.add(Mention{Span: r.s[i].Span, Sentence: r.si, Token: i, Form: Pronoun, Entities: []entente.EntityID{id}, Kind: entente.Person})
	return true
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
