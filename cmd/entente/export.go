package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

// exportFormats are the forms of export: the whole graph as quads, or its
// claims.
var exportFormats = []string{"nquads", "jsonl", "csv"}

func (s *session) exportCommand() *cli.Command {
	return &cli.Command{
		Name:     "export",
		Category: build,
		Usage:    "write the graph out: N-Quads, or its claims as JSON lines or CSV",
		UsageText: "entente export -o graph.nq\n" +
			"entente export --to csv -o claims.csv",
		Description: "N-Quads hold everything, texts and merges too. JSON lines and CSV hold each claim of each report.\n" +
			"A file is written whole or not at all.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "to", Usage: "`FORMAT`: nquads, jsonl, csv (default: by the file's name, else nquads)"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`; - or nothing: standard output"},
		},
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			format, err := exportFormat(c)
			if err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error {
				return s.writeTo(c.String("output"), func(w io.Writer) error { return s.export(ctx, g, w, format) })
			})
		},
	}
}

// exportFormat returns the format asked for, or the one that the file's name
// asks for.
func exportFormat(c *cli.Context) (string, error) {
	format := c.String("to")
	if format == "" {
		switch filepath.Ext(c.String("output")) {
		case ".jsonl":
			return "jsonl", nil
		case ".csv":
			return "csv", nil
		}
		return "nquads", nil
	}
	if !slices.Contains(exportFormats, format) {
		return "", wrongUsage(c, "unknown format %q%s; formats: %s", format, didYouMean(format, exportFormats, ""), strings.Join(exportFormats, ", "))
	}
	return format, nil
}

func (s *session) export(ctx context.Context, g *graph.Graph, w io.Writer, format string) error {
	if format == "nquads" {
		return g.Export(ctx, w, graph.NQuads)
	}
	var groups []queries.Group
	for r, err := range g.Claims(ctx, graph.Query{}) {
		if err != nil {
			return err
		}
		groups = append(groups, queries.Group{Record: r})
	}
	l := s.claimListing(groups)
	if format == "csv" {
		return writeCSV(w, l)
	}
	return writeJSONLines(w, l.records)
}

// writeTo calls f with standard output, or with a file that takes its name only
// when it is whole.
func (s *session) writeTo(name string, f func(io.Writer) error) error {
	if name == "" || name == "-" {
		return f(s.ui.out)
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".entente-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails when all went well: the file has its name
	err = f(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Chmod(file.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}
