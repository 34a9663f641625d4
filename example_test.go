package entente_test

import (
	"context"
	"fmt"
	"log"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/loader"
	"github.com/entente-kg/entente/queries"
)

// The program of README.md: a graph, a report, and the claims between two states
// with the sentences that make them.
func Example() {
	ctx := context.Background()
	g, err := graph.OpenMemory() // or graph.Open("folder", graph.Options{})
	check(err)
	defer g.Close()
	reader, err := loader.New()
	check(err)
	for result := range reader.ReadAll(ctx, loader.Open([]string{"data/reports/prespa-agreement-2018.md"}, nil), loader.Meta{}) {
		check(result.Err)
		_, err := g.Add(ctx, result.Reading)
		check(err)
	}
	greece, macedonia := []entente.EntityID{"Greece"}, []entente.EntityID{"North_Macedonia"} // g.FindOne finds names
	groups, err := queries.Between(ctx, g, greece, macedonia, queries.Question{})
	check(err)
	for _, claim := range groups {
		fmt.Println(claim.Subject.Name, claim.Relation, claim.Object.Name, claim.Statuses())
		fmt.Println("  ", claim.Text)
	}
	// Output:
	// Greece rejected North Macedonia [occurred]
	//    Greece had vetoed an invitation to Macedonia at the NATO summit in Bucharest in April 2008.
	// North Macedonia ratified Prespa Agreement [planned]
	//    The Macedonian parliament is expected to ratify the accord this week.
	// Greece agreed_with North Macedonia [occurred]
	//    Greece and Macedonia signed an agreement on Sunday that ends a dispute of 27 years over the name of the younger state.
	// Greece signed agreement [occurred]
	//    Greece and Macedonia signed an agreement on Sunday that ends a dispute of 27 years over the name of the younger state.
	// North Macedonia signed agreement [occurred]
	//    Greece and Macedonia signed an agreement on Sunday that ends a dispute of 27 years over the name of the younger state.
	// Nikola Dimitrov signed Prespa Agreement [occurred]
	//    Greek Foreign Minister Nikos Kotzias and his Macedonian counterpart, Nikola Dimitrov, signed the Prespa Agreement in the village of Psarades, on the shore of Lake Prespa.
	// Nikos Kotzias signed Prespa Agreement [occurred]
	//    Greek Foreign Minister Nikos Kotzias and his Macedonian counterpart, Nikola Dimitrov, signed the Prespa Agreement in the village of Psarades, on the shore of Lake Prespa.
	// Greece invited North Macedonia [occurred]
	//    Greece had vetoed an invitation to Macedonia at the NATO summit in Bucharest in April 2008.
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
