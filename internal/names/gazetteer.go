package names

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// Gazetteer knows states, organisations and places, given names, and the words
// by which titles and references are known. It is immutable and safe for
// concurrent use.
type Gazetteer struct {
	byFirst           map[string][]*entry // by first piece, longest first
	byID              map[entente.EntityID]entente.Entity
	states            map[string]entente.EntityID           // by code
	capitals          map[entente.EntityID]entente.EntityID // of states
	classes           map[string]string                     // of titles of office
	news              map[entente.EntityID]bool             // agencies, papers, broadcasters
	intergovernmental map[entente.EntityID]bool             // organisations of states
	lists             map[string]map[string]bool            // of data/naming.txt
	given             map[string]string                     // folded given name → "m", "f", "?" when either
	variants          map[string]string                     // folded given name → the spelling that stands for it
	chooser           *Chooser                              // nil: what the rules say holds
}

// An entry is one name of one entity.
type entry struct {
	text      string // as it is spelled
	pieces    []string
	id        entente.EntityID
	kind      entente.Kind
	state     string // code of the state that it names or lies in
	form      Form
	acts      entente.EntityID // the state for which a capital, seat or government body acts
	ambiguous bool             // may mean something else, too
	shy       bool             // counts only where the report names the entity otherwise: "the North"
	upper     bool             // an acronym: counts only in capitals
}

// NewGazetteer returns the gazetteer that package data holds. The error names
// a file that cannot be read.
func NewGazetteer() (*Gazetteer, error) {
	g := &Gazetteer{
		byFirst: map[string][]*entry{}, byID: map[entente.EntityID]entente.Entity{}, states: map[string]entente.EntityID{},
		capitals: map[entente.EntityID]entente.EntityID{}, given: map[string]string{}, news: map[entente.EntityID]bool{}, intergovernmental: map[entente.EntityID]bool{}, variants: map[string]string{},
	}
	words, err := data.FS.ReadFile("naming.txt")
	if err != nil {
		return nil, fmt.Errorf("word lists: %w", err)
	}
	g.lists = readLists(string(words))
	if g.chooser, err = readChooser(data.FS); err != nil {
		return nil, err
	}
	g.addSpellings()
	g.classes = map[string]string{}
	for _, o := range data.Offices() {
		g.classes[o.Title] = string(o.Class)
		if o.Class != data.Honorific && o.Acts && g.given[o.Title] == "" && !strings.ContainsAny(o.Title, " *.-") {
			g.lists["office"][o.Title] = true
		}
		if o.Gender != data.Unsaid && !strings.Contains(o.Title, " ") {
			g.lists[map[data.Gender]string{data.Male: "male", data.Female: "female"}[o.Gender]][o.Title] = true
		}
	}
	seats := g.addStates()
	g.addPlaces(seats)
	g.addOrganisations()
	for _, a := range data.Agreements() {
		e := a.Entity()
		g.byID[e.ID] = e
		g.add(e, Proper, "", a.Names)
	}
	g.addNicknames()
	for _, list := range g.byFirst {
		slices.SortStableFunc(list, func(a, b *entry) int { return len(b.pieces) - len(a.pieces) })
	}
	return g, nil
}

// readLists reads data/naming.txt: "list | words", "_" for a space, comments
// after "#".
func readLists(text string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		name, words, ok := strings.Cut(line, "|")
		if !ok {
			continue
		}
		name = strings.TrimSpace(name)
		if out[name] == nil {
			out[name] = map[string]bool{}
		}
		for w := range strings.FieldsSeq(words) {
			out[name][strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	return out
}

// is reports whether a word, in lower case, is in a list.
func (g *Gazetteer) is(list, word string) bool { return g.lists[list][word] }

// addStates files the names of states, and returns the state for which each
// capital acts.
func (g *Gazetteer) addStates() map[entente.EntityID]entente.EntityID {
	seats := map[entente.EntityID]entente.EntityID{}
	for _, s := range data.States() {
		e := s.Entity()
		g.byID[e.ID], g.states[s.Alpha3] = e, e.ID
		g.add(e, Proper, "", s.Names)
		g.add(e, Adjective, "", s.Adjectives)
		g.add(e, Proper, "", s.Demonyms)
		g.add(e, Proper, "", s.Metonyms)
		for i, c := range s.Capitals {
			if c == e.ID {
				continue // a city-state
			}
			seats[c] = e.ID
			if i == 0 {
				g.capitals[e.ID] = c
			}
		}
	}
	return seats
}

func (g *Gazetteer) addPlaces(seats map[entente.EntityID]entente.EntityID) {
	for _, p := range data.Places() {
		e := p.Entity()
		g.byID[e.ID] = e
		acts := seats[e.ID]
		if p.Kind == data.Seat {
			acts = g.states[p.State]
		}
		g.add(e, Proper, acts, p.Names)
	}
	for _, p := range data.Cities() { // nobody chose them: each may mean something else
		e := p.Entity()
		g.byID[e.ID] = e
		for i := range p.Names {
			g.add(e, Proper, "", []data.Name{{Text: p.Names[i].Text, Ambiguous: true}})
		}
	}
}

func (g *Gazetteer) addOrganisations() {
	for _, o := range data.Organisations() {
		e := o.Entity()
		g.byID[e.ID] = e
		g.news[e.ID] = o.Kind == data.News
		g.intergovernmental[e.ID] = o.Kind == data.Intergovernmental
		g.add(e, Proper, g.states[o.ActsFor], o.Names)
	}
}

// addNicknames files the names that a state has only beside its other half: the
// lists "nickname WORD" of data/naming.txt hold the state's code.
func (g *Gazetteer) addNicknames() {
	for _, list := range slices.Sorted(maps.Keys(g.lists)) {
		word, ok := strings.CutPrefix(list, "nickname ")
		if !ok {
			continue
		}
		for _, code := range slices.Sorted(maps.Keys(g.lists[list])) {
			if e, ok := g.byID[g.states[code]]; ok {
				g.byFirst[word] = append(g.byFirst[word], &entry{text: strings.ToUpper(word[:1]) + word[1:], pieces: []string{word}, id: e.ID, kind: e.Kind,
					state: e.State, ambiguous: true, shy: true})
			}
		}
	}
}

// add files names of an entity.
func (g *Gazetteer) add(e entente.Entity, form Form, acts entente.EntityID, names []data.Name) {
	for _, n := range names {
		text := strings.TrimPrefix(strings.TrimPrefix(n.Text, "the "), "The ")
		p := pieces(text)
		if len(p) == 0 {
			continue
		}
		known := slices.ContainsFunc(g.byFirst[p[0]], func(old *entry) bool {
			return old.id == e.ID && old.form == form && slices.Equal(old.pieces, p) && old.upper == acronym(text)
		})
		if known {
			continue
		}
		g.byFirst[p[0]] = append(g.byFirst[p[0]], &entry{text: text, pieces: p, id: e.ID, kind: e.Kind, state: e.State, form: form,
			acts: acts, ambiguous: n.Ambiguous, upper: acronym(text)})
	}
}

// acronym reports whether a name counts only where it is written in capitals.
func acronym(text string) bool {
	return !strings.ContainsAny(text, " -") && len(text) <= 8 && strings.ToUpper(text) == text
}

// With returns the gazetteer with another chooser; with none it goes by the
// rules, and its tables keep their cases.
func (g *Gazetteer) With(c *Chooser) *Gazetteer {
	other := *g
	other.chooser = c
	return &other
}
