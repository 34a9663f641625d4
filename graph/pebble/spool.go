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
	*scratch
	out *bufio.Writer
}

func newSpool(fs vfs.FS, name string) (*spool, error) {
	f, err := newScratch(fs, name)
	if err != nil {
		return nil, err
	}
	return &spool{f, bufio.NewWriterSize(f, 1<<18)}, nil
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
	if err := s.open(); err != nil {
		return err
	}
	defer s.remove()
	in := bufio.NewReader(s)
	var record []byte
	for {
		size, err := binary.ReadUvarint(in)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			record = slices.Grow(record[:0], int(size))[:size]
			_, err = io.ReadFull(in, record)
		}
		if err == nil {
			err = f(record)
		}
		if err != nil {
			return unexpected(err)
		}
	}
}
