package names

import (
	"strings"

	entente "github.com/entente-kg/entente"
)

// place gives a state to the officials whose title names none: "Foreign
// Minister Joly". It is the state of the dateline, or the one that the report
// names first, unless the sentence speaks of others only.
func (t *Table) place() {
	home := t.home()
	taken := map[string]*person{} // who holds an office of the home state
	for _, o := range t.offices {
		if p := t.byID[o.Person]; p.state == home {
			taken[strings.ToLower(o.Title)] = p
		}
	}
	for i := range t.offices {
		o := &t.offices[i]
		p := t.byID[o.Person]
		if o.For != "" {
			continue
		}
		if p.state == "" && p.guess == "" && p.holder == "" && t.athome(o, home) {
			p.guess = home
		}
		code := p.state
		if code == "" && p.guess == home && (taken[strings.ToLower(o.Title)] == nil || taken[strings.ToLower(o.Title)] == p) {
			code = t.certain(o, home)
			taken[strings.ToLower(o.Title)] = p
		}
		if id := t.g.states[code]; id != "" {
			o.For = t.entity(t.g.byID[id]).ID
		}
	}
}

// certain returns the code of the home state where it is as good as said that
// an office is one of it: a minister or head, in a sentence that names no other
// state; else "".
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

// home returns the code of the state in which the report is datelined, else of
// the first that it names.
func (t *Table) home() string {
	for _, m := range t.mentions {
		if len(m.Entities) != 1 {
			continue
		}
		e := t.Entity(m.Entities[0])
		if e.State != "" && (e.Kind == entente.State || strings.TrimSpace(t.report.Text[:m.Span.Start]) == "") {
			return e.State
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
