package queries

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/question"
)

// Examples returns questions of every kind that Ask understands, one of each, with
// slots such as {actor} and {other actor} in the place of names.
func Examples() []string { return examples() }

var examples = sync.OnceValue(func() (list []string) {
	text, err := data.FS.ReadFile("questions/examples.txt")
	if err != nil {
		panic(err) // it is embedded
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list = append(list, line)
		}
	}
	return list
})

// notUnderstood is the error for what was not read, with the examples that share most
// words with the question, its names put in.
func (s *asking) notUnderstood(e *question.UnreadError) error {
	return &NotUnderstoodError{Question: s.text, Text: e.Text, Why: e.Why, Nearest: nearest(s.text, e.Names)}
}

// mostNearest is how many questions are offered.
const mostNearest = 3

// nearest returns the examples that names fill and that share most words with a
// question; where it names nobody, those with slots left as they are.
func nearest(text string, names []question.Ref) []string {
	type offer struct {
		text   string
		shared float64
	}
	own := wordSet(text)
	var offers []offer
	for _, example := range examples() {
		filled, used := fill(example, names)
		if used < len(names) && used < 2 && used > 0 || used == 0 && len(names) > 0 {
			continue
		}
		shared, all := 0, wordSet(slot.ReplaceAllString(example, ""))
		for w := range all {
			if own[w] {
				shared++
			}
		}
		offers = append(offers, offer{filled, float64(shared) / float64(len(all)+1)})
	}
	slices.SortStableFunc(offers, func(a, b offer) int { return cmp.Compare(b.shared, a.shared) })
	var best []string
	for _, o := range offers[:min(mostNearest, len(offers))] {
		best = append(best, o.text)
	}
	return best
}

// slot is a place for a name in an example.
var slot = regexp.MustCompile(`\{(other )?(\w+)\}`)

// slotKinds are the kinds that may stand in a slot.
var slotKinds = map[string][]entente.Kind{
	"actor": {entente.Person, entente.State}, "state": {entente.State}, "person": {entente.Person},
	"place": {entente.Place, entente.State}, "agreement": {entente.Agreement},
}

// fill puts names into the slots of an example and counts those that it could; where
// a slot stays empty, none is counted.
func fill(example string, names []question.Ref) (text string, used int) {
	taken := make([]bool, len(names))
	complete := true
	text = slot.ReplaceAllStringFunc(example, func(at string) string {
		kinds := slotKinds[slot.FindStringSubmatch(at)[2]]
		for i, n := range names {
			if !taken[i] && len(n.Entities) > 0 && slices.Contains(kinds, n.Entities[0].Kind) {
				taken[i] = true
				used++
				return n.Entities[0].Name
			}
		}
		complete = false
		return "…"
	})
	if !complete {
		return text, 0
	}
	return text, used
}

// wordSet returns the words of a text, in lower case.
func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ?,.\t\n", r) }) {
		set[w] = true
	}
	return set
}
