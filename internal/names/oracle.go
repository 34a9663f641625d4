package names

import (
	entente "github.com/entente-kg/entente"
)

// Correct makes m the mention that its token heads, in place of the one found
// there, and lets it stand for the entities, none included; m.Entities and
// m.Kind are not read. The measures of what a better reader of names would gain
// call it between [Table.Resolve] and the reading of claims.
func (t *Table) Correct(m Mention, entities ...entente.Entity) {
	m.Entities, m.Kind = nil, ""
	for _, e := range entities {
		m.Entities = append(m.Entities, t.entity(e).ID)
		m.Kind = e.Kind
	}
	t.sorted = nil
	if i, ok := t.at[[2]int{m.Sentence, m.Token}]; ok {
		t.mentions[i] = m
		return
	}
	t.add(m)
}
