// Package event reads claims off the trees of a report: who did what to whom.
//
// Frames (data/frames) say which words tell of which relation and where in the
// tree its two actors stand, as the dictionaries of TABARI (Schrodt, 2009) and
// PETRARCH (Norris, Schrodt, Beieler, 2017) do over chunks and phrase trees.
// Call [ReadFrames] once and [Frames.Claims] for each report.
//
// Not done here: finding and resolving names (package names), reading dates
// (package when).
package event

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/internal/names"
	"github.com/entente-kg/entente/internal/when"
)

// Document is a report that is parsed and whose names are resolved.
type Document struct {
	Report    entente.Report
	Sentences []english.Sentence  // collapsed and parsed
	Names     *names.Table        // resolved
	Times     [][]when.Expression // by sentence
}

// Reason says why a candidate became a claim, or why it did not: for "extract
// --explain".
type Reason struct {
	Claim           entente.ClaimID // "" where it became none
	Relation        entente.Relation
	Subject, Object entente.EntityID
	Evidence        entente.Span
	Frame           string       // file:line of the frame
	Trigger         entente.Span // the word that tells of it
	Confidence      float64      // 0 without a judge
	Not             string       // why it is no claim: "unlikely", …
}

// worthSaying is the confidence from which a candidate that is no claim has its
// reason told.
const worthSaying = 0.05

// reader reads one document.
type reader struct {
	f     *Frames
	doc   *Document
	si    int // index of the sentence
	t     *tree
	times []when.Expression
	last  entente.Date // the date in force from the sentences before
	out   []found

	refused []Reason // candidates that became no claims

	lastSayer entente.EntityID // who spoke last
	open      bool             // a quotation goes on from the sentence before

	judge func(*reader, []judged) []judged // which candidates of the sentence are claims
	model *Judge

	proposals    []proposal // of the sentence
	lemmas, rels []uint64   // hashes, by token
	named        []bool     // tokens that head a mention
	words        map[string]bool
	others       map[entente.Relation]bool // relations that the sentence may tell of
	counts       map[entente.Relation]int
	prompt       int                                 // number of the last prompt
	toldOf       map[pair]bool                       // actors of claims told before
	toldClaims   map[claimed]uint64                  // see seen
	salient      map[entente.Kind][]entente.EntityID // most named first
	standings    map[entente.EntityID]uint64         // rank in salient
}

// found is a claim on the way out.
type found struct {
	claim   entente.Claim
	frame   *Frame
	trigger entente.Span
	token   int
}

// Claims returns the claims of a document in order of the text, the reason for
// each in the same order, and behind those why other candidates are none.
// Without a judge it takes what the frames propose.
func (f *Frames) Claims(doc *Document, j *Judge) ([]entente.Claim, []Reason) {
	r := &reader{f: f, doc: doc, model: j, judge: accept}
	if j == nil {
		r.judge = trusted
	}
	r.weighTopics()
	for i := range doc.Sentences {
		r.sentence(i)
	}
	return r.finish()
}

// sentence reads the claims of sentence si.
func (r *reader) sentence(si int) {
	r.si, r.t = si, newTree(r.doc.Sentences[si].Tokens, r.f.lists["subject-control"])
	r.times = nil
	if si < len(r.doc.Times) {
		r.times = r.doc.Times[si]
	}
	r.repair()
	r.index()
	mark := len(r.out)
	r.proposals = nil
	for i := range r.t.tokens {
		r.read(i)
	}
	kept := r.judge(r, r.weigh(r.model))
	r.out = r.out[:mark]
	for _, c := range kept {
		r.keep(c)
	}
	r.carry()
	r.hear()
}

// carry keeps the date and the speaker of this sentence for the next.
func (r *reader) carry() {
	for _, e := range r.times {
		if d := e.Resolve(when.Context{Published: r.doc.Report.Published, Last: r.last}); !d.IsZero() && !e.Attributive && !e.Clause {
			r.last = d
		}
	}
}

// read tries the frames of token i, in their order, until one is filled.
func (r *reader) read(i int) {
	class := r.class(i)
	if class == "" {
		return
	}
	lemma := strings.ToLower(r.t.tokens[i].Lemma)
	if class == "be" {
		lemma = r.t.prep(i)
	}
	for _, f := range r.f.byLemma[class+" "+lemma] {
		if r.with(i, f) && r.apply(i, f) {
			return
		}
	}
	r.modal(i, class)
}

// modal tries the frames of the auxiliaries of verb i: "must", "should".
func (r *reader) modal(i int, class string) {
	if class != "verb" {
		return
	}
	for _, k := range r.t.kids[i] {
		if !r.t.is(k, "aux") {
			continue
		}
		for _, f := range r.f.byLemma["aux "+strings.ToLower(r.t.tokens[k].Lemma)] {
			if r.apply(i, f) {
				return
			}
		}
	}
}

// class returns the class of trigger that token i may be, "" for none.
func (r *reader) class(i int) string {
	t := r.t
	switch tag := t.tokens[i].Tag; {
	case t.tokens[i].Pos == "PROPN":
		if t.child(i, "cop") >= 0 {
			return "be"
		}
		return ""
	case t.verb(i):
		return "verb"
	case strings.HasPrefix(tag, "NN"):
		return "noun"
	case strings.HasPrefix(tag, "JJ"):
		if t.child(i, "det") >= 0 && i+1 < len(t.tokens) && t.tokens[i+1].Text == "of" {
			return "noun" // a noun that the tagger does not know
		}
		return "adj"
	}
	return ""
}

// with reports whether the further words of frame f stand in the clause of
// trigger i: among its dependents, or right behind it.
func (r *reader) with(i int, f *Frame) bool {
	for _, words := range f.Word.With {
		if !r.companion(i, words) {
			return false
		}
	}
	return true
}

func (r *reader) companion(i int, words []string) bool {
	t := r.t
	match := func(k int) bool {
		return slices.Contains(words, strings.ToLower(t.tokens[k].Lemma)) || slices.Contains(words, strings.ToLower(t.tokens[k].Text))
	}
	if i+1 < len(t.tokens) && match(i+1) {
		return true
	}
	for k := range t.tokens {
		if k == i || !match(k) || r.f.lists["particle"][strings.ToLower(t.tokens[k].Text)] && !(t.head(k) == i && t.is(k, "compound:prt", "advmod")) {
			continue
		}
		if t.head(k) == i && !t.full(k) || t.head(k) >= 0 && t.head(t.head(k)) == i && !t.full(t.head(k)) {
			return true
		}
		if t.passive(i) && t.subject(i) == k {
			return true
		}
	}
	return false
}

// apply fills the roles of frame f at trigger i and keeps the claims that it
// makes; it reports whether there were any.
func (r *reader) apply(i int, f *Frame) bool {
	pairs := r.pairs(i, f)
	for _, p := range pairs {
		if len(r.proposals) == mostProposals {
			break
		}
		r.proposals = append(r.proposals, proposal{i, f.Word.Class, f, p[0], p[1]})
		if f.Options&Loose != 0 {
			continue
		}
		r.out = append(r.out, found{claim: entente.Claim{Relation: f.Relation, Subject: p[0].id, Object: p[1].id, Evidence: r.doc.Sentences[r.si].Span}})
	}
	return len(pairs) > 0
}

// status returns how far the event of trigger i has come.
func (r *reader) status(i int, f *Frame) entente.Status {
	status, ok := r.mood(i, moodClass(f.Word.Class)).status()
	switch {
	case !ok && (f.Options&Hypothetical != 0 || spoken[f.Relation]):
		status = entente.Occurred
	case !ok:
		status = entente.Planned
	}
	if f.Status != "" && (status == entente.Occurred || status == entente.Ongoing) {
		status = f.Status
	}
	if f.Options&Standing != 0 && status == entente.Occurred && !r.past(i) {
		status = entente.Ongoing
	}
	return status
}

// over reports whether a date lies more than a week before the report.
func (r *reader) over(d entente.Date) bool {
	end, published := d.Latest(), r.doc.Report.Published.Earliest()
	return !end.IsZero() && !published.IsZero() && end.AddDate(0, 0, 7).Before(published)
}

// ahead reports whether a date lies behind the day of the report.
func (r *reader) ahead(d entente.Date) bool {
	start, published := d.Earliest(), r.doc.Report.Published.Latest()
	return !start.IsZero() && !published.IsZero() && start.After(published)
}

// past reports whether the clause of trigger i tells of the past.
func (r *reader) past(i int) bool {
	v := i
	if !r.t.verb(i) {
		v = r.t.governor(i)
	}
	return v >= 0 && (r.t.tokens[v].Tag == "VBD" || r.t.tokens[v].Tag == "VBN")
}

// pairs returns the subjects and objects that frame f finds at trigger i.
func (r *reader) pairs(i int, f *Frame) [][2]actor {
	var subjects []actor
	if own := f.Word.Class == "verb" && f.Subject[0][0].Name == "subj"; own {
		subjects = r.beside(i, f.Subject[0][0])
	}
	if len(subjects) == 0 {
		subjects = r.first(i, f.Word.Class, f.Subject, nil)
	}
	if len(subjects) == 0 && f.Word.Class == "verb" && f.Subject[0][0].Name == "subj" {
		subjects = r.before(i, f.Subject[0][0])
	}
	if len(subjects) == 0 {
		return nil
	}
	for _, union := range f.Object {
		if union[0].Name == "pair" {
			pairs := r.among(subjects)
			if f.Options&Mutual != 0 {
				for _, p := range pairs {
					pairs = append(pairs, [2]actor{p[1], p[0]})
				}
			}
			if len(pairs) > 0 {
				return pairs
			}
			continue
		}
		objects := r.first(i, f.Word.Class, [][]Role{union}, subjects)
		if pairs := r.cross(f, subjects, objects); len(pairs) > 0 {
			return pairs
		}
	}
	return nil
}

// first returns the actors of the first alternative that has any. subjects are
// known when objects are looked for.
func (r *reader) first(i int, class string, alternatives [][]Role, subjects []actor) []actor {
	for _, union := range alternatives {
		var found []actor
		for _, role := range union {
			found = append(found, r.role(i, class, role, subjects)...)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// role returns the actors of one role: those that stand in the tree, or the
// roles that the text around gives.
func (r *reader) role(i int, class string, role Role, subjects []actor) []actor {
	switch role.Name {
	case "speaker":
		return r.actors(r.attribution(i))
	case "reply":
		return r.actors(r.accuser(subjects))
	case "other":
		return r.other(i, role, subjects)
	case "venue":
		return r.venue(i, role)
	case "visitor":
		return r.visitor()
	case "sides":
		return r.sides(subjects)
	case "deed":
		return r.deed(i, role, subjects)
	case "parties":
		return r.parties(i, class, role, subjects)
	case "self":
		return r.at(i, role)
	}
	if inner, ok := strings.CutPrefix(role.Name, "x."); ok {
		return r.inComplement(i, Role{inner, role.Kinds, role.Within}, 0)
	}
	return r.fill(i, class, role)
}

// inComplement returns the actors of a role in the clause that completes verb
// i, or in the one that completes that.
func (r *reader) inComplement(i int, role Role, depth int) []actor {
	for _, k := range r.t.kids[i] {
		if !r.t.is(k, "xcomp", "ccomp", "advcl", "acl") || depth > 2 {
			continue
		}
		if found := r.fill(k, "verb", role); len(found) > 0 {
			return found
		}
		if found := r.inComplement(k, role, depth+1); len(found) > 0 {
			return found
		}
	}
	return nil
}

// among returns every pair of distinct actors of a group.
func (r *reader) among(group []actor) [][2]actor {
	var out [][2]actor
	for i, a := range group {
		for _, b := range group[i+1:] {
			if a.id != b.id {
				out = append(out, [2]actor{a, b})
			}
		}
	}
	return out
}

// cross returns each subject with each object, leaving out an actor with
// itself and, unless the frame allows it, two of one state.
func (r *reader) cross(f *Frame, subjects, objects []actor) [][2]actor {
	var out [][2]actor
	for _, s := range subjects {
		for _, o := range objects {
			if s.id == o.id || s.token == o.token && s.token >= 0 && !slices.Contains([]entente.Relation{entente.Visited, entente.DeployedTo}, f.Relation) {
				continue
			}
			if f.Options&Own == 0 && s.state != "" && s.state == o.state && o.kind != entente.Place && o.kind != entente.Agreement {
				continue
			}
			out = append(out, [2]actor{s, o})
		}
	}
	return out
}

// keep adds the claim of a candidate.
func (r *reader) keep(k judged) {
	i, f, s, o := k.token, k.frame, k.s, k.o
	class := f.Word.Class
	c := entente.Claim{Subject: s.id, Relation: f.Relation, Object: o.id, Evidence: r.doc.Sentences[r.si].Span, Report: r.doc.Report.ID}
	if r.model != nil {
		c.Status = entente.Statuses[r.model.decide(r.statusOptions(k))]
		dates := r.dates(k, c.Status)
		options := make([][]uint64, len(dates))
		for n, d := range dates {
			options[n] = d.keys.List
		}
		c.Date = dates[r.model.decide(options)].date
		if d := r.occasion(i); !d.IsZero() {
			c.Date = d // "during the visit, the two signed …": the guidelines leave no choice
		}
	} else {
		c.Status = r.status(i, f)
		c.Date = r.date(i, class, c.Status)
	}
	if f.Relation != entente.Visited {
		c.Place = r.place(i, class, s.id, o.id)
	}
	if a := r.attribution(i); a != s.id {
		c.Attribution = a
	}
	c.Amount = r.amount(i)
	if r.model != nil {
		c.Confidence = r.model.confidence(k.score)
	}
	r.out = append(r.out, found{c, f, r.t.tokens[i].Span, i})
}
