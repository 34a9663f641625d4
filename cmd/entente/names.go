package main

import (
	"context"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// findAll returns the IDs that names mean. The error of an ambiguous name lists
// the candidates, that of an unknown one the nearest.
func findAll(ctx context.Context, g *graph.Graph, names []string) ([]entente.EntityID, error) {
	var ids []entente.EntityID
	for _, name := range names {
		e, err := g.FindOne(ctx, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, e.ID)
	}
	return ids, nil
}
