package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
)

// completeCommand is what the completion scripts call, with the words of the
// line up to the one being typed. It is no command: it runs none either.
const completeCommand = "__complete"

// quotedFlag before the words says that they are as typed, with their quotes.
const quotedFlag = "--quoted"

// completeTime bounds what the store is asked for one completion; tests, which may
// run on a busy machine, set more.
var completeTime = 200 * time.Millisecond

// completionScripts ask the program itself, so that a script need not be made
// again when a command changes. Where nothing is offered the shell offers files.
// What is offered is bare; the shells quote it.
var completionScripts = map[string]string{
	"bash": `# entente completion bash > /etc/bash_completion.d/entente
_entente() {
	local IFS=$'\n' i typed=${COMP_WORDS[COMP_CWORD]}
	case $typed in [:=]) typed= ;; esac # bash parts words there
	COMPREPLY=($(entente __complete --quoted "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$typed" 2>/dev/null))
	case $typed in
	[\"\']*) ;; # readline closes the quote
	*) for i in "${!COMPREPLY[@]}"; do printf -v "COMPREPLY[i]" %q "${COMPREPLY[i]}"; done ;;
	esac
}
complete -o default -F _entente entente
`,
	"zsh": `#compdef entente
# entente completion zsh > "${fpath[1]}/_entente"
_entente() {
	local -a found
	found=("${(@f)$(entente __complete --quoted "${(@)words[2,CURRENT-1]}" "$QIPREFIX$PREFIX" 2>/dev/null)}")
	if [[ -n $found[1] ]]; then compadd -U -a found; else _files; fi
}
if [[ $funcstack[1] == _entente ]]; then _entente "$@"; else compdef _entente entente; fi
`,
	"fish": `# entente completion fish > ~/.config/fish/completions/entente.fish
complete -c entente -a '(entente __complete --quoted (commandline -opc)[2..-1] (commandline -ct | string collect --allow-empty) 2>/dev/null)'
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
	if len(words) > 0 && words[0] == quotedFlag {
		words = words[1:]
		for i, w := range words {
			words[i] = unquoted(w)
		}
	}
	if len(words) == 0 {
		words = []string{""}
	}
	c := completer{session: s, app: app}
	for _, candidate := range c.candidates(ctx, words[:len(words)-1], words[len(words)-1]) {
		if _, err := fmt.Fprintln(s.ui.out, candidate); err != nil {
			return err
		}
	}
	return nil
}

// completer finds what may stand in the place of a word of a command line.
type completer struct {
	*session
	app   *cli.App
	store string // --store as far as it has been given, "" for the usual one
}

// candidates returns what may stand behind the words before, and begins, case
// aside, as what is typed.
func (c *completer) candidates(ctx context.Context, before []string, typed string) []string {
	ctx, cancel := context.WithTimeout(ctx, completeTime)
	defer cancel()
	var out []string
	for _, candidate := range c.possible(ctx, before, typed) {
		if strings.HasPrefix(strings.ToLower(candidate), strings.ToLower(typed)) {
			out = append(out, candidate)
		}
	}
	return out
}

// possible looks at the words one by one, as arrange does.
func (c *completer) possible(ctx context.Context, before []string, typed string) []string {
	var command *cli.Command
	var awaited cli.Flag // the flag whose value comes next
	args, help := 0, false
	for _, w := range before {
		name, value, hasValue := strings.Cut(strings.TrimLeft(w, "-"), "=")
		switch {
		case w == "=" || w == ":": // bash parts --flag=value and A:B
			continue
		case awaited != nil:
			c.note(awaited, w)
			awaited = nil
		case w == "--":
			return nil
		case len(w) > 1 && w[0] == '-':
			if awaited = findFlag(c.flags(command), name); awaited == nil || hasValue || !takesValue(awaited) {
				c.note(awaited, value)
				awaited = nil
			}
		case command == nil && w == "help":
			help = true
		case command == nil:
			if command = c.app.Command(w); command == nil {
				return nil
			}
		default:
			args++
		}
	}
	switch name, _, hasValue := strings.Cut(typed, "="); {
	case awaited != nil:
		return c.flagValues(ctx, awaited, typed)
	case strings.HasPrefix(typed, "-") && hasValue:
		return c.attached(ctx, findFlag(c.flags(command), strings.TrimLeft(name, "-")), typed)
	case strings.HasPrefix(typed, "-"):
		return flagWords(c.flags(command))
	case command == nil:
		return append(commandWords(c.app), "help")
	case help:
		return nil
	}
	return c.argumentValues(ctx, command, args, typed)
}

// note keeps the value of --store.
func (c *completer) note(flag cli.Flag, value string) {
	if flag != nil && flag.Names()[0] == "store" {
		c.store = value
	}
}

// flags are those that may stand where a command is known, or none yet.
func (c *completer) flags(command *cli.Command) []cli.Flag {
	if command == nil {
		return c.app.Flags
	}
	return append(command.Flags[:len(command.Flags):len(command.Flags)], c.app.Flags...)
}

// attached returns the values of a flag behind it: --relation=met.
func (c *completer) attached(ctx context.Context, flag cli.Flag, typed string) []string {
	if flag == nil || !takesValue(flag) {
		return nil
	}
	name, value, _ := strings.Cut(typed, "=")
	values := c.flagValues(ctx, flag, value)
	for i, v := range values {
		values[i] = name + "=" + v
	}
	return values
}

func flagWords(flags []cli.Flag) []string {
	var words []string
	for _, f := range flags {
		words = append(words, "--"+f.Names()[0])
	}
	return words
}

func commandWords(app *cli.App) []string {
	var words []string
	for _, c := range app.Commands {
		words = append(words, c.Name)
	}
	return words
}
