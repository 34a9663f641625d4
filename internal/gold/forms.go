package gold

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// A Form is how a mention of gold points to its entity.
type Form string

// The forms of mentions.
const (
	Name      Form = "name"      // "Ana Ruiz", "Santiago", "the Kremlin"
	Adjective Form = "adjective" // "Chilean"
	Nominal   Form = "nominal"   // "the Chilean minister", "his host"
	Pronoun   Form = "pronoun"   // "he", "its"
	Group     Form = "group"     // whatever stands for several: "the two", "their"
)

// Forms lists the forms.
var Forms = [...]Form{Name, Adjective, Nominal, Pronoun, Group}

// FormOf tells the form of a mention from its words and its entities.
func (r *Report) FormOf(m Mention) Form {
	folded := strings.ToLower(strings.Join(strings.Fields(m.Text), " "))
	switch {
	case len(m.Entities) != 1:
		return Group
	case r.rules.pronoun[folded]:
		return Pronoun
	case r.rules.adjectives[foldName(m.Text)] && r.known[foldName(m.Entities[0])].kind != entente.Person:
		return Adjective
	case r.isName(m):
		return Name
	}
	return Nominal
}

// isName reports whether a mention gives a name: the one that gold calls the
// entity by, or one that ends in a word with a capital. Behind an article it has
// to be a name of the gazetteer or to share a word with the entity's.
func (r *Report) isName(m Mention) bool {
	name := foldName(m.Text)
	own := foldName(m.Entities[0])
	if name == own {
		return true
	}
	words := strings.Fields(m.Text)
	if len(words) == 0 || !capital(words[len(words)-1]) || r.rules.titles[name] {
		return false
	}
	first := strings.ToLower(words[0])
	if !r.rules.determiner[first] {
		return true
	}
	parts := strings.Fields(own)
	shared := slices.ContainsFunc(strings.Fields(name), func(w string) bool { return slices.Contains(parts, w) })
	return first == "the" && (shared || r.rules.gazetteer[name])
}

func capital(word string) bool {
	c, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(c) || unicode.IsDigit(c)
}
