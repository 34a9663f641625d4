package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// collapse makes a mention of each hit whose entity is known, and joins its
// tokens.
func (t *Table) collapse(f *finder, sentences []english.Sentence) []english.Sentence {
	t.spellOut(f)
	out := make([]english.Sentence, len(sentences))
	next := 0
	for si, s := range sentences {
		f.load(si, s.Tokens)
		var ranges []english.Range
		first := len(t.mentions)
		var within []Mention
		for ; next < len(f.hits) && f.hits[next].sentence == si; next++ {
			h := &f.hits[next]
			m, ok := t.mention(f, h)
			if !ok {
				continue
			}
			removed := 0
			for _, r := range ranges {
				removed += r.End - r.Start - 1
			}
			m.Sentence, m.Token = si, h.start-removed
			ranges = append(ranges, english.Range{Start: h.start, End: h.end})
			t.ownership(f, h, len(t.mentions))
			t.add(m)
			within = append(within, t.inner(f, h, m)...)
		}
		out[si] = english.Sentence{Span: s.Span, Tokens: english.Collapse(t.report.Text, s.Tokens, ranges, first)}
		for _, m := range t.mentions[first:] {
			if m.Form == Adjective {
				adjective(&out[si].Tokens[m.Token])
			}
		}
		for _, m := range within {
			t.aside(m)
		}
	}
	return out
}

// ownership notes the possessive pronoun that begins the title of a hit, which
// mention m stands for.
func (t *Table) ownership(f *finder, h *hit, m int) {
	if h.title == nil || h.title.own == "" {
		return
	}
	k := h.start
	if f.possessive(k) == "" {
		k = h.to + 1
	}
	if f.possessive(k) == "" {
		return
	}
	own := ownership{word: h.title.own, span: f.s[k].Span, office: -1}
	if n := len(t.offices) - 1; n >= 0 && t.offices[n].Sentence == h.sentence && t.offices[n].Span == f.span(h.start, h.end) {
		own.office = n
	}
	t.owns[m] = own
}

// spellOut notes the acronyms that the longer names of the report make: "JCPOA"
// of "Joint Comprehensive Plan of Action", "MBS" of "Mohammed bin Salman".
func (t *Table) spellOut(f *finder) {
	t.acronyms = map[string]entente.EntityID{}
	for i := range f.hits {
		h := &f.hits[i]
		words := h.words
		if h.kind != entente.Person && h.entry == nil && h.kind != "" {
			words = strings.Fields(t.spanText(h))
		}
		if len(words) < 3 || h.acronym || h.entry != nil {
			continue
		}
		var id entente.EntityID
		if h.kind == entente.Person {
			if p := t.known(h.words); p != nil {
				id = t.idOf(p)
			}
		} else {
			name := strings.Join(words, " ")
			id = t.entity(entente.Entity{ID: entente.NewEntityID(asciiName(name)), Kind: h.kind, Name: name}).ID
		}
		for _, a := range acronymsOf(words) {
			if t.acronyms[a] == "" {
				t.acronyms[a] = id
			}
		}
	}
}

func (t *Table) spanText(h *hit) string { return h.span.Of(t.report.Text) }

// acronymsOf returns the initials of all words, and of those with a capital.
func acronymsOf(words []string) []string {
	var all, capitals string
	for _, w := range words {
		first := strings.ToUpper(w[:1])
		all += first
		if first == w[:1] {
			capitals += first
		}
	}
	return []string{all, capitals}
}

// adjective marks a token as one, however many words it joins: "North Korean".
func adjective(tok *english.Token) {
	if !strings.HasPrefix(tok.Tag, "NNS") {
		tok.Tag, tok.Pos = "JJ", "ADJ"
	}
}

// mention returns the mention that a hit makes; ok is false when the hit names
// nobody that is worth keeping.
func (t *Table) mention(f *finder, h *hit) (m Mention, ok bool) {
	m.Span = f.span(h.from, h.to)
	switch {
	case h.entry != nil:
		t.gazetteerMention(&m, h.entry)
	case h.acronym:
		id := t.acronyms[h.words[0]]
		if id == "" {
			return m, false
		}
		m.Kind, m.Entities = t.entities[id].Kind, []entente.EntityID{id}
	case h.kind == entente.Person:
		p := t.personOf(h)
		if p == nil && (f.situated(h) || t.placed(h)) {
			m.Kind = entente.Place
			m.Entities = []entente.EntityID{t.newName(m)}
			break
		}
		if p == nil {
			return m, false
		}
		m.Kind, m.Entities = entente.Person, []entente.EntityID{t.idOf(p)}
		t.hold(f, h, p)
	default:
		m.Kind = h.kind
		m.Acts = t.bodyOf(f, h)
		m.Entities = []entente.EntityID{t.newName(m)}
	}
	for _, id := range m.Entities {
		t.alias(id, m.Span.Of(t.report.Text))
	}
	return m, true
}

// newName makes an entity of a name that only the report knows.
func (t *Table) newName(m Mention) entente.EntityID {
	name := strings.Join(strings.Fields(m.Span.Of(t.report.Text)), " ")
	return t.entity(entente.Entity{ID: entente.NewEntityID(asciiName(name)), Kind: m.Kind, Name: name}).ID
}

// placed reports whether a name is one that was made a place before.
func (t *Table) placed(h *hit) bool {
	e := t.entities[entente.NewEntityID(asciiName(strings.Join(h.words, " ")))]
	return e != nil && e.Kind == entente.Place
}

// situated reports whether a single word that names nobody is a place by what
// stands before it: "near Terespol", "the village of Barcs".
func (f *finder) situated(h *hit) bool {
	i := h.from
	behind := f.g.is("situating", f.word(i-1)) || f.word(i-1) == "of" && f.g.is("settlement", f.word(i-2))
	return len(h.words) == 1 && h.title == nil && behind && f.s[i].Tag == "NNP" && !f.g.is("office", f.word(i)) &&
		!f.g.is("organisation", f.word(i)) && !f.g.is("event-name", f.word(i)) && !f.g.is("government", f.word(i))
}

// bodyOf returns the state for which an organisation that the report names acts
// because the state is named in it or beside it and it is a part of it: "U.S.
// Mission to the United Nations", "Ministry of Fisheries of Norway", "Norway's
// Fisheries Ministry"; "" for others.
func (t *Table) bodyOf(f *finder, h *hit) entente.EntityID {
	if h.kind != entente.Organisation {
		return ""
	}
	part := false
	for k := h.from; k < h.to && !part; k++ {
		part = t.g.is("government", f.word(k)) || t.g.is("state-body", f.word(k))
	}
	if e := f.stateBeside(h); part && e != nil {
		return t.entity(t.g.byID[e.id]).ID
	}
	return ""
}

// stateBeside returns the state that begins or ends a name, or owns it.
func (f *finder) stateBeside(h *hit) *entry {
	for k := max(0, h.from-6); k < h.to; k++ {
		e, end := f.entryAt(k)
		if e == nil || e.kind != entente.State {
			continue
		}
		owns := end == h.from-1 && f.possessiveMark(end)
		if owns || k == h.from && end < h.to || k > h.from && end == h.to && f.word(k-1) == "of" {
			return e
		}
	}
	if e, _ := f.entryAt(h.to + 1); f.word(h.to) == "of" && e != nil && e.kind == entente.State {
		return e
	}
	return nil
}

// possessiveMark reports whether token i is "'s".
func (f *finder) possessiveMark(i int) bool {
	w := f.word(i)
	return w == "'s" || w == "’s" || w == "'" || w == "’"
}

// gazetteerMention fills a mention from an entry.
func (t *Table) gazetteerMention(m *Mention, e *entry) {
	m.Form, m.Kind, m.Acts = e.form, e.kind, e.acts
	m.Entities = []entente.EntityID{t.entity(t.g.byID[e.id]).ID}
	if e.acts != "" {
		t.entity(t.g.byID[e.acts])
	}
}

// hold notes the office that the title of a hit gives its person.
func (t *Table) hold(f *finder, h *hit, p *person) {
	if h.title == nil || len(h.title.words) == 0 || slices.ContainsFunc(h.title.words, func(w string) bool { return t.g.is("past", strings.ToLower(w)) }) {
		return
	}
	name := h.title.name()
	if t.g.is("counterpart", strings.ToLower(h.title.words[len(h.title.words)-1])) {
		if name = t.officeBefore(h); name == "" {
			return
		}
		if lower := strings.ToLower(name); !slices.Contains(p.titles, lower) {
			p.titles = append(p.titles, lower)
		}
	}
	o := HeldOffice{Person: p.id, Title: name, Sentence: h.sentence, Span: f.span(h.start, h.end)}
	if e := h.title.holder; e != nil {
		o.For = e.id
		if e.acts != "" {
			o.For = e.acts
		}
		t.entity(t.g.byID[o.For])
	}
	t.offices = append(t.offices, o)
}

// officeBefore returns the office that was named last, in the sentence of a
// counterpart or the two before it; "" for none. A counterpart holds the same.
func (t *Table) officeBefore(h *hit) string {
	if n := len(t.offices); n > 0 && h.sentence-t.offices[n-1].Sentence <= 2 {
		return t.offices[n-1].Title
	}
	return ""
}
