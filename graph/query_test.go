package graph_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

func TestQueryString(t *testing.T) {
	tests := []struct {
		query graph.Query
		want  string
	}{
		{graph.Query{}, ""},
		{graph.Query{Subject: []entente.EntityID{"Ada_Berg", "Ivo_Hark~r1"}, Limit: 3}, "subject:Ada_Berg,Ivo_Hark~r1 limit:3"},
		{graph.Query{Between: [2][]entente.EntityID{{"Northland"}, {"Southland", "a b"}}}, `between:Northland/Southland,"a b"`},
		{graph.Query{Between: [2][]entente.EntityID{nil, {"Southland"}}}, `between:/Southland`},
		{graph.Query{Either: []entente.EntityID{"É"}, Relations: []entente.Relation{entente.Visited, entente.Met}}, "either:É relation:visited,met"},
		{graph.Query{
			Statuses: []entente.Status{entente.CalledOff}, Since: entente.Date{EDTF: "2023-10"}, Until: entente.Date{EDTF: "2024/2025"},
			Publisher: `The "Wire"`, Report: "abc", Place: []entente.EntityID{""}, MinConfidence: 0.5,
		}, `status:called-off since:2023-10 until:"2024/2025" publisher:"The \"Wire\"" report:abc place:"" min-confidence:0.5`},
	}
	for _, tt := range tests {
		if got := tt.query.String(); got != tt.want {
			t.Errorf("%+v.String() = %q, want %q", tt.query, got, tt.want)
		}
		if got, err := graph.ParseQuery(tt.want); err != nil || !cmp.Equal(got, tt.query) {
			t.Errorf("ParseQuery(%q) = %+v, %v, want %+v", tt.want, got, err, tt.query)
		}
	}
}

func TestParseQueryErrors(t *testing.T) {
	tests := []struct{ text, want string }{
		{"subject", "column 1: want KEY:VALUE"},
		{"subject:", "column 1: value is missing"},
		{"limit:1 limit:2", "column 9: limit is there twice"},
		{"relation:visitd", "did you mean visited"},
		{"status:maybe", "unknown status"},
		{"since:2023-13", "column 1"},
		{"limit:-1", "whole number"},
		{"min-confidence:2", "from 0 to 1"},
		{"between:Northland", "want A/B"},
		{`publisher:"Wire`, "without its pair"},
		{"report:a/b", `column 9: unexpected '/'`},
		{"colour:red", "unknown key"},
	}
	for _, tt := range tests {
		if _, err := graph.ParseQuery(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseQuery(%q) = %v, want an error with %q", tt.text, err, tt.want)
		}
	}
}

func queriesOf() *rapid.Generator[graph.Query] {
	return rapid.Custom(func(t *rapid.T) graph.Query {
		some := func(label string) []entente.EntityID {
			if !rapid.Bool().Draw(t, "with "+label) {
				return nil
			}
			return rapid.SliceOfN(ids(), 1, 3).Draw(t, label)
		}
		q := graph.Query{
			Subject: some("subject"), Object: some("object"), Either: some("either"), Place: some("place"),
			Between:   [2][]entente.EntityID{some("between"), some("and")},
			Publisher: words().Draw(t, "publisher"), Limit: rapid.IntRange(0, 5).Draw(t, "limit"),
			Report:        entente.ReportID(words().Draw(t, "report")),
			MinConfidence: rapid.SampledFrom([]float64{0, 0.25, 1.0 / 3}).Draw(t, "confidence"),
			Since:         entente.Date{EDTF: dates(t, "x").EDTF}, Until: entente.Date{EDTF: dates(t, "x").EDTF},
		}
		if rapid.Bool().Draw(t, "with relations") {
			q.Relations = []entente.Relation{rapid.SampledFrom(entente.Relations).Draw(t, "relation").Relation, entente.Met}
		}
		if rapid.Bool().Draw(t, "with statuses") {
			q.Statuses = []entente.Status{rapid.SampledFrom(entente.Statuses).Draw(t, "status")}
		}
		return q
	})
}

// TestQueryPrintsItself: parsing undoes printing.
func TestQueryPrintsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := queriesOf().Draw(t, "query")
		got, err := graph.ParseQuery(q.String())
		if d := cmp.Diff(q, got); err != nil || d != "" {
			t.Fatalf("ParseQuery(%q): %v (- printed, + parsed):\n%s", q, err, d)
		}
	})
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"", "between:A/B,C relation:visited", `publisher:"a b" limit:3`, "since:2023 until:2024-10/..", `either:"",x`, "min-confidence:1e-3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := graph.ParseQuery(s)
		if err != nil {
			return
		}
		again, err := graph.ParseQuery(q.String())
		if err != nil || !cmp.Equal(q, again) {
			t.Fatalf("ParseQuery(%q) prints as %q, which parses as %+v, %v", s, q, again, err)
		}
	})
}

// wants says in the plainest way whether a query wants a claim.
func wants(q graph.Query, c entente.Claim, publisher string) bool {
	in := func(list []entente.EntityID, id entente.EntityID) bool {
		return len(list) == 0 || slices.Contains(list, id)
	}
	ok := in(q.Subject, c.Subject) && in(q.Object, c.Object) && in(q.Place, c.Place) &&
		(in(q.Either, c.Subject) || in(q.Either, c.Object)) &&
		(in(q.Between[0], c.Subject) && in(q.Between[1], c.Object) || in(q.Between[1], c.Subject) && in(q.Between[0], c.Object)) &&
		(len(q.Relations) == 0 || slices.Contains(q.Relations, c.Relation)) &&
		(len(q.Statuses) == 0 || slices.Contains(q.Statuses, c.Status)) &&
		(q.Publisher == "" || strings.EqualFold(q.Publisher, publisher)) &&
		(q.Report == "" || q.Report == c.Report) && c.Confidence >= q.MinConfidence
	if since := q.Since; !since.IsZero() {
		ok = ok && !c.Date.IsZero() && (c.Date.Latest().IsZero() || since.Earliest().IsZero() || !c.Date.Latest().Before(since.Earliest()))
	}
	if until := q.Until; !until.IsZero() {
		ok = ok && !c.Date.IsZero() && (c.Date.Earliest().IsZero() || until.Latest().IsZero() || !c.Date.Earliest().After(until.Latest()))
	}
	return ok
}

// TestClaimsAgainstEach compares every query with a walk over all readings.
func TestClaimsAgainstEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := openMemory(t)
		defer g.Close()
		rs := rapid.SliceOfNDistinct(readings(), 1, 4, func(r entente.Reading) entente.ReportID { return r.Report.ID }).Draw(t, "readings")
		add(t, g, rs...)
		q := queriesOf().Draw(t, "query")
		if rapid.Bool().Draw(t, "known report") {
			q.Report = rapid.SampledFrom(rs).Draw(t, "of").Report.ID
		}
		if rapid.Bool().Draw(t, "known publisher") {
			q.Publisher = "WIRE"
		}
		if rapid.Bool().Draw(t, "any publisher") {
			q.Publisher, q.Report = "", ""
		}
		limit := q.Limit
		q.Limit = 0
		var want []entente.Claim
		for _, r := range rs {
			for _, c := range r.Claims {
				if wants(q, c, r.Report.Publisher) {
					want = append(want, c)
				}
			}
		}
		slices.SortStableFunc(want, func(a, b entente.Claim) int {
			if d := a.Date.Compare(b.Date); d != 0 {
				return d
			}
			if d := strings.Compare(string(a.Report), string(b.Report)); d != 0 {
				return d
			}
			if d := a.Evidence.Start - b.Evidence.Start; d != 0 {
				return d
			}
			return strings.Compare(string(a.ID), string(b.ID))
		})
		if q.Limit = limit; limit > 0 && len(want) > limit {
			want = want[:limit]
		}
		got := collect(t, g.Claims(ctx, q))
		if len(got) != len(want) {
			t.Fatalf("Claims(%s): %d claims, want %d", q, len(got), len(want))
		}
		for i := range got {
			c := want[i]
			text := ""
			for _, r := range rs {
				if r.Report.ID == c.Report {
					text = c.Evidence.Of(r.Report.Text)
				}
			}
			if got[i].ID != c.ID || got[i].Report != c.Report || got[i].Text != text || got[i].Date != c.Date.EDTF || got[i].Status != c.Status {
				t.Fatalf("Claims(%s)[%d] = %+v, want %+v", q, i, got[i], c)
			}
		}
	})
}

func TestClaim(t *testing.T) {
	r := plainTrip()
	g := memory(t, r)
	id := r.Claims[0].ID
	for _, prefix := range []string{string(id), string(id[:7]), "claim:" + string(id)} {
		if got, err := g.Claim(ctx, prefix); err != nil || got.ID != id || got.Subject.Name != "Ada Berg" || got.Text != "Ada_Berg visited Norville occurred 2030-10" {
			t.Errorf("Claim(%q) = %+v, %v, want %s", prefix, got, err, id)
		}
	}
	if _, err := g.Claim(ctx, "zzzzzzz"); err == nil || !strings.Contains(err.Error(), `claim "zzzzzzz": not found`) {
		t.Errorf("Claim of nothing = %v", err)
	}
}

func TestWeb(t *testing.T) {
	g := memory(t, telling("Wire", "2031", "Ada_Berg met Ivo_Hark", "Ada_Berg represents Northland", "Eva_Lund visited Norville", "Eva_Lund invited Ada_Berg planned 2031-05"))
	edges := func(id entente.EntityID) (list []string) {
		w, err := g.Web(ctx)
		if err != nil {
			t.Fatal(err)
		}
		n, ok := w.Number(id)
		if !ok {
			return nil
		}
		for _, e := range w.Edges(n) {
			list = append(list, fmt.Sprintf("%s %s %s %v %v %d", w.ID(e.To), w.Relation(&e), w.Status(&e), e.Reversed, e.Dated, e.Last-e.First))
		}
		return list
	}
	first, last := int32(math.MinInt32), int32(math.MaxInt32) // of a date without bounds
	same(t, "around Ada Berg", edges("Ada_Berg"), []string{"Eva_Lund invited planned true true 30", fmt.Sprintf("Ivo_Hark met occurred false false %d", last-first)})
	same(t, "around Northland", edges("Northland"), []string(nil))
	if err := g.Merge(ctx, "Ivo_Hark", "Eva_Lund"); err != nil {
		t.Fatal(err)
	}
	same(t, "after a merge", len(edges("Eva_Lund"))+len(edges("Ivo_Hark")), 3)
}

func TestClaimsBadDate(t *testing.T) {
	g := memory(t, plainTrip())
	for _, err := range g.Claims(ctx, graph.Query{Since: entente.Date{EDTF: "last week"}}) {
		if err == nil {
			t.Error("a query with a bad date yields a claim")
		}
		return
	}
	t.Error("a query with a bad date yields no error")
}
