package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
)

// Change says what adding a reading did.
type Change int

// The changes.
const (
	Unchanged Change = iota // the graph held this very reading
	Added                   // the report is new
	Replaced                // the report was known with another reading, which is gone
)

func (c Change) String() string {
	switch c {
	case Added:
		return "added"
	case Replaced:
		return "replaced"
	}
	return "unchanged"
}

// Add puts a reading into the graph; when it returns, the reading is on the
// disk. A reading of a report that the graph knows replaces the old one whole.
// It is an error when the reading contradicts itself (see [entente.Reading]):
// what it names is missing, a span leaves the text.
func (g *Graph) Add(ctx context.Context, r entente.Reading) (Change, error) {
	changes, err := g.AddAll(ctx, []entente.Reading{r})
	if err != nil {
		return Unchanged, err
	}
	return changes[0], nil
}

// AddAll adds several readings at once, all or, with an error, none. It is
// faster than as many calls of Add, since the disk is waited for once.
func (g *Graph) AddAll(ctx context.Context, rs []entente.Reading) ([]Change, error) {
	for _, r := range rs {
		if err := validate(r); err != nil {
			return nil, fmt.Errorf("report %s: %w", r.Report.ID, err)
		}
	}
	changes := make([]Change, len(rs))
	err := g.change(ctx, func(b *batch) error {
		for i, r := range rs {
			var err error
			if changes[i], err = b.put(r); err != nil {
				return fmt.Errorf("report %s: %w", r.Report.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changes, nil
}

// Remove takes a report out of the graph with all that only it says. Merges of
// entities that it named stay. Errors: ErrNotFound.
func (g *Graph) Remove(ctx context.Context, id entente.ReportID) error {
	return g.change(ctx, func(b *batch) error {
		old, err := b.current(reportIRI(id))
		if err == nil && len(old) == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("report %s: %w", id, err)
		}
		b.swap(reportIRI(id), old, nil)
		return nil
	})
}

// change collects a batch and writes it.
func (g *Graph) change(ctx context.Context, collect func(*batch) error) error {
	g.write.Lock()
	defer g.write.Unlock()
	v := g.view(ctx)
	defer v.close()
	b := &batch{
		v: v, want: make(map[quad.Quad]bool), reports: make(map[quad.IRI]set),
		entities: make(map[entente.EntityID]bool), texts: make(map[quad.IRI]bool),
		about: make(map[quad.IRI][]quad.Quad), content: make(map[quad.IRI]string),
	}
	if err := collect(b); err != nil {
		return err
	}
	if err := b.settle(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return g.apply(b.deltas())
}

// apply writes quads as one batch on the disk.
func (g *Graph) apply(deltas []graph.Delta) error {
	if len(deltas) == 0 {
		return nil
	}
	err := g.store.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
	g.forget()
	return err
}

type set map[quad.Quad]bool

func setOf(quads []quad.Quad) set {
	s := make(set, len(quads))
	for _, q := range quads {
		s[q] = true
	}
	return s
}

// batch is a change of the graph before it is written.
type batch struct {
	v        *view
	order    []quad.Quad
	want     map[quad.Quad]bool // whether a quad shall be there afterwards
	reports  map[quad.IRI]set   // what reports of this batch say by now
	entities map[entente.EntityID]bool
	texts    map[quad.IRI]bool        // the texts whose reports change
	about    map[quad.IRI][]quad.Quad // those of order that keep an entity or a text there
	content  map[quad.IRI]string      // of new texts
}

func (b *batch) note(q quad.Quad, present bool) {
	if _, ok := b.want[q]; !ok {
		b.order = append(b.order, q)
	}
	b.want[q] = present
}

// deltas lists the changes in the order in which they were noted, so that the
// same changes give the same store.
func (b *batch) deltas() []graph.Delta {
	deltas := make([]graph.Delta, 0, len(b.order))
	for _, q := range b.order {
		d := graph.Delta{Quad: q, Action: graph.Delete}
		if b.want[q] {
			d.Action = graph.Add
		}
		deltas = append(deltas, d)
	}
	return deltas
}

// current returns what stands under a report's label.
func (b *batch) current(label quad.IRI) (set, error) {
	if s, ok := b.reports[label]; ok {
		return s, nil
	}
	quads, err := b.v.all(quad.Quad{Label: label})
	return setOf(quads), err
}

func (b *batch) put(r entente.Reading) (Change, error) {
	label := reportIRI(r.Report.ID)
	quads, err := b.v.g.world.quadsOf(r)
	if err != nil {
		return Unchanged, err
	}
	old, err := b.current(label)
	if err != nil {
		return Unchanged, err
	}
	b.content[textIRI(r.Report.TextID())] = r.Report.Text
	changed := b.swap(label, old, quads)
	switch {
	case !changed:
		return Unchanged, nil
	case len(old) == 0:
		return Added, nil
	}
	return Replaced, nil
}

// swap replaces what a report says and reports whether that makes a difference.
func (b *batch) swap(label quad.IRI, old set, quads []quad.Quad) (changed bool) {
	now := setOf(quads)
	b.reports[label] = now
	for _, q := range slices.SortedFunc(maps.Keys(old), compareQuads) {
		if !now[q] {
			b.note(q, false)
			b.touch(q)
			changed = true
		}
	}
	for _, q := range quads {
		if !old[q] {
			b.note(q, true)
			b.touch(q)
			changed = true
		}
	}
	return changed
}

func compareQuads(a, b quad.Quad) int {
	for _, d := range quad.Directions {
		if x, y := quad.StringOf(a.Get(d)), quad.StringOf(b.Get(d)); x != y {
			if x < y {
				return -1
			}
			return 1
		}
	}
	return 0
}

// touch notes what a quad may make come or go.
func (b *batch) touch(q quad.Quad) {
	var node quad.IRI
	switch q.Predicate {
	case kgNames, kgText:
		node, _ = q.Object.(quad.IRI)
	case kgForm:
		node, _ = q.Subject.(quad.IRI)
	default:
		return
	}
	b.about[node] = append(b.about[node], q)
	if q.Predicate == kgText {
		b.texts[node] = true
	} else {
		b.entities[entente.EntityID(afterPrefix(node, entPrefix))] = true
	}
}

// settle adds what reports share and removes what no report needs any more.
func (b *batch) settle() error {
	for _, id := range slices.Sorted(maps.Keys(b.entities)) {
		if err := b.settleEntity(id); err != nil {
			return fmt.Errorf("entity %s: %w", id, err)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(b.texts)) {
		if err := b.settleText(text); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	return nil
}

// some reports whether a node will be the object of a predicate.
func (b *batch) some(predicate, node quad.IRI) (bool, error) {
	for _, q := range b.about[node] {
		if b.want[q] && q.Predicate == predicate {
			return true, nil
		}
	}
	for q, err := range b.v.quads(quad.Quad{Predicate: predicate, Object: node}) {
		if err != nil {
			return false, err
		}
		if present, ok := b.want[q]; !ok || present {
			return true, nil
		}
	}
	return false, nil
}

// settleText keeps a text once while a report has it.
func (b *batch) settleText(text quad.IRI) error {
	needed, err := b.some(kgText, text)
	if err != nil {
		return err
	}
	old, err := b.v.object(quad.Quad{Subject: text, Predicate: kgContent, Label: fromTexts})
	if err != nil {
		return err
	}
	switch content := quad.String(b.content[text]); {
	case needed && old == nil:
		b.note(quad.Quad{Subject: text, Predicate: kgContent, Object: content, Label: fromTexts}, true)
	case !needed && old != nil:
		b.note(quad.Quad{Subject: text, Predicate: kgContent, Object: old, Label: fromTexts}, false)
	}
	return nil
}

// settleEntity makes the lasting quads of an entity those of its best form.
func (b *batch) settleEntity(id entente.EntityID) error {
	node, label := entIRI(id), fromEntities
	known, inGazetteer := b.v.g.world.byID[id]
	if inGazetteer {
		label = fromGazetteer
	}
	old, err := b.v.all(quad.Quad{Subject: node, Label: label})
	if err != nil {
		return err
	}
	needed, err := b.some(kgNames, node)
	if err != nil {
		return err
	}
	var now set
	switch {
	case needed && inGazetteer:
		now = setOf(formOf(known).quads(id, label))
	case needed:
		best, err := b.bestForm(node, old)
		if err != nil {
			return err
		}
		now = setOf(best.quads(id, label))
	}
	for _, q := range old {
		if !now[q] {
			b.note(q, false)
		}
	}
	for _, q := range slices.SortedFunc(maps.Keys(now), compareQuads) {
		if !slices.Contains(old, q) {
			b.note(q, true)
		}
	}
	return nil
}

// bestForm returns the best of the forms that reports will give a node, whose
// lasting quads are now old. Only where a form goes are all of them read.
func (b *batch) bestForm(node quad.IRI, old []quad.Quad) (form, error) {
	forms := make(map[form]bool)
	readAll := len(old) == 0
	for _, q := range b.about[node] {
		if q.Predicate != kgForm {
			continue
		}
		f, err := decodeForm(q.Object)
		if err != nil {
			return form{}, err
		}
		readAll = readAll || !b.want[q]
		if b.want[q] {
			forms[f] = true
		}
	}
	if !readAll {
		forms[formFrom(old)] = true
	} else if err := b.readForms(node, forms); err != nil {
		return form{}, err
	}
	return best(forms), nil
}

func best(forms map[form]bool) (best form) {
	for f := range forms {
		if best.kind == "" || f.less(best) {
			best = f
		}
	}
	return best
}

// readForms adds the forms that reports give a node and will go on giving it.
func (b *batch) readForms(node quad.IRI, forms map[form]bool) error {
	for q, err := range b.v.quads(quad.Quad{Subject: node, Predicate: kgForm}) {
		if err != nil {
			return err
		}
		if present, ok := b.want[q]; ok && !present {
			continue
		}
		f, err := decodeForm(q.Object)
		if err != nil {
			return err
		}
		forms[f] = true
	}
	return nil
}
