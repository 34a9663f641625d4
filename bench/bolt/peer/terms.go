package peer

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

// Term writes a value as the workload's files do: as in N-Quads, IRIs as they
// are, datatypes in full.
func Term(v quad.Value) string {
	if t, ok := v.(quad.TypedStringer); ok {
		v = t.TypedString()
	}
	if t, ok := v.(quad.TypedString); ok {
		return t.Value.String() + "^^" + t.Type.Full().String()
	}
	return quad.StringOf(v)
}

// IRI is the value of a term such as "<ent:Russia>".
func IRI(term string) quad.IRI { return quad.IRI(strings.Trim(term, "<>")) }

// EachQuad reads a file of quads for an engine that takes Cayley's.
func EachQuad(file string, each func(quad.Quad) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r := nquads.NewReader(bufio.NewReaderSize(f, 1<<20), false)
	for {
		q, err := r.ReadQuad()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = each(q)
		}
		if err != nil {
			return err
		}
	}
}

// EachLine reads a file of quads for an engine that takes terms.
func EachLine(file string, each func(terms [4]string) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	for lines.Scan() {
		terms, err := split(lines.Text())
		if err == nil {
			err = each(terms)
		}
		if err != nil {
			return err
		}
	}
	return lines.Err()
}

// split cuts a line into its four terms. It trusts that the line is one of ours:
// one blank between terms, no blank nodes, no languages.
func split(line string) (terms [4]string, err error) {
	rest := line
	for i := range terms {
		n := termLen(rest)
		if n <= 0 || n >= len(rest) || rest[n] != ' ' {
			return terms, fmt.Errorf("not a line of the workload: %.80q", line)
		}
		terms[i], rest = rest[:n], rest[n+1:]
	}
	return terms, nil
}

// termLen is the length of the term with which s begins.
func termLen(s string) int {
	n := 0
	if strings.HasPrefix(s, `"`) {
		for n = 1; n < len(s) && s[n] != '"'; n++ {
			if s[n] == '\\' {
				n++
			}
		}
		n++
		if n >= len(s) || s[n] == ' ' {
			return n
		}
	}
	return n + strings.IndexByte(s[n:], '>') + 1
}
