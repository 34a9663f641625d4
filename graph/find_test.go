package graph_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// people is a report on people whose names test Find.
func people() entente.Reading {
	r := telling("Wire", "2031",
		"Sergey_Alexeev met Kim_Ha_Neul", "Kim_Bo_Ra met José_Ñandú", "Łukasz_Żak met Hark~local", "Ivo_Hark signed The_Amity_Pact")
	r.Entities[slices.IndexFunc(r.Entities, func(e entente.Entity) bool { return e.ID == "Sergey_Alexeev" })].Aliases = []string{"Old Serge"}
	r.Entities[slices.IndexFunc(r.Entities, func(e entente.Entity) bool { return e.ID == "Hark~local" })].Name = "Hark"
	return r
}

func TestFind(t *testing.T) {
	g := memory(t, people())
	tests := []struct {
		name string
		want string // IDs
	}{
		{"Russia", "Russia"},
		{"  russia ", "Russia"},
		{"RUS", "Russia"},
		{"rus", "Russia"},
		{"RU", "Russia"},
		{"Q159", "Russia"},
		{"ent:Russia", "Russia"},
		{"<ent:Russia>", "Russia"},
		{"DPRK", "North_Korea"},
		{"north-korea", "North_Korea"},
		{"Côte d’Ivoire", "Ivory_Coast"},
		{"COTE D'IVOIRE", "Ivory_Coast"},
		{"Luxembourg", "Luxembourg"}, // the city lies in it
		{"U.N.", "United_Nations"},
		{"Pyongyang", "Pyongyang"},
		{"Congo", "Democratic_Republic_of_the_Congo Republic_of_the_Congo"},

		{"Sergey_Alexeev", "Sergey_Alexeev"},
		{"sergey alexeev", "Sergey_Alexeev"},
		{"Sergei Alekseev", "Sergey_Alexeev"},
		{"old serge", "Sergey_Alexeev"},
		{"Alexeev", "Sergey_Alexeev"},
		{"Alekseev", "Sergey_Alexeev"},
		{"Jose Nandu", "José_Ñandú"},
		{"LUKASZ ZAK", "Łukasz_Żak"},
		{"Kim Ha-neul", "Kim_Ha_Neul"},
		{"Kim Haneul", "Kim_Ha_Neul"},
		{"Kim", "Kim_Bo_Ra Kim_Ha_Neul"},
		{"neul kim", "Kim_Ha_Neul"},
		{"Hark", "Ivo_Hark"}, // not the one known in one report only
		{"Hark~local", "Hark~local"},
		{"the amity pact", "The_Amity_Pact"},
		{"amity", "The_Amity_Pact"},
	}
	for _, tt := range tests {
		found, err := g.Find(ctx, tt.name)
		var got []string
		for _, e := range found {
			got = append(got, string(e.ID))
		}
		slices.Sort(got)
		if err != nil || strings.Join(got, " ") != tt.want {
			t.Errorf("Find(%q) = %v, %v, want %s", tt.name, got, err, tt.want)
		}
	}
}

func TestFindNearest(t *testing.T) {
	g := memory(t, people())
	tests := []struct{ name, nearest string }{
		{"Segrey Alexeev", "Sergey_Alexeev"},
		{"Alexev", "Sergey_Alexeev"},
		{"Norht Korea", "North_Korea"},
		{"Pyogyang", "Pyongyang"},
		{"Ivo Harck", "Ivo_Hark"},
	}
	for _, tt := range tests {
		found, err := g.Find(ctx, tt.name)
		var unknown *graph.UnknownNameError
		switch {
		case err == nil && len(found) == 1 && found[0].ID == entente.EntityID(tt.nearest):
			// another spelling of it
		case !errors.As(err, &unknown) || len(unknown.Nearest) == 0 || unknown.Nearest[0].ID != entente.EntityID(tt.nearest):
			t.Errorf("Find(%q) = %v, %v, want an error with %s as the nearest", tt.name, found, err, tt.nearest)
		case !strings.Contains(err.Error(), "did you mean"):
			t.Errorf("Find(%q) = %v, want an offer", tt.name, err)
		}
	}
	for _, name := range []string{"", " ", "xqztv", "\xff", "中"} {
		var unknown *graph.UnknownNameError
		if _, err := g.Find(ctx, name); !errors.As(err, &unknown) || len(unknown.Nearest) > 0 {
			t.Errorf("Find(%q) = %v, want an unknown name like no other", name, err)
		}
	}
}

func TestFindOne(t *testing.T) {
	g := memory(t, people())
	if e, err := g.FindOne(ctx, "Alexeev"); err != nil || e.ID != "Sergey_Alexeev" {
		t.Errorf("FindOne = %v, %v", e, err)
	}
	var ambiguous *graph.AmbiguousError
	if _, err := g.FindOne(ctx, "Kim"); !errors.As(err, &ambiguous) || !strings.Contains(err.Error(), "may be any of: Kim") {
		t.Errorf("FindOne of an ambiguous name = %v", err)
	}
}

// TestFindFollowsChanges wants names to come and go with their reports.
func TestFindFollowsChanges(t *testing.T) {
	g := memory(t)
	if _, err := g.Find(ctx, "Alexeev"); err == nil {
		t.Error("a name is found before its report")
	}
	r := people()
	add(t, g, r)
	if _, err := g.Find(ctx, "Alexeev"); err != nil {
		t.Errorf("after adding: %v", err)
	}
	if err := g.Remove(ctx, r.Report.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Find(ctx, "Alexeev"); err == nil {
		t.Error("a name is found after its report")
	}
}

func TestEntityOfGazetteer(t *testing.T) {
	g := memory(t)
	e, err := g.Entity(ctx, "Russia")
	if err != nil || e.Kind != entente.State || e.State != "RUS" || e.Wikidata != "Q159" || len(e.Aliases) == 0 {
		t.Errorf("Entity(Russia) = %+v, %v", e, err)
	}
	if _, err := g.Entity(ctx, "Nowhere"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Entity(Nowhere) = %v, want ErrNotFound", err)
	}
	if n := len(collect(t, g.Entities(ctx))); n != 0 {
		t.Errorf("an empty graph lists %d entities", n)
	}
}

func TestOfState(t *testing.T) {
	r := telling("Wire", "2031", "Ada_Berg met Ivo_Hark", "Eva_Lund met Ada_Berg")
	for i := range r.Entities {
		if r.Entities[i].ID != "Eva_Lund" {
			r.Entities[i].State = "NLD"
		}
	}
	g := memory(t, r)
	list := func() (ids []entente.EntityID) {
		for _, e := range collect(t, g.OfState(ctx, "NLD")) {
			ids = append(ids, e.ID)
		}
		return ids
	}
	same(t, "of the state", list(), []entente.EntityID{"Ada_Berg", "Ivo_Hark"})
	if err := g.Merge(ctx, "Ada_Berg", "Ivo_Hark"); err != nil {
		t.Fatal(err)
	}
	same(t, "after a merge", len(list()), 1)
	same(t, "of no state", collect(t, g.OfState(ctx, "XXX")), []entente.Entity(nil))
}
