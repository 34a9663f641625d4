package main

import (
	"regexp"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// kind is what a line is.
type kind int

const (
	nothing   kind = iota // blank, or a remark
	aDot                  // a dot-command
	aScript               // Gizmo
	aCommand              // a command of the program
	aQuestion             // a question in English
)

// gizmoBegins is how a line begins that is Gizmo: a member of g, or a call.
var gizmoBegins = regexp.MustCompile(`^(g|graph)\s*\.|^[A-Za-z_$][\w$]*\(`)

// kindOf tells what a line is. The rules are tried in this order, which .help and
// docs/repl.md tell too: a dot-command begins with a dot, Gizmo as gizmoBegins has
// it, or all is Gizmo; a line that ends in "?" is a question; one whose first word is
// a command's name or a flag is a command; all else is a question.
func (r *repl) kindOf(line string) kind {
	line = strings.TrimSpace(line)
	first, _, _ := strings.Cut(line, " ")
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
		return nothing
	case strings.HasPrefix(line, "."), dotWord(line):
		return aDot
	case r.gizmo || gizmoBegins.MatchString(line):
		return aScript
	case strings.HasSuffix(line, "?"):
		return aQuestion
	case r.app.Command(first) != nil || first == "help" || strings.HasPrefix(first, "-"):
		return aCommand
	}
	return aQuestion
}

// dotWord reports whether a line is a word that users try: help, exit, quit.
func dotWord(line string) bool { return line == "help" || line == "exit" || line == "quit" }

// goesOn returns the prompt for the next line of a statement that is not finished,
// "" where it is: Gizmo goes on while a bracket is open or a step is missing, a
// command while a quote is.
func (st *statement) goesOn() string {
	switch {
	case st.kind == aScript && graph.Unfinished(st.text):
		return promptUnclosed
	case st.kind == aCommand && splitWords(st.text).quote != 0:
		return promptQuote
	}
	return ""
}
