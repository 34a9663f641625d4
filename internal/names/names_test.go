package names

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// tools are the model and the gazetteer, read once.
var tools = sync.OnceValues(func() (*english.Model, *Gazetteer) {
	m, err := english.Default()
	if err != nil {
		panic(err)
	}
	g, err := NewGazetteer()
	if err != nil {
		panic(err)
	}
	return m, g
})

func read(text string) *Table {
	m, g := tools()
	return readNames(m, g, text)
}

// meant returns the names of the entities that a phrase stands for, joined by
// ", "; a "→" before the one acted for. The phrase is that of the last mention
// with these very words, or with the last word of them as its head.
func meant(t *Table, phrase string) string {
	words := strings.Fields(phrase)
	head := words[len(words)-1]
	out := "(no mention)"
	for _, m := range t.All() {
		text := m.Span.Of(t.report.Text)
		if text != phrase && (text != head || !strings.HasSuffix(t.report.Text[:m.Span.End], phrase)) {
			continue
		}
		var names []string
		for _, id := range m.Entities {
			names = append(names, t.Entity(id).Name)
		}
		if m.Acts != "" {
			names = append(names, "→"+t.Entity(m.Acts).Name)
		}
		out = strings.Join(names, ", ")
	}
	return out
}

type reference struct{ text, phrase, want string }

func check(t *testing.T, tests []reference) {
	t.Helper()
	for _, test := range tests {
		if got := meant(read(test.text), test.phrase); got != test.want {
			t.Errorf("in %q: %q = %q, want %q", test.text, test.phrase, got, test.want)
		}
	}
}

func TestGazetteerNames(t *testing.T) {
	check(t, []reference{
		{"Norway and Peru signed a treaty on Monday.", "Peru", "Peru"},
		{"The U.S. rejected the offer.", "U.S.", "United States"},
		{"US officials said nothing.", "US", "United States"},
		{"He told us nothing about it.", "us", "(no mention)"},
		{"MEXICO CITY, May 3 - Talks began.", "MEXICO CITY", "Mexico City, →Mexico"},
		{"Oslo rejected the offer from Lima.", "Oslo", "Oslo, →Norway"},
		{"The Kremlin rejected the offer.", "Kremlin", "Kremlin, →Russia"},
		{"Côte d'Ivoire recalled its envoy.", "Côte d'Ivoire", "Ivory Coast"},
		{"Guinea-Bissau recalled its envoy.", "Guinea-Bissau", "Guinea-Bissau"},
		{"They ate turkey and used fine china.", "turkey", "(no mention)"},
		{"Turkish troops left Georgia on Sunday.", "Georgia", "Georgia"},
		{"NATO welcomed the decision.", "NATO", "NATO"},
		{"North Korea fired a missile and the North denied it.", "North", "North Korea"},
		{"Chad and Jordan agreed to talk.", "Chad", "Chad"},
	})
}

func TestPersons(t *testing.T) {
	check(t, []reference{
		{"Norwegian Foreign Minister Ingrid Solberg arrived in Lima.", "Ingrid Solberg", "Ingrid Solberg"},
		{"Peru's prime minister, Rosa Quispe, arrived in Oslo.", "Rosa Quispe", "Rosa Quispe"},
		{"Ingrid Solberg, the Norwegian foreign minister, met the press. Solberg smiled.", "Solberg", "Ingrid Solberg"},
		{"Foreign ministers Ingrid Solberg and Rosa Quispe met.", "Rosa Quispe", "Rosa Quispe"},
		{"Presidents Karim Tal of Kazakhstan and Omar Din of Uzbekistan met.", "Omar Din", "Omar Din"},
		{"Crown Prince Salim bin Hamad al-Nuri met the press. Salim smiled.", "Salim", "Salim bin Hamad al-Nuri"},
		{"President Juan Pablo Ortega Ruiz spoke. Ortega Ruiz smiled.", "Ortega Ruiz", "Juan Pablo Ortega Ruiz"},
		{"South Korean Foreign Minister Kim Dae-su spoke. Kim smiled.", "Kim", "Kim Dae-su"},
		{"Mr. Brandt met Ms. Holm.", "Holm", "Holm"},
		{"Prime Minister Ola Ursula van der Berg spoke. Van der Berg smiled.", "Van der Berg", "Ola Ursula van der Berg"},
		{"Envoy Michael Jordan met officials.", "Michael Jordan", "Michael Jordan"},
		{"The talks were led by Brandt. President Willem Brandt smiled.", "Brandt", "Willem Brandt"},
		{"Crown Prince Mohammed bin Nasser spoke. MBN smiled.", "MBN", "Mohammed bin Nasser"},
	})
}

func TestPersonIDs(t *testing.T) {
	tests := []struct {
		text string
		want []entente.EntityID
	}{
		{"Minister Sergei Orlov met Ana Núñez. Orlov smiled.", []entente.EntityID{"Ana_Nunez", "Sergey_Orlov"}},
		{"South Korean leader Kim Dae-su met Kim Dae Su.", []entente.EntityID{"Kim_Dae_Su"}},
		{"Minister Orlov smiled.", []entente.EntityID{"Orlov~r"}},
	}
	for _, test := range tests {
		var got []entente.EntityID
		for _, e := range read(test.text).Entities() {
			if e.Kind == entente.Person {
				got = append(got, e.ID)
			}
		}
		if d := cmp.Diff(test.want, got); d != "" {
			t.Errorf("persons of %q (-want +got):\n%s", test.text, d)
		}
	}
}

func TestOffices(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Norwegian Foreign Minister Ingrid Solberg arrived.", "Ingrid Solberg: Foreign Minister of Norway"},
		{"Peru's prime minister, Rosa Quispe, arrived.", "Rosa Quispe: prime minister of Peru"},
		{"Rosa Quispe, the Peruvian prime minister, arrived.", "Rosa Quispe: prime minister of Peru"},
		{"Foreign Minister Ingrid Solberg of Norway arrived.", "Ingrid Solberg: Foreign Minister of Norway"},
		{"Minister of Foreign Affairs of Norway Ingrid Solberg arrived.", "Ingrid Solberg: Minister of Foreign Affairs of Norway"},
		{"NATO Secretary General Willem Brandt arrived.", "Willem Brandt: Secretary General of NATO"},
		{"Ali Karimi, secretary of Iran's Supreme Council, arrived.", "Ali Karimi: secretary of Supreme Council of Iran"},
		{"Presidents Karim Tal of Kazakhstan and Omar Din of Uzbekistan met.", "Karim Tal: President of Kazakhstan; Omar Din: President of Uzbekistan"},
		{"He met the foreign ministers of Norway and Peru, Ingrid Solberg and Rosa Quispe.", "Ingrid Solberg: foreign minister of Norway; Rosa Quispe: foreign minister of Peru"},
		{"Norwegian Prime Minister and Defence Minister Ola Dahl arrived.", "Ola Dahl: Prime Minister and Defence Minister of Norway"},
		{"Former Peruvian president Luis Vega arrived.", ""},
		{"Ingrid Solberg, Norwegian deputy U.N. ambassador, spoke.", "Ingrid Solberg: deputy U.N. ambassador of Norway"},
		{"Norwegian Foreign Minister Ingrid Solberg met her Peruvian counterpart, Luis Vega.", "Ingrid Solberg: Foreign Minister of Norway; Luis Vega: Foreign Minister of Peru"},
		{"Peruvian counterpart Luis Vega left.", ""},
		{"Norwegian Foreign Minister Ingrid Solberg left. Deputy Foreign Minister Ola Dahl stayed.", "Ingrid Solberg: Foreign Minister of Norway; Ola Dahl: Deputy Foreign Minister of Norway"},
	}
	for _, test := range tests {
		table := read(test.text)
		var got []string
		for _, o := range table.Offices() {
			got = append(got, table.Entity(o.Person).Name+": "+o.Title+" of "+table.Entity(o.For).Name)
		}
		if g := strings.Join(got, "; "); g != test.want {
			t.Errorf("offices of %q = %q, want %q", test.text, g, test.want)
		}
	}
}

func TestAgreements(t *testing.T) {
	check(t, []reference{
		{"Norway and Peru signed a trade agreement. The deal took a year.", "The deal", "trade agreement"},
		{"Norway and Peru signed a memorandum of understanding.", "memorandum", "memorandum of understanding"},
		{"Norway left the Lima Fisheries Convention.", "Lima Fisheries Convention", "Lima Fisheries Convention"},
		{"They signed the Joint Seas Treaty. JST was praised, and XYZ was not.", "JST", "Joint Seas Treaty"},
		{"They signed the Joint Seas Treaty. JST was praised, and XYZ was not.", "XYZ", "(no mention)"},
		{"Norway signed the treaty during a 48-hour truce.", "truce", "truce"},
	})
}

func TestOfficials(t *testing.T) {
	check(t, []reference{
		{"Norwegian Foreign Minister Ingrid Solberg arrived. The minister smiled.", "The minister", "Ingrid Solberg"},
		{"Norwegian Foreign Minister Ingrid Solberg met Peruvian President Luis Vega. The Peruvian leader smiled.", "Peruvian leader", "Luis Vega"},
		{"The Norwegian foreign minister arrived in Lima.", "Norwegian foreign minister", "Norway"},
		{"Norwegian troops left Mali.", "Norwegian troops", "Norway"},
		{"Norwegian Foreign Minister Ingrid Solberg met Peruvian Foreign Minister Luis Vega. Solberg thanked her Peruvian counterpart.", "counterpart", "Luis Vega"},
		{"NATO Secretary General Willem Brandt met Norwegian Prime Minister Ola Dahl. The NATO chief smiled.", "NATO chief", "Willem Brandt"},
		{"Peru's envoy rejected the charge. \"It is false,\" Peruvian Ambassador Luis Vega said.", "envoy", "Luis Vega"},
		{"The American and Chinese ambassadors left.", "ambassadors", "United States, China"},
	})
}

func TestPronouns(t *testing.T) {
	check(t, []reference{
		{"Norwegian President Ola Dahl arrived in Lima. He met reporters.", "He", "Ola Dahl"},
		{"Queen Ingrid Solberg met King Ola Dahl. She smiled.", "She", "Ingrid Solberg"},
		{"Norway recalled its ambassador.", "its", "Norway"},
		{"Norway urged Peru to recall its ambassador.", "its", "Peru"},
		{"Oslo said it would send aid.", "it", "Norway"},
		{"Norway and Peru said they would send aid.", "they", "Norway, Peru"},
		{"Norway hailed Ola Dahl, whose visit begins today.", "whose", "Ola Dahl"},
		{"The United Nations said it would send aid.", "it", "United Nations"},
	})
}

func TestGroups(t *testing.T) {
	check(t, []reference{
		{"Norway and Peru began talks on Monday. The two sides agreed to meet again.", "two sides", "Norway, Peru"},
		{"Norway and Peru began talks on Monday. Both countries recalled their envoys.", "Both countries", "Norway, Peru"},
		{"Norwegian President Ola Dahl met Peruvian President Luis Vega. The two leaders smiled.", "two leaders", "Ola Dahl, Luis Vega"},
		{"The foreign ministers of Norway and Peru met.", "ministers", "Norway, Peru"},
		{"Norway, Peru and Chile declared that they would leave.", "they", "Norway, Peru, Chile"},
	})
}

func TestNouns(t *testing.T) {
	check(t, []reference{
		{"Norway rejected the plan. The country will vote in May.", "The country", "Norway"},
		{"Norwegian President Ola Dahl said his country would help.", "his country", "Norway"},
		{"Norway cut ties with Chile. Norway had long quarrelled with its neighbour.", "neighbour", "Chile"},
		{"He arrived in the Peruvian capital.", "capital", "Lima"},
		{"The U.N. Security Council met. The council agreed.", "The council", "United Nations Security Council"},
		{"The African Union met. The bloc agreed.", "The bloc", "African Union"},
		{"Norway held a state dinner.", "state", "(no mention)"},
	})
}

// texts are what the properties are tried on: parts put together at random.
func texts() *rapid.Generator[string] {
	part := rapid.SampledFrom([]string{"Norway", "Peru's", "the Norwegian foreign minister", "Ingrid Solberg", ",", "and", "The two sides", "said", "met", "his",
		"counterpart", "they", "President", "of", "Foreign Ministers", "in", "Oslo", ".", "\n\n", "agreement", "signed", "the", "-", "’s", "U.S.", "MOSCOW", "É", "\xff", "“", "its"})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(part, 0, 40).Draw(t, "parts"), " ")
	})
}

// TestProperties: spans lie within the text, every entity of a mention is
// known, no two mentions have one head, and a second reading is the same.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		table := read(text)
		invariants(t, table, text)
		if d := cmp.Diff(table.Placed(), read(text).Placed()); d != "" {
			t.Fatalf("second reading differs:\n%s", d)
		}
	})
}

type fataler interface{ Fatalf(string, ...any) }

func invariants(t fataler, table *Table, text string) {
	for _, m := range table.Placed() {
		if m.Span.Start < 0 || m.Span.End > len(text) || m.Span.Len() <= 0 {
			t.Fatalf("mention %+v lies outside a text of %d bytes", m, len(text))
		}
		for _, id := range m.Entities {
			if table.Entity(id).Name == "" {
				t.Fatalf("mention %+v names an unknown entity", m)
			}
		}
		if m.Acts != "" && table.Entity(m.Acts).Name == "" {
			t.Fatalf("mention %+v acts for an unknown entity", m)
		}
		if got, ok := table.At(m.Sentence, m.Token); !ok || got.Span != m.Span {
			t.Fatalf("At(%d, %d) = %+v, %v, want %+v", m.Sentence, m.Token, got, ok, m)
		}
	}
	if !slices.IsSortedFunc(table.Entities(), func(a, b entente.Entity) int { return strings.Compare(string(a.ID), string(b.ID)) }) {
		t.Fatalf("entities are not sorted")
	}
}

func FuzzNames(f *testing.F) {
	f.Add("MOSCOW, July 9 - Norwegian Foreign Minister Ingrid Solberg met her counterpart, Luis Vega of Peru.")
	f.Add("Presidents A of B and C of D, the two sides, said they’d sign the so-called \"treaty\".\n\nIts — his.")
	f.Fuzz(func(t *testing.T, text string) { invariants(t, read(text), text) })
}

// TestConcurrent reads on many goroutines with one gazetteer.
func TestConcurrent(t *testing.T) {
	const text = "Norwegian Foreign Minister Ingrid Solberg arrived in Lima. She met Peru's president, Luis Vega. The two agreed."
	want := read(text).Placed()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if d := cmp.Diff(want, read(text).Placed()); d != "" {
				t.Errorf("reading at once differs:\n%s", d)
			}
		})
	}
	wg.Wait()
}

func BenchmarkRead(b *testing.B) {
	const text = "Norwegian Foreign Minister Ingrid Solberg arrived in Lima on Monday, the ministry said in a statement. She met Peru's president, Luis Vega, and the two sides signed a trade agreement."
	m, g := tools()
	for b.Loop() {
		readNames(m, g, text)
	}
}
