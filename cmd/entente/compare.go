package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) compareCommand() *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Category:  lookUp,
		Usage:     "hold two pairs, two periods or two publishers beside each other",
		ArgsUsage: "A:B [C:D…]",
		UsageText: "entente compare Russia:\"North Korea\" China:\"North Korea\"\n" +
			"entente compare Russia:Ukraine --periods 2014,2022",
		Description: "Each side is what between lists of a pair, counted. With --periods or --publishers it is one pair, seen at several times or in the words\n" +
			"of several publishers. A claim counts in a period if all the days that its date may mean lie in it; \"dates too coarse\" are those that may.\n" +
			"A name that holds a colon stands in double quotes: 'Russia:\"Pact: the first\"'; so does a publisher with a comma.",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "periods", Usage: "compare `DATES` with commas: 2014,2022 or 2014-02/2014-09,2022-02/.."},
			&cli.StringFlag{Name: "publishers", Usage: "compare what `NAMES` with commas tell"},
			&cli.StringFlag{Name: "by", Value: string(queries.ByRelation), Usage: "rows by `WHAT`: relation, plover, month"},
		}, questionFlags(), formatFlags()),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, -1); err != nil {
				return err
			}
			ask, err := comparedSides(c)
			if err != nil {
				return err
			}
			return s.ask(c, func(ctx context.Context, g *graph.Graph, q queries.Question) error {
				return s.compare(ctx, c, g, ask, q)
			})
		},
	}
}

// asked is one side as the command line has it.
type askedSide struct {
	a, b      string // names
	period    entente.Date
	publisher string
}

// comparedSides reads the pairs, periods and publishers of the command line.
func comparedSides(c *cli.Context) (sides []askedSide, err error) {
	for _, arg := range c.Args().Slice() {
		side, err := readPair(c, arg)
		if err != nil {
			return nil, err
		}
		sides = append(sides, side)
	}
	periods, publishers := c.String("periods"), c.String("publishers")
	switch {
	case periods != "" && publishers != "":
		return nil, wrongUsage(c, "--periods and --publishers exclude each other")
	case (periods != "" || publishers != "") && len(sides) > 1:
		return nil, wrongUsage(c, "compare: %d pairs; with --periods or --publishers give one", len(sides))
	case periods != "":
		return periodSides(c, sides[0], periods)
	case publishers != "":
		return publisherSides(c, sides[0], publishers)
	case len(sides) == 1:
		return nil, wrongUsage(c, "compare: one pair only; give a second one, --periods or --publishers")
	}
	return sides, nil
}

// readPair reads A:B; a name in double quotes may hold colons, and "" in it is a
// quotation mark.
func readPair(c *cli.Context, arg string) (askedSide, error) {
	names := splitQuoted(arg, ':')
	switch {
	case len(names) > 2:
		return askedSide{}, wrongUsage(c, `compare: %d colons in %q; put a name that holds one in double quotes: '"A: a":B'`, len(names)-1, arg)
	case len(names) < 2 || names[0] == "" || names[1] == "":
		return askedSide{}, wrongUsage(c, "compare: %q is no pair; write A:B", arg)
	}
	return askedSide{a: names[0], b: names[1]}, nil
}

// splitQuoted splits a text as CSV does (RFC 4180, section 2), at any sign; quotes
// that do not enclose a whole word stand for themselves.
func splitQuoted(text string, at rune) []string {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.TrimLeadingSpace = at, true, true
	words, err := r.Read()
	if err != nil {
		return []string{text}
	}
	for i, w := range words {
		words[i] = strings.TrimSpace(w)
	}
	return words
}

func periodSides(c *cli.Context, side askedSide, periods string) (sides []askedSide, err error) {
	if c.String("since") != "" || c.String("until") != "" {
		return nil, wrongUsage(c, "--periods excludes --since and --until")
	}
	for _, word := range splitQuoted(periods, ',') {
		if side.period, err = readDate(word, time.Now()); err != nil {
			return nil, wrongUsage(c, "--periods: %v", err)
		}
		sides = append(sides, side)
	}
	if len(sides) < 2 {
		return nil, wrongUsage(c, "--periods: one only; give two or more, with commas")
	}
	return sides, nil
}

func publisherSides(c *cli.Context, side askedSide, publishers string) (sides []askedSide, err error) {
	if c.String("publisher") != "" {
		return nil, wrongUsage(c, "--publishers excludes --publisher")
	}
	for _, name := range splitQuoted(publishers, ',') {
		if name == "" {
			return nil, wrongUsage(c, "--publishers: a name is empty")
		}
		side.publisher = name
		sides = append(sides, side)
	}
	if len(sides) < 2 {
		return nil, wrongUsage(c, "--publishers: one only; give two or more, with commas")
	}
	return sides, nil
}

func (s *session) compare(ctx context.Context, c *cli.Context, g *graph.Graph, ask []askedSide, q queries.Question) error {
	by, err := byFlag(c)
	if err != nil {
		return err
	}
	var sides []queries.Side
	for _, a := range ask {
		side, err := resolveSide(ctx, c, g, a, q)
		if err != nil {
			return err
		}
		narrowed := side.Query
		narrowed.Between = [2][]entente.EntityID{side.A, side.B}
		s.asked(c, queries.Question{Query: narrowed})
		sides = append(sides, side)
	}
	comparison, err := queries.NewComparison(ctx, g, sides, by)
	if err != nil {
		return err
	}
	return s.printComparison(c, comparison)
}

// resolveSide finds what the names of a side mean.
func resolveSide(ctx context.Context, c *cli.Context, g *graph.Graph, a askedSide, q queries.Question) (queries.Side, error) {
	ids, err := findAll(ctx, g, []string{a.a, a.b})
	if err != nil {
		return queries.Side{}, err
	}
	if ids[0] == ids[1] {
		return queries.Side{}, wrongUsage(c, "compare: %q and %q are one: %s", a.a, a.b, ids[0])
	}
	if !a.period.IsZero() {
		q.Since, q.Until = a.period, a.period
	}
	if a.publisher != "" {
		q.Publisher = a.publisher
		if err := knownPublisher(ctx, g, a.publisher); err != nil {
			return queries.Side{}, err
		}
	}
	return queries.Side{A: ids[:1], B: ids[1:], Question: q}, nil
}

// knownPublisher fails where no report is of the publisher: nothing could be
// learned from an empty column.
func knownPublisher(ctx context.Context, g *graph.Graph, name string) error {
	known := map[string]string{}
	for r, err := range g.Reports(ctx) {
		if err != nil {
			return err
		}
		if strings.EqualFold(r.Publisher, name) {
			return nil
		}
		if r.Publisher != "" {
			known[strings.ToLower(r.Publisher)] = r.Publisher
		}
	}
	var names []string
	for key := range known {
		names = append(names, key)
	}
	slices.Sort(names)
	return fmt.Errorf("no report of publisher %q%s", name, didYouMean(name, names, ""))
}

// printComparison prints a comparison: an object as JSON, else a table with a column
// for each side.
func (s *session) printComparison(c *cli.Context, cmp queries.Comparison) error {
	format, err := s.format(c)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(cmp.Sides, func(side queries.Compared) bool { return side.Count+len(side.Possible) > 0 }) {
		s.ui.note("nothing found")
	}
	switch format {
	case "json":
		return writeJSON(s.ui.out, cmp)
	case "jsonl":
		return writeJSONLines(s.ui.out, []any{cmp})
	case "table":
		_, err = io.WriteString(s.ui.out, s.comparisonText(cmp))
		return err
	}
	l := listing{columns: []column{{name: "measure"}}, records: []any{cmp}, rows: slices.Concat(measures(cmp, format == "csv"), comparedRows(cmp, 0))}
	for _, name := range sideNames(cmp) {
		l.columns = append(l.columns, column{name: name})
	}
	return s.list(c, l)
}

// sideNames says in what the sides differ.
func sideNames(c queries.Comparison) []string {
	name := func(side queries.Compared) string { return clean(side.A[0].Name + " – " + side.B[0].Name) }
	first := c.Sides[0]
	for _, side := range c.Sides[1:] {
		switch {
		case side.Publisher != first.Publisher:
			name = func(side queries.Compared) string { return clean(side.Publisher) }
		case side.Since != first.Since:
			name = func(side queries.Compared) string { return side.Since }
		}
	}
	var names []string
	for _, side := range c.Sides {
		names = append(names, name(side))
	}
	return names
}

// measures are the rows that count all claims of a side. A spreadsheet works the
// balance out itself.
func measures(c queries.Comparison, csv bool) [][]string {
	row := func(name string, of func(queries.Compared) string) []string {
		cells := []string{name}
		for _, side := range c.Sides {
			cells = append(cells, of(side))
		}
		return cells
	}
	rows := [][]string{
		row("claims", func(s queries.Compared) string { return strconv.Itoa(s.Count) }),
		row("first", func(s queries.Compared) string { return orDash(s.First) }),
		row("last", func(s queries.Compared) string { return orDash(s.Last) }),
		row("co-operation", func(s queries.Compared) string { return score(s.Cooperation) }),
		row("conflict", func(s queries.Compared) string { return score(s.Conflict) }),
	}
	if !csv {
		rows = append(rows, row("balance", func(s queries.Compared) string { return balanceWord(s.Tally) }))
	}
	rows = append(rows,
		row("contested", func(s queries.Compared) string { return strconv.Itoa(s.Contested) }),
		row("corroborated", func(s queries.Compared) string { return strconv.Itoa(s.Corroborated) }),
		row("shared by all", func(queries.Compared) string { return strconv.Itoa(c.Shared) }),
	)
	if slices.ContainsFunc(c.Sides, func(s queries.Compared) bool { return len(s.Possible) > 0 }) {
		rows = append(rows, row("dates too coarse", func(s queries.Compared) string { return strconv.Itoa(len(s.Possible)) }))
	}
	return rows
}

// comparedRows are the rows by relation, type or month, with bars of at most width
// columns.
func comparedRows(c queries.Comparison, width int) [][]string {
	highest := 0
	for _, r := range c.Rows {
		for _, t := range r.Sides {
			highest = max(highest, t.Count)
		}
	}
	var rows [][]string
	for _, r := range c.Rows {
		key := partKey(queries.Part{By: c.By, Key: r.Key})
		if r.Apart {
			key += " (no month)"
		}
		cells := []string{clean(key)}
		for _, t := range r.Sides {
			cell := strconv.Itoa(t.Count)
			if width > 0 {
				cell = strings.TrimRight(fmt.Sprintf("%-4s %s", cell, bar(t.Count, highest, width)), " ")
			}
			cells = append(cells, cell)
		}
		rows = append(rows, cells)
	}
	return rows
}

// widestBar is how long a bar beside a number is at most.
const widestBar = 12

// comparisonText is a comparison for people.
func (s *session) comparisonText(c queries.Comparison) string {
	header := append([]string{""}, sideNames(c)...)
	rows := append([][]string{header}, measures(c, false)...)
	label := 0
	for _, row := range slices.Concat(rows, comparedRows(c, 0)) {
		label = max(label, wordWidth(row[0]))
	}
	cell := max((s.ui.textWidth()-label)/len(c.Sides)-gap, narrowest)
	rows = append(rows, sparkRows(c, cell)...)
	rows = append(rows, make([]string, len(header)))
	rows = slices.Concat(rows, comparedRows(c, min(cell-5, widestBar)))
	return setColumns(rows, append([]int{label}, columnsUpTo(rows, cell)...), s.ui.colors())
}

// columnsUpTo returns the widths of all columns but the first, at most most.
func columnsUpTo(rows [][]string, most int) []int {
	widths := make([]int, len(rows[0])-1)
	for _, row := range rows {
		for i, text := range row[1:] {
			widths[i] = min(max(widths[i], wordWidth(text)), most)
		}
	}
	return widths
}

// setColumns sets rows in columns, cut to their widths, the first row in bold.
func setColumns(rows [][]string, widths []int, p palette) string {
	var b strings.Builder
	for i, row := range rows {
		var line strings.Builder
		for n, text := range row {
			text = cut(text, widths[n])
			line.WriteString(text + strings.Repeat(" ", widths[n]-wordWidth(text)+gap))
		}
		out := strings.TrimRight(line.String(), " ")
		if i == 0 {
			out = p.bold + out + p.off
		}
		b.WriteString(out + "\n")
	}
	return b.String()
}

// sparkRows draw co-operation and conflict over time, on one scale and in equal
// steps; over one stretch of time too, unless the sides are of different ones.
func sparkRows(c queries.Comparison, width int) [][]string {
	months := make([][]queries.Part, len(c.Sides))
	for i, side := range c.Sides {
		months[i] = queries.Divide(side.Claims, queries.ByMonth)
	}
	starts, length := stretches(c, months)
	if length == 0 {
		return nil
	}
	rows := [][]string{{"co-operation"}, {"conflict"}, {""}}
	all := make([]series, len(months))
	for i, parts := range months {
		all[i] = seriesOf(parts, starts[i], starts[i]+length-1, width)
	}
	for _, t := range all {
		rows[0] = append(rows[0], spark(t.cooperation, top(all...)))
		rows[1] = append(rows[1], spark(t.conflict, top(all...)))
		rows[2] = append(rows[2], fmt.Sprintf("from %s, each %s", t.first, t.unit))
	}
	return rows
}

// stretches returns the month with which the time of each side starts, and how many
// months all have to have; 0 where no claim has a month. Sides of one period start
// with the first month of any, others with their period.
func stretches(c queries.Comparison, months [][]queries.Part) (starts []int, length int) {
	common, _, _ := monthsOf(slices.Concat(months...))
	oneTime := !slices.ContainsFunc(c.Sides, func(s queries.Compared) bool { return s.Since != c.Sides[0].Since })
	for i, side := range c.Sides {
		first, last, ok := monthsOf(months[i])
		since, known := monthNumber(queries.Part{Key: side.Since})
		switch {
		case known && !oneTime:
			first = since
		case oneTime || !ok:
			first = common
		}
		starts = append(starts, first)
		if ok {
			length = max(length, last-first+1)
		}
	}
	return starts, length
}
