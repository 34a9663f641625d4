package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

// maxScript is the longest script that is read from standard input.
const maxScript = 1 << 20

func (s *session) queryCommand() *cli.Command {
	return &cli.Command{
		Name:      "query",
		Category:  lookUp,
		Usage:     "run a script in Gizmo, Cayley's query language",
		ArgsUsage: "SCRIPT",
		UsageText: "entente query 'entity(\"Sergei Lavrov\").Out(visited).All()'\n" +
			"entente query - < script.js",
		Description: "entity(NAME) starts at an entity, and every relation is a value: visited, signed, met … docs/gizmo.md has recipes.\n" +
			"- reads the script from standard input. A script cannot write.",
		Flags: append([]cli.Flag{
			&cli.DurationFlag{Name: "timeout", Value: 10 * time.Second, Usage: "stop after `TIME`: 500ms, 10s, 2m"},
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Value: 10000, Usage: "at most `N` rows"},
			&cli.Uint64Flag{Name: "max-memory", Value: 1024, Usage: "stop when the script has taken `MIB` of memory"},
		}, formatFlags()...),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, 1); err != nil {
				return err
			}
			o, err := gizmoOptions(c)
			if err != nil {
				return err
			}
			script, err := s.script(c.Args().First())
			if err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error { return s.gizmo(ctx, c, g, script, o) })
		},
	}
}

// script returns the script given, or what standard input holds for "-".
func (s *session) script(arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	text, err := io.ReadAll(io.LimitReader(s.in, maxScript+1))
	if err == nil && len(text) > maxScript {
		err = fmt.Errorf("longer than %d bytes", maxScript)
	}
	if err != nil {
		return "", fmt.Errorf("script on standard input: %w", err)
	}
	return string(text), nil
}

func gizmoOptions(c *cli.Context) (graph.GizmoOptions, error) {
	o := graph.GizmoOptions{Timeout: c.Duration("timeout"), Limit: c.Int("limit"), MaxMemory: c.Uint64("max-memory") << 20}
	if o.Timeout <= 0 || o.Limit <= 0 || o.MaxMemory == 0 {
		return o, wrongUsage(c, "--timeout, --limit and --max-memory must be above 0")
	}
	return o, nil
}

func (s *session) gizmo(ctx context.Context, c *cli.Context, g *graph.Graph, script string, o graph.GizmoOptions) error {
	var rows []graph.Row
	var trouble error
	for row, err := range g.Gizmo(ctx, script, o) {
		if err != nil {
			trouble = err
			break
		}
		rows = append(rows, row)
	}
	if trouble != nil && !errors.Is(trouble, graph.ErrTruncated) {
		return fmt.Errorf("query: %w", trouble)
	}
	if err := s.list(c, rowListing(rows)); err != nil {
		return err
	}
	if trouble != nil {
		s.ui.note("entente: only the first %s are shown; --limit N shows more", count(o.Limit, "row"))
	}
	return nil
}

// rowListing has a column for each tag, the result itself first.
func rowListing(rows []graph.Row) listing {
	tags := map[string]bool{}
	for _, row := range rows {
		for tag := range row {
			tags[tag] = true
		}
	}
	hasID := tags["id"]
	delete(tags, "id")
	order := slices.Sorted(maps.Keys(tags))
	if hasID {
		order = append([]string{"id"}, order...)
	}
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

// shown is a value as a table shows it: a node by its name.
func shown(v any) string {
	if n, ok := v.(graph.Node); ok && n.Name != "" {
		return n.Name
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
