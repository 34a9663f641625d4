package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/entente-kg/entente/queries"
)

// paramFlag gathers --param, whose values may hold commas.
type paramFlag []string

// Set implements flag.Value.
func (p *paramFlag) Set(text string) error {
	*p = append(*p, text)
	return nil
}

// String implements flag.Value.
func (p *paramFlag) String() string { return strings.Join(*p, " ") }

// savedQuery returns the script that the command line names, with its head read.
func (s *session) savedQuery(c *cli.Context) (queries.Saved, error) {
	file, what := c.String("file"), "script"
	args := 1
	if file != "" {
		args, what = 0, file
	}
	if err := needArgs(c, args, args); err != nil {
		return queries.Saved{}, err
	}
	script, err := s.script(file, c.Args().First())
	if err != nil {
		return queries.Saved{}, err
	}
	saved, err := queries.ParseSaved(script)
	if err != nil {
		err = fmt.Errorf("%s: %w", what, err)
	}
	return saved, err
}

// maxScript is the longest script that is read from a file or standard input.
const maxScript = 1 << 20

// script returns what the file holds, else the argument, or what standard input
// holds for "-".
func (s *session) script(file, arg string) (string, error) {
	in, name := s.in, "script on standard input"
	switch {
	case file == "" && arg != "-":
		return arg, nil
	case file != "" && file != "-":
		f, err := os.Open(file)
		if err != nil {
			return "", err
		}
		defer f.Close()
		in, name = f, file
	}
	text, err := io.ReadAll(io.LimitReader(in, maxScript+1))
	if err == nil && len(text) > maxScript {
		err = fmt.Errorf("longer than %d bytes", maxScript)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return string(text), nil
}

// bind gives the parameters of a saved query the values of --param. What is wrong
// with them is wrong usage, which lists all.
func bind(c *cli.Context, saved queries.Saved) (map[string]any, error) {
	values := map[string][]string{}
	for _, text := range *c.Generic("param").(*paramFlag) {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, wrongUsage(c, "--param wants NAME=VALUE, not %q", text)
		}
		if d, ok := dateWords(value, time.Now()); ok && takesDate(saved, name) {
			value = d.EDTF
		}
		values[name] = append(values[name], value)
	}
	variables, err := saved.Bind(values)
	if err == nil {
		return variables, nil
	}
	takes := "the script takes none"
	if len(saved.Params) > 0 {
		var words []string
		for _, p := range saved.Params {
			words = append(words, p.String())
		}
		takes = "it takes " + strings.Join(words, ", ")
	}
	return nil, wrongUsage(c, "query: %v; %s", err, takes)
}

// takesDate reports whether a parameter is a date, which may be given in words, as
// in --since.
func takesDate(saved queries.Saved, name string) bool {
	return slices.ContainsFunc(saved.Params, func(p queries.Param) bool { return p.Name == name && p.Type == queries.DateParam })
}

// describe says what a saved query does and takes.
func (s *session) describe(c *cli.Context, saved queries.Saved) error {
	if _, err := s.format(c); err != nil {
		return err
	}
	if saved.About != "" {
		s.ui.note("%s", saved.About)
	}
	l := listing{
		columns: []column{{name: "param"}, {name: "type"}, {name: "default"}, {name: "means", elastic: true}},
		nothing: "no parameters",
	}
	for _, p := range saved.Params {
		kind, usual := string(p.Type), "–"
		if p.Many {
			kind += "[]"
		}
		if !p.Optional {
			usual = "needed"
		} else if p.Default != nil {
			usual = strings.Join(p.Default, ",")
		}
		l.rows = append(l.rows, []string{p.Name, kind, clean(usual), clean(p.Means)})
		l.records = append(l.records, p)
	}
	return s.list(c, l)
}
