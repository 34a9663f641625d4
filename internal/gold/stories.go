package gold

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	entente "github.com/entente-kg/entente"
)

// A Role is how a claim tells an event that others tell too.
type Role string

// The roles.
const (
	Tells     Role = "tells"
	Denies    Role = "denies"
	OtherDate Role = "other-date" // a date that cannot be that of the others
)

// Roles lists the roles.
var Roles = []Role{Tells, Denies, OtherDate}

// A Telling says which event a claim of gold tells.
type Telling struct {
	Report string // name
	Claim  int    // index of the report's claim
	Event  string
	Role   Role
}

// StoryOf returns the story of a report: its name without the letters at its
// end. "s01a" and "s01b" are of the story "s01".
func StoryOf(report string) string {
	return strings.TrimRightFunc(report, func(r rune) bool { return 'a' <= r && r <= 'z' })
}

// ReadTellings reads the events.tsv of a folder of stories. Each claim of the
// reports has to have its line there.
func ReadTellings(dir string, reports []Report) ([]Telling, error) {
	name := filepath.Join(dir, "events.tsv")
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%w; a folder of stories has one, see data/gold/stories/README.md", err)
	}
	return parseTellings(name, string(text), reports)
}

// parseTellings reads lines "report claim event role", the claim counted from 1;
// "#" starts a comment.
func parseTellings(name, text string, reports []Report) ([]Telling, error) {
	left := map[[2]string]bool{} // report, number of the claim
	for _, r := range reports {
		for i := range r.Claims {
			left[[2]string{r.Name, strconv.Itoa(i + 1)}] = true
		}
	}
	var out []Telling
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimRight(line, "\r\n"); line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 || f[2] == "" || !slices.Contains(Roles, Role(f[3])) {
			return nil, fmt.Errorf("%s:%d: want report, claim, event and role (tells, denies, other-date) between tabs, not %q", name, n, line)
		}
		key := [2]string{f[0], f[1]}
		if !left[key] {
			return nil, fmt.Errorf("%s:%d: report %s has no claim %s, or it has a line already", name, n, f[0], f[1])
		}
		delete(left, key)
		claim, err := strconv.Atoi(f[1])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		out = append(out, Telling{f[0], claim - 1, f[2], Role(f[3])})
	}
	for key := range left {
		return nil, fmt.Errorf("%s: no line for claim %s of report %s", name, key[1], key[0])
	}
	return out, nil
}

// Right returns, for each claim of gold, the index of the record that tells it
// strictly rightly, -1 for none.
func (r *Report) Right(records []entente.Record) []int {
	preds := slices.Clone(records)
	for i, p := range preds {
		if scoreTypes[p.Relation] == "" {
			preds[i] = entente.Record{} // a standing claim matches none
		}
	}
	return match(preds, r.Claims, r.strict)
}

// Align returns which entity of a reading each entity of gold is, by name: the
// one for which most of its mentions stand that give a name, else most of those
// that describe it. The kinds have to be the same. What no mention of the
// reading stands for is left out.
func (r *Report) Align(reading entente.Reading) map[string]entente.Entity {
	kinds := map[entente.EntityID]entente.Entity{}
	for _, e := range reading.Entities {
		kinds[e.ID] = e
	}
	out := map[string]entente.Entity{}
	for _, forms := range [][]Form{{Name}, {Adjective, Nominal}} {
		for _, e := range r.Entities {
			if _, done := out[e.Name]; done {
				continue
			}
			if found, ok := r.vote(e, forms, reading.Mentions, kinds); ok {
				out[e.Name] = found
			}
		}
	}
	return out
}

// vote finds the entity that most of the mentions of e with these forms stand
// for in the reading; of equal ones the first by ID.
func (r *Report) vote(e Entity, forms []Form, found []entente.Mention, known map[entente.EntityID]entente.Entity) (best entente.Entity, ok bool) {
	votes := map[entente.EntityID]int{}
	for _, m := range r.Mentions {
		if len(m.Entities) != 1 || m.Entities[0] != e.Name || !slices.Contains(forms, r.FormOf(m)) {
			continue
		}
		if id := nearest(m.Span, found); known[id].Kind == e.Type {
			votes[id]++
		}
	}
	for id, n := range votes {
		if !ok || n > votes[best.ID] || n == votes[best.ID] && id < best.ID {
			best, ok = known[id], true
		}
	}
	return best, ok
}

// nearest returns the one entity that the reading's mention stands for which
// fits a span best, "" where there is none or a group.
func nearest(span entente.Span, found []entente.Mention) (id entente.EntityID) {
	best := 0
	for _, m := range found {
		switch n := fits(m.Span, span); {
		case n > best:
			best, id = n, m.Entity
		case n == best && n > 0 && m.Entity != id:
			id = ""
		}
	}
	return id
}

// Only returns the reports of some stories, and their tellings. A story that has
// no report is an error.
func Only(reports []Report, tellings []Telling, stories []string) ([]Report, []Telling, error) {
	seen := map[string]bool{}
	reports = slices.DeleteFunc(slices.Clone(reports), func(r Report) bool {
		story := StoryOf(r.Name)
		seen[story] = true
		return !slices.Contains(stories, story)
	})
	for _, s := range stories {
		if !seen[s] {
			return nil, nil, fmt.Errorf("no story %q; a story is named as its reports are, without the letter at the end", s)
		}
	}
	tellings = slices.DeleteFunc(slices.Clone(tellings), func(t Telling) bool { return !slices.Contains(stories, StoryOf(t.Report)) })
	return reports, tellings, nil
}
