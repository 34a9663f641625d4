package names

import (
	"testing"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

func TestWithinTitles(t *testing.T) {
	check(t, []reference{
		{"Norwegian Foreign Minister Ingrid Solberg arrived in Lima.", "Norwegian", "Norway"},
		{"Peru's prime minister, Rosa Quispe, arrived in Oslo.", "Peru", "Peru"},
		{"Peru's prime minister, Rosa Quispe, arrived in Oslo.", "Peru's prime minister", "Rosa Quispe"},
		{"Rosa Quispe, the Peruvian prime minister, arrived.", "the Peruvian prime minister", "Rosa Quispe"},
		{"Norwegian Foreign Minister Ola Dahl met his Peruvian colleague, Rosa Quispe.", "his Peruvian colleague", "Rosa Quispe"},
		{"Norwegian Foreign Minister Ola Dahl met his Peruvian colleague, Rosa Quispe.", "his", "Ola Dahl"},
		{"Norwegian Foreign Minister Ola Dahl met his Peruvian opposite number, Rosa Quispe.", "Rosa Quispe", "Rosa Quispe"},
		{"Peru protested. Its president, Rosa Quispe, called Oslo.", "Its", "Peru"},
	})
}

func TestOwnedOffices(t *testing.T) {
	tab := read("Peru protested. Its president, Rosa Quispe, called Oslo.")
	if got := tab.Offices(); len(got) != 1 || tab.Entity(got[0].For).Name != "Peru" {
		t.Errorf("offices of %q = %v, want president of Peru", tab.report.Text, got)
	}
}

func TestOfficesOfBodies(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Rosa Quispe, a spokeswoman for the Norwegian foreign ministry, smiled.", "spokeswoman of Norway"},
		{"Ali Karimi, secretary of the Iranian security council, smiled.", "secretary of Iran"},
		{"Ola Dahl, the Norwegian undersecretary who carried the note, smiled.", "undersecretary of Norway"},
		{"In Lima, Foreign Minister Rosa Quispe smiled at Norway.", "Foreign Minister of Peru"},
	}
	for _, test := range tests {
		tab := read(test.text)
		got := ""
		for _, o := range tab.Offices() {
			got += o.Title + " of " + tab.Entity(o.For).Name
		}
		if got != test.want {
			t.Errorf("offices of %q = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestRelativePronouns(t *testing.T) {
	check(t, []reference{
		{"Willem Brandt, who arrived on Monday, smiled.", "who", "Willem Brandt"},
		{"Norway, which borders Russia, rejected the offer.", "which", "Norway"},
		{"Vietnam, which has claims of its own, protested to China.", "its", "Vietnam"},
		{"President Ola Dahl, who had pledged in his campaign to resign, left.", "his", "Ola Dahl"},
		{"Nobody who came smiled.", "who", "(no mention)"},
	})
}

func TestFirstPerson(t *testing.T) {
	check(t, []reference{
		{`"I am tired," Norwegian Foreign Minister Ola Dahl said.`, "I", "Ola Dahl"},
		{`"We reject this," Norwegian Foreign Minister Ola Dahl said.`, "We", "Norway"},
		{"Norwegian Foreign Minister Ola Dahl was blunt. “Peru has insulted us,” he said.", "us", "Norway"},
		{`Norway said: "Our door is open." Peru declined.`, "Our", "Norway"},
		{"LIMA, May 3 - Norway is wrong. We reject this.", "We", "Peru"},
	})
}

func TestHome(t *testing.T) {
	tests := []struct {
		publisher, text, want string
		said                  bool
	}{
		{"Ministry of Foreign Affairs, Oslo", "Peru protested.", "NOR", true},
		{"Northern Wire", "LIMA, May 3 (NW) - Norway protested.", "PER", true},
		{"Northern Wire", "LIMA: Norway protested.", "PER", true},
		{"Norway Gazette", "Peru protested.", "PER", false},
		{"", "Norway–Peru relations are old.", "NOR", false},
		{"", "Nobody came.", "", false},
	}
	m, g := tools()
	for _, test := range tests {
		var sentences []english.Sentence
		for _, span := range m.Sentences(test.text, entente.Span{End: len(test.text)}) {
			sentences = append(sentences, m.Analyse(test.text, span))
		}
		tab, _ := g.Find(sentences, entente.Report{ID: "r", Publisher: test.publisher, Text: test.text})
		if got, said := tab.home(); got != test.want || said != test.said {
			t.Errorf("home of %q by %q = %q, %v, want %q, %v", test.text, test.publisher, got, said, test.want, test.said)
		}
	}
}

func TestHomeOffices(t *testing.T) {
	tests := []struct{ text, want string }{
		{"LIMA, May 3 - Foreign Minister Rosa Quispe smiled.", "Peru"},
		{"LIMA, May 3 - Ambassador Rosa Quispe smiled.", ""},
		{"Norway and Peru are far apart. Foreign Minister Rosa Quispe smiled.", ""},
	}
	for _, test := range tests {
		tab := read(test.text)
		offices := tab.Offices()
		if len(offices) != 1 {
			t.Errorf("%q has %d offices, want 1", test.text, len(offices))
			continue
		}
		if got := tab.Entity(offices[0].For).Name; got != test.want {
			t.Errorf("the office in %q is of %q, want %q", test.text, got, test.want)
		}
	}
}

func TestPointingBack(t *testing.T) {
	check(t, []reference{
		{"Norway thanked Peru for its help.", "its", "Peru"},
		{"Norway accused Peru of hacking its ministries.", "its", "Norway"},
		{"Ola Dahl of Norway praised himself.", "himself", "Ola Dahl"},
		{"Norway and Peru signed a treaty, and the latter ratified it.", "latter", "Peru"},
		{"Cuba is poor. Canada has traded with the island since 1960.", "the island", "Cuba"},
		{"Argentina attacked the Falkland Islands. Britain defended the islands.", "the islands", "Falkland Islands"},
		{"Norway met Peru. Norway admires Peru. Norway thanked Peru. Norway and Peru signed a pact. Norway and Peru are far apart. Japan and Chile approved. The two countries agreed.", "The two countries", "Norway, Peru"},
		{"Jordan and Iraq quarrelled. Iraq invaded the kingdom.", "the kingdom", "Jordan"},
		{"Norwegian troops left. They laid down their arms.", "They", "Norway"},
		{"President Ola Dahl of Norway arrived. President Luis Vega of Peru embraced his guest.", "his guest", "Ola Dahl"},
		{"President Ola Dahl of Norway met President Rosa Quispe of Peru in Lima. The two Presidents smiled.", "The two Presidents", "Ola Dahl, Rosa Quispe"},
	})
}

func TestStandingFor(t *testing.T) {
	check(t, []reference{
		{"Norway and Peru have talked since May. Little divides the two in trade.", "the two", "Norway, Peru"},
		{"Norway and Peru quarrelled, and each recalled an envoy.", "each", "Norway, Peru"},
		{"Norway and Peru signed a pact. The two armies will train together.", "The two armies", "Norway, Peru"},
		{"The foreign ministers, Ola Dahl and Luis Vega, met in Lima.", "foreign ministers", "Ola Dahl, Luis Vega"},
		{"He thanked Norway and Peru, which have sent aid.", "which", "Norway, Peru"},
		{"President Ola Dahl of Norway met Vice President Luis Vega of Peru and President Rosa Quispe of Chile. The two presidents smiled.", "The two presidents", "Ola Dahl, Rosa Quispe"},
		{"The Ambassador of Peru in Oslo, Luis Vega, was summoned. The Peruvian envoy left.", "The Peruvian envoy", "Luis Vega"},
		{"Ana Ruiz: You went to Norway.\n\nLuis Vega: I flew to Oslo.\n\nQ: Why did you go?", "I", "Luis Vega"},
		{"Ana Ruiz: It is cold.\n\nLuis Vega: It is.\n\nQ: Why did you go?", "you", "Luis Vega"},
		{"Norwegian President Ola Dahl received Peruvian President Luis Vega on Monday. They spoke for an hour and the guest smiled.", "the guest", "Luis Vega"},
		{"Norwegian President Ola Dahl arrived in Lima. Peruvian President Luis Vega received the visiting leader.", "visiting leader", "Ola Dahl"},
		{"Norwegian Foreign Minister Ola Dahl praised his Peruvian counterpart and announced a meeting with Foreign Minister Luis Vega.", "his Peruvian counterpart", "Luis Vega"},
		{"Norwegian President Ola Dahl landed in Oman. He thanked the Sultan for the welcome.", "the Sultan", "Oman"},
		{"Norwegian troops trained near Terespol on Monday.", "Terespol", "Terespol"},
		{"The village of Barcs burned. Norway rebuilt Barcs.", "of Barcs", "Barcs"},
		{"China recognised Chile. Japan received envoys of the People's Republic.", "People's Republic", "China"},
		{"Norwegian Deputy Foreign Minister Ola Dahl landed. Luis Vega of Peru greeted him. The Deputy Minister smiled.", "The Deputy Minister", "Ola Dahl"},
	})
}

func TestOwnMinistry(t *testing.T) {
	const text = "Peru protested. A note was handed to the Ministry on Monday."
	m, g := tools()
	var sentences []english.Sentence
	for _, span := range m.Sentences(text, entente.Span{End: len(text)}) {
		sentences = append(sentences, m.Analyse(text, span))
	}
	tab, sentences := g.Find(sentences, entente.Report{ID: "r", Publisher: "Ministry of Foreign Affairs, Oslo", Text: text})
	for _, s := range sentences {
		m.Parse(s.Tokens)
	}
	tab.Resolve(sentences)
	got := tab.Mentions()
	if last := got[len(got)-1]; tab.Entity(last.Entity).Name != "Norway" || last.Span.Of(text) != "Ministry" {
		t.Errorf("the last mention is %q, %s, want the Ministry, Norway", last.Span.Of(text), last.Entity)
	}
}

func TestCalled(t *testing.T) {
	tests := []struct {
		name, lemma string
		want        bool
	}{
		{"Security Council", "council", true},
		{"Council of Europe", "council", true},
		{"Government Buildings", "government", false},
	}
	for _, test := range tests {
		if got := called(test.name, test.lemma); got != test.want {
			t.Errorf("called(%q, %q) = %v, want %v", test.name, test.lemma, got, test.want)
		}
	}
}
