package names

import entente "github.com/entente-kg/entente"

// Gazetteer knows states, organisations, places, offices and given names. It
// is immutable and safe for concurrent use.
type Gazetteer struct {
	entities map[entente.EntityID]entente.Entity
	states   map[string]entente.EntityID // by ISO code
}

// NewGazetteer returns the gazetteer of package data.
func NewGazetteer() (*Gazetteer, error) { return &Gazetteer{}, nil }

// Entity returns an entity of the gazetteer; the zero Entity for an unknown ID.
func (g *Gazetteer) Entity(id entente.EntityID) entente.Entity { return g.entities[id] }

// State returns the state with the given ISO 3166-1 alpha-3 code; "" for none.
func (g *Gazetteer) State(code string) entente.EntityID { return g.states[code] }
