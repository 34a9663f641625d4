package data

import (
	"fmt"
	"strings"
)

// ReadLists calls add for each line of a text of lists, "list word | words" or
// "list | words"; blank lines and those that begin with # are left out. The
// words are parted by spaces. Where add knows no such list, the error names the
// line of the file.
func ReadLists(file, text string, add func(list, word string, words []string) bool) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		head, rest, ok := strings.Cut(line, " | ")
		list, word, _ := strings.Cut(head, " ")
		if !ok || !add(list, word, strings.Fields(rest)) {
			return fmt.Errorf("%s:%d: %q is no list; see the head of the file", file, n, head)
		}
	}
	return nil
}
