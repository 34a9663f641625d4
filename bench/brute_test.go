package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// brute answers the questions as README.md has them, word for word, by looking at
// every quad. It is what all engines are held against.
type brute struct {
	quads map[[4]string]bool
}

func newBrute(file string) (*brute, error) {
	b := &brute{quads: make(map[[4]string]bool)}
	err := peer.EachLine(file, func(terms [4]string) error {
		b.quads[terms] = true
		return nil
	})
	return b, err
}

// object lists the objects of a subject by a predicate.
func (b *brute) object(subject, predicate string) (list []string) {
	for q := range b.quads {
		if q[0] == subject && q[1] == predicate {
			list = append(list, q[2])
		}
	}
	return list
}

// columns reads the claims, or whatever has these predicates, into rows by
// subject; a subject without one of them is left out.
func (b *brute) columns(predicates ...string) map[string][]string {
	rows := make(map[string][]string)
	for q := range b.quads {
		if i := slices.Index(predicates, q[1]); i >= 0 {
			if rows[q[0]] == nil {
				rows[q[0]] = make([]string, len(predicates))
			}
			rows[q[0]][i] = q[2]
		}
	}
	maps.DeleteFunc(rows, func(_ string, row []string) bool { return slices.Contains(row, "") })
	return rows
}

func isPlain(q [4]string) bool { return strings.HasPrefix(q[1], "<rel:") }

func set(m map[string]bool) peer.Answer {
	return func() []string { return slices.Collect(maps.Keys(m)) }
}

func (b *brute) Title(report string) (peer.Answer, error) {
	titles := b.object(report, "<dcterms:title>")
	return func() []string { return titles }, nil
}

func (b *brute) TwoHop(one, other string) (peer.Answer, error) {
	found := make(map[string]bool)
	after, before := make(map[string]bool), make(map[string]bool)
	for q := range b.quads {
		if isPlain(q) && q[0] == one {
			after[q[2]] = true
		}
		if isPlain(q) && q[2] == other {
			before[q[0]] = true
		}
	}
	for x := range after {
		if before[x] && strings.HasPrefix(x, "<ent:") {
			found[x] = true
		}
	}
	return set(found), nil
}

func (b *brute) Pair(one, other string) (peer.Answer, error) {
	rows := b.columns("<kg:subject>", "<kg:object>", "<kg:from>")
	var claims []string
	for claim, row := range rows {
		if row[0] == one && row[1] == other || row[0] == other && row[1] == one {
			claims = append(claims, claim)
		}
	}
	slices.SortFunc(claims, func(x, y string) int {
		return cmp.Or(moment(rows[x][2]).Compare(moment(rows[y][2])), cmp.Compare(x, y))
	})
	return func() []string { return claims }, nil
}

func moment(term string) time.Time {
	s, ok := second(term).(int64)
	if !ok {
		panic("no time: " + term)
	}
	return time.Unix(s, 0)
}

func (b *brute) Officials(state string, since, until time.Time) (peer.Answer, error) {
	found := make(map[string]bool)
	for claim, row := range b.columns("<kg:subject>", "<kg:from>") {
		t := moment(row[1])
		if t.Before(since) || t.After(until) {
			continue
		}
		if slices.Contains(b.object(row[0], "<kg:state>"), fmt.Sprintf("%q", state)) && slices.Contains(b.object(row[0], "<rdf:type>"), "<kg:Person>") {
			found[claim] = true
		}
	}
	return set(found), nil
}

func (b *brute) CountByRelation() (peer.Answer, error) {
	claims := make(map[string]map[string]bool)
	for q := range b.quads {
		if q[1] == "<kg:relation>" {
			if claims[q[2]] == nil {
				claims[q[2]] = make(map[string]bool)
			}
			claims[q[2]][q[0]] = true
		}
	}
	return func() (lines []string) {
		for r, list := range claims {
			lines = append(lines, fmt.Sprintf("%s %d", r, len(list)))
		}
		return lines
	}, nil
}

// reach lists what lies so many plain edges from a start.
func (b *brute) reach(from map[string]bool, backwards bool) map[string]bool {
	found := make(map[string]bool)
	for q := range b.quads {
		if isPlain(q) && from[q[0]] {
			found[q[2]] = true
		}
		if isPlain(q) && backwards && from[q[2]] {
			found[q[0]] = true
		}
	}
	return found
}

func (b *brute) Hops(one, other string) (peer.Answer, error) {
	front := map[string]bool{one: true}
	for hops := 0; hops <= 6; hops++ {
		if front[other] {
			return func() []string { return []string{fmt.Sprint(hops)} }, nil
		}
		front = b.reach(front, true)
	}
	return func() []string { return []string{"-"} }, nil
}

// InOrder looks at every walk of dated claims, of which of those that end at one
// entity only the day counts on which it can be reached first.
func (b *brute) InOrder(one, other string) (peer.Answer, error) {
	claims := b.columns("<kg:subject>", "<kg:object>", "<kg:status>", "<kg:from>", "<kg:until>")
	first := map[string]time.Time{one: {}}
	for hops := 0; hops <= 4; hops++ {
		if _, there := first[other]; there {
			return func() []string { return []string{fmt.Sprint(hops)} }, nil
		}
		next := maps.Clone(first)
		for _, c := range claims {
			from, until := moment(c[3]), moment(c[4])
			for _, way := range [][2]string{{c[0], c[1]}, {c[1], c[0]}} {
				day, ok := first[way[0]]
				if !ok || c[2] != `"occurred"` && c[2] != `"ongoing"` || day.After(until) {
					continue
				}
				if from.After(day) {
					day = from
				}
				if was, ok := next[way[1]]; !ok || day.Before(was) {
					next[way[1]] = day
				}
			}
		}
		first = next
	}
	return func() []string { return []string{"-"} }, nil
}

func (b *brute) Report(report string) (peer.Answer, error) {
	var lines []string
	for q := range b.quads {
		if q[3] == report {
			lines = append(lines, strings.Join(q[:3], " "))
		}
	}
	return func() []string { return lines }, nil
}

func (b *brute) Add(quads []peer.Quad) (peer.Answer, error) {
	for _, q := range quads {
		b.quads[q.Terms] = true
	}
	n := len(b.quads)
	return func() []string { return []string{fmt.Sprint(n)} }, nil
}

func (b *brute) Reach(start string) (peer.Answer, error) {
	found, front := make(map[string]bool), map[string]bool{start: true}
	for range 3 {
		front = b.reach(front, false)
		maps.Copy(found, front)
	}
	return set(found), nil
}

func (b *brute) Close() error { return nil }
