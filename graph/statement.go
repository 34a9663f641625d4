package graph

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// statement is one line of N-Quads while it is read.
type statement struct {
	text string
	at   int       // byte
	last quad.Quad // the one before, of which equal IRIs are taken again: they are many
}

// parse reads the line; ok is false where it holds no quad.
func (s *statement) parse() (q quad.Quad, ok bool, err error) {
	if !utf8.ValidString(s.text) {
		return q, false, errNotUTF8
	}
	if s.space(); s.ended() {
		return q, false, nil
	}
	if q.Subject, err = s.node(s.last.Subject); err != nil {
		return q, false, fmt.Errorf("subject: %w", err)
	}
	s.space()
	if q.Predicate, err = s.iri(s.last.Predicate); err != nil {
		return q, false, fmt.Errorf("predicate: %w", err)
	}
	s.space()
	if q.Object, err = s.object(); err != nil {
		return q, false, fmt.Errorf("object: %w", err)
	}
	if s.space(); !s.has(".") {
		if q.Label, err = s.node(s.last.Label); err != nil {
			return q, false, fmt.Errorf("graph label: %w", err)
		}
		s.space()
	}
	if !s.take(".") {
		return q, false, errors.New("want a full stop at the end of the statement")
	}
	if s.space(); !s.ended() {
		return q, false, errors.New("want the end of the line after the full stop")
	}
	return q, true, nil
}

func (s *statement) has(what string) bool { return strings.HasPrefix(s.text[s.at:], what) }

func (s *statement) take(what string) bool {
	if !s.has(what) {
		return false
	}
	s.at += len(what)
	return true
}

func (s *statement) space() {
	for s.has(" ") || s.has("\t") {
		s.at++
	}
}

// ended reports whether nothing but a comment is left.
func (s *statement) ended() bool { return s.at == len(s.text) || s.has("#") }

// node reads an IRIREF or a BLANK_NODE_LABEL.
func (s *statement) node(last quad.Value) (quad.Value, error) {
	if s.has("_:") {
		return s.blank()
	}
	return s.iri(last)
}

func (s *statement) object() (quad.Value, error) {
	if s.has(`"`) {
		return s.literal()
	}
	return s.node(nil)
}

func (s *statement) iri(last quad.Value) (quad.Value, error) {
	if !s.has("<") {
		return nil, errors.New("want <IRI>")
	}
	end := strings.IndexByte(s.text[s.at:], '>')
	if end < 0 {
		return nil, errors.New("IRI without its >")
	}
	body := s.text[s.at+1 : s.at+end]
	for i := range len(body) {
		if notInIRI[body[i]] {
			s.at += 1 + i
			return nil, fmt.Errorf("%q in an IRI", body[i])
		}
	}
	iri, err := s.unquote(body, false)
	if err != nil {
		return nil, err
	}
	if iri == "" {
		return nil, errors.New("empty IRI")
	}
	s.at += end + 1
	short := contract(iri)
	if before, ok := last.(quad.IRI); ok && before == short {
		return last, nil
	}
	return short, nil
}

// notInIRI are the bytes that an IRIREF has only as an escape.
var notInIRI = func() (no [256]bool) {
	for _, c := range []byte(" <\"{}|^`\t") {
		no[c] = true
	}
	return no
}()

func (s *statement) blank() (quad.Value, error) {
	rest := s.text[s.at+2:]
	end := strings.IndexFunc(rest, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.·", r) && !unicode.Is(unicode.Mn, r)
	})
	if end < 0 {
		end = len(rest)
	}
	label := strings.TrimRight(rest[:end], ".")
	if label == "" || strings.ContainsAny(label[:1], "-.") {
		return nil, errors.New("want a label after \"_:\"")
	}
	s.at += 2 + len(label)
	return quad.BNode(label), nil
}

// literal reads a string with its language or datatype.
func (s *statement) literal() (quad.Value, error) {
	end := s.at + 1
	for end < len(s.text) && s.text[end] != '"' {
		if s.text[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s.text) {
		return nil, errors.New("string without its closing quotation mark")
	}
	text, err := s.unquote(s.text[s.at+1:end], true)
	if err != nil {
		return nil, err
	}
	s.at = end + 1
	switch {
	case s.take("^^"):
		datatype, err := s.iri(nil)
		if err != nil {
			return nil, fmt.Errorf("datatype: %w", err)
		}
		return typed(text, expand(datatype.(quad.IRI))), nil
	case s.take("@"):
		lang := s.lang()
		if lang == "" {
			return nil, errors.New("want a language tag after @")
		}
		return quad.LangString{Value: quad.String(text), Lang: lang}, nil
	}
	return quad.String(text), nil
}

// lang reads a LANGTAG: letters, then groups of letters and digits.
func (s *statement) lang() string {
	start := s.at
	isLetter := func(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
	for first := true; ; first = false {
		from := s.at
		for s.at < len(s.text) && (isLetter(s.text[s.at]) || !first && '0' <= s.text[s.at] && s.text[s.at] <= '9') {
			s.at++
		}
		if s.at == from {
			s.at = max(start, from-1) // a hyphen with nothing after it
			return s.text[start:s.at]
		}
		if !s.take("-") {
			return s.text[start:s.at]
		}
	}
}

// typed returns a literal as the store holds it. A form that would not be
// written again as it is stays text.
func typed(text, datatype string) quad.Value {
	switch datatype {
	case xsd + "string":
		return quad.String(text)
	case xsd + "integer":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && strconv.FormatInt(n, 10) == text {
			return quad.Int(n)
		}
	case xsd + "double":
		if f, err := strconv.ParseFloat(text, 64); err == nil && formatFloat(f) == text {
			return quad.Float(f)
		}
	case xsd + "boolean":
		if text == "true" || text == "false" {
			return quad.Bool(text == "true")
		}
	case xsd + "dateTime":
		if t, err := parseTime(text); err == nil && formatTime(t) == text {
			return quad.Time(t)
		}
	}
	return quad.TypedString{Value: quad.String(text), Type: contract(datatype)}
}

// parseTime reads what formatTime writes. Package time cannot read a year before
// 1 or after 9999.
func parseTime(text string) (time.Time, error) {
	digits := strings.TrimPrefix(text, "-")
	first, rest, _ := strings.Cut(digits, "-")
	year, err := strconv.Atoi(first)
	if err != nil {
		return time.Time{}, err
	}
	if len(digits) < len(text) {
		year = -year
	}
	t, err := time.Parse(time.RFC3339Nano, "2000-"+rest) // a leap year
	return time.Date(year, t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC), err
}

// unquote resolves escapes: ECHAR, where those are allowed, and UCHAR.
func (s *statement) unquote(body string, echar bool) (string, error) {
	if !strings.Contains(body, `\`) {
		return body, nil
	}
	const from, to = `tbnrf"'\`, "\t\b\n\r\f\"'\\"
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			b.WriteByte(body[i])
			continue
		}
		i++
		if i == len(body) {
			return "", errors.New("backslash at the end")
		}
		digits := map[byte]int{'u': 4, 'U': 8}[body[i]]
		switch k := strings.IndexByte(from, body[i]); {
		case digits > 0:
			r, err := uchar(body[i+1:], digits)
			if err != nil {
				return "", err
			}
			b.WriteRune(r)
			i += digits
		case echar && k >= 0:
			b.WriteByte(to[k])
		default:
			return "", fmt.Errorf(`unknown escape \%c`, body[i])
		}
	}
	return b.String(), nil
}

func uchar(s string, digits int) (rune, error) {
	if len(s) >= digits {
		if n, err := strconv.ParseUint(s[:digits], 16, 32); err == nil && n <= unicode.MaxRune && utf8.ValidRune(rune(n)) {
			return rune(n), nil
		}
	}
	return 0, errors.New(`want a character's hexadecimal digits after \u or \U`)
}
