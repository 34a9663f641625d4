package names

import entente "github.com/entente-kg/entente"

// Intergovernmental reports whether an entity is a body or an alliance of states.
func (t *Table) Intergovernmental(id entente.EntityID) bool { return t.g.intergovernmental[id] }
