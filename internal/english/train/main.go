// Command train makes the language model of entente from treebanks:
//
//	go run ./internal/english/train -treebanks DIR -o data/english.model
//
// DIR holds ewt.train.conllu.xz and gumfree.train.conllu.xz; data/README.md
// says where they come from and which hashes they have. With -eval it prints
// accuracy on the test treebanks of DIR instead. The xz command must be
// installed.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

func main() {
	dir := flag.String("treebanks", "../shared/language/treebanks", "folder of the treebanks")
	out := flag.String("o", "data/english.model", "file to write")
	seed := flag.Uint64("seed", 7, "seed of the order of training")
	eval := flag.Bool("eval", false, "measure the embedded model instead")
	flag.Parse()
	var err error
	if *eval {
		err = evaluate(*dir)
	} else {
		err = train(*dir, *out, *seed)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(dir, out string, seed uint64) error {
	var all []english.Annotated
	for _, name := range []string{"ewt.train", "gumfree.train"} {
		s, err := readTreebank(dir, name)
		if err != nil {
			return err
		}
		all = append(all, s...)
	}
	m := english.Train(all, english.TrainOptions{Seed: seed, Progress: func(s string) { fmt.Fprintln(os.Stderr, s) }})
	return os.WriteFile(out, m.Save(), 0o644)
}

// readTreebank reads DIR/NAME.conllu.xz (CoNLL-U; Universal Dependencies).
func readTreebank(dir, name string) ([]english.Annotated, error) {
	path := filepath.Join(dir, name+".conllu.xz")
	raw, err := exec.Command("xz", "-dc", path).Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []english.Annotated
	var s english.Annotated
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<22)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		switch {
		case line == "":
			if len(s.Words) > 0 {
				out = append(out, s)
			}
			s = english.Annotated{}
		case line[0] == '#':
			if text, ok := strings.CutPrefix(line, "# text = "); ok {
				s.Text = text
			}
		default:
			c := strings.Split(line, "\t")
			if len(c) < 10 {
				return nil, fmt.Errorf("%s:%d: %d columns, want 10", path, n, len(c))
			}
			if strings.ContainsAny(c[0], "-.") {
				continue
			}
			head, err := strconv.Atoi(c[6])
			if err != nil {
				return nil, fmt.Errorf("%s:%d: head %q", path, n, c[6])
			}
			s.Words = append(s.Words, english.Word{Form: c[1], Lemma: c[2], Pos: c[3], Tag: c[4], Rel: c[7], Head: head - 1})
		}
	}
	return out, lines.Err()
}

// evaluate prints tag and arc accuracy (CoNLL 2018: universal labels,
// punctuation counted) on gold words, and the F1 of our words on the text.
func evaluate(dir string) error {
	m, err := english.Default()
	if err != nil {
		return err
	}
	fmt.Println("treebank      words   UPOS   XPOS  lemma    UAS    LAS  words-F1")
	for _, name := range []string{"pud.test", "ewt.test", "gum.test", "gumnews.test"} {
		sentences, err := readTreebank(dir, name)
		if err != nil {
			return err
		}
		var c counts
		for _, s := range sentences {
			c.sentence(m, s)
		}
		fmt.Println(c.line(name))
	}
	return nil
}

type counts struct{ words, pos, tag, lemma, head, arc, ours, same int }

func (c *counts) sentence(m *english.Model, s english.Annotated) {
	tokens := make([]english.Token, len(s.Words))
	for i, w := range s.Words {
		tokens[i].Text = w.Form
	}
	m.Tag(tokens)
	m.Parse(tokens)
	for i, w := range s.Words {
		c.words++
		t := tokens[i]
		add := func(n *int, ok bool) {
			if ok {
				*n++
			}
		}
		add(&c.pos, t.Pos == w.Pos)
		add(&c.tag, t.Tag == w.Tag)
		add(&c.lemma, strings.EqualFold(t.Lemma, w.Lemma))
		add(&c.head, t.Head == w.Head)
		add(&c.arc, t.Head == w.Head && universal(t.Rel) == universal(w.Rel))
	}
	gold := ends(forms(s))
	ours := m.Tokenize(s.Text, entente.Span{End: len(s.Text)})
	words := make([]string, len(ours))
	for i, t := range ours {
		words[i] = t.Text
	}
	for e := range ends(words) {
		c.ours++
		if gold[e] {
			c.same++
		}
	}
}

func forms(s english.Annotated) []string {
	out := make([]string, len(s.Words))
	for i, w := range s.Words {
		out[i] = w.Form
	}
	return out
}

func universal(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}

// ends returns the words as spans over the letters without spaces.
func ends(words []string) map[[2]int]bool {
	out := map[[2]int]bool{}
	at := 0
	for _, w := range words {
		n := len(strings.ReplaceAll(strings.ReplaceAll(w, " ", ""), "\u00a0", ""))
		out[[2]int{at, at + n}] = true
		at += n
	}
	return out
}

func (c counts) line(name string) string {
	p := func(n int) float64 { return 100 * float64(n) / float64(max(1, c.words)) }
	f1 := 200 * float64(c.same) / float64(c.ours+c.words)
	return fmt.Sprintf("%-12s %6d  %5.1f  %5.1f  %5.1f  %5.1f  %5.1f  %8.2f", name, c.words, p(c.pos), p(c.tag), p(c.lemma), p(c.head), p(c.arc), f1)
}
