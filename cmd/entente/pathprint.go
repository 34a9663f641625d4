package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

// hopListing has one row for each hop, with its first claim.
func hopListing(nothing string) listing {
	return listing{
		columns: append([]column{{name: "hop"}, {name: "from", elastic: true}, {name: "to", elastic: true}}, claimColumns...),
		fields:  append([]string{"hop", "from", "to"}, claimFields...),
		nothing: nothing,
	}
}

// addHops adds the hops of a route, behind what stands before the cells of each.
func (s *session) addHops(l *listing, route queries.Route, before ...string) {
	for i, hop := range route.Hops {
		head := append(slices.Clone(before), strconv.Itoa(i+1), clean(hop.From.Name), clean(hop.To.Name))
		l.records = append(l.records, hop)
		l.rows = append(l.rows, slices.Concat(head, s.claimRow(hop.Claims[0])))
		l.values = append(l.values, slices.Concat(head, claimValues(hop.Claims[0])))
	}
}

// printRoutes shows several routes: to people as a numbered list, in JSON one object a
// route, in rows one a hop.
func (s *session) printRoutes(ctx context.Context, c *cli.Context, g *graph.Graph, routes []queries.Route) error {
	format, err := s.format(c)
	if err != nil {
		return err
	}
	if format == "table" && len(routes) > 0 {
		return s.printRouteList(ctx, g, routes)
	}
	l := hopListing(nothingOn(c))
	l.columns = append([]column{{name: "path"}}, l.columns...)
	l.fields = append([]string{"path"}, l.fields...)
	for i, route := range routes {
		s.addHops(&l, route, strconv.Itoa(i+1))
	}
	l.records = nil
	for _, route := range routes {
		l.records = append(l.records, route)
	}
	return s.list(c, l)
}

// printRouteList numbers the routes; each is its chain and the claim of each hop with
// its sentence.
func (s *session) printRouteList(ctx context.Context, g *graph.Graph, routes []queries.Route) error {
	fmt.Fprintln(s.ui.out, count(len(routes), "path"))
	for i, route := range routes {
		number := strconv.Itoa(i+1) + ". "
		margin := strings.Repeat(" ", len(number))
		chain := fold(s.chain(route), s.ui.textWidth(), margin)
		fmt.Fprintf(s.ui.out, "\n%s%s\n%s\n\n", number, routeWords(route), chain)
		for _, hop := range route.Hops {
			if err := s.printSentences(ctx, g, hop.Claims[:1], margin); err != nil {
				return err
			}
		}
	}
	return nil
}

// printRoute tells a path to people: the chain in one line, then each hop with
// the sentence of its first claim.
func (s *session) printRoute(ctx context.Context, g *graph.Graph, route queries.Route) error {
	p := s.ui.colors()
	fmt.Fprintf(s.ui.out, "%s\n%s\n", routeWords(route), fold(s.chain(route), s.ui.textWidth(), ""))
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

// routeWords says what sort of path a route is.
func routeWords(route queries.Route) string {
	words := count(len(route.Hops), "hop")
	switch route.Order {
	case queries.CertainOrder:
		words += ", in order of time"
	case queries.PossibleOrder:
		words += ", possibly in order of time: the dates leave it open"
	}
	if route.Arrival != "" {
		words += "; there on " + route.Arrival + " at the earliest"
	}
	if route.AnyStatus {
		words += "; nothing that occurred connects them, so this rests on what is planned, denied or called off"
	}
	return words
}

// chain writes a route in one line.
func (s *session) chain(route queries.Route) string {
	p := s.ui.colors()
	var chain strings.Builder
	chain.WriteString(clean(route.Hops[0].From.Name))
	for _, hop := range route.Hops {
		fmt.Fprintf(&chain, " %s%s%s %s", p.dim, arrow(hop), p.off, clean(hop.To.Name))
	}
	return chain.String()
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
