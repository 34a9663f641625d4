package english

// lexeme is what the parser knows of a word before it begins, as hashes.
type lexeme struct{ word, suffix, tag, pos uint64 }

// node is a word in a tree that grows.
type node struct {
	lexeme
	i                 int    // index in the sentence; -1 for none
	head              int    // index of the head once there is one
	label             uint64 // 1 + label of the arc to the head, 0 before
	left, left2       *node  // leftmost child and the one right of it
	right, right2     *node  // rightmost child and the one left of it
	lefts, rights     uint64 // number of children on either side, 4 for more
	leftSet, rightSet uint64 // the labels of those children as bits, modulo 64
}

const (
	noneHash = 0x1234567
	rootHash = 0x7654321
	noCount  = 99
)

// none stands where the stack, the buffer or a node's children end, so that
// templates need not ask; it is its own child.
var none = newNone()

func newNone() *node {
	n := &node{
		lexeme: lexeme{noneHash, noneHash, noneHash, noneHash}, i: -1, label: noneHash,
		lefts: noCount, rights: noCount, leftSet: noneHash, rightSet: noneHash,
	}
	n.left, n.left2, n.right, n.right2 = n, n, n, n
	return n
}

// state is a configuration of the arc-hybrid system (Kuhlmann,
// Gómez-Rodríguez, Satta, 2011): a stack, a buffer that begins at next, and the
// arcs made so far. The root stands at the end of the buffer, index n, so that
// each tree has one (Ballesteros, Nivre, 2013).
type state struct {
	n, next int
	nodes   []node // n words and the root
	stack   []*node
}

// reset begins a sentence.
func (s *state) reset(words []lexeme) {
	s.n, s.next = len(words), 0
	s.stack, s.nodes = s.stack[:0], s.nodes[:0]
	for i, w := range words {
		s.nodes = append(s.nodes, newNode(i, w))
	}
	s.nodes = append(s.nodes, newNode(s.n, lexeme{rootHash, rootHash, rootHash, rootHash}))
}

func newNode(i int, w lexeme) node {
	return node{lexeme: w, i: i, head: -1, left: none, left2: none, right: none, right2: none}
}

// top returns the nth node of the stack from the top, from 0.
func (s *state) top(n int) *node {
	if n >= len(s.stack) {
		return none
	}
	return s.stack[len(s.stack)-1-n]
}

// ahead returns the nth node of the buffer, from 0.
func (s *state) ahead(n int) *node {
	if s.next+n > s.n {
		return none
	}
	return &s.nodes[s.next+n]
}

func (s *state) done() bool { return s.next == s.n && len(s.stack) == 0 }

// legal reports which of the three transitions may be made: shift, left arc
// from the buffer, right arc from the second on the stack. One of them may.
func (s *state) legal() (shift, left, right bool) {
	return s.next < s.n, len(s.stack) > 0 && (s.next < s.n || len(s.stack) == 1), len(s.stack) > 1
}

// shift moves the first of the buffer onto the stack.
func (s *state) shift() {
	s.stack = append(s.stack, &s.nodes[s.next])
	s.next++
}

// leftArc makes the top of the stack a child of the first of the buffer.
func (s *state) leftArc(label int) {
	d, h := s.top(0), &s.nodes[s.next]
	s.stack = s.stack[:len(s.stack)-1]
	d.head, d.label = h.i, uint64(label)+1
	h.left, h.left2 = d, h.left
	h.lefts = min(h.lefts+1, 4)
	h.leftSet |= 1 << (uint(label) & 63)
}

// rightArc makes the top of the stack a child of the one below.
func (s *state) rightArc(label int) {
	d, h := s.top(0), s.top(1)
	s.stack = s.stack[:len(s.stack)-1]
	d.head, d.label = h.i, uint64(label)+1
	h.right, h.right2 = d, h.right
	h.rights = min(h.rights+1, 4)
	h.rightSet |= 1 << (uint(label) & 63)
}

// apply makes a transition by its number: 0 is shift, then the left arcs by
// label, then the right arcs.
func (s *state) apply(action, labels int) {
	switch {
	case action == 0:
		s.shift()
	case action <= labels:
		s.leftArc(action - 1)
	default:
		s.rightArc(action - 1 - labels)
	}
}

// costs returns how many arcs of the gold heads shift, left arc and right arc
// put out of reach (Goldberg, Nivre, 2013, section 4.2). That there is one root
// adds to their account: only the bottom of the stack can become its child.
func (s *state) costs(heads []int) [3]int {
	shift, left, right := 0, 0, 0
	if s.next < s.n {
		for i, x := range s.stack {
			if heads[x.i] == s.next {
				shift++
			}
			if i < len(s.stack)-1 && heads[s.next] == x.i {
				shift++
			}
		}
		if heads[s.next] == s.n && len(s.stack) > 0 {
			shift++
		}
	}
	if len(s.stack) == 0 {
		return [3]int{shift, 0, 0}
	}
	top := s.top(0).i
	for j := s.next; j < s.n; j++ {
		if heads[j] == top {
			left++
		}
	}
	right = left
	head := heads[top]
	ahead := head > s.next && (head < s.n || len(s.stack) == 1)
	if len(s.stack) > 1 && head == s.top(1).i || ahead {
		left++
	}
	if ahead || head == s.next && head < s.n {
		right++
	}
	return [3]int{shift, left, right}
}
