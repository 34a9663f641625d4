package loader

import (
	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/event"
	"github.com/entente-kg/entente/internal/names"
	"github.com/entente-kg/entente/internal/when"
)

// Analyse reads one source up to its claims: text, trees, names and times. The
// programs that train and measure the reader begin with it.
func (r *Reader) Analyse(src Source, meta Meta) (*event.Document, []entente.Problem, error) {
	d, err := parse(src, meta)
	if err != nil {
		return nil, nil, err
	}
	sentences := r.sentences(&d)
	table, sentences := r.gazetteer.Find(sentences, d.report)
	doc := &event.Document{Report: d.report, Names: table, Sentences: sentences}
	for i := range sentences {
		r.model.Parse(sentences[i].Tokens)
		doc.Times = append(doc.Times, when.Find(d.report.Text, sentences[i].Span))
	}
	table.Resolve(sentences)
	return doc, d.problems, nil
}

// Claims reads the claims of events off a document.
func (r *Reader) Claims(doc *event.Document) []entente.Claim {
	claims, _ := r.frames.Claims(doc, r.judge)
	return claims
}

// Choosing returns the reader with another chooser of whom words mean that point
// back; with none it goes by rules.
func (r *Reader) Choosing(c *names.Chooser) *Reader {
	other := *r
	other.gazetteer = r.gazetteer.With(c)
	return &other
}
