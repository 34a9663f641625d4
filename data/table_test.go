package data

import (
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/google/go-cmp/cmp"
)

const header = "# comment\n#id\tname\talpha2\talpha3\twikidata\tkind\tof\tuntil\tnames\tadjectives\tdemonyms\tcapitals\tmetonyms\n"

func TestParseState(t *testing.T) {
	got, err := parseTable("states.tsv", header+"Ruritania\tRuritania?\t\tXRU\t\thistoric\t\t1938\tRUR|Ruri?\tRuritanian\tRuritanians\tStrelsau|Zenda\tElphberg Palace\n", parseState)
	if err != nil {
		t.Fatal(err)
	}
	want := []State{{
		ID: "Ruritania", Name: "Ruritania", Alpha3: "XRU", Kind: Historic, Until: 1938,
		Names:      []Name{{"Ruritania", true}, {"RUR", false}, {"Ruri", true}},
		Adjectives: []Name{{Text: "Ruritanian"}}, Demonyms: []Name{{Text: "Ruritanians"}},
		Capitals: []entente.EntityID{"Strelsau", "Zenda"}, Metonyms: []Name{{Text: "Elphberg Palace"}},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("parseState (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"RUR", "Ruri"}, got[0].Entity().Aliases); d != "" {
		t.Errorf("Entity().Aliases (-want +got):\n%s", d)
	}
}

func TestTableErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"fields", header + "A\tB\n", "states.tsv:3: 2 fields, the header has 13"},
		{"no header", "A\tB\n", "states.tsv:1: 2 fields, the header has 0"},
		{"kind", header + "A\tA\t\tXAA\t\tempire\t\t\t\t\t\t\t\n", `states.tsv:3: kind "empire" is none of [member observer partial associated territory historic]`},
		{"year", header + "A\tA\t\tXAA\t\thistoric\t\tlong ago\t\t\t\t\t\n", `states.tsv:3: until "long ago" is not a whole number`},
		{"negative", header + "A\tA\t\tXAA\t\thistoric\t\t-44\t\t\t\t\t\n", `states.tsv:3: until "-44" is not a whole number`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseTable("states.tsv", tt.text, parseState)
			if err == nil || err.Error() != tt.want {
				t.Errorf("reading %q: error %v, want %s", tt.text, err, tt.want)
			}
		})
	}
}

func TestRowWithoutColumn(t *testing.T) {
	r := row{fields: []string{"A"}, index: columns("id")}
	if got := r.text("name"); got != "" {
		t.Errorf("text(%q) = %q, want nothing", "name", got)
	}
	if n, err := r.number("population"); n != 0 || err != nil {
		t.Errorf("number(%q) = %d, %v, want 0", "population", n, err)
	}
	if got := r.names("name"); len(got) != 0 {
		t.Errorf("names(%q) = %v, want none", "name", got)
	}
}
