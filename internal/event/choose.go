package event

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/linear"
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
	rel, class := linear.Text(string(c.frame.Relation)), linear.Text(c.class)
	m := uint64(r.mood(i, moodClass(c.class)))
	verb := i
	if !t.verb(i) {
		verb = t.governor(i)
	}
	tag, gov := uint64(0), uint64(0)
	if verb >= 0 {
		tag, gov = linear.Text(t.tokens[verb].Tag), r.lemmas[verb]
	}
	aux := uint64(1)
	if verb >= 0 {
		for _, x := range t.kids[verb] {
			if t.is(x, "aux", "cop") {
				aux = aux*31 + r.lemmas[x] + linear.Text(t.tokens[x].Tag)
				k.Add(200, r.lemmas[x])
				k.Add(201, r.lemmas[x], rel)
			}
		}
	}
	option := linear.Text(string(c.frame.Status)) + uint64(c.frame.Options&Standing)
	near := r.nearest(i, c.class)
	rule := linear.Text(string(r.status(i, c.frame)))
	k.Add(229, rule)
	k.Add(230, rule, rel)
	k.Add(231, rule, class)
	k.Add(232, rule, tag)
	k.Add(233, rule, near)
	k.Add(202, m)
	k.Add(203, m, rel)
	k.Add(204, m, class)
	k.Add(205, m, tag)
	k.Add(206, rel)
	k.Add(207, rel, tag)
	k.Add(208, rel, tag, aux)
	k.Add(209, tag, aux)
	k.Add(210, class, tag, aux)
	k.Add(211, linear.Text(t.tokens[i].Tag), r.rels[i])
	k.Add(212, linear.Text(t.tokens[i].Tag), r.rels[i], gov)
	k.Add(213, gov, class)
	k.Add(214, option, m)
	k.Add(215, option, tag)
	k.Add(216, near, m)
	k.Add(217, near, tag)
	k.Add(218, near, tag, class)
	k.Add(219, r.lemmas[i], tag)
	k.Add(220, r.lemmas[i])
	k.Add(221, linear.Bit(r.quoted()), rel)
	if h := t.head(i); h >= 0 {
		k.Add(222, r.lemmas[h], r.rels[i])
		k.Add(223, r.lemmas[h], m)
		k.Add(224, linear.Text(t.tokens[h].Tag), r.rels[i])
	}
	for _, x := range t.kids[i] {
		if t.is(x, "amod", "advmod", "mark", "cc", "det", "compound") {
			k.Add(225, r.lemmas[x])
			k.Add(226, r.lemmas[x], class)
		}
	}
	negated := linear.Bit(c.s.token >= 0 && r.negated(c.s.token)) + 2*linear.Bit(c.o.token >= 0 && r.negated(c.o.token))
	k.Add(227, negated)
	k.Add(228, negated, m)
	return k.List
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
		o.keys.Add(240, from, precision(d))
		o.keys.Add(241, from, linear.Bit(r.doc.Report.Published.EDTF == d.EDTF))
		out = append(out, o)
	}
	add(last, fromEvent)
	add(r.last, fromBefore)
	r.sourceKeys(&out[0].keys, c, status, fromNowhere, costs)
	rel := linear.Text(string(c.frame.Relation))
	for n := range out {
		same, none := linear.Bit(out[n].date.EDTF == rule.EDTF), linear.Bit(out[n].date.IsZero())
		out[n].keys.Add(242, same)
		out[n].keys.Add(243, same, none)
		out[n].keys.Add(244, same, none, rel)
		out[n].keys.Add(245, same, none, linear.Bit(r.si == 0))
		out[n].keys.Add(246, same, none, linear.Text(c.class))
		out[n].keys.Add(247, same, none, uint64(min(len(r.times), 3)))
	}
	return out
}

// another reports whether the time at token tok belongs to another noun than
// trigger i, the one before "of", wherever the parser hung it: "a treaty of 2000".
// That of an occasion is that of what is done there; "the first week of March"
// is a time.
func (r *reader) another(tok, i int) bool {
	h := r.t.child(tok, "case") - 1
	if h < 0 || h == i || r.t.prep(tok) != "of" || !r.t.noun(h) {
		return false
	}
	lemma := strings.ToLower(r.t.tokens[h].Lemma)
	return !r.f.lists["occasion"][lemma] && !r.f.lists["period"][lemma]
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
	rel, class := linear.Text(string(c.frame.Relation)), linear.Text(c.class)
	saying := linear.Bit(spoken[c.frame.Relation])
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
	flags := linear.Bit(e.Attributive) + 2*linear.Bit(e.Clause) + 4*linear.Bit(e.Span.Start > t.tokens[c.token].Span.Start)
	g := t.governor(tok)
	says, own := uint64(0), uint64(0)
	if g >= 0 {
		says = linear.Bit(r.saying(g))
		own = linear.Bit(g == c.token) + 2*linear.Bit(g == t.governor(c.token))
	}
	st := linear.Text(string(status))
	k.Add(250)
	k.Add(251, cost)
	k.Add(252, cost, flags)
	k.Add(253, cost, rank)
	k.Add(254, rank, flags)
	k.Add(255, rel, cost)
	k.Add(256, rel, rank)
	k.Add(257, saying, says, cost)
	k.Add(258, saying, says, own)
	k.Add(259, own, flags)
	k.Add(260, own, rank)
	k.Add(261, class, own, flags)
	k.Add(262, rel, own)
	k.Add(263, rel, says)
	k.Add(264, linear.Text(t.prep(tok)))
	k.Add(265, linear.Text(t.prep(tok)), own)
	k.Add(266, linear.Text(t.prep(tok)), flags, linear.Bit(t.head(tok) == c.token))
	k.Add(267, r.rels[tok], own)
	k.Add(268, st, cost)
	k.Add(269, st, says, own)
	k.Add(270, linear.Text(strings.ToLower(e.Span.Of(r.doc.Report.Text))))
	k.Add(271, linear.Bit(r.si == 0), says, own)
	k.Add(272, linear.Bit(r.si == 0), rank, ties)
	k.Add(273, bucket(tok-c.token))
	path, _ := r.path(c.token, tok)
	k.Add(274, path)
	k.Add(275, path, saying)
	k.Add(276, path, rel)
	if h := t.head(tok); h >= 0 {
		k.Add(277, r.lemmas[h])
		k.Add(278, r.lemmas[h], r.rels[tok])
		k.Add(279, r.lemmas[h], own)
	}
	if g >= 0 {
		k.Add(280, linear.Text(t.tokens[g].Tag), own)
		k.Add(281, r.lemmas[g], own)
	}
	verbs := uint64(0)
	for j := min(tok, c.token) + 1; j < max(tok, c.token); j++ {
		if t.verb(j) {
			verbs++
		}
	}
	k.Add(282, min(verbs, 4), flags)
	k.Add(283, min(verbs, 4), own, rank)
}

// sourceKeys adds the features of no date, or of one from the text before.
func (r *reader) sourceKeys(k *keys, c judged, status entente.Status, from uint64, costs []int) {
	rel := linear.Text(string(c.frame.Relation))
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
	st := linear.Text(string(status))
	k.Add(290, from)
	k.Add(291, from, rel)
	k.Add(292, from, best)
	k.Add(293, from, uint64(min(len(costs), 3)))
	k.Add(294, from, st)
	k.Add(295, from, st, best)
	k.Add(296, from, linear.Bit(r.si == 0), best)
	k.Add(297, from, occasion, best)
	k.Add(298, from, rel, best)
	k.Add(299, from, linear.Text(c.class))
	k.Add(300, from, linear.Bit(spoken[c.frame.Relation]), best)
	k.Add(301, from, linear.Text(r.t.tokens[c.token].Tag))
	k.Add(302, from, uint64(min(r.si, 8)))
	k.Add(303, from, linear.Bit(r.attribution(c.token) != ""))
	k.Add(304, from, linear.Bit(r.quoted()), best)
	det := uint64(0)
	if !r.t.verb(c.token) {
		det = 1 + linear.Bit(r.definite(c.token))
	}
	k.Add(305, from, det)
	for n := 0; n < 3 && n < len(r.t.tokens); n++ {
		k.Add(306, from, r.lemmas[n])
	}
}

// decide returns the likeliest option and its probability.
func (j *Judge) decide(options [][]uint64) (best int) {
	top := 0.0
	for n, o := range options {
		sum := j.choice.Sum(o)
		if n == 0 || sum > top {
			best, top = n, sum
		}
	}
	return best
}
