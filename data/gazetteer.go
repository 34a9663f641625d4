package data

import (
	"slices"

	entente "github.com/entente-kg/entente"
)

// A StateKind says what sort of state or territory a row of states.tsv is.
type StateKind string

// The kinds of states.
const (
	Member     StateKind = "member"     // of the United Nations
	Observer   StateKind = "observer"   // at the United Nations
	Partial    StateKind = "partial"    // recognised by some, or claimed by another
	Associated StateKind = "associated" // self-governing, in free association
	Territory  StateKind = "territory"  // of the state in Of, with a code of its own
	Historic   StateKind = "historic"   // ended in the year Until
)

var stateKinds = []StateKind{Member, Observer, Partial, Associated, Territory, Historic}

// State is a row of states.tsv.
type State struct {
	ID       entente.EntityID
	Name     string // short English name, as news agencies use it
	Alpha2   string // ISO 3166-1 alpha-2; "" where there is none
	Alpha3   string // ISO 3166-1 alpha-3, of ISO 3166-3 for states of the past, else user-assigned (X..)
	Wikidata string // "Q159"; "" when not sure
	Kind     StateKind
	Of       string // alpha-3 of the state that a territory belongs to, or that claims it; may be ""
	Until    int    // last year of a state of the past; 0: exists

	Names      []Name             // Name first, then other names and abbreviations
	Adjectives []Name             // "Russian"; may also name one of its people
	Demonyms   []Name             // "Russians", "Briton"; what Adjectives does not hold
	Capitals   []entente.EntityID // places whose names stand for the government, the capital first; a city-state's own ID
	Metonyms   []Name             // "Kremlin", "Foggy Bottom": stand for the government where they act
}

// Entity returns the state as an entity.
func (s State) Entity() entente.Entity {
	return entente.Entity{ID: s.ID, Kind: entente.State, Name: s.Name, Aliases: others(s.Names), State: s.Alpha3, Wikidata: s.Wikidata}
}

// A PlaceKind says what sort of place a row of places.tsv is.
type PlaceKind string

// The kinds of places.
const (
	City   PlaceKind = "city"
	Region PlaceKind = "region" // province, historic region, part of the world
	Sea    PlaceKind = "sea"    // sea, strait, gulf, canal, river, lake
	Island PlaceKind = "island" // or group of islands, reef, shoal
	Border PlaceKind = "border" // line or crossing
	Base   PlaceKind = "base"   // military or nuclear site
	Seat   PlaceKind = "seat"   // seat of a government or head of state; its name may stand for the state
	Spot   PlaceKind = "place"  // anything else
)

var placeKinds = []PlaceKind{City, Region, Sea, Island, Border, Base, Seat, Spot}

// Place is a row of places.tsv or cities.tsv.
type Place struct {
	ID         entente.EntityID
	Name       string
	Kind       PlaceKind
	State      string // alpha-3 of the state that it lies in or is usually counted with; "" when disputed or shared
	Population int    // of cities, from GeoNames; 0: unknown
	Wikidata   string // "" when not sure
	Names      []Name // Name first
}

// Entity returns the place as an entity.
func (p Place) Entity() entente.Entity {
	return entente.Entity{ID: p.ID, Kind: entente.Place, Name: p.Name, Aliases: others(p.Names), State: p.State, Wikidata: p.Wikidata}
}

// An OrganisationKind says what sort of organisation a row of
// organisations.tsv is.
type OrganisationKind string

// The kinds of organisations.
const (
	Intergovernmental OrganisationKind = "intergovernmental"
	Alliance          OrganisationKind = "alliance" // group of states without much of a secretariat, coalition, joint force
	Court             OrganisationKind = "court"
	ArmedGroup        OrganisationKind = "armed-group" // armed group or movement
	News              OrganisationKind = "news"        // agency, paper, broadcaster
	GovernmentBody    OrganisationKind = "government"
	Party             OrganisationKind = "party"
	NGO               OrganisationKind = "ngo"
	Company           OrganisationKind = "company"
	People            OrganisationKind = "people" // an ethnic or religious group: it seldom acts, but is acted upon
)

var organisationKinds = []OrganisationKind{Intergovernmental, Alliance, Court, ArmedGroup, News, GovernmentBody, Party, NGO, Company, People}

// Organisation is a row of organisations.tsv.
type Organisation struct {
	ID       entente.EntityID
	Name     string
	Kind     OrganisationKind
	State    string // alpha-3 of its home; "" for those of several states
	ActsFor  string // alpha-3 of the state whose deeds its deeds are; "" for none
	Wikidata string // "" when not sure
	Names    []Name // Name first, then abbreviations and other names
}

// Entity returns the organisation as an entity.
func (o Organisation) Entity() entente.Entity {
	return entente.Entity{ID: o.ID, Kind: entente.Organisation, Name: o.Name, Aliases: others(o.Names), State: o.State, Wikidata: o.Wikidata}
}

// Agreement is a row of agreements.tsv: a paper with a name of its own.
type Agreement struct {
	ID    entente.EntityID
	Name  string
	Year  int    // of signing or, where there was none, of beginning
	Names []Name // Name first
}

// Entity returns the agreement as an entity.
func (a Agreement) Entity() entente.Entity {
	return entente.Entity{ID: a.ID, Kind: entente.Agreement, Name: a.Name, Aliases: others(a.Names)}
}

// others returns the texts of all names but the first, sorted.
func others(names []Name) []string {
	var out []string
	for _, n := range names[1:] {
		out = append(out, n.Text)
	}
	slices.Sort(out)
	return out
}

var (
	states        = lazy("states.tsv", parseState)
	places        = lazy("places.tsv", parsePlace)
	cities        = lazy("cities.tsv", parsePlace)
	organisations = lazy("organisations.tsv", parseOrganisation)
	agreements    = lazy("agreements.tsv", parseAgreement)
)

// States returns the states, territories and states of the past, sorted by
// ID. The slice is shared: it is not to be changed.
func States() []State { return states() }

// Places returns the places that were chosen by hand, among them all capitals,
// sorted by ID. The slice is shared: it is not to be changed.
func Places() []Place { return places() }

// Cities returns the cities of at least 100,000 people that Places does not
// hold, from GeoNames, sorted by ID. The slice is shared: it is not to be
// changed.
func Cities() []Place { return cities() }

// Organisations returns the organisations, sorted by ID. The slice is shared:
// it is not to be changed.
func Organisations() []Organisation { return organisations() }

// Agreements returns the agreements that have a name of their own, sorted by
// ID. The slice is shared: it is not to be changed.
func Agreements() []Agreement { return agreements() }

func parseState(r row) (State, error) {
	kind, err := oneOf(r, "kind", stateKinds)
	if err != nil {
		return State{}, err
	}
	until, err := r.number("until")
	return State{
		ID: entente.EntityID(r.text("id")), Name: mark(r.text("name")).Text,
		Alpha2: r.text("alpha2"), Alpha3: r.text("alpha3"), Wikidata: r.text("wikidata"),
		Kind: kind, Of: r.text("of"), Until: until,
		Names: r.names("name", "names"), Adjectives: r.names("adjectives"), Demonyms: r.names("demonyms"),
		Capitals: r.ids("capitals"), Metonyms: r.names("metonyms"),
	}, err
}

func parsePlace(r row) (Place, error) {
	kind, err := oneOf(r, "kind", placeKinds)
	if err != nil {
		return Place{}, err
	}
	population, err := r.number("population")
	return Place{
		ID: entente.EntityID(r.text("id")), Name: mark(r.text("name")).Text, Kind: kind,
		State: r.text("state"), Population: population, Wikidata: r.text("wikidata"), Names: r.names("name", "aliases"),
	}, err
}

func parseOrganisation(r row) (Organisation, error) {
	kind, err := oneOf(r, "kind", organisationKinds)
	return Organisation{
		ID: entente.EntityID(r.text("id")), Name: mark(r.text("name")).Text, Kind: kind,
		State: r.text("state"), ActsFor: r.text("acts_for"), Wikidata: r.text("wikidata"), Names: r.names("name", "aliases"),
	}, err
}

func parseAgreement(r row) (Agreement, error) {
	year, err := r.number("year")
	return Agreement{ID: entente.EntityID(r.text("id")), Name: mark(r.text("name")).Text, Year: year, Names: r.names("name", "aliases")}, err
}
