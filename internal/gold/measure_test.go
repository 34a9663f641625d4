package gold

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
)

// perfect is what a reader finds that makes no fault.
func perfect(r *Report) Found {
	f := Found{Reading: entente.Reading{Report: entente.Report{Text: r.Text}}, Sentences: sentencesOf(r.Text)}
	out := &f.Reading
	id := func(name string) entente.EntityID { return entente.NewEntityID(name) }
	for _, e := range r.Entities {
		out.Entities = append(out.Entities, entente.Entity{ID: id(e.Name), Kind: e.Type, Name: e.Name})
	}
	for _, c := range r.Claims {
		span, _ := r.Evidence(c)
		out.Claims = append(out.Claims, entente.Claim{Subject: id(c.Subject), Relation: c.Relation, Object: id(c.Object), Date: entente.Date{EDTF: c.Date},
			Place: id(c.Place), Status: c.Status, Evidence: span, Confidence: 1})
	}
	for _, o := range r.Offices {
		name := o.Office + " of " + o.State
		out.Entities = append(out.Entities, entente.Entity{ID: id(name), Kind: entente.Office, Name: name})
		out.Claims = append(out.Claims, entente.Claim{Subject: id(o.Person), Relation: entente.HoldsOffice, Object: id(name), Status: entente.Ongoing})
	}
	for _, m := range r.Mentions {
		f.Mentions = append(f.Mentions, Meaning{Span: m.Span, Entities: m.Entities})
	}
	return f
}

// sentencesOf splits a text behind each full stop.
func sentencesOf(text string) []entente.Span {
	var out []entente.Span
	at := 0
	for s := range strings.SplitAfterSeq(text, ". ") {
		out = append(out, entente.Span{Start: at, End: at + len(s)})
		at += len(s)
	}
	return out
}

func TestMeasurePerfect(t *testing.T) {
	r := example(t)
	tally, err := r.Measure(perfect(&r))
	if err != nil {
		t.Fatal(err)
	}
	for m, c := range tally.counts {
		if v, ok := measure(m).value(c); v != 1 || !ok {
			t.Errorf("measure %d of a perfect reading = %+v, want 1", m, c)
		}
	}
	f := Sum([]Tally{tally})
	if f.Strict.F1 != 1 || f.Strict.Interval != [2]float64{1, 1} || f.Reliability.ECE != 0 || f.Mentions.ByForm[Nominal].Share != 1 {
		t.Errorf("Sum = %+v, want 1 and no calibration error", f)
	}
}

// TestMeasure breaks a perfect reading in one place at a time.
func TestMeasure(t *testing.T) {
	at := func(f *Found, i int) *Meaning { return &f.Mentions[i] }
	tests := []struct {
		name string
		do   func(*Found)
		want map[measure]Count
	}{
		{"a capital stands for the state", func(f *Found) {
			*at(f, 5) = Meaning{Span: at(f, 5).Span, Entities: []string{"Santiago"}, Acts: "Chile"}
		},
			map[measure]Count{}},
		{"a capital only names the place", func(f *Found) { at(f, 5).Entities = []string{"Santiago"} },
			map[measure]Count{slots: {3, 0, 4}, reach: {3, 0, 4}, both: {1, 0, 2}, bothReach: {1, 0, 2}, resolved: {7, 0, 8}, firstForm: {3, 0, 4}}},
		{"a nominal is marked at its head", func(f *Found) { at(f, 6).Start += len("the ") },
			map[measure]Count{spans: {7, 8, 8}}},
		{"a pronoun means the other", func(f *Found) { at(f, 7).Entities = []string{"Ana Ruiz"} },
			map[measure]Count{resolved: {7, 0, 8}, firstForm + 3: {0, 0, 1}}},
		{"a group lacks one", func(f *Found) { at(f, 4).Entities = []string{"Ana Ruiz"} },
			map[measure]Count{resolved: {7, 0, 8}, firstForm + 4: {0, 0, 1}}},
		{"a group has one too many", func(f *Found) { at(f, 4).Entities = []string{"Ana Ruiz", "Wang Yi", "Chile"} },
			map[measure]Count{resolved: {7, 0, 8}, firstForm + 4: {0, 0, 1}}},
		{"a name that gold does not have is left out", func(f *Found) {
			f.Mentions = append(f.Mentions, Meaning{Span: entente.Span{Start: 60, End: 62}, Entities: []string{"Peru"}})
		}, map[measure]Count{}},
		{"a span that gold does not have, of an entity that it has", func(f *Found) {
			f.Mentions = append(f.Mentions, Meaning{Span: entente.Span{Start: 60, End: 62}, Entities: []string{"Chile"}})
		}, map[measure]Count{spans: {8, 9, 8}, ends: {8, 9, 8}}},
		{"in reach only", func(f *Found) { at(f, 6).Entities, at(f, 7).Entities = []string{"X"}, []string{"X"} },
			map[measure]Count{slots: {3, 0, 4}, both: {1, 0, 2}, resolved: {6, 0, 8}, firstForm + 2: {0, 0, 1}, firstForm + 3: {0, 0, 1}}},
		{"an entity too many", func(f *Found) {
			f.Reading.Entities = append(f.Reading.Entities, entente.Entity{Name: "Peru", Kind: entente.State})
		}, map[measure]Count{entities: {4, 5, 4}}},
		{"another title", func(f *Found) { f.Reading.Entities[4].Name = "Minister of Chile" },
			map[measure]Count{titles: {0, 0, 1}}},
		{"an office of another state", func(f *Found) { f.Reading.Entities[4].Name = "Foreign Minister of Peru" },
			map[measure]Count{offices: {0, 1, 1}, titles: {}}},
		{"a wrong date", func(f *Found) { f.Reading.Claims[0].Date.EDTF = "2024" }, map[measure]Count{date: {1, 0, 2}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := example(t)
			whole, err := r.Measure(perfect(&r))
			if err != nil {
				t.Fatal(err)
			}
			f := perfect(&r)
			f.Mentions = append([]Meaning(nil), f.Mentions...)
			tt.do(&f)
			got, err := r.Measure(f)
			if err != nil {
				t.Fatal(err)
			}
			changed := map[measure]Count{}
			for m := range measures {
				if got.counts[m] != whole.counts[m] {
					changed[m] = got.counts[m]
				}
			}
			if diff := cmp.Diff(tt.want, changed); diff != "" {
				t.Errorf("counts that changed (- want, + got):\n%s", diff)
			}
		})
	}
}

func TestMeasureOfAnotherText(t *testing.T) {
	r := example(t)
	f := perfect(&r)
	f.Reading.Report.Text += " "
	if _, err := r.Measure(f); err == nil || !strings.Contains(err.Error(), "n1.json") {
		t.Errorf("Measure of another text = %v, want an error with the file", err)
	}
}

func TestReach(t *testing.T) {
	r := Report{Text: "A one. B two. C three. D four. E five."}
	sentences := sentencesOf(r.Text)
	tests := []struct {
		evidence   string
		here, near string
		ok         bool
	}{
		{"D", "D four. ", "B two. C three. D four. ", true},
		{"three. D", "C three. D four. ", "A one. B two. C three. D four. ", true},
		{"one", "A one. ", "A one. ", true},
		{"six", "", "", false},
		{"", "", "", false},
	}
	for _, tt := range tests {
		here, near, ok := r.reachOf(Claim{Evidence: tt.evidence}, sentences)
		if here.Of(r.Text) != tt.here || near.Of(r.Text) != tt.near || ok != tt.ok {
			t.Errorf("reachOf(%q) = %q, %q, %v, want %q, %q, %v", tt.evidence, here.Of(r.Text), near.Of(r.Text), ok, tt.here, tt.near, tt.ok)
		}
	}
	if here, near, ok := r.reachOf(Claim{Evidence: "three"}, nil); here.Of(r.Text) != "three" || near != here || !ok {
		t.Errorf("reachOf unread evidence = %v, %v, %v, want the evidence itself", here, near, ok)
	}
}

func TestCalibration(t *testing.T) {
	var c Calibration
	for _, claim := range []struct {
		confidence float64
		right      bool
	}{{0, true}, {0.82, true}, {0.88, true}, {0.85, false}, {0.85, false}, {1, true}, {0.05, false}} {
		c.add(claim.confidence, claim.right)
	}
	got := c.table([2]float64{})
	want := []Tenth{{0, 1, .05, 0}, {.8, 4, .85, .5}, {.9, 1, 1, 1}}
	if diff := cmp.Diff(want, got.Tenths, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })); diff != "" {
		t.Errorf("tenths (- want, + got):\n%s", diff)
	}
	if want := (.05 + 4*.35 + 0) / 6; math.Abs(got.ECE-want) > 1e-9 {
		t.Errorf("ECE = %v, want %v", got.ECE, want)
	}
}

// TestIntervals: the same reports give the same interval, and one that has more
// reports is narrower.
func TestIntervals(t *testing.T) {
	reports := func(n int) []Tally {
		out := make([]Tally, n)
		for i := range out {
			out[i].counts[date] = Count{Right: i % 2, Gold: 1}
		}
		return out
	}
	a, b, c := Sum(reports(10)).Date, Sum(reports(10)).Date, Sum(reports(100)).Date
	if a != b {
		t.Errorf("Sum = %v and %v for the same reports", a, b)
	}
	if a.Share != .5 || c.Share != .5 || c.Interval[1]-c.Interval[0] >= a.Interval[1]-a.Interval[0] || a.Interval[0] >= .5 || a.Interval[1] <= .5 {
		t.Errorf("Sum of 10 reports = %v, of 100 = %v", a, c)
	}
}
