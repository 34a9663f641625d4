package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

const (
	closers = `”’»)]`
	openers = `"'“‘«([—–- `
	quotes  = `"'`
)

// Sentences splits the text within a block of running text. A full stop ends
// a sentence unless it belongs to an abbreviation or to the number of an item;
// closing quotation marks, brackets and marks of notes ("[3]") go with the
// sentence before. A blank line always ends one; other line ends are spaces.
func (m *Model) Sentences(text string, within entente.Span) []entente.Span {
	var found []entente.Span
	start := within.Start
	emit := func(end int) {
		if s := trim(text, entente.Span{Start: start, End: end}); s.Len() > 0 {
			found = append(found, s)
		}
		start = end
	}
	for i := within.Start; i < within.End; {
		r, n := utf8.DecodeRuneInString(text[i:within.End])
		switch {
		case r == '\n' && blankLine(text[i+n:within.End]):
			emit(i)
		case r == '.' || r == '!' || r == '?' || r == '…':
			end := afterClosing(text, i+n, within.End)
			if m.ends(text[start:i+n], text[i+n:end], text[end:within.End]) {
				emit(end)
			}
			n = end - i
		}
		i += n
	}
	emit(within.End)
	return found
}

// trim takes the spaces off both ends of a span.
func trim(text string, s entente.Span) entente.Span {
	part := text[s.Start:s.End]
	inner := strings.TrimLeftFunc(part, unicode.IsSpace)
	start := s.Start + len(part) - len(inner)
	return entente.Span{Start: start, End: start + len(strings.TrimRightFunc(inner, unicode.IsSpace))}
}

// blankLine reports whether rest begins with a line of nothing.
func blankLine(rest string) bool {
	next := strings.TrimLeft(rest, " \t\r")
	return next != "" && next[0] == '\n'
}

// afterClosing returns the end of the stops, closing quotation marks, closing
// brackets and marks of notes from i on.
func afterClosing(text string, i, end int) int {
	for i < end {
		r, n := utf8.DecodeRuneInString(text[i:end])
		switch {
		case strings.ContainsRune(".!?…"+closers, r):
		case strings.ContainsRune(quotes, r) && closes(text[i+n:end]):
		case r == '[' && noteLen(text[i:end]) > 0:
			n = noteLen(text[i:end])
		default:
			return i
		}
		i += n
	}
	return i
}

// closes reports whether a straight quotation mark before rest closes.
func closes(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsSpace(r) || strings.ContainsRune(quotes+closers, r)
}

// noteLen returns the length of the mark of a note that s begins with, such as
// "[12]"; 0 if there is none.
func noteLen(s string) int {
	end := strings.IndexByte(s[:min(len(s), 6)], ']')
	if end < 2 || !number(s[1:end]) {
		return 0
	}
	return end + 1
}

// ends reports whether a sentence ends at its last byte, a stop. closing are
// the stops and marks right after it, rest is what follows.
func (m *Model) ends(sentence, closing, rest string) bool {
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	switch {
	case next == "":
		return true
	case len(next) == len(rest):
		return glued(sentence, next)
	case strings.TrimLeft(sentence, ".!?… ") == "":
		return false // dots between sentences go with the next
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, openers))
	if unicode.IsLower(first) {
		return false
	}
	if !strings.HasSuffix(sentence, ".") || strings.ContainsAny(closing, ".!?…") {
		return true
	}
	if number(strings.TrimSuffix(strings.TrimSpace(sentence), ".")) {
		return false // "2. The parties shall …"
	}
	return m.abbreviations.ends(lastWord(sentence), next)
}

// lastWord returns what stands after the last space, quotation mark, bracket or
// dash of s.
func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(openers, r)
	})
	if i < 0 {
		return s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

// glued reports whether a sentence ends although no space follows: after a word
// of small letters, before a capital that a small letter follows.
func glued(sentence, next string) bool {
	a, n := utf8.DecodeRuneInString(next)
	b, _ := utf8.DecodeRuneInString(next[n:])
	word := strings.TrimRight(sentence, ".!?")
	last, n := utf8.DecodeLastRuneInString(word)
	before, _ := utf8.DecodeLastRuneInString(word[:len(word)-n])
	return unicode.IsUpper(a) && unicode.IsLower(b) && unicode.IsLower(last) && unicode.IsLower(before)
}

// number reports whether s is a number: digits, with points and commas.
func number(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.,") == "" && strings.Trim(s, ".,") != ""
}
