package queries

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/question"
)

// role is what a name is in a question.
type role int

const (
	asActor  role = iota // who does something
	asGoal               // to whom, or where to
	asPlace              // where
	asItself             // of whom the question is: "what is Pyongyang"
)

// placeBound are the relations whose object may be a place as such.
var placeBound = []entente.Relation{entente.Visited, entente.DeployedTo, entente.WithdrewFrom, entente.Attacked}

// placeless are relations whose claims seldom say where, so that a place in the question
// only rules out what was elsewhere: "who accompanied X to Y".
var placeless = []entente.Relation{entente.Accompanied, entente.Invited}

// ids returns the entities that refs mean in a role: a capital that does something is
// its state, an office whoever holds it.
func (s *asking) ids(refs []question.Ref, as role) ([]entente.EntityID, error) {
	var ids []entente.EntityID
	for _, ref := range refs {
		if ref.Office != "" {
			holders, err := s.holders(ref)
			if err != nil {
				return nil, err
			}
			ids = append(ids, holders...)
			continue
		}
		e, err := s.one(ref)
		if err != nil {
			return nil, err
		}
		if state, ok := question.Government(e.ID); ok && (as == asActor || as == asGoal && !overlap(s.q.Relations, placeBound)) {
			ids = append(ids, state)
			continue
		}
		ids = append(ids, e.ID)
		if (as == asGoal || as == asPlace) && e.Kind == entente.Place {
			more, err := s.around(e)
			if err != nil {
				return nil, err
			}
			ids = append(ids, more...)
		}
	}
	return ids, nil
}

// around returns the regions that are called after a town, which reports often call
// by the town's name alone.
func (s *asking) around(town entente.Entity) (ids []entente.EntityID, err error) {
	for _, name := range s.reader.Regions(town.Name) {
		found, whole, err := s.g.Lookup(s.ctx, name)
		if err != nil {
			return nil, err
		}
		for _, e := range found {
			if whole && e.Kind == entente.Place && e.ID != town.ID && e.State == town.State && !slices.Contains(ids, e.ID) {
				ids = append(ids, e.ID)
			}
		}
	}
	return ids, nil
}

func overlap(a, b []entente.Relation) bool {
	return slices.ContainsFunc(a, func(r entente.Relation) bool { return slices.Contains(b, r) })
}

// one returns the entity that a name means.
func (s *asking) one(ref question.Ref) (entente.Entity, error) {
	if len(ref.Entities) > 1 {
		return entente.Entity{}, &graph.AmbiguousError{Name: ref.Text, Candidates: ref.Entities}
	}
	return ref.Entities[0], nil
}

// holders returns who holds an office, or the office itself where that is what is
// asked about.
func (s *asking) holders(ref question.Ref) ([]entente.EntityID, error) {
	of, err := s.one(*ref.Of)
	if err != nil {
		return nil, err
	}
	name := ref.Office + " of " + of.Name
	found, whole, err := s.g.Lookup(s.ctx, name)
	if err != nil {
		return nil, err
	}
	var office entente.EntityID
	for _, e := range found {
		if whole && e.Kind == entente.Office {
			office = e.ID
		}
	}
	nobody := &NotUnderstoodError{Question: s.text, Text: ref.Text, Why: "no report says who holds this office"}
	if office == "" {
		return nil, nobody
	}
	if slices.Contains(s.reading.Relations, entente.HoldsOffice) {
		return []entente.EntityID{office}, nil
	}
	held := graph.Query{Object: []entente.EntityID{office}, Relations: []entente.Relation{entente.HoldsOffice}}
	var ids []entente.EntityID
	for r, err := range s.g.Claims(s.ctx, held) {
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, r.Subject.ID) && r.Status != entente.Denied {
			ids = append(ids, r.Subject.ID)
		}
	}
	if len(ids) == 0 { // no name would ask of everybody
		return nil, nobody
	}
	return ids, nil
}

// slot returns the actors of a group that fill the slot asked for.
func (s *asking) slot(g Group) []entente.Actor {
	switch s.reading.Slot {
	case question.Subject:
		return []entente.Actor{g.Subject}
	case question.Object:
		return []entente.Actor{g.Object}
	}
	switch subject, object := s.mine(g.Subject.ID), s.mine(g.Object.ID); {
	case subject == object: // "who met in Vienna", "who met X or Y" of X and Y
		return []entente.Actor{g.Subject, g.Object}
	case subject:
		return []entente.Actor{g.Object}
	}
	return []entente.Actor{g.Subject}
}

// place returns where a group says that it was.
func (s *asking) place(g Group) (places []entente.Actor) {
	if g.Relation == entente.Visited || g.Relation == entente.DeployedTo {
		return []entente.Actor{g.Object}
	}
	for _, r := range g.Records() {
		if r.Place != nil {
			places = append(places, *r.Place)
		}
	}
	return places[:min(1, len(places))]
}

// actors answers with what take finds in the groups, of the kinds wanted.
func (s *asking) actors(groups []Group, take func(Group) []entente.Actor) error {
	for _, g := range groups {
		fits := false
		for _, a := range take(g) {
			a, ok, err := s.wanted(a)
			if err != nil {
				return err
			}
			if ok && !s.besides(a) {
				fits = true
				s.add(a.Name)
				s.find(a)
			}
		}
		if fits {
			s.answer.Claims = append(s.answer.Claims, g)
		}
	}
	return nil
}

// titled reports whether an actor may hold an office of the title asked for: one who is
// known to hold others only does not.
func (s *asking) titled(a entente.Actor) (bool, error) {
	if s.reading.Title == "" {
		return true, nil
	}
	known := false
	for r, err := range s.g.Claims(s.ctx, graph.Query{Subject: []entente.EntityID{a.ID}, Relations: []entente.Relation{entente.HoldsOffice}}) {
		if err != nil {
			return false, err
		}
		if known = true; hasWord(r.Object.Name, s.reading.Title) {
			return true, nil
		}
	}
	return !known, nil
}

// besides reports whether an actor is one whom "who else" leaves out.
func (s *asking) besides(a entente.Actor) bool {
	return slices.ContainsFunc(s.reading.Besides, func(r question.Ref) bool {
		return slices.ContainsFunc(r.Entities, func(e entente.Entity) bool { return e.ID == a.ID })
	})
}

// find notes an actor among those found, for the question after this one.
func (s *asking) find(a entente.Actor) {
	if s.found[a.ID] {
		return
	}
	s.found[a.ID] = true
	e := entente.Entity{ID: a.ID, Name: a.Name, Kind: a.Kind, State: a.State}
	s.reading.Found = append(s.reading.Found, question.Ref{Text: a.Name, Entities: []entente.Entity{e}})
}

// wanted returns an actor as one of the kinds wanted: where states are, whoever acts
// for one and whatever lies in it stands for it.
func (s *asking) wanted(a entente.Actor) (entente.Actor, bool, error) {
	want := s.reading.Want
	if len(want) == 0 || slices.Contains(want, a.Kind) {
		fits, err := s.titled(a)
		return a, fits, err
	}
	if !slices.Contains(want, entente.State) || a.State == "" || a.State == entente.IGO {
		return a, false, nil
	}
	found, _, err := s.g.Lookup(s.ctx, a.State)
	if err != nil || len(found) == 0 {
		return a, false, err
	}
	return entente.NewActor(found[0]), true, nil
}

// path answers how two are connected.
func (s *asking) path() error {
	o := PathOptions{Since: s.q.Since, Until: s.q.Until}
	if len(s.q.Between[0]) != 1 || len(s.q.Between[1]) != 1 {
		return &NotUnderstoodError{Question: s.text, Why: "a connection is between two"}
	}
	route, err := Path(s.ctx, s.g, s.q.Between[0][0], s.q.Between[1][0], o)
	if err != nil {
		return err
	}
	s.answer.Route = &route
	for i, hop := range route.Hops {
		if i == 0 {
			s.answer.Answer = append(s.answer.Answer, hop.From.Name)
		}
		s.answer.Answer = append(s.answer.Answer, hop.To.Name)
		s.answer.Claims = append(s.answer.Claims, hop.Claims...)
	}
	return nil
}

// about answers who somebody is: the offices that reports give, for others what kind
// of entity it is.
func (s *asking) about() error {
	for _, id := range slices.Concat(s.q.Either, s.q.Subject) {
		e, err := s.g.Entity(s.ctx, id)
		if err != nil {
			return err
		}
		if e.Kind != entente.Person {
			s.add(string(e.Kind))
			continue
		}
		held := Question{Query: graph.Query{Subject: []entente.EntityID{id}, Relations: []entente.Relation{entente.HoldsOffice}}}
		groups, err := claims(s.ctx, s.g, held, s.crew)
		if err != nil {
			return err
		}
		for _, g := range groups {
			s.add(g.Object.Name)
		}
		s.answer.Claims = append(s.answer.Claims, groups...)
	}
	return nil
}

// understood prints how the question was read.
func (s *asking) understood() string {
	r := &s.reading
	words := []string{string(r.Kind)}
	if r.Kind == question.Who || r.Kind == question.Count || r.Kind == question.Where {
		if r.Slot != "" {
			words = append(words, string(r.Slot))
		}
		for _, k := range r.Want {
			words = append(words, cmp.Or(r.Title, string(k)))
		}
	}
	if r.Pick != "" {
		words = append(words, string(r.Pick))
	}
	text := strings.Join(words, " ")
	if q := s.q.Query.String(); q != "" {
		text += ": " + q
	}
	for _, ref := range r.Source {
		text += fmt.Sprintf(" source:%q", ref.Text)
	}
	if len(r.Besides) > 0 {
		var names []string
		for _, ref := range r.Besides {
			names = append(names, ref.Text)
		}
		slices.Sort(names)
		text += fmt.Sprintf(" besides:%q", strings.Join(slices.Compact(names), ", "))
	}
	for _, w := range r.Words {
		text += fmt.Sprintf(" text:%q", w.Forms[0]+"…")
	}
	return text
}

// lastDay returns the last day that a group's date may mean, for the order of what is
// latest.
func lastDay(g Group) time.Time {
	d := dateOf(g.Record)
	if last := d.Latest(); !last.IsZero() {
		return last
	}
	return d.Earliest()
}
