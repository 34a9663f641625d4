package graph

import (
	"errors"

	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
)

// Shape is one shape of quad that a graph has. A part that ends in ":" stands for
// any IRI that begins so; of objects, string, integer, double and dateTime are kinds
// of literal.
type Shape struct {
	Subject, Predicate, Object, Label string
	Why                               string // "" where the shape above says it
}

// Schema lists every shape of quad that a graph has; docs/graph.md shows them.
func Schema() []Shape {
	shapes := make([]Shape, len(schema))
	for i, p := range schema {
		shapes[i] = Shape{p.subject, p.predicate, p.object, p.label, p.why}
	}
	return shapes
}

// Unfinished reports whether a script in Gizmo is right as far as it goes and lacks
// its end: a bracket is open, say, or it ends in a dot.
func Unfinished(script string) bool {
	if len(script) > maxScript {
		return false // parsing it is not safe; Gizmo refuses it
	}
	_, err := parser.ParseFile(new(file.FileSet), scriptName, script, 0)
	var list parser.ErrorList
	return errors.As(err, &list) && len(list) > 0 && list[0].Message == "Unexpected end of input"
}
