package when

import (
	"slices"
	"strings"
	"testing"

	"github.com/entente-kg/entente"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLexicon(t *testing.T) {
	words, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	for w := range words {
		if w != strings.ToLower(w) || letters(w) != len(w) {
			t.Errorf("time.txt: %q is not a word in lower case", w)
		}
	}
	for w, want := range map[string]meaning{"may": {monthMay, 5}, "friday": {weekday, 5}, "ago": {ago, agoAgo}, "since": {link, linkSince}, "for": {link, linkFor}, "weekend": {unit, unitWeekend}, "than": {about, 0}} {
		if words[w] != want {
			t.Errorf("time.txt: %q = %v, want %v", w, words[w], want)
		}
	}
}

func TestReadLexiconErrors(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"# only\nmonth\t1", "time.txt:2: 2 fields"},
		{"moon\t1\tmay", `time.txt:1: unknown class "moon"`},
		{"month\tx\tmay", `value "x"`},
		{"month\t1\tabcdefghijklmnopqrst", "longer than 16 bytes"},
	} {
		if _, err := readLexicon(tt.in); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("readLexicon(%q) = %v, want an error with %q", tt.in, err, tt.want)
		}
	}
}

func TestRead(t *testing.T) {
	c := Context{Published: dateline}
	for _, tt := range []struct{ in, want string }{
		{"2024", "2024"},
		{"2024-06", "2024-06"},
		{"2024-10/..", "2024-10/.."},
		{"october 2023", "2023-10"},
		{"October 2023", "2023-10"},
		{"in may 2023", "2023-05"},
		{"last month", "2025-06"},
		{"last week", "2025-06-30/2025-07-06"},
		{"yesterday", "2025-07-08"},
		{"since 2020", "2020/.."},
		{"9 July 2025", "2025-07-09"},
		{"the 1990s", "199X"},
		{"from march to may 2024", "2024-03/2024-05"},
		{"two years ago", "2023"},
		{" tuesday ", "2025-07-08"},
	} {
		got, err := Read(tt.in, c)
		if err != nil || got.EDTF != tt.want {
			t.Errorf("Read(%q) = %v, %v, want %q", tt.in, got.EDTF, err, tt.want)
		}
	}
	for _, in := range []string{"", "soon", "2024-13", "june 2024 in Rome", "June 2023 or June 2024", "the end of this week", "30 February 2024", "two days later than that"} {
		if got, err := Read(in, c); err == nil || !got.IsZero() {
			t.Errorf("Read(%q) = %v, want an error", in, got.EDTF)
		}
	}
}

func TestBasis(t *testing.T) {
	for _, tt := range []struct {
		text string
		want entente.Basis
	}{
		{"They met on 9 July 2025.", entente.Stated},
		{"They met on 2025-07-09.", entente.Stated},
		{"They met from March to May 2024.", entente.Stated},
		{"They met on Tuesday.", entente.Resolved},
		{"They met in March.", entente.Resolved},
		{"They met in March last year.", entente.Resolved},
	} {
		found := Find(tt.text, entente.Span{End: len(tt.text)})
		if len(found) != 1 {
			t.Errorf("Find(%q) = %v, want one", tt.text, found)
			continue
		}
		d := found[0].Resolve(Context{Published: dateline})
		if d.Basis != tt.want || d.From != found[0].Span {
			t.Errorf("%q: basis %q from %v, want %q from %v", tt.text, d.Basis, d.From, tt.want, found[0].Span)
		}
	}
}

// TestWithoutDateline: nothing is made up where the day of publication is
// unknown.
func TestWithoutDateline(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"They met on Tuesday.", ""},
		{"They met last month.", ""},
		{"They met in March.", ""},
		{"They met in March 2024.", "2024-03"},
		{"They met three days ago.", ""},
		{"They met since October.", ""},
		{"They stay until 2030.", "../2030"},
		{"They agree within two months.", ""},
	} {
		found := Find(tt.text, entente.Span{End: len(tt.text)})
		if len(found) != 1 {
			t.Errorf("Find(%q) = %v, want one", tt.text, found)
			continue
		}
		if got := found[0].Resolve(Context{}); got.EDTF != tt.want {
			t.Errorf("%q without dateline = %q, want %q", tt.text, got.EDTF, tt.want)
		}
	}
}

func TestChronologyWithoutDateline(t *testing.T) {
	text := "In June they signed."
	found := Find(text, entente.Span{End: len(text)})
	for _, tt := range []struct{ last, want string }{
		{"2019-03", "2019-06"}, {"2019", "2019-06"}, {"2019-11-02", ""}, {"", ""},
	} {
		if got := found[0].Resolve(Context{Last: entente.Date{EDTF: tt.last}}); got.EDTF != tt.want {
			t.Errorf("%q after %q = %q, want %q", text, tt.last, got.EDTF, tt.want)
		}
	}
}

func TestFindWithin(t *testing.T) {
	text := "In May 2019 they met. In June 2020 they parted."
	want := []entente.Span{{Start: 25, End: 34}}
	var got []entente.Span
	for _, e := range Find(text, entente.Span{Start: 22, End: len(text)}) {
		got = append(got, e.Span)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Find within the second sentence (-want +got):\n%s", diff)
	}
}

// checkSound checks what must hold on any text.
func checkSound(t interface{ Fatalf(string, ...any) }, text string, c Context) {
	end := 0
	for _, e := range Find(text, entente.Span{End: len(text)}) {
		if e.Span.Start < end || e.Span.End <= e.Span.Start || e.Span.End > len(text) {
			t.Fatalf("Find(%q): span %v after %d", text, e.Span, end)
		}
		end = e.Span.End
		for _, future := range []bool{false, true} {
			c.Future = future
			d := e.Resolve(c)
			if d != e.Resolve(c) {
				t.Fatalf("%q of %q: two dates", e.Span.Of(text), text)
			}
			if d.IsZero() {
				continue
			}
			if _, err := entente.ParseDate(d.EDTF); err != nil {
				t.Fatalf("%q of %q: %v", e.Span.Of(text), text, err)
			}
		}
	}
}

func TestFindProperties(t *testing.T) {
	words, err := lexicon()
	if err != nil {
		t.Fatal(err)
	}
	pool := []string{"2024", "9", "31", "12-13", "1990s", "25th", ",", ".", "-", "–", "(", ")", "'s", "Rome", "troops", "2025-07-09", "100"}
	for w := range words {
		pool = append(pool, w, strings.ToUpper(w[:1])+w[1:])
	}
	slices.Sort(pool)
	dates := []string{"", "2025-07-09", "2024-02-29", "2019", "2023-10", "2023-12-31/2024-01-02", "0001-01-01", "9999-12-31"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pool), 1, 12).Draw(t, "words"), " ")
		c := Context{
			Published: entente.Date{EDTF: rapid.SampledFrom(dates).Draw(t, "published")},
			Last:      entente.Date{EDTF: rapid.SampledFrom(dates).Draw(t, "last")},
		}
		checkSound(t, text, c)
	})
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"from Friday through Sunday", "14–15 April", "in the past 900 years", "the 99th century", "31 February 2023",
		"the day before yesterday", "no later than the end of the year", "2024-13-45", "9999 years ago", "\xff May 4",
	} {
		f.Add(s, "2025-07-09", "2024-11")
	}
	f.Fuzz(func(t *testing.T, text, published, last string) {
		checkSound(t, text, Context{Published: entente.Date{EDTF: published}, Last: entente.Date{EDTF: last}})
		if d, err := Read(text, Context{Published: dateline}); err == nil && d.IsZero() {
			t.Fatalf("Read(%q): neither date nor error", text)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := "The envoy, who had met the prime minister in Oslo on Tuesday, said the two sides would sign the agreement by the end of the year."
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, entente.Span{End: len(text)})
	}
}
