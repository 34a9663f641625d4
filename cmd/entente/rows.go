package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/entente-kg/entente/graph"
)

// tagOrder is the order in which well-known tags stand: those of path, of which
// most are what one saves of a claim too. Others come behind, by the alphabet.
var tagOrder = []string{"id", "path", "hop", "from", "subject", "relation", "to", "object", "date", "status", "told", "order", "arrival"}

// lastTags come last.
var lastTags = []string{"claim", "sentence"}

// tagRank is where a tag stands.
func tagRank(tag string) int {
	if i := slices.Index(tagOrder, tag); i >= 0 {
		return i - len(tagOrder)
	}
	return slices.Index(lastTags, tag) + 1
}

// rowListing has a column for each tag, the result itself first.
func rowListing(rows []graph.Row) listing {
	tags := map[string]bool{}
	for _, row := range rows {
		for tag := range row {
			tags[tag] = true
		}
	}
	order := slices.SortedFunc(maps.Keys(tags), func(a, b string) int { return cmp.Or(tagRank(a)-tagRank(b), cmp.Compare(a, b)) })
	l := listing{nothing: "nothing found"}
	for _, tag := range order {
		l.columns = append(l.columns, column{name: tag, elastic: true})
	}
	for _, row := range rows {
		var cells, values []string
		for _, tag := range order {
			cells, values = append(cells, clean(shown(row[tag]))), append(values, exact(row[tag]))
		}
		l.records, l.rows, l.values = append(l.records, row), append(l.rows, cells), append(l.values, values)
	}
	l.fields = order
	return l
}

// shown is a value as a table shows it: a node by its name, a claim by its ID.
func shown(v any) string {
	n, ok := v.(graph.Node)
	switch {
	case ok && n.Name != "":
		return n.Name
	case ok && n.Claim() != "":
		return string(n.Claim())
	}
	return exact(v)
}

// exact is a value as CSV holds it.
func exact(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case graph.Node:
		return v.IRI
	case time.Time:
		return v.Format(time.RFC3339)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}
