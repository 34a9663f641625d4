package entente

import (
	"fmt"
	"strings"
)

// A Relation is what a claim says of its two entities.
type Relation string

// The event relations: something happened, is planned or was denied.
const (
	Visited              Relation = "visited"                    // person, state → place, state: arrived, travelled to
	Hosted               Relation = "hosted"                     // person, state → person, state: received a visitor
	Met                  Relation = "met"                        // face to face
	SpokeWith            Relation = "spoke_with"                 // by telephone or video
	NegotiatedWith       Relation = "negotiated_with"            // peace talks, rounds of consultations
	Mediated             Relation = "mediated"                   // mediator → party
	Accompanied          Relation = "accompanied"                // person → person travelled with
	Invited              Relation = "invited"                    // host → guest
	Signed               Relation = "signed"                     // actor → agreement
	Ratified             Relation = "ratified"                   // actor → agreement
	AgreedWith           Relation = "agreed_with"                // to do something together
	PledgedTo            Relation = "pledged_to"                 // promised something to someone
	CooperatedWith       Relation = "cooperated_with"            // project, exercise, alliance, trade
	EstablishedRelations Relation = "established_relations_with" // ties made or restored, embassy opened
	Recognized           Relation = "recognized"                 // a state or government
	Supported            Relation = "supported"                  // backed, praised, congratulated
	Aided                Relation = "aided"                      // money, food, arms, troops, training
	DeployedTo           Relation = "deployed_to"                // troops, ships → place
	Requested            Relation = "requested"                  // asked, urged, demanded
	Accused              Relation = "accused"                    // condemned, criticised, blamed
	Rejected             Relation = "rejected"                   // refused, vetoed, denied
	Threatened           Relation = "threatened"                 // warned of consequences
	ProtestedTo          Relation = "protested_to"               // note of protest, ambassador summoned
	Sanctioned           Relation = "sanctioned"                 // embargo, tariff, expulsion, ties cut
	Coerced              Relation = "coerced"                    // seized, arrested, hacked, blockaded
	Attacked             Relation = "attacked"                   // fought, bombed, invaded
	ConcededTo           Relation = "conceded_to"                // released, eased, yielded
	WithdrewFrom         Relation = "withdrew_from"              // pulled out of a place or an agreement
)

// The standing relations: no event, and no PLOVER type.
const (
	HoldsOffice   Relation = "holds_office"   // person → office
	Represents    Relation = "represents"     // person, organisation → state, organisation
	CounterpartOf Relation = "counterpart_of" // person ↔ person, same office elsewhere
)

// About is what the ontologies of the field say of a relation.
type About struct {
	Relation  Relation
	Plover    string  // PLOVER 2.0 event type of what occurred
	Cameo     string  // CAMEO code
	Goldstein float64 // intensity of that code on the CAMEO scale (Schrodt, CAMEO.SCALE 0.5b1), -10 to 10
	Symmetric bool    // subject and object may change places
	Means     string  // one line for people
}

// Relations lists every relation, event relations first, in the order of the
// constants. Sources: PLOVER 2.0 manual (2024) sections 3.1–3.16 for the types,
// CAMEO 1.1b3 for the codes.
var Relations = []About{
	{Visited, "CONSULT", "042", 1.9, false, "went to a place or state"},
	{Hosted, "CONSULT", "043", 2.8, false, "received a visitor"},
	{Met, "CONSULT", "040", 1.0, true, "met face to face"},
	{SpokeWith, "CONSULT", "041", 1.0, true, "spoke by telephone or video"},
	{NegotiatedWith, "CONSULT", "046", 7.0, true, "negotiated"},
	{Mediated, "CONSULT", "045", 5.0, false, "mediated for a party"},
	{Accompanied, "CONSULT", "040", 1.0, false, "travelled with"},
	{Invited, "AGREE", "036", 4.0, false, "invited"},
	{Signed, "SUPPORT", "057", 8.0, false, "signed an agreement"},
	{Ratified, "SUPPORT", "057", 8.0, false, "ratified an agreement"},
	{AgreedWith, "AGREE", "030", 4.0, true, "agreed to do something together"},
	{PledgedTo, "AGREE", "030", 4.0, false, "promised something to"},
	{CooperatedWith, "COOPERATE", "060", 6.0, true, "cooperated"},
	{EstablishedRelations, "SUPPORT", "050", 3.5, true, "established or restored relations"},
	{Recognized, "SUPPORT", "054", 6.0, false, "recognised as a state or government"},
	{Supported, "SUPPORT", "051", 3.4, false, "supported, praised or defended"},
	{Aided, "AID", "070", 7.0, false, "gave money, goods, arms or training"},
	{DeployedTo, "MOBILIZE", "154", -7.2, false, "sent or stationed forces"},
	{Requested, "REQUEST", "020", 3.0, false, "asked, urged or demanded"},
	{Accused, "ACCUSE", "112", -2.0, false, "accused, condemned or blamed"},
	{Rejected, "REJECT", "120", -4.0, false, "refused or vetoed"},
	{Threatened, "THREATEN", "130", -4.4, false, "warned of consequences"},
	{ProtestedTo, "ACCUSE", "114", -2.0, false, "lodged a protest, summoned the ambassador"},
	{Sanctioned, "SANCTION", "160", -4.0, false, "imposed sanctions, cut or reduced ties"},
	{Coerced, "COERCE", "170", -7.0, false, "seized, arrested, blockaded or hacked"},
	{Attacked, "ASSAULT", "190", -10.0, false, "attacked, bombed or invaded"},
	{ConcededTo, "CONCEDE", "080", 5.0, false, "yielded, released or eased"},
	{WithdrewFrom, "RETREAT", "087", 9.0, false, "withdrew from a place or agreement"},
	{HoldsOffice, "", "", 0, false, "holds an office"},
	{Represents, "", "", 0, false, "acts for a state or organisation"},
	{CounterpartOf, "", "", 0, true, "holds the same office elsewhere"},
}

// byRelation indexes Relations.
var byRelation = func() map[Relation]About {
	m := make(map[Relation]About, len(Relations))
	for _, a := range Relations {
		m[a.Relation] = a
	}
	return m
}()

// About returns what is known of the relation; the zero About for an unknown one.
func (r Relation) About() About { return byRelation[r] }

// IsEvent reports whether r is one of the 28 event relations.
func (r Relation) IsEvent() bool { return r.About().Plover != "" }

// IsSymmetric reports whether subject and object of r may change places.
func (r Relation) IsSymmetric() bool { return r.About().Symmetric }

// ParseRelation returns the relation with the given name; spaces and hyphens
// may stand for underscores. The error names the nearest relation.
func ParseRelation(name string) (Relation, error) {
	r := Relation(strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(name))))
	if _, ok := byRelation[r]; ok {
		return r, nil
	}
	for _, a := range Relations {
		if len(r) >= 3 && strings.HasPrefix(string(a.Relation), string(r[:3])) {
			return "", fmt.Errorf("unknown relation %q; did you mean %s?", name, a.Relation)
		}
	}
	return "", fmt.Errorf("unknown relation %q; the relations are listed in docs/relations.md", name)
}

// intensities are the scores of the PLOVER 2.0 event types (manual, table 2.2).
// That of ACCUSE is printed there as 3; its modes are all below 0, so that -3 is
// taken to be meant.
var intensities = map[string]float64{
	"AGREE": 2.5, "CONSULT": 2.5, "SUPPORT": 5, "CONCEDE": 4.5, "COOPERATE": 9.5, "AID": 10, "RETREAT": 6.5, "REQUEST": 0,
	"ACCUSE": -3, "REJECT": -2, "THREATEN": -3.5, "SANCTION": -6, "MOBILIZE": -5.5, "COERCE": -7, "ASSAULT": -9,
}

// Intensity returns how co-operative, up to 10, or hostile, down to -10, events
// of a PLOVER type are; 0 for an unknown type. It differs from About.Goldstein in
// that it goes by status and object, as [Relation.Plover] does.
func Intensity(plover string) float64 { return intensities[plover] }

// Plover returns the PLOVER 2.0 event type of a claim with relation r, the
// given status and an object of the given kind; "" for standing relations.
// Planned cooperation is AGREE and a planned retreat CONCEDE (manual section
// 2.3), a meeting called off REJECT (3.13.2), leaving an agreement SANCTION
// (3.13).
func (r Relation) Plover(status Status, object Kind) string {
	kind := r.About().Plover
	switch {
	case r == WithdrewFrom && (object == Agreement || object == Organisation):
		return "SANCTION"
	case status == CalledOff && kind == "CONSULT":
		return "REJECT"
	case status != Planned:
		return kind
	}
	switch kind {
	case "CONSULT", "SUPPORT", "COOPERATE", "AID":
		return "AGREE"
	case "RETREAT":
		return "CONCEDE"
	}
	return kind
}
