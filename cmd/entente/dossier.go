package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/queries"
)

// How much of a list a dossier shows unless it is asked for in full.
const (
	shortList   = 5
	shortLatest = 3

	shortAliases = 8
)

// dossierPage sets a dossier for people.
type dossierPage struct {
	*session
	queries.Dossier
	full       bool
	publishers map[entente.ReportID]string
	b          strings.Builder
}

// dossierText is a dossier for people.
func (s *session) dossierText(d queries.Dossier, full bool) string {
	p := &dossierPage{session: s, Dossier: d, full: full, publishers: map[entente.ReportID]string{}}
	for _, r := range d.Reports {
		p.publishers[r.ID] = r.Publisher
	}
	p.summary()
	p.claims("Latest", p.Latest, "")
	p.claims("Offices", p.Offices, "")
	p.claims("Represents", p.Represents, "")
	p.claims("Counterparts", p.Counterparts, "")
	p.partners()
	p.claims("Trips", p.Trips, p.listing("--subject", entente.Visited))
	p.claims("Visitors", p.Visitors, p.listing("--object", entente.Visited))
	p.claims("Happened here", p.Here, "entente claims --place "+shellWord(string(d.Entity.ID)))
	p.meetings()
	p.papers("Agreements", p.Agreements)
	p.papers("Parties", p.Parties)
	accusations := []entente.Relation{entente.Accused, entente.ProtestedTo, entente.Threatened}
	p.claims("Accusations, protests and threats made", p.Accused, p.listing("--subject", accusations...))
	p.claims("Accusations, protests and threats received", p.AccusedBy, p.listing("--object", accusations...))
	p.claims("Other", p.Other, "entente timeline "+shellWord(string(d.Entity.ID)))
	p.claims("Contested", p.Contested, "")
	p.reports()
	return p.b.String()
}

// listing is the command that lists the claims of some relations of the entity.
func (p *dossierPage) listing(side string, relations ...entente.Relation) string {
	line := "entente claims " + side + " " + shellWord(string(p.Entity.ID)) + " --relation " + strings.ReplaceAll(listOf(relations), " ", "")
	if p.Entity.Kind == entente.State && p.isOwn(relations) {
		line += " --officials=false"
	}
	return line
}

// isOwn reports whether the dossier's lists of these relations leave officials
// out.
func (p *dossierPage) isOwn(relations []entente.Relation) bool {
	return !slices.Contains(relations, entente.Visited)
}

func (p *dossierPage) title(title string) {
	c := p.ui.colors()
	fmt.Fprintf(&p.b, "\n%s%s%s\n", c.bold, title, c.off)
}

// more says how many lines are left out and how to see them.
func (p *dossierPage) more(n int, command string) {
	if n <= 0 {
		return
	}
	full := "entente show " + shellWord(string(p.Entity.ID)) + " --full"
	line := fmt.Sprintf("… %d more: %s", n, cmp.Or(command, full))
	c := p.ui.colors()
	fmt.Fprintf(&p.b, "%s%s%s\n", c.dim, fold(line, p.ui.textWidth(), "  "), c.off)
}

// summary writes what a reader wants first.
func (p *dossierPage) summary() {
	c, e := p.ui.colors(), p.Entity
	fmt.Fprintf(&p.b, "%s%s%s  (%s)\n", c.bold, clean(e.Name), c.off, clean(entityWords(e)))
	if len(e.Aliases) > 0 {
		p.b.WriteString(fold("also: "+clean(firstOf(e.Aliases, p.limit(shortAliases))), p.ui.textWidth(), "") + "\n")
	}
	p.b.WriteByte('\n')
	p.fact("claims", p.totalWords())
	if len(p.Officials) > 0 {
		p.fact("acts through", p.officialsWords())
	}
	if t := p.Total; t.Cooperation+t.Conflict > 0 && len(p.Partners) > 0 {
		p.fact("balance", fmt.Sprintf("%s (co-operation %s, conflict %s)", balanceWord(t), score(t.Cooperation), score(t.Conflict)))
	}
	friends, foes := p.friendsAndFoes()
	p.fact("closest to", friends)
	p.fact("most against", foes)
	if len(p.Officials) > 0 {
		c := p.ui.colors()
		note := "What its officials did is under latest, partners, agreements and contested; elsewhere it is " + e.Name + " itself. All: entente timeline " + shellWord(string(e.ID))
		fmt.Fprintf(&p.b, "%s%s%s\n", c.dim, fold(clean(note), p.ui.textWidth(), ""), c.off)
	}
}

// fact writes a line of the summary, nothing where there is nothing to say.
func (p *dossierPage) fact(name, words string) {
	if words != "" {
		fmt.Fprintln(&p.b, hanging(fmt.Sprintf("%-12s  ", name), words, p.ui.textWidth()))
	}
}

func (p *dossierPage) totalWords() string {
	if len(p.Reports) == 0 {
		return "none: no report tells of it"
	}
	words := fmt.Sprintf("%d in %s", p.Total.Count, count(len(p.Reports), "report"))
	if n := len(distinct(p.publishers)); n > 0 {
		words += " of " + count(n, "publisher")
	}
	if p.Total.First != "" {
		words += ", " + span(p.Total)
	}
	if len(p.Officials) > 0 {
		words += ", those of its officials among them"
	}
	if p.Total.Corroborated > 0 {
		words += fmt.Sprintf("; %d told by several publishers", p.Total.Corroborated)
	}
	if p.Total.Contested > 0 {
		words += fmt.Sprintf("; %d contested", p.Total.Contested)
	}
	return words
}

// distinct returns the publishers that have a name, each once, sorted.
func distinct(publishers map[entente.ReportID]string) []string {
	var names []string
	for _, name := range publishers {
		if name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// officialsWords names officials, those with an office first.
func (p *dossierPage) officialsWords() string {
	var with, without []string
	for _, a := range p.Officials {
		var posts []string
		for _, g := range p.Offices {
			if g.Subject.ID == a.ID && !slices.Contains(posts, g.Object.Name) {
				posts = append(posts, g.Object.Name)
			}
		}
		if len(posts) > 0 {
			with = append(with, fmt.Sprintf("%s (%s)", a.Name, strings.Join(posts, ", ")))
		} else {
			without = append(without, a.Name)
		}
	}
	return clean(firstOf(append(with, without...), p.limit(shortList)))
}

// limit is how long a list may be.
func (p *dossierPage) limit(short int) int {
	if p.full {
		return 1 << 30
	}
	return short
}

// firstOf joins the first n words and says how many more there are.
func firstOf(words []string, n int) string {
	if len(words) <= n {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:n], ", "), len(words)-n)
}

// friendsAndFoes names the partners at both ends of the list.
func (p *dossierPage) friendsAndFoes() (friends, foes string) {
	var near, far []string
	word := func(t queries.Tie) string { return fmt.Sprintf("%s %s", t.Partner.Name, balanceWord(t.Tally)) }
	for _, t := range p.Partners {
		if t.Cooperation > t.Conflict && len(near) < shortLatest {
			near = append(near, word(t))
		}
	}
	for _, t := range slices.Backward(p.Partners) {
		if t.Cooperation < t.Conflict && len(far) < shortLatest {
			far = append(far, word(t))
		}
	}
	return clean(strings.Join(near, ", ")), clean(strings.Join(far, ", "))
}

// claims writes a list of claims.
func (p *dossierPage) claims(title string, groups []queries.Group, command string) {
	if len(groups) == 0 {
		return
	}
	p.title(title)
	n := p.limit(shortList)
	if title == "Latest" {
		n = p.limit(shortLatest)
		groups = groups[:min(n, len(groups))]
	}
	shown := lastOf(groups, n)
	p.claimGrid(shown, "  ", title == "Offices")
	p.more(len(groups)-len(shown), command)
}

// lastOf returns n of the claims, in their order: the last that have a date, then
// what has none.
func lastOf(groups []queries.Group, n int) []queries.Group {
	if len(groups) <= n {
		return groups
	}
	dated := slices.IndexFunc(groups, func(g queries.Group) bool { return g.Date == "" })
	if dated < 0 {
		dated = len(groups)
	}
	if dated >= n {
		return groups[dated-n : dated]
	}
	return groups[:n]
}

// claimGrid writes claims under each other, with who says so where it is wanted.
func (p *dossierPage) claimGrid(groups []queries.Group, margin string, sources bool) {
	g := grid{margin: margin, folded: 1}
	for _, group := range groups {
		if group.Relation.IsSymmetric() && group.Object.ID == p.Entity.ID {
			group.Subject, group.Object = group.Object, group.Subject
		}
		row := p.claimRow(group)
		if group.Place != nil && group.Place.ID == p.Entity.ID {
			group.Place = nil
		}
		what := row[2] + " " + clean(objectWords(group.Record))
		if group.Subject.ID != p.Entity.ID {
			what = row[1] + " " + what
		}
		if row[6] != "" {
			what += ", says " + row[6]
		}
		if sources {
			what += p.tellers(group)
		}
		status := row[4]
		if row[5] != "" {
			status += ", contested"
		}
		g.rows = append(g.rows, []string{row[0], what, status, row[7], row[8]})
	}
	g.write(&p.b, p.ui.colors(), p.ui.textWidth())
}

// tellers names the publishers of a claim.
func (p *dossierPage) tellers(g queries.Group) string {
	of := map[entente.ReportID]string{}
	for _, r := range g.Records() {
		of[r.Report] = p.publishers[r.Report]
	}
	names := distinct(of)
	if len(names) == 0 {
		return ""
	}
	return ", told by " + clean(firstOf(names, p.limit(shortLatest)))
}

// partners writes with whom a state has to do, from the closest to the most
// hostile; of a long list both ends.
func (p *dossierPage) partners() {
	if len(p.Partners) == 0 {
		return
	}
	p.title("Partners, from co-operation to conflict")
	ends := p.limit(shortList)
	highest := 0.0
	for _, t := range p.Partners {
		highest = max(highest, t.Cooperation, t.Conflict)
	}
	g := grid{margin: "  ", header: []string{"partner", "claims", "co-op.", "confl.", "balance", ""}}
	left := 0
	for i, t := range p.Partners {
		switch {
		case i < ends || i >= len(p.Partners)-ends:
			g.rows = append(g.rows, []string{
				clean(t.Partner.Name), fmt.Sprintf("%6d", t.Count), fmt.Sprintf("%6s", score(t.Cooperation)), fmt.Sprintf("%6s", score(t.Conflict)),
				fmt.Sprintf("%7s", balanceWord(t.Tally)), diverging(t.Conflict, t.Cooperation, highest, 6),
			})
		default:
			if left++; left == 1 {
				g.rows = append(g.rows, []string{"…", "", "", "", "", ""})
			}
		}
	}
	g.without(p.ui.textWidth(), 5).write(&p.b, p.ui.colors(), p.ui.textWidth())
	p.more(left, "")
}

// meetings writes a line for each partner, in full with the claims.
func (p *dossierPage) meetings() {
	if len(p.Meetings) == 0 {
		return
	}
	p.title("Meetings")
	if p.full {
		for _, m := range p.Meetings {
			fmt.Fprintf(&p.b, "  %s, %s\n", clean(m.Actor.Name), count(len(m.Claims), "time"))
			p.claimGrid(m.Claims, "    ", false)
		}
		return
	}
	shown := p.Meetings[:min(shortList, len(p.Meetings))]
	g := grid{margin: "  "}
	for _, m := range shown {
		last := lastOf(m.Claims, 1)[0]
		g.rows = append(g.rows, []string{clean(m.Actor.Name), count(len(m.Claims), "time"), span(queries.NewTally(m.Claims)), string(last.ID)})
	}
	g.write(&p.b, p.ui.colors(), p.ui.textWidth())
	p.more(len(p.Meetings)-len(shown), "")
}

// papers writes what was signed, ratified and left when.
func (p *dossierPage) papers(title string, papers []queries.Paper) {
	if len(papers) == 0 {
		return
	}
	p.title(title)
	shown := lastPapers(papers, p.limit(shortList))
	if p.full {
		for _, paper := range shown {
			fmt.Fprintf(&p.b, "  %s\n", clean(paper.Actor.Name))
			p.claimGrid(paper.Claims(), "    ", false)
		}
		return
	}
	g := grid{margin: "  ", folded: 1}
	for _, paper := range shown {
		var deeds []string
		for _, d := range []struct {
			did    string
			groups []queries.Group
		}{{"signed", paper.Signed}, {"ratified", paper.Ratified}, {"left", paper.Left}} {
			if len(d.groups) > 0 {
				deeds = append(deeds, d.did+" "+p.deedWords(d.groups))
			}
		}
		if len(deeds) == 0 {
			deeds = append(deeds, string(paper.Other[0].Relation)+" "+p.deedWords(paper.Other))
		}
		g.rows = append(g.rows, []string{clean(paper.Actor.Name), strings.Join(deeds, ", "), string(paper.Claims()[0].ID)})
	}
	g.write(&p.b, p.ui.colors(), p.ui.textWidth())
	p.more(len(papers)-len(shown), "")
}

// lastPapers returns the n papers with the latest dates, in their order.
func lastPapers(papers []queries.Paper, n int) []queries.Paper {
	if len(papers) <= n {
		return papers
	}
	latest := func(p queries.Paper) entente.Date { return entente.Date{EDTF: queries.NewTally(p.Claims()).Last} }
	order := slices.Clone(papers)
	slices.SortStableFunc(order, func(a, b queries.Paper) int {
		x, y := latest(a), latest(b)
		if x.IsZero() != y.IsZero() {
			return x.Compare(y) // an unknown date is never the latest
		}
		return y.Compare(x)
	})
	keep := map[entente.EntityID]bool{}
	for _, p := range order[:n] {
		keep[p.Actor.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(papers), func(p queries.Paper) bool { return !keep[p.Actor.ID] })
}

// deedWords says when, and what of it has not simply happened.
func (p *dossierPage) deedWords(groups []queries.Group) string {
	g := groups[0]
	words := cmp.Or(g.Date, "undated")
	if g.Status != entente.Occurred && g.Status != entente.Ongoing {
		words += " [" + p.ui.statusWord(g.Status) + "]"
	}
	if len(g.Contested) > 0 {
		words += " [contested]"
	}
	if g.Subject.ID != p.Entity.ID && g.Subject.Kind == entente.Person {
		words += " by " + clean(g.Subject.Name)
	}
	return words
}

// reports lists the reports, of many the last ones.
func (p *dossierPage) reports() {
	if len(p.Reports) == 0 {
		return
	}
	p.title("Reports")
	shown := p.Reports[max(0, len(p.Reports)-p.limit(shortLatest)):]
	g := grid{margin: "  ", folded: 1}
	for _, r := range shown {
		g.rows = append(g.rows, []string{string(r.ID), clean(cite(r))})
	}
	g.write(&p.b, p.ui.colors(), p.ui.textWidth())
	p.more(len(p.Reports)-len(shown), "")
}
