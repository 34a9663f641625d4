package pebble

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// sorter puts any number of keys in order within a bound of memory: what does not
// fit is written to files as sorted runs, which are merged in the end (Knuth, The
// Art of Computer Programming, volume 3, section 5.4). Keys may come twice.
type sorter struct {
	fs    vfs.FS
	name  string // of the files, without their number
	limit int    // bytes in memory

	arena   []byte
	records []record
	runs    []string
}

// record is a key, and behind it the content, in the arena.
type record struct {
	head  uint64 // the first bytes of the key, which decide most comparisons
	start uint32
	key   uint16
	value uint16
}

// deleted stands for the length of the content of a key that is to be deleted.
const deleted = 1<<16 - 1

// headSkip is the length of the beginning that all keys of a sorter share: the tag.
const headSkip = 1

// set takes a key with its content.
func (s *sorter) set(key, value []byte) error { return s.put(key, value, len(value)) }

// remove takes a key that is to be deleted.
func (s *sorter) remove(key []byte) error { return s.put(key, nil, deleted) }

func (s *sorter) put(key, value []byte, length int) error {
	if len(s.arena)+len(key)+len(value)+len(s.records)*16 > s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	r := record{head: headOf(key), start: uint32(len(s.arena)), key: uint16(len(key)), value: uint16(length)}
	s.arena = append(append(s.arena, key...), value...)
	s.records = append(s.records, r)
	return nil
}

func headOf(key []byte) uint64 {
	var b [8]byte
	copy(b[:], key[headSkip:])
	return binary.BigEndian.Uint64(b[:])
}

func (s *sorter) keyOf(r record) []byte { return s.arena[r.start : r.start+uint32(r.key)] }

func (s *sorter) valueOf(r record) []byte {
	if r.value == deleted {
		return nil
	}
	at := r.start + uint32(r.key)
	return s.arena[at : at+uint32(r.value)]
}

func (s *sorter) sort() {
	slices.SortFunc(s.records, func(a, b record) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return bytes.Compare(s.keyOf(a), s.keyOf(b))
	})
}

// spill writes what is in memory as a run.
func (s *sorter) spill() (err error) {
	s.sort()
	name := fmt.Sprintf("%s.%d", s.name, len(s.runs))
	f, err := s.fs.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	s.runs = append(s.runs, name)
	w := bufio.NewWriterSize(f, 1<<18)
	var head [6]byte
	for _, r := range s.records {
		binary.LittleEndian.PutUint16(head[:], r.key)
		binary.LittleEndian.PutUint16(head[2:], r.value)
		_, _ = w.Write(head[:4]) // a failure stays with w
		_, _ = w.Write(s.keyOf(r))
		_, _ = w.Write(s.valueOf(r))
	}
	s.arena, s.records = s.arena[:0], s.records[:0]
	return errors.Join(w.Flush(), f.Close())
}

// each calls f with every key in order, and gives the memory and the files up. The
// bytes are valid during the call only; remove says that the key is to be deleted.
func (s *sorter) each(f func(key, value []byte, remove bool) error) error {
	s.sort()
	if len(s.runs) == 0 {
		for _, r := range s.records {
			if err := f(s.keyOf(r), s.valueOf(r), r.value == deleted); err != nil {
				return err
			}
		}
		*s = sorter{}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.arena, s.records = nil, nil
	return s.merge(f)
}

// merge reads all runs together.
func (s *sorter) merge(f func(key, value []byte, remove bool) error) (err error) {
	var runs merge
	defer func() {
		for _, r := range runs {
			_ = r.file.Close()
		}
	}()
	for _, name := range s.runs {
		file, err := s.fs.Open(name, vfs.SequentialReadsOption)
		if err != nil {
			return err
		}
		r := &run{file: file, in: bufio.NewReaderSize(file, 1<<17)}
		runs = append(runs, r)
		if err := r.next(); err != nil {
			return err
		}
	}
	heap.Init(&runs)
	for len(runs) > 0 {
		r := runs[0]
		if err := f(r.key, r.value, r.remove); err != nil {
			return err
		}
		switch err := r.next(); {
		case err == nil:
			heap.Fix(&runs, 0)
		case err == io.EOF:
			heap.Pop(&runs)
			_ = r.file.Close()
		default:
			return err
		}
	}
	for _, name := range s.runs {
		_ = s.fs.Remove(name)
	}
	return nil
}

// run is a file of sorted keys while it is read.
type run struct {
	file       vfs.File
	in         *bufio.Reader
	key, value []byte
	remove     bool
}

// next reads one key; the error at the end is io.EOF.
func (r *run) next() error {
	var head [4]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return err
	}
	key, value := int(binary.LittleEndian.Uint16(head[:])), int(binary.LittleEndian.Uint16(head[2:]))
	if r.remove = value == deleted; r.remove {
		value = 0
	}
	r.key, r.value = slices.Grow(r.key[:0], key)[:key], slices.Grow(r.value[:0], value)[:value]
	if _, err := io.ReadFull(r.in, r.key); err != nil {
		return io.ErrUnexpectedEOF
	}
	if _, err := io.ReadFull(r.in, r.value); err != nil {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// merge is a heap of runs.
type merge []*run

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return bytes.Compare(m[i].key, m[j].key) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*run)) }
func (m *merge) Pop() any {
	old := *m
	r := old[len(old)-1]
	*m = old[:len(old)-1]
	return r
}
