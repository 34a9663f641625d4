package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// readTreebank reads DIR/NAME.conllu.xz.
func readTreebank(dir, name string) ([]english.Annotated, error) {
	path := filepath.Join(dir, name+".conllu.xz")
	raw, err := exec.Command("xz", "-dc", path).Output()
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	sentences, err := parseTreebank(raw)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", path, err)
	}
	return sentences, nil
}

// parseTreebank reads CoNLL-U (universaldependencies.org/format.html). Words of
// several tokens and empty nodes are left out.
func parseTreebank(raw []byte) ([]english.Annotated, error) {
	var sentences []english.Annotated
	var s english.Annotated
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<22)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		switch {
		case line == "":
			if len(s.Words) > 0 {
				sentences = append(sentences, s)
			}
			s = english.Annotated{}
		case line[0] == '#':
			if text, ok := strings.CutPrefix(line, "# text = "); ok {
				s.Text = text
			}
		default:
			w, ok, err := parseWord(line)
			if err != nil {
				return nil, fmt.Errorf("%d: %w", n, err)
			}
			if ok {
				s.Words = append(s.Words, w)
			}
		}
	}
	if len(s.Words) > 0 {
		sentences = append(sentences, s)
	}
	return sentences, lines.Err()
}

// parseWord reads one line; ok is false for one that is no syntactic word.
func parseWord(line string) (w english.Word, ok bool, err error) {
	c := strings.Split(line, "\t")
	if len(c) != 10 {
		return w, false, fmt.Errorf("%d columns, want 10", len(c))
	}
	if strings.ContainsAny(c[0], "-.") {
		return w, false, nil
	}
	head, err := strconv.Atoi(c[6])
	if err != nil || head < 0 {
		return w, false, fmt.Errorf("head %q, want the number of a word", c[6])
	}
	return english.Word{Form: c[1], Lemma: c[2], Pos: c[3], Tag: c[4], Rel: c[7], Head: head - 1}, true, nil
}

// printWords prints the words of each sentence of a text, parted by spaces.
func printWords(from io.Reader, to io.Writer) error {
	raw, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	m, err := english.Default()
	if err != nil {
		return err
	}
	text := string(raw)
	out := bufio.NewWriter(to)
	for _, s := range m.Sentences(text, entente.Span{End: len(text)}) {
		for i, t := range m.Tokenize(text, s) {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(t.Text)
		}
		out.WriteByte('\n')
	}
	return out.Flush()
}
