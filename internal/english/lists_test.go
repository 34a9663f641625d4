package english

import (
	"strings"
	"testing"

	"github.com/entente-kg/entente/data"
)

func TestLemma(t *testing.T) {
	l := model().lemmas
	tests := []struct{ form, pos, tag, want string }{
		{"visited", "VERB", "VBD", "visit"},
		{"Met", "VERB", "VBD", "meet"},
		{"normalised", "VERB", "VBN", "normalise"},
		{"normalizing", "VERB", "VBG", "normalize"},
		{"travelled", "VERB", "VBD", "travel"},
		{"traveling", "VERB", "VBG", "travel"},
		{"signalled", "VERB", "VBD", "signal"},
		{"expelled", "VERB", "VBD", "expel"},
		{"recalled", "VERB", "VBD", "recall"},
		{"hoping", "VERB", "VBG", "hope"},
		{"hopping", "VERB", "VBG", "hop"},
		{"denied", "VERB", "VBD", "deny"},
		{"ratifies", "VERB", "VBZ", "ratify"},
		{"vetoes", "VERB", "VBZ", "veto"},
		{"sought", "VERB", "VBD", "seek"},
		{"overflew", "VERB", "VBD", "overfly"},
		{"withheld", "VERB", "VBN", "withhold"},
		{"lay", "VERB", "VB", "lay"},
		{"lay", "VERB", "VBD", "lie"},
		{"n't", "PART", "RB", "not"},
		{"n’t", "PART", "RB", "not"},
		{"ministries", "NOUN", "NNS", "ministry"},
		{"crises", "NOUN", "NNS", "crisis"},
		{"memoranda", "NOUN", "NNS", "memorandum"},
		{"talks", "NOUN", "NNS", "talk"},
		{"allies", "NOUN", "NNS", "ally"},
		{"embassies", "NOUN", "NNS", "embassy"},
		{"closest", "ADJ", "JJS", "close"},
		{"Lavrov", "PROPN", "NNP", "Lavrov"},
		{"United States", "PROPN", "NNP", "United States"},
		{"ed", "VERB", "VBD", "ed"},
		{"", "VERB", "VBD", ""},
	}
	for _, tt := range tests {
		if got := l.lemma(tt.form, tt.pos, tt.tag); got != tt.want {
			t.Errorf("lemma(%q, %s, %s) = %q, want %q", tt.form, tt.pos, tt.tag, got, tt.want)
		}
	}
}

func TestListErrors(t *testing.T) {
	if _, err := readAbbreviations("title: mr.\nshort: etc."); err == nil || !strings.HasPrefix(err.Error(), `2: kind "short"`) {
		t.Errorf("readAbbreviations with an unknown kind: %v, want an error in line 2", err)
	}
	for _, line := range []string{"went\tv", "went\tverb\tgo", "went v go"} {
		if err := newLemmatizer().readIrregular("# list\n" + line); err == nil || !strings.HasPrefix(err.Error(), "2: ") {
			t.Errorf("readIrregular(%q): %v, want an error in line 2", line, err)
		}
	}
}

// The lists are sorted where they say so, hold nothing twice, and each word is
// in the form in which it is looked up.
func TestListsAreClean(t *testing.T) {
	file, err := data.FS.ReadFile("lemmas.txt")
	if err != nil {
		t.Fatal(err)
	}
	last := ""
	for line := range strings.Lines(string(file)) {
		part := strings.Split(strings.TrimSpace(line), "\t")
		if line[0] == '#' {
			continue
		}
		key := part[1] + "\t" + part[0]
		if key <= last {
			t.Errorf("lemmas.txt: %q after %q, want them in order and once", key, last)
		}
		if line != strings.ToLower(line) {
			t.Errorf("lemmas.txt: %q has capitals", line)
		}
		last = key
	}
	a := model().abbreviations
	for kind, list := range map[string]map[string]bool{"title": a.title, "number": a.number, "other": a.other} {
		if len(list) == 0 {
			t.Errorf("abbreviations.txt has none of kind %s", kind)
		}
		for w := range list {
			if !strings.HasSuffix(w, ".") {
				t.Errorf("abbreviations.txt: %s %q has no full stop", kind, w)
			}
			if kind != "title" && a.title[w] {
				t.Errorf("abbreviations.txt: %q is both title and %s", w, kind)
			}
		}
	}
	for w := range a.opener {
		if strings.Contains(w, ".") {
			t.Errorf("abbreviations.txt: opener %q has a full stop", w)
		}
	}
}
