package pebble

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"strconv"
	"strings"
)

// The log of Pebble, as far as it is read here (package record of Pebble has the
// whole): blocks of 32 KiB hold chunks, no chunk crosses a block, and what is left
// of a block without room for one is zero.
//
//	checksum (4 bytes), size (2), kind (1), log number (4), content
//	checksum (4 bytes), size (2), kind (1), log number (4), synced up to (8), content
//
// little-endian; the checksum covers all from the kind on. The log of the first
// opening of a store has the former, all others the latter.
const (
	logBlock = 32 << 10
	// Kinds of chunk of the former: a whole batch, the first, a middle or the last
	// part of one. The latter adds syncKinds to these.
	logWhole, logFirst, logMiddle, logLast = 5, 6, 7, 8
	syncKinds                              = 4
	logHeader, syncHeader                  = 11, 19
)

// checkLogs looks for damage within the logs that a process left when it was
// killed. Pebble takes a bad chunk for the end, cut short, of what was being
// written, unless some later block proves that more was there; and so loses whole
// batches in silence. Here every batch is on the disk before the next begins, so
// the beginning of a later batch proves that a bad chunk was once good. Damage to
// the last batch cannot be told from an end cut short.
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
			return fmt.Errorf("%w: %s/%s, byte %d", ErrDamaged, l.named("data"), name, at)
		}
	}
	return nil
}

// badChunk returns where a chunk is bad though a later batch has begun, -1 where
// none is.
func badChunk(b []byte, num uint32) int {
	at := 0
	for {
		if room := logBlock - at%logBlock; room < syncHeader && at+room <= len(b) && allZero(b[at:at+room]) {
			at += room
		}
		end := chunkEnd(b, at, num, logLast)
		if end < 0 {
			break
		}
		at = end
	}
	for i := at + 1; i < len(b); i++ {
		if chunkEnd(b, i, num, logFirst) >= 0 {
			return at
		}
	}
	return -1
}

func allZero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// chunkEnd returns where the chunk at the offset ends, -1 where there is no sound
// one up to the kind last.
func chunkEnd(b []byte, at int, num uint32, last byte) int {
	block := min(len(b), at-at%logBlock+logBlock)
	if at+logHeader > block {
		return -1
	}
	h := b[at:block]
	kind, size := h[6], logHeader
	if kind >= logWhole+syncKinds {
		kind, size = kind-syncKinds, syncHeader
	}
	size += int(binary.LittleEndian.Uint16(h[4:]))
	if kind < logWhole || kind > last || size > len(h) || binary.LittleEndian.Uint32(h[7:]) != num {
		return -1
	}
	sum := crc32.Checksum(h[6:size], castagnoli)
	if sum = (sum>>15 | sum<<17) + 0xa282ead8; sum != binary.LittleEndian.Uint32(h) {
		return -1
	}
	return at + size
}
