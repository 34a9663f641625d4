package main

import (
	"bytes"
	"testing"

	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/event"
)

// TestTrain trains on three reports: most of their claims must have a candidate,
// the judge must find what it learnt, and the same reports must give the same
// bytes.
func TestTrain(t *testing.T) {
	frames, err := event.ReadFrames(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	reports, err := read([]string{"../../cmd/entente/testdata/gold"}, frames)
	if err != nil {
		t.Fatal(err)
	}
	claims, reached := 0, map[[2]int]bool{}
	for n, r := range reports {
		claims += len(r.Claims)
		for _, c := range r.claimOf {
			if c >= 0 {
				reached[[2]int{n, c}] = true
			}
		}
	}
	if len(reached)*2 < claims {
		t.Errorf("%d of %d claims have a candidate, want half at least", len(reached), claims)
	}
	j := train(reports)
	if !bytes.Equal(j.Encode(), train(reports).Encode()) {
		t.Error("the same reports give two judges")
	}
	m := &measure{reports: reports, frames: frames, judges: []*event.Judge{j, j, j, j, j}}
	found := 0
	for _, s := range m.scores(0.2) {
		found += s.tally.Strict
	}
	if found*2 < len(reached) {
		t.Errorf("the judge finds %d of the %d claims that it learnt from, want half at least", found, len(reached))
	}
}

func TestLabel(t *testing.T) {
	frames, err := event.ReadFrames(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	reports, err := read([]string{"../../cmd/entente/testdata/gold"}, frames)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		l := newLabeller(r)
		for i, e := range r.found {
			n := r.claimOf[i]
			if n < 0 {
				continue
			}
			c := r.Claims[n]
			right := l.is(e.Subject, c.Subject) && l.is(e.Object, c.Object) || e.Relation.IsSymmetric() && l.is(e.Subject, c.Object) && l.is(e.Object, c.Subject)
			if e.Relation != c.Relation || !right {
				t.Errorf("%s: %s %s %s is labelled as %s %s %s", r.Name, e.Subject, e.Relation, e.Object, c.Subject, c.Relation, c.Object)
			}
		}
	}
}
