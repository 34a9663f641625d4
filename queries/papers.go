package queries

import (
	"slices"

	entente "github.com/entente-kg/entente"
)

// A Paper is what one party did with one agreement. A list that is empty means
// that no report tells it, and a claim without a date that none says when; planned
// and denied ones are there with their status.
type Paper struct {
	Actor    entente.Actor `json:"actor"` // the agreement; in the dossier of an agreement the party, a state for its officials
	Signed   []Group       `json:"signed,omitempty"`
	Ratified []Group       `json:"ratified,omitempty"`
	Left     []Group       `json:"left,omitempty"`
	Other    []Group       `json:"other,omitempty"` // what else they have to do with each other
}

// Claims returns all claims of a paper.
func (p Paper) Claims() []Group { return slices.Concat(p.Signed, p.Ratified, p.Left, p.Other) }

// addPaper files a claim under its paper; a new one comes last.
func addPaper(papers []Paper, actor entente.Actor, g Group) []Paper {
	i := slices.IndexFunc(papers, func(p Paper) bool { return p.Actor.ID == actor.ID })
	if i < 0 {
		i = len(papers)
		papers = append(papers, Paper{Actor: actor})
	}
	list := &papers[i].Other
	switch g.Relation {
	case entente.Signed:
		list = &papers[i].Signed
	case entente.Ratified:
		list = &papers[i].Ratified
	case entente.WithdrewFrom:
		list = &papers[i].Left
	}
	*list = append(*list, g)
	return papers
}
