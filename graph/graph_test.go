package graph

import (
	"context"
	"testing"

	entente "github.com/entente-kg/entente"
)

func TestSmoke(t *testing.T) {
	g, err := OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	text := "MOSCOW, July 9, 2025. Sergei Lavrov visited Pyongyang in October 2023."
	id := entente.NewReportID("Wire", entente.Date{EDTF: "2025-07-09"}, text)
	ev := entente.Span{Start: 23, End: len(text)}
	c := entente.Claim{Subject: "Sergei_Lavrov", Object: "Pyongyang", Relation: entente.Visited, Status: entente.Occurred, Date: entente.Date{EDTF: "2023-10"}, Evidence: ev, Report: id}
	c.ID = entente.NewClaimID(id, c.Relation, c.Subject, c.Object, ev.Start, 0)
	r := entente.Reading{Report: entente.Report{ID: id, Publisher: "Wire", Published: entente.Date{EDTF: "2025-07-09"}, Text: text},
		Entities: []entente.Entity{{ID: "Pyongyang", Kind: entente.Place, Name: "Pyongyang", State: "PRK"}, {ID: "Sergei_Lavrov", Kind: entente.Person, Name: "Sergei Lavrov", State: "RUS"}},
		Claims:   []entente.Claim{c}}
	ctx := context.Background()
	for range 2 {
		ch, err := g.Add(ctx, r)
		t.Log(ch, err)
	}
	for r, err := range g.Claims(ctx, Query{}) {
		t.Log(r, err)
	}
	e, err := g.Find(ctx, "lavrov")
	t.Log(e, err)
	e, err = g.Find(ctx, "Sergey Lavrow")
	t.Log(e, err)
	t.Log(g.Remove(ctx, id))
	st, _ := g.store.Stats(ctx, true)
	t.Log(st)
}
