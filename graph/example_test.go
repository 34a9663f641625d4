package graph_test

import (
	"context"
	"fmt"
	"log"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// A reading usually comes from loader.Read; here it is made by hand.
func Example() {
	const text = "Iceland and Norway signed a fisheries agreement in Oslo on 4 March 2031."
	published := entente.Date{EDTF: "2031-03-05"}
	id := entente.NewReportID("Sample Wire", published, text)
	claim := entente.Claim{
		Subject: "Iceland", Relation: entente.AgreedWith, Object: "Norway", Place: "Oslo", Status: entente.Occurred,
		Date: entente.Date{EDTF: "2031-03-04", Basis: entente.Stated}, Evidence: entente.Span{End: len(text)}, Report: id,
	}
	claim.ID = entente.NewClaimID(id, claim.Relation, claim.Subject, claim.Object, 0, 0)
	reading := entente.Reading{
		Report: entente.Report{ID: id, Publisher: "Sample Wire", Published: published, Text: text},
		Entities: []entente.Entity{
			{ID: "Iceland", Kind: entente.State, Name: "Iceland", State: "ISL"},
			{ID: "Norway", Kind: entente.State, Name: "Norway", State: "NOR"},
			{ID: "Oslo", Kind: entente.Place, Name: "Oslo", State: "NOR"},
		},
		Claims: []entente.Claim{claim},
	}

	g, err := graph.OpenMemory() // or graph.Open("folder", graph.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	ctx := context.Background()
	for range 2 {
		change, err := g.Add(ctx, reading)
		fmt.Println(change, err)
	}
	norway, err := g.FindOne(ctx, "NOR")
	if err != nil {
		log.Fatal(err)
	}
	query := graph.Query{Either: []entente.EntityID{norway.ID}, Since: entente.Date{EDTF: "2031"}}
	fmt.Println(query)
	for r, err := range g.Claims(ctx, query) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.Date, r.Subject.Name, r.Relation, r.Object.Name, "in", r.Place.Name)
		fmt.Println(r.Text)
	}
	for row, err := range g.Gizmo(ctx, `entity("Iceland").Out(agreed_with).All()`, graph.GizmoOptions{}) {
		fmt.Println(row["id"], err)
	}
	// Output:
	// added <nil>
	// unchanged <nil>
	// either:Norway since:2031
	// 2031-03-04 Iceland agreed_with Norway in Oslo
	// Iceland and Norway signed a fisheries agreement in Oslo on 4 March 2031.
	// Norway <nil>
}
