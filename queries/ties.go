package queries

import (
	"cmp"
	"context"
	"errors"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// A Tie is what passed between a state, or a body of states, and another one: what
// [Between] answers of the two, with the officials and the places of both and the
// agreements that both have to do with.
type Tie struct {
	Partner entente.Actor `json:"partner"`
	Tally
	Claims []Group `json:"claims"`
}

// ties finds the partners of the dossier's entity, all in one reading of its
// claims.
func (w *clerk) ties(crew *crew) ([]Tie, error) {
	e := w.dossier.Entity
	side := crew.with([]entente.EntityID{e.ID}, officials|places)
	records, err := w.ask(graph.Query{Either: side})
	if err != nil {
		return nil, err
	}
	signers := crew.with([]entente.EntityID{e.ID}, officials)
	papers, err := w.papersOf(records, signers)
	if err != nil {
		return nil, err
	}
	if w.homes, err = newHomes(w.ctx, w.graph, slices.Concat(records, papers)); err != nil {
		return nil, err
	}
	t := &tieCounter{homes: w.homes, own: e.ID, found: map[entente.EntityID][]entente.Record{}}
	t.addDirect(records, setOf(side))
	t.addPapers(papers, setOf(signers))
	var all []Tie
	for id, records := range t.found {
		groups := GroupRecords(uniqueRecords(records))
		if err := w.press.corroborate(w.ctx, groups); err != nil {
			return nil, err
		}
		all = append(all, Tie{w.homes.powers[id], NewTally(groups), groups})
	}
	slices.SortFunc(all, compareTies)
	return all, nil
}

// compareTies puts what co-operates most before what fights most, then what there
// is most of.
func compareTies(a, b Tie) int {
	return cmp.Or(
		cmp.Compare(b.Cooperation-b.Conflict, a.Cooperation-a.Conflict),
		b.Count-a.Count,
		cmp.Compare(a.Partner.ID, b.Partner.ID),
	)
}

// papersOf returns all that anybody did with the agreements that the signers have
// to do with.
func (w *clerk) papersOf(records []entente.Record, signers []entente.EntityID) ([]entente.Record, error) {
	isSigner := setOf(signers)
	var papers []entente.EntityID
	for _, r := range records {
		if isPaper(r) && isSigner[r.Subject.ID] {
			papers = append(papers, r.Object.ID)
		}
	}
	if len(papers) == 0 {
		return nil, nil
	}
	slices.Sort(papers)
	return w.ask(graph.Query{Object: slices.Compact(papers), Relations: paperRelations})
}

func setOf(ids []entente.EntityID) map[entente.EntityID]bool {
	set := make(map[entente.EntityID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// tieCounter sorts records by partner.
type tieCounter struct {
	homes *homes
	own   entente.EntityID
	found map[entente.EntityID][]entente.Record
}

func (t *tieCounter) add(r entente.Record, partner entente.Actor) {
	for _, id := range t.homes.of(partner) {
		if id != t.own {
			t.found[id] = append(t.found[id], r)
		}
	}
}

// addDirect adds what has an actor of the own side and one of another.
func (t *tieCounter) addDirect(records []entente.Record, side map[entente.EntityID]bool) {
	for _, r := range records {
		if side[r.Subject.ID] {
			t.add(r, r.Object)
		}
		if side[r.Object.ID] {
			t.add(r, r.Subject)
		}
	}
}

// addPapers adds to each co-signer what both sides did with the same agreement.
func (t *tieCounter) addPapers(papers []entente.Record, signers map[entente.EntityID]bool) {
	ours := map[entente.EntityID][]entente.Record{}
	for _, r := range papers {
		if signers[r.Subject.ID] {
			ours[r.Object.ID] = append(ours[r.Object.ID], r)
		}
	}
	for _, r := range papers {
		if !isPaper(r) {
			continue
		}
		for _, id := range t.homes.of(r.Subject) {
			if id != t.own {
				t.found[id] = append(append(t.found[id], r), ours[r.Object.ID]...)
			}
		}
	}
}

// homes knows to which states, or bodies that are of none, actors are reckoned:
// by their code or by a claim on their office, as [crew] does it the other way
// round.
type homes struct {
	byCode map[string]entente.EntityID
	posts  map[entente.EntityID][]string // of an actor, the codes of the states whose offices a claim gives it
	powers map[entente.EntityID]entente.Actor
}

// newHomes looks for the homes of the actors of records.
func newHomes(ctx context.Context, g *graph.Graph, records []entente.Record) (*homes, error) {
	h := &homes{byCode: map[string]entente.EntityID{}, posts: map[entente.EntityID][]string{}, powers: map[entente.EntityID]entente.Actor{}}
	officials := map[entente.EntityID]bool{}
	var ids []entente.EntityID
	for _, r := range records {
		for _, a := range []entente.Actor{r.Subject, r.Object} {
			if (a.Kind == entente.Person || a.Kind == entente.Organisation) && !officials[a.ID] {
				officials[a.ID] = true
				ids = append(ids, a.ID)
			}
			if err := h.know(ctx, g, a); err != nil {
				return nil, err
			}
		}
	}
	if len(ids) == 0 {
		return h, nil
	}
	posts := graph.Query{Subject: ids, Relations: []entente.Relation{entente.HoldsOffice, entente.Represents}}
	for r, err := range g.Claims(ctx, posts) {
		if err != nil {
			return nil, err
		}
		isPost := r.Object.Kind == entente.Office || r.Object.Kind == entente.Organisation || r.Object.Kind == entente.State
		if !isPost || r.Status == entente.Denied {
			continue
		}
		if err := h.know(ctx, g, r.Object); err != nil {
			return nil, err
		}
		h.posts[r.Subject.ID] = append(h.posts[r.Subject.ID], r.Object.State)
	}
	return h, nil
}

// know learns what power an actor is and which state its code means.
func (h *homes) know(ctx context.Context, g *graph.Graph, a entente.Actor) error {
	if isPower(entente.Entity{Kind: a.Kind, State: a.State}) {
		h.powers[a.ID] = a
	}
	if _, known := h.byCode[a.State]; known || a.State == "" || a.State == entente.IGO {
		return nil
	}
	h.byCode[a.State] = ""
	found, err := g.Find(ctx, a.State)
	var unknown *graph.UnknownNameError
	if err != nil && !errors.As(err, &unknown) {
		return err
	}
	for _, e := range found {
		if e.Kind == entente.State {
			h.byCode[a.State], h.powers[e.ID] = e.ID, entente.NewActor(e)
			return nil
		}
	}
	return nil
}

// of returns the IDs of an actor's homes, none twice.
func (h *homes) of(a entente.Actor) []entente.EntityID {
	var ids []entente.EntityID
	if _, power := h.powers[a.ID]; power {
		ids = append(ids, a.ID)
	}
	codes := h.posts[a.ID]
	if a.Kind == entente.Person || a.Kind == entente.Organisation || a.Kind == entente.Place {
		codes = append([]string{a.State}, codes...)
	}
	for _, code := range codes {
		if id := h.byCode[code]; id != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// party returns the state for which an actor signs, if it is one; else the actor.
func (h *homes) party(a entente.Actor) entente.Actor {
	if ids := h.of(a); len(ids) == 1 {
		return h.powers[ids[0]]
	}
	return a
}
