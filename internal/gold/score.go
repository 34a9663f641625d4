package gold

import (
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

// allNames returns the folded name and those of the same state.
func (r *rules) allNames(name string) map[string]bool {
	all := map[string]bool{}
	if name = foldName(name); name != "" {
		all[name] = true
	}
	for _, n := range r.same[name] {
		all[n] = true
	}
	return all
}

// paper returns the sort of paper that an agreement's name tells, and its other
// words.
func (r *rules) paper(name string) (sort string, words map[string]bool) {
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

func (r *rules) samePaper(a, b string) bool {
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

// accepted is an entity with the folded names that mean it.
type accepted struct {
	kind  entente.Kind
	gold  string // folded
	names map[string]bool
}

// bare returns a name of gold without what tells it from namesakes: "Ana Ruiz"
// for "Ana Ruiz [minister of finance, Chile]".
func bare(name string) string {
	name, _, _ = strings.Cut(name, " [")
	return name
}

// accept returns the names that mean e: its own, the other names of its state,
// and its aliases, of which other names of the state do not count.
func (r *rules) accept(e Entity) accepted {
	a := accepted{kind: e.Type, gold: foldName(bare(e.Name)), names: r.allNames(bare(e.Name))}
	for _, n := range e.Aliases {
		if n = foldName(n); n != "" {
			a.names[n] = true
		}
	}
	return a
}

// Same reports whether the name that a reader gives to an actor means the one
// that gold calls so.
func (r *Report) Same(pred, gold string) bool {
	e, ok := r.known[foldName(gold)]
	if !ok {
		e = r.rules.accept(Entity{Name: gold})
	}
	name := foldName(pred)
	if name == "" {
		return false
	}
	for n := range r.rules.allNames(pred) {
		if e.names[n] {
			return true
		}
	}
	switch words := strings.Fields(e.gold); e.kind {
	case entente.Person:
		own := strings.Fields(name)
		return len(words) > 0 && own[len(own)-1] == words[len(words)-1] || slices.Contains(words, name)
	case entente.Agreement:
		return r.rules.samePaper(name, bare(gold))
	}
	return false
}

func (r *Report) actors(p entente.Record, c Claim, eitherOrder bool) bool {
	if r.Same(p.Subject.Name, c.Subject) && r.Same(p.Object.Name, c.Object) {
		return true
	}
	return eitherOrder && r.Same(p.Subject.Name, c.Object) && r.Same(p.Object.Name, c.Subject)
}

func (r *Report) strict(p entente.Record, c Claim) bool {
	return p.Relation == c.Relation && r.actors(p, c, c.Relation.IsSymmetric())
}

func (r *Report) pair(p entente.Record, c Claim) bool {
	return scoreTypes[p.Relation] == scoreTypes[c.Relation] && r.actors(p, c, true)
}

// match pairs gold claims with predictions under a rule: for each gold claim the
// index of its prediction, -1 for none.
func match(preds []entente.Record, golds []Claim, rule func(entente.Record, Claim) bool) []int {
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

// Score compares predicted claims with those of gold.
func (r *Report) Score(preds []entente.Record) Tally {
	preds = slices.DeleteFunc(slices.Clone(preds), func(p entente.Record) bool { return scoreTypes[p.Relation] == "" })
	t := Tally{Gold: len(r.Claims), Pred: len(preds), ByRelation: map[entente.Relation]*RelationTally{}}
	for _, p := range preds {
		t.relation(p.Relation).Predicted++
	}
	right := make([]bool, len(preds))
	for i, j := range match(preds, r.Claims, r.strict) {
		c := r.Claims[i]
		t.relation(c.Relation).Gold++
		t.counts[essential].add(c.IsEssential() && j >= 0, c.IsEssential())
		if j < 0 {
			t.Missed = append(t.Missed, c)
			continue
		}
		right[j] = true
		r.count(&t, c, preds[j])
	}
	for j, p := range preds {
		t.Calibration.add(p.Confidence, right[j])
		if !right[j] {
			t.Wrong = append(t.Wrong, p)
		}
	}
	pairs := 0
	for _, j := range match(preds, r.Claims, r.pair) {
		pairs += boolInt(j >= 0)
	}
	t.counts[strict] = Count{t.Strict, t.Pred, t.Gold}
	t.counts[pair] = Count{pairs, t.Pred, t.Gold}
	return t
}

// count adds a matched pair.
func (r *Report) count(t *Tally, c Claim, p entente.Record) {
	t.Strict++
	t.relation(c.Relation).Found++
	t.counts[date].add(p.Date == c.Date, true)
	t.counts[status].add(p.Status == c.Status, true)
	t.counts[place].add(p.Place == nil && c.Place == "" || p.Place != nil && c.Place != "" && r.Same(p.Place.Name, c.Place), true)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
