package queries

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// Gizmo runs a script in Gizmo and yields its rows as [graph.Graph.Gizmo] does, with
// the questions of this package as functions. Names are found as everywhere; a and
// b mean one entity each.
//
//	claims({…})           also with officials: true, so that a state stands for its officials
//	                      and places too (see Claims), and events: true, one claim for each event
//	between(a, b, {…})    the claims of Between, as a path that starts at them; the keys
//	                      of claims but for its actors, and officials, here true if not given
//	path(a, b, {…})       the hops of Paths, a list of objects: hop, from, to, relation, date,
//	                      status, reports, claim, sentence; where several paths are asked for the
//	                      number of the path, in order of time order and arrival. The keys are
//	                      those of PathOptions: relation, without, since, until, maxHops, k, all,
//	                      inOrder, earliest, avoid, through, and officials, true if not given
//	sentence(claim)       the evidence of a claim
//
// Functions of the options take the place of these.
func Gizmo(ctx context.Context, g *graph.Graph, script string, o graph.GizmoOptions) iter.Seq2[graph.Row, error] {
	functions := map[string]graph.Function{
		"claims":   func(ctx context.Context, args []any) (any, error) { return claimsFunction(ctx, g, args) },
		"between":  func(ctx context.Context, args []any) (any, error) { return betweenFunction(ctx, g, args) },
		"path":     func(ctx context.Context, args []any) (any, error) { return pathFunction(ctx, g, args) },
		"sentence": func(ctx context.Context, args []any) (any, error) { return sentenceFunction(ctx, g, args) },
	}
	maps.Copy(functions, o.Functions)
	o.Functions = functions
	return g.Gizmo(ctx, script, o)
}

// fields are the keys and values of an object that a script gives. What is taken
// out is known.
type fields map[string]any

// fieldsOf returns the last argument of a function, if it is given.
func fieldsOf(function string, args []any, at int) (fields, error) {
	if len(args) > at+1 {
		return nil, fmt.Errorf("%s: %d arguments are too many", function, len(args))
	}
	if len(args) <= at || args[at] == nil {
		return fields{}, nil
	}
	object, ok := args[at].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s wants an object such as {since: \"2023\"}", function)
	}
	return maps.Clone(object), nil
}

// take returns the value of a key and takes it out; nil where it is not there.
func (f fields) take(key string) any {
	v := f[key]
	delete(f, key)
	return v
}

// flag takes out true or false.
func (f fields) flag(key string, usual bool) (bool, error) {
	switch v := f.take(key).(type) {
	case nil:
		return usual, nil
	case bool:
		return v, nil
	}
	return false, fmt.Errorf("%s is true or false", key)
}

// number takes out a whole number above 0; 0 where it is not there.
func (f fields) number(key string) (int, error) {
	switch v := f.take(key).(type) {
	case nil:
		return 0, nil
	case int64:
		if 0 < v && v < 1<<31 {
			return int(v), nil
		}
	}
	return 0, fmt.Errorf("%s is a whole number above 0", key)
}

// claimsFunction is claims in a script.
func claimsFunction(ctx context.Context, g *graph.Graph, args []any) (any, error) {
	f, err := fieldsOf("claims", args, 0)
	if err != nil {
		return nil, err
	}
	q, events, err := claimFields(ctx, g, f, false)
	if err != nil {
		return nil, err
	}
	if events {
		groups, err := Claims(ctx, g, q)
		return headsOf(groups), err
	}
	crew, err := q.crew(ctx, g, q.actors())
	if err != nil {
		return nil, err
	}
	return g.ClaimIDs(ctx, widened(q.Query, crew))
}

// claimFields reads the keys that claims and between share.
func claimFields(ctx context.Context, g *graph.Graph, f fields, officials bool) (q Question, events bool, err error) {
	if events, err = f.flag("events", false); err != nil {
		return q, false, err
	}
	if officials, err = f.flag("officials", officials); err != nil {
		return q, false, err
	}
	q.NoOfficials = !officials
	q.Query, err = g.NewQuery(ctx, f)
	return q, events, err
}

// headsOf returns the claims that stand for their groups.
func headsOf(groups []Group) []entente.ClaimID {
	ids := make([]entente.ClaimID, len(groups))
	for i, group := range groups {
		ids[i] = group.ID
	}
	return ids
}

// betweenFunction is between in a script.
func betweenFunction(ctx context.Context, g *graph.Graph, args []any) (any, error) {
	sides, f, err := twoEnds(ctx, g, "between", args)
	if err != nil {
		return nil, err
	}
	for _, key := range []string{"from", "to", "subject", "object", "either", "between"} {
		if f[key] != nil {
			return nil, fmt.Errorf("between(a, b, …): %s has no place here; a and b are the actors", key)
		}
	}
	q, events, err := claimFields(ctx, g, f, true)
	if err != nil {
		return nil, err
	}
	groups, err := Between(ctx, g, sides[:1], sides[1:], q)
	if err != nil || events {
		return headsOf(groups), err
	}
	ids := []entente.ClaimID{}
	for _, group := range groups {
		for _, r := range group.Records() {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

// twoEnds returns the entities that the first two arguments name, and the third.
func twoEnds(ctx context.Context, g *graph.Graph, function string, args []any) (ends []entente.EntityID, f fields, err error) {
	if len(args) < 2 {
		return nil, nil, fmt.Errorf("%s wants two names, as in %[1]s(\"Russia\", \"North Korea\")", function)
	}
	for i, arg := range args[:2] {
		q, err := g.NewQuery(ctx, map[string]any{"either": arg})
		if err != nil {
			return nil, nil, err
		}
		if len(q.Either) != 1 {
			return nil, nil, fmt.Errorf("%s: argument %d is not one name", function, i+1)
		}
		ends = append(ends, q.Either[0])
	}
	f, err = fieldsOf(function, args, 2)
	return ends, f, err
}

// pathFunction is path in a script.
func pathFunction(ctx context.Context, g *graph.Graph, args []any) (any, error) {
	ends, f, err := twoEnds(ctx, g, "path", args)
	if err != nil {
		return nil, err
	}
	o, err := newPathOptions(ctx, g, f)
	if err != nil {
		return nil, err
	}
	routes, err := Paths(ctx, g, ends[0], ends[1], o)
	if err != nil {
		return nil, err
	}
	rows := []any{}
	for i, route := range routes {
		for j, hop := range route.Hops {
			row := hopRow(j+1, hop)
			if o.K > 1 || o.All {
				row["path"] = i + 1
			}
			if o.InOrder || o.Earliest {
				row["order"], row["arrival"] = string(route.Order), route.Arrival
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// newPathOptions reads the third argument of path.
func newPathOptions(ctx context.Context, g *graph.Graph, f fields) (o PathOptions, err error) {
	for key, into := range map[string]*bool{"all": &o.All, "inOrder": &o.InOrder, "earliest": &o.Earliest} {
		if *into, err = f.flag(key, false); err != nil {
			return o, err
		}
	}
	officials, err := f.flag("officials", true)
	if err != nil {
		return o, err
	}
	o.NoOfficials = !officials
	for key, into := range map[string]*int{"maxHops": &o.MaxHops, "k": &o.K} {
		if *into, err = f.number(key); err != nil {
			return o, err
		}
	}
	if o.Through, err = kinds(f.take("through")); err != nil {
		return o, err
	}
	avoid, err := g.NewQuery(ctx, map[string]any{"either": f.take("avoid")})
	if err != nil {
		return o, fmt.Errorf("avoid: %w", err)
	}
	without, err := g.NewQuery(ctx, map[string]any{"relation": f.take("without")})
	if err != nil {
		return o, fmt.Errorf("without: %w", err)
	}
	q, err := g.NewQuery(ctx, map[string]any{"relation": f.take("relation"), "since": f.take("since"), "until": f.take("until")})
	o.Avoid, o.WithoutRelations, o.Relations, o.Since, o.Until = avoid.Either, without.Relations, q.Relations, q.Since, q.Until
	if err == nil && len(f) > 0 {
		err = fmt.Errorf("path: unknown key %q; keys: all, avoid, earliest, inOrder, k, maxHops, officials, relation, since, through, until, without", slices.Sorted(maps.Keys(f))[0])
	}
	return o, err
}

// kinds reads kinds of entities, one or a list.
func kinds(arg any) (list []entente.Kind, err error) {
	words, ok := arg.([]any)
	if !ok && arg != nil {
		words = []any{arg}
	}
	for _, word := range words {
		kind := entente.Kind(fmt.Sprint(word))
		if !slices.Contains(entityKinds, kind) {
			return nil, fmt.Errorf("through: unknown kind %.40q; kinds: %v", string(kind), entityKinds)
		}
		list = append(list, kind)
	}
	return list, nil
}

// hopRow is a hop as a script has it, with its first claim; direction says which of its
// ends is the claim's subject.
func hopRow(n int, hop Hop) map[string]any {
	c := hop.Claims[0]
	direction := "→"
	switch {
	case c.Relation.IsSymmetric():
		direction = "–"
	case c.Subject.ID != hop.From.ID:
		direction = "←"
	}
	return map[string]any{
		"hop": n, "from": graph.EntityNode(hop.From), "to": graph.EntityNode(hop.To), "relation": graph.RelationNode(c.Relation), "direction": direction,
		"date": c.Date, "status": string(c.Status), "reports": hop.Reports, "claim": graph.ClaimNode(c.ID), "sentence": c.Text,
	}
}

// sentenceFunction is sentence in a script.
func sentenceFunction(ctx context.Context, g *graph.Graph, args []any) (any, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("sentence wants a claim")
	}
	id := fmt.Sprint(args[0])
	record, err := g.Claim(ctx, strings.Trim(id, "<>"))
	return record.Text, err
}

// entityKinds lists every kind of entity.
var entityKinds = []entente.Kind{entente.Person, entente.State, entente.Organisation, entente.Place, entente.Agreement, entente.Office}
