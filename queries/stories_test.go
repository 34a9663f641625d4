package queries

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// TestStories runs testdata/*.story; README.md there has the format.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.story")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".story"), func(t *testing.T) { runStory(t, file) })
	}
}

// story is one file: the readings that it makes, and its questions.
type story struct {
	entities map[entente.EntityID]entente.Entity
	readings []entente.Reading
	asks     []storyAsk
}

type storyAsk struct {
	line int
	text string
	want []string
}

func runStory(t *testing.T, file string) {
	s, err := readStory(file)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	g := graphWith(t, s.readings...)
	for _, ask := range s.asks {
		got, err := ask.answer(ctx, g)
		if err != nil {
			t.Errorf("%s:%d: ask %s: %v", file, ask.line, ask.text, err)
		} else if diff := cmp.Diff(ask.want, got); diff != "" {
			t.Errorf("%s:%d: ask %s (- want, + got):\n%s", file, ask.line, ask.text, diff)
		}
	}
}

// graphWith returns a graph in memory that holds the readings.
func graphWith(t testing.TB, readings ...entente.Reading) *graph.Graph {
	t.Helper()
	g, err := graph.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	for _, r := range readings {
		if _, err := g.Add(context.Background(), r); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

func readStory(file string) (*story, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	s := &story{entities: map[entente.EntityID]entente.Entity{}}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		fields := strings.Fields(rest)
		switch word {
		case "", "#":
		case "entity":
			s.addEntity(fields)
		case "report":
			s.addReport(fields)
		case "fact":
			s.addFact(fields)
		case "ask":
			s.asks = append(s.asks, storyAsk{line: n, text: rest})
		case "want":
			if rest != "nothing" {
				last := &s.asks[len(s.asks)-1]
				last.want = append(last.want, rest)
			}
		default:
			return nil, fmt.Errorf("%s:%d: unknown word %q", file, n, word)
		}
	}
	return s, nil
}

func (s *story) addEntity(f []string) {
	e := entente.Entity{ID: entente.EntityID(f[0]), Kind: entente.Kind(f[1]), Name: strings.ReplaceAll(f[0], "_", " ")}
	if len(f) > 2 {
		e.State = f[2]
	}
	s.entities[e.ID] = e
}

func (s *story) addReport(f []string) {
	s.readings = append(s.readings, entente.Reading{Reader: "story", Report: entente.Report{
		Title: f[0], Published: entente.Date{EDTF: f[1], Basis: entente.Stated}, Publisher: f[2],
	}})
}

// addFact adds a claim to the last report, with the line as its sentence. The
// text of a report changes with each fact, and its ID with the text.
func (s *story) addFact(f []string) {
	r := &s.readings[len(s.readings)-1]
	start := len(r.Report.Text)
	r.Report.Text += strings.Join(f, " ") + " (" + r.Report.Title + "). "
	c := entente.Claim{
		Subject: entente.EntityID(f[0]), Relation: entente.Relation(f[1]), Object: entente.EntityID(f[2]), Status: entente.Occurred,
		Evidence: entente.Span{Start: start, End: len(r.Report.Text) - 1},
	}
	for _, word := range f[3:] {
		switch {
		case word == "-":
		case word[0] == '@':
			c.Place = entente.EntityID(word[1:])
		case strings.HasPrefix(word, "says="):
			c.Attribution = entente.EntityID(word[5:])
		case slices.Contains(entente.Statuses, entente.Status(word)):
			c.Status = entente.Status(word)
		default:
			c.Date = entente.Date{EDTF: word, Basis: entente.Stated}
		}
	}
	r.Claims = append(r.Claims, c)
	s.sealReport(r)
}

// sealReport gives the report and its claims their IDs and entities.
func (s *story) sealReport(r *entente.Reading) {
	r.Report.ID = entente.NewReportID(r.Report.Publisher, r.Report.Published, r.Report.Text)
	named := map[entente.EntityID]bool{}
	for i := range r.Claims {
		c := &r.Claims[i]
		c.Report = r.Report.ID
		c.ID = entente.NewClaimID(c.Report, c.Relation, c.Subject, c.Object, c.Evidence.Start, 0)
		for _, id := range []entente.EntityID{c.Subject, c.Object, c.Place, c.Attribution} {
			named[id] = id != ""
		}
	}
	r.Entities = nil
	for id, yes := range named {
		if yes {
			r.Entities = append(r.Entities, s.entities[id])
		}
	}
	slices.SortFunc(r.Entities, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
}

// answer asks and returns the answer's lines.
func (a storyAsk) answer(ctx context.Context, g *graph.Graph) ([]string, error) {
	fields := strings.Fields(a.text)
	var ids []entente.EntityID
	keys := map[string]string{}
	for _, f := range fields[1:] {
		if k, v, ok := strings.Cut(f, "="); ok {
			keys[k] = v
		} else {
			ids = append(ids, entente.EntityID(f))
		}
	}
	q := storyQuestion(keys)
	var groups []Group
	var err error
	switch fields[0] {
	case "claims":
		groups, err = Claims(ctx, g, q)
	case "between":
		groups, err = Between(ctx, g, ids[:1], ids[1:], q)
	case "timeline":
		groups, err = Timeline(ctx, g, ids, q)
	case "path", "paths":
		routes, err := storyRoutes(ctx, g, ids, q, keys, fields[0] == "path")
		return routeLines(routes), err
	case "dossier":
		d, err := NewDossier(ctx, g, ids[0])
		return dossierLines(d, keys["only"]), err
	case "compare":
		return compareLines(ctx, g, fields[1:], keys)
	default:
		err = fmt.Errorf("unknown question %q", fields[0])
	}
	if by := keys["by"]; by != "" {
		return partLines(Divide(groups, By(by))), err
	}
	return groupLines(groups), err
}

// dossierLines writes a line for each claim of each list, and of the ties their
// tallies; only those of the lists named, if any are.
func dossierLines(d Dossier, only string) (lines []string) {
	add := func(list string, words ...string) {
		if only == "" || slices.Contains(strings.Split(only, ","), list) {
			for _, w := range words {
				lines = append(lines, list+": "+w)
			}
		}
	}
	add("total", tallyWords(d.Total))
	for _, a := range d.Officials {
		add("officials", string(a.ID))
	}
	for _, l := range []struct {
		name   string
		groups []Group
	}{
		{"offices", d.Offices}, {"represents", d.Represents}, {"counterparts", d.Counterparts}, {"trips", d.Trips},
		{"visitors", d.Visitors}, {"here", d.Here}, {"accused", d.Accused}, {"accused_by", d.AccusedBy}, {"other", d.Other},
	} {
		add(l.name, groupLines(l.groups)...)
	}
	for _, m := range d.Meetings {
		add("meetings", fmt.Sprintf("%s %d", m.Actor.ID, len(m.Claims)))
	}
	for name, papers := range map[string][]Paper{"agreements": d.Agreements, "parties": d.Parties} {
		for _, p := range papers {
			for _, deed := range []struct {
				name   string
				groups []Group
			}{{"signed", p.Signed}, {"ratified", p.Ratified}, {"left", p.Left}, {"other", p.Other}} {
				for _, line := range groupLines(deed.groups) {
					add(name, string(p.Actor.ID)+" "+deed.name+": "+line)
				}
			}
		}
	}
	for _, tie := range d.Partners {
		add("partners", string(tie.Partner.ID)+" "+tallyWords(tie.Tally))
	}
	add("latest", groupLines(d.Latest)...)
	add("contested", groupLines(d.Contested)...)
	return lines
}

// compareLines compares pairs A:B, or the periods or publishers of one.
func compareLines(ctx context.Context, g *graph.Graph, fields []string, keys map[string]string) (lines []string, err error) {
	var sides []Side
	for _, f := range fields {
		if a, b, ok := strings.Cut(f, ":"); ok {
			sides = append(sides, Side{[]entente.EntityID{entente.EntityID(a)}, []entente.EntityID{entente.EntityID(b)}, storyQuestion(keys)})
		}
	}
	pair := sides[0]
	if publishers := keys["publishers"]; publishers != "" {
		sides = nil
		for _, pair.Publisher = range strings.Split(publishers, ",") {
			sides = append(sides, pair)
		}
	}
	if periods := keys["periods"]; periods != "" {
		sides = nil
		for _, period := range strings.Split(periods, ",") {
			pair.Since, pair.Until = entente.Date{EDTF: period}, entente.Date{EDTF: period}
			sides = append(sides, pair)
		}
	}
	c, err := NewComparison(ctx, g, sides, By(keys["by"]))
	for _, side := range c.Sides {
		line := fmt.Sprintf("%s:%s %s", side.A[0].ID, side.B[0].ID, tallyWords(side.Tally))
		if len(side.Possible) > 0 {
			line += fmt.Sprintf(" possible %d", len(side.Possible))
		}
		lines = append(lines, line)
	}
	lines = append(lines, fmt.Sprintf("shared %d", c.Shared))
	for _, row := range c.Rows {
		var counts []string
		for _, tally := range row.Sides {
			counts = append(counts, strconv.Itoa(tally.Count))
		}
		lines = append(lines, orElse(row.Key, "-")+" "+strings.Join(counts, " | "))
	}
	return lines, err
}

// partLines writes a line for each part of an answer.
func partLines(parts []Part) (lines []string) {
	for _, p := range parts {
		key := orElse(p.Key, "-")
		if p.Apart {
			key = "apart " + key
		}
		lines = append(lines, key+" "+tallyWords(p.Tally))
	}
	return lines
}

// tallyWords writes a tally: number of claims, co-operation, conflict, and what is
// not 0 of the rest.
func tallyWords(t Tally) string {
	words := fmt.Sprintf("%d +%v -%v", t.Count, t.Cooperation, t.Conflict)
	if t.Contested > 0 {
		words += fmt.Sprintf(" contested %d", t.Contested)
	}
	if t.Corroborated > 0 {
		words += fmt.Sprintf(" corroborated %d", t.Corroborated)
	}
	return words
}

func storyQuestion(keys map[string]string) Question {
	var q Question
	for key, value := range keys {
		switch key {
		case "relation":
			q.Relations = split[entente.Relation](value)
		case "status":
			q.Statuses = split[entente.Status](value)
		case "since":
			q.Since = entente.Date{EDTF: value}
		case "until":
			q.Until = entente.Date{EDTF: value}
		case "publisher":
			q.Publisher = value
		case "place":
			q.Place = split[entente.EntityID](value)
		case "subject":
			q.Subject = split[entente.EntityID](value)
		case "object":
			q.Object = split[entente.EntityID](value)
		case "limit":
			q.Limit, _ = strconv.Atoi(value)
		case "officials":
			q.NoOfficials = value == "false"
		}
	}
	return q
}

func split[T ~string](value string) (all []T) {
	for _, v := range strings.Split(value, ",") {
		all = append(all, T(v))
	}
	return all
}

func groupLines(groups []Group) (lines []string) {
	for _, g := range groups {
		var statuses []string
		for _, s := range g.Statuses() {
			statuses = append(statuses, string(s))
		}
		date := orElse(g.Date, "-")
		lines = append(lines, fmt.Sprintf("%s %s %s %s %s %d×", g.Subject.ID, g.Relation, g.Object.ID, date, strings.Join(statuses, ","), g.Tellings()))
	}
	return lines
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// storyRoutes asks for one path, or for several.
func storyRoutes(ctx context.Context, g *graph.Graph, ids []entente.EntityID, q Question, keys map[string]string, one bool) ([]Route, error) {
	o := PathOptions{
		Relations: q.Relations, Since: q.Since, Until: q.Until, NoOfficials: q.NoOfficials,
		InOrder: keys["in-order"] != "", Earliest: keys["earliest"] != "", All: keys["all"] != "",
	}
	o.MaxHops, _ = strconv.Atoi(keys["hops"])
	o.K, _ = strconv.Atoi(keys["k"])
	if list := keys["without"]; list != "" {
		o.WithoutRelations = split[entente.Relation](list)
	}
	if list := keys["avoid"]; list != "" {
		o.Avoid = split[entente.EntityID](list)
	}
	if list := keys["through"]; list != "" {
		o.Through = split[entente.Kind](list)
	}
	if !one {
		return Paths(ctx, g, ids[0], ids[1], o)
	}
	route, err := Path(ctx, g, ids[0], ids[1], o)
	return []Route{route}, err
}

// routeLines writes routes, each behind its number where there are several.
func routeLines(routes []Route) (lines []string) {
	for i, r := range routes {
		if len(routes) > 1 {
			lines = append(lines, fmt.Sprint(i+1))
		}
		if r.AnyStatus {
			lines = append(lines, "any status")
		}
		if r.Order != "" {
			lines = append(lines, strings.TrimSpace(string(r.Order)+" "+r.Arrival))
		}
		for _, h := range r.Hops {
			line := fmt.Sprintf("%s > %s by %s", h.From.ID, h.To.ID, h.Claims[0].Relation)
			if r.Order != "" {
				line += " " + h.Claims[0].Date
			}
			lines = append(lines, line)
		}
	}
	return lines
}
