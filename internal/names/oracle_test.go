package names

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

func TestCorrect(t *testing.T) {
	model, err := english.Default()
	if err != nil {
		t.Fatal(err)
	}
	g, err := NewGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	table := readNames(model, g, "Norway praised the visitor.")
	norway, ok := table.At(0, 0)
	if !ok || len(table.Placed()) != 1 {
		t.Fatalf("At(0, 0) = %+v, %v of %d mentions, want Norway alone", norway, ok, len(table.Placed()))
	}
	visitor := Mention{Span: entente.Span{Start: 19, End: 26}, Token: 3, Form: Nominal}
	table.Correct(visitor, entente.Entity{ID: "Anna_Lind", Kind: entente.Person, Name: "Anna Lind"})
	got, ok := table.At(0, 3)
	visitor.Entities, visitor.Kind = []entente.EntityID{"Anna_Lind"}, entente.Person
	if diff := cmp.Diff(visitor, got); diff != "" || !ok || len(table.Placed()) != 2 {
		t.Errorf("a mention added (- want, + got), %d of them:\n%s", len(table.Placed()), diff)
	}
	if e := table.Entity("Anna_Lind"); e.Name != "Anna Lind" {
		t.Errorf("Entity = %+v, want Anna Lind", e)
	}
	table.Correct(norway, table.Entity("Sweden"))
	if got, _ := table.At(0, 0); len(got.Entities) != 1 || got.Entities[0] != "Sweden" || got.Kind != entente.State {
		t.Errorf("a mention replaced = %+v, want Sweden", got)
	}
	table.Correct(norway)
	if got, ok := table.At(0, 0); !ok || got.Entities != nil || len(table.Mentions()) != 1 || len(table.Placed()) != 2 {
		t.Errorf("a mention emptied = %+v, %v; %d resolved, want 1", got, ok, len(table.Mentions()))
	}
}
