package event

import (
	"maps"
	"math"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/linear"
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
func (j *Judge) confidence(score float64) float64 {
	return linear.Logistic(j.Shift + j.Scale*logit(score))
}

type weights = linear.Weights[float64]

// keys returns keys for the features of actors, to be summed; without a judge
// they are listed.
func (j *Judge) keys() keys {
	if j == nil {
		return keys{}
	}
	return keys{Weights: &j.fill}
}

// NewJudge returns a judge of 2^bits zero weights a table.
func NewJudge(bits int) *Judge {
	return &Judge{fire: linear.New[float64](bits), fill: linear.New[float64](bits), final: linear.New[float64](16), choice: linear.New[float64](bits), Threshold: 0.5, Scale: 1}
}

// summary returns the features of a prompt that tell how well its roles are
// filled: by the likeliest candidate, of probability p.
func summary(rel entente.Relation, class string, p float64, trust, implicit uint64, likely int) []uint64 {
	var k keys
	r, c, b := linear.Text(string(rel)), linear.Text(class), uint64(max(0, min(20, int(logit(p)*2+12))))
	n := uint64(min(likely, 5))
	k.Add(110, b)
	k.Add(111, b, r)
	k.Add(112, b, c)
	k.Add(113, b, trust)
	k.Add(114, b, trust, r)
	k.Add(115, b, implicit)
	k.Add(116, trust, implicit, r)
	k.Add(117, n, r)
	k.Add(118, n, b)
	k.Add(119, trust, implicit, c)
	return k.List
}

// verdict returns the features of a candidate that the last step weighs: the
// probabilities of its prompt and of its actors, beside those of the likeliest.
func verdict(rel entente.Relation, fire, fill, top float64, trust, implicit uint64, sameS, sameO bool) []uint64 {
	var k keys
	cut := func(p float64, steps float64) uint64 { return uint64(max(0, min(40, int(logit(p)*steps+20)))) }
	f, g, d := cut(fire, 2), cut(fill, 2), uint64(max(0, min(12, int((logit(top)-logit(fill))*2))))
	both := cut(fire*fill, 3)
	same := linear.Bit(sameS) + 2*linear.Bit(sameO)
	r := linear.Text(string(rel))
	k.Add(130, f)
	k.Add(131, g)
	k.Add(132, both)
	k.Add(133, d, same)
	k.Add(134, f/2, d/2, same)
	k.Add(135, f/2, g/2)
	k.Add(136, both, trust)
	k.Add(137, both, implicit)
	k.Add(138, r, trust)
	k.Add(139, r, same)
	k.Add(140, trust, implicit, same)
	k.Add(141, r, both/4)
	k.Add(142, cut(fire*fill/top, 3), same)
	return k.List
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
	fire := linear.Logistic(j.fire.Sum(top.fire) + j.fire.Sum(summary(rel, p.class, top.score, top.trust, top.implicit, likely)))
	for n, c := range all {
		all[n].score = linear.Logistic(j.final.Sum(verdict(rel, fire, c.score, top.score, c.trust, c.implicit, c.s.id == top.s.id, c.o.id == top.o.id)))
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
