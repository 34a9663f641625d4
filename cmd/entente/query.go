package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) queryCommand() *cli.Command {
	return &cli.Command{
		Name:      "query",
		Category:  lookUp,
		Usage:     "run a script in Gizmo, Cayley's query language",
		ArgsUsage: "SCRIPT",
		UsageText: "entente query 'between(\"Russia\", \"North Korea\", {since: \"2024\"}).All()' --as claims --evidence\n" +
			"entente query --file docs/examples/officials.js --param state=Russia",
		Description: "entity(NAME), claims({…}), between(A, B, {…}) and path(A, B, {…}) begin, and every relation is a value: visited, signed,\n" +
			"met … docs/gizmo.md has recipes. - reads the script from standard input. A script cannot write.\n" +
			"A saved query is a file whose comment declares parameters, \"// @param {name} who What it is\"; --describe lists them.\n" +
			"--as graph writes GraphML.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "as", Value: asTable, Usage: "show the rows as `FORM`: table, claims, graph, json"},
			&cli.BoolFlag{Name: "evidence", Aliases: []string{"e"}, Usage: "with --as claims: show the sentence under each claim"},
			&cli.StringFlag{Name: "file", Usage: "run the saved query in `FILE`"},
			&cli.GenericFlag{Name: "param", Value: &paramFlag{}, Usage: "set a parameter of it, `NAME=VALUE`; once for each"},
			&cli.BoolFlag{Name: "describe", Usage: "say what the query does and takes, and do not run it"},
			&cli.DurationFlag{Name: "timeout", Value: 10 * time.Second, Usage: "stop after `TIME`: 500ms, 10s, 2m"},
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Value: 10000, Usage: "at most `N` rows"},
			&cli.Uint64Flag{Name: "max-memory", Value: 1024, Usage: "stop when the script has taken `MIB` of memory"},
		}, formatFlags()...),
		Action: func(c *cli.Context) error {
			saved, err := s.savedQuery(c)
			if err != nil {
				return err
			}
			if c.Bool("describe") {
				return s.describe(c, saved)
			}
			o, err := gizmoOptions(c)
			if err != nil {
				return err
			}
			if o.Variables, err = bind(c, saved); err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error { return s.gizmo(ctx, c, g, saved.Script, o) })
		},
	}
}

// The forms in which --as shows rows.
const (
	asTable  = "table"
	asClaims = "claims"
	asGraph  = "graph"
	asJSON   = "json"
)

// gizmoOptions reads the flags that bound a script and say how its rows are shown.
func gizmoOptions(c *cli.Context) (graph.GizmoOptions, error) {
	o := graph.GizmoOptions{Timeout: c.Duration("timeout"), Limit: c.Int("limit"), MaxMemory: c.Uint64("max-memory") << 20}
	as := c.String("as")
	forms := []string{asTable, asClaims, asGraph, asJSON}
	switch {
	case o.Timeout <= 0 || o.Limit <= 0 || o.MaxMemory == 0:
		return o, wrongUsage(c, "--timeout, --limit and --max-memory must be above 0")
	case !slices.Contains(forms, as):
		return o, wrongUsage(c, "unknown form %q%s; forms: %s", as, didYouMean(as, forms, ""), strings.Join(forms, ", "))
	case c.Bool("evidence") && as != asClaims:
		return o, wrongUsage(c, "--evidence needs --as claims")
	case as == asGraph && (c.String("format") != "" || c.Bool("json")), as == asJSON && c.String("format") != "" && c.String("format") != "json":
		return o, wrongUsage(c, "--as %s and --format exclude each other", as)
	}
	return o, nil
}

// gizmo runs a script and shows its rows as --as says.
func (s *session) gizmo(ctx context.Context, c *cli.Context, g *graph.Graph, script string, o graph.GizmoOptions) error {
	rows, err := collectRows(ctx, g, script, o)
	truncated := errors.Is(err, graph.ErrTruncated)
	if err == nil || truncated {
		err = s.showRows(ctx, c, g, rows, script)
	}
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	if truncated {
		s.ui.note("entente: only the first %s are shown; --limit N shows more", count(o.Limit, "row"))
	}
	return nil
}

// collectRows returns the rows of a script, those before an error too.
func collectRows(ctx context.Context, g *graph.Graph, script string, o graph.GizmoOptions) (rows []graph.Row, err error) {
	for row, err := range queries.Gizmo(ctx, g, script, o) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// showRows shows the rows of a script as --as says.
func (s *session) showRows(ctx context.Context, c *cli.Context, g *graph.Graph, rows []graph.Row, script string) error {
	switch as := c.String("as"); as {
	case asClaims:
		records, err := queries.RowRecords(ctx, g, rows)
		if err != nil {
			return fmt.Errorf("--as %s: %w", as, err)
		}
		return s.printClaims(ctx, c, g, queries.GroupRecords(records))
	case asGraph:
		network, err := queries.NewNetwork(ctx, g, rows)
		if err != nil {
			return fmt.Errorf("--as %s: %w", as, err)
		}
		return writeGraphML(s.ui.out, network)
	case asJSON:
		return writeJSON(s.ui.out, nonNil(rowListing(rows, script).records))
	}
	return s.list(c, rowListing(rows, script))
}
