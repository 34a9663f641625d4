package graph

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// row makes a Row of what a session sent, nil of what is not there.
func (r *run) row(result *gizmo.Result) (Row, error) {
	if result.Tags == nil {
		return r.emitted(result.Val)
	}
	row := make(Row, len(result.Tags))
	for tag, ref := range result.Tags {
		value := r.veil.NameOf(ref)
		if value == nil {
			if tag == gizmo.TopResultTag {
				return nil, r.rowView.store.Err()
			}
			continue
		}
		native, err := r.native(value)
		if err != nil {
			return nil, err
		}
		row[tag] = native
	}
	return row, nil
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
		var e entente.Entity
		e, err = r.rowView.standing(entente.EntityID(afterPrefix(iri, entPrefix)))
		n.Name = e.Name
	case strings.HasPrefix(n.IRI, reportPrefix):
		var report entente.Report
		report, _, err = r.rowView.report(entente.ReportID(afterPrefix(iri, reportPrefix)))
		n.Name = report.Title
	case strings.HasPrefix(n.IRI, relPrefix):
		n.Name = afterPrefix(iri, relPrefix)
	}
	return n, err
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
