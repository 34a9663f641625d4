package queries

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// TestDossier files each claim about an entity in one list.
func TestDossier(t *testing.T) {
	s, err := readStory("testdata/dossier.story")
	if err != nil {
		t.Fatal(err)
	}
	ctx, g := context.Background(), graphWith(t, s.readings...)
	d, err := NewDossier(ctx, g, "Ann")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []struct {
		name   string
		groups []Group
		want   []string
	}{
		{"offices", d.Offices, []string{"Ann holds_office Foreign_Minister_of_Norway 2023 occurred 2×"}},
		{"counterparts", d.Counterparts, []string{"Ann counterpart_of Bob - occurred 1×"}},
		{"trips", d.Trips, []string{"Ann visited Stockholm 2024-05 planned 1×"}},
		{"agreements", papersClaims(d.Agreements), []string{"Ann signed Fish_Treaty 2022 occurred 1×"}},
		{"accused by", d.AccusedBy, []string{"Bob accused Ann 2024 denied 1×"}},
		{"accused", d.Accused, nil},
		{"other", d.Other, []string{"Ann invited Bob 2021 occurred 1×"}},
	} {
		if got := groupLines(list.groups); !slices.Equal(got, list.want) {
			t.Errorf("%s = %q, want %q", list.name, got, list.want)
		}
	}
	if len(d.Meetings) != 2 || d.Meetings[0].Actor.ID != "Bob" || len(d.Meetings[0].Claims) != 2 || d.Meetings[1].Actor.ID != "Cid" {
		t.Errorf("meetings = %v, want two with Bob, then one with Cid", d.Meetings)
	}
	if len(d.Reports) != 2 || d.Reports[0].Published.EDTF != "2024-01-01" || d.Reports[0].Text != "" {
		t.Errorf("reports = %v, want two in order of day, without their texts", d.Reports)
	}
	state, err := NewDossier(ctx, g, "Norway")
	if err != nil {
		t.Fatal(err)
	}
	if len(state.Officials) != 1 || state.Officials[0].ID != "Ann" || len(state.Offices) != 1 {
		t.Errorf("officials of Norway = %v, offices %v, want Ann and hers", state.Officials, state.Offices)
	}
}

// TestDossierOfState: on random graphs a state's ties are what Between answers of
// it and each partner, nobody that it has to do with is left out, and every claim
// about the state itself is in one list, once.
func TestDossierOfState(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		g, err := graph.OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer g.Close()
		own := map[entente.ClaimID]int{}
		for _, r := range genReadings("signed", "ratified").Draw(t, "readings") {
			if _, err := g.Add(ctx, r); err != nil {
				t.Fatal(err)
			}
			for _, c := range r.Records() {
				if c.Subject.ID == "Norway" || c.Object.ID == "Norway" {
					own[c.ID] = 0
				}
			}
		}
		d, err := NewDossier(ctx, g, "Norway")
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range filedIn(d) {
			for _, r := range group.Records() {
				if n, ok := own[r.ID]; ok {
					own[r.ID] = n + 1
				}
			}
		}
		for id, n := range own {
			if n != 1 {
				t.Fatalf("claim %s is in %d lists, want 1", id, n)
			}
		}
		ties := map[entente.EntityID]Tie{}
		for _, tie := range d.Partners {
			ties[tie.Partner.ID] = tie
		}
		for _, id := range []entente.EntityID{"Sweden", "League"} {
			between, err := Between(ctx, g, []entente.EntityID{"Norway"}, []entente.EntityID{id}, Question{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(between, ties[id].Claims); len(between) > 0 && diff != "" || len(ties[id].Claims) != len(between) {
				t.Fatalf("Norway and %s (- between, + tie):\n%s", id, diff)
			}
			delete(ties, id)
		}
		if len(ties) > 0 {
			t.Fatalf("partners nobody knows of: %v", ties)
		}
	})
}

// filedIn returns the claims of all lists.
func filedIn(d Dossier) []Group {
	filed := slices.Concat(d.Offices, d.Represents, d.Counterparts, d.Trips, d.Visitors, d.Here, papersClaims(d.Agreements), papersClaims(d.Parties), d.Accused, d.AccusedBy, d.Other)
	for _, m := range d.Meetings {
		filed = append(filed, m.Claims...)
	}
	return filed
}

func papersClaims(papers []Paper) (groups []Group) {
	for _, p := range papers {
		groups = append(groups, p.Claims()...)
	}
	return groups
}

// TestEvidence shows who else says so.
func TestEvidence(t *testing.T) {
	s, err := readStory("testdata/dossier.story")
	if err != nil {
		t.Fatal(err)
	}
	ctx, g := context.Background(), graphWith(t, s.readings...)
	office := s.readings[0].Claims[0]
	e, err := NewEvidence(ctx, g, string(office.ID))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Ann holds_office Foreign_Minister_of_Norway 2023 (r1)."; e.Claim.Text != want || e.Before != "" {
		t.Errorf("evidence %q behind %q, want %q", e.Claim.Text, e.Before, want)
	}
	if want := "Ann visited Stockholm 2024-05 planned (r1)."; e.After != want {
		t.Errorf("after the sentence: %q, want %q", e.After, want)
	}
	if len(e.Others) != 1 || e.Others[0].Report != s.readings[1].Report.ID || e.Told != 2 || e.Report.Publisher != "Wire" {
		t.Errorf("told %d times, else in %v, by %s; want twice, the other time in the second report, by Wire", e.Told, e.Others, e.Report.Publisher)
	}
	if _, err := NewEvidence(ctx, g, "nosuchclaim"); err == nil {
		t.Error("evidence of a claim that is not there gave no error")
	}
	if _, err := NewDossier(ctx, g, entente.EntityID("Nobody_at_all")); err == nil {
		t.Error("dossier of an entity that is not there gave no error")
	}
}

// TestDossierOfAnything: on random graphs every claim about an entity is in one
// list of its dossier, and in its evidence with all who else tell it.
func TestDossierOfAnything(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		g, err := graph.OpenMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer g.Close()
		var about []entente.Record
		id := rapid.SampledFrom([]entente.EntityID{"Ann", "Cid", "Oslo", "Navy_of_Norway"}).Draw(t, "entity")
		for _, r := range genReadings().Draw(t, "readings") {
			if _, err := g.Add(ctx, r); err != nil {
				t.Fatal(err)
			}
			for _, c := range r.Records() {
				if c.Subject.ID == id || c.Object.ID == id {
					about = append(about, c)
				}
			}
		}
		d, err := NewDossier(ctx, g, id)
		if err != nil {
			t.Fatal(err)
		}
		filed := filedIn(d)
		slices.SortFunc(filed, compareGroups)
		groups := GroupRecords(about)
		if diff := cmp.Diff(shapes(groups), shapes(filed)); diff != "" {
			t.Fatalf("dossier of %s (- claims, + filed):\n%s", id, diff)
		}
		for _, group := range groups {
			for _, r := range group.Records() {
				e, err := NewEvidence(ctx, g, string(r.ID))
				if err != nil {
					t.Fatal(err)
				}
				if isGoal(r) { // others may name the state for the city, which a dossier of the city does not have
					continue
				}
				if e.Claim.Text != r.Text || len(e.Others) != len(group.Others) || e.Told != group.Tellings() {
					t.Fatalf("evidence of %s: %q and %d others told %d times, want %q, %d, %d", r.ID, e.Claim.Text, len(e.Others), e.Told, r.Text, len(group.Others), group.Tellings())
				}
			}
		}
	})
}
