package question

import (
	"slices"
	"strings"
	"unicode"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/internal/when"
)

// Lookup finds what a phrase names, nil where it names nothing; whole is false
// where the phrase is a part of a name, such as a surname.
type Lookup func(phrase string) (found []entente.Entity, whole bool, err error)

// A cell is a word of a question, or a whole name or office.
type cell struct {
	english.Token
	low   string // the text in lower case
	ref   *Ref   // nil for a word
	owner bool   // "Lavrov's", "Russian"
	said  bool   // accounted for
}

// is reports whether the cell is a word with one of these lemmas or texts.
func (c *cell) is(list map[string]bool) bool {
	return c.ref == nil && (list[c.Lemma] || list[c.low])
}

// longestName is the most words that a name is looked up with.
const longestName = 9

// cells splits a question into words, names, offices, and the time that it names,
// whose words are no cells any more.
func (r *Reader) cells(text string, look Lookup, today entente.Date) ([]cell, span, error) {
	tokens := r.model.Tokenize(text, entente.Span{Start: r.leadIn(text), End: len(text)})
	if len(tokens) > longestQuestion {
		return nil, span{}, unread("", "it is too long; ask one thing at a time")
	}
	r.correct(tokens)
	r.model.Tag(tokens)
	taken := make([]*Ref, len(tokens))   // the name that a token begins
	covered := make([]bool, len(tokens)) // by a name or a date
	s := scanner{r: r, text: text, tokens: tokens, look: look, taken: taken, covered: covered, ends: make([]int, len(tokens))}
	if err := s.names(2, longestName); err != nil {
		return nil, span{}, err
	}
	times := s.times(today)
	if err := s.names(1, 1); err != nil {
		return nil, span{}, err
	}
	return r.offices(text, s.join()), times, nil
}

// leadIn returns where the question begins behind a colon, as in "For my notes: who …";
// else its first letter or digit.
func (r *Reader) leadIn(text string) int {
	start := max(0, strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })) // "¿Who …"
	at := strings.Index(text, ": ")
	if at < 0 {
		return start
	}
	first, _, _ := strings.Cut(strings.TrimSpace(text[at+1:]), " ")
	if low := strings.ToLower(first); r.is("question", low) || r.is("auxiliary", low) || r.is("list", low) {
		return at + 1
	}
	return start
}

// longestQuestion is the most words that a question may have.
const longestQuestion = 60

type scanner struct {
	r       *Reader
	text    string
	tokens  []english.Token
	look    Lookup
	taken   []*Ref
	covered []bool
	ends    []int // of names, by their first token
}

// names looks up phrases of least to most tokens, longest first.
func (s *scanner) names(least, most int) error {
	for i := range s.tokens {
		for n := min(most, len(s.tokens)-i); n >= least; n-- {
			found, err := s.name(i, i+n)
			if err != nil {
				return err
			}
			if found == nil {
				continue
			}
			s.taken[i], s.ends[i] = found, i+n
			for k := i; k < i+n; k++ {
				s.covered[k] = true
			}
			break
		}
	}
	return nil
}

// name returns what tokens [i,j) name, nil for nothing.
func (s *scanner) name(i, j int) (*Ref, error) {
	for k := i; k < j; k++ {
		if s.covered[k] {
			return nil, nil
		}
	}
	first, last := s.tokens[i], s.tokens[j-1]
	if !isWord(first.Text) || !isWord(last.Text) || s.r.is("article", strings.ToLower(first.Text)) || last.Tag == "POS" || s.common(i, j) {
		return nil, nil
	}
	phrase := s.text[first.Span.Start:last.Span.End]
	if e, ok := s.r.peoples[strings.ToLower(phrase)]; ok && isCapital(phrase) {
		return &Ref{Text: phrase, Entities: []entente.Entity{e}}, nil
	}
	found, whole, err := s.look(phrase)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(slices.Clone(found), func(e entente.Entity) bool { return e.Kind == entente.Office })
	if !whole {
		found = slices.DeleteFunc(found, func(e entente.Entity) bool { return !s.partial(i, j, e) })
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &Ref{Text: phrase, Entities: found}, nil
}

// partial reports whether tokens [i,j), a part of the name of e, can mean it: a
// surname, or words with capitals.
func (s *scanner) partial(i, j int, e entente.Entity) bool {
	for k := i; k < j; k++ {
		t := s.tokens[k]
		if !isCapital(t.Text) && (e.Kind != entente.Person || j-i > 1) || s.r.everyday(t) {
			return false
		}
	}
	return e.Kind == entente.Person || j-i > 1 && e.Kind == entente.Agreement
}

// common reports whether tokens [i,j) are words of the language rather than a name:
// a lone word that is one, or several none of which has a capital and the first or
// last of which is a small word.
func (s *scanner) common(i, j int) bool {
	first, last := s.tokens[i], s.tokens[j-1]
	if j-i > 1 {
		return !isCapital(first.Text) && s.r.grammar(first) || !isCapital(last.Text) && s.r.grammar(last) || s.r.asks(first) && i == 0
	}
	if i == 0 && s.r.asks(first) {
		return true
	}
	if i+1 < len(s.tokens) && s.taken[i+1] != nil && isPerson(s.taken[i+1]) && s.r.isTitle(strings.ToLower(first.Text)) {
		return true // "King Juan Carlos"
	}
	if isAcronym(first.Text) {
		return false
	}
	if i > 0 && s.r.is("article", strings.ToLower(s.tokens[i-1].Text)) && len(first.Text) == 2 {
		return false // "the us"
	}
	return s.r.grammar(first) || !isCapital(first.Text) && s.r.everyday(first)
}

// span is the time that a question names.
type span struct {
	since, until entente.Date
	yearless     bool // the question gives a month or a day of some year: the last one was taken
}

// times finds the words of time and takes them out.
func (s *scanner) times(today entente.Date) span {
	var out span
	for _, e := range when.FindAnyCase(s.text, entente.Span{End: len(s.text)}) {
		first, last := s.within(e.Span)
		if first < 0 || e.Attributive {
			continue
		}
		d := e.Resolve(when.Context{Published: today, Past: true})
		if d.IsZero() {
			continue
		}
		out.add(d, s.limit(first))
		out.yearless = d.Basis == entente.Resolved && s.named(first, last)
		for k := first; k < last; k++ {
			s.covered[k] = true
		}
		s.cover(first)
	}
	return out
}

// named reports whether tokens [i,j) name a month without a year, and do not count from
// today.
func (s *scanner) named(i, j int) bool {
	month := false
	for _, t := range s.tokens[i:j] {
		low := strings.ToLower(t.Text)
		if s.r.is("relative time", low) || len(low) == 4 && strings.Trim(low, "0123456789") == "" {
			return false
		}
		month = month || s.r.is("month", low)
	}
	return month
}

// cover takes out the words before a date that belong to it: "in", "prior to".
func (s *scanner) cover(first int) {
	for n := 2; n > 0; n-- {
		if k := first - n; k >= 0 && !s.covered[k] && !s.covered[first-1] {
			if s.r.is("timing", strings.ToLower(s.text[s.tokens[k].Span.Start:s.tokens[first-1].Span.End])) {
				for ; k < first; k++ {
					s.covered[k] = true
				}
				return
			}
		}
	}
}

// within returns the tokens that a span covers, -1 where one of them is a name's.
func (s *scanner) within(span entente.Span) (first, last int) {
	first = -1
	for k, t := range s.tokens {
		if !span.Overlaps(t.Span) {
			continue
		}
		if s.covered[k] {
			return -1, -1
		}
		if first < 0 {
			first = k
		}
		last = k + 1
	}
	return first, last
}

// limit returns the word that says on which side of a date the time lies, "" where
// none does: the first of the date's own words or the one before.
func (s *scanner) limit(first int) string {
	for _, k := range []int{first, first - 1, first - 2} {
		if k < 0 {
			break
		}
		if w := strings.ToLower(s.tokens[k].Text); s.r.is("limit", w) {
			return w
		}
	}
	return ""
}

// add narrows the time by a date behind a word.
func (s *span) add(d entente.Date, limit string) {
	first, last := d.Earliest(), d.Latest()
	switch limit {
	case "before", "prior": // not in it
		if edge := endOf(d); !edge.Earliest().IsZero() {
			s.until = entente.NewDay(edge.Earliest().AddDate(0, 0, -1))
		}
	case "after":
		if edge := startOf(d); !edge.Latest().IsZero() {
			s.since = entente.NewDay(edge.Latest().AddDate(0, 0, 1))
		}
	case "since":
		s.since = startOf(d)
	case "until", "till", "by", "up":
		s.until = endOf(d)
	default:
		if !first.IsZero() {
			s.since = startOf(d)
		}
		if !last.IsZero() {
			s.until = endOf(d)
		}
	}
}

// startOf and endOf return the ends of an interval, any other date itself.
func startOf(d entente.Date) entente.Date { return endpoint(d, 0) }
func endOf(d entente.Date) entente.Date   { return endpoint(d, 1) }

func endpoint(d entente.Date, which int) entente.Date {
	ends := strings.Split(d.EDTF, "/")
	if len(ends) != 2 {
		return entente.Date{EDTF: d.EDTF}
	}
	end := ends[which]
	if end == ".." || end == "" {
		end = ends[1-which]
	}
	return entente.Date{EDTF: end}
}

// join makes the cells of what the tokens were found to be.
func (s *scanner) join() []cell {
	var cells []cell
	for i := 0; i < len(s.tokens); i++ {
		t := s.tokens[i]
		switch {
		case s.taken[i] != nil:
			c := cell{Token: t, low: strings.ToLower(s.taken[i].Text), ref: s.taken[i]}
			c.owner = s.ends[i] < len(s.tokens) && s.isAdjective(i)
			c.Span.End = s.tokens[s.ends[i]-1].Span.End
			i = s.ends[i] - 1
			cells = append(cells, c)
		case s.covered[i]:
		case t.Tag == "POS" && len(cells) > 0:
			cells[len(cells)-1].owner = true
		case s.hyphened(i):
			t.Span.End = s.tokens[i+2].Span.End
			t.Text, t.Tag = t.Span.Of(s.text), "NN"
			t.Lemma = strings.ToLower(t.Text)
			i += 2
			cells = append(cells, cell{Token: t, low: t.Lemma})
		case isWord(t.Text) || t.Text == ",":
			cells = append(cells, cell{Token: t, low: strings.ToLower(t.Text)})
		}
	}
	return cells
}

// isAdjective reports whether the name that begins at token i is the adjective of a
// state, with a noun behind it.
func (s *scanner) isAdjective(i int) bool {
	ref, next := s.taken[i], s.tokens[s.ends[i]]
	_, people := s.r.peoples[strings.ToLower(ref.Text)]
	if !people && !(s.ends[i]-i == 1 && strings.HasPrefix(s.tokens[i].Tag, "JJ")) || ref.Entities[0].Kind != entente.State {
		return false
	}
	noun := strings.HasPrefix(next.Tag, "NN") || strings.HasPrefix(next.Tag, "JJ") || s.taken[s.ends[i]] != nil
	return noun && !strings.HasSuffix(ref.Text, "s")
}

// hyphened reports whether token i and the one after next are one word with a hyphen,
// such as "go-between", and neither a name.
func (s *scanner) hyphened(i int) bool {
	if i+2 >= len(s.tokens) || s.covered[i+1] || s.covered[i+2] || s.tokens[i+1].Text != "-" || !isWord(s.tokens[i].Text) {
		return false
	}
	return s.tokens[i].Span.End == s.tokens[i+1].Span.Start && s.tokens[i+1].Span.End == s.tokens[i+2].Span.Start
}

func isWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func isCapital(s string) bool { return s != "" && unicode.IsUpper([]rune(s)[0]) }

// isAcronym reports whether s is two or more letters, all of them capitals.
func isAcronym(s string) bool {
	letters := strings.ReplaceAll(s, ".", "")
	return len(letters) > 1 && strings.ToUpper(letters) == letters && strings.ToLower(letters) != letters
}
