package graph

import (
	"context"
	"fmt"
	"testing"
	"time"

	entente "github.com/entente-kg/entente"
)

func TestTry(t *testing.T) {
	g, _ := OpenMemory()
	defer g.Close()
	text := "MOSCOW, July 9, 2025. Sergei Lavrov visited Pyongyang in October 2023."
	id := entente.NewReportID("Wire", entente.Date{EDTF: "2025-07-09"}, text)
	ev := entente.Span{Start: 23, End: len(text)}
	c := entente.Claim{Subject: "Sergei_Lavrov", Object: "Pyongyang", Relation: entente.Visited, Status: entente.Occurred, Date: entente.Date{EDTF: "2023-10"}, Evidence: ev, Report: id}
	c.ID = entente.NewClaimID(id, c.Relation, c.Subject, c.Object, ev.Start, 0)
	r := entente.Reading{Report: entente.Report{ID: id, Publisher: "Wire", Title: "Trip", Published: entente.Date{EDTF: "2025-07-09"}, Text: text},
		Entities: []entente.Entity{{ID: "Pyongyang", Kind: entente.Place, Name: "Pyongyang", State: "PRK"}, {ID: "Sergei_Lavrov", Kind: entente.Person, Name: "Sergei Lavrov", State: "RUS"}},
		Claims:   []entente.Claim{c}}
	ctx := context.Background()
	g.Add(ctx, r)
	for _, s := range []string{
		`entity("Sergei Lavrov").Out(visited).All()`, `entity("Sergei Lavrov").out(visited).all()`, `entity("lavrov").Out(visited).Count()`,
		`entity("Nobody at all")`, `entity("Lavrof")`, `g.V("<a>").except(g.V("<b>")).all()`, `g.V("<ent:Pyongyang>").except(g.V("<b>")).all()`,
		`g.V("<a>").all()`, `g.V("<a>").count()`, `while(true){}`, `var a=[]; while(true) a.push("xxxxxxxxxxxxxxxxxxxxxxxxxxx"+a.length)`, `"x".repeat(1e10)`, `g.V(`, `g.V().outt(visited).all()`, `foo()`, `throw 3`, `throw new Error("x")`,
		`g.V().all()`, `g.V("<report:` + string(id) + `>").out("<dcterms:title>").all()`, `claims({either:"lavrov", relation: visited}).save("<kg:date>","date").all()`, `claims({}).count()`, `claims({foo:1})`, `claims({relation:"visitd"}).all()`, `g.V("<ent:Sergei_Lavrov>")`, `g.emit({a:1,b:["<ent:Pyongyang>"]})`, `g.V().labelContext("<report:` + string(id) + `>").out(visited).all()`,
		`var s="x"; while(true) s+=s`, `g.V("<ent:Pyongyang>", "<ent:Sergei_Lavrov>").and(g.V("<ent:Pyongyang>", "<b>")).count()`, `(function f(){f()})()`, ``, `g.V("<a>").except(g.V("<b>").and(g.V("<c>"))).all()`, `g.V("<ent:Pyongyang>").except(g.V().out("<b>")).all()`, `g.V("<ent:Pyongyang>").except(g.V().is()).all()`, `g.V(null).out(3).all()`, `g.V("<ent:Pyongyang>").toArray()`, `new Array(4294967295).join("xx")`, `g.V().filter(regex("^zzz$",true)).all()`, `g.V("<ent:Pyongyang>").followRecursive(g.M().in(visited)).all()`, `g.V().order().count()`, `new Array(1e9).fill(0)`, `g.V({}).all()`, `g.V().out(visited, {}).all()`, `g.V().has().all()`, `g.V().save().all()`, `g.V().back("x").all()`, `g.M().all()`,
	} {
		start := time.Now()
		n := 0
		for row, err := range g.Gizmo(ctx, s, GizmoOptions{Timeout: time.Second, MaxMemory: 200 << 20, Limit: 3}) {
			n++
			fmt.Printf("%s\n     %v %v (%T)\n", s, row, err, err)
		}
		fmt.Printf("%s: %d %v\n", s, n, time.Since(start).Round(time.Millisecond))
	}
}
