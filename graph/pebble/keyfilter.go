package pebble

import (
	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
)

// keyFilter is a Bloom filter over the keys that are looked up one by one: the
// dictionary and the counts. Those of the indexes and the statements are read in
// ranges, which a filter does not help, and would take four fifths of it; only
// whether a quad is there, all of whose values are, is asked without one.
type keyFilter struct{ bloom.FilterPolicy }

// filterPolicy has ten bits a key: one look-up in a hundred for what is not there
// reads a block for nothing.
var filterPolicy crdb.FilterPolicy = keyFilter{10}

func isRange(key []byte) bool {
	if len(key) == 0 {
		return false
	}
	switch key[0] {
	case 's', 'p', 'o', 'l', tagStatements, tagOrdered:
		return true
	}
	return false
}

// Name implements FilterPolicy; a table is read with the filter that it was written
// with.
func (f keyFilter) Name() string { return "entente.values" }

// MayContain implements FilterPolicy.
func (f keyFilter) MayContain(kind crdb.FilterType, filter, key []byte) bool {
	return isRange(key) || f.FilterPolicy.MayContain(kind, filter, key)
}

// NewWriter implements FilterPolicy.
func (f keyFilter) NewWriter(kind crdb.FilterType) crdb.FilterWriter {
	return filterWriter{f.FilterPolicy.NewWriter(kind)}
}

type filterWriter struct{ crdb.FilterWriter }

// AddKey implements FilterWriter.
func (w filterWriter) AddKey(key []byte) {
	if !isRange(key) {
		w.FilterWriter.AddKey(key)
	}
}
