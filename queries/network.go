package queries

import (
	"context"
	"fmt"
	"maps"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// RowRecords returns the claims that the rows of a script hold, each once, in the
// order of the rows; those of one row by their tags. A row without a claim is an
// error.
func RowRecords(ctx context.Context, g *graph.Graph, rows []graph.Row) ([]entente.Record, error) {
	var records []entente.Record
	seen := map[entente.ClaimID]bool{}
	for i, row := range rows {
		ids := claimsIn(row)
		if len(ids) == 0 {
			return nil, fmt.Errorf("row %d holds no claim; begin with claims({…}) or between(a, b), and end where you began", i+1)
		}
		for _, id := range ids {
			if seen[id] {
				continue
			}
			seen[id] = true
			r, err := g.Claim(ctx, string(id))
			if err != nil {
				return nil, err
			}
			records = append(records, r)
		}
	}
	return records, nil
}

// claimsIn returns the claims that a row holds, in the order of tags.
func claimsIn(row graph.Row) (ids []entente.ClaimID) {
	for _, tag := range slices.Sorted(maps.Keys(row)) {
		if n, ok := row[tag].(graph.Node); ok && n.Claim() != "" {
			ids = append(ids, n.Claim())
		}
	}
	return ids
}

// A Network is the result of a script as nodes and edges, for programs that draw
// networks or reckon with them.
type Network struct {
	Nodes []NetworkNode `json:"nodes"` // in order of ID
	Edges []NetworkEdge `json:"edges"` // in order of rows
}

// A NetworkNode is an entity, or another node of the graph such as a report.
type NetworkNode struct {
	ID    string       `json:"id"` // of an entity its ID, else the short IRI
	Name  string       `json:"name"`
	Kind  entente.Kind `json:"kind,omitempty"`
	State string       `json:"state,omitempty"`
}

// A NetworkEdge goes from the subject of a claim to its object, or, where a row
// holds no claim, from what stands under a tag to what it has as id.
type NetworkEdge struct {
	From  string          `json:"from"`
	To    string          `json:"to"`
	Label string          `json:"label"`           // the relation, or the tag
	Claim *entente.Record `json:"claim,omitempty"` // nil where the row holds none
}

// NewNetwork makes a network of the rows of a script. Each claim in a row is an
// edge; a row without one gives its nodes, and an edge from each that has a tag of
// its own to that under id. A row with neither is an error.
func NewNetwork(ctx context.Context, g *graph.Graph, rows []graph.Row) (Network, error) {
	b := networkBuilder{nodes: map[string]NetworkNode{}, seen: map[[3]string]bool{}}
	for i, row := range rows {
		if ids := claimsIn(row); len(ids) > 0 {
			if err := b.addClaims(ctx, g, ids); err != nil {
				return Network{}, err
			}
			continue
		}
		found, err := b.addNodes(ctx, g, row)
		if err != nil {
			return Network{}, err
		}
		if !found {
			return Network{}, fmt.Errorf("row %d holds neither a claim nor a node of the graph", i+1)
		}
	}
	n := Network{Nodes: []NetworkNode{}, Edges: b.edges}
	for _, id := range slices.Sorted(maps.Keys(b.nodes)) {
		n.Nodes = append(n.Nodes, b.nodes[id])
	}
	return n, nil
}

// networkBuilder gathers nodes and edges, each once.
type networkBuilder struct {
	nodes map[string]NetworkNode
	edges []NetworkEdge
	seen  map[[3]string]bool
}

func (b *networkBuilder) addClaims(ctx context.Context, g *graph.Graph, ids []entente.ClaimID) error {
	for _, id := range ids {
		r, err := g.Claim(ctx, string(id))
		if err != nil {
			return err
		}
		for _, a := range []entente.Actor{r.Subject, r.Object} {
			b.nodes[string(a.ID)] = NetworkNode{string(a.ID), a.Name, a.Kind, a.State}
		}
		b.addEdge(NetworkEdge{string(r.Subject.ID), string(r.Object.ID), string(r.Relation), &r}, string(id))
	}
	return nil
}

// addNodes adds the nodes of a row without claims, and says whether there is one.
func (b *networkBuilder) addNodes(ctx context.Context, g *graph.Graph, row graph.Row) (found bool, err error) {
	ids := map[string]string{} // by tag
	for tag, value := range row {
		n, ok := value.(graph.Node)
		if !ok {
			continue
		}
		node := NetworkNode{ID: n.IRI, Name: n.String()}
		if id := n.Entity(); id != "" {
			e, err := g.Entity(ctx, id)
			if err != nil {
				return false, err
			}
			node = NetworkNode{string(e.ID), e.Name, e.Kind, e.State}
		}
		b.nodes[node.ID] = node
		ids[tag] = node.ID
	}
	end, ok := ids["id"]
	for _, tag := range slices.Sorted(maps.Keys(ids)) {
		if ok && tag != "id" {
			b.addEdge(NetworkEdge{From: ids[tag], To: end, Label: tag}, tag)
		}
	}
	return len(ids) > 0, nil
}

func (b *networkBuilder) addEdge(e NetworkEdge, key string) {
	if k := [3]string{e.From, e.To, key}; !b.seen[k] {
		b.seen[k] = true
		b.edges = append(b.edges, e)
	}
}
