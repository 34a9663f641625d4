package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) pathCommand() *cli.Command {
	return &cli.Command{
		Name:      "path",
		Category:  lookUp,
		Usage:     "show how two actors are connected, each hop with its claim",
		ArgsUsage: "A B",
		UsageText: "entente path \"Sergei Shoigu\" \"Choe Son Hui\"\n" +
			"entente path Finland Turkey --relation met,visited --max-hops 4 --json",
		Description: "A shortest path over what occurred or is ongoing; only where there is none, over what is planned, denied or called off too.\n" +
			"A state is tried by itself first, then with its officials.",
		Flags: append([]cli.Flag{
			&cli.IntFlag{Name: "max-hops", Value: 6, Usage: "give up after `N` hops"},
			&cli.StringSliceFlag{Name: "relation", Aliases: []string{"r"}, Usage: "only over `RELATION`; several with commas"},
			&cli.StringFlag{Name: "since", Usage: "only over what may lie on or after `DATE`"},
			&cli.StringFlag{Name: "until", Usage: "only over what may lie on or before `DATE`"},
			&cli.BoolFlag{Name: "officials", Value: true, Usage: "let a state's officials stand for it; --officials=false turns it off"},
		}, formatFlags()...),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 2, 2); err != nil {
				return err
			}
			o, err := pathOptions(c)
			if err != nil {
				return err
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error { return s.path(ctx, c, g, o) })
		},
	}
}

func (s *session) path(ctx context.Context, c *cli.Context, g *graph.Graph, o queries.PathOptions) error {
	ids, err := findTwo(ctx, c, g)
	if err != nil {
		return err
	}
	route, err := queries.Path(ctx, g, ids[0], ids[1], o)
	if err != nil {
		return err
	}
	format, err := s.format(c)
	switch {
	case err != nil:
		return err
	case format == "json":
		return writeJSON(s.ui.out, route)
	case format == "table" && len(route.Hops) > 0:
		return s.printRoute(ctx, g, route)
	}
	return s.list(c, s.hopListing(route, c.Int("max-hops")))
}

func pathOptions(c *cli.Context) (o queries.PathOptions, err error) {
	o = queries.PathOptions{MaxHops: c.Int("max-hops"), NoOfficials: !c.Bool("officials")}
	if o.MaxHops < 1 {
		return o, wrongUsage(c, "--max-hops is a number of hops, at least 1, not %d", o.MaxHops)
	}
	var q graph.Query
	if err := relationFlag(c, &q); err != nil {
		return o, err
	}
	o.Relations = q.Relations
	o.Since, o.Until, err = dateFlags(c)
	return o, err
}

// hopListing has one row for each hop, with its first claim.
func (s *session) hopListing(route queries.Route, maxHops int) listing {
	l := listing{
		columns: append([]column{{name: "hop"}, {name: "from", elastic: true}, {name: "to", elastic: true}}, claimColumns...),
		fields:  append([]string{"hop", "from", "to"}, claimFields...),
		nothing: fmt.Sprintf("no path of at most %s between %s and %s", count(maxHops, "hop"), route.From.Name, route.To.Name),
	}
	for i, hop := range route.Hops {
		head := []string{strconv.Itoa(i + 1), clean(hop.From.Name), clean(hop.To.Name)}
		l.records = append(l.records, hop)
		l.rows = append(l.rows, append(head, s.claimRow(hop.Claims[0])...))
		l.values = append(l.values, append(head, claimValues(hop.Claims[0])...))
	}
	return l
}

// printRoute tells a path to people: the chain in one line, then each hop with
// the sentence of its first claim.
func (s *session) printRoute(ctx context.Context, g *graph.Graph, route queries.Route) error {
	p := s.ui.colors()
	var chain strings.Builder
	chain.WriteString(clean(route.Hops[0].From.Name))
	for _, hop := range route.Hops {
		fmt.Fprintf(&chain, " %s%s%s %s", p.dim, arrow(hop), p.off, clean(hop.To.Name))
	}
	note := ""
	if route.AnyStatus {
		note = "; nothing that occurred connects them, so this rests on what is planned, denied or called off"
	}
	fmt.Fprintf(s.ui.out, "%s%s\n%s\n", count(len(route.Hops), "hop"), note, fold(chain.String(), s.ui.textWidth(), ""))
	for i, hop := range route.Hops {
		fmt.Fprintf(s.ui.out, "\n%d. %s", i+1, clean(hop.From.Name)+" – "+clean(hop.To.Name))
		if more := len(hop.Claims) - 1; more > 0 {
			fmt.Fprintf(s.ui.out, "  %s(and %s)%s", p.dim, count(more, "more claim"), p.off)
		}
		fmt.Fprintln(s.ui.out)
		if err := s.printSentences(ctx, g, hop.Claims[:1], "   "); err != nil {
			return err
		}
	}
	return nil
}

// arrow writes the relation of a hop's first claim in the direction that it has.
func arrow(h queries.Hop) string {
	r := h.Claims[0]
	switch word := string(r.Relation); {
	case r.Relation.IsSymmetric():
		return "─" + word + "─"
	case r.Subject.ID == h.From.ID:
		return "─" + word + "→"
	default:
		return "←" + word + "─"
	}
}

// nearestRelation names the relation that is most like a word, or all of them.
func nearestRelation(word string) string {
	var all []string
	for _, a := range entente.Relations {
		all = append(all, string(a.Relation))
	}
	word = strings.NewReplacer(" ", "_", "-", "_").Replace(strings.TrimSpace(word))
	if near := didYouMean(word, all, ""); near != "" {
		return near
	}
	return "; relations: " + strings.Join(all, ", ")
}

// relationFlag reads --relation.
func relationFlag(c *cli.Context, q *graph.Query) error {
	for _, name := range c.StringSlice("relation") {
		r, err := entente.ParseRelation(name)
		if err != nil {
			return wrongUsage(c, "--relation: unknown relation %q%s", name, nearestRelation(name))
		}
		q.Relations = append(q.Relations, r)
	}
	return nil
}
