package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// Gazetteer knows states, organisations and places, given names, and the words
// by which titles and references are known. It is immutable and safe for
// concurrent use.
type Gazetteer struct {
	entities map[entente.EntityID]entente.Entity
	states   map[string]entente.EntityID // by ISO code
	byFirst  map[string][]*entry         // by first piece, longest first
	given    map[string]given            // by folded given name
	lists    lists
}

// A given is what is known of a given name.
type given struct {
	gender   byte   // 'm', 'f', 0 when either or unknown
	standard string // the spelling that stands for its variants
}

// A sense is the way in which an entry names its entity.
type sense int

const (
	named     sense = iota // "Russia", "NATO"
	adjective              // "Russian"
	people                 // "Russians"
	seat                   // "Moscow", "the Kremlin", "the Foreign Ministry": acts for the state
)

// An entry is one name of one entity of the gazetteer.
type entry struct {
	text   string // as it is spelled
	pieces []string
	id     entente.EntityID
	kind   entente.Kind
	acts   entente.EntityID // the state or organisation that a seat acts for
	state  string           // code of the state that it names or lies in
	sense  sense
	upper  bool // an acronym, which counts only in capitals
	lower  bool // begins with a small letter
}

// Entity returns an entity of the gazetteer; the zero Entity for an unknown ID.
func (g *Gazetteer) Entity(id entente.EntityID) entente.Entity { return g.entities[id] }

// State returns the state with the given ISO 3166-1 alpha-3 code; "" for none.
func (g *Gazetteer) State(code string) entente.EntityID { return g.states[code] }

// has reports whether a word, in lower case, is in one of the lists.
func (g *Gazetteer) has(list, word string) bool { return g.lists.has(list, word) }

// name files a name for an entity. What it acts for is "" where nothing does.
func (g *Gazetteer) name(text string, e entente.Entity, s sense, acts entente.EntityID) {
	p := pieces(text)
	if len(p) == 0 {
		return
	}
	n := &entry{text: text, pieces: p, id: e.ID, kind: e.Kind, acts: acts, state: e.State, sense: s}
	n.upper = len(p) == 1 && allCapitals(text) && len(p[0]) <= 7
	n.lower = !capitalised(text)
	for _, old := range g.byFirst[p[0]] {
		if old.id == n.id && old.sense == n.sense && slices.Equal(old.pieces, p) {
			old.upper = old.upper && n.upper
			return
		}
	}
	g.byFirst[p[0]] = append(g.byFirst[p[0]], n)
}

// seal puts the longest names first, once all are filed.
func (g *Gazetteer) seal() {
	for _, list := range g.byFirst {
		slices.SortStableFunc(list, func(a, b *entry) int { return len(b.pieces) - len(a.pieces) })
	}
}

// match returns the entries of the longest name that begins at token i, and
// the token after it; none when no name does.
func (g *Gazetteer) match(tokens []english.Token, i int) ([]*entry, int) {
	first := pieces(tokens[i].Text)
	if len(first) == 0 {
		return nil, i
	}
	var found []*entry
	end := i
	for _, e := range g.byFirst[first[0]] {
		if len(found) > 0 && len(e.pieces) < len(found[0].pieces) {
			break
		}
		if j := e.matches(tokens, i); j > i {
			found, end = append(found, e), j
		}
	}
	return found, end
}

// matches returns the token after e where its name begins at token i, else i.
func (e *entry) matches(tokens []english.Token, i int) int {
	text := tokens[i].Text
	switch {
	case e.upper && !allCapitals(text), !e.lower && !capitalised(text):
		return i
	case len(e.pieces) == 1 && len(e.text) > 3 && !e.upper && strings.HasSuffix(text, ".") && strings.Count(text, ".") > 1:
		return i
	}
	n, j := 0, i
	for j < len(tokens) && n < len(e.pieces) {
		p := pieces(tokens[j].Text)
		if len(p) == 0 && (j == i || !joins(tokens, j)) {
			return i
		}
		if n+len(p) > len(e.pieces) || !slices.Equal(p, e.pieces[n:n+len(p)]) {
			return i
		}
		n += len(p)
		j++
	}
	if n < len(e.pieces) {
		return i
	}
	return j
}

// joins reports whether token j is a mark within a name: a hyphen without a
// space before it, or an apostrophe.
func joins(tokens []english.Token, j int) bool {
	switch tokens[j].Text {
	case "-", "–", "'", "’", ".":
		return j > 0 && tokens[j-1].Span.End == tokens[j].Span.Start
	}
	return false
}
