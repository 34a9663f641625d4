package queries

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// rowsOf runs a script that must not fail.
func rowsOf(t *testing.T, g *graph.Graph, script string) []graph.Row {
	t.Helper()
	rows, err := collect(Gizmo(context.Background(), g, script, graph.GizmoOptions{}))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return rows
}

// storyReport returns the ID of the one report of a graph.
func storyReport(t *testing.T, g *graph.Graph) entente.ReportID {
	t.Helper()
	for r, err := range g.Reports(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	return ""
}

func TestNewNetwork(t *testing.T) {
	g := storyGraph(t, "officials")
	tests := []struct{ script, want string }{
		{`claims({relation: met}).All()`, "nodes Choe_Son_Hui:person Envoy:person; Envoy met Choe_Son_Hui"},
		{`path("Envoy", "PRK", {officials: true})`, "nodes Choe_Son_Hui:person Envoy:person; Envoy met Choe_Son_Hui"},
		{`claims({relation: met}).All(); claims({relation: met}).Tag("again").All()`, "nodes Choe_Son_Hui:person Envoy:person; Envoy met Choe_Son_Hui"},
		{`entity("Envoy").Tag("met").Out(met).All()`, "nodes Choe_Son_Hui:person Envoy:person; Envoy met Choe_Son_Hui"},
		{`entity("Norway", "Russia").All()`, "nodes Norway:state Russia:state"},
		{`[{who: "<ent:Norway>", n: 1}]`, "nodes Norway:state"},
		{`g.V().Has("<kg:publisher>").All()`, "nodes " + "report:" + string(storyReport(t, g)) + ":"},
		{`[]`, "nodes"},
	}
	for _, tt := range tests {
		n, err := NewNetwork(context.Background(), g, rowsOf(t, g, tt.script))
		if err != nil {
			t.Errorf("%s: %v", tt.script, err)
		}
		words := []string{"nodes"}
		for _, node := range n.Nodes {
			words = append(words, node.ID+":"+string(node.Kind))
		}
		got := strings.Join(words, " ")
		for _, e := range n.Edges {
			got += "; " + e.From + " " + e.Label + " " + e.To
			if e.Claim != nil && string(e.Claim.Relation) != e.Label {
				t.Errorf("%s: edge %s is claim %v", tt.script, e.Label, e.Claim)
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.script, got, tt.want)
		}
	}
	if _, err := NewNetwork(context.Background(), g, rowsOf(t, g, `[1, "<ent:Norway>"]`)); err == nil || !strings.Contains(err.Error(), "row 1 holds neither") {
		t.Errorf("a number: %v", err)
	}
}

func TestRowRecords(t *testing.T) {
	g := storyGraph(t, "officials")
	records, err := RowRecords(context.Background(), g, rowsOf(t, g, `claims({from: "Envoy"}).Tag("again").All(); claims({from: "Norway"}).All()`))
	if err != nil {
		t.Fatal(err)
	}
	var got []entente.Relation
	for _, r := range records {
		got = append(got, r.Relation)
	}
	if diff := cmp.Diff([]entente.Relation{entente.HoldsOffice, entente.Met, entente.Accused}, got); diff != "" {
		t.Errorf("(- want, + got):\n%s", diff)
	}
	_, err = RowRecords(context.Background(), g, append(rowsOf(t, g, `claims({from: "Norway"}).All()`), graph.Row{"id": graph.Node{IRI: "ent:Norway"}}))
	if err == nil || !strings.Contains(err.Error(), "row 2 holds no claim") {
		t.Errorf("a row without a claim: %v", err)
	}
}
