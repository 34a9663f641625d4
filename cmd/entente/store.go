package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

const defaultStoreHelp = "the entente folder among the user's data"

// storePath returns the store's folder: the flag, the variable, or the data
// folder of the XDG base directory specification; on macOS and Windows, which
// have another, the user's configuration folder.
func (s *session) storePath(flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if path := s.getenv("ENTENTE_STORE"); path != "" {
		return path, nil
	}
	if data := s.getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return filepath.Join(data, "entente"), nil
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		dir, err := os.UserConfigDir()
		return filepath.Join(dir, "entente"), err
	}
	home := s.getenv("HOME")
	if home == "" {
		return "", errors.New("no home folder to keep the store in; name one with --store FOLDER")
	}
	return filepath.Join(home, ".local", "share", "entente"), nil
}

// look opens the store for reading and calls f. It never makes a store, and
// first finds out whether the format asked for is one.
func (s *session) look(c *cli.Context, f func(context.Context, *graph.Graph) error) error {
	if _, err := s.format(c); err != nil {
		return err
	}
	return s.open(c, graph.Options{ReadOnly: true}, f)
}

// change opens a store that is there for writing and calls f.
func (s *session) change(c *cli.Context, f func(context.Context, *graph.Graph) error) error {
	return s.open(c, graph.Options{}, f)
}

func (s *session) open(c *cli.Context, o graph.Options, f func(context.Context, *graph.Graph) error) error {
	if s.memory != nil {
		return f(c.Context, s.memory)
	}
	path, err := s.storePath(c.String("store"))
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return noStore(path)
	}
	g, err := graph.Open(path, o)
	if err != nil {
		return err
	}
	err = f(c.Context, g)
	if closeErr := g.Close(); err == nil {
		err = closeErr
	}
	return err
}

// noStore says what to do where there is none.
func noStore(path string) error {
	return fmt.Errorf("store %s: there is none yet; load a report first: entente load FILE", path)
}
