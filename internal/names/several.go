package names

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// A joint title is one that several persons share: "foreign ministers", "the
// Turkish and Uzbek presidents", "the foreign ministers of Japan and Italy".
type jointTitle struct {
	words   []string // the head in the singular
	holders []*entry
}

// several reads the persons who share a title that begins at token i, and
// returns the token after them; i when there are none. "Foreign ministers Penny
// Wong and Winston Peters", "Presidents A of X and B of Y", "the foreign
// ministers of X and Y, A and B".
func (f *finder) several(i int) int {
	t, j := f.jointTitle(i)
	if t == nil {
		return i
	}
	k, comma := j, j < len(f.s) && f.s[j].Text == ","
	if comma {
		k++
	}
	hits := f.nameList(k)
	if len(hits) < 2 || comma && len(t.holders) > 0 && len(hits) != len(t.holders) {
		return i
	}
	if !comma {
		hits[0].start = i
	}
	for n := range hits {
		hits[n].share(f, t, n, len(hits))
	}
	f.hits = append(f.hits, hits...)
	return hits[len(hits)-1].end
}

// share gives hit n of count its part of a joint title.
func (h *hit) share(f *finder, t *jointTitle, n, count int) {
	own := &title{words: t.words}
	for _, w := range t.words {
		own.gender(f.g, strings.ToLower(w))
	}
	switch {
	case len(t.holders) == count:
		own.holder = t.holders[n]
	case len(t.holders) == 1:
		own.holder = t.holders[0]
	}
	h.sentence, h.title = f.si, own
	f.honour(h)
	h.span = f.span(h.from, h.to)
	f.ofState(h)
}

// jointTitle reads a title with a plural head that begins at token i and
// returns the token after it; nil when there is none.
func (f *finder) jointTitle(i int) (*jointTitle, int) {
	t := &jointTitle{}
	j := i
	for j < len(f.s) && j-i < 12 {
		w := f.word(j)
		switch {
		case f.g.is("office", singular(w)) && singular(w) != w && !f.g.is("office", w):
			t.words = append(t.words, singularOf(f.s[j].Text))
			return t, f.holders(t, j+1)
		case f.g.is("portfolio", w):
			t.words = append(t.words, f.s[j].Text)
			j++
		case j > i && len(t.words) == 0 && (w == "and" || w == "," || w == "-"):
			j++
		default:
			e, end := f.entryAt(j)
			if e == nil || len(t.words) > 0 {
				return nil, i
			}
			t.holders = append(t.holders, e)
			j = end
		}
	}
	return nil, i
}

// holders reads "of X, Y and Z" after a joint title, from token j, and returns
// the token after it.
func (f *finder) holders(t *jointTitle, j int) int {
	if f.word(j) != "of" && f.word(j) != "from" {
		return j
	}
	for k := j + 1; k < len(f.s); {
		if w := f.word(k); w == "the" || w == "and" || w == "," {
			k++
			continue
		}
		e, end := f.entryAt(k)
		if e == nil {
			return j
		}
		t.holders = append(t.holders, e)
		j, k = end, end
	}
	return j
}

// nameList reads "A, B and C" from token k, each name perhaps with "of STATE"
// after it.
func (f *finder) nameList(k int) []hit {
	var hits []hit
	for k < len(f.s) {
		end := f.nameEnd(k, true)
		if e, _ := f.entryAt(k); end == k || e != nil && len(hits) == 0 && end-k == 1 || f.g.is("office", f.word(end-1)) {
			break
		}
		hits = append(hits, hit{start: k, end: end, from: k, to: end, words: f.words(k, end), kind: entente.Person, strong: true})
		k = end
		if f.word(k) == "of" {
			if e, after := f.entryAt(k + 1); e != nil {
				k = after
			}
		}
		switch {
		case f.word(k) == "," && f.word(k+1) == "and":
			k += 2
		case f.word(k) == "," || f.word(k) == "and":
			k++
		default:
			return hits
		}
	}
	return hits
}

// singular undoes the regular plural of a noun in lower case.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men"):
		return strings.TrimSuffix(w, "men") + "man"
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// singularOf is singular for a word whose capitals are kept.
func singularOf(w string) string {
	s := singular(strings.ToLower(w))
	if strings.ToLower(w) == w {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
