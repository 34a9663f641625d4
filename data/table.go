package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	entente "github.com/entente-kg/entente"
)

// A Name is one form that an entity is known by.
type Name struct {
	Text      string
	Ambiguous bool // may mean something else, too: marked "?" in the file
}

// row is one line of a table, by the columns that its header names.
type row struct {
	fields []string // used again for the next row
	index  map[string]int
}

// lazy returns a function that reads a table once, on its first call. A table
// that cannot be read is a fault of the build, which the lint of this package
// finds, so the function panics.
func lazy[T any](file string, parse func(row) (T, error)) func() []T {
	return sync.OnceValue(func() []T {
		text, err := FS.ReadFile(file)
		if err != nil {
			panic("data: " + err.Error())
		}
		out, err := parseTable(file, string(text), parse)
		if err != nil {
			panic("data: " + err.Error())
		}
		return out
	})
}

// parseTable parses each row of a table: tab-separated fields under a header,
// which is the last line that begins with "#". file is for the errors.
func parseTable[T any](file, text string, parse func(row) (T, error)) ([]T, error) {
	var r row
	out := make([]T, 0, strings.Count(text, "\n"))
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if header, ok := strings.CutPrefix(line, "#"); ok {
			r.index = columns(header)
			continue
		}
		r.fields = slices.AppendSeq(r.fields[:0], strings.SplitSeq(line, "\t"))
		if len(r.fields) != len(r.index) {
			return nil, fmt.Errorf("%s:%d: %d fields, the header has %d", file, n, len(r.fields), len(r.index))
		}
		v, err := parse(r)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		out = append(out, v)
	}
	return out, nil
}

// columns returns the place of each column that a header names.
func columns(header string) map[string]int {
	index := map[string]int{}
	for i, name := range strings.Split(header, "\t") {
		index[name] = i
	}
	return index
}

// text returns a field, "" where the table has no such column.
func (r row) text(column string) string {
	i, ok := r.index[column]
	if !ok {
		return ""
	}
	return r.fields[i]
}

// number returns a field that is a whole number, 0 when empty.
func (r row) number(column string) (int, error) {
	s := r.text(column)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%s %q is not a whole number", column, s)
	}
	return n, nil
}

// list returns the values of a field that are separated by "|".
func (r row) list(column string) []string {
	s := r.text(column)
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// ids returns a list of entity IDs.
func (r row) ids(column string) []entente.EntityID {
	var out []entente.EntityID
	for _, s := range r.list(column) {
		out = append(out, entente.EntityID(s))
	}
	return out
}

// names returns the forms in the columns, in their order.
func (r row) names(columns ...string) []Name {
	n := 0
	for _, c := range columns {
		n += strings.Count(r.text(c), "|") + 1
	}
	out := make([]Name, 0, n)
	for _, c := range columns {
		if r.text(c) == "" {
			continue
		}
		for s := range strings.SplitSeq(r.text(c), "|") {
			out = append(out, mark(s))
		}
	}
	return out
}

// mark reads the mark of an ambiguous form.
func mark(s string) Name {
	text, ambiguous := strings.CutSuffix(s, "?")
	return Name{Text: text, Ambiguous: ambiguous}
}

// oneOf returns a field that must be one of a few words.
func oneOf[T ~string](r row, column string, allowed []T) (T, error) {
	v := T(r.text(column))
	if !slices.Contains(allowed, v) {
		return "", fmt.Errorf("%s %q is none of %v", column, v, allowed)
	}
	return v, nil
}
