package graph

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/entente-kg/entente/graph/pebble"
)

// Format is a form in which Export writes a graph.
type Format string

// NQuads is RDF 1.1 N-Quads with the prefixes of IRIs written in full, sorted,
// so that graphs with the same quads give the same bytes.
const NQuads Format = "nquads"

// Export writes the whole graph.
func (g *Graph) Export(ctx context.Context, w io.Writer, f Format) error {
	if f != NQuads {
		return fmt.Errorf("unknown format %q; formats: %s", f, NQuads)
	}
	v := g.view(ctx)
	defer v.close()
	labels, err := v.labels()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	for _, label := range labels {
		if err := v.exportLabel(out, label); err != nil {
			return err
		}
	}
	return out.Flush()
}

// labelNode is a label of quads, node 0 for none.
type labelNode struct {
	node pebble.Node
	name string
}

// labels lists the labels that quads have; those that are not reports come
// first, so that an import that is cut off leaves whole reports.
func (v *view) labels() ([]labelNode, error) {
	seen := make(map[pebble.Node]bool)
	var labels []labelNode
	for link, err := range v.links(quad.Quad{}) {
		if err != nil {
			return nil, err
		}
		if seen[link[3]] {
			continue
		}
		seen[link[3]] = true
		value, err := v.value(link[3])
		if err != nil {
			return nil, err
		}
		labels = append(labels, labelNode{link[3], quad.StringOf(value)})
	}
	isReport := func(l labelNode) bool { return strings.HasPrefix(l.name, "<"+reportPrefix) }
	slices.SortFunc(labels, func(a, b labelNode) int {
		return cmp.Or(rank(isReport(a))-rank(isReport(b)), cmp.Compare(a.name, b.name))
	})
	return labels, nil
}

// row is a quad to be written, by what it is sorted.
type row struct {
	link               pebble.Link
	subject, predicate string
}

// exportLabel writes the quads of a label, sorted. Only the objects of one
// subject and predicate are held at once, since texts are long.
func (v *view) exportLabel(out *bufio.Writer, label labelNode) error {
	var rows []row
	for link, err := range v.store.Links(v.ctx, pebble.Link{3: label.node}) {
		if err != nil {
			return err
		}
		if link[3] != label.node {
			continue
		}
		subject, err := v.value(link[0])
		if err != nil {
			return err
		}
		predicate, err := v.value(link[1])
		if err != nil {
			return err
		}
		rows = append(rows, row{link, quad.StringOf(subject), quad.StringOf(predicate)})
	}
	same := func(a, b row) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.predicate, b.predicate))
	}
	slices.SortFunc(rows, same)
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && same(rows[0], rows[n]) == 0 {
			n++
		}
		if err := v.exportRows(out, rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func (v *view) exportRows(out *bufio.Writer, rows []row) error {
	lines := make([][]byte, len(rows))
	for i, r := range rows {
		q, err := v.quad(r.link)
		if err != nil {
			return err
		}
		if lines[i], err = appendQuad(nil, q); err != nil {
			return err
		}
	}
	slices.SortFunc(lines, bytes.Compare)
	for _, line := range lines {
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// Import adds the quads of an export, or other N-Quads, and returns how many it
// read; those that are there already change nothing. Either all are added, which
// are seen at one moment, or, with an error, none. Quads that Export did not write
// are taken as they are; Check tells what of them the graph does not understand.
// Errors name line and column.
func (g *Graph) Import(ctx context.Context, r io.Reader) (n int, err error) {
	l, err := g.store.NewLoader(ctx)
	if err != nil {
		return 0, err
	}
	in := &nquadsReader{in: bufio.NewReaderSize(r, 1<<16)}
	for q, err := range in.all {
		if err == nil {
			err = l.WriteQuad(q)
		}
		if err != nil {
			l.Cancel(err)
			return n, err
		}
		n++
	}
	g.write.Lock() // a reading that is being added counts on what it has read
	defer g.write.Unlock()
	defer g.forget()
	return n, l.Close()
}
