package loader

import (
	"context"
	"iter"
	"runtime"

	entente "github.com/entente-kg/entente"
)

// Result is a source and what became of it: a reading, or an error.
type Result struct {
	Source      string // its name
	Reading     entente.Reading
	Explanation Explanation
	Err         error
}

// ReadAll reads the sources that [Open] yields, on every processor, and yields
// the results in the order of the sources, a few ahead of what is taken. It
// stops where ctx ends.
func (r *Reader) ReadAll(ctx context.Context, sources iter.Seq2[Source, error], meta Meta) iter.Seq[Result] {
	opened := func(yield func(input) bool) {
		for source, err := range sources {
			if !yield(input{source, err}) {
				return
			}
		}
	}
	return inOrder(ctx, opened, func(in input) Result {
		out := Result{Source: in.source.Name, Err: in.err}
		if in.err == nil {
			out.Reading, out.Explanation, out.Err = r.Explain(in.source, meta)
		}
		return out
	})
}

type input struct {
	source Source
	err    error
}

// inOrder does work on every processor and yields the results in the order of
// the inputs, a few ahead of what is taken. It stops where ctx ends.
func inOrder[S, T any](ctx context.Context, inputs iter.Seq[S], work func(S) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		pending := make(chan chan T, runtime.GOMAXPROCS(0))
		go func() {
			defer close(pending)
			for input := range inputs {
				result := make(chan T, 1)
				select {
				case pending <- result: // bounds how many work at once
				case <-ctx.Done():
					return
				}
				go func() { result <- work(input) }()
			}
		}()
		for result := range pending {
			select {
			case v := <-result:
				if ctx.Err() != nil || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
