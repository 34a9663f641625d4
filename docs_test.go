package entente_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the generated parts of the pages")

// page returns the text of a file of the repository.
func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// relationTable returns the table of docs/relations.md.
func relationTable() string {
	var b strings.Builder
	b.WriteString("| relation | it says that the subject | PLOVER | planned | intensity | CAMEO | Goldstein | |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, a := range entente.Relations {
		if !a.Relation.IsEvent() {
			fmt.Fprintf(&b, "| `%s` | %s | | | | | | %s |\n", a.Relation, a.Means, arrow(a))
			continue
		}
		planned := a.Relation.Plover(entente.Planned, entente.State)
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %.1f | %s | %.1f | %s |\n",
			a.Relation, a.Means, a.Plover, planned, entente.Intensity(a.Plover), a.Cameo, a.Goldstein, arrow(a))
	}
	return b.String()
}

// arrow marks a symmetric relation.
func arrow(a entente.About) string {
	if a.Symmetric {
		return "↔"
	}
	return ""
}

func TestRelationsPage(t *testing.T) {
	const name, from, to = "docs/relations.md", "<!-- table -->\n", "<!-- end of table -->"
	text := page(t, name)
	before, rest, ok := strings.Cut(text, from)
	got, after, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("%s: no lines %q and %q", name, from, to)
	}
	want := relationTable()
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("%s: the table differs from entente.Relations; run with -update (- page, + list):\n%s", name, cmp.Diff(got, want))
	}
	if err := os.WriteFile(name, []byte(before+from+want+to+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestStatusesPage(t *testing.T) {
	text := page(t, "docs/relations.md")
	for _, s := range entente.Statuses {
		if !strings.Contains(text, "| `"+string(s)+"` |") {
			t.Errorf("docs/relations.md: status %s is missing", s)
		}
	}
}

// TestDataPages wants each file of data/ to be named in the README of its
// folder or of one above, and each sample in its own page.
func TestDataPages(t *testing.T) {
	err := filepath.WalkDir("data", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path == filepath.Join("data", "gold"):
			return fs.SkipDir
		case d.IsDir() || d.Name() == "README.md" || strings.HasSuffix(path, ".go"):
			return nil
		case filepath.Dir(path) == filepath.Join("data", "reports"):
			wantNamed(t, d.Name(), "docs/samples.md")
		default:
			wantNamed(t, d.Name(), filepath.Join("data", "README.md"), filepath.Join(filepath.Dir(path), "README.md"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wantNamed fails unless one of the pages that exist names the file in
// backquotes, with or without a folder before it, or links to it.
func wantNamed(t *testing.T, file string, pages ...string) {
	t.Helper()
	named := regexp.MustCompile("(?:`|\\]\\()(?:[^`)\\s]*/)?" + regexp.QuoteMeta(file) + "[`)]")
	for _, name := range pages {
		if text, err := os.ReadFile(name); err == nil && named.Match(text) {
			return
		}
	}
	t.Errorf("%s is named in none of %v", file, pages)
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	fenced  = regexp.MustCompile("(?ms)^```.*?^```$")
)

// anchors returns the fragment names of a page's headings, as GitHub makes them.
func anchors(text string) map[string]bool {
	found := make(map[string]bool)
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		name := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		found[strings.ReplaceAll(name, " ", "-")] = true
	}
	return found
}

func TestLinks(t *testing.T) {
	pages := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata" || d.Name() == "reports"):
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".md":
			return nil
		}
		pages++
		for _, m := range link.FindAllStringSubmatch(fenced.ReplaceAllString(page(t, path), ""), -1) {
			if problem := broken(path, m[1]); problem != "" {
				t.Errorf("%s: link to %s: %s", path, m[1], problem)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages < 10 {
		t.Errorf("only %d pages found", pages)
	}
}

// broken says what is wrong with a link that stands in the page from; "" when
// nothing is, or when it leads out of the repository.
func broken(from, target string) string {
	if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
		return ""
	}
	file, fragment, _ := strings.Cut(target, "#")
	path := from
	if file != "" {
		path = filepath.Join(filepath.Dir(from), filepath.FromSlash(file))
	}
	text, err := os.ReadFile(path)
	if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
		return ""
	}
	switch {
	case err != nil:
		return "no such file"
	case fragment != "" && !anchors(string(text))[fragment]:
		return "no such heading"
	}
	return ""
}

// TestDocsIndex wants each page of docs/ to be listed in docs/README.md.
func TestDocsIndex(t *testing.T) {
	index := page(t, "docs/README.md")
	files, err := filepath.Glob("docs/*.md")
	if err != nil || len(files) < 6 {
		t.Fatalf("docs: %v, %v", files, err)
	}
	for _, file := range files {
		if name := filepath.Base(file); name != "README.md" && !strings.Contains(index, "]("+name+")") {
			t.Errorf("docs/README.md does not list %s", name)
		}
	}
}
