package queries

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
)

func TestIndependent(t *testing.T) {
	for _, test := range []struct {
		name string
		told []telling
		want int
	}{
		{"nobody", nil, 0},
		{"one", []telling{{"wire", "a"}}, 1},
		{"two papers in words of their own", []telling{{"wire", "a"}, {"post", "b"}}, 2},
		{"a wire text in three papers", []telling{{"wire", "a"}, {"post", "a"}, {"star", "a"}}, 1},
		{"one paper, twice", []telling{{"wire", "a"}, {"wire", "b"}}, 1},
		{"a paper that prints the wire and writes its own", []telling{{"wire", "a"}, {"post", "a"}, {"post", "b"}}, 2},
		{"in any order", []telling{{"post", "b"}, {"post", "a"}, {"wire", "a"}}, 2},
		{"two papers, both of which print what two agencies wrote", []telling{{"post", "a"}, {"post", "b"}, {"star", "a"}, {"star", "b"}}, 2},
		{"three papers with the words of two", []telling{{"post", "a"}, {"star", "b"}, {"wire", "a"}, {"wire", "b"}}, 2},
		{"nobody named", []telling{{"", "a"}, {"", "b"}}, 1},
		{"one named", []telling{{"", "a"}, {"", "b"}, {"wire", "c"}}, 1},
	} {
		if got := independent(test.told); got != test.want {
			t.Errorf("%s: independent(%v) = %d, want %d", test.name, test.told, got, test.want)
		}
	}
}

// TestIndependentIsGreatest compares with every choice of tellings.
func TestIndependentIsGreatest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var told []telling
		for i := range rapid.IntRange(0, 8).Draw(t, "tellings") {
			word := func(name string) string { return fmt.Sprint(rapid.IntRange(1, 4).Draw(t, fmt.Sprint(name, i))) }
			told = append(told, telling{word("publisher"), word("wording")})
		}
		want := 0
		for choice := range 1 << len(told) {
			publishers, words, n, apart := map[string]bool{}, map[string]bool{}, 0, true
			for i, x := range told {
				if choice&(1<<i) == 0 {
					continue
				}
				apart = apart && !publishers[x.publisher] && !words[x.words]
				publishers[x.publisher], words[x.words] = true, true
				n++
			}
			if apart {
				want = max(want, n)
			}
		}
		if got := independent(told); got != want {
			t.Fatalf("independent(%v) = %d, want %d", told, got, want)
		}
	})
}

func TestWording(t *testing.T) {
	for _, pair := range [][2]string{
		{"The “summit” ended – early.", `The "summit" ended -- early`},
		{"MOSCOW: Lavrov\nleft.", "Moscow, Lavrov left"},
		{"Сергей Лавров прибыл.", "СЕРГЕЙ ЛАВРОВ ПРИБЫЛ"},
	} {
		if a, b := wording(pair[0]), wording(pair[1]); a != b {
			t.Errorf("wording(%q) = %q, wording(%q) = %q, want one", pair[0], a, pair[1], b)
		}
	}
	if wording("He came on Monday.") == wording("He came on Tuesday.") {
		t.Error("another day is the same wording")
	}
}

func TestWitnesses(t *testing.T) {
	met, planned := told("a", "r1", entente.Met, "Ann", "Bob", "2024"), as(told("b", "r2", entente.Met, "Ann", "Bob", "2024"), entente.Planned)
	denied := as(told("c", "r3", entente.Met, "Ann", "Bob", "2024"), entente.Denied)
	for _, test := range []struct {
		records []entente.Record
		want    int
	}{{[]entente.Record{met, planned, denied}, 2}, {[]entente.Record{denied}, 1}} {
		groups := GroupRecords(test.records)
		if len(groups) != 1 {
			t.Fatalf("GroupRecords gave %d groups, want 1", len(groups))
		}
		if got := len(groups[0].witnesses()); got != test.want {
			t.Errorf("%d witnesses of %v, want %d", got, groups[0].Statuses(), test.want)
		}
	}
}
