package question

import (
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
)

// title is a line of data/offices.tsv made ready: words of the title before and
// behind those of a portfolio.
type title struct {
	before, behind []string
	open           bool // words of a portfolio stand between
	office         string
}

func readTitles() []title {
	var titles []title
	for _, o := range data.Offices() {
		t := title{office: o.Office}
		if o.Class == data.Honorific {
			t.office = "" // "Sir": stands before a name, and is nobody's office
		}
		head, tail, open := strings.Cut(o.Title, "*")
		t.before, t.behind, t.open = strings.Fields(head), strings.Fields(tail), open
		titles = append(titles, t)
	}
	return titles
}

// isTitle reports whether words alone are a title.
func (r *Reader) isTitle(words ...string) bool {
	return slices.ContainsFunc(r.titles, func(t title) bool { return len(t.behind) == 0 && !t.open && slices.Equal(t.before, words) })
}

// longestPortfolio is the most words that stand for "*" in a title.
const longestPortfolio = 3

// fits returns the office that words spell, "" where they do not.
func (t title) fits(words []string) string {
	middle := len(words) - len(t.before) - len(t.behind)
	if middle < 0 || (middle > 0) != t.open || middle > longestPortfolio ||
		!equal(words[:len(t.before)], t.before) || !equal(words[len(words)-len(t.behind):], t.behind) {
		return ""
	}
	var portfolio []string
	for _, w := range words[len(t.before) : len(words)-len(t.behind)] {
		portfolio = append(portfolio, strings.ToUpper(w[:1])+w[1:])
	}
	return strings.ReplaceAll(t.office, "*", strings.Join(portfolio, " "))
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// offices joins the words of an office with the state or body that it is of: "the
// Russian foreign minister", "the president of France". A title that stands beside
// its bearer's name says nothing new and is left out.
func (r *Reader) offices(text string, cells []cell) []cell {
	var out []cell
	for i := 0; i < len(cells); i++ {
		office, end := r.officeAt(cells, i)
		if office == "" {
			out = append(out, cells[i])
			continue
		}
		owned := len(out) > 0 && owns(&out[len(out)-1], &cells[end-1])
		if owned && len(out) > 1 && r.is("question", out[len(out)-2].low) && r.isKind(&cells[i]) { // "which Russian officials"
			out = append(out, cells[i])
			continue
		}
		switch of := ofWhom(cells, end); {
		case end < len(cells) && cells[end].ref != nil && isPerson(cells[end].ref):
			if owned {
				out = out[:len(out)-1]
			}
			if i = end - 1; ofWhom(cells, end+1) > 0 { // "President X of Y"
				out = append(out, cells[end])
				i = ofWhom(cells, end+1)
			}
		case owned:
			last := &out[len(out)-1]
			*last = officeCell(text, *last, cells[end-1], office, last.ref)
			i = end - 1
		case of > 0:
			out = append(out, officeCell(text, cells[i], cells[of], office, cells[of].ref))
			i = of
		default:
			out = append(out, cells[i])
		}
	}
	return out
}

// owns reports whether a cell says whose the office is that ends with the cell last:
// "Russian", "Russia's", and a state's name before a noun ("the US president").
func owns(c, last *cell) bool {
	if c.ref == nil || isPerson(c.ref) {
		return false
	}
	return c.owner || c.ref.is(entente.State) && strings.HasPrefix(last.Tag, "NN")
}

// officeAt returns the office whose title begins at cell i, and the cell after it.
func (r *Reader) officeAt(cells []cell, i int) (office string, end int) {
	if cells[i].ref != nil {
		return "", 0
	}
	var words []string
	odd := false // no words of a portfolio
	for j := i; j < len(cells) && j < i+longestName && cells[j].ref == nil && cells[j].low != ","; j++ {
		words = append(words, cells[j].low)
		odd = odd || r.small(cells[j].Token) || r.asks(cells[j].Token) || r.is("list", cells[j].low)
		for _, t := range r.titles {
			if t.open && (odd || r.isKind(&cells[i])) {
				continue
			}
			if found := t.fits(words); found != "" {
				office, end = found, j+1
			}
		}
	}
	return office, end
}

// ofWhom returns the cell that names whose an office is: "of the United States"
// from cell i on; 0 where none does.
func ofWhom(cells []cell, i int) int {
	if i >= len(cells) || cells[i].ref != nil || cells[i].low != "of" && cells[i].low != "for" {
		return 0
	}
	if i++; i < len(cells) && cells[i].low == "the" {
		i++
	}
	if i < len(cells) && cells[i].ref != nil && !isPerson(cells[i].ref) {
		return i
	}
	return 0
}

// officeCell makes one cell of an office and whose it is.
func officeCell(text string, first, last cell, office string, of *Ref) cell {
	c := first
	c.Span.End = last.Span.End
	c.ref = &Ref{Text: text[c.Span.Start:c.Span.End], Office: office, Of: of}
	c.owner = last.owner && last.ref == nil
	return c
}

func isPerson(r *Ref) bool { return len(r.Entities) > 0 && r.Entities[0].Kind == entente.Person }

// office reads questions about offices: who holds one, which one somebody holds.
func (p *parse) office() (done bool, err error) {
	var offices []Ref
	others := 0
	for _, it := range p.items {
		switch {
		case it.ref == nil:
		case it.ref.Office != "":
			offices = append(offices, *it.ref)
		default:
			others++
		}
	}
	askedFor := p.asked != nil && slices.Contains(p.asked.want, entente.Office)
	held := p.onlyVerbs(p.r.lists["holding"]) || p.asked != nil && p.verbless()
	switch {
	case !held:
		return false, nil
	case p.asked != nil && !askedFor && len(offices) == 1 && others == 0:
		p.out.Relations, p.out.Slot, p.out.Object = []entente.Relation{entente.HoldsOffice}, Subject, offices
	case askedFor && others == 1:
		p.out.Relations, p.out.Slot, p.out.Subject = []entente.Relation{entente.HoldsOffice}, Object, refsOf(p.items)
	case p.out.Kind == YesNo && len(offices) == 1 && others == 1:
		p.out.Relations, p.out.Object = []entente.Relation{entente.HoldsOffice}, offices
		p.out.Subject = slices.DeleteFunc(refsOf(p.items), func(r Ref) bool { return r.Office != "" })
	default:
		return false, nil
	}
	for i := range p.cells {
		if p.r.is("holding", p.cells[i].Lemma) {
			p.cells[i].said = true
		}
	}
	return true, p.leftovers()
}
