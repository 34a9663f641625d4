package event

import (
	"math"
	"slices"

	entente "github.com/entente-kg/entente"
)

// A Judge decides which candidates are claims, in two steps: whether a prompt
// tells of its relation at all, and of which actors. Each is logistic regression
// over hashed features.
type Judge struct {
	fire, fill, final, choice weights
	Threshold                 float64 // of the last step's probability

	// Scale and Shift turn the logit of the last step into that of the confidence,
	// so that it is calibrated (Platt, 1999).
	Scale, Shift float64
}

// confidence is how likely a candidate of a score is to be a right claim.
func (j *Judge) confidence(score float64) float64 { return logistic(j.Shift + j.Scale*logit(score)) }

// weights are a hashed table.
type weights struct {
	mask  uint64
	table []float32
}

func newWeights(bits int) weights {
	return weights{1<<bits - 1, make([]float32, 1<<bits)}
}

func (w weights) of(h uint64) float64 { return float64(w.table[(h>>20)&w.mask]) }

func (w weights) sum(keys []uint64) float64 {
	sum := 0.0
	for _, k := range keys {
		sum += w.of(k)
	}
	return sum
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// NewJudge returns a judge of 2^bits zero weights a table.
func NewJudge(bits int) *Judge {
	return &Judge{fire: newWeights(bits), fill: newWeights(bits), final: newWeights(16), choice: newWeights(bits), Threshold: 0.5, Scale: 1}
}

// An Example is a candidate with its features, for training.
type Example struct {
	Relation        entente.Relation
	Subject, Object entente.EntityID
	Sentence        int
	Token           int
	Class           string
	Prompt          int // number of the prompt in the document
	Trust           uint64
	Implicit        uint64
	Proposed        bool
	Fire            []uint64 // features of its prompt alone
	Keys            []uint64

	// Options returns the features of each status and of each date that the
	// claim may have, while told is being called.
	Options func(entente.Status) (statuses, dates [][]uint64, when []entente.Date)
}

// judged is a candidate with its score.
type judged struct {
	candidate
	prompt   int
	trust    uint64
	implicit uint64 // 1 the subject, 2 the object is not in the sentence
	score    float64
	fire     []uint64
	keys     []uint64
}

// summary returns the features of a prompt that tell how well its roles are
// filled: by the likeliest candidate, of probability p.
func summary(rel entente.Relation, class string, p float64, trust, implicit uint64, likely int) []uint64 {
	var k keys
	r, c, b := text(string(rel)), text(class), uint64(max(0, min(20, int(logit(p)*2+12))))
	n := uint64(min(likely, 5))
	k.add(110, b)
	k.add(111, b, r)
	k.add(112, b, c)
	k.add(113, b, trust)
	k.add(114, b, trust, r)
	k.add(115, b, implicit)
	k.add(116, trust, implicit, r)
	k.add(117, n, r)
	k.add(118, n, b)
	k.add(119, trust, implicit, c)
	return k.list
}

// verdict returns the features of a candidate that the last step weighs: the
// probabilities of its prompt and of its actors, beside those of the likeliest.
func verdict(rel entente.Relation, fire, fill, top float64, trust, implicit uint64, sameS, sameO bool) []uint64 {
	var k keys
	cut := func(p float64, steps float64) uint64 { return uint64(max(0, min(40, int(logit(p)*steps+20)))) }
	f, g, d := cut(fire, 2), cut(fill, 2), uint64(max(0, min(12, int((logit(top)-logit(fill))*2))))
	both := cut(fire*fill, 3)
	same := flag(sameS) + 2*flag(sameO)
	r := text(string(rel))
	k.add(130, f)
	k.add(131, g)
	k.add(132, both)
	k.add(133, d, same)
	k.add(134, f/2, d/2, same)
	k.add(135, f/2, g/2)
	k.add(136, both, trust)
	k.add(137, both, implicit)
	k.add(138, r, trust)
	k.add(139, r, same)
	k.add(140, trust, implicit, same)
	k.add(141, r, both/4)
	k.add(142, cut(fire*fill/top, 3), same)
	return k.list
}

func logit(p float64) float64 { return math.Log(max(p, 1e-9) / max(1-p, 1e-9)) }

// weigh returns the candidates of the sentence with their scores.
func (r *reader) weigh(j *Judge) []judged {
	var out []judged
	places := r.reach()
	r.others = map[entente.Relation]bool{}
	r.counts = map[entente.Relation]int{}
	var all []prompt
	for i := range r.t.tokens {
		for _, p := range r.prompts(i) {
			all = append(all, p)
			if p.frame.Options&Loose != 0 {
				continue
			}
			r.counts[p.frame.Relation]++
			if p.level == 2 {
				r.others[p.frame.Relation] = true
			}
		}
	}
	for _, p := range all {
		from := len(out)
		out = r.weighPrompt(j, out, p, places)
		r.prompt++
		if j == nil || len(out) == from {
			continue
		}
		best, likely := from, 0
		for n := from; n < len(out); n++ {
			if out[n].score > out[best].score {
				best = n
			}
			if out[n].score > 0.5 {
				likely++
			}
		}
		top := out[best]
		fire := logistic(j.fire.sum(top.fire) + j.fire.sum(summary(p.frame.Relation, p.class, top.score, top.trust, top.implicit, likely)))
		for n := from; n < len(out); n++ {
			c := out[n]
			out[n].score = logistic(j.final.sum(verdict(p.frame.Relation, fire, c.score, top.score, c.trust, c.implicit, c.s.id == top.s.id, c.o.id == top.o.id)))
		}
	}
	return out
}

func (r *reader) weighPrompt(j *Judge, out []judged, p prompt, places []place) []judged {
	rel := p.frame.Relation
	rh := text(string(rel))
	v := r.look(p.token, p.class)
	var base keys
	v.triggerKeys(&base, p, rh)
	props := map[[2]entente.EntityID]*Frame{}
	inS, inO := map[entente.EntityID]uint64{}, map[entente.EntityID]uint64{}
	extra := r.standing(p.frame, places)
	for _, q := range r.proposals {
		if q.token != p.token || q.frame.Relation != rel {
			continue
		}
		q.o = r.standsFor(q.frame, q.o)
		props[[2]entente.EntityID{q.s.id, q.o.id}] = q.frame
		trust := trustOf(q.frame)
		inS[q.s.id], inO[q.o.id] = max(inS[q.s.id], trust), max(inO[q.o.id], trust)
		for _, a := range []actor{q.s, q.o} {
			if !slices.ContainsFunc(extra, func(x place) bool { return x.id == a.id }) {
				a.token = -1
				extra = append(extra, place{actor: a, rank: recent + 1})
			}
		}
	}
	fill := func(set map[entente.EntityID]uint64, id entente.EntityID) uint64 {
		if trust := set[id]; trust > 0 {
			return trust + 1
		}
		return flag(len(set) > 0)
	}
	type side struct {
		place
		fill uint64
		keys keys
	}
	var ss, os []side
	for _, x := range extra {
		if slices.Contains(actorKinds, x.kind) {
			s := side{place: x, fill: fill(inS, x.id), keys: keys{judge: j}}
			v.actorKeys(&s.keys, p, rh, sideS, x, s.fill)
			ss = append(ss, s)
		}
		if takes(rel, x.kind) {
			o := side{place: x, fill: fill(inO, x.id), keys: keys{judge: j}}
			v.actorKeys(&o.keys, p, rh, sideO, x, o.fill)
			os = append(os, o)
		}
	}
	symmetric := rel.IsSymmetric()
	for _, s := range ss {
		for _, o := range os {
			frame := props[[2]entente.EntityID{s.id, o.id}]
			if s.id == o.id || s.rank > 0 && o.rank > 0 && frame == nil {
				continue
			}
			if symmetric && frame == nil {
				if props[[2]entente.EntityID{o.id, s.id}] != nil || s.rank == 0 && (o.rank > 0 || o.token < s.token) {
					continue
				}
				if s.token == o.token && s.id > o.id {
					continue
				}
			}
			k := keys{judge: j}
			v.pairKeys(&k, p, rh, s.place, o.place, trustOf(frame), s.fill, o.fill)
			c := judged{prompt: r.prompt, trust: trustOf(frame), fire: base.list, implicit: flag(s.rank > 0) + 2*flag(o.rank > 0), candidate: candidate{token: p.token, class: p.class, frame: p.frame, proposed: frame != nil, s: s.place, o: o.place}}
			if frame != nil {
				c.frame = frame
			}
			if j != nil {
				c.score = logistic(s.keys.sum + o.keys.sum + k.sum)
			} else {
				c.keys = slices.Concat(s.keys.list, o.keys.list, k.list)
			}
			out = append(out, c)
		}
	}
	return out
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
