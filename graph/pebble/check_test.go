package pebble

import (
	"context"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// TestCheck breaks each part of a store behind its back. Check must notice.
func TestCheck(t *testing.T) {
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
	tests := []struct {
		name  string
		spoil func(s *Store) func(*crdb.Batch) error
		want  string
	}{
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
		{"stray key", func(s *Store) func(*crdb.Batch) error { return set([]byte("zzz"), nil) }, "belongs to nothing"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			s := newMemory(t)
			apply(t, s, "+a p b l", "+b p c")
			q := quad.Quad{Subject: quad.IRI("b"), Predicate: quad.IRI("p"), Object: huge}
			if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
				t.Fatal(err)
			}
			checkStore(t, s)
			b := s.db.NewBatch()
			if err := c.spoil(s)(b); err != nil {
				t.Fatal(err)
			}
			if err := b.Commit(crdb.Sync); err != nil {
				t.Fatal(err)
			}
			problems, err := s.Check(context.Background())
			if err != nil || !strings.Contains(strings.Join(problems, "\n"), c.want) {
				t.Errorf("Check() = %q, %v, want %q", problems, err, c.want)
			}
		})
	}
}
