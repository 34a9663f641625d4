package event

import (
	"strings"
	"testing"
	"testing/fstest"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// TestFrames is the lint of data/frames: all of it parses, and every event
// relation can be told by a verb or a noun.
func TestFrames(t *testing.T) {
	f, err := ReadFrames(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	frames := map[entente.Relation]int{}
	for _, frame := range f.all {
		frames[frame.Relation]++
	}
	for _, a := range entente.Relations {
		if a.Relation.IsEvent() && frames[a.Relation] == 0 {
			t.Errorf("no frame tells of %s", a.Relation)
		}
	}
}

// TestFrameErrors holds that a bad line is named by its place.
func TestFrameErrors(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"visited | verb | visit", "3 columns"},
		{"visitd | verb | visit | subj | obj", "did you mean visited"},
		{"visited | adverb | visit | subj | obj", `class "adverb"`},
		{"visited | verb |  | subj | obj", "no trigger"},
		{"visited | verb | visit | subj | obj:city", `kind "city"`},
		{"visited | verb | visit |  | obj", "empty role"},
		{"visited | verb | visit | subj | obj | loud", `option "loud"`},
		{"visited | verb | visit | subj | obj | status=maybe", `status "maybe"`},
		{"visited | verb | visit @trips | subj | obj", `no list "trips"`},
	} {
		fsys := fstest.MapFS{"frames/a.txt": {Data: []byte("# comment\n" + c.line + "\n")}}
		_, err := ReadFrames(fsys)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "frames/a.txt:2") {
			t.Errorf("ReadFrames(%q) = %v, want frames/a.txt:2 and %q", c.line, err, c.want)
		}
	}
}
