package graph

import (
	"errors"
	"fmt"
	"strings"

	entente "github.com/entente-kg/entente"
)

// Errors that a caller may want to tell apart, for errors.Is. Those of opening
// and of the disk are in package graph/pebble.
var (
	// ErrNotFound: the graph has no such report, claim, entity or merge.
	ErrNotFound = errors.New("not found")
	// ErrSame: a merge of what is one entity already.
	ErrSame = errors.New("already one entity")
	// ErrKinds: a merge of entities of different kinds.
	ErrKinds = errors.New("entities of different kinds cannot be one")
	// ErrTruncated: a script had more rows than the limit; those up to it came before.
	ErrTruncated = errors.New("there are more rows than the limit")
	// ErrTimeout: a script was stopped since its time was up.
	ErrTimeout = errors.New("the script ran out of time")
	// ErrMemory: a script was stopped since it took too much memory.
	ErrMemory = errors.New("the script took too much memory")
)

// UnknownNameError says that no entity has the name.
type UnknownNameError struct {
	Name    string
	Nearest []entente.Entity // at most three that are called much the same, the nearest first
}

func (e *UnknownNameError) Error() string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("unknown name %q", e.Name)
	}
	return fmt.Sprintf("unknown name %q; did you mean %s?", e.Name, list(e.Nearest, " or "))
}

// AmbiguousError says that a name or the beginning of an ID means several things.
type AmbiguousError struct {
	Name       string           // what was asked for
	Candidates []entente.Entity // of a name
	IDs        []string         // of the beginning of an ID, sorted, at most eight
}

func (e *AmbiguousError) Error() string {
	if len(e.IDs) > 0 {
		return fmt.Sprintf("%q begins several: %s; give more of it", e.Name, strings.Join(e.IDs, ", "))
	}
	return fmt.Sprintf("%q may be any of: %s; give one of them", e.Name, list(e.Candidates, ", "))
}

// list names entities, by the ID where that is not the name.
func list(entities []entente.Entity, sep string) string {
	const most = 8
	var names []string
	for _, e := range entities[:min(most, len(entities))] {
		name := e.Name
		if entente.NewEntityID(name) != e.ID {
			name = fmt.Sprintf("%s (%s)", e.ID, e.Name)
		}
		names = append(names, name)
	}
	if more := len(entities) - most; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, sep)
}
