package loader_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/loader"
)

// reader is shared: it is immutable.
var reader = sync.OnceValues(loader.New)

func newReader(t testing.TB) *loader.Reader {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// samples returns the sample reports.
func samples(t testing.TB) []loader.Source {
	t.Helper()
	entries, err := data.FS.ReadDir("reports")
	if err != nil {
		t.Fatal(err)
	}
	var out []loader.Source
	for _, e := range entries {
		raw, err := data.FS.ReadFile("reports/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, loader.Source{Name: e.Name(), Data: raw})
	}
	return out
}

// TestReadInvariants holds for each sample what every reading must keep: spans
// within the text, entities for all that is named, IDs that are one's own, the
// same reading again on many cores.
func TestReadInvariants(t *testing.T) {
	r := newReader(t)
	for _, src := range samples(t) {
		t.Run(src.Name, func(t *testing.T) {
			t.Parallel()
			reading, err := r.Read(src, loader.Meta{})
			if err != nil {
				t.Fatal(err)
			}
			check(t, reading)
			again, err := r.Read(src, loader.Meta{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(reading, again); diff != "" {
				t.Errorf("read twice (-first +second)\n%s", diff)
			}
			if len(reading.Claims) == 0 {
				t.Error("no claim in a sample report")
			}
		})
	}
}

// check holds the invariants of a reading.
func check(t *testing.T, r entente.Reading) {
	t.Helper()
	entities := map[entente.EntityID]entente.Entity{}
	for _, e := range r.Entities {
		if _, twice := entities[e.ID]; twice || e.ID == "" || e.Name == "" {
			t.Errorf("entity %+v is listed twice or has no name", e)
		}
		entities[e.ID] = e
	}
	for _, m := range r.Mentions {
		if entities[m.Entity].ID == "" || m.Span.Of(r.Report.Text) == "" {
			t.Errorf("mention %+v of nothing", m)
		}
	}
	ids := map[entente.ClaimID]bool{}
	for _, c := range r.Claims {
		if ids[c.ID] || len(c.ID) != 10 || c.Report != r.Report.ID {
			t.Errorf("claim ID %q is not one's own", c.ID)
		}
		ids[c.ID] = true
		for _, id := range []entente.EntityID{c.Subject, c.Object, c.Place, c.Attribution} {
			if id != "" && entities[id].ID == "" {
				t.Errorf("claim %s names %q, which is no entity of the reading", c.ID, id)
			}
		}
		if c.Subject == "" || c.Object == "" || c.Evidence.Of(r.Report.Text) == "" || !slices.Contains(entente.Statuses, c.Status) {
			t.Errorf("claim %+v is not whole", c)
		}
		if !c.Date.IsZero() && c.Date.From.Of(r.Report.Text) == "" {
			t.Errorf("claim %s has a date %s from nowhere", c.ID, c.Date.EDTF)
		}
	}
}

// FuzzRead holds that any bytes are read without a panic into a whole reading.
func FuzzRead(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(s.Data[:min(len(s.Data), 900)])
	}
	f.Add([]byte("He met him. They, both and the two, told it to itself of of of."))
	f.Fuzz(func(t *testing.T, raw []byte) {
		reading, err := newReader(t).Read(loader.Source{Name: "fuzz.txt", Data: raw}, loader.Meta{})
		if err == nil {
			check(t, reading)
		}
	})
}

func ExampleReader_Read() {
	r, err := loader.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	report := loader.Source{Name: "report.txt", Data: []byte("Norwegian Foreign Minister Kari Solberg visited Accra on Tuesday.")}
	published, _ := entente.ParseDate("2024-05-03")
	reading, err := r.Read(report, loader.Meta{Publisher: "Example Wire", Published: published})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range reading.Records() {
		if c.Relation.IsEvent() {
			line, _ := json.Marshal(map[string]string{"subject": c.Subject.Name, "relation": string(c.Relation), "object": c.Object.Name, "date": c.Date})
			fmt.Println(strings.TrimSpace(string(line)))
		}
	}
	// Output: {"date":"2024-04-30","object":"Accra","relation":"visited","subject":"Kari Solberg"}
}

// TestDateOfAnother has times that hang on a noun: one that is no time and no
// occasion keeps its time to itself.
func TestDateOfAnother(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Russia and North Korea signed the agreement to replace a friendship treaty of 2000.", ""},
		{"Russian President Vladimir Putin visited China in the first week of March 2001.", "2001-03"},
		{"Russian President Vladimir Putin met Chinese President Jiang Zemin at the summit of 2000.", "2000"},
	}
	for _, tt := range tests {
		reading, err := newReader(t).Read(loader.Source{Name: "a.txt", Data: []byte(tt.text)}, loader.Meta{})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, c := range reading.Claims {
			if !c.Relation.IsEvent() {
				continue
			}
			found++
			if c.Date.EDTF != tt.want {
				t.Errorf("%s\n%s is dated %q, want %q", tt.text, c.Relation, c.Date.EDTF, tt.want)
			}
		}
		if found == 0 {
			t.Errorf("%s\nno claim found", tt.text)
		}
	}
}
