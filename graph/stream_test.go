package graph_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// TestQuads compares the quads of readings with those of a graph that has them.
func TestQuads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := rapid.SliceOfNDistinct(readings(), 0, 6, func(r entente.Reading) entente.ReportID { return r.Report.ID }).Draw(t, "readings")
		var lines strings.Builder
		for q, err := range graph.Quads(each(rs)) {
			if err != nil {
				t.Fatal(err)
			}
			lines.WriteString(strings.ReplaceAll(q.NQuad(), "<xsd:", "<http://www.w3.org/2001/XMLSchema#") + "\n")
		}
		streamed, added := openMemory(t), openMemory(t)
		defer streamed.Close()
		defer added.Close()
		if _, err := streamed.Import(ctx, strings.NewReader(lines.String())); err != nil {
			t.Fatal(err)
		}
		add(t, added, rs...)
		same(t, "quads", dump(t, streamed), dump(t, added))
	})
}

// TestQuadsOfContradiction stops at a reading that contradicts itself.
func TestQuadsOfContradiction(t *testing.T) {
	bad := numbered(2)
	bad.Claims[0].Subject = "Nobody"
	n, reported := 0, error(nil)
	for _, err := range graph.Quads(each([]entente.Reading{numbered(1), bad})) {
		if reported = err; err == nil {
			n++
		}
	}
	if n == 0 || reported == nil || !strings.Contains(reported.Error(), "Nobody") {
		t.Errorf("after %d quads the error is %v, want one that names Nobody", n, reported)
	}
}

func each(rs []entente.Reading) func(func(entente.Reading, error) bool) {
	return func(yield func(entente.Reading, error) bool) {
		for _, r := range rs {
			if !yield(r, nil) {
				return
			}
		}
	}
}
