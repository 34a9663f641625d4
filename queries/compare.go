package queries

import (
	"context"
	"slices"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
)

// A Side of a comparison: the claims between A and B, as [Between] has them,
// which the question narrows. Its own actors and its Limit are ignored.
//
// Two pairs are two sides of different actors, two periods two sides of different
// Since and Until, two publishers two sides of different Publisher.
type Side struct {
	A, B []entente.EntityID
	Question
}

// A Comparison holds sides beside each other.
type Comparison struct {
	Sides  []Compared `json:"sides"`
	Shared int        `json:"shared"` // claims that every side has
	By     By         `json:"by"`
	Rows   []Row      `json:"rows"` // in the order of Divide over the claims of all sides
}

// Compared is one side with what was found.
type Compared struct {
	A         []entente.Actor `json:"a"`
	B         []entente.Actor `json:"b"`
	Since     string          `json:"since,omitempty"` // EDTF, as asked for
	Until     string          `json:"until,omitempty"`
	Publisher string          `json:"publisher,omitempty"`
	Tally
	Claims []Group `json:"claims"`
	// Possible are the claims whose dates are too coarse to say whether they lie
	// between Since and Until. They are not among Claims, nor counted.
	Possible []Group `json:"possible,omitempty"`
}

// A Row tells what each side has of one relation, PLOVER type or month.
type Row struct {
	Key   string  `json:"key"` // as in Part
	Apart bool    `json:"apart,omitempty"`
	Sides []Tally `json:"sides"`
}

// NewComparison asks for the claims of each side and counts them, by relation
// where by is "".
//
// Of a side with a Publisher the claims are those that it tells, in its words and
// with the status that it gives them. Contested and Corroborated still go by what
// all publishers tell, since alone none is borne out or contradicted by another.
func NewComparison(ctx context.Context, g *graph.Graph, sides []Side, by By) (Comparison, error) {
	if by == "" {
		by = ByRelation
	}
	c := Comparison{By: by, Sides: []Compared{}, Rows: []Row{}}
	press := newPress(g)
	tellers := map[entente.ClaimID]int{} // of each claim, how many sides have it
	for _, side := range sides {
		found, ids, err := side.find(ctx, g, press)
		if err != nil {
			return c, err
		}
		c.Sides = append(c.Sides, found)
		for _, id := range ids {
			if tellers[id]++; tellers[id] == len(sides) {
				c.Shared++
			}
		}
	}
	c.addRows()
	return c, nil
}

// find asks for the claims of a side. ids are those of the claims as the whole
// graph tells them.
func (s Side) find(ctx context.Context, g *graph.Graph, press *press) (c Compared, ids []entente.ClaimID, err error) {
	c = Compared{Since: s.Since.EDTF, Until: s.Until.EDTF, Publisher: s.Publisher, Claims: []Group{}}
	if c.A, err = actorsOf(ctx, g, s.A); err != nil {
		return c, nil, err
	}
	if c.B, err = actorsOf(ctx, g, s.B); err != nil {
		return c, nil, err
	}
	q := s.Question
	q.Limit, q.Publisher = 0, ""
	groups, err := Between(ctx, g, s.A, s.B, q)
	if err != nil {
		return c, nil, err
	}
	for _, group := range groups {
		told, err := press.tellingOf(ctx, group, s.Publisher)
		switch {
		case err != nil:
			return c, nil, err
		case told == nil: // by other publishers only
		case liesWithin(dateOf(told.Record), s.Since, s.Until):
			c.Claims, ids = append(c.Claims, *told), append(ids, group.ID)
		default:
			c.Possible = append(c.Possible, *told)
		}
	}
	c.Tally = NewTally(c.Claims)
	return c, ids, nil
}

func actorsOf(ctx context.Context, g *graph.Graph, ids []entente.EntityID) ([]entente.Actor, error) {
	actors := make([]entente.Actor, len(ids))
	for i, id := range ids {
		e, err := g.Entity(ctx, id)
		if err != nil {
			return nil, err
		}
		actors[i] = entente.NewActor(e)
	}
	return actors, nil
}

// tellingOf returns a group as one publisher tells it, nil if it does not; as it is
// where no publisher is named.
func (p *press) tellingOf(ctx context.Context, g Group, publisher string) (*Group, error) {
	if publisher == "" {
		return &g, nil
	}
	var own []dated
	for _, r := range g.Records() {
		name, err := p.publisher(ctx, r.Report)
		if err != nil {
			return nil, err
		}
		if name == publisherKey(publisher) {
			own = append(own, newDated(r))
		}
	}
	if len(own) == 0 {
		return nil, nil
	}
	told := newGroup(own)
	told.Contested, told.Publishers = g.Contested, g.Publishers
	return &told, nil
}

// liesWithin reports whether all days that a date may mean lie between two
// bounds, a zero one of which bounds nothing.
func liesWithin(d, since, until entente.Date) bool {
	first, last := d.Earliest(), d.Latest()
	from, to := since.Earliest(), until.Latest()
	return (from.IsZero() || !first.IsZero() && !first.Before(from)) && (to.IsZero() || !last.IsZero() && !last.After(to))
}

// addRows divides the claims of the sides.
func (c *Comparison) addRows() {
	type name struct {
		key   string
		apart bool
	}
	var all []Group
	tallies := map[name][]Tally{}
	for i, side := range c.Sides {
		all = append(all, side.Claims...)
		for _, part := range Divide(side.Claims, c.By) {
			n := name{part.Key, part.Apart}
			if tallies[n] == nil {
				tallies[n] = make([]Tally, len(c.Sides))
			}
			tallies[n][i] = part.Tally
		}
	}
	for _, part := range Divide(all, c.By) {
		c.Rows = append(c.Rows, Row{part.Key, part.Apart, slices.Clone(tallies[name{part.Key, part.Apart}])})
	}
}
