package question

import (
	"maps"
	"slices"
	"strings"
	"sync"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// readPeoples returns the states by the words for what is theirs and for who is of
// them: "Israeli", "Israelis"; those that may mean something else are left out.
func readPeoples() map[string]entente.Entity {
	peoples := map[string]entente.Entity{}
	for _, s := range data.States() {
		e := s.Entity()
		for _, n := range slices.Concat(s.Adjectives, s.Demonyms) {
			low := strings.ToLower(n.Text)
			if n.Ambiguous || low == strings.ToLower(e.Name) {
				continue
			}
			peoples[low] = e
			if !strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ese") && !strings.HasSuffix(low, "ish") && !strings.HasSuffix(low, "ch") {
				peoples[low+"s"] = e
			}
		}
	}
	return peoples
}

// nameWord returns a name with the forms in which a sentence may have it; of a state also
// the words for what is its own.
func (r *Reader) nameWord(ref Ref) Word {
	w := Word{Text: ref.Text}
	add := func(name string) {
		if !isAcronym(name) {
			name = keyOf(name)
		}
		if !slices.Contains(w.Forms, name) {
			w.Forms = append(w.Forms, name)
		}
	}
	add(ref.Text)
	for _, e := range ref.Entities {
		for _, name := range slices.Concat([]string{e.Name}, e.Aliases) {
			add(name)
		}
		for _, word := range slices.Sorted(maps.Keys(r.peoples)) {
			if r.peoples[word].ID == e.ID {
				add(word)
			}
		}
	}
	return w
}

// Regions returns what regions that are called after a town may be named: "Kursk Oblast".
func (r *Reader) Regions(town string) (names []string) {
	for _, word := range slices.Sorted(maps.Keys(r.lists["region"])) {
		names = append(names, town+" "+word)
	}
	return names
}

// Government returns the state for which a capital or a seat of government acts, as in
// "Moscow and Pyongyang signed"; ok is false for any other place.
func Government(place entente.EntityID) (state entente.EntityID, ok bool) {
	state, ok = governments()[place]
	return state, ok
}

var governments = sync.OnceValue(func() map[entente.EntityID]entente.EntityID {
	states, seats := map[string]entente.EntityID{}, map[entente.EntityID]entente.EntityID{}
	for _, s := range data.States() {
		id := s.Entity().ID
		states[s.Alpha3] = id
		for _, capital := range s.Capitals {
			if capital != id { // a city-state is one itself
				seats[capital] = id
			}
		}
	}
	for _, p := range data.Places() {
		if p.Kind == data.Seat {
			seats[p.Entity().ID] = states[p.State]
		}
	}
	return seats
})
