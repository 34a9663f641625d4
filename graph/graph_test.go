package graph_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/pebble"
)

var ctx = context.Background()

// TestRoundTrip wants each reading back as it was added, in a graph without
// fault that a second time of adding does not change.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := openMemory(t)
		defer g.Close()
		for _, r := range rapid.SliceOfN(readings(), 1, 4).Draw(t, "readings") {
			add(t, g, r)
			got, err := g.Reading(ctx, r.Report.ID)
			if d := cmp.Diff(r, got, cmpopts.EquateEmpty()); err != nil || d != "" {
				t.Fatalf("Reading(%s): %v (- added, + read):\n%s", r.Report.ID, err, d)
			}
			report, err := g.Report(ctx, r.Report.ID)
			if err != nil || report != r.Report {
				t.Fatalf("Report(%s) = %v, %v, want %v", r.Report.ID, report, err, r.Report)
			}
			before := dump(t, g)
			if change, err := g.Add(ctx, r); change != graph.Unchanged || err != nil {
				t.Fatalf("second Add = %v, %v, want unchanged", change, err)
			}
			same(t, "after the second Add", dump(t, g), before)
		}
		sound(t, g)
	})
}

// TestRemoveLeavesNoTrace compares a graph in which readings came, were
// replaced and went with one that never had them.
func TestRemoveLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, plain := openMemory(t), openMemory(t)
		defer g.Close()
		defer plain.Close()
		rs := rapid.SliceOfN(readings(), 1, 6).Draw(t, "readings")
		last := make(map[entente.ReportID]entente.Reading)
		for _, r := range rs {
			want := graph.Added
			if old, ok := last[r.Report.ID]; ok {
				want = graph.Replaced
				if cmp.Equal(old, r, cmpopts.EquateEmpty()) {
					want = graph.Unchanged
				}
			}
			if got, err := g.Add(ctx, r); got != want || err != nil {
				t.Fatalf("Add = %v, %v, want %v", got, err, want)
			}
			last[r.Report.ID] = r
		}
		for id, r := range last {
			if rapid.Bool().Draw(t, "remove "+string(id)) {
				if err := g.Remove(ctx, id); err != nil {
					t.Fatal(err)
				}
			} else {
				add(t, plain, r)
			}
		}
		same(t, "quads", dump(t, g), dump(t, plain))
		sound(t, g)
	})
}

// TestOrderOfLoading adds the same reports one by one, in another order, and in
// one batch.
func TestOrderOfLoading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := rapid.SliceOfNDistinct(readings(), 1, 6, func(r entente.Reading) entente.ReportID { return r.Report.ID }).Draw(t, "readings")
		a, b, c := openMemory(t), openMemory(t), openMemory(t)
		defer a.Close()
		defer b.Close()
		defer c.Close()
		for _, r := range rs {
			add(t, a, r)
		}
		for _, r := range rapid.Permutation(rs).Draw(t, "order") {
			add(t, b, r)
		}
		add(t, c, rs...)
		want := dump(t, a)
		same(t, "in another order", dump(t, b), want)
		same(t, "in one batch", dump(t, c), want)
		sa, err := a.Stats(ctx)
		sc, err2 := c.Stats(ctx)
		same(t, "stats", sc, sa)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
	})
}

// TestBatchReplaces adds two readings of one report in one batch.
func TestBatchReplaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := rapid.SliceOfN(readings(), 2, 5).Draw(t, "readings")
		a, b := openMemory(t), openMemory(t)
		defer a.Close()
		defer b.Close()
		before := rapid.SliceOfN(readings(), 0, 2).Draw(t, "before")
		add(t, a, before...)
		add(t, b, before...)
		for _, r := range rs {
			add(t, a, r)
		}
		add(t, b, rs...)
		same(t, "quads", dump(t, b), dump(t, a))
		sound(t, b)
	})
}

func TestRemoveUnknown(t *testing.T) {
	g := memory(t)
	if err := g.Remove(ctx, "nothing"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Remove = %v, want ErrNotFound", err)
	}
	if _, err := g.Report(ctx, "nothing"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Report = %v, want ErrNotFound", err)
	}
	if _, err := g.Reading(ctx, "nothing"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Reading = %v, want ErrNotFound", err)
	}
}

// plainTrip is trip without the line whose relation does not exist.
func plainTrip() entente.Reading {
	r := trip()
	r.Claims = r.Claims[:4]
	return r
}

func TestAddRefuses(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*entente.Reading)
		want  string // in the error
	}{
		{"no ID", func(r *entente.Reading) { r.Report.ID = "" }, "want a word"},
		{"bad day", func(r *entente.Reading) { r.Report.Published.EDTF = "9 July" }, "day of publication"},
		{"bad UTF-8", func(r *entente.Reading) { r.Report.Title = "\xff" }, "not UTF-8"},
		{"entity twice", func(r *entente.Reading) { r.Entities = append(r.Entities, r.Entities[0]) }, "there twice"},
		{"entity without a name", func(r *entente.Reading) { r.Entities[0].Name = "" }, "no name"},
		{"unknown kind", func(r *entente.Reading) { r.Entities[0].Kind = "dog" }, "unknown kind"},
		{"mention of a stranger", func(r *entente.Reading) { r.Mentions[0].Entity = "Stranger" }, "not among"},
		{"mention outside", func(r *entente.Reading) { r.Mentions[0].Span.End = 9999 }, "not in the text"},
		{"claim of a stranger", func(r *entente.Reading) { r.Claims[0].Place = "Stranger" }, "not among"},
		{"claim without object", func(r *entente.Reading) { r.Claims[0].Object = "" }, "no subject or no object"},
		{"claim twice", func(r *entente.Reading) { r.Claims[1].ID = r.Claims[0].ID }, "there twice"},
		{"unknown relation", func(r *entente.Reading) { r.Claims[0].Relation = "liked" }, "unknown relation"},
		{"unknown status", func(r *entente.Reading) { r.Claims[0].Status = "maybe" }, "unknown status"},
		{"other report", func(r *entente.Reading) { r.Claims[0].Report = "other" }, "is of report"},
		{"no evidence", func(r *entente.Reading) { r.Claims[0].Evidence = entente.Span{} }, "evidence"},
		{"confidence", func(r *entente.Reading) { r.Claims[0].Confidence = 2 }, "want 0 to 1"},
		{"date", func(r *entente.Reading) { r.Claims[0].Date.EDTF = "2023-13" }, "date"},
		{"date outside", func(r *entente.Reading) { r.Claims[0].Date.From.End = 9999 }, "not in the text"},
		{"basis", func(r *entente.Reading) { r.Claims[0].Date.Basis = "guessed" }, "unknown basis"},
	}
	g := memory(t)
	for _, tt := range tests {
		r := plainTrip()
		tt.spoil(&r)
		if _, err := g.AddAll(ctx, []entente.Reading{telling("Wire", "2031", "Ada_Berg met Ivo_Hark"), r}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Add = %v, want an error with %q", tt.name, err, tt.want)
		}
	}
	same(t, "graph after refusals", dump(t, g), "")
}

// TestBestForm wants the name that readers see to be the best of those that
// reports give, whichever remain.
func TestBestForm(t *testing.T) {
	form := func(publisher, name, state string) entente.Reading {
		r := telling(publisher, "2031", "Ada_Berg met Ivo_Hark")
		r.Entities[0].Name, r.Entities[0].State = name, state
		return r
	}
	long, short, stated := form("A", "Ada Maria Berg", ""), form("B", "Ada Berg", ""), form("C", "Ada M. Berg", "XNL")
	g := memory(t, long)
	name := func() string {
		e, err := g.Entity(ctx, "Ada_Berg")
		if err != nil {
			t.Fatal(err)
		}
		return e.Name + " " + e.State
	}
	same(t, "one", name(), "Ada Maria Berg ")
	add(t, g, short)
	same(t, "shorter", name(), "Ada Berg ")
	add(t, g, stated)
	same(t, "with its state", name(), "Ada M. Berg XNL")
	e, _ := g.Entity(ctx, "Ada_Berg")
	same(t, "aliases", e.Aliases, []string{"Ada Berg", "Ada Maria Berg"})
	if err := g.Remove(ctx, stated.Report.ID); err != nil {
		t.Fatal(err)
	}
	same(t, "back", name(), "Ada Berg ")
}

func TestReports(t *testing.T) {
	late, early := telling("Wire", "2031-07-09", "Ada_Berg met Ivo_Hark"), telling("Gazette", "2030", "Ada_Berg met Ivo_Hark")
	undated := telling("Daily", "", "Ada_Berg met Ivo_Hark")
	g := memory(t, undated, late, early)
	var got []string
	for _, r := range collect(t, g.Reports(ctx)) {
		got = append(got, r.Publisher)
		if r.Text != "" {
			t.Errorf("report %s has a text in the list", r.ID)
		}
	}
	same(t, "reports", got, []string{"Gazette", "Wire", "Daily"})
	s, err := g.Stats(ctx)
	if err != nil || s.Reports != 3 || s.Texts != 1 || s.Claims != 3 || s.Entities != 2 {
		t.Errorf("Stats = %+v, %v, want 3 reports, 1 text, 3 claims, 2 entities", s, err)
	}
}

func TestResolveReport(t *testing.T) {
	r := plainTrip()
	g := memory(t, r)
	for i := range 40 {
		add(t, g, telling("P"+string(rune('A'+i)), "2031", "Ada_Berg met Ivo_Hark"))
	}
	for _, prefix := range []string{string(r.Report.ID), string(r.Report.ID[:8]), "report:" + string(r.Report.ID)} {
		if id, err := g.ResolveReport(ctx, prefix); id != r.Report.ID || err != nil {
			t.Errorf("ResolveReport(%q) = %q, %v, want %q", prefix, id, err, r.Report.ID)
		}
	}
	var ambiguous *graph.AmbiguousError
	found := false
	for _, letter := range "abcdefghijklmnopqrstuvwxyz" {
		_, err := g.ResolveReport(ctx, string(letter))
		found = found || errors.As(err, &ambiguous)
	}
	if !found || len(ambiguous.IDs) < 2 {
		t.Errorf("no letter of 40 reports is ambiguous: %v", ambiguous)
	}
	for _, prefix := range []string{"", "!"} {
		if _, err := g.ResolveReport(ctx, prefix); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("ResolveReport(%q) = %v, want ErrNotFound", prefix, err)
		}
	}
}

func TestOnDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	if _, err := graph.Open(dir, graph.Options{ReadOnly: true}); !errors.Is(err, pebble.ErrNotExist) {
		t.Errorf("Open for reading = %v, want ErrNotExist", err)
	}
	g, err := graph.Open(dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	add(t, g, plainTrip())
	want := dump(t, g)
	if _, err := graph.Open(dir, graph.Options{LockWait: -1}); !errors.Is(err, pebble.ErrLocked) {
		t.Errorf("second Open = %v, want ErrLocked", err)
	}
	copied := filepath.Join(t.TempDir(), "copy")
	if err := g.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, copied} {
		g, err := graph.Open(path, graph.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		same(t, path, dump(t, g), want)
		if _, err := g.Add(ctx, telling("Daily", "2031", "Ada_Berg met Ivo_Hark")); !errors.Is(err, pebble.ErrReadOnly) {
			t.Errorf("Add to a graph open for reading = %v, want ErrReadOnly", err)
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestClosed(t *testing.T) {
	g := openMemory(t)
	add(t, g, plainTrip())
	if err := g.Backup(ctx, t.TempDir()); err == nil || !strings.Contains(err.Error(), "export it") {
		t.Errorf("Backup of a graph in memory = %v, want an error that helps", err)
	}
	n := 0
	for _, err := range g.Claims(ctx, graph.Query{}) {
		if n++; n == 1 {
			err = errors.Join(err, g.Close()) // within the loop, which then ends
		}
		if n > 2 || (n == 1) != (err == nil) || n == 2 && !errors.Is(err, pebble.ErrClosed) {
			t.Errorf("claim %d: %v", n, err)
		}
	}
	_, err := g.Add(ctx, plainTrip())
	_, err2 := g.Stats(ctx)
	_, err3 := g.Find(ctx, "Ada Berg")
	_, err4 := g.Report(ctx, plainTrip().Report.ID)
	for i, err := range []error{err, err2, err3, err4} {
		if !errors.Is(err, pebble.ErrClosed) {
			t.Errorf("call %d after Close = %v, want ErrClosed", i, err)
		}
	}
	for row, err := range g.Gizmo(ctx, "g.V().All()", graph.GizmoOptions{}) {
		if !errors.Is(err, pebble.ErrClosed) {
			t.Errorf("Gizmo after Close yields %v, %v, want ErrClosed", row, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	g := memory(t, plainTrip())
	done, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := g.Add(done, telling("Daily", "2031", "Ada_Berg met Ivo_Hark")); !errors.Is(err, context.Canceled) {
		t.Errorf("Add = %v, want Canceled", err)
	}
	for _, err := range g.Claims(done, graph.Query{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Claims yields %v, want Canceled", err)
		}
	}
	if got := len(collect(t, g.Claims(ctx, graph.Query{}))); got != 4 {
		t.Errorf("%d claims afterwards, want 4", got)
	}
}

// TestTogether reads, asks and changes at once; each reader sees whole reports.
func TestTogether(t *testing.T) {
	g := memory(t, plainTrip())
	stop := time.Now().Add(300 * time.Millisecond)
	var all sync.WaitGroup
	run := func(f func() error) {
		all.Go(func() {
			for time.Now().Before(stop) {
				if err := f(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	r := telling("Daily", "2031", "Ada_Berg met Ivo_Hark", "Ivo_Hark visited Norville")
	run(func() error {
		_, err := g.Add(ctx, r)
		return errors.Join(err, g.Remove(ctx, r.Report.ID))
	})
	run(func() error {
		n := len(collect(t, g.Claims(ctx, graph.Query{})))
		if n != 4 && n != 6 {
			t.Errorf("%d claims, want 4 or 6", n)
		}
		return nil
	})
	run(func() error {
		_, err := g.Find(ctx, []string{"Ada Berg", "Hark"}[rand.IntN(2)])
		return err
	})
	run(func() error {
		for _, err := range g.Gizmo(ctx, `entity("Berg").Out(met).All()`, graph.GizmoOptions{}) {
			if err != nil {
				return err
			}
		}
		return nil
	})
	all.Wait()
	sound(t, g)
}
