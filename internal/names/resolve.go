package names

import "github.com/entente-kg/entente/internal/english"

// Resolve adds the nouns, pronouns and groups that point to entities, and sets
// Name of the tokens that head them. The sentences are those of
// [Table.Collapse], parsed.
func (t *Table) Resolve(sentences []english.Sentence) {}
