package pebble

import (
	"context"
	"slices"
	"sort"

	"github.com/cayleygraph/quad"
)

// groups reads from a scan the quads of one node after another, where the scan is
// sorted by that node. It looks first into what was read already, then, if that
// helped the last time, into the next chunk, and only then seeks: so two sets
// sorted alike are merged, a small set skips through a large one, and nodes in no
// order cost a seek each.
type groups struct {
	quads  *linkScan
	dir    quad.Direction // of the node
	low    Node           // the scan is behind the first quads of lower nodes
	node   Node           // whose quads are read
	near   bool           // the last node needed no seek
	prefix int            // of key
	key    []byte         // to seek
}

// mostNear is the longest chunk to look for another node in: to read so many
// quads takes as long as a seek.
const mostNear = 16

// newGroups returns nil where no index has the pattern sorted by what is in that
// direction.
func newGroups(sc *linkScan, d quad.Direction) *groups {
	x := spanned(sc.want, d)
	if x == nil || x.covered(sc.want) < sc.want.bound() {
		return nil
	}
	sc.index, sc.again = x, true
	prefix := x.prefix(sc.want)
	sc.within(prefix)
	return &groups{quads: sc, dir: d, low: noNode, prefix: len(prefix), key: slices.Clone(prefix)}
}

// begin makes next give the quads of a node.
func (g *groups) begin(ctx context.Context, node Node) {
	g.node = node
	sc := g.quads
	sc.links.size = min(sc.links.size, mostNear/2)
	if node >= g.low && sc.wanted(ctx) {
		if g.near = g.reach() || sc.spent || g.near && g.more(ctx) && g.reach() || sc.err != nil; g.near {
			return
		}
	}
	sc.links.clear()
	sc.links.size = 1 // and so two are read, to see whether the next node is near
	g.key = appendNode(g.key[:g.prefix], node)
	sc.goTo(g.key)
	g.low = node
}

// reach moves to the first quad read that is of the node or a later one.
func (g *groups) reach() bool {
	links := &g.quads.links
	links.at = sort.Search(len(links.items), func(i int) bool { return links.items[i].Node(g.dir) >= g.node })
	return links.at < len(links.items)
}

// more reads the next chunk.
func (g *groups) more(ctx context.Context) bool {
	links := &g.quads.links
	if n := len(links.items); n > 0 {
		g.low = links.items[n-1].Node(g.dir) + 1
	}
	return links.fill(ctx, &g.quads.scan)
}

// next moves to the next quad of the node.
func (g *groups) next(ctx context.Context) bool {
	sc := g.quads
	if g.node == 0 {
		return false
	}
	if (sc.links.at == len(sc.links.items) || !sc.wanted(ctx)) && !g.more(ctx) {
		return false
	}
	l := sc.links.items[sc.links.at]
	if l.Node(g.dir) != g.node {
		return false
	}
	sc.link = l
	sc.links.at++
	return true
}
