package main

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
)

func init() {
	if os.Getenv("STAT") == "" {
		return
	}
	stat = func(reports []*report) {
		type c struct{ n, pos, trust int }
		m := map[string]*c{}
		for _, r := range reports {
			labels := r.labels(nil)
			r.prompts(func(from, to int) {
				e := r.found[from]
				tok := r.doc.Sentences[e.Sentence].Tokens[e.Token]
				k := fmt.Sprintf("%s %s %s", e.Relation, e.Class, strings.ToLower(tok.Lemma))
				if m[k] == nil {
					m[k] = &c{}
				}
				m[k].n++
				if slices.Contains(labels[from:to], 1) {
					m[k].pos++
				}
			})
		}
		var ks []string
		for k := range m {
			ks = append(ks, k)
		}
		sort.Slice(ks, func(a, b int) bool { return m[ks[a]].n-m[ks[a]].pos > m[ks[b]].n-m[ks[b]].pos })
		for _, k := range ks {
			fmt.Printf("STAT %4d %4d %s\n", m[k].n, m[k].pos, k)
		}
	}
}
