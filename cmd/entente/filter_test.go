package main

import (
	"testing"
	"time"
)

func TestReadDate(t *testing.T) {
	today := time.Date(2025, 7, 9, 15, 0, 0, 0, time.UTC) // a Wednesday
	for _, test := range []struct{ text, want string }{
		{"2023", "2023"}, {"2023-10", "2023-10"}, {"2023-10-18", "2023-10-18"}, {"2025-07-11/2025-07-13", "2025-07-11/2025-07-13"},
		{"last month", "2025-06"}, {"yesterday", "2025-07-08"}, {"October 2023", "2023-10"}, {" last year ", "2024"},
		{"yesteryear", ""}, {"2023-13", ""}, {"last month or so", ""}, {"", ""},
	} {
		d, err := readDate(test.text, today)
		if got := d.EDTF; got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("readDate(%q) = %q, %v, want %q", test.text, got, err, test.want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, test := range []struct {
		text   string
		width  int
		indent string
		want   string
	}{
		{"one two three", 9, "  ", "  one two\n  three"},
		{"북한 조선", 6, "", "북한\n조선"},
		{"", 10, "  ", "  "},
		{"averyverylongword x", 5, "", "averyverylongword\nx"},
	} {
		if got := fold(test.text, test.width, test.indent); got != test.want {
			t.Errorf("fold(%q, %d, %q) = %q, want %q", test.text, test.width, test.indent, got, test.want)
		}
	}
}

func TestShellLine(t *testing.T) {
	got := shellLine([]string{"path", "Sergei Shoigu", `entity("X").All()`})
	if want := `path "Sergei Shoigu" 'entity("X").All()'`; got != want {
		t.Errorf("shellLine = %s, want %s", got, want)
	}
}
