package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// maxFaults is how many faults Check lists before it gives up.
const maxFaults = 100

// Fault is something in a graph that is not as it should be.
type Fault struct {
	Where string `json:"where"` // a node of the graph, or "store"
	Text  string `json:"text"`
}

func (f Fault) String() string { return f.Where + ": " + f.Text }

// Check reads the whole graph and returns what is not as it should be, at most
// 100 faults; none in a sound graph. It checks the store below, then that every
// quad has a shape that the graph writes, that every report reads back as a
// reading without contradiction which would be written just so, that every text
// has the hash under which it lies, and that nothing is there that no report
// needs.
func (g *Graph) Check(ctx context.Context) ([]Fault, error) {
	problems, err := g.store.Check(ctx)
	if err != nil {
		return nil, err
	}
	v := g.view(ctx)
	defer v.close()
	c := &checker{v: v}
	for _, p := range problems {
		c.fault("store", "%s", p)
	}
	for _, step := range []func() error{c.shapes, c.reports, c.texts, c.entities, c.merges} {
		if len(c.faults) >= maxFaults {
			break
		}
		if err := step(); errors.Is(err, errDamaged) && len(problems) > 0 {
			break // the store's problems are why it cannot be read on
		} else if err != nil {
			return nil, err
		}
	}
	return c.faults, nil
}

// Repaired is what Repair found and did to the store below the graph.
type Repaired = pebble.Repaired

// Repair makes again what the store below the graph keeps more than once: indexes,
// dictionary, counts, statements. A quad of which a value is gone is only reported;
// with drop it is taken out; Check then names the reports that lack it, which are to
// be removed and loaded again. What else Check finds it does not touch. Interrupted,
// it leaves the store no worse.
func (g *Graph) Repair(ctx context.Context, drop bool) (Repaired, error) {
	g.write.Lock()
	defer g.write.Unlock()
	defer g.forget()
	return g.store.Repair(ctx, drop)
}

type checker struct {
	v      *view
	faults []Fault
}

func (c *checker) fault(where, format string, args ...any) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, Fault{where, fmt.Sprintf(format, args...)})
	}
}

// shapes holds every quad against the schema.
func (c *checker) shapes() error {
	for link, err := range c.v.links(quad.Quad{}) {
		if err != nil {
			return err
		}
		q, err := c.v.quad(link)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(schema, func(p pattern) bool { return p.fits(q) }) {
			q.Object = shortened(q.Object)
			c.fault(bare(q.Subject), "unknown sort of quad: %s", q.NQuad())
		}
	}
	return nil
}

// fits reports whether a quad has the shape.
func (p pattern) fits(q quad.Quad) bool {
	return is(q.Subject, p.subject) && is(q.Predicate, p.predicate) && is(q.Object, p.object) && is(q.Label, p.label)
}

// is reports whether a value is of a sort that the schema names.
func is(v quad.Value, sort string) bool {
	switch v := v.(type) {
	case quad.IRI:
		if strings.HasSuffix(sort, ":") {
			return strings.HasPrefix(string(v), sort)
		}
		return string(v) == sort
	case quad.String:
		return sort == "string"
	case quad.Int:
		return sort == "integer"
	case quad.Float:
		return sort == "double"
	case quad.Time:
		return sort == "dateTime"
	}
	return false
}

// bare is a value without its signs.
func bare(v quad.Value) string { return strings.Trim(quad.StringOf(v), "<>") }

// shortened cuts a long text.
func shortened(v quad.Value) quad.Value {
	if s, ok := v.(quad.String); ok && len(s) > 80 {
		return quad.String(strings.ToValidUTF8(string(s[:80]), "")) + "…"
	}
	return v
}

// reports reads every report back and compares what it would be written as with
// what is there.
func (c *checker) reports() error {
	labels, err := c.v.labels()
	if err != nil {
		return err
	}
	for _, l := range labels {
		id := afterPrefix(quad.IRI(strings.Trim(l.name, "<>")), reportPrefix)
		if id == "" {
			continue
		}
		if err := c.report(entente.ReportID(id)); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) report(id entente.ReportID) error {
	label := reportIRI(id)
	r, ok, err := c.v.reading(id)
	if err != nil || !ok {
		if stop := c.v.store.Err(); stop != nil {
			return stop
		}
		if err == nil {
			err = fmt.Errorf("it has quads but no text")
		}
		c.fault(string(label), "%v", err)
		return nil
	}
	if r.Report.Text, err = c.v.text(label); err != nil {
		return err
	}
	if err := validate(r); err != nil {
		c.fault(string(label), "%v", err)
		return nil
	}
	return c.compare(label, r)
}

// compare holds what is there against what the reading would be written as.
func (c *checker) compare(label quad.IRI, r entente.Reading) error {
	quads, err := c.v.g.world.quadsOf(r)
	if err != nil {
		return err
	}
	have, err := c.v.all(quad.Quad{Label: label})
	if err != nil {
		return err
	}
	want, there := setOf(quads), setOf(have)
	for _, q := range have {
		if !want[q] {
			q.Object = shortened(q.Object)
			c.fault(string(label), "not of its reading: %s", q.NQuad())
		}
	}
	for _, q := range quads {
		if !there[q] {
			q.Object = shortened(q.Object)
			c.fault(string(label), "missing: %s", q.NQuad())
		}
	}
	return nil
}

// texts checks each text's hash and that a report has it.
func (c *checker) texts() error {
	for q, err := range c.v.quads(quad.Quad{Predicate: kgContent}) {
		if err != nil {
			return err
		}
		where := bare(q.Subject)
		text, _ := q.Object.(quad.String)
		if got := textIRI(entente.Report{Text: string(text)}.TextID()); got != q.Subject {
			c.fault(where, "its text has the hash of %s", got)
		}
		if used, err := c.v.object(quad.Quad{Predicate: kgText, Object: q.Subject}); err != nil {
			return err
		} else if used == nil {
			c.fault(where, "no report has this text")
		}
	}
	return nil
}

// entities checks that those described are those named.
func (c *checker) entities() error {
	ids, err := c.v.entityIDs()
	if err != nil {
		return err
	}
	described := make(map[entente.EntityID]bool)
	for _, id := range ids {
		where := string(entIRI(id))
		if described[id] {
			c.fault(where, "described twice")
		}
		described[id] = true
		if named, err := c.v.object(quad.Quad{Predicate: kgNames, Object: entIRI(id)}); err != nil {
			return err
		} else if named == nil {
			c.fault(where, "no report names it")
		}
		if e, err := c.v.entity(id); err != nil {
			return err
		} else if e.Name == "" {
			c.fault(where, "it has no name")
		}
	}
	named := make(map[quad.Value]bool)
	err = c.v.tally(kgNames, func(o quad.Value, _ int) { named[o] = true })
	for o := range named {
		if id := entente.EntityID(afterPrefix(o, entPrefix)); !described[id] {
			c.fault(bare(o), "named by a report but not described")
		}
	}
	return err
}

// entityIDs lists the entities that have a kind, twice where they have two.
func (v *view) entityIDs() ([]entente.EntityID, error) {
	var ids []entente.EntityID
	for _, label := range []quad.IRI{fromGazetteer, fromEntities} {
		for link, err := range v.links(quad.Quad{Predicate: rdfType, Label: label}) {
			if err != nil {
				return nil, err
			}
			node, err := v.value(link[0])
			if err != nil {
				return nil, err
			}
			ids = append(ids, entente.EntityID(afterPrefix(node, entPrefix)))
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// merges checks that each leads to one entity.
func (c *checker) merges() error {
	if err := c.v.readMerges(); err != nil {
		return err
	}
	out := make(map[quad.Value]int)
	for q, err := range c.v.quads(quad.Quad{Label: fromMerges}) {
		if err != nil {
			return err
		}
		if out[q.Subject]++; out[q.Subject] == 2 {
			c.fault(bare(q.Subject), "merged into more than one entity")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.v.merges)) {
		if _, more := c.v.merges[c.v.top(id)]; more {
			c.fault(string(entIRI(id)), "its merges run in a circle")
		}
	}
	return nil
}
