package event

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/names"
)

// A candidate is a claim that the text may make: a trigger, a relation that its
// frames tell of, and two actors in reach. Frames propose some; the judge
// decides about all.
type candidate struct {
	token    int
	class    string
	frame    *Frame
	proposed bool // by a frame whose roles the two actors fill
	s, o     place
}

// A place is an actor in reach of a trigger and how it is told.
type place struct {
	actor
	form names.Form
	acts bool // a capital or government word for its state
	rank int  // 0 in the sentence; else the number of actors of the sentences before that are nearer
}

// firstPerson is the form of "we" and "I", who are whoever speaks.
const firstPerson = names.Group + 1

// objects are the kinds that the object of a relation may have; any actor for
// those that are not listed.
var objects = map[entente.Relation][]entente.Kind{
	entente.Visited: {entente.Place, entente.State}, entente.DeployedTo: {entente.Place, entente.State},
	entente.Signed: {entente.Agreement}, entente.Ratified: {entente.Agreement},
	entente.WithdrewFrom: {entente.Place, entente.State, entente.Organisation, entente.Agreement},
	entente.Accompanied:  {entente.Person},
}

var actorKinds = []entente.Kind{entente.Person, entente.State, entente.Organisation}

// takes reports whether an object of relation r may be of kind k.
func takes(r entente.Relation, k entente.Kind) bool {
	if kinds, ok := objects[r]; ok {
		return slices.Contains(kinds, k)
	}
	return slices.Contains(actorKinds, k)
}

// recent is how many actors of the sentences before are in reach.
const recent = 5

// reach returns the actors of the sentence and those last named before it.
func (r *reader) reach() []place {
	var out []place
	for k := range r.t.tokens {
		m, ok := r.doc.Names.At(r.si, k)
		if !ok || len(m.Entities) == 0 && m.Acts == "" {
			if r.f.lists["first-person"][strings.ToLower(r.t.tokens[k].Text)] {
				for _, a := range r.actors(r.attribution(k)) {
					a.token = k
					out = append(out, place{actor: a, form: firstPerson})
				}
			}
			continue
		}
		out = append(out, r.meanings(m, k, 0)...)
	}
	out = append(out, r.before2(out)...)
	return append(out, r.topics(out)...)
}

// topical is the rank of an actor in reach only because the report is about it.
const topical = recent + 2

// topics returns the two actors of a kind that the report names most and that
// are not among here.
func (r *reader) topics(here []place) []place {
	var out []place
	for _, kind := range actorKinds[:2] {
		for n := range min(2, len(r.salient[kind])) {
			id := r.salient[kind][n]
			if !slices.ContainsFunc(here, func(p place) bool { return p.id == id }) {
				e := r.doc.Names.Entity(id)
				out = append(out, place{actor: actor{id: id, kind: kind, state: e.State, token: -1}, rank: topical})
			}
		}
	}
	return out
}

// weighTopics ranks the entities of the report by how often it names them.
func (r *reader) weighTopics() {
	counts := map[entente.EntityID]int{}
	var order []entente.EntityID
	for _, m := range r.doc.Names.Placed() {
		ids := m.Entities
		if m.Acts != "" && !slices.Contains(ids, m.Acts) {
			ids = append(slices.Clone(ids), m.Acts)
		}
		for _, id := range ids {
			if counts[id] == 0 {
				order = append(order, id)
			}
			counts[id]++
		}
	}
	slices.SortStableFunc(order, func(a, b entente.EntityID) int { return counts[b] - counts[a] })
	r.salient = map[entente.Kind][]entente.EntityID{}
	r.standings = map[entente.EntityID]uint64{}
	for _, id := range order {
		kind := r.doc.Names.Entity(id).Kind
		r.standings[id] = uint64(min(len(r.salient[kind]), 5))
		r.salient[kind] = append(r.salient[kind], id)
	}
}

// meanings returns the actors that mention m at token k may stand for.
func (r *reader) meanings(m names.Mention, k, rank int) []place {
	var out []place
	for _, id := range m.Entities {
		e := r.doc.Names.Entity(id)
		out = append(out, place{actor: actor{id: id, kind: e.Kind, state: e.State, token: k}, form: m.Form, rank: rank})
	}
	if m.Acts != "" && !slices.Contains(m.Entities, m.Acts) {
		e := r.doc.Names.Entity(m.Acts)
		out = append(out, place{actor: actor{id: m.Acts, kind: e.Kind, state: e.State, token: k}, form: m.Form, acts: true, rank: rank})
	}
	return out
}

// before2 returns the actors of the two sentences before, the last one first,
// that are not among here.
func (r *reader) before2(here []place) []place {
	all := r.doc.Names.Placed()
	start := r.doc.Sentences[r.si].Span.Start
	end, _ := slices.BinarySearchFunc(all, start, func(m names.Mention, at int) int { return m.Span.Start - at })
	seen := map[entente.EntityID]bool{}
	for _, p := range here {
		seen[p.id] = true
	}
	var out []place
	for k := end - 1; k >= 0 && all[k].Sentence >= r.si-2 && len(out) < recent; k-- {
		for _, p := range r.meanings(all[k], -1, len(out)+1) {
			if !seen[p.id] && slices.Contains(actorKinds, p.kind) {
				seen[p.id] = true
				out = append(out, p)
			}
		}
	}
	return out
}

// A prompt is a token that may tell of a relation, and the frames that say so.
type prompt struct {
	token  int
	class  string
	lemma  string
	frame  *Frame // of the relation, the one whose words fit best
	level  int    // 2: its words stand in the clause; 1: in the sentence
	others int    // relations that the token may tell of besides
}

// prompts returns what token i may tell of, each relation once.
func (r *reader) prompts(i int) []prompt {
	var out []prompt
	class := r.class(i)
	if class == "" {
		return nil
	}
	lemma := strings.ToLower(r.t.tokens[i].Lemma)
	if class == "be" {
		lemma = r.t.prep(i)
	}
	out = r.prompted(out, i, class, lemma)
	if class == "verb" {
		for _, k := range r.t.kids[i] {
			if r.t.is(k, "aux") {
				out = r.prompted(out, i, "aux", strings.ToLower(r.t.tokens[k].Lemma))
			}
		}
	}
	for k := range out {
		out[k].others = len(out) - 1
	}
	return out
}

func (r *reader) prompted(out []prompt, i int, class, lemma string) []prompt {
next:
	for _, f := range r.f.byLemma[class+" "+lemma] {
		level := 0
		switch {
		case r.with(i, f):
			level = 2
		case r.about(f):
			level = 1
		default:
			continue
		}
		for k := range out {
			if out[k].frame.Relation == f.Relation {
				if level > out[k].level && (f.Options&Loose == 0 || out[k].frame.Options&Loose != 0) {
					out[k].frame, out[k].level, out[k].class, out[k].lemma = f, level, class, lemma
				}
				continue next
			}
		}
		out = append(out, prompt{token: i, class: class, lemma: lemma, frame: f, level: level})
	}
	return out
}

// about reports whether the further words of frame f stand anywhere in the
// sentence.
func (r *reader) about(f *Frame) bool {
	for _, words := range f.Word.With {
		if !slices.ContainsFunc(words, func(w string) bool { return r.words[w] }) {
			return false
		}
	}
	return true
}
