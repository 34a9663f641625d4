package pebble

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
)

// A listing has all results of a walk to nodes, with the tags of every path.
type listing struct{ rows map[Node][]tagRow }

type tagRow map[string]graph.Ref

// maxListed is how many paths a listing may have, and listSteps how many quads may
// be looked at for it; a walk that needs more is not listed.
const (
	maxListed = 4096
	listSteps = 4 * maxListed
)

// list lists the results of a walk, nil where they are too many or an error
// comes between: then who asks meets it too.
func (w *walk) list(ctx context.Context) *listing {
	if _, err := w.Stats(ctx); err != nil || w.source > maxListed {
		return nil
	}
	n := w.Iterate().(*walkNext)
	defer n.Close()
	n.budget = listSteps
	l := &listing{rows: make(map[Node][]tagRow)}
	for paths := 0; n.Next(ctx); {
		for {
			tags := make(tagRow)
			n.TagResults(tags)
			at := n.link.Node(w.out)
			l.rows[at] = append(l.rows[at], tags)
			if paths++; paths > maxListed {
				return nil
			}
			if !n.NextPath(ctx) {
				break
			}
		}
	}
	if n.err != nil {
		return nil
	}
	return l
}
