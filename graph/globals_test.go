package graph_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

func TestGizmoClaims(t *testing.T) {
	g := memory(t, plainTrip(), telling("Gazette", "2031", "Ada_Berg visited Altville", "Eva_Lund met Ivo_Hark"))
	object := `.Out("<kg:object>").Unique().All()`
	tests := []struct {
		script string
		want   []string
	}{
		{`claims({from: "Ada Berg", relation: visited})` + object, []string{"ent:Altville", "ent:Norville"}},
		{`claims({from: "Ada Berg", to: "Altville"})` + object, []string{"ent:Altville"}},
		{`claims({to: entity("Ada Berg").Out(visited).ToArray()})` + object, []string{"ent:Altville", "ent:Norville"}},
		{`claims({to: []})` + object, nil},
		{`claims({from: undefined, to: "Altville"})` + object, []string{"ent:Altville"}},
		{`claims({from: "Ada Berg", relation: plover("CONSULT"), status: "occurred"})` + object, []string{"ent:Altville", "ent:Norville"}},
		{`claims({from: "Ada Berg", relation: ["<rel:visited>"]})` + object, []string{"ent:Altville", "ent:Norville"}},
		{`claims({from: "Ada Berg", minConfidence: 1})` + object, nil},
		{`claims({to: "Norville", report: "` + string(plainTrip().Report.ID)[:6] + `"})` + object, []string{"ent:Norville"}},
		{`entity("Ada Berg").Out(plover("consult", "SUPPORT")).All()`, []string{"ent:Altville", "ent:Norville"}},
	}
	for _, tt := range tests {
		same(t, tt.script, ids1(t, g, tt.script), tt.want)
	}
}

func TestGizmoDates(t *testing.T) {
	g := memory(t, plainTrip())
	for script, want := range map[string]any{
		`before("2023-10", "2023-10-18")`:             "maybe",
		`after("2023-11", "2023-10-18")`:              "yes",
		`intersects("2023-10-18/..", 2025)`:           "yes",
		`during("2023-10-18", 2023)`:                  "yes",
		`during(new Date("2023-10-18"), "2023-11")`:   "no",
		`[before(undefined, 2023), before("", null)]`: []any{"maybe", "maybe"},
		`claims({relation: visited}).Save("<kg:date>", "date").TagArray().filter(function (r) { return during(r.date, "2030") == "yes" }).length`: int64(1),
		`claims({relation: visited}).Save("<kg:from>", "from").TagArray().filter(function (r) { return before(r.from, "2030") == "yes" }).length`: int64(0),
	} {
		got := rows(t, g, script)
		list, ok := want.([]any)
		if !ok {
			list = []any{want}
		}
		if len(got) != len(list) {
			t.Errorf("%s = %v, want %v", script, got, want)
			continue
		}
		for i := range list {
			same(t, script, got[i], graph.Row{"id": list[i]})
		}
	}
}

// TestGizmoFunctions gives a script functions and variables in Go.
func TestGizmoFunctions(t *testing.T) {
	r := plainTrip()
	g := memory(t, r)
	var seen []any
	o := graph.GizmoOptions{
		Functions: map[string]graph.Function{
			"note": func(_ context.Context, args []any) (any, error) {
				seen = args
				return map[string]any{"who": graph.Node{IRI: "ent:Ada_Berg"}, "list": []any{1, nil, 2.5, "x", true}}, nil
			},
			"first":  func(context.Context, []any) (any, error) { return []entente.ClaimID{r.Claims[0].ID, "gone"}, nil },
			"none":   func(context.Context, []any) (any, error) { return []entente.ClaimID{}, nil },
			"fail":   func(context.Context, []any) (any, error) { return nil, errors.New("no luck") },
			"lost":   func(context.Context, []any) (any, error) { return nil, &graph.UnknownNameError{Name: "X"} },
			"wrong":  func(context.Context, []any) (any, error) { return make(chan int), nil },
			"burst":  func(context.Context, []any) (any, error) { panic("burst") },
			"wait":   func(ctx context.Context, _ []any) (any, error) { <-ctx.Done(); return nil, ctx.Err() },
			"claims": func(context.Context, []any) (any, error) { return "mine", nil },
		},
		Variables: map[string]any{"where": graph.Node{IRI: "ent:Norville"}, "year": int64(2030), "list": []any{"a"}},
		Timeout:   time.Second,
	}
	run := func(script string) (list []graph.Row, err error) {
		for row, e := range g.Gizmo(ctx, script, o) {
			if err = e; err == nil {
				list = append(list, row)
			}
		}
		return list, err
	}
	ada := graph.Node{IRI: "ent:Ada_Berg", Name: "Ada Berg"}
	norville := graph.Node{IRI: "ent:Norville", Name: "Norville"}
	for script, want := range map[string][]graph.Row{
		`note(1, 2.5, "x", null, visited, [true, {a: met}])`: {{"who": ada, "list": []any{int64(1), nil, 2.5, "x", true}}},
		`g.V(note().who).All()`:                              {{"id": ada}},
		`first().Out("<kg:subject>").All()`:                  {{"id": ada}},
		`none().All()`:                                       nil,
		`claims()`:                                           {{"id": "mine"}},
		`g.V(where).All()`:                                   {{"id": norville}},
		`year + list[0]`:                                     {{"id": "2030a"}},
		`try { fail() } catch (e) { "caught " + e.message }`: {{"id": "caught no luck"}},
	} {
		got, err := run(script)
		if err != nil {
			t.Errorf("%s: %v", script, err)
		}
		same(t, script, got, want)
	}
	run(`note(1, 2.5, "x", undefined, visited, [true, {a: met}])`)
	visited, met := graph.Node{IRI: "rel:visited", Name: "visited"}, graph.Node{IRI: "rel:met", Name: "met"}
	same(t, "arguments", seen, []any{int64(1), 2.5, "x", nil, visited, []any{true, map[string]any{"a": met}}})
	for script, want := range map[string]string{
		`fail()`:                       "line 1, column 5: no luck",
		`lost()`:                       `unknown name "X"`,
		`wrong()`:                      "a chan int is not a value of a script",
		`burst()`:                      "cannot run this script: burst",
		`wait()`:                       "ran out of time",
		`note(entity("Ada Berg"))`:     "argument 1: a path is not a value",
		`note(function () {})`:         "is not a value",
		`var a = {}; a.a = a; note(a)`: "levels deep",
	} {
		if _, err := run(script); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", script, err, want)
		}
	}
	o.Variables = map[string]any{"bad": struct{}{}}
	if _, err := run(`1`); err == nil || !strings.Contains(err.Error(), "variable bad") {
		t.Errorf("a variable that is no value: %v", err)
	}
}

func TestNewQuery(t *testing.T) {
	g := memory(t, plainTrip())
	q, err := g.NewQuery(ctx, map[string]any{
		"from": "ada berg", "to": []any{"Norville"}, "relation": []any{graph.Node{IRI: "rel:visited"}, "met"}, "since": int64(2030), "status": "occurred", "limit": int64(3),
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "query", q.String(), "subject:Ada_Berg object:Norville relation:visited,met status:occurred since:2030 limit:3")
}
