package loader

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	entente "github.com/entente-kg/entente"
)

// signatures are the first bytes of files that are no text, and what they are.
var signatures = []struct{ first, what string }{
	{"%PDF-", "a PDF file; turn it into text with pdftotext"},
	{"PK\x03\x04", "a ZIP file or office document; save it as text"},
	{"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"},
	{"\x1f\x8b", "a gzip file; give it the ending .gz"},
	{"\x7fELF", "a program"}, {"{\\rtf", "an RTF file; save it as text"},
}

// decode returns the text of a source as UTF-8. Text in another encoding is
// converted, with a problem that says so.
func decode(name string, data []byte) (string, []entente.Problem, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return "", nil, fmt.Errorf("%s: empty; there is nothing to read", name)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.first)) {
			return "", nil, fmt.Errorf("%s: not text but %s", name, s.what)
		}
	}
	if order := utf16Order(data); order != nil {
		return fromUTF16(name, data, order)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", nil, fmt.Errorf("%s: not text: a zero byte at %d; a report is text, HTML or Markdown", name, i)
	}
	if utf8.Valid(data) {
		return string(data), replacementProblems(string(data)), nil
	}
	text, problems, err := legacy(name, data)
	if err == nil && strings.TrimSpace(text) == "" {
		return "", nil, fmt.Errorf("%s: empty; there is nothing to read", name)
	}
	return text, problems, err
}

// utf16Order returns the byte order of UTF-16: by its mark, or where every
// second byte of the beginning is zero as in Latin text.
func utf16Order(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	head := data[:min(len(data), 512)&^1]
	var zero [2]int
	for i, b := range head {
		if b == 0 {
			zero[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case half >= 8 && zero[1] > half*9/10 && zero[0] == 0:
		return binary.LittleEndian
	case half >= 8 && zero[0] > half*9/10 && zero[1] == 0:
		return binary.BigEndian
	}
	return nil
}

func fromUTF16(name string, data []byte, order binary.ByteOrder) (string, []entente.Problem, error) {
	if len(data)%2 != 0 {
		return "", nil, fmt.Errorf("%s: UTF-16 with half a character at the end; the file is cut short", name)
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
	if strings.TrimSpace(text) == "" {
		return "", nil, fmt.Errorf("%s: empty; there is nothing to read", name)
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", nil, fmt.Errorf("%s: not text: a zero character at %d", name, i)
	}
	return text, append(replacementProblems(text), entente.Problem{Text: "the file is UTF-16; it was converted to UTF-8"}), nil
}

// legacy reads bytes that are not UTF-8: as Windows-1252 where that gives text,
// else as UTF-8 with its bad bytes replaced.
func legacy(name string, data []byte) (string, []entente.Problem, error) {
	good := 0
	for b := data; len(b) > 0; {
		r, n := utf8.DecodeRune(b)
		if r >= 0x80 && r != utf8.RuneError {
			good++
		}
		b = b[n:]
	}
	at := firstBad(data)
	line, col := position(data, at)
	if good == 0 {
		if text, err := charmap.Windows1252.NewDecoder().Bytes(data); err == nil && !bytes.ContainsRune(text, utf8.RuneError) {
			return string(text), []entente.Problem{{Text: fmt.Sprintf("not UTF-8 (byte %d, line %d:%d); it was read as Windows-1252, a form of Latin-1", at, line, col)}}, nil
		}
	}
	text := strings.ToValidUTF8(string(data), "\ufffd")
	return text, []entente.Problem{{Text: fmt.Sprintf("bytes that are not UTF-8, the first at byte %d, line %d:%d; they were replaced", at, line, col)}}, nil
}

func firstBad(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

// position returns line and column, from 1, of a byte.
func position(data []byte, at int) (line, col int) {
	before := data[:at]
	return 1 + bytes.Count(before, []byte("\n")), at - bytes.LastIndexByte(before, '\n')
}

// replacementProblems reports characters that an earlier conversion lost.
func replacementProblems(text string) []entente.Problem {
	n := strings.Count(text, "\ufffd")
	if n == 0 {
		return nil
	}
	at := strings.IndexRune(text, '\ufffd')
	return []entente.Problem{{Span: entente.Span{Start: at, End: at + 3}, Text: fmt.Sprintf("%d replacement characters: letters were lost before this file was made", n)}}
}
