package graph

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	entente "github.com/entente-kg/entente"
)

// Options says how a graph is opened. The zero value opens it for reading and
// writing and waits five seconds for its lock.
type Options struct {
	ReadOnly bool          // several processes may read at once
	LockWait time.Duration // how long to wait while another process holds the store; 0 = 5 s, below 0 = not at all
}

// Graph is a store of readings. Its methods may be called from several
// goroutines.
type Graph struct{}

var errStub = errors.New("graph: not written yet")

func Open(path string, opts Options) (*Graph, error) { return nil, errStub }
func OpenMemory() (*Graph, error)                    { return nil, errStub }
func (g *Graph) Close() error                        { return errStub }

// Change says what Add did.
type Change int

const (
	Unchanged Change = iota // the graph held this very reading
	Added                   // the report is new
	Replaced                // the report was known; its reading is replaced whole
)

func (g *Graph) Add(ctx context.Context, r entente.Reading) (Change, error) { return 0, errStub }
func (g *Graph) AddAll(ctx context.Context, rs []entente.Reading) ([]Change, error) {
	return nil, errStub
}
func (g *Graph) Remove(ctx context.Context, id entente.ReportID) error { return errStub }

// ResolveReport returns the report whose ID begins with prefix. Errors:
// ErrNotFound, *AmbiguousError.
func (g *Graph) ResolveReport(ctx context.Context, prefix string) (entente.ReportID, error) {
	return "", errStub
}
func (g *Graph) Report(ctx context.Context, id entente.ReportID) (entente.Report, error) {
	return entente.Report{}, errStub
}
func (g *Graph) Reports(ctx context.Context) iter.Seq2[entente.Report, error] { return nil }
func (g *Graph) Reading(ctx context.Context, id entente.ReportID) (entente.Reading, error) {
	return entente.Reading{}, errStub
}
func (g *Graph) Entity(ctx context.Context, id entente.EntityID) (entente.Entity, error) {
	return entente.Entity{}, errStub
}
func (g *Graph) Entities(ctx context.Context) iter.Seq2[entente.Entity, error] { return nil }

// Find returns the entities that name means, the best kind of match only;
// several = ambiguous. None: *UnknownNameError.
func (g *Graph) Find(ctx context.Context, name string) ([]entente.Entity, error) {
	return nil, errStub
}

// FindOne is Find where one entity is wanted; several give *AmbiguousError.
func (g *Graph) FindOne(ctx context.Context, name string) (entente.Entity, error) {
	return entente.Entity{}, errStub
}

// Query says which claims are wanted. The zero value wants every claim.
type Query struct {
	Subject       []entente.EntityID    // one of these as subject
	Object        []entente.EntityID    // one of these as object
	Either        []entente.EntityID    // one of these in either role
	Between       [2][]entente.EntityID // one of the first set and one of the second, in either order
	Relations     []entente.Relation
	Statuses      []entente.Status
	Since, Until  entente.Date // the claim's date overlaps [Since, Until]; undated claims are left out when either is set
	Publisher     string       // exact, without case
	Report        entente.ReportID
	Place         []entente.EntityID
	MinConfidence float64
	Limit         int // 0 = no limit
}

func (q Query) String() string           { return "" }
func ParseQuery(s string) (Query, error) { return Query{}, errStub }

func (g *Graph) Claims(ctx context.Context, q Query) iter.Seq2[entente.Record, error] { return nil }
func (g *Graph) Claim(ctx context.Context, prefix string) (entente.Record, error) {
	return entente.Record{}, errStub
}

// Around yields the event claims that touch an entity, in either role, in
// order of time.
func (g *Graph) Around(ctx context.Context, id entente.EntityID) iter.Seq2[entente.Record, error] {
	return nil
}

// Same is a merge: A and B are one entity, shown as B.
type Same struct{ A, B entente.EntityID }

func (g *Graph) Merge(ctx context.Context, a, b entente.EntityID) error { return errStub }
func (g *Graph) Split(ctx context.Context, a entente.EntityID) error    { return errStub }
func (g *Graph) Merges(ctx context.Context) iter.Seq2[Same, error]      { return nil }

// GizmoOptions bounds a script.
type GizmoOptions struct {
	Timeout   time.Duration // 0 = 10 s
	Limit     int           // rows; 0 = 10,000
	MaxMemory uint64        // growth of the heap in bytes; 0 = 1 GiB
}

// Row is one result of a Gizmo query by tag; the result itself is under "id".
// Values: Node for an IRI, string, int64, float64, bool, time.Time, or what
// g.emit was given (maps, slices).
type Row map[string]any

// Node is an IRI in a Row with the name that it has in the graph.
type Node struct {
	IRI  string `json:"iri"`
	Name string `json:"name,omitempty"`
}

// Gizmo runs a script and yields its rows. After the last row that Limit
// allows it yields ErrTruncated when there were more. Errors: *ScriptError
// (with line and column), *UnknownNameError, *AmbiguousError, ErrTimeout,
// ErrMemory.
func (g *Graph) Gizmo(ctx context.Context, script string, o GizmoOptions) iter.Seq2[Row, error] {
	return nil
}

// Format is a form of export.
type Format string

const NQuads Format = "nquads"

func (g *Graph) Export(ctx context.Context, w io.Writer, f Format) error    { return errStub }
func (g *Graph) Import(ctx context.Context, r io.Reader) (n int, err error) { return 0, errStub }

// Stats counts what a graph holds. Two graphs with the same readings and
// merges have the same Stats.
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

// Fault is something in the store that is not as it should be.
type Fault struct {
	Where string `json:"where"` // a node, or a part of the store
	Text  string `json:"text"`
}

func (g *Graph) Check(ctx context.Context) ([]Fault, error)   { return nil, errStub }
func (g *Graph) Backup(ctx context.Context, dir string) error { return errStub }

var (
	ErrNotFound  = errors.New("not found")
	ErrTruncated = errors.New("more rows than the limit")
	ErrTimeout   = errors.New("the script ran out of time")
	ErrMemory    = errors.New("the script ran out of memory")
)

// UnknownNameError: no entity has the name; Nearest holds up to three that are like it, best first.
type UnknownNameError struct {
	Name    string
	Nearest []entente.Entity
}

func (e *UnknownNameError) Error() string { return "unknown name " + e.Name }

// AmbiguousError: a name or a beginning of an ID means several things.
type AmbiguousError struct {
	Name       string
	Candidates []entente.Entity // of a name
	IDs        []string         // of an ID
}

func (e *AmbiguousError) Error() string { return "ambiguous " + e.Name }

// ScriptError is an error in a Gizmo script.
type ScriptError struct {
	Line, Column int // from 1; 0 = unknown
	Text         string
}

func (e *ScriptError) Error() string { return e.Text }
