package event

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/entente-kg/entente/data"
)

// TestLists: every list of data/frames/words.txt is asked for, by the engine or
// as "@name" by a frame, and every list asked for is there.
func TestLists(t *testing.T) {
	f, err := ReadFrames(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{"light": true} // a field of its own
	collect := func(text []byte, pattern string) {
		for _, m := range regexp.MustCompile(pattern).FindAllSubmatch(text, -1) {
			asked[string(m[1])] = true
		}
	}
	code, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range code {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		collect(text, `lists\["([a-z-]+)"\]`)
	}
	collect([]byte(`"answered" "answered-else"`), `"([a-z-]+)"`) // accuser goes through both
	frames, err := filepath.Glob("../../data/frames/*.txt")
	if err != nil || len(frames) == 0 {
		t.Fatal(err, frames)
	}
	for _, name := range frames {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		collect(text, `@([a-z-]+)`)
	}
	delete(asked, "name") // "@name" of the format's comment
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if len(f.lists[name]) == 0 && name != "light" {
			t.Errorf("list %q is not in data/frames/words.txt", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.lists)) {
		if !asked[name] {
			t.Errorf("list %q of data/frames/words.txt is used nowhere", name)
		}
	}
}
