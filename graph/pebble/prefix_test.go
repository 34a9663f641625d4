package pebble

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

func TestBeginning(t *testing.T) {
	s := newMemory(t)
	long := strings.Repeat("x", maxShort)
	apply(t, s, "+a:1 p a:12 l", "+a:2 p ab l", "+"+long+" p b l")
	if err := s.ApplyDeltas([]graph.Delta{{Quad: quad.Make(quad.IRI("a:1"), quad.IRI("p"), quad.String("a:1"), nil), Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		start quad.Value
		want  string
	}{
		{quad.IRI("a"), "<a:1> <a:12> <a:2> <ab>"},
		{quad.IRI("a:1"), "<a:1> <a:12>"},
		{quad.String("a"), `"a:1"`},
		{quad.String(""), `"a:1"`},
		{quad.IRI("c"), ""},
		{quad.IRI("x"), ""}, // by its hash only
		{quad.IRI(long), ""},
	}
	for _, tt := range tests {
		var got []string
		for v, err := range s.Beginning(context.Background(), tt.start) {
			if err != nil || s.NameOf(v.Node) != v.Value {
				t.Errorf("Beginning(%v): node %d of %v, %v", tt.start, v.Node, v.Value, err)
			}
			got = append(got, v.Value.String())
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("Beginning(%v) = %v, want %s", tt.start, got, tt.want)
		}
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	var errs []error
	for _, err := range s.Beginning(cancelled, quad.IRI("a")) {
		errs = append(errs, err)
	}
	if !slices.ContainsFunc(errs, func(err error) bool { return errors.Is(err, context.Canceled) }) || len(errs) != 1 {
		t.Errorf("Beginning with a cancelled context = %v", errs)
	}
}
