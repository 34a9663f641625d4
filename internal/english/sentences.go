package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// readAbbreviations reads the list: words with their stops, comments after "#".
func readAbbreviations(text string) map[string]bool {
	list := map[string]bool{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		for w := range strings.FieldsSeq(line) {
			list[strings.ToLower(w)] = true
		}
	}
	return list
}

// Sentences splits the text within a block of running text. A full stop ends
// a sentence unless it belongs to an abbreviation; closing quotation marks and
// brackets go with the sentence before. A blank line always ends one.
func (m *Model) Sentences(text string, within entente.Span) []entente.Span {
	var out []entente.Span
	start := within.Start
	emit := func(end int) {
		s := trim(text, entente.Span{Start: start, End: end})
		if s.Len() > 0 {
			out = append(out, s)
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
			if m.ends(text[start:end], text[i:end], text[end:within.End], r) {
				emit(end)
			}
			n = end - i
		}
		i += n
	}
	emit(within.End)
	return out
}

func trim(text string, s entente.Span) entente.Span {
	part := text[s.Start:s.End]
	left := len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	return entente.Span{Start: s.Start + left, End: s.Start + left + len(strings.TrimSpace(part))}
}

// blankLine reports whether rest begins with a line of nothing.
func blankLine(rest string) bool {
	line, _, found := strings.Cut(rest, "\n")
	return found && strings.TrimSpace(line) == ""
}

// afterClosing returns the end of the stops, closing quotation marks and
// brackets from i on.
func afterClosing(text string, i, end int) int {
	for i < end {
		r, n := utf8.DecodeRuneInString(text[i:end])
		if !strings.ContainsRune(".!?…”’»)]", r) && !(strings.ContainsRune(`"'`, r) && closes(text[i+n:end])) {
			break
		}
		i += n
	}
	return i
}

// closes reports whether a straight quotation mark before rest closes.
func closes(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsSpace(r) || strings.ContainsRune(`)]”"'`, r)
}

// ends reports whether a sentence ends after the stop that sentence runs up
// to. rest is what follows.
func (m *Model) ends(sentence, stop, rest string, r rune) bool {
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if next == "" {
		return true
	}
	if len(next) == len(rest) { // no space: "3.5", "gov.uk", or a lost one
		return r != '…' && gluedSentence(sentence, next)
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"'“‘«([—–- `))
	if unicode.IsLower(first) {
		return false
	}
	if r != '.' || len(stop) > 1 && !strings.HasSuffix(stop, ".") && len(strings.TrimRight(stop, `"'”’»)]`)) == 1 && !m.abbreviated(sentence[:len(sentence)-len(stop)+1]) {
		return true
	}
	if !m.abbreviated(strings.TrimRight(sentence, `"'”’»)]`)) {
		return true
	}
	return m.opensSentence(sentence, next)
}

// abbreviated reports whether the last word of s is an abbreviation.
func (m *Model) abbreviated(s string) bool {
	if i := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`("'“‘—–-`, r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
	return isAbbreviation(s, m.abbreviations)
}

// gluedSentence reports whether a sentence ends where a space was lost: a word
// of letters, a stop, and a capital that a small letter follows.
func gluedSentence(sentence, next string) bool {
	a, n := utf8.DecodeRuneInString(next)
	b, _ := utf8.DecodeRuneInString(next[n:])
	word := strings.TrimRight(sentence, `.!?"'”’»)]`)
	last, k := utf8.DecodeLastRuneInString(word)
	before, _ := utf8.DecodeLastRuneInString(word[:len(word)-k])
	return unicode.IsUpper(a) && unicode.IsLower(b) && unicode.IsLower(last) && unicode.IsLower(before)
}

// opensSentence reports whether next begins a sentence although an
// abbreviation stands before: only ones that may end a sentence ("U.S.",
// "p.m.") do, before a word that names seldom follow.
func (m *Model) opensSentence(sentence, next string) bool {
	last := sentence[strings.LastIndexFunc(sentence, unicode.IsSpace)+1:]
	if strings.Count(last, ".") < 2 && !m.abbreviations["+"+strings.ToLower(strings.TrimRight(last, `"'”’»)]`))] {
		return false
	}
	word := next
	if i := strings.IndexFunc(next, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = next[:i]
	}
	return m.abbreviations["|"+strings.ToLower(word)]
}
