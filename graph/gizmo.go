package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/dop251/goja"

	"github.com/entente-kg/entente/graph/pebble"
)

// GizmoOptions bounds a script. The zero value has the bounds given here.
type GizmoOptions struct {
	Timeout   time.Duration // 0 = 10 s
	Limit     int           // rows; 0 = 10,000
	MaxMemory uint64        // bytes by which the heap of the process may grow meanwhile; 0 = 1 GiB

	// Functions are further functions of the script, by name; one of ours of that
	// name gives way. Package queries has path and between.
	Functions map[string]Function
	// Variables are variables that the script finds set, such as the parameters of a
	// saved query: what a Function may return.
	Variables map[string]any
}

// A Function is called by a script, in its goroutine; the context ends when the
// script does. Arguments are nil, bool, int64, float64, string, time.Time, a Node
// for an IRI such as a relation, and []any and map[string]any of those.
//
// A result of []entente.ClaimID is a path that starts at those claims, as that of
// claims. Any other is a value: a Node, which a script has as the text "<ent:…>" and
// g.V takes, and the types of arguments, with slices and maps of them. An error is
// thrown in the script; what is no *UnknownNameError or *AmbiguousError comes out
// of Gizmo as a *ScriptError with the place of the call.
//
// The script sees the graph as it was when it began; what a Function reads of the
// graph may be newer.
type Function func(ctx context.Context, args []any) (any, error)

// Gizmo runs a script in Gizmo, Cayley's query language, and yields its rows.
// Besides Gizmo's own names a script has
//
//	entity("Lavrov", …)   a path that starts at what Find finds
//	claims({…})           a path that starts at the claims of a Query, by the keys
//	                      of NewQuery: {either: "Lavrov", relation: "visited"}
//	visited, signed, …    each relation as a value
//	plover("CONSULT", …)  the relations of these PLOVER types
//	before(d, e)          "yes", "no" or "maybe" over dates in EDTF, see Date.Before;
//	                      after, intersects and during likewise
//
// and the Functions and Variables of the options. A script cannot write. Where paths yield no row, the value of its last
// statement is the result, such as a count. When there are more rows than Limit
// allows, ErrTruncated comes after the last. Other errors: *ScriptError,
// *UnknownNameError and *AmbiguousError from entity, ErrTimeout, ErrMemory, and
// those of the context.
//
// A script has at most 65,536 bytes, and cannot compile others (eval). What takes
// long in one step of JavaScript itself (not a loop), such as a
// search through an array of four thousand million holes, cannot be stopped: the
// call returns in time, but the step goes on until it is done.
func (g *Graph) Gizmo(ctx context.Context, script string, o GizmoOptions) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := newRun(g, ctx, script, o)
		defer r.close()
		if err := r.rows(func(row Row) bool { return yield(row, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

// errStopped ends a run whose rows nobody wants any more.
var errStopped = errors.New("stopped")

// run is one run of a script. Cayley's session runs it in a goroutine of its
// own, which sends the rows.
type run struct {
	script  string
	options GizmoOptions // with the defaults filled in
	ctx     context.Context
	cancel  context.CancelCauseFunc
	stop    func()

	rowView *view // for the goroutine that takes the rows
	own     *view // for the goroutine that runs the script
	veil    *veil
	nodes   map[pebble.Node]Node // of rows so far

	done  chan struct{} // closed when the script has ended; then these two stand:
	err   error
	value any
}

func newRun(g *Graph, ctx context.Context, script string, o GizmoOptions) *run {
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Limit == 0 {
		o.Limit = 10_000
	}
	if o.MaxMemory == 0 {
		o.MaxMemory = 1 << 30
	}
	r := &run{script: script, options: o, nodes: make(map[pebble.Node]Node), done: make(chan struct{})}
	ctx, r.cancel = context.WithCancelCause(ctx)
	r.ctx, r.stop = context.WithTimeoutCause(ctx, o.Timeout, ErrTimeout)
	r.own = g.view(r.ctx)
	r.rowView = g.viewOf(context.WithoutCancel(ctx), r.own.store.Snapshot())
	r.rowView.epoch = r.own.epoch
	r.veil = &veil{QuadStore: r.own.store, store: r.own.store, start: r.start}
	go r.watch(o.MaxMemory)
	return r
}

// grace is how long close waits for a script to notice that it was stopped.
const grace = time.Second

func (r *run) close() {
	r.cancel(errStopped)
	r.stop()
	if r.veil.started.Load() {
		select {
		case <-r.done:
		case <-time.After(grace):
		}
	}
	r.own.close()
	r.rowView.close()
}

// boot fetches the start of the run from the store and calls it. It is the only
// way to the runtime of a session without reaching into it.
const boot = `g.V(iri("` + string(startNode) + `")).toValue()()`

// rows runs the script and hands out its rows.
func (r *run) rows(yield func(Row) bool) error {
	results, err := gizmo.NewSession(r.veil).Execute(r.ctx, boot, query.Options{Collation: query.Raw, Limit: r.options.Limit + 1})
	if err != nil {
		return err
	}
	defer results.Close()
	n := 0
	for results.Next(r.ctx) {
		row, err := r.row(results.Result().(*gizmo.Result))
		if err != nil {
			return err
		}
		if row == nil {
			continue
		}
		if n == r.options.Limit {
			return ErrTruncated
		}
		n++
		if !yield(row) {
			return nil
		}
	}
	if err := r.failure(results.Err()); err != nil {
		return err
	}
	if n > 0 {
		return nil
	}
	return r.yieldValue(yield)
}

// failure says why there are no more rows, nil when the script is done.
func (r *run) failure(err error) error {
	if r.ctx.Err() != nil {
		err = context.Cause(r.ctx)
		if errors.Is(err, ErrTimeout) {
			err = fmt.Errorf("%w, %v", ErrTimeout, r.options.Timeout)
		}
		return err
	}
	if err != nil {
		return err
	}
	<-r.done
	if _, err := r.own.store.Stats(r.ctx, true); err != nil { // closed or stopped, which explains all else
		return err
	}
	return r.err
}

// yieldValue hands out the value of the script as rows, one for each element of
// an array.
func (r *run) yieldValue(yield func(Row) bool) error {
	if isPath(r.value) {
		return &ScriptError{Text: "the script ends in a path that nothing runs; end it with .All()"}
	}
	list, ok := r.value.([]any)
	if !ok && r.value != nil {
		list = []any{r.value}
	}
	for i, v := range list {
		if i == r.options.Limit {
			return ErrTruncated
		}
		row, err := r.emitted(v)
		if err != nil {
			return err
		}
		if !yield(row) {
			break
		}
	}
	return nil
}

// ScriptError is an error in a script.
type ScriptError struct {
	Line, Column int // from 1, in characters; 0 = unknown
	Text         string
}

func (e *ScriptError) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Text)
}

// maxText is how much of what a script throws is shown.
const maxText = 300

// scriptError makes an error of goja one of ours.
func scriptError(err error) error {
	var deep *goja.StackOverflowError
	if errors.As(err, &deep) {
		return &ScriptError{Text: "functions call each other too deep"}
	}
	var thrown *goja.Exception
	if !errors.As(err, &thrown) {
		return err // interrupted, and the context says why
	}
	var unknown *UnknownNameError
	var ambiguous *AmbiguousError
	if errors.As(thrown.Unwrap(), &unknown) || errors.As(thrown.Unwrap(), &ambiguous) {
		return thrown.Unwrap()
	}
	e := &ScriptError{Text: "the script threw nothing"}
	if v := thrown.Value(); v != nil {
		e.Text = v.String()
		if inner, ok := v.Export().(error); ok {
			e.Text = inner.Error()
		}
	}
	if inner := thrown.Unwrap(); inner != nil {
		e.Text = inner.Error()
	}
	if len(e.Text) > maxText {
		e.Text = strings.ToValidUTF8(e.Text[:maxText], "") + "…"
	}
	for _, frame := range thrown.Stack() {
		if at := frame.Position(); frame.SrcName() == scriptName && at.Line > 0 {
			e.Line, e.Column = at.Line, at.Column
			break
		}
	}
	return e
}
