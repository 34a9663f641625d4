package data_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Lint: what every file of the gazetteer must hold to.

// TestTables checks the text of the tables: sorted, unique, NFC, no blanks at
// an end, no empty value in a list.
func TestTables(t *testing.T) {
	files, err := fs.Glob(data.FS, "*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob = %v, %v, want tables", files, err)
	}
	for _, file := range files {
		text, err := data.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lintText(t, file, string(text))
	}
}

func lintText(t *testing.T, file, text string) {
	t.Helper()
	if !strings.HasSuffix(text, "\n") {
		t.Errorf("%s does not end in a newline", file)
	}
	last := ""
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		place := fmt.Sprintf("%s:%d", file, i+1)
		if !norm.NFC.IsNormalString(line) {
			t.Errorf("%s: not NFC", place)
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		for field := range strings.SplitSeq(line, "\t") {
			lintField(t, place, field)
		}
		key, _, _ := strings.Cut(line, "\t")
		if key <= last {
			t.Errorf("%s: %q after %q, want ascending order", place, key, last)
		}
		last = key
	}
}

func lintField(t *testing.T, place, field string) {
	t.Helper()
	if field == "" {
		return
	}
	seen := map[string]bool{}
	for v := range strings.SplitSeq(field, "|") {
		switch {
		case v == "" || strings.TrimSpace(v) != v || strings.Contains(v, "  "):
			t.Errorf("%s: value %q of %q is empty or has blanks to spare", place, v, field)
		case strings.ContainsFunc(v, unicode.IsControl):
			t.Errorf("%s: control character in %q", place, v)
		case seen[strings.TrimSuffix(v, "?")]:
			t.Errorf("%s: %q twice in %q", place, v, field)
		}
		seen[strings.TrimSuffix(v, "?")] = true
	}
}

func TestCounts(t *testing.T) {
	kinds := map[data.StateKind]int{}
	for _, s := range data.States() {
		kinds[s.Kind]++
	}
	if kinds[data.Member] != 193 || kinds[data.Observer] != 2 {
		t.Errorf("%d members and %d observers of the United Nations, want 193 and 2", kinds[data.Member], kinds[data.Observer])
	}
	for name, n := range map[string]int{
		"places": len(data.Places()), "cities": len(data.Cities()), "organisations": len(data.Organisations()), "offices": len(data.Offices()),
		"given names": len(data.GivenNames()), "spellings": len(data.Spellings()),
	} {
		if n < 100 {
			t.Errorf("%d %s, want at least 100", n, name)
		}
	}
}

// entities returns every entity of the gazetteer.
func entities() []entente.Entity {
	var all []entente.Entity
	for _, s := range data.States() {
		all = append(all, s.Entity())
	}
	for _, p := range slices.Concat(data.Places(), data.Cities()) {
		all = append(all, p.Entity())
	}
	for _, o := range data.Organisations() {
		all = append(all, o.Entity())
	}
	for _, a := range data.Agreements() {
		all = append(all, a.Entity())
	}
	return all
}

func TestIDs(t *testing.T) {
	id := regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
	wikidata := regexp.MustCompile(`^(Q[1-9][0-9]*)?$`)
	ids := map[entente.EntityID]bool{}
	items := map[string]entente.EntityID{}
	for _, e := range entities() {
		if !id.MatchString(string(e.ID)) {
			t.Errorf("ID %q is not made of ASCII letters, digits, _ and -", e.ID)
		}
		if ids[e.ID] {
			t.Errorf("ID %s twice", e.ID)
		}
		ids[e.ID] = true
		if !wikidata.MatchString(e.Wikidata) {
			t.Errorf("%s: Wikidata item %q", e.ID, e.Wikidata)
		}
		if other := items[e.Wikidata]; e.Wikidata != "" && other != "" {
			t.Errorf("%s and %s are both %s", other, e.ID, e.Wikidata)
		}
		items[e.Wikidata] = e.ID
	}
}

// TestISO compares the codes with the regions of CLDR.
func TestISO(t *testing.T) {
	// Codes that CLDR knows and that name no state or territory of ours:
	// reserved ones, regions and parts.
	except := strings.Fields("AC CP CQ DG EA EZ FX IC PC PZ TA UN EU FQ")
	states, alpha3 := map[string]data.State{}, map[string]bool{}
	for _, s := range data.States() {
		if len(s.Alpha3) != 3 || alpha3[s.Alpha3] {
			t.Errorf("%s: alpha-3 code %q is malformed or given twice", s.ID, s.Alpha3)
		}
		alpha3[s.Alpha3] = true
		if s.Alpha2 == "" {
			continue
		}
		if other, ok := states[s.Alpha2]; ok {
			t.Errorf("%s and %s are both %s", other.ID, s.ID, s.Alpha2)
		}
		states[s.Alpha2] = s
		r, err := language.ParseRegion(s.Alpha2)
		if err != nil || r.ISO3() != s.Alpha3 && s.Alpha2 != "XK" {
			t.Errorf("%s: %s is %v in ISO 3166-1 (%v), want %s", s.ID, s.Alpha2, r.ISO3(), err, s.Alpha3)
		}
	}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			r, err := language.ParseRegion(code)
			if err != nil || !r.IsCountry() || r.Canonicalize() != r || r.String() != code || slices.Contains(except, code) {
				continue
			}
			if _, ok := states[code]; !ok && !slices.Contains(former, code) {
				t.Errorf("no state has the code %s (%s)", code, r.ISO3())
			}
		}
	}
	if len(states) != 249+1 {
		t.Errorf("%d states with an alpha-2 code, want the 249 of ISO 3166-1 and Kosovo", len(states))
	}
}

// former are codes of ISO 3166-3 that CLDR keeps.
var former = strings.Fields("AN CS NT PU SU YU")

func TestReferences(t *testing.T) {
	codes, places := map[string]bool{"": true}, map[entente.EntityID]bool{}
	for _, s := range data.States() {
		codes[s.Alpha3] = true
	}
	for _, p := range data.Places() {
		places[p.ID] = true
	}
	for _, e := range entities() {
		if !codes[e.State] {
			t.Errorf("%s: no state has the code %s", e.ID, e.State)
		}
	}
	for _, o := range data.Organisations() {
		if !codes[o.ActsFor] {
			t.Errorf("%s: no state has the code %s", o.ID, o.ActsFor)
		}
	}
	for _, s := range data.States() {
		if !codes[s.Of] {
			t.Errorf("%s: no state has the code %s", s.ID, s.Of)
		}
		for _, c := range s.Capitals {
			if !places[c] && c != s.ID {
				t.Errorf("%s: its capital %s is no place of places.tsv", s.ID, c)
			}
		}
		if len(s.Capitals) == 0 && (s.Kind == data.Member || s.Kind == data.Observer) {
			t.Errorf("%s has no capital", s.ID)
		}
		if (s.Kind == data.Historic) != (s.Until != 0 && s.Kind != data.Partial) {
			t.Errorf("%s: kind %s, until %d", s.ID, s.Kind, s.Until)
		}
	}
}

// claims collects which entities say that a form is theirs beyond doubt.
type claims map[string]map[entente.EntityID]bool

func (c claims) add(id entente.EntityID, names []data.Name) {
	for _, n := range names {
		if n.Ambiguous {
			continue
		}
		if c[n.Text] == nil {
			c[n.Text] = map[entente.EntityID]bool{}
		}
		c[n.Text][id] = true
	}
}

// TestNames finds forms that two entities claim and that neither marks.
func TestNames(t *testing.T) {
	c := claims{}
	for _, s := range data.States() {
		c.add(s.ID, slices.Concat(s.Names, s.Adjectives, s.Demonyms))
	}
	for _, p := range slices.Concat(data.Places(), data.Cities()) {
		c.add(p.ID, p.Names)
	}
	for _, o := range data.Organisations() {
		c.add(o.ID, o.Names)
	}
	for _, a := range data.Agreements() {
		c.add(a.ID, a.Names)
	}
	for text, ids := range c {
		if len(ids) > 1 {
			t.Errorf("%q is claimed by %v; all but one must mark it %q", text, ids, text+"?")
		}
		if slices.Contains(plainWords, text) {
			t.Errorf("%q is a plain word and not marked", text)
		}
	}
}

// TestMetonyms finds metonyms that a state shares with what is not its own.
func TestMetonyms(t *testing.T) {
	metonyms := map[string]data.State{}
	for _, s := range data.States() {
		for _, n := range s.Metonyms {
			if other, ok := metonyms[n.Text]; ok && !n.Ambiguous {
				t.Errorf("%q stands for %s and %s", n.Text, other.ID, s.ID)
			}
			metonyms[n.Text] = s
		}
	}
	for _, e := range entities() {
		if e.Kind == entente.State {
			continue
		}
		for _, n := range append(e.Aliases, e.Name) {
			if s, ok := metonyms[n]; ok && s.Alpha3 != e.State {
				t.Errorf("%q stands for %s and is also %s of %s", n, s.ID, e.ID, e.State)
			}
		}
	}
}

// plainWords are words that begin sentences and are also names: no entity may
// have one unmarked.
var plainWords = strings.Fields(`Congress Commonwealth Dawn Gulf Guardian Jordan Jersey Male Man Mobile Nice Of Pacific Petra Reading Reunion Senate Split Time Treasury
	Wellington Wagner Victoria Georgia Chad Hamilton Stanley Jamestown Kan Labour Amnesty Mehr Fars Lincoln Jackson Madison`)

func TestOffices(t *testing.T) {
	for _, o := range data.Offices() {
		if o.Title != strings.ToLower(o.Title) {
			t.Errorf("title %q is not in lower case", o.Title)
		}
		if o.Office == "" || strings.Count(o.Title, "*") != strings.Count(o.Office, "*") && strings.Contains(o.Office, "*") {
			t.Errorf("title %q names the office %q", o.Title, o.Office)
		}
		if o.Class == data.Honorific && o.Acts {
			t.Errorf("honorific %q stands for a state", o.Title)
		}
	}
}

// TestSpellings finds a variant that is itself a name, or a variant of two.
func TestSpellings(t *testing.T) {
	names, variants := map[string]bool{}, map[string]string{}
	for _, s := range data.Spellings() {
		names[s.Name] = true
	}
	for _, s := range data.Spellings() {
		if len(s.Variants) == 0 {
			t.Errorf("%q has no variants", s.Name)
		}
		for _, v := range s.Variants {
			if names[v] || variants[v] != "" {
				t.Errorf("%q is a variant of %q and of %q", v, s.Name, variants[v])
			}
			variants[v] = s.Name
		}
	}
}

// TestDocumented checks that README.md explains each file and column, and that
// NOTICES.md is there.
func TestDocumented(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("NOTICES.md"); err != nil {
		t.Error(err)
	}
	files, err := fs.Glob(data.FS, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.Contains(string(readme), "`"+file+"`") {
			t.Errorf("README.md does not mention `%s`", file)
		}
		if path.Ext(file) == ".tsv" {
			lintColumns(t, file, string(readme))
		}
	}
}

func lintColumns(t *testing.T, file, readme string) {
	t.Helper()
	text, err := data.FS.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var header string
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			break
		}
		header = strings.TrimSpace(line[1:])
	}
	for column := range strings.SplitSeq(header, "\t") {
		if !strings.Contains(readme, "`"+column+"`") {
			t.Errorf("README.md does not mention the column `%s` of %s", column, file)
		}
	}
}
