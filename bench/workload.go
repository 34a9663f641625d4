package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/bench/bolt/peer"
	"github.com/entente-kg/entente/graph"
)

// generator is the version of what makes a workload; files of another version are
// not used again.
const generator = 2

// workload returns the folder in work with the files for a size and a seed. They
// are made where they are missing; questions.json is written last.
func workload(work string, quads int, seed uint64) (string, error) {
	dir := filepath.Join(work, fmt.Sprintf("quads-%d-seed-%d-v%d", quads, seed, generator))
	_, err := os.Stat(filepath.Join(dir, peer.QuestionsFile))
	if !errors.Is(err, fs.ErrNotExist) {
		return dir, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	return dir, writeWorkload(dir, newWorld(seed, quads))
}

func writeWorkload(dir string, w *world) error {
	s := &sample{rng: w.stream(1)}
	l := &lister{known: make(map[string]bool)}
	err := l.file(filepath.Join(dir, peer.QuadsFile), func() error { return l.all(sampled(w.readings(0, w.reports), s)) })
	if err != nil {
		return err
	}
	q := s.questions(w.persons)
	q.Quads = l.lines
	for _, r := range w.relations {
		q.Relations = append(q.Relations, "<rel:"+string(r)+">")
	}
	slices.Sort(q.Relations)
	err = l.file(filepath.Join(dir, peer.MoreFile), func() error {
		for r := range w.readings(w.reports, w.reports+moreReports) {
			first := l.lines
			if err := l.all(only(r)); err != nil {
				return err
			}
			q.Q7 = append(q.Q7, peer.Range{First: first, Last: l.lines})
		}
		return nil
	})
	if err != nil {
		return err
	}
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false) // terms are full of < and >
	out.SetIndent("", "\t")
	if err := out.Encode(q); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, peer.QuestionsFile), text.Bytes(), 0o666)
}

// sampled passes readings on, with their claims to the sample.
func sampled(readings iter.Seq[entente.Reading], s *sample) iter.Seq2[entente.Reading, error] {
	return func(yield func(entente.Reading, error) bool) {
		for r := range readings {
			for _, c := range r.Claims {
				s.add(c)
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func only(r entente.Reading) iter.Seq2[entente.Reading, error] {
	return func(yield func(entente.Reading, error) bool) { yield(r, nil) }
}

// lister writes the quads of readings, each once. [graph.Quads] repeats two kinds:
// the plain edge that two claims of a report make, and, called for a reading
// alone, what all reports share.
type lister struct {
	out   *bufio.Writer
	lines int
	known map[string]bool // entities with their lasting quads written
	fresh map[string]bool // those that this list writes
	label string          // of the last line
	edges map[string]bool // lines of that label
}

// file makes a file of what write lists.
func (l *lister) file(name string, write func() error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	l.out, l.lines = bufio.NewWriterSize(f, 1<<20), 0
	return errors.Join(write(), l.out.Flush(), f.Close())
}

func (l *lister) all(readings iter.Seq2[entente.Reading, error]) error {
	l.fresh = make(map[string]bool)
	for q, err := range graph.Quads(readings) {
		if err != nil {
			return err
		}
		subject, label := peer.Term(q.Subject), peer.Term(q.Label)
		line := subject + " " + peer.Term(q.Predicate) + " " + peer.Term(q.Object) + " " + label + " .\n"
		if l.repeats(line, subject, label) {
			continue
		}
		if _, err := l.out.WriteString(line); err != nil {
			return err
		}
		l.lines++
	}
	return nil
}

// repeats reports whether a line was written before.
func (l *lister) repeats(line, subject, label string) bool {
	if label == "<source:gazetteer>" || label == "<source:entities>" {
		if l.known[subject] && !l.fresh[subject] {
			return true
		}
		l.known[subject], l.fresh[subject] = true, true
		return false
	}
	if label != l.label {
		l.label, l.edges = label, make(map[string]bool)
	}
	isEdge := strings.HasPrefix(line, subject+" <rel:")
	was := l.edges[line]
	if isEdge {
		l.edges[line] = true
	}
	return was
}
