package pebble

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// model is the store as a Go map: its quads, by their text.
type model map[string]quad.Quad

// apply does what ApplyDeltas promises, in the plainest way.
func (m model) apply(in []graph.Delta, opts graph.IgnoreOpts) (model, error) {
	out := model{}
	for k, q := range m {
		out[k] = q
	}
	for _, d := range in {
		k := d.Quad.NQuad()
		_, there := out[k]
		switch {
		case d.Action == graph.Add && there && !opts.IgnoreDup:
			return m, graph.ErrQuadExists
		case d.Action == graph.Add:
			out[k] = d.Quad
		case !there && !opts.IgnoreMissing:
			return m, graph.ErrQuadNotExist
		default:
			delete(out, k)
		}
	}
	return out, nil
}

func (m model) quads(want func(quad.Quad) bool) []string {
	out := []string{}
	for k, q := range m {
		if want(q) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// pool are few values, so that quads collide: nodes, predicates and labels that
// are also subjects and objects.
var pool = []quad.Value{
	quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.IRI("d"), quad.BNode("a"), quad.String("a"),
	quad.Int(1), quad.Bool(true), quad.Float(1), quad.LangString{Value: "a", Lang: "en"},
	quad.TypedString{Value: "a", Type: "t"}, quad.String(strings.Repeat("long", 20)), quad.Int(math.MaxInt64),
}

// reified makes statements of what has some of these predicates.
var reified = &Reification{Subject: "a", Object: "b", Order: "c", Carry: []quad.IRI{"d"}}

func anyValue() *rapid.Generator[quad.Value] { return rapid.SampledFrom(pool) }

func anyQuad() *rapid.Generator[quad.Quad] {
	return rapid.Custom(func(t *rapid.T) quad.Quad {
		q := quad.Quad{
			Subject:   anyValue().Draw(t, "s"),
			Predicate: rapid.SampledFrom(pool[:4]).Draw(t, "p"),
			Object:    anyValue().Draw(t, "o"),
		}
		if rapid.Bool().Draw(t, "labelled") {
			q.Label = rapid.SampledFrom(pool[1:4]).Draw(t, "l")
		}
		return q
	})
}

func anyDeltas() *rapid.Generator[[]graph.Delta] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) graph.Delta {
		return graph.Delta{Quad: anyQuad().Draw(t, "quad"), Action: rapid.SampledFrom([]graph.Procedure{graph.Add, graph.Add, graph.Delete}).Draw(t, "action")}
	}), 0, 12)
}

// TestModel drives a store and a map by the same batches, many of which fail,
// with reopening and snapshots between, and compares all that can be asked.
func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fsys := vfs.NewMem()
		s := open(t, fsys)
		defer func() { s.Close() }()
		now := model{}
		var snap *Store
		var then model
		t.Repeat(map[string]func(*rapid.T){
			"batch": func(t *rapid.T) {
				in := anyDeltas().Draw(t, "deltas")
				opts := graph.IgnoreOpts{IgnoreDup: rapid.Bool().Draw(t, "dup"), IgnoreMissing: rapid.Bool().Draw(t, "missing")}
				var want error
				now, want = now.apply(in, opts)
				if err := s.ApplyDeltas(in, opts); !sameDelta(err, want) {
					t.Fatalf("ApplyDeltas(%v, %+v) = %v, want %v", in, opts, err, want)
				}
			},
			"load": func(t *rapid.T) {
				in := rapid.SliceOfN(anyQuad(), 0, 12).Draw(t, "quads")
				s.limits.bulkFrom = rapid.SampledFrom([]int{1, 100}).Draw(t, "bulkFrom")
				s.limits.sorted = rapid.SampledFrom([]int{4, 1000}).Draw(t, "sorted")
				s.limits.tableSize = rapid.SampledFrom([]uint64{1, 1 << 20}).Draw(t, "tableSize")
				w, err := s.NewQuadWriter()
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range in {
					now, _ = now.apply([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{IgnoreDup: true})
				}
				if _, err := w.(quad.BatchWriter).WriteQuads(in); err != nil {
					t.Fatal(err)
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
			},
			"reopen": func(t *rapid.T) {
				snap = nil
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				s = open(t, fsys)
			},
			"snapshot": func(*rapid.T) {
				if snap != nil {
					snap.Close()
				}
				snap, then = s.Snapshot(), now
			},
			"": func(t *rapid.T) {
				compare(t, s, now)
				if snap != nil {
					compare(t, snap, then)
				}
			},
		})
		problems, err := s.Check(context.Background())
		if err != nil || len(problems) > 0 {
			t.Fatalf("Check() = %q, %v", problems, err)
		}
	})
}

func open(t *rapid.T, fsys vfs.FS) *Store {
	s, err := Open("store", Options{FS: fsys, LockWait: -1, Reification: reified})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sameDelta(err, want error) bool {
	if want == nil {
		return err == nil
	}
	var d *graph.DeltaError
	return errors.As(err, &d) && d.Err == want
}

// compare asks the store everything: totals, every value, every pattern.
func compare(t *rapid.T, s *Store, m model) {
	ctx := context.Background()
	values := make(map[string]bool)
	for _, q := range m {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil {
				values[v.String()] = true
			}
		}
	}
	st, err := s.Stats(ctx, true)
	want := graph.Stats{Nodes: graph.Size{Size: int64(len(values)), Exact: true}, Quads: graph.Size{Size: int64(len(m)), Exact: true}}
	if err != nil || st != want {
		t.Fatalf("Stats() = %+v, %v, want %+v", st, err, want)
	}
	for _, v := range pool {
		ref := s.ValueOf(v)
		if (ref != nil) != values[v.String()] {
			t.Fatalf("ValueOf(%v) = %v, in quads: %v", v, ref, values[v.String()])
		}
		if ref == nil {
			continue
		}
		if got := s.NameOf(ref); got != v {
			t.Fatalf("NameOf(ValueOf(%v)) = %v", v, got)
		}
		for _, d := range quad.Directions {
			want := m.quads(func(q quad.Quad) bool { return q.Get(d) == v })
			got, err := listed(s, s.QuadIterator(d, ref))
			if err != nil || !gocmp.Equal(got, want) {
				t.Fatalf("QuadIterator(%v, %v) = %q, %v, want %q", d, v, got, err, want)
			}
			if sz, err := s.QuadIteratorSize(ctx, d, ref); err != nil || sz != (graph.Size{Size: int64(len(want)), Exact: true}) {
				t.Fatalf("QuadIteratorSize(%v, %v) = %v, %v, want %d", d, v, sz, err, len(want))
			}
		}
	}
	comparePattern(t, s, m)
	compareStatements(t, s, m)
}

// statements lists in the plainest way what the quads of a model state.
func (m model) statements(s *Store) []Statement {
	number := func(v quad.Value) Node { n, _ := s.ValueOf(v).(Node); return n }
	least := func(id, label quad.Value, p quad.IRI) (n Node) {
		for _, q := range m {
			if _, ok := Inline(q.Object); p == reified.Order && !ok {
				continue
			}
			if q.Subject == id && q.Label == label && q.Predicate == p && (n == 0 || number(q.Object) < n) {
				n = number(q.Object)
			}
		}
		return n
	}
	all := []Statement{}
	for _, x := range m {
		for _, y := range m {
			if x.Predicate != reified.Subject || y.Predicate != reified.Object || x.Subject != y.Subject || x.Label != y.Label {
				continue
			}
			st := Statement{Self: number(x.Object), Other: number(y.Object), ID: number(x.Subject), Label: number(x.Label)}
			st.Order = least(x.Subject, x.Label, reified.Order)
			st.Carry[0] = least(x.Subject, x.Label, reified.Carry[0])
			all = append(all, st)
			st.Self, st.Other, st.IsObject = st.Other, st.Self, true
			all = append(all, st)
		}
	}
	slices.SortFunc(all, func(a, b Statement) int {
		if (a.Order == 0) != (b.Order == 0) {
			a.Order, b.Order = b.Order, a.Order // those without order come last
		}
		role := func(st Statement) int {
			if st.IsObject {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(a.Self, b.Self), cmp.Compare(a.Other, b.Other), cmp.Compare(a.Order, b.Order),
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Label, b.Label), role(a)-role(b))
	})
	return all
}

// compareStatements compares all statements, and those of a pair within bounds.
func compareStatements(t *rapid.T, s *Store, m model) {
	want := m.statements(s)
	ask := func(p Pair) []Statement {
		got := []Statement{}
		for st, err := range s.Statements(context.Background(), p) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, st)
		}
		return got
	}
	if got := ask(Pair{}); !same(got, want) {
		t.Fatalf("Statements() = %v, want %v", got, want)
	}
	draw := func(name string) Node { n, _ := s.ValueOf(anyValue().Draw(t, name)).(Node); return n }
	p := Pair{draw("self"), draw("other"), draw("first"), draw("last")}
	if p.Self == 0 {
		p.Other = 0
	}
	want = slices.DeleteFunc(want, func(st Statement) bool {
		return p.Self != 0 && st.Self != p.Self || p.Other != 0 && st.Other != p.Other ||
			(p.First != 0 || p.Last != 0) && st.Order == 0 ||
			p.First != 0 && st.Order < p.First || p.Last != 0 && st.Order > p.Last
	})
	if got := ask(p); !same(got, want) {
		t.Fatalf("Statements(%v) = %v, want %v", p, got, want)
	}
}

func same[T any](got, want []T) bool { return gocmp.Equal(got, want) }

// comparePattern compares the quads of a pattern with any directions given.
func comparePattern(t *rapid.T, s *Store, m model) {
	var want Link
	given := make(map[quad.Direction]quad.Value)
	for _, d := range quad.Directions {
		if !rapid.Bool().Draw(t, "given") {
			continue
		}
		v := anyValue().Draw(t, "value")
		if n, ok := s.ValueOf(v).(Node); ok {
			want, given[d] = want.with(d, n), v
		}
	}
	got := []string{}
	for l, err := range s.Links(context.Background(), want) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s.Quad(l).NQuad())
	}
	slices.Sort(got)
	quads := m.quads(func(q quad.Quad) bool {
		for d, v := range given {
			if q.Get(d) != v {
				return false
			}
		}
		return true
	})
	if !gocmp.Equal(got, quads) {
		t.Fatalf("Links(%v) = %q, want %q", fmt.Sprint(given), got, quads)
	}
}
