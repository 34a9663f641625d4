package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// Tokenize splits a sentence of text into words by the conventions of the
// English treebanks: punctuation and clitics apart, words split at hyphens,
// abbreviations with their stop. Bytes that are not UTF-8 count as letters. The
// tokens hold all of the sentence but its spaces.
func (m *Model) Tokenize(text string, sentence entente.Span) []Token {
	t := tokenizer{text: text[:sentence.End], abbreviations: &m.abbreviations}
	t.tokens = make([]Token, 0, sentence.Len()/5+4) // a word and its space are five bytes at least, mostly
	for i := sentence.Start; i < sentence.End; {
		j := i + strings.IndexFunc(t.text[i:], unicode.IsSpace)
		if j < i {
			j = sentence.End
		}
		if i < j {
			t.chunk(i, j)
		}
		_, n := utf8.DecodeRuneInString(t.text[j:])
		i = j + max(n, 1)
	}
	return t.tokens
}

// tokenizer cuts text, from which it never looks ahead of the sentence.
type tokenizer struct {
	text          string
	abbreviations *abbreviations
	tokens        []Token
	tail          []int // starts of the marks at the end of a chunk, from the last
}

func (t *tokenizer) add(i, j int) {
	if i < j {
		t.tokens = append(t.tokens, Token{Span: entente.Span{Start: i, End: j}, Text: t.text[i:j], Head: -1})
	}
}

const (
	marks      = "\"'“”‘’([{<)]}>,;:!?*…—–`«»"
	currencies = "$£€¥₹"
	longest    = 400 // bytes of a chunk that is looked into; longer ones are no English
)

// chunk splits text that has no spaces.
func (t *tokenizer) chunk(i, j int) {
	if j-i > longest {
		t.add(i, j)
		return
	}
	i = t.opening(i, j)
	t.tail = t.tail[:0]
	end := j
	for i < end {
		k := t.closing(i, end)
		if k == end {
			break
		}
		t.tail = append(t.tail, k)
		end = k
	}
	t.word(i, end)
	for n := len(t.tail) - 1; n >= 0; n-- {
		k := j
		if n > 0 {
			k = t.tail[n-1]
		}
		t.add(t.tail[n], k)
	}
}

// opening adds the marks before a word and returns where the word begins.
func (t *tokenizer) opening(i, j int) int {
	for i < j {
		r, n := utf8.DecodeRuneInString(t.text[i:j])
		next, _ := utf8.DecodeRuneInString(t.text[i+n : j])
		switch {
		case strings.ContainsRune("-.*", r) && i+n < j && !unicode.IsDigit(next):
			n = runLen(t.text[i:j])
		case strings.ContainsRune("'’", r) && unicode.IsDigit(next): // '90s
			return i
		case loneClitic(t.text[i:j]): // 's after a quotation mark and a space
			return i
		case !strings.ContainsRune(marks+currencies+"#", r):
			return i
		}
		t.add(i, i+n)
		i += n
	}
	return i
}

// runLen returns how many of the first byte s begins with.
func runLen(s string) int {
	return len(s) - len(strings.TrimLeft(s, s[:1]))
}

// closing returns where the last mark of [i,j) begins, or j when none ends it.
func (t *tokenizer) closing(i, j int) int {
	r, n := utf8.DecodeLastRuneInString(t.text[i:j])
	k := j - n
	switch {
	case r == '.':
		return t.stop(i, j)
	case r == '%' && k > i:
		return k
	case !strings.ContainsRune(marks, r):
		return j
	case strings.ContainsRune("!?*", r):
		return i + len(strings.TrimRight(t.text[i:j], t.text[k:j]))
	}
	return k
}

// stop returns where the full stop or the dots that end [i,j) begin, or j when
// the stop belongs to an abbreviation.
func (t *tokenizer) stop(i, j int) int {
	k := i + len(strings.TrimRight(t.text[i:j], "."))
	after := strings.TrimLeft(t.text[j:], " \u00a0\n")
	if j-k == 1 && t.abbreviations.keepsStop(t.text[i:j], after) {
		return j
	}
	return k
}

var (
	clitics = []string{"n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"}
	fused   = []string{"cannot", "gonna", "wanna", "gotta"} // three letters and a word
	dashes  = []string{"—", "–", "--", "/", "-"}
)

// loneClitic reports whether s is a clitic that stands apart from its word.
func loneClitic(s string) bool {
	for _, c := range clitics {
		if strings.EqualFold(s, c) {
			return true
		}
	}
	return false
}

// word adds the parts of a word without marks around it.
func (t *tokenizer) word(i, j int) {
	w := t.text[i:j]
	if address(w) {
		t.add(i, j)
		return
	}
	for _, f := range fused {
		if strings.EqualFold(w, f) {
			t.add(i, i+3)
			t.add(i+3, j)
			return
		}
	}
	for _, c := range clitics {
		if len(w) > len(c) && strings.EqualFold(w[len(w)-len(c):], c) {
			t.word(i, j-len(c))
			t.add(j-len(c), j)
			return
		}
	}
	if k := strings.IndexAny(w, currencies); k > 0 {
		_, n := utf8.DecodeRuneInString(w[k:])
		t.add(i, i+k+n) // US$
		t.word(i+k+n, j)
		return
	}
	t.hyphens(i, j)
}

// address reports whether w is an address of the web or of mail.
func address(w string) bool {
	return strings.Contains(w, "://") || strings.Contains(w, "@") ||
		len(w) > 4 && strings.EqualFold(w[:4], "www.")
}

// hyphens splits at dashes, slashes and hyphens between letters.
func (t *tokenizer) hyphens(i, j int) {
	w := t.text[i:j]
	for _, dash := range dashes {
		k := strings.Index(w, dash)
		if k <= 0 || k+len(dash) >= len(w) {
			continue
		}
		before, after := w[:k], w[k+len(dash):]
		if dash == "-" && bound(before) || dash == "/" && number(before) && number(after) {
			break
		}
		t.word(i, i+k)
		t.add(i+k, i+k+len(dash))
		t.word(i+k+len(dash), j)
		return
	}
	t.add(i, j)
}

// bound reports whether s is a prefix that the treebanks leave with its word.
func bound(s string) bool {
	switch strings.ToLower(s) {
	case "e", "co", "re", "pre", "non", "anti", "mid", "pro", "post", "multi", "semi", "un", "sub", "inter", "counter", "x", "t":
		return true
	}
	return false
}
