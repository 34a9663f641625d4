package pebble

import (
	"encoding/binary"

	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// The first format of the store, which Upgrade reads: the files lay in data,
// numbers in keys had 8 bytes, big-endian, and no value was its own number.
//
//	m                   next number, quads, values, batches (four uvarints), as now
//	v NUMBER            the value, as now
//	s S P O L           every quad; zero for no label
//
// Of its other tables (hashes of values, counts, three more indexes) all is made
// again from these.

// link1 reads a key of s.
func link1(key []byte) (l Link, err error) {
	if len(key) != 1+8*len(l) {
		return l, badKey(key)
	}
	for i := range l {
		l[i] = Node(binary.BigEndian.Uint64(key[1+8*i:]))
	}
	return l, nil
}

// readValue1 returns the value with the number n, nil where there is none.
func readValue1(r crdb.Reader, n Node) (v quad.Value, err error) {
	key := binary.BigEndian.AppendUint64([]byte{tagValue}, uint64(n))
	_, err = get(r, key, func(b []byte) (err error) {
		v, err = decodeValue(b)
		return err
	})
	return v, err
}
