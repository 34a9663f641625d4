package main

import (
	"context"
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/urfave/cli/v2"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/loader"
)

// demoQuestions are asked by the demo: words, and the command line that asks
// them.
var demoQuestions = []struct {
	words string
	line  []string
}{
	{"Who has been to Pyongyang?", []string{"claims", "--relation", "visited", "--object", "Pyongyang", "--evidence"}},
	{"What has Russia signed?", []string{"claims", "--relation", "signed", "--subject", "Russia", "--evidence"}},
	{"What links Iran and Saudi Arabia?", []string{"between", "Iran", "Saudi Arabia", "--evidence", "--limit", "6"}},
	{"How are Sergei Shoigu and Choe Son Hui connected?", []string{"path", "Sergei Shoigu", "Choe Son Hui"}},
	{"What did Kim Jong Un do since 2023, in order of time?", []string{"timeline", "Kim Jong Un", "--since", "2023", "--evidence", "--limit", "6"}},
	{"And in Gizmo: where has Sergei Lavrov been?", []string{"query", `entity("Sergei Lavrov").Out(visited).Unique().All()`}},
}

func (s *session) demoCommand() *cli.Command {
	return &cli.Command{
		Name:     "demo",
		Category: lookUp,
		Usage:    "load the sample reports into memory and answer six questions with their evidence",
		UsageText: "entente demo\n" +
			"entente demo --color always | less -R",
		Description: "Nothing is written, and nothing leaves the computer. The reports were written for this project and tell public facts.",
		Action: func(c *cli.Context) error {
			if err := needArgs(c, 0, 0); err != nil {
				return err
			}
			return s.demo(c.Context, c)
		},
	}
}

func (s *session) demo(ctx context.Context, c *cli.Context) error {
	g, err := graph.OpenMemory()
	if err != nil {
		return err
	}
	defer g.Close()
	n, err := s.loadSamples(ctx, g)
	if err != nil {
		return err
	}
	p := s.ui.colors()
	fmt.Fprintf(s.ui.out, "%s, written for this project, are in memory. Nothing was stored, nothing left your computer.\n", count(n, "sample report"))
	s.memory = g
	for _, q := range demoQuestions {
		fmt.Fprintf(s.ui.out, "\n%s%s%s\n", p.bold, q.words, p.off)
		if err := s.demonstrate(ctx, c, q.line...); err != nil {
			return err
		}
	}
	if err := s.demonstrateEvidence(ctx, c, g); err != nil {
		return err
	}
	fmt.Fprintf(s.ui.out, "\nYour own: entente load FILE…, then the same commands. entente --help lists them all.\n")
	return nil
}

// demonstrate shows a command line and does what it says.
func (s *session) demonstrate(ctx context.Context, c *cli.Context, line ...string) error {
	p := s.ui.colors()
	fmt.Fprintf(s.ui.out, "%s$ entente %s%s\n\n", p.dim, shellLine(line), p.off)
	if err := s.run(ctx, append([]string{"--color", c.String("color")}, append(line, "--format", "table")...)); err != nil {
		return fmt.Errorf("%s: %w", line[0], err)
	}
	return nil
}

// demonstrateEvidence shows the sentence behind one of the claims that the last
// question walked along.
func (s *session) demonstrateEvidence(ctx context.Context, c *cli.Context, g *graph.Graph) error {
	ids, err := findAll(ctx, g, []string{"Sergei Lavrov", "Pyongyang"})
	if err != nil {
		return err
	}
	for r, err := range g.Claims(ctx, graph.Query{Subject: ids[:1], Object: ids[1:], Statuses: []entente.Status{entente.Occurred}, Limit: 1}) {
		if err != nil {
			return err
		}
		p := s.ui.colors()
		fmt.Fprintf(s.ui.out, "\n%sWhich sentence says that he was in Pyongyang?%s\n", p.bold, p.off)
		return s.demonstrate(ctx, c, "evidence", string(r.ID))
	}
	return nil
}

// loadSamples reads the embedded sample reports into g and returns how many
// there are.
func (s *session) loadSamples(ctx context.Context, g *graph.Graph) (int, error) {
	entries, err := data.FS.ReadDir("reports")
	if err != nil {
		return 0, err
	}
	read, err := loader.New()
	if err != nil {
		return 0, err
	}
	n := 0
	for _, e := range entries {
		text, err := data.FS.ReadFile(path.Join("reports", e.Name()))
		if err != nil {
			return n, err
		}
		reading, err := read.Read(loader.Source{Name: e.Name(), Data: text}, loader.Meta{})
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return n, fmt.Errorf("sample report: %w", err)
		}
		if _, err := g.Add(ctx, reading); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// shellLine writes arguments as they are typed in a shell.
func shellLine(args []string) string {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = quoted(a)
	}
	return strings.Join(words, " ")
}

// shellWord writes one argument so that a shell takes it as it is.
func shellWord(word string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-.,:~/=", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
