package loader

import (
	"regexp"
	"strings"
	"unicode"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/when"
)

// dateline is what stands before the first sentence of a wire report:
// "MOSCOW, July 9 (TASS) — ".
type dateline struct {
	length int // bytes to the first word of the sentence
	agency string
	date   entente.Date
}

const (
	placeName = `[A-ZÀ-Þ][\p{L}.'’-]*(?:[ /-](?:[A-ZÀ-Þ][\p{L}.'’-]*|of|the|de|la|el|da|do|al)){0,4}`
	dateWords = `(\p{L}{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2} \p{L}{3,9}\.?(?: \d{4})?)`
	places    = placeName + `(?:, ` + placeName + `)?`
)

// The forms of a dateline. The groups are date, agency, agency.
var (
	// dashed: place, perhaps its state, perhaps a date, perhaps the agency, and
	// a dash; or an agency alone.
	dashed = regexp.MustCompile(`^(?:` + places + `(?:[,.]? ` + dateWords + `)?\.?(?: ?\(([^()\n]{2,60})\))?|\(([^()\n]{2,60})\))\s*(?:—|–|--|-|:)\s+`)
	// slashed: "MOSCOW, July 9. /TASS/. "
	slashed = regexp.MustCompile(`^` + places + `[,.] ` + dateWords + `\.? ?/([^/\n]{2,30})()/[.:]?\s+`)
)

// readDateline reads the dateline at the beginning of text; the zero dateline
// when there is none. A day without its year is that nearest to the day given.
func readDateline(text string, given entente.Date) dateline {
	head := text[:min(len(text), 240)]
	m := dashed.FindStringSubmatchIndex(head)
	if m == nil {
		m = slashed.FindStringSubmatchIndex(head)
	}
	if m == nil {
		return dateline{}
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	words, agency := group(1), or(group(2), group(3))
	date, ok := datelineDay(words, given)
	if !ok || words == "" && agency == "" && !plainPlace(text[:m[1]], text[m[1]:]) {
		return dateline{}
	}
	return dateline{length: m[1], agency: agency, date: date}
}

// plainPlace reports whether a place alone is a dateline: capitals, or one or
// two words, before a spaced dash and a sentence.
func plainPlace(head, rest string) bool {
	place := strings.TrimRight(head, " —–-:\t\n")
	short := len(strings.Fields(place)) <= 2 && !strings.HasSuffix(strings.TrimSpace(head), ":")
	first := firstRune(strings.TrimLeft(rest, `"'“‘`))
	return (place == strings.ToUpper(place) || short) && (unicode.IsUpper(first) || unicode.IsDigit(first))
}

// datelineDay turns "July 9", "Oct. 4, 2023" or "10 March 2023" into a day: the
// zero Date where the year is open, not ok where the words are no day at all.
func datelineDay(words string, given entente.Date) (day entente.Date, ok bool) {
	if words == "" {
		return entente.Date{}, true
	}
	found := when.Find(words, entente.Span{End: len(words)})
	if len(found) != 1 || found[0].Span.Len() != len(words) {
		return entente.Date{}, false
	}
	d := found[0].Resolve(when.Context{Published: given})
	return onlyDay(d), d.IsZero() || d.Precision() == entente.ToDay
}
