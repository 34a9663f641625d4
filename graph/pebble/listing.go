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

// worthListing reports whether, when so much was asked of the walk, it may cost no
// more to list its results.
func (w *walk) worthListing(ctx context.Context, asked int) bool {
	_, err := w.Stats(ctx)
	return err == nil && len(w.legs) > 0 && w.source <= maxListed && int64(asked) >= w.source/4
}

// list lists the results of a walk, nil where they are too many or an error
// comes between: then who asks meets it too.
func (w *walk) list(ctx context.Context) *listing {
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
