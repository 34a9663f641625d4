package loader

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// MaxSource is the most bytes that one source may have, 16 MiB: a hundred
// times the longest report, and little enough to be read at once.
const MaxSource = 16 << 20

// Source is the bytes of one report and the name that messages give it: a path
// or "-".
type Source struct {
	Name string
	Data []byte
}

// Meta is what is known of a report apart from its bytes. What the report says
// of itself goes before it.
type Meta struct {
	URL       string
	Publisher string
	Title     string
	Published entente.Date // a day
}

// extensions are the names of files that a folder is searched for.
var extensions = map[string]bool{".txt": true, ".md": true, ".markdown": true, ".html": true, ".htm": true, ".xhtml": true, ".json": true, ".jsonl": true}

// Open yields the sources that the arguments name, in their order: a file, a
// folder with all reports in it and below, a glob, or "-" for in. A file of
// JSON lines is one source a line, a JSON array one an object; ".gz" is undone. An argument or file that
// cannot be read is an error beside the others, not the end.
func Open(args []string, in io.Reader) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		for _, arg := range args {
			for s, err := range open(arg, in) {
				if !yield(s, err) {
					return
				}
			}
		}
	}
}

func open(arg string, in io.Reader) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		if arg == "-" {
			readAll("-", in, yield)
			return
		}
		paths, err := expand(arg)
		if err != nil {
			yield(Source{Name: arg}, err)
			return
		}
		for _, path := range paths {
			if !openFile(path, yield) {
				return
			}
		}
	}
}

// expand returns the files that an argument names.
func expand(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return folder(arg)
	case err == nil:
		return []string{arg}, nil
	case !errors.Is(err, fs.ErrNotExist) || !strings.ContainsAny(arg, "*?["):
		return nil, plainError(arg, err)
	}
	paths, err := filepath.Glob(arg)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; write it as '*.html'", arg, err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s: no file matches", arg)
	}
	var out []string
	for _, path := range paths {
		files, err := expand(path)
		if err != nil {
			return nil, err
		}
		out = append(out, files...)
	}
	return out, nil
}

// plainError returns an error of the file system as "name: reason".
func plainError(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// folder returns the reports in a folder and below, sorted.
func folder(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return plainError(path, err)
		}
		name := strings.TrimSuffix(strings.ToLower(d.Name()), ".gz")
		if d.Type().IsRegular() && extensions[filepath.Ext(name)] && !strings.HasSuffix(name, ".gold.json") {
			out = append(out, path)
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s: no .txt, .md, .html, .json or .jsonl file in this folder", dir)
	}
	slices.Sort(out)
	return out, err
}

func openFile(path string, yield func(Source, error) bool) bool {
	f, err := os.Open(path)
	if err != nil {
		return yield(Source{Name: path}, plainError(path, err))
	}
	defer f.Close()
	return readAll(path, f, yield)
}

// readAll yields the source, or sources, that r holds.
func readAll(name string, r io.Reader, yield func(Source, error) bool) bool {
	if strings.HasSuffix(strings.ToLower(name), ".gz") {
		z, err := gzip.NewReader(r)
		if err != nil {
			return yield(Source{Name: name}, fmt.Errorf("%s: %w", name, err))
		}
		r = z
	}
	limit := int64(MaxSource)
	lines := filepath.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz")) == ".jsonl"
	if lines {
		limit *= 64 // many reports
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return yield(Source{Name: name}, plainError(name, err))
	case int64(len(data)) > limit:
		return yield(Source{Name: name}, fmt.Errorf("%s: more than %d MB, which is no report; split it into one file a report", name, limit>>20))
	case lines || jsonLines(data):
		return eachLine(name, data, yield)
	case bytes.HasPrefix(bytes.TrimSpace(data[:min(len(data), 64)]), []byte("[")):
		if reports := jsonArray(data); reports != nil {
			return eachReport(name, reports, yield)
		}
	}
	return yield(Source{Name: name, Data: data}, nil)
}

// jsonLines reports whether data is JSON lines under another name: the first of
// several lines is a whole object.
func jsonLines(data []byte) bool {
	line, rest, _ := bytes.Cut(data, []byte("\n"))
	return bytes.HasPrefix(line, []byte("{")) && len(bytes.TrimSpace(rest)) > 0 && json.Valid(line)
}

// jsonArray returns the objects of a JSON array; nil where data is none.
func jsonArray(data []byte) []json.RawMessage {
	var reports []json.RawMessage
	if json.Unmarshal(data, &reports) != nil {
		return nil
	}
	for _, r := range reports {
		if !bytes.HasPrefix(r, []byte("{")) {
			return nil
		}
	}
	return reports
}

// eachReport yields the objects of a JSON array as sources "name:1", "name:2".
func eachReport(name string, reports []json.RawMessage, yield func(Source, error) bool) bool {
	for i, r := range reports {
		if !yield(Source{Name: fmt.Sprintf("%s:%d", name, i+1), Data: r}, nil) {
			return false
		}
	}
	return true
}

// eachLine yields the lines of a JSON lines file as sources "name:line".
func eachLine(name string, data []byte, yield func(Source, error) bool) bool {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		s := Source{Name: fmt.Sprintf("%s:%d", name, n), Data: line}
		var err error
		if !json.Valid(line) {
			err = fmt.Errorf("%s: not JSON; a report is {\"title\",\"publisher\",\"date\",\"text\"} on one line", s.Name)
		}
		if !yield(s, err) {
			return false
		}
	}
	return true
}
