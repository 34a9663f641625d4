// Package names finds who and what a report names: states, places and
// organisations of the gazetteer, persons and their offices learned from the
// text, agreements; then who is meant by a surname, a title, a pronoun or "the
// two sides".
//
// [NewGazetteer] is called once. For a report, [Gazetteer.Find] reads the
// tagged sentences and joins the words of each name, the sentences are then
// parsed, and [Table.Resolve] adds coreference, for which it needs the trees:
// rules say whether a word points back, and to whom; of whom a pronoun or a group
// may mean, the [Chooser] takes the likeliest.
//
// A name means the same in the whole report ("one sense per discourse", Gale,
// Church, Yarowsky, 1992). Left out: nicknames, and persons of one full name.
package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// A Form says how a mention points to its entity.
type Form int

// The forms of mentions.
const (
	Proper    Form = iota // "Russia", "Russian Foreign Minister Sergei Lavrov"
	Adjective             // "Russian"
	Nominal               // "the minister", "Russian troops", "the agreement"
	Pronoun               // "he", "its"
	Group                 // "the two sides", "both countries"
)

// A Mention is a span of the report that points to one entity, or to each of a
// group.
type Mention struct {
	Span            entente.Span
	Sentence, Token int // index of the sentence, and of its token that heads the mention
	Form            Form
	Entities        []entente.EntityID // empty when it could not be resolved
	Kind            entente.Kind       // of the entities

	// Acts is the state or organisation that a capital, a seat or an unnamed
	// official acts for: "Moscow", "the Kremlin".
	Acts entente.EntityID
}

// HeldOffice is an office that the report says a person holds.
type HeldOffice struct {
	Person   entente.EntityID
	Title    string           // "Foreign Minister"
	For      entente.EntityID // state or organisation, "" when not said
	Sentence int
	Span     entente.Span
}

// Table holds the names of one report.
type Table struct {
	g        *Gazetteer
	report   entente.Report
	mentions []Mention
	asides   []Mention      // that head no token of their own
	sorted   []Mention      // mentions in order of the text
	at       map[[2]int]int // sentence, token → index of the mention
	entities map[entente.EntityID]*entente.Entity
	people   []*person
	names    int                  // of persons that the report has told so far
	byWord   map[string][]*person // folded word of the name → persons
	byID     map[entente.EntityID]*person
	offices  []HeldOffice
	owns     map[int]ownership           // of the mentions whose title begins with a possessive pronoun
	acronyms map[string]entente.EntityID // of longer names of the report
	cases    []Case                      // kept where there is no chooser
}

// At returns the mention headed by a token of a sentence, after parsing.
func (t *Table) At(sentence, token int) (Mention, bool) {
	i, ok := t.at[[2]int{sentence, token}]
	if !ok {
		return Mention{}, false
	}
	return t.mentions[i], true
}

// Entity returns the entity with the given ID; the zero Entity when the report
// does not name it and the gazetteer does not know it.
func (t *Table) Entity(id entente.EntityID) entente.Entity {
	if e := t.entities[id]; e != nil {
		return *e
	}
	if e, ok := t.g.byID[id]; ok {
		return e
	}
	return entente.Entity{}
}

// State returns the ID of the state with the given alpha-3 code, "" for none.
func (t *Table) State(code string) entente.EntityID { return t.g.states[code] }

// Mentions returns the resolved mentions of entities, in order of the text.
func (t *Table) Mentions() []entente.Mention {
	var out []entente.Mention
	for _, m := range t.All() {
		for _, id := range m.Entities {
			out = append(out, entente.Mention{Entity: id, Span: m.Span})
		}
		if len(m.Entities) == 0 && m.Acts != "" {
			out = append(out, entente.Mention{Entity: m.Acts, Span: m.Span})
		}
	}
	slices.SortFunc(out, func(a, b entente.Mention) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return strings.Compare(string(a.Entity), string(b.Entity))
	})
	return out
}

// Offices returns the offices that the report gives to persons.
func (t *Table) Offices() []HeldOffice { return t.offices }

// add keeps a mention and files it under its head token.
func (t *Table) add(m Mention) {
	t.at[[2]int{m.Sentence, m.Token}] = len(t.mentions)
	t.mentions = append(t.mentions, m)
}

// entity returns the entry for an entity, made when it is new to the report.
func (t *Table) entity(e entente.Entity) *entente.Entity {
	if known := t.entities[e.ID]; known != nil {
		return known
	}
	e.Aliases = slices.Clone(e.Aliases)
	t.entities[e.ID] = &e
	return &e
}

// Entities returns each entity that the report names, sorted by ID.
func (t *Table) Entities() []entente.Entity {
	out := make([]entente.Entity, 0, len(t.entities))
	for _, e := range t.entities {
		out = append(out, *e)
	}
	slices.SortFunc(out, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

// alias notes a spelling that the report uses for an entity.
func (t *Table) alias(id entente.EntityID, spelling string) {
	e := t.entities[id]
	spelling = strings.Join(strings.Fields(spelling), " ")
	if e == nil || spelling == e.Name {
		return
	}
	if i, found := slices.BinarySearch(e.Aliases, spelling); !found {
		e.Aliases = slices.Insert(e.Aliases, i, spelling)
	}
}

// Placed returns the mentions that head a token, in order of the text.
func (t *Table) Placed() []Mention {
	if len(t.sorted) != len(t.mentions) {
		t.sorted = slices.Clone(t.mentions)
		slices.SortStableFunc(t.sorted, func(a, b Mention) int { return a.Span.Start - b.Span.Start })
	}
	return t.sorted
}
