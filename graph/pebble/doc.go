// Package pebble is the embedded quad store of entente: Cayley's
// [graph.QuadStore] (v0.7.7) on Pebble, a log-structured key-value store.
//
// Open a folder with [Open], or a store in memory with [OpenMemory]; both give a
// [Store], which Cayley's paths, shapes and Gizmo take as it is. With Cayley's
// registry the store is named "pebble". One process writes or many read; within
// a process many goroutines read beside one that writes, and a [Store.Snapshot]
// shows all of them one state. Few quads go in with [Store.ApplyDeltas], many
// with [Store.Load].
//
// Cayley's iterators are one way to read. [Store.Links] walks the quads of a
// pattern without them, [Store.Statements] what is said of a node or of two in
// order of time, [Store.Objects] and [Store.Size] count without reading quads.
//
// # The folder
//
//	DIR/meta/format   one line, "entente store 2"; written last when a store is made
//	DIR/meta/lock     flock: exclusive for a writer, whose process id it holds, else shared
//	DIR/meta/seal     what a clean close or a load left: name, size and SHA-256 of the manifest, count of batches
//	DIR/data-2/…      Pebble's files (of format 1: DIR/data)
//	DIR/bulk/…        what a load in progress sorts; nothing that counts
//
// A folder that holds anything else is refused and never written to. [Upgrade]
// makes a store of format 1 one of format 2.
//
// # The keys
//
// A value (an IRI, a string, a number …) has a number, which never stands for
// another; a quad is four numbers. A number, truth value or whole second that is
// small enough is its own number (inline.go), so that a range of values is a range
// of keys; any other value is kept once, in the dictionary. In keys numbers take
// three bytes, five or eight, and sort as they do (key.go).
//
//	m                         next number, quads, values, batches (four uvarints)
//	m e                       the reification, in JSON; missing where there is none
//	d VALUE                   number of a value of the dictionary whose stored form has at most 40 bytes
//	h HASH                    number of a longer one: 16 bytes of the SHA-256 of the stored form
//	v NUMBER                  the value: a byte for its kind, then its content (value.go)
//	r TYPE VALUE NUMBER       the numbers and times of the dictionary in order: those too large to be their own
//	n NUMBER                  in how many quads it is subject, predicate, label, and object by predicate
//	s S P O L                 every quad, four times: any subset of subject, predicate and
//	p P O S L                 object, and a label alone or with subject or subject and predicate,
//	o O S P L                 is the start of one of these, so it is read by one scan of
//	l L S P O                 neighbouring keys; l holds only quads with a label
//	e A B ORDER NODE L ROLE   the statements about A and B, from either end, with what is carried (statements.go)
//
// A label together with only a predicate or an object is read from the shorter
// of two scans and filtered: two indexes more would answer it in one, and add half
// to the size of all. The counts of n are exact after every batch, so a value
// leaves with its last quad and the sizes that a plan is made from are true.
//
// # Writing
//
// [Store.ApplyDeltas] is one atomic batch, on the disk when it returns. The
// deltas are taken in order; one that fails leaves the store as it was.
// [Store.Load] is one too, of any size (bulk.go).
//
// # When the disk fails
//
// Pebble ends the process on a failed write and on a damaged file. Here either
// stops the store instead: from then on every call returns the error that says
// what happened to which file and what helps ([ErrDamaged], syscall.ENOSPC …),
// no file is written any more, and opening the store again gives the state after
// the last acknowledged batch. Methods of the interface that have no error
// result (NameOf, ValueOf, Quad) return nothing then; [Store.Err] tells.
//
// # What it costs
//
// With the blocks in memory: a key of a range 0.05 to 0.1 µs, to begin a range
// 2 to 5 µs, a value by its number or a number by its value 1 µs, one that was read
// before a tenth of that; a batch the sync of the disk and about 5 µs a quad, a load
// about 1 µs of two cores.
//
// # What is left out
//
// No order of texts (a range of numbers or times is a range of keys, one of texts
// reads each candidate's value), no text index, no horizon or history, no reading
// beside another process that writes, no cure for Cayley's own faults above the
// store (an except() of an unknown value).
//
// [graph.QuadStore]: https://pkg.go.dev/github.com/cayleygraph/cayley@v0.7.7/graph#QuadStore
package pebble
