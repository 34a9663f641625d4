package graph_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/entente-kg/entente/graph"
)

// TestExportImport wants an export to make an equal graph.
func TestExportImport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := openMemory(t), openMemory(t)
		defer a.Close()
		defer b.Close()
		rs := rapid.SliceOfN(readings(), 0, 4).Draw(t, "readings")
		add(t, a, rs...)
		if len(rs) > 0 && len(rs[0].Entities) > 1 {
			if err := a.Merge(ctx, rs[0].Entities[0].ID, rs[0].Entities[1].ID); err != nil && !errors.Is(err, graph.ErrKinds) && len(rs) == 1 {
				t.Fatal(err)
			}
		}
		text := dump(t, a)
		n, err := b.Import(ctx, strings.NewReader(text))
		if err != nil || n != strings.Count(text, "\n") {
			t.Fatalf("Import = %d, %v, want %d quads of\n%s", n, err, strings.Count(text, "\n"), text)
		}
		same(t, "export of the import", dump(t, b), text)
		sound(t, b)
	})
}

func TestExportIsNQuads(t *testing.T) {
	text := dump(t, memory(t, plainTrip()))
	for _, want := range []string{
		"<https://w3id.org/entente/ent/Ada_Berg> <https://w3id.org/entente/rel/visited> <https://w3id.org/entente/ent/Norville> <https://w3id.org/entente/report/",
		`<http://www.w3.org/2000/01/rdf-schema#label> "Ada Berg" <https://w3id.org/entente/source/entities> .`,
		`"2030-10-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>`,
		`<http://purl.org/dc/terms/title> "Of Wire"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("export lacks %s:\n%s", want, text)
		}
	}
	if strings.Contains(text, "met> <https://w3id.org/entente/ent/Ivo_Hark>") {
		t.Error("a planned meeting has a plain edge")
	}
}

// TestImportForeign takes N-Quads of all sorts and wants them back.
func TestImportForeign(t *testing.T) {
	const in = `# a comment

<http://example.org/a> <http://example.org/p> "plain" .
_:b1.x <http://example.org/p> "Grüße"@de-AT <http://example.org/g> . # after
<http://example.org/a>	<http://example.org/p>	"007"^^<http://www.w3.org/2001/XMLSchema#integer>.
<http://example.org/a> <http://example.org/p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://example.org/a> <http://example.org/p> "1.5E+00"^^<http://www.w3.org/2001/XMLSchema#double> .
<http://example.org/a> <http://example.org/p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<http://example.org/a> <http://example.org/p> "2031-07-09"^^<http://www.w3.org/2001/XMLSchema#date> .
<http://example.org/a> <http://example.org/p> "tab\t\"quoted\" \u00e9\U0001F600 \\" _:g .
`
	want := []string{
		`<http://example.org/a> <http://example.org/p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
		`<http://example.org/a> <http://example.org/p> "1.5E+00"^^<http://www.w3.org/2001/XMLSchema#double> .`,
		`<http://example.org/a> <http://example.org/p> "2031-07-09"^^<http://www.w3.org/2001/XMLSchema#date> .`,
		`<http://example.org/a> <http://example.org/p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
		`<http://example.org/a> <http://example.org/p> "plain" .`,
		`<http://example.org/a> <http://example.org/p> "tab\t\"quoted\" é😀 \\" _:g .`,
		`<http://example.org/a> <http://example.org/p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .`,
		`_:b1.x <http://example.org/p> "Grüße"@de-AT <http://example.org/g> .`,
	}
	g := memory(t)
	if n, err := g.Import(ctx, strings.NewReader(in)); n != 8 || err != nil {
		t.Fatalf("Import = %d, %v, want 8", n, err)
	}
	got := strings.Split(strings.TrimSpace(dump(t, g)), "\n")
	for _, line := range want {
		if !strings.Contains(strings.Join(got, "\n"), line) {
			t.Errorf("export lacks %s", line)
		}
	}
	if len(got) != len(want) {
		t.Errorf("export has %d lines, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	if faults, err := g.Check(ctx); err != nil || len(faults) != 8 {
		t.Errorf("Check = %v, %v, want 8 faults: none of these quads is one of the graph", faults, err)
	}
}

func TestImportErrors(t *testing.T) {
	tests := []struct{ text, want string }{
		{"<a> <b>", "line 1, column 8: object: want <IRI>"},
		{"<a> <b> <c>", "line 1, column 12: graph label"},
		{"\n<a> <b> <c> <d>", "line 2, column 16: want a full stop"},
		{"<a> <b> <c> . x", "line 1, column 15: want the end of the line"},
		{"<a <b> <c> .", "column 3: subject: ' ' in an IRI"},
		{"<a> _:b <c> .", "predicate: want <IRI>"},
		{`"a" <b> <c> .`, "subject: want <IRI>"},
		{"<> <b> <c> .", "empty IRI"},
		{"_: <b> <c> .", `want a label after "_:"`},
		{`<a> <b> "c .`, "without its closing quotation mark"},
		{`<a> <b> "c\x" .`, `unknown escape \x`},
		{`<a> <b> "c\u12" .`, "hexadecimal"},
		{`<a> <b> "c\uD800" .`, "hexadecimal"},
		{`<a> <b> "c"@ .`, "language tag"},
		{`<a> <b> "c"^^d .`, "datatype: want <IRI>"},
		{"<a> <b> \"\xff\" .", "not UTF-8"},
	}
	for _, tt := range tests {
		g := memory(t)
		if n, err := g.Import(ctx, strings.NewReader(tt.text)); n != 0 || err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Import(%q) = %d, %v, want an error with %q", tt.text, n, err, tt.want)
		}
	}
}

func TestExportFormat(t *testing.T) {
	if err := memory(t).Export(ctx, &bytes.Buffer{}, "turtle"); err == nil || !strings.Contains(err.Error(), "nquads") {
		t.Errorf(`Export to "turtle" = %v, want an error that names the formats`, err)
	}
}

// FuzzImport wants what is read to come out again as it went in.
func FuzzImport(f *testing.F) {
	g := openMemory(f)
	add(f, g, plainTrip())
	for line := range strings.Lines(dump(f, g)) {
		f.Add(line)
	}
	_ = g.Close()
	for _, s := range []string{"_:a <b> \"c\"@en-GB _:g .", `<a> <b> "\t\u00e9"^^<http://www.w3.org/2001/XMLSchema#integer> .`, "# no quad", "<a> <b> \"-0E+00\"^^<http://www.w3.org/2001/XMLSchema#double> ."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, b := openMemory(t), openMemory(t)
		defer a.Close()
		defer b.Close()
		if _, err := a.Import(ctx, strings.NewReader(text)); err != nil {
			return
		}
		out := dump(t, a)
		if _, err := b.Import(ctx, strings.NewReader(out)); err != nil {
			t.Fatalf("Import(Export(Import(%q))): %v\n%s", text, err, out)
		}
		same(t, "export of the import of the export", dump(t, b), out)
	})
}
