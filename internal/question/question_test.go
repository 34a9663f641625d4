package question

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
)

// world is what the questions of these tests name.
var world = map[string]entente.Entity{
	"Lavrov": {ID: "Lavrov", Kind: entente.Person, Name: "Sergei Lavrov", State: "RUS"}, "Choe Son Hui": {ID: "Choe", Kind: entente.Person, Name: "Choe Son Hui", State: "PRK"},
	"Russia": {ID: "Russia", Kind: entente.State, Name: "Russia", State: "RUS"}, "North Korea": {ID: "North_Korea", Kind: entente.State, Name: "North Korea", State: "PRK"},
	"China": {ID: "China", Kind: entente.State, Name: "China", State: "CHN"}, "US": {ID: "United_States", Kind: entente.State, Name: "United States", State: "USA"},
	"Moscow": {ID: "Moscow", Kind: entente.Place, Name: "Moscow", State: "RUS"}, "Pyongyang": {ID: "Pyongyang", Kind: entente.Place, Name: "Pyongyang", State: "PRK"},
	"Prespa Agreement": {ID: "Prespa_Agreement", Kind: entente.Agreement, Name: "Prespa Agreement"}, "KCNA": {ID: "KCNA", Kind: entente.Organisation, Name: "KCNA"},
}

// look finds the names of world, small ones too; a surname is a part of a name.
func look(phrase string) ([]entente.Entity, bool, error) {
	for name, e := range world {
		if strings.EqualFold(name, phrase) {
			return []entente.Entity{e}, e.Kind != entente.Person, nil
		}
	}
	return nil, false, nil
}

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := NewReader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var update = flag.Bool("update", false, "rewrite testdata/questions.txt")

var today = entente.Date{EDTF: "2026-11-26"}

// line writes a reading in one line.
func line(r Reading) string {
	words := []string{string(r.Kind)}
	add := func(key, value string) {
		if value != "" {
			words = append(words, key+value)
		}
	}
	add("", string(r.Slot))
	for _, k := range r.Want {
		add("a ", string(k))
	}
	add("", string(r.Pick))
	for _, rel := range r.Relations {
		add("", string(rel))
	}
	for _, side := range []struct {
		key  string
		refs []Ref
	}{{"subject ", r.Subject}, {"object ", r.Object}, {"either ", r.Either}, {"between ", r.Between[0]}, {"and ", r.Between[1]}, {"at ", r.Place}, {"by ", r.Source}, {"besides ", r.Besides}} {
		for _, ref := range side.refs {
			add(side.key, strings.ReplaceAll(ref.Text, " ", "_"))
		}
	}
	for _, s := range r.Statuses {
		add("", string(s))
	}
	add("since ", r.Since.EDTF)
	add("until ", r.Until.EDTF)
	for _, w := range r.Words {
		add("text ", strings.Join(w.Forms, "/"))
	}
	return strings.Join(words, "; ")
}

// TestRead reads testdata/questions.txt: a question, and under it what it is read as,
// "then" before one that is asked right behind.
func TestRead(t *testing.T) {
	text, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	var got []string
	var before *Reading
	for _, l := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(l, "    ") {
			continue
		}
		got = append(got, l)
		if l == "" || l[0] == '#' {
			continue
		}
		question, short := strings.CutPrefix(l, "then ")
		if !short {
			before = nil
		}
		reading, err := r.Read(question, look, today, before)
		if err != nil {
			got = append(got, "    "+err.Error())
			continue
		}
		before = &reading
		got = append(got, "    "+line(reading))
	}
	want := strings.Split(strings.TrimSpace(string(text)), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		if *update {
			if err := os.WriteFile("testdata/questions.txt", []byte(strings.Join(got, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("run with -update and look at what changed (- file, + read):\n%s", diff)
	}
}

// phrases are the lists that may hold several words.
var phrases = []string{"polite", "whether", "list", "by whom", "idle", "timing"}

// TestLists wants every list that the code asks for to be in data/questions/words.txt,
// and every list there to be asked for.
func TestLists(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:lists\[|\bis\(|phrase\()"([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
			asked[m[1]] = true
		}
	}
	for _, k := range asKinds {
		asked["kind "+string(k)] = true
	}
	lists, err := readListFile("questions/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name := range asked {
		if lists[name] == nil && name != "acts for" && name != "kind " && name != "also " && name != "narrow " {
			t.Errorf("list %q is not in data/questions/words.txt", name)
		}
	}
	for name, words := range lists {
		if !asked[name] && !strings.HasPrefix(name, "also ") && !strings.HasPrefix(name, "narrow ") {
			t.Errorf("list %q of data/questions/words.txt is asked for nowhere", name)
		}
		for word := range words {
			if strings.Contains(word, " ") && !slices.Contains(phrases, name) && !strings.HasPrefix(name, "also ") {
				t.Errorf("list %q: %q is several words, and the list is asked for one word at a time", name, word)
			}
			if word != strings.ToLower(word) {
				t.Errorf("list %q: %q is not in lower case", name, word)
			}
			if _, err := entente.ParseRelation(word); strings.HasPrefix(name, "also ") && err != nil {
				t.Errorf("list %q: %v", name, err)
			}
		}
	}
}

// FuzzRead wants no panic, and names in a reading only where the question has them.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		f.Fatal(err)
	}
	for l := range strings.Lines(string(text)) {
		f.Add(strings.TrimSpace(l), "And in 2023?")
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, first, then string) {
		reading, err := r.Read(first, look, today, nil)
		check(t, first, reading, err)
		if err != nil {
			return
		}
		next, err := r.Read(then, look, today, &reading)
		check(t, first+" "+then, next, err)
	})
}

func check(t *testing.T, text string, r Reading, err error) {
	t.Helper()
	var unread *UnreadError
	if err != nil && !errors.As(err, &unread) {
		t.Fatalf("%q: %v", text, err)
	}
	if err != nil {
		return
	}
	for _, ref := range slices.Concat(r.Subject, r.Object, r.Either, r.Between[0], r.Between[1], r.Place, r.Source) {
		if !strings.Contains(text, ref.Text) {
			t.Errorf("%q: reads %q, which it does not name", text, ref.Text)
		}
		if ref.Office == "" && len(ref.Entities) == 0 || ref.Office != "" && ref.Of == nil {
			t.Errorf("%q: %q means nobody", text, ref.Text)
		}
	}
	for _, d := range []entente.Date{r.Since, r.Until} {
		if _, err := entente.ParseDate(d.EDTF); err != nil && !d.IsZero() {
			t.Errorf("%q: %v", text, err)
		}
	}
	if r.Kind == "" {
		t.Errorf("%q: no kind: %s", text, fmt.Sprint(line(r)))
	}
}
