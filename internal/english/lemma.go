package english

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// lemmatizer gives dictionary forms: what the treebanks and the list of
// irregular words say where it differs from the rules of spelling, else the
// rules.
type lemmatizer struct {
	exceptions map[inflected]string
	verbs      map[string]bool // known dictionary forms of verbs
}

// inflected is a form in lower case and the class under which it inflects: v,
// n, a, or x for the rest.
type inflected struct {
	form  string
	class byte
}

func newLemmatizer() *lemmatizer {
	return &lemmatizer{exceptions: map[inflected]string{}, verbs: map[string]bool{}}
}

// add says that the dictionary form of key is lemma.
func (l *lemmatizer) add(key inflected, lemma string) {
	l.exceptions[key] = lemma
	if key.class == 'v' {
		l.verbs[lemma] = true
	}
}

// readIrregular adds the words of data/lemmas.txt: form, class and lemma
// between tabs, comments after "#".
func (l *lemmatizer) readIrregular(text string) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		part := strings.Split(line, "\t")
		if len(part) != 3 || len(part[1]) != 1 || !strings.Contains("vna", part[1]) {
			return fmt.Errorf("%d: %q, want form, class (v, n or a) and lemma between tabs", n, line)
		}
		l.add(inflected{part[0], part[1][0]}, part[2])
	}
	return nil
}

// lemmaClass returns the class under which a part of speech inflects.
func lemmaClass(pos string) byte {
	switch pos {
	case "VERB", "AUX":
		return 'v'
	case "NOUN":
		return 'n'
	case "ADJ", "ADV":
		return 'a'
	}
	return 'x'
}

// lowered returns a form in lower case with straight apostrophes.
func lowered(form string) string {
	return strings.ReplaceAll(strings.ToLower(form), "’", "'")
}

// lemma returns the dictionary form of a word with the given tags. Names keep
// their form.
func (l *lemmatizer) lemma(form, pos, tag string) string {
	if pos == "PROPN" {
		return form
	}
	w := lowered(form)
	if tag == "VB" && l.verbs[w] {
		return w // "to lay", though "lay" may be of "lie"
	}
	if lemma, ok := l.exceptions[inflected{w, lemmaClass(pos)}]; ok {
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

// learnLemmas keeps the lemmas of the treebanks that the rules miss.
func learnLemmas(sentences []Annotated) *lemmatizer {
	l := newLemmatizer()
	counts := map[inflected]map[lemmaTag]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			if w.Pos == "PROPN" || w.Lemma == "" || w.Lemma == "_" {
				continue
			}
			lemma := strings.ToLower(w.Lemma)
			if w.Pos == "VERB" {
				l.verbs[lemma] = true
			}
			key := inflected{lowered(w.Form), lemmaClass(w.Pos)}
			if counts[key] == nil {
				counts[key] = map[lemmaTag]int{}
			}
			counts[key][lemmaTag{lemma, w.Tag}]++
		}
	}
	for key, m := range counts {
		if best := mostFrequent(m); l.rule(key.form, best.tag) != best.lemma {
			l.exceptions[key] = best.lemma
		}
	}
	return l
}

// lemmaTag is a reading of a form: its lemma, and the tag that it then has.
type lemmaTag struct{ lemma, tag string }

func mostFrequent(m map[lemmaTag]int) lemmaTag {
	var best lemmaTag
	for k, n := range m {
		if n > m[best] || n == m[best] && (k.lemma < best.lemma || k.lemma == best.lemma && k.tag < best.tag) {
			best = k
		}
	}
	return best
}

// append writes the forms, their classes, their lemmas and the known verbs.
func (l *lemmatizer) append(b []byte) []byte {
	keys := slices.SortedFunc(maps.Keys(l.exceptions), func(a, b inflected) int {
		return cmp.Or(cmp.Compare(a.form, b.form), cmp.Compare(a.class, b.class))
	})
	var forms, lemmas []string
	var classes []byte
	for _, k := range keys {
		forms, classes, lemmas = append(forms, k.form), append(classes, k.class), append(lemmas, l.exceptions[k])
	}
	b = appendStrings(b, forms)
	b = append(b, classes...)
	b = appendStrings(b, lemmas)
	return appendStrings(b, slices.Sorted(maps.Keys(l.verbs)))
}

// lemmas reads what append wrote.
func (d *decoder) lemmas() *lemmatizer {
	l := newLemmatizer()
	forms := d.strings()
	classes, lemmas := d.bytes(len(forms)), d.strings()
	if len(classes) != len(forms) || len(lemmas) != len(forms) {
		d.fail("lemmas")
		return l
	}
	for i, form := range forms {
		l.exceptions[inflected{form, classes[i]}] = lemmas[i]
	}
	for _, v := range d.strings() {
		l.verbs[v] = true
	}
	return l
}
