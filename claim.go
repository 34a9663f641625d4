package entente

import "strconv"

// A ClaimID names a claim: ten base32 characters of a hash over report,
// relation, actors and start of the evidence. Wherever an ID is asked for, a
// beginning of it that is unique in the graph will do.
type ClaimID string

// A Status says how a report presents an event.
type Status string

// The statuses of a claim.
const (
	Occurred  Status = "occurred"
	Planned   Status = "planned"
	Ongoing   Status = "ongoing"
	Denied    Status = "denied"
	CalledOff Status = "called-off"
)

// Statuses lists every status.
var Statuses = []Status{Occurred, Planned, Ongoing, Denied, CalledOff}

// Claim is one relation between two entities as one report tells it. The zero
// value of a field means that the text does not say.
type Claim struct {
	ID          ClaimID  `json:"id"`
	Subject     EntityID `json:"subject"`
	Relation    Relation `json:"relation"`
	Object      EntityID `json:"object"`
	Date        Date     `json:"date,omitzero"`
	Place       EntityID `json:"place,omitempty"`
	Status      Status   `json:"status"`
	Attribution EntityID `json:"attribution,omitempty"` // who says so, other than the reporter
	Amount      string   `json:"amount,omitempty"`      // as the text gives it: "6,000 military engineers"
	Confidence  float64  `json:"confidence,omitempty"`  // probability that the claim is read rightly; 0 = not calibrated
	Evidence    Span     `json:"evidence"`              // the sentence that says it
	Report      ReportID `json:"report"`
}

// NewClaimID returns the ID of the nth claim (from 0) of a report with this
// relation, these actors and this start of evidence; n is above 0 only where
// one sentence tells of several occasions.
func NewClaimID(report ReportID, r Relation, subject, object EntityID, start, n int) ClaimID {
	parts := []string{string(report), string(r), string(subject), string(object), strconv.Itoa(start)}
	if n > 0 {
		parts = append(parts, strconv.Itoa(n))
	}
	return ClaimID(digest(10, parts...))
}

// Actor is an entity as a [Record] shows it.
type Actor struct {
	ID    EntityID `json:"id"`
	Name  string   `json:"name"`
	Kind  Kind     `json:"kind"`
	State string   `json:"state,omitempty"` // ISO 3166-1 alpha-3 or IGO, as in Entity
}

// Record is a claim with its names and its evidence spelled out: the one form
// in which claims leave the program, as JSON and in every listing.
type Record struct {
	ID          ClaimID  `json:"id"`
	Relation    Relation `json:"relation"`
	Plover      string   `json:"plover,omitempty"` // PLOVER event type, by status and object
	Subject     Actor    `json:"subject"`
	Object      Actor    `json:"object"`
	Date        string   `json:"date,omitempty"` // EDTF
	Place       *Actor   `json:"place,omitempty"`
	Status      Status   `json:"status"`
	Attribution string   `json:"attribution,omitempty"` // name of who says so
	Amount      string   `json:"amount,omitempty"`
	Confidence  float64  `json:"confidence,omitempty"`
	Report      ReportID `json:"report"`
	Text        string   `json:"text"`  // the evidence
	Start       int      `json:"start"` // byte offsets of Text in the report
	End         int      `json:"end"`
}

// NewRecord spells out a claim. entity looks up the entities that the claim
// names; text is the text of its report.
func NewRecord(c Claim, text string, entity func(EntityID) Entity) Record {
	object := entity(c.Object)
	r := Record{
		ID: c.ID, Relation: c.Relation, Plover: c.Relation.Plover(c.Status, object.Kind),
		Subject: NewActor(entity(c.Subject)), Object: NewActor(object),
		Date: c.Date.EDTF, Status: c.Status, Amount: c.Amount, Confidence: c.Confidence,
		Report: c.Report, Text: c.Evidence.Of(text), Start: c.Evidence.Start, End: c.Evidence.End,
	}
	if c.Place != "" {
		place := NewActor(entity(c.Place))
		r.Place = &place
	}
	if c.Attribution != "" {
		r.Attribution = entity(c.Attribution).Name
	}
	return r
}

// NewActor returns the short form of an entity.
func NewActor(e Entity) Actor {
	return Actor{ID: e.ID, Name: e.Name, Kind: e.Kind, State: e.State}
}

// Records spells out the claims of a reading, in order of the text.
func (r Reading) Records() []Record {
	entities := make(map[EntityID]Entity, len(r.Entities))
	for _, e := range r.Entities {
		entities[e.ID] = e
	}
	records := make([]Record, len(r.Claims))
	for i, c := range r.Claims {
		records[i] = NewRecord(c, r.Report.Text, func(id EntityID) Entity { return entities[id] })
	}
	return records
}
