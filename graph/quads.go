package graph

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// schema is every shape of quad that a graph writes, and why it is there. An
// entry ending in ":" stands for any IRI with that prefix. The page docs/graph.md
// is made from it, and Check holds every quad against it.
//
// IRIs are short and stored as they are: no prefix is registered with Cayley,
// where registered ones come back changed. Export writes them in full.
var schema = []pattern{
	{"ent:", "rel:", "ent:", "report:",
		"the plain edge that one walks in Gizmo, such as `rel:visited`; only for what occurred or is ongoing"},

	{"claim:", "kg:subject", "ent:", "report:",
		"a claim is a node, so that each hop of a walk has its evidence; these in-edges of an entity are the index of its claims"},
	{"claim:", "kg:relation", "rel:", "report:", "what the claim says of subject and object"},
	{"claim:", "kg:object", "ent:", "report:", "see `kg:subject`"},
	{"claim:", "kg:status", "string", "report:", "`occurred`, `planned`, `ongoing`, `denied` or `called-off`"},
	{"claim:", "kg:date", "string", "report:", "EDTF, with the precision of the text"},
	{"claim:", "kg:from", "dateTime", "report:",
		"first day that the date may mean, midnight UTC; missing when it has no start. A dateTime, since Cayley compares `xsd:date` as text"},
	{"claim:", "kg:until", "dateTime", "report:", "last day that the date may mean, likewise"},
	{"claim:", "kg:dated", "string", "report:", "how the date is given: basis and span, `resolved 120 132`"},
	{"claim:", "kg:place", "ent:", "report:", "where"},
	{"claim:", "kg:attribution", "ent:", "report:", "who says so, other than the reporter"},
	{"claim:", "kg:amount", "string", "report:", "as the text gives it"},
	{"claim:", "kg:confidence", "double", "report:", "probability that the claim is read rightly; missing where the reader gives none"},
	{"claim:", "kg:start", "integer", "report:", "first byte of the evidence: the sentence is a slice of the report, not a copy"},
	{"claim:", "kg:end", "integer", "report:", "byte after the evidence"},

	{"report:", "kg:text", "text:", "report:", "the text; every report has it, so these edges list the reports"},
	{"report:", "kg:names", "ent:", "report:",
		"an entity that the report names; with the last such edge the entity leaves the graph"},
	{"report:", "kg:publisher", "string", "report:", "as given"},
	{"report:", "kg:published", "string", "report:", "day of publication, EDTF"},
	{"report:", "kg:publicationDated", "string", "report:", "as `kg:dated`, for the day of publication"},
	{"report:", "dcterms:title", "string", "report:", "headline"},
	{"report:", "kg:url", "string", "report:", "where it stood"},
	{"report:", "kg:reader", "string", "report:", "version of the reader that understood it"},
	{"report:", "kg:claims", "string", "report:", "IDs of its claims in order of the text"},
	{"report:", "kg:mentions", "string", "report:",
		"where it names whom: a line `start end entity` each; one literal, since a node a mention would treble the graph"},
	{"report:", "kg:problems", "string", "report:", "what was not understood, as JSON"},

	{"ent:", "skos:altLabel", "string", "report:", "a spelling, under the report that uses it"},
	{"ent:", "kg:form", "string", "report:",
		"kind, name, state and Wikidata ID as this report knows them, as JSON; missing where the gazetteer has them, and then its spellings count too"},
	{"ent:", "rdf:type", "kg:", "source:entities", "`kg:Person`, `kg:Agreement` …: the best form of a learned entity, written once for all reports"},
	{"ent:", "rdfs:label", "string", "source:entities", "its name"},
	{"ent:", "kg:state", "string", "source:entities", "state that it acts for or lies in, ISO 3166-1 alpha-3"},
	{"ent:", "owl:sameAs", "wd:", "source:entities", "Wikidata"},
	{"ent:", "rdf:type", "kg:", "source:gazetteer", "the same of an entity that the gazetteer knows, written when a report first names it"},
	{"ent:", "rdfs:label", "string", "source:gazetteer", ""},
	{"ent:", "kg:state", "string", "source:gazetteer", ""},
	{"ent:", "owl:sameAs", "wd:", "source:gazetteer", ""},

	{"text:", "kg:content", "string", "source:texts", "the text itself, once for all reports that carry it, under its hash"},

	{"ent:", "owl:sameAs", "ent:", "source:merges",
		"a merge is a statement: resolved when read, taken back by removing it, so the order of loading does not matter"},
}

// reification makes the store keep the claims of every two entities together, in
// order of time, with what a search needs to know of a claim.
var reification = pebble.Reification{
	Subject: kgSubject, Object: kgObject, Order: kgFrom, Carry: []quad.IRI{kgRelation, kgStatus, kgUntil, kgDate},
}

// The places of what is carried.
const (
	carriedRelation = iota
	carriedStatus
	carriedUntil
	carriedDate
)

// pattern is one shape of quad.
type pattern struct{ subject, predicate, object, label, why string }

// The labels that are not reports.
const (
	fromEntities  = quad.IRI("source:entities")
	fromGazetteer = quad.IRI("source:gazetteer")
	fromMerges    = quad.IRI("source:merges")
	fromTexts     = quad.IRI("source:texts")
)

// The prefixes of nodes.
const (
	entPrefix    = "ent:"
	relPrefix    = "rel:"
	claimPrefix  = "claim:"
	reportPrefix = "report:"
	textPrefix   = "text:"
	wdPrefix     = "wd:"
	kgPrefix     = "kg:"
)

// The predicates.
const (
	rdfType      = quad.IRI("rdf:type")
	rdfsLabel    = quad.IRI("rdfs:label")
	sameAs       = quad.IRI("owl:sameAs")
	altLabel     = quad.IRI("skos:altLabel")
	title        = quad.IRI("dcterms:title")
	kgSubject    = quad.IRI("kg:subject")
	kgRelation   = quad.IRI("kg:relation")
	kgObject     = quad.IRI("kg:object")
	kgStatus     = quad.IRI("kg:status")
	kgDate       = quad.IRI("kg:date")
	kgFrom       = quad.IRI("kg:from")
	kgUntil      = quad.IRI("kg:until")
	kgDated      = quad.IRI("kg:dated")
	kgPlace      = quad.IRI("kg:place")
	kgBy         = quad.IRI("kg:attribution")
	kgAmount     = quad.IRI("kg:amount")
	kgConfidence = quad.IRI("kg:confidence")
	kgStart      = quad.IRI("kg:start")
	kgEnd        = quad.IRI("kg:end")
	kgText       = quad.IRI("kg:text")
	kgNames      = quad.IRI("kg:names")
	kgPublisher  = quad.IRI("kg:publisher")
	kgPublished  = quad.IRI("kg:published")
	kgPubDated   = quad.IRI("kg:publicationDated")
	kgURL        = quad.IRI("kg:url")
	kgReader     = quad.IRI("kg:reader")
	kgClaims     = quad.IRI("kg:claims")
	kgMentions   = quad.IRI("kg:mentions")
	kgProblems   = quad.IRI("kg:problems")
	kgForm       = quad.IRI("kg:form")
	kgState      = quad.IRI("kg:state")
	kgContent    = quad.IRI("kg:content")
)

func entIRI(id entente.EntityID) quad.IRI    { return quad.IRI(entPrefix + escape(string(id))) }
func relIRI(r entente.Relation) quad.IRI     { return quad.IRI(relPrefix + escape(string(r))) }
func claimIRI(id entente.ClaimID) quad.IRI   { return quad.IRI(claimPrefix + escape(string(id))) }
func reportIRI(id entente.ReportID) quad.IRI { return quad.IRI(reportPrefix + escape(string(id))) }
func textIRI(id entente.TextID) quad.IRI     { return quad.IRI(textPrefix + escape(string(id))) }

// kindIRI returns the class of a kind: kg:Person for person.
func kindIRI(k entente.Kind) quad.IRI {
	return kgPrefix + quad.IRI(strings.ToUpper(string(k[:1]))+string(k[1:]))
}

// kindOf undoes kindIRI.
func kindOf(v quad.Value) entente.Kind {
	return entente.Kind(strings.ToLower(afterPrefix(v, kgPrefix)))
}

// afterPrefix returns what an IRI with the prefix names; "" for another value.
func afterPrefix(v quad.Value, prefix string) string {
	iri, _ := v.(quad.IRI)
	rest, ok := strings.CutPrefix(string(iri), prefix)
	if !ok {
		return ""
	}
	return unescape(rest)
}

// escape percent-encodes what an IRI may not hold (RFC 3987; N-Quads 1.1,
// IRIREF), "%" itself, and what would not be seen.
func escape(id string) string {
	var b strings.Builder
	for _, r := range id {
		if r == '%' || strings.ContainsRune("<>\"{}|^`\\", r) || !unicode.IsGraphic(r) || unicode.IsSpace(r) {
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unescape undoes escape. A "%" that escape did not write stays.
func unescape(iri string) string {
	if !strings.Contains(iri, "%") {
		return iri
	}
	b := make([]byte, 0, len(iri))
	for i := 0; i < len(iri); i++ {
		if iri[i] == '%' && i+2 < len(iri) {
			if c, err := strconv.ParseUint(iri[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(c))
				i += 2
				continue
			}
		}
		b = append(b, iri[i])
	}
	return string(b)
}
