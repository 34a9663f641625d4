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

// sorter puts any number of records in order within a bound of memory: what does
// not fit is written to files as sorted runs, which are merged in the end (Knuth,
// The Art of Computer Programming, volume 3, section 5.4). A record may come twice.
type sorter[T any] struct {
	fs    vfs.FS
	name  string // of the files, without their number
	limit int    // records in memory
	kind  recordKind[T]

	records []T
	runs    []*scratch
}

// recordKind says how records compare and are kept in a file. A record that was
// read is valid until the next is read into it.
type recordKind[T any] struct {
	sort    func(records []T)
	compare func(a, b T) int
	write   func(w *bufio.Writer, r T) error
	read    func(in *bufio.Reader, into *T) error // io.EOF at the end
}

func (s *sorter[T]) add(r T) error {
	if len(s.records) >= s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.records = append(s.records, r)
	return nil
}

// spill writes what is in memory as a run.
func (s *sorter[T]) spill() error {
	s.kind.sort(s.records)
	f, err := newScratch(s.fs, fmt.Sprintf("%s.%d", s.name, len(s.runs)))
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	w := bufio.NewWriterSize(f, 1<<18)
	for _, r := range s.records {
		if err := s.kind.write(w, r); err != nil {
			return errors.Join(err, f.close())
		}
	}
	s.records = s.records[:0]
	return errors.Join(w.Flush(), f.close())
}

// each calls f with every record in order, and gives the memory and the files up.
func (s *sorter[T]) each(f func(T) error) error {
	records := s.records
	if len(s.runs) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
		s.records = nil
		return s.merge(f)
	}
	s.records = nil
	s.kind.sort(records)
	for _, r := range records {
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}

// merge reads all runs together.
func (s *sorter[T]) merge(f func(T) error) error {
	runs := &merging[T]{kind: s.kind}
	defer func() {
		for _, file := range s.runs {
			file.remove()
		}
	}()
	for _, file := range s.runs {
		if err := file.open(); err != nil {
			return err
		}
		r := &run[T]{in: bufio.NewReader(file)}
		runs.list = append(runs.list, r)
		if err := s.kind.read(r.in, &r.first); err != nil {
			return err
		}
	}
	heap.Init(runs)
	for len(runs.list) > 0 {
		r := runs.list[0]
		if err := f(r.first); err != nil {
			return err
		}
		switch err := s.kind.read(r.in, &r.first); err {
		case nil:
			heap.Fix(runs, 0)
		case io.EOF:
			heap.Pop(runs)
		default:
			return err
		}
	}
	return nil
}

// run is a file of sorted records while it is read.
type run[T any] struct {
	in    *bufio.Reader
	first T
}

// merging is a heap of runs.
type merging[T any] struct {
	kind recordKind[T]
	list []*run[T]
}

func (m *merging[T]) Len() int           { return len(m.list) }
func (m *merging[T]) Less(i, j int) bool { return m.kind.compare(m.list[i].first, m.list[j].first) < 0 }
func (m *merging[T]) Swap(i, j int)      { m.list[i], m.list[j] = m.list[j], m.list[i] }
func (m *merging[T]) Push(x any)         { m.list = append(m.list, x.(*run[T])) }
func (m *merging[T]) Pop() any {
	last := len(m.list) - 1
	r := m.list[last]
	m.list = m.list[:last]
	return r
}

// entry is a key and its content, or that it is to be deleted.
type entry struct {
	key, content []byte
	remove       bool
}

func compareEntries(a, b entry) int { return bytes.Compare(a.key, b.key) }

var entries = recordKind[entry]{
	sort:    func(e []entry) { slices.SortFunc(e, compareEntries) },
	compare: compareEntries,
	write: func(w *bufio.Writer, e entry) error {
		head := appendUvarints(w.AvailableBuffer(), uint64(len(e.key)), uint64(len(e.content))<<1|bit(e.remove))
		_, _ = w.Write(head) // a failure stays with w
		_, _ = w.Write(e.key)
		_, err := w.Write(e.content)
		return err
	},
	read: func(in *bufio.Reader, e *entry) error {
		key, err := binary.ReadUvarint(in)
		if err != nil {
			return err
		}
		content, err := binary.ReadUvarint(in)
		if err != nil {
			return unexpected(err)
		}
		e.remove = content&1 == 1
		if e.key, err = readInto(in, e.key, key); err == nil {
			e.content, err = readInto(in, e.content, content>>1)
		}
		return unexpected(err)
	},
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// readInto reads size bytes into b, which it makes larger where it must.
func readInto(in io.Reader, b []byte, size uint64) ([]byte, error) {
	b = slices.Grow(b[:0], int(size))[:size]
	_, err := io.ReadFull(in, b)
	return b, err
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// linksInOrder are quads with their numbers in the order of an index, in which they
// sort as their keys.
var linksInOrder = recordKind[Link]{
	sort:    sortLinks,
	compare: compareLinks,
	write: func(w *bufio.Writer, l Link) error {
		b := w.AvailableBuffer()
		for _, n := range l {
			b = binary.BigEndian.AppendUint64(b, uint64(n))
		}
		_, err := w.Write(b)
		return err
	},
	read: func(in *bufio.Reader, l *Link) error {
		var b [4 * 8]byte
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return err
		}
		for i := range l {
			l[i] = Node(binary.BigEndian.Uint64(b[8*i:]))
		}
		return nil
	},
}

func compareLinks(a, b Link) int {
	for i := range a {
		if a[i] != b[i] {
			return cmp.Compare(a[i], b[i])
		}
	}
	return 0
}

// digitBits is the size of the digits by which links are sorted.
const digitBits = 11

// sortLinks sorts by the digits of the numbers, the last first (radix sort; Knuth,
// volume 3, section 5.2.5). Most digits are the same in all links, and take no time.
func sortLinks(links []Link) {
	if len(links) < 1<<digitBits {
		slices.SortFunc(links, compareLinks)
		return
	}
	from, to := links, make([]Link, len(links))
	for word := len(Link{}) - 1; word >= 0; word-- {
		differ := Node(0)
		for i := range from {
			differ |= from[i][word] ^ from[0][word]
		}
		for shift := 0; differ>>shift != 0; shift += digitBits {
			if differ>>shift&(1<<digitBits-1) != 0 {
				sortDigit(from, to, word, shift)
				from, to = to, from
			}
		}
	}
	if &from[0] != &links[0] {
		copy(links, from)
	}
}

// sortDigit puts from into to in the order of one digit.
func sortDigit(from, to []Link, word, shift int) {
	digit := func(l *Link) int { return int(l[word] >> shift & (1<<digitBits - 1)) }
	var at [1 << digitBits]int
	for i := range from {
		at[digit(&from[i])]++
	}
	sum := 0
	for d, n := range at {
		at[d], sum = sum, sum+n
	}
	for i := range from {
		d := digit(&from[i])
		to[at[d]] = from[i]
		at[d]++
	}
}
