package entente_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/entente-kg/entente"

// chain lists the packages of the reader; each may import those before it.
var chain = []string{"", "data", "internal/english", "internal/when", "internal/names", "internal/event", "loader"}

// mayImport lists what else a package may import of this module, besides itself
// and what lies in it.
var mayImport = map[string][]string{
	"graph":             {"", "data"},
	"internal/linear":   {},
	"internal/names":    {"internal/linear"},
	"internal/event":    {"internal/linear"},
	"internal/same":     {"", "data"},
	"internal/question": {"", "data", "internal/english", "internal/when", "internal/event"},
	"queries":           {"", "data", "graph", "internal/same", "internal/question", "internal/when"},
	"internal/gold":     {"", "data"},
	"internal/measure":  {"", "data", "loader", "internal/gold", "internal/english", "internal/when", "internal/names", "internal/event"},
	"internal/stories":  {"", "data", "loader", "graph", "queries", "internal/gold"},
	"loader/train":      {"", "data", "loader", "internal/gold", "internal/measure", "internal/english", "internal/when", "internal/linear", "internal/names", "internal/event"},
	"cmd/entente":       {"", "data", "graph", "graph/pebble", "loader", "queries", "internal/gold", "internal/measure", "internal/stories", "internal/english", "internal/when", "internal/names", "internal/event"},
}

// TestImports reads the import declarations of every file, tests too, and fails
// on an arrow that ARCHITECTURE.md does not have.
func TestImports(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || name != "." && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.IsDir() && isModule(name):
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		files++
		for _, imported := range importsOf(t, name) {
			if why := forbidden(filepath.ToSlash(name), imported); why != "" {
				t.Errorf("%s imports %s: %s", name, imported, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files found", files)
	}
}

// isModule reports whether a folder below is a module of its own.
func isModule(dir string) bool {
	found, _ := filepath.Glob(filepath.Join(dir, "go.mod"))
	return dir != "." && len(found) > 0
}

func importsOf(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

// forbidden says why a file may not import a package, "" where it may.
func forbidden(file, imported string) string {
	from := path.Dir(file)
	if from == "." {
		from = ""
	}
	isTest := strings.HasSuffix(file, "_test.go")
	for _, bad := range []string{"graph/kv", "graph/nosql", "graph/all", "graph/sql"} {
		if within(imported, "github.com/cayleygraph/cayley/"+bad) {
			return "this part of Cayley is never imported"
		}
	}
	own := within(imported, module)
	switch {
	case strings.HasPrefix(imported, "github.com/cayleygraph/") && !within(from, "graph"):
		return "only graph imports Cayley"
	case from == "" && !isTest && strings.Contains(imported, "."):
		return "the vocabulary imports only the standard library"
	case !own:
		return ""
	}
	to := strings.TrimPrefix(strings.TrimPrefix(imported, module), "/")
	if isTest && from == "" || allowed(home(from), home(to)) {
		return ""
	}
	return "no such arrow in ARCHITECTURE.md"
}

// within reports whether p is dir or lies in it.
func within(p, dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }

// home returns the package of chain or mayImport in which a folder lies, such as
// internal/english for internal/english/train; graph/pebble is below graph.
func home(dir string) string {
	best := ""
	for _, p := range chain {
		if within(dir, p) && len(p) > len(best) {
			best = p
		}
	}
	for p := range mayImport {
		if within(dir, p) && len(p) > len(best) {
			best = p
		}
	}
	if best == "" && dir != "" {
		return dir
	}
	return best
}

// allowed reports whether package from may import package to.
func allowed(from, to string) bool {
	if from == to {
		return true
	}
	for _, p := range mayImport[from] {
		if p == to {
			return true
		}
	}
	at := func(p string) int {
		for i, q := range chain {
			if p == q {
				return i
			}
		}
		return -1
	}
	return at(to) >= 0 && at(to) < at(from)
}

// TestForbidden tries the rules on arrows that exist and on some that must not.
func TestForbidden(t *testing.T) {
	tests := []struct {
		file, imported string
		bad            bool
	}{
		{"claim.go", "strconv", false},
		{"claim.go", "golang.org/x/text/unicode/norm", true},
		{"claim.go", module + "/data", true},
		{"docs_test.go", module + "/data", false},
		{"data/data.go", module, false},
		{"data/data.go", module + "/graph", true},
		{"internal/when/parse.go", module + "/internal/english", false},
		{"internal/english/tag.go", module + "/internal/when", true},
		{"internal/english/train/main.go", module + "/internal/english", false},
		{"internal/names/find.go", module + "/graph", true},
		{"internal/event/event.go", module + "/data", false},
		{"internal/event/judge.go", module + "/internal/linear", false},
		{"internal/linear/linear.go", module + "/data", true},
		{"loader/read.go", module + "/graph", true},
		{"graph/add.go", module + "/loader", true},
		{"graph/add.go", module + "/internal/names", true},
		{"graph/add.go", module + "/graph/pebble", false},
		{"graph/pebble/store.go", "github.com/cayleygraph/cayley/graph", false},
		{"graph/pebble/store.go", module + "/queries", true},
		{"graph/add.go", "github.com/cayleygraph/cayley/graph/kv/bolt", true},
		{"queries/path.go", "github.com/cayleygraph/quad", true},
		{"queries/path.go", module + "/internal/when", false},
		{"queries/path.go", module + "/loader", true},
		{"cmd/entente/main.go", module + "/queries", false},
		{"cmd/entente/main.go", "github.com/cayleygraph/cayley/query", true},
		{"loader/read.go", module + "/queries", true},
		{"loader/read.go", module + "/internal/gold", true},
		{"loader/train/main.go", module + "/internal/gold", false},
		{"internal/gold/gold.go", module + "/internal/names", true},
		{"internal/gold/gold.go", module + "/data", false},
		{"util/util.go", module + "/graph", true},
	}
	for _, tt := range tests {
		if why := forbidden(tt.file, tt.imported); (why != "") != tt.bad {
			t.Errorf("forbidden(%q, %q) = %q, want a reason: %v", tt.file, tt.imported, why, tt.bad)
		}
	}
}
