package graph

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// A Telling is who tells something and in which words, as hashes. Publisher is 0
// where nobody is named.
type Telling struct{ Publisher, Wording uint64 }

// NewTelling returns the telling of a sentence. A publisher's name is compared
// without regard to case and spaces, a sentence without punctuation too: a wire text
// in two papers, one of which sets its quotation marks in another way, is worded
// once.
func NewTelling(publisher, text string) Telling {
	t := Telling{Wording: hashWords(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) })}
	if strings.TrimSpace(publisher) != "" {
		t.Publisher = hashWords(publisher, func(r rune) bool { return !unicode.IsSpace(r) })
	}
	return t
}

// hashWords hashes the words of a text in lower case, a space between two.
func hashWords(text string, inWord func(rune) bool) uint64 {
	h := fnv.New64a()
	var b [utf8.UTFMax]byte
	gap, begun := false, false
	for _, r := range text {
		if !inWord(r) {
			gap = true
			continue
		}
		if gap && begun {
			_, _ = h.Write([]byte{' '})
		}
		gap, begun = false, true
		_, _ = h.Write(b[:utf8.EncodeRune(b[:], unicode.ToLower(r))])
	}
	return h.Sum64()
}

// Independent counts the publishers that tell something each in words of its own:
// the greatest number of tellings of which no two share a publisher or a wording.
// It is a maximum matching of publishers and wordings, found by augmenting paths
// (Kuhn, "The Hungarian method for the assignment problem", Naval Research
// Logistics Quarterly 2, 1955). A report without a publisher may be anybody's, so
// it counts only where no report names one.
func Independent(told []Telling) int {
	var room [4][16]uint64 // in most cases enough
	publishers, wordings, tellers, words := room[0][:0], room[1][:0], room[2][:0], room[3][:0]
	for _, t := range told {
		if t.Publisher == 0 {
			continue
		}
		isNew := !slices.Contains(tellers, t.Publisher) && !slices.Contains(words, t.Wording)
		if isNew { // the first that comes, which seldom misses one
			tellers, words = append(tellers, t.Publisher), append(words, t.Wording)
		}
		publishers, wordings = include(publishers, t.Publisher), include(wordings, t.Wording)
	}
	switch len(tellers) {
	case 0:
		return min(len(told), 1)
	case len(publishers), len(wordings):
		return len(tellers)
	}
	m := matching{words: make(map[uint64][]uint64), teller: make(map[uint64]uint64)}
	for _, t := range told {
		if t.Publisher != 0 {
			m.words[t.Publisher] = append(m.words[t.Publisher], t.Wording)
		}
	}
	n := 0
	for publisher := range m.words {
		m.tried = make(map[uint64]bool)
		if m.assign(publisher) {
			n++
		}
	}
	return n
}

func include(set []uint64, x uint64) []uint64 {
	if slices.Contains(set, x) {
		return set
	}
	return append(set, x)
}

// matching gives publishers wordings of their own.
type matching struct {
	words  map[uint64][]uint64 // of each publisher
	teller map[uint64]uint64   // of each wording, its publisher
	tried  map[uint64]bool     // wordings, for one publisher
}

// assign gives a publisher a wording, if need be by giving the one who has it
// another.
func (m *matching) assign(publisher uint64) bool {
	for _, w := range m.words[publisher] {
		if m.tried[w] {
			continue
		}
		m.tried[w] = true
		if holder, taken := m.teller[w]; !taken || m.assign(holder) {
			m.teller[w] = publisher
			return true
		}
	}
	return false
}

// witness is what a web keeps of the report behind a claim.
type witness struct {
	Telling
	confidence float32
}

// readWitness reads who tells a claim, in which words, and how surely it was read; the
// zero witness where the claim is gone since the web was made.
func (v *view) readWitness(claim, report pebble.Node) (w witness, err error) {
	var evidence entente.Span
	start, end, confidence := v.ref(kgStart), v.ref(kgEnd), v.ref(kgConfidence)
	for l, err := range v.store.Links(v.ctx, pebble.Link{0: claim, 3: report}) {
		if err != nil {
			return w, err
		}
		if l[1] != start && l[1] != end && l[1] != confidence {
			continue
		}
		value, err := v.value(l[2])
		if err != nil {
			return w, err
		}
		number, _ := value.(quad.Int)
		switch l[1] {
		case start:
			evidence.Start = int(number)
		case end:
			evidence.End = int(number)
		default:
			f, _ := value.(quad.Float)
			w.confidence = float32(f)
		}
	}
	w.Telling, err = v.telling(report, evidence)
	return w, err
}

// telling reads a sentence of a report and who published it.
func (v *view) telling(report pebble.Node, evidence entente.Span) (t Telling, err error) {
	label, err := v.value(report)
	if err != nil {
		return t, err
	}
	iri, _ := label.(quad.IRI)
	text, err := v.text(iri)
	if err != nil {
		return t, err
	}
	publisher, err := v.object(quad.Quad{Subject: iri, Predicate: kgPublisher, Label: iri})
	name, _ := publisher.(quad.String)
	return NewTelling(string(name), evidence.Of(text)), err
}
