package queries

import (
	"context"
	"slices"
	"strings"
	"unicode"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// wording is what is left of a sentence when case, punctuation and spaces are
// not looked at: a wire text in two papers, one of which sets its quotation marks
// and dashes in another way, is worded once.
func wording(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, " ")
}

// Corroborate fills in the Publishers of groups that [GroupRecords] made, whose
// records do not name a publisher. [Claims], [Between], [Timeline] and the other
// questions have done it.
func Corroborate(ctx context.Context, g *graph.Graph, groups []Group) error {
	return newPress(g).corroborate(ctx, groups)
}

// press knows who published which report, in the form that is compared: without
// regard to case and spaces, "" where nobody is named.
type press struct {
	graph *graph.Graph
	of    map[entente.ReportID]string
}

func newPress(g *graph.Graph) *press {
	return &press{graph: g, of: map[entente.ReportID]string{}}
}

func publisherKey(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}

func (p *press) publisher(ctx context.Context, id entente.ReportID) (string, error) {
	if name, ok := p.of[id]; ok {
		return name, nil
	}
	r, err := p.graph.Report(ctx, id)
	if err != nil {
		return "", err
	}
	p.of[id] = publisherKey(r.Publisher)
	return p.of[id], nil
}

func (p *press) corroborate(ctx context.Context, groups []Group) error {
	for i := range groups {
		witnesses := groups[i].witnesses()
		if len(witnesses) == 1 { // the usual case, for which no report is read
			groups[i].Publishers = 1
			continue
		}
		var told []graph.Telling
		for _, r := range witnesses {
			publisher, err := p.publisher(ctx, r.Report)
			if err != nil {
				return err
			}
			told = append(told, graph.NewTelling(publisher, r.Text))
		}
		groups[i].Publishers = graph.Independent(told)
	}
	return nil
}

// witnesses returns the records that say what the group as a whole says: those
// that deny it, or say that it was called off, do not bear it out, unless the
// first does so too.
func (g Group) witnesses() []entente.Record {
	return slices.DeleteFunc(g.Records(), func(r entente.Record) bool { return isOff(r.Status) != isOff(g.Status) })
}

func isOff(s entente.Status) bool { return s == entente.Denied || s == entente.CalledOff }
