package names

import (
	"strings"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
)

// place gives a state to the officials whose title names none: "Foreign
// Minister Joly". It is the state of the dateline, or the one that the report
// names first, unless the sentence speaks of others only.
func (t *Table) place() {
	home, said := t.home()
	taken := map[string]*person{} // who holds an office of the home state
	for _, o := range t.offices {
		if p := t.byID[o.Person]; p.state == home {
			taken[t.seat(o)] = p
		}
	}
	for i := range t.offices {
		o := &t.offices[i]
		p := t.byID[o.Person]
		if o.For != "" {
			continue
		}
		if p.state == "" && p.guess == "" && p.holder == "" {
			if q := taken[t.seat(*o)]; q != nil && q != p && t.sole(*o) {
				p.guess = t.abroad(o, home)
			} else if t.athome(o, home) {
				p.guess = home
				taken[t.seat(*o)] = p
			}
		}
		code := p.state
		if there := t.there(o); code == "" && there != "" {
			code, p.guess = there, there
		}
		if code == "" && said && p.guess == home && (taken[t.seat(*o)] == nil || taken[t.seat(*o)] == p) {
			code = t.certain(o, home)
			taken[t.seat(*o)] = p
		}
		if id := t.g.states[code]; id != "" {
			o.For = t.entity(t.g.byID[id]).ID
		} else if code == "" {
			o.For = t.principal(*o)
		}
	}
}

// principal returns whose office a deputy minister's is, where the report gives the
// office itself to one state only: "Foreign Minister A of X … Deputy Foreign Minister B";
// "" where it does not. Deputies of envoys and spokesmen are of other houses too often.
func (t *Table) principal(o HeldOffice) entente.EntityID {
	title, isDeputy := strings.CutPrefix(strings.ToLower(o.Title), "deputy ")
	if !isDeputy || !strings.HasSuffix(title, "minister") {
		return ""
	}
	var of entente.EntityID
	for _, q := range t.offices {
		if q.For == "" || strings.ToLower(q.Title) != title || q.For == of {
			continue
		}
		if of != "" {
			return ""
		}
		of = q.For
	}
	return of
}

// seat returns what only one person of a state holds: the class of an office of
// which a state has one, else the title.
func (t *Table) seat(o HeldOffice) string {
	title := strings.ToLower(o.Title)
	if t.sole(o) {
		return t.g.class(title)
	}
	return title
}

// sole reports whether a state has one office of the class of this one.
func (t *Table) sole(o HeldOffice) bool {
	return t.g.is("sole", t.g.class(strings.ToLower(o.Title)))
}

// abroad returns the code of the state last named before an office, in its
// sentence, that is not the home state; "" for none.
func (t *Table) abroad(o *HeldOffice, home string) string {
	code := ""
	for _, m := range t.mentions {
		if m.Sentence != o.Sentence || m.Span.Start >= o.Span.Start {
			continue
		}
		if s := or(t.actsFor(m), t.lies(m)); s != "" && s != home {
			code = s
		}
	}
	return code
}

// lies returns the code of the state in which a place lies.
func (t *Table) lies(m Mention) string {
	if m.Kind != entente.Place || len(m.Entities) != 1 {
		return ""
	}
	return t.Entity(m.Entities[0]).State
}

// there returns the code of the state whose capital a sentence begins with, if
// the office is the first that it names: "In Lima, the foreign minister, …".
func (t *Table) there(o *HeldOffice) string {
	for _, m := range t.mentions {
		if m.Sentence != o.Sentence || m.Span.Start >= o.Span.Start {
			continue
		}
		if m.Kind != entente.Place || m.Acts == "" || !strings.HasSuffix(t.report.Text[:m.Span.Start], "In ") || o.Span.Start > m.Span.End+20 {
			return ""
		}
		return t.Entity(m.Acts).State
	}
	return ""
}

// certain returns the code of the home state where it is as good as said that
// an office is one of it, by its class; else "".
func (t *Table) certain(o *HeldOffice, home string) string {
	if !t.g.is("home-office", t.g.class(strings.ToLower(o.Title))) {
		return ""
	}
	return home
}

// athome reports whether the sentence of an office speaks, before it, of the
// home state or of none.
func (t *Table) athome(o *HeldOffice, home string) bool {
	none := true
	for _, m := range t.mentions {
		if m.Sentence != o.Sentence || m.Span.Start >= o.Span.Start || m.Kind == entente.Place && m.Span.Start == 0 {
			continue
		}
		if s := t.actsFor(m); s == home {
			return true
		} else if s != "" {
			none = false
		}
	}
	return none
}

// actsFor returns the code of the state that a mention names or acts for.
func (t *Table) actsFor(m Mention) string {
	if m.Acts != "" {
		return t.Entity(m.Acts).State
	}
	if len(m.Entities) != 1 || m.Kind == entente.Place {
		return ""
	}
	return t.Entity(m.Entities[0]).State
}

// home returns the code of the state whose ministry or office publishes the
// report, else of the one in which it is datelined, else of the first that it
// names; said is false for the last.
func (t *Table) home() (code string, said bool) {
	if code := t.g.publishes(t.report.Publisher); code != "" {
		return code, true
	}
	if code := t.g.stateIn(dateline(t.report.Text)); code != "" {
		return code, true
	}
	for _, m := range t.mentions {
		if len(m.Entities) != 1 {
			continue
		}
		e := t.Entity(m.Entities[0])
		dateline := strings.TrimSpace(t.report.Text[:m.Span.Start]) == ""
		if e.State != "" && (e.Kind == entente.State || dateline) {
			return e.State, dateline && e.Kind == entente.Place
		}
	}
	return "", false
}

// dateline returns the beginning of a text up to the first dash, bracket, colon
// or end of line, where that is near and holds only words with a capital:
// "LIMA, May 3"; "" for none.
func dateline(text string) string {
	text = text[:min(len(text), 60)]
	end := -1
	for _, mark := range []string{" (", " - ", " – ", " — ", " --", ": ", "\n", ". "} {
		if i := strings.Index(text, mark); i > 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return ""
	}
	for w := range strings.FieldsSeq(text[:end]) {
		if !upper(w) {
			return ""
		}
	}
	return text[:end]
}

// publishes returns the code of the state whose government a publisher is part
// of: "Ministry of Foreign Affairs, Oslo"; "" for others.
func (g *Gazetteer) publishes(publisher string) string {
	for w := range strings.FieldsSeq(publisher) {
		if g.is("public", strings.ToLower(strings.Trim(w, ",()"))) {
			return g.stateIn(publisher)
		}
	}
	return ""
}

// stateIn returns the code of the first state that a line names, or of that in
// which the first place lies that it names.
func (g *Gazetteer) stateIn(line string) string {
	f := &finder{g: g, text: line}
	at := 0
	for w := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ' ' || r == ',' || r == '(' || r == ')' || r == '\n' }) {
		start := at + strings.Index(line[at:], w)
		at = start + len(w)
		f.s = append(f.s, english.Token{Text: w, Tag: "NNP", Span: entente.Span{Start: start, End: at}})
	}
	f.load(0, f.s)
	for i := range f.s {
		found, _ := f.candidates(i)
		for _, e := range found {
			if e.state != "" && e.kind != entente.Organisation {
				return e.state
			}
		}
	}
	return ""
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
