package question

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/xrash/smetrics"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/english"
)

// readLists reads the word lists of questions, and of those of names the nouns that
// stand for a state.
func readLists() (map[string]map[string]bool, error) {
	lists, err := readListFile("questions/words.txt")
	if err != nil {
		return nil, err
	}
	naming, err := readListFile("naming.txt")
	if err != nil {
		return nil, err
	}
	lists["acts for"] = naming["government"]
	return lists, nil
}

// readListFile reads lines "list | words", "_" for a space, comments after "#".
func readListFile(file string) (map[string]map[string]bool, error) {
	text, err := data.FS.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("word lists: %w", err)
	}
	lists := map[string]map[string]bool{}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line, _, _ = strings.Cut(line, "#")
		name, words, ok := strings.Cut(line, "|")
		if name = strings.TrimSpace(name); !ok && name != "" {
			return nil, fmt.Errorf("%s:%d: no \"|\" behind the name of the list", file, n)
		}
		if !ok {
			continue
		}
		if lists[name] == nil {
			lists[name] = map[string]bool{}
		}
		for w := range strings.FieldsSeq(words) {
			lists[name][strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	return lists, nil
}

// is reports whether a word is in a list.
func (r *Reader) is(list, word string) bool { return r.lists[list][word] }

// asks reports whether a word begins questions.
func (r *Reader) asks(t english.Token) bool {
	low := strings.ToLower(t.Text)
	return r.is("question", low) || r.is("auxiliary", low) || r.is("auxiliary", t.Lemma)
}

// correct mends a question word at the head that is one letter off: "wich".
func (r *Reader) correct(tokens []english.Token) {
	if len(tokens) == 0 || r.everyday(tokens[0]) || r.asks(tokens[0]) || len(tokens[0].Text) < 3 {
		return
	}
	low := strings.ToLower(tokens[0].Text)
	for _, w := range slices.Sorted(maps.Keys(r.lists["question"])) {
		if len(w) > 2 && smetrics.WagnerFischer(low, w, 1, 1, 1) == 1 {
			tokens[0].Text, tokens[0].Lemma = w, w
			return
		}
	}
}

// small reports whether a word is one of grammar: an article, a preposition, an
// auxiliary.
func (r *Reader) small(t english.Token) bool {
	switch t.Tag {
	case "DT", "IN", "TO", "CC", "MD", "PRP", "PRP$", "WP", "WRB", "WDT", "WP$", "EX", "PDT", "RP", "POS":
		return true
	}
	low := strings.ToLower(t.Text)
	return r.is("article", low) || r.is("auxiliary", t.Lemma) || r.is("auxiliary", low) || r.is("small", low)
}

// grammar reports whether a word is one of grammar by itself, apart from its tag: the
// tagger takes a name that is written small for anything.
func (r *Reader) grammar(t english.Token) bool {
	low := strings.ToLower(t.Text)
	return r.is("small", low) || r.is("article", low) || r.is("auxiliary", low)
}

// everyday reports whether a word is one that questions, frames or titles use, and so
// no surname when it is written small.
func (r *Reader) everyday(t english.Token) bool {
	low := strings.ToLower(t.Text)
	if r.grammar(t) || r.is("never", low) {
		return true
	}
	for _, words := range r.lists {
		if words[t.Lemma] || words[low] {
			return true
		}
	}
	for _, class := range []string{"verb", "noun", "adj"} {
		if len(r.frames.Of(class, t.Lemma)) > 0 || len(r.frames.Of(class, low)) > 0 {
			return true
		}
	}
	for _, title := range r.titles {
		if len(title.before) > 0 && title.before[len(title.before)-1] == low || len(title.behind) > 0 && title.behind[0] == low {
			return true
		}
	}
	return false
}

// isKind reports whether a noun says of which kind an answer is to be.
func (r *Reader) isKind(c *cell) bool {
	for _, k := range asKinds {
		if k != entente.Place && c.is(r.lists["kind "+string(k)]) {
			return true
		}
	}
	return false
}

// frameNoun reports whether a word is one by which frames tell of events.
func (r *Reader) frameNoun(c *cell) bool {
	return c.ref == nil && (len(r.frames.Of("noun", c.Lemma)) > 0 || r.is("carried", c.Lemma))
}

// idle reports whether a word says nothing about what is asked.
func (r *Reader) idle(c *cell) bool {
	return c.is(r.lists["idle"]) || c.is(r.lists["light"]) || c.is(r.lists["all"]) || c.is(r.lists["back"]) || c.is(r.lists["occasion"]) || c.is(r.lists["carried"]) || c.is(r.lists["claims"]) || c.is(r.lists["planned"]) || c.is(r.lists["planned itself"]) || c.is(r.lists["kind date"]) || r.isKind(c) && !strings.HasPrefix(c.Tag, "V")
}

// planned reports whether the word at a cell says that something is to come: "will",
// "plans to", "is to", "upcoming".
func (p *parse) planned(i int) bool {
	c := &p.cells[i]
	to := i+1 < len(p.cells) && (p.cells[i+1].low == "to" || p.cells[i+1].low == "on") && (i+2 == len(p.cells) || p.cells[i+2].ref == nil)
	switch {
	case p.r.is("will", c.low), c.is(p.r.lists["planned itself"]):
		return true
	case to && c.is(p.r.lists["planned"]):
		return true
	}
	if (c.low == "is" || c.low == "are") && i+3 < len(p.cells) && p.cells[i+1].ref != nil && p.cells[i+2].low == "to" && p.cells[i+3].ref == nil {
		return true // "when is X to visit"
	}
	return to && (c.low == "is" || c.low == "are") && (i+2 == len(p.cells) || p.cells[i+2].ref == nil && !p.r.is("article", p.cells[i+2].low))
}

// also returns the relations that a word tells of besides that of its frame.
func (r *Reader) also(relation entente.Relation, lemma string) (more []entente.Relation) {
	for word := range r.lists["also "+string(relation)+" "+lemma] {
		more = append(more, entente.Relation(strings.ReplaceAll(word, " ", "_")))
	}
	slices.Sort(more)
	return more
}

// objectOf reports whether a word, such as "cancelled", is said of a thing that is no
// event: sanctions, say, which a frame of its own tells.
func (p *parse) objectOf(i int) bool {
	for k := range p.cells {
		if k != i && p.r.frames.Has("restrictions", p.cells[k].Lemma) {
			return true
		}
	}
	return false
}
