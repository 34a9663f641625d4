package main

import (
	"context"
	"fmt"
	"slices"
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
			"entente path Macron Lavrov -k 3 --through person --in-order",
		Description: "A shortest path over what occurred or is ongoing; only where there is none, over what is planned, denied or called off too.\n" +
			"A state is tried by itself first, then with its officials.\n" +
			"Of paths with as many hops the best is that of whose weakest hop the most publishers tell in words of their own,\n" +
			"then that which was read most surely.\n" +
			"In order of time no hop lies before the one before it: for certain, or possibly, where a date such as 2024 leaves it open.",
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "all paths of the fewest hops"},
			&cli.IntFlag{Name: "best", Aliases: []string{"k"}, Usage: "the `N` best paths, however long"},
			&cli.BoolFlag{Name: "in-order", Usage: "only paths in order of time, from A to B, over claims with a date"},
			&cli.BoolFlag{Name: "earliest", Usage: "those in order of time that arrive first, not those of the fewest hops"},
			&cli.IntFlag{Name: "max-hops", Value: 6, Usage: "give up after `N` hops"},
			&cli.StringSliceFlag{Name: "relation", Aliases: []string{"r"}, Usage: "only over `RELATION`; several with commas"},
			&cli.StringSliceFlag{Name: "without-relation", Usage: "not over `RELATION`; several with commas"},
			&cli.StringFlag{Name: "since", Usage: "only over what may lie on or after `DATE`"},
			&cli.StringFlag{Name: "until", Usage: "only over what may lie on or before `DATE`"},
			&cli.StringSliceFlag{Name: "avoid", Usage: "not over `NAME`; several with commas"},
			&cli.StringSliceFlag{Name: "through", Usage: "what lies between is a `KIND`: " + listOf(pathKinds) + "; several with commas"},
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

// pathKinds are the kinds of what can lie on a path.
var pathKinds = []entente.Kind{entente.Person, entente.State, entente.Organisation, entente.Place, entente.Agreement}

func (s *session) path(ctx context.Context, c *cli.Context, g *graph.Graph, o queries.PathOptions) error {
	ids, err := findTwo(ctx, c, g)
	if err != nil {
		return err
	}
	if o.Avoid, err = findAll(ctx, g, c.StringSlice("avoid")); err != nil {
		return err
	}
	for i, id := range o.Avoid {
		if slices.Contains(ids, id) {
			return wrongUsage(c, "--avoid %s: an end of the path cannot be avoided", c.StringSlice("avoid")[i])
		}
	}
	if c.IsSet("best") || o.All {
		routes, err := queries.Paths(ctx, g, ids[0], ids[1], o)
		if err != nil {
			return err
		}
		return s.printRoutes(ctx, c, g, routes)
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
	l := hopListing(nothingOn(c))
	s.addHops(&l, route)
	return s.list(c, l)
}

func pathOptions(c *cli.Context) (o queries.PathOptions, err error) {
	o = queries.PathOptions{
		MaxHops: c.Int("max-hops"), NoOfficials: !c.Bool("officials"), K: c.Int("best"), All: c.Bool("all"),
		Earliest: c.Bool("earliest"), InOrder: c.Bool("in-order") || c.Bool("earliest"),
	}
	switch {
	case o.MaxHops < 1:
		return o, wrongUsage(c, "--max-hops is a number of hops, at least 1, not %d", o.MaxHops)
	case c.IsSet("best") && o.K < 1:
		return o, wrongUsage(c, "-k is a number of paths, at least 1, not %d", o.K)
	case c.IsSet("best") && o.All:
		return o, wrongUsage(c, "--all and -k exclude each other")
	}
	if o.Relations, err = relationsOf(c, "relation"); err != nil {
		return o, err
	}
	if o.WithoutRelations, err = relationsOf(c, "without-relation"); err != nil {
		return o, err
	}
	for _, word := range c.StringSlice("through") {
		kind := entente.Kind(strings.ToLower(strings.TrimSpace(word)))
		if !slices.Contains(pathKinds, kind) {
			return o, wrongUsage(c, "--through: unknown kind %q; kinds: %s", word, listOf(pathKinds))
		}
		o.Through = append(o.Through, kind)
	}
	o.Since, o.Until, err = dateFlags(c)
	return o, err
}

// nothingOn says that there is no path, and of what sort.
func nothingOn(c *cli.Context) string {
	ends := "between %s and %s"
	if c.Bool("in-order") || c.Bool("earliest") {
		ends = "in order of time from %s to %s"
	}
	return fmt.Sprintf("no path of at most %s "+ends, count(c.Int("max-hops"), "hop"), c.Args().Get(0), c.Args().Get(1))
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
func relationFlag(c *cli.Context, q *graph.Query) (err error) {
	q.Relations, err = relationsOf(c, "relation")
	return err
}

// relationsOf reads a flag that names relations.
func relationsOf(c *cli.Context, flag string) (list []entente.Relation, err error) {
	for _, name := range c.StringSlice(flag) {
		r, err := entente.ParseRelation(name)
		if err != nil {
			return nil, wrongUsage(c, "--%s: unknown relation %q%s", flag, name, nearestRelation(name))
		}
		list = append(list, r)
	}
	return list, nil
}
