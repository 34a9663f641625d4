package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/queries"
)

// byFlag reads --by; "" where it is not given.
func byFlag(c *cli.Context) (queries.By, error) {
	by := queries.By(strings.ToLower(strings.TrimSpace(c.String("by"))))
	switch {
	case by == "":
		return "", nil
	case !slices.Contains(queries.Bys, by):
		return "", wrongUsage(c, "--by cannot be %q; it is one of %s", by, listOf(queries.Bys))
	case c.Bool("evidence"):
		return "", wrongUsage(c, "--by counts claims, --evidence shows their sentences: give one of the two")
	case c.Int("limit") > 0:
		return "", wrongUsage(c, "--by counts all claims: leave out --limit")
	}
	return by, nil
}

// partFields are the columns of a part in CSV.
var partFields = []string{"by", "key", "apart", "count", "first", "last", "contested", "corroborated", "cooperation", "conflict", "claims"}

// partListing is the listing of parts.
func (s *session) partListing(parts []queries.Part, by queries.By) listing {
	l := listing{fields: partFields, nothing: "nothing found", columns: []column{
		{name: string(by), elastic: true}, {name: "claims"}, {name: "co-operation"}, {name: "conflict"}, {name: "balance"}, {name: "first"}, {name: "last"},
		{name: "contested"}, {name: "corroborated"},
	}}
	for _, p := range parts {
		key := partKey(p)
		if p.Apart {
			key += " (no month)"
		}
		l.records = append(l.records, p)
		l.rows = append(l.rows, []string{
			key, strconv.Itoa(p.Count), score(p.Cooperation), score(p.Conflict), balanceWord(p.Tally), orDash(p.First), orDash(p.Last),
			strconv.Itoa(p.Contested), strconv.Itoa(p.Corroborated),
		})
		l.values = append(l.values, partValues(p))
	}
	return l
}

// partKey is the name of a part for people.
func partKey(p queries.Part) string {
	switch {
	case p.Key != "":
		return p.Key
	case p.By == queries.ByMonth:
		return "undated"
	}
	return "standing"
}

func partValues(p queries.Part) []string {
	var ids []string
	for _, g := range p.Claims {
		ids = append(ids, string(g.ID))
	}
	return []string{
		string(p.By), p.Key, strconv.FormatBool(p.Apart), strconv.Itoa(p.Count), p.First, p.Last, strconv.Itoa(p.Contested), strconv.Itoa(p.Corroborated),
		score(p.Cooperation), score(p.Conflict), strings.Join(ids, " "),
	}
}

// printParts prints claims that were divided, in the format asked for.
func (s *session) printParts(c *cli.Context, parts []queries.Part, by queries.By) error {
	format, err := s.format(c)
	if err != nil {
		return err
	}
	if format != "table" || len(parts) == 0 {
		return s.list(c, s.partListing(parts, by))
	}
	var b strings.Builder
	if by == queries.ByMonth {
		s.monthsText(&b, parts)
	} else {
		s.partGrid(&b, parts, string(by))
	}
	_, err = io.WriteString(s.ui.out, b.String())
	return err
}

// monthsText draws co-operation and conflict over all months, then gives each month
// a line, and what is known to no month apart.
func (s *session) monthsText(b *strings.Builder, parts []queries.Part) {
	apart := slices.IndexFunc(parts, func(p queries.Part) bool { return p.Apart })
	if apart < 0 {
		apart = len(parts)
	}
	months, rest := parts[:apart], parts[apart:]
	if first, last, ok := monthsOf(months); ok {
		const label = "co-operation  "
		t := seriesOf(months, first, last, s.ui.textWidth()-len(label))
		fmt.Fprintf(b, "%s%s\n%-*s%s\n", label, spark(t.cooperation, top(t)), len(label), "conflict", spark(t.conflict, top(t)))
		fmt.Fprintf(b, "%*s%s to %s, each sign %s\n\n", len(label), "", t.first, t.last, t.unit)
		s.partGrid(b, months, "month")
	}
	if len(rest) == 0 {
		return
	}
	if len(months) > 0 {
		b.WriteByte('\n')
	}
	p := s.ui.colors()
	fmt.Fprintf(b, "%sKnown to no month%s\n", p.bold, p.off)
	s.partGrid(b, rest, "date")
}

// partGrid gives each part a line, with bars, and with its time unless it is one,
// where there is room.
func (s *session) partGrid(b *strings.Builder, parts []queries.Part, name string) {
	highest := 0.0
	for _, p := range parts {
		highest = max(highest, p.Cooperation, p.Conflict)
	}
	g := grid{header: []string{name, "claims", "co-op.", "confl.", "balance", "contested", "corrob.", "", ""}}
	timed := parts[0].By != queries.ByMonth
	if timed {
		g.header[8] = "from … to"
	}
	for _, p := range parts {
		row := []string{
			clean(partKey(p)), strconv.Itoa(p.Count), score(p.Cooperation), score(p.Conflict), balanceWord(p.Tally),
			strconv.Itoa(p.Contested), strconv.Itoa(p.Corroborated), diverging(p.Conflict, p.Cooperation, highest, 8), "",
		}
		for i := 1; i <= 6; i++ { // numbers stand to the right
			row[i] = strings.Repeat(" ", max(wordWidth(g.header[i])-wordWidth(row[i]), 0)) + row[i]
		}
		if timed {
			row[8] = span(p.Tally)
		}
		g.rows = append(g.rows, row)
	}
	g.without(s.ui.textWidth(), 8, 7, 6, 5).write(b, s.ui.colors(), s.ui.textWidth())
}
