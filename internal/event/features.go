package event

import (
	"maps"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/linear"
	"github.com/entente-kg/entente/internal/names"
)

// keys are the features of a candidate.
type keys = linear.Keys[float64]

// bucket groups a distance in tokens, its sign kept.
func bucket(n int) uint64 {
	sign := uint64(0)
	if n < 0 {
		n, sign = -n, 100
	}
	switch {
	case n <= 3:
		return sign + uint64(n)
	case n <= 5:
		return sign + 4
	case n <= 8:
		return sign + 5
	case n <= 12:
		return sign + 6
	case n <= 20:
		return sign + 7
	}
	return sign + 8
}

// view is what the features of one trigger share.
type view struct {
	r         *reader
	i         int
	roles     map[int]uint64 // token → the roles that it fills
	clause    int
	symmetric bool // the relation
}

// A proposal is a claim that a frame makes by its roles.
type proposal struct {
	token int
	class string
	frame *Frame
	s, o  actor
}

var roleNames = []string{"subj", "obj", "iobj", "poss", "mod", "ctl", "comp"}

// look prepares the features of trigger i.
func (r *reader) look(i int, class string) *view {
	v := &view{r: r, i: i, roles: map[int]uint64{}}
	if class == "aux" {
		class = "verb"
	}
	for n, name := range roleNames {
		if class == "be" || class == "adj" && name != "subj" {
			continue
		}
		for _, tok := range r.stand(i, class, name) {
			for _, c := range r.t.conjuncts(tok) {
				v.roles[c] |= 1 << n
			}
		}
	}
	v.clause = i
	if !r.t.verb(i) {
		v.clause = r.t.governor(i)
	}
	return v
}

// role returns the roles that the phrase of token k fills, and those of the
// phrases that it stands in, with the steps up to there.
func (v *view) role(k int) (own, in, steps uint64) {
	own = v.roles[k]
	t := v.r.t
	for n, h := 0, k; n < 4; n++ {
		if t.clausal(h) && h != k {
			break
		}
		h = t.head(h)
		if h < 0 || h == v.i {
			break
		}
		if v.roles[h] != 0 {
			return own, v.roles[h], uint64(n + 1)
		}
	}
	return own, 0, 0
}

// first returns the first of the coordination that token k belongs to.
func (t *tree) first(k int) int {
	for n := 0; n < 30 && t.rel(k) == "conj" && t.head(k) >= 0; n++ {
		k = t.head(k)
	}
	return k
}

// path hashes the way through the tree from token i to token k, coordination
// left out at its end; long is set where it has more than five steps.
func (r *reader) path(i, k int) (h uint64, length int) {
	t := r.t
	k = t.first(k)
	up := 0
	h = 7
	for a := i; a >= 0 && up < 8; a, up = t.head(a), up+1 {
		if t.below(k, a) {
			var down []uint64
			for b := k; b != a && b >= 0 && len(down) < 9; b = t.head(b) {
				down = append(down, r.rels[b])
			}
			length = up + len(down)
			if length > 6 {
				return 1, length
			}
			for n := len(down) - 1; n >= 0; n-- {
				h = (h ^ down[n] ^ 0x55) * 0x100000001b3
			}
			return h, length
		}
		h = (h ^ r.rels[a]) * 0x9e3779b97f4a7c15
	}
	return 2, 9
}

// Of each feature the first number names its template, so that equal parts of two
// templates stay apart; these two tell the sides of a claim apart.
const (
	sideS uint64 = 1 << 40
	sideO uint64 = 2 << 40
)

// triggerKeys adds the features of a trigger and its relation alone.
func (v *view) triggerKeys(k *keys, p prompt, rel uint64) {
	r, t := v.r, v.r.t
	l, c := linear.Text(p.lemma), linear.Text(p.class)
	loose := trustOf(p.frame)
	tok := t.tokens[v.i]
	m := uint64(r.mood(v.i, p.class))
	if p.class == "aux" {
		m = uint64(r.mood(v.i, "verb"))
	}
	gov, govRel := uint64(0), r.rels[v.i]
	if h := t.head(v.i); h >= 0 {
		gov = r.lemmas[h]
	}
	det := uint64(0)
	if d := t.child(v.i, "det", "nmod:poss"); d >= 0 {
		det = r.lemmas[d]
		if t.is(d, "nmod:poss") {
			det = 5
		}
	}
	k.Add(1, rel)
	k.Add(2, rel, l)
	k.Add(3, rel, c)
	k.Add(4, rel, l, c, uint64(p.level), loose)
	k.Add(5, rel, uint64(p.level), loose)
	k.Add(28, c, uint64(p.level), loose)
	k.Add(6, rel, linear.Text(p.frame.Place))
	k.Add(7, rel, m)
	k.Add(8, c, m)
	k.Add(9, l, m)
	k.Add(10, rel, linear.Text(tok.Tag))
	k.Add(11, rel, govRel)
	k.Add(12, c, govRel)
	k.Add(13, rel, gov)
	k.Add(14, l, gov)
	k.Add(15, l, govRel)
	k.Add(16, rel, det, c)
	k.Add(17, rel, linear.Bit(r.quoted()))
	k.Add(18, rel, linear.Bit(r.si == 0), linear.Bit(r.si == 1))
	k.Add(19, rel, uint64(min(p.others, 3)))
	k.Add(20, rel, uint64(min(r.counts[p.frame.Relation], 4)))
	for _, n := range slices.Sorted(maps.Keys(r.others)) {
		if n != p.frame.Relation {
			k.Add(21, rel, linear.Text(string(n)))
		}
	}
	if v.i > 0 {
		k.Add(22, rel, r.lemmas[v.i-1])
		k.Add(23, l, r.lemmas[v.i-1])
	}
	if v.i+1 < len(t.tokens) {
		k.Add(24, rel, r.lemmas[v.i+1])
		k.Add(25, l, r.lemmas[v.i+1])
	}
	for _, d := range t.kids[v.i] {
		if !t.is(d, "punct", "det") {
			k.Add(26, rel, r.lemmas[d], r.rels[d])
			k.Add(27, rel, r.rels[d])
		}
	}
}

// actorKeys adds the features of one actor on one side of a trigger.
func (v *view) actorKeys(k *keys, p prompt, rel, side uint64, x place, fill uint64) {
	r, t := v.r, v.r.t
	l, c := linear.Text(p.lemma), linear.Text(p.class)
	kind, form := linear.Text(string(x.kind)), uint64(x.form)*2+linear.Bit(x.acts)
	rank := uint64(x.rank)
	k.Add(30, side, rel, fill)
	k.Add(31, side, c, fill)
	k.Add(32, side, l, fill)
	k.Add(33, side, fill, form, linear.Bit(rank > 0))
	k.Add(34, side, rel, kind, linear.Bit(rank > 0))
	k.Add(35, side, rel, kind, form)
	k.Add(36, side, l, kind)
	k.Add(37, side, c, kind, rank)
	sal := r.standings[x.id]
	past := r.history(p.frame.Relation, x.id)
	im := linear.Bit(rank > 0)
	k.Add(76, side, rel, past, im)
	k.Add(77, side, c, past, im)
	k.Add(78, side, past, im, fill)
	k.Add(79, side, past, im, kind, sal)
	k.Add(73, side, rel, sal, linear.Bit(rank > 0))
	k.Add(74, side, c, kind, sal, linear.Bit(rank > 0))
	if x.rank > 0 {
		k.Add(75, side, kind, rank, sal)
		has := linear.Bit(v.has("subj"))
		k.Add(38, side, rel, rank)
		k.Add(39, side, rel, has, c)
		k.Add(40, side, c, has, fill, kind)
		k.Add(41, side, rel, kind, has)
		k.Add(42, side, l, has)
		return
	}
	own, in, steps := v.role(x.token)
	in = in<<3 + min(steps, 3)
	path, length := r.path(v.i, x.token)
	head := t.first(x.token)
	prep := linear.Text(t.prep(head))
	k.Add(43, side, rel, own, in)
	k.Add(44, side, c, own, in)
	k.Add(45, side, l, own, in)
	k.Add(46, side, c, own, in, form)
	k.Add(47, side, rel, path)
	k.Add(48, side, c, path, prep)
	k.Add(49, side, l, path)
	k.Add(50, side, rel, path, prep)
	k.Add(51, side, rel, prep)
	k.Add(52, side, l, prep)
	k.Add(53, side, c, own, prep)
	k.Add(54, side, rel, uint64(length))
	k.Add(55, side, c, uint64(length), own)
	d := bucket(x.token - v.i)
	k.Add(56, side, rel, d)
	k.Add(57, side, c, d, own)
	verbs, actors := v.between(x)
	k.Add(58, side, c, verbs, actors)
	k.Add(59, side, rel, verbs)
	k.Add(60, side, rel, actors, linear.Bit(x.token < v.i))
	clause := r.t.governor(x.token)
	k.Add(61, side, rel, linear.Bit(clause == v.clause || clause == v.i))
	k.Add(62, side, c, linear.Bit(clause == v.clause || clause == v.i), own, linear.Bit(x.token < v.i))
	k.Add(63, side, rel, r.rels[x.token], form)
	k.Add(64, side, c, r.rels[head], fill)
	if h := t.head(head); h >= 0 && h != v.i {
		k.Add(65, side, rel, r.lemmas[h])
		k.Add(66, side, rel, r.lemmas[h], r.rels[head], prep)
		k.Add(67, side, r.lemmas[h], own)
	}
	if x.form != names.Proper {
		k.Add(68, side, rel, r.lemmas[x.token])
		k.Add(69, side, r.lemmas[x.token], fill)
	}
	before, lead := v.surface(x.token)
	after := uint64(0)
	if x.token+1 < len(t.tokens) {
		after = r.lemmas[x.token+1]
	}
	order := v.order(x.token)
	where := linear.Bit(x.token < v.i)
	k.Add(150, side, rel, before)
	k.Add(151, side, c, before, where)
	k.Add(152, side, l, before)
	k.Add(153, side, rel, order)
	k.Add(154, side, c, order, form)
	k.Add(155, side, l, order)
	k.Add(156, side, c, order, before)
	k.Add(157, side, rel, order, own)
	k.Add(158, side, rel, after, where)
	k.Add(159, side, c, after, order)
	k.Add(160, side, rel, lead, where)
	k.Add(161, side, rel, order, kind)
	k.Add(162, side, c, fill, order)
	k.Add(163, side, c, own, in, order)
	k.Add(70, side, rel, linear.Bit(v.says(x.token)))
	k.Add(71, side, c, linear.Bit(v.says(x.token)), own)
	k.Add(72, side, c, fill, linear.Bit(x.token < v.i), linear.Bit(clause == v.clause))
}

// has reports whether anything fills a role of the trigger.
func (v *view) has(name string) bool {
	n := slices.Index(roleNames, name)
	for _, roles := range v.roles {
		if roles>>n&1 == 1 {
			return true
		}
	}
	return false
}

// surface returns the word that the noun phrase of token k follows, whatever the
// tree says, and the word right before the token.
func (v *view) surface(k int) (before, lead uint64) {
	t := v.r.t
	if k == 0 {
		return 1, 1
	}
	lead = v.r.lemmas[k-1]
	for j, n := k-1, 0; j >= 0; j, n = j-1, n+1 {
		switch tag := t.tokens[j].Tag; {
		case n < 6 && (tag == "DT" || tag == "POS" || tag == "PRP$" || tag == "CD" || strings.HasPrefix(tag, "JJ") || strings.HasPrefix(tag, "NN")) && !v.r.named[j]:
			continue
		case strings.HasPrefix(tag, "VB") && j != v.i:
			return linear.Text(tag), lead
		case j == v.i:
			return 5, lead
		case v.r.named[j]:
			return 6, lead
		default:
			return v.r.lemmas[j], lead
		}
	}
	return 1, lead
}

// order tells how many actors stand between token k and the trigger, and on
// which side.
func (v *view) order(k int) uint64 {
	n := uint64(1)
	for j := min(k, v.i) + 1; j < max(k, v.i); j++ {
		if v.r.named[j] {
			n++
		}
	}
	n = min(n, 6)
	if k < v.i {
		return n
	}
	return n + 10
}

// says reports whether token k is the subject of a verb of saying above the trigger.
func (v *view) says(k int) bool {
	t := v.r.t
	h := t.head(t.first(k))
	return h >= 0 && h != v.i && v.r.saying(h) && t.is(t.first(k), "nsubj")
}

// between counts the verbs and the other actors between the trigger and x.
func (v *view) between(x place) (verbs, actors uint64) {
	lo, hi := min(x.token, v.i), max(x.token, v.i)
	for j := lo + 1; j < hi; j++ {
		if v.r.t.verb(j) && verbs < 3 {
			verbs++
		}
		if v.r.named[j] && actors < 4 {
			actors++
		}
	}
	return verbs, actors
}

// pairKeys adds the features of the two actors together.
func (v *view) pairKeys(k *keys, p prompt, rel uint64, s, o place, pr, fillS, fillO uint64) {
	r := v.r
	c := linear.Text(p.class)
	ks, ko := linear.Text(string(s.kind)), linear.Text(string(o.kind))
	order := linear.Bit(s.token < v.i)<<2 | linear.Bit(o.token < v.i)<<1 | linear.Bit(s.token < o.token)
	if s.rank > 0 {
		order += 8
	}
	if o.rank > 0 {
		order += 16
	}
	own := linear.Bit(s.state != "" && s.state == o.state)
	same := linear.Bit(s.token == o.token && s.token >= 0)
	k.Add(80, rel, fillS, fillO, pr)
	k.Add(81, c, fillS, fillO, pr)
	k.Add(82, linear.Text(p.frame.Place), pr)
	k.Add(83, linear.Text(p.lemma), pr)
	k.Add(84, rel, ks, ko)
	k.Add(85, rel, own, ks, ko)
	k.Add(86, rel, order)
	k.Add(87, c, order)
	k.Add(88, c, order, fillS, fillO)
	k.Add(89, rel, same, pr)
	k.Add(90, rel, pr, uint64(r.mood(v.i, moodClass(p.class))))
	k.Add(91, rel, pr, uint64(p.level))
	if s.rank == 0 && o.rank == 0 {
		path, length := r.path(s.token, o.token)
		k.Add(92, rel, path)
		k.Add(93, rel, uint64(length))
		k.Add(94, rel, linear.Bit(r.t.first(s.token) == r.t.first(o.token)))
		k.Add(95, rel, linear.Bit(r.t.below(s.token, o.token)), linear.Bit(r.t.below(o.token, s.token)))
	}
	pair := r.between(s.id, o.id)
	k.Add(188, rel, pair)
	k.Add(189, c, pair, fillS, fillO)
	k.Add(187, pair, linear.Bit(s.rank > 0), linear.Bit(o.rank > 0))
	k.Add(96, rel, r.seen(p.frame.Relation, s.id, o.id, v.symmetric))
	other := uint64(0)
	for _, q := range r.proposals {
		if q.token == v.i && q.frame.Relation == p.frame.Relation || q.frame.Options&Loose != 0 {
			continue
		}
		if q.s.id == s.id && q.o.id == o.id {
			k.Add(97, rel, linear.Text(string(q.frame.Relation)))
			other = 1
		} else if q.s.id == o.id && q.o.id == s.id {
			k.Add(98, rel, linear.Text(string(q.frame.Relation)))
		}
	}
	k.Add(99, rel, other, pr)
}

func moodClass(class string) string {
	if class == "aux" {
		return "verb"
	}
	return class
}

// history tells what part an actor had in the claims told before: in one of the
// relation as subject or object, else in any, and whether lately.
func (r *reader) history(rel entente.Relation, id entente.EntityID) uint64 {
	var out uint64
	for _, f := range r.told() {
		c := f.claim
		late := r.si < 3 || c.Evidence.Start >= r.doc.Sentences[r.si-3].Span.Start
		part := uint64(0)
		switch id {
		case c.Subject:
			part = 1
		case c.Object:
			part = 2
		default:
			continue
		}
		if rel.IsSymmetric() {
			part = 2
		}
		if c.Relation == rel {
			part += 4
		}
		if late {
			part += 8
		}
		out = max(out, part)
	}
	return out
}

// between tells of a pair of actors whether a claim was told of them before: 2
// of them in this order, 1 in the other.
func (r *reader) between(s, o entente.EntityID) uint64 {
	switch {
	case r.toldOf[pair{s, o}]:
		return 2
	case r.toldOf[pair{o, s}]:
		return 1
	}
	return 0
}

// claimed is a relation and its actors.
type claimed struct {
	relation entente.Relation
	pair
}

// seen tells whether the claim was told before: 1 in the three sentences before,
// 2 further up.
func (r *reader) seen(rel entente.Relation, s, o entente.EntityID, symmetric bool) uint64 {
	out := r.toldClaims[claimed{rel, pair{s, o}}]
	if other := r.toldClaims[claimed{rel, pair{o, s}}]; symmetric && other > 0 && (out == 0 || other < out) {
		return other
	}
	return out
}

// remember indexes the claims told before the sentence.
func (r *reader) remember() {
	r.toldOf, r.toldClaims = map[pair]bool{}, map[claimed]uint64{}
	late := r.doc.Sentences[max(0, r.si-3)].Span.Start
	for _, f := range r.told() {
		c := f.claim
		key := claimed{c.Relation, pair{c.Subject, c.Object}}
		r.toldOf[key.pair] = true
		if r.si < 3 || c.Evidence.Start >= late {
			r.toldClaims[key] = 1
		} else if r.toldClaims[key] == 0 {
			r.toldClaims[key] = 2
		}
	}
}

// index notes what the features of a sentence look up.
func (r *reader) index() {
	n := len(r.t.tokens)
	r.lemmas, r.rels, r.named = make([]uint64, n), make([]uint64, n), make([]bool, n)
	r.words = map[string]bool{}
	for k, tok := range r.t.tokens {
		lemma := strings.ToLower(tok.Lemma)
		if tok.Pos == "PROPN" {
			r.lemmas[k] = 3
		} else {
			r.lemmas[k] = linear.Text(lemma)
		}
		r.rels[k] = linear.Text(r.t.tokens[k].Rel)
		_, r.named[k] = r.doc.Names.At(r.si, k)
		r.words[lemma] = true
		r.words[strings.ToLower(tok.Text)] = true
	}
}
