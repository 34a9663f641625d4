package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

// lineCompleter completes lines of the repl.
type lineCompleter struct{ *repl }

// complete is what Tab calls, with the cursor behind pos characters. One candidate
// is put in; of several what they begin with, and where that is nothing new they are
// listed above the line.
func (l *lineCompleter) complete(line string, pos int) (head string, offers []string, tail string) {
	runes := []rune(line)
	before, tail := string(runes[:pos]), string(runes[pos:])
	start, offers := l.offers(before)
	head, typed := before[:start], before[start:]
	if len(offers) < 2 {
		return head, offers, tail
	}
	common := commonStart(offers)
	if utf8.RuneCountInString(common) > utf8.RuneCountInString(typed) {
		return head, []string{common}, tail
	}
	l.list(offers, line)
	return head, []string{typed}, tail
}

// offers returns what may stand at the end of the text before the cursor, and at
// which byte of it that begins.
func (l *lineCompleter) offers(before string) (start int, offers []string) {
	ctx := context.Background()
	switch first := strings.IndexFunc(before, func(r rune) bool { return r != ' ' }); {
	case first >= 0 && before[first] == '.':
		return dotOffers(before)
	case l.gizmo || gizmoBegins.MatchString(before):
		return l.gizmoOffers(ctx, before)
	}
	t := splitWords(before)
	switch {
	case len(t.words) == 0, len(t.words) == 1 && t.start < len(before):
		return t.start, spaced(beginning(slices.Concat(commandWords(l.app), []string{"entity(", "g."}), before[t.start:]))
	case l.app.Command(t.words[0]) == nil:
		return l.nameOffers(ctx, before)
	}
	words, typed := t.words, ""
	if t.start < len(before) {
		words, typed = words[:len(words)-1], words[len(words)-1]
	}
	c := completer{session: l.session, app: l.app, store: l.storeFlag()}
	for _, candidate := range c.candidates(ctx, words, typed) {
		offers = append(offers, quoted(candidate))
	}
	return t.start, spaced(offers)
}

// storeFlag is --store as the repl got it.
func (l *lineCompleter) storeFlag() string {
	if i := slices.Index(l.global, "--store"); i >= 0 {
		return l.global[i+1]
	}
	return ""
}

// spaced lets the cursor go on behind the only offer.
func spaced(offers []string) []string {
	if len(offers) == 1 && !strings.HasSuffix(offers[0], "(") && !strings.HasSuffix(offers[0], ".") {
		offers[0] += " "
	}
	return offers
}

// beginning returns the words that begin with what is typed.
func beginning(words []string, typed string) []string {
	var out []string
	for _, w := range words {
		if strings.HasPrefix(w, typed) {
			out = append(out, w)
		}
	}
	return out
}

// dotOffers completes dot-commands and their arguments.
func dotOffers(before string) (int, []string) {
	t := splitWords(before)
	if len(t.words) == 1 && t.start < len(before) {
		names := dotNames()
		for i, n := range names {
			names[i] = "." + n
		}
		return t.start, spaced(beginning(names, before[t.start:]))
	}
	for _, d := range dotCommands() {
		if "."+d.name == t.words[0] && (len(t.words) == 1 || len(t.words) == 2 && t.start < len(before)) {
			return t.start, beginning(d.choices, before[t.start:])
		}
	}
	return len(before), nil
}

// nameOffers completes a name at the end of a question in English: the longest of
// the last words that some name begins with.
func (l *lineCompleter) nameOffers(ctx context.Context, before string) (int, []string) {
	const most = 4 // words
	c := completer{session: l.session, app: l.app, store: l.storeFlag()}
	ctx, cancel := context.WithTimeout(ctx, completeTime)
	defer cancel()
	starts := wordStarts(before)
	for _, start := range starts[max(0, len(starts)-most):] {
		if names := c.names(ctx, before[start:]); before[start:] != "" && len(names) > 0 {
			return start, names
		}
	}
	return len(before), nil
}

// wordStarts returns where the words of a text begin.
func wordStarts(s string) []int {
	var starts []int
	space := true
	for i, r := range s {
		if space && !unicode.IsSpace(r) {
			starts = append(starts, i)
		}
		space = unicode.IsSpace(r)
	}
	return starts
}

var (
	// gizmoMember is a step that is being typed, behind what it is a step of.
	gizmoMember = regexp.MustCompile(`([\w$]*|[)\]])\s*\.\s*([\w$]*)$`)
	gizmoWord   = regexp.MustCompile(`[\w$]*$`)
)

// gizmoOffers completes Gizmo: names and predicates in a text, members behind a
// dot, else what a script has by name.
func (l *lineCompleter) gizmoOffers(ctx context.Context, before string) (int, []string) {
	if at := openText(before); at >= 0 {
		return at, l.textOffers(ctx, before[at:])
	}
	if m := gizmoMember.FindStringSubmatchIndex(before); m != nil {
		members := gizmoWords().path
		if of := before[m[2]:m[3]]; of == "g" || of == "graph" {
			members = gizmoWords().graph
		}
		return m[4], beginning(members, before[m[4]:])
	}
	start := gizmoWord.FindStringIndex(before)[0]
	return start, beginning(gizmoWords().global, before[start:])
}

// textOffers completes a text: a predicate in angle brackets, else a name.
func (l *lineCompleter) textOffers(ctx context.Context, typed string) []string {
	if strings.HasPrefix(typed, "<") {
		return beginning(predicates(), typed)
	}
	ctx, cancel := context.WithTimeout(ctx, completeTime)
	defer cancel()
	c := completer{session: l.session, app: l.app, store: l.storeFlag()}
	return slices.DeleteFunc(c.names(ctx, typed), func(name string) bool { return strings.ContainsAny(name, "\"'`\\") })
}

// predicates are the predicates of the graph as Gizmo writes them.
func predicates() []string {
	var names []string
	for _, shape := range graph.Schema() {
		if !strings.HasSuffix(shape.Predicate, ":") {
			names = append(names, "<"+shape.Predicate+">")
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// openText returns the byte at which the text in quotes begins that a script ends
// in, -1 where it ends in none.
func openText(script string) int {
	start, quote := -1, rune(0)
	escaped := false
	for i, r := range script {
		switch {
		case escaped:
			escaped = false
		case quote != 0 && r == '\\':
			escaped = true
		case r == quote:
			start, quote = -1, 0
		case quote == 0 && (r == '"' || r == '\'' || r == '`'):
			start, quote = i+1, r
		}
	}
	return start
}

// gizmoNames are the names that a script finds.
type gizmoNames struct{ global, graph, path []string }

// gizmoWords asks a script for them, in an empty graph. The start of a member in
// capitals and in small letters are one; the small ones are offered.
var gizmoWords = sync.OnceValue(func() (names gizmoNames) {
	g, err := graph.OpenMemory()
	if err != nil {
		return names
	}
	defer g.Close()
	ask := func(object string) (words []string) {
		for row, err := range g.Gizmo(context.Background(), "var names = []; for (var name in "+object+") names.push(name); names", graph.GizmoOptions{}) {
			if word, ok := row["id"].(string); err == nil && ok {
				words = append(words, word)
			}
		}
		return words
	}
	names.graph, names.path = members(ask("g")), members(ask("g.V()"))
	names.global = append([]string{"g"}, relationNames()...)
	for row, err := range queries.Gizmo(context.Background(), g, "Object.getOwnPropertyNames(this)", graph.GizmoOptions{}) {
		if word, ok := row["id"].(string); err == nil && ok && unicode.IsLower(rune(word[0])) && !slices.Contains(names.global, word) {
			names.global = append(names.global, word)
		}
	}
	slices.Sort(names.global)
	return names
})

// members sorts members and leaves out those with a twin in small letters.
func members(words []string) []string {
	var kept []string
	for _, w := range words {
		if small := strings.ToLower(w[:1]) + w[1:]; small == w || !slices.Contains(words, small) {
			kept = append(kept, w)
		}
	}
	slices.Sort(kept)
	return kept
}

// commonStart returns what all texts begin with.
func commonStart(texts []string) string {
	common := texts[0]
	for _, t := range texts[1:] {
		for !strings.HasPrefix(t, common) {
			_, size := utf8.DecodeLastRuneInString(common)
			common = common[:len(common)-size]
		}
	}
	return common
}

// list shows offers in columns, each down and then to the right, above the line
// that is being typed.
func (l *lineCompleter) list(offers []string, line string) {
	_, screen := terminal(l.ui.out)
	screen = max(screen, 20)
	width := 0
	for _, o := range offers {
		width = max(width, wordWidth(o)+gap)
	}
	columns := max(1, screen/width)
	rows := (len(offers) + columns - 1) / columns
	var b strings.Builder
	b.WriteByte('\n')
	for row := range rows {
		var cells string
		for i := row; i < len(offers); i += rows {
			cells += offers[i] + strings.Repeat(" ", width-wordWidth(offers[i]))
		}
		b.WriteString(cut(strings.TrimRight(cells, " "), screen-1) + "\n")
	}
	if len(offers) == maxCompletions {
		b.WriteString("…\n")
	}
	// liner clears as many lines above as what is typed takes
	b.WriteString(strings.Repeat("\n", (wordWidth(prompt)+wordWidth(line))/screen))
	fmt.Fprint(l.ui.out, b.String())
}
