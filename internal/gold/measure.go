package gold

import (
	"fmt"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
)

// Found is what a reader found in a report.
type Found struct {
	Reading   entente.Reading
	Sentences []entente.Span // in order of the text
	Mentions  []Meaning      // in order of the text
}

// Meaning is a span that the reader resolved, and to what.
type Meaning struct {
	entente.Span
	Entities []string // names; several: a group
	Acts     string   // the state that a capital or an unnamed official may stand for; "" for none
}

// Measure scores the claims of a reading and what they rest upon: the actors in
// reach, entities, offices and, where gold has them, mentions.
func (r *Report) Measure(f Found) (Tally, error) {
	if f.Reading.Report.Text != r.Text {
		return Tally{}, fmt.Errorf("%s.json: the text that was read is not the text of the file, so that spans cannot be compared", r.Name)
	}
	records := f.Reading.Records()
	t := r.Score(records)
	s := newSames(r)
	r.slots(&t, f, s)
	t.counts[entities] = r.entities(f.Reading.Entities, s)
	r.offices(&t, records)
	r.mentions(&t, f.Mentions, s)
	return t, nil
}

// sames remembers what Same said.
type sames struct {
	r     *Report
	known map[[2]string]bool
}

func newSames(r *Report) sames { return sames{r, map[[2]string]bool{}} }

func (s sames) is(pred, gold string) bool {
	key := [2]string{pred, gold}
	yes, ok := s.known[key]
	if !ok {
		yes = s.r.Same(pred, gold)
		s.known[key] = yes
	}
	return yes
}

// means reports whether m stands for the actor that gold calls so, alone or in
// a group.
func (s sames) means(m Meaning, gold string) bool {
	return m.Acts != "" && s.is(m.Acts, gold) || slices.ContainsFunc(m.Entities, func(e string) bool { return s.is(e, gold) })
}

// slots counts the subjects and objects of gold claims that a mention in the
// evidence sentence stands for, or one in reach of it, and the claims that have
// both. A claim whose evidence is not in the text is left out.
func (r *Report) slots(t *Tally, f Found, s sames) {
	for _, c := range r.Claims {
		here, near, ok := r.reachOf(c, f.Sentences)
		if !ok {
			continue
		}
		in := func(span entente.Span, actor string) bool {
			return slices.ContainsFunc(f.Mentions, func(m Meaning) bool { return m.Overlaps(span) && s.means(m, actor) })
		}
		for _, w := range []struct {
			span      entente.Span
			one, both measure
		}{{here, slots, both}, {near, reach, bothReach}} {
			subject, object := in(w.span, c.Subject), in(w.span, c.Object)
			t.counts[w.one].add(subject, true)
			t.counts[w.one].add(object, true)
			t.counts[w.both].add(subject && object, true)
		}
	}
}

// before is how many sentences before the evidence are in reach.
const before = 2

// reachOf returns the sentences of a claim's evidence, and those with the ones
// before that are in reach. Evidence that the reader did not read is its own
// sentence.
func (r *Report) reachOf(c Claim, sentences []entente.Span) (here, near entente.Span, ok bool) {
	here, ok = r.Evidence(c)
	if !ok {
		return here, near, false
	}
	first := slices.IndexFunc(sentences, here.Overlaps)
	if first < 0 {
		return here, here, true
	}
	for _, s := range sentences[first:] {
		if s.Overlaps(here) {
			here = entente.Span{Start: min(here.Start, s.Start), End: max(here.End, s.End)}
		}
	}
	near = entente.Span{Start: min(here.Start, sentences[max(0, first-before)].Start), End: here.End}
	return here, near, true
}

// Evidence returns where the evidence of a claim stands in the text; ok is false
// where it does not.
func (r *Report) Evidence(c Claim) (span entente.Span, ok bool) {
	start := strings.Index(r.Text, c.Evidence)
	if c.Evidence == "" || start < 0 {
		return entente.Span{}, false
	}
	return entente.Span{Start: start, End: start + len(c.Evidence)}, true
}

// entities pairs the entities that were found, other than offices, with those
// of gold.
func (r *Report) entities(found []entente.Entity, s sames) Count {
	n := Count{Gold: len(r.Entities)}
	var names []string
	for _, e := range found {
		if e.Kind != entente.Office {
			names = append(names, e.Name)
		}
	}
	n.Found = len(names)
	used := make([]bool, len(names))
	done := make([]bool, len(r.Entities))
	for _, rule := range []func(a, b string) bool{func(a, b string) bool { return foldName(a) == foldName(b) }, s.is} {
		for i, e := range r.Entities {
			for j, name := range names {
				if !done[i] && !used[j] && rule(name, e.Name) {
					done[i], used[j] = true, true
					n.Right++
				}
			}
		}
	}
	return n
}

// offices pairs claims that a person holds an office with those of gold: person
// and state have to be right; whether the title is, is counted beside.
func (r *Report) offices(t *Tally, records []entente.Record) {
	var held []entente.Record
	for _, p := range records {
		if p.Relation == entente.HoldsOffice {
			held = append(held, p)
		}
	}
	n := &t.counts[offices]
	n.Found, n.Gold = len(held), len(r.Offices)
	used, done := make([]bool, len(held)), make([]bool, len(r.Offices))
	for _, titled := range []bool{true, false} {
		for i, o := range r.Offices {
			for j, p := range held {
				title, ok := r.holds(p, o)
				if done[i] || used[j] || !ok || titled && !title {
					continue
				}
				done[i], used[j] = true, true
				n.Right++
				t.counts[titles].add(title, true)
			}
		}
	}
}

// holds reports whether a claim gives person and state of an office of gold, and
// whether it gives the title: "Foreign Minister of Russia" is one of Russia.
func (r *Report) holds(p entente.Record, o Office) (title, ok bool) {
	if !r.Same(p.Subject.Name, o.Person) {
		return false, false
	}
	const of = " of "
	name := p.Object.Name
	for i := range name {
		if strings.HasPrefix(name[i:], of) && r.Same(name[i+len(of):], o.State) {
			return foldName(name[:i]) == foldName(o.Office), true
		}
	}
	return false, false
}

// mentions counts spans and what they stand for. A found mention that overlaps
// none of gold counts as false only where it stands for an entity of gold: gold
// marks no others.
func (r *Report) mentions(t *Tally, found []Meaning, s sames) {
	if len(r.Mentions) == 0 {
		return
	}
	for _, m := range r.Mentions {
		right := r.resolves(m, found, s)
		t.counts[resolved].add(right, true)
		t.counts[firstForm+measure(slices.Index(Forms[:], r.FormOf(m)))].add(right, true)
		if !right {
			t.Misread = append(t.Misread, m)
		}
	}
	n := 0
	whole, end := map[entente.Span]bool{}, map[int]bool{}
	for _, m := range found {
		if r.judges(m, s) {
			n++
			whole[m.Span], end[m.End] = true, true
		}
	}
	t.counts[spans].Found, t.counts[ends].Found = n, n
	for _, m := range r.Mentions {
		t.counts[spans].add(whole[m.Span], true)
		t.counts[ends].add(end[m.End], true)
	}
}

// judges reports whether gold has a say about a mention.
func (r *Report) judges(m Meaning, s sames) bool {
	return slices.ContainsFunc(r.Mentions, func(g Mention) bool { return g.Overlaps(m.Span) }) ||
		slices.ContainsFunc(r.Entities, func(e Entity) bool { return s.means(m, e.Name) })
}

// resolves reports whether the reader takes a mention of gold for what it is. The
// reader's mention is that of the same span, else those that end where it does,
// else those that overlap it.
func (r *Report) resolves(g Mention, found []Meaning, s sames) bool {
	var best []Meaning
	fit := 0
	for _, m := range found {
		switch n := fits(m.Span, g.Span); {
		case n > fit:
			best, fit = []Meaning{m}, n
		case n == fit && n > 0:
			best = append(best, m)
		}
	}
	return slices.ContainsFunc(best, func(m Meaning) bool { return s.equal(m, g.Entities) })
}

// fits rates how well a span fits that of gold: 3 the same, 2 the same end, 1 an
// overlap, 0 none.
func fits(found, gold entente.Span) int {
	switch {
	case found == gold:
		return 3
	case found.End == gold.End:
		return 2
	case found.Overlaps(gold):
		return 1
	}
	return 0
}

// equal reports whether a mention stands for all the actors and no other.
func (s sames) equal(m Meaning, actors []string) bool {
	if len(actors) == 1 && m.Acts != "" && s.is(m.Acts, actors[0]) {
		return true
	}
	return len(m.Entities) == len(actors) && !slices.ContainsFunc(actors, func(a string) bool {
		return !slices.ContainsFunc(m.Entities, func(e string) bool { return s.is(e, a) })
	})
}
