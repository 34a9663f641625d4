package main

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// ui is where words and data go, and what is on the other end.
type ui struct {
	out, err           io.Writer
	inTTY, tty, errTTY bool // standard input, out, err is a terminal
	width              int  // columns of the terminal; 0: no limit
	color              bool
	getenv             func(string) string
}

// palette holds the escape sequences in use, all "" without colour.
type palette struct{ bold, dim, red, yellow, off string }

var ansi = palette{bold: "\x1b[1m", dim: "\x1b[2m", red: "\x1b[31m", yellow: "\x1b[33m", off: "\x1b[0m"}

// newUI looks at the three ends and at the variables COLUMNS, NO_COLOR,
// CLICOLOR_FORCE and TERM.
func newUI(in io.Reader, out, errOut io.Writer, getenv func(string) string) ui {
	u := ui{out: out, err: errOut, getenv: getenv}
	u.tty, u.width = terminal(out)
	u.errTTY, _ = terminal(errOut)
	u.inTTY, _ = terminal(in)
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		u.width = n
	}
	_ = u.setColor("auto")
	return u
}

// terminal reports whether w is a terminal, and its width.
func terminal(w any) (bool, int) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return false, 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 80
	}
	return true, width
}

// setColor decides on colour: the flag wins over the variables, those over the
// terminal.
func (u *ui) setColor(when string) error {
	switch when {
	case "always":
		u.color = true
	case "never":
		u.color = false
	case "auto":
		force := u.getenv("CLICOLOR_FORCE")
		switch {
		case u.getenv("NO_COLOR") != "":
			u.color = false
		case force != "" && force != "0":
			u.color = true
		default:
			u.color = u.tty && u.getenv("TERM") != "dumb"
		}
	default:
		return &usageError{text: fmt.Sprintf("--color cannot be %q; it is auto, always or never", when)}
	}
	return nil
}

// colors returns the palette to write with.
func (u *ui) colors() palette {
	if u.color {
		return ansi
	}
	return palette{}
}

// note writes one line of words to standard error.
func (u *ui) note(format string, args ...any) {
	fmt.Fprintf(u.err, format+"\n", args...)
}
