package queries

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/question"
)

// groups asks the query.
func (s *asking) groups() ([]Group, error) {
	r, q := &s.reading, s.q
	var groups []Group
	var err error
	loose := false // a claim that names no place may have been there
	switch {
	case r.Common && r.Slot == question.Other && len(q.Subject) > 0:
		groups, err = s.cosigners()
	case r.Common:
		groups, err = s.common()
	case len(q.Between[0]) > 0 && (r.Kind == question.Claims || len(q.Relations) == 0):
		groups, err = Between(s.ctx, s.g, q.Between[0], q.Between[1], q)
	default:
		if loose = overlap(q.Relations, placeless); loose {
			q.Place = nil
		}
		groups, err = claims(s.ctx, s.g, q, s.crew)
	}
	if at := s.crew.with(s.q.Place, places); loose && len(at) > 0 {
		groups = slices.DeleteFunc(groups, func(g Group) bool { return g.Place != nil && !slices.Contains(at, g.Place.ID) })
	}
	if err != nil {
		return nil, err
	}
	if len(q.Relations) == 0 {
		groups = slices.DeleteFunc(groups, func(g Group) bool { return !g.Relation.IsEvent() })
	}
	s.any = s.any || len(groups) > 0
	groups = slices.DeleteFunc(groups, func(g Group) bool { return !s.says(g) || !s.fromSource(g) || s.idle(g) })
	return picked(groups, r.Pick), nil
}

// common returns the groups whose actor asked for is the same for all whom the question
// names on the other side: "what did X and Y sign", "who met X and Y".
func (s *asking) common() ([]Group, error) {
	side, refs, as := &s.q.Subject, s.reading.Subject, asActor
	switch s.reading.Slot {
	case question.Subject:
		side, refs, as = &s.q.Object, s.reading.Object, asGoal
	case question.Other:
		side, refs = &s.q.Either, s.reading.Either
	}
	named := *side
	defer func() { *side = named }()
	var all []Group
	var asked []entente.EntityID // by group: the actor asked for
	sharers := map[entente.EntityID]map[int]bool{}
	for i := range refs {
		var err error
		if *side, err = s.ids(refs[i:i+1], as); err != nil {
			return nil, err
		}
		groups, err := claims(s.ctx, s.g, s.q, s.crew)
		if err != nil {
			return nil, err
		}
		own := s.crew.with(*side, officials|places)
		for _, g := range groups {
			end := g.Subject.ID
			if slices.Contains(own, end) {
				end = g.Object.ID
			}
			if sharers[end] == nil {
				sharers[end] = map[int]bool{}
			}
			sharers[end][i] = true
			asked = append(asked, end)
		}
		all = append(all, groups...)
	}
	var shared []Group
	for i, g := range all {
		if len(sharers[asked[i]]) == len(refs) {
			shared = append(shared, g)
		}
	}
	slices.SortStableFunc(shared, func(a, b Group) int { return dateOf(a.Record).Compare(dateOf(b.Record)) })
	return shared, nil
}

// cosigners returns the groups by which others signed what those whom the question names
// did: "with whom did X sign a treaty".
func (s *asking) cosigners() ([]Group, error) {
	own, err := claims(s.ctx, s.g, s.q, s.crew)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	q := s.q
	q.Subject, q.Object = nil, nil
	for _, g := range own {
		q.Object = append(q.Object, g.Object.ID)
	}
	groups, err := claims(s.ctx, s.g, q, s.crew)
	return slices.DeleteFunc(groups, func(g Group) bool { return s.mine(g.Subject.ID) }), err
}

// says reports whether a sentence of the group has the words that the question
// leaves.
func (s *asking) says(g Group) bool {
	return slices.ContainsFunc(g.Records(), func(r entente.Record) bool {
		text := strings.Join([]string{r.Text, r.Subject.Name, r.Object.Name, r.Amount}, " ")
		for _, w := range s.reading.Words {
			if !slices.ContainsFunc(w.Forms, func(form string) bool { return hasWord(text, form) }) {
				return false
			}
		}
		return true
	})
}

// hasWord reports whether a text has a word, or several, that begin with a form; one that
// is not in lower case, such as "US", must stand there whole and as it is.
func hasWord(text, form string) bool {
	whole := form != strings.ToLower(form)
	if !whole {
		text = strings.ToLower(text)
	}
	for from := 0; ; {
		at := strings.Index(text[from:], form)
		if at < 0 || form == "" {
			return false
		}
		at += from
		end := at + len(form)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		behind, _ := utf8.DecodeRuneInString(text[end:])
		if !isWordRune(before) && !(whole && isWordRune(behind)) {
			return true
		}
		from = end
	}
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) && r != utf8.RuneError || unicode.IsDigit(r) }

// unsaid is the error for words that no sentence has.
func (s *asking) unsaid() *question.UnreadError {
	r := &s.reading
	var texts []string
	for _, w := range r.Words {
		texts = append(texts, w.Text)
	}
	names := slices.Concat(r.Subject, r.Either, r.Between[0], r.Object, r.Between[1], r.Place)
	return &question.UnreadError{Text: strings.Join(texts, " "), Why: "no sentence of what was asked for has these words", Names: names}
}

// fromSource reports whether the group rests on the word of whom the question names.
func (s *asking) fromSource(g Group) bool {
	return len(s.reading.Source) == 0 || slices.ContainsFunc(g.Records(), func(r entente.Record) bool {
		return slices.ContainsFunc(s.reading.Source, func(ref question.Ref) bool {
			return slices.ContainsFunc(ref.Entities, func(e entente.Entity) bool { return e.Name == r.Attribution })
		})
	})
}

// idle reports whether a group lies within one of those asked about, so that it answers
// nothing: a state's officials among themselves.
func (s *asking) idle(g Group) bool {
	return s.reading.Slot == question.Other && slices.ContainsFunc(s.own, func(own map[entente.EntityID]bool) bool {
		return own[g.Subject.ID] && own[g.Object.ID]
	})
}

// mine reports whether an actor is one that the question names, or belongs to it.
func (s *asking) mine(id entente.EntityID) bool {
	return slices.ContainsFunc(s.own, func(own map[entente.EntityID]bool) bool { return own[id] })
}

// findOwn notes whom the question names, each with what belongs to it, apart from those
// on the other side.
func (s *asking) findOwn() {
	s.own = nil
	for _, id := range slices.Concat(s.q.Either, s.q.Between[0], s.q.Subject) {
		own := map[entente.EntityID]bool{}
		for _, member := range s.crew.with([]entente.EntityID{id}, officials|places) {
			own[member] = true
		}
		s.own = append(s.own, own)
	}
}

// picked returns the groups of the first or the last day.
func picked(groups []Group, pick question.Pick) []Group {
	if pick == "" {
		return groups
	}
	dated := slices.DeleteFunc(slices.Clone(groups), func(g Group) bool { return g.Date == "" })
	if len(dated) == 0 {
		return nil
	}
	slices.SortStableFunc(dated, compareGroups)
	best := dated[0]
	if pick == question.Last {
		best = slices.MaxFunc(dated, func(a, b Group) int { return lastDay(a).Compare(lastDay(b)) })
	}
	return slices.DeleteFunc(dated, func(g Group) bool { return g.Date != best.Date })
}
