package same

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	entente "github.com/entente-kg/entente"
)

func TestAlike(t *testing.T) {
	r, err := theRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		a, b string
		want level
	}{
		{"Alexander Petrov", "Alexander Petrov", equal},
		{"Park Min-ho", "Park Minho", equal},
		{"Park Min-ho", "Min-ho Park", equal},
		{"Khalid bin Salim Al-Harthy", "Halid Salim al-Harthi", equal},
		{"Juri Tamm", "Jüri Tamm", equal},
		{"Sergei Orlov", "Sergey Orlov", equal},
		{"Sergej Orlov", "Sergei Orlov", equal},
		{"Viktar Haluška", "Viktor Galuska", close},
		{"Ana Maria Ruiz", "Ana Ruiz", close},
		{"Ana Ruiz", "Ana Ruiz Soto", close}, // a second family name
		{"A. Ruiz", "Ana Ruiz", initials},
		{"A. B. Ruiz", "Ana Ruiz", initials},
		{"K. Salim", "Khalid Salim", initials},
		{"Ana Ruiz", "Eva Ruiz", unlike},
		{"Ivan Petrov", "Ivan Petrova", unlike}, // the other is a woman
		{"Alexander Petrov", "Alexandra Petrova", unlike},
		{"Kim Min-su", "Kim Min-ju", unlike},
		{"Kim Jong-un", "Kim Jong-in", unlike},
		{"Ana Ruiz", "Ana Lopez", unlike},
		{"Ruiz", "Ana Ruiz", unlike}, // no full name
	} {
		a, b := r.wordsOf(test.a), r.wordsOf(test.b)
		if got := r.alike(a, b); got != test.want {
			t.Errorf("alike(%q %v, %q %v) = %v, want %v", test.a, a, test.b, b, got, test.want)
		}
		if x, y := r.alike(a, b), r.alike(b, a); x != y {
			t.Errorf("alike(%q, %q) = %v, and the other way round %v", test.a, test.b, x, y)
		}
		if test.want > unlike {
			found := false
			for _, k := range r.keys(a) {
				for _, l := range r.keys(b) {
					found = found || k == l
				}
			}
			if !found {
				t.Errorf("%q and %q share no key, so that they are never compared", test.a, test.b)
			}
		}
	}
}

func TestOffice(t *testing.T) {
	r, err := theRules()
	if err != nil {
		t.Fatal(err)
	}
	same := [][2]string{{"Minister_of_Foreign_Affairs_of_Chile", "Foreign_Minister_of_Chile"}, {"Defense_Minister_of_Chile", "Minister_of_Defence_of_Chile"}}
	other := [][2]string{{"Deputy_Foreign_Minister_of_Chile", "Foreign_Minister_of_Chile"}, {"President_of_Chile", "President_of_Peru"}}
	for i, pairs := range [][][2]string{same, other} {
		for _, p := range pairs {
			if got := r.office(p[0]) == r.office(p[1]); got != (i == 0) {
				t.Errorf("office(%q) = %q, office(%q) = %q", p[0], r.office(p[0]), p[1], r.office(p[1]))
			}
		}
	}
}

// A told is a report for the tests: who and what it names, in the form "Name",
// "Name/STATE" or "Name/STATE/Office"; a name alone of a person with "~"; places
// and states in lower case; papers with "signer signed paper".
func told(id, published string, names ...string) entente.Reading {
	r := entente.Reading{Report: entente.Report{ID: entente.ReportID(id), Published: entente.Date{EDTF: published}}}
	local := func(name string) entente.EntityID {
		if strings.HasPrefix(name, "~") {
			return entente.LocalID(name[1:], r.Report.ID)
		}
		return entente.NewEntityID(name)
	}
	for _, n := range names {
		if signer, paper, ok := strings.Cut(n, " signed "); ok {
			paper, date, _ := strings.Cut(paper, " dated ")
			r.Entities = append(r.Entities, entente.Entity{ID: local(paper), Kind: entente.Agreement, Name: strings.TrimPrefix(paper, "~")})
			r.Claims = append(r.Claims, entente.Claim{Subject: local(signer), Relation: entente.Signed, Object: local(paper), Date: entente.Date{EDTF: date}, Status: entente.Occurred})
			continue
		}
		f := append(strings.Split(n, "/"), "", "")
		e := entente.Entity{ID: local(f[0]), Kind: entente.Person, Name: strings.TrimPrefix(f[0], "~"), State: f[1]}
		if f[0] == strings.ToLower(f[0]) && !strings.HasPrefix(f[0], "~") {
			e.Kind = entente.State
		}
		r.Entities = append(r.Entities, e)
		if f[2] != "" {
			r.Claims = append(r.Claims, entente.Claim{Subject: e.ID, Relation: entente.HoldsOffice, Object: entente.NewEntityID(f[2]), Status: entente.Ongoing})
		}
	}
	return r
}

func TestFind(t *testing.T) {
	const chile, peru, bolivia = "chile/CHL", "peru/PER", "bolivia/BOL"
	for _, test := range []struct {
		name     string
		readings []entente.Reading
		want     string // "A = B", with commas
	}{
		{"a spelling, one state", []entente.Reading{told("r1", "2024-01-01", "Sergio Khan/CHL"), told("r2", "2024-01-02", "Sergio Han/CHL")}, "Sergio_Khan = Sergio_Han"},
		{"a spelling, two states", []entente.Reading{told("r1", "2024-01-01", "Sergio Khan/CHL"), told("r2", "2024-01-02", "Sergio Han/PER")}, ""},
		{"a spelling, a state that the other report names", []entente.Reading{told("r1", "2024-01-01", "Sergio Khan/CHL"), told("r2", "2024-01-02", "Sergio Han", chile)}, "Sergio_Han = Sergio_Khan"},
		{"a spelling, nothing in common", []entente.Reading{told("r1", "2024-01-01", "Sergio Khan/CHL"), told("r2", "2024-01-02", "Sergio Han", peru)}, ""},
		{"two spellings in one report are two persons", []entente.Reading{told("r1", "2024-01-01", "Sergio Khan/CHL", "Sergio Han/CHL")}, ""},
		{"initials that fit two, and one office", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL/Foreign Minister of Chile", "Alma Ruiz/CHL/Defence Minister of Chile"),
			told("r2", "2024-01-02", "A. Ruiz/CHL/Minister of Foreign Affairs of Chile"),
		}, "A._Ruiz = Ana_Ruiz"},
		{"initials that fit two", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL", "Alma Ruiz/CHL"), told("r2", "2024-01-02", "A. Ruiz/CHL"),
		}, ""},
		{"another office at the same time", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL/Foreign Minister of Chile"), told("r2", "2024-01-02", "A. Ruiz/CHL/Defence Minister of Chile"),
		}, ""},
		{"another office a year later", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL/Foreign Minister of Chile"), told("r2", "2025-01-02", "Ana M. Ruiz/CHL/President of Chile"),
		}, "Ana_M._Ruiz = Ana_Ruiz"},
		{"a surname in the same company", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL/Foreign Minister of Chile", chile, peru), told("r2", "2024-01-02", "~Ruiz/CHL/Foreign Minister of Chile", chile, peru),
		}, "Ruiz~r2 = Ana_Ruiz"},
		{"a surname with another office", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL/Foreign Minister of Chile", chile, peru), told("r2", "2024-01-02", "~Ruiz/CHL/Defence Minister of Chile", chile, peru),
		}, ""},
		{"a surname of two persons", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL", "Eva Ruiz/CHL", chile, peru), told("r2", "2024-01-02", "~Ruiz/CHL", chile, peru),
		}, ""},
		{"a surname in other company", []entente.Reading{
			told("r1", "2024-01-01", "Ana Ruiz/CHL", chile, peru), told("r2", "2024-01-02", "~Ruiz", chile, bolivia),
		}, ""},
		{"a surname years later", []entente.Reading{
			told("r1", "2020-01-01", "Ana Ruiz/CHL", chile, peru), told("r2", "2022-01-02", "~Ruiz/CHL", chile, peru),
		}, ""},
		{"a paper by two names", []entente.Reading{
			told("r1", "2024-01-01", chile, "chile signed Ports Agreement dated 2024-01-01"), told("r2", "2024-01-03", chile, "chile signed ~agreement on ports dated 2024-01-02"),
		}, "agreement_on_ports~r2 = Ports_Agreement"},
		{"a paper signed at another time", []entente.Reading{
			told("r1", "2024-01-01", chile, "chile signed Ports Agreement dated 2024-01-01"), told("r2", "2024-06-03", chile, "chile signed ~ports agreement dated 2024-06-02"),
		}, ""},
		{"a paper of another sort", []entente.Reading{
			told("r1", "2024-01-01", chile, "chile signed Ports Agreement dated 2024-01-01"), told("r2", "2024-01-03", chile, "chile signed ~ports memorandum dated 2024-01-01"),
		}, ""},
		{"papers of two words, nobody said to have signed", []entente.Reading{
			told("r1", "2024-01-01", chile, peru, "bolivia signed Copper Ports Pact"), told("r2", "2024-01-03", chile, peru, "peru signed ~copper ports accord"),
		}, "copper_ports_accord~r2 = Copper_Ports_Pact"},
		{"papers of one word", []entente.Reading{
			told("r1", "2024-01-01", chile, peru, "bolivia signed Trade Pact"), told("r2", "2024-01-03", chile, peru, "peru signed ~trade pact"),
		}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := found(t, test.readings); got != test.want {
				t.Errorf("Find = %q, want %q", got, test.want)
			}
			rand.Shuffle(len(test.readings), func(i, j int) {
				test.readings[i], test.readings[j] = test.readings[j], test.readings[i]
			})
			if got := found(t, test.readings); got != test.want {
				t.Errorf("Find of the reports in another order = %q, want %q", got, test.want)
			}
		})
	}
}

func found(t *testing.T, readings []entente.Reading) string {
	t.Helper()
	pairs, err := Find(readings, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range pairs {
		out = append(out, string(p.A)+" = "+string(p.B))
	}
	return strings.Join(out, ", ")
}

// TestFindKnown: what is one already is not found again, and counts as one.
func TestFindKnown(t *testing.T) {
	readings := []entente.Reading{told("r1", "2024-01-01", "Sergio Khan/CHL"), told("r2", "2024-01-02", "Sergio Han/CHL"), told("r3", "2024-01-02", "S. Han/CHL")}
	got, err := Find(readings, []Pair{{A: "Sergio_Han", B: "Sergio_Khan"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []Pair{{"S._Han", "Sergio_Khan", "a name with initials"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Find (- want, + got):\n%s", diff)
	}
}

func TestReadRules(t *testing.T) {
	for _, text := range []string{"particle al", "other | a", "letters | a", "particle x | a", "sound | a", "sound | ab c", "sound x | a b"} {
		if _, err := readRules("# head\n" + text); err == nil || !strings.HasPrefix(err.Error(), "same.txt:2: ") {
			t.Errorf("readRules(%q) = %v, want an error with the line", text, err)
		}
	}
}
