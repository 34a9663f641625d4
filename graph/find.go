package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/xrash/smetrics"

	entente "github.com/entente-kg/entente"
)

// Find returns the entities that a name means, of the gazetteer and of the
// graph: by ID, ISO 3166-1 code or Wikidata ID, by name or alias as written, else
// without case and diacritics, else in another transliteration, else by a part
// such as the surname. Only the first of these that finds something counts, and
// names count before aliases, and of parts those that the graph has before the
// gazetteer; several entities mean that the name is ambiguous, those that most
// reports name first. Where none has the name, the error is an
// *UnknownNameError.
func (g *Graph) Find(ctx context.Context, name string) ([]entente.Entity, error) {
	v := g.view(ctx)
	defer v.close()
	return v.find(name)
}

// FindOne returns the one entity that a name means. Errors: *UnknownNameError,
// *AmbiguousError.
func (g *Graph) FindOne(ctx context.Context, name string) (entente.Entity, error) {
	found, err := g.Find(ctx, name)
	if err != nil {
		return entente.Entity{}, err
	}
	if len(found) > 1 {
		return entente.Entity{}, &AmbiguousError{Name: name, Candidates: found}
	}
	return found[0], nil
}

// Lookup is [Graph.Find] for a phrase that may be no name: it then returns nothing and
// no error. whole is false where the phrase is only a part of the names.
func (g *Graph) Lookup(ctx context.Context, phrase string) (found []entente.Entity, whole bool, err error) {
	v := g.view(ctx)
	defer v.close()
	stored, err := v.g.namesOf(v)
	if err != nil {
		return nil, false, err
	}
	return v.lookup(phrase, stored)
}

func (v *view) find(name string) ([]entente.Entity, error) {
	stored, err := v.g.namesOf(v)
	if err != nil {
		return nil, err
	}
	found, _, err := v.lookup(name, stored)
	if err == nil && len(found) == 0 {
		err = &UnknownNameError{Name: strings.TrimSpace(name), Nearest: v.nearest(name, stored)}
	}
	return found, err
}

// lookup returns what a name means, nothing for what is none.
func (v *view) lookup(name string, stored *names) (found []entente.Entity, whole bool, err error) {
	name = strings.TrimSpace(name)
	id := entente.EntityID(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(name, "<"), entPrefix), ">"))
	if e, err := v.entity(id); err != nil || e.Kind != "" {
		found, err = v.standingAll([]entente.EntityID{id}, err)
		return found, true, err
	}
	folded := fold(name)
	for _, local := range []bool{false, true} {
		for _, level := range levels {
			keys := level.keys(name, folded)
			for _, way := range []int{byName, byAlias} {
				ids := keep(stored.at(level.depth, way, keys), local)
				if !local && (level.depth != partly || len(ids) == 0) {
					ids = append(ids, v.g.world.names().at(level.depth, way, keys)...)
				}
				if len(ids) > 0 {
					found, err = v.standingAll(ids, nil)
					return found, level.depth != partly, err
				}
			}
		}
	}
	return nil, false, nil
}

// keep returns the IDs that are local to a report, or those that are not.
func keep(ids []entente.EntityID, local bool) []entente.EntityID {
	return slices.DeleteFunc(ids, func(id entente.EntityID) bool { return id.IsLocal() != local })
}

// standingAll returns the entities that stand for those with the IDs, each once
// and with its aliases.
func (v *view) standingAll(ids []entente.EntityID, err error) ([]entente.Entity, error) {
	var found []entente.Entity
	seen := make(map[entente.EntityID]bool)
	for _, id := range ids {
		if err != nil {
			return nil, err
		}
		var members []entente.EntityID
		if members, err = v.group(id); err != nil || seen[members[0]] {
			continue
		}
		seen[members[0]] = true
		var e entente.Entity
		if e, err = v.entity(members[0]); err == nil {
			e.Aliases, err = v.spellings(members, e)
		}
		found = append(found, e)
	}
	if err != nil {
		return nil, err
	}
	found = withoutSeats(found)
	if len(found) > 1 {
		v.sortByFame(found)
	}
	return found, nil
}

// withoutSeats drops places and cities that are called like the state in which
// they lie, such as Luxembourg, where the state is found too.
func withoutSeats(found []entente.Entity) []entente.Entity {
	states := make(map[string]bool)
	for _, e := range found {
		if e.Kind == entente.State {
			states[e.State] = true
		}
	}
	return slices.DeleteFunc(found, func(e entente.Entity) bool { return e.Kind == entente.Place && states[e.State] })
}

// sortByFame puts first what most quads point at.
func (v *view) sortByFame(found []entente.Entity) {
	fame := make(map[entente.EntityID]int64, len(found))
	for _, e := range found {
		if n := v.ref(entIRI(e.ID)); n != 0 {
			size, _ := v.store.QuadIteratorSize(v.ctx, quad.Object, n)
			fame[e.ID] = size.Size
		}
	}
	slices.SortFunc(found, func(a, b entente.Entity) int {
		return cmp.Or(
			cmp.Compare(fame[b.ID], fame[a.ID]),
			rank(b.Kind == entente.State)-rank(a.Kind == entente.State),
			cmp.Compare(a.ID, b.ID))
	})
}

// The depths at which a name is compared, and how it is found there.
const (
	exactly = iota
	folded
	respelled
	partly
	depths
)

const (
	byName = iota
	byAlias
	ways
)

// levels are what Find tries, in this order. A part of a name is a word of it;
// where several are given, all must be.
var levels = []struct {
	depth int
	keys  func(name, folded string) []string
}{
	{exactly, func(name, _ string) []string { return []string{name} }},
	{folded, func(_, folded string) []string { return []string{folded} }},
	{respelled, func(_, folded string) []string { return []string{respell(folded)} }},
	{partly, words},
}

// words returns the keys of the words of a name.
func words(_, folded string) []string {
	list := strings.Fields(folded)
	for i, w := range list {
		list[i] = respell(w)
	}
	return list
}

// names is an index of entities by what they are called.
type names struct {
	index  [depths][ways]map[string][]entente.EntityID
	folded map[string]entente.EntityID // every name as fold leaves it, for the nearest
}

func newNames() *names {
	n := &names{folded: make(map[string]entente.EntityID)}
	for depth := range n.index {
		for way := range n.index[depth] {
			n.index[depth][way] = make(map[string][]entente.EntityID)
		}
	}
	return n
}

// add enters an entity with its aliases and its Wikidata ID.
func (n *names) add(e entente.Entity) {
	n.enter(e.ID, e.Name, byName)
	for _, a := range e.Aliases {
		n.enter(e.ID, a, byAlias)
	}
	if e.Wikidata != "" {
		n.put(exactly, byName, e.Wikidata, e.ID)
	}
}

func (n *names) enter(id entente.EntityID, name string, way int) {
	folded := fold(name)
	for _, level := range levels {
		for _, key := range level.keys(name, folded) {
			n.put(level.depth, way, key, id)
		}
	}
	if _, taken := n.folded[folded]; folded != "" && !taken {
		n.folded[folded] = id
	}
}

func (n *names) put(depth, way int, key string, id entente.EntityID) {
	ids := n.index[depth][way][key]
	if key != "" && !slices.Contains(ids, id) {
		n.index[depth][way][key] = append(ids, id)
	}
}

// at returns the entities that have all the keys.
func (n *names) at(depth, way int, keys []string) []entente.EntityID {
	if len(keys) == 0 {
		return nil
	}
	found := slices.Clone(n.index[depth][way][keys[0]])
	for _, key := range keys[1:] {
		found = slices.DeleteFunc(found, func(id entente.EntityID) bool {
			return !slices.Contains(n.index[depth][way][key], id)
		})
	}
	return found
}

// namesOf returns the index of the graph's own entities, made anew after a
// change. The view must be newer than the last change that this process made.
func (g *Graph) namesOf(v *view) (*names, error) {
	g.index.Lock()
	n, epoch := g.names, g.epoch
	g.index.Unlock()
	if n != nil {
		return n, nil
	}
	n, err := v.readNames()
	if err != nil {
		return nil, err
	}
	g.index.Lock()
	if epoch == g.epoch {
		g.names = n
	}
	g.index.Unlock()
	return n, nil
}

// readNames makes the index of the graph's own entities.
func (v *view) readNames() (*names, error) {
	n := newNames()
	ids, err := v.readEntities()
	if err != nil {
		return nil, err
	}
	spellings, err := v.allSpellings()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		e := v.entities[id]
		e.Aliases = slices.Sorted(maps.Keys(spellings[id]))
		n.add(e)
	}
	return n, nil
}

// forget drops what was kept in memory, after a change.
func (g *Graph) forget() {
	g.index.Lock()
	g.names, g.web, g.called = nil, nil, nil
	g.epoch++
	g.index.Unlock()
}

// nearest returns at most three entities whose names are most like the name,
// by Jaro-Winkler similarity (Winkler 1990).
func (v *view) nearest(name string, stored *names) []entente.Entity {
	const most, least, near = 3, 0.8, 0.08 // near: below the best
	want := fold(name)
	if want == "" {
		return nil
	}
	scores := make(map[entente.EntityID]float64)
	for _, n := range []*names{stored, v.g.world.names()} {
		for called, id := range n.folded {
			if s := likeness(want, called); s >= least {
				scores[id] = max(scores[id], s)
			}
		}
	}
	ids := make([]entente.EntityID, 0, len(scores))
	for id := range scores {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b entente.EntityID) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b))
	})
	for i, id := range ids {
		if scores[id] < scores[ids[0]]-near {
			ids = ids[:i]
			break
		}
	}
	found, err := v.standingAll(ids[:min(most, len(ids))], nil)
	if err != nil {
		return nil // the name is unknown all the same
	}
	slices.SortStableFunc(found, func(a, b entente.Entity) int { return cmp.Compare(scores[b.ID], scores[a.ID]) })
	return found
}

// likeness compares folded names; one word also with each word of the other.
func likeness(want, called string) float64 {
	s := smetrics.JaroWinkler(want, called, 0.7, 4)
	if strings.Contains(want, " ") {
		return s
	}
	for word := range strings.FieldsSeq(called) {
		if word != called {
			s = max(s, 0.95*smetrics.JaroWinkler(want, word, 0.7, 4))
		}
	}
	return s
}
