package graph

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// References:
//
//	RDF 1.1 N-Quads, W3C Recommendation, 2014: the grammar, by the names of its productions.
//	RDF 1.1 N-Triples, W3C Recommendation, 2014, section 4: the canonical form, which is written.

// namespaces are what the short prefixes of stored IRIs stand for in N-Quads.
var namespaces = []struct{ prefix, full string }{
	{entPrefix, base + "ent/"},
	{relPrefix, base + "rel/"},
	{claimPrefix, base + "claim/"},
	{reportPrefix, base + "report/"},
	{textPrefix, base + "text/"},
	{"source:", base + "source/"},
	{kgPrefix, base + "kg/"},
	{wdPrefix, "http://www.wikidata.org/entity/"},
	{"rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"rdfs:", "http://www.w3.org/2000/01/rdf-schema#"},
	{"owl:", "http://www.w3.org/2002/07/owl#"},
	{"skos:", "http://www.w3.org/2004/02/skos/core#"},
	{"dcterms:", "http://purl.org/dc/terms/"},
}

const (
	base = "https://w3id.org/entente/"
	xsd  = "http://www.w3.org/2001/XMLSchema#"
)

// expand returns an IRI in full.
func expand(iri quad.IRI) string {
	for _, ns := range namespaces {
		if rest, ok := strings.CutPrefix(string(iri), ns.prefix); ok {
			return ns.full + rest
		}
	}
	return string(iri)
}

// contract undoes expand.
func contract(full string) quad.IRI {
	if !strings.HasPrefix(full, "http") {
		return quad.IRI(full) // as most that are read
	}
	for _, ns := range namespaces {
		if rest, ok := strings.CutPrefix(full, ns.full); ok {
			return quad.IRI(ns.prefix + rest)
		}
	}
	return quad.IRI(full)
}

// appendQuad appends a quad as one line of N-Quads.
func appendQuad(b []byte, q quad.Quad) ([]byte, error) {
	for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if v == nil {
			continue // only a label is ever missing
		}
		var err error
		if b, err = appendValue(b, v); err != nil {
			return nil, err
		}
		b = append(b, ' ')
	}
	return append(b, '.', '\n'), nil
}

func appendValue(b []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return appendIRI(b, expand(v)), nil
	case quad.BNode:
		return append(append(b, "_:"...), v...), nil
	case quad.String:
		return appendLiteral(b, string(v)), nil
	case quad.LangString:
		return append(append(appendLiteral(b, string(v.Value)), '@'), v.Lang...), nil
	case quad.TypedString:
		return appendTyped(b, string(v.Value), expand(v.Type)), nil
	case quad.Int:
		return appendTyped(b, strconv.FormatInt(int64(v), 10), xsd+"integer"), nil
	case quad.Float:
		return appendTyped(b, formatFloat(float64(v)), xsd+"double"), nil
	case quad.Bool:
		return appendTyped(b, strconv.FormatBool(bool(v)), xsd+"boolean"), nil
	case quad.Time:
		return appendTyped(b, formatTime(time.Time(v)), xsd+"dateTime"), nil
	}
	return nil, fmt.Errorf("no N-Quads for a value of type %T", v)
}

func formatFloat(f float64) string { return strconv.FormatFloat(f, 'E', -1, 64) }

func formatTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func appendTyped(b []byte, text, datatype string) []byte {
	return appendIRI(append(appendLiteral(b, text), "^^"...), datatype)
}

// appendIRI appends an IRIREF.
func appendIRI(b []byte, iri string) []byte {
	b = append(b, '<')
	for _, r := range iri {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			b = fmt.Appendf(b, "\\u%04X", r)
			continue
		}
		b = utf8.AppendRune(b, r)
	}
	return append(b, '>')
}

// appendLiteral appends a STRING_LITERAL_QUOTE.
func appendLiteral(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b = append(b, '\\', byte(r))
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			if r < ' ' || r == 0x7f {
				b = fmt.Appendf(b, "\\u%04X", r)
			} else {
				b = utf8.AppendRune(b, r)
			}
		}
	}
	return append(b, '"')
}

// nquadsReader reads N-Quads line by line.
type nquadsReader struct {
	in   *bufio.Reader
	line int       // number of the last line read
	last quad.Quad // the one before
	done bool
}

// all lists the quads; an error ends the list.
func (r *nquadsReader) all(yield func(quad.Quad, error) bool) {
	for {
		q, ok, err := r.next()
		if err != nil {
			yield(quad.Quad{}, err)
			return
		}
		if !ok || !yield(q, nil) {
			return
		}
	}
}

// next returns the next quad; ok is false at the end. Errors name line and column.
func (r *nquadsReader) next() (q quad.Quad, ok bool, err error) {
	for !r.done {
		text, err := r.in.ReadString('\n')
		if err != nil && text == "" {
			r.done = true
			if errors.Is(err, io.EOF) {
				return q, false, nil
			}
			return q, false, err
		}
		r.line++
		s := &statement{text: strings.TrimRight(text, "\r\n"), last: r.last}
		q, ok, err := s.parse()
		if err != nil {
			return q, false, fmt.Errorf("line %d, column %d: %w", r.line, utf8.RuneCountInString(s.text[:s.at])+1, err)
		}
		if ok {
			r.last = q
			return q, true, nil
		}
	}
	return q, false, nil
}
