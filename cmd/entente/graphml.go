package main

import (
	"encoding/xml"
	"io"
	"strconv"

	"github.com/entente-kg/entente/queries"
)

// graphML is a network in GraphML (U. Brandes et al., GraphML Progress Report,
// Graph Drawing 2001; http://graphml.graphdrawing.org).
type graphML struct {
	XMLName xml.Name     `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
	Keys    []graphMLKey `xml:"key"`
	Graph   struct {
		Directed string        `xml:"edgedefault,attr"`
		Nodes    []graphMLNode `xml:"node"`
		Edges    []graphMLEdge `xml:"edge"`
	} `xml:"graph"`
}

// graphMLKey declares an attribute of nodes or of edges.
type graphMLKey struct {
	ID   string `xml:"id,attr"`
	For  string `xml:"for,attr"`
	Name string `xml:"attr.name,attr"`
	Type string `xml:"attr.type,attr"`
}

type graphMLNode struct {
	ID   string        `xml:"id,attr"`
	Data []graphMLData `xml:"data"`
}

type graphMLEdge struct {
	Source string        `xml:"source,attr"`
	Target string        `xml:"target,attr"`
	Data   []graphMLData `xml:"data"`
}

type graphMLData struct {
	Key  string `xml:"key,attr"`
	Text string `xml:",chardata"`
}

// graphMLKeys are the attributes: those of nodes begin with n, those of edges with
// e. igraph and Gephi draw what is called label.
var graphMLKeys = []graphMLKey{
	{"nlabel", "node", "label", "string"}, {"nkind", "node", "kind", "string"}, {"nstate", "node", "state", "string"},
	{"elabel", "edge", "label", "string"}, {"eclaim", "edge", "claim", "string"}, {"eplover", "edge", "plover", "string"},
	{"egoldstein", "edge", "goldstein", "double"}, {"edate", "edge", "date", "string"}, {"estatus", "edge", "status", "string"},
	{"eplace", "edge", "place", "string"}, {"econfidence", "edge", "confidence", "double"}, {"ereport", "edge", "report", "string"},
	{"esentence", "edge", "sentence", "string"},
}

// writeGraphML writes a network.
func writeGraphML(w io.Writer, n queries.Network) error {
	doc := graphML{Keys: graphMLKeys}
	doc.Graph.Directed = "directed"
	for _, node := range n.Nodes {
		doc.Graph.Nodes = append(doc.Graph.Nodes, graphMLNode{node.ID, withText(
			graphMLData{"nlabel", node.Name}, graphMLData{"nkind", string(node.Kind)}, graphMLData{"nstate", node.State})})
	}
	for _, e := range n.Edges {
		doc.Graph.Edges = append(doc.Graph.Edges, graphMLEdge{e.From, e.To, append(withText(graphMLData{"elabel", e.Label}), claimData(e)...)})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// claimData are the attributes of an edge that is a claim.
func claimData(e queries.NetworkEdge) []graphMLData {
	if e.Claim == nil {
		return nil
	}
	r := *e.Claim
	place, confidence, goldstein := "", "", ""
	if r.Place != nil {
		place = r.Place.Name
	}
	if r.Confidence > 0 {
		confidence = strconv.FormatFloat(r.Confidence, 'g', -1, 64)
	}
	if about := r.Relation.About(); r.Relation.IsEvent() {
		goldstein = strconv.FormatFloat(about.Goldstein, 'g', -1, 64)
	}
	return withText(
		graphMLData{"eclaim", string(r.ID)}, graphMLData{"eplover", r.Plover}, graphMLData{"egoldstein", goldstein}, graphMLData{"edate", r.Date},
		graphMLData{"estatus", string(r.Status)}, graphMLData{"eplace", place}, graphMLData{"econfidence", confidence},
		graphMLData{"ereport", string(r.Report)}, graphMLData{"esentence", r.Text})
}

// withText leaves out what is empty.
func withText(all ...graphMLData) (list []graphMLData) {
	for _, d := range all {
		if d.Text != "" {
			list = append(list, d)
		}
	}
	return list
}
