package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// isDump reports whether an argument names quads that export wrote, which are not
// read as a report.
func isDump(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".nq") || strings.HasSuffix(name, ".nq.gz")
}

// parted tells the dumps among the arguments, each file of a glob, from the sources of
// reports. A glob without a file stays, for opening it to fail.
func parted(args []string) (dumps, sources []string) {
	for _, arg := range args {
		if !isDump(arg) {
			sources = append(sources, arg)
		} else if files, err := filepath.Glob(arg); err == nil && len(files) > 0 {
			dumps = append(dumps, files...)
		} else {
			dumps = append(dumps, arg)
		}
	}
	return dumps, sources
}

// loadDump adds the quads of a dump, all or none, and returns how many it has.
func (s *session) loadDump(ctx context.Context, store, name string) (quads int, err error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(strings.ToLower(name), ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
	}
	g := s.memory
	if g == nil {
		if g, err = graph.Open(store, graph.Options{}); err != nil {
			return 0, err
		}
		defer g.Close() // what was added is on the disk already
	}
	if quads, err = g.Import(ctx, in); err != nil {
		return 0, fmt.Errorf("%s: %w; nothing of it was stored", name, err)
	}
	return quads, nil
}
