package names

import (
	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// Find returns the proper names of a report. The sentences are tagged, not
// parsed; text is what their spans point into.
func Find(g *Gazetteer, sentences []english.Sentence, text string, report entente.Report) *Table {
	return &Table{g: g, text: text, report: report, entities: map[entente.EntityID]*entente.Entity{}}
}
