package main

import (
	"context"
	"io"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

// session is one run of the program: where it reads and writes, and what its
// surroundings say.
type session struct {
	in     io.Reader
	ui     ui
	getenv func(string) string
	mode   string          // the format of answers where no flag asks for one; "" the usual
	memory *graph.Graph    // a graph in memory that takes the place of the store; nil but in demo
	asker  *queries.Asker  // made when the first question is asked
	after  *queries.Answer // the answer to the last one, which a short question takes up; nil for none
}

func newSession(in io.Reader, out, errOut io.Writer, getenv func(string) string) *session {
	return &session{in: in, ui: newUI(in, out, errOut, getenv), getenv: getenv}
}

// run puts the command line in order and hands it to the command that it names.
func (s *session) run(ctx context.Context, argv []string) error {
	app := s.app()
	if len(argv) > 0 && argv[0] == completeCommand {
		return s.complete(ctx, app, argv[1:])
	}
	call, err := arrange(app, argv)
	switch {
	case err != nil:
		return err
	case call.version:
		return s.printVersion()
	case call.command == nil:
		_, err = io.WriteString(s.ui.out, appHelp(app))
		return err
	case call.help:
		_, err = io.WriteString(s.ui.out, commandHelp(call.command))
		return err
	}
	return app.RunContext(ctx, call.line())
}

// The categories of commands, in the order of the help.
const (
	lookUp = "Look up"
	build  = "Build"
	keep   = "Keep house"
)

var categories = []string{lookUp, build, keep}

// app describes the program. Help, suggestions and completion are ours, since
// those of the library print help on every error, take flags after arguments
// for arguments and run commands on completion.
func (s *session) app() *cli.App {
	app := &cli.App{
		Name:  "entente",
		Usage: "news reports in, claims about relations between states out, each with its sentence",
		UsageText: "entente demo\n" +
			"entente load report.txt && entente between Russia \"North Korea\"",
		Flags: s.globalFlags(),
		Commands: []*cli.Command{
			s.demoCommand(), s.askCommand(), s.claimsCommand(), s.betweenCommand(), s.timelineCommand(), s.pathCommand(),
			s.compareCommand(), s.showCommand(), s.evidenceCommand(), s.queryCommand(), s.replCommand(),
			s.loadCommand(), s.extractCommand(), s.mergeCommand(), s.splitCommand(), s.removeCommand(), s.exportCommand(),
			s.statsCommand(), s.checkCommand(), s.backupCommand(), s.upgradeCommand(), s.evalCommand(), s.completionCommand(), s.manCommand(), s.versionCommand(),
		},
		HideHelp: true, HideVersion: true,
		Reader: s.in, Writer: s.ui.out, ErrWriter: s.ui.err,
		ExitErrHandler: func(*cli.Context, error) {},
		Before:         func(c *cli.Context) error { return s.ui.setColor(c.String("color")) },
	}
	for _, c := range app.Commands {
		c.HideHelp = true
		c.OnUsageError = func(_ *cli.Context, err error, _ bool) error {
			return &usageError{command: c, text: flagTrouble(err)}
		}
	}
	app.OnUsageError = func(_ *cli.Context, err error, _ bool) error {
		return &usageError{text: flagTrouble(err)}
	}
	return app
}

// globalFlags may stand anywhere on the line.
func (s *session) globalFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "store", Usage: "the store's `FOLDER`; else $ENTENTE_STORE, else " + defaultStoreHelp},
		&cli.StringFlag{Name: "color", Value: "auto", Usage: "`WHEN` to use colour: auto, always, never"},
		&cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show help"},
		&cli.BoolFlag{Name: "version", Usage: "show the version"},
	}
}

// buildDay returns the day of the commit that the program was built of, "" where it
// is not known.
func buildDay() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			day, _, _ := strings.Cut(s.Value, "T")
			return day
		}
	}
	return ""
}

// buildVersion returns the version of the module, of the commit where there is
// no released one.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && version == "(devel)" && len(s.Value) >= 12 {
			version = "devel-" + s.Value[:12]
		}
	}
	return version
}
