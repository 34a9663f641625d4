package main

import (
	"context"

	"github.com/urfave/cli/v2"

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

// findTwo returns the IDs of the two actors that the arguments name. They must
// not be one.
func findTwo(ctx context.Context, c *cli.Context, g *graph.Graph) ([]entente.EntityID, error) {
	ids, err := findAll(ctx, g, c.Args().Slice())
	if err == nil && ids[0] == ids[1] {
		err = wrongUsage(c, "%s: %q and %q are one: %s", c.Command.Name, c.Args().Get(0), c.Args().Get(1), ids[0])
	}
	return ids, err
}
