package question

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/internal/event"
)

// Reader reads questions. It is immutable and safe for concurrent use.
type Reader struct {
	model  *english.Model
	frames *event.Frames
	lists  map[string]map[string]bool
	titles []title

	peoples map[string]entente.Entity // states by their adjectives and demonyms, in lower case
}

// NewReader returns a reader over the embedded model, frames and lists.
func NewReader() (*Reader, error) {
	model, err := english.Default()
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	frames, err := event.ReadFrames(data.FS, "questions/frames.txt")
	if err != nil {
		return nil, err
	}
	lists, err := readLists()
	if err != nil {
		return nil, err
	}
	return &Reader{model: model, frames: frames, lists: lists, titles: readTitles(), peoples: readPeoples()}, nil
}

// Read reads a question. today is the day from which "last year" is counted, zero
// where none is known; before is the question that was answered last, nil for none:
// what a short question leaves out is taken from it ("and in 2023?").
//
// The actors are given their roles by the order of words: of two names without a
// preposition before the verb the nearer one is its subject and the other what is
// asked for ("whom did X meet"); a name behind the verb is its object; after "was"
// and a participle the two change places, and "by" has the subject. The frame counts
// whose roles take most of the names.
func (r *Reader) Read(text string, look Lookup, today entente.Date, before *Reading) (Reading, error) {
	cells, times, err := r.cells(text, look, today)
	if err != nil {
		return Reading{}, err
	}
	if len(cells) == 0 && (times == span{}) {
		return Reading{}, unread("", "it is empty")
	}
	p := &parse{r: r, cells: cells, before: before}
	p.out.Since, p.out.Until = times.since, times.until
	out, err := p.read()
	if times.yearless && err == nil {
		out = out.years()
	}
	var unread *UnreadError
	if errors.As(err, &unread) {
		for _, c := range cells {
			if c.ref != nil && c.ref.Office == "" {
				unread.Names = append(unread.Names, *c.ref)
			}
		}
	}
	return out, err
}

// read reads the cells.
func (p *parse) read() (Reading, error) {
	for i := range p.cells {
		if c := &p.cells[i]; c.ref == nil && p.r.is("never", c.low) {
			return Reading{}, unread(c.Text, "the graph holds who did what to whom, when, where and by whose word")
		}
	}
	if err := p.open(); err != nil {
		return Reading{}, err
	}
	if p.saying(); p.asked == nil {
		p.items = nil
	}
	if err := p.gather(); err != nil {
		return Reading{}, err
	}
	p.gerunds()
	p.marks()
	p.trailing()
	if p.negated != nil {
		return Reading{}, unread(p.negated.Text, "ask what was done, or who denied it")
	}
	return p.finish()
}

// A parse is one question on its way to a Reading.
type parse struct {
	r      *Reader
	cells  []cell
	before *Reading
	items  []*item
	asked  *item // what a question word stands for; nil for none
	noun   int   // the cell of the noun behind "which", "how many"; -1
	out    Reading

	negated *cell // a "not" that is not understood
}

// An item is somebody or something that the question speaks of.
type item struct {
	at    int // cell
	group int // of those joined by "and"
	prep  string
	ref   *Ref // nil for what is asked for
	want  []entente.Kind
	what  bool // asked for by "what": not a person
	owner bool
	back  bool // a pronoun, which the question before says
	used  bool
}

// isPreposition reports whether a cell is a preposition.
func isPreposition(c *cell) bool {
	return c.ref == nil && (c.Tag == "IN" || c.Tag == "TO" || c.low == "to" || c.Tag == "RP") && c.low != "that" && c.low != "if" && c.low != "whether"
}

// gather makes the items of the cells.
func (p *parse) gather() error {
	for i := range p.cells {
		c := &p.cells[i]
		switch {
		case p.asked != nil && i == p.asked.at:
			p.asked.group = i
		case c.ref != nil && !c.said:
			if c.owner && i+1 < len(p.cells) && p.cells[i+1].ref != nil && isPerson(p.cells[i+1].ref) && c.ref.Office == "" {
				c.said = true // "Russia's Lavrov"
				continue
			}
			if c.owner && i+1 < len(p.cells) && p.forState(i+1) { // "Russian troops"
				c.owner, p.cells[i+1].said = false, true
			}
			p.add(i, c.ref)
		case c.is(p.r.lists["back"]) && p.before != nil && p.pronoun(i):
			if err := p.takeUp(i); err != nil {
				return err
			}
		case c.is(p.r.lists["some"]) && p.asked == nil && (p.out.Kind == YesNo):
			p.asked = &item{at: i, group: i, prep: p.prepOf(i)}
			c.said = true
			p.items = append(p.items, p.asked)
			if i+1 < len(p.cells) && p.r.isKind(&p.cells[i+1]) {
				p.wanted(i + 1)
			}
		}
	}
	slices.SortStableFunc(p.items, func(a, b *item) int { return a.at - b.at })
	p.strand()
	return nil
}

// forState reports whether the word at a cell stands for the state named beside it:
// troops, a delegation, the government.
func (p *parse) forState(i int) bool {
	c := &p.cells[i]
	return c.is(p.r.lists["acts for"]) && i != p.noun && !c.said
}

// add makes an item of a name, in the group of the one before where "and" joins
// them.
func (p *parse) add(i int, ref *Ref) {
	it := &item{at: i, group: i, ref: ref, owner: p.cells[i].owner, prep: p.prepOf(i)}
	if before := p.joined(i); before != nil {
		it.group, it.prep = before.group, before.prep
		if it.owner {
			before.owner = true
		}
	}
	p.cells[i].said = true
	p.items = append(p.items, it)
}

// joined returns the item before that "and", "or" or a comma joins with cell i.
func (p *parse) joined(i int) *item {
	joints := false
	for k := i - 1; k >= 0; k-- {
		c := &p.cells[k]
		switch {
		case c.ref != nil:
			for _, it := range p.items {
				if it.at == k && joints {
					return it
				}
			}
			return nil
		case c.low == "," || c.low == "and" || c.low == "or" || c.low == "&":
			joints = true
		case !p.r.is("article", c.low):
			return nil
		}
	}
	return nil
}

// prepOf returns the preposition before cell i, "" where there is none.
func (p *parse) prepOf(i int) string {
	for k := i - 1; k >= 0; k-- {
		c := &p.cells[k]
		switch {
		case isPreposition(c) && k > 0 && (c.low == "from" || c.low == "of") && p.cells[i].ref != nil && p.forState(k-1): // "delegations from X"
			c.said, p.cells[k-1].said = true, true
			return p.prepOf(k - 1)
		case isPreposition(c):
			c.said = true
			return c.low
		case c.low == "both" || p.r.is("article", c.low) || c.ref != nil && c.owner || c.ref == nil && strings.HasPrefix(c.Tag, "JJ") && !p.r.is("auxiliary", c.Lemma):
		default:
			return ""
		}
	}
	return ""
}

// strand gives what is asked for the preposition that was left behind: "whom did X
// speak with".
func (p *parse) strand() {
	if p.asked == nil || p.asked.prep != "" {
		return
	}
	for i := len(p.cells) - 1; i > p.asked.at; i-- {
		c := &p.cells[i]
		if isPreposition(c) && !c.said && (i+1 == len(p.cells) || isPreposition(&p.cells[i+1])) && !p.r.is("particle", c.low) {
			p.asked.prep, c.said = c.low, true
			return
		}
	}
}

// gerunds makes verbs of what the tagger takes for nouns between two names: "any record of
// X meeting Y".
func (p *parse) gerunds() {
	for i := 1; i+1 < len(p.cells); i++ {
		c := &p.cells[i]
		if c.ref != nil || c.Tag != "NN" || !strings.HasSuffix(c.low, "ing") || p.cells[i-1].ref == nil || p.cells[i-1].owner {
			continue
		}
		if p.cells[i+1].ref != nil || isPreposition(&p.cells[i+1]) {
			c.Tag, c.Lemma = "VBG", p.r.model.Lemma(c.low, "VBG")
		}
	}
}

// trailing reads a question word at the end: "the last visit was when?".
func (p *parse) trailing() {
	end := len(p.cells) - 1
	for end > 1 && p.r.idle(&p.cells[end]) {
		end--
	}
	if p.out.Kind != Claims || end < 2 || p.cells[end].ref != nil {
		return
	}
	switch p.cells[end].low {
	case "when":
		p.out.Kind = When
	case "where":
		p.out.Kind = Where
	}
}

// marks reads the words that say first or last, planned or denied.
func (p *parse) marks() {
	for i := range p.cells {
		c := &p.cells[i]
		if c.ref != nil {
			continue
		}
		if n := p.phrase("idle", i); n > 1 { // "face to face"
			p.say(i, n)
		}
		switch {
		case c.is(p.r.lists["negation"]) && p.out.Kind == Who || c.is(p.r.lists["negation"]) && p.out.Kind == Sources:
			p.out.Statuses, c.said = []entente.Status{entente.Denied}, true
		case c.is(p.r.lists["negation"]) && i > 1:
			p.negated = c
		case c.is(p.r.lists["said"]) && c.Tag == "VBN" && i+1 < len(p.cells) && (p.cells[i+1].low == "to" || p.r.is("negation", p.cells[i+1].low)): // "is said to have"
			c.said = true
		case c.is(p.r.lists["first"]) && !c.said:
			p.out.Pick, c.said = First, true
		case c.is(p.r.lists["last"]) && !c.said:
			p.out.Pick, c.said = Last, true
		case p.planned(i):
			if p.out.Kind != Sources { // "who said that X would …" asks of what was said, come what may
				p.out.Statuses = []entente.Status{entente.Planned}
			}
		case c.is(p.r.lists["denied"]) && p.out.Kind != Who:
			p.out.Statuses, c.said = []entente.Status{entente.Denied}, true
		case c.is(p.r.lists["cancelled"]) && !p.objectOf(i):
			p.out.Statuses, c.said = []entente.Status{entente.CalledOff}, true
		}
	}
}
