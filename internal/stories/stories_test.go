package stories

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/gold"
)

// A folder of one story told by three reports. All persons are made up.
var folder = map[string]string{
	"t1a.json": `{"id":"t1a","publisher":"A","text":"Ana Ruiz met Luis Soto."}`,
	"t1a.gold.json": `{"id":"t1a","entities":[{"name":"Ana Ruiz","type":"person"},{"name":"Luis Soto","type":"person"}],` +
		`"claims":[{"relation":"met","subject":"Ana Ruiz","object":"Luis Soto","date":"2024-05-01","status":"occurred","evidence":"Ana Ruiz met Luis Soto."}],` +
		`"mentions":[{"start":0,"end":8,"text":"Ana Ruiz","entities":["Ana Ruiz"]},{"start":13,"end":22,"text":"Luis Soto","entities":["Luis Soto"]}]}`,
	"t1b.json": `{"id":"t1b","publisher":"B","text":"Anna Ruiz met Luis Soto."}`,
	"t1b.gold.json": `{"id":"t1b","entities":[{"name":"Ana Ruiz","type":"person"},{"name":"Luis Soto","type":"person"}],` +
		`"claims":[{"relation":"met","subject":"Ana Ruiz","object":"Luis Soto","date":"2024-05-02","status":"occurred","evidence":"Anna Ruiz met Luis Soto."}],` +
		`"mentions":[{"start":0,"end":9,"text":"Anna Ruiz","entities":["Ana Ruiz"]},{"start":14,"end":23,"text":"Luis Soto","entities":["Luis Soto"]}]}`,
	"t1c.json": `{"id":"t1c","publisher":"C","text":"Ana Ruiz did not meet Luis Soto."}`,
	"t1c.gold.json": `{"id":"t1c","entities":[{"name":"Ana Ruiz","type":"person"},{"name":"Luis Soto","type":"person"}],` +
		`"claims":[{"relation":"met","subject":"Ana Ruiz","object":"Luis Soto","status":"denied","evidence":"Ana Ruiz did not meet Luis Soto."}],` +
		`"mentions":[{"start":0,"end":8,"text":"Ana Ruiz","entities":["Ana Ruiz"]},{"start":22,"end":31,"text":"Luis Soto","entities":["Luis Soto"]}]}`,
	"events.tsv": "t1a\t1\tmet\ttells\nt1b\t1\tmet\tother-date\nt1c\t1\tmet\tdenies\n",
}

// read is what a reader makes of the report: subject and object at the first and
// last words of the text.
func read(report gold.Report, subject, object entente.Entity, date string, status entente.Status) entente.Reading {
	r := entente.Report{Text: report.Text, Publisher: report.Name}
	r.ID = entente.NewReportID(r.Publisher, r.Published, r.Text)
	last := strings.LastIndex(r.Text, object.Name)
	return entente.Reading{Report: r, Entities: []entente.Entity{subject, object},
		Mentions: []entente.Mention{{Entity: subject.ID, Span: entente.Span{End: len(subject.Name)}}, {Entity: object.ID, Span: entente.Span{Start: last, End: last + len(object.Name)}}},
		Claims: []entente.Claim{{ID: entente.NewClaimID(r.ID, entente.Met, subject.ID, object.ID, 0, 0), Subject: subject.ID, Relation: entente.Met, Object: object.ID,
			Date: entente.Date{EDTF: date}, Status: status, Evidence: entente.Span{End: len(r.Text)}, Report: r.ID}}}
}

func person(id, name, state string) entente.Entity {
	return entente.Entity{ID: entente.EntityID(id), Kind: entente.Person, Name: name, State: state}
}

func TestCompare(t *testing.T) {
	dir := t.TempDir()
	for name, text := range folder {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golds, err := gold.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	tellings, err := gold.ReadTellings(dir, golds)
	if err != nil {
		t.Fatal(err)
	}
	ana, anna, luis := person("Ana_Ruiz", "Ana Ruiz", "CHL"), person("Anna_Ruiz", "Anna Ruiz", "CHL"), person("Luis_Soto", "Luis Soto", "PER")
	readings := []entente.Reading{
		read(golds[0], ana, luis, "2024-05-01", entente.Occurred),
		read(golds[1], anna, luis, "2024-05-02", entente.Occurred),
		read(golds[2], ana, luis, "", entente.Denied),
	}
	// By their IDs alone: the recall of Ana, Anna and Ana is 2/3, 1/3, 2/3, that of
	// Luis 1; of the three claims, which are two groups, 2/3, 1/3, 2/3. The denial
	// contests the first.
	apart := 2 * (14. / 18) / (1 + 14./18)
	events := 2 * (5. / 9) / (1 + 5./9)
	for _, test := range []struct {
		name             string
		o                Options
		entities, events float64
		merges           int
	}{
		{"by IDs", Options{NoMerge: true}, apart, events, 0},
		{"merged", Options{}, 1, 1, 1}, // "nn" and "n" are written for one another
	} {
		f, err := Compare(context.Background(), golds, readings, tellings, test.o)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(f.Entities.F1-test.entities) > 1e-9 || math.Abs(f.Events.F1-test.events) > 1e-9 || f.Merges != test.merges {
			t.Errorf("%s: entities %.4f, events %.4f, %d merges, want %.4f, %.4f, %d", test.name, f.Entities.F1, f.Events.F1, f.Merges, test.entities, test.events, test.merges)
		}
		if f.Entities.Items != 6 || f.Events.Items != 3 || f.Stories != 1 || f.Reports != 3 || f.Agreements.Of != 0 {
			t.Errorf("%s: %+v, want 6 entities and 3 claims of 1 story", test.name, f)
		}
		if c := f.Contested.Count; c != (gold.Count{Right: 1, Found: 1, Gold: 1}) {
			t.Errorf("%s: contested %+v, want 1 of 1, 1 shown", test.name, c)
		}
	}
}

// TestContest: of two events with a contradiction one is shown, and one is shown
// without any.
func TestContest(t *testing.T) {
	items := []gold.Item{{Gold: "A", Read: "a"}, {Gold: "A", Read: "a"}, {Gold: "B", Read: "b"}, {Gold: "B", Read: "c"}, {Gold: "C", Read: "d"}, {Gold: "D", Read: "e"}}
	roles := []gold.Role{gold.Tells, gold.Denies, gold.Tells, gold.OtherDate, gold.Tells, gold.Denies}
	got := contest(items, roles, map[string]bool{"a": true, "d": true, "unseen": true})
	if want := (gold.Count{Right: 1, Found: 2, Gold: 2}); got.Count != want || got.Precision != .5 || got.Recall != .5 {
		t.Errorf("contest = %+v, want %+v", got, want)
	}
}
