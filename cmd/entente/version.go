package main

import (
	"fmt"
	"runtime"

	"github.com/urfave/cli/v2"
)

func (s *session) versionCommand() *cli.Command {
	return &cli.Command{
		Name:     "version",
		Category: keep,
		Usage:    "show the version",
		UsageText: "entente version\n" +
			"entente --version",
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			return s.printVersion()
		},
	}
}

func (s *session) printVersion() error {
	_, err := fmt.Fprintf(s.ui.out, "entente %s (%s, %s/%s)\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
