package names

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLists: every list that the code asks for is in data/naming.txt, every list
// there is asked for, and words are in lower case.
func TestLists(t *testing.T) {
	_, g := tools()
	asked := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\.is\("([a-z-]+)"|lists\["([a-z-]+)"\]`).FindAllStringSubmatch(string(b), -1) {
			asked[m[1]+m[2]] = true
		}
	}
	for name := range asked {
		if len(g.lists[name]) == 0 {
			t.Errorf("list %q is not in data/naming.txt", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g.lists)) {
		family, _, several := strings.Cut(name, " ")
		if !asked[name] && !(several && (family == "fits" || family == "nickname" || family == "terrain")) {
			t.Errorf("list %q of data/naming.txt is asked for nowhere", name)
		}
		for w := range g.lists[name] {
			if family != "nickname" && family != "terrain" && strings.ToLower(w) != w {
				t.Errorf("list %q: %q is not in lower case", name, w)
			}
		}
	}
}

// TestFits: each class that a "fits" list names is one of data/offices.tsv.
func TestFits(t *testing.T) {
	_, g := tools()
	known := map[string]bool{"unsaid": true}
	for _, class := range g.classes {
		known[class] = true
	}
	for name, classes := range g.lists {
		if !strings.HasPrefix(name, "fits ") {
			continue
		}
		for c := range classes {
			if !known[c] {
				t.Errorf("list %q: no office is of class %q", name, c)
			}
		}
	}
}
