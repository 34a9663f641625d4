// Package loader turns reports into readings: a source's bytes in, claims with
// their evidence out.
//
// [New] loads the language model and the gazetteer once; [Reader.Read] reads
// one report. Reading is a pure function of the bytes and of what [Meta] says:
// no clock, no network, no store; the same bytes give the same reading, on one
// core or many. [Open] yields the sources that a command line names, and
// [Reader.ReadAll] reads them on every processor; graph.Graph.Add keeps a reading.
//
// The steps, each a package: source (here), internal/english (sentences, tags,
// trees), internal/names (actors and coreference), internal/when (dates),
// internal/event (claims).
package loader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/names"
)

// Version names this reader. A graph replaces a reading that another made.
const Version = "entente/1"

// longest is the most words that a sentence may have and still be read; what is
// longer is a table or a list, and would take time in vain.
const longest = 250

// Reader reads reports. It is immutable and safe for concurrent use.
type Reader struct {
	model     *english.Model
	gazetteer *names.Gazetteer
	frames    *event.Frames
	judge     *event.Judge
}

// New returns a reader over the embedded models, gazetteer and frames. It takes
// about a fifth of a second.
func New() (*Reader, error) {
	r, err := Untrained()
	if err != nil {
		return nil, err
	}
	if r.judge, err = event.ReadJudge(data.FS); err != nil {
		return nil, err
	}
	return r, nil
}

// Untrained is [New] without the judge, for the program that trains it: the
// reader takes for true what the frames propose.
func Untrained() (*Reader, error) {
	model, err := english.Default()
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	gazetteer, err := names.NewGazetteer()
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	frames, err := event.ReadFrames(data.FS)
	if err != nil {
		return nil, err
	}
	return &Reader{model: model, gazetteer: gazetteer, frames: frames}, nil
}

// Reason says why a candidate became a claim, or why it did not.
type Reason = event.Reason

// An Explanation says how a report was read.
type Explanation struct {
	Document *event.Document // sentences with their trees, names, times
	Reasons  []Reason        // of the claims, in their order; behind them those of other candidates
}

// Read reads one source. An error means that there is no text in it; whatever
// else was not understood is among the problems of the reading.
func (r *Reader) Read(src Source, meta Meta) (entente.Reading, error) {
	reading, _, err := r.Explain(src, meta)
	return reading, err
}

// Explain reads one source and says how; standing claims (offices) have no
// reason of their own.
func (r *Reader) Explain(src Source, meta Meta) (entente.Reading, Explanation, error) {
	doc, problems, err := r.Analyse(src, meta)
	if err != nil {
		return entente.Reading{}, Explanation{}, err
	}
	table := doc.Names
	claims, reasons := r.frames.Claims(doc, r.judge)
	out := entente.Reading{Report: doc.Report, Problems: problems, Reader: Version, Mentions: table.Mentions()}
	offices := officeClaims(table, doc.Sentences, doc.Report.ID)
	out.Claims = append(claims, offices.claims...)
	slices.SortStableFunc(out.Claims, func(a, b entente.Claim) int { return cmp.Compare(a.Evidence.Start, b.Evidence.Start) })
	used := map[entente.EntityID]bool{}
	for _, c := range out.Claims {
		used[c.Subject], used[c.Object], used[c.Place], used[c.Attribution] = true, true, true, true
	}
	for _, m := range out.Mentions {
		used[m.Entity] = true
	}
	for _, e := range offices.entities {
		out.Entities = append(out.Entities, e)
		delete(used, e.ID)
	}
	delete(used, "")
	for id := range used {
		e := table.Entity(id)
		if e.State == "" && table.Intergovernmental(id) {
			e.State = entente.IGO
		}
		out.Entities = append(out.Entities, e)
	}
	slices.SortFunc(out.Entities, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, Explanation{Document: doc, Reasons: reasons}, nil
}

// sentences returns the tagged sentences of a document's blocks; those that are
// too long to be prose are left out with a problem.
func (r *Reader) sentences(d *document) []english.Sentence {
	var out []english.Sentence
	for _, block := range d.blocks {
		for _, span := range r.model.Sentences(d.report.Text, block) {
			tokens := r.model.Tokenize(d.report.Text, span)
			if len(tokens) > longest {
				d.problems = append(d.problems, entente.Problem{Span: span, Text: fmt.Sprintf("a sentence of %d words was not read; %d is the most", len(tokens), longest)})
				continue
			}
			r.model.Tag(tokens)
			out = append(out, english.Sentence{Span: span, Tokens: tokens})
		}
	}
	return out
}

// standing are the claims about offices and the offices themselves.
type standing struct {
	claims   []entente.Claim
	entities []entente.Entity
}

// officeClaims turns the offices that the report gives to persons into claims,
// each office once for each person.
func officeClaims(t *names.Table, sentences []english.Sentence, report entente.ReportID) standing {
	var s standing
	offices := map[entente.EntityID]bool{}
	held := map[entente.ClaimID]bool{}
	pairs := map[[2]entente.EntityID]bool{}
	for _, o := range t.Offices() {
		office := officeEntity(o.Title, t.Entity(o.For))
		pair := [2]entente.EntityID{o.Person, office.ID}
		evidence := sentences[o.Sentence].Span
		id := entente.NewClaimID(report, entente.HoldsOffice, o.Person, office.ID, evidence.Start, 0)
		if office.ID == "" || held[id] || pairs[pair] {
			continue
		}
		held[id], pairs[pair] = true, true
		if !offices[office.ID] {
			offices[office.ID] = true
			s.entities = append(s.entities, office)
		}
		s.claims = append(s.claims, entente.Claim{ID: id, Subject: o.Person, Relation: entente.HoldsOffice, Object: office.ID,
			Status: entente.Ongoing, Evidence: evidence, Report: report})
	}
	return s
}

// officeEntity is the office with a title at a state or organisation: "Foreign
// Minister of Russia". Without a holder an office is nobody's: the zero Entity.
func officeEntity(title string, holder entente.Entity) entente.Entity {
	if holder.ID == "" || title == "" {
		return entente.Entity{}
	}
	words := strings.Fields(title)
	for i, w := range words {
		if w != "of" && w != "for" && w != "and" && w != "the" && w != "to" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	name := strings.Join(words, " ") + " of " + holder.Name
	return entente.Entity{ID: entente.NewEntityID(name), Kind: entente.Office, Name: name, State: holder.State}
}
