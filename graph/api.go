package graph

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	entente "github.com/entente-kg/entente"
)

var errStub = errors.New("graph: not written yet")

type GizmoOptions struct {
	Timeout   time.Duration // 0 = 10 s
	Limit     int           // rows; 0 = 10,000
	MaxMemory uint64        // growth of the heap in bytes; 0 = 1 GiB
}

type Row map[string]any

type Node struct {
	IRI  string `json:"iri"`
	Name string `json:"name,omitempty"`
}

func (g *Graph) Gizmo(ctx context.Context, script string, o GizmoOptions) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) { yield(nil, errStub) }
}

// Format is a form of export.
type Format string

const NQuads Format = "nquads"

func (g *Graph) Export(ctx context.Context, w io.Writer, f Format) error    { return errStub }
func (g *Graph) Import(ctx context.Context, r io.Reader) (n int, err error) { return 0, errStub }

type Stats struct {
	Reports    int                      `json:"reports"`
	Texts      int                      `json:"texts"`
	Claims     int                      `json:"claims"`
	ByRelation map[entente.Relation]int `json:"by_relation,omitempty"`
	ByStatus   map[entente.Status]int   `json:"by_status,omitempty"`
	Entities   int                      `json:"entities"`
	ByKind     map[entente.Kind]int     `json:"by_kind,omitempty"`
	Merges     int                      `json:"merges"`
	Quads      int                      `json:"quads"`
}

func (g *Graph) Stats(ctx context.Context) (Stats, error) { return Stats{}, errStub }

type Fault struct {
	Where string `json:"where"` // a node, or a part of the store
	Text  string `json:"text"`
}

func (g *Graph) Check(ctx context.Context) ([]Fault, error) { return nil, errStub }
