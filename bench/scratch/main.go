package main

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	cayleygraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/entente-kg/entente/bench/bolt/peer"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/pebble"
)

func main() {
	asked, err := peer.ReadQuestions(os.Args[1])
	if err != nil {
		panic(err)
	}
	db := "/tmp/loaddb"
	if len(os.Args) > 2 {
		os.RemoveAll(db)
		f, _ := os.Create("/tmp/load.prof")
		pprof.StartCPUProfile(f)
		t := time.Now()
		g, _ := graph.Open(db, graph.Options{})
		in, _ := os.Open(os.Args[1] + "/quads.nq")
		n, err := g.Import(context.Background(), in)
		if err != nil {
			panic(err)
		}
		g.Close()
		pprof.StopCPUProfile()
		fmt.Println("load", n, time.Since(t), float64(n)/time.Since(t).Seconds())
	}
	t := time.Now()
	g, err := graph.Open(db, graph.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println("open", time.Since(t))
	s := g.Store()
	ctx := context.Background()
	f, _ := os.Create("/tmp/q6.prof")
	pprof.StartCPUProfile(f)
	t = time.Now()
	n, m := 0, 0
	var dl, dv time.Duration
	for range 100 {
		for _, p := range asked.Q6 {
			t := time.Now()
			label, _ := s.ValueOf(peer.IRI(p.Report)).(pebble.Node)
			var refs []cayleygraph.Ref
			for l, err := range s.Links(ctx, pebble.Link{3: label}) {
				if err != nil {
					panic(err)
				}
				refs = append(refs, l[0], l[1], l[2])
			}
			dl += time.Since(t)
			t = time.Now()
			v, _ := s.ValuesOf(ctx, refs)
			dv += time.Since(t)
			m += len(v)
			n++
		}
	}
	fmt.Println("q6", time.Since(t)/time.Duration(n), "links", dl/time.Duration(n), "values", dv/time.Duration(n), m/n)
	pprof.StopCPUProfile()
	_ = quad.IRI("")
}
