package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

// claimColumns are the columns of a list of claims.
var claimColumns = []column{
	{name: "when"}, {name: "who", elastic: true}, {name: "did"}, {name: "whom", elastic: true},
	{name: "status"}, {name: "contested", optional: true}, {name: "said by", elastic: true, optional: true}, {name: "told"}, {name: "claim"},
}

// claimFields are the columns of a claim in CSV: those of its JSON, flat.
var claimFields = []string{
	"id", "relation", "plover", "subject", "subject_id", "subject_kind", "subject_state",
	"object", "object_id", "object_kind", "object_state", "date", "place", "place_id", "status",
	"attribution", "amount", "confidence", "report", "text", "start", "end", "others", "contested", "publishers",
}

// claimListing is the listing of claims, grouped or not.
func (s *session) claimListing(groups []queries.Group) listing {
	l := listing{columns: claimColumns, fields: claimFields, nothing: "nothing found"}
	for _, g := range groups {
		l.records = append(l.records, g)
		l.rows = append(l.rows, s.claimRow(g))
		l.values = append(l.values, claimValues(g))
	}
	return l
}

// claimRow shows a claim to people: names, never IRIs.
func (s *session) claimRow(g queries.Group) []string {
	var statuses []string
	for _, st := range g.Statuses() {
		statuses = append(statuses, s.ui.statusWord(st))
	}
	return []string{
		orDash(g.Date), clean(g.Subject.Name), string(g.Relation), clean(objectWords(g.Record)),
		strings.Join(statuses, ", "), listOf(g.Contested), clean(g.Attribution), strconv.Itoa(g.Tellings()) + "×", string(g.ID),
	}
}

// objectWords is the object with amount and place.
func objectWords(r entente.Record) string {
	words := r.Object.Name
	if r.Amount != "" {
		words += ", " + r.Amount
	}
	if r.Place != nil && r.Place.ID != r.Object.ID {
		words += " (" + r.Place.Name + ")"
	}
	return words
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func claimValues(g queries.Group) []string {
	r := g.Record
	var place entente.Actor
	if r.Place != nil {
		place = *r.Place
	}
	confidence := ""
	if r.Confidence > 0 {
		confidence = strconv.FormatFloat(r.Confidence, 'g', -1, 64)
	}
	publishers := "" // export does not count them
	if g.Publishers > 0 {
		publishers = strconv.Itoa(g.Publishers)
	}
	var others []string
	for _, o := range g.Others {
		others = append(others, string(o.ID))
	}
	return []string{
		string(r.ID), string(r.Relation), r.Plover,
		r.Subject.Name, string(r.Subject.ID), string(r.Subject.Kind), r.Subject.State,
		r.Object.Name, string(r.Object.ID), string(r.Object.Kind), r.Object.State,
		r.Date, place.Name, string(place.ID), string(r.Status),
		r.Attribution, r.Amount, confidence, string(r.Report), r.Text,
		strconv.Itoa(r.Start), strconv.Itoa(r.End), strings.Join(others, " "), strings.ReplaceAll(listOf(g.Contested), ",", ""),
		publishers,
	}
}

// printClaims answers a question for claims in the format asked for, with the
// sentences where they are wanted.
func (s *session) printClaims(ctx context.Context, c *cli.Context, g *graph.Graph, groups []queries.Group) error {
	by, err := byFlag(c)
	if err != nil {
		return err
	}
	if by != "" {
		return s.printParts(c, queries.Divide(groups, by), by)
	}
	format, err := s.format(c)
	if err != nil {
		return err
	}
	l := s.claimListing(groups)
	switch {
	case format != "table" || len(groups) == 0:
		return s.list(c, l)
	case c.Bool("evidence"):
		return s.printSentences(ctx, g, groups, "")
	case !s.fits(l):
		var b strings.Builder
		s.claimLines(&b, "", groups)
		_, err = io.WriteString(s.ui.out, b.String())
		return err
	}
	return s.list(c, l)
}

// printSentences writes each claim on a line, and under it its sentence and
// where that stands.
func (s *session) printSentences(ctx context.Context, g *graph.Graph, groups []queries.Group, margin string) error {
	p := s.ui.colors()
	var b strings.Builder
	for _, group := range groups {
		cite, err := citation(ctx, g, group.Report)
		if err != nil {
			return err
		}
		row := s.claimRow(group)
		said := ""
		if row[5] != "" {
			said = ", contested: " + row[5]
		}
		if group.Attribution != "" {
			said += ", says " + row[6]
		}
		fmt.Fprintf(&b, "%s%s  %s%s%s %s %s  [%s%s]  %s\n", margin, row[0], p.bold, row[1], p.off, row[2], row[3], row[4], said, row[8])
		fmt.Fprintf(&b, "%s\n", fold("“"+clean(group.Text)+"”", s.ui.textWidth(), margin+"    "))
		fmt.Fprintf(&b, "%s%s%s\n", p.dim, fold(clean(cite)+andOthers(group), s.ui.textWidth(), margin+"    "), p.off)
	}
	_, err := io.WriteString(s.ui.out, b.String())
	return err
}

// andOthers says how many other reports tell a claim.
func andOthers(g queries.Group) string {
	n := otherReports(g.Report, g.Others)
	if n == 0 {
		return ""
	}
	return "; and " + count(n, "other report")
}

// otherReports counts the reports of records, but for one.
func otherReports(own entente.ReportID, records []entente.Record) int {
	reports := map[entente.ReportID]bool{}
	for _, r := range records {
		if r.Report != own {
			reports[r.Report] = true
		}
	}
	return len(reports)
}

// citation names a report: publisher, day and title.
func citation(ctx context.Context, g *graph.Graph, id entente.ReportID) (string, error) {
	r, err := g.Report(ctx, id)
	if err != nil {
		return "", err
	}
	return cite(r), nil
}

func cite(r entente.Report) string {
	var words []string
	for _, w := range []string{r.Publisher, r.Published.EDTF, r.Title} {
		if w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "report " + string(r.ID)
	}
	return strings.Join(words, ", ")
}

// textWidth is how wide running text is set: the terminal, at most 100 columns.
func (u *ui) textWidth() int {
	if u.width == 0 || u.width > 100 {
		return 100
	}
	return max(u.width, 20)
}

// fold breaks a text into lines of at most width columns, each behind the
// indent.
func fold(text string, width int, indent string) string {
	var b strings.Builder
	b.WriteString(indent)
	used := len(indent)
	for i, word := range strings.Fields(text) {
		w := wordWidth(word)
		switch {
		case i == 0:
		case used+1+w > width:
			b.WriteString("\n" + indent)
			used = len(indent)
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += w
	}
	return b.String()
}
