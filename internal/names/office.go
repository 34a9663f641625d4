package names

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// An office is a phrase that says what somebody is: "Russian Foreign Minister",
// "secretary of Iran's Security Council", "his Indian counterpart".
type office struct {
	start, end int      // tokens, the article or possessive pronoun left out
	head       int      // the token that heads it: "Minister"
	words      []string // "Foreign", "Minister": the state left out
	of         []*entry // states or organisations for which it is held
	own        string   // "his", "its", "their": held for that of whom the pronoun names
	plural     bool
	past       bool
	strong     bool // an office, not a mere role such as "analyst"
	body       string
	linked     *person // who holds it by apposition or adjacency
}

// name returns the office as it is called: "Foreign Minister".
func (o *office) name() string { return strings.Join(o.words, " ") }

// holder returns the state or organisation for which the office is held, "".
func (o *office) holder() entente.EntityID {
	for _, e := range o.of {
		if e.acts != "" {
			return e.acts
		}
		return e.id
	}
	return ""
}

// officeAt reads the office that begins at token i: [pronoun] [state] modifiers
// head [of …] [and another]. It returns nil when none does.
func (f *finder) officeAt(i int) *office {
	o := &office{start: i, head: -1}
	j := i
	switch w := f.word(j); w {
	case "his", "her", "its", "their", "my", "our", "your":
		o.own = w
		j++
		o.start = j
	}
	for j < len(f.s) && j-i < 24 {
		k := f.officeStep(o, j)
		if k == j {
			break
		}
		j = k
	}
	if o.head < 0 || o.end <= o.start {
		return nil
	}
	return o
}

// officeStep takes token j into the office, and returns the token after what
// it took; j when the office ends before it.
func (f *finder) officeStep(o *office, j int) int {
	w := f.word(j)
	switch {
	case f.isHead(o, j):
		return f.takeHead(o, j)
	case o.head < 0 && (f.isPossessive(j) && len(o.of) > 0 || f.s[j].Text == "-" && j > o.start && f.glued(j)):
		return j + 1
	case o.head < 0 && f.g.has("portfolio", w):
		o.past = o.past || f.g.has("past", w)
		o.words = append(o.words, f.s[j].Text)
		return j + 1
	case o.head < 0 && w == "and" && j > o.start && f.officeGoesOn(j+1):
		if len(o.words) > 0 {
			o.words = append(o.words, "and")
		}
		return j + 1
	case o.head >= 0 && (w == "of" || w == "for" || w == "to" || w == "at"):
		return f.complement(o, j)
	case o.head >= 0 && (w == "and" || w == "," && f.word(j+1) == "and") && !o.plural:
		return f.secondOffice(o, j)
	case o.head < 0:
		return f.officeHolder(o, j)
	}
	return j
}

// isHead reports whether token j may head the office.
func (f *finder) isHead(o *office, j int) bool {
	w := f.word(j)
	if !f.g.has("office", singular(w)) && !f.g.has("office", w) && !f.g.has("role", singular(w)) {
		return false
	}
	if o.head >= 0 && j != o.end && !(j == o.end+1 && f.s[j-1].Text == "-") {
		return false
	}
	if strings.HasPrefix(f.s[j].Tag, "VB") && !capitalised(f.s[j].Text) {
		return false
	}
	// "General", "Head", "Prince" may be a portfolio of the next word, or part
	// of a name.
	if o.head >= 0 && o.end == j && capitalised(f.s[j].Text) && f.isGiven(j) {
		return false
	}
	return true
}

func (f *finder) takeHead(o *office, j int) int {
	w := f.word(j)
	if n := len(o.words); n > 0 && j > 0 && f.s[j-1].Text == "-" && f.glued(j) {
		o.words[n-1] += "-" + f.s[j].Text
	} else {
		o.words = append(o.words, f.s[j].Text)
	}
	s := singular(w)
	o.plural = s != w && !f.g.has("office", w)
	o.strong = o.strong || f.g.has("office", s)
	o.head, o.end = j, j+1
	return j + 1
}

// officeGoesOn reports whether an office, or the rest of one, begins at token
// i, after "and".
func (f *finder) officeGoesOn(i int) bool {
	for j := i; j < len(f.s) && j < i+8; j++ {
		w := f.word(j)
		if f.g.has("office", singular(w)) {
			return true
		}
		if !f.g.has("portfolio", w) && f.entriesAt(j) == nil && !f.isPossessive(j) {
			return false
		}
	}
	return false
}

// secondOffice takes in "and Foreign Minister" after a first office that is
// not plural.
func (f *finder) secondOffice(o *office, j int) int {
	k := j + 1
	if f.word(k) == "and" {
		k++
	}
	if !f.officeGoesOn(k) || f.entriesAt(k) != nil {
		return j
	}
	next := f.officeAt(k)
	if next == nil || next.own != "" || next.plural {
		return j
	}
	if _, ok := f.personEnd(next.end, true); !ok && o.start > 0 && f.word(o.start-1) == "the" {
		return j // "the president and prime minister met"
	}
	o.words = append(append(o.words, "and"), next.words...)
	o.end, o.strong = next.end, o.strong || next.strong
	if len(o.of) == 0 {
		o.of = next.of
	}
	return next.end
}

// officeHolder takes a name of the gazetteer, or an unknown capital before a
// capital head, into the office.
func (f *finder) officeHolder(o *office, j int) int {
	if entries := f.entriesAt(j); entries != nil {
		e, end := f.choose(entries), f.entryEnd(j)
		if e.kind == entente.Place && e.acts == "" && e.state == "" {
			return j
		}
		if e.sense == people && !f.isPossessive(end) {
			return j
		}
		if len(o.of) > 0 && !(f.s[j-1].Text == "-" || f.word(j-1) == "and" || f.word(j-1) == ",") {
			o.body = e.text // "U.S. deputy U.N. ambassador"
			o.words = append(o.words, e.text)
			return end
		}
		if e.sense == seat && e.kind == entente.Organisation {
			o.words = append(o.words, e.text) // "Kremlin spokesman"
		}
		o.of = append(o.of, e)
		return end
	}
	if end := f.bodyEnd(j); end > j && f.officeGoesOn(end) {
		o.words = append(o.words, f.span(j, end).Of(f.text))
		return end
	}
	if j > o.start && f.capital(j) && !f.g.has("stop", f.word(j)) && f.capitalHead(j+1) {
		o.words = append(o.words, f.s[j].Text)
		return j + 1
	}
	return j
}

// capitalHead reports whether a capitalised head of an office stands at token
// j or right after.
func (f *finder) capitalHead(j int) bool {
	for k := j; k < j+2 && k < len(f.s) && capitalised(f.s[k].Text); k++ {
		if f.g.has("office", f.word(k)) {
			return true
		}
	}
	return false
}

// complement takes in what follows the head after a preposition: "of Foreign
// Affairs", "of the European Council", "to Argentina", "of Iran's Supreme
// Council". It returns j when that is no part of the office.
func (f *finder) complement(o *office, j int) int {
	k := j + 1
	if f.word(k) == "the" || f.word(k) == "a" {
		k++
	}
	if entries := f.entriesAt(k); entries != nil {
		e, end := f.choose(entries), f.entryEnd(k)
		switch {
		case f.isPossessive(end): // of Iran's Supreme National Security Council
			stop := f.capitalsEnd(end + 1)
			if stop == end+1 {
				return j
			}
			o.addHolder(e, f.word(j))
			o.words = append(o.words, f.word(j), f.span(end+1, stop).Of(f.text))
			o.end = stop
			return stop
		case e.sense == adjective:
			stop := f.capitalsEnd(end)
			if stop == end {
				return j
			}
			o.addHolder(e, f.word(j))
			o.words = append(o.words, f.word(j), f.span(end, stop).Of(f.text))
			o.end = stop
			return stop
		}
		if e.kind == entente.Organisation && e.sense == named && f.word(j) != "to" {
			o.addHolder(e, f.word(j))
			o.end = end
			return end
		}
		o.addHolder(e, f.word(j))
		if f.word(j) != "of" {
			o.words = append(o.words, f.word(j), e.text)
		}
		o.end = end
		return f.moreHolders(o, end)
	}
	end := f.portfolioEnd(k)
	if end == k {
		end = f.bodyEnd(k)
	}
	if end == k {
		return j
	}
	o.words = append(o.words, f.word(j), f.span(k, end).Of(f.text))
	o.end = end
	return end
}

// addHolder notes for whom an office is held; an ambassador "to" a state is
// not held for it.
func (o *office) addHolder(e *entry, preposition string) {
	if preposition == "to" || preposition == "at" || preposition == "for" && len(o.of) > 0 {
		o.body = e.text
		return
	}
	if len(o.of) == 0 || o.plural {
		o.of = append(o.of, e)
	}
}

// moreHolders takes in the other states of "the foreign ministers of Turkey
// and Uzbekistan".
func (f *finder) moreHolders(o *office, j int) int {
	for o.plural && j < len(f.s) {
		k := j
		for f.word(k) == "," || f.word(k) == "and" || f.word(k) == "the" {
			k++
		}
		entries := f.entriesAt(k)
		if k == j || entries == nil || f.choose(entries).kind == entente.Place && f.choose(entries).acts == "" {
			return j
		}
		o.of = append(o.of, f.choose(entries))
		j = f.entryEnd(k)
		o.end = j
	}
	return j
}

// portfolioEnd returns the token after the portfolio that begins at k:
// "Foreign Affairs", "trade and industry"; k when none does.
func (f *finder) portfolioEnd(k int) int {
	j := k
	for j < len(f.s) {
		w := f.word(j)
		switch {
		case f.g.has("portfolio", w) && !f.isGiven(j):
			j++
		case (w == "and" || w == "," || w == "&") && j > k && f.g.has("portfolio", f.word(j+1)) && !f.officeGoesOn(j+1):
			j++
		case w == "and" && j > k && f.word(j-1) == ",":
			j++
		default:
			return j
		}
	}
	return j
}
