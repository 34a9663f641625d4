package queries

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// Evidence is the sentence behind a claim, where it stands, and who else tells
// the claim.
type Evidence struct {
	Claim  entente.Record   `json:"claim"`
	Report entente.Report   `json:"report"`           // without its text
	Before string           `json:"before,omitempty"` // what stands before the sentence in its paragraph
	After  string           `json:"after,omitempty"`  // what stands after it
	Others []entente.Record `json:"others,omitempty"` // who else tells it or denies it, in order of time
	Told   int              `json:"told"`             // wordings in which the claim is told; a text that several carry counts once

	Contested  []Contest `json:"contested,omitempty"`  // about what those who tell it contradict each other
	Publishers int       `json:"publishers,omitempty"` // that tell it independently, as in Group
}

// contextBytes is how much of the neighbouring sentences is shown at most.
const contextBytes = 200

// NewEvidence returns the evidence of a claim; a beginning of its ID will do
// where only one claim begins so.
func NewEvidence(ctx context.Context, g *graph.Graph, claim string) (Evidence, error) {
	record, err := g.Claim(ctx, claim)
	if err != nil {
		return Evidence{}, err
	}
	report, err := g.Report(ctx, record.Report)
	if err != nil {
		return Evidence{}, err
	}
	e := Evidence{Claim: record, Report: report, Told: 1}
	e.Before = before(report.Text, record.Start)
	e.After = after(report.Text, record.End)
	e.Report.Text = ""
	group, err := groupOf(ctx, g, record)
	if err != nil {
		return e, err
	}
	counted := []Group{group}
	if err := Corroborate(ctx, g, counted); err != nil {
		return e, err
	}
	e.Told, e.Contested, e.Publishers = group.Tellings(), group.Contested, counted[0].Publishers
	for _, r := range group.Records() {
		if r.ID != record.ID {
			e.Others = append(e.Others, r)
		}
	}
	slices.SortFunc(e.Others, Compare)
	return e, nil
}

// groupOf returns the group that a claim belongs to.
func groupOf(ctx context.Context, g *graph.Graph, r entente.Record) (Group, error) {
	same := graph.Query{Relations: []entente.Relation{r.Relation}}
	switch {
	case goesTo(r.Relation): // another report may name the state for the city
		same.Subject = []entente.EntityID{r.Subject.ID}
	case r.Relation.IsSymmetric():
		same.Between = [2][]entente.EntityID{{r.Subject.ID}, {r.Object.ID}}
	default:
		same.Subject, same.Object = []entente.EntityID{r.Subject.ID}, []entente.EntityID{r.Object.ID}
	}
	records, err := collect(g.Claims(ctx, same))
	if err != nil {
		return Group{}, err
	}
	for _, group := range GroupRecords(records) {
		for _, member := range group.Records() {
			if member.ID == r.ID {
				return group, nil
			}
		}
	}
	return Group{Record: r}, nil
}

// before returns the sentence that ends at the offset, at most contextBytes of
// it; the end of a paragraph ends a sentence too. It knows sentences only by
// their stop: it is there to be read, not to be cited.
func before(text string, end int) string {
	text = text[:min(max(end, 0), len(text))]
	if i := strings.LastIndexByte(strings.TrimRightFunc(text, unicode.IsSpace), '\n'); i >= 0 {
		text = text[i+1:]
	}
	whole := true
	if len(text) > contextBytes {
		text, whole = text[nextWord(text, len(text)-contextBytes):], false
	}
	body := strings.TrimRightFunc(text, unicode.IsSpace)
	if i := lastStop(body); i >= 0 {
		return strings.TrimSpace(body[i:])
	}
	if whole {
		return strings.TrimSpace(body)
	}
	return "… " + strings.TrimSpace(body)
}

// after returns the sentence that starts at the offset, under the same rules.
func after(text string, start int) string {
	text = text[min(max(start, 0), len(text)):]
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	cut := text
	if len(text) > contextBytes {
		cut = text[:lastWord(text, contextBytes)]
	}
	if i := firstStop(cut); i >= 0 {
		return strings.TrimSpace(cut[:i])
	}
	if len(cut) == len(text) {
		return strings.TrimSpace(cut)
	}
	return strings.TrimSpace(cut) + " …"
}

// nextWord moves an offset on to the start of a word, at least of a character.
func nextWord(text string, at int) int {
	if i := strings.IndexFunc(text[at:], unicode.IsSpace); i >= 0 {
		return at + i
	}
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

// lastWord moves an offset back to the end of a word, at least of a character.
func lastWord(text string, at int) int {
	if i := strings.LastIndexFunc(text[:at], unicode.IsSpace); i > 0 {
		return i
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// isStop reports whether a sentence seems to end behind text[:i+1].
func isStop(text string, i int) bool {
	return strings.IndexByte(".?!", text[i]) >= 0 && i+1 < len(text) && text[i+1] == ' '
}

// lastStop returns where the last sentence of text starts, -1 where its start is
// not seen.
func lastStop(text string) int {
	for i := len(text) - 2; i >= 0; i-- {
		if isStop(text, i) {
			return i + 1
		}
	}
	return -1
}

// firstStop returns where the first sentence of text ends, -1 where its end is
// not seen.
func firstStop(text string) int {
	for i := range len(text) {
		if isStop(text, i) {
			return i + 1
		}
	}
	return -1
}
