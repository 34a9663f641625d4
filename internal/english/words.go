package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is what the features know of the form of a word, as hashes.
type word struct {
	id     uint64    // the normal form
	shape  uint64    // capitals, small letters, digits
	suffix [5]uint64 // the last 1 to 4 bytes of the normal form, at their length
	prefix [4]uint64 // the first 1 to 3
	class  uint64    // what the word is in the treebanks, 0 where too rare to say
	known  bool      // seen often enough to stand for itself in the parser
	upper  int       // capital letters
	lower  int       // small letters
}

// speller makes words of forms without leaving garbage.
type speller struct {
	normal, shape []byte
}

// read returns what the features know of a form. The normal form is in lower
// case with digits as 0 and straight apostrophes; the shape has X for a
// capital, x for a small letter, d for a digit and ~ for all beyond ASCII, with
// runs cut at two.
func (s *speller) read(form string, l *lexicon) word {
	s.normal, s.shape = s.normal[:0], s.shape[:0]
	var w word
	for _, r := range form {
		mark := byte('~')
		switch {
		case r >= '0' && r <= '9':
			r, mark = '0', 'd'
		case r == '’' || r == '‘':
			r, mark = '\'', '\''
		case unicode.IsUpper(r):
			w.upper++
			r, mark = unicode.ToLower(r), 'X'
		case unicode.IsLower(r):
			w.lower++
			mark = 'x'
		case r < utf8.RuneSelf:
			mark = byte(r)
		}
		s.normal = utf8.AppendRune(s.normal, r)
		if n := len(s.shape); n < 2 || s.shape[n-1] != mark || s.shape[n-2] != mark {
			s.shape = append(s.shape, mark)
		}
	}
	w.id, w.shape = hash(s.normal), hash(s.shape)
	for n := 1; n < len(w.suffix); n++ {
		w.suffix[n] = hash(s.normal[max(0, len(s.normal)-n):])
	}
	for n := 1; n < len(w.prefix); n++ {
		w.prefix[n] = hash(s.normal[:min(n, len(s.normal))])
	}
	w.class, w.known = l.look(w.id)
	return w
}

// normal returns the normal form of a word as read knows it.
func normal(form string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '0'
		case r == '’' || r == '‘':
			return '\''
		}
		return unicode.ToLower(r)
	}, form)
}

// hash is FNV-1a (Fowler, Noll, Vo).
func hash[T string | []byte](s T) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

const golden = 0x9E3779B97F4A7C15

// mix adds v to the hash h.
func mix(h, v uint64) uint64 {
	h = (h ^ v) * golden
	return h ^ h>>29
}

// fingerprint returns the key under which a hash is stored, never 0. Two words
// or features that share one are taken for the same.
func fingerprint(h uint64) uint32 { return max(uint32(h>>32), 1) }

// slotOf spreads keys over a hash table (Knuth, 1973, section 6.4).
func slotOf(key uint32) uint32 { return key * 2654435769 }

// A lexicon knows the words that the treebanks hold more than once. Open
// addressing over fingerprints; the words themselves are not kept.
type lexicon struct {
	mask    uint32
	keys    []uint32 // 0 = free
	classes []uint16 // 0 = known, but too rare to have a class
}

// newLexicon builds a lexicon from the class of each key.
func newLexicon(classes map[uint32]uint16) *lexicon {
	size := uint32(2)
	for int(size) < len(classes)*2 {
		size <<= 1
	}
	l := &lexicon{mask: size - 1, keys: make([]uint32, size), classes: make([]uint16, size)}
	for key, class := range classes {
		p := slotOf(key) & l.mask
		for l.keys[p] != 0 {
			p = (p + 1) & l.mask
		}
		l.keys[p], l.classes[p] = key, class
	}
	return l
}

// look returns the class of a word, and whether the lexicon has the word.
func (l *lexicon) look(id uint64) (class uint64, known bool) {
	key := fingerprint(id)
	for p := slotOf(key) & l.mask; l.keys[p] != 0; p = (p + 1) & l.mask {
		if l.keys[p] == key {
			return uint64(l.classes[p]), true
		}
	}
	return 0, false
}

// all returns the class of each key.
func (l *lexicon) all() map[uint32]uint16 {
	classes := make(map[uint32]uint16)
	for p, key := range l.keys {
		if key != 0 {
			classes[key] = l.classes[p]
		}
	}
	return classes
}
