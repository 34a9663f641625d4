package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// load takes up a sentence.
func (f *finder) load(si int, tokens []english.Token) {
	f.si, f.s = si, tokens
	f.pieces = f.pieces[:0]
	f.looked = f.looked[:0]
	for _, t := range tokens {
		f.pieces = append(f.pieces, pieces(t.Text))
		f.looked = append(f.looked, lookedUp{})
	}
}

// A lookedUp is what entryAt found at a token.
type lookedUp struct {
	done  bool
	entry *entry
	end   int
}

// entryAt returns the entry of the longest name of the gazetteer that begins at
// token i, and the token after it; nil when there is none.
func (f *finder) entryAt(i int) (*entry, int) {
	if i < 0 || i >= len(f.s) {
		return nil, i
	}
	l := &f.looked[i]
	if !l.done {
		found, end := f.candidates(i)
		*l = lookedUp{true, f.choose(found, i, end), end}
		if l.entry == nil {
			l.end = i
		}
	}
	return l.entry, l.end
}

// candidates returns the entries of the longest name that begins at token i.
func (f *finder) candidates(i int) (found []*entry, end int) {
	if len(f.pieces[i]) == 0 {
		return nil, i
	}
	for _, e := range f.g.byFirst[f.pieces[i][0]] {
		if len(found) > 0 && len(e.pieces) < len(found[0].pieces) {
			break
		}
		if j := f.spells(e, i); j > i {
			found, end = append(found, e), j
		}
	}
	return found, end
}

// spells returns the token after e where its name begins at token i, else i.
func (f *finder) spells(e *entry, i int) int {
	text := f.s[i].Text
	if e.upper && strings.ToUpper(text) != text || upper(e.text) && !upper(text) {
		return i
	}
	n, j := 0, i
	for j < len(f.s) && n < len(e.pieces) {
		p := f.pieces[j]
		if len(p) == 0 && (j == i || !f.glued(j)) {
			return i
		}
		if n+len(p) > len(e.pieces) || !slices.Equal(p, e.pieces[n:n+len(p)]) {
			return i
		}
		n += len(p)
		j++
	}
	if n < len(e.pieces) {
		return i
	}
	return j
}

// choose returns which of several entries tokens [i,end) mean: one that the
// report names without doubt, else the first that the words around allow.
func (f *finder) choose(found []*entry, i, end int) *entry {
	if len(found) == 0 {
		return nil
	}
	best := found[0]
	for _, e := range found[1:] {
		if f.rank(e) > f.rank(best) {
			best = e
		}
	}
	if best.ambiguous && !f.meant(best, i, end) {
		return nil
	}
	return best
}

// rank orders the entries of one name: a place that acts for a state before the
// state, as the same words may be either; then those that the report names.
func (f *finder) rank(e *entry) int {
	n := min(f.census[e.id], 50)
	if e.state != "" {
		n += min(f.census[f.g.states[e.state]], 50)
	}
	if e.acts != "" && e.kind == entente.Place {
		n += 100
	}
	if !e.ambiguous {
		n++
	}
	return n
}

// meant reports whether the words around tokens [i,end) speak for the sense
// that an ambiguous entry gives them.
func (f *finder) meant(e *entry, i, end int) bool {
	if e.shy {
		return f.census[e.id] > 0 && f.word(i-1) == "the" && !f.capital(end)
	}
	if f.census[e.id] > 0 || e.state != "" && f.census[f.g.states[e.state]] > 0 {
		return true
	}
	switch e.kind {
	case entente.State:
		return true
	case entente.Place:
		return f.g.is("placing", f.word(i-1)) || f.word(end) == "," && f.capital(end+1)
	}
	return false
}

// count notes which entries the report names without doubt.
func (f *finder) count(sentences []english.Sentence) {
	for si, s := range sentences {
		f.load(si, s.Tokens)
		for i := 0; i < len(f.s); i++ {
			found, end := f.candidates(i)
			if len(found) == 1 && !found[0].ambiguous {
				f.census[found[0].id]++
			}
			i = max(i, end-1)
		}
	}
}

// upper reports whether s begins with a capital or a figure.
func upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}
