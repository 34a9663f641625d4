// Package measure runs the reader over gold reports: as it is, for its figures,
// and told parts of gold, to find out which of its steps loses most.
package measure

import (
	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/loader"
)

// Read reads a gold report, for [gold.Report.Measure].
func Read(read *loader.Reader, g *gold.Report) (gold.Found, error) {
	reading, err := read.Read(source(g), loader.Meta{})
	if err != nil {
		return gold.Found{}, err
	}
	doc, _, err := read.Analyse(source(g), loader.Meta{})
	if err != nil {
		return gold.Found{}, err
	}
	return gold.Found{Reading: reading, Sentences: sentenceSpans(doc), Mentions: meanings(doc)}, nil
}

func source(g *gold.Report) loader.Source {
	return loader.Source{Name: g.Name + ".json", Data: g.Raw}
}

func sentenceSpans(doc *event.Document) []entente.Span {
	spans := make([]entente.Span, len(doc.Sentences))
	for i, s := range doc.Sentences {
		spans[i] = s.Span
	}
	return spans
}

// meanings returns the mentions of a document that were resolved. A reading does
// not have for whom a capital or an official may act; claims are made with it.
func meanings(doc *event.Document) []gold.Meaning {
	var out []gold.Meaning
	for _, m := range doc.Names.All() {
		if len(m.Entities) == 0 && m.Acts == "" {
			continue
		}
		meaning := gold.Meaning{Span: m.Span, Acts: doc.Names.Entity(m.Acts).Name}
		for _, id := range m.Entities {
			meaning.Entities = append(meaning.Entities, doc.Names.Entity(id).Name)
		}
		out = append(out, meaning)
	}
	return out
}
