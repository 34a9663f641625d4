package queries

import (
	"testing"

	entente "github.com/entente-kg/entente"
)

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
