package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/queries"
)

func (s *session) replCommand() *cli.Command {
	return &cli.Command{
		Name:     "repl",
		Category: lookUp,
		Usage:    "ask one question after the other: commands, plain English and Gizmo",
		UsageText: "entente repl\n" +
			"entente repl < questions.txt",
		Description: "A line is a command of this program without \"entente\", a script in Gizmo, a question in English, or begins with a dot;\n" +
			".help tells which is which. On a terminal there are history and completion (Tab); ctrl-C stops the question, ctrl-D ends.\n" +
			"From a pipe or a file every line is done, and status 1 says that one failed. The store is open only while a line is done.",
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			return s.repl(c)
		},
	}
}

// repl is one run of the read-eval-print loop.
type repl struct {
	*session
	app    *cli.App
	global []string // flags of the program that hold for every line
	input  lineInput
	gizmo  bool // every line is Gizmo
	timing bool
	last   *statement // what .save asks again
	failed bool
	done   bool
}

// lineInput is where lines come from.
type lineInput interface {
	// next returns a line without its end. Errors: io.EOF at the end, errCleared
	// where the user gave the line up.
	next(prompt string) (string, error)
	// number is that of the line returned last, from 1; 0 where lines are not
	// numbered.
	number() int
	// remember keeps what may be wanted again.
	remember(text string)
	// during calls f with a context that ends when the user stops it.
	during(ctx context.Context, f func(context.Context) error) error
	io.Reader // what a command reads from standard input
	close()
}

// errCleared says that the user gave up the line that was being typed.
var errCleared = errors.New("cleared")

const (
	prompt         = "entente> "
	promptGizmo    = "gizmo> "
	promptUnclosed = "    ...> " // brackets are open
	promptQuote    = "  quote> "
)

func (s *session) repl(c *cli.Context) error {
	r := &repl{session: s, app: s.app()}
	for _, flag := range []string{"store", "color"} {
		if value := c.String(flag); value != "" {
			r.global = append(r.global, "--"+flag, value)
		}
	}
	r.input = newPipe(s.in)
	ctx := c.Context
	if in, ok := s.in.(*os.File); ok && s.ui.inTTY && s.ui.tty && in == os.Stdin {
		r.input = newTerminal(r)
		ctx = context.WithoutCancel(ctx) // an interrupt ends a question only
		s.ui.note("%s", fold("entente "+buildVersion()+". A question, a command or Gizmo; .help tells more, ctrl-D ends.", s.ui.textWidth(), ""))
	}
	defer r.input.close()
	if err := r.loop(ctx); err != nil {
		return err
	}
	if r.failed && r.input.number() > 0 {
		return errSaid
	}
	return nil
}

// loop does line after line. Its error is that of reading.
func (r *repl) loop(ctx context.Context) error {
	for !r.done && ctx.Err() == nil {
		st, err := r.read()
		switch {
		case errors.Is(err, errCleared):
			continue
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading a line: %w", err)
		}
		began := time.Now()
		line := r.forLine()
		st.after = line.after
		if err := r.input.during(ctx, func(ctx context.Context) error { return r.do(ctx, st, line) }); err != nil {
			r.failed = true
			r.say(st, err)
		}
		r.asker, r.after = line.asker, line.after
		if r.timing && st.kind > aDot {
			r.ui.note("%s", time.Since(began).Round(time.Millisecond/10))
		}
	}
	return ctx.Err()
}

// statement is what is done at one time: a line, or several where the first is not
// finished.
type statement struct {
	kind  kind
	text  string
	words []string        // of a command and of a dot-command
	line  int             // its first line, 0 where lines are not numbered
	after *queries.Answer // that of the question before
}

// read reads a statement.
func (r *repl) read() (*statement, error) {
	ask := prompt
	if r.gizmo {
		ask = promptGizmo
	}
	text, err := r.input.next(ask)
	if err != nil {
		return nil, err
	}
	st := &statement{kind: r.kindOf(text), text: text, line: r.input.number()}
	for {
		ask := st.goesOn()
		if ask == "" {
			break
		}
		more, err := r.input.next(ask)
		if errors.Is(err, io.EOF) {
			break // doing it tells what is missing
		}
		if err != nil {
			return nil, err
		}
		st.text += "\n" + more
	}
	if st.kind == aCommand || st.kind == aDot {
		st.words = splitWords(st.text).words
	}
	if st.kind != nothing {
		r.input.remember(st.text)
	}
	return st, nil
}

// forLine returns a session for one line, so that no line changes what the next
// finds.
func (r *repl) forLine() *session {
	s := *r.session
	s.in = r.input
	if _, width := terminal(s.ui.out); width > 0 && s.getenv("COLUMNS") == "" {
		s.ui.width = width // the window may have changed
	}
	return &s
}

// do does a statement in a session.
func (r *repl) do(ctx context.Context, st *statement, s *session) error {
	switch st.kind {
	case aDot:
		return r.dot(ctx, st, s)
	case aScript:
		r.last = st
		return s.run(ctx, slices.Concat(r.global, []string{"query", "--", st.text}))
	case aCommand:
		if splitWords(st.text).quote != 0 {
			return &usageError{text: "a quote is not closed"}
		}
		if st.words[0] == "repl" {
			return &usageError{text: "this is the repl"}
		}
		if c := r.app.Command(st.words[0]); c != nil && c.Category == lookUp {
			r.last = st
		}
		return s.run(ctx, slices.Concat(r.global, st.words))
	case aQuestion:
		r.last = st
		return s.run(ctx, slices.Concat(r.global, []string{"ask", "--", strings.TrimSpace(st.text)}))
	}
	return nil
}

// longestError bounds what is shown of an error in columns: it may quote the line.
const longestError = 1000

// say tells what went wrong, with the line where lines have numbers, and is folded
// for a user.
func (r *repl) say(st *statement, err error) {
	note := func(text string) {
		text = cut(clean(oneLine(text)), longestError)
		if st.line > 0 {
			r.ui.note("line %d: %s", st.line, text)
		} else {
			r.ui.note("%s", fold(text, r.forLine().ui.textWidth(), ""))
		}
	}
	var usage *usageError
	switch {
	case errors.As(err, &usage):
		note(usage.text)
		if usage.command != nil {
			r.ui.note("usage: %s  (%s --help; a question in English ends in ?)", strings.TrimPrefix(usageLine(usage.command), "entente "), usage.command.Name)
		}
	case errors.Is(err, context.Canceled):
		note("interrupted")
	case (errors.Is(err, errSaid) || errors.Is(err, errSomeFailed)) && st.line == 0: // a user has seen it
	default:
		note(explain(err))
	}
}

// save asks the last question again and writes the answer to a new file, in the
// format of the file's name.
func (r *repl) save(ctx context.Context, s *session, name string) error {
	if r.last == nil {
		return errors.New("nothing was asked yet that .save could write")
	}
	var out bytes.Buffer
	s.ui.out, s.ui.tty, s.ui.width, s.ui.color = &out, false, 0, false
	s.mode, s.after = formatOf(name, s.mode), r.last.after
	if err := r.do(ctx, r.last, s); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; .save writes new files only", name)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(out.Bytes())
	if err = errors.Join(err, f.Close()); err == nil {
		r.ui.note("saved: %s", name)
	}
	return err
}

// formatOf returns the format of an answer in a file: by the end of its name, else
// the one that is set, else a table.
func formatOf(name, set string) string {
	for _, f := range formats {
		if strings.HasSuffix(name, "."+f) {
			return f
		}
	}
	if strings.HasSuffix(name, ".txt") || set == "" {
		return "table"
	}
	return set
}
