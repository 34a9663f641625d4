package graph

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"

	entente "github.com/entente-kg/entente"
)

// globals yields the names that a script has besides those of Gizmo. Later ones
// take the place of earlier ones.
func (r *run) globals(vm *goja.Runtime) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, a := range entente.Relations {
			if !yield(string(a.Relation), relIRI(a.Relation)) {
				return
			}
		}
		ours := map[string]any{
			"entity": r.entity, "claims": r.claims, "plover": plover,
			"before": dates("before", entente.Date.Before), "after": dates("after", entente.Date.After),
			"intersects": dates("intersects", entente.Date.Intersects), "during": dates("during", entente.Date.During),
		}
		for name, f := range r.options.Functions {
			ours[name] = r.function(f)
		}
		for name, f := range ours {
			if !yield(name, f) {
				return
			}
		}
	}
}

// setVariables sets what the options bring.
func (r *run) setVariables(vm *goja.Runtime) error {
	for name, value := range r.options.Variables {
		v, err := toScript(vm, value, 0)
		if err != nil {
			return fmt.Errorf("variable %s: %w", name, err)
		}
		if err := vm.Set(name, v); err != nil {
			return err
		}
	}
	return nil
}

// throw makes an error one that a script can catch.
func throw(vm *goja.Runtime, err error) { panic(vm.NewGoError(err)) }

// function makes a function of the script of one in Go.
func (r *run) function(f Function) func(goja.FunctionCall, *goja.Runtime) goja.Value {
	return func(call goja.FunctionCall, vm *goja.Runtime) goja.Value {
		args := make([]any, len(call.Arguments))
		for i, arg := range call.Arguments {
			var err error
			if args[i], err = fromScript(arg.Export(), 0); err != nil {
				throw(vm, fmt.Errorf("argument %d: %w", i+1, err))
			}
		}
		result, err := f(r.ctx, args)
		if err != nil {
			throw(vm, err)
		}
		if ids, ok := result.([]entente.ClaimID); ok {
			return claimPath(vm, ids)
		}
		value, err := toScript(vm, result, 0)
		if err != nil {
			throw(vm, err)
		}
		return value
	}
}

// maxNested is how deep values go that a script and Go give each other.
const maxNested = 100

var errNested = fmt.Errorf("a value lies more than %d levels deep, or in itself", maxNested)

// fromScript returns an exported value of JavaScript as a Function takes it.
func fromScript(v any, depth int) (any, error) {
	if depth > maxNested {
		return nil, errNested
	}
	var err error
	switch v := v.(type) {
	case nil, bool, int64, float64, string, time.Time:
		return v, nil
	case quad.IRI:
		return Node{IRI: string(v), Name: afterPrefix(v, relPrefix)}, nil
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			if list[i], err = fromScript(item, depth+1); err != nil {
				return nil, err
			}
		}
		return list, nil
	case map[string]any:
		m := make(map[string]any, len(v))
		for key, item := range v {
			if m[key], err = fromScript(item, depth+1); err != nil {
				return nil, err
			}
		}
		return m, nil
	}
	return nil, notAValue(v)
}

// notAValue says that a value of JavaScript is of no use.
func notAValue(v any) error {
	if isPath(v) {
		return errors.New("a path is not a value; .ToArray() gives the nodes at its end")
	}
	return fmt.Errorf("a %T is not a value", v)
}

// isPath reports whether an exported value is a path of Gizmo, whose type has no
// name outside of it.
func isPath(v any) bool { return fmt.Sprintf("%T", v) == "*gizmo.pathObject" }

// toScript makes a value of JavaScript of what a Function returns.
func toScript(vm *goja.Runtime, v any, depth int) (goja.Value, error) {
	if depth > maxNested {
		return nil, errNested
	}
	switch v := v.(type) {
	case nil, bool, int, int64, float64, string:
		return vm.ToValue(v), nil
	case Node:
		return vm.ToValue("<" + v.IRI + ">"), nil
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			var err error
			if items[i], err = toScript(vm, item, depth+1); err != nil {
				return nil, err
			}
		}
		return vm.NewArray(items...), nil
	case map[string]any:
		object := vm.NewObject()
		for key, item := range v {
			value, err := toScript(vm, item, depth+1)
			if err != nil {
				return nil, err
			}
			if err := object.Set(key, value); err != nil {
				return nil, err
			}
		}
		return object, nil
	}
	return nil, fmt.Errorf("a %T is not a value of a script", v)
}

// entity is the function of that name.
func (r *run) entity(call goja.FunctionCall, vm *goja.Runtime) goja.Value {
	if len(call.Arguments) == 0 {
		throw(vm, errors.New("entity wants a name"))
	}
	var nodes []quad.IRI
	for _, arg := range call.Arguments {
		ids, err := r.own.ids(arg.Export())
		if err != nil {
			throw(vm, err)
		}
		for _, id := range ids {
			members, err := r.own.group(id)
			if err != nil {
				throw(vm, err)
			}
			for _, m := range members {
				nodes = append(nodes, entIRI(m))
			}
		}
	}
	return path(vm, nodes)
}

// claims is the function of that name.
func (r *run) claims(call goja.FunctionCall, vm *goja.Runtime) goja.Value {
	fields, ok := call.Argument(0).Export().(map[string]any)
	if !ok && !goja.IsUndefined(call.Argument(0)) {
		throw(vm, errors.New(`claims wants an object such as {from: "Lavrov", relation: "visited"}`))
	}
	q, err := r.own.query(fields)
	if err != nil {
		throw(vm, err)
	}
	ids, err := r.own.claimIDs(q)
	if err != nil {
		throw(vm, err)
	}
	return claimPath(vm, ids)
}

// claimPath is a path that starts at claims.
func claimPath(vm *goja.Runtime, ids []entente.ClaimID) goja.Value {
	nodes := make([]quad.IRI, len(ids))
	for i, id := range ids {
		nodes[i] = claimIRI(id)
	}
	return path(vm, nodes)
}

// path calls g.V with the nodes, of which there must be one.
func path(vm *goja.Runtime, nodes []quad.IRI) goja.Value {
	if len(nodes) == 0 {
		nodes = []quad.IRI{"entente:nothing"} // g.V() would be everything
	}
	g := vm.Get("g")
	v, ok := goja.AssertFunction(g.ToObject(vm).Get("V"))
	if !ok {
		throw(vm, errors.New("g is not the graph any more"))
	}
	args := make([]goja.Value, len(nodes))
	for i, n := range nodes {
		args[i] = vm.ToValue(n)
	}
	result, err := v(g, args...)
	if err != nil {
		throw(vm, err)
	}
	return result
}

// plover is the function of that name.
func plover(call goja.FunctionCall, vm *goja.Runtime) goja.Value {
	var types, relations []any
	for _, a := range entente.Relations {
		if a.Plover != "" && !slices.Contains(types, any(a.Plover)) {
			types = append(types, a.Plover)
		}
	}
	for _, arg := range call.Arguments {
		name := strings.ToUpper(arg.String())
		if !slices.Contains(types, any(name)) {
			throw(vm, fmt.Errorf("plover: unknown type %.40q; types: %v", name, types))
		}
		for _, a := range entente.Relations {
			if a.Plover == name {
				relations = append(relations, relIRI(a.Relation))
			}
		}
	}
	return vm.NewArray(relations...)
}

// dates returns the function of a script that compares two dates.
func dates(name string, compare func(d, e entente.Date) entente.Truth) func(goja.FunctionCall, *goja.Runtime) goja.Value {
	return func(call goja.FunctionCall, vm *goja.Runtime) goja.Value {
		if len(call.Arguments) != 2 {
			throw(vm, fmt.Errorf("%s wants two dates", name))
		}
		var both [2]entente.Date
		for i, arg := range call.Arguments {
			d, err := dateOf(arg.Export())
			if err != nil {
				throw(vm, fmt.Errorf("%s: %w", name, err))
			}
			both[i] = d
		}
		return vm.ToValue(string(compare(both[0], both[1])))
	}
}

// dateOf reads a date of a script: EDTF, a year as a number, a Date, or nothing
// where it is not known.
func dateOf(v any) (entente.Date, error) {
	switch v := v.(type) {
	case nil:
		return entente.Date{}, nil
	case time.Time:
		return entente.NewDay(v), nil
	case int64:
		return entente.ParseDate(fmt.Sprintf("%04d", v))
	case string:
		if v == "" {
			return entente.Date{}, nil
		}
		return entente.ParseDate(v)
	}
	return entente.Date{}, fmt.Errorf("a %T is not a date", v)
}
