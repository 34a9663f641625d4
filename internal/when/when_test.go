package when

import (
	"testing"

	"github.com/entente-kg/entente"
)

// dateline is the day that the sentences of the tables are seen from, a
// Wednesday.
var dateline = entente.Date{EDTF: "2025-07-09"}

// whenTest is a sentence, the words of time in it and what the first (or, with
// at, a later) one means.
type whenTest struct {
	text   string
	words  string // the phrase; "" where there is none
	want   string // EDTF; "" where it cannot be resolved
	future bool
	past   bool
	last   string
}

func check(t *testing.T, tests []whenTest) {
	t.Helper()
	for _, tt := range tests {
		found := Find(tt.text, entente.Span{End: len(tt.text)})
		if tt.words == "" {
			if len(found) > 0 {
				t.Errorf("Find(%q) = %q, want nothing", tt.text, found[0].Span.Of(tt.text))
			}
			continue
		}
		var hit *Expression
		var all []string
		for i := range found {
			all = append(all, found[i].Span.Of(tt.text))
			if all[i] == tt.words {
				hit = &found[i]
			}
		}
		if hit == nil {
			t.Errorf("Find(%q) = %q, want %q", tt.text, all, tt.words)
			continue
		}
		c := Context{Published: dateline, Last: entente.Date{EDTF: tt.last}, Future: tt.future, Past: tt.past}
		if got := hit.Resolve(c); got.EDTF != tt.want {
			t.Errorf("%q of %q, future %v, after %q: got %q, want %q", tt.words, tt.text, tt.future, tt.last, got.EDTF, tt.want)
		}
	}
}

func TestDays(t *testing.T) {
	check(t, []whenTest{
		{text: "The envoys met in Oslo on 9 July 2025.", words: "9 July 2025", want: "2025-07-09"},
		{text: "The envoys met on July 9, 2025, in Oslo.", words: "July 9, 2025", want: "2025-07-09"},
		{text: "The pact was signed on the 25th of May 2021.", words: "the 25th of May 2021", want: "2021-05-25"},
		{text: "The pact was signed on 3rd March 2021 in Accra.", words: "3rd March 2021", want: "2021-03-03"},
		{text: "The pact was signed on March 3rd, 2021.", words: "March 3rd, 2021", want: "2021-03-03"},
		{text: "Fighting broke out on Oct. 7, 2023, near the border.", words: "Oct. 7, 2023", want: "2023-10-07"},
		{text: "The two last spoke on June 4.", words: "June 4", want: "2025-06-04"},
		{text: "The two last spoke on Dec. 28.", words: "Dec. 28", want: "2024-12-28"},
		{text: "He left on Sept. 3 for home.", words: "Sept. 3", want: "2025-09-03"},
		{text: "The treaty was ratified on 9 October.", words: "9 October", past: true, want: "2024-10-09"},
		{text: "She will fly to Lima on 2 March.", words: "2 March", future: true, want: "2026-03-02"},
		{text: "The truce runs out on August 12.", words: "August 12", want: "2025-08-12"},
		{text: "They met on July 9 in Bern.", words: "July 9", want: "2025-07-09"},
		{text: "They met on 2025-07-01 in Bern.", words: "2025-07-01", want: "2025-07-01"},
		{text: "They met on 01.07.2025 in Bern.", words: "01.07.2025", want: "2025-07-01"},
		{text: "They met on 07/25/2024 in Bern.", words: "07/25/2024", want: "2024-07-25"},
		{text: "They met on 07/08/2024 in Bern."},
		{text: "The minister left on Wednesday.", words: "Wednesday", want: "2025-07-09"},
		{text: "The minister left on Tuesday.", words: "Tuesday", want: "2025-07-08"},
		{text: "The minister left on Thursday.", words: "Thursday", want: "2025-07-03"},
		{text: "The minister will leave on Thursday.", words: "Thursday", future: true, want: "2025-07-10"},
		{text: "The minister will leave on Tuesday.", words: "Tuesday", future: true, want: "2025-07-15"},
		{text: "The council is to vote Wednesday.", words: "Wednesday", future: true, want: "2025-07-09"},
		{text: "The raid came late on Monday.", words: "late on Monday", want: "2025-07-07"},
		{text: "The raid came early Monday.", words: "early Monday", want: "2025-07-07"},
		{text: "The raid came on Monday night in the capital.", words: "Monday night", want: "2025-07-07"},
		{text: "The raid came in the early hours of Sunday.", words: "the early hours of Sunday", want: "2025-07-06"},
		{text: "The raid came on the night of July 3.", words: "the night of July 3", want: "2025-07-03"},
		{text: "Earlier on Monday, Chad recalled its envoy.", words: "Earlier on Monday", want: "2025-07-07"},
		{text: "At Monday's meeting he accused Chad.", words: "Monday", want: "2025-07-07"},
		{text: "He came last Wednesday.", words: "last Wednesday", want: "2025-07-02"},
		{text: "He came last Friday.", words: "last Friday", want: "2025-07-04"},
		{text: "He arrives next Monday.", words: "next Monday", future: true, want: "2025-07-14"},
		{text: "He arrives this Friday.", words: "this Friday", future: true, want: "2025-07-11"},
		{text: "He arrived on Thursday last week.", words: "Thursday last week", want: "2025-07-03"},
		{text: "He arrived on Thursday of last week.", words: "Thursday of last week", want: "2025-07-03"},
		{text: "He arrived on Tuesday, 8 April 2025, by train.", words: "Tuesday, 8 April 2025", want: "2025-04-08"},
		{text: "He arrives on Friday, July 11, by train.", words: "Friday, July 11", future: true, want: "2025-07-11"},
		{text: "They spoke by telephone today.", words: "today", want: "2025-07-09"},
		{text: "They spoke yesterday.", words: "yesterday", want: "2025-07-08"},
		{text: "They will speak tomorrow.", words: "tomorrow", future: true, want: "2025-07-10"},
		{text: "They spoke the day before yesterday.", words: "the day before yesterday", want: "2025-07-07"},
		{text: "They will speak the day after tomorrow.", words: "the day after tomorrow", future: true, want: "2025-07-11"},
		{text: "They spoke last night.", words: "last night", want: "2025-07-08"},
		{text: "They spoke this morning.", words: "this morning", want: "2025-07-09"},
		{text: "They spoke on the 5th.", words: "the 5th", want: "2025-07-05"},
		{text: "They spoke on the 25th, he said.", words: "the 25th", want: "2025-06-25"},
		{text: "They will speak on the 25th of this month.", words: "the 25th of this month", future: true, want: "2025-07-25"},
		{text: "Three days ago he flew home.", words: "Three days ago", want: "2025-07-06"},
		{text: "Ten days ago he flew home.", words: "Ten days ago", want: "2025-06-29"},
		{text: "He said 21 days ago that he would go.", words: "21 days ago", want: "2025-06-18"},
		{text: "Twenty-two days ago he flew home.", words: "Twenty-two days ago", want: "2025-06-17"},
		{text: "He is due there in three days.", words: "in three days", future: true, want: "2025-07-12"},
		{text: "On Sunday Sudan closed the border.", words: "Sunday", want: "2025-07-06"},
	})
}

func TestMonthsAndYears(t *testing.T) {
	check(t, []whenTest{
		{text: "The first visit took place in October 2023.", words: "October 2023", want: "2023-10"},
		{text: "The first visit took place in October of 2023.", words: "October of 2023", want: "2023-10"},
		{text: "In March, the deputy disclosed the plan.", words: "March", want: "2025-03"},
		{text: "In March Rwanda withdrew.", words: "March", want: "2025-03"},
		{text: "In November, they met in Hanoi.", words: "November", want: "2024-11"},
		{text: "They will meet in November.", words: "November", future: true, want: "2025-11"},
		{text: "They will meet in March.", words: "March", future: true, want: "2026-03"},
		{text: "They met in July.", words: "July", want: "2025-07"},
		{text: "They will meet in July.", words: "July", future: true, want: "2025-07"},
		{text: "They met in May.", words: "May", want: "2025-05"},
		{text: "They met in Sept.", words: "Sept.", want: "2024-09"},
		{text: "May I ask whether they met?"},
		{text: "Theresa May met them."},
		{text: "They may go to Rome."},
		{text: "They march to Rome."},
		{text: "In early May the envoys met.", words: "early May", want: "2025-05"},
		{text: "In late September they met.", words: "late September", want: "2024-09"},
		{text: "In mid-June they met.", words: "mid-June", want: "2025-06"},
		{text: "By mid-2024 the talks had failed.", words: "By mid-2024", want: "../2024"},
		{text: "Early in 2024 they met.", words: "Early in 2024", want: "2024"},
		{text: "They met in late 2022.", words: "late 2022", want: "2022"},
		{text: "They met late last year.", words: "late last year", want: "2024"},
		{text: "They met at the end of June.", words: "the end of June", want: "2025-06"},
		{text: "They met at the beginning of 2024.", words: "the beginning of 2024", want: "2024"},
		{text: "They met last month.", words: "last month", want: "2025-06"},
		{text: "They met earlier this month.", words: "earlier this month", want: "2025-07"},
		{text: "They will meet later this year.", words: "later this year", future: true, want: "2025"},
		{text: "They will meet next month.", words: "next month", future: true, want: "2025-08"},
		{text: "They will meet next year.", words: "next year", future: true, want: "2026"},
		{text: "They met last year.", words: "last year", want: "2024"},
		{text: "They met last November.", words: "last November", want: "2024-11"},
		{text: "They met last June.", words: "last June", want: "2025-06"},
		{text: "They met last July.", words: "last July", want: "2024-07"},
		{text: "They will meet next June.", words: "next June", future: true, want: "2026-06"},
		{text: "They met in April last year.", words: "April last year", want: "2024-04"},
		{text: "They met in January of this year.", words: "January of this year", want: "2025-01"},
		{text: "They met earlier in April.", words: "earlier in April", want: "2025-04"},
		{text: "They met two weeks ago.", words: "two weeks ago", want: "2025-06"},
		{text: "They met three months ago.", words: "three months ago", want: "2025-04"},
		{text: "They met two years ago.", words: "two years ago", want: "2023"},
		{text: "They met a decade ago.", words: "a decade ago", want: "2015"},
		{text: "They will meet in two months.", words: "in two months", future: true, want: "2025-09"},
		{text: "It joined in 2021.", words: "2021", want: "2021"},
		{text: "In 2019 China signed a pact with Mauritius.", words: "2019", want: "2019"},
		{text: "In 1994, they agreed on a framework.", words: "1994", want: "1994"},
		{text: "During 2020 they met twice.", words: "2020", want: "2020"},
		{text: "It was founded in the 1990s.", words: "the 1990s", want: "199X"},
		{text: "It was founded in the early 2000s.", words: "the early 2000s", want: "200X"},
		{text: "It was founded in the 19th century.", words: "19th century", want: "18XX"},
		{text: "They met in spring 2024.", words: "spring 2024", want: "2024-21"},
		{text: "They met in the summer of 2023.", words: "the summer of 2023", want: "2023-22"},
		{text: "They met last autumn.", words: "last autumn", want: "2024-23"},
		{text: "They will meet this summer.", words: "this summer", future: true, want: "2025-22"},
		{text: "They met in the spring.", words: "the spring", want: "2025-21"},
		{text: "The fall of Kabul shocked them."},
		{text: "They will spring a surprise."},
		{text: "They met in the third quarter of 2024.", words: "the third quarter of 2024", want: "2024-07/2024-09"},
		{text: "Despite September's delivery, they met.", words: "September", want: "2024-09"},
		{text: "The ties broke after last July's coup.", words: "last July", want: "2024-07"},
		{text: "Some 2000 people and 2,000 troops crossed."},
		{text: "The country pledged 2000 tonnes of rice."},
	})
}

func TestWeeks(t *testing.T) {
	check(t, []whenTest{
		{text: "They met last week.", words: "last week", want: "2025-06-30/2025-07-06"},
		{text: "They will meet next week.", words: "next week", future: true, want: "2025-07-14/2025-07-20"},
		{text: "It is sending a delegation this week.", words: "this week", want: "2025-07-07/2025-07-13"},
		{text: "Earlier this week they met.", words: "Earlier this week", want: "2025-07-07/2025-07-09"},
		{text: "They will meet later this week.", words: "later this week", future: true, want: "2025-07-09/2025-07-13"},
		{text: "They will meet at the end of this week.", words: "the end of this week", future: true},
		{text: "They will meet this weekend.", words: "this weekend", future: true, want: "2025-07-12/2025-07-13"},
		{text: "They met at the weekend.", words: "the weekend", want: "2025-07-05/2025-07-06"},
		{text: "They will meet at the weekend.", words: "the weekend", future: true, want: "2025-07-12/2025-07-13"},
		{text: "They met last weekend.", words: "last weekend", want: "2025-07-05/2025-07-06"},
		{text: "In the past week they met twice.", words: "In the past week", want: "2025-07-03/2025-07-09"},
		{text: "Over the past three days they met.", words: "Over the past three days", want: "2025-07-07/2025-07-09"},
		{text: "They will meet in the coming days.", words: "in the coming days", future: true},
		{text: "Over the next two weeks they will meet.", words: "Over the next two weeks", future: true, want: "2025-07-09/2025-07-23"},
	})
}

func TestRanges(t *testing.T) {
	check(t, []whenTest{
		{text: "He will visit from Friday through Sunday.", words: "from Friday through Sunday", future: true, want: "2025-07-11/2025-07-13"},
		{text: "He will visit from Friday to Sunday.", words: "from Friday to Sunday", future: true, want: "2025-07-11/2025-07-13"},
		{text: "He visited from Friday to Sunday.", words: "from Friday to Sunday", want: "2025-07-04/2025-07-06"},
		{text: "He visited from Monday to Wednesday.", words: "from Monday to Wednesday", want: "2025-07-07/2025-07-09"},
		{text: "They sailed on Sunday and Monday.", words: "Sunday and Monday", want: "2025-07-06/2025-07-07"},
		{text: "He will pay visits from July 17 to 21.", words: "from July 17 to 21", future: true, want: "2025-07-17/2025-07-21"},
		{text: "He came between June 18 and 19.", words: "between June 18 and 19", want: "2025-06-18/2025-06-19"},
		{text: "He came between June 28 and July 2.", words: "between June 28 and July 2", want: "2025-06-28/2025-07-02"},
		{text: "He came on 14–15 April.", words: "14–15 April", want: "2025-04-14/2025-04-15"},
		{text: "He came on 12-13 March 2025.", words: "12-13 March 2025", want: "2025-03-12/2025-03-13"},
		{text: "He came on March 12-13, 2024.", words: "March 12-13, 2024", want: "2024-03-12/2024-03-13"},
		{text: "He came on 18 and 19 June.", words: "18 and 19 June", want: "2025-06-18/2025-06-19"},
		{text: "He came from 3 to 5 June 2024.", words: "from 3 to 5 June 2024", want: "2024-06-03/2024-06-05"},
		{text: "He came from Dec. 30 to Jan. 2.", words: "from Dec. 30 to Jan. 2", want: "2024-12-30/2025-01-02"},
		{text: "The rounds were held in May and June.", words: "May and June", want: "2025-05/2025-06"},
		{text: "The rounds were held in 2021 and 2022.", words: "2021 and 2022", want: "2021/2022"},
		{text: "It led the group between 2019 and 2021.", words: "between 2019 and 2021", want: "2019/2021"},
		{text: "It led the group from 2019 to 2021.", words: "from 2019 to 2021", want: "2019/2021"},
		{text: "It led the group in 2019-2021.", words: "2019-2021", want: "2019/2021"},
		{text: "It led the group from March to May 2024.", words: "from March to May 2024", want: "2024-03/2024-05"},
		{text: "It led the group from October to March 2024.", words: "from October to March 2024", want: "2023-10/2024-03"},
		{text: "It led the group from October 2023 to March 2024.", words: "from October 2023 to March 2024", want: "2023-10/2024-03"},
		{text: "It led the group from November to February.", words: "from November to February", want: "2024-11/2025-02"},
		{text: "An initial force has been deployed since October.", words: "since October", want: "2024-10/.."},
		{text: "It has led the group since 2019.", words: "since 2019", want: "2019/.."},
		{text: "It has been closed since last week.", words: "since last week", want: "2025-06-30/.."},
		{text: "It has been closed since Monday.", words: "since Monday", want: "2025-07-07/.."},
		{text: "The truce holds until June 1.", words: "until June 1", want: "2025-07-09/2026-06-01"},
		{text: "Troops must leave by September.", words: "by September", future: true, want: "2025-07-09/2025-09"},
		{text: "Troops must leave by Friday.", words: "by Friday", future: true, want: "2025-07-09/2025-07-11"},
		{text: "Talks open no later than the end of February 2026.", words: "later than the end of February 2026", want: "2025-07-09/2026-02-28"},
		{text: "Talks open by the end of February 2026.", words: "by the end of February 2026", want: "2025-07-09/2026-02-28"},
		{text: "They will sign by the end of the year.", words: "by the end of the year", future: true, want: "2025-07-09/2025-12-31"},
		{text: "They will sign within the year.", words: "within the year", future: true, want: "2025-07-09/2025-12-31"},
		{text: "They will reopen embassies within two months.", words: "within two months", future: true, want: "2025-07-09/2025-09-09"},
		{text: "They must leave within a week.", words: "within a week", future: true, want: "2025-07-09/2025-07-16"},
		{text: "They were there until 2022.", words: "until 2022", want: "../2022"},
		{text: "They had left before 2020.", words: "before 2020", want: "../2020"},
		{text: "They left after June 2024.", words: "after June 2024", want: "2024-06/.."},
		{text: "They split after talks on Monday.", words: "Monday", want: "2025-07-07"},
	})
}

func TestSeenFromTheText(t *testing.T) {
	check(t, []whenTest{
		{text: "She also came in January that year.", words: "January that year", last: "2024-11", want: "2024-01"},
		{text: "That year they also met in Bern.", words: "That year", last: "2019-03", want: "2019"},
		{text: "They met the same month.", words: "the same month", last: "2019-03-12", want: "2019-03"},
		{text: "They met the same day.", words: "the same day", last: "2019-03-12", want: "2019-03-12"},
		{text: "They met that day.", words: "that day", last: "2019-03-12", want: "2019-03-12"},
		{text: "They met the following day.", words: "the following day", last: "2019-03-12", want: "2019-03-13"},
		{text: "They met the next day.", words: "the next day", last: "2019-03-31", want: "2019-04-01"},
		{text: "They met the previous day.", words: "the previous day", last: "2019-03-12", want: "2019-03-11"},
		{text: "They had met the day before.", words: "the day before", last: "2019-03-12", want: "2019-03-11"},
		{text: "They had met a day earlier.", words: "a day earlier", last: "2019-03-12", want: "2019-03-11"},
		{text: "They had met a day earlier.", words: "a day earlier", want: "2025-07-08"},
		{text: "They met two days later.", words: "two days later", last: "2019-03-12", want: "2019-03-14"},
		{text: "They met two days later.", words: "two days later", last: "2019-03"},
		{text: "They met two days later.", words: "two days later", last: "2019-03-12/2019-03-13", want: "2019-03-15"},
		{text: "They met three months later.", words: "three months later", last: "2008-02", want: "2008-05"},
		{text: "They met two weeks later.", words: "two weeks later", last: "2008-02-20", want: "2008-03"},
		{text: "It returned three years later.", words: "three years later", last: "2002", want: "2005"},
		{text: "They met a year earlier.", words: "a year earlier", last: "2020", want: "2019"},
		{text: "They met the year before.", words: "the year before", last: "2020-04", want: "2019"},
		{text: "They met the following month.", words: "the following month", last: "2025-05", want: "2025-06"},
		{text: "They met the following year.", words: "the following year", last: "2025-05", want: "2026"},
		{text: "They left the following June.", words: "the following June", last: "2023-09", want: "2024-06"},
		{text: "Ties were restored that November.", words: "that November", last: "2008-05", want: "2008-11"},
		{text: "They met that Friday.", words: "that Friday", last: "2019-03-12", want: "2019-03-15"},
		{text: "They met the following Friday.", words: "the following Friday", last: "2019-03-12", want: "2019-03-15"},
		{text: "They met that week.", words: "that week", last: "2019-03-12", want: "2019-03-11/2019-03-17"},
		{text: "They met later that day.", words: "later that day", last: "2019-03-12", want: "2019-03-12"},
		{text: "They met later in the day.", words: "later in the day", last: "2019-03-12", want: "2019-03-12"},
		{text: "They met that evening.", words: "that evening", last: "2019-03-12", want: "2019-03-12"},
		{text: "He spoke a day after four states severed ties.", words: "a day after", want: "2025-07-08"},
		{text: "He spoke two days before the summit opened.", words: "two days before", want: "2025-07-11"},
		{text: "Rebels came in February 2008, and three months later Chad cut ties.", words: "three months later", last: "2020", want: "2008-05"},
		{text: "He said on Monday that in the past week they had met.", words: "in the past week", want: "2025-07-01/2025-07-07"},
		{text: "He arrives on Monday and leaves on Wednesday.", words: "Wednesday", future: true, want: "2025-07-16"},
		{text: "France recalled its envoy on 17 September.", words: "17 September", last: "2021-09-15", want: "2021-09-17"},
		{text: "France recalled its envoy on 17 January.", words: "17 January", last: "2021-12-15", want: "2022-01-17"},
		{text: "In March, the deputy disclosed the plan.", words: "March", last: "2024-01", want: "2025-03"},
		{text: "It signed in June 2021 and left in September.", words: "September", want: "2021-09"},
		{text: "She went there the day after they were deported.", words: "the day after", last: "2019-03-12", want: "2019-03-13"},
	})
}

func TestNoDates(t *testing.T) {
	check(t, []whenTest{
		{text: "The ban will hold for two years."},
		{text: "A 30-day ceasefire was proposed."},
		{text: "He began a three-day visit."},
		{text: "It was the third trip in the span of two years."},
		{text: "She is 45 years old."},
		{text: "The talks lasted more than two hours."},
		{text: "It was the first visit in two decades."},
		{text: "They marked half a century of ties."},
		{text: "The pact was ratified after 20 months."},
		{text: "More than a decade ago, talks failed."},
		{text: "They had fought for years."},
		{text: "It was a year-end summit."},
		{text: "She demanded an end-of-year report."},
		{text: "The 14-year-old panel was shut."},
		{text: "The tariff fell to 25 percent from 50."},
		{text: "The sun rose and the mission sat idle."},
		{text: ""},
	})
}

func TestAttributive(t *testing.T) {
	for _, tt := range []struct {
		text, words string
		want        bool
	}{
		{"Tehran kept to the 2015 agreement.", "2015", true},
		{"Kyiv left under a 2020 truce.", "2020", true},
		{"They praised the 1994 framework.", "1994", true},
		{"It remembered the September 11 attacks.", "September 11", true},
		{"They met before the June 12 summit.", "June 12", true},
		{"He hailed the February 2020 landmark pact.", "February 2020", true},
		{"Russia's 2022 invasion was condemned.", "2022", true},
		{"It was his first visit since 2004.", "since 2004", true},
		{"They met in 2015.", "2015", false},
		{"On June 12 talks began.", "June 12", false},
		{"At Friday's meeting they agreed.", "Friday", false},
		{"In 2019 China signed.", "2019", false},
		{"They have been allies since 2004.", "since 2004", false},
		{"On Tuesday talks began.", "Tuesday", false},
	} {
		found := Find(tt.text, entente.Span{End: len(tt.text)})
		if len(found) != 1 || found[0].Span.Of(tt.text) != tt.words {
			t.Errorf("Find(%q) = %v, want %q", tt.text, found, tt.words)
			continue
		}
		if got := found[0].Attributive; got != tt.want {
			t.Errorf("%q in %q: Attributive = %v, want %v", tt.words, tt.text, got, tt.want)
		}
	}
}

// TestNoYear reads a day that stands alone in an odd place: never as the year 0.
func TestNoYear(t *testing.T) {
	text := "The King received him on the evening of the 14th."
	found := Find(text, entente.Span{End: len(text)})
	if len(found) == 0 {
		t.Error("no time found")
	}
	for _, e := range found {
		if got := e.Resolve(Context{Published: dateline}).EDTF; got == "0000" {
			t.Errorf("%q is %s", e.Span.Of(text), got)
		}
	}
}
