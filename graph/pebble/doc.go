// Package pebble is the embedded quad store of entente: Cayley's
// [graph.QuadStore] (v0.7.7) on Pebble, a log-structured key-value store.
//
// Open a folder with [Open], or a store in memory with [OpenMemory]; both give a
// [Store], which Cayley's paths, shapes and Gizmo take as it is. With Cayley's
// registry the store is named "pebble". One process writes or many read; within
// a process many goroutines read beside one that writes, and a [Store.Snapshot]
// shows all of them one state.
//
// # The folder
//
//	DIR/meta/format   one line, "entente store 1"; written last when a store is made
//	DIR/meta/lock     flock: exclusive for a writer, whose process id it holds, else shared
//	DIR/meta/seal     what a clean close or a load left: name, size and SHA-256 of the manifest, count of batches
//	DIR/data/…        Pebble's files
//
// A folder that holds anything else is refused and never written to.
//
// # The keys
//
// A value (an IRI, a string, a number …) is stored once and has a number, which
// is never used again; a quad is four numbers. Numbers are 8 bytes, big-endian.
//
//	m                   next number, quads, values, batches (four uvarints)
//	h HASH              number of the value with that hash: 16 bytes of the SHA-256 of its canonical form
//	v NUMBER            the value: a byte for its kind, then its content (value.go)
//	n NUMBER            in how many quads it is subject, predicate, object, label (four uvarints)
//	s S P O L           every quad, four times: any subset of subject, predicate and
//	p P O S L           object, and a label alone or with subject or subject and predicate,
//	o O S P L           is the start of one of these, so it is read by one scan of
//	l L S P O           neighbouring keys; l holds only quads with a label
//
// A label together with only a predicate or an object is read from the shorter
// of two scans and filtered. The counts of n are exact after every batch, so a
// value leaves with its last quad and sizes are true.
//
// # Writing
//
// [Store.ApplyDeltas] is one atomic batch, on the disk when it returns. The
// deltas are taken in order; one that fails leaves the store as it was.
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
// # What is left out
//
// No order by value (a date range reads each candidate's value), no text index,
// no horizon or history, no reading beside another process that writes, no cure
// for Cayley's own faults above the store (an except() of an unknown value).
//
// [graph.QuadStore]: https://pkg.go.dev/github.com/cayleygraph/cayley@v0.7.7/graph#QuadStore
package pebble
