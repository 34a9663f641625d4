package gold

import entente "github.com/entente-kg/entente"

// Tally counts for one report, or for several.
type Tally struct {
	Gold, Pred, Strict int // claims: of gold, predicted, strictly right
	ByRelation         map[entente.Relation]*RelationTally
	Calibration        Calibration
	Missed             []Claim          // strict
	Wrong              []entente.Record // strict
	Misread            []Mention        // of gold, not resolved as gold says

	counts [measures]Count
}

// RelationTally counts for one relation.
type RelationTally struct {
	Found     int `json:"found"`
	Predicted int `json:"predicted"`
	Gold      int `json:"gold"`
}

// A measure is something that is counted.
type measure int

const (
	strict measure = iota
	pair
	essential // recall on claims that any careful reader would list
	date      // of the strictly right claims, as the next two
	place
	status
	slots     // actors of gold claims: their entity is meant in the evidence sentence
	reach     // the same, or in the two sentences before
	both      // claims: both actors in the sentence
	bothReach // or in reach
	entities
	offices
	titles // of the right offices
	spans  // of mentions, exactly
	ends   // the same last byte: the reader marks the head of a nominal
	resolved
	firstForm // the resolved ones of each of Forms
	measures  = firstForm + measure(len(Forms))
)

// Count holds how many are right, of how many found and how many in gold.
type Count struct {
	Right int `json:"right"`
	Found int `json:"found"`
	Gold  int `json:"gold"`
}

// add counts one thing of gold.
func (c *Count) add(right, gold bool) {
	c.Right += boolInt(right)
	c.Gold += boolInt(gold)
}

func (t *Tally) relation(r entente.Relation) *RelationTally {
	if t.ByRelation == nil {
		t.ByRelation = map[entente.Relation]*RelationTally{}
	}
	if t.ByRelation[r] == nil {
		t.ByRelation[r] = &RelationTally{}
	}
	return t.ByRelation[r]
}

// add adds the counts of u, not what it lists.
func (t *Tally) add(u *Tally) {
	t.Gold, t.Pred, t.Strict = t.Gold+u.Gold, t.Pred+u.Pred, t.Strict+u.Strict
	t.addCounts(u)
	for r, n := range u.ByRelation {
		m := t.relation(r)
		m.Found, m.Predicted, m.Gold = m.Found+n.Found, m.Predicted+n.Predicted, m.Gold+n.Gold
	}
}

// addCounts adds the numbers that have an interval.
func (t *Tally) addCounts(u *Tally) {
	for i, c := range u.counts {
		sum := &t.counts[i]
		sum.Right, sum.Found, sum.Gold = sum.Right+c.Right, sum.Found+c.Found, sum.Gold+c.Gold
	}
	t.Calibration.sum(&u.Calibration)
}
