package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
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
			"entente export --format csv -o claims.csv",
		Description: "N-Quads hold everything, texts and merges too. JSON lines and CSV hold each claim of each report.\n" +
			"A file is written whole or not at all.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f", "to"}, Usage: "`FORMAT`: nquads, jsonl, csv (default: by the file's name, else nquads)"},
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
			return s.open(c, graph.Options{ReadOnly: true}, func(ctx context.Context, g *graph.Graph) error {
				return s.writeTo(c.String("output"), func(w io.Writer) error { return exportTo(ctx, g, w, format) })
			})
		},
	}
}

// exportFormat returns the format asked for, or the one that the file's name
// asks for.
func exportFormat(c *cli.Context) (string, error) {
	format := c.String("format")
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

// exportTo writes the graph or its claims to w.
func exportTo(ctx context.Context, g *graph.Graph, w io.Writer, format string) error {
	if format == "nquads" {
		return g.Export(ctx, w, graph.NQuads)
	}
	write, flush := claimWriter(w, format)
	for r, err := range g.Claims(ctx, graph.Query{}) {
		if err == nil {
			err = write(r)
		}
		if err != nil {
			return err
		}
	}
	return flush()
}

// claimWriter returns what writes one claim in a format, and what ends the
// writing.
func claimWriter(w io.Writer, format string) (write func(entente.Record) error, flush func() error) {
	if format == "jsonl" {
		e := newEncoder(w)
		return func(r entente.Record) error { return e.Encode(r) }, func() error { return nil }
	}
	out := csv.NewWriter(w)
	err := out.Write(claimFields)
	write = func(r entente.Record) error {
		if err == nil {
			err = out.Write(safeRow(claimValues(queries.Group{Record: r})))
		}
		return err
	}
	return write, func() error {
		out.Flush()
		return errors.Join(err, out.Error())
	}
}

// writeTo calls f with standard output, or with a file that takes its name only
// when it is whole.
func (s *session) writeTo(name string, f func(io.Writer) error) error {
	if name == "" || name == "-" {
		return buffered(s.ui.out, f)
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".entente-*")
	var failed *fs.PathError
	switch {
	case errors.As(err, &failed): // it names the passing file
		return fmt.Errorf("%s: %w", name, failed.Err)
	case err != nil:
		return err
	}
	defer os.Remove(file.Name()) // fails when all went well: the file has its name
	err = buffered(file, f)
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

func buffered(w io.Writer, f func(io.Writer) error) error {
	b := bufio.NewWriter(w)
	return errors.Join(f(b), b.Flush())
}
