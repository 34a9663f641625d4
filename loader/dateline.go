package loader

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// dateline is what stands before the first sentence of a wire report:
// "MOSCOW, July 9 (TASS) — ". A date without a year is "XXXX-07-09".
type dateline struct {
	length int // bytes to the first word of the sentence
	agency string
	date   entente.Date
}

const (
	monthName = `(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?`
	placeName = `[A-ZÀ-Þ][\p{L}.'’-]*(?:[ /-](?:[A-ZÀ-Þ][\p{L}.'’-]*|of|the|de|la|el|da|do|al)){0,4}`
)

// datelinePattern: place, perhaps its state, perhaps a date, perhaps the agency,
// and a dash; or an agency alone.
var datelinePattern = regexp.MustCompile(`^(?:` + placeName + `(?:, ` + placeName + `)?(?:,? (` + monthName + ` \d{1,2}(?:, \d{4})?|\d{1,2} ` + monthName + `(?: \d{4})?))?(?: ?\(([^()]{2,60})\))?|\(([^()]{2,60})\))\s*(?:—|–|--|-|:)\s+`)

// readDateline reads the dateline at the beginning of text; the zero dateline
// when there is none.
func readDateline(text string) dateline {
	m := datelinePattern.FindStringSubmatchIndex(text[:min(len(text), 240)])
	if m == nil {
		return dateline{}
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	date, agency := group(1), or(group(2), group(3))
	head := text[:m[1]]
	if next, _ := utf8.DecodeRuneInString(text[m[1]:]); unicode.IsLower(next) {
		return dateline{} // a dash within a sentence
	}
	if date == "" && agency == "" && !plainPlace(head) {
		return dateline{}
	}
	return dateline{length: m[1], agency: agency, date: datelineDate(date)}
}

// plainPlace reports whether a dateline of a place alone is one: capitals, or
// one or two words before a spaced dash.
func plainPlace(head string) bool {
	place := strings.TrimRight(head, " —–-:\t")
	return place == strings.ToUpper(place) || len(strings.Fields(place)) <= 2 && !strings.HasSuffix(strings.TrimSpace(head), ":")
}

var dateParts = regexp.MustCompile(`\d+|[A-Za-z]+`)

// datelineDate turns "July 9", "Oct. 4, 2023" or "10 March 2023" into a day.
func datelineDate(words string) entente.Date {
	var month, day, year int
	for _, p := range dateParts.FindAllString(words, -1) {
		n, err := strconv.Atoi(p)
		switch {
		case err != nil:
			month = monthOf(p)
		case n > 31:
			year = n
		default:
			day = n
		}
	}
	if month == 0 || day == 0 {
		return entente.Date{}
	}
	if year == 0 {
		return entente.Date{EDTF: fmt.Sprintf("XXXX-%02d-%02d", month, day)}
	}
	d, err := entente.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	if err != nil {
		return entente.Date{}
	}
	return d
}

func monthOf(word string) int {
	word = strings.ToLower(word)
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); len(word) >= 3 && strings.HasPrefix(name, word) || word == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}

// withYear gives a day "XXXX-07-09" the year that brings it nearest to the day
// given; zero where that is unknown.
func withYear(edtf string, given entente.Date) entente.Date {
	near := given.Earliest()
	if given.IsZero() || near.IsZero() {
		return entente.Date{}
	}
	var best entente.Date
	least := time.Duration(1<<63 - 1)
	for y := near.Year() - 1; y <= near.Year()+1; y++ {
		d, err := entente.ParseDate(fmt.Sprintf("%04d%s", y, edtf[4:]))
		if err != nil {
			continue // 29 February
		}
		if gap := d.Earliest().Sub(near).Abs(); gap < least {
			best, least = d, gap
		}
	}
	return best
}
