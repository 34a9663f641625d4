package graph

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// References:
//
//	Unicode Standard Annex #15, normalization forms: NFKD takes accents off.
//	ISO 9, BGN/PCGN and others write one Cyrillic name several ways; the classes
//	of respell are those in which they differ.

// plain has the letters that no decomposition takes apart.
var plain = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "þ", "th", "&", " and ")

// fold returns a name without case, diacritics, punctuation and article.
func fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r) || strings.ContainsRune(".'’ʼ‘`", r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&':
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(plain.Replace(b.String()))
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// spellings are ways to write one sound; the first of each pair becomes the second.
var spellings = strings.NewReplacer("kh", "h", "ph", "f", "zh", "z", "ck", "k", "ts", "z", "tz", "z", "ou", "u", "oo", "u",
	"ee", "i", "eo", "o", "x", "ks", "y", "i", "j", "i", "w", "v", "q", "k", " ", "")

// respell returns the key of a folded name that its transliterations share:
// Sergei and Sergey, Zelensky and Zelenskyy, Kim Jong-un and Kim Jongun.
func respell(folded string) string {
	var b strings.Builder
	var last rune
	for _, r := range spellings.Replace(folded) {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}
