package same

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A level says how alike two personal names are.
type level int

const (
	unlike   level = iota
	initials       // a given name is only an initial
	close          // one letter is written differently, or a middle name is left out
	equal          // the same but for the way of writing it in Latin letters
)

// shortest is the fewest letters of a word of which one may differ.
const shortest = 5

// wordsOf returns the words of a personal name as they are compared: folded,
// hyphens as spaces, letters written in one way, without particles.
func (r *rules) wordsOf(name string) []string {
	var words []string
	for _, w := range fold(name) {
		if !r.particle[w] {
			words = append(words, r.skeleton(w))
		}
	}
	return words
}

// fold splits a name into words of lower-case letters and digits.
func fold(name string) []string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(name) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(unicode.ToLower(c))
		case unicode.Is(unicode.Mn, c) || c == '\'' || c == '’' || c == '‘':
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// skeleton writes a word in one way: "Seytkali" and "Seitkali" are one. A "j"
// behind a vowel is an "i", and a letter written twice counts once.
func (r *rules) skeleton(word string) string {
	if len(word) == 1 {
		return word
	}
	for _, l := range r.letters {
		word = strings.ReplaceAll(word, l[0], l[1])
	}
	var out []byte
	for i := range len(word) {
		c := word[i]
		if c == 'j' && i > 0 && isVowel(word[i-1]) {
			c = 'i'
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// alike compares two names of at least two words each. The family name may stand
// first or last; where it does not stand at the same end in both, nothing but
// its place may differ.
func (r *rules) alike(a, b []string) level {
	if len(a) < 2 || len(b) < 2 {
		return unlike
	}
	best := unlike
	for _, firstA := range []bool{false, true} {
		for _, firstB := range []bool{false, true} {
			familyA, givenA := cut(a, firstA)
			familyB, givenB := cut(b, firstB)
			found := min(r.word(familyA, familyB), r.given(givenA, givenB))
			if firstA != firstB && found < equal {
				found = unlike
			}
			best = max(best, found)
		}
	}
	return best
}

// cut takes the family name from a name.
func cut(words []string, first bool) (family string, given []string) {
	if first {
		return words[0], words[1:]
	}
	return words[len(words)-1], words[:len(words)-1]
}

// given compares given names: those of one have to stand in the other in order.
func (r *rules) given(a, b []string) level {
	if strings.Join(a, "") == strings.Join(b, "") {
		return equal
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	found := equal
	if len(a) < len(b) {
		found = close
	}
	for _, w := range a {
		best, at := unlike, -1
		for i, v := range b {
			if l := r.word(w, v); l > best {
				best, at = l, i
			}
		}
		if at < 0 {
			return unlike
		}
		found, b = min(found, best), b[at+1:]
	}
	return found
}

// word compares two words of a name.
func (r *rules) word(a, b string) level {
	switch {
	case a == b:
		return equal
	case (len(a) == 1 || len(b) == 1) && (a[0] == b[0] || r.sound[[2]byte{a[0], b[0]}]):
		return initials
	case len(a) >= shortest && len(b) >= shortest && r.oneLetter(a, b):
		return close
	}
	return unlike
}

// oneLetter reports whether two words differ by one vowel, written differently
// or left out, or by one consonant that may stand for the other. The last letter
// may not differ: it tells "Ivanova" from "Ivanov".
func (r *rules) oneLetter(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a[len(a)-1] != b[len(b)-1] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case i == len(a):
		return false // "Ivanovv"
	case len(a) == len(b):
		return a[i+1:] == b[i+1:] && (isVowel(a[i]) && isVowel(b[i]) || r.sound[[2]byte{a[i], b[i]}])
	case len(a)+1 == len(b):
		return a[i:] == b[i+1:] && isVowel(b[i])
	}
	return false
}

// bears reports whether a name alone may be the family name of a full one.
func bears(surname, full []string) bool {
	return len(surname) == 1 && len(full) > 1 && len(surname[0]) > 1 && (surname[0] == full[len(full)-1] || surname[0] == full[0])
}

// keys are what two names have to share one of to be compared: the sounds of the
// first and the last word.
func (r *rules) keys(words []string) []string {
	var keys []string
	for _, w := range []string{words[0], words[len(words)-1]} {
		if k := r.soundsOf(w); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// soundsOf returns the consonants of a word, those that may stand for each other
// as one.
func (r *rules) soundsOf(word string) string {
	var b strings.Builder
	for i := range len(word) {
		c := word[i]
		if isVowel(c) {
			continue
		}
		for pair := range r.sound {
			if pair[0] == word[i] && pair[1] < c {
				c = pair[1]
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}
