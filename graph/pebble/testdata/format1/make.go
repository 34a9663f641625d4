//go:build ignore

// Makes the stores of format 1 that lie here. It was run in a checkout of commit
// e7cd23d, the last that wrote that format:
//
//	go run make.go closed >quads.nq           a store that was closed
//	go run make.go killed kill                one whose writer was killed
//	tar -C closed --sort=name --owner=0 --group=0 --numeric-owner --mtime=2026-01-01 -cf - . | gzip -9n >closed.tar.gz
package main

import (
	"context"
	"fmt"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/entente-kg/entente/graph/pebble"
)

func main() {
	dir := os.Args[1]
	kill := len(os.Args) > 2
	s, err := pebble.Open(dir, pebble.Options{})
	check(err)
	at := func(s string) quad.Time {
		t, err := time.Parse(time.RFC3339Nano, s)
		check(err)
		return quad.Time(t)
	}
	values := []quad.Value{
		quad.IRI("ent:Norway"), quad.BNode("b0"), quad.String("a sentence, \"quoted\"\nand in two lines"), quad.String(""),
		quad.String(strings.Repeat("a long text, of which the dictionary has only a hash; ", 20)),
		quad.LangString{Value: "Norvège", Lang: "fr"}, quad.TypedString{Value: "2024-05", Type: "http://id.loc.gov/datatypes/edtf"},
		quad.Int(0), quad.Int(-42), quad.Int(1 << 62), quad.Int(-1 << 63), quad.Int(1<<57 - 1), quad.Int(1 << 57),
		quad.Float(0.25), quad.Float(-1.5), quad.Float(0.1), quad.Float(1e300), quad.Float(0.123456789), quad.Float(12),
		quad.Bool(true), quad.Bool(false),
		at("2024-05-03T00:00:00Z"), at("2024-05-03T12:30:00.123456789Z"), at("1871-01-18T12:00:00Z"), at("0001-01-01T00:00:00Z"),
		quad.TypedString{Value: "5", Type: "http://www.w3.org/2001/XMLSchema#integer"},
		quad.TypedString{Value: "05", Type: "http://www.w3.org/2001/XMLSchema#integer"},
		quad.TypedString{Value: "true", Type: "http://www.w3.org/2001/XMLSchema#boolean"},
		quad.TypedString{Value: "2020-02-29T00:00:00Z", Type: "http://www.w3.org/2001/XMLSchema#dateTime"},
		quad.TypedString{Value: "1.25", Type: "http://www.w3.org/2001/XMLSchema#double"},
	}
	var last []graph.Delta
	batch := func(n int) {
		var in []graph.Delta
		for _, q := range last {
			in = append(in, graph.Delta{Quad: q.Quad, Action: graph.Delete})
		}
		last = nil
		for i, v := range values {
			q := quad.Quad{Subject: quad.IRI(fmt.Sprintf("claim:%d.%d", n, i)), Predicate: quad.IRI(fmt.Sprintf("kg:p%d", i%5)), Object: v}
			if i%3 > 0 {
				q.Label = quad.IRI(fmt.Sprintf("report:%d", n))
			}
			in = append(in, graph.Delta{Quad: q, Action: graph.Add})
			if i%4 == 0 {
				last = append(last, in[len(in)-1])
			}
		}
		check(s.ApplyDeltas(in, graph.IgnoreOpts{}))
	}
	for n := range 4 {
		batch(n)
		if n == 1 {
			check(s.Close())
			s, err = pebble.Open(dir, pebble.Options{})
			check(err)
		}
	}
	var lines []string
	it := s.QuadsAllIterator()
	for it.Next(context.Background()) {
		lines = append(lines, s.Quad(it.Result()).NQuad())
	}
	sort.Strings(lines)
	fmt.Println(strings.Join(lines, "\n"))
	if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
		panic(fmt.Sprint(problems, err))
	}
	if kill {
		os.Exit(0)
	}
	check(s.Close())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
