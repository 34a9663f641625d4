package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// pathTags are the tags of path, in the order of their columns.
var pathTags = []string{"path", "hop", "from", "direction", "relation", "to", "date", "status", "reports", "order", "arrival", "claim", "sentence"}

// tagOrder puts tags in order: the result itself, then those that the script
// writes, in its order, then those of path, then the rest by the alphabet.
func tagOrder(tags []string, script string) {
	const later = 1 << 30
	rank := make(map[string]int)
	for _, tag := range tags {
		switch at := writtenAt(script, tag); {
		case tag == "id":
			rank[tag] = -1
		case at >= 0:
			rank[tag] = at
		case slices.Contains(pathTags, tag):
			rank[tag] = later + slices.Index(pathTags, tag)
		default:
			rank[tag] = 2 * later
		}
	}
	slices.SortFunc(tags, func(a, b string) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b)) })
}

// writtenAt returns where a script last has a tag, as a text or as the key of an
// object, -1 where it has none.
func writtenAt(script, tag string) int {
	last := -1
	for _, form := range []string{`"` + tag + `"`, `'` + tag + `'`, "{" + tag + ":", " " + tag + ":", "\t" + tag + ":"} {
		last = max(last, strings.LastIndex(script, form))
	}
	return last
}

// rowListing has a column for each tag of the rows of a script.
func rowListing(rows []graph.Row, script string) listing {
	tags := map[string]bool{}
	for _, row := range rows {
		for tag := range row {
			tags[tag] = true
		}
	}
	order := slices.Collect(maps.Keys(tags))
	tagOrder(order, script)
	l := listing{nothing: "nothing found"}
	for _, tag := range order {
		cut := slices.ContainsFunc(rows, func(row graph.Row) bool { return !isShort(row[tag]) })
		l.columns = append(l.columns, column{name: tag, elastic: cut})
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

// isShort reports whether a value is never cut in a table: a number, a date, a
// relation, a claim.
func isShort(v any) bool {
	switch v := v.(type) {
	case string:
		_, err := entente.ParseDate(v)
		return err == nil || v == ""
	case graph.Node:
		return v.Claim() != "" || v.Relation() != ""
	}
	_, isList := v.([]any)
	_, isObject := v.(map[string]any)
	return !isList && !isObject
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
