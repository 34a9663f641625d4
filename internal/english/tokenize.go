package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
)

// Tokenize splits a sentence of text into words by the conventions of the
// English treebanks: punctuation and clitics apart, words split at hyphens,
// abbreviations with their stop. Bytes that are not UTF-8 are letters.
func (m *Model) Tokenize(text string, sentence entente.Span) []Token {
	t := tokenizer{text: text[:sentence.End], abbreviations: m.abbreviations}
	for i := sentence.Start; i < sentence.End; {
		r, n := utf8.DecodeRuneInString(t.text[i:])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		j := i
		for j < sentence.End {
			r, n := utf8.DecodeRuneInString(t.text[j:])
			if unicode.IsSpace(r) {
				break
			}
			j += n
		}
		t.chunk(i, j, strings.TrimSpace(t.text[j:]) == "")
		i = j
	}
	return t.out
}

type tokenizer struct {
	text          string
	abbreviations map[string]bool
	out           []Token
}

func (t *tokenizer) add(i, j int) {
	if i < j {
		t.out = append(t.out, Token{Span: entente.Span{Start: i, End: j}, Text: t.text[i:j], Head: -1})
	}
}

const marks = "\"'“”‘’([{<)]}>,;:!?*…—–`«»"

// chunk splits text between two spaces; last says that it ends the sentence.
func (t *tokenizer) chunk(i, j int, last bool) {
	i = t.opening(i, j)
	end := j
	var tail [][2]int
	for i < end {
		k := t.closing(i, end, last && len(tail) == 0)
		if k == end {
			break
		}
		tail = append(tail, [2]int{k, end})
		end = k
	}
	t.word(i, end)
	for k := len(tail) - 1; k >= 0; k-- {
		t.add(tail[k][0], tail[k][1])
	}
}

// opening adds the marks before a word and returns where it begins.
func (t *tokenizer) opening(i, j int) int {
	for i < j {
		r, n := utf8.DecodeRuneInString(t.text[i:j])
		next, _ := utf8.DecodeRuneInString(t.text[i+n : j])
		switch {
		case strings.ContainsRune("-.*", r) && i+n < j && !unicode.IsDigit(next):
			k := i
			for k < j && t.text[k] == t.text[i] {
				k++
			}
			t.add(i, k)
			i = k
		case strings.ContainsRune("'’", r) && unicode.IsDigit(next):
			return i // '90s
		case t.clitic(i, j):
			return i // 's after a quotation mark
		case strings.ContainsRune(marks+"$£€#", r):
			t.add(i, i+n)
			i += n
		default:
			return i
		}
	}
	return i
}

// clitic reports whether the whole chunk is a clitic that stands apart.
func (t *tokenizer) clitic(i, j int) bool {
	switch strings.ToLower(t.text[i:j]) {
	case "'s", "’s", "'ve", "’ve", "'re", "’re", "'ll", "’ll":
		return true
	}
	return false
}

// closing returns where the last mark of [i,j) begins, or j when none ends it.
func (t *tokenizer) closing(i, j int, last bool) int {
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
		for k > i && t.text[k-1] == t.text[j-1] {
			k--
		}
	}
	return k
}

// stop returns where the full stop or dots that end [i,j) begin, or j when the
// stop belongs to an abbreviation.
func (t *tokenizer) stop(i, j int) int {
	k := j
	for k > i && t.text[k-1] == '.' {
		k--
	}
	if j-k > 1 || !t.abbreviation(t.text[i:j]) {
		return k
	}
	return j
}

// abbreviation reports whether w, with its stop, is an abbreviation: a listed
// one, an initial, or letters with stops between them.
func (t *tokenizer) abbreviation(w string) bool {
	return isAbbreviation(w, t.abbreviations)
}

func isAbbreviation(w string, list map[string]bool) bool {
	if list[strings.ToLower(w)] {
		return true
	}
	letters := 0
	for i, c := range []byte(w) {
		letter := c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		if i%2 == 0 && !letter || i%2 == 1 && c != '.' {
			return false
		}
		if letter {
			letters++
		}
	}
	return len(w)%2 == 0 && (letters > 1 || letters == 1 && w[0] >= 'A' && w[0] <= 'Z')
}

var clitics = []string{"n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"}

// word adds the parts of a word without marks around it.
func (t *tokenizer) word(i, j int) {
	if i >= j {
		return
	}
	w := strings.ToLower(t.text[i:j])
	if strings.Contains(w, "://") || strings.HasPrefix(w, "www.") || strings.Contains(w, "@") {
		t.add(i, j)
		return
	}
	if w == "cannot" || w == "gonna" || w == "wanna" || w == "gotta" {
		t.add(i, i+3)
		t.add(i+3, j)
		return
	}
	for _, c := range clitics {
		if len(w) == j-i && strings.HasSuffix(w, c) && len(w) > len(c) {
			t.word(i, j-len(c))
			t.add(j-len(c), j)
			return
		}
	}
	t.hyphens(i, j)
}

// prefixes are parts before a hyphen that do not stand alone.
var prefixes = map[string]bool{"e": true, "co": true, "re": true, "pre": true, "non": true, "anti": true, "mid": true, "pro": true, "post": true,
	"multi": true, "semi": true, "un": true, "sub": true, "inter": true, "counter": true, "x": true, "t": true}

// hyphens splits at dashes, slashes and hyphens between letters.
func (t *tokenizer) hyphens(i, j int) {
	w := t.text[i:j]
	for _, dash := range []string{"—", "–", "--", "/", "-"} {
		k := strings.Index(w, dash)
		if k <= 0 || k+len(dash) >= len(w) {
			continue
		}
		before, after := w[:k], w[k+len(dash):]
		if dash == "-" && prefixes[strings.ToLower(before)] || dash == "/" && number(before) && number(after) {
			break
		}
		t.word(i, i+k)
		t.add(i+k, i+k+len(dash))
		t.word(i+k+len(dash), j)
		return
	}
	t.add(i, j)
}

func number(s string) bool { return strings.Trim(s, "0123456789.,") == "" }
