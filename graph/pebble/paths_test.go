package pebble

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"
)

// A crossing is a path in steps, each of which may also be an intersection with
// another path.
type crossing struct {
	start []quad.Value
	steps []step
	and   map[int]crossing // behind that step
}

func anyCrossing(depth int) *rapid.Generator[crossing] {
	return rapid.Custom(func(t *rapid.T) crossing {
		c := crossing{and: make(map[int]crossing)}
		c.start = rapid.SliceOfNDistinct(rapid.SampledFrom(pool[:5]), 0, 2, rapid.ID).Draw(t, "start")
		c.steps = anySteps(t)
		c.steps = slices.DeleteFunc(c.steps, func(st step) bool { return st.name == "both" || st.tag == "end" }) // Cayley's Or tells of one branch only
		for i := range c.steps {
			c.steps[i].tag += rapid.StringMatching("[a-z]{6}").Draw(t, "tag")
			if depth > 0 && rapid.IntRange(0, 2).Draw(t, "and") == 0 {
				c.and[i] = anyCrossing(depth-1).Draw(t, "other")
			}
		}
		return c
	})
}

func (c crossing) path(qs graph.QuadStore) *path.Path {
	p := path.StartPath(qs, c.start...)
	for i, st := range c.steps {
		p = st.on(p)
		if other, ok := c.and[i]; ok {
			p = p.And(other.path(qs))
		}
	}
	return p
}

// rows are the rows of the path, each as often as there are ways to it, by
// looking at all quads at every step.
func (c crossing) rows(quads []quad.Quad) []row {
	var rows []row
	seen := make(map[quad.Value]bool)
	for _, q := range quads {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil && !seen[v] && (len(c.start) == 0 || slices.Contains(c.start, v)) {
				seen[v] = true
				rows = append(rows, row{at: v})
			}
		}
	}
	var labels []quad.Value
	for i, st := range c.steps {
		if st.name == "label" {
			labels = []quad.Value{quad.IRI("c"), st.pred}
		}
		var next []row
		for _, r := range rows {
			next = append(next, st.of(r, quads, labels)...)
		}
		rows = next
		if other, ok := c.and[i]; ok {
			rows = nil
			others := other.rows(quads)
			for _, r := range next {
				for _, o := range others {
					if o.at == r.at {
						rows = append(rows, row{r.at, r.tags + o.tags})
					}
				}
			}
		}
	}
	return rows
}

// TestPathsAgree compares all ways of paths with intersections, and how many
// there are, with what they mean.
func TestPathsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quads := rapid.SliceOfNDistinct(anyQuad(), 1, 25, quad.Quad.NQuad).Draw(t, "quads")
		s := storeOf(t, quads)
		s.limits.listAfter = rapid.IntRange(1, 16).Draw(t, "listAfter")
		c := anyCrossing(2).Draw(t, "path")
		var want []string
		for _, r := range c.rows(quads) {
			if len(want) > 20_000 {
				t.Skip("this case has more ways than can be listed; another is drawn")
			}
			tags := strings.Fields(r.tags + " end=" + r.at.String())
			slices.Sort(tags)
			want = append(want, strings.Join(tags, " "))
		}
		slices.Sort(want)
		if got, _ := rows(t, c.path(s).Tag("end"), s); !slices.Equal(got, want) {
			sh, _ := shape.Optimize(c.path(s).Shape(), s)
			t.Fatalf("rows:\n%s\nright:\n%s\nshape %+v\noptimized %+v", strings.Join(got, "\n"), strings.Join(want, "\n"), c.path(s).Shape(), sh)
		}
		if n, err := c.path(s).Iterate(context.Background()).Count(); err != nil || int(n) != len(want) {
			t.Fatalf("Count() = %d, %v, want %d; shape %+v", n, err, len(want), c.path(s).Shape())
		}
	})
}

// TestCountAgrees wants Count to be the number of results also where Cayley's
// iterators stand on top.
func TestCountAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quads := rapid.SliceOfNDistinct(anyQuad(), 1, 25, quad.Quad.NQuad).Draw(t, "quads")
		s := storeOf(t, quads)
		p := path.StartPath(s, rapid.SliceOfN(rapid.SampledFrom(pool[:5]), 0, 3).Draw(t, "start")...)
		labels := rapid.Bool().Draw(t, "labels") // which Cayley cannot sort where there are none
		for _, st := range anySteps(t) {
			switch rapid.IntRange(0, 8).Draw(t, "more") {
			case 0:
				if !labels {
					p = p.Order()
				}
			case 1:
				p = p.Limit(3)
			case 2:
				p = p.Skip(1)
			case 3:
				p = p.Unique()
			case 4:
				p = p.Or(path.StartPath(s).Has(quad.IRI("a")))
			case 5:
				if labels {
					p = p.Labels()
				}
			}
			p = st.on(p)
		}
		results := int64(0)
		if err := p.Iterate(context.Background()).Each(func(graph.Ref) { results++ }); err != nil {
			t.Fatal(err)
		}
		if n, err := p.Iterate(context.Background()).Count(); err != nil || n != results {
			t.Fatalf("Count() = %d, %v, but there are %d results; shape %+v", n, err, results, p.Shape())
		}
	})
}

// TestSizes wants the size of what one key of the counts tells to be exact.
func TestSizes(t *testing.T) {
	s := newMemory(t)
	var list []string
	for i := range 200 {
		list = append(list, "+"+string(rune('A'+i%26))+string(rune('a'+i/26))+" p o", "+x q"+string(rune('a'+i%7))+" "+string(rune('A'+i%26))+string(rune('a'+i/26)))
	}
	apply(t, s, list...)
	for _, c := range []struct {
		name  string
		path  *path.Path
		exact int64
	}{
		{"object and predicate", path.StartPath(s, quad.IRI("o")).In(quad.IRI("p")), 200},
		{"subject", path.StartPath(s, quad.IRI("x")).Out(), 200},
		{"nodes", path.StartPath(s), 210},
		{"predicate", path.StartPath(s).Has(quad.IRI("p"), quad.IRI("o")), 200},
	} {
		it := shape.BuildIterator(s, c.path.Shape())
		if n, exact := it.Size(); n != c.exact || !exact {
			t.Errorf("%s: size %d, exact %v, want %d", c.name, n, exact, c.exact)
		}
		it.Close()
	}
}
