package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// theirs returns whom "they" means: the plural subject of the clause or of the
// one above, the group last spoken of, subjects first, a plural noun that stands
// for one ("Ukrainian drones"), or an organisation that was the subject.
func (r *resolver) theirs(i int) []entente.EntityID {
	if ids := r.pluralOver(i); ids != nil {
		return ids
	}
	above := r.above(i)
	if g := r.lastGroup(0, "", i, 2); g != nil {
		return g
	}
	for _, many := range []bool{true, false} {
		for n := len(r.history) - 1; n >= 0 && r.si-r.history[n].sentence <= 1; n-- {
			ref := r.history[n]
			ids := r.actors(ref)
			if len(ids) != 1 || r.t.g.news[ids[0]] || r.clash(ref, i) || slices.Contains(above, ids[0]) {
				continue
			}
			kind := r.t.Entity(ids[0]).Kind
			if many && ref.plural && (kind == entente.State || kind == entente.Organisation) || !many && ref.subject && kind == entente.Organisation {
				return ids
			}
		}
	}
	return nil
}

// pluralOver returns the plural subject of the clause of "their" at token i, or
// of the clause above "they".
func (r *resolver) pluralOver(i int) []entente.EntityID {
	if r.pronounObject(i) {
		return nil
	}
	for n, v := 0, r.s[i].Head; v >= 0 && n < 6; n, v = n+1, r.s[v].Head {
		k := r.child(v, func(k int) bool { return strings.HasPrefix(r.s[k].Rel, "nsubj") && k < i })
		if k < 0 {
			continue
		}
		m, ok := r.t.at[[2]int{r.si, k}]
		if !ok {
			return nil
		}
		mention := r.t.mentions[m]
		if len(mention.Entities) > 1 || r.manyIn(k) && mention.Kind != entente.Person && mention.Form != Adjective {
			return r.actors(referent{mention: m})
		}
		return nil
	}
	return nil
}

// pronounObject reports whether token i is a pronoun in the role of an object.
func (r *resolver) pronounObject(i int) bool {
	return !r.joined && !strings.HasSuffix(r.s[i].Tag, "$") && !strings.HasPrefix(r.s[i].Rel, "nsubj")
}

// reflexive returns what "himself" at token i means: the mention just before it,
// else the subject of the clause or of those above.
func (r *resolver) reflexive(i int) []entente.EntityID {
	if m, ok := r.t.at[[2]int{r.si, i - 1}]; ok {
		return r.t.mentions[m].Entities
	}
	for n, v := 0, r.s[i].Head; v >= 0 && n < 6; n, v = n+1, r.s[v].Head {
		if k := r.child(v, func(k int) bool { return strings.HasPrefix(r.s[k].Rel, "nsubj") }); k >= 0 && k < i {
			if m, ok := r.t.at[[2]int{r.si, k}]; ok {
				return r.actors(referent{mention: m})
			}
			return r.relativeOf(v)
		}
	}
	return nil
}

// relativeOf returns the entities that the relative clause of verb v describes
// where "who", "which" or "that" is its subject.
func (r *resolver) relativeOf(v int) []entente.EntityID {
	h := r.s[v].Head
	if r.s[v].Rel != "acl:relcl" || h < 0 {
		return nil
	}
	k := r.child(v, func(k int) bool { return strings.HasPrefix(r.s[k].Rel, "nsubj") })
	if k < 0 || r.s[k].Tag != "WP" && r.s[k].Tag != "WDT" {
		return nil
	}
	for n := 0; n < 3 && h >= 0; n++ {
		if m, ok := r.t.at[[2]int{r.si, h}]; ok {
			return r.actors(referent{mention: m})
		}
		if rel := r.s[h].Rel; rel != "appos" && rel != "conj" {
			return nil
		}
		h = r.s[h].Head
	}
	return nil
}
