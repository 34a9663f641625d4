package english

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviations are the words of data/abbreviations.txt by kind, in lower case
// and with their stops. The zero value knows only what letters and stops tell:
// initials, and words like "U.N.".
type abbreviations struct {
	title  map[string]bool // never end a sentence: "Mr."
	number map[string]bool // are abbreviations only before a number: "No."
	other  map[string]bool // end a sentence only before an opener: "Inc."
	opener map[string]bool // words that open a sentence and seldom a name: "The"
}

// readAbbreviations reads the list: on each line a kind with a colon, and
// words. What follows "#" is a comment.
func readAbbreviations(text string) (abbreviations, error) {
	a := abbreviations{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	kinds := map[string]map[string]bool{"title": a.title, "number": a.number, "other": a.other, "opener": a.opener}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		kind, words, _ := strings.Cut(line, ":")
		list, ok := kinds[kind]
		if !ok {
			return a, fmt.Errorf("%d: kind %q, want title, number, other or opener and a colon", n, kind)
		}
		for w := range strings.FieldsSeq(words) {
			list[strings.ToLower(w)] = true
		}
	}
	return a, nil
}

// ends reports whether a sentence ends after word, which ends in a full stop,
// before next, which does not begin with a small letter.
func (a *abbreviations) ends(word, next string) bool {
	if !a.keepsStop(word, next) {
		return true
	}
	if a.title[strings.ToLower(word)] {
		return false
	}
	end := strings.IndexFunc(next, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(next)
	}
	return a.opener[strings.ToLower(next[:end])]
}

// keepsStop reports whether the full stop at the end of word is part of it.
// next is what follows.
func (a *abbreviations) keepsStop(word, next string) bool {
	lower := strings.ToLower(word)
	if a.title[lower] || a.other[lower] {
		return true
	}
	if dotted(word) {
		return strings.Count(word, ".") > 1 || next != "" // an initial has a name after it
	}
	first, _ := utf8.DecodeRuneInString(next)
	return a.number[lower] && unicode.IsDigit(first)
}

// dotted reports whether w is letters with a stop after each: "U.N.", "p.m.",
// and the initial "S.", which has to be a capital.
func dotted(w string) bool {
	letters := 0
	for rest := w; rest != ""; letters++ {
		r, n := utf8.DecodeRuneInString(rest)
		if !unicode.IsLetter(r) || n == len(rest) || rest[n] != '.' {
			return false
		}
		rest = rest[n+1:]
	}
	first, _ := utf8.DecodeRuneInString(w)
	return letters > 1 || letters == 1 && unicode.IsUpper(first)
}
