package graph

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"

	entente "github.com/entente-kg/entente"
)

// scriptName is the name of the script in positions of goja.
const scriptName = "script"

// start is called by boot, in the goroutine of the session. It never lets a
// panic through, which would end the process.
func (r *run) start(_ goja.FunctionCall, vm *goja.Runtime) goja.Value {
	defer close(r.done)
	defer func() {
		if p := recover(); p != nil {
			r.err = fmt.Errorf("cannot run this script: %v", p)
			runtime.Goexit() // the runtime is in no state to go on
		}
	}()
	r.value, r.err = r.execute(vm)
	return goja.Undefined()
}

// execute runs the script and returns the value of its last statement.
func (r *run) execute(vm *goja.Runtime) (any, error) {
	program, err := compile(r.script)
	if err != nil {
		return nil, err
	}
	if err := r.furnish(vm); err != nil {
		return nil, err
	}
	value, err := vm.RunProgram(program)
	if err != nil {
		return nil, scriptError(err)
	}
	return value.Export(), nil
}

// maxScript is the longest script in bytes. Deeper nesting than fits into it
// would end the process while it is parsed.
const maxScript = 1 << 16

func compile(script string) (*goja.Program, error) {
	if len(script) > maxScript {
		return nil, &ScriptError{Text: fmt.Sprintf("the script is longer than %d bytes", maxScript)}
	}
	tree, err := parser.ParseFile(new(file.FileSet), scriptName, script, 0)
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return nil, &ScriptError{list[0].Position.Line, list[0].Position.Column, list[0].Message}
	}
	if err != nil {
		return nil, &ScriptError{Text: err.Error()}
	}
	program, err := goja.CompileAST(tree, false)
	var wrong *goja.CompilerSyntaxError
	if errors.As(err, &wrong) && wrong.File != nil {
		at := wrong.File.Position(wrong.Offset)
		return nil, &ScriptError{at.Line, at.Column, wrong.Message}
	}
	if err != nil {
		return nil, &ScriptError{Text: err.Error()}
	}
	return program, nil
}

// furnish gives a script our names, and takes or bounds what can ask for all
// memory in one step, before the watch can see it.
func (r *run) furnish(vm *goja.Runtime) error {
	if _, err := vm.RunProgram(bounds()); err != nil {
		return err
	}
	for _, name := range []string{"eval", "Function", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array",
		"Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"} {
		if err := vm.GlobalObject().Delete(name); err != nil {
			return err
		}
	}
	vm.SetMaxCallStackSize(10_000)
	for _, a := range entente.Relations {
		if !r.mayUse(string(a.Relation)) {
			continue
		}
		if err := vm.Set(string(a.Relation), relIRI(a.Relation)); err != nil {
			return err
		}
	}
	return errors.Join(vm.Set("entity", r.entity), vm.Set("claims", r.claims))
}

// mayUse reports whether a script can reach a global name: it has it, or takes names
// from where they cannot be read off. To set them all would double the cost of a
// short script.
func (r *run) mayUse(name string) bool {
	for _, text := range []string{name, "this", "This", `\u`} {
		if strings.Contains(r.script, text) {
			return true
		}
	}
	return false
}

// bounds makes functions that build much from little refuse more than 2^27
// characters or elements, and those that read nested text more than a script may
// have; there the stack would end the process. What compiles text at run time is
// taken away. It is compiled once: no run changes a program.
var bounds = sync.OnceValue(func() *goja.Program { return goja.MustCompile("bounds", boundsSource, false) })

const boundsSource = `(function () {
	function bound(owner, name, most, size) {
		var free = owner[name];
		owner[name] = function () {
			if (!(size.apply(this, arguments) <= most)) throw new RangeError(name + " would take too much memory");
			return free.apply(this, arguments);
		};
	}
	function width(n) { return n === undefined ? 0 : n; }
	var many = 134217728;
	bound(String.prototype, "repeat", many, function (n) { return this.length * width(n); });
	bound(String.prototype, "padStart", many, width);
	bound(String.prototype, "padEnd", many, width);
	bound(Array.prototype, "fill", many, function () { return this.length; });
	bound(Array.prototype, "join", many, function (by) { return this.length * (by === undefined ? 1 : String(by).length + 1); });
	bound(JSON, "parse", 65536, function (text) { return String(text).length; });
	[function () {}, function* () {}, async function () {}].forEach(function (f) {
		Object.defineProperty(Object.getPrototypeOf(f), "constructor", {value: undefined});
	});
})()`

// throw makes an error one that a script can catch.
func throw(vm *goja.Runtime, err error) { panic(vm.NewGoError(err)) }

// entity is the function of that name.
func (r *run) entity(call goja.FunctionCall, vm *goja.Runtime) goja.Value {
	if len(call.Arguments) == 0 {
		throw(vm, errors.New("entity wants a name"))
	}
	var nodes []quad.IRI
	for _, arg := range call.Arguments {
		ids, err := r.ids(arg.Export())
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

// ids returns the entities that a name or a list of names means; each name must
// mean one.
func (r *run) ids(arg any) ([]entente.EntityID, error) {
	names, err := texts(arg)
	if err != nil {
		return nil, err
	}
	var ids []entente.EntityID
	for _, name := range names {
		found, err := r.own.find(name)
		if err != nil {
			return nil, err
		}
		if len(found) > 1 {
			return nil, &AmbiguousError{Name: name, Candidates: found}
		}
		ids = append(ids, found[0].ID)
	}
	return ids, nil
}

// texts returns one text or a list of them, relations by their names.
func texts(arg any) ([]string, error) {
	switch v := arg.(type) {
	case string:
		return []string{v}, nil
	case quad.IRI:
		return []string{strings.TrimPrefix(string(v), relPrefix)}, nil
	case []any:
		var list []string
		for _, item := range v {
			more, err := texts(item)
			if err != nil {
				return nil, err
			}
			list = append(list, more...)
		}
		return list, nil
	}
	return nil, fmt.Errorf("%v is not a text", arg)
}

// claims is the function of that name.
func (r *run) claims(call goja.FunctionCall, vm *goja.Runtime) goja.Value {
	var q Query
	switch fields := call.Argument(0).Export().(type) {
	case nil:
	case map[string]any:
		for key, value := range fields {
			if err := r.setField(&q, key, value); err != nil {
				throw(vm, err)
			}
		}
	default:
		throw(vm, errors.New(`claims wants an object such as {either: "Lavrov", relation: "visited"}`))
	}
	found, err := r.own.claims(q)
	if err != nil {
		throw(vm, err)
	}
	nodes := make([]quad.IRI, len(found))
	for i, c := range found {
		nodes[i] = claimIRI(c.ID)
	}
	return path(vm, nodes)
}

// setField sets what a key of the printed form of a Query stands for, names in
// the place of IDs.
func (r *run) setField(q *Query, key string, value any) (err error) {
	switch key {
	case keySubject:
		q.Subject, err = r.ids(value)
	case keyObject:
		q.Object, err = r.ids(value)
	case keyEither:
		q.Either, err = r.ids(value)
	case keyPlace:
		q.Place, err = r.ids(value)
	case keyBetween:
		sides, _ := value.([]any)
		if len(sides) != 2 {
			return errors.New("between wants [A, B]")
		}
		for i, side := range sides {
			if q.Between[i], err = r.ids(side); err != nil {
				return err
			}
		}
	default:
		return setPlain(q, key, value)
	}
	return err
}

// setPlain sets a field as the parser of queries does.
func setPlain(q *Query, key string, value any) error {
	var words []string
	switch v := value.(type) {
	case int64, float64:
		words = []string{fmt.Sprint(v)}
	default:
		list, err := texts(value)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		for _, w := range list {
			words = append(words, strconv.Quote(w))
		}
	}
	p := &queryParser{text: strings.Join(words, ","), query: *q}
	if err := p.field(key); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	*q = p.query
	return nil
}

// watch stops a run when the heap has grown too much.
func (r *run) watch(most uint64) {
	first := heap()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-r.ctx.Done():
			return
		case <-r.done:
			return
		case <-tick.C:
		}
		if heap() > first+most {
			r.cancel(fmt.Errorf("%w, more than %d MiB", ErrMemory, most>>20))
			return
		}
	}
}

// heap returns the bytes of objects on the heap, dead ones too until they are
// swept.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
