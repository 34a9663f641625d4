package measure

import (
	"context"
	"errors"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/internal/names"
	"github.com/entente-kg/entente/loader"
)

// An oracle is what gold tells the reader: how much better would it read, were
// that part of it perfect?
type oracle struct {
	names       bool // what each name and adjective stands for
	coreference bool // whom each noun, pronoun and group stands for
	triggers    bool // in which sentences there are claims, and of which relation
}

// oracles are those of Oracles. Gold mentions are names and coreference.
var oracles = []struct {
	given string
	oracle
}{
	{"nothing", oracle{}},
	{"coreference", oracle{coreference: true}},
	{"mentions", oracle{names: true, coreference: true}},
	{"triggers", oracle{triggers: true}},
	{"triggers and coreference", oracle{triggers: true, coreference: true}},
	{"triggers and mentions", oracle{triggers: true, names: true, coreference: true}},
}

// Told is how well the reader reads when gold gives it a part of its work.
type Told struct {
	Given string `json:"given"` // "nothing", "coreference", "mentions", "triggers", …
	gold.Figures
}

// Oracles measures the reader as it is and told parts of gold, in a fixed order.
// Reports without mentions are left out; it is an error when all are.
func Oracles(ctx context.Context, read *loader.Reader, golds []gold.Report) ([]Told, error) {
	golds = slices.DeleteFunc(slices.Clone(golds), func(g gold.Report) bool { return len(g.Mentions) == 0 })
	if len(golds) == 0 {
		return nil, errors.New("no report has mentions in its gold.json, and oracles need them")
	}
	var out []Told
	for _, o := range oracles {
		tallies := make([]gold.Tally, len(golds))
		for i := range golds {
			tally, err := o.measure(read, &golds[i])
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return nil, err
			}
			tallies[i] = tally
		}
		out = append(out, Told{o.given, gold.Sum(tallies)})
	}
	return out, nil
}

// measure reads one report with what it is told, and scores its claims.
func (o oracle) measure(read *loader.Reader, g *gold.Report) (gold.Tally, error) {
	doc, _, err := read.Analyse(source(g), loader.Meta{})
	if err != nil {
		return gold.Tally{}, err
	}
	o.correct(doc, g)
	claims := read.Claims(doc)
	if o.triggers {
		claims = pickTold(doc, g, claims)
	}
	reading := entente.Reading{Report: doc.Report, Claims: claims, Entities: doc.Names.Entities()}
	return g.Measure(gold.Found{Reading: reading, Sentences: sentenceSpans(doc), Mentions: meanings(doc)})
}

// tells reports whether the oracle knows mentions of a form.
func (o oracle) tells(f gold.Form) bool {
	if f == gold.Name || f == gold.Adjective {
		return o.names
	}
	return o.coreference
}

// correct lets the mentions of a document stand for what gold says.
func (o oracle) correct(doc *event.Document, g *gold.Report) {
	for _, m := range slices.Clone(doc.Names.Placed()) {
		if o.tells(gold.Forms[m.Form]) && !slices.ContainsFunc(g.Mentions, func(x gold.Mention) bool { return x.Overlaps(m.Span) }) {
			takeBack(doc, g, m)
		}
	}
	known := doc.Names.Entities()
	for _, h := range hints(doc, g) {
		if !o.tells(gold.Forms[h.at.Form]) {
			continue
		}
		var stands []entente.Entity
		for _, name := range h.stands {
			if e := goldEntity(doc, g, known, name); o.names || isIn(known, e.ID) {
				stands = append(stands, e)
			}
		}
		doc.Names.Correct(h.at, stands...)
	}
}

func isIn(entities []entente.Entity, id entente.EntityID) bool {
	return slices.ContainsFunc(entities, func(e entente.Entity) bool { return e.ID == id })
}

// takeBack takes from a mention that gold does not have the entities of which
// gold marks every mention: persons, and the actors of claims.
func takeBack(doc *event.Document, g *gold.Report, m names.Mention) {
	marked := func(id entente.EntityID) bool {
		e := doc.Names.Entity(id)
		actor := slices.ContainsFunc(g.Claims, func(c gold.Claim) bool { return g.Same(e.Name, c.Subject) || g.Same(e.Name, c.Object) })
		return e.Kind == entente.Person || actor
	}
	var kept []entente.Entity
	for _, id := range m.Entities {
		if !marked(id) {
			kept = append(kept, doc.Names.Entity(id))
		}
	}
	lost := len(kept) < len(m.Entities)
	if m.Acts != "" && marked(m.Acts) {
		m.Acts, lost = "", true
	}
	if lost {
		doc.Names.Correct(m, kept...)
	}
}

// A hint is a mention of gold at the token that heads it.
type hint struct {
	at     names.Mention
	stands []string
}

// hints returns the mentions of gold that lie in sentences that were read. Of
// several in one token, as in "Chilean Foreign Minister Ana Ruiz", it is the one
// that the reader's mention there fits best, else the last.
func hints(doc *event.Document, g *gold.Report) []hint {
	var out []hint
	index, fit := map[[2]int]int{}, map[[2]int]int{}
	for _, m := range g.Mentions {
		sentence, token, ok := headOf(doc, m.Span)
		if !ok {
			continue
		}
		at := [2]int{sentence, token}
		form := names.Form(slices.Index(gold.Forms[:], g.FormOf(m)))
		h := hint{names.Mention{Span: m.Span, Sentence: sentence, Token: token, Form: form}, m.Entities}
		n := 0
		if found, ok := doc.Names.At(sentence, token); ok {
			n = shared(found.Span, m.Span)
		}
		if i, taken := index[at]; !taken {
			index[at], fit[at] = len(out), n
			out = append(out, h)
		} else if n >= fit[at] {
			out[i], fit[at] = h, n
		}
	}
	return out
}

// shared returns the number of bytes that two spans share.
func shared(a, b entente.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// headOf returns the token that heads a span: the last of those whose own head
// lies outside.
func headOf(doc *event.Document, span entente.Span) (sentence, token int, ok bool) {
	sentence = slices.IndexFunc(doc.Sentences, func(s english.Sentence) bool { return s.Span.Overlaps(span) })
	if sentence < 0 {
		return 0, 0, false
	}
	tokens := doc.Sentences[sentence].Tokens
	for i, t := range tokens {
		if t.Span.Overlaps(span) && (t.Head < 0 || !tokens[t.Head].Span.Overlaps(span)) && t.Pos != "PUNCT" {
			token, ok = i, true
		}
	}
	return sentence, token, ok
}

// goldEntity returns the entity that gold calls so: of those that the reader
// knows, else of the gazetteer, else a new one.
func goldEntity(doc *event.Document, g *gold.Report, known []entente.Entity, name string) entente.Entity {
	kind := entente.Kind("")
	for _, e := range g.Entities {
		if e.Name == name {
			kind = e.Type
		}
	}
	for _, exact := range []bool{true, false} {
		for _, e := range known {
			if e.Kind == kind && (exact && e.Name == name || !exact && g.Same(e.Name, name)) {
				return e
			}
		}
	}
	id := entente.NewEntityID(name)
	if e := doc.Names.Entity(id); e.Kind == kind && kind != "" {
		return e
	}
	e := entente.Entity{ID: id, Kind: kind, Name: name}
	for _, o := range g.Offices {
		if o.Person == name {
			e.State = doc.Names.Entity(entente.NewEntityID(o.State)).State
		}
	}
	return e
}
