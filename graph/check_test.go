package graph_test

import (
	"strings"
	"testing"
)

// TestCheck spoils a graph by way of its export and wants each fault found.
func TestCheck(t *testing.T) {
	good := dump(t, memory(t, plainTrip()))
	line := func(part string) string {
		for l := range strings.Lines(good) {
			if strings.Contains(l, part) {
				return l
			}
		}
		t.Fatalf("no line with %s in\n%s", part, good)
		return ""
	}
	without := func(part string) string { return strings.Replace(good, line(part), "", 1) }
	tests := []struct{ name, text, want string }{
		{"sound", good, ""},
		{"plain edge gone", without("ent/Ada_Berg> <https://w3id.org/entente/rel/visited> "), "missing: <ent:Ada_Berg> <rel:visited> <ent:Norville>"},
		{"plain edge of a plan", good + strings.ReplaceAll(line("ent/Ada_Berg> <https://w3id.org/entente/rel/visited> "), "rel/visited", "rel/met"), "not of its reading: <ent:Ada_Berg> <rel:met>"},
		{"claim without status", without("kg/status"), "unknown status"},
		{"claim without evidence", without("kg/end"), "evidence"},
		{"bound of a date gone", without("kg/until"), "missing:"},
		{"list of claims gone", without("kg/claims"), "not of its reading"},
		{"entity without a name", without("#label> \"Ada Berg\""), "it has no name"},
		{"entity without a kind", without("#type> <https://w3id.org/entente/kg/Person"), "named by a report but not described"},
		{"report without a text", without("kg/text>"), "it has quads but no text"},
		{"text gone", without("kg/content"), "not in the text"},
		{"other text", strings.Replace(good, `"Ada_Berg visited Norville`, `"Ada_Bert visited Norville`, 1), "its text has the hash of"},
		{"stray text", good + `<https://w3id.org/entente/text/x> <https://w3id.org/entente/kg/content> "x" <https://w3id.org/entente/source/texts> .`, "no report has this text"},
		{"stray entity", good + `<https://w3id.org/entente/ent/X> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/entente/kg/Person> <https://w3id.org/entente/source/entities> .`, "no report names it"},
		{"foreign quad", good + "<http://a> <http://b> <http://c> .", "unknown sort of quad"},
		{"circle of merges", good + merges("A B", "B A"), "run in a circle"},
		{"forked merge", good + merges("A B", "A C"), "merged into more than one"},
	}
	for _, tt := range tests {
		g := memory(t)
		if _, err := g.Import(ctx, strings.NewReader(tt.text)); err != nil {
			t.Fatal(err)
		}
		faults, err := g.Check(ctx)
		var list []string
		for _, f := range faults {
			list = append(list, f.String())
		}
		got := strings.Join(list, "\n")
		if err != nil || !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s: Check = %v, %v, want a fault with %q", tt.name, got, err, tt.want)
		}
	}
}

// merges writes merges of A into B as quads.
func merges(pairs ...string) string {
	var b strings.Builder
	for _, p := range pairs {
		x, y, _ := strings.Cut(p, " ")
		b.WriteString("<https://w3id.org/entente/ent/" + x + "> <http://www.w3.org/2002/07/owl#sameAs> <https://w3id.org/entente/ent/" + y + "> <https://w3id.org/entente/source/merges> .\n")
	}
	return b.String()
}
