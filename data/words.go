package data

// An OfficeClass says what sort of office a title is.
type OfficeClass string

// The classes of offices.
const (
	HeadOfState      OfficeClass = "head-of-state"
	HeadOfGovernment OfficeClass = "head-of-government"
	Leader           OfficeClass = "leader" // of a state, no office said
	Foreign          OfficeClass = "foreign"
	Defence          OfficeClass = "defence"
	Minister         OfficeClass = "minister"
	Security         OfficeClass = "security"
	Envoy            OfficeClass = "envoy"
	Spokesperson     OfficeClass = "spokesperson"
	Military         OfficeClass = "military"
	PartyOffice      OfficeClass = "party"
	Chief            OfficeClass = "chief" // of a body that is named beside it
	Legislature      OfficeClass = "legislature"
	International    OfficeClass = "international"
	Judicial         OfficeClass = "judicial"
	Adviser          OfficeClass = "adviser"
	Official         OfficeClass = "official"
	Regional         OfficeClass = "regional"
	Business         OfficeClass = "company"
	Religious        OfficeClass = "religious"
	Royal            OfficeClass = "royal"
	Counterpart      OfficeClass = "counterpart" // the same office in another state
	Honorific        OfficeClass = "honorific"
)

var officeClasses = []OfficeClass{HeadOfState, HeadOfGovernment, Leader, Foreign, Defence, Minister, Security, Envoy, Spokesperson, Military, PartyOffice,
	Chief, Legislature, International, Judicial, Adviser, Official, Regional, Business, Religious, Royal, Counterpart, Honorific}

// A Gender is what a word alone tells of a person's: "m", "f" or, mostly, "".
type Gender string

// The genders that words tell.
const (
	Unsaid Gender = ""
	Male   Gender = "m"
	Female Gender = "f"
)

var genders = []Gender{Unsaid, Male, Female}

// Office is a row of offices.tsv: a title and the office that it names.
type Office struct {
	Title  string // lower case; "*" stands for the words of a portfolio
	Office string // canonical, "Foreign Minister"; "*" as in Title
	Class  OfficeClass
	Gender Gender
	Acts   bool // who bears it, unnamed, may stand for the state: "the Russian foreign minister"
}

var offices = lazy("offices.tsv", parseOffice)

// Offices returns the titles of office and honorifics, sorted by title. The
// slice is shared: it is not to be changed.
func Offices() []Office { return offices() }

func parseOffice(r row) (Office, error) {
	class, err := oneOf(r, "class", officeClasses)
	if err != nil {
		return Office{}, err
	}
	gender, err := oneOf(r, "gender", genders)
	if err != nil {
		return Office{}, err
	}
	acts, err := oneOf(r, "acts", []string{"", "yes"})
	return Office{Title: r.text("title"), Office: r.text("office"), Class: class, Gender: gender, Acts: acts == "yes"}, err
}

// GivenName is a row of given_names.tsv.
type GivenName struct {
	Name   string
	Gender Gender // Unsaid: women and men bear it
}

// Spelling is a row of spellings.tsv: the forms of one given name or family
// name that agencies write differently. Name is what forms are compared by;
// a person is best shown as the report spells the name.
type Spelling struct {
	Name     string
	Variants []string
}

var (
	givenNames = lazy("given_names.tsv", parseGivenName)
	spellings  = lazy("spellings.tsv", parseSpelling)
)

// GivenNames returns given names of many languages, sorted. The slice is
// shared: it is not to be changed.
func GivenNames() []GivenName { return givenNames() }

// Spellings returns the names that are spelt in several ways, sorted. The
// slice is shared: it is not to be changed.
func Spellings() []Spelling { return spellings() }

func parseGivenName(r row) (GivenName, error) {
	gender, err := oneOf(r, "gender", genders)
	return GivenName{Name: r.text("name"), Gender: gender}, err
}

func parseSpelling(r row) (Spelling, error) {
	return Spelling{Name: r.text("name"), Variants: r.list("variants")}, nil
}
