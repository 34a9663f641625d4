package queries

import (
	"context"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/same"
)

// A Merge is one that MergeAll makes or would make, and why.
type Merge struct {
	A   entente.Actor `json:"entity"`
	B   entente.Actor `json:"shown_as"`
	Why string        `json:"why"`
}

// Merges returns which persons and agreements of several reports seem to be one,
// and are not yet: names that fit, states and offices that do not speak against
// it, reports that are about the same. Nothing is changed.
func Merges(ctx context.Context, g *graph.Graph) ([]Merge, error) {
	var readings []entente.Reading
	for report, err := range g.Reports(ctx) {
		if err != nil {
			return nil, err
		}
		reading, err := g.Reading(ctx, report.ID)
		if err != nil {
			return nil, err
		}
		reading.Report.Text = "" // texts would fill the memory
		readings = append(readings, reading)
	}
	var known []same.Pair
	for s, err := range g.Merges(ctx) {
		if err != nil {
			return nil, err
		}
		known = append(known, same.Pair{A: s.A, B: s.B})
	}
	pairs, err := same.Find(readings, known)
	if err != nil {
		return nil, err
	}
	merges := make([]Merge, len(pairs))
	for i, p := range pairs {
		a, err := g.Entity(ctx, p.A)
		if err != nil {
			return nil, err
		}
		b, err := g.Entity(ctx, p.B)
		if err != nil {
			return nil, err
		}
		merges[i] = Merge{entente.NewActor(a), entente.NewActor(b), p.Why}
	}
	return merges, nil
}

// MergeAll makes the merges that Merges proposes, and returns them. Each is a
// statement like one that a person makes: [graph.Graph.Split] takes it back.
func MergeAll(ctx context.Context, g *graph.Graph) ([]Merge, error) {
	merges, err := Merges(ctx, g)
	if err != nil {
		return nil, err
	}
	for _, m := range merges {
		if err := g.Merge(ctx, m.A.ID, m.B.ID); err != nil {
			return nil, err
		}
	}
	return merges, nil
}
