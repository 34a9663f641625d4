package same

import (
	"maps"
	"slices"
	"strings"
	"time"

	entente "github.com/entente-kg/entente"
)

// papers joins agreements: what one report calls "the ports deal" and another
// the "Agreement on Cooperation in the Field of Ports".
func (f *finder) papers() {
	f.joinPapers(f.signedAlike, "a paper signed by the same, with words that fit or at the same time")
	f.joinPapers(f.namedAlike, "a paper of the same words, told of at the same time in the same company")
}

// joinPapers joins each paper with those that fit it, in order of their IDs.
func (f *finder) joinPapers(fits func(a, b *profile) bool, why string) {
	all := f.of(entente.Agreement)
	index := f.indexPapers(all)
	for _, a := range all {
		for _, b := range f.similar(a, index) {
			a, b := f.profiles[a.ids[0]], f.profiles[b.ids[0]]
			if a != b && fits(a, b) && f.paperFits(a, b) {
				f.unite(a, b, why)
			}
		}
	}
}

// indexPapers files papers under their words and signers.
func (f *finder) indexPapers(all []*profile) map[string][]*profile {
	index := map[string][]*profile{}
	for _, p := range all {
		for _, key := range f.paperKeys(p) {
			index[key] = append(index[key], p)
		}
	}
	return index
}

// similar returns the papers that share a word or a signer with one.
func (f *finder) similar(p *profile, index map[string][]*profile) []*profile {
	var out []*profile
	seen := map[*profile]bool{p: true}
	for _, key := range f.paperKeys(p) {
		for _, q := range index[key] {
			if !seen[q] {
				seen[q] = true
				out = append(out, q)
			}
		}
	}
	slices.SortFunc(out, func(a, b *profile) int { return strings.Compare(string(a.ids[0]), string(b.ids[0])) })
	return out
}

// paperKeys returns under what a paper is filed.
func (f *finder) paperKeys(p *profile) []string {
	keys := map[string]bool{}
	for _, words := range p.names {
		for _, w := range words {
			keys[w] = true
		}
	}
	for id := range p.signers {
		if q := f.profiles[id]; q != nil {
			id = q.ids[0]
		}
		keys["signer "+string(id)] = true
	}
	return slices.Sorted(maps.Keys(keys))
}

// paperFits reports whether nothing speaks against two papers being one.
func (f *finder) paperFits(a, b *profile) bool {
	if !near(a, b, yearsApart) || !sortsFit(a.sorts, b.sorts) {
		return false
	}
	for _, d := range a.signed {
		for _, e := range b.signed {
			if !within(d, e, 10) {
				return false
			}
		}
	}
	return !together(a, b)
}

// signedAlike reports whether two papers share a signer and their names fit, or
// two signers and nothing else is known of one of them.
func (f *finder) signedAlike(a, b *profile) bool {
	common := 0
	for id := range a.signers {
		for other := range b.signers {
			if f.isOne(id, other) {
				common++
				break
			}
		}
	}
	switch likeness, _ := wordsAlike(a.names, b.names); {
	case common == 0:
		return false
	case likeness == equal:
		return true
	case likeness == close:
		return near(a, b, storyApart)
	default:
		return common >= 2 && len(a.signed) > 0 && len(b.signed) > 0 && near(a, b, storyApart)
	}
}

// isOne reports whether two entities are known to be one.
func (f *finder) isOne(a, b entente.EntityID) bool {
	return a == b || f.profiles[a] != nil && f.profiles[a] == f.profiles[b]
}

// namedAlike reports whether two papers have the same words, and the reports that
// name them are about the same: where it is one word, as "the security deal" has
// it in common with many, at the same time, with a person among their company.
func (f *finder) namedAlike(a, b *profile) bool {
	found, words := wordsAlike(a.names, b.names)
	switch {
	case found != equal:
		return false
	case words > 1:
		return f.shared(a, b) >= company
	}
	return near(a, b, storyApart) && f.shared(a, b) >= 2*company && f.sharePerson(a, b)
}

// sharePerson reports whether a person is named by reports of both.
func (f *finder) sharePerson(a, b *profile) bool {
	for _, p := range f.profiles {
		if p.kind == entente.Person && overlap(p.reports, a.reports) && overlap(p.reports, b.reports) {
			return true
		}
	}
	return false
}

// wordsAlike compares what is in two papers by all that they are called: equal
// where the words of one name are all in the other, with the number of words;
// close where one name has none ("the protocol"); unlike where any two names
// have words that the other has not.
func wordsAlike(a, b [][]string) (found level, words int) {
	for _, n := range a {
		for _, m := range b {
			if len(n) > len(m) {
				n, m = m, n
			}
			switch {
			case len(n) == 0:
				found = max(found, close)
			case slices.ContainsFunc(n, func(w string) bool { return !slices.Contains(m, w) }):
				return unlike, 0
			default:
				found, words = equal, max(words, len(n))
			}
		}
	}
	return found, words
}

// sortsFit reports whether two papers may be of one sort.
func sortsFit(a, b map[string]bool) bool {
	return len(a) == 0 || len(b) == 0 || a["any"] || b["any"] || overlap(a, b)
}

// within reports whether two dates lie at most some days apart.
func within(a, b entente.Date, days int) bool {
	if a.Overlaps(b) {
		return true
	}
	limit := time.Duration(days) * 24 * time.Hour
	gap := a.Earliest().Sub(b.Latest())
	if a.Earliest().Before(b.Earliest()) {
		gap = b.Earliest().Sub(a.Latest())
	}
	return gap <= limit
}

// paper returns the sorts of paper that an agreement's name tells, and its other
// words, as they are compared. Several ("pacts") are no sort: the word is one of
// its name.
func (r *rules) paper(name string) (sorts, words []string) {
	for _, w := range fold(name) {
		if of := r.sorts[w]; of != nil {
			sorts = append(sorts, of...)
		} else {
			words = append(words, w)
		}
	}
	return sorts, r.telling(words, r.empty)
}

// telling returns the words that are not in a list, each in its usual spelling
// and without a plural's s, sorted.
func (r *rules) telling(words []string, not map[string]bool) []string {
	var out []string
	for _, w := range words {
		if s, ok := r.spelling[w]; ok {
			w = s
		}
		if !not[w] {
			out = append(out, strings.TrimSuffix(w, "s"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
