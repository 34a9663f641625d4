package when

import (
	"strings"
	"testing"
	"time"

	"github.com/entente-kg/entente"
)

// TestLinear reads a quarter of a megabyte as one sentence: what takes more than linear
// time in its length takes minutes here.
func TestLinear(t *testing.T) {
	for _, unit := range []string{"May 4 and ", "two days later ", "12-13-", "since the ", "'s Friday,", "the end of the end of ", "1,000,000.5 ", "third since 2004 "} {
		text := strings.Repeat(unit, (256<<10)/len(unit))
		start := time.Now()
		for _, e := range Find(text, entente.Span{End: len(text)}) {
			e.Resolve(Context{Published: dateline})
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("256 KB of %q took %v", unit, took)
		}
	}
}
