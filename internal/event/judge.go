package event

import (
	"maps"
	"math"
	"slices"

	entente "github.com/entente-kg/entente"
)

// A Judge decides which candidates are claims. It asks how likely a prompt is to
// tell of its relation at all (fire); if it does, how likely two actors are its
// own (fill); and weighs both answers beside those for the likeliest candidate of
// the prompt (final). Each step is logistic regression over hashed features.
// One more table chooses among the statuses and the dates of a claim.
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

// rate turns the scores of the candidates of a prompt, which tell how likely their
// actors are, into how likely they are claims.
func (j *Judge) rate(p prompt, all []judged) {
	best, likely := 0, 0
	for n, c := range all {
		if c.score > all[best].score {
			best = n
		}
		if c.score > 0.5 {
			likely++
		}
	}
	top, rel := all[best], p.frame.Relation
	fire := logistic(j.fire.sum(top.fire) + j.fire.sum(summary(rel, p.class, top.score, top.trust, top.implicit, likely)))
	for n, c := range all {
		all[n].score = logistic(j.final.sum(verdict(rel, fire, c.score, top.score, c.trust, c.implicit, c.s.id == top.s.id, c.o.id == top.o.id)))
	}
}

// trusted keeps what the frames propose and the words around do not take back.
func trusted(r *reader, all []judged) []judged {
	return slices.DeleteFunc(all, func(c judged) bool {
		_, told := r.mood(c.token, moodClass(c.class)).status()
		return c.trust < 2 || !told && c.frame.Options&Hypothetical == 0
	})
}

// accept keeps what the judge finds likely, of each claim one trigger: the first
// of those that are about as likely as the likeliest.
func accept(r *reader, all []judged) []judged {
	best := map[[3]string]int{}
	for n, c := range all {
		if c.score < r.model.Threshold {
			r.refuse(c, "unlikely")
			continue
		}
		key := kind(entente.Claim{Relation: c.frame.Relation, Subject: c.s.id, Object: c.o.id})
		if b, ok := best[key]; !ok || all[b].score < 0.8*c.score {
			best[key] = n
		}
	}
	var likely, out []judged
	for _, n := range slices.Sorted(maps.Values(best)) {
		likely = append(likely, all[n])
	}
	for _, c := range likely {
		if slices.ContainsFunc(likely, func(d judged) bool { return d.score > c.score && r.oneOf(c, d) }) {
			r.refuse(c, "another claim is told instead")
			continue
		}
		out = append(out, c)
	}
	return out
}

// refuse notes why a candidate is no claim.
func (r *reader) refuse(c judged, why string) {
	if c.score >= worthSaying {
		r.refused = append(r.refused, Reason{Relation: c.frame.Relation, Subject: c.s.id, Object: c.o.id, Evidence: r.doc.Sentences[r.si].Span,
			Frame: c.frame.Place, Trigger: r.t.tokens[c.token].Span, Confidence: r.model.confidence(c.score), Not: why})
	}
}

// oneOf reports whether the text can say only one of two candidates of a sentence:
// one word tells one thing of two actors, and if two claims differ only in that
// one has a person where the other has the person's state, it is told of one.
func (r *reader) oneOf(c, d judged) bool {
	if c.token == d.token && (c.s.id == d.s.id && c.o.id == d.o.id || c.s.id == d.o.id && c.o.id == d.s.id) {
		return true
	}
	if c.frame.Relation != d.frame.Relation {
		return false
	}
	stands := func(a, b place) bool {
		return a.id != b.id && a.state != "" && a.state == b.state && (a.kind == entente.Person) != (b.kind == entente.Person)
	}
	return c.s.id == d.s.id && stands(c.o, d.o) || c.o.id == d.o.id && stands(c.s, d.s) ||
		c.frame.Relation.IsSymmetric() && (c.s.id == d.o.id && stands(c.o, d.s) || c.o.id == d.s.id && stands(c.s, d.o))
}
