package queries

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestContext(t *testing.T) {
	const text = "First one. Second one here.\n\nThe sentence itself. And the next! A last one."
	start := strings.Index(text, "The sentence")
	end := start + len("The sentence itself.")
	if got, want := before(text, start), "Second one here."; got != want {
		t.Errorf("before(%d) = %q, want %q", start, got, want)
	}
	if got, want := after(text, end), "And the next!"; got != want {
		t.Errorf("after(%d) = %q, want %q", end, got, want)
	}
	if got := before(text, 0); got != "" {
		t.Errorf("before(0) = %q, want nothing", got)
	}
	if got := after(text, len(text)); got != "" {
		t.Errorf("after(end) = %q, want nothing", got)
	}
}

func TestContextIsBounded(t *testing.T) {
	long := strings.Repeat("word ", 100)
	if got := before(long+"x", len(long)); len(got) > contextBytes+len("… ") || !strings.HasPrefix(got, "… word") {
		t.Errorf("before = %q, want the last words behind an ellipsis", got)
	}
	if got := after("x"+long, 1); len(got) > contextBytes+len(" …") || !strings.HasSuffix(got, "word …") {
		t.Errorf("after = %q, want the first words before an ellipsis", got)
	}
}

// TestContextOfAnything: any text and any offset, even a wrong one, give valid
// UTF-8 of bounded length.
func TestContextOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text") + strings.Repeat(rapid.SampledFrom([]string{"", "a", "북한", " "}).Draw(t, "more"), 150)
		at := rapid.IntRange(-5, len(text)+5).Draw(t, "at")
		for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
			at--
		}
		for name, got := range map[string]string{"before": before(text, at), "after": after(text, at)} {
			if !utf8.ValidString(got) || len(got) > contextBytes+4 {
				t.Fatalf("%s(%q, %d) = %q", name, text, at, got)
			}
		}
	})
}
