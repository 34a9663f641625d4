package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/entente-kg/entente/data"
)

// fold returns the words without diacritics, case, apostrophes and hyphens:
// "Jong-un" becomes "jong", "un".
func fold(words []string) []string {
	var out []string
	for _, w := range words {
		for part := range strings.SplitSeq(w, "-") {
			if f := strings.ToLower(plain(part)); f != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// plain returns s without diacritics, apostrophes and stops.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == '.', r == ',':
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// asciiName returns a name as its entity ID spells it: no diacritics, hyphens
// of given names as spaces.
func asciiName(name string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(plain(name), "-", " ")), " ")
}

// shown returns the words of a personal name as the report has them.
func (g *Gazetteer) shown(words []string) []string {
	var out []string
	for _, w := range words {
		if w = strings.Trim(w, ","); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// standard returns the words of a shown name, each in the spelling that stands
// for its variants, "Jong-un" after a family name as "Jong Un": what persons are
// compared by.
func (g *Gazetteer) standard(words []string) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		w := words[i]
		if a, b, ok := strings.Cut(w, "-"); ok && i > 0 && len(words) == 2 && b != "" && g.is("family-first", strings.ToLower(words[0])) {
			out = append(out, a, strings.ToUpper(b[:1])+b[1:])
			continue
		}
		if i+1 < len(words) {
			if s, ok := g.variants[strings.ToLower(plain(w+" "+words[i+1]))]; ok {
				out = append(out, s)
				i++
				continue
			}
		}
		if s, ok := g.variants[strings.ToLower(plain(w))]; ok {
			w = s
		}
		out = append(out, w)
	}
	return out
}

// addSpellings files the given names, and the spellings of names.
func (g *Gazetteer) addSpellings() {
	for _, n := range data.GivenNames() {
		g.given[strings.ToLower(plain(n.Name))] = or(string(n.Gender), "?")
	}
	for _, s := range data.Spellings() {
		for _, v := range s.Variants {
			g.variants[strings.ToLower(plain(v))] = s.Name
		}
	}
}

// pieces splits a name into its folded words, at spaces, hyphens and
// apostrophes; full stops are left out: "U.S." is "us".
func pieces(s string) []string {
	return strings.FieldsFunc(strings.ToLower(unaccented(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// unaccented returns s without diacritics and full stops.
func unaccented(s string) string {
	if isASCII(s) {
		return strings.ReplaceAll(s, ".", "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '.' {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
