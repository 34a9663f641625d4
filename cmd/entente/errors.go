package main

import (
	"errors"

	"github.com/entente-kg/entente/graph"
)

// explain is an error with the flag that helps, where the library cannot know
// it.
func explain(err error) string {
	text := err.Error()
	switch {
	case errors.Is(err, graph.ErrTimeout):
		text += "; --timeout 60s gives it more"
	case errors.Is(err, graph.ErrMemory):
		text += "; --max-memory 4096 gives it more"
	}
	return text
}
