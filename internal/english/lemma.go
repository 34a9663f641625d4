package english

import (
	"maps"
	"slices"
	"strings"
)

// lemmatizer gives dictionary forms: what the treebanks say where it differs
// from the rules of spelling, else the rules.
type lemmatizer struct {
	exceptions map[string]string // "form|class" → lemma
	verbs      map[string]bool   // known dictionary forms of verbs
}

// lemmaClass returns the letter under which a word inflects: v, n, a, or x for
// the rest.
func lemmaClass(pos string) string {
	switch pos {
	case "VERB", "AUX":
		return "v"
	case "NOUN":
		return "n"
	case "ADJ", "ADV":
		return "a"
	}
	return "x"
}

// lemma returns the dictionary form of a word with the given tags. Names keep
// their form.
func (l *lemmatizer) lemma(form, pos, tag string) string {
	if pos == "PROPN" {
		return form
	}
	w := strings.ReplaceAll(strings.ToLower(form), "’", "'")
	if lemma, ok := l.exceptions[w+"|"+lemmaClass(pos)]; ok {
		return lemma
	}
	return l.rule(w, tag)
}

// rule undoes regular spelling (Quirk et al., 1985, sections 3.5–3.9, 5.79).
func (l *lemmatizer) rule(w, tag string) string {
	switch tag {
	case "NNS", "VBZ":
		return unS(w)
	case "VBG":
		return l.stem(w, "ing")
	case "VBD", "VBN":
		return l.stem(w, "ed")
	}
	return w
}

// unS takes the ending -s off.
func unS(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 2:
		return w[:len(w)-1]
	}
	return w
}

// stem takes -ed or -ing off, choosing among the spellings of the stem one that
// is a known verb.
func (l *lemmatizer) stem(w, ending string) string {
	base, ok := strings.CutSuffix(w, ending)
	if !ok || len(base) < 2 {
		return w
	}
	n := len(base)
	var candidates []string
	if y, ok := strings.CutSuffix(base, "i"); ok && ending == "ed" {
		candidates = append(candidates, y+"y")
	}
	candidates = append(candidates, base, base+"e")
	if base[n-1] == base[n-2] {
		candidates = append(candidates, base[:n-1])
	}
	for _, c := range candidates {
		if l.verbs[c] {
			return c
		}
	}
	return guessStem(candidates, base)
}

// guessStem chooses for a verb that no list knows.
func guessStem(candidates []string, base string) string {
	n := len(base)
	vowel := func(i int) bool { return i >= 0 && strings.IndexByte("aeiou", base[i]) >= 0 }
	switch {
	case strings.HasSuffix(candidates[0], "y"):
		return candidates[0]
	case base[n-1] == base[n-2] && !strings.HasSuffix(base, "ss") && (!strings.HasSuffix(base, "ll") || n > 6):
		return base[:n-1]
	case strings.HasSuffix(base, "at"), strings.HasSuffix(base, "iz"), strings.HasSuffix(base, "is"), strings.HasSuffix(base, "c"),
		strings.HasSuffix(base, "v"), strings.HasSuffix(base, "u"), strings.HasSuffix(base, "rg"), strings.HasSuffix(base, "dg"):
		return base + "e"
	case !vowel(n-1) && vowel(n-2) && !vowel(n-3) && n == 3 && base[n-1] != 'w' && base[n-1] != 'x' && base[n-1] != 'y':
		return base + "e"
	}
	return base
}

// trainLemmas keeps the lemmas of the treebanks that the rules miss.
func trainLemmas(sentences []Annotated) *lemmatizer {
	counts := map[string]map[string]int{}
	l := &lemmatizer{exceptions: map[string]string{}, verbs: map[string]bool{}}
	tags := map[string]string{}
	for _, s := range sentences {
		for _, w := range s.Words {
			if w.Pos == "PROPN" || w.Lemma == "" || w.Lemma == "_" {
				continue
			}
			lemma := strings.ToLower(w.Lemma)
			if w.Pos == "VERB" {
				l.verbs[lemma] = true
			}
			key := strings.ReplaceAll(strings.ToLower(w.Form), "’", "'") + "|" + lemmaClass(w.Pos)
			if counts[key] == nil {
				counts[key] = map[string]int{}
			}
			counts[key][lemma]++
			tags[key+"|"+lemma] = w.Tag
		}
	}
	for key, m := range counts {
		lemma := mostFrequent(m)
		form, _, _ := strings.Cut(key, "|")
		if l.rule(form, tags[key+"|"+lemma]) != lemma {
			l.exceptions[key] = lemma
		}
	}
	return l
}

func mostFrequent(m map[string]int) string {
	best := ""
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if best == "" || m[k] > m[best] {
			best = k
		}
	}
	return best
}

func (l *lemmatizer) append(b []byte) []byte {
	keys := slices.Sorted(maps.Keys(l.exceptions))
	b = appendStrings(b, keys)
	values := make([]string, len(keys))
	for i, k := range keys {
		values[i] = l.exceptions[k]
	}
	b = appendStrings(b, values)
	return appendStrings(b, slices.Sorted(maps.Keys(l.verbs)))
}

func (d *decoder) lemmas() *lemmatizer {
	l := &lemmatizer{exceptions: map[string]string{}, verbs: map[string]bool{}}
	keys, values := d.strings(), d.strings()
	if len(keys) != len(values) {
		d.fail("lemmas")
		return l
	}
	for i, k := range keys {
		l.exceptions[k] = values[i]
	}
	for _, v := range d.strings() {
		l.verbs[v] = true
	}
	return l
}
