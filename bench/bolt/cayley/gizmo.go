package cayley

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// Row is one result of a script by tag; the end of a path has the tag "id", as
// has an emitted value that is no object. An IRI is a quad.IRI or a text "<…>".
type Row map[string]any

// Run runs a script.
type Run func(script string) ([]Row, error)

// Gizmo answers by scripts in Gizmo alone, each compiled and run anew.
type Gizmo struct {
	run    Run
	start  Start
	edge   string // the relations, as a list in JavaScript
	starts string // a function that returns the paths that start at nodes
}

// NewGizmo returns the questions to whatever runs scripts.
func NewGizmo(run Run, start Start, known peer.Vocabulary) *Gizmo {
	g := &Gizmo{run: run, start: start, edge: quote(known.Relations)}
	g.starts = "function starts(nodes) { return [g.V.apply(g, nodes)]; }"
	if start == FromEach {
		g.starts = "function starts(nodes) { return nodes.map(function (n) { return g.V(n); }); }"
	}
	return g
}

// quote writes a value in JavaScript.
func quote(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // of texts: never
	}
	return string(text)
}

// Session runs scripts in sessions of Cayley on a store, a fresh one each as
// Cayley's own server does.
func Session(store graph.QuadStore) Run {
	return func(script string) ([]Row, error) {
		ctx := context.Background()
		results, err := gizmo.NewSession(store).Execute(ctx, script, query.Options{Collation: query.Raw, Limit: -1})
		if err != nil {
			return nil, err
		}
		defer results.Close()
		var rows []Row
		for results.Next(ctx) {
			result := results.Result().(*gizmo.Result)
			switch {
			case result.Meta: // the value of the last statement
			case result.Tags != nil:
				row := make(Row, len(result.Tags))
				for tag, ref := range result.Tags {
					row[tag] = store.NameOf(ref)
				}
				rows = append(rows, row)
			default:
				row, ok := result.Val.(map[string]any)
				if !ok {
					row = Row{gizmo.TopResultTag: result.Val}
				}
				rows = append(rows, row)
			}
		}
		return rows, results.Err()
	}
}

// ask runs a script that is given arguments, which are called a, b, c in it, the
// relations as edge, and starts.
func (g *Gizmo) ask(script string, args ...any) ([]Row, error) {
	head := "var edge = " + g.edge
	for i, arg := range args {
		head += fmt.Sprintf(", %c = %s", 'a'+rune(i), quote(arg))
	}
	return g.run(head + ";\n" + g.starts + "\n" + script)
}

// nodes runs a script whose rows are nodes.
func (g *Gizmo) nodes(script string, args ...any) (peer.Answer, error) {
	rows, err := g.ask(script, args...)
	return func() []string {
		terms := make([]string, len(rows))
		for i, row := range rows {
			terms[i] = text(row[gizmo.TopResultTag])
		}
		return terms
	}, err
}

// text writes a value of a row as a term.
func text(v any) string {
	if s, ok := v.(string); ok && len(s) > 1 && s[0] == '<' && s[len(s)-1] == '>' {
		return s
	}
	if value, ok := quad.AsValue(v); ok {
		return peer.Term(value)
	}
	return fmt.Sprint(v)
}

// Title implements peer.Store.
func (g *Gizmo) Title(report string) (peer.Answer, error) {
	return g.nodes(`g.V(a).Out("<dcterms:title>").All()`, report)
}

// TwoHop is question 1.
func (g *Gizmo) TwoHop(a, b string) (peer.Answer, error) {
	return g.nodes(`g.V(a).Out(edge).And(g.V(b).In(edge)).Unique().All()`, a, b)
}

// Pair is question 2; the client sorts.
func (g *Gizmo) Pair(a, b string) (peer.Answer, error) {
	found, err := g.dated(`
g.V(a).In("<kg:subject>").And(g.V(b).In("<kg:object>")).Save("<kg:from>", "from").All();
g.V(b).In("<kg:subject>").And(g.V(a).In("<kg:object>")).Save("<kg:from>", "from").All()`, a, b)
	return inOrder(found), err
}

// dated runs a script whose rows are claims with the tag "from".
func (g *Gizmo) dated(script string, args ...any) ([]dated, error) {
	rows, err := g.ask(script, args...)
	found := make([]dated, len(rows))
	for i, row := range rows {
		from, _ := row["from"].(time.Time)
		if t, ok := row["from"].(quad.Time); ok {
			from = time.Time(t)
		}
		found[i] = dated{peer.IRI(text(row[gizmo.TopResultTag])), from}
	}
	return found, err
}

// Officials is question 3; the client compares the days where the store should not.
func (g *Gizmo) Officials(state string, since, until time.Time) (peer.Answer, error) {
	if g.start == FromAllInRange {
		return g.nodes(`
g.V(a).In("<kg:state>").Unique().Has("<rdf:type>", "<kg:Person>").In("<kg:subject>")
	.Has("<kg:from>", gte(new Date(b)), lte(new Date(c))).All()`, state, since.Format(time.RFC3339), until.Format(time.RFC3339))
	}
	found, err := g.dated(`
var ofState = g.V(a).In("<kg:state>").ToArray();
if (ofState.length > 0) starts(ofState).forEach(function (p) {
	p.Has("<rdf:type>", "<kg:Person>").In("<kg:subject>").Save("<kg:from>", "from").All();
})`, state)
	return within(found, since, until), err
}

// CountByRelation is question 4.
func (g *Gizmo) CountByRelation() (peer.Answer, error) {
	rows, err := g.ask(`
edge.forEach(function (r) {
	var n = g.V(r).In("<kg:relation>").Count();
	if (n > 0) g.Emit({relation: r, n: n});
})`)
	return func() []string {
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = fmt.Sprintf("%s %v", text(row["relation"]), row["n"])
		}
		return lines
	}, err
}

// Hops is question 5, a search from both ends in the script.
func (g *Gizmo) Hops(a, b string) (peer.Answer, error) {
	rows, err := g.ask(`
function wave(start) { var seen = {}; seen[start] = true; return {seen: seen, front: [start]}; }
function step(w) {
	var next = [];
	starts(w.front).forEach(function (p) {
		p.Both(edge).Unique().ToArray().forEach(function (n) {
			if (!w.seen[n]) { w.seen[n] = true; next.push(n); }
		});
	});
	w.front = next;
}
function hops(near, far) {
	for (var n = 0; n <= c && near.front.length > 0 && far.front.length > 0; n++) {
		if (near.front.some(function (x) { return far.seen[x]; })) return n;
		if (near.front.length > far.front.length) { var swap = near; near = far; far = swap; }
		step(near);
	}
	return "`+peer.NoPath+`";
}
g.Emit(hops(wave(a), wave(b)))`, a, b, peer.MaxHops)
	return func() []string {
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = fmt.Sprint(row[gizmo.TopResultTag])
		}
		return lines
	}, err
}

// Report is question 6. A script has no quads, but under a label each subject
// with its predicates and objects.
func (g *Gizmo) Report(report string) (peer.Answer, error) {
	rows, err := g.ask(`g.V().LabelContext(a).Tag("s").Out(null, "p").All()`, report)
	return func() []string {
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = text(row["s"]) + " " + text(row["p"]) + " " + text(row[gizmo.TopResultTag])
		}
		return lines
	}, err
}

// Add is what Gizmo cannot do.
func (g *Gizmo) Add([]peer.Quad) (peer.Answer, error) {
	return nil, fmt.Errorf("%w: Gizmo does not write", peer.ErrCannot)
}

// InOrder is question 9.
func (g *Gizmo) InOrder(string, string) (peer.Answer, error) {
	return nil, fmt.Errorf("%w: a walk in Cayley has no day that goes with it", peer.ErrCannot)
}

// Reach is question 8.
func (g *Gizmo) Reach(a string) (peer.Answer, error) {
	return g.nodes(`
var seen = {}, front = [a];
for (var i = 0; i < b && front.length > 0; i++) {
	var next = [];
	starts(front).forEach(function (p) {
		p.Out(edge).Unique().ToArray().forEach(function (n) {
			if (!seen[n]) { seen[n] = true; next.push(n); g.Emit(n); }
		});
	});
	front = next;
}`, a, peer.ReachHops)
}

// Close does nothing: the store is another's.
func (g *Gizmo) Close() error { return nil }
