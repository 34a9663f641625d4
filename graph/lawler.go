package graph

import (
	queues "container/heap"
	"slices"
)

// paths returns the best k paths, or all that are as good as the first in hops, of
// those at most k where k is above 0.
//
// It is the algorithm of Yen ("Finding the k shortest loopless paths in a network",
// Management Science 17, 1971) in the form of Lawler ("A procedure for computing the
// k best solutions to discrete optimization problems", Management Science 18, 1972),
// which looks at no path twice: the paths are parted by the one that was found into
// those that leave it at its first entity, at its second and so on, and the best of
// each part waits for its turn.
func (s *search) paths(k int, all bool) ([]*found, error) {
	if k <= 0 && !all {
		k = 1
	}
	waiting := &queue{search: s}
	if err := waiting.add(nil, nil); err != nil {
		return nil, err
	}
	var list []*found
	for waiting.Len() > 0 && (k <= 0 || len(list) < k) {
		p := queues.Pop(waiting).(*found)
		if s.err != nil {
			return nil, s.err
		}
		if all && len(list) > 0 && !s.isAsGood(p, list[0]) {
			break
		}
		list = append(list, p)
		if len(list) == k {
			break
		}
		if all {
			s.maxHops = p.end.hops
		}
		nodes := p.end.entities()
		for i := p.fixed; i < len(nodes); i++ {
			banned := []int32{nodes[i]}
			if i == p.fixed {
				banned = append(banned, p.banned...)
			}
			if err := waiting.add(nodes[:i], banned); err != nil {
				return nil, err
			}
		}
	}
	return list, s.err
}

// isAsGood reports whether p is one of all the paths that are as short as the first.
func (s *search) isAsGood(p, first *found) bool {
	return p.end.hops == first.end.hops && (!s.earliest || p.arrival == first.arrival)
}

// queue holds the best path of each part; it implements heap.Interface.
type queue struct {
	search *search
	paths  []*found
}

func (q *queue) Len() int           { return len(q.paths) }
func (q *queue) Less(i, j int) bool { return q.search.compare(q.paths[i], q.paths[j]) < 0 }
func (q *queue) Swap(i, j int)      { q.paths[i], q.paths[j] = q.paths[j], q.paths[i] }
func (q *queue) Push(x any)         { q.paths = append(q.paths, x.(*found)) }

func (q *queue) Pop() any {
	last := q.paths[len(q.paths)-1]
	q.paths = q.paths[:len(q.paths)-1]
	return last
}

// add looks for the best of the paths that begin with prefix and go on to none of
// banned, where there is one.
func (q *queue) add(prefix, banned []int32) error {
	s := q.search
	s.enter(prefix, banned)
	defer s.leave()
	p := s.best()
	if p != nil {
		p.fixed, p.banned = len(prefix), banned
		queues.Push(q, p)
	}
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	return s.err
}

// enter confines the search to a part of the paths.
func (s *search) enter(prefix, banned []int32) {
	s.prefix, s.banned = prefix, banned
	for _, n := range prefix {
		s.role[n] |= isBehind
	}
}

func (s *search) leave() {
	for _, n := range s.prefix {
		s.role[n] &^= isBehind
	}
	s.prefix, s.banned = nil, nil
}

// begins lists where a path of the part goes on from.
func (s *search) begins() []int32 {
	if n := len(s.prefix); n > 0 {
		return s.prefix[n-1:]
	}
	return slices.DeleteFunc(slices.Clone(s.starts), func(n int32) bool { return slices.Contains(s.banned, n) })
}

// isBanned reports whether a path of the part may not go from a to b.
func (s *search) isBanned(a, b int32) bool {
	n := len(s.prefix)
	return n > 0 && a == s.prefix[n-1] && slices.Contains(s.banned, b)
}
