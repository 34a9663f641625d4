package english

// parseInput is what the parser sees of a sentence: hashes of its words and
// tags. The last index is the root.
type parseInput struct {
	n                    int
	word, suf3, tag, pos []uint64
	heads, labels        []int // gold, in training
	comma, verb, cconj   uint64
}

const (
	noneHash = 0x1234567
	rootHash = 0x7654321
)

var (
	commaHash = hash(",")
	verbHash  = hash("VERB")
	cconjHash = hash("CCONJ")
)

// featureList builds feature hashes; each template has its own number.
type featureList struct {
	n   uint64
	out []uint64
}

func (f *featureList) one(a uint64) {
	f.n++
	f.out = append(f.out, mix(mix(f.n, golden), a))
}

func (f *featureList) two(a, b uint64) {
	f.n++
	f.out = append(f.out, mix(mix(mix(f.n, golden), a), b))
}

func (f *featureList) three(a, b, c uint64) {
	f.n++
	f.out = append(f.out, mix(mix(mix(mix(f.n, golden), a), b), c))
}

func (f *featureList) four(a, b, c, d uint64) {
	f.n++
	f.out = append(f.out, mix(mix(mix(mix(mix(f.n, golden), a), b), c), d))
}

// node is a token as the templates see it.
type node struct {
	i             int
	w, t, p, l    uint64 // word, tag, part of speech, label of the arc to its head
	nleft, nright uint64
	lset, rset    uint64
	left, left2   int
	right, right2 int
}

// node returns token i of the state, or the empty node for -1.
func (in *parseInput) node(s *state, i int) node {
	if i < 0 || i > s.n {
		return node{-1, noneHash, noneHash, noneHash, noneHash, 99, 99, noneHash, noneHash, -1, -1, -1, -1}
	}
	return node{i, in.word[i], in.tag[i], in.pos[i], uint64(s.label[i] + 2), uint64(min(s.nleft[i], 4)), uint64(min(s.nrigh[i], 4)),
		s.lset[i], s.rset[i], s.left[i], s.left2[i], s.right[i], s.righ2[i]}
}

// features appends the features of a configuration: the templates of Zhang and
// Nivre (2011), tables 1 and 2, with sets of labels, case markers for the
// attachment of prepositional phrases, and what stands between two words.
func (in *parseInput) features(s *state, out []uint64) []uint64 {
	f := &featureList{out: out}
	k := len(s.stack)
	at := func(n int) int {
		if k < n {
			return -1
		}
		return s.stack[k-n]
	}
	s0, s1, s2 := in.node(s, at(1)), in.node(s, at(2)), in.node(s, at(3))
	b0, b1, b2 := in.node(s, s.next), in.node(s, s.next+1), in.node(s, s.next+2)
	f.one(1)
	wordTemplates(f, s0, s1, s2, b0, b1, b2)
	in.childTemplates(f, s, s0, s1, s2, b0)
	shapeTemplates(f, s0, s1, b0)
	in.betweenTemplates(f, s, s0, s1, b0)
	return f.out
}

// wordTemplates are words and tags of stack and buffer, alone and together.
func wordTemplates(f *featureList, s0, s1, s2, b0, b1, b2 node) {
	for _, x := range [...]node{s0, s1, b0, b1} {
		f.one(x.w)
		f.one(x.t)
		f.two(x.w, x.t)
	}
	f.one(s2.t)
	f.one(b2.w)
	f.one(b2.t)
	f.two(s2.w, s2.t)
	for _, p := range [...][2]node{{s0, b0}, {s1, s0}} {
		x, y := p[0], p[1]
		f.four(x.w, x.t, y.w, y.t)
		f.three(x.w, x.t, y.w)
		f.three(x.w, y.w, y.t)
		f.three(x.w, x.t, y.t)
		f.three(x.t, y.w, y.t)
		f.two(x.w, y.w)
		f.two(x.t, y.t)
		f.two(x.p, y.p)
	}
	f.two(b0.t, b1.t)
	f.two(b0.w, b1.w)
	f.two(b0.w, b1.t)
	f.two(b0.t, b1.w)
	f.two(s1.w, b0.w)
	f.two(s1.t, b0.t)
	f.two(s1.w, b0.t)
	f.two(s1.t, b0.w)
	f.three(s0.t, b0.t, b1.t)
	f.three(s1.t, s0.t, b0.t)
	f.three(s2.t, s1.t, s0.t)
	f.three(b0.t, b1.t, b2.t)
	f.three(s0.w, b0.t, b1.t)
	f.three(s0.t, b0.w, b1.t)
	f.three(s1.w, s0.t, b0.t)
	f.three(s1.t, s0.w, b0.t)
	f.three(s1.t, s0.t, b0.w)
	f.four(s1.p, s0.p, b0.p, b1.p)
	f.four(s2.p, s1.p, s0.p, b0.p)
	f.three(s1.w, s0.w, b0.t)
	f.three(s1.w, s0.t, b0.w)
	f.three(s2.w, s1.w, s0.t)
	f.three(s1.t, s0.t, b1.t)
}

// childTemplates are the outermost children, their labels, and the case marker
// at the left edge of a phrase whose attachment is open.
func (in *parseInput) childTemplates(f *featureList, s *state, s0, s1, s2, b0 node) {
	s0l, s0l2, s0r, s0r2 := in.node(s, s0.left), in.node(s, s0.left2), in.node(s, s0.right), in.node(s, s0.right2)
	s1l, s1l2, s1r, s1r2 := in.node(s, s1.left), in.node(s, s1.left2), in.node(s, s1.right), in.node(s, s1.right2)
	b0l, b0l2 := in.node(s, b0.left), in.node(s, b0.left2)
	f.three(s0.t, s0l.t, b0.t)
	f.three(s0.t, s0r.t, b0.t)
	f.three(s0.t, b0.t, b0l.t)
	f.three(s1.t, s1l.t, s0.t)
	f.three(s1.t, s1r.t, s0.t)
	f.three(s1.t, s0.t, s0l.t)
	f.three(s1.t, s0.t, s0r.t)
	f.three(s1.t, s1r.t, b0.t)
	f.three(s0.w, s0r.t, s0r.l)
	f.three(s1.w, s1r.t, s1r.l)
	f.three(s0.t, s0l.w, s0l.l)
	f.three(s0.t, s0r.w, s0r.l)
	f.three(s1.t, s1r.w, s1r.l)
	f.three(b0.t, b0l.w, b0l.l)
	f.three(s0.t, s0l.t, s0l2.t)
	f.three(s0.t, s0r.t, s0r2.t)
	f.three(s1.t, s1l.t, s1l2.t)
	f.three(s1.t, s1r.t, s1r2.t)
	f.three(b0.t, b0l.t, b0l2.t)
	for _, c := range [...]node{s0l, s0r, s1l, s1r, b0l} {
		f.two(c.w, c.l)
		f.two(c.t, c.l)
	}
	f.three(s1.w, s1r.w, s0.w)
	f.three(s0.w, s0r.w, b0.w)
	f.three(s1.w, s0.w, s0l.w)
	f.three(s1.t, s0.t, s0l.w)
	f.four(s1.t, s0.w, s0l.w, b0.t)
	f.three(s1.w, s0.t, s0l.w)
	f.three(s2.w, s0.t, s0l.w)
	f.three(s2.t, s0.t, s0l.w)
	f.four(s2.t, s1.t, s0.t, s0l.w)
}

// distance returns how far apart two nodes stand, in classes.
func distance(a, b node) uint64 {
	if a.i < 0 || b.i < 0 {
		return 99
	}
	return uint64(min(b.i-a.i, 7))
}

// shapeTemplates are distance, valency and the sets of labels.
func shapeTemplates(f *featureList, s0, s1, b0 node) {
	d0, d1 := distance(s0, b0), distance(s1, s0)
	for _, h := range [...]uint64{s0.w, s0.t, b0.w, b0.t} {
		f.two(h, d0)
	}
	f.three(s0.t, b0.t, d0)
	f.three(s0.w, b0.w, d0)
	for _, h := range [...]uint64{s0.w, s0.t, s1.w, s1.t} {
		f.two(h, d1)
	}
	f.three(s0.t, s1.t, d1)
	f.three(s0.w, s1.w, d1)
	for _, x := range [...]node{s0, s1} {
		f.two(x.w, x.nleft)
		f.two(x.t, x.nleft)
		f.two(x.w, x.nright)
		f.two(x.t, x.nright)
		f.two(x.w, x.lset)
		f.two(x.t, x.lset)
		f.two(x.w, x.rset)
		f.two(x.t, x.rset)
	}
	f.two(b0.w, b0.nleft)
	f.two(b0.t, b0.nleft)
	f.two(b0.w, b0.lset)
	f.two(b0.t, b0.lset)
	f.three(s1.t, s1.rset, s0.t)
	f.three(s1.t, s1.lset, s0.t)
	f.three(s0.t, s0.lset, b0.t)
	f.three(s1.t, s0.t, s0.lset)
	f.three(s0.t, b0.t, b0.lset)
}

// betweenTemplates are the words beside and between the two that an arc would
// join.
func (in *parseInput) betweenTemplates(f *featureList, s *state, s0, s1, b0 node) {
	if s0.i > 0 {
		f.two(in.tag[s0.i-1], s0.t)
		f.two(in.word[s0.i-1], s0.t)
	} else {
		f.n += 2
	}
	if s1.i >= 0 {
		f.two(in.tag[s1.i+1], s1.t)
		f.three(in.tag[s1.i+1], s1.t, s0.t)
		f.two(in.suf3[s1.i], in.suf3[s0.i])
		m := in.between(s1.i, s0.i)
		f.three(s1.t, s0.t, m)
		f.three(s1.p, s0.p, m)
	} else {
		f.n += 5
	}
	if s0.i >= 0 {
		f.two(in.suf3[s0.i], in.suf3[b0.i])
		f.three(s0.t, b0.t, in.between(s0.i, b0.i))
	} else {
		f.n += 2
	}
}

// between returns as bits whether a comma, a verb or a conjunction stands
// between tokens i and j.
func (in *parseInput) between(i, j int) uint64 {
	m := uint64(0)
	for k := i + 1; k < j; k++ {
		switch {
		case in.word[k] == commaHash:
			m |= 1
		case in.pos[k] == verbHash:
			m |= 2
		case in.pos[k] == cconjHash:
			m |= 4
		}
	}
	return m
}
