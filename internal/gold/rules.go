package gold

import (
	"strings"

	"github.com/entente-kg/entente/data"
)

// rules is what data/scoring.txt says: what a score takes for the same.
type rules struct {
	same       map[string][]string // a folded name → all names of that state or body
	sorts      map[string]string   // a word for an agreement → the word that counts for it
	spellings  map[string]string   // a word → the spelling that counts for it
	link, stop map[string]bool     // words in the name of an agreement
	pronoun    map[string]bool
	determiner map[string]bool // words that begin a nominal: "the", "his"
	titles     map[string]bool // of office, folded
	adjectives map[string]bool // of states, folded
	gazetteer  map[string]bool // names, folded
}

func newRules() (*rules, error) {
	text, err := data.FS.ReadFile("scoring.txt")
	if err != nil {
		return nil, err
	}
	r, err := readRules(string(text))
	if err != nil {
		return nil, err
	}
	for _, o := range data.Offices() {
		r.titles[foldName(o.Title)] = true
	}
	for _, s := range data.States() {
		setNames(r.adjectives, s.Adjectives)
		setNames(r.gazetteer, s.Names)
		setNames(r.gazetteer, s.Metonyms)
	}
	for _, o := range data.Organisations() {
		setNames(r.gazetteer, o.Names)
	}
	for _, p := range data.Places() {
		setNames(r.gazetteer, p.Names)
	}
	return r, nil
}

func setNames(set map[string]bool, names []data.Name) {
	for _, n := range names {
		set[foldName(n.Text)] = true
	}
}

// readRules reads the format described at the top of data/scoring.txt.
func readRules(text string) (*rules, error) {
	r := &rules{same: map[string][]string{}, sorts: map[string]string{}, spellings: map[string]string{}, link: map[string]bool{}, stop: map[string]bool{},
		pronoun: map[string]bool{}, determiner: map[string]bool{}, titles: map[string]bool{}, adjectives: map[string]bool{}, gazetteer: map[string]bool{}}
	return r, data.ReadLists("scoring.txt", text, r.add)
}

// add adds the words of one line, and reports whether there is such a list.
func (r *rules) add(list, word string, words []string) bool {
	for i, w := range words {
		words[i] = strings.ReplaceAll(w, "_", " ")
	}
	wantsWord := list == "sort" || list == "spelling"
	if wantsWord != (word != "") {
		return false
	}
	switch list {
	case "same":
		setAll(r.same, words, words)
	case "sort":
		setAll(r.sorts, words, word)
	case "spelling":
		setAll(r.spellings, words, word)
	case "link":
		setAll(r.link, words, true)
	case "stop":
		setAll(r.stop, words, true)
	case "pronoun":
		setAll(r.pronoun, words, true)
	case "determiner":
		setAll(r.determiner, words, true)
	default:
		return false
	}
	return true
}

func setAll[V any](m map[string]V, keys []string, value V) {
	for _, key := range keys {
		m[key] = value
	}
}
