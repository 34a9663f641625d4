package pebble

import (
	"context"
	"iter"

	"github.com/cayleygraph/quad"
)

// NodeValue is a value of the dictionary with its number.
type NodeValue struct {
	Node  Node
	Value quad.Value
}

// Beginning lists the values of the kind of start, an IRI, a blank node or a string,
// whose text begins with the text of start, in order of their bytes. It reads one
// range of the dictionary, and so finds only texts of at most 39 bytes: of a longer
// one the dictionary has the hash. The last pair has the error that ended the list
// early, if one did.
func (s *Store) Beginning(ctx context.Context, start quad.Value) iter.Seq2[NodeValue, error] {
	return func(yield func(NodeValue, error) bool) {
		stored, err := encodeValue(start)
		if err != nil {
			yield(NodeValue{}, err)
			return
		}
		if len(stored) > maxShort {
			return
		}
		sc := &scan{s: s}
		defer sc.close()
		var found NodeValue
		sc.take = func(key []byte) (ok bool, err error) {
			if found.Value, err = decodeValue(key[1:]); err != nil {
				return false, err
			}
			number, err := sc.it.ValueAndErr()
			if err == nil {
				found.Node, err = keyNode(append([]byte{tagValue}, number...))
			}
			return err == nil, err
		}
		sc.within(append([]byte{tagShort}, stored...))
		for sc.next(ctx) {
			if !yield(found, nil) {
				return
			}
		}
		if sc.err != nil {
			yield(NodeValue{}, sc.err)
		}
	}
}
