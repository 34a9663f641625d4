package main

import (
	"errors"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
)

func (s *session) upgradeCommand() *cli.Command {
	return &cli.Command{
		Name:     "upgrade",
		Category: keep,
		Usage:    "bring a store that an older version made to the format of this one",
		UsageText: "entente upgrade\n" +
			"entente upgrade --store /backup/entente",
		Description: "The new store is made beside the old one, within its folder, and takes its place when it is whole: there must be room for both.\n" +
			"Interrupted or without room, it leaves the old store as it was. An older version cannot use the store afterwards.",
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			return s.upgrade(c)
		},
	}
}

func (s *session) upgrade(c *cli.Context) error {
	path, err := s.storePath(c.String("store"))
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return noStore(path)
	}
	done, err := graph.Upgrade(c.Context, path, graph.Options{})
	switch {
	case err != nil:
		return err
	case done:
		s.ui.note("upgraded: %s", path)
	default:
		s.ui.note("nothing to do: %s has the format of this version", path)
	}
	return nil
}
