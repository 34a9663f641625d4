package main

import (
	"math/rand/v2"
	"strings"
)

// words are what the generated sentences are made of.
var words = strings.Fields(`
the a this that its their both no more such delegation minister president envoy
ambassador council assembly committee border treaty accord protocol communique
summit visit session round agenda proposal draft ceasefire exchange prisoners
grain gas pipeline railway port airspace fleet exercise embargo tariff loan
credit aid convoy observers mission mandate resolution sanctions visas embassy
consulate archive river valley coast island strait capital province joint
bilateral regional humanitarian military economic cultural lasting partial
formal early late long open quiet after before during under within without
toward against on of for and with by said noted added stressed agreed repeated
confirmed denied expected hoped called urged remains continues includes follows
`)

// phrase makes so many words.
func phrase(rng *rand.Rand, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = words[rng.IntN(len(words))]
	}
	return strings.Join(list, " ")
}

// sentence makes a sentence of so many words.
func sentence(rng *rand.Rand, n int) string {
	s := phrase(rng, n)
	return strings.ToUpper(s[:1]) + s[1:] + "."
}
