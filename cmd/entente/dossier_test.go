package main

import (
	"fmt"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/queries"
)

// longDossier is one of a state whose lists are long and whose names are of
// several scripts.
func longDossier() queries.Dossier {
	actor := func(name string, kind entente.Kind) entente.Actor {
		return entente.Actor{ID: entente.NewEntityID(name), Name: name, Kind: kind}
	}
	state := actor("조선민주주의인민공화국", entente.State)
	d := queries.Dossier{Entity: entente.Entity{ID: state.ID, Kind: state.Kind, Name: state.Name}}
	for i := range 12 {
		d.Entity.Aliases = append(d.Entity.Aliases, fmt.Sprintf("북한 %d", i))
	}
	claim := func(n int, r entente.Relation, object entente.Actor) queries.Group {
		return queries.Group{Record: entente.Record{
			ID: entente.ClaimID(fmt.Sprintf("claim%05d", n)), Relation: r, Subject: state, Object: object,
			Date: fmt.Sprintf("20%02d-05", n), Status: entente.Occurred, Report: "r", Text: fmt.Sprint("evidence ", n),
		}}
	}
	for i, name := range []string{
		"Организация Договора о коллективной безопасности", "김정은", "Choe Son Hui", "Владимир Путин", "중화인민공화국", "Norway", "Jonas Gahr Støre",
		"외무성", "Сергей Шойгу", "Sweden", "Ελλάδα", "日本国",
	} {
		other := actor(name, entente.State)
		visit, pact := claim(i, entente.Visited, other), actor("조약 "+name, entente.Agreement)
		d.Trips = append(d.Trips, visit)
		d.Meetings = append(d.Meetings, queries.Partner{Actor: other, Claims: []queries.Group{claim(i, entente.Met, other)}})
		d.Partners = append(d.Partners, queries.Tie{Partner: other, Tally: queries.NewTally([]queries.Group{visit})})
		d.Agreements = append(d.Agreements, queries.Paper{Actor: pact, Signed: []queries.Group{claim(i, entente.Signed, pact)}})
		d.Reports = append(d.Reports, entente.Report{ID: entente.ReportID(fmt.Sprint("report", i)), Publisher: "로동신문", Title: name})
	}
	d.Latest, d.Total = d.Trips[2:], queries.NewTally(d.Trips)
	return d
}

// TestDossierWidths: no line is wider than the terminal, and what follows a name
// stands in one column, whatever its script.
func TestDossierWidths(t *testing.T) {
	for _, width := range []int{60, 80, 110} {
		s := testSession()
		s.ui.width = width
		for _, full := range []bool{false, true} {
			starts := map[int]bool{}
			for line := range strings.Lines(s.dossierText(longDossier(), full)) {
				line = strings.TrimRight(line, "\n")
				if wordWidth(line) > width {
					t.Errorf("width %d: a line of %d columns: %q", width, wordWidth(line), line)
				}
				if before, _, ok := strings.Cut(line, "0.0    +1.00"); ok {
					starts[wordWidth(before)] = true
				}
			}
			if len(starts) != 1 {
				t.Errorf("width %d: the balances of partners start at columns %v", width, starts)
			}
		}
	}
}

// TestDossierIsShort: each list is bounded and says how many more there are; in
// full none is.
func TestDossierIsShort(t *testing.T) {
	s := testSession()
	s.ui.width = 110
	short, full := s.dossierText(longDossier(), false), s.dossierText(longDossier(), true)
	for _, want := range []string{
		"북한 7 and 4 more\n",
		"… 7 more: entente claims --subject 조선민주주의인민공화국 --relation visited\n",
		"… 7 more: entente show 조선민주주의인민공화국 --full\n",
		"… 2 more: entente show",
		"… 9 more: entente show",
	} {
		if !strings.Contains(short, want) {
			t.Errorf("no %q in\n%s", want, short)
		}
	}
	if n := strings.Count(short, "\n"); n > 60 {
		t.Errorf("the short dossier has %d lines", n)
	}
	if strings.Contains(full, " more") || !strings.Contains(full, "조약 日本国") || !strings.Contains(full, "claim00000") {
		t.Errorf("the full dossier leaves something out:\n%s", full)
	}
}
