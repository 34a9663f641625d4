package same

import (
	"sync"

	"github.com/entente-kg/entente/data"
)

// rules is what data/same.txt says.
type rules struct {
	particle, empty, duty map[string]bool
	letters               [][2]string         // what is written, and for what it stands, longest first within a line
	sound                 map[[2]byte]bool    // consonants that may stand for each other
	sorts                 map[string][]string // word → sorts of paper
	spelling              map[string]string
}

// theRules reads data/same.txt once.
var theRules = sync.OnceValues(func() (*rules, error) {
	text, err := data.FS.ReadFile("same.txt")
	if err != nil {
		return nil, err
	}
	return readRules(string(text))
})

// readRules reads the format described at the top of data/same.txt.
func readRules(text string) (*rules, error) {
	r := &rules{particle: map[string]bool{}, empty: map[string]bool{}, duty: map[string]bool{},
		sound: map[[2]byte]bool{}, sorts: map[string][]string{}, spelling: map[string]string{}}
	return r, data.ReadLists("same.txt", text, r.add)
}

// add adds the words of one line, and reports whether there is such a list.
func (r *rules) add(list, word string, words []string) bool {
	sets := map[string]map[string]bool{"particle": r.particle, "empty": r.empty, "duty": r.duty}
	set, isSet := sets[list]
	if isSet != (word == "") && list != "sound" {
		return false
	}
	for _, w := range words {
		switch {
		case isSet:
			set[w] = true
		case list == "letters":
			r.letters = append(r.letters, [2]string{w, word})
		case list == "sort":
			r.sorts[w] = append(r.sorts[w], word)
		case list == "spelling":
			r.spelling[w] = word
		}
	}
	if list == "sound" {
		if word != "" || len(words) != 2 || len(words[0]) != 1 || len(words[1]) != 1 {
			return false
		}
		a, b := words[0][0], words[1][0]
		r.sound[[2]byte{a, b}], r.sound[[2]byte{b, a}] = true, true
		return true
	}
	return isSet || list == "letters" || list == "sort" || list == "spelling"
}
