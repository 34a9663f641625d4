package english

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// Model is a trained tagger, parser and lemmatizer. It is immutable and safe
// for concurrent use.
type Model struct {
	tagger        *tagger
	parser        *parser
	lemmas        *lemmatizer
	abbreviations map[string]bool
}

// magic opens a model file; its last byte is the version of the format.
const magic = "entente english 1"

// Default returns the embedded model, with the abbreviations of
// data/abbreviations.txt.
func Default() (*Model, error) {
	b, err := data.FS.ReadFile("english.model")
	if err != nil {
		return nil, err
	}
	m, err := Load(b)
	if err != nil {
		return nil, err
	}
	list, err := data.FS.ReadFile("abbreviations.txt")
	if err != nil {
		return nil, err
	}
	m.abbreviations = readAbbreviations(string(list))
	return m, nil
}

// Load reads a model that Save wrote.
func Load(b []byte) (*Model, error) {
	if !bytes.HasPrefix(b, []byte(magic)) {
		return nil, fmt.Errorf("not a language model of this version; make one with go run ./internal/english/train")
	}
	z, err := gzip.NewReader(bytes.NewReader(b[len(magic):]))
	if err != nil {
		return nil, fmt.Errorf("damaged language model: %w", err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("damaged language model: %w", err)
	}
	d := &decoder{b: raw}
	m := &Model{tagger: &tagger{ambiguity: map[string]uint64{}}, parser: &parser{vocab: map[string]bool{}}}
	m.tagger.classes = d.strings()
	m.tagger.split()
	words := d.strings()
	for _, w := range words {
		if h := d.bytes(8); h != nil {
			m.tagger.ambiguity[w] = binary.LittleEndian.Uint64(h)
		}
	}
	m.tagger.weights = d.table()
	m.parser.labels = d.strings()
	for _, w := range d.strings() {
		m.parser.vocab[w] = true
	}
	m.parser.weights = d.table()
	m.lemmas = d.lemmas()
	return m, d.err
}

// Save returns the model as bytes, the same for the same model.
func (m *Model) Save() []byte {
	var b []byte
	b = appendStrings(b, m.tagger.classes)
	words := slices.Sorted(maps.Keys(m.tagger.ambiguity))
	b = appendStrings(b, words)
	for _, w := range words {
		b = binary.LittleEndian.AppendUint64(b, m.tagger.ambiguity[w])
	}
	b = m.tagger.weights.append(b)
	b = appendStrings(b, m.parser.labels)
	b = appendStrings(b, slices.Sorted(maps.Keys(m.parser.vocab)))
	b = m.parser.weights.append(b)
	b = m.lemmas.append(b)
	var out bytes.Buffer
	out.WriteString(magic)
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// Tag fills Tag, Pos and Lemma of the tokens of one sentence.
func (m *Model) Tag(tokens []Token) {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Text
	}
	for i, c := range m.tagger.run(words) {
		tokens[i].Pos, tokens[i].Tag = m.tagger.pos[c], m.tagger.tag[c]
		tokens[i].Lemma = m.lemmas.lemma(tokens[i].Text, tokens[i].Pos, tokens[i].Tag)
	}
}

// Analyse tokenizes and tags one sentence of text.
func (m *Model) Analyse(text string, sentence entente.Span) Sentence {
	s := Sentence{Span: sentence, Tokens: m.Tokenize(text, sentence)}
	m.Tag(s.Tokens)
	return s
}

// Parse fills Head and Rel of tagged tokens.
func (m *Model) Parse(tokens []Token) {
	if len(tokens) == 0 {
		return
	}
	in := m.parser.input(len(tokens), func(i int) string { return tokens[i].Text }, func(i int) string { return tokens[i].Tag }, func(i int) string { return tokens[i].Pos })
	s := m.parser.run(in)
	for i := range tokens {
		tokens[i].Head, tokens[i].Rel = s.head[i], m.parser.labels[s.label[i]]
		if s.head[i] == in.n {
			tokens[i].Head = -1
		}
	}
}
