package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// dotCommand is a command to the repl itself.
type dotCommand struct {
	name, arg, help string
	choices         []string // what arg may be; nil: anything
	optional        bool     // arg may be missing
	do              func(r *repl, ctx context.Context, s *session, arg string) error
}

// dotCommands are told by .help in this order.
func dotCommands() []dotCommand {
	return []dotCommand{
		{name: "help", help: "tell this; COMMAND --help tells about a command", do: (*repl).dotHelp},
		{name: "schema", arg: "[WORD]", help: "list the predicates of the graph and what they mean, or those with WORD in them", optional: true, do: (*repl).dotSchema},
		{name: "mode", arg: "MODE", help: "answer in a format: table, json, jsonl, csv, md; gizmo: read every line as Gizmo; auto: neither",
			choices: slices.Concat(formats, []string{"gizmo", "auto"}), do: (*repl).dotMode},
		{name: "timing", arg: "on|off", help: "tell how long each line took", choices: []string{"on", "off"}, do: (*repl).dotTiming},
		{name: "save", arg: "FILE", help: "ask the last question again and write the answer to a new file, in the format of its name (.csv, .md, .json, .jsonl, .txt)",
			do: (*repl).dotSave},
		{name: "quit", help: "end", do: (*repl).dotQuit},
	}
}

// dot does a dot-command.
func (r *repl) dot(ctx context.Context, st *statement, s *session) error {
	if len(st.words) == 0 {
		return nil
	}
	name := strings.TrimPrefix(st.words[0], ".")
	if name == "exit" {
		name = "quit"
	}
	for _, d := range dotCommands() {
		if d.name != name {
			continue
		}
		arg := ""
		switch n := len(st.words) - 1; {
		case n > 1 || n == 1 && d.arg == "":
			return &usageError{text: fmt.Sprintf(".%s: unexpected %q", name, st.words[n])}
		case n == 0 && d.arg != "" && !d.optional:
			return &usageError{text: fmt.Sprintf(".%s needs %s: %s", name, d.arg, d.help)}
		case n == 1:
			arg = st.words[1]
		}
		if len(d.choices) > 0 && !slices.Contains(d.choices, arg) {
			return &usageError{text: fmt.Sprintf(".%s cannot be %q%s; it is one of %s", name, arg, didYouMean(arg, d.choices, ""), strings.Join(d.choices, ", "))}
		}
		return d.do(r, ctx, s, arg)
	}
	if strings.Contains(name, "(") {
		return &usageError{text: fmt.Sprintf("unknown .%s; a step of Gizmo may begin a line only where the line before ends in a dot", name)}
	}
	return &usageError{text: fmt.Sprintf("unknown .%s%s", name, didYouMean(name, dotNames(), "."))}
}

func dotNames() []string {
	var names []string
	for _, d := range dotCommands() {
		names = append(names, d.name)
	}
	return names
}

// replRules tells what a line is, as kindOf has it.
const replRules = `What a line is, the first that fits:
  a dot-command  begins with a dot; they are below
  Gizmo          begins with g. or graph. or a call, such as entity( claims(
                 path( between(; or follows .mode gizmo; it goes on while a
                 bracket is open
  a question     ends in ?
  a command      begins with a command's name, in small letters, or with a
                 flag; words are quoted as in a shell:
                 between Russia "North Korea" --since 2023
  a question     anything else, in English
  a remark       begins with #
`

func (r *repl) dotHelp(_ context.Context, s *session, _ string) error {
	var b strings.Builder
	b.WriteString(replRules + "\nDot-commands:\n")
	for _, d := range dotCommands() {
		fmt.Fprintf(&b, "%s\n", hanging(fmt.Sprintf("  %-15s  ", strings.TrimSpace("."+d.name+" "+d.arg)), d.help, s.ui.textWidth()))
	}
	fmt.Fprintf(&b, "\nCommands:\n%s\n", fold(strings.Join(commandWords(r.app), " "), s.ui.textWidth(), "  "))
	fmt.Fprintf(&b, "\n%s\n", fold("Tab completes, the arrows bring back what was asked, ctrl-R searches it, ctrl-C stops, ctrl-D ends.", s.ui.textWidth(), ""))
	_, err := io.WriteString(s.ui.out, b.String())
	return err
}

func (r *repl) dotMode(_ context.Context, _ *session, arg string) error {
	switch arg {
	case "gizmo":
		r.gizmo = true
	case "auto":
		r.gizmo, r.mode = false, ""
	default:
		r.mode = arg
	}
	return nil
}

func (r *repl) dotTiming(_ context.Context, _ *session, arg string) error {
	r.timing = arg == "on"
	return nil
}

func (r *repl) dotSave(ctx context.Context, s *session, arg string) error { return r.save(ctx, s, arg) }

func (r *repl) dotQuit(context.Context, *session, string) error {
	r.done = true
	return nil
}

// dotSchema lists the shapes of quads, and of relations what each says.
func (r *repl) dotSchema(_ context.Context, s *session, word string) error {
	l := listing{
		columns: []column{{name: "predicate"}, {name: "from"}, {name: "to"}, {name: "means", elastic: true}},
		nothing: "no predicate with " + word,
	}
	add := func(p predicate) {
		if word == "" || strings.Contains(p.Name, word) {
			l.records = append(l.records, p)
			l.rows = append(l.rows, []string{p.Name, p.From, p.To, p.Means})
		}
	}
	seen := map[string]bool{}
	for _, shape := range graph.Schema() {
		if p := (predicate{shape.Predicate, shape.Subject, shape.Object, shape.Why}); !seen[p.Name+p.From+p.To] {
			seen[p.Name+p.From+p.To] = true
			add(p)
		}
	}
	for _, a := range entente.Relations {
		add(predicate{"rel:" + string(a.Relation), "ent:", "ent:", "the subject " + a.Means})
	}
	return s.listAs(s.modeOf(formats), l)
}

// predicate is a line of .schema.
type predicate struct {
	Name  string `json:"predicate"`
	From  string `json:"from"`
	To    string `json:"to"`
	Means string `json:"means"`
}
