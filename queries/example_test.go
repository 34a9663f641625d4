package queries_test

import (
	"context"
	"fmt"
	"log"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

// twoReports returns a graph that holds two reports of a visit, a plan and what
// came of it. A program of your own would get them from package loader.
func twoReports() *graph.Graph {
	g, err := graph.OpenMemory()
	if err != nil {
		log.Fatal(err)
	}
	add := func(publisher, day, text string, status entente.Status, date string) {
		report := entente.Report{Publisher: publisher, Published: entente.Date{EDTF: day, Basis: entente.Stated}, Text: text}
		report.ID = entente.NewReportID(report.Publisher, report.Published, text)
		claim := entente.Claim{
			Subject: "Jonas_Store", Relation: entente.Visited, Object: "Stockholm", Status: status,
			Date: entente.Date{EDTF: date, Basis: entente.Stated}, Evidence: entente.Span{End: len(text)}, Report: report.ID,
		}
		claim.ID = entente.NewClaimID(report.ID, claim.Relation, claim.Subject, claim.Object, 0, 0)
		_, err := g.Add(context.Background(), entente.Reading{Report: report, Claims: []entente.Claim{claim}, Entities: []entente.Entity{
			{ID: "Jonas_Store", Kind: entente.Person, Name: "Jonas Store", State: "NOR"},
			{ID: "Stockholm", Kind: entente.Place, Name: "Stockholm", State: "SWE"},
		}})
		if err != nil {
			log.Fatal(err)
		}
	}
	add("Morning Wire", "2024-05-10", "Prime Minister Jonas Store will visit Stockholm from May 13 to May 14.", entente.Planned, "2024-05-13/2024-05-14")
	add("Evening Wire", "2024-05-14", "Store visited Stockholm on Tuesday.", entente.Occurred, "2024-05-14")
	return g
}

func ExampleClaims() {
	g := twoReports()
	defer g.Close()
	visits := queries.Question{Query: graph.Query{Relations: []entente.Relation{entente.Visited}, Object: []entente.EntityID{"Sweden"}}}
	groups, err := queries.Claims(context.Background(), g, visits) // a visit to a place in Sweden is one to Sweden
	if err != nil {
		log.Fatal(err)
	}
	for _, group := range groups {
		fmt.Println(group.Date, group.Subject.Name, "in", group.Object.Name, "told by", group.Publishers, "independently")
	}
	// Output:
	// 2024-05-14 Jonas Store in Stockholm told by 2 independently
}

func ExampleTimeline() {
	g := twoReports()
	defer g.Close()
	groups, err := queries.Timeline(context.Background(), g, []entente.EntityID{"Jonas_Store"}, queries.Question{})
	if err != nil {
		log.Fatal(err)
	}
	for _, group := range groups {
		fmt.Println(group.Date, group.Subject.Name, group.Relation, group.Object.Name, group.Statuses())
		for _, r := range group.Records() {
			fmt.Println("  ", r.Text)
		}
	}
	// Output:
	// 2024-05-14 Jonas Store visited Stockholm [occurred planned]
	//    Store visited Stockholm on Tuesday.
	//    Prime Minister Jonas Store will visit Stockholm from May 13 to May 14.
}

func ExamplePath() {
	g := twoReports()
	defer g.Close()
	route, err := queries.Path(context.Background(), g, "Jonas_Store", "Stockholm", queries.PathOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, hop := range route.Hops {
		fmt.Println(hop.From.Name, "–", hop.To.Name+":", hop.Claims[0].Text)
	}
	// Output:
	// Jonas Store – Stockholm: Store visited Stockholm on Tuesday.
}

// Ann met Cid in May and Cid met Bob on the 20th: whether that is in order is open.
// It is certain that Dan, whom Ann met in April, met Bob after that.
func ExamplePaths() {
	g, err := graph.OpenMemory()
	if err != nil {
		log.Fatal(err)
	}
	defer g.Close()
	reading := entente.Reading{Report: entente.Report{Publisher: "Wire", Text: "They met."}}
	reading.Report.ID = entente.NewReportID("Wire", entente.Date{}, reading.Report.Text)
	for _, name := range []string{"Ann", "Bob", "Cid", "Dan"} {
		reading.Entities = append(reading.Entities, entente.Entity{ID: entente.EntityID(name), Kind: entente.Person, Name: name})
	}
	met := func(a, b entente.EntityID, day string) {
		claim := entente.Claim{
			Subject: a, Relation: entente.Met, Object: b, Status: entente.Occurred, Date: entente.Date{EDTF: day, Basis: entente.Stated},
			Evidence: entente.Span{End: len(reading.Report.Text)}, Report: reading.Report.ID,
		}
		claim.ID = entente.NewClaimID(claim.Report, claim.Relation, a, b, 0, 0)
		reading.Claims = append(reading.Claims, claim)
	}
	met("Ann", "Cid", "2024-05")
	met("Cid", "Bob", "2024-05-20")
	met("Ann", "Dan", "2024-04")
	met("Dan", "Bob", "2024-06-02")
	ctx := context.Background()
	if _, err := g.Add(ctx, reading); err != nil {
		log.Fatal(err)
	}
	for _, o := range []queries.PathOptions{{InOrder: true, K: 2}, {Earliest: true}} {
		routes, err := queries.Paths(ctx, g, "Ann", "Bob", o)
		if err != nil {
			log.Fatal(err)
		}
		for i, route := range routes {
			fmt.Println(i+1, route.Order, "by", route.Arrival)
			for _, hop := range route.Hops {
				fmt.Println("  ", hop.From.Name, "–", hop.To.Name+",", hop.Claims[0].Date)
			}
		}
	}
	// Output:
	// 1 certain by 2024-06-02
	//    Ann – Dan, 2024-04
	//    Dan – Bob, 2024-06-02
	// 2 possible by 2024-05-20
	//    Ann – Cid, 2024-05
	//    Cid – Bob, 2024-05-20
	// 1 possible by 2024-05-20
	//    Ann – Cid, 2024-05
	//    Cid – Bob, 2024-05-20
}

// Asked of two states, what their officials did counts, and their places count
// as they do.
func ExampleBetween() {
	g := twoReports()
	defer g.Close()
	ctx := context.Background()
	norway, sweden := []entente.EntityID{"Norway"}, []entente.EntityID{"Sweden"}
	for _, q := range []queries.Question{{}, {NoOfficials: true}} {
		groups, err := queries.Between(ctx, g, norway, sweden, q)
		if err != nil {
			log.Fatal(err)
		}
		for _, group := range groups {
			fmt.Printf("%s %s %s, told %d times\n", group.Subject.Name, group.Relation, group.Object.Name, group.Tellings())
		}
		fmt.Println(len(groups))
	}
	// Output:
	// Jonas Store visited Stockholm, told 2 times
	// 1
	// 0
}

func ExampleNewEvidence() {
	g := twoReports()
	defer g.Close()
	ctx := context.Background()
	groups, err := queries.Claims(ctx, g, queries.Question{Query: graph.Query{Statuses: []entente.Status{entente.Planned}}})
	if err != nil {
		log.Fatal(err)
	}
	e, err := queries.NewEvidence(ctx, g, string(groups[0].ID))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s (%s, %s)\n", e.Claim.Text, e.Report.Publisher, e.Report.Published)
	for _, r := range e.Others {
		fmt.Println("also:", r.Text)
	}
	// Output:
	// Prime Minister Jonas Store will visit Stockholm from May 13 to May 14. (Morning Wire, 2024-05-10)
	// also: Store visited Stockholm on Tuesday.
}

// Month by month, with how co-operative or hostile each was. What is dated to a
// year only is in no month.
func ExampleDivide() {
	g := twoReports()
	defer g.Close()
	groups, err := queries.Between(context.Background(), g, []entente.EntityID{"Norway"}, []entente.EntityID{"Sweden"}, queries.Question{})
	if err != nil {
		log.Fatal(err)
	}
	for _, month := range queries.Divide(groups, queries.ByMonth) {
		fmt.Printf("%s: %d claim, %d told by several publishers, balance %+.1f\n", month.Key, month.Count, month.Corroborated, month.Balance)
		for _, group := range month.Claims {
			fmt.Println("  ", group.Text)
		}
	}
	// Output:
	// 2024-05: 1 claim, 1 told by several publishers, balance +1.0
	//    Store visited Stockholm on Tuesday.
}

// A script has the questions of this package beside Gizmo's walks, and what the
// program gives it as variables.
func ExampleGizmo() {
	g := twoReports()
	defer g.Close()
	script := `between("Norway", "Sweden").Save("<kg:status>", "status").Save("<kg:date>", "date").TagArray()
		.map(c => ({status: c.status, date: c.date, inTime: during(c.date, period), sentence: sentence(c.id)}))
		.sort((c, d) => c.date < d.date ? -1 : 1)`
	o := graph.GizmoOptions{Variables: map[string]any{"period": "2024-05-14/2024-05-20"}}
	for row, err := range queries.Gizmo(context.Background(), g, script, o) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(row["date"], row["status"], row["inTime"])
		fmt.Println("  ", row["sentence"])
	}
	// Output:
	// 2024-05-13/2024-05-14 planned no
	//    Prime Minister Jonas Store will visit Stockholm from May 13 to May 14.
	// 2024-05-14 occurred yes
	//    Store visited Stockholm on Tuesday.
}

func ExampleParseSaved() {
	g := twoReports()
	defer g.Close()
	saved, err := queries.ParseSaved(`// Where has somebody been?
// @param {name} who
// @param {text} [status=occurred]
claims({from: who, relation: visited, status: status}).Out("<kg:object>").All()`)
	if err != nil {
		log.Fatal(err)
	}
	variables, err := saved.Bind(map[string][]string{"who": {"Store"}})
	if err != nil {
		log.Fatal(err)
	}
	for row, err := range queries.Gizmo(context.Background(), g, saved.Script, graph.GizmoOptions{Variables: variables}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(saved.About, row["id"])
	}
	// Output: Where has somebody been? Stockholm
}

// Two publishers beside each other: what each tells of one pair.
func ExampleNewComparison() {
	g := twoReports()
	defer g.Close()
	side := queries.Side{A: []entente.EntityID{"Norway"}, B: []entente.EntityID{"Sweden"}}
	var sides []queries.Side
	for _, side.Publisher = range []string{"Morning Wire", "Evening Wire"} {
		sides = append(sides, side)
	}
	c, err := queries.NewComparison(context.Background(), g, sides, queries.ByRelation)
	if err != nil {
		log.Fatal(err)
	}
	for _, side := range c.Sides {
		for _, claim := range side.Claims {
			fmt.Printf("%s: %s %s %s [%s]\n", side.Publisher, claim.Subject.Name, claim.Relation, claim.Object.Name, claim.Status)
		}
	}
	fmt.Println("told by both:", c.Shared)
	// Output:
	// Morning Wire: Jonas Store visited Stockholm [planned]
	// Evening Wire: Jonas Store visited Stockholm [occurred]
	// told by both: 1
}

func ExampleAsker() {
	g := twoReports()
	defer g.Close()
	asker, err := queries.NewAsker()
	if err != nil {
		log.Fatal(err)
	}
	var last *queries.Answer
	for _, question := range []string{"Which countries did Jonas Store visit in 2024?", "And when?", "Did he ever visit Oslo?"} {
		answer, err := asker.Ask(context.Background(), g, question, queries.AskOptions{After: last})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(answer.Answer, answer.Understood)
		for _, claim := range answer.Claims {
			fmt.Println("  ", claim.Text)
		}
		last = &answer
	}
	// Output:
	// [Sweden] who object state: subject:Jonas_Store relation:visited status:occurred,ongoing since:2024 until:2024
	//    Store visited Stockholm on Tuesday.
	// [2024-05-14] when: subject:Jonas_Store relation:visited status:occurred,ongoing since:2024 until:2024
	//    Store visited Stockholm on Tuesday.
	// [not reported] yes-no: subject:Jonas_Store object:Oslo relation:visited
}

func ExampleNewDossier() {
	g := twoReports()
	defer g.Close()
	dossier, err := queries.NewDossier(context.Background(), g, "Stockholm")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(dossier.Entity.Name, dossier.Total.Count)
	for _, visit := range dossier.Visitors {
		fmt.Println("visitor:", visit.Date, visit.Subject.Name, visit.Statuses())
	}
	// Output:
	// Stockholm 1
	// visitor: 2024-05-14 Jonas Store [occurred planned]
}
