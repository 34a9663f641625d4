package english

var (
	commaHash = hash(",")
	verbHash  = hash("VERB")
	cconjHash = hash("CCONJ")
)

// featureList builds feature hashes; each template has its own number.
type featureList struct {
	n      uint64
	hashes []uint64
}

func (f *featureList) reset() { f.n, f.hashes = 0, f.hashes[:0] }

// seed returns the hash that the next template begins with.
func (f *featureList) seed() uint64 {
	f.n++
	return mix(f.n, golden)
}

func (f *featureList) one(a uint64) {
	f.hashes = append(f.hashes, mix(f.seed(), a))
}

func (f *featureList) two(a, b uint64) {
	f.hashes = append(f.hashes, mix(mix(f.seed(), a), b))
}

func (f *featureList) three(a, b, c uint64) {
	f.hashes = append(f.hashes, mix(mix(mix(f.seed(), a), b), c))
}

func (f *featureList) four(a, b, c, d uint64) {
	f.hashes = append(f.hashes, mix(mix(mix(mix(f.seed(), a), b), c), d))
}

// window is the part of a configuration that the templates see: nodes of the
// stack from its top, and of the buffer.
type window struct{ s0, s1, s2, b0, b1, b2 *node }

// parsing lists the features of a configuration: the templates of Zhang and
// Nivre (2011), tables 1 and 2, with sets of labels, case markers for the
// attachment of prepositional phrases, and what stands between two words.
func (f *featureList) parsing(s *state) {
	f.reset()
	w := window{s.top(0), s.top(1), s.top(2), s.ahead(0), s.ahead(1), s.ahead(2)}
	f.one(1)
	f.singles(&w)
	f.pairs(w.s0, w.b0)
	f.pairs(w.s1, w.s0)
	f.buffer(&w)
	f.triples(&w)
	f.childTags(&w)
	f.childWords(&w)
	f.distances(w.s0, w.b0)
	f.distances(w.s1, w.s0)
	f.valency(&w)
	f.surroundings(s, &w)
}

// singles are words and tags alone.
func (f *featureList) singles(w *window) {
	s0, s1, s2, b0, b1, b2 := w.s0, w.s1, w.s2, w.b0, w.b1, w.b2
	for _, x := range [...]*node{s0, s1, b0, b1} {
		f.one(x.word)
		f.one(x.tag)
		f.two(x.word, x.tag)
	}
	f.one(s2.tag)
	f.one(b2.word)
	f.one(b2.tag)
	f.two(s2.word, s2.tag)
}

// pairs are the words and tags of two that an arc may join.
func (f *featureList) pairs(x, y *node) {
	f.four(x.word, x.tag, y.word, y.tag)
	f.three(x.word, x.tag, y.word)
	f.three(x.word, y.word, y.tag)
	f.three(x.word, x.tag, y.tag)
	f.three(x.tag, y.word, y.tag)
	f.two(x.word, y.word)
	f.two(x.tag, y.tag)
	f.two(x.pos, y.pos)
}

func (f *featureList) buffer(w *window) {
	s1, b0, b1 := w.s1, w.b0, w.b1
	f.two(b0.tag, b1.tag)
	f.two(b0.word, b1.word)
	f.two(b0.word, b1.tag)
	f.two(b0.tag, b1.word)
	f.two(s1.word, b0.word)
	f.two(s1.tag, b0.tag)
	f.two(s1.word, b0.tag)
	f.two(s1.tag, b0.word)
}

func (f *featureList) triples(w *window) {
	s0, s1, s2, b0, b1, b2 := w.s0, w.s1, w.s2, w.b0, w.b1, w.b2
	f.three(s0.tag, b0.tag, b1.tag)
	f.three(s1.tag, s0.tag, b0.tag)
	f.three(s2.tag, s1.tag, s0.tag)
	f.three(b0.tag, b1.tag, b2.tag)
	f.three(s0.word, b0.tag, b1.tag)
	f.three(s0.tag, b0.word, b1.tag)
	f.three(s1.word, s0.tag, b0.tag)
	f.three(s1.tag, s0.word, b0.tag)
	f.three(s1.tag, s0.tag, b0.word)
	f.four(s1.pos, s0.pos, b0.pos, b1.pos)
	f.four(s2.pos, s1.pos, s0.pos, b0.pos)
	f.three(s1.word, s0.word, b0.tag)
	f.three(s1.word, s0.tag, b0.word)
	f.three(s2.word, s1.word, s0.tag)
	f.three(s1.tag, s0.tag, b1.tag)
}

// childTags are the tags of the outermost children.
func (f *featureList) childTags(w *window) {
	s0, s1, b0 := w.s0, w.s1, w.b0
	f.three(s0.tag, s0.left.tag, b0.tag)
	f.three(s0.tag, s0.right.tag, b0.tag)
	f.three(s0.tag, b0.tag, b0.left.tag)
	f.three(s1.tag, s1.left.tag, s0.tag)
	f.three(s1.tag, s1.right.tag, s0.tag)
	f.three(s1.tag, s0.tag, s0.left.tag)
	f.three(s1.tag, s0.tag, s0.right.tag)
	f.three(s1.tag, s1.right.tag, b0.tag)
	f.three(s0.tag, s0.left.tag, s0.left2.tag)
	f.three(s0.tag, s0.right.tag, s0.right2.tag)
	f.three(s1.tag, s1.left.tag, s1.left2.tag)
	f.three(s1.tag, s1.right.tag, s1.right2.tag)
	f.three(b0.tag, b0.left.tag, b0.left2.tag)
	f.three(s0.word, s0.right.tag, s0.right.label)
	f.three(s1.word, s1.right.tag, s1.right.label)
	for _, c := range [...]*node{s0.left, s0.right, s1.left, s1.right, b0.left} {
		f.two(c.word, c.label)
		f.two(c.tag, c.label)
	}
}

// childWords are the words of children, above all the preposition at the left
// edge of a phrase that seeks its head.
func (f *featureList) childWords(w *window) {
	s0, s1, s2, b0 := w.s0, w.s1, w.s2, w.b0
	f.three(s0.tag, s0.left.word, s0.left.label)
	f.three(s0.tag, s0.right.word, s0.right.label)
	f.three(s1.tag, s1.right.word, s1.right.label)
	f.three(b0.tag, b0.left.word, b0.left.label)
	f.three(s1.word, s1.right.word, s0.word)
	f.three(s0.word, s0.right.word, b0.word)
	f.three(s1.word, s0.word, s0.left.word)
	f.three(s1.tag, s0.tag, s0.left.word)
	f.four(s1.tag, s0.word, s0.left.word, b0.tag)
	f.three(s1.word, s0.tag, s0.left.word)
	f.three(s2.word, s0.tag, s0.left.word)
	f.three(s2.tag, s0.tag, s0.left.word)
	f.four(s2.tag, s1.tag, s0.tag, s0.left.word)
}

// distances are how far apart two stand that an arc may join.
func (f *featureList) distances(x, y *node) {
	d := distance(x, y)
	f.two(x.word, d)
	f.two(x.tag, d)
	f.two(y.word, d)
	f.two(y.tag, d)
	f.three(x.tag, y.tag, d)
	f.three(x.word, y.word, d)
}

// distance returns how many words b stands after a, 7 for more.
func distance(a, b *node) uint64 {
	if a == none || b == none {
		return noCount
	}
	return uint64(min(b.i-a.i, 7))
}

// valency is how many children there are, and of which kinds.
func (f *featureList) valency(w *window) {
	s0, s1, b0 := w.s0, w.s1, w.b0
	for _, x := range [...]*node{s0, s1} {
		f.two(x.word, x.lefts)
		f.two(x.tag, x.lefts)
		f.two(x.word, x.rights)
		f.two(x.tag, x.rights)
		f.two(x.word, x.leftSet)
		f.two(x.tag, x.leftSet)
		f.two(x.word, x.rightSet)
		f.two(x.tag, x.rightSet)
	}
	f.two(b0.word, b0.lefts)
	f.two(b0.tag, b0.lefts)
	f.two(b0.word, b0.leftSet)
	f.two(b0.tag, b0.leftSet)
	f.three(s1.tag, s1.rightSet, s0.tag)
	f.three(s1.tag, s1.leftSet, s0.tag)
	f.three(s0.tag, s0.leftSet, b0.tag)
	f.three(s1.tag, s0.tag, s0.leftSet)
	f.three(s0.tag, b0.tag, b0.leftSet)
}

// surroundings are the words beside and between the two that an arc may join.
func (f *featureList) surroundings(s *state, w *window) {
	s0, s1, b0 := w.s0, w.s1, w.b0
	before, after := s.beside(s0, -1), s.beside(s1, +1)
	f.two(before.tag, s0.tag)
	f.two(before.word, s0.tag)
	f.two(after.tag, s1.tag)
	f.three(after.tag, s1.tag, s0.tag)
	f.two(s1.suffix, s0.suffix)
	f.two(s0.suffix, b0.suffix)
	m := s.between(s1, s0)
	f.three(s1.tag, s0.tag, m)
	f.three(s1.pos, s0.pos, m)
	f.three(s0.tag, b0.tag, s.between(s0, b0))
}

// beside returns the neighbour of a node in the sentence.
func (s *state) beside(x *node, step int) *node {
	if x == none || x.i+step < 0 || x.i+step > s.n {
		return none
	}
	return &s.nodes[x.i+step]
}

// between returns as bits whether a comma, a verb or a conjunction stands
// between two nodes.
func (s *state) between(x, y *node) uint64 {
	if x == none || y == none {
		return noCount
	}
	const reach = 64 // so that endless sentences take no longer than their length
	bits := uint64(0)
	for i := max(x.i+1, y.i-reach); i < y.i; i++ {
		switch k := &s.nodes[i]; {
		case k.word == commaHash:
			bits |= 1
		case k.pos == verbHash:
			bits |= 2
		case k.pos == cconjHash:
			bits |= 4
		}
	}
	return bits
}
