package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// A hit is a stretch of tokens [start,end) that is one name, before it is
// known who is meant.
type hit struct {
	sentence   int
	start, end int          // tokens to be joined
	from, to   int          // tokens of the name itself
	span       entente.Span // of the name itself
	entry      *entry
	title      *title // of a person
	words      []string
	kind       entente.Kind
	strong     bool // certainly a person
	acronym    bool // "JCPOA": counts when a name that the report spells out makes it
}

// finder scans the sentences of one report.
type finder struct {
	g    *Gazetteer
	text string
	s    []english.Token // of the sentence at hand
	si   int
	hits []hit

	pieces [][]string               // of each token of the sentence
	looked []lookedUp               // at each token of the sentence
	census map[entente.EntityID]int // how often the report names an entry without doubt
}

// Find returns the names of a report and its sentences with each name joined
// to one token. The sentences are tagged and not yet parsed.
func (g *Gazetteer) Find(sentences []english.Sentence, report entente.Report) (*Table, []english.Sentence) {
	f := &finder{g: g, text: report.Text, census: map[entente.EntityID]int{}}
	f.count(sentences)
	for si, s := range sentences {
		f.load(si, s.Tokens)
		f.scan()
	}
	t := &Table{g: g, report: report, at: map[[2]int]int{}, entities: map[entente.EntityID]*entente.Entity{}, byWord: map[string][]*person{}, byID: map[entente.EntityID]*person{}, owns: map[int]ownership{}}
	t.learn(f.hits)
	joined := t.collapse(f, sentences)
	t.place()
	return t, joined
}

// scan finds the names of one sentence from left to right.
func (f *finder) scan() {
	for i := 0; i < len(f.s); {
		if end := f.several(i); end > i {
			i = end
			continue
		}
		h, ok := f.nameAt(i)
		if !ok {
			i++
			continue
		}
		h.sentence, h.span = f.si, f.span(h.from, h.to)
		f.hits = append(f.hits, h)
		i = h.end
	}
}

// nameAt returns the name that begins at token i: a person with a title, an
// entry of the gazetteer, or a sequence of capitals.
func (f *finder) nameAt(i int) (hit, bool) {
	if h, ok := f.titled(i); ok {
		return h, true
	}
	entry, end := f.entryAt(i)
	if j := f.organisationEnd(i); entry != nil && j > end && f.makes(end, j) {
		return hit{start: i, end: j, from: i, to: j, kind: f.kindOf(i, j)}, true // "Northern Ireland Protocol"
	}
	if entry != nil && entry.kind == entente.State && !entry.ambiguous && !f.given(i) {
		return hit{start: i, end: end, from: i, to: end, entry: entry}, true // "U.S. Patriot missiles"
	}
	name := f.nameEnd(i, false)
	if entry != nil && end >= name {
		return hit{start: i, end: end, from: i, to: end, entry: entry}, true
	}
	if h, ok := f.capitals(i, name); ok {
		return h, true
	}
	if entry != nil {
		return hit{start: i, end: end, from: i, to: end, entry: entry}, true
	}
	return hit{}, false
}

// capital reports whether token i is written like a name.
func (f *finder) capital(i int) bool {
	if i < 0 || i >= len(f.s) {
		return false
	}
	r, n := utf8.DecodeRuneInString(f.s[i].Text)
	if !unicode.IsUpper(r) {
		return strings.HasPrefix(f.s[i].Text, "al-") || strings.HasPrefix(f.s[i].Text, "d'") && len(f.s[i].Text) > 3 && !f.g.is("portfolio", f.s[i].Text)
	}
	return n < len(f.s[i].Text) || f.s[i].Tag == "NNP"
}

// word returns token i in lower case, "" beyond the sentence.
func (f *finder) word(i int) string {
	if i < 0 || i >= len(f.s) {
		return ""
	}
	return strings.ToLower(f.s[i].Text)
}

// nameWord reports whether token i may be part of a person's name. After a
// title less is asked for.
func (f *finder) nameWord(i int, titled bool) bool {
	if !f.capital(i) || f.g.is("stop", f.word(i)) && !(titled && i > 0 && (f.capital(i+1) && strings.HasPrefix(f.s[i+1].Tag, "NNP") || f.g.is("family-first", f.word(i)))) {
		return false
	}
	tag := f.s[i].Tag
	if strings.HasPrefix(tag, "NNP") {
		return true
	}
	if i == 0 && !titled {
		return f.given(i) || !f.capital(i+1) && f.s[i].Tag != "DT" && f.s[i].Tag != "IN"
	}
	return titled || tag == "NN" || tag == "JJ" || tag == "NNS" || tag == "FW"
}

// glued reports whether no space stands between tokens i-1 and i.
func (f *finder) glued(i int) bool { return f.s[i-1].Span.End == f.s[i].Span.Start }

// nameEnd returns the token after the personal name that begins at i; i when
// none does.
func (f *finder) nameEnd(i int, titled bool) int {
	if !f.nameWord(i, titled) {
		return i
	}
	j := i + 1
	for j < len(f.s) && j-i < 9 {
		switch {
		case f.nameWord(j, titled) && (!f.g.is("office", f.word(j)) || f.surname(j)):
			if e, end := f.entryAt(j); e != nil && (end > j+1 || !titled && f.apart(e, i)) {
				return j
			}
			j++
		case j == i+1 && f.s[j].Tag == "NNP" && f.g.is("stop", f.word(j)) && f.given(i) && (j+1 >= len(f.s) || f.s[j+1].Tag != "CD"):
			j++ // "Theresa May"
		case f.g.is("suffix", f.word(j)) && f.capital(j):
			j++
		case f.s[j].Text == "-" && j+1 < len(f.s) && f.glued(j) && f.glued(j+1) && !f.entryWord(j+1):
			j += 2
		case f.g.is("particle", f.word(j)) && f.particles(j) > j:
			j = f.particles(j)
		case f.s[j].Text == "." && f.glued(j) && len(f.s[j-1].Text) == 1:
			j++
		default:
			return j
		}
	}
	return j
}

// apart reports whether an entry that follows a name begun at token i is no
// part of it: "Uyghurs Thailand holds", unlike "Michael Jordan".
func (f *finder) apart(e *entry, i int) bool {
	return !e.ambiguous && (e.kind == entente.State || e.acts != "") && !f.given(i)
}

// surname reports whether a word of office at token j is part of a name all the
// same: "Stephen King said", "Amir-Karimi".
func (f *finder) surname(j int) bool {
	if j+1 < len(f.s) && f.s[j+1].Text == "-" && f.glued(j+1) {
		return true
	}
	return f.given(j-1) && !f.capital(j+1)
}

// given reports whether token i is a given name.
func (f *finder) given(i int) bool {
	return i >= 0 && i < len(f.s) && f.g.given[strings.ToLower(plain(f.s[i].Text))] != ""
}

// particles returns the token after the particles from j on and the name that
// they lead to ("bin Hamad", "al - Sisi"); j when no name follows.
func (f *finder) particles(j int) int {
	k := j
	for k < len(f.s) && (f.g.is("particle", f.word(k)) || f.s[k].Text == "-") {
		k++
	}
	if k < len(f.s) && f.capital(k) && f.nameWord(k, true) {
		return k + 1
	}
	return j
}

func (f *finder) entryWord(i int) bool {
	e, _ := f.entryAt(i)
	return e != nil
}

// capitals reads the sequence of capitals [i,end) that no title and no entry
// explains, together with "of …" where it names an organisation.
func (f *finder) capitals(i, end int) (hit, bool) {
	if j := f.organisationEnd(i); j > i && (end > i || f.g.is("regional", f.word(i)) && f.capital(i)) {
		return hit{start: i, end: j, from: i, to: j, kind: f.kindOf(i, j)}, true
	}
	if end == i {
		return hit{}, false
	}
	h := hit{start: i, end: end, from: i, to: end, words: f.words(i, end), kind: entente.Person}
	last := f.word(end - 1)
	switch {
	case f.g.is("place-name", last):
		h.kind = entente.Place
	case f.g.is("event-name", last) || f.g.is("organisation", last) || f.titleOnly(i, end):
		return hit{}, false
	case len(h.words) == 1 && f.s[i].Tag != "NNP" && !f.given(i):
		return h, i == 0 // it counts when it turns out to name a person
	case len(h.words) == 1 && strings.ToUpper(f.s[i].Text) == f.s[i].Text:
		h.acronym = true
		return h, len(f.s[i].Text) > 2
	}
	h.strong = len(h.words) > 1 && (f.g.given[strings.ToLower(h.words[0])] != "" || f.g.is("family-first", strings.ToLower(h.words[0])))
	if f.apposition(&h); h.title != nil {
		h.strong = true
	}
	f.belonging(&h)
	return h, true
}

// titleOnly reports whether capitals [i,end) hold only words of a title: "Deputy
// Prime" before "Minister", "Foreign Affairs", "Prime Ministers".
func (f *finder) titleOnly(i, end int) bool {
	for k := i; k < end; k++ {
		w := f.word(k)
		if one := singular(w); !f.g.is("portfolio", w) && (one == w || !f.g.is("office", one)) {
			return false
		}
	}
	return true
}

// belonging gives a person without a title the state that stands beside the
// name: "Peru's Luis Vega", "Luis Vega of Peru".
func (f *finder) belonging(h *hit) {
	if h.title != nil || len(h.words) < 2 || h.kind != entente.Person {
		return
	}
	if e := f.stateBeside(h); e != nil {
		h.title = &title{holder: e}
	}
}

// kindOf returns the kind of the capitals [i,j), by their words.
func (f *finder) kindOf(i, j int) entente.Kind {
	for k := i; k < j; k++ {
		switch {
		case f.g.is("paper", f.word(k)):
			return entente.Agreement
		case f.g.is("organisation", f.word(k)):
			return entente.Organisation
		}
	}
	return entente.Organisation
}

// organisationEnd returns the token after the organisation or agreement that
// begins at i: capitals joined by "of", "on", "and", "for", "the", among them a
// word that makes one; i when there is none.
func (f *finder) organisationEnd(i int) int {
	made, last := false, i
	for j := i; j < len(f.s) && j-i < 12; j++ {
		w := f.word(j)
		switch {
		case f.capital(j) && (!f.g.is("stop", w) || (j > i || f.capital(j+1)) && f.g.is("regional", w) || j > i && last == j && f.capital(j+1)):
			made = made || f.g.is("organisation", w) || f.g.is("paper", w)
			last = j + 1
		case last > i && f.linking(j, made):
		case f.s[j].Text == "-" && j > i && last == j && f.glued(j):
		default:
			j = len(f.s)
		}
	}
	if made && last > i+1 {
		return last
	}
	return i
}

// makes reports whether one of tokens [i,j) makes capitals the name of an
// organisation or an agreement.
func (f *finder) makes(i, j int) bool {
	for k := i; k < j; k++ {
		if f.g.is("organisation", f.word(k)) || f.g.is("paper", f.word(k)) {
			return true
		}
	}
	return false
}

// linking reports whether token j may link the capitals of one name: "of" and
// "on" where a capital follows, "and" only once the name has its head.
func (f *finder) linking(j int, made bool) bool {
	switch f.word(j) {
	case "on":
		return made && f.kindOf(max(0, j-6), j) == entente.Agreement && (f.capital(j+1) || f.word(j+1) == "the" && f.capital(j+2)) && (f.word(j+1) == "the" || !f.g.is("stop", f.word(j+1))) && !f.g.is("stop", f.word(j+2))
	case "of", "for":
		return made && (f.capital(j+1) || f.word(j+1) == "the" && f.capital(j+2) && !f.g.is("stop", f.word(j+2)))
	case "the":
		return f.capital(j + 1)
	case "'s", "’s":
		return f.capital(j+1) && f.g.is("common-owner", f.word(j-1))
	case "and", "&":
		return made && f.capital(j+1) && !f.entryWord(j+1) && (f.word(j-2) == "of" || f.word(j-2) == "for" || f.word(j-2) == "on")
	}
	return false
}

// words returns the words of tokens [i,j), hyphens joined.
func (f *finder) words(i, j int) []string {
	return strings.Fields(f.span(i, j).Of(f.text))
}

func (f *finder) span(i, j int) entente.Span {
	return entente.Span{Start: f.s[i].Span.Start, End: f.s[j-1].Span.End}
}
