package main

import (
	"math/rand/v2"
	"slices"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/bench/bolt/peer"
)

// asked is how many parameters a question has, q4 repeats how often the one of
// question 4 is asked.
const (
	asked     = 50
	q4Repeats = 10
)

// kept is how many claims a sample holds.
const kept = 20_000

// sample is a fair choice of the claims of a workload (Vitter, Random sampling
// with a reservoir, 1985, algorithm R), from which questions are drawn.
//
// An actor stands in it as often as it acts, so a parameter drawn from its
// claims is mostly popular; one drawn from its different actors is mostly rare.
// Every question has its parameters by turns from the one and the other.
type sample struct {
	rng    *rand.Rand
	seen   int
	claims []entente.Claim
}

func (s *sample) add(c entente.Claim) {
	s.seen++
	if len(s.claims) < kept {
		s.claims = append(s.claims, c)
	} else if i := s.rng.IntN(s.seen); i < kept {
		s.claims[i] = c
	}
}

// any draws a claim that is as wanted; where none is found soon, any claim.
func (s *sample) any(wanted func(entente.Claim) bool) (c entente.Claim) {
	for range 100_000 {
		if c = s.claims[s.rng.IntN(len(s.claims))]; wanted(c) {
			break
		}
	}
	return c
}

func isEdge(c entente.Claim) bool {
	return c.Status == entente.Occurred || c.Status == entente.Ongoing
}

func term(id entente.EntityID) string { return "<ent:" + string(id) + ">" }

// questions draws the parameters. persons are those of the workload, by whose
// state question 3 asks.
func (s *sample) questions(persons []entente.Entity) (q peer.Questions) {
	rare, next := s.rare(), s.edges()
	pick := func(i int, popular entente.EntityID) entente.EntityID {
		if i%2 == 0 {
			return popular
		}
		return rare[s.rng.IntN(len(rare))]
	}
	// known limits a claim, where it is the turn of the rare, to one of a rare actor.
	known := func(i int, c entente.Claim) bool {
		_, isRare := slices.BinarySearch(rare, c.Subject)
		return isRare == (i%2 == 1)
	}
	home := make(map[entente.EntityID]string)
	for _, p := range persons {
		home[p.ID] = p.State
	}
	for i := range asked {
		first, last := s.joined(next, func(c entente.Claim) bool { return known(i, c) })
		q.Q1 = append(q.Q1, peer.Ends{A: term(first.Subject), B: term(last.Object)})

		c := s.any(func(c entente.Claim) bool { return known(i, c) && !c.Date.IsZero() })
		q.Q2 = append(q.Q2, peer.Ends{A: term(c.Subject), B: term(c.Object)})

		c = s.any(func(c entente.Claim) bool { return home[c.Subject] != "" && known(i, c) && !c.Date.IsZero() })
		since := c.Date.Earliest().AddDate(0, 0, -s.rng.IntN(180))
		q.Q3 = append(q.Q3, peer.Period{State: home[c.Subject], Since: since, Until: since.Add(180 * 24 * time.Hour)})

		a, b := pick(i, s.any(isEdge).Subject), pick(i, s.any(isEdge).Object)
		q.Q5 = append(q.Q5, peer.Ends{A: term(a), B: term(b)})

		c = s.any(func(entente.Claim) bool { return true })
		q.Q6 = append(q.Q6, peer.Of{Report: "<report:" + string(c.Report) + ">"})

		q.Q8 = append(q.Q8, peer.Ends{A: term(pick(i, s.any(isEdge).Subject))})
	}
	for i := range asked {
		q.Q9 = append(q.Q9, peer.Ends{A: term(pick(i, s.any(isEdge).Subject)), B: term(pick(i, s.any(isEdge).Object))})
	}
	q.Q4 = make([]struct{}, q4Repeats)
	return q
}

// rare lists, in order, the subjects of the sample that stand in it no more
// often than most others do.
func (s *sample) rare() []entente.EntityID {
	count := make(map[entente.EntityID]int)
	for _, c := range s.claims {
		if isEdge(c) {
			count[c.Subject]++
		}
	}
	var counts []int
	for _, n := range count {
		counts = append(counts, n)
	}
	slices.Sort(counts)
	var list []entente.EntityID
	for id, n := range count {
		if n <= counts[len(counts)/2] {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// edges lists the edges of the sample by where they begin.
func (s *sample) edges() map[entente.EntityID][]entente.Claim {
	from := make(map[entente.EntityID][]entente.Claim)
	for _, c := range s.claims {
		if isEdge(c) {
			from[c.Subject] = append(from[c.Subject], c)
		}
	}
	return from
}

// joined draws two edges of which the second begins where the first, which is as
// wanted, ends.
func (s *sample) joined(from map[entente.EntityID][]entente.Claim, wanted func(entente.Claim) bool) (first, second entente.Claim) {
	first = s.any(func(c entente.Claim) bool { return isEdge(c) && wanted(c) && len(from[c.Object]) > 0 })
	if next := from[first.Object]; len(next) > 0 {
		return first, next[s.rng.IntN(len(next))]
	}
	return first, first
}
