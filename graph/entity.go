package graph

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// Entity returns an entity by its ID; for one that was merged, the one into
// which it was, with the names of both among its aliases. What the gazetteer
// knows is found though no report names it. Errors: ErrNotFound.
func (g *Graph) Entity(ctx context.Context, id entente.EntityID) (entente.Entity, error) {
	v := g.view(ctx)
	defer v.close()
	group, err := v.group(id)
	if err != nil {
		return entente.Entity{}, err
	}
	e, err := v.entity(group[0])
	if err != nil {
		return entente.Entity{}, err
	}
	if e.Kind == "" {
		return entente.Entity{}, fmt.Errorf("entity %s: %w", id, ErrNotFound)
	}
	if e.Aliases, err = v.spellings(group, e); err != nil {
		return entente.Entity{}, err
	}
	return e, nil
}

// Entities lists the entities that reports name, by ID, each merged group once.
func (g *Graph) Entities(ctx context.Context) iter.Seq2[entente.Entity, error] {
	return func(yield func(entente.Entity, error) bool) {
		v := g.view(ctx)
		defer v.close()
		groups, err := v.groups()
		if err != nil {
			yield(entente.Entity{}, err)
			return
		}
		spellings, err := v.allSpellings()
		if err != nil {
			yield(entente.Entity{}, err)
			return
		}
		for _, id := range slices.Sorted(maps.Keys(groups)) {
			e, err := v.entity(id)
			if err == nil {
				e.Aliases, err = v.aliases(groups[id], e, func(id entente.EntityID, into map[string]bool) error {
					maps.Copy(into, spellings[id])
					return nil
				})
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// OfState lists the entities that reports name and whose state has a code (ISO
// 3166-1 alpha-3), the state itself too, by ID, each merged group once and without
// its aliases. It reads only those.
func (g *Graph) OfState(ctx context.Context, code string) iter.Seq2[entente.Entity, error] {
	return func(yield func(entente.Entity, error) bool) {
		v := g.view(ctx)
		defer v.close()
		ids := make(map[entente.EntityID]bool)
		for q, err := range v.quads(quad.Quad{Predicate: kgState, Object: quad.String(code)}) {
			var id entente.EntityID
			if err == nil {
				id, err = v.canonical(entente.EntityID(afterPrefix(q.Subject, entPrefix)))
			}
			if err != nil {
				yield(entente.Entity{}, err)
				return
			}
			ids[id] = true
		}
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			e, err := v.entity(id)
			if err == nil && e.State != code {
				continue // merged into one of another state
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// groups lists the entities of the store by the one that stands for them.
func (v *view) groups() (map[entente.EntityID][]entente.EntityID, error) {
	ids, err := v.readEntities()
	if err != nil {
		return nil, err
	}
	groups := make(map[entente.EntityID][]entente.EntityID)
	for _, id := range ids {
		top, err := v.canonical(id)
		if err != nil {
			return nil, err
		}
		groups[top] = append(groups[top], id)
	}
	return groups, nil
}

// readEntities reads all entities at once, for entity to have them, and lists
// their IDs, sorted.
func (v *view) readEntities() ([]entente.EntityID, error) {
	quads := make(map[entente.EntityID][]quad.Quad)
	for _, label := range []quad.IRI{fromGazetteer, fromEntities} {
		for q, err := range v.quads(quad.Quad{Label: label}) {
			if err != nil {
				return nil, err
			}
			id := entente.EntityID(afterPrefix(q.Subject, entPrefix))
			quads[id] = append(quads[id], q)
		}
	}
	for id, list := range quads {
		e := entente.Entity{ID: id}
		setForm(&e, formFrom(list))
		v.entities[id] = e
	}
	return slices.Sorted(maps.Keys(quads)), nil
}

// allSpellings reads at once what reports call every entity.
func (v *view) allSpellings() (map[entente.EntityID]map[string]bool, error) {
	all := make(map[entente.EntityID]map[string]bool)
	for _, predicate := range []quad.IRI{altLabel, kgForm} {
		var last pebble.Link
		for link, err := range v.links(quad.Quad{Predicate: predicate}) {
			if err != nil {
				return nil, err
			}
			if link[0] == last[0] && link[2] == last[2] {
				continue // another report says so too
			}
			last = link
			q, err := v.quad(pebble.Link{link[0], link[1], link[2]})
			if err != nil {
				return nil, err
			}
			id := entente.EntityID(afterPrefix(q.Subject, entPrefix))
			if all[id] == nil {
				all[id] = make(map[string]bool)
			}
			if err := addSpelling(all[id], q); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// addSpelling adds the name in a quad of altLabel or kgForm.
func addSpelling(into map[string]bool, q quad.Quad) error {
	if q.Predicate == altLabel {
		into[quad.ToString(q.Object)] = true
		return nil
	}
	f, err := decodeForm(q.Object)
	into[f.name] = true
	return err
}

// entity reads one entity, not the group that it is of, without its aliases.
// It has no kind where neither store nor gazetteer knows it.
func (v *view) entity(id entente.EntityID) (entente.Entity, error) {
	if e, ok := v.entities[id]; ok {
		return e, nil
	}
	e := entente.Entity{ID: id}
	for _, label := range []quad.IRI{fromGazetteer, fromEntities} {
		quads, err := v.all(quad.Quad{Subject: entIRI(id), Label: label})
		if err != nil {
			return e, err
		}
		if len(quads) > 0 {
			setForm(&e, formFrom(quads))
			break
		}
	}
	if e.Kind == "" {
		setForm(&e, formOf(v.g.world.byID[id]))
	}
	v.entities[id] = e
	return e, nil
}

// spellings lists what else the members of a group are called, sorted.
func (v *view) spellings(members []entente.EntityID, top entente.Entity) ([]string, error) {
	return v.aliases(members, top, v.reportedNames)
}

// aliases lists what else the members of a group are called, sorted; reported
// adds what reports call one.
func (v *view) aliases(members []entente.EntityID, top entente.Entity, reported func(entente.EntityID, map[string]bool) error) ([]string, error) {
	called := make(map[string]bool)
	for _, id := range members {
		e, err := v.entity(id)
		if err == nil {
			err = reported(id, called)
		}
		if err != nil {
			return nil, err
		}
		called[e.Name] = true
		for _, a := range v.g.world.byID[id].Aliases {
			called[a] = true
		}
	}
	delete(called, top.Name)
	delete(called, "")
	return slices.Sorted(maps.Keys(called)), nil
}

// reportedNames adds what reports call an entity.
func (v *view) reportedNames(id entente.EntityID, into map[string]bool) error {
	for _, predicate := range []quad.IRI{altLabel, kgForm} {
		for q, err := range v.quads(quad.Quad{Subject: entIRI(id), Predicate: predicate}) {
			if err == nil {
				err = addSpelling(into, q)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Same is one merge: A was merged into B, and B stands for both.
type Same struct{ A, B entente.EntityID }

// Merge states that a and b are one; from then on b stands for both wherever
// the graph is read. No claim changes, and Split takes it back. Where a was
// merged before, its whole group joins. Errors: ErrNotFound, for an entity that
// neither a report nor the gazetteer names; ErrSame, where a and b are one
// already; ErrKinds, for a person and a state.
func (g *Graph) Merge(ctx context.Context, a, b entente.EntityID) error {
	return g.changeMerges(ctx, func(v *view) ([]graph.Delta, error) {
		var kinds [2]entente.Kind
		var tops [2]entente.EntityID
		for i, id := range []entente.EntityID{a, b} {
			e, err := v.entity(id)
			if err == nil && e.Kind == "" {
				err = fmt.Errorf("entity %s: %w", id, ErrNotFound)
			}
			if err != nil {
				return nil, err
			}
			kinds[i] = e.Kind
			if tops[i], err = v.canonical(id); err != nil {
				return nil, err
			}
		}
		switch {
		case tops[0] == tops[1]:
			return nil, fmt.Errorf("merge of %s and %s: %w", a, b, ErrSame)
		case kinds[0] != kinds[1]:
			return nil, fmt.Errorf("merge of %s (%s) and %s (%s): %w", a, kinds[0], b, kinds[1], ErrKinds)
		}
		return []graph.Delta{{Quad: mergeQuad(Same{tops[0], b}), Action: graph.Add}}, nil
	})
}

// Split takes back the merge of a into another; where a stands for others, the
// merges of those into a. Errors: ErrNotFound, for an entity that is not merged.
func (g *Graph) Split(ctx context.Context, a entente.EntityID) error {
	return g.changeMerges(ctx, func(v *view) ([]graph.Delta, error) {
		var deltas []graph.Delta
		same, err := v.allMerges()
		if err != nil {
			return nil, err
		}
		for _, s := range same {
			if _, isMerged := v.merges[a]; s.A == a || s.B == a && !isMerged {
				deltas = append(deltas, graph.Delta{Quad: mergeQuad(s), Action: graph.Delete})
			}
		}
		if len(deltas) == 0 {
			return nil, fmt.Errorf("merge of %s: %w", a, ErrNotFound)
		}
		return deltas, nil
	})
}

// FindMerged returns the entity that Split is to be given for a name: one that
// was merged and is called so itself, else one that stands for others and is.
// Names are compared as Find does. Errors: ErrNotFound, for a name that no merged
// entity bears; *AmbiguousError.
func (g *Graph) FindMerged(ctx context.Context, name string) (entente.EntityID, error) {
	v := g.view(ctx)
	defer v.close()
	merged, standing, err := v.mergedNames()
	if err != nil {
		return "", err
	}
	folded := fold(name)
	for _, level := range levels {
		keys := level.keys(name, folded)
		for _, n := range []*names{merged, standing} {
			ids := slices.Concat(n.at(level.depth, byName, keys), n.at(level.depth, byAlias, keys))
			slices.Sort(ids)
			switch ids = slices.Compact(ids); len(ids) {
			case 0:
			case 1:
				return ids[0], nil
			default:
				return "", v.ambiguous(name, ids)
			}
		}
	}
	return "", fmt.Errorf("merge of %q: %w", name, ErrNotFound)
}

// mergedNames returns what the entities that were merged are called themselves,
// and what those are that stand for them. The IDs count as names.
func (v *view) mergedNames() (merged, standing *names, err error) {
	all, err := v.allMerges()
	if err != nil {
		return nil, nil, err
	}
	merged, standing = newNames(), newNames()
	for _, s := range all {
		into := map[entente.EntityID]*names{s.A: merged}
		if _, too := v.merges[s.B]; !too {
			into[s.B] = standing
		}
		for id, n := range into {
			e, err := v.entity(id)
			if err == nil {
				e.Aliases, err = v.spellings([]entente.EntityID{id}, e)
			}
			if err != nil {
				return nil, nil, err
			}
			n.add(e)
			n.put(exactly, byName, string(id), id)
		}
	}
	return merged, standing, nil
}

// ambiguous is the error of a name that means several entities, as they are
// without their merges.
func (v *view) ambiguous(name string, ids []entente.EntityID) error {
	e := &AmbiguousError{Name: name}
	for _, id := range ids {
		candidate, err := v.entity(id)
		if err != nil {
			return err
		}
		e.Candidates = append(e.Candidates, candidate)
	}
	return e
}

func (g *Graph) changeMerges(ctx context.Context, collect func(*view) ([]graph.Delta, error)) error {
	g.write.Lock()
	defer g.write.Unlock()
	v := g.view(ctx)
	defer v.close()
	deltas, err := collect(v)
	if err != nil {
		return err
	}
	return g.apply(deltas)
}

func mergeQuad(s Same) quad.Quad {
	return quad.Quad{Subject: entIRI(s.A), Predicate: sameAs, Object: entIRI(s.B), Label: fromMerges}
}

// Merges lists the merges, by the one that was merged.
func (g *Graph) Merges(ctx context.Context) iter.Seq2[Same, error] {
	return func(yield func(Same, error) bool) {
		v := g.view(ctx)
		defer v.close()
		same, err := v.allMerges()
		if err != nil {
			yield(Same{}, err)
			return
		}
		for _, s := range same {
			if !yield(s, nil) {
				return
			}
		}
	}
}

func (v *view) allMerges() ([]Same, error) {
	if err := v.readMerges(); err != nil {
		return nil, err
	}
	var same []Same
	for _, a := range slices.Sorted(maps.Keys(v.merges)) {
		same = append(same, Same{a, v.merges[a]})
	}
	return same, nil
}

// readMerges reads all merges once; they are few, since a person makes them.
func (v *view) readMerges() error {
	if v.merges != nil {
		return nil
	}
	merges := make(map[entente.EntityID]entente.EntityID)
	for q, err := range v.quads(quad.Quad{Label: fromMerges}) {
		if err != nil {
			return err
		}
		merges[entente.EntityID(afterPrefix(q.Subject, entPrefix))] = entente.EntityID(afterPrefix(q.Object, entPrefix))
	}
	v.merges = merges
	return nil
}

// canonical returns the entity that stands for id.
func (v *view) canonical(id entente.EntityID) (entente.EntityID, error) {
	if err := v.readMerges(); err != nil {
		return "", err
	}
	return v.top(id), nil
}

// top follows merges, which have been read. An imported circle ends it.
func (v *view) top(id entente.EntityID) entente.EntityID {
	for range v.merges {
		next, ok := v.merges[id]
		if !ok {
			break
		}
		id = next
	}
	return id
}

// group returns the entities merged with id, the one that stands for them first.
func (v *view) group(id entente.EntityID) ([]entente.EntityID, error) {
	top, err := v.canonical(id)
	if err != nil {
		return nil, err
	}
	members := []entente.EntityID{top}
	for _, a := range slices.Sorted(maps.Keys(v.merges)) {
		if a != top && v.top(a) == top {
			members = append(members, a)
		}
	}
	return members, nil
}
