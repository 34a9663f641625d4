package main

import (
	"context"
	"fmt"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// maxCandidates is how many candidates an ambiguous name lists.
const maxCandidates = 8

// find returns the one entity that a name means. The error of an ambiguous name
// lists the candidates with their IDs, which are names too; that of an unknown
// one names the nearest.
func find(ctx context.Context, g *graph.Graph, name string) (entente.Entity, error) {
	found, err := g.Find(ctx, name)
	switch {
	case err != nil:
		return entente.Entity{}, err
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return entente.Entity{}, fmt.Errorf("unknown name %q", name)
	}
	var list []string
	for _, e := range found[:min(len(found), maxCandidates)] {
		list = append(list, fmt.Sprintf("%s (%s)", e.ID, describe(e)))
	}
	if more := len(found) - len(list); more > 0 {
		list = append(list, fmt.Sprintf("%d more", more))
	}
	return entente.Entity{}, fmt.Errorf("%q may be any of: %s; give one of them", name, strings.Join(list, ", "))
}

// findAll returns the IDs that names mean.
func findAll(ctx context.Context, g *graph.Graph, names []string) ([]entente.EntityID, error) {
	var ids []entente.EntityID
	for _, name := range names {
		e, err := find(ctx, g, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, e.ID)
	}
	return ids, nil
}

// describe says in a word or two what an entity is.
func describe(e entente.Entity) string {
	words := string(e.Kind)
	if e.State != "" && e.Kind != entente.State {
		words += ", " + e.State
	}
	if string(entente.NewEntityID(e.Name)) != string(e.ID) {
		words = e.Name + "; " + words
	}
	return words
}
