// Command train makes the language model of entente from treebanks:
//
//	go run ./internal/english/train -treebanks DIR -o data/english.model
//
// DIR holds ewt.train.conllu.xz and gumfree.train.conllu.xz; data/README.md
// says where they come from and which hashes they have. With -eval it measures
// the model on the test treebanks of DIR instead. The xz command must be
// installed.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/entente-kg/entente/internal/english"
)

func main() {
	var o english.TrainOptions
	dir := flag.String("treebanks", "", "folder of the treebanks, in CoNLL-U")
	out := flag.String("o", "data/english.model", "model to write")
	eval := flag.Bool("eval", false, "measure the embedded model, or the one named by -model, instead")
	model := flag.String("model", "", "model to measure")
	flag.Uint64Var(&o.Seed, "seed", 7, "seed of the order of training")
	flag.IntVar(&o.TaggerEpochs, "tagger-epochs", 0, "rounds of the tagger; 0 is the standard")
	flag.IntVar(&o.ParserEpochs, "parser-epochs", 0, "rounds of the parser; 0 is the standard")
	flag.IntVar(&o.Prune, "prune", 0, "weights of the parser below this are dropped; 0 is the standard")
	flag.IntVar(&o.TaggerPrune, "tagger-prune", 0, "the same for the tagger; 0 is the standard")
	composed := flag.Int("composed", 2000, "sentences of news.txt")
	labelled := flag.String("labelled", "", "CoNLL-U file that the teacher has labelled, to learn from besides")
	split := flag.Bool("split", false, "print the words of the sentences of the text at stdin instead, one sentence a line, for the teacher to label")
	flag.Parse()
	if *split {
		if err := printWords(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "train:", err)
			os.Exit(1)
		}
		return
	}
	if *dir == "" {
		fmt.Fprintln(os.Stderr, "train: -treebanks is missing: the folder of the treebanks")
		os.Exit(2)
	}
	var err error
	if *eval {
		err = evaluate(*dir, *model)
	} else {
		err = train(*dir, *out, *labelled, *composed, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// train learns from the treebanks that are free to ship weights of, and from
// what the teacher has labelled.
func train(dir, out, labelled string, composed int, o english.TrainOptions) error {
	var all []english.Annotated
	for _, name := range []string{"ewt.train", "gumfree.train"} {
		s, err := readTreebank(dir, name)
		if err != nil {
			return err
		}
		all = append(all, s...)
	}
	if labelled != "" {
		raw, err := os.ReadFile(labelled)
		if err != nil {
			return err
		}
		s, err := parseTreebank(raw)
		if err != nil {
			return fmt.Errorf("%s:%w", labelled, err)
		}
		all = append(all, s...)
	}
	var err error
	if o.Composed, err = compose(news, composed, o.Seed); err != nil {
		return err
	}
	began := time.Now()
	o.Progress = func(step string) {
		fmt.Fprintf(os.Stderr, "%4.0f s  %s\n", time.Since(began).Seconds(), step)
	}
	m, err := english.Train(all, o)
	if err != nil {
		return err
	}
	b, err := m.Save()
	if err != nil {
		return err
	}
	o.Progress(fmt.Sprintf("done: %d bytes, sha256 %x", len(b), sha256.Sum256(b)))
	return os.WriteFile(out, b, 0o644)
}
