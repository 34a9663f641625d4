package pebble

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"github.com/cayleygraph/quad"
)

// Kinds of stored values. The byte is followed by
//
//	i b s   the text of an IRI, blank node or string
//	l t     the length of language or type (uvarint), the language or type, the text
//	n       the integer (varint)
//	f       the bits of the float (8 bytes, big-endian)
//	o       1 or 0
//	d       seconds since 1970 (varint), nanoseconds (uvarint), in UTC
const (
	kindIRI   = 'i'
	kindBNode = 'b'
	kindText  = 's'
	kindLang  = 'l'
	kindTyped = 't'
	kindInt   = 'n'
	kindFloat = 'f'
	kindBool  = 'o'
	kindTime  = 'd'
)

// encodeValue returns the stored form of v. It knows the nine kinds of value of
// package quad; another kind is an error.
func encodeValue(v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return append([]byte{kindIRI}, v...), nil
	case quad.BNode:
		return append([]byte{kindBNode}, v...), nil
	case quad.String:
		return append([]byte{kindText}, v...), nil
	case quad.LangString:
		return encodeTagged(kindLang, v.Lang, string(v.Value)), nil
	case quad.TypedString:
		if native := nativeOf(v); native != nil {
			return encodeValue(native)
		}
		return encodeTagged(kindTyped, string(v.Type), string(v.Value)), nil
	case quad.Int:
		return binary.AppendVarint([]byte{kindInt}, int64(v)), nil
	case quad.Float:
		return binary.BigEndian.AppendUint64([]byte{kindFloat}, math.Float64bits(float64(v))), nil
	case quad.Bool:
		if v {
			return []byte{kindBool, 1}, nil
		}
		return []byte{kindBool, 0}, nil
	case quad.Time:
		t := time.Time(v)
		b := binary.AppendVarint([]byte{kindTime}, t.Unix())
		return binary.AppendUvarint(b, uint64(t.Nanosecond())), nil
	}
	return nil, fmt.Errorf("a value of type %T cannot be stored", v)
}

func encodeTagged(kind byte, tag, text string) []byte {
	b := make([]byte, 0, 1+binary.MaxVarintLen32+len(tag)+len(text))
	b = binary.AppendUvarint(append(b, kind), uint64(len(tag)))
	return append(append(b, tag...), text...)
}

// decodeValue reads the stored form of a value.
func decodeValue(b []byte) (quad.Value, error) {
	if len(b) == 0 {
		return nil, badValue(b)
	}
	rest := b[1:]
	switch b[0] {
	case kindIRI:
		return quad.IRI(rest), nil
	case kindBNode:
		return quad.BNode(rest), nil
	case kindText:
		return quad.String(rest), nil
	case kindLang:
		lang, text, err := decodeTagged(b)
		return quad.LangString{Value: quad.String(text), Lang: lang}, err
	case kindTyped:
		typ, text, err := decodeTagged(b)
		return quad.TypedString{Value: quad.String(text), Type: quad.IRI(typ)}, err
	case kindInt:
		if x, n := binary.Varint(rest); n > 0 && n == len(rest) {
			return quad.Int(x), nil
		}
	case kindFloat:
		if len(rest) == 8 {
			return quad.Float(math.Float64frombits(binary.BigEndian.Uint64(rest))), nil
		}
	case kindBool:
		if len(rest) == 1 && rest[0] <= 1 {
			return quad.Bool(rest[0] == 1), nil
		}
	case kindTime:
		return decodeTime(b)
	}
	return nil, badValue(b)
}

func decodeTagged(b []byte) (tag, text string, err error) {
	size, n := binary.Uvarint(b[1:])
	if n <= 0 || size > uint64(len(b)-1-n) {
		return "", "", badValue(b)
	}
	rest := b[1+n:]
	return string(rest[:size]), string(rest[size:]), nil
}

func decodeTime(b []byte) (quad.Value, error) {
	sec, n := binary.Varint(b[1:])
	if n <= 0 {
		return nil, badValue(b)
	}
	nano, m := binary.Uvarint(b[1+n:])
	if m <= 0 || 1+n+m != len(b) || nano >= uint64(time.Second) {
		return nil, badValue(b)
	}
	return quad.Time(time.Unix(sec, int64(nano)).UTC()), nil
}

func badValue(b []byte) error {
	return fmt.Errorf("%w: stored value %.40q", ErrDamaged, b)
}

// dictKey returns the key under which the dictionary has the number of v: its
// stored form where that is short, so that neighbours share their beginning and what
// begins alike is one range, else the hash of it. As in Cayley a native value and its
// typed string ("5"^^<xsd:integer>) are one node, and the native value is what is
// kept; unlike Cayley's own hash, which drops what is below a second, two times are
// one only when they are the same instant. SHA-256 is cut to 16 bytes: no two values
// are known, nor feasible to make, that would collide.
func dictKey(v quad.Value) ([]byte, error) {
	b, err := encodeValue(v)
	if err != nil {
		return nil, err
	}
	return keyOfStored(b), nil
}

// keyOfStored is dictKey of a value in its stored form.
func keyOfStored(b []byte) []byte {
	if len(b) <= maxShort {
		return append(append(make([]byte, 0, 1+len(b)), tagShort), b...)
	}
	sum := sha256.Sum256(b)
	return append(append(make([]byte, 0, 17), tagHash), sum[:16]...)
}

// maxShort is the length of the longest stored form that is its own key.
const maxShort = 40
