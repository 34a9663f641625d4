package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lists are the lists of words of data/names.txt.
type lists map[string]map[string]bool

// readLists reads data/names.txt: "list | words", "_" for a space, comments
// after "#".
func readLists(text string) lists {
	out := lists{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		name, words, ok := strings.Cut(line, "|")
		if !ok {
			continue
		}
		name = strings.TrimSpace(name)
		if out[name] == nil {
			out[name] = map[string]bool{}
		}
		for w := range strings.FieldsSeq(words) {
			out[name][strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	return out
}

// has reports whether a word, in lower case, is in a list.
func (l lists) has(list, word string) bool { return l[list][word] }

// singular undoes the regular plural of a noun in lower case.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return strings.TrimSuffix(w, "men") + "man"
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// fold returns a word without case, diacritics and marks.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case plain[r] != "":
			b.WriteString(plain[r])
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// plain gives letters that do not decompose their usual spelling.
var plain = map[rune]string{
	'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ı': "i", 'ß': "ss", 'æ': "ae", 'Æ': "ae",
	'œ': "oe", 'Œ': "oe", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ə': "a", 'Ə': "a", 'ʼ': "'", '’': "'", '‘': "'",
}

// pieces splits a name into its folded words: at spaces, hyphens and
// apostrophes, full stops left out ("U.S." is "us").
func pieces(s string) []string {
	s = strings.ReplaceAll(fold(s), ".", "")
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// capitalised reports whether s begins with a capital.
func capitalised(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

// allCapitals reports whether s has letters, and none of them small.
func allCapitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}
