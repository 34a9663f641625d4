package when

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// class is the part that a word plays in words of time.
type class uint8

// The classes; the word list gives those from month on by name. A possible
// month is a word that is often another one.
const (
	plain    class = iota
	space          // nothing but the ends of the text
	number         // digits, or a number in words
	numeric        // a whole date in digits
	mark           // punctuation
	possess        // 's
	month          // the rest as in data/time.txt
	monthMay       // month?
	weekday
	weekdayAbbr // weekday?
	season
	seasonMay // season?
	unit
	ordinal
	today
	daypart
	which
	vague
	edge
	ago
	link
	function
	determiner
	event
	about
)

var classNames = map[string]class{
	"month": month, "month?": monthMay, "weekday": weekday, "weekday?": weekdayAbbr,
	"season": season, "season?": seasonMay, "unit": unit, "number": number, "ordinal": ordinal,
	"today": today, "daypart": daypart, "which": which, "vague": vague, "edge": edge,
	"ago": ago, "link": link, "function": function, "determiner": determiner, "event": event, "about": about,
}

// The values of class unit.
const (
	unitDay = 1 + iota
	unitWeek
	unitMonth
	unitYear
	unitDecade
	unitCentury
	unitWeekend
	unitQuarter
)

// The values of class which.
const (
	whichLast = 1 + iota
	whichThis
	whichNext
	whichThat
	whichFollowing
	whichPrevious
	whichPast
)

// The values of class vague.
const (
	vagueEarly = 1 + iota
	vagueMid
	vagueLate
	vagueEarlier
	vagueLater
)

// The values of class edge.
const (
	edgeStart = 1 + iota
	edgeMiddle
	edgeEnd
)

// The values of class ago.
const (
	agoAgo    = 1
	agoBefore = 4
	agoAfter  = 5
)

// The values of class link.
const (
	linkOn = 1 + iota
	linkIn
	linkAt
	linkOf
	linkThe
	linkAnd
	linkTo
	linkUntil
	linkBy
	linkSince
	linkFrom
	linkBetween
	linkWithin
	linkAs
	linkFor
)

// meaning is what the word list says of a word.
type meaning struct {
	class class
	value int
}

// longestWord bounds the words of the list, in bytes.
const longestWord = 16

// lexicon reads the embedded word list, once.
var lexicon = sync.OnceValues(func() (map[string]meaning, error) {
	text, err := data.FS.ReadFile("time.txt")
	if err != nil {
		return nil, err
	}
	return readLexicon(string(text))
})

// readLexicon reads the format described at the top of data/time.txt.
func readLexicon(text string) (map[string]meaning, error) {
	words := map[string]meaning{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return nil, fmt.Errorf("time.txt:%d: %d fields between tabs, want 3", n, len(fields))
		}
		c, ok := classNames[fields[0]]
		value, err := strconv.Atoi(fields[1])
		if !ok || err != nil {
			return nil, fmt.Errorf("time.txt:%d: unknown class %q or value %q", n, fields[0], fields[1])
		}
		for _, w := range strings.Fields(fields[2]) {
			if _, ok := words[w]; !ok { // the first line wins
				words[w] = meaning{c, value}
			}
			if len(w) > longestWord {
				return nil, fmt.Errorf("time.txt:%d: %q is longer than %d bytes", n, w, longestWord)
			}
		}
	}
	return words, nil
}

// token is a word, a number or a mark.
type token struct {
	meaning
	start, end int
	capital    bool // begins with a capital letter
	ordinal    bool // a number with st, nd, rd or th
	digits     bool // a number in digits
	glued      bool // nothing stands between it and the token before
	plural     bool // ends in s
	mark       rune
	date       entente.Date // of a numeric token
}

// scan splits a stretch of text into tokens. Nothing is found in a stretch
// without a word of time, which scan reports by found.
func scan(text string, within entente.Span) (tokens []token, found bool) {
	words, err := lexicon()
	if err != nil { // a test proves that the embedded list reads well
		return nil, false
	}
	tokens = make([]token, 0, 8+(within.End-within.Start)/5)
	last := -1
	for i := within.Start; i < within.End; {
		r, size := utf8.DecodeRuneInString(text[i:within.End])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		t := token{start: i, glued: i == last}
		switch {
		case unicode.IsLetter(r):
			t.end = i + letters(text[i:within.End])
			t.capital = unicode.IsUpper(r)
			t.meaning = lookUp(words, text[t.start:t.end])
			t.plural = text[t.end-1] == 's'
			t.end = skipStop(text, t, within.End)
		case '0' <= r && r <= '9':
			scanNumber(text, within.End, &t)
		default:
			scanMark(text, within.End, r, size, &t)
		}
		found = found || isTime(t)
		tokens = append(tokens, t)
		i, last = t.end, t.end
	}
	return tokens, found
}

// isTime reports whether t alone may be worth a parse.
func isTime(t token) bool {
	switch t.class {
	case month, monthMay, weekday, season, seasonMay, unit, today, daypart, numeric:
		return true
	case number:
		return t.digits && (t.ordinal || 1000 <= t.value && t.value <= 2999)
	}
	return false
}

// letters returns the length of the word that s begins with.
func letters(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(s)
}

func lookUp(words map[string]meaning, word string) meaning {
	if len(word) > longestWord {
		return meaning{}
	}
	var lower [longestWord]byte
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	return words[string(lower[:len(word)])]
}

// skipStop returns the end of t with the stop of an abbreviated month or day.
func skipStop(text string, t token, end int) int {
	short := t.class == monthMay && t.value != 5 || t.class == weekdayAbbr
	if short && t.end < end && text[t.end] == '.' {
		return t.end + 1
	}
	return t.end
}

// scanMark reads a possessive ending or one mark.
func scanMark(text string, end int, r rune, size int, t *token) {
	t.class, t.mark, t.end = mark, r, t.start+size
	if (r == '\'' || r == '’') && t.glued && t.end < end && (text[t.end] == 's' || text[t.end] == 'S') &&
		letters(text[t.end:end]) == 1 {
		t.class, t.end = possess, t.end+1
	}
}

// scanNumber reads digits: a number, an ordinal ("25th"), a decade ("1990s")
// or a whole date ("2025-07-09", "09.07.2025").
func scanNumber(text string, end int, t *token) {
	i := t.start
	for i < end && '0' <= text[i] && text[i] <= '9' {
		i++
	}
	t.class, t.digits, t.end = number, true, i
	if i-t.start > 4 {
		t.class = plain
	}
	t.value, _ = strconv.Atoi(text[t.start:min(i, t.start+4)])
	if d, n := numericDate(text[t.start:end]); n > 0 {
		t.class, t.date, t.end = numeric, d, t.start+n
		if d.IsZero() {
			t.class = plain
		}
		return
	}
	suffix := text[i : i+letters(text[i:end])]
	switch strings.ToLower(suffix) {
	case "":
		t.end = skipThousands(text, i, end, t)
	case "st", "nd", "rd", "th":
		t.ordinal, t.end = true, i+2
	case "s":
		t.class, t.end = decadeOf(t), i+1
	default:
		t.class, t.end = plain, i+len(suffix)
	}
}

// decadeOf turns "1990s" into a numeric token; the caller sets its end.
func decadeOf(t *token) class {
	if t.end-t.start != 4 || t.value%10 != 0 || t.value < 1000 || t.value > 2999 {
		return plain
	}
	t.date = entente.Date{EDTF: fmt.Sprintf("%03dX", t.value/10)}
	return numeric
}

// skipThousands takes "2,000" and "2.5" as one plain token.
func skipThousands(text string, i, end int, t *token) int {
	for i+1 < end && (text[i] == ',' || text[i] == '.') && '0' <= text[i+1] && text[i+1] <= '9' {
		j := i + 1
		for j < end && '0' <= text[j] && text[j] <= '9' {
			j++
		}
		if text[i] == ',' && j-i != 4 {
			break
		}
		t.class, i = plain, j
	}
	return i
}

// numericDate reads a date in digits at the start of s and returns its length:
// "2025-07-09", "2025/7/9", "09.07.2025" (day first), "7/25/2025". The date is
// zero where day and month might change places; the length is 0 where the
// digits are none.
func numericDate(s string) (entente.Date, int) {
	var n [3]int
	var width [3]int
	var sep byte
	i := 0
	for f := range 3 {
		if f > 0 {
			if i >= len(s) || s[i] != '-' && s[i] != '.' && s[i] != '/' || f == 2 && s[i] != sep {
				return entente.Date{}, 0
			}
			sep = s[i]
			i++
		}
		start := i
		for i < len(s) && i-start < 5 && '0' <= s[i] && s[i] <= '9' {
			n[f] = n[f]*10 + int(s[i]-'0')
			i++
		}
		width[f] = i - start
	}
	if i < len(s) && ('0' <= s[i] && s[i] <= '9' || (s[i] == sep && sep != '.')) {
		return entente.Date{}, 0
	}
	y, m, d := orderOf(n, width, sep)
	if y == 0 && (width[2] != 4 || width[0] > 2 || width[1] > 2) {
		return entente.Date{}, 0
	}
	return dayOfMonth(y, m, d), i
}

// orderOf says which of three numbers is year, month and day; 0, 0, 0 where
// that is open.
func orderOf(n, width [3]int, sep byte) (y, m, d int) {
	short := func(i int) bool { return width[i] == 1 || width[i] == 2 }
	switch {
	case width[0] == 4 && short(1) && short(2):
		return n[0], n[1], n[2]
	case width[2] != 4 || !short(0) || !short(1):
		return 0, 0, 0
	case sep == '.' || n[0] > 12 || n[0] == n[1]:
		return n[2], n[1], n[0]
	case n[1] > 12:
		return n[2], n[0], n[1]
	}
	return 0, 0, 0
}
