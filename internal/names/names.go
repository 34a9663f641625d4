// nouns and pronouns point back to them.
//
// Call [NewGazetteer] once. For each report: [Find] reads the proper names off
// the tagged sentences, [Table.Collapse] joins the words of each name, and,
// once the sentences are parsed, [Table.Resolve] adds what "the minister",
// "his Indian counterpart", "they" and "the two sides" stand for.
//
// Titles and what they tell of persons follow fixed patterns of news English,
// as do the offices of Wikidata; coreference is the salience of Lappin and
// Leass (1994) with the sieves of Lee et al. (2013), most precise first. Left
// out: names that merely look alike across reports, which the graph merges.
package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// A Form is the way in which a mention names.
type Form int

// The forms of mentions.
const (
	Proper    Form = iota // "Russia", "Russian Foreign Minister Sergey Lavrov"
	Adjective             // "Russian", before a noun
	Nominal               // "the minister", "his Indian counterpart", "Russian troops"
	Pronoun               // "he", "their"
	Group                 // "the two sides"
	Event                 // "the talks", "his visit": no entities, the reader of events says who took part
)

// A Mention is a span of the report that names or points to one entity, or to
// a group of them.
type Mention struct {
	Span     entente.Span
	Sentence int                // index of the sentence
	Token    int                // index of the token that heads it in the collapsed sentence
	Form     Form               //
	Entities []entente.EntityID // one; several for a group; none when unresolved
	Kind     entente.Kind       // of the entities; "" when there are none
	Acts     entente.EntityID   // the state or organisation that acts where a capital, a seat, a ministry, "Russian troops" or an unnamed official stands for it; "" otherwise
}

// A HeldOffice is an office as the text states it: who holds what for whom.
type HeldOffice struct {
	Person   entente.EntityID
	Office   string           // "Foreign Minister"
	Of       entente.EntityID // state or organisation; "" when the text does not say
	Former   bool             // held in the past: "former president"
	Sentence int
	Span     entente.Span // the words that state it
}

// Table holds the names of one report. It is not safe for concurrent use; the
// gazetteer behind it is shared.
type Table struct {
	g        *Gazetteer
	text     string
	report   entente.Report
	mentions []Mention
	entities map[entente.EntityID]*entente.Entity
	offices  []HeldOffice
	ranges   [][]english.Range // by sentence: the tokens of each proper name
	first    []int             // by sentence: index of its first proper mention
	at       []map[int]int     // by sentence: token → mention
}

// Mentions returns the mentions in order of the text. The slice is the table's own.
func (t *Table) Mentions() []Mention { return t.mentions }

// Offices returns the offices that the text states, in its order.
func (t *Table) Offices() []HeldOffice { return t.offices }

// Entities returns each entity that the table knows, sorted by ID.
func (t *Table) Entities() []entente.Entity {
	out := make([]entente.Entity, 0, len(t.entities))
	for _, e := range t.entities {
		out = append(out, *e)
	}
	slices.SortFunc(out, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

// Entity returns the entity with the given ID, of the report or the gazetteer;
// the zero Entity for an unknown one.
func (t *Table) Entity(id entente.EntityID) entente.Entity {
	if e, ok := t.entities[id]; ok {
		return *e
	}
	return t.g.Entity(id)
}

// State returns the ID of the state with the given ISO 3166-1 alpha-3 code; ""
// for an unknown one.
func (t *Table) State(code string) entente.EntityID { return t.g.State(code) }

// At returns the mention headed by a token of a collapsed sentence.
func (t *Table) At(sentence, token int) (Mention, bool) {
	if sentence < 0 || sentence >= len(t.at) {
		return Mention{}, false
	}
	i, ok := t.at[sentence][token]
	if !ok {
		return Mention{}, false
	}
	return t.mentions[i], true
}

// Collapse returns the sentences with the words of each name joined into one
// token, whose Name is 1 + the index of its mention.
func (t *Table) Collapse(sentences []english.Sentence) []english.Sentence {
	out := make([]english.Sentence, len(sentences))
	for i, s := range sentences {
		out[i] = english.Sentence{Span: s.Span, Tokens: s.Tokens}
		if i < len(t.ranges) {
			out[i].Tokens = english.Collapse(t.text, s.Tokens, t.ranges[i], t.first[i])
		}
	}
	return out
}
