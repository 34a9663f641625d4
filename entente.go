// Package entente is the vocabulary of a knowledge graph of relations between
// states: reports, the claims read from them, the actors that the claims are
// about, and the dates and places that qualify them.
//
// The types are plain values. Package loader makes a [Reading] from a report's
// bytes, package graph keeps readings as quads in Cayley, package queries asks
// questions of a graph. Start with loader.Read, then graph.Open and
// (*graph.Graph).Add, then queries.Between.
//
// The relations follow the PLOVER event types (Open Event Data Alliance, PLOVER
// 2.0 manual, 2024) and CAMEO (Schrodt, 2012); dates are EDTF level 1 (ISO
// 8601-2:2019, annex A). This package imports only the standard library.
package entente

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
)

// Span is a half-open range of byte offsets into a report's text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Of returns the part of text that s covers. It returns "" where s does not
// lie within text.
func (s Span) Of(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// A ReportID names a report: 16 base32 characters of a hash over publisher,
// date and text, so one wire text in two papers is two reports.
type ReportID string

// A TextID names a text: 26 base32 characters of its hash. Reports that carry
// the same text share it.
type TextID string

// Report is one news report as it was given, with what is known about it.
// Zero fields are unknown.
type Report struct {
	ID        ReportID `json:"id"`
	URL       string   `json:"url,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Title     string   `json:"title,omitempty"`
	Published Date     `json:"published,omitzero"` // a day; never guessed
	Text      string   `json:"text,omitempty"`     // UTF-8; every span points into it
}

// NewReportID returns the ID of a report with the given publisher, day of
// publication (EDTF, "" when unknown) and text.
func NewReportID(publisher string, published Date, text string) ReportID {
	return ReportID(digest(16, publisher, published.EDTF, text))
}

// TextID returns the ID of the report's text.
func (r Report) TextID() TextID { return TextID(digest(26, r.Text)) }

// A Kind is a sort of entity.
type Kind string

// The kinds of entities.
const (
	Person       Kind = "person"
	State        Kind = "state"
	Organisation Kind = "organisation"
	Place        Kind = "place"
	Agreement    Kind = "agreement"
	Office       Kind = "office" // object of HoldsOffice: "Foreign Minister of Russia"
)

// An EntityID names an entity: readable, without spaces ("Sergey_Lavrov",
// "North_Korea"). An ID with a "~" is local to the report whose ID follows it.
type EntityID string

// Entity is an actor, a place, an agreement or an office.
type Entity struct {
	ID       EntityID `json:"id"`
	Kind     Kind     `json:"kind"`
	Name     string   `json:"name"`               // canonical English name
	Aliases  []string `json:"aliases,omitempty"`  // other spellings, sorted
	State    string   `json:"state,omitempty"`    // ISO 3166-1 alpha-3: the state itself, or the one acted for or lain in; or IGO
	Wikidata string   `json:"wikidata,omitempty"` // "Q159"
}

// IGO stands in place of a state's code for a body or an alliance of states, as
// in CAMEO (Schrodt, CAMEO 1.1b3, section 3.3). No state has it in ISO 3166.
const IGO = "IGO"

// LocalID returns the ID of an entity known only within one report, such as a
// person named by surname alone or "the protocol".
func LocalID(name string, report ReportID) EntityID {
	return EntityID(string(NewEntityID(name)) + "~" + string(report))
}

// NewEntityID returns the ID that a name makes: its spaces become underscores.
func NewEntityID(name string) EntityID {
	return EntityID(strings.Join(strings.Fields(strings.ReplaceAll(name, "~", "-")), "_"))
}

// IsLocal reports whether the entity is known only within one report.
func (id EntityID) IsLocal() bool { return strings.Contains(string(id), "~") }

// Mention is a place in a report's text that names or points to an entity.
// One span that stands for a group has one Mention for each member.
type Mention struct {
	Entity EntityID `json:"entity"`
	Span   Span     `json:"span"`
}

// A Problem is something in a report that was not understood. It is a finding,
// not a failure: the rest of the reading stands.
type Problem struct {
	Span Span   `json:"span"` // zero: the report as a whole
	Text string `json:"text"` // what, and what would help
}

// Reading is all that one report was understood to say, and one transaction
// of the graph. Entities holds each entity that Mentions or Claims name, once,
// sorted by ID; Mentions and Claims are in order of the text.
type Reading struct {
	Report   Report    `json:"report"`
	Entities []Entity  `json:"entities,omitempty"`
	Mentions []Mention `json:"mentions,omitempty"`
	Claims   []Claim   `json:"claims,omitempty"`
	Problems []Problem `json:"problems,omitempty"`
	Reader   string    `json:"reader,omitempty"` // version of the reader that made it
}

// digest returns the first n characters (at most 52) of the base32 form, in
// lower case, of the SHA-256 hash over the parts, each preceded by its length.
func digest(n int, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)))[:n]
}
