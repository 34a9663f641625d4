package graph_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// rows runs a script and wants no error.
func rows(t *testing.T, g *graph.Graph, script string) []graph.Row {
	t.Helper()
	var list []graph.Row
	for row, err := range g.Gizmo(ctx, script, graph.GizmoOptions{}) {
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		list = append(list, row)
	}
	return list
}

// ids1 returns the IRIs under "id" of a script's rows, sorted.
func ids1(t *testing.T, g *graph.Graph, script string) []string {
	t.Helper()
	var iris []string
	for _, row := range rows(t, g, script) {
		n, _ := row["id"].(graph.Node)
		iris = append(iris, n.IRI)
	}
	slices.Sort(iris)
	return iris
}

func TestGizmo(t *testing.T) {
	r := plainTrip()
	g := memory(t, r, telling("Gazette", "2031", "Ada_Berg visited Altville", "Eva_Lund met Ivo_Hark"))
	report := `"<report:` + string(r.Report.ID) + `>"`
	tests := []struct {
		script string
		want   []string
	}{
		{`entity("Ada Berg").Out(visited).All()`, []string{"ent:Altville", "ent:Norville"}},
		{`entity("ada berg").out(visited).all()`, []string{"ent:Altville", "ent:Norville"}},
		{`entity("Ada Berg", "Eva Lund").Out([visited, met]).All()`, []string{"ent:Altville", "ent:Ivo_Hark", "ent:Norville"}},
		{`entity("Ada Berg").Out(met).All()`, nil}, // it is only planned
		{`entity("Ada Berg").LabelContext(` + report + `).Out(visited).All()`, []string{"ent:Norville"}},
		{`g.V("<ent:Norville>").In(visited).All()`, []string{"ent:Ada_Berg"}},
		{`g.V("<ent:Norville>", "<ent:Altville>").Except(g.V("<ent:Altville>")).All()`, []string{"ent:Norville"}},
		{`g.V("<a>").except(g.V("<b>")).all()`, nil},
		{`g.V("<ent:Norville>").except(g.V("<b>")).all()`, []string{"ent:Norville"}},
		{`g.V("<ent:Norville>").except(g.V("<b>").and(g.V("<c>"))).all()`, []string{"ent:Norville"}},
		{`g.V("<ent:Norville>").except(g.V().out("<b>")).all()`, []string{"ent:Norville"}},
		{`g.V("<nothing>").all()`, nil},
		{`g.V("<entente:start>").ToArray()`, nil},
		{`entity("Ada Berg").FollowRecursive(g.M().Out(visited)).All()`, []string{"ent:Altville", "ent:Norville"}},
		{`g.V().Has("<kg:status>", "planned").Out("<kg:object>").All()`, []string{"ent:Ivo_Hark"}},
		{`claims({either: "Ada Berg", relation: visited, since: "2030", until: 2031}).Out("<kg:object>").All()`, []string{"ent:Norville"}},
		{`claims({between: ["Ada Berg", "Ivo Hark"], status: ["planned"], limit: 1}).Out("<kg:relation>").All()`, []string{"rel:met"}},
		{`claims({subject: "Ada Berg", report: ` + strings.Trim(`"`+string(r.Report.ID)+`"`, " ") + `, object: "Norville"}).Out("<kg:object>").All()`, []string{"ent:Norville"}},
		{`claims({relation: "attacked"}).All()`, nil},
		{`claims().Out("<kg:subject>").Unique().All()`, []string{"ent:Ada_Berg", "ent:Eva_Lund", "ent:Ivo_Hark", "ent:Northland"}},
		{`g.V("<ent:Norville>").ToArray()`, []string{"ent:Norville"}},
		{`entity("Ada Berg").Out(visited).ForEach(function (d) { g.Emit(d) })`, []string{"ent:Altville", "ent:Norville"}},
		{``, nil},
		{`var unused = 3`, nil},
	}
	for _, tt := range tests {
		if got := ids1(t, g, tt.script); !slices.Equal(got, tt.want) {
			t.Errorf("%s = %v, want %v", tt.script, got, tt.want)
		}
	}
}

func TestGizmoValues(t *testing.T) {
	g := memory(t, plainTrip())
	day := time.Date(2030, 10, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		script string
		want   graph.Row
	}{
		{`entity("Ada Berg").Out(visited).Count()`, graph.Row{"id": int64(1)}},
		{`g.V("<nothing>").Count()`, graph.Row{"id": int64(0)}},
		{`g.V("<ent:Norville>", "<ent:Ada_Berg>").And(g.V("<ent:Ada_Berg>", "<ent:Ivo_Hark>")).Count()`, graph.Row{"id": int64(1)}},
		{`g.V("<ent:Norville>", "<ent:Norville>").Or(g.V("<ent:Ada_Berg>")).Unique().Count()`, graph.Row{"id": int64(2)}},
		{`g.V().Has("<kg:status>").order().count()`, graph.Row{"id": int64(4)}},
		{`1 + 1`, graph.Row{"id": int64(2)}},
		{`g.Emit({a: 1.5, b: ["<ent:Norville>", true, null]})`,
			graph.Row{"a": 1.5, "b": []any{graph.Node{IRI: "ent:Norville", Name: "Norville"}, true, nil}}},
		{`entity("Ada Berg").In("<kg:subject>").Has("<kg:relation>", visited).Save("<kg:from>", "from").Save("<kg:date>", "date").Save("<kg:start>", "start").Out("<kg:object>").All()`,
			graph.Row{"id": graph.Node{IRI: "ent:Norville", Name: "Norville"}, "from": day, "date": "2030-10", "start": int64(0)}},
		{`g.V().Has("<kg:publisher>", "Wire").All()`, graph.Row{"id": graph.Node{IRI: "report:" + string(plainTrip().Report.ID), Name: "Of Wire"}}},
		{`g.V("<nothing>").ToArray(); visited`, graph.Row{"id": graph.Node{IRI: "rel:visited", Name: "visited"}}},
	}
	for _, tt := range tests {
		got := rows(t, g, tt.script)
		if len(got) != 1 {
			t.Errorf("%s = %v, want one row", tt.script, got)
			continue
		}
		same(t, tt.script, got[0], tt.want)
	}
}

func TestGizmoErrors(t *testing.T) {
	g := memory(t, plainTrip(), telling("Gazette", "2031", "Ivo_Berg met Ivo_Hark"))
	tests := []struct {
		script string
		want   string
	}{
		{`g.V(`, "line 1, column 5: Unexpected end of input"},
		{"var a = 1;\nlet a = 2", "line 2"},
		{"\n  nothing()", "line 2, column 10: ReferenceError: nothing is not defined"},
		{`g.V().outt(visited).all()`, "line 1, column 11: TypeError: Object has no member 'outt'"},
		{`throw new Error("mine")`, "line 1, column 7: Error: mine"},
		{`throw 3`, "line 1, column 1: 3"},
		{`(function f() { f() })()`, "functions call each other too deep"},
		{`entity("Ada Berg")`, "end it with .All()"},
		{`entity()`, "entity wants a name"},
		{`entity(3)`, "3 is not a text"},
		{`entity("Ada Bergh")`, `unknown name "Ada Bergh"; did you mean Ada Berg`},
		{`entity("Berg")`, `"Berg" may be any of: Ada Berg, Ivo Berg`},
		{`entity(entity("Ada Berg"))`, "a path is not a value; .ToArray() gives the nodes"},
		{`var a = []; a.push(a); entity(a)`, "levels deep"},
		{`claims({colour: "red"})`, `colour: unknown key "colour"`},
		{`claims({from: "Ada Berg", subject: "Ada Berg"})`, "from and subject are one"},
		{`claims({since: ["2030", "2031"]})`, "since: wants one value"},
		{`claims({report: "zz"})`, `report "zz": not found`},
		{`before("2030")`, "before wants two dates"},
		{`during("2030", "in May")`, `during: date "in May"`},
		{`after(1.5, 2030)`, "a float64 is not a date"},
		{`plover("TALK")`, "unknown type \"TALK\"; types: [CONSULT"},
		{`claims({since: "yesterday"})`, "since"},
		{`claims({between: "Ada Berg"})`, "between wants [A, B]"},
		{`claims(3)`, "claims wants an object"},
		{`g.V(null).all()`, "not a quad.Value"},
		{`g.V().out(visited, {}).all()`, "cannot run this script"},
		{`g = 3; entity("Ada Berg")`, "g is not the graph any more"},
		{`"x".repeat(1e10)`, "repeat would take too much memory"},
		{`"x".padEnd(1e10)`, "padEnd would take too much memory"},
		{`new Array(4294967295).join("xx")`, "join would take too much memory"},
		{`new Array(1e9).fill(0)`, "fill would take too much memory"},
		{`new ArrayBuffer(1e10)`, "ArrayBuffer is not defined"},
		{`var a = {}; a.a = a; a`, "levels deep"},
		{`JSON.parse("[".repeat(1e7))`, "parse would take too much memory"},
		{`eval("1")`, "eval is not defined"},
		{`(function () {}).constructor("return 1")`, "TypeError"},
		{`(async function () {}).constructor("return 1")`, "TypeError"},
		{`new RegExp("(".repeat(1e6))`, "SyntaxError: "},
		{strings.Repeat("[", 60_000), "Unexpected end of input"},
		{strings.Repeat("-", 60_000) + "1", "Invalid"},
		{strings.Repeat("(", 30_000) + "1" + strings.Repeat(")", 30_000) + ";throw 3", "3"},
		{strings.Repeat(" ", 70_000), "longer than 65536 bytes"},
		{`while (true) {}`, "ran out of time, 300ms"},
		{`for (;;) g.V().Count()`, "ran out of time"},
		{`var a = []; for (;;) a.push("some text of some length " + a.length)`, "took too much memory, more than 32 MiB"},
		{`var s = "x"; for (;;) s += s`, "took too much memory"},
	}
	before := dump(t, g)
	for _, tt := range tests {
		var got error
		timeout := time.Minute
		if strings.Contains(tt.want, "time") {
			timeout = 300 * time.Millisecond
		}
		begin := time.Now()
		for _, err := range g.Gizmo(ctx, tt.script, graph.GizmoOptions{Timeout: timeout, MaxMemory: 32 << 20}) {
			got = err
		}
		if got == nil || !strings.Contains(got.Error(), tt.want) {
			t.Errorf("%.80s: %v, want an error with %q", tt.script, got, tt.want)
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%s took %v", tt.script, took)
		}
		runtime.GC()
	}
	same(t, "graph after scripts", dump(t, g), before)
}

func TestGizmoErrorTypes(t *testing.T) {
	g := memory(t, plainTrip(), telling("Gazette", "2031", "Ivo_Berg met Ivo_Hark"))
	first := func(c context.Context, script string, o graph.GizmoOptions) error {
		var last error
		for _, err := range g.Gizmo(c, script, o) {
			last = err
		}
		return last
	}
	var unknown *graph.UnknownNameError
	if err := first(ctx, `entity("Ada Bergh")`, graph.GizmoOptions{}); !errors.As(err, &unknown) || unknown.Nearest[0].ID != "Ada_Berg" {
		t.Errorf("unknown name: %v", err)
	}
	var ambiguous *graph.AmbiguousError
	if err := first(ctx, `entity("Berg")`, graph.GizmoOptions{}); !errors.As(err, &ambiguous) || len(ambiguous.Candidates) != 2 {
		t.Errorf("ambiguous name: %v", err)
	}
	var script *graph.ScriptError
	if err := first(ctx, "\ng.V(", graph.GizmoOptions{}); !errors.As(err, &script) || script.Line != 2 || script.Column != 5 {
		t.Errorf("wrong script: %v", err)
	}
	if err := first(ctx, "for(;;){}", graph.GizmoOptions{Timeout: time.Millisecond}); !errors.Is(err, graph.ErrTimeout) {
		t.Errorf("timeout: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := first(cancelled, "for(;;){}", graph.GizmoOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestGizmoLimit(t *testing.T) {
	g := memory(t, plainTrip())
	for _, script := range []string{`g.V().All()`, `g.V().GetLimit(1000)`, `g.V().All(); g.V().All()`, `g.V().ToArray()`, `for (var i = 0; ; i++) g.Emit(i)`} {
		n, truncated := 0, false
		for _, err := range g.Gizmo(ctx, script, graph.GizmoOptions{Limit: 5}) {
			if err == nil {
				n++
			}
			truncated = errors.Is(err, graph.ErrTruncated)
		}
		if n != 5 || !truncated {
			t.Errorf("%s: %d rows, truncated %v, want 5, true", script, n, truncated)
		}
	}
	if n := len(rows(t, g, `g.V("<ent:Norville>").GetLimit(1)`)); n != 1 {
		t.Errorf("GetLimit(1) gives %d rows", n)
	}
	for range g.Gizmo(ctx, `for (;;) g.Emit(1)`, graph.GizmoOptions{}) {
		break // leaving the loop ends the script
	}
}

// TestGizmoAgain wants a script to leave nothing behind for the next.
func TestGizmoAgain(t *testing.T) {
	g := memory(t, plainTrip())
	rows(t, g, `visited = "gone"; entity = 3; String.prototype.repeat = 3`)
	same(t, "next script", ids1(t, g, `entity("Ada Berg").Out(visited).All()`), []string{"ent:Norville"})
	before := runtime.NumGoroutine()
	for range 50 {
		rows(t, g, `entity("Ada Berg").Out(visited).All()`)
	}
	time.Sleep(50 * time.Millisecond)
	if after := runtime.NumGoroutine(); after > before+5 {
		t.Errorf("%d goroutines, %d before 50 scripts", after, before)
	}
}

func FuzzGizmo(f *testing.F) {
	for _, s := range []string{
		`g.V("<a>").except(g.V("<b>")).all()`, `entity("Ada Berg").Out(visited).All()`, `g.V().has("<kg:status>","planned").order().count()`,
		`g.V().followRecursive(g.M().both(met)).tag("x").back("x").all()`, `claims({either:"Berg"}).save("<kg:date>","d").all()`, `g.V().limit(1).skip(2).unique().labels().all()`,
		`claims({from:entity("Ada Berg").out(met).toArray(),minConfidence:0.5}).all()`, `before(2030,"2030-10/..")+during(new Date(0),null)+plover("consult")`,
		`echo([{a:[visited,null,1.5,true]}])`, `var a=[];a.push(a);entity(a)`, `var a={};a.from=a;claims(a)`, `some().save("<kg:date>","d").tagArray().filter(function(r){return after(r.d,given)})`,
	} {
		f.Add(s)
	}
	g := openMemory(f)
	r := trip()
	r.Claims = r.Claims[:4]
	if _, err := g.Add(ctx, r); err != nil {
		f.Fatal(err)
	}
	o := graph.GizmoOptions{
		Timeout: 200 * time.Millisecond, MaxMemory: 256 << 20, Limit: 100,
		Functions: map[string]graph.Function{
			"echo": func(_ context.Context, args []any) (any, error) { return args, nil },
			"some": func(context.Context, []any) (any, error) { return []entente.ClaimID{r.Claims[0].ID, "gone"}, nil },
		},
		Variables: map[string]any{"given": "2030-10"},
	}
	f.Fuzz(func(t *testing.T, script string) {
		for range g.Gizmo(ctx, script, o) {
		}
	})
}
