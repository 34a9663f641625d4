package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/peterh/liner"
)

// pipe is lines of a file or another program. They are numbered, and a command
// reads nothing from standard input: that would eat the lines to come.
type pipe struct {
	r *bufio.Reader
	n int
}

func newPipe(in io.Reader) *pipe { return &pipe{r: bufio.NewReader(in)} }

func (p *pipe) next(string) (string, error) {
	line, err := p.r.ReadString('\n')
	if line == "" && err != nil {
		return "", err
	}
	if p.n++; p.n == 1 {
		line = strings.TrimPrefix(line, "\ufeff") // as editors on Windows begin a file
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func (p *pipe) number() int     { return p.n }
func (p *pipe) remember(string) {}
func (p *pipe) close()          {}

func (p *pipe) during(ctx context.Context, f func(context.Context) error) error { return f(ctx) }

// errNoInput is the error of a command that wants standard input.
var errNoInput = errors.New("standard input belongs to the repl")

func (p *pipe) Read([]byte) (int, error) { return 0, errNoInput }

// terminalInput is lines of a user, edited with liner. Between two lines the
// terminal is as a program wants it, but for the echo.
type terminalInput struct {
	line    *liner.State
	history history
	signals chan os.Signal
	answer  *strings.Reader // what a command was answered and has not read yet

	mu     sync.Mutex
	cancel context.CancelFunc // stops what runs; nil where a line is awaited
	ended  bool               // by a signal
}

func newTerminal(r *repl) *terminalInput {
	t := &terminalInput{line: liner.NewLiner(), signals: make(chan os.Signal, 1), answer: strings.NewReader("")}
	t.line.SetCtrlCAborts(true)
	t.line.SetMultiLineMode(true)
	t.line.SetBeep(false)
	t.line.SetWordCompleter((&lineCompleter{repl: r}).complete)
	t.history.path, t.history.err = r.historyPath()
	for _, text := range t.history.read() {
		t.line.AppendHistory(text)
	}
	if t.history.err != nil {
		r.ui.note("no history is kept: %v", t.history.err)
	}
	signal.Notify(t.signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go t.watch()
	return t
}

// watch stops what runs on an interrupt. Any other signal ends the program: at
// once where it waits for a line, since nothing else can end that.
func (t *terminalInput) watch() {
	for sig := range t.signals {
		t.mu.Lock()
		t.ended = t.ended || sig != os.Interrupt
		waits := t.cancel == nil
		if !waits {
			t.cancel()
		}
		t.mu.Unlock()
		if waits && sig != os.Interrupt {
			_ = t.line.Close()
			os.Exit(statusInterrupted)
		}
	}
}

func (t *terminalInput) next(prompt string) (string, error) {
	t.mu.Lock()
	ended := t.ended
	t.mu.Unlock()
	if ended {
		return "", io.EOF
	}
	text, err := t.line.Prompt(prompt)
	if errors.Is(err, liner.ErrPromptAborted) {
		err = errCleared
	}
	return text, err
}

func (t *terminalInput) number() int { return 0 }

func (t *terminalInput) remember(text string) {
	for _, entry := range entries(text) {
		t.line.AppendHistory(entry)
		t.history.add(entry)
	}
}

func (t *terminalInput) during(ctx context.Context, f func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t.running(cancel)
	defer t.running(nil)
	err := f(ctx)
	if ctx.Err() != nil && err != nil && !errors.Is(err, errSaid) {
		err = ctx.Err()
	}
	return err
}

func (t *terminalInput) running(cancel context.CancelFunc) {
	t.mu.Lock()
	t.cancel = cancel
	t.mu.Unlock()
}

// Read gives a command one line that the user types, when it asks for one. Its
// question stays on the line above, which the editor would clear.
func (t *terminalInput) Read(b []byte) (int, error) {
	if t.answer.Len() == 0 {
		fmt.Println()
		text, err := t.line.Prompt("> ")
		if err != nil {
			return 0, io.EOF
		}
		t.answer = strings.NewReader(text + "\n")
	}
	return t.answer.Read(b)
}

func (t *terminalInput) close() {
	signal.Stop(t.signals)
	close(t.signals)
	_ = t.line.Close()
}
