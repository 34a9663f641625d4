package pebble

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// damage is something that a store has of which no file is damaged.
type damage struct {
	name  string
	spoil func(s *Store) func(*crdb.Batch) error
	want  string
}

// damages break each part of the store that spoilt makes.
func damages() []damage {
	link := func(s *Store) Link {
		var l Link
		for i, d := range quad.Directions {
			l[i] = s.ValueOf(quad.IRI([]string{"a", "p", "b", "l"}[i])).(Node)
			_ = d
		}
		return l
	}
	del := func(key []byte) func(*crdb.Batch) error {
		return func(b *crdb.Batch) error { return b.Delete(key, nil) }
	}
	set := func(key, value []byte) func(*crdb.Batch) error {
		return func(b *crdb.Batch) error { return b.Set(key, value, nil) }
	}
	return []damage{
		{"quad lost in s", func(s *Store) func(*crdb.Batch) error { return del(indexes[0].appendKey(nil, link(s))) }, "not in index s"},
		{"quad lost in p", func(s *Store) func(*crdb.Batch) error { return del(indexes[1].appendKey(nil, link(s))) }, "not in index p"},
		{"quad lost in o", func(s *Store) func(*crdb.Batch) error { return del(indexes[2].appendKey(nil, link(s))) }, "not in index o"},
		{"quad lost in l", func(s *Store) func(*crdb.Batch) error { return del(indexes[3].appendKey(nil, link(s))) }, "not in index l"},
		{"quad too many in o", func(s *Store) func(*crdb.Batch) error {
			return set(indexes[2].appendKey(nil, link(s).with(quad.Label, 0)), nil)
		}, "not in index s"},
		{"key cut short", func(s *Store) func(*crdb.Batch) error { return set([]byte("sxyz"), nil) }, "no quad"},
		{"value lost", func(s *Store) func(*crdb.Batch) error { return del(nodeKey(tagValue, link(s)[0])) }, "do not lead to each other"},
		{"value changed", func(s *Store) func(*crdb.Batch) error { return set(nodeKey(tagValue, link(s)[0]), []byte("ix")) }, "do not lead to each other"},
		{"value broken", func(s *Store) func(*crdb.Batch) error { return set(nodeKey(tagValue, link(s)[0]), []byte("?")) }, "stored value"},
		{"value too many", func(s *Store) func(*crdb.Batch) error { return set(nodeKey(tagValue, 77), []byte("ix")) }, "is in no quad"},
		{"key of a value lost", func(s *Store) func(*crdb.Batch) error {
			key, _ := dictKey(quad.IRI("a"))
			return del(key)
		}, "do not lead to each other"},
		{"order lost", func(s *Store) func(*crdb.Batch) error { return del(orderedKey(huge, s.ValueOf(huge).(Node))) }, "in order"},
		{"number with a number", func(s *Store) func(*crdb.Batch) error {
			return set(nodeKey(tagValue, link(s)[0]), []byte{kindBool, 1})
		}, "its own number"},
		{"counts of no value", func(s *Store) func(*crdb.Batch) error {
			return set(nodeKey(tagCounts, inlined|9<<typeShift), appendUvarints(nil, 1, 0, 0))
		}, "stands for no value"},
		{"counts wrong", func(s *Store) func(*crdb.Batch) error {
			return set(nodeKey(tagCounts, link(s)[1]), appendUvarints(nil, 0, 9, 0))
		}, "has counts"},
		{"counts lost", func(s *Store) func(*crdb.Batch) error { return del(nodeKey(tagCounts, link(s)[1])) }, "counts for"},
		{"totals wrong", func(s *Store) func(*crdb.Batch) error {
			return set([]byte{tagCounters}, counters{next: 100, quads: 9, values: 5}.encode())
		}, "totals are"},
		{"number used again", func(s *Store) func(*crdb.Batch) error {
			return set([]byte{tagCounters}, counters{next: 2, quads: 2, values: 5}.encode())
		}, "next number"},
		{"statement lost", func(s *Store) func(*crdb.Batch) error {
			return func(b *crdb.Batch) error { return b.DeleteRange([]byte{tagStatements}, []byte{tagStatements + 1}, nil) }
		}, "statements"},
		{"statement too many", func(s *Store) func(*crdb.Batch) error {
			st := Statement{Self: 1, Other: 2, ID: 3}
			return set(st.key(nil), st.content(1))
		}, "statements"},
		{"no statement", func(s *Store) func(*crdb.Batch) error { return set([]byte("exyz"), nil) }, "no statement"},
		{"stray key", func(s *Store) func(*crdb.Batch) error { return set([]byte("zzz"), nil) }, "belongs to nothing"},
	}
}

// spoilt makes a store and breaks it behind its back.
func spoilt(t *testing.T, fsys vfs.FS, d damage) (s *Store, before []string) {
	t.Helper()
	s, err := Open("store", Options{FS: fsys, Reification: reified, LockWait: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	apply(t, s, "+a p b l", "+b p c", "+claim a x l", "+claim b y l", "+claim d z l")
	q := quad.Quad{Subject: quad.IRI("b"), Predicate: quad.IRI("p"), Object: huge}
	if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	checkStore(t, s)
	if before, err = quadsOf(s); err != nil {
		t.Fatal(err)
	}
	spoil(t, s, d.spoil(s))
	return s, before
}

// spoil writes to a store what the store would not.
func spoil(t *testing.T, s *Store, f func(*crdb.Batch) error) {
	t.Helper()
	b := s.db.NewBatch()
	if err := errors.Join(f(b), b.Commit(crdb.Sync)); err != nil {
		t.Fatal(err)
	}
}

// TestCheck: Check must notice each damage.
func TestCheck(t *testing.T) {
	for _, d := range damages() {
		t.Run(d.name, func(t *testing.T) {
			s, _ := spoilt(t, vfs.NewMem(), d)
			problems, err := s.Check(context.Background())
			if err != nil || !strings.Contains(strings.Join(problems, "\n"), d.want) {
				t.Errorf("Check() = %q, %v, want %q", problems, err, d.want)
			}
		})
	}
}
