package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

func TestNamesBeginning(t *testing.T) {
	g := memory(t, people(), telling("Post", "2032", "Сергей_Лавров visited 김여정", "Ada_Berg rejected Joint_Comprehensive_Plan_of_Action"))
	tests := []struct{ start, want string }{
		{"Serg", "Sergey Alexeev"},
		{"serg", "Sergey Alexeev"},
		{"SERG", "Sergey Alexeev"},
		{"sergey al", "Sergey Alexeev"},
		{"old", "Old Serge"},
		{"kim", "Kim Bo Ra, Kim Ha Neul"},
		{"Kim B", "Kim Bo Ra"},
		{"Kim_B", "Kim_Bo_Ra"},
		{"kim_b", "Kim_Bo_Ra"},
		{"сер", "Сергей Лавров"},
		{"김", "김여정"},
		{"Ha", ""}, // Hark is local to a report
		{"joint c", "Joint Comprehensive Plan of Action"},
		{"Of", ""}, // a title
		{"xq", ""},
		{"%", ""},
		{strings.Repeat("a", 60), ""},
	}
	for _, tt := range tests {
		got, err := g.NamesBeginning(ctx, tt.start, 10)
		if err != nil || strings.Join(got, ", ") != tt.want {
			t.Errorf("NamesBeginning(%q) = %q, %v, want %s", tt.start, got, err, tt.want)
		}
	}
	if got, err := g.NamesBeginning(ctx, "", 3); err != nil || len(got) != 3 {
		t.Errorf("NamesBeginning of nothing, at most 3 = %q, %v", got, err)
	}
}

func TestPublishersBeginning(t *testing.T) {
	g := memory(t, telling("Wire", "2031", "A met B"), telling("Wire", "2032", "A met B"), telling("Écho", "2031", "A met B"), telling("Weekly", "2031", "A met B"))
	for start, want := range map[string]string{"": "Weekly, Wire, Écho", "w": "Weekly, Wire", "WI": "Wire", "é": "Écho", "x": ""} {
		got, err := g.PublishersBeginning(ctx, start, 10)
		if err != nil || strings.Join(got, ", ") != want {
			t.Errorf("PublishersBeginning(%q) = %q, %v, want %s", start, got, err, want)
		}
	}
	if got, err := openMemory(t).PublishersBeginning(ctx, "", 10); err != nil || len(got) > 0 {
		t.Errorf("PublishersBeginning of an empty graph = %q, %v", got, err)
	}
}

// TestIDsBeginning holds the IDs that a beginning finds against all of them.
func TestIDsBeginning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := openMemory(t)
		defer g.Close()
		var lines []string
		for i := range rapid.IntRange(1, 40).Draw(t, "claims") {
			lines = append(lines, "A"+string(rune('a'+i%26))+" met B"+string(rune('a'+i/26)))
		}
		add(t, g, telling("Wire", "2031", lines...))
		var all []entente.ClaimID
		for r, err := range g.Claims(ctx, graph.Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r.ID)
		}
		slices.Sort(all)
		start := rapid.StringMatching(`[a-z2-7]{0,2}`).Draw(t, "start")
		want := slices.DeleteFunc(slices.Clone(all), func(id entente.ClaimID) bool { return !strings.HasPrefix(string(id), start) })
		got, err := g.ClaimsBeginning(ctx, start, 100)
		if err != nil || len(got)+len(want) > 0 && !cmp.Equal(got, want) {
			t.Fatalf("ClaimsBeginning(%q) = %v, %v, want %v", start, got, err, want)
		}
		if got, _ := g.ClaimsBeginning(ctx, start, 2); len(got) != min(2, len(want)) {
			t.Fatalf("ClaimsBeginning(%q), at most 2 = %v", start, got)
		}
		if reports, err := g.ReportsBeginning(ctx, "", 10); err != nil || len(reports) != 1 {
			t.Fatalf("ReportsBeginning = %v, %v", reports, err)
		}
	})
}

func TestUnfinished(t *testing.T) {
	for script, want := range map[string]bool{
		"g.V(": true, "g.V().": true, "[1, {a:": true, "`a": true, "/* a": true, "var x =": true, "function f() {": true,
		"": false, "g.V().All()": false, "g.V())": false, "'a": false, "a b": false, "f(/\\(/)": false, strings.Repeat("[", 1<<17): false,
	} {
		if got := graph.Unfinished(script); got != want {
			t.Errorf("Unfinished(%.20q) = %v, want %v", script, got, want)
		}
	}
}

func TestSchemaListed(t *testing.T) {
	shapes := graph.Schema()
	i := slices.IndexFunc(shapes, func(s graph.Shape) bool { return s.Predicate == "kg:place" })
	if i < 0 || shapes[i].Subject != "claim:" || shapes[i].Object != "ent:" || shapes[i].Label != "report:" || shapes[i].Why == "" {
		t.Errorf("Schema() has no kg:place as it is: %+v", shapes)
	}
}
