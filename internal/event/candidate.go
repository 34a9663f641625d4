package event

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/linear"
	"github.com/entente-kg/entente/internal/names"
)

// A candidate is a claim that the text may make: a trigger, a relation that its
// frames tell of, and two actors in reach. Frames propose some; the judge
// decides about all.
type candidate struct {
	prompt
	number   int    // of the prompt in the document
	trust    uint64 // in the frame whose roles the two actors fill: see trustOf
	implicit uint64 // 1: the subject, 2: the object is not in the sentence
	s, o     place
}

// judged is a candidate with its score, or for training with its features.
type judged struct {
	candidate
	score      float64
	fire, keys []uint64
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

// Bounds that prose does not come near, so that a list or a table costs no more
// time than its length: the prompts of a sentence, the actors of the sentence
// that stand nearest to a prompt, what the frames propose in a sentence, and the
// claims told before that are remembered.
const (
	mostPrompts   = 80
	mostPlaces    = 24
	mostProposals = 120
	mostTold      = 150
)

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
	out = append(out, r.lately(out)...)
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

// lately returns the actors of the two sentences before, the last one first,
// that are not among here.
func (r *reader) lately(here []place) []place {
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

// weigh returns the candidates of the sentence with their scores, without a
// judge with their features.
func (r *reader) weigh(j *Judge) []judged {
	r.remember()
	places := r.reach()
	r.others, r.counts = map[entente.Relation]bool{}, map[entente.Relation]int{}
	var prompts []prompt
	for i := range r.t.tokens {
		for _, p := range r.prompts(i) {
			prompts = append(prompts, p)
			if p.frame.Options&Loose == 0 {
				r.counts[p.frame.Relation]++
				r.others[p.frame.Relation] = r.others[p.frame.Relation] || p.level == 2
			}
		}
	}
	prompts = prompts[:min(len(prompts), mostPrompts)]
	maps.DeleteFunc(r.others, func(_ entente.Relation, stands bool) bool { return !stands })
	var out []judged
	for _, p := range prompts {
		all := r.candidates(j, p, places)
		if j != nil && len(all) > 0 {
			j.rate(p, all)
		}
		out = append(out, all...)
		r.prompt++
	}
	return out
}

// side is an actor as the subject or the object of a prompt.
type side struct {
	place
	fill uint64 // 0: no frame finds any there, 1: frames find others, else trust + 1
	keys keys
}

// candidates returns the candidates of a prompt; the score is how likely the two
// actors are its own, if it tells of its relation.
func (r *reader) candidates(j *Judge, p prompt, places []place) []judged {
	rel := p.frame.Relation
	hash, v := linear.Text(string(rel)), r.look(p.token, p.class)
	v.symmetric = rel.IsSymmetric()
	var fire keys
	v.triggerKeys(&fire, p, hash)
	made := r.proposed(p)
	var subjects, objects []side
	for _, x := range made.extend(r.standing(p.frame, nearest(places, p.token))) {
		if slices.Contains(actorKinds, x.kind) {
			s := side{x, fillOf(made.subjects, x.id), j.keys()}
			v.actorKeys(&s.keys, p, hash, sideS, x, s.fill)
			subjects = append(subjects, s)
		}
		if takes(rel, x.kind) {
			o := side{x, fillOf(made.objects, x.id), j.keys()}
			v.actorKeys(&o.keys, p, hash, sideO, x, o.fill)
			objects = append(objects, o)
		}
	}
	var out []judged
	for _, s := range subjects {
		for _, o := range objects {
			frame := made.frames[pair{s.id, o.id}]
			if frame == nil && !made.admits(v.symmetric, s.place, o.place) || s.id == o.id {
				continue
			}
			k := j.keys()
			v.pairKeys(&k, p, hash, s.place, o.place, trustOf(frame), s.fill, o.fill)
			c := judged{candidate: candidate{prompt: p, number: r.prompt, trust: trustOf(frame), implicit: linear.Bit(s.rank > 0) + 2*linear.Bit(o.rank > 0), s: s.place, o: o.place}, fire: fire.List}
			if frame != nil {
				c.frame = frame
			}
			if j != nil {
				c.score = linear.Logistic(s.keys.Sum + o.keys.Sum + k.Sum)
			} else {
				c.keys = slices.Concat(s.keys.List, o.keys.List, k.List)
			}
			out = append(out, c)
		}
	}
	return out
}

// nearest returns the places, of those in the sentence the ones that stand
// nearest to token i.
func nearest(places []place, i int) []place {
	here := 0
	for _, p := range places {
		here += int(linear.Bit(p.rank == 0))
	}
	if here <= mostPlaces {
		return places
	}
	out := slices.Clone(places)
	slices.SortStableFunc(out, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(abs(a.token-i), abs(b.token-i)))
	})
	return slices.Delete(out, mostPlaces, here)
}

// told returns the last claims that were told.
func (r *reader) told() []found { return r.out[max(0, len(r.out)-mostTold):] }

// pair is a subject and an object.
type pair [2]entente.EntityID

// proposals are what the frames propose for a prompt.
type proposals struct {
	frames            map[pair]*Frame
	subjects, objects map[entente.EntityID]uint64 // with the trust in the frame
	actors            []actor
}

// proposed returns what the frames propose for prompt p.
func (r *reader) proposed(p prompt) proposals {
	out := proposals{frames: map[pair]*Frame{}, subjects: map[entente.EntityID]uint64{}, objects: map[entente.EntityID]uint64{}}
	for _, q := range r.proposals {
		if q.token != p.token || q.frame.Relation != p.frame.Relation {
			continue
		}
		q.o = r.standsFor(q.frame, q.o)
		trust := trustOf(q.frame)
		out.frames[pair{q.s.id, q.o.id}] = q.frame
		out.subjects[q.s.id], out.objects[q.o.id] = max(out.subjects[q.s.id], trust), max(out.objects[q.o.id], trust)
		out.actors = append(out.actors, q.s, q.o)
	}
	return out
}

// extend returns places with the proposed actors that are not among them.
func (m proposals) extend(places []place) []place {
	for _, a := range m.actors {
		if !slices.ContainsFunc(places, func(x place) bool { return x.id == a.id }) {
			a.token = -1
			places = append(places, place{actor: a, rank: recent + 1})
		}
	}
	return places
}

// admits reports whether two actors that no frame proposes make a candidate: one
// of them stands in the sentence, and of the two orders of a symmetric relation
// it is the one to look at, the proposed or that of the text.
func (m proposals) admits(symmetric bool, s, o place) bool {
	switch {
	case s.rank > 0 && o.rank > 0:
		return false
	case !symmetric:
		return true
	case m.frames[pair{o.id, s.id}] != nil, s.rank == 0 && (o.rank > 0 || o.token < s.token):
		return false
	}
	return s.token != o.token || s.id <= o.id
}

// fillOf tells how a frame fills a role that an actor may have.
func fillOf(role map[entente.EntityID]uint64, id entente.EntityID) uint64 {
	if trust := role[id]; trust > 0 {
		return trust + 1
	}
	return linear.Bit(len(role) > 0)
}

// standsFor returns the state of a person who stands for it in frame f, every
// other actor as it is.
func (r *reader) standsFor(f *Frame, a actor) actor {
	if f.Options&OfState == 0 || a.kind != entente.Person {
		return a
	}
	if id := r.doc.Names.State(a.state); id != "" {
		a.id, a.kind = id, entente.State
	}
	return a
}

// standing returns the places with, where frame f asks for states, those of
// the persons besides.
func (r *reader) standing(f *Frame, places []place) []place {
	out := slices.Clone(places)
	if f.Options&OfState == 0 {
		return out
	}
	for _, x := range places {
		if a := r.standsFor(f, x.actor); a.id != x.id {
			out = append(out, place{actor: a, form: x.form, acts: true, rank: x.rank})
		}
	}
	return out
}

// trustOf tells how far a frame that proposes a claim is to be trusted: 2, 1
// where it is loose, 0 without a frame.
func trustOf(f *Frame) uint64 {
	switch {
	case f == nil:
		return 0
	case f.Options&Loose != 0:
		return 1
	}
	return 2
}
