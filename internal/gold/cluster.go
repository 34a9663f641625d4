package gold

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// An Item is one thing of a report that gold puts with others, and the reader
// perhaps with other ones: an entity that the report names, or a claim.
type Item struct {
	Story  string `json:"story"`
	Report string `json:"report"`
	Gold   string `json:"gold"`           // the cluster of gold
	Read   string `json:"read"`           // that of the reader
	What   string `json:"what,omitempty"` // the item, for people
}

// BCubed holds how well clusters agree with those of gold, by the B-cubed
// measure (Bagga and Baldwin, "Entity-based cross-document coreferencing using
// the vector space model", 1998): for each item the share of its cluster that is
// of its gold cluster, and the share of its gold cluster that is of its cluster,
// each averaged over the items.
type BCubed struct {
	Precision float64    `json:"precision"`
	Recall    float64    `json:"recall"`
	F1        float64    `json:"f1"`       // harmonic mean of the two averages
	Interval  [2]float64 `json:"interval"` // of F1: a 95 % bootstrap over stories
	Items     int        `json:"items"`    // that the reader found
	Of        int        `json:"of"`       // in gold
}

// sums are those of the items of a story.
type sums struct {
	precision, recall float64
	items             int
}

func (s sums) figures() (precision, recall, f1 float64) {
	if s.items == 0 {
		return 0, 0, 0
	}
	precision, recall = s.precision/float64(s.items), s.recall/float64(s.items)
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

func (s *sums) add(t sums) {
	s.precision, s.recall, s.items = s.precision+t.precision, s.recall+t.recall, s.items+t.items
}

// Cluster measures the clusters of items; of is how many there are in gold,
// found or not.
func Cluster(items []Item, of int) BCubed {
	stories := sumsByStory(items)
	var all sums
	for _, s := range stories {
		all.add(s)
	}
	b := BCubed{Items: len(items), Of: of}
	b.Precision, b.Recall, b.F1 = all.figures()
	var drawn []float64
	random := rand.New(rand.NewPCG(7, 7))
	for range resamples {
		var sample sums
		for range stories {
			sample.add(stories[random.IntN(len(stories))])
		}
		if sample.items > 0 {
			_, _, f1 := sample.figures()
			drawn = append(drawn, f1)
		}
	}
	b.Interval = middle(drawn)
	return b
}

// sumsByStory adds up the precision and recall of the items of each story, in
// order of the stories' names. Clusters may reach over stories.
func sumsByStory(items []Item) []sums {
	both, golds, reads := map[[2]string]int{}, map[string]int{}, map[string]int{}
	for _, i := range items {
		both[[2]string{i.Gold, i.Read}]++
		golds[i.Gold]++
		reads[i.Read]++
	}
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b Item) int { return cmp.Compare(a.Story, b.Story) })
	var out []sums
	for n, i := range items {
		if n == 0 || i.Story != items[n-1].Story {
			out = append(out, sums{})
		}
		shared := both[[2]string{i.Gold, i.Read}]
		out[len(out)-1].add(sums{ratio(shared, reads[i.Read]), ratio(shared, golds[i.Gold]), 1})
	}
	return out
}

// A Fault is a pair of items that the reader joined though gold keeps them
// apart, or parted though gold has them as one. Pairs alike but for their
// reports are one fault.
type Fault struct {
	Joined bool `json:"joined"` // false: parted
	A      Item `json:"a"`
	B      Item `json:"b"`
	Pairs  int  `json:"pairs"` // how many there are
}

// Faults lists the pairs that are wrongly joined, then those that are wrongly
// parted, in the order of the items.
func Faults(items []Item) []Fault {
	var out []Fault
	at := map[[4]string]int{}
	for n, a := range items {
		for _, b := range items[n+1:] {
			if (a.Gold == b.Gold) == (a.Read == b.Read) {
				continue
			}
			first, second := a, b
			if cmp.Or(cmp.Compare(a.Gold, b.Gold), cmp.Compare(a.Read, b.Read)) > 0 {
				first, second = b, a
			}
			key := [4]string{first.Gold, first.Read, second.Gold, second.Read}
			if i, ok := at[key]; ok {
				out[i].Pairs++
				continue
			}
			at[key] = len(out)
			out = append(out, Fault{Joined: a.Read == b.Read, A: first, B: second, Pairs: 1})
		}
	}
	slices.SortStableFunc(out, func(a, b Fault) int { return boolInt(b.Joined) - boolInt(a.Joined) })
	return out
}

// RatesOf returns the rates of a count, without an interval.
func RatesOf(c Count) Rates {
	return Rates{Precision: ratio(c.Right, c.Found), Recall: ratio(c.Right, c.Gold), F1: c.f1(), Count: c}
}
