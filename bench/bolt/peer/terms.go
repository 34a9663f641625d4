package peer

import (
	"bufio"
	"errors"
	"fmt"
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

// batch is how many quads `cayley load` writes at once.
const batch = 10_000

// Copy writes a file of quads to an engine that takes Cayley's, in batches, as
// `cayley load` does, and closes the writer.
func Copy(w quad.WriteCloser, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = quad.CopyBatch(w, nquads.NewReader(bufio.NewReaderSize(f, 1<<20), false), batch)
	return errors.Join(err, w.Close())
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
