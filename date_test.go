package entente

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	type bounds struct {
		First, Last string
		Precision   Precision
	}
	for _, tt := range []struct {
		in   string
		want bounds
	}{
		{"2025-07-09", bounds{"2025-07-09", "2025-07-09", ToDay}},
		{"2024-02", bounds{"2024-02-01", "2024-02-29", ToMonth}},
		{"2023-12", bounds{"2023-12-01", "2023-12-31", ToMonth}},
		{"2024", bounds{"2024-01-01", "2024-12-31", ToYear}},
		{"2024-21", bounds{"2024-03-01", "2024-05-31", ToSeason}},
		{"2024-24", bounds{"2024-12-01", "2025-02-28", ToSeason}},
		{"199X", bounds{"1990-01-01", "1999-12-31", ToDecade}},
		{"19XX", bounds{"1900-01-01", "1999-12-31", ToCentury}},
		{"2004-XX", bounds{"2004-01-01", "2004-12-31", ToYear}},
		{"2004-07-XX", bounds{"2004-07-01", "2004-07-31", ToMonth}},
		{"1985-XX-XX", bounds{"1985-01-01", "1985-12-31", ToYear}},
		{"2004-06?", bounds{"2004-06-01", "2004-06-30", ToMonth}},
		{"2004-06-11~", bounds{"2004-06-11", "2004-06-11", ToDay}},
		{"1984%", bounds{"1984-01-01", "1984-12-31", ToYear}},
		{"2025-07-11/2025-07-13", bounds{"2025-07-11", "2025-07-13", Between}},
		{"2004-02-01/2005", bounds{"2004-02-01", "2005-12-31", Between}},
		{"2024-10/..", bounds{"2024-10-01", "", Between}},
		{"2024-10/", bounds{"2024-10-01", "", Between}},
		{"../2024-10", bounds{"", "2024-10-31", Between}},
		{"/2024-10", bounds{"", "2024-10-31", Between}},
		{"1984~/2004-06?", bounds{"1984-01-01", "2004-06-30", Between}},
		{"-0044-03-15", bounds{"-0044-03-15", "-0044-03-15", ToDay}},
		{"-1985", bounds{"-1985-01-01", "-1985-12-31", ToYear}},
		{"Y12000", bounds{"12000-01-01", "12000-12-31", ToYear}},
		{"Y-17000", bounds{"-17000-01-01", "-17000-12-31", ToYear}},
		{"0001-01-01", bounds{"0001-01-02", "0001-01-02", ToDay}}, // zero means unbounded
		{"0000", bounds{"0000-01-01", "0000-12-31", ToYear}},
	} {
		d, err := ParseDate(tt.in)
		if err != nil {
			t.Errorf("ParseDate(%q): %v", tt.in, err)
			continue
		}
		got := bounds{formatDay(d.Earliest()), formatDay(d.Latest()), d.Precision()}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseDate(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func formatDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}

func TestParseDateErrors(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", "empty date"},
		{"2024-13", "column 6: no such month"},
		{"2024-20", "column 6: no such month"},
		{"2024-00", "column 6: no such month"},
		{"2023-02-29", "column 9: no such day; that month has 28"},
		{"2024-6", "column 6: no month of two digits"},
		{"2024-06-1", "column 9: no day of two digits"},
		{"24-06-01", "column 1: no year of four digits"},
		{"July 9, 2025", "column 1: no year of four digits"},
		{"2025/07/09", "column 8: a second slash"},
		{"2025-07-09/2025-07-0x", "column 20: no day of two digits"},
		{"2025/2024", "column 6: the end lies before the start"},
		{"../..", "both ends are open"},
		{"/", "both ends are open"},
		{"2024-21-03", "column 9: a day in a season"},
		{"2024-XX-09", "column 6: a day in an unspecified month"},
		{"199X-05", "column 6: a month in an unspecified year"},
		{"1XXX", "column 1: no year of four digits"},
		{"19X5", "column 1: no year of four digits"},
		{"-19XX", "a negative year with unspecified digits"},
		{"Y2024", "column 2: after Y comes a year of five to nine digits"},
		{"Y12345-01", "column 2: after Y"},
		{"2025-07-09T10:00:00Z", "column 11: a time of day"},
		{"2025-07-0X", "no day of two digits"},
		{"2024??", "no year of four digits"},
		{"20240709", "no year of four digits"},
	} {
		_, err := ParseDate(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseDate(%q) = %v, want an error with %q", tt.in, err, tt.want)
		}
	}
}

func TestDateOverlaps(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"2024", "2024-06-19", true},
		{"2024-06", "2024-07", false},
		{"2024-06-19", "2024-06-19", true},
		{"2024-10/..", "2030", true},
		{"2024-10/..", "2024-09", false},
		{"../2024", "2024-12-31", true},
		{"../2024", "2025/..", false},
		{"2025-07-11/2025-07-13", "2025-07-13", true},
		{"", "2024", false},
		{"2024", "nonsense", false},
	} {
		if got := (Date{EDTF: tt.a}).Overlaps(Date{EDTF: tt.b}); got != tt.want {
			t.Errorf("%q.Overlaps(%q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestDateCompare(t *testing.T) {
	inOrder := []string{"../2020", "-0044", "2024-01-01", "2024-01", "2024", "2024/..", "2024-02", "2024-02/2024-03", "2025", "Y12000", ""}
	for i, a := range inOrder {
		for j, b := range inOrder {
			got := Date{EDTF: a}.Compare(Date{EDTF: b})
			if want := min(1, max(-1, i-j)); got != want {
				t.Errorf("%q.Compare(%q) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestNewDay(t *testing.T) {
	for _, tt := range []struct {
		in   time.Time
		want string
	}{
		{time.Date(2025, 7, 9, 23, 59, 0, 0, time.UTC), "2025-07-09"},
		{time.Date(2025, 7, 9, 3, 0, 0, 0, time.FixedZone("KST", 9*3600)), "2025-07-08"},
		{time.Date(12000, 7, 9, 0, 0, 0, 0, time.UTC), "Y12000"},
		{time.Date(-44, 3, 15, 0, 0, 0, 0, time.UTC), "-0044-03-15"},
	} {
		if got := NewDay(tt.in).EDTF; got != tt.want {
			t.Errorf("NewDay(%v) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestDateString(t *testing.T) {
	if got := (Date{}).String(); got != "unknown" {
		t.Errorf("zero String() = %q, want %q", got, "unknown")
	}
	if got := (Date{EDTF: "2024"}).String(); got != "2024" {
		t.Errorf("String() = %q, want 2024", got)
	}
}

// genDate draws a Date that covers whole units of a random precision.
func genDate(t *rapid.T) Date {
	base := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	d := NewDay(base.AddDate(0, 0, rapid.IntRange(0, 60000).Draw(t, "day")))
	cut := rapid.SampledFrom([]int{4, 7, 10}).Draw(t, "cut")
	return Date{EDTF: d.EDTF[:cut]}
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := genDate(t), genDate(t), genDate(t)
		if a.Earliest().After(a.Latest()) {
			t.Fatalf("%v: earliest %v after latest %v", a, a.Earliest(), a.Latest())
		}
		if a.Overlaps(b) != b.Overlaps(a) || !a.Overlaps(a) {
			t.Fatalf("Overlaps is not symmetric and reflexive on %v, %v", a, b)
		}
		if a.Compare(b) != -b.Compare(a) {
			t.Fatalf("Compare is not antisymmetric on %v, %v", a, b)
		}
		if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
			t.Fatalf("Compare is not transitive on %v, %v, %v", a, b, c)
		}
		if d := NewDay(a.Earliest()); !a.Overlaps(d) {
			t.Fatalf("%v does not overlap its first day %v", a, d)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024", "2024-21", "2024-10/..", "/2024", "199X", "Y-17000", "-0044-03-15~", "2024-02-30", "XXXX-XX-XX"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() || strings.Contains(err.Error(), "\n") {
				t.Fatalf("ParseDate(%q) = %v, %q", s, d, err)
			}
			return
		}
		first, last := d.Earliest(), d.Latest()
		if first.IsZero() && last.IsZero() {
			t.Fatalf("ParseDate(%q): no bounds", s)
		}
		if !first.IsZero() && !last.IsZero() && first.After(last) {
			t.Fatalf("ParseDate(%q): %v after %v", s, first, last)
		}
		if !d.Overlaps(d) || d.Compare(d) != 0 || d.Precision() == "" || d.String() != s {
			t.Fatalf("ParseDate(%q): not equal to itself", s)
		}
	})
}
