package main

import (
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/internal/names"
	"github.com/entente-kg/entente/loader"
)

// choosers are who says whom words mean that point back: one learnt from all
// reports, and two from a half each, for the reports of the other.
type choosers struct {
	all  *names.Chooser
	half [2]*names.Chooser
}

// learnChoosers fits choosers to the mentions of gold.
func learnChoosers(reader *loader.Reader, golds []gold.Report) (*choosers, error) {
	var all []names.Answer
	var half [2][]names.Answer
	for i := range golds {
		if len(golds[i].Mentions) == 0 {
			continue
		}
		doc, err := analyse(reader.Choosing(nil), &golds[i])
		if err != nil {
			return nil, err
		}
		found := answers(&golds[i], doc)
		all, half[i%2] = append(all, found...), append(half[i%2], found...)
	}
	c := &choosers{all: names.NewChooser()}
	c.all.Learn(all)
	for h := range half {
		c.half[h] = names.NewChooser()
		c.half[h].Learn(half[1-h])
	}
	return c, nil
}

// unbiased returns a chooser that has not learnt from report i.
func (c *choosers) unbiased(i int, g *gold.Report) *names.Chooser {
	if len(g.Mentions) == 0 {
		return c.all
	}
	return c.half[i%2]
}

func analyse(reader *loader.Reader, g *gold.Report) (*event.Document, error) {
	doc, _, err := reader.Analyse(loader.Source{Name: g.Name + ".json", Data: g.Raw}, loader.Meta{})
	return doc, err
}

// answers returns the cases of a document to which gold has the answer among the
// options.
func answers(g *gold.Report, doc *event.Document) []names.Answer {
	var out []names.Answer
	for _, c := range doc.Names.Cases() {
		m := slices.IndexFunc(g.Mentions, func(m gold.Mention) bool { return m.End == c.Span.End })
		if m < 0 {
			continue
		}
		right := slices.IndexFunc(c.Options, func(o names.Option) bool { return stands(g, doc.Names, o.Entities, g.Mentions[m].Entities) })
		if right >= 0 {
			out = append(out, names.Answer{Case: c, Right: right})
		}
	}
	return out
}

// stands reports whether entities are those that gold names.
func stands(g *gold.Report, t *names.Table, ids []entente.EntityID, names []string) bool {
	return len(ids) == len(names) && !slices.ContainsFunc(names, func(name string) bool {
		return !slices.ContainsFunc(ids, func(id entente.EntityID) bool { return g.Same(t.Entity(id).Name, name) })
	})
}
