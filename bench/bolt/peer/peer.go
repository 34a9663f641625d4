// Package peer is what the engines of the benchmark share that are written in
// Go: the nine questions, the workload's files, and the clock.
//
// It knows neither entente nor Cayley's stores, and needs of module quad no more
// than v1.2.4 has, so that bolt, which does not compile with later ones, can use
// it too.
package peer

import (
	"time"

	"github.com/cayleygraph/quad"
)

// Engine is a database under test.
type Engine interface {
	// Load makes a database of the file of quads in the folder dir, which is
	// empty, and closes it.
	Load(file, dir string) error
	// Open opens what Load made. The first answer may take as long as it likes.
	Open(dir string, known Vocabulary) (Store, error)
}

// Volatile is an Engine whose database is gone with the process; there is
// nothing to open and no size on the disk.
type Volatile interface{ Volatile() }

// Preparer is an Engine that has something to set up, such as a server, before
// the clock of loading starts.
type Preparer interface{ Prepare(dir string) error }

// Sizer is an Engine that knows better than its folder how much of the disk its
// database takes.
type Sizer interface{ Size() (int64, error) }

// Resident is an Engine that has another process work for it, whose peak memory
// in KiB counts too.
type Resident interface{ Resident() (int64, error) }

// Vocabulary is what an application knows of the graph before it asks: the terms
// of the predicates that are plain edges, all of which begin with "<rel:".
type Vocabulary struct {
	Relations []string `json:"relations"`
}

// Answer gives an answer as the strings that README.md says, in no order unless
// the question has one. It is called when the clock has stopped: the engine has
// its terms by then, in whatever form is its own, and has only to write them down.
type Answer func() []string

// Store is an open database with the questions of README.md, by number. A
// parameter is a term in N-Quads, but for the code of a state and times.
type Store interface {
	Title(report string) (Answer, error) // the trivial question that ends measure "open"

	TwoHop(a, b string) (Answer, error)
	Pair(a, b string) (Answer, error) // in order
	Officials(state string, since, until time.Time) (Answer, error)
	CountByRelation() (Answer, error)
	Hops(a, b string) (Answer, error)
	InOrder(a, b string) (Answer, error)
	Report(report string) (Answer, error)
	Add(quads []Quad) (Answer, error) // ErrCannot where what was added could be lost again
	Reach(a string) (Answer, error)

	Close() error
}

// Quad is a quad in the two forms that engines have.
type Quad struct {
	quad.Quad
	Terms [4]string // subject, predicate, object, label in N-Quads
}

// MaxHops is how long a path of question 5 may be.
const MaxHops = 6

// NoPath is its answer where there is none.
const NoPath = "-"

// InOrderHops is how long a path of question 9 may be. Its answer is as that of
// question 5.
const InOrderHops = 4

// ReachHops is how far question 8 goes.
const ReachHops = 3
