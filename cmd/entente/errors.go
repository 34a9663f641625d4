package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/entente-kg/entente/graph"
)

// explain is an error in one line, with what helps where the command knows it
// better than the library.
func explain(err error) string {
	var unknown *graph.UnknownNameError
	if errors.As(err, &unknown) {
		return unknownName(unknown)
	}
	text := err.Error()
	switch {
	case errors.Is(err, graph.ErrTimeout):
		text += "; --timeout 60s gives it more"
	case errors.Is(err, graph.ErrMemory):
		text += "; --max-memory 4096 gives it more"
	}
	return text
}

// unknownName offers the nearest names.
func unknownName(e *graph.UnknownNameError) string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("unknown name %q; entente claims lists what there is", e.Name)
	}
	var near []string
	for _, n := range e.Nearest {
		near = append(near, n.Name)
	}
	return fmt.Sprintf("unknown name %q; did you mean %s?", e.Name, strings.Join(near, " or "))
}
