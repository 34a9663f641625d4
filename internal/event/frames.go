package event

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// A Frame says which words tell of a relation and where in the sentence its
// two actors stand. Frames are read from data/frames; data/frames/README.md is
// the page of the format.
type Frame struct {
	Relation entente.Relation
	Word     Word       // the trigger and the words that must go with it
	Subject  [][]Role   // alternatives, tried in turn until one is filled; each a union
	Object   [][]Role   // likewise
	Options  FrameFlags // see the constants
	Status   entente.Status
	Place    string // file:line, for --explain
}

// Word is the trigger of a frame.
type Word struct {
	Class  string     // verb, noun, adj or aux
	Lemmas []string   // any of these
	With   [][]string // further words of the same clause; of each list one
}

// A Role is a place in the tree where an actor may stand.
type Role struct {
	Name   string         // subj, obj, poss, mod, pair, ctl, comp, speaker, host, or a preposition
	Kinds  []entente.Kind // acceptable kinds of entity; nil = any actor
	Within bool           // "~": look for a possessor or modifier inside the phrase too
}

// FrameFlags are the options of a frame.
type FrameFlags uint8

// The options, by the names that the files use.
const (
	// Own: the two actors may belong to one state.
	Own FrameFlags = 1 << iota
	// OfState: an object that is a person stands for the state acted for.
	OfState
	// Standing: holds over time; "ongoing" unless told in the past.
	Standing
	// Mutual: each pair counts in both directions ("the two fought a war").
	Mutual
	// Hypothetical: keep under "could", "should" and "if".
	Hypothetical
	// Loose: the words tell of the relation now and then; others come first.
	Loose
)

var flagNames = map[string]FrameFlags{"own": Own, "standing": Standing, "state": OfState, "mutual": Mutual, "hypothetical": Hypothetical, "loose": Loose}

// Frames is the set of frames, by the lemma of the trigger.
type Frames struct {
	byLemma map[string][]*Frame
	all     []*Frame
	moods   map[string]mood
	light   map[string]bool
	lists   map[string]map[string]bool
}

// ReadFrames reads the frames/*.txt files of fsys, in order of name, the word
// lists beside them, and further files of frames. The error names file, line and
// what was expected.
func ReadFrames(fsys fs.FS, further ...string) (*Frames, error) {
	f := &Frames{byLemma: map[string][]*Frame{}, moods: map[string]mood{}, lists: map[string]map[string]bool{}}
	names, err := fs.Glob(fsys, "frames/*.txt")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	for _, name := range append(names, further...) {
		if err := f.readFile(fsys, name); err != nil {
			return nil, err
		}
	}
	f.light = f.lists["light"]
	return f, f.index()
}

func (f *Frames) readFile(fsys fs.FS, name string) error {
	file, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	row := f.addFrame
	switch path.Base(name) {
	case "moods.txt":
		row = f.addMood
	case "words.txt":
		row = f.addWords
	}
	return eachRow(file, name, row)
}

// eachRow calls do with the fields, parted by "|", of each line that is neither
// empty nor a comment, and with its place "file:line".
func eachRow(r io.Reader, name string, do func(fields []string, place string) error) error {
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := s.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		place := fmt.Sprintf("%s:%d", name, n)
		fields := strings.Split(line, "|")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if err := do(fields, place); err != nil {
			return fmt.Errorf("%s: %w", place, err)
		}
	}
	return s.Err()
}

// addFrame reads one row: relation, class, words, subject, object, options.
func (f *Frames) addFrame(fields []string, place string) error {
	if len(fields) != 5 && len(fields) != 6 {
		return fmt.Errorf("%d columns; a frame has relation, class, words, subject, object and options", len(fields))
	}
	relation, err := entente.ParseRelation(fields[0])
	if err != nil {
		return err
	}
	frame := &Frame{Relation: relation, Place: place}
	if frame.Word, err = parseWord(fields[1], fields[2]); err != nil {
		return err
	}
	if frame.Subject, err = parseRoles(fields[3]); err != nil {
		return err
	}
	if frame.Object, err = parseRoles(fields[4]); err != nil {
		return err
	}
	if len(fields) == 6 {
		if err := frame.setOptions(fields[5]); err != nil {
			return err
		}
	}
	f.all = append(f.all, frame)
	return nil
}

// index files the frames under their lemmas, those with more words first.
func (f *Frames) index() error {
	for _, frame := range f.all {
		lemmas, err := f.expand(frame.Word.Lemmas)
		if err != nil {
			return fmt.Errorf("%s: %w", frame.Place, err)
		}
		for i, words := range frame.Word.With {
			if frame.Word.With[i], err = f.expand(words); err != nil {
				return fmt.Errorf("%s: %w", frame.Place, err)
			}
		}
		for _, lemma := range lemmas {
			key := frame.Word.Class + " " + lemma
			f.byLemma[key] = append(f.byLemma[key], frame)
		}
	}
	for _, frames := range f.byLemma {
		slices.SortStableFunc(frames, func(a, b *Frame) int {
			return cmp.Or(cmp.Compare(a.Options&Loose, b.Options&Loose), len(b.Word.With)-len(a.Word.With))
		})
	}
	return nil
}

// Of returns the frames whose trigger is of a class (verb, noun, adj, aux, be) and
// has a lemma, those that count first in front.
func (f *Frames) Of(class, lemma string) []*Frame { return f.byLemma[class+" "+lemma] }

// Has reports whether a word is in a list of words.txt.
func (f *Frames) Has(list, word string) bool { return f.lists[list][word] }

// expand replaces "@name" by the words of that list.
func (f *Frames) expand(words []string) ([]string, error) {
	var out []string
	for _, w := range words {
		name, isList := strings.CutPrefix(w, "@")
		if !isList {
			out = append(out, w)
			continue
		}
		if f.lists[name] == nil {
			return nil, fmt.Errorf("no list %q in words.txt", name)
		}
		out = append(out, slices.Sorted(maps.Keys(f.lists[name]))...)
	}
	return out, nil
}

func parseWord(class, words string) (Word, error) {
	if class != "verb" && class != "noun" && class != "adj" && class != "aux" && class != "be" {
		return Word{}, fmt.Errorf("class %q; it is verb, noun, adj, aux or be", class)
	}
	parts := strings.Fields(words)
	if len(parts) == 0 {
		return Word{}, fmt.Errorf("no trigger word")
	}
	w := Word{Class: class, Lemmas: strings.Split(parts[0], "/")}
	for _, p := range parts[1:] {
		w.With = append(w.With, strings.Split(p, "/"))
	}
	return w, nil
}

var kinds = map[string]entente.Kind{"person": entente.Person, "state": entente.State, "organisation": entente.Organisation,
	"place": entente.Place, "agreement": entente.Agreement}

// parseRoles reads alternatives parted by ">", each a union parted by "+".
func parseRoles(s string) ([][]Role, error) {
	var alternatives [][]Role
	for alternative := range strings.SplitSeq(s, ">") {
		var union []Role
		for part := range strings.SplitSeq(alternative, "+") {
			r, err := parseRole(strings.TrimSpace(part))
			if err != nil {
				return nil, err
			}
			union = append(union, r)
		}
		alternatives = append(alternatives, union)
	}
	return alternatives, nil
}

// parseRole reads "name", "name~" or "name:kind,kind".
func parseRole(s string) (Role, error) {
	name, filter, _ := strings.Cut(s, ":")
	r := Role{Name: strings.ReplaceAll(strings.TrimSuffix(name, "~"), "_", " "), Within: strings.HasSuffix(name, "~")}
	if r.Name == "" {
		return r, fmt.Errorf("empty role in %q", s)
	}
	for k := range strings.SplitSeq(filter, ",") {
		if k == "" {
			continue
		}
		if _, ok := kinds[k]; !ok {
			return r, fmt.Errorf("kind %q of role %s; kinds are person, state, organisation, place, agreement", k, r.Name)
		}
		r.Kinds = append(r.Kinds, kinds[k])
	}
	return r, nil
}

func (f *Frame) setOptions(s string) error {
	for o := range strings.FieldsSeq(s) {
		if status, ok := strings.CutPrefix(o, "status="); ok {
			if !slices.Contains(entente.Statuses, entente.Status(status)) {
				return fmt.Errorf("unknown status %q", status)
			}
			f.Status = entente.Status(status)
			continue
		}
		flag, ok := flagNames[o]
		if !ok {
			return fmt.Errorf("unknown option %q", o)
		}
		f.Options |= flag
	}
	return nil
}

// addMood reads one row of moods.txt: lemma, mood.
func (f *Frames) addMood(fields []string, _ string) error {
	if len(fields) != 2 {
		return fmt.Errorf("%d columns; a mood has words and what they do", len(fields))
	}
	m, ok := moodNames[fields[0]]
	if !ok {
		return fmt.Errorf("unknown mood %q", fields[0])
	}
	for lemma := range strings.FieldsSeq(fields[1]) {
		f.moods[lemma] = m
	}
	return nil
}

// addWords reads one row of words.txt: name of a list, its words.
func (f *Frames) addWords(fields []string, _ string) error {
	if len(fields) != 2 {
		return fmt.Errorf("%d columns; a list has a name and its words", len(fields))
	}
	list := f.lists[fields[0]]
	if list == nil {
		list = map[string]bool{}
		f.lists[fields[0]] = list
	}
	for word := range strings.FieldsSeq(fields[1]) {
		list[word] = true
	}
	return nil
}
