package graph

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestNewTelling(t *testing.T) {
	one := NewTelling("The Wire", "The “summit” ended – early.")
	for _, same := range []Telling{NewTelling("the  wire ", `The "summit" ended -- early`), NewTelling("THE WIRE", "The summit\nended early")} {
		if same != one {
			t.Errorf("NewTelling = %v, want %v", same, one)
		}
	}
	if nobody := NewTelling(" ", "The summit ended early."); nobody != (Telling{0, one.Wording}) {
		t.Errorf("NewTelling of no publisher = %v, want publisher 0 and wording %d", nobody, one.Wording)
	}
	for _, other := range []Telling{NewTelling("The Wire", "The summit ended late."), NewTelling("The Wire", "The sum mit ended early.")} {
		if other.Wording == one.Wording {
			t.Errorf("another sentence is the same wording: %v", other)
		}
	}
}

func TestIndependent(t *testing.T) {
	const nobody, wire, post, star, a, b, c = 0, 1, 2, 3, 4, 5, 6
	for _, test := range []struct {
		name string
		told []Telling
		want int
	}{
		{"nobody", nil, 0},
		{"one", []Telling{{wire, a}}, 1},
		{"two papers in words of their own", []Telling{{wire, a}, {post, b}}, 2},
		{"a wire text in three papers", []Telling{{wire, a}, {post, a}, {star, a}}, 1},
		{"one paper, twice", []Telling{{wire, a}, {wire, b}}, 1},
		{"a paper that prints the wire and writes its own", []Telling{{wire, a}, {post, a}, {post, b}}, 2},
		{"in any order", []Telling{{post, b}, {post, a}, {wire, a}}, 2},
		{"two papers, both of which print what two agencies wrote", []Telling{{post, a}, {post, b}, {star, a}, {star, b}}, 2},
		{"three papers with the words of two", []Telling{{post, a}, {star, b}, {wire, a}, {wire, b}}, 2},
		{"nobody named", []Telling{{nobody, a}, {nobody, b}}, 1},
		{"one named", []Telling{{nobody, a}, {nobody, b}, {wire, c}}, 1},
	} {
		if got := Independent(test.told); got != test.want {
			t.Errorf("%s: Independent(%v) = %d, want %d", test.name, test.told, got, test.want)
		}
	}
}

// TestIndependentIsGreatest compares with every choice of tellings.
func TestIndependentIsGreatest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var told []Telling
		for i := range rapid.IntRange(0, 8).Draw(t, "tellings") {
			word := func(name string) uint64 { return rapid.Uint64Range(1, 4).Draw(t, fmt.Sprint(name, i)) }
			told = append(told, Telling{word("publisher"), word("wording")})
		}
		want := 0
		for choice := range 1 << len(told) {
			publishers, words, n, apart := map[uint64]bool{}, map[uint64]bool{}, 0, true
			for i, x := range told {
				if choice&(1<<i) == 0 {
					continue
				}
				apart = apart && !publishers[x.Publisher] && !words[x.Wording]
				publishers[x.Publisher], words[x.Wording] = true, true
				n++
			}
			if apart {
				want = max(want, n)
			}
		}
		if got := Independent(told); got != want {
			t.Fatalf("Independent(%v) = %d, want %d", told, got, want)
		}
	})
}
