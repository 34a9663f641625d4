package main

import (
	"strings"
	"unicode/utf8"
)

// typed is a line, or the beginning of one, parted into words as a shell does.
type typed struct {
	words []string
	start int  // byte of the line at which the last word begins, with its quote; its length where the line ends between words
	quote byte // what is open at the end: ', ", a last \, or 0
}

// splitWords parts a line into words as POSIX has it (XCU 2.2, Quoting): white space
// parts them, ' keeps all up to the next ', " all up to the next " but \ before ", \,
// $ and `, and \ the character behind it; \ at the end of a line joins it with the
// next. Nothing is expanded.
func splitWords(line string) typed {
	t := typed{start: len(line)}
	var word strings.Builder
	inWord := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		if t.quote == 0 && isBlank(c) {
			if inWord {
				t.words = append(t.words, word.String())
				word.Reset()
				inWord, t.start = false, len(line)
			}
			continue
		}
		joined := c == '\\' && t.quote != '\'' && i+1 < len(line) && line[i+1] == '\n'
		if !inWord && !joined {
			inWord, t.start = true, i
		}
		switch {
		case joined:
			i++
		case c == '\\' && t.quote != '\'' && i+1 == len(line):
			if t.quote == 0 {
				t.quote = '\\'
			}
		case c == '\\' && (t.quote == 0 || t.quote == '"' && strings.IndexByte("\"\\$`", line[i+1]) >= 0):
			i++
			word.WriteByte(line[i])
		case t.quote == 0 && (c == '"' || c == '\''):
			t.quote = c
		case t.quote == c:
			t.quote = 0
		default:
			word.WriteByte(c)
		}
	}
	if inWord {
		t.words = append(t.words, word.String())
	}
	return t
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// unquoted is a word without its quotes, which may be unfinished.
func unquoted(word string) string { return strings.Join(splitWords(word).words, " ") }

// quoted writes a word so that splitWords and a shell read it back: as it is where
// that does, else in quotes.
func quoted(word string) string {
	switch {
	case word != "" && strings.IndexFunc(word, isSpecial) < 0:
		return word
	case strings.ContainsAny(word, "\"\\$`") && !strings.Contains(word, "'"):
		return "'" + word + "'"
	}
	return `"` + strings.NewReplacer(`"`, `\"`, `\`, `\\`, "$", `\$`, "`", "\\`").Replace(word) + `"`
}

// isSpecial reports whether a shell may take a character for more than itself.
func isSpecial(r rune) bool {
	return r <= ' ' || r == 0x7f || r < utf8.RuneSelf && strings.ContainsRune("\"'\\$`|&;<>()*?[]#~{}!", r)
}
