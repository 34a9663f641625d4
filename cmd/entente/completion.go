package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// completeCommand is what the completion scripts call, with the words of the
// line up to the one being typed. It is no command: it runs none either.
const completeCommand = "__complete"

// maxCompletions is how many names or IDs are offered at most.
const maxCompletions = 50

// completionScripts asks the program itself, so that a script need not be made
// again when a command changes. Where nothing is offered the shell offers files.
var completionScripts = map[string]string{
	"bash": `# entente completion bash > /etc/bash_completion.d/entente
_entente() {
	local IFS=$'\n'
	COMPREPLY=($(entente __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _entente entente
`,
	"zsh": `#compdef entente
# entente completion zsh > "${fpath[1]}/_entente"
_entente() {
	local -a found
	found=("${(@f)$(entente __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ -n $found[1] ]]; then compadd -a found; else _files; fi
}
if [[ $funcstack[1] == _entente ]]; then _entente "$@"; else compdef _entente entente; fi
`,
	"fish": `# entente completion fish > ~/.config/fish/completions/entente.fish
complete -c entente -a '(entente __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
}

func (s *session) completionCommand() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Category:  keep,
		Usage:     "print a script that completes commands, flags and names in a shell",
		ArgsUsage: "bash|zsh|fish",
		UsageText: "source <(entente completion bash)\n" +
			"entente completion fish > ~/.config/fish/completions/entente.fish",
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, 1); err != nil {
				return err
			}
			script, ok := completionScripts[c.Args().First()]
			if !ok {
				return wrongUsage(c, "no completion for %q; shells: bash, zsh, fish", c.Args().First())
			}
			_, err := io.WriteString(s.ui.out, script)
			return err
		},
	}
}

// complete prints what may stand in the place of the last word, one a line.
// Trouble is kept silent: it would be written into the line being typed.
func (s *session) complete(ctx context.Context, app *cli.App, words []string) error {
	if len(words) == 0 {
		words = []string{""}
	}
	typed, before := words[len(words)-1], words[:len(words)-1]
	for _, candidate := range s.candidates(ctx, app, before, typed) {
		if strings.HasPrefix(strings.ToLower(candidate), strings.ToLower(typed)) {
			if _, err := fmt.Fprintln(s.ui.out, candidate); err != nil {
				return err
			}
		}
	}
	return nil
}

// candidates returns what may stand behind the words before.
func (s *session) candidates(ctx context.Context, app *cli.App, before []string, typed string) []string {
	if slices.Contains(before, "--") {
		return nil
	}
	var command *cli.Command
	for i, w := range before {
		if w == "--store" && i+1 < len(before) {
			s.typedStore = before[i+1]
		}
		if command == nil {
			command = app.Command(w)
		}
	}
	flags := app.Flags
	if command != nil {
		flags = slices.Concat(command.Flags, flags)
	}
	if n := len(before); n > 0 && strings.HasPrefix(before[n-1], "-") {
		flag := findFlag(flags, strings.TrimLeft(before[n-1], "-"))
		if flag != nil && takesValue(flag) {
			return s.flagValues(ctx, command, flag.Names()[0], typed)
		}
	}
	switch {
	case strings.HasPrefix(typed, "-"):
		var names []string
		for _, f := range flags {
			names = append(names, "--"+f.Names()[0])
		}
		return names
	case command == nil:
		var names []string
		for _, c := range app.Commands {
			names = append(names, c.Name)
		}
		return append(names, "help")
	}
	return s.argumentValues(ctx, command.Name, typed)
}

// formatsTaken returns what --format may be of a command.
func formatsTaken(command *cli.Command) []string {
	switch command.Name {
	case "export":
		return exportFormats
	case "show", "stats", "evidence":
		return documentFormats
	}
	return formats
}

// flagValues returns the values that a flag may have, as far as they are a set.
func (s *session) flagValues(ctx context.Context, command *cli.Command, flag, typed string) []string {
	switch flag {
	case "format":
		return formatsTaken(command)
	case "color":
		return []string{"auto", "always", "never"}
	case "status":
		return strings.Split(listOf(entente.Statuses), ", ")
	case "relation":
		var names []string
		for _, a := range entente.Relations {
			names = append(names, string(a.Relation))
		}
		return names
	case "subject", "object", "place":
		return s.entityIDs(ctx, typed)
	case "report":
		return s.reportIDs(ctx, typed)
	}
	return nil
}

// argumentValues returns what the arguments of a command may be.
func (s *session) argumentValues(ctx context.Context, command, typed string) []string {
	switch command {
	case "claims", "between", "timeline", "path", "show", "merge", "split":
		return s.entityIDs(ctx, typed)
	case "evidence":
		return s.claimIDs(ctx, typed)
	case "remove":
		return s.reportIDs(ctx, typed)
	case "completion":
		return []string{"bash", "zsh", "fish"}
	}
	return nil
}

// quick opens the store that the words typed so far ask for for reading if it is free at once, and calls f.
func (s *session) quick(f func(*graph.Graph)) {
	path, err := s.storePath(s.typedStore)
	if err != nil {
		return
	}
	g, err := graph.Open(path, graph.Options{ReadOnly: true, LockWait: -1})
	if err != nil {
		return
	}
	defer g.Close()
	f(g)
}

// entityIDs returns IDs, which are names without spaces to quote, of entities
// that claims may name.
func (s *session) entityIDs(ctx context.Context, typed string) (ids []string) {
	s.quick(func(g *graph.Graph) {
		for e, err := range g.Entities(ctx) {
			if err != nil || len(ids) == maxCompletions {
				return
			}
			if !e.ID.IsLocal() && strings.HasPrefix(strings.ToLower(string(e.ID)), strings.ToLower(typed)) {
				ids = append(ids, string(e.ID))
			}
		}
	})
	return ids
}

func (s *session) claimIDs(ctx context.Context, typed string) (ids []string) {
	s.quick(func(g *graph.Graph) {
		for r, err := range g.Claims(ctx, graph.Query{}) {
			if err != nil || len(ids) == maxCompletions {
				return
			}
			if strings.HasPrefix(string(r.ID), typed) {
				ids = append(ids, string(r.ID))
			}
		}
	})
	return ids
}

func (s *session) reportIDs(ctx context.Context, typed string) (ids []string) {
	s.quick(func(g *graph.Graph) {
		for r, err := range g.Reports(ctx) {
			if err != nil || len(ids) == maxCompletions {
				return
			}
			if strings.HasPrefix(string(r.ID), typed) {
				ids = append(ids, string(r.ID))
			}
		}
	})
	return ids
}
