// Package loader turns reports into readings: a source's bytes in, claims with
// their evidence out, and on to a graph.
//
// [New] loads the language model and the gazetteer once; [Reader.Read] reads
// one report. Reading is a pure function of the bytes and of what [Meta] says:
// no clock, no network, no store; the same bytes give the same reading, on one
// core or many. [Reader.Load] reads many sources and adds them to a graph.
//
// The steps, each a package: source (here), internal/english (sentences, tags,
// trees), internal/names (actors and coreference), internal/when (dates),
// internal/event (claims).
package loader

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/names"
	"github.com/entente-kg/entente/internal/when"
)

// Version names this reader. A graph replaces a reading made by another one.
const Version = "1"

// Reader reads reports. It is immutable once made and safe for concurrent use.
type Reader struct {
	model     *english.Model
	gazetteer *names.Gazetteer
	frames    *event.Frames
}

// New returns a reader over the embedded model, gazetteer and frames. It takes
// about a fifth of a second.
func New() (*Reader, error) {
	model, err := english.Default()
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	gazetteer, err := names.NewGazetteer()
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	frames, err := event.ReadFrames(data.FS)
	if err != nil {
		return nil, err
	}
	return &Reader{model: model, gazetteer: gazetteer, frames: frames}, nil
}
