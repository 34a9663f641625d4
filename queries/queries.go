// Package queries asks questions of a graph. Each function returns claims,
// paths or a struct of both, never text; the command, and whatever else shows
// answers, prints the same values.
//
// Start with [Claims], [Between] and [Timeline], three ways to look at the same
// [Question]; [Path] connects two entities, [NewDossier] tells all about one,
// [NewEvidence] shows the sentence behind a claim.
//
// Two things are inferred here and nowhere else, since the graph keeps only what
// reports say. What is asked of a state is asked of its officials too: the
// persons and organisations whose Entity.State it is, and whoever holds one of
// its offices or represents it by a claim; a question about claims between two
// sides reckons the places of a state to it as well. And a claim that several
// reports tell is one [Group].
//
// Names are resolved by the caller (graph.Find), so that an ambiguous one can be
// shown. Answers can be divided by relation or month ([Divide]), counted
// ([NewTally]) and held beside each other ([NewComparison]). Not here: inference
// along chains of relations.
package queries

import (
	"context"
	"iter"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// A Question asks for claims. Its zero value asks for all of them.
type Question struct {
	graph.Query      // which claims; Limit counts groups, 0 is all
	NoOfficials bool // a state stands for itself alone, without its officials
}

// Claims returns the claims that the question asks for, in order of time (see
// [Compare]), those that several reports tell as one group.
func Claims(ctx context.Context, g *graph.Graph, q Question) ([]Group, error) {
	crew, err := q.crew(ctx, g, q.actors())
	if err != nil {
		return nil, err
	}
	groups, err := claims(ctx, g, q, crew)
	if err != nil {
		return nil, err
	}
	return groups, Corroborate(ctx, g, groups)
}

// actors returns all whom the question names, places too. The ID of no entity asks
// for nothing.
func (q Question) actors() []entente.EntityID {
	all := slices.Concat(q.Subject, q.Object, q.Either, q.Between[0], q.Between[1], q.Place)
	return slices.DeleteFunc(all, func(id entente.EntityID) bool { return id == "" })
}

// crew looks for what belongs to the states among ids, as far as the question
// wants that.
func (q Question) crew(ctx context.Context, g *graph.Graph, ids []entente.EntityID) (*crew, error) {
	if q.NoOfficials {
		return &crew{}, nil
	}
	return newCrew(ctx, g, ids)
}

// claims answers a question whose crew is known.
func claims(ctx context.Context, g *graph.Graph, q Question, crew *crew) ([]Group, error) {
	query := widened(q.Query, crew)
	query.Limit = 0 // groups are counted, not their tellings
	records, err := collect(g.Claims(ctx, query))
	if err != nil {
		return nil, err
	}
	return limited(GroupRecords(records), q.Limit), nil
}

// widened returns a query that asks of each state what belongs to it too.
func widened(q graph.Query, crew *crew) graph.Query {
	q.Subject = crew.with(q.Subject, officials)
	q.Object = crew.with(q.Object, officials|places)
	q.Either = crew.with(q.Either, officials)
	q.Between[0] = crew.with(q.Between[0], officials|places)
	q.Between[1] = crew.with(q.Between[1], officials|places)
	q.Place = crew.with(q.Place, places)
	return q
}

// Between returns the claims between two sides: those with one of a as one actor
// and one of b as the other, in either direction. q narrows them by time,
// relation and the rest; its own actors are ignored.
//
// A state's places count as the state ("Lavrov visited Pyongyang" lies between
// Russia and North Korea), and so does an agreement that both sides have signed,
// ratified or left: their claims about it are among the answer.
func Between(ctx context.Context, g *graph.Graph, a, b []entente.EntityID, q Question) ([]Group, error) {
	q.Subject, q.Object, q.Either = nil, nil, nil
	q.Between = [2][]entente.EntityID{a, b}
	limit := q.Limit
	q.Limit = 0
	crew, err := q.crew(ctx, g, slices.Concat(a, b, q.Place))
	if err != nil {
		return nil, err
	}
	groups, err := claims(ctx, g, q, crew)
	if err != nil {
		return nil, err
	}
	shared, err := sharedAgreements(ctx, g, a, b, q, crew)
	if err != nil {
		return nil, err
	}
	groups = append(groups, shared...)
	slices.SortFunc(groups, compareGroups)
	groups = slices.CompactFunc(groups, func(x, y Group) bool { return x.ID == y.ID })
	groups = limited(groups, limit)
	return groups, Corroborate(ctx, g, groups)
}

// paperRelations are what an actor does with an agreement.
var paperRelations = []entente.Relation{entente.Signed, entente.Ratified, entente.WithdrewFrom}

// sharedAgreements returns the claims of both sides about agreements that each
// has to do with.
func sharedAgreements(ctx context.Context, g *graph.Graph, a, b []entente.EntityID, q Question, crew *crew) ([]Group, error) {
	q.Between = [2][]entente.EntityID{}
	q.Relations = intersection(q.Relations, paperRelations)
	if len(q.Relations) == 0 {
		return nil, nil
	}
	sides := [2][]Group{}
	parties := [2]map[entente.EntityID]bool{{}, {}}
	for i, side := range [2][]entente.EntityID{a, b} {
		q.Subject = side
		groups, err := claims(ctx, g, q, crew)
		if err != nil {
			return nil, err
		}
		for _, group := range groups {
			if group.Object.Kind == entente.Agreement {
				sides[i] = append(sides[i], group)
				parties[i][group.Object.ID] = true
			}
		}
	}
	both := func(group Group) bool { return parties[0][group.Object.ID] && parties[1][group.Object.ID] }
	var shared []Group
	for _, group := range slices.Concat(sides[0], sides[1]) {
		if both(group) {
			shared = append(shared, group)
		}
	}
	return shared, nil
}

// intersection returns what asked and known share; all of known where nothing
// was asked.
func intersection(asked, known []entente.Relation) []entente.Relation {
	if len(asked) == 0 {
		return known
	}
	var both []entente.Relation
	for _, r := range known {
		if slices.Contains(asked, r) {
			both = append(both, r)
		}
	}
	return both
}

// Timeline returns the claims that have one of ids as an actor, in order of
// time; those without a date come last. q narrows them; its own actors are
// ignored.
func Timeline(ctx context.Context, g *graph.Graph, ids []entente.EntityID, q Question) ([]Group, error) {
	q.Subject, q.Object, q.Between = nil, nil, [2][]entente.EntityID{}
	q.Either = ids
	return Claims(ctx, g, q)
}

func limited(groups []Group, limit int) []Group {
	if limit > 0 && len(groups) > limit {
		return groups[:limit]
	}
	return groups
}

// collect gathers what a graph yields, up to the first error.
func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}
