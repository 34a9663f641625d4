package pebble

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// spool is a file of records that are read in the order in which they were
// written.
type spool struct {
	fs   vfs.FS
	name string
	file vfs.File // while it is written
	out  *bufio.Writer
}

func newSpool(fs vfs.FS, name string) (*spool, error) {
	f, err := fs.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, err
	}
	return &spool{fs: fs, name: name, file: f, out: bufio.NewWriterSize(f, 1<<18)}, nil
}

func (s *spool) write(record []byte) error {
	var head [binary.MaxVarintLen64]byte
	_, _ = s.out.Write(binary.AppendUvarint(head[:0], uint64(len(record)))) // a failure stays with out
	_, err := s.out.Write(record)
	return err
}

// each ends the writing, and calls f with every record, valid during the call.
func (s *spool) each(f func([]byte) error) error {
	if err := errors.Join(s.out.Flush(), s.close()); err != nil {
		return err
	}
	file, err := s.fs.Open(s.name, vfs.SequentialReadsOption)
	if err != nil {
		return err
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 1<<18)
	var record []byte
	for {
		size, err := binary.ReadUvarint(in)
		if err == io.EOF {
			return s.fs.Remove(s.name)
		}
		if err == nil {
			record = slices.Grow(record[:0], int(size))[:size]
			if _, err = io.ReadFull(in, record); err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
		}
		if err == nil {
			err = f(record)
		}
		if err != nil {
			return err
		}
	}
}

// close may be called twice.
func (s *spool) close() error {
	if s == nil || s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	return f.Close()
}
