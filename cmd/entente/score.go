package main

import (
	"cmp"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	entente "github.com/entente-kg/entente"
)

// Scores claims against claims that people made: a port of score.py of the gold
// reports, with its rules. A gold claim and a predicted one are used once;
// matches are made one to one, those with the right date first. Standing
// relations are not scored.
//
//	strict  relation, subject and object match (symmetric relations in either order)
//	pair    the unordered pair of actors and the type of the relation match

// goldClaim is a claim of a gold file.
type goldClaim struct {
	Relation  entente.Relation `json:"relation"`
	Subject   string           `json:"subject"`
	Object    string           `json:"object"`
	Date      string           `json:"date"`
	Place     string           `json:"place"`
	Status    entente.Status   `json:"status"`
	Evidence  string           `json:"evidence"`
	Essential *bool            `json:"essential"` // nil is true
}

func (g goldClaim) essential() bool { return g.Essential == nil || *g.Essential }

// goldEntity is an actor of a gold file with the names it may have.
type goldEntity struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Aliases []string `json:"aliases"`
}

// scoreTypes are the types that the pair score compares. They are score.py's,
// which differ from PLOVER's in two places, so that figures stay comparable.
var scoreTypes = func() map[entente.Relation]string {
	types := map[entente.Relation]string{}
	for kind, relations := range map[string]string{
		"CONSULT":   "visited hosted met spoke_with negotiated_with mediated accompanied invited",
		"COOPERATE": "signed ratified cooperated_with established_relations_with recognized",
		"AGREE":     "agreed_with pledged_to", "SUPPORT": "supported", "AID": "aided", "MOBILIZE": "deployed_to",
		"REQUEST": "requested", "ACCUSE": "accused", "REJECT": "rejected", "THREATEN": "threatened",
		"PROTEST": "protested_to", "SANCTION": "sanctioned", "COERCE": "coerced", "ASSAULT": "attacked",
		"CONCEDE": "conceded_to", "RETREAT": "withdrew_from",
	} {
		for _, r := range strings.Fields(relations) {
			types[entente.Relation(r)] = kind
		}
	}
	return types
}()

var (
	noName  = regexp.MustCompile(`[^a-z0-9' ]+`)
	article = regexp.MustCompile(`^(the|a|an) `)
)

// foldName takes case, diacritics, punctuation and a leading article from a
// name.
func foldName(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	name = noName.ReplaceAllString(strings.ReplaceAll(b.String(), "’", "'"), " ")
	return article.ReplaceAllString(strings.Join(strings.Fields(name), " "), "")
}

// allNames returns the folded names and those of the same state.
func (r *scoring) allNames(names ...string) map[string]bool {
	all := map[string]bool{}
	for _, n := range names {
		if n = foldName(n); n != "" {
			all[n] = true
		}
	}
	for _, line := range r.same {
		if slices.ContainsFunc(line, func(n string) bool { return all[n] }) {
			for _, n := range line {
				all[n] = true
			}
		}
	}
	return all
}

// paper returns the sort of paper that an agreement's name tells, and its other
// words.
func (r *scoring) paper(name string) (sort string, words map[string]bool) {
	list := strings.Fields(foldName(name))
	cut, words := len(list), map[string]bool{}
	for i, w := range list {
		if usual, ok := r.spellings[w]; ok {
			list[i] = usual
		}
		if i > 0 && cut == len(list) && r.link[w] {
			cut = i
		}
	}
	if len(list) == 0 {
		return "", words
	}
	head := list[cut-1]
	for _, w := range list {
		if !r.stop[w] && w != head {
			words[w] = true
		}
	}
	if s, ok := r.sorts[head]; ok {
		head = s
	}
	return head, words
}

func (r *scoring) samePaper(a, b string) bool {
	sortA, wordsA := r.paper(a)
	sortB, wordsB := r.paper(b)
	shared := 0
	for w := range wordsA {
		if wordsB[w] {
			shared++
		}
	}
	union := len(wordsA) + len(wordsB) - shared
	return sortA == sortB && (shared == len(wordsA) || shared == len(wordsB) || float64(shared)/float64(union) >= 0.34)
}

// goldReport is one report with the claims that people found in it.
type goldReport struct {
	name     string
	claims   []goldClaim
	entities map[string]goldEntity // by folded name
	rules    *scoring
}

// same reports whether a predicted name means the actor of gold.
func (g *goldReport) same(pred, goldName string) bool {
	e, known := g.entities[foldName(goldName)]
	if !known {
		e = goldEntity{Name: goldName}
	}
	name := foldName(pred)
	if name == "" {
		return false
	}
	accepted := g.rules.allNames(goldName)
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		accepted[foldName(n)] = true // of aliases, other names of the state do not count
	}
	for n := range g.rules.allNames(pred) {
		if n != "" && accepted[n] {
			return true
		}
	}
	switch gold := strings.Fields(foldName(goldName)); e.Type {
	case "person":
		words := strings.Fields(name)
		return len(gold) > 0 && words[len(words)-1] == gold[len(gold)-1] || slices.Contains(gold, name)
	case "agreement":
		return g.rules.samePaper(name, goldName)
	}
	return false
}

func (g *goldReport) actors(p entente.Record, c goldClaim, eitherOrder bool) bool {
	if g.same(p.Subject.Name, c.Subject) && g.same(p.Object.Name, c.Object) {
		return true
	}
	return eitherOrder && g.same(p.Subject.Name, c.Object) && g.same(p.Object.Name, c.Subject)
}

func (g *goldReport) strict(p entente.Record, c goldClaim) bool {
	return p.Relation == c.Relation && g.actors(p, c, c.Relation.IsSymmetric())
}

func (g *goldReport) pair(p entente.Record, c goldClaim) bool {
	return scoreTypes[p.Relation] == scoreTypes[c.Relation] && g.actors(p, c, true)
}

// match pairs gold claims with predictions under a rule: for each gold claim the
// index of its prediction, -1 for none.
func match(preds []entente.Record, golds []goldClaim, rule func(entente.Record, goldClaim) bool) []int {
	found, used := make([]int, len(golds)), make([]bool, len(preds))
	for i := range found {
		found[i] = -1
	}
	for _, dated := range []bool{true, false} {
		for i, c := range golds {
			for j := range preds {
				if found[i] < 0 && !used[j] && (!dated || preds[j].Date == c.Date) && rule(preds[j], c) {
					found[i], used[j] = j, true
				}
			}
		}
	}
	return found
}

// tally counts for one report, or for all.
type tally struct {
	gold, pred, strict, pair  int
	essential, essentialFound int
	date, place, status       int
	byRelation                map[entente.Relation]*relationTally
	missed                    []goldClaim      // strict
	wrong                     []entente.Record // strict
}

// relationTally counts for one relation.
type relationTally struct {
	Found     int `json:"found"`
	Predicted int `json:"predicted"`
	Gold      int `json:"gold"`
}

// score compares predictions with a report's gold claims.
func (g *goldReport) score(preds []entente.Record) tally {
	preds = slices.DeleteFunc(slices.Clone(preds), func(r entente.Record) bool { return scoreTypes[r.Relation] == "" })
	t := tally{gold: len(g.claims), pred: len(preds), byRelation: map[entente.Relation]*relationTally{}}
	for _, j := range match(preds, g.claims, g.pair) {
		t.pair += boolInt(j >= 0)
	}
	for _, p := range preds {
		t.relation(p.Relation).Predicted++
	}
	right := make([]bool, len(preds))
	for i, j := range match(preds, g.claims, g.strict) {
		c := g.claims[i]
		t.relation(c.Relation).Gold++
		t.essential += boolInt(c.essential())
		if j < 0 {
			t.missed = append(t.missed, c)
			continue
		}
		right[j] = true
		g.count(&t, c, preds[j])
	}
	for j, p := range preds {
		if !right[j] {
			t.wrong = append(t.wrong, p)
		}
	}
	return t
}

// count adds a matched pair.
func (g *goldReport) count(t *tally, c goldClaim, p entente.Record) {
	t.strict++
	t.relation(c.Relation).Found++
	t.essentialFound += boolInt(c.essential())
	t.date += boolInt(p.Date == c.Date)
	t.status += boolInt(p.Status == c.Status)
	t.place += boolInt(p.Place == nil && c.Place == "" || p.Place != nil && c.Place != "" && g.same(p.Place.Name, c.Place))
}

func (t *tally) relation(r entente.Relation) *relationTally {
	if t.byRelation[r] == nil {
		t.byRelation[r] = &relationTally{}
	}
	return t.byRelation[r]
}

// add adds the counts of u, not its claims.
func (t *tally) add(u tally) {
	t.gold, t.pred, t.strict, t.pair = t.gold+u.gold, t.pred+u.pred, t.strict+u.strict, t.pair+u.pair
	t.essential, t.essentialFound = t.essential+u.essential, t.essentialFound+u.essentialFound
	t.date, t.place, t.status = t.date+u.date, t.place+u.place, t.status+u.status
	for r, n := range u.byRelation {
		if t.byRelation == nil {
			t.byRelation = map[entente.Relation]*relationTally{}
		}
		m := t.relation(r)
		m.Found, m.Predicted, m.Gold = m.Found+n.Found, m.Predicted+n.Predicted, m.Gold+n.Gold
	}
}

// rates are precision, recall and F1 with its 95 % bootstrap interval over
// reports.
type rates struct {
	Precision float64    `json:"precision"`
	Recall    float64    `json:"recall"`
	F1        float64    `json:"f1"`
	Interval  [2]float64 `json:"interval"`
	Found     int        `json:"found"`
}

func newRates(found, pred, gold int) rates {
	r := rates{Precision: ratio(found, pred), Recall: ratio(found, gold), Found: found}
	if sum := r.Precision + r.Recall; sum > 0 {
		r.F1 = 2 * r.Precision * r.Recall / sum
	}
	return r
}

// ratio is 0 where there is nothing to divide by.
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// resamples is how often the bootstrap draws.
const resamples = 1000

// ratesOf sums one count over reports. The draws come from a seed of their own,
// so the same reports give the same interval.
func ratesOf(reports []tally, found func(tally) int) rates {
	sum := func(pick func(i int) tally) rates {
		var tp, pred, gold int
		for i := range reports {
			t := pick(i)
			tp, pred, gold = tp+found(t), pred+t.pred, gold+t.gold
		}
		return newRates(tp, pred, gold)
	}
	whole := sum(func(i int) tally { return reports[i] })
	if len(reports) == 0 {
		return whole
	}
	draw := rand.New(rand.NewPCG(7, 7))
	f1s := make([]float64, resamples)
	for n := range f1s {
		f1s[n] = sum(func(int) tally { return reports[draw.IntN(len(reports))] }).F1
	}
	slices.SortFunc(f1s, cmp.Compare[float64])
	whole.Interval = [2]float64{f1s[resamples*25/1000], f1s[resamples*975/1000]}
	return whole
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
