package graph

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// Row is one result of a script, its values by tag; the node at which a path
// ends, or a value that is no object, has the tag "id". A value is a Node for an
// IRI, a string, int64, float64, bool or time.Time; what g.emit was given may
// also hold maps and slices.
type Row map[string]any

// Node is an IRI in a Row, with the name that it has in the graph: that of an
// entity, the headline of a report.
type Node struct {
	IRI  string `json:"iri"` // short, as stored: "ent:Pyongyang"
	Name string `json:"name,omitempty"`
}

func (n Node) String() string {
	if n.Name != "" {
		return n.Name
	}
	return "<" + n.IRI + ">"
}

// EntityNode is the node of an entity, called as the actor is.
func EntityNode(a entente.Actor) Node { return Node{IRI: string(entIRI(a.ID)), Name: a.Name} }

// RelationNode is the node of a relation.
func RelationNode(r entente.Relation) Node { return Node{IRI: string(relIRI(r)), Name: string(r)} }

// ClaimNode is the node of a claim.
func ClaimNode(id entente.ClaimID) Node { return Node{IRI: string(claimIRI(id))} }

// Entity returns the ID of the entity that the node is, "" where it is none.
func (n Node) Entity() entente.EntityID {
	return entente.EntityID(afterPrefix(quad.IRI(n.IRI), entPrefix))
}

// Relation returns the relation that the node is, "" where it is none.
func (n Node) Relation() entente.Relation {
	return entente.Relation(afterPrefix(quad.IRI(n.IRI), relPrefix))
}

// Claim returns the ID of the claim that the node is, "" where it is none.
func (n Node) Claim() entente.ClaimID {
	return entente.ClaimID(afterPrefix(quad.IRI(n.IRI), claimPrefix))
}

// Report returns the ID of the report that the node is, "" where it is none.
func (n Node) Report() entente.ReportID {
	return entente.ReportID(afterPrefix(quad.IRI(n.IRI), reportPrefix))
}

// row makes a Row of what a session sent, nil of what is not there.
func (r *run) row(result *gizmo.Result) (Row, error) {
	if result.Tags == nil {
		return r.emitted(result.Val)
	}
	row := make(Row, len(result.Tags))
	for tag, ref := range result.Tags {
		native, err := r.nativeOf(ref)
		if err != nil {
			return nil, err
		}
		if native != nil {
			row[tag] = native
		} else if tag == gizmo.TopResultTag {
			return nil, r.rowView.store.Err()
		}
	}
	return row, nil
}

// nativeOf is what a reference stands for as a Row has it, nil for nothing. Most
// rows share nodes, whose names are looked up once.
func (r *run) nativeOf(ref graph.Ref) (any, error) {
	at, stored := ref.(pebble.Node)
	if n, ok := r.nodes[at]; stored && ok {
		return n, nil
	}
	value := r.veil.NameOf(ref)
	if value == nil {
		return nil, nil
	}
	native, err := r.native(value)
	if n, ok := native.(Node); ok && stored && err == nil && len(r.nodes) < maxKept>>8 {
		r.nodes[at] = n
	}
	return native, err
}

// native is a value as a Row has it.
func (r *run) native(value quad.Value) (any, error) {
	iri, ok := value.(quad.IRI)
	if !ok {
		if native := value.Native(); native != any(value) {
			return native, nil
		}
		return quad.ToString(value), nil
	}
	n := Node{IRI: string(iri)}
	var err error
	switch {
	case strings.HasPrefix(n.IRI, entPrefix):
		n.Name, err = r.rowView.nameOf(entente.EntityID(afterPrefix(iri, entPrefix)))
	case strings.HasPrefix(n.IRI, reportPrefix):
		var headline quad.Value
		headline, err = r.rowView.object(quad.Quad{Subject: iri, Predicate: title, Label: iri})
		text, _ := headline.(quad.String)
		n.Name = string(text)
	case strings.HasPrefix(n.IRI, relPrefix):
		n.Name = afterPrefix(iri, relPrefix)
	}
	return n, err
}

// nameOf returns the name of what a name that was merged stands for, and reads
// nothing else of it, and that once between two changes.
func (v *view) nameOf(id entente.EntityID) (string, error) {
	if name, ok := v.g.calledBefore(id, v.epoch); ok {
		return name, nil
	}
	name, err := v.readName(id)
	if err == nil {
		v.g.noteCalled(id, name, v.epoch)
	}
	return name, err
}

// maxCalled is how many names of entities a graph keeps.
const maxCalled = 1 << 16

// calledBefore returns what an entity is called, if that was read after the last
// change and that one came before the epoch.
func (g *Graph) calledBefore(id entente.EntityID, epoch int) (name string, ok bool) {
	g.index.Lock()
	defer g.index.Unlock()
	if g.epoch == epoch {
		name, ok = g.called[id]
	}
	return name, ok
}

func (g *Graph) noteCalled(id entente.EntityID, name string, epoch int) {
	g.index.Lock()
	defer g.index.Unlock()
	if g.epoch != epoch || len(g.called) >= maxCalled {
		return
	}
	if g.called == nil {
		g.called = make(map[entente.EntityID]string)
	}
	g.called[id] = name
}

func (v *view) readName(id entente.EntityID) (string, error) {
	top, err := v.canonical(id)
	if err != nil {
		return "", err
	}
	if e, ok := v.entities[top]; ok && e.Name != "" {
		return e.Name, nil
	}
	for _, label := range []quad.IRI{fromGazetteer, fromEntities} {
		name, err := v.object(quad.Quad{Subject: entIRI(top), Predicate: rdfsLabel, Label: label})
		if err != nil {
			return "", err
		}
		if text, ok := name.(quad.String); ok && text != "" {
			return string(text), nil
		}
	}
	if name := v.g.world.byID[top].Name; name != "" {
		return name, nil
	}
	return string(top), nil
}

// emitted makes a Row of a value of JavaScript.
func (r *run) emitted(v any) (Row, error) {
	v, err := r.plain(v, 0)
	if row, ok := v.(map[string]any); ok && err == nil {
		return row, nil
	}
	return Row{gizmo.TopResultTag: v}, err
}

// plain returns a value of JavaScript with Nodes for the IRIs in it, which
// scripts have as "<…>".
func (r *run) plain(v any, depth int) (any, error) {
	if depth > 100 {
		return nil, &ScriptError{Text: "a result lies more than 100 levels deep, or in itself"}
	}
	switch v := v.(type) {
	case string:
		if iri, ok := strings.CutSuffix(v, ">"); ok && strings.HasPrefix(v, "<") && isOurs(iri[1:]) {
			return r.native(quad.IRI(iri[1:]))
		}
		return v, nil
	case quad.Value:
		return r.native(v)
	case map[string]any:
		m := make(map[string]any, len(v))
		for key, item := range v {
			var err error
			if m[key], err = r.plain(item, depth+1); err != nil {
				return nil, err
			}
		}
		return m, nil
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			var err error
			if list[i], err = r.plain(item, depth+1); err != nil {
				return nil, err
			}
		}
		return list, nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprint(v), nil // JSON has no such number
		}
		return v, nil
	case nil, bool, int64, time.Time:
		return v, nil
	}
	return fmt.Sprint(v), nil
}

// isOurs reports whether an IRI has a prefix of this graph.
func isOurs(iri string) bool {
	for _, ns := range namespaces {
		if strings.HasPrefix(iri, ns.prefix) {
			return true
		}
	}
	return false
}
