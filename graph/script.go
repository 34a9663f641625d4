package graph

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
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
	for name, value := range r.globals(vm) {
		if !r.mayUse(name) {
			continue
		}
		if err := vm.Set(name, value); err != nil {
			return err
		}
	}
	return r.setVariables(vm)
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
