package main

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/entente-kg/entente/internal/english"
)

// news is a grammar of our own; its head says how to read it.
//
//go:embed news.txt
var news string

// compose returns n sentences of the grammar, the same for the same seed.
func compose(grammar string, n int, seed uint64) ([]english.Annotated, error) {
	rules, err := readRules(grammar)
	if err != nil {
		return nil, err
	}
	c := composer{rules: rules, rng: rand.New(rand.NewPCG(seed, 3))}
	sentences := make([]english.Annotated, n)
	for i := range sentences {
		c.words = nil
		root := c.expand("TOP")
		if root < 0 {
			c.fail("TOP has no head")
		}
		if c.err != nil {
			return nil, c.err
		}
		c.words[root].Head, c.words[root].Rel = -1, "root"
		c.words[0].Form = capitalised(c.words[0].Form)
		sentences[i].Words = c.words
	}
	return sentences, nil
}

func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// readRules returns the phrases of each name.
func readRules(grammar string) (map[string][]string, error) {
	rules := map[string][]string{}
	name := ""
	n := 0
	for line := range strings.Lines(grammar) {
		n++
		text := strings.TrimSpace(line)
		if text == "" || text[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			head, rest, ok := strings.Cut(text, ": ")
			if !ok || rules[head] != nil {
				return nil, fmt.Errorf("news.txt:%d: %q, want a new name, a colon and phrases", n, text)
			}
			name, text = head, rest
		}
		for phrase := range strings.SplitSeq(text, "|") {
			if phrase = strings.TrimSpace(phrase); phrase != "" {
				rules[name] = append(rules[name], phrase)
			}
		}
	}
	return rules, nil
}

// composer expands the rules into words.
type composer struct {
	rules map[string][]string
	rng   *rand.Rand
	words []english.Word
	err   error
}

// expand adds a phrase of the rule and returns the index of its head, -1 for a
// phrase of parts only, which stay open.
func (c *composer) expand(name string) int {
	phrases := c.rules[name]
	if len(phrases) == 0 {
		c.fail("no rule %s", name)
		return -1
	}
	rest := phrases[c.rng.IntN(len(phrases))]
	head := c.phrase(&rest)
	if rest != "" {
		c.fail("%s: %q is left over", name, rest)
	}
	return head
}

func (c *composer) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("news.txt: "+format, args...)
	}
}

// open is the head of a part whose phrase has not met its head yet.
const open = -2

// phrase reads a phrase off the front of rest, up to a bracket that closes it.
func (c *composer) phrase(rest *string) int {
	start, head := len(c.words), -1
	for c.err == nil {
		*rest = strings.TrimLeft(*rest, " ")
		switch {
		case *rest == "" || (*rest)[0] == ']':
			return c.attach(start, head)
		case (*rest)[0] == '[':
			c.part(rest)
		default:
			item, after, _ := strings.Cut(*rest, " ")
			if i := strings.IndexByte(item, ']'); i >= 0 {
				item, after = item[:i], (*rest)[i:]
			}
			*rest = after
			if h := c.item(item); h >= 0 {
				if head >= 0 {
					c.fail("%q is a second head", item)
				}
				head = h
			}
		}
	}
	return -1
}

// attach gives the open parts from start on to head.
func (c *composer) attach(start, head int) int {
	for i := start; i < len(c.words) && head >= 0; i++ {
		if c.words[i].Head == open {
			c.words[i].Head = head
		}
	}
	return head
}

// item adds a word or expands a name, and returns the head.
func (c *composer) item(item string) int {
	if name, ok := strings.CutPrefix(item, "@"); ok {
		return c.expand(name)
	}
	part := strings.Split(item, "/")
	if len(part) < 2 {
		c.fail("%q, want word/TAG", item)
		return -1
	}
	w := english.Word{Form: strings.ReplaceAll(part[0], "_", " "), Tag: part[1], Pos: universalTag(part[1]), Head: -1}
	if len(part) > 2 {
		w.Pos = part[2]
	}
	c.words = append(c.words, w)
	return len(c.words) - 1
}

// part reads "[relation phrase]", with "?" after it when it is optional.
func (c *composer) part(rest *string) {
	relation, after, _ := strings.Cut((*rest)[1:], " ")
	before := len(c.words)
	head := c.phrase(&after)
	if head < 0 || !strings.HasPrefix(after, "]") {
		c.fail("part %s has no head or no end", relation)
		return
	}
	c.words[head].Head, c.words[head].Rel = open, relation
	*rest = after[1:]
	if optional, ok := strings.CutPrefix(*rest, "?"); ok {
		*rest = optional
		if c.rng.IntN(2) == 0 {
			c.words = c.words[:before]
		}
	}
}

// universalTag returns the part of speech that mostly goes with a Penn tag.
func universalTag(tag string) string {
	switch tag {
	case "NN", "NNS":
		return "NOUN"
	case "NNP":
		return "PROPN"
	case "VB", "VBD", "VBG", "VBN", "VBP", "VBZ":
		return "VERB"
	case "IN", "RP":
		return "ADP"
	case "DT":
		return "DET"
	case "JJ":
		return "ADJ"
	case "RB", "WRB":
		return "ADV"
	case "CD":
		return "NUM"
	case "CC":
		return "CCONJ"
	case "PRP", "PRP$", "WP", "WDT":
		return "PRON"
	case "POS", "TO":
		return "PART"
	case "MD":
		return "AUX"
	}
	return "PUNCT"
}
