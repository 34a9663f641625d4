package graph_test

import (
	"errors"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// twoBergs tells of one person under two names.
func twoBergs() []entente.Reading {
	return []entente.Reading{
		telling("Wire", "2031-01-01", "Ada_Berg met Ivo_Hark occurred 2030"),
		telling("Gazette", "2031-01-02", "Adda_Berg visited Norville occurred 2029", "Ivo_Hark invited Adda_Berg"),
	}
}

func TestMerge(t *testing.T) {
	g := memory(t, twoBergs()...)
	before := dump(t, g)
	if err := g.Merge(ctx, "Adda_Berg", "Ada_Berg"); err != nil {
		t.Fatal(err)
	}
	for _, id := range []entente.EntityID{"Ada_Berg", "Adda_Berg"} {
		e, err := g.Entity(ctx, id)
		if err != nil || e.ID != "Ada_Berg" {
			t.Errorf("Entity(%s) = %v, %v, want Ada_Berg", id, e, err)
		}
		same(t, "aliases", e.Aliases, []string{"Adda Berg"})
		got := collect(t, g.Claims(ctx, graph.Query{Either: []entente.EntityID{id}}))
		if len(got) != 3 {
			t.Errorf("%d claims of %s, want 3", len(got), id)
		}
		for _, r := range got {
			if r.Subject.ID == "Adda_Berg" || r.Object.ID == "Adda_Berg" {
				t.Errorf("claim %s still shows Adda_Berg", r.ID)
			}
		}
	}
	for _, name := range []string{"Adda Berg", "Ada Berg", "Berg", "Adda_Berg"} {
		if found, err := g.Find(ctx, name); err != nil || len(found) != 1 || found[0].ID != "Ada_Berg" {
			t.Errorf("Find(%q) = %v, %v, want Ada_Berg", name, found, err)
		}
	}
	same(t, "rows", ids1(t, g, `entity("Adda Berg").Out(visited).All()`), []string{"ent:Norville"})
	same(t, "merges", collect(t, g.Merges(ctx)), []graph.Same{{A: "Adda_Berg", B: "Ada_Berg"}})
	same(t, "entities", len(collect(t, g.Entities(ctx))), 3)
	sound(t, g)
	for _, pair := range []graph.Same{{A: "Ada_Berg", B: "Adda_Berg"}, {A: "Adda_Berg", B: "Ada_Berg"}, {A: "Ivo_Hark", B: "Ivo_Hark"}} {
		if err := g.Merge(ctx, pair.A, pair.B); !errors.Is(err, graph.ErrSame) {
			t.Errorf("Merge(%s, %s) = %v, want ErrSame", pair.A, pair.B, err)
		}
	}
	if err := g.Split(ctx, "Adda_Berg"); err != nil {
		t.Fatal(err)
	}
	same(t, "after the split", dump(t, g), before)
}

// TestMergeOrder wants merges and reports in any order to give one graph.
func TestMergeOrder(t *testing.T) {
	rs := twoBergs()
	a, b := memory(t, rs...), memory(t, rs[0])
	if err := errors.Join(a.Merge(ctx, "Ada_Berg", "Ivo_Hark")); err != nil {
		t.Fatal(err)
	}
	if err := b.Merge(ctx, "Ada_Berg", "Ivo_Hark"); err != nil {
		t.Fatal(err)
	}
	add(t, b, rs[1])
	same(t, "quads", dump(t, b), dump(t, a))
}

func TestMergeChain(t *testing.T) {
	g := memory(t, telling("Wire", "2031", "A_One met B_Two", "C_Three met D_Four"))
	for _, m := range []graph.Same{{A: "A_One", B: "B_Two"}, {A: "A_One", B: "C_Three"}, {A: "D_Four", B: "A_One"}} {
		if err := g.Merge(ctx, m.A, m.B); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "merges", collect(t, g.Merges(ctx)), []graph.Same{{A: "A_One", B: "B_Two"}, {A: "B_Two", B: "C_Three"}, {A: "D_Four", B: "A_One"}})
	for _, id := range []entente.EntityID{"A_One", "B_Two", "C_Three", "D_Four"} {
		if e, err := g.Entity(ctx, id); err != nil || e.ID != "C_Three" {
			t.Errorf("Entity(%s) = %v, %v, want C_Three", id, e, err)
		}
	}
	sound(t, g)
	if err := g.Split(ctx, "C_Three"); err != nil { // stands for others: they leave it
		t.Fatal(err)
	}
	if e, _ := g.Entity(ctx, "A_One"); e.ID != "B_Two" {
		t.Errorf("Entity(A_One) = %s, want B_Two", e.ID)
	}
	if e, _ := g.Entity(ctx, "C_Three"); e.ID != "C_Three" {
		t.Errorf("Entity(C_Three) = %s, want C_Three", e.ID)
	}
}

// TestFindMerged wants a name to mean the merged entity that bears it, not the
// one that stands for it.
func TestFindMerged(t *testing.T) {
	g := memory(t, twoBergs()...)
	if err := errors.Join(g.Merge(ctx, "Adda_Berg", "Ivo_Hark"), g.Merge(ctx, "Ada_Berg", "Ivo_Hark")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]entente.EntityID{"Adda Berg": "Adda_Berg", "ada berg": "Ada_Berg", "Ada_Berg": "Ada_Berg", "Hark": "Ivo_Hark"} {
		if id, err := g.FindMerged(ctx, name); err != nil || id != want {
			t.Errorf("FindMerged(%q) = %s, %v, want %s", name, id, err, want)
		}
	}
	var several *graph.AmbiguousError
	if _, err := g.FindMerged(ctx, "Berg"); !errors.As(err, &several) || len(several.Candidates) != 2 {
		t.Errorf("FindMerged(Berg) = %v, want two candidates", err)
	}
	if _, err := g.FindMerged(ctx, "Norville"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("FindMerged(Norville) = %v, want ErrNotFound", err)
	}
}

func TestMergeErrors(t *testing.T) {
	g := memory(t, twoBergs()...)
	if err := g.Merge(ctx, "Ada_Berg", "Russia"); !errors.Is(err, graph.ErrKinds) {
		t.Errorf("Merge of a person and a state = %v, want ErrKinds", err)
	}
	if err := g.Merge(ctx, "Ada_Berg", "Nobody"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Merge into nobody = %v, want ErrNotFound", err)
	}
	if err := g.Split(ctx, "Ada_Berg"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Split of what is not merged = %v, want ErrNotFound", err)
	}
}
