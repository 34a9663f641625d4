package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/question"
)

// An Asker answers questions in plain English. It is immutable and safe for
// concurrent use.
type Asker struct {
	reader *question.Reader
}

// NewAsker returns an asker over the embedded language model and word lists. It takes
// about a fifth of a second.
func NewAsker() (*Asker, error) {
	reader, err := question.NewReader()
	if err != nil {
		return nil, err
	}
	return &Asker{reader}, nil
}

// AskOptions say what a question is seen from. The zero value has no today: "last
// year" is then not understood.
type AskOptions struct {
	Today entente.Date
	After *Answer // the answer before, which a short question takes up ("and in 2023?"); nil = none
}

// An Answer is what the graph says to a question.
type Answer struct {
	Question   string   `json:"question"`
	Understood string   `json:"understood"` // how the question was read: its kind, then a query as graph.Query prints it
	Kind       string   `json:"kind"`       // who, when, where, count, amount, yes-no, claims, path, said-by, dossier
	Answer     []string `json:"answer"`     // names, dates (EDTF), a number, "yes", "no" or "not reported"; empty where nothing is reported
	Claims     []Group  `json:"claims"`     // on which it rests; for "not reported" those that come nearest, such as plans
	Route      *Route   `json:"route,omitempty"`

	reading question.Reading
}

// The answers to a yes-no question.
const (
	Yes         = "yes"
	No          = "no" // a report denies it, and none says that it happened
	NotReported = "not reported"
)

// A NotUnderstoodError says what of a question was not understood, and which
// questions near it can be asked.
type NotUnderstoodError struct {
	Question string
	Text     string   // the words that were not; "" where it is the whole
	Why      string   // what would be
	Nearest  []string // questions that would be understood; at most three
}

func (e *NotUnderstoodError) Error() string {
	text := "question not understood"
	if e.Text != "" {
		text += fmt.Sprintf(" at %q", e.Text)
	}
	text += ": " + e.Why
	if len(e.Nearest) > 0 {
		text += "; try: " + strings.Join(e.Nearest, " | ")
	}
	return text
}

// Ask answers a question in plain English, without a language model: it is read into
// a [Question] or a path, which Understood prints, and that is asked. What is asked
// about the past wants claims that occurred or are ongoing, what is asked about the
// future planned ones. Errors: *NotUnderstoodError, *graph.AmbiguousError for a name
// that means several, those of the graph.
func (a *Asker) Ask(ctx context.Context, g *graph.Graph, text string, o AskOptions) (Answer, error) {
	s := &asking{ctx: ctx, g: g, reader: a.reader, text: text}
	var before *question.Reading
	if o.After != nil {
		before = &o.After.reading
	}
	var err error
	s.reading, err = a.reader.Read(text, s.lookup, o.Today, before)
	var unread *question.UnreadError
	if errors.As(err, &unread) {
		return Answer{}, s.notUnderstood(unread)
	}
	if err != nil {
		return Answer{}, err
	}
	if err := s.tryAll(); err != nil {
		return Answer{}, err
	}
	if len(s.answer.Claims) == 0 && len(s.reading.Words) > 0 && (s.reading.Kind != question.YesNo || !s.any) {
		return Answer{}, s.notUnderstood(s.unsaid())
	}
	if err := Corroborate(ctx, g, s.answer.Claims); err != nil {
		return Answer{}, err
	}
	s.answer.Kind = string(s.reading.Kind)
	s.answer.reading = s.reading
	return s.answer, nil
}

// tryAll asks what was read, in each way that it can be taken, until one has an answer;
// where none has, the first stands.
func (s *asking) tryAll() error {
	first := asking{}
	for way := &s.reading; way != nil; way = way.Else {
		s.reading, s.q = *way, Question{}
		s.answer = Answer{Question: s.text, Answer: []string{}, Claims: []Group{}}
		s.added, s.found = map[string]bool{}, map[entente.EntityID]bool{}
		if err := s.run(); err != nil {
			return err
		}
		if len(s.answer.Claims) > 0 {
			return nil
		}
		if first.ctx == nil {
			first = *s
		}
	}
	*s = first
	return nil
}

// asking is one question on its way to an answer.
type asking struct {
	ctx     context.Context
	g       *graph.Graph
	reader  *question.Reader
	text    string
	reading question.Reading
	q       Question
	crew    *crew                       // of the states asked about
	own     []map[entente.EntityID]bool // whom the question names, each with what belongs to it
	any     bool                        // there are claims, whatever words their sentences have
	answer  Answer
	added   map[string]bool           // what is in answer.Answer
	found   map[entente.EntityID]bool // who is in reading.Found
}

// lookup is graph.Lookup, with what the graph says nothing of left out where it says
// something of others.
func (s *asking) lookup(phrase string) ([]entente.Entity, bool, error) {
	found, whole, err := s.g.Lookup(s.ctx, phrase)
	small := strings.ToLower(phrase) == phrase // "nice" is a town only where a report tells of it
	if err != nil || len(found) == 0 || len(found) == 1 && !(small && found[0].Kind == entente.Place) {
		return found, whole, err
	}
	if len(found) > mostTold { // a first name, say: all of them are offered
		return found, whole, nil
	}
	var told []entente.Entity
	for _, e := range found {
		is, err := s.told(e.ID)
		if err != nil {
			return nil, false, err
		}
		if is {
			told = append(told, e)
		}
	}
	if len(told) > 0 || small && len(found) == 1 {
		found = told
	}
	return found, whole, nil
}

// mostTold is how many of those who have one name are told apart by whether the graph
// says anything of them.
const mostTold = 50

// told reports whether a claim names the entity.
func (s *asking) told(id entente.EntityID) (bool, error) {
	for _, q := range []graph.Query{{Either: []entente.EntityID{id}, Limit: 1}, {Place: []entente.EntityID{id}, Limit: 1}} {
		for _, err := range s.g.Claims(s.ctx, q) {
			return err == nil, err
		}
	}
	return false, nil
}

// run asks what was read.
func (s *asking) run() error {
	r := &s.reading
	if err := s.build(); err != nil {
		return err
	}
	s.answer.Understood = s.understood()
	switch r.Kind {
	case question.Path:
		return s.path()
	case question.About:
		return s.about()
	}
	groups, err := s.groups()
	if err == nil && len(groups) == 0 {
		groups, err = s.otherwise()
	}
	if err != nil {
		return err
	}
	switch r.Kind {
	case question.YesNo:
		return s.yesNo(groups)
	case question.Claims:
		s.tell(groups)
	case question.When:
		s.dates(groups)
	case question.Amount:
		return s.amounts(groups)
	case question.Sources:
		s.sources(groups)
	case question.Where:
		return s.actors(groups, s.place)
	case question.Count:
		return s.count(groups)
	default:
		return s.actors(groups, s.slot)
	}
	return nil
}

// otherwise asks for what reports may tell in other words, where the relation read has
// no claim: a meeting as who received or negotiated with whom, a visit as who was
// received there.
func (s *asking) otherwise() ([]Group, error) {
	asked := s.q
	switch q := &s.q; {
	case slices.Equal(q.Relations, []entente.Relation{entente.Met}):
		q.Relations = []entente.Relation{entente.Hosted, entente.NegotiatedWith}
	case slices.Equal(q.Relations, []entente.Relation{entente.Visited}) && len(q.Subject) > 0 && len(q.Object) > 0 && s.reading.Slot == "":
		q.Relations, q.Subject, q.Object, q.Place = []entente.Relation{entente.Hosted}, nil, q.Subject, q.Object
	default:
		return nil, nil
	}
	groups, err := s.groups()
	if len(groups) == 0 {
		s.q = asked
		return nil, err
	}
	s.answer.Understood = s.understood()
	return groups, err
}

// real are the statuses of what is or was so.
var real = []entente.Status{entente.Occurred, entente.Ongoing}

// build makes the query.
func (s *asking) build() (err error) {
	r, q := &s.reading, &s.q
	q.Relations, q.Since, q.Until, q.Statuses = r.Relations, r.Since, r.Until, r.Statuses
	if q.Statuses == nil && r.Kind != question.YesNo && r.Kind != question.Sources {
		q.Statuses = real
	}
	actor := asActor
	if r.Kind == question.About {
		actor = asItself
	}
	for _, side := range []struct {
		refs []question.Ref
		to   *[]entente.EntityID
		role role
	}{
		{r.Subject, &q.Subject, actor}, {r.Object, &q.Object, asGoal}, {r.Either, &q.Either, actor},
		{r.Between[0], &q.Between[0], asActor}, {r.Between[1], &q.Between[1], asGoal}, {r.Place, &q.Place, asPlace},
	} {
		if *side.to, err = s.ids(side.refs, side.role); err != nil {
			return err
		}
	}
	s.crew, err = q.crew(s.ctx, s.g, slices.Concat(q.Subject, q.Object, q.Either, q.Between[0], q.Between[1], q.Place))
	if err == nil {
		s.findOwn()
	}
	return err
}

// yesNo answers whether something happened.
func (s *asking) yesNo(groups []Group) error {
	told := func(statuses ...entente.Status) []Group {
		return slices.DeleteFunc(slices.Clone(groups), func(g Group) bool {
			return !slices.ContainsFunc(g.Statuses(), func(st entente.Status) bool { return slices.Contains(statuses, st) })
		})
	}
	wanted := s.reading.Statuses
	if wanted == nil {
		wanted = real
	}
	yes, no := told(wanted...), told(entente.Denied)
	each, err := s.ofEach(yes)
	switch {
	case len(yes) > 0 && each:
		s.answer.Answer, s.answer.Claims = []string{Yes}, yes
	case len(no) > 0 && len(yes) == 0:
		s.answer.Answer, s.answer.Claims = []string{No}, no
	default:
		s.answer.Answer, s.answer.Claims = []string{NotReported}, append(s.answer.Claims, groups...)
	}
	return err
}

// ofEach reports whether each of those whom a question joins by "and" is in one of the
// groups.
func (s *asking) ofEach(groups []Group) (bool, error) {
	r := &s.reading
	if !r.Each {
		return true, nil
	}
	for _, side := range []struct {
		refs []question.Ref
		role role
	}{{r.Subject, asActor}, {r.Object, asGoal}, {r.Either, asActor}, {r.Between[0], asActor}, {r.Between[1], asGoal}} {
		for i := 0; len(side.refs) > 1 && i < len(side.refs); i++ {
			ids, err := s.ids(side.refs[i:i+1], side.role)
			if err != nil {
				return false, err
			}
			ids = s.crew.with(ids, officials|places)
			if !slices.ContainsFunc(groups, func(g Group) bool { return slices.Contains(ids, g.Subject.ID) || slices.Contains(ids, g.Object.ID) }) {
				return false, nil
			}
		}
	}
	return true, nil
}

// tell answers with the claims themselves.
func (s *asking) tell(groups []Group) {
	s.answer.Claims = append(s.answer.Claims, groups...)
	for _, g := range groups {
		s.add(fmt.Sprintf("%s %s %s", g.Subject.Name, g.Relation, g.Object.Name))
	}
}

// add adds to the answer what is not in it yet.
func (s *asking) add(text string) {
	if text != "" && !s.added[text] {
		s.added[text] = true
		s.answer.Answer = append(s.answer.Answer, text)
	}
}

// dates answers when.
func (s *asking) dates(groups []Group) {
	for _, g := range groups {
		s.answer.Claims = append(s.answer.Claims, g)
		s.add(g.Date)
	}
}

// amounts answers how much or how many of a thing. Where no claim of the relation read
// has an amount, any of the same actors that has one of the thing will do: what was
// promised may be told as what is to be sent.
func (s *asking) amounts(groups []Group) error {
	if s.addAmounts(groups); len(s.answer.Claims) > 0 || s.reading.Thing == "" {
		return nil
	}
	s.q.Relations, s.q.Statuses = nil, append([]entente.Status{entente.Planned}, real...)
	s.answer.Understood = s.understood()
	groups, err := s.groups()
	if err != nil {
		return err
	}
	s.addAmounts(slices.DeleteFunc(groups, func(g Group) bool {
		return !slices.ContainsFunc(g.Records(), func(r entente.Record) bool { return strings.Contains(strings.ToLower(r.Amount), s.reading.Thing) })
	}))
	return nil
}

func (s *asking) addAmounts(groups []Group) {
	for _, g := range groups {
		told := false
		for _, r := range g.Records() {
			s.add(r.Amount)
			told = told || r.Amount != ""
		}
		if told {
			s.answer.Claims = append(s.answer.Claims, g)
		}
	}
}

// sources answers by whose word; who denies a deed is its own doer where no other is
// named.
func (s *asking) sources(groups []Group) {
	denied := slices.Equal(s.reading.Statuses, []entente.Status{entente.Denied})
	for _, g := range groups {
		said := false
		for _, r := range g.Records() {
			if r.Status == entente.Denied && !denied {
				continue
			}
			by := r.Attribution
			if by == "" && denied {
				by = r.Subject.Name
			}
			s.add(by)
			said = said || by != ""
		}
		if said {
			s.answer.Claims = append(s.answer.Claims, g)
		}
	}
}

// count answers how many.
func (s *asking) count(groups []Group) error {
	if s.reading.Slot == "" {
		s.answer.Claims = append(s.answer.Claims, groups...)
		s.answer.Answer = []string{strconv.Itoa(len(groups))}
		return nil
	}
	if err := s.actors(groups, s.slot); err != nil {
		return err
	}
	if len(s.answer.Answer) == 0 { // "how many diplomats did X expel": told as an amount
		if s.addAmounts(groups); len(s.answer.Answer) > 0 {
			s.reading.Kind = question.Amount
			s.answer.Understood = s.understood()
			return nil
		}
	}
	s.answer.Answer = []string{strconv.Itoa(len(s.found))}
	return nil
}
