package event

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/when"
)

// A dated is a date that a claim may bear and where it comes from.
type dated struct {
	date entente.Date
	keys keys
}

// sources of a date that is not an expression of the sentence.
const (
	fromNowhere uint64 = iota
	fromWords
	fromBefore  // the date in force from the sentences before
	fromEvent   // the date of the event told before
	fromPublish // the day of the report
)

// statusKeys returns the features of candidate c that tell its status.
func (r *reader) statusKeys(c judged) []uint64 {
	var k keys
	t, i := r.t, c.token
	rel, class := text(string(c.frame.Relation)), text(c.class)
	m := uint64(r.mood(i, moodClass(c.class)))
	verb := i
	if !t.verb(i) {
		verb = t.governor(i)
	}
	tag, gov := uint64(0), uint64(0)
	if verb >= 0 {
		tag, gov = text(t.tokens[verb].Tag), r.lemmas[verb]
	}
	aux := uint64(1)
	if verb >= 0 {
		for _, x := range t.kids[verb] {
			if t.is(x, "aux", "cop") {
				aux = aux*31 + r.lemmas[x] + text(t.tokens[x].Tag)
				k.add(200, r.lemmas[x])
				k.add(201, r.lemmas[x], rel)
			}
		}
	}
	option := text(string(c.frame.Status)) + uint64(c.frame.Options&Standing)
	near := r.nearest(i, c.class)
	rule := text(string(r.status(i, c.frame)))
	k.add(229, rule)
	k.add(230, rule, rel)
	k.add(231, rule, class)
	k.add(232, rule, tag)
	k.add(233, rule, near)
	k.add(202, m)
	k.add(203, m, rel)
	k.add(204, m, class)
	k.add(205, m, tag)
	k.add(206, rel)
	k.add(207, rel, tag)
	k.add(208, rel, tag, aux)
	k.add(209, tag, aux)
	k.add(210, class, tag, aux)
	k.add(211, text(t.tokens[i].Tag), r.rels[i])
	k.add(212, text(t.tokens[i].Tag), r.rels[i], gov)
	k.add(213, gov, class)
	k.add(214, option, m)
	k.add(215, option, tag)
	k.add(216, near, m)
	k.add(217, near, tag)
	k.add(218, near, tag, class)
	k.add(219, r.lemmas[i], tag)
	k.add(220, r.lemmas[i])
	k.add(221, flag(r.quoted()), rel)
	if h := t.head(i); h >= 0 {
		k.add(222, r.lemmas[h], r.rels[i])
		k.add(223, r.lemmas[h], m)
		k.add(224, text(t.tokens[h].Tag), r.rels[i])
	}
	for _, x := range t.kids[i] {
		if t.is(x, "amod", "advmod", "mark", "cc", "det", "compound") {
			k.add(225, r.lemmas[x])
			k.add(226, r.lemmas[x], class)
		}
	}
	negated := flag(c.s.token >= 0 && r.negated(c.s.token)) + 2*flag(c.o.token >= 0 && r.negated(c.o.token))
	k.add(227, negated)
	k.add(228, negated, m)
	return k.list
}

// negated reports whether the phrase of token k is excepted: "but not by X".
func (r *reader) negated(k int) bool {
	for _, x := range r.t.kids[k] {
		if r.f.lists["negation"][strings.ToLower(r.t.tokens[x].Text)] {
			return true
		}
	}
	return false
}

// nearest tells where the time nearest to trigger i lies: 1 over, 2 about the
// day of the report, 3 ahead, 0 none.
func (r *reader) nearest(i int, class string) uint64 {
	d := r.date(i, class, entente.Planned)
	switch {
	case d.IsZero():
		return 0
	case r.ahead(d):
		return 3
	case r.over(d):
		return 1
	}
	return 2
}

// statusOptions returns one option for each status, in the order of
// entente.Statuses.
func (r *reader) statusOptions(c judged) [][]uint64 {
	base := r.statusKeys(c)
	out := make([][]uint64, len(entente.Statuses))
	for n := range out {
		out[n] = make([]uint64, len(base))
		for k, h := range base {
			out[n][k] = (h ^ uint64(n+1)) * 0xc4ceb9fe1a85ec53
		}
	}
	return out
}

// dates returns the dates that candidate c of the given status may bear: none,
// what an expression of its sentence says, and what the text before does.
func (r *reader) dates(c judged, status entente.Status) []dated {
	out := []dated{{}}
	rule := r.date(c.token, moodClass(c.class), status)
	costs := make([]int, len(r.times))
	tokens := make([]int, len(r.times))
	for x, e := range r.times {
		tokens[x] = r.tokenAt(e.Span)
		costs[x] = 2 * far
		if tokens[x] >= 0 {
			costs[x] = min(r.distance(c.token, moodClass(c.class), tokens[x]), 2*far)
		}
	}
	for x, e := range r.times {
		if tokens[x] < 0 || r.another(tokens[x], c.token) {
			continue
		}
		if d := r.resolve(e, tokens[x], c.token, status); !d.IsZero() {
			o := dated{date: d}
			r.timeKeys(&o.keys, c, status, x, tokens, costs)
			out = append(out, o)
		}
	}
	var last entente.Date
	if len(r.out) > 0 {
		last = r.lastDated()
	}
	add := func(d entente.Date, from uint64) {
		if d.IsZero() || slices.ContainsFunc(out, func(o dated) bool { return o.date.EDTF == d.EDTF }) {
			return
		}
		o := dated{date: d}
		r.sourceKeys(&o.keys, c, status, from, costs)
		o.keys.add(240, from, precision(d))
		o.keys.add(241, from, flag(r.doc.Report.Published.EDTF == d.EDTF))
		out = append(out, o)
	}
	add(last, fromEvent)
	add(r.last, fromBefore)
	r.sourceKeys(&out[0].keys, c, status, fromNowhere, costs)
	rel := text(string(c.frame.Relation))
	for n := range out {
		same, none := flag(out[n].date.EDTF == rule.EDTF), flag(out[n].date.IsZero())
		out[n].keys.add(242, same)
		out[n].keys.add(243, same, none)
		out[n].keys.add(244, same, none, rel)
		out[n].keys.add(245, same, none, flag(r.si == 0))
		out[n].keys.add(246, same, none, text(c.class))
		out[n].keys.add(247, same, none, uint64(min(len(r.times), 3)))
	}
	return out
}

// another reports whether the time at token tok belongs to another noun than
// trigger i: "a treaty of 2000". That of an occasion is that of what is done there.
func (r *reader) another(tok, i int) bool {
	h := r.t.head(tok)
	return h >= 0 && h != i && r.t.prep(tok) == "of" && r.t.noun(h) && !r.f.lists["occasion"][strings.ToLower(r.t.tokens[h].Lemma)]
}

// resolve reads expression e, at token tok, as the time of trigger i.
func (r *reader) resolve(e when.Expression, tok, i int, status entente.Status) entente.Date {
	c := when.Context{Published: r.doc.Report.Published, Last: r.last, Future: status == entente.Planned, Past: status == entente.Occurred}
	if g := r.t.governor(tok); g >= 0 && g != i && r.t.tokens[g].Tag == "VBD" {
		c.Future = false // "came on Sunday to open"
	}
	return e.Resolve(c)
}

// precision tells a day, a month, a year and an interval apart.
func precision(d entente.Date) uint64 {
	if strings.Contains(d.EDTF, "/") {
		return 20
	}
	return uint64(len(d.EDTF))
}

// timeKeys adds the features of expression x as the date of candidate c.
func (r *reader) timeKeys(k *keys, c judged, status entente.Status, x int, tokens, costs []int) {
	t, e, tok := r.t, r.times[x], tokens[x]
	rel, class := text(string(c.frame.Relation)), text(c.class)
	saying := flag(spoken[c.frame.Relation])
	cost := uint64(costs[x])
	rank, ties := uint64(0), uint64(0)
	for y := range costs {
		if costs[y] < costs[x] && !r.times[y].Attributive {
			rank++
		}
		if y != x && costs[y] == costs[x] {
			ties++
		}
	}
	flags := flag(e.Attributive) + 2*flag(e.Clause) + 4*flag(e.Span.Start > t.tokens[c.token].Span.Start)
	g := t.governor(tok)
	says, own := uint64(0), uint64(0)
	if g >= 0 {
		says = flag(r.saying(g))
		own = flag(g == c.token) + 2*flag(g == t.governor(c.token))
	}
	st := text(string(status))
	k.add(250)
	k.add(251, cost)
	k.add(252, cost, flags)
	k.add(253, cost, rank)
	k.add(254, rank, flags)
	k.add(255, rel, cost)
	k.add(256, rel, rank)
	k.add(257, saying, says, cost)
	k.add(258, saying, says, own)
	k.add(259, own, flags)
	k.add(260, own, rank)
	k.add(261, class, own, flags)
	k.add(262, rel, own)
	k.add(263, rel, says)
	k.add(264, text(t.prep(tok)))
	k.add(265, text(t.prep(tok)), own)
	k.add(266, text(t.prep(tok)), flags, flag(t.head(tok) == c.token))
	k.add(267, r.rels[tok], own)
	k.add(268, st, cost)
	k.add(269, st, says, own)
	k.add(270, text(strings.ToLower(e.Span.Of(r.doc.Report.Text))))
	k.add(271, flag(r.si == 0), says, own)
	k.add(272, flag(r.si == 0), rank, ties)
	k.add(273, bucket(tok-c.token))
	path, _ := r.path(c.token, tok)
	k.add(274, path)
	k.add(275, path, saying)
	k.add(276, path, rel)
	if h := t.head(tok); h >= 0 {
		k.add(277, r.lemmas[h])
		k.add(278, r.lemmas[h], r.rels[tok])
		k.add(279, r.lemmas[h], own)
	}
	if g >= 0 {
		k.add(280, text(t.tokens[g].Tag), own)
		k.add(281, r.lemmas[g], own)
	}
	verbs := uint64(0)
	for j := min(tok, c.token) + 1; j < max(tok, c.token); j++ {
		if t.verb(j) {
			verbs++
		}
	}
	k.add(282, min(verbs, 4), flags)
	k.add(283, min(verbs, 4), own, rank)
}

// sourceKeys adds the features of no date, or of one from the text before.
func (r *reader) sourceKeys(k *keys, c judged, status entente.Status, from uint64, costs []int) {
	rel := text(string(c.frame.Relation))
	best := uint64(99)
	for x, cost := range costs {
		if !r.times[x].Attributive {
			best = min(best, uint64(cost))
		}
	}
	occasion := uint64(0)
	for i := range r.t.tokens {
		if r.f.lists["within"][r.t.prep(i)] && r.f.lists["occasion"][strings.ToLower(r.t.tokens[i].Lemma)] && r.definite(i) {
			occasion = 1
		}
	}
	st := text(string(status))
	k.add(290, from)
	k.add(291, from, rel)
	k.add(292, from, best)
	k.add(293, from, uint64(min(len(costs), 3)))
	k.add(294, from, st)
	k.add(295, from, st, best)
	k.add(296, from, flag(r.si == 0), best)
	k.add(297, from, occasion, best)
	k.add(298, from, rel, best)
	k.add(299, from, text(c.class))
	k.add(300, from, flag(spoken[c.frame.Relation]), best)
	k.add(301, from, text(r.t.tokens[c.token].Tag))
	k.add(302, from, uint64(min(r.si, 8)))
	k.add(303, from, flag(r.attribution(c.token) != ""))
	k.add(304, from, flag(r.quoted()), best)
	det := uint64(0)
	if !r.t.verb(c.token) {
		det = 1 + flag(r.definite(c.token))
	}
	k.add(305, from, det)
	for n := 0; n < 3 && n < len(r.t.tokens); n++ {
		k.add(306, from, r.lemmas[n])
	}
}

// decide returns the likeliest option and its probability.
func (j *Judge) decide(options [][]uint64) (best int) {
	top := 0.0
	for n, o := range options {
		sum := j.choice.sum(o)
		if n == 0 || sum > top {
			best, top = n, sum
		}
	}
	return best
}
