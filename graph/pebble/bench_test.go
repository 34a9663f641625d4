package pebble

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// claims is a store of 20,000 claims that the benchmarks share: each has a
// relation, one of 20, a subject and an object, of 500 actors the first in most,
// a day in 1960 to 2020, a status, and an edge from subject to object.
var claims = sync.OnceValues(func() (*Store, error) {
	s, err := OpenMemory(Options{})
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.2, 3, 499)
	day := func() quad.Value {
		return quad.Time(time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, random.IntN(60*365)))
	}
	var in []graph.Delta
	for i := range 20_000 {
		c, label := quad.IRI(fmt.Sprint("claim", i)), quad.IRI(fmt.Sprint("report", i/20))
		relation := quad.IRI(fmt.Sprint("rel", random.IntN(20)))
		a, b := quad.IRI(fmt.Sprint("actor", zipf.Uint64())), quad.IRI(fmt.Sprint("actor", zipf.Uint64()))
		for _, q := range []quad.Quad{
			{Subject: c, Predicate: quad.IRI("relation"), Object: relation},
			{Subject: c, Predicate: quad.IRI("subject"), Object: a},
			{Subject: c, Predicate: quad.IRI("object"), Object: b},
			{Subject: c, Predicate: quad.IRI("from"), Object: day()},
			{Subject: c, Predicate: quad.IRI("status"), Object: quad.String([]string{"reported", "planned", "denied"}[min(2, random.IntN(10))])},
			{Subject: a, Predicate: relation, Object: b},
		} {
			q.Label = label
			in = append(in, graph.Delta{Quad: q, Action: graph.Add})
		}
	}
	return s, s.ApplyDeltas(in, graph.IgnoreOpts{IgnoreDup: true})
})

func benchStore(b *testing.B) *Store {
	b.Helper()
	s, err := claims()
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func refIn(b *testing.B, s *Store, name string) Node {
	b.Helper()
	n, ok := s.ValueOf(quad.IRI(name)).(Node)
	if !ok {
		b.Fatalf("no %s", name)
	}
	return n
}

// BenchmarkScan lists the quads of patterns, without Cayley's iterators.
func BenchmarkScan(b *testing.B) {
	s := benchStore(b)
	for _, c := range []struct {
		name string
		want Link
	}{
		{"all", Link{}},
		{"predicate", Link{1: refIn(b, s, "from")}},
		{"subject", Link{0: refIn(b, s, "claim77")}},
		{"one", Link{0: refIn(b, s, "claim77"), 1: refIn(b, s, "from")}},
	} {
		b.Run(c.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				for _, err := range s.Links(context.Background(), c.want) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/quad")
		})
	}
}

func since(year int) []shape.ValueFilter {
	return []shape.ValueFilter{shape.Comparison{Op: iterator.CompareGTE, Val: quad.Time(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC))}}
}

func inYear(year int) []shape.ValueFilter {
	return append(since(year), shape.Comparison{Op: iterator.CompareLT, Val: quad.Time(time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC))})
}

// BenchmarkPath runs what Gizmo asks often.
func BenchmarkPath(b *testing.B) {
	s := benchStore(b)
	v := func(name string) quad.Value { return quad.IRI(name) }
	from := func(names ...string) *path.Path {
		var nodes []quad.Value
		for _, n := range names {
			nodes = append(nodes, v(n))
		}
		return path.StartPath(s, nodes...)
	}
	for _, c := range []struct {
		name string
		path *path.Path
	}{
		{"out", from("claim77").Out(v("from"))},
		{"in", from("actor3").In(v("subject"))},
		{"year", from().HasFilter(v("from"), false, inYear(1999)...)},
		{"year of relation", from("rel3").In(v("relation")).HasFilter(v("from"), false, inYear(1999)...)},
		{"year of actor", from("actor200").In(v("subject")).HasFilter(v("from"), false, inYear(1999)...)},
		{"years since 1970 of actor", from("actor200").In(v("subject")).HasFilter(v("from"), false, since(1970)...)},
		{"years since 1970", from().HasFilter(v("from"), false, since(1970)...)},
		{"days of actor since", from("actor3").In(v("subject")).Out(v("from")).Filters(since(2015)...)},
		{"two large sets", from("rel3").In(v("relation")).Has(v("status"), quad.String("denied"))},
		{"large and small set", from("actor300").In(v("subject")).Has(v("status"), quad.String("denied"))},
		{"between", from("actor0").Out().And(from("actor1").In())},
		{"two hops to", from("actor0").Out(v("rel3")).Out(v("rel4")).Is(v("actor1"))},
		{"planned by actor", from("actor0").In(v("subject")).Has(v("relation"), v("rel3")).Has(v("status"), quad.String("planned")).Out(v("object"))},
	} {
		b.Run(c.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				if err := c.path.Iterate(context.Background()).Each(func(graph.Ref) { n++ }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n), "rows")
		})
	}
}

// BenchmarkCount counts as Gizmo does.
func BenchmarkCount(b *testing.B) {
	s := benchStore(b)
	for name, p := range map[string]*path.Path{
		"object":  path.StartPath(s, quad.IRI("rel3")).In(quad.IRI("relation")),
		"nodes":   path.StartPath(s),
		"subject": path.StartPath(s, quad.IRI("actor0")).Out(),
		"filter":  path.StartPath(s, quad.IRI("rel3")).In(quad.IRI("relation")).Has(quad.IRI("status"), quad.String("planned")),
	} {
		b.Run(name, func(b *testing.B) {
			n := int64(0)
			for b.Loop() {
				var err error
				if n, err = p.Iterate(context.Background()).Count(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n), "counted")
		})
	}
}

// BenchmarkLoadMemory loads two million quads and reports how much memory a load takes
// at most: of as many values, of few, and of those that are there already. It fails
// above what Load promises, with small sorters.
func BenchmarkLoadMemory(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(5)) // so that the heap is what is in use
	const quads = 2_000_000
	for _, values := range []int{2000, quads} {
		list := func(yield func(quad.Quad, error) bool) {
			for i := range quads {
				n := i / 2 % (values / 2)
				q := quad.Quad{
					Subject: quad.IRI(fmt.Sprintf("claim:%d", n)), Predicate: quad.IRI(fmt.Sprintf("kg:p%d", i%2)),
					Object: quad.String(fmt.Sprintf("words %d", n)), Label: quad.IRI(fmt.Sprintf("report:%d", i/20_000)),
				}
				if !yield(q, nil) {
					return
				}
			}
		}
		s := newStore(b, b.TempDir())
		s.limits.sorted = 1 << 16
		for _, there := range []bool{false, true} {
			b.Run(fmt.Sprintf("values=%d/there=%v", values, there), func(b *testing.B) {
				for b.Loop() {
					most := peak(func() {
						if _, err := s.Load(context.Background(), list); err != nil {
							b.Fatal(err)
						}
					})
					b.ReportMetric(float64(most)/(1<<20), "MiB")
					bound := uint64(64<<20 + 80*values)
					if there {
						bound += 80 * quads
					}
					if most > bound {
						b.Errorf("%d bytes, want at most %d", most, bound)
					}
				}
			})
		}
	}
}

// peak returns by how many bytes the heap is larger at most while f runs.
func peak(f func()) (most uint64) {
	before, done, stopped := heapInUse(), make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
				if now := heapInUse(); now > before {
					most = max(most, now-before)
				}
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return most
}

func heapInUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
