package english

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// Model is a trained tagger, parser and lemmatizer with the lists that go with
// them. It is immutable and safe for concurrent use.
type Model struct {
	lexicon       *lexicon
	tagger        *tagger
	parser        *parser
	lemmas        *lemmatizer
	abbreviations abbreviations
	scratch       sync.Pool // of *scratch
}

// magic opens a model file; its last byte is the version of the format. What
// follows is one gzip member: the lexicon, the classes of the tagger and its
// table, the labels of the parser and its table, the lemmas.
const magic = "entente english 2"

// Default returns the embedded model, with the lists data/abbreviations.txt
// and data/lemmas.txt. It takes about a tenth of a second.
func Default() (*Model, error) {
	b, err := data.FS.ReadFile("english.model")
	if err != nil {
		return nil, err
	}
	return LoadWithLists(b)
}

// LoadWithLists reads a model that Save wrote and adds the embedded lists.
func LoadWithLists(model []byte) (*Model, error) {
	m, err := Load(model)
	if err != nil {
		return nil, err
	}
	list, err := data.FS.ReadFile("abbreviations.txt")
	if err != nil {
		return nil, err
	}
	if m.abbreviations, err = readAbbreviations(string(list)); err != nil {
		return nil, fmt.Errorf("abbreviations.txt:%w", err)
	}
	if list, err = data.FS.ReadFile("lemmas.txt"); err != nil {
		return nil, err
	}
	if err := m.lemmas.readIrregular(string(list)); err != nil {
		return nil, fmt.Errorf("lemmas.txt:%w", err)
	}
	return m, nil
}

// Load reads a model that Save wrote, without the lists that Default adds.
func Load(b []byte) (*Model, error) {
	if !bytes.HasPrefix(b, []byte(magic)) {
		return nil, errors.New("not a language model of this version; make one with go run ./internal/english/train")
	}
	z, err := gzip.NewReader(bytes.NewReader(b[len(magic):]))
	if err != nil {
		return nil, fmt.Errorf("damaged language model: %w", err)
	}
	var raw bytes.Buffer
	size := min(int64(binary.LittleEndian.Uint32(b[len(b)-4:])), 32*int64(len(b))) // gzip ends with the size of what it holds
	raw.Grow(int(size) + bytes.MinRead)
	if _, err := raw.ReadFrom(z); err != nil {
		return nil, fmt.Errorf("damaged language model: %w", err)
	}
	return decode(raw.Bytes())
}

// decode reads what encode wrote.
func decode(raw []byte) (*Model, error) {
	d := &decoder{b: raw}
	m := &Model{lexicon: d.lexicon()}
	m.tagger = newTagger(d.strings(), d.table())
	m.parser = &parser{labels: d.strings(), weights: d.table()}
	m.lemmas = d.lemmas()
	if len(m.tagger.classes) == 0 || len(m.parser.labels) == 0 ||
		m.tagger.weights.classes != len(m.tagger.classes) || m.parser.weights.classes != 1+2*len(m.parser.labels) {
		d.fail("number of classes")
	}
	if d.err != nil {
		return nil, d.err
	}
	return m, nil
}

// encode returns the parts of the model, one after the other.
func (m *Model) encode() []byte {
	b := m.lexicon.append(nil)
	b = appendStrings(b, m.tagger.classes)
	b = m.tagger.weights.append(b)
	b = appendStrings(b, m.parser.labels)
	b = m.parser.weights.append(b)
	return m.lemmas.append(b)
}

// Save returns the model as bytes, the same for the same model.
func (m *Model) Save() ([]byte, error) {
	out := bytes.NewBufferString(magic)
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(m.encode()); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

// Analyse tokenizes and tags one sentence of text.
func (m *Model) Analyse(text string, sentence entente.Span) Sentence {
	s := Sentence{Span: sentence, Tokens: m.Tokenize(text, sentence)}
	m.Tag(s.Tokens)
	return s
}

// Tag fills Tag, Pos and Lemma of the tokens of one sentence.
func (m *Model) Tag(tokens []Token) {
	s := m.borrow()
	defer m.scratch.Put(s)
	s.readWords(len(tokens), func(i int) string { return tokens[i].Text }, m.lexicon)
	m.tagger.run(s)
	for i, c := range s.classes {
		t := &tokens[i]
		t.Pos, t.Tag = m.tagger.pos[c], m.tagger.tag[c]
		t.Lemma = m.lemmas.lemma(t.Text, t.Pos, t.Tag)
	}
}

// Lemma returns the dictionary form of a word, no name, with a Penn Treebank tag.
func (m *Model) Lemma(form, tag string) string {
	pos := "NOUN"
	if strings.HasPrefix(tag, "VB") {
		pos = "VERB"
	}
	return m.lemmas.lemma(form, pos, tag)
}

// Parse fills Head and Rel of the tagged tokens of one sentence. One token is
// the root.
func (m *Model) Parse(tokens []Token) {
	s := m.borrow()
	defer m.scratch.Put(s)
	s.readLexemes(len(tokens),
		func(i int) string { return tokens[i].Text },
		func(i int) string { return tokens[i].Tag },
		func(i int) string { return tokens[i].Pos }, m.lexicon)
	m.parser.run(s)
	for i := range tokens {
		n := &s.state.nodes[i]
		tokens[i].Head, tokens[i].Rel = n.head, m.parser.labels[n.label-1]
		if n.head == len(tokens) {
			tokens[i].Head = -1
		}
	}
}

// borrow returns working memory, to be put back into m.scratch.
func (m *Model) borrow() *scratch {
	if s, ok := m.scratch.Get().(*scratch); ok {
		return s
	}
	return &scratch{}
}
