package english

// state is a configuration of the arc-hybrid system (Kuhlmann,
// Gómez-Rodríguez, Satta, 2011): a stack, a buffer that begins at next, and the
// arcs made so far. The root stands at the end of the buffer, index n, so that
// each tree has one.
type state struct {
	n, next      int
	stack        []int
	head, label  []int
	left, left2  []int // leftmost child and the one right of it
	right, righ2 []int // rightmost child and the one left of it
	nleft, nrigh []int // how many
	lset, rset   []uint64
}

func newState(n int) *state {
	m := n + 1
	none := make([]int, 6*m)
	for i := range none {
		none[i] = -1
	}
	zero := make([]int, 2*m)
	sets := make([]uint64, 2*m)
	cut := func(a []int, i int) []int { return a[i*m : (i+1)*m : (i+1)*m] }
	return &state{n: n, stack: make([]int, 0, m),
		head: cut(none, 0), label: cut(none, 1), left: cut(none, 2), left2: cut(none, 3), right: cut(none, 4), righ2: cut(none, 5),
		nleft: cut(zero, 0), nrigh: cut(zero, 1), lset: sets[:m:m], rset: sets[m:]}
}

func (s *state) done() bool { return s.next == s.n && len(s.stack) == 0 }

// legal reports which of the three transitions may be made: shift, left arc
// from the buffer, right arc from the second on the stack.
func (s *state) legal() (shift, left, right bool) {
	return s.next < s.n, len(s.stack) > 0 && (s.next < s.n || len(s.stack) == 1), len(s.stack) > 1
}

// apply makes a transition: 0 is shift, 1+l a left arc with label l, 1+labels+l
// a right arc.
func (s *state) apply(action, labels int) {
	top := len(s.stack) - 1
	switch {
	case action == 0:
		s.stack = append(s.stack, s.next)
		s.next++
		return
	case action <= labels:
		d, l := s.stack[top], action-1
		s.head[d], s.label[d] = s.next, l
		s.left2[s.next], s.left[s.next] = s.left[s.next], d
		s.nleft[s.next]++
		s.lset[s.next] |= 1 << (uint(l) & 63)
	default:
		d, h, l := s.stack[top], s.stack[top-1], action-1-labels
		s.head[d], s.label[d] = h, l
		s.righ2[h], s.right[h] = s.right[h], d
		s.nrigh[h]++
		s.rset[h] |= 1 << (uint(l) & 63)
	}
	s.stack = s.stack[:top]
}

// costs returns how many arcs of the gold heads each transition puts out of
// reach (Goldberg, Nivre, 2013, section 4.2).
func (s *state) costs(heads []int) (shift, left, right int) {
	k := len(s.stack)
	if s.next < s.n {
		for i, x := range s.stack {
			if heads[x] == s.next {
				shift++
			}
			if i < k-1 && heads[s.next] == x {
				shift++
			}
		}
	}
	if k == 0 {
		return
	}
	top, below := s.stack[k-1], -2
	if k > 1 {
		below = s.stack[k-2]
	}
	for j := s.next; j < s.n; j++ {
		if heads[j] == top {
			left++
		}
	}
	right = left
	if h := heads[top]; h == below || h > s.next {
		left++
	}
	if heads[top] >= s.next {
		right++
	}
	return
}
