package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// Query says which claims are wanted: those that meet every field that is set.
// The zero value wants every claim. Of a list, one is enough. Entities are
// given by ID, and one that was merged means its whole group.
type Query struct {
	Subject       []entente.EntityID
	Object        []entente.EntityID
	Either        []entente.EntityID    // as subject or as object
	Between       [2][]entente.EntityID // one of the first list and one of the second, in either order
	Relations     []entente.Relation
	Statuses      []entente.Status
	Since, Until  entente.Date // the claim may have been then; a claim without a date does not meet them. Only EDTF counts
	Publisher     string       // of the report; case does not matter
	Report        entente.ReportID
	Place         []entente.EntityID
	MinConfidence float64 // a claim that is not calibrated has 0
	Limit         int     // the first so many in order of time; 0 = all
}

// The keys of the fields in the printed form, in its order.
const (
	keySubject    = "subject"
	keyObject     = "object"
	keyEither     = "either"
	keyBetween    = "between"
	keyRelation   = "relation"
	keyStatus     = "status"
	keySince      = "since"
	keyUntil      = "until"
	keyPublisher  = "publisher"
	keyReport     = "report"
	keyPlace      = "place"
	keyConfidence = "min-confidence"
	keyLimit      = "limit"
)

// String prints the query as words KEY:VALUE, lists with commas and the two
// sides of between with a slash; what holds other signs is quoted as in Go.
//
//	between:Russia/North_Korea relation:visited,met since:2023-10 publisher:"Sample Wire"
//
// ParseQuery reads it back. The zero Query prints as "".
func (q Query) String() string {
	var words []string
	add := func(key, value string) {
		if value != "" {
			words = append(words, key+":"+value)
		}
	}
	add(keySubject, printList(q.Subject))
	add(keyObject, printList(q.Object))
	add(keyEither, printList(q.Either))
	if a, b := printList(q.Between[0]), printList(q.Between[1]); a != "" || b != "" {
		add(keyBetween, a+"/"+b)
	}
	add(keyRelation, printList(q.Relations))
	add(keyStatus, printList(q.Statuses))
	add(keySince, printWord(q.Since.EDTF))
	add(keyUntil, printWord(q.Until.EDTF))
	add(keyPublisher, printWord(q.Publisher))
	add(keyReport, printWord(string(q.Report)))
	add(keyPlace, printList(q.Place))
	if q.MinConfidence != 0 {
		add(keyConfidence, strconv.FormatFloat(q.MinConfidence, 'g', -1, 64))
	}
	if q.Limit != 0 {
		add(keyLimit, strconv.Itoa(q.Limit))
	}
	return strings.Join(words, " ")
}

func printList[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, item := range list {
		words[i] = printWord(string(item))
		if item == "" {
			words[i] = `""`
		}
	}
	return strings.Join(words, ",")
}

// printWord quotes what is not a plain word.
func printWord(s string) string {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.~()'", r) {
			return strconv.Quote(s)
		}
	}
	return s
}

// ParseQuery reads what Query.String prints; keys may come in any order, once
// each. Errors name the column.
func ParseQuery(s string) (Query, error) {
	p := &queryParser{text: s}
	seen := make(map[string]bool)
	for p.space(); p.at < len(p.text); p.space() {
		start := p.at
		key, err := p.key()
		if err == nil && seen[key] {
			err = fmt.Errorf("%s is there twice", key)
		}
		if err == nil {
			err = p.field(key)
		}
		if err != nil {
			return Query{}, p.fail(start, err)
		}
		seen[key] = true
		if p.at < len(p.text) && p.text[p.at] != ' ' {
			return Query{}, p.fail(p.at, fmt.Errorf("unexpected %q; quote what is not a word", p.text[p.at]))
		}
	}
	return p.query, nil
}

// queryParser reads the text of a query from left to right.
type queryParser struct {
	text  string
	at    int
	query Query
}

func (p *queryParser) fail(at int, err error) error {
	return fmt.Errorf("query, column %d: %w", utf8.RuneCountInString(p.text[:at])+1, err)
}

func (p *queryParser) space() {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
}

// key reads up to and with the colon.
func (p *queryParser) key() (string, error) {
	key, _, ok := strings.Cut(p.text[p.at:], ":")
	if !ok || strings.Contains(key, " ") {
		return "", fmt.Errorf("want KEY:VALUE")
	}
	p.at += len(key) + 1
	return key, nil
}

// field reads the value of a key.
func (p *queryParser) field(key string) (err error) {
	q := &p.query
	switch key {
	case keySubject:
		q.Subject, err = list1[entente.EntityID](p)
	case keyObject:
		q.Object, err = list1[entente.EntityID](p)
	case keyEither:
		q.Either, err = list1[entente.EntityID](p)
	case keyPlace:
		q.Place, err = list1[entente.EntityID](p)
	case keyBetween:
		err = p.between()
	case keyRelation:
		q.Relations, err = parseEach(p, entente.ParseRelation)
	case keyStatus:
		q.Statuses, err = parseEach(p, parseStatus)
	case keySince:
		q.Since, err = p.date()
	case keyUntil:
		q.Until, err = p.date()
	case keyPublisher:
		q.Publisher, err = p.word()
	case keyReport:
		var id string
		id, err = p.word()
		q.Report = entente.ReportID(id)
	case keyConfidence:
		q.MinConfidence, err = p.confidence()
	case keyLimit:
		q.Limit, err = p.limit()
	default:
		err = fmt.Errorf("unknown key %q", key)
	}
	return err
}

// word reads a plain or quoted word, which must not be empty unless quoted.
func (p *queryParser) word() (string, error) {
	rest := p.text[p.at:]
	if strings.HasPrefix(rest, `"`) {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return "", fmt.Errorf("quotation mark without its pair")
		}
		p.at += len(quoted)
		return strconv.Unquote(quoted)
	}
	end := strings.IndexAny(rest, ` ,/:"`)
	if end < 0 {
		end = len(rest)
	}
	if end == 0 {
		return "", fmt.Errorf("value is missing")
	}
	p.at += end
	return rest[:end], nil
}

// list1 reads a list of at least one word.
func list1[T ~string](p *queryParser) ([]T, error) {
	var list []T
	for {
		word, err := p.word()
		if err != nil {
			return nil, err
		}
		list = append(list, T(word))
		if p.at >= len(p.text) || p.text[p.at] != ',' {
			return list, nil
		}
		p.at++
	}
}

// between reads two lists, either of which may be empty.
func (p *queryParser) between() (err error) {
	for side := range p.query.Between {
		if side == 1 {
			if p.at >= len(p.text) || p.text[p.at] != '/' {
				return fmt.Errorf("want A/B")
			}
			p.at++
		}
		if p.at >= len(p.text) || p.text[p.at] == ' ' || p.text[p.at] == '/' {
			continue
		}
		if p.query.Between[side], err = list1[entente.EntityID](p); err != nil {
			return err
		}
	}
	return nil
}

func parseEach[T any](p *queryParser, parse func(string) (T, error)) ([]T, error) {
	words, err := list1[string](p)
	if err != nil {
		return nil, err
	}
	list := make([]T, len(words))
	for i, word := range words {
		if list[i], err = parse(word); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func parseStatus(s string) (entente.Status, error) {
	if !slices.Contains(entente.Statuses, entente.Status(s)) {
		return "", fmt.Errorf("unknown status %q; statuses: %v", s, entente.Statuses)
	}
	return entente.Status(s), nil
}

func (p *queryParser) date() (entente.Date, error) {
	word, err := p.word()
	if err != nil {
		return entente.Date{}, err
	}
	return entente.ParseDate(word)
}

func (p *queryParser) confidence() (float64, error) {
	word, err := p.word()
	if err != nil {
		return 0, err
	}
	f, err := strconv.ParseFloat(word, 64)
	if err != nil || !(0 <= f && f <= 1) {
		return 0, fmt.Errorf("confidence %q: want a number from 0 to 1", word)
	}
	return f, nil
}

func (p *queryParser) limit() (int, error) {
	word, err := p.word()
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("limit %q: want a whole number", word)
	}
	return n, nil
}
