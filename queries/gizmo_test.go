package queries

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// storyGraph returns a graph that holds what a story tells.
func storyGraph(t testing.TB, name string) *graph.Graph {
	t.Helper()
	s, err := readStory("testdata/" + name + ".story")
	if err != nil {
		t.Fatal(err)
	}
	return graphWith(t, s.readings...)
}

// scriptRows runs a script and prints its rows, keys in order.
func scriptRows(g *graph.Graph, script string) (lines []string, err error) {
	for row, err := range Gizmo(context.Background(), g, script, graph.GizmoOptions{}) {
		if err != nil {
			return nil, err
		}
		var words []string
		for _, key := range slices.Sorted(maps.Keys(row)) {
			words = append(words, fmt.Sprintf("%s=%v", key, row[key]))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return lines, nil
}

func TestGizmo(t *testing.T) {
	tests := []struct {
		story, script string
		want          []string
	}{
		{"officials", `claims({from: "Russia"}).Out("<kg:object>").All()`, []string{"id=North Korea"}},
		{"officials", `claims({from: "Russia", officials: true, relation: [visited, met]}).Out("<kg:object>").All()`, []string{"id=Pyongyang", "id=Choe Son Hui"}},
		{"officials", `claims({from: "Russia", officials: true, limit: 1}).Out("<kg:object>").All()`, []string{"id=Pyongyang"}},
		{"officials", `claims({from: [], officials: true}).Out("<kg:object>").All()`, nil},
		{"officials", `between("Russia", "North Korea").Out("<kg:subject>").All()`, []string{"id=Sergey Lavrov", "id=Envoy", "id=Russia"}},
		{"officials", `between("Russia", "PRK", {officials: false}).Out("<kg:subject>").All()`, []string{"id=Russia"}},
		{"officials", `between("Russia", "PRK", {since: "2024", relation: met}).Out("<kg:subject>").All()`, []string{"id=Envoy"}},
		{"officials", `between("Norway", "PRK").All()`, nil},
		{"officials", `sentence(claims({from: "Norway"}).ToValue())`, []string{"id=Norway accused Russia 2024-01-10 (r1)."}},
		{"agreements", `between("Armenia", "Turkey").Out("<kg:subject>").All()`, []string{"id=Ilham", "id=Turkey"}},
		{"paths", `path("Dan", "Cid")`, []string{"claim=<claim:?> date=2020 direction=– from=Dan hop=1 relation=met reports=1 sentence=Dan met Cid 2020 (r1). status=occurred to=Cid"}},
		{"paths", `path("Ann", "Bob").map(h => h.direction)`, []string{"id=→", "id=←", "id=→", "id=←"}},
		{"paths", `path("Ann", "Bob", {maxHops: 3}).map(function (h) { return h.status })`, []string{"id=planned"}},
		{"paths", `path("Ann", "Bob", {relation: met, since: 2024})`, nil},
		{"paths", `path("Ann", "Cid", {inOrder: true})`, nil},
		{"paths", `path("Cid", "Ann", {inOrder: true}).map(h => h.order + " " + h.arrival)`, []string{"id=certain 2023-01-01", "id=certain 2023-01-01"}},
		{"paths", `path("Cid", "Bob", {k: 2}).map(h => [h.path, h.hop])`, []string{"id=[1 1]", "id=[1 2]"}},
		{"paths", `path("Cid", "Bob", {through: ["person", "place"]}).length`, []string{"id=3"}},
		{"paths", `path("Norway", "Denmark").length`, []string{"id=3"}},
		{"paths", `path("Norway", "Denmark", {officials: false}).length`, []string{"id=0"}},
		{"paths", `g.V(...path("Ann", "Bob").map(h => h.claim)).Out("<kg:relation>").Unique().All()`, []string{"id=visited", "id=signed"}},
		{"groups", `[claims({relation: met}).Count(), claims({relation: met, events: true}).Count(), between("Russia", "China").Count(), between("Russia", "China", {events: true}).Count()]`,
			[]string{"id=5", "id=3", "id=5", "id=3"}},
	}
	for _, tt := range tests {
		g := storyGraph(t, tt.story)
		got, err := scriptRows(g, tt.script)
		if err != nil {
			t.Errorf("%s: %v", tt.script, err)
			continue
		}
		for i, line := range got {
			got[i] = unnamed(line)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", tt.script, diff)
		}
	}
}

// unnamed hides the claim's ID in a row of path, which a test cannot know.
func unnamed(line string) string {
	words := strings.Split(line, " ")
	for i, word := range words {
		if strings.HasPrefix(word, "claim=") {
			words[i] = "claim=<claim:?>"
		}
	}
	return strings.Join(words, " ")
}

func TestGizmoErrors(t *testing.T) {
	g := storyGraph(t, "officials")
	for script, want := range map[string]string{
		`between("Russia")`:                                  "between wants two names",
		`between("Russia", ["Norway", "PRK"])`:               "argument 2 is not one name",
		`between("Russia", "Norway", {from: "PRK"})`:         "from has no place here",
		`between("Russia", "Norway", 3)`:                     "between wants an object",
		`between("Russia", "Norway", {}, 3)`:                 "4 arguments are too many",
		`between("Russia", "Norway", {officials: "yes"})`:    "officials is true or false",
		`between("Russia", "Norwegia")`:                      `unknown name "Norwegia"; did you mean `,
		`path("Russia", "Norway", {colour: 1})`:              `unknown key "colour"; keys: `,
		`path("Russia", "Norway", {k: 0})`:                   "k is a whole number",
		`path("Russia", "Norway", {maxHops: 1.5})`:           "maxHops is a whole number",
		`path("Russia", "Norway", {through: ["ship"]})`:      `unknown kind "ship"; kinds: [person`,
		`path("Russia", "Norway", {avoid: "Nobody At All"})`: `unknown name "Nobody At All"`,
		`path("Russia", "Norway", {without: "kissed"})`:      "without: ",
		`path("Russia", "Norway", {since: "May"})`:           "since: ",
		`claims({events: 1})`:                                "events is true or false",
		`claims(3)`:                                          "claims wants an object",
		`sentence()`:                                         "sentence wants a claim",
		`sentence("nothing")`:                                "not found",
	} {
		if _, err := scriptRows(g, script); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", script, err, want)
		}
	}
}

// TestPathKeys wants every option of Paths to have its key in a script, and each
// to set its own field and no other.
func TestPathKeys(t *testing.T) {
	g := storyGraph(t, "officials")
	values := map[string]any{
		"maxHops": int64(3), "k": int64(2), "all": true, "inOrder": true, "earliest": true, "relation": "met", "without": []any{"met"},
		"since": "2023", "until": "2024", "avoid": "Russia", "through": []any{"person"}, "officials": false,
	}
	set := map[string]bool{}
	for key, value := range values {
		o, err := newPathOptions(context.Background(), g, fields{key: value})
		if err != nil {
			t.Errorf("%s: %v", key, err)
		}
		var changed []string
		for v, i := reflect.ValueOf(o), 0; i < v.NumField(); i++ {
			if !v.Field(i).IsZero() {
				changed = append(changed, v.Type().Field(i).Name)
				set[v.Type().Field(i).Name] = true
			}
		}
		if len(changed) != 1 {
			t.Errorf("%s sets %v, want one field", key, changed)
		}
	}
	for i, typ := 0, reflect.TypeFor[PathOptions](); i < typ.NumField(); i++ {
		if name := typ.Field(i).Name; !set[name] {
			t.Errorf("no key sets PathOptions.%s", name)
		}
	}
}

// TestGizmoOwn lets a caller's function take the place of one of ours.
func TestGizmoOwn(t *testing.T) {
	g := storyGraph(t, "officials")
	o := graph.GizmoOptions{Functions: map[string]graph.Function{"path": func(context.Context, []any) (any, error) { return "mine", nil }}}
	for row, err := range Gizmo(context.Background(), g, `path()`, o) {
		if err != nil || row["id"] != "mine" {
			t.Errorf("path() = %v, %v", row, err)
		}
	}
	if len(o.Functions) != 1 {
		t.Error("the options were changed")
	}
}

func TestParseSaved(t *testing.T) {
	const script = `
// Whom has somebody met,
// and when?
//
// @param {name} who   The person
// @param {date} [since=2023-10] - From when on
// @param {relation[]} [by=met,hosted]
// @param {number} [most=1.5]
// @author me

entity(who) // @param {text} late
`
	s, err := ParseSaved(script)
	if err != nil {
		t.Fatal(err)
	}
	want := Saved{Script: script, About: "Whom has somebody met, and when?", Params: []Param{
		{Name: "who", Type: NameParam, Means: "The person"},
		{Name: "since", Type: DateParam, Optional: true, Default: []string{"2023-10"}, Means: "From when on"},
		{Name: "by", Type: RelationParam, Many: true, Optional: true, Default: []string{"met", "hosted"}},
		{Name: "most", Type: NumberParam, Optional: true, Default: []string{"1.5"}},
	}}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("(- want, + got):\n%s", diff)
	}
	block, err := ParseSaved("/** A block.\n * @param {text} a  It\n */ g.V()\n// @param {text} b")
	if err != nil || block.About != "A block." || len(block.Params) != 1 {
		t.Errorf("a block gives %+v, %v", block, err)
	}
	for text, want := range map[string]string{
		"// @param who":                            "line 1: ",
		"//\n// @param {colour} who":               `line 2: parameter who: unknown type "colour"; types: [name`,
		"// @param {text} a\n// @param {date} [a]": "line 2: parameter a is there twice",
		"// @param {date} [a=yesterday]":           `parameter a: date "yesterday"`,
		"// @param {text} visited":                 "a script has that name already",
		"// @param {text} g":                       "a script has that name already",
	} {
		if _, err := ParseSaved(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseSaved(%q): %v, want %q", text, err, want)
		}
	}
}

func TestBind(t *testing.T) {
	s, err := ParseSaved("// @param {name} who\n// @param {date} [since=2023]\n// @param {relation[]} [by=met]\n// @param {number} [n]\n// @param {boolean} [b=false]\n// @param {text} [t]")
	if err != nil {
		t.Fatal(err)
	}
	relation := func(r entente.Relation) any { return graph.RelationNode(r) }
	for _, tt := range []struct {
		values map[string][]string
		want   map[string]any
	}{
		{map[string][]string{"who": {"Ann"}},
			map[string]any{"who": "Ann", "since": "2023", "by": []any{relation("met")}, "n": nil, "b": false, "t": nil}},
		{map[string][]string{"who": {`"); g.V().All() //`}, "since": {"2024"}, "by": {"visited", "spoke with"}, "n": {"3"}, "b": {"true"}, "t": {""}},
			map[string]any{"who": `"); g.V().All() //`, "since": "2024", "by": []any{relation("visited"), relation("spoke_with")}, "n": int64(3), "b": true, "t": ""}},
	} {
		got, err := s.Bind(tt.values)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v (- want, + got):\n%s", tt.values, diff)
		}
	}
	who := []string{"Ann"}
	for want, values := range map[string]map[string][]string{
		"parameter who is missing":                nil,
		`no parameter is called "whom"`:           {"whom": who},
		"parameter who takes one value":           {"who": {"a", "b"}},
		"parameter who: the name is empty":        {"who": {" "}},
		`parameter since: date "May"`:             {"who": who, "since": {"May"}},
		`parameter n: "x" is no number`:           {"who": who, "n": {"x"}},
		`parameter b: "yes" is neither true`:      {"who": who, "b": {"yes"}},
		`parameter by: unknown relation "kissed"`: {"who": who, "by": {"kissed"}},
	} {
		if _, err := s.Bind(values); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Bind(%v): %v, want %q", values, err, want)
		}
	}
}

// FuzzSaved wants the head of any script to be read or refused, and what it
// declares to be read back from how it is printed.
func FuzzSaved(f *testing.F) {
	for _, text := range []string{
		"// Who?\n// @param {name} who It\n// @param {date[]} [since=2023,2024-05] - From\nentity(who)", "/* @param {number} [n=1] */", "/**\n * @param {text} a b\n */", "// @param {relation} [r]",
	} {
		f.Add(text, "2023")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		s, err := ParseSaved(text)
		if err != nil {
			return
		}
		values := map[string][]string{}
		for _, p := range s.Params {
			again, err := ParseSaved("// @param " + p.String())
			p.Means = ""
			if err != nil || !reflect.DeepEqual(again.Params, []Param{p}) {
				t.Errorf("%+v prints as %q, which reads as %+v, %v", p, p.String(), again.Params, err)
			}
			values[p.Name] = []string{value}
		}
		variables, err := s.Bind(values)
		if err == nil && len(variables) != len(s.Params) {
			t.Errorf("%d variables of %d parameters", len(variables), len(s.Params))
		}
	})
}

// FuzzGizmo wants a script with any arguments of our functions to end in time,
// with rows or an error.
func FuzzGizmo(f *testing.F) {
	for _, script := range []string{
		`between("Russia", "North Korea", {since: "2023", events: true}).All()`, `path("Ann", "Bob", {k: 3, all: true, avoid: ["Cid"], through: "person"})`,
		`claims({officials: true, from: ["Russia"], status: "denied"}).Count()`, `path(given, [given], {inOrder: true, earliest: true, until: "2024"})`,
		`var a = []; a.push(a); path(a, a, a)`, `sentence(path("Dan", "Cid")[0].claim)`, `between(entity("Russia"), null, {place: given})`, `claims({limit: -1, events: true})`,
	} {
		f.Add(script)
	}
	var readings []entente.Reading
	for _, name := range []string{"officials", "paths"} {
		s, err := readStory("testdata/" + name + ".story")
		if err != nil {
			f.Fatal(err)
		}
		for _, r := range s.readings {
			if !slices.ContainsFunc(readings, func(q entente.Reading) bool { return q.Report.ID == r.Report.ID }) {
				readings = append(readings, r)
			}
		}
	}
	g := graphWith(f, readings...)
	o := graph.GizmoOptions{Timeout: 200 * time.Millisecond, MaxMemory: 256 << 20, Limit: 100, Variables: map[string]any{"given": "Russia"}}
	f.Fuzz(func(t *testing.T, script string) {
		begin := time.Now()
		for range Gizmo(context.Background(), g, script, o) {
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}
