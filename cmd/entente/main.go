// Command entente turns news reports into a graph of claims about relations
// between states, and answers questions about it with the sentence that proves
// each answer.
//
//	entente demo
//	entente load report.txt
//	entente between Russia "North Korea" --since 2023
//
// Data goes to standard output, words to standard error. Exit status: 0 done
// (also when nothing was found), 1 failed, 2 wrong usage, 3 some of several
// inputs failed, 130 interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50) // a fifth less memory where many reports are read, for a tenth of the time
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// The exit statuses other than 0.
const (
	statusFailed      = 1
	statusUsage       = 2
	statusSomeFailed  = 3
	statusInterrupted = 130
)

// run does what one command line asks for and returns the exit status. The
// first interrupt ends the work in good order, a second one ends the process.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	s := newSession(stdin, stdout, stderr, os.Getenv)
	return s.exit(ctx, s.run(ctx, args))
}

// errSomeFailed says that some of several inputs failed; what failed was said
// when it happened.
var errSomeFailed = errors.New("some inputs failed")

// errSaid ends a command that has itself said what went wrong.
var errSaid = errors.New("failed")

// exit says what went wrong and returns the exit status for it.
func (s *session) exit(ctx context.Context, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(s.ui.err, "entente: %s\n%s\n", oneLine(usage.text), usage.hint())
		return statusUsage
	case ctx.Err() != nil:
		if !errors.Is(err, errSaid) {
			fmt.Fprintln(s.ui.err, "entente: interrupted")
		}
		return statusInterrupted
	case errors.Is(err, errSomeFailed):
		return statusSomeFailed
	case errors.Is(err, syscall.EPIPE): // the reader of our output has gone
		return 0
	case !errors.Is(err, errSaid):
		fmt.Fprintf(s.ui.err, "entente: %s\n", oneLine(explain(err)))
	}
	return statusFailed
}
