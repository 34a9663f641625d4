package graph

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// mostLooked bounds how many texts that begin alike NamesBeginning looks at: titles
// and sentences lie among the names.
const mostLooked = 2000

// NamesBeginning returns names of entities that reports name, those local to one
// report aside, that begin with start, sorted: as written, and with start in capitals
// and small letters as names have them. It is for completion: a few ranges of keys
// are read, not the entities, so at most limit names come, and names of more than
// 39 bytes only where the gazetteer has them. A start with an underscore is taken
// for that of an ID, and IDs are returned.
func (g *Graph) NamesBeginning(ctx context.Context, start string, limit int) ([]string, error) {
	v := g.view(ctx)
	defer v.close()
	if strings.Contains(start, "_") {
		return v.idsBeginning(start, limit)
	}
	found := make(map[string]bool)
	for _, s := range casings(start) {
		if err := v.namesBeginning(s, limit, found); err != nil {
			return nil, err
		}
	}
	for id, e := range g.world.byID {
		if len(e.Name) > 39 && len(found) < limit && hasPrefixFold(e.Name, start) && v.ref(entIRI(id)) != 0 {
			found[e.Name] = true
		}
	}
	names := slices.Sorted(maps.Keys(found))
	return names[:min(len(names), limit)], nil
}

// casings returns a text as it is, with a capital before each word, and in small and
// in capital letters, each once.
func casings(s string) []string {
	lower := strings.ToLower(s)
	between := true
	capital := strings.Map(func(r rune) rune {
		if between {
			r = unicode.ToTitle(r)
		}
		between = !unicode.IsLetter(r) && !unicode.IsMark(r)
		return r
	}, lower)
	all := []string{s, capital, lower, strings.ToUpper(s)}
	slices.Sort(all)
	return slices.Compact(all)
}

// hasPrefixFold is strings.HasPrefix without regard to case.
func hasPrefixFold(s, prefix string) bool {
	for prefix != "" {
		want, n := utf8.DecodeRuneInString(prefix)
		have, m := utf8.DecodeRuneInString(s)
		if m == 0 || unicode.ToLower(want) != unicode.ToLower(have) {
			return false
		}
		prefix, s = prefix[n:], s[m:]
	}
	return true
}

// namesBeginning adds names that begin with start as it is written.
func (v *view) namesBeginning(start string, limit int, found map[string]bool) error {
	looked := 0
	for text, err := range v.store.Beginning(v.ctx, quad.String(start)) {
		if err != nil {
			return err
		}
		is, err := v.isName(text.Node)
		if err != nil {
			return err
		}
		if is {
			found[string(text.Value.(quad.String))] = true
		}
		if looked++; len(found) >= limit || looked == mostLooked {
			break
		}
	}
	return nil
}

// isName reports whether a text is what an entity is called that is not local to
// one report.
func (v *view) isName(text pebble.Node) (bool, error) {
	for _, predicate := range []quad.IRI{rdfsLabel, altLabel} {
		p := v.ref(predicate)
		if p == 0 {
			continue
		}
		var last pebble.Node
		for link, err := range v.store.Links(v.ctx, pebble.Link{1: p, 2: text}) {
			if err != nil {
				return false, err
			}
			if link[0] == last {
				continue // another report says so too
			}
			last = link[0]
			subject, err := v.value(last)
			if err != nil {
				return false, err
			}
			if !entente.EntityID(afterPrefix(subject, entPrefix)).IsLocal() {
				return true, nil
			}
		}
	}
	return false, nil
}

// idsBeginning returns IDs of entities that begin with start.
func (v *view) idsBeginning(start string, limit int) (ids []string, err error) {
	for _, s := range casings(start) {
		if ids, err = v.beginning(entPrefix, s, limit, ids); err != nil {
			return nil, err
		}
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return entente.EntityID(id).IsLocal() })
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// beginning appends to ids, up to limit of them, what IRIs of a prefix name that
// begins with start.
func (v *view) beginning(prefix, start string, limit int, ids []string) ([]string, error) {
	for found, err := range v.store.Beginning(v.ctx, quad.IRI(prefix+escape(start))) {
		if err != nil {
			return ids, err
		}
		if len(ids) >= limit {
			break
		}
		ids = append(ids, afterPrefix(found.Value, prefix))
	}
	return ids, nil
}

// ClaimsBeginning returns at most limit IDs of claims that begin with start, sorted.
// It reads no more than those.
func (g *Graph) ClaimsBeginning(ctx context.Context, start string, limit int) ([]entente.ClaimID, error) {
	return idsOf[entente.ClaimID](ctx, g, claimPrefix, start, limit)
}

// ReportsBeginning returns at most limit IDs of reports that begin with start,
// sorted. It reads no more than those.
func (g *Graph) ReportsBeginning(ctx context.Context, start string, limit int) ([]entente.ReportID, error) {
	return idsOf[entente.ReportID](ctx, g, reportPrefix, start, limit)
}

func idsOf[T ~string](ctx context.Context, g *Graph, prefix, start string, limit int) (ids []T, err error) {
	v := g.view(ctx)
	defer v.close()
	texts, err := v.beginning(prefix, start, limit, nil)
	for _, id := range texts {
		ids = append(ids, T(id))
	}
	return ids, err
}

// PublishersBeginning returns at most limit names of publishers that begin with
// start, case aside, sorted. It reads two keys a publisher.
func (g *Graph) PublishersBeginning(ctx context.Context, start string, limit int) (names []string, err error) {
	v := g.view(ctx)
	defer v.close()
	looked := 0
	for p, err := range v.store.Objects(ctx, v.ref(kgPublisher)) {
		if err != nil {
			return nil, err
		}
		name, err := v.value(p.Object)
		if err != nil {
			return nil, err
		}
		if text, ok := name.(quad.String); ok && hasPrefixFold(string(text), start) {
			names = append(names, string(text))
		}
		if looked++; len(names) >= limit || looked == mostLooked {
			break
		}
	}
	slices.Sort(names)
	return names, nil
}
