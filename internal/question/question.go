// Package question reads a question in plain English: what kind of answer it
// wants, of whom, over which relation, and when.
//
// It is read by the parts that read reports: package english gives words, tags and
// lemmas, package when the words of time, and the frames of package event say
// which words tell of which relation and where its actors stand. What only
// questions have (how they begin, what "how often" counts) is in data/questions.
// Names are the caller's: a question names what the graph knows.
//
// No tree is made: a question has one clause, whose order of words says who did
// and to whom ([Reader.Read]). A word that a question holds and that nothing
// accounts for makes it an [*UnreadError]; a guess would be a wrong answer.
package question

import (
	"fmt"

	entente "github.com/entente-kg/entente"
)

// A Kind is what a question wants to hear.
type Kind string

// The kinds of questions.
const (
	Who     Kind = "who"     // actors, or what else fills a slot: agreements, offices
	When    Kind = "when"    // dates
	Where   Kind = "where"   // places
	Count   Kind = "count"   // how many, how often
	Amount  Kind = "amount"  // how many soldiers, how much money
	YesNo   Kind = "yes-no"  // did, has, will
	Claims  Kind = "claims"  // what happened
	Path    Kind = "path"    // how two are connected
	Sources Kind = "said-by" // by whose word
	About   Kind = "dossier" // who is, what is
)

// A Slot is a part of a claim that a question asks for.
type Slot string

// The slots that can be asked for.
const (
	Subject Slot = "subject"
	Object  Slot = "object"
	Other   Slot = "other" // whichever actor is not the one named
)

// A Pick says which of the answers is wanted.
type Pick string

// The picks; the zero value is all.
const (
	First Pick = "first"
	Last  Pick = "last"
)

// A Ref is what a question calls by name, or by an office.
type Ref struct {
	Text     string           // as it stands in the question
	Entities []entente.Entity // what the name means; of an office nil
	Office   string           // canonical title of an office ("Foreign Minister"), "" for a name
	Of       *Ref             // whose office; nil for a name
}

// A Reading is what a question was understood to ask. Lists of refs are
// alternatives: "Russia or China". Zero fields do not narrow.
type Reading struct {
	Kind      Kind
	Slot      Slot               // that Who and Count ask for; "" where Count counts the claims
	Want      []entente.Kind     // kinds of what is asked for: "which countries"
	Title     string             // word of an office that who is asked for holds, as far as offices are known: "which ministers"
	Relations []entente.Relation // one is enough; nil = any
	Subject   []Ref
	Object    []Ref
	Either    []Ref
	Between   [2][]Ref
	Place     []Ref
	Source    []Ref // by whose word, or whose report
	Statuses  []entente.Status
	Since     entente.Date
	Until     entente.Date
	Pick      Pick
	Words     []Word // that the sentence must have
	Thing     string // the beginning of the word for what Amount counts

	Besides []Ref    // whom the question before has named already: "who else"
	Found   []Ref    // what the answer named, for the question after it; not set by Read
	Common  bool     // the slot asked for is the same for all of several: "what did X and Y sign"; of Other: who shares it, "with whom did X sign"
	Each    bool     // yes only where it is so of each of several: "did X and Y visit"
	Else    *Reading // how a short question can be taken else; nil = no other way
}

// A Word is a word or a name that no role takes and that the sentence must have.
type Word struct {
	Text  string   // as it stands in the question
	Forms []string // one is enough: acronyms as they are, else beginnings of words in lower case
}

// An UnreadError says what of a question was not understood.
type UnreadError struct {
	Text  string // the words; "" where it is the whole
	Why   string
	Names []Ref // what the question names, as far as it was read
}

func unread(text, why string) error { return &UnreadError{Text: text, Why: why} }

func (e *UnreadError) Error() string {
	if e.Text == "" {
		return "not understood: " + e.Why
	}
	return fmt.Sprintf("not understood: %q; %s", e.Text, e.Why)
}
