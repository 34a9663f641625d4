package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRun(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"new city", "Łódź\tPL\tPPLA\t768755\n", []string{"Lodz\tLodz\tcity\tPOL\t768755\t\tŁódź"}},
		{"in places.tsv", "Moscow\tRU\tPPLC\t10381222\n", nil},
		{"alias in places.tsv", "Sevilla\tES\tPPLA\t703206\n", nil},
		{"namesake of a place", "Moscow\tUS\tPPL\t250000\n", []string{"Moscow_United_States\tMoscow?\tcity\tUSA\t250000\t\t"}},
		{"namesakes", "Zzyzx\tUS\tPPL\t100000\nZzyzx\tCA\tPPL\t200000\n",
			[]string{"Zzyzx\tZzyzx\tcity\tCAN\t200000\t\t", "Zzyzx_United_States\tZzyzx?\tcity\tUSA\t100000\t\t"}},
		{"twice in a state", "Zzyzx\tUS\tPPL\t100000\nZzyzx\tUS\tPPL\t300000\n", []string{"Zzyzx\tZzyzx\tcity\tUSA\t300000\t\t"}},
		{"part of a city", "Brooklynn\tUS\tPPLX\t2300664\n", nil},
		{"stop list", "Split\tHR\tPPLA\t176314\n", nil},
		{"given name", "Vladimir\tRU\tPPLA\t350087\n", nil},
		{"name of a state", "Armenia\tCO\tPPLA\t315328\n", nil},
		{"short", "Itu\tBR\tPPL\t137586\n", nil},
		{"unknown state", "Atlantis\tZZ\tPPL\t100000\n", nil},
		{"transliteration", "Mazār ‘Abd\tAF\tPPL\t100000\n", []string{"Mazar_Abd\tMazar Abd\tcity\tAFG\t100000\t\tMazār ‘Abd"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			if err := run(strings.NewReader(tt.in), &out); err != nil {
				t.Fatal(err)
			}
			rows, found := strings.CutPrefix(out.String(), header)
			if !found {
				t.Fatalf("run(%q) = %q, want the header first", tt.in, out.String())
			}
			got := strings.Split(strings.TrimSuffix(rows, "\n"), "\n")
			if rows == "" {
				got = nil
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("run(%q) (-want +got):\n%s", tt.in, d)
			}
		})
	}
}

func TestRunErrors(t *testing.T) {
	for _, in := range []string{"Lodz\tPL\n", "Lodz\tPL\tPPLA\tmany\n"} {
		if err := run(strings.NewReader(in), &strings.Builder{}); err == nil || !strings.Contains(err.Error(), `"Lodz`) {
			t.Errorf("run(%q): error %v, want one that quotes the line", in, err)
		}
	}
}
