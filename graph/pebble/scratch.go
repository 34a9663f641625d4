package pebble

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// scratch is a file of a load, which is written once and then read once. Of each
// block that is written the checksum stays in memory: a bit that flips meanwhile
// would be a wrong answer for ever, under a good checksum of Pebble's.
type scratch struct {
	fs     vfs.FS
	name   string
	file   vfs.File // while it is open
	blocks []block  // not yet read
	buf    []byte   // the last block read
	left   []byte   // what is still to be read of it
}

type block struct {
	size int
	sum  uint32
}

// newScratch makes a file to write to.
func newScratch(fs vfs.FS, name string) (*scratch, error) {
	f, err := fs.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, err
	}
	return &scratch{fs: fs, name: name, file: f}, nil
}

// Write writes a block; its writer should collect large ones.
func (s *scratch) Write(p []byte) (int, error) {
	s.blocks = append(s.blocks, block{len(p), crc32.Checksum(p, castagnoli)})
	return s.file.Write(p)
}

// open begins to read from the start.
func (s *scratch) open() (err error) {
	s.file, err = s.fs.Open(s.name, vfs.SequentialReadsOption)
	return err
}

// Read gives nothing of a block that is not as it was written.
func (s *scratch) Read(p []byte) (int, error) {
	if len(s.left) == 0 {
		if err := s.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	return n, nil
}

func (s *scratch) next() error {
	if len(s.blocks) == 0 {
		return io.EOF
	}
	b := s.blocks[0]
	s.blocks = s.blocks[1:]
	s.buf = slices.Grow(s.buf[:0], b.size)[:b.size]
	_, err := io.ReadFull(s.file, s.buf)
	cut := err == io.EOF || err == io.ErrUnexpectedEOF
	if err != nil && !cut {
		return err
	}
	if cut || crc32.Checksum(s.buf, castagnoli) != b.sum {
		return fmt.Errorf("%s: %w; nothing of the load is in the store, run the command again", s.name, errChanged)
	}
	s.left = s.buf
	return nil
}

// errChanged says that a file of a load cannot be relied on.
var errChanged = errors.New("the disk did not keep what was written")

// close may be called twice.
func (s *scratch) close() error {
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	return f.Close()
}

// remove closes the file and removes it. One that stays does no harm: the folder
// goes after it.
func (s *scratch) remove() {
	_ = s.close()
	_ = s.fs.Remove(s.name)
}
