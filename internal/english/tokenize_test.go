package english

import (
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// model returns the embedded model, loaded once for all tests.
var model = sync.OnceValue(func() *Model {
	m, err := Default()
	if err != nil {
		panic(err)
	}
	return m
})

func whole(text string) entente.Span { return entente.Span{End: len(text)} }

// In the table, "|" stands where one sentence ends and the next begins.
func TestSentences(t *testing.T) {
	tests := []struct{ name, marked string }{
		{"plain", "Choe met Lavrov. |They signed a protocol. |Did they? |Yes! |It rained."},
		{"title", "Mr. Rubio met Gen. Smith and Sen. Jones. |Dr. Ruiz was there."},
		{"initials", "The envoy, S. Jaishankar, met John F. Kerry. |George H. W. Bush did not."},
		{"U.S. inside", "The U.S. State Department said so. |The U.S. Senate agreed."},
		{"U.S. at the end", "She returned to the U.S. |The minister stayed."},
		{"D.P.R.K.", "He flew to the D.P.R.K. on Friday. |The D.P.R.K. Foreign Ministry confirmed it."},
		{"p.m.", "Talks ended at 6 p.m. on Friday. |They began at 9 a.m. Moscow time. |He left at 7 p.m. |They stayed."},
		{"months", "They met on Oct. 12 and Nov. 3, 2023. |They parted in Dec. |The mood was bad."},
		{"numbers", "Trade rose 3.5 percent to $1.2 billion. |Resolution No. 1718 binds all."},
		{"no as an answer", "The answer was no. |Lavrov left."},
		{"company", "Gazprom Neft Ltd. and Acme Inc. signed. |It was drawn up by Acme Inc. |The deal holds."},
		{"ellipsis", "We waited ... and waited. |He stopped... |Then he went on."},
		{"ellipsis sign", "Well… perhaps. |Who knows… |Nobody."},
		{"dots alone", "We will see. |... It is not over. |… Perhaps."},
		{"closing quotes", `"We agree." |He nodded. |“We do not.” |She left. |'Never.' |So it goes.`},
		{"opening quotes", `He nodded. |"We agree," he said. |“Never,” she said.`},
		{"bracket", "They met (in secret.) |Nobody knew. |(It was May.) |So it goes."},
		{"note", "They agreed.[1] |It held.[12][13] |Then war came."},
		{"no space", "They signed the agreement.|The minister left."},
		{"web address", "See www.mid.ru or state.gov for more. |He did."},
		{"items", "1. The parties agree. |2. The parties shall meet."},
		{"small letter", "He met approx. forty envoys, e.g. from Oman, i.e. all."},
		{"lines", "The minister\nleft for\nParis. |He came back."},
		{"paragraphs", "TALKS IN GENEVA\n\n|The ministers met.\n \n|They parted"},
		{"empty", " \n\n \t"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.ReplaceAll(tt.marked, "|", "")
			var want, got []string
			for part := range strings.SplitSeq(tt.marked, "|") {
				if part = strings.TrimSpace(part); part != "" {
					want = append(want, part)
				}
			}
			for _, s := range model().Sentences(text, whole(text)) {
				got = append(got, s.Of(text))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Sentences(%q) (-want +got):\n%s", text, diff)
			}
		})
	}
}

func TestSentencesWithin(t *testing.T) {
	text := "One. Two. Three. Four."
	got := model().Sentences(text, entente.Span{Start: 5, End: 16})
	want := []entente.Span{{Start: 5, End: 9}, {Start: 10, End: 16}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Sentences(%q, 5 to 16) (-want +got):\n%s", text, diff)
	}
}

func TestTokenize(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Lavrov met Choe.", "Lavrov met Choe ."},
		{"He didn't, couldn’t and cannot go.", "He did n't , could n’t and can not go ."},
		{"Korea's envoy; the ministers' talks", "Korea 's envoy ; the ministers ' talks"},
		{"we'll, they've, I'm, he'd, you're", "we 'll , they 've , I 'm , he 'd , you 're"},
		{"Mr. Kim of the U.S., p.m. in D.P.R.K.", "Mr. Kim of the U.S. , p.m. in D.P.R.K."},
		{"U.S.-led talks and Moscow-Pyongyang ties", "U.S. - led talks and Moscow - Pyongyang ties"},
		{"a two-day visit by al-Kaabi", "a two - day visit by al - Kaabi"},
		{"co-operation, e-mail and anti-government", "co-operation , e-mail and anti-government"},
		{"$1.2 billion, US$5 and €30,000", "$ 1.2 billion , US$ 5 and € 30,000"},
		{"50% (or 24/7) and/or more", "50 % ( or 24/7 ) and / or more"},
		{"“We agree,” he said.", "“ We agree , ” he said ."},
		{`"We agree," he said...`, `" We agree , " he said ...`},
		{"the '90s and June–July, 1999—2001", "the '90s and June – July , 1999 — 2001"},
		{"Really?! Yes!!", "Really ? ! Yes !!"},
		{"see https://mid.ru/a-b or press@state.gov", "see https://mid.ru/a-b or press@state.gov"},
		{"Oct. 12, No. 5, no. Yes", "Oct. 12 , No. 5 , no . Yes"},
		{"C. Raja Mohan on X.", "C. Raja Mohan on X ."},
		{"Moscow 's word", "Moscow 's word"},
		{"SEOUL, July 9 — Russia", "SEOUL , July 9 — Russia"},
		{"\xff\xfeab \x80.", "\xff\xfeab \x80 ."},
		{"", ""},
	}
	for _, tt := range tests {
		var words []string
		for _, tok := range model().Tokenize(tt.text, whole(tt.text)) {
			words = append(words, tok.Text)
		}
		if got := strings.Join(words, " "); got != tt.want {
			t.Errorf("Tokenize(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// checkSpans fails unless sentences and tokens lie in order within the text, do
// not overlap, and hold all of it but spaces.
func checkSpans(t interface{ Errorf(string, ...any) }, text string) {
	m := model()
	at := 0
	gap := func(to int) {
		if s := strings.TrimFunc(text[at:to], unicode.IsSpace); s != "" {
			t.Errorf("%q: left out %q", text, s)
		}
	}
	for _, s := range m.Sentences(text, whole(text)) {
		if s.Start < at || s.Len() <= 0 || s.End > len(text) {
			t.Errorf("%q: sentence %v after %d", text, s, at)
			return
		}
		for _, tok := range m.Tokenize(text, s) {
			if tok.Span.Start < at || tok.Span.Len() <= 0 || !s.Contains(tok.Span) {
				t.Errorf("%q: token %v after %d in %v", text, tok.Span, at, s)
				return
			}
			if tok.Span.Of(text) != tok.Text {
				t.Errorf("%q: token %q at %v, which holds %q", text, tok.Text, tok.Span, tok.Span.Of(text))
			}
			gap(tok.Span.Start)
			at = tok.Span.End
		}
		gap(s.End)
		at = s.End
	}
	gap(len(text))
}

func TestSpans(t *testing.T) {
	part := rapid.SampledFrom([]string{
		"Lavrov", "met", "the", "U.S.", "Mr.", "p.m.", "Oct.", "No.", "3.5", "$", "%", ".", "...", "…", "!", "?", ",", "-", "—", "n't",
		"'s", "’s", "'", `"`, "“", "”", "(", ")", "[1]", " ", " ", " ", "\n", "\n\n", "\u00a0", "é", "\xff", "www.a-b.ru", "al-", "a/b", "İ", "K",
	})
	rapid.Check(t, func(t *rapid.T) {
		checkSpans(t, strings.Join(rapid.SliceOfN(part, 0, 40).Draw(t, "parts"), ""))
	})
}

func FuzzSpans(f *testing.F) {
	for _, seed := range []string{
		"Mr. Lavrov met Gen. Smith at 3 p.m. in the U.S. They talked.", "“Don’t,” he said…", "a\n\nb", "\xff.\xfe", "İ'S cannot", "1.[2] US$5-", "''s",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkSpans(t, text)
		if len(text) > 2000 {
			return
		}
		for _, s := range model().Sentences(text, whole(text)) {
			tokens := model().Analyse(text, s).Tokens
			model().Parse(tokens)
			checkTree(t, tokens)
		}
	})
}

func TestWordsOfOddForms(t *testing.T) {
	for _, form := range []string{"", "\xff", "ﬃ", "İstanbul", strings.Repeat("x", 500), "٣", "’"} {
		var s speller
		w := s.read(form, newLexicon(nil))
		if utf8.ValidString(form) && w.id != hash(normal(form)) {
			t.Errorf("read(%q) and normal disagree", form)
		}
		if w.known {
			t.Errorf("read(%q).known = true with an empty lexicon", form)
		}
	}
}
