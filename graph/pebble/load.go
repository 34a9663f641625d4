package pebble

import (
	"context"
	"iter"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Load adds quads, passes over those that are there already, and returns how many
// came. All of them are in the store, on the disk, when it returns; with an error,
// which may be the list's own, none is, unless it stopped the store: then opening it
// again shows all or none. It costs about a microsecond a quad of two cores. Many
// quads are sorted on the disk, in the store's folder: that takes at most 400 MB of
// memory, and about 80 bytes for each different value and for each quad that was
// there already. Readers never wait, other batches only during the last step. Close
// ends a load with ErrClosed.
func (s *Store) Load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int, err error) {
	w, err := s.newWriter(ctx)
	if err != nil {
		return 0, err
	}
	for q, err := range quads {
		if err == nil && n%bulkWindow == 0 {
			err = cancelled(ctx)
		}
		if err == nil {
			err = w.WriteQuad(q)
		}
		if err != nil {
			w.err = err
			break
		}
		n++
	}
	return n, w.Close()
}

// NewQuadWriter returns a writer for loading, which does as Load does: nothing is
// in the store before Close, and where WriteQuad or Close fails nothing ever is.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) {
	w, err := s.newWriter(context.Background())
	if err != nil {
		return nil, err // not a nil *quadWriter in a WriteCloser
	}
	return w, nil
}

func (s *Store) newWriter(ctx context.Context) (*quadWriter, error) {
	if s.readOnly || s.snap != nil {
		return nil, ErrReadOnly
	}
	return &quadWriter{s: s, ctx: ctx}, nil
}

type quadWriter struct {
	s      *Store
	ctx    context.Context
	few    []graph.Delta // until they are many
	bulk   *bulk
	err    error // what ended the writing
	closed bool
}

// WriteQuad implements quad.Writer.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	if w.closed {
		return ErrClosed
	}
	if w.err == nil {
		w.err = w.write(q)
	}
	return w.err
}

func (w *quadWriter) write(q quad.Quad) error {
	d := graph.Delta{Quad: q, Action: graph.Add}
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return &graph.DeltaError{Delta: d, Err: errIncomplete}
	}
	if w.bulk != nil {
		return w.bulk.add(q)
	}
	if w.few = append(w.few, d); len(w.few) < w.s.limits.bulkFrom {
		return nil
	}
	var err error
	if w.bulk, err = w.s.newBulk(w.ctx); err != nil {
		return err
	}
	for _, d := range w.few {
		if err := w.bulk.add(d.Quad); err != nil {
			return err
		}
	}
	w.few = nil
	return nil
}

// WriteQuads implements quad.BatchWriter.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	for i, q := range quads {
		if err := w.WriteQuad(q); err != nil {
			return i, err
		}
	}
	return len(quads), nil
}

// Close implements io.Closer.
func (w *quadWriter) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	switch {
	case w.bulk != nil:
		w.err = w.bulk.close(w.err)
	case w.err == nil && len(w.few) > 0:
		w.err = w.s.ApplyDeltas(w.few, graph.IgnoreOpts{IgnoreDup: true})
	}
	return w.err
}
