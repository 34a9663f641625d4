package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// A person is someone that the report names, by all spellings of one name.
type person struct {
	id      entente.EntityID
	words   []string // folded words of the fullest name
	name    string   // as it is shown
	key     string   // as the entity is called, in standard spelling
	full    bool
	state   string           // alpha-3
	holder  entente.EntityID // organisation for which the office is held
	guess   string           // alpha-3 of the state that a title without one is likely to mean
	male    bool
	female  bool
	titles  []string // lower case, each with a space before and after
	surname string
	came    int // how often the report says that the person came as a guest, less how often that it was a host
	named   int // when the report last named the person, counted in names; 0 for not yet
}

// learn decides who each hit names, and makes the persons, organisations and
// agreements that the report brings with it.
func (t *Table) learn(hits []hit) {
	for i := range hits { // full names first, so that a surname finds its person
		if h := &hits[i]; h.kind == entente.Person && h.entry == nil && len(h.words) > 1 {
			t.meet(h)
		}
	}
	for i := range hits {
		if h := &hits[i]; h.kind == entente.Person && h.entry == nil && len(h.words) == 1 && h.strong {
			t.meet(h)
		}
	}
}

// meet returns the person that a hit names, making a new one where no known
// name fits.
func (t *Table) meet(h *hit) *person {
	p := t.known(h.words)
	if p == nil {
		p = &person{}
		t.people = append(t.people, p)
	}
	shown := t.g.shown(h.words)
	if standard := t.g.standard(shown); len(fold(standard)) > len(p.words) {
		p.words = fold(standard)
		p.name = strings.Join(shown, " ")
		p.key = strings.Join(standard, " ")
		p.full = len(shown) > 1
		p.surname = t.surname(p)
		t.file(p)
	}
	t.describe(p, h.title)
	if g := t.g.given[strings.ToLower(plain(h.words[0]))]; len(h.words) > 1 && !t.g.is("family-first", p.words[0]) {
		p.male, p.female = p.male || g == "m", p.female || g == "f"
	}
	return p
}

// describe adds what a title tells of a person.
func (t *Table) describe(p *person, title *title) {
	if title == nil {
		return
	}
	p.male, p.female = p.male || title.male, p.female || title.female
	if title.holder != nil && title.holder.kind == entente.Organisation && title.holder.acts == "" {
		p.holder = title.holder.id
	} else if title.holder != nil && p.state == "" {
		p.state = title.holder.state
	}
	if name := strings.ToLower(title.name()); name != "" && !slices.Contains(p.titles, name) {
		p.titles = append(p.titles, name)
	}
}

// surname returns the folded family name of a person.
func (t *Table) surname(p *person) string {
	if len(p.words) > 1 && t.g.is("family-first", p.words[0]) {
		return p.words[0]
	}
	last := p.words[len(p.words)-1]
	for i := len(p.words) - 1; i > 0 && t.g.is("suffix", last); i-- {
		last = p.words[i-1]
	}
	return last
}

// known returns the person whom the words may name, of several namesakes the one
// named last; nil for none. Of a single word only a family name counts, or the first of a name that has no
// family name in our sense ("Tamim bin Hamad").
func (t *Table) known(words []string) *person {
	folded := fold(t.g.standard(t.g.shown(words)))
	if len(folded) == 0 {
		return nil
	}
	var best *person
	for _, p := range t.byWord[folded[0]] {
		if p.matches(folded) && (len(folded) > 1 || best == nil || len(best.words) < 2 || p.named > best.named) {
			best = p
		}
	}
	if best == nil && len(folded) == 1 && len(t.byWord[folded[0]]) == 1 {
		if p := t.byWord[folded[0]][0]; len(p.words) > 1 && !t.g.is("particle", folded[0]) && !t.g.is("government", folded[0]) && !t.g.is("portfolio", folded[0]) {
			return p // "Abiy" for Abiy Ahmed, "Bihi" for Muse Bihi Abdi
		}
	}
	if last := folded[len(folded)-1]; best == nil && len(folded) > 1 {
		for _, p := range t.byWord[last] {
			if p.matches(folded) {
				best = p
			}
		}
	}
	return best
}

// file puts a person under each word of the name.
func (t *Table) file(p *person) {
	for _, w := range p.words {
		if !slices.Contains(t.byWord[w], p) {
			t.byWord[w] = append(t.byWord[w], p)
		}
	}
}

// matches reports whether folded words may name p: all of them in order among
// the words of p, or the other way round, the family name among them.
func (p *person) matches(folded []string) bool {
	if len(folded) == 1 {
		w := folded[0]
		return w == p.surname || w == p.words[len(p.words)-1] && w != "" ||
			len(p.words) > 2 && w == p.words[0] && strings.Contains(" "+strings.Join(p.words, " ")+" ", " bin ")
	}
	if len(p.words) == 1 {
		return folded[len(folded)-1] == p.words[0] || folded[0] == p.words[0] && p.surname == folded[0]
	}
	return within(folded, p.words) || within(p.words, folded)
}

// within reports whether a stands in b in order, its last or first word being
// that of b.
func within(a, b []string) bool {
	i := 0
	for _, w := range b {
		if i < len(a) && (a[i] == w || len(a[i]) == 1 && strings.HasPrefix(w, a[i])) {
			i++
		}
	}
	return i == len(a) && (a[len(a)-1] == b[len(b)-1] || a[0] == b[0] && len(a) > 1)
}

// personOf returns the person that a hit names after all names are learned.
func (t *Table) personOf(h *hit) *person {
	p := t.known(h.words)
	if p == nil && (len(h.words) > 1 || h.strong) {
		p = t.meet(h)
	}
	if p != nil {
		t.names++
		p.named = t.names
	}
	return p
}

// idOf returns the entity of a person, made at first use.
func (t *Table) idOf(p *person) entente.EntityID {
	if p.id == "" {
		p.id = entente.NewEntityID(asciiName(p.key))
		if !p.full {
			p.id = entente.LocalID(asciiName(p.key), t.report.ID)
		}
		t.byID[p.id] = p
	}
	e := t.entity(entente.Entity{ID: p.id, Kind: entente.Person, Name: p.name, State: p.state})
	if e.State == "" {
		e.State = p.state
	}
	return p.id
}
