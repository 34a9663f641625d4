package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/queries"
)

func (s *session) askCommand() *cli.Command {
	return &cli.Command{
		Name:      "ask",
		Category:  lookUp,
		Usage:     "answer a question in plain English, with the sentences that the answer rests on",
		ArgsUsage: "QUESTION…",
		UsageText: "entente ask \"Who visited Pyongyang in 2023?\"\n" +
			"entente ask did Lavrov ever visit Seoul --json",
		Description: "who, whom, what, which, when, where, how many, how often, did, has, will; who said, who denied; who is; what happened between X and Y;\n" +
			"how is X connected to Y; first, last, before, after, since, in. No language model and no network: a word that is not understood is named.\n" +
			"A yes-no question is answered \"yes\", \"no\" where a report denies it and none says that it was so, else \"not reported\".",
		Flags: append([]cli.Flag{
			&cli.IntFlag{Name: "limit", Aliases: []string{"n"}, Value: 10, Usage: "show at most `N` claims in a table; JSON has all"},
		}, documentFlags()...),
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 1, -1); err != nil {
				return err
			}
			if c.Int("limit") < 1 {
				return wrongUsage(c, "--limit is a number of claims, at least 1, not %d", c.Int("limit"))
			}
			return s.look(c, func(ctx context.Context, g *graph.Graph) error { return s.answer(ctx, c, g) })
		},
	}
}

// answer asks a question, with the one before where there was one, and prints what
// the graph says.
func (s *session) answer(ctx context.Context, c *cli.Context, g *graph.Graph) error {
	asker, err := s.newAsker()
	if err != nil {
		return err
	}
	text := strings.Join(c.Args().Slice(), " ")
	answer, err := asker.Ask(ctx, g, text, queries.AskOptions{Today: entente.NewDay(time.Now()), After: s.after})
	if err != nil {
		return err
	}
	s.after = &answer
	if format, err := s.format(c); err != nil || format != "table" {
		return s.document(c, answer, nil)
	}
	return s.printAnswer(ctx, g, answer, c.Int("limit"))
}

// newAsker returns the session's asker, which is made when first needed.
func (s *session) newAsker() (*queries.Asker, error) {
	if s.asker == nil {
		asker, err := queries.NewAsker()
		if err != nil {
			return nil, err
		}
		s.asker = asker
	}
	return s.asker, nil
}

// printAnswer tells an answer to people: how the question was understood, the answer,
// at most limit claims with their sentences.
func (s *session) printAnswer(ctx context.Context, g *graph.Graph, a queries.Answer, limit int) error {
	p := s.ui.colors()
	fmt.Fprintf(s.ui.out, "%s%s%s\n", p.dim, fold("understood: "+clean(a.Understood), s.ui.textWidth(), ""), p.off)
	if a.Route != nil && len(a.Route.Hops) > 0 {
		return s.printRoute(ctx, g, *a.Route)
	}
	fmt.Fprintf(s.ui.out, "%s%s%s\n", p.bold, fold(answerWords(a), s.ui.textWidth(), ""), p.off)
	shown := a.Claims[:min(limit, len(a.Claims))]
	if len(shown) > 0 {
		fmt.Fprintln(s.ui.out)
	}
	if err := s.printSentences(ctx, g, shown, ""); err != nil {
		return err
	}
	if more := len(a.Claims) - len(shown); more > 0 {
		fmt.Fprintf(s.ui.out, "%s… and %s; --limit N shows more, --json all%s\n", p.dim, count(more, "more claim"), p.off)
	}
	return nil
}

// answerWords is the answer in one line.
func answerWords(a queries.Answer) string {
	switch {
	case len(a.Answer) == 0:
		return "nothing reported"
	case a.Kind == "count" && a.Answer[0] == "0":
		return "none reported"
	case a.Kind == "claims":
		return count(len(a.Answer), "thing") + " reported"
	case a.Answer[0] == queries.NotReported && len(a.Claims) > 0:
		return queries.NotReported + ", but:"
	}
	separator := ", "
	if a.Kind == "when" {
		separator = "; "
	}
	return clean(strings.Join(a.Answer, separator))
}
