package queries

import (
	"context"

	"github.com/entente-kg/entente/graph"
)

// MergeAll placeholder.
func MergeAll(ctx context.Context, g *graph.Graph) ([]graph.Same, error) { return nil, nil }
