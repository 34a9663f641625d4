package loader

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/when"
)

// pageWords is what data/furniture.txt says of the lines that pages carry
// around their text.
type pageWords struct {
	starts []string        // beginnings of such lines, in lower case
	stamp  map[string]bool // words beside the day in a line that says when a page appeared
}

// pageList reads data/furniture.txt, once. A test holds that it is there.
var pageList = sync.OnceValue(func() pageWords {
	raw, err := data.FS.ReadFile("furniture.txt")
	if err != nil {
		return pageWords{}
	}
	return readPageWords(string(raw))
})

func readPageWords(text string) pageWords {
	w := pageWords{stamp: map[string]bool{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch stamp, ok := strings.CutPrefix(line, "+ "); {
		case line == "" || strings.HasPrefix(line, "# "):
		case ok:
			for _, s := range strings.Fields(stamp) {
				w.stamp[s] = true
			}
		default:
			w.starts = append(w.starts, line)
		}
	}
	return w
}

// furniture reports whether a paragraph of so many words begins like page
// furniture. What begins with one such word alone and ends like a sentence is
// none: "Related talks were held on Friday."
func furniture(p string, words int) bool {
	if words > 30 {
		return false
	}
	low := strings.ToLower(p)
	for _, start := range pageList().starts {
		rest, ok := strings.CutPrefix(low, start)
		if !ok || unicode.IsLetter(firstRune(rest)) && unicode.IsLetter(lastRune(start)) {
			continue
		}
		if strings.ContainsAny(start, " :@©#-(") || !terminal(p) {
			return true
		}
	}
	return false
}

// stampedDay returns the day that a line is about which says no more than when
// the page appeared: "Published on July 9, 2025 at 10:15 GMT".
func stampedDay(line string) entente.Date {
	if len(line) > 120 {
		return entente.Date{}
	}
	found := when.Find(line, entente.Span{End: len(line)})
	if len(found) != 1 {
		return entente.Date{}
	}
	span := found[0].Span
	rest := strings.ToLower(line[:span.Start] + " " + line[span.End:])
	for _, w := range strings.FieldsFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !pageList().stamp[w] {
			return entente.Date{}
		}
	}
	return onlyDay(found[0].Resolve(when.Context{}))
}

// statedDay reads the day of a field such as "date": EDTF, a time stamp or
// words with the year. It is zero for anything else.
func statedDay(value string) entente.Date {
	if d := dayOf(value); !d.IsZero() {
		return d
	}
	d, err := when.Read(value, when.Context{})
	if err != nil {
		return entente.Date{}
	}
	return onlyDay(d)
}

// onlyDay returns d where it is a day, without where it was read.
func onlyDay(d entente.Date) entente.Date {
	if d.Precision() != entente.ToDay {
		return entente.Date{}
	}
	return entente.Date{EDTF: d.EDTF}
}

// headline reports whether a paragraph that is no prose may be the title: three
// to thirty words, not glued together as menus are.
func headline(p string) bool {
	words := strings.Fields(p)
	if len(words) < 3 || len(words) > 30 || furniture(p, len(words)) || !unicode.In(firstRune(strings.TrimLeft(p, `"'“‘`)), unicode.Letter, unicode.Digit) {
		return false
	}
	for _, w := range words {
		if glued(w) {
			return false
		}
	}
	return true
}

// glued reports whether a word is two that lost the space between them:
// "AsiaKorea".
func glued(w string) bool {
	for i, r := range w {
		before, _ := utf8.DecodeLastRuneInString(w[:i])
		if i > 3 && unicode.IsUpper(r) && unicode.IsLower(before) && !strings.ContainsAny(w, "-’'") {
			return true
		}
	}
	return false
}
