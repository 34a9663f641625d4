package pebble

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"strconv"
	"strings"
)

// The log of Pebble, as far as it is read here (package record of Pebble has the
// whole): blocks of 32 KiB hold chunks, and no chunk crosses a block.
//
//	checksum (4 bytes), size (2), kind (1), log number (4), synced up to (8), content
//
// little-endian; the checksum covers all from the kind on.
const (
	logBlock  = 32 << 10
	logHeader = 19
	logFirst  = 9  // the lowest kind of chunk
	logLast   = 12 // the highest
)

// checkLogs looks for damage within the logs that a process left when it was
// killed. Pebble takes a bad chunk for the end, cut short, of what was being
// written, unless a later block proves that more was there; here a later chunk in
// the same block proves it too. What follows the last chunk that was known to be
// on the disk cannot be told from an end cut short.
func (l layout) checkLogs() error {
	names, err := l.fs.List(l.data())
	if errors.Is(err, fs.ErrNotExist) {
		return nil // for Pebble to report
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		digits, ok := strings.CutSuffix(name, ".log")
		num, err := strconv.ParseUint(digits, 10, 64)
		if !ok || err != nil {
			continue
		}
		b, err := readFile(l.fs, l.fs.PathJoin(l.data(), name))
		if err != nil {
			return err
		}
		if at := badChunk(b, uint32(num)); at >= 0 {
			return fmt.Errorf("%w: data/%s, byte %d", ErrDamaged, name, at)
		}
	}
	return nil
}

// badChunk returns where a chunk is bad though a later one says that it was on
// the disk, -1 where none is.
func badChunk(b []byte, num uint32) int {
	at := 0
	for {
		end, _ := chunk(b, at, num)
		if end < 0 {
			break
		}
		at = end
		if room := logBlock - at%logBlock; room < logHeader {
			at += room // the rest of a block without room for a chunk
		}
	}
	for i := at + 1; i < len(b); i++ {
		if end, synced := chunk(b, i, num); end >= 0 && synced > uint64(at) {
			return at
		}
	}
	return -1
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// chunk returns where the chunk at the offset ends, -1 where there is no sound
// one, and up to where the log was on the disk when it was written.
func chunk(b []byte, at int, num uint32) (end int, synced uint64) {
	block := min(len(b), at-at%logBlock+logBlock)
	if at+logHeader > block {
		return -1, 0
	}
	h := b[at:block]
	if h[6] < logFirst || h[6] > logLast || binary.LittleEndian.Uint32(h[7:]) != num {
		return -1, 0
	}
	size := logHeader + int(binary.LittleEndian.Uint16(h[4:]))
	if size > len(h) {
		return -1, 0
	}
	sum := crc32.Checksum(h[6:size], castagnoli)
	if sum = (sum>>15 | sum<<17) + 0xa282ead8; sum != binary.LittleEndian.Uint32(h) {
		return -1, 0
	}
	return at + size, binary.LittleEndian.Uint64(h[11:])
}
