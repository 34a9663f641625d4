package names

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

type entry struct {
	text      string
	id        entente.EntityID
	kind      entente.Kind
	state     string
	form      Form
	acts      entente.EntityID
	ambiguous bool
}

type Gazetteer struct {
	byFirst  map[string][]*entry
	byID     map[entente.EntityID]entente.Entity
	states   map[string]entente.EntityID
	lists    map[string]map[string]bool
	given    map[string]string
	capitals map[entente.EntityID]entente.EntityID
	variants map[string]string
}

func (g *Gazetteer) is(list, word string) bool { return g.lists[list][word] }
func (g *Gazetteer) regional(w string) bool {
	switch w {
	case "west", "east", "north", "south", "asia", "asian", "africa", "african", "european", "european's", "american", "arab", "islamic", "war", "world", "nations", "western", "eastern", "northern", "southern", "pacific", "national", "international":
		return true
	}
	return false
}

func (g *Gazetteer) put(e *entry) {
	first := e.text
	for i, r := range e.text {
		if r == ' ' || r == '-' || r == '\'' && i > 1 {
			first = e.text[:i]
			break
		}
	}
	g.byFirst[first] = append(g.byFirst[first], e)
}

func NewGazetteer() (*Gazetteer, error) {
	g := &Gazetteer{byFirst: map[string][]*entry{}, byID: map[entente.EntityID]entente.Entity{}, states: map[string]entente.EntityID{}, lists: map[string]map[string]bool{}, given: map[string]string{}, capitals: map[entente.EntityID]entente.EntityID{}, variants: map[string]string{"sergei": "Sergey", "andrei": "Andrey"}}
	read := func(f string) []string {
		b, err := data.FS.ReadFile(f)
		if err != nil {
			panic(err)
		}
		return strings.Split(strings.TrimSpace(string(b)), "\n")
	}
	ent := func(name string, kind entente.Kind, state string) entente.EntityID {
		id := entente.NewEntityID(asciiName(name))
		if kind == entente.Place && g.byID[id].ID != "" {
			id += "_(place)"
		}
		g.byID[id] = entente.Entity{ID: id, Kind: kind, Name: name, State: state}
		return id
	}
	for _, l := range read("tmp/states.txt") {
		c := append(strings.Split(l, "|"), "", "", "")
		id := ent(c[0], entente.State, c[1])
		g.states[c[1]] = id
		base := entry{id: id, kind: entente.State, state: c[1]}
		for _, n := range append(strings.Split(c[5], ","), c[0]) {
			if n != "" {
				e := base
				e.text = n
				g.put(&e)
				u := e
				u.text = strings.ToUpper(n)
				if u.text != n {
					g.put(&u)
				}
			}
		}
		for _, n := range strings.Split(c[2], ",") {
			if n != "" && n != c[0] && !strings.Contains(","+c[5]+",", ","+n+",") {
				e := base
				e.text, e.form = n, Adjective
				g.put(&e)
			}
		}
		for _, n := range strings.Split(c[3], ",") {
			if n != "" && !strings.Contains(","+c[2]+",", ","+n+",") {
				e := base
				e.text = n
				g.put(&e)
			}
		}
		for i, n := range strings.Split(c[4], ",") {
			if n != "" {
				e := entry{id: ent(n, entente.Place, c[1]), kind: entente.Place, state: c[1], text: n}
				if i == 0 {
					g.capitals[id] = e.id
				}
				e.acts = id
				g.put(&e)
				u := e
				u.text = strings.ToUpper(n)
				g.put(&u)
			}
		}
	}
	for _, l := range read("tmp/orgs.txt") {
		c := strings.Split(l, "|")
		id := ent(c[0], entente.Organisation, "")
		for _, n := range append(strings.Split(c[2], ","), c[0]) {
			if n != "" {
				g.put(&entry{id: id, kind: entente.Organisation, text: n})
			}
		}
	}
	for _, l := range read("tmp/metonyms.txt") {
		c := strings.Split(l, "|")
		for _, n := range strings.Split(c[1], ",") {
			g.put(&entry{id: g.states[c[0]], kind: entente.State, state: c[0], text: n})
		}
	}
	for _, l := range read("naming.txt") {
		name, words, ok := strings.Cut(l, " | ")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		if g.lists[name] == nil {
			g.lists[name] = map[string]bool{}
		}
		for _, w := range strings.Fields(words) {
			g.lists[name][w] = true
		}
	}
	for _, es := range g.byFirst {
		slices.SortStableFunc(es, func(a, b *entry) int { return len(b.text) - len(a.text) })
	}
	return g, nil
}

func (t *Table) Entities() []entente.Entity {
	var out []entente.Entity
	for _, e := range t.entities {
		out = append(out, *e)
	}
	slices.SortFunc(out, func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}
