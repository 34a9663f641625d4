package english

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// toy is a treebank of our own. Each word is form/lemma/pos/tag/head/relation,
// heads counted from 1.
const toy = `Anna/Anna/PROPN/NNP/2/nsubj met/meet/VERB/VBD/0/root Boris/Boris/PROPN/NNP/2/obj ././PUNCT/./2/punct
Minister/Minister/PROPN/NNP/3/nsubj Boris/Boris/PROPN/NNP/1/flat signed/sign/VERB/VBD/0/root it/it/PRON/PRP/3/obj ././PUNCT/./3/punct
She/she/PRON/PRP/2/nsubj met/meet/VERB/VBD/0/root old/old/ADJ/JJ/4/amod envoys/envoy/NOUN/NNS/2/obj in/in/ADP/IN/6/case Rome/Rome/PROPN/NNP/2/obl ././PUNCT/./2/punct
They/they/PRON/PRP/3/nsubj were/be/AUX/VBD/3/aux:pass met/meet/VERB/VBN/0/root by/by/ADP/IN/5/case Anna/Anna/PROPN/NNP/3/obl:agent ././PUNCT/./3/punct`

func treebank() []Annotated {
	var all []Annotated
	for line := range strings.Lines(toy) {
		var s Annotated
		for f := range strings.FieldsSeq(line) {
			p := strings.Split(f, "/")
			s.Words = append(s.Words, Word{Form: p[0], Lemma: p[1], Pos: p[2], Tag: p[3], Head: int(p[4][0]-'0') - 1, Rel: p[5]})
		}
		for range 5 {
			all = append(all, s)
		}
	}
	return all
}

func trained(t *testing.T, o TrainOptions) []byte {
	t.Helper()
	m, err := Train(treebank(), o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := m.Save()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// toyHash is the SHA-256 of the model of the toy treebank, the same in every
// process and on every machine. It changes with the features, the learner and
// the format; data/english.model then has to be made anew.
const toyHash = "505900cc9e0f3703dc40ac125974ee80656e9a637417fd2b65e89400c8395710"

// The same sentences and seed give the same bytes.
func TestTrainIsDeterministic(t *testing.T) {
	first := trained(t, TrainOptions{Seed: 3, Prune: 1})
	if got := fmt.Sprintf("%x", sha256.Sum256(first)); got != toyHash {
		t.Errorf("the toy model has SHA-256 %s, want %s", got, toyHash)
	}
	for range 3 {
		if !bytes.Equal(first, trained(t, TrainOptions{Seed: 3, Prune: 1})) {
			t.Fatal("Train with the same seed gave other bytes")
		}
	}
	if bytes.Equal(first, trained(t, TrainOptions{Seed: 4, Prune: 1})) {
		t.Error("Train with another seed gave the same bytes")
	}
}

func TestTrainLearns(t *testing.T) {
	m, err := Load(trained(t, TrainOptions{Prune: 1}))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range treebank() {
		tokens := make([]Token, len(s.Words))
		for i, w := range s.Words {
			tokens[i].Text = w.Form
		}
		m.Tag(tokens)
		m.Parse(tokens)
		for i, w := range s.Words {
			got := Word{tokens[i].Text, tokens[i].Lemma, tokens[i].Pos, tokens[i].Tag, tokens[i].Rel, tokens[i].Head}
			if diff := cmp.Diff(w, got); diff != "" {
				t.Fatalf("%q in a sentence that was learnt (-want +got):\n%s", w.Form, diff)
			}
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	var s Annotated
	for i := range 300 {
		s.Words = append(s.Words, Word{Form: "x", Pos: "X", Tag: strings.Repeat("t", i), Head: i - 1, Rel: "dep"})
	}
	if _, err := Train([]Annotated{s}, TrainOptions{}); err == nil {
		t.Error("Train with 300 tags succeeded, want an error")
	}
	o := TrainOptions{Composed: []Annotated{{Words: []Word{{Form: "x", Head: -1, Rel: "rootless"}}}}}
	if _, err := Train(treebank(), o); err == nil {
		t.Error("Train with a relation of composed sentences alone succeeded, want an error")
	}
}

func TestSaveIsLoadBackwards(t *testing.T) {
	want := trained(t, TrainOptions{})
	m, err := Load(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Save()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Error("Save after Load gave other bytes")
	}
}

func TestLoadRefuses(t *testing.T) {
	good := trained(t, TrainOptions{})
	cut := func(n int) []byte { return good[:len(good)-n] }
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("a model"), "another version": append([]byte("entente english 9"), good[len(magic):]...),
		"the magic alone": []byte(magic), "half": cut(len(good) / 2), "without its end": cut(3),
	} {
		if m, err := Load(b); err == nil || m != nil {
			t.Errorf("Load of %s = %v, %v, want an error", name, m, err)
		}
	}
}

// A damaged model is an error or a model, never a crash.
func FuzzDecode(f *testing.F) {
	m, err := Train(treebank(), TrainOptions{Prune: 1})
	if err != nil {
		f.Fatal(err)
	}
	raw := m.encode()
	f.Add(raw)
	f.Add(raw[:len(raw)/2])
	f.Add([]byte{255, 255, 255, 255, 15})
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := decode(b)
		if err != nil {
			return
		}
		text := "Anna met Boris in Rome."
		m.Parse(m.Analyse(text, whole(text)).Tokens)
	})
}

// The same, with a few bytes changed at random.
func TestDecodeDamaged(t *testing.T) {
	m, err := Train(treebank(), TrainOptions{Prune: 1})
	if err != nil {
		t.Fatal(err)
	}
	raw := m.encode()
	rng := rand.New(rand.NewPCG(1, 1))
	refused := 0
	for range 1000 {
		b := bytes.Clone(raw)
		for range 1 + rng.IntN(4) {
			b[rng.IntN(len(b))] = byte(rng.IntN(256))
		}
		m, err := decode(b[:len(b)-rng.IntN(2)])
		if err != nil {
			refused++
			continue
		}
		text := "Anna met Boris in Rome."
		tokens := m.Analyse(text, whole(text)).Tokens
		m.Parse(tokens)
		checkTree(t, tokens)
	}
	if refused == 0 {
		t.Error("no damaged model was refused")
	}
}

func TestCollapseNames(t *testing.T) {
	got := CollapseNames(treebank()[5])
	want := []Word{
		{Form: "Minister Boris", Lemma: "Minister Boris", Pos: "PROPN", Tag: "NNP", Rel: "nsubj", Head: 1},
		{Form: "signed", Lemma: "sign", Pos: "VERB", Tag: "VBD", Rel: "root", Head: -1},
		{Form: "it", Lemma: "it", Pos: "PRON", Tag: "PRP", Rel: "obj", Head: 1},
		{Form: ".", Lemma: ".", Pos: "PUNCT", Tag: ".", Rel: "punct", Head: 1},
	}
	if diff := cmp.Diff(want, got.Words); diff != "" {
		t.Errorf("CollapseNames (-want +got):\n%s", diff)
	}
}

// A learner grows its table and its rows without losing weights.
func TestLearnerKeepsWeights(t *testing.T) {
	l := newLearner(200)
	features := make([]uint64, 20)
	for i := range 100_000 {
		for k := range features {
			features[k] = mix(uint64(i), uint64(k%7))
		}
		l.add(features[i%7], i%200, 1)
		l.add(mix(1, 2), i%200, 1)
	}
	scores := make([]int32, 200)
	l.score([]uint64{mix(1, 2)}, scores)
	for c, s := range scores {
		if s != 500 {
			t.Fatalf("class %d has weight %d after 500 additions of 1", c, s)
		}
	}
}

// The frozen table scores as the rows that it was built from.
func TestTableScores(t *testing.T) {
	var rows []row
	for i := range 5000 {
		h := mix(uint64(i), 77)
		rows = append(rows, row{key: fingerprint(h), feature: h, cells: []tableCell{{uint8(i % 9), int8(i%250 - 125)}, {9, 1}}})
	}
	sortRows(rows)
	table := newTable(10, rows)
	scores := make([]int32, 10)
	for _, r := range rows {
		table.score([]uint64{r.feature, r.feature, mix(r.feature, 1<<40)}, scores)
		want := make([]int32, 10)
		want[r.cells[0].class] = 2 * int32(r.cells[0].weight)
		want[9] += 2
		if diff := cmp.Diff(want, scores); diff != "" {
			t.Fatalf("scores of feature %x (-want +got):\n%s", r.feature, diff)
		}
	}
}
