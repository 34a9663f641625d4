package names

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// A title is what a report says of a person beside the name.
type title struct {
	words  []string // "Foreign", "Minister"
	holder *entry   // whose: a state, an organisation, or their adjective
	office bool     // there is a word of office among them
	own    string   // "his", "her", "its": of the one last spoken of
	male   bool
	female bool
}

// name returns the title as an office: "Foreign Minister".
func (t *title) name() string { return strings.Join(t.words, " ") }

// titled reads a person with a title before the name: "Russian Foreign
// Minister Sergei Lavrov", "Turkey's foreign minister, Hakan Fidan", "his
// counterpart, Choe Son Hui", "Mr. Blinken".
func (f *finder) titled(i int) (hit, bool) {
	t, j := f.titleAt(i)
	if t == nil {
		return hit{}, false
	}
	comma := j < len(f.s) && f.s[j].Text == ","
	k := j
	if comma {
		k = f.styled(k + 1)
	}
	end := f.nameEnd(k, true)
	if end == k || comma && (!f.plausible(k, end) || f.g.is("office", f.word(end-1))) || f.g.is("organisation", f.word(end-1)) {
		return hit{}, false
	}
	h := hit{start: i, end: end, from: k, to: end, title: t, words: f.words(k, end), kind: entente.Person, strong: true}
	if e, n := f.entryAt(k); e != nil && n == end && e.kind != entente.Person && !e.ambiguous {
		return hit{}, false // "Prime Minister, Israel …"
	}
	if comma && end < len(f.s) && f.s[end].Text == "," {
		h.end++
	}
	f.honour(&h)
	f.ofState(&h)
	f.apposition(&h)
	return h, true
}

// styled returns the token after "Mr." at k, or after the article or possessive
// of a style: "the Hon. Ana Ruiz", "His Excellency Luis Vega"; else k.
func (f *finder) styled(k int) int {
	if f.g.is("honorific", f.word(k)) && !f.g.is("office", f.word(k)) && f.capital(k) {
		return k + 1
	}
	if (f.word(k) == "the" || f.possessive(k) != "") && f.g.is("honorific", f.word(k+1)) && !f.g.is("office", f.word(k+1)) && f.capital(k+1) {
		return k + 1
	}
	return k
}

// plausible reports whether [i,j) after a comma is a name and not the next
// clause.
func (f *finder) plausible(i, j int) bool {
	if e, n := f.entryAt(i); e != nil && n >= j {
		return false
	}
	return j-i > 1 || f.s[i].Tag == "NNP"
}

// ofState takes in what follows the name of an official whose title has no
// holder: "Foreign Minister Penny Wong of Australia".
func (f *finder) ofState(h *hit) {
	if h.title == nil || h.title.holder != nil || f.word(h.end) != "of" {
		return
	}
	if e, end := f.entryAt(h.end + 1); h.end+1 < len(f.s) && e != nil && e.kind == entente.State {
		h.title.holder, h.end = e, end
	}
}

// titleAt reads a title that begins at token i and returns the token after it;
// nil when there is none.
func (f *finder) titleAt(i int) (*title, int) {
	t := &title{}
	j := i
	if t.own = f.possessive(j); t.own != "" || f.g.is("article", f.word(j)) {
		j++
	}
	if f.g.is("honorific", f.word(j)) && f.capital(j) && !f.g.is("office", f.word(j)) {
		t.own = "" // "His Excellency"
		return f.honorific(t, j)
	}
	for j < len(f.s) && j-i < 24 {
		k := f.titleStep(t, i, j)
		if k == j {
			break
		}
		j = k
	}
	if !t.office {
		return nil, j
	}
	return t, j
}

// honorific reads "Mr.", "Sheikh" at token j, and a title after it.
func (f *finder) honorific(t *title, j int) (*title, int) {
	t.gender(f.g, f.word(j))
	if n, k := f.titleAt(j + 1); n != nil {
		n.male, n.female = n.male || t.male, n.female || t.female
		return n, k
	}
	return t, j + 1
}

// titleStep takes token j into a title begun at i and returns the token after
// what it took; j when the title ends before it.
func (f *finder) titleStep(t *title, i, j int) int {
	w := f.word(j)
	switch {
	case w == "number" && f.word(j-1) == "opposite" && len(t.words) > 0:
		t.office = true
		t.add(f, j)
		return j + 1
	case f.g.is("office", w) && !(f.g.is("portfolio", w) && f.titleGoesOn(j+1)): // not the "deputy" of "deputy minister"
		if t.office && f.nameWord(j, false) && f.given(j) && f.nameEnd(j, true) > j+1 {
			return j
		}
		t.office = true
		t.add(f, j)
		return j + 1
	case f.g.is("portfolio", w):
		t.add(f, j)
		return j + 1
	case f.s[j].Text == "-" && j > i && j+1 < len(f.s) && f.glued(j) && f.glued(j+1):
		return j + 1
	case f.possessiveMark(j):
		if t.holder == nil || t.office {
			return j
		}
		return j + 1
	case t.office && (w == "of" || w == "for" || w == "to" || w == "at"):
		return f.ofPhrase(j, t)
	case t.office && (t.holder != nil || t.own != "") && w == "in":
		if e, end := f.entryAt(j + 1); e != nil && f.word(end) == "," {
			return end // "the Ambassador of Myanmar in Dhaka, …"
		}
		return j
	case t.office && w == "and" && f.titleGoesOn(j+1) && upper(f.s[j-1].Text) == upper(f.s[j+1].Text):
		t.words = append(t.words, "and")
		return j + 1
	}
	return f.titleHolder(t, j)
}

// titleHolder takes the name of a state or an organisation into a title.
func (f *finder) titleHolder(t *title, j int) int {
	e, end := f.entryAt(j)
	switch {
	case e == nil || t.office && f.word(j-1) != "and" || e.kind == entente.Person:
		return j
	case t.holder == nil:
		t.holder = e
	case !t.office:
		t.words = append(t.words, e.text) // "U.S. deputy U.N. ambassador"
	}
	return end
}

// honour leaves the honorifics before the name of a titled person out of it:
// "foreign minister, Sheikh Mohammed bin Abdulrahman".
func (f *finder) honour(h *hit) {
	for h.to-h.from > 1 && f.g.is("honorific", f.word(h.from)) && f.nameEnd(h.from+1, true) == h.to {
		h.title.gender(f.g, f.word(h.from))
		h.from++
	}
	h.words = f.words(h.from, h.to)
}

// possessive returns the possessive pronoun at token i, "" for none.
func (f *finder) possessive(i int) string {
	switch w := f.word(i); w {
	case "his", "her", "its", "their":
		return w
	}
	return ""
}

// add keeps word j of a title.
func (t *title) add(f *finder, j int) {
	w := f.s[j].Text
	if j > 0 && f.s[j-1].Text == "-" && len(t.words) > 0 && f.glued(j) {
		t.words[len(t.words)-1] += "-" + w
	} else {
		t.words = append(t.words, w)
	}
	t.gender(f.g, strings.ToLower(w))
}

func (t *title) gender(g *Gazetteer, w string) {
	t.male = t.male || g.is("male", w)
	t.female = t.female || g.is("female", w)
}

// titleGoesOn reports whether a second title begins at token i, after "and".
func (f *finder) titleGoesOn(i int) bool {
	for j := i; j < len(f.s) && j < i+5; j++ {
		if f.g.is("office", f.word(j)) {
			return true
		}
		if !f.g.is("portfolio", f.word(j)) && !f.entryWord(j) {
			return false
		}
	}
	return false
}

// ofPhrase reads "of Foreign Affairs", "of the Russian Federation", "to
// Argentina" within a title, from the preposition at j; it returns j when the
// title ends before it.
func (f *finder) ofPhrase(j int, t *title) int {
	k := j + 1
	if f.word(k) == "the" {
		k++
	}
	if e, end := f.entryAt(k); e != nil && e.kind != entente.Place {
		return f.ofHolder(t, e, j, end)
	}
	end := f.portfolioEnd(k)
	if end == k {
		return j
	}
	t.words = append(t.words, f.word(j))
	for n := k; n < end; n++ {
		t.words = append(t.words, f.s[n].Text)
	}
	return end
}

// ofHolder reads an entry that follows the preposition at j of a title and ends
// before end. An ambassador "to" a state does not hold the office for it.
func (f *finder) ofHolder(t *title, e *entry, j, end int) int {
	if f.possessiveMark(end) {
		return f.ofBody(j, end+1, e, t)
	}
	if f.g.is("government", f.word(end)) && !f.g.is("office", f.word(end)) {
		end++ // "the spokesman for the Taliban administration"
	}
	if body := f.governmentEnd(end); body > end {
		end = body
	}
	switch {
	case f.g.is("office", f.word(end)) || f.g.is("portfolio", f.word(end)):
		return j // "a spokesman for Afghan President …"
	case f.word(j) == "to" || f.word(j) == "at":
		t.words = append(t.words, f.word(j), e.text)
	case t.holder == nil || f.word(j) == "of":
		t.holder = e
	}
	return end
}

// governmentEnd returns the token after the part of a government that begins at
// token k, behind the state's name: "foreign ministry", "security council"; k
// when there is none.
func (f *finder) governmentEnd(k int) int {
	end := k
	for end < len(f.s) && f.g.is("portfolio", f.word(end)) && !f.g.is("office", f.word(end)) {
		end++
		if w := f.word(end - 1); end > k+1 && f.g.is("organisation", w) && !f.g.is("portfolio", f.word(end)) && !f.g.is("office", f.word(end)) {
			return end
		}
	}
	if w := f.word(end); end > k && !f.g.is("office", w) && (f.g.is("government", w) || f.g.is("organisation", w)) {
		return end + 1
	}
	return k
}

// portfolioEnd returns the token after the portfolio that begins at k: words
// that are known to be parts of one, else capitals that are no name; k for none.
func (f *finder) portfolioEnd(k int) int {
	known := f.runEnd(k, func(i int) bool { return f.g.is("portfolio", f.word(i)) })
	if known > k {
		return known
	}
	end := f.runEnd(k, func(i int) bool {
		return (f.capital(i) || f.g.is("portfolio", f.word(i))) && !f.g.is("stop", f.word(i)) && !f.entryWord(i)
	})
	if end > k && f.given(k) && end-k < 4 && f.nameEnd(k, true) >= end {
		return k
	}
	return end
}

// runEnd returns the token after the longest run from k on of tokens for which
// ok holds, linked by "and", "of" and commas.
func (f *finder) runEnd(k int, ok func(i int) bool) int {
	end := k
	for end < len(f.s) && (ok(end) || end > k && f.linkWord(end)) {
		end++
	}
	for end > k && f.linkWord(end-1) {
		end--
	}
	return end
}

// ofBody reads "of Iran's Supreme National Security Council" within a title,
// from the preposition at j; the body begins at k.
func (f *finder) ofBody(j, k int, e *entry, t *title) int {
	end := k
	for end < len(f.s) && (f.capital(end) && !f.entryWord(end) || f.g.is("portfolio", f.word(end)) || f.g.is("organisation", f.word(end))) {
		end++
	}
	if end == k {
		return j
	}
	if t.holder == nil {
		t.holder = e
	}
	t.words = append(t.words, f.word(j), f.span(k, end).Of(f.text))
	return end
}

func (f *finder) linkWord(i int) bool {
	w := f.word(i)
	return w == "and" || w == "of" || w == "," && f.capital(i+1) && f.word(i+2) == "and"
}

// apposition takes in a title after the name: "Choe Son Hui, the North Korean
// foreign minister,".
func (f *finder) apposition(h *hit) {
	if h.end >= len(f.s) || f.s[h.end].Text != "," || h.title != nil && h.title.own == "" && len(h.title.words) > 0 && f.s[h.end-1].Text == "," {
		return
	}
	at := h.end + 1
	if at+2 < len(f.s) && f.s[at].Tag == "CD" && f.s[at+1].Text == "," {
		at += 2 // the age
	}
	t, j := f.titleAt(at)
	if t == nil || j > len(f.s) {
		return
	}
	if j < len(f.s) && !strings.ContainsAny(f.s[j].Text[:1], ",.;)—–") && f.s[j].Text != "and" && f.s[j].Text != "-" && f.word(j) != "who" && f.word(j) != "whose" && f.word(j) != "whom" {
		return
	}
	if j < len(f.s) && f.s[j].Text == "," {
		if next := f.nameEnd(f.styled(j+1), true); next > j+1 && f.capital(h.end+1) && !f.titleFollows(next) {
			return // a list of officials
		}
		j++
	}
	if h.title == nil || len(h.title.words) == 0 {
		h.title = t
	}
	h.end, h.strong = j, true
}

// titleFollows reports whether a comma and a title follow from token i, so that
// the title before the name that ends there is another's.
func (f *finder) titleFollows(i int) bool {
	if f.word(i) != "," {
		return false
	}
	t, _ := f.titleAt(i + 1)
	return t != nil
}
