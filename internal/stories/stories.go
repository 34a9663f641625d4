// Package stories measures how well what several reports tell is put together:
// which entities are one, and which claims tell the same event.
//
// [Measure] reads the reports of a folder of stories, keeps them in a graph in
// memory, merges them as the command does and asks for all claims; what comes
// out is compared with gold by the B-cubed measure ([gold.Cluster]).
package stories

import (
	"context"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/internal/gold"
	"github.com/entente-kg/entente/loader"
	"github.com/entente-kg/entente/queries"
)

// Figures are the measures over the reports of several stories.
type Figures struct {
	Stories    int         `json:"stories"`
	Reports    int         `json:"reports"`
	Entities   gold.BCubed `json:"entities"`   // items: each entity of gold in each report that names it
	Persons    gold.BCubed `json:"persons"`    // of the entities
	Agreements gold.BCubed `json:"agreements"` // of the entities
	Events     gold.BCubed `json:"events"`     // items: the strictly right claims
	Contested  gold.Rates  `json:"contested"`  // groups with a contradiction, of the events with one
	Merges     int         `json:"merges"`     // made between reports

	EntityFaults []gold.Fault `json:"entity_faults,omitempty"`
	EventFaults  []gold.Fault `json:"event_faults,omitempty"`
}

// Options says how reports are put together.
type Options struct {
	NoMerge bool // entities are one only by their IDs
}

// Measure reads the reports, which must be of one folder with these tellings,
// and measures how they are put together.
func Measure(ctx context.Context, read *loader.Reader, golds []gold.Report, tellings []gold.Telling, o Options) (Figures, error) {
	readings := make([]entente.Reading, len(golds))
	for i, g := range golds {
		var err error
		if readings[i], err = read.Read(loader.Source{Name: g.Name + ".json", Data: g.Raw}, loader.Meta{}); err != nil {
			return Figures{}, err
		}
	}
	return Compare(ctx, golds, readings, tellings, o)
}

// Compare measures readings, which are those of golds in the same order.
func Compare(ctx context.Context, golds []gold.Report, readings []entente.Reading, tellings []gold.Telling, o Options) (f Figures, err error) {
	g, err := graph.OpenMemory()
	if err != nil {
		return f, err
	}
	defer func() { _ = g.Close() }()
	if _, err := g.AddAll(ctx, readings); err != nil {
		return f, err
	}
	if !o.NoMerge {
		made, err := queries.MergeAll(ctx, g)
		if err != nil {
			return f, err
		}
		f.Merges = len(made)
	}
	names := map[string]bool{}
	for _, r := range golds {
		names[gold.StoryOf(r.Name)] = true
	}
	f.Stories, f.Reports = len(names), len(golds)
	if err := f.entities(ctx, g, golds, readings); err != nil {
		return f, err
	}
	return f, f.events(ctx, g, golds, readings, tellings)
}

// entities measures which entities are one.
func (f *Figures) entities(ctx context.Context, g *graph.Graph, golds []gold.Report, readings []entente.Reading) error {
	items, of := map[entente.Kind][]gold.Item{}, map[entente.Kind]int{}
	var all []gold.Item
	total := 0
	for i, r := range golds {
		found := r.Align(readings[i])
		for _, e := range r.Entities {
			of[e.Type]++
			total++
			own, ok := found[e.Name]
			if !ok {
				continue
			}
			top, err := g.Entity(ctx, own.ID)
			if err != nil {
				return err
			}
			item := gold.Item{Story: gold.StoryOf(r.Name), Report: r.Name, Gold: e.Name, Read: string(top.ID), What: own.Name}
			items[e.Type] = append(items[e.Type], item)
			all = append(all, item)
		}
	}
	f.Entities = gold.Cluster(all, total)
	f.Persons = gold.Cluster(items[entente.Person], of[entente.Person])
	f.Agreements = gold.Cluster(items[entente.Agreement], of[entente.Agreement])
	f.EntityFaults = gold.Faults(all)
	return nil
}

// events measures which claims tell the same event, and which events are shown
// as contested.
func (f *Figures) events(ctx context.Context, g *graph.Graph, golds []gold.Report, readings []entente.Reading, tellings []gold.Telling) error {
	groups, err := queries.Claims(ctx, g, queries.Question{})
	if err != nil {
		return err
	}
	groupOf := map[entente.ClaimID]int{}
	for i, group := range groups {
		for _, r := range group.Records() {
			groupOf[r.ID] = i
		}
	}
	right := map[string][]entente.Record{} // by report: for each claim of gold what was read, the zero Record for nothing
	for i, r := range golds {
		records := readings[i].Records()
		list := make([]entente.Record, len(r.Claims))
		for n, at := range r.Right(records) {
			if at >= 0 {
				list[n] = records[at]
			}
		}
		right[r.Name] = list
	}
	var items []gold.Item
	var roles []gold.Role
	for _, t := range tellings {
		if r := right[t.Report][t.Claim]; r.ID != "" {
			group := groups[groupOf[r.ID]]
			items = append(items, gold.Item{Story: gold.StoryOf(t.Report), Report: t.Report, Gold: t.Event, Read: string(group.ID),
				What: r.Subject.Name + " " + string(r.Relation) + " " + r.Object.Name + " " + r.Date + " " + string(r.Status)})
			roles = append(roles, t.Role)
		}
	}
	f.Events = gold.Cluster(items, len(tellings))
	f.EventFaults = gold.Faults(items)
	contested := map[string]bool{}
	for _, group := range groups {
		contested[string(group.ID)] = len(group.Contested) > 0
	}
	f.Contested = contest(items, roles, contested)
	return nil
}

// contest counts the events of gold that claims which were found contradict
// each other about, the groups with such claims that are shown as contested, and
// those of them that hold a claim of such an event.
func contest(items []gold.Item, roles []gold.Role, shown map[string]bool) gold.Rates {
	tells, against := map[string]bool{}, map[string]bool{}
	for i, item := range items {
		if roles[i] == gold.Tells {
			tells[item.Gold] = true
		} else {
			against[item.Gold] = true
		}
	}
	var n gold.Count
	for event := range against {
		if tells[event] {
			n.Gold++
		}
	}
	seen, done := map[string]bool{}, map[string]bool{}
	for _, item := range items {
		if !shown[item.Read] {
			continue
		}
		if !seen[item.Read] {
			seen[item.Read] = true
			n.Found++
		}
		if tells[item.Gold] && against[item.Gold] && !done[item.Gold] {
			done[item.Gold] = true
			n.Right++
		}
	}
	return gold.RatesOf(n)
}
