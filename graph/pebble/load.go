package pebble

import (
	"context"
	"errors"
	"iter"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Load adds quads, passes over those that are there already, and returns how many
// it was given. All of them are in the store, on the disk, when it returns; with an
// error, which may be the list's own, none is. It is a [Loader] around a list.
func (s *Store) Load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int, err error) {
	l, err := s.NewLoader(ctx)
	if err != nil {
		return 0, err
	}
	defer l.Cancel(errAbandoned) // where the list panics
	for q, err := range quads {
		if err == nil {
			err = l.WriteQuad(q)
		}
		if err != nil {
			l.Cancel(err)
			return n, err
		}
		n++
	}
	return n, l.Close()
}

// NewQuadWriter returns a Loader as Cayley wants it.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) {
	l, err := s.NewLoader(context.Background())
	if err != nil {
		return nil, err // not a nil *Loader in a WriteCloser
	}
	return l, nil
}

// NewLoader begins a load. It must be ended by Close or Cancel. Errors: ErrReadOnly.
func (s *Store) NewLoader(ctx context.Context) (*Loader, error) {
	if s.readOnly || s.snap != nil {
		return nil, ErrReadOnly
	}
	return &Loader{s: s, ctx: ctx}, nil
}

// A Loader adds many quads at one moment, that of Close: before, nothing of them is
// in the store. It is for one goroutine. It costs about a microsecond a quad of two
// cores. From 20,000 quads, or 16 MiB of texts, on they are sorted in files in the
// store's folder, so that memory is bounded but for some 80 bytes a different value:
// half a gigabyte for two million quads of as many values, 1.4 for ten million of
// reports.
// Readers never wait for it; batches and other loads wait during Close.
type Loader struct {
	s     *Store
	ctx   context.Context
	few   []graph.Delta // until they are many
	bytes int           // of their texts
	bulk  *bulk
	err   error // what ended it
	ended bool
}

// errAbandoned is the reason of a load whose list did not come to its end.
var errAbandoned = errors.New("the load was given up")

// WriteQuad implements quad.Writer. Errors: a *graph.DeltaError for a quad that
// cannot be stored, that of the context, those of the disk; after one, all fails.
func (l *Loader) WriteQuad(q quad.Quad) error {
	if l.ended {
		return ErrClosed
	}
	if l.err == nil {
		l.err = l.write(q)
	}
	return l.err
}

func (l *Loader) write(q quad.Quad) error {
	d := graph.Delta{Quad: q, Action: graph.Add}
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return &graph.DeltaError{Delta: d, Err: errIncomplete}
	}
	if l.bulk != nil {
		return l.bulk.add(q)
	}
	l.few = append(l.few, d)
	if text, ok := q.Object.(quad.String); ok {
		l.bytes += len(text)
	}
	if len(l.few) < l.s.limits.bulkFrom && l.bytes < fewBytes {
		return nil
	}
	var err error
	if l.bulk, err = l.s.newBulk(l.ctx); err != nil {
		return err
	}
	for _, d := range l.few {
		if err := l.bulk.add(d.Quad); err != nil {
			return err
		}
	}
	l.few = nil
	return nil
}

// fewBytes is how many bytes of texts make quads many, however few they are.
const fewBytes = 16 << 20

// WriteQuads implements quad.BatchWriter.
func (l *Loader) WriteQuads(quads []quad.Quad) (int, error) {
	for i, q := range quads {
		if err := l.WriteQuad(q); err != nil {
			return i, err
		}
	}
	return len(quads), nil
}

// Cancel ends the load for a reason, and nothing of it is stored. After Close it does
// nothing.
func (l *Loader) Cancel(reason error) {
	if l.ended {
		return
	}
	if l.err == nil {
		l.err = reason
	}
	_ = l.Close()
}

// Close stores what was written, on the disk. With an error, also one of an earlier
// WriteQuad, nothing of it is stored.
func (l *Loader) Close() error {
	if l.ended {
		return nil
	}
	l.ended = true
	if l.err == nil && l.bulk != nil {
		l.err = l.bulk.quit()
	}
	switch {
	case l.bulk != nil:
		l.err = l.bulk.close(l.err)
	case l.err == nil && len(l.few) > 0 && cancelled(l.ctx) != nil:
		l.err = cancelled(l.ctx)
	case l.err == nil && len(l.few) > 0:
		l.err = l.s.ApplyDeltas(l.few, graph.IgnoreOpts{IgnoreDup: true})
	}
	return l.err
}
