package pebble

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"
	crdb "github.com/cockroachdb/pebble/v2"
)

// Reification says by which predicates a node is a statement about two others, as
// in RDF's own rdf:subject and rdf:object. The store then keeps the statements of
// every two nodes together, in order of time (see [Store.Statements]). It is given
// when a store is made and kept in it.
type Reification struct {
	Subject, Object quad.IRI
	// Order is the predicate of what statements of a pair are ordered by: a number
	// or a time that is its own number (see [Inline]); another counts for none. The
	// least counts where a statement has several.
	Order quad.IRI
	// Carry are predicates, at most four, whose objects are read along: of each the
	// first by number.
	Carry []quad.IRI
}

const maxCarry = 4

func (r *Reification) predicates() []quad.IRI {
	return append([]quad.IRI{r.Subject, r.Object, r.Order}, r.Carry...)
}

func (r *Reification) valid() error {
	if r.Subject == "" || r.Object == "" || r.Order == "" || slices.Contains(r.Carry, "") || len(r.Carry) > maxCarry {
		return fmt.Errorf("a reification needs predicates for subject, object and order, and carries at most %d", maxCarry)
	}
	all := slices.Sorted(slices.Values(r.predicates()))
	if len(slices.Compact(all)) < len(r.predicates()) {
		return errors.New("the predicates of a reification must differ")
	}
	return nil
}

func (r *Reification) same(o *Reification) bool {
	return o != nil && slices.Equal(r.predicates(), o.predicates())
}

// A Statement is a node that says something of two others under one label.
type Statement struct {
	Self, Other Node // its ends, as asked
	IsObject    bool // Self is the object
	Order       Node // zero where it has none
	ID, Label   Node
	Carry       [maxCarry]Node // zero where it has none
}

// The table of statements has each twice, from either end:
//
//	e SELF OTHER ORDER ID LABEL ROLE  →  what is carried
//
// ROLE is 0 where SELF is the subject, else 1. A statement with several subjects
// or objects under one label is there for each two; one without order has the
// greatest number there, and so comes last.
const (
	asSubject = 0
	asObject  = 1
	noOrder   = noNode
)

func (st *Statement) key(b []byte) []byte {
	b = append(b, tagStatements)
	for _, n := range [...]Node{st.Self, st.Other, orderKey(st.Order), st.ID, st.Label} {
		b = appendNode(b, n)
	}
	if st.IsObject {
		return append(b, asObject)
	}
	return append(b, asSubject)
}

func orderKey(n Node) Node {
	if n == 0 {
		return noOrder
	}
	return n
}

func (st *Statement) content(carried int) []byte {
	b := make([]byte, 0, 8*carried)
	for _, n := range st.Carry[:carried] {
		b = appendNode(b, n)
	}
	return b
}

// bare is the statement without what is carried: what its key says.
func (st Statement) bare() Statement {
	st.Carry = [maxCarry]Node{}
	return st
}

func readStatement(key, content []byte) (st Statement, err error) {
	rest, ok := key[1:], true
	for _, n := range []*Node{&st.Self, &st.Other, &st.Order, &st.ID, &st.Label} {
		if *n, rest, ok = cutNode(rest); !ok {
			return st, badStatement(key)
		}
	}
	if len(rest) != 1 || rest[0] > asObject {
		return st, badStatement(key)
	}
	st.IsObject = rest[0] == asObject
	if st.Order == noOrder {
		st.Order = 0
	}
	for i := 0; len(content) > 0; i++ {
		if i == maxCarry {
			return st, badStatement(key)
		}
		if st.Carry[i], content, ok = cutNode(content); !ok {
			return st, badStatement(key)
		}
	}
	return st, nil
}

func badStatement(key []byte) error {
	return fmt.Errorf("%w: key %x is no statement", ErrDamaged, key)
}

// Pair asks for statements. Self must be given; Other, First and Last may be zero
// for any. With one of the bounds, which are of Order and count Other's statements
// alone, statements without order are left out.
type Pair struct {
	Self, Other Node
	First, Last Node
}

// Statements lists the statements about a node, or about two, in order of Other,
// then Order, then ID: one range of keys. Those of several pairs come one pair after
// the other, which costs less than as many calls. The last pair has the error that
// ended the list early, if one did. A store without a reification has none.
func (s *Store) Statements(ctx context.Context, want ...Pair) iter.Seq2[Statement, error] {
	return func(yield func(Statement, error) bool) {
		var st Statement
		var p Pair
		sc := &scan{s: s, again: true}
		sc.take = func(key []byte) (bool, error) {
			content, err := sc.it.ValueAndErr()
			if err == nil {
				st, err = readStatement(key, content)
			}
			return err == nil && p.fits(&st), err
		}
		defer sc.close()
		for _, p = range want {
			sc.lo, sc.hi = p.bounds()
			sc.restart()
			for sc.next(ctx) {
				if !yield(st, nil) {
					return
				}
			}
			if sc.err != nil {
				yield(Statement{}, sc.err)
				return
			}
		}
	}
}

// bounds returns the range of keys: the bounds of order narrow it for a pair.
func (p Pair) bounds() (lo, hi []byte) {
	lo = []byte{tagStatements}
	if p.Self != 0 {
		lo = appendNode(lo, p.Self)
	}
	if p.Self == 0 || p.Other == 0 {
		return lo, after(lo)
	}
	lo = appendNode(lo, p.Other)
	hi = after(lo)
	if p.Last != 0 {
		hi = after(appendNode(slices.Clone(lo), p.Last))
	}
	if p.First != 0 {
		lo = appendNode(lo, p.First)
	}
	return lo, hi
}

func (p Pair) fits(st *Statement) bool {
	if p.First == 0 && p.Last == 0 {
		return true
	}
	return st.Order != 0 && st.Order >= p.First && (p.Last == 0 || st.Order <= p.Last)
}

// reifier works out the statements that quads make.
type reifier struct {
	Reification
	roles map[Node]int // number of a predicate → its place in predicates; none for one without quads
}

// The places of the first predicates.
const (
	roleSubject = iota
	roleObject
	roleOrder
	roleCarry
)

// newReifier looks the predicates up; number gives zero for one that has none.
func newReifier(r Reification, number func(quad.Value) (Node, error)) (*reifier, error) {
	f := &reifier{Reification: r, roles: make(map[Node]int)}
	for i, p := range r.predicates() {
		n, err := number(p)
		if err != nil {
			return nil, err
		}
		if n != 0 {
			f.roles[n] = i
		}
	}
	return f, nil
}

// statementID is where a statement is made: a node under one label.
type statementID struct{ id, label Node }

// idOf returns the statement that a quad is part of.
func (f *reifier) idOf(l Link) (statementID, bool) {
	_, ok := f.roles[l[1]]
	return statementID{l[0], l[3]}, ok
}

// maxEnds is how many pairs of subject and object a node may state under one label;
// one that states more, which only a foreign file has, is not kept by its ends.
const maxEnds = 1024

// statements returns what quads of one statement, and others, make of it.
func (f *reifier) statements(id statementID, links []Link) []Statement {
	var ends [2][]Node
	st := Statement{ID: id.id, Label: id.label}
	for _, l := range links {
		role, ok := f.roles[l[1]]
		switch {
		case !ok || l[0] != id.id || l[3] != id.label:
		case role < roleOrder:
			ends[role] = append(ends[role], l[2])
		case role == roleOrder:
			if l[2].isInline() {
				st.Order = least(st.Order, l[2])
			}
		default:
			st.Carry[role-roleCarry] = least(st.Carry[role-roleCarry], l[2])
		}
	}
	if len(ends[roleSubject])*len(ends[roleObject]) > maxEnds {
		return nil
	}
	var all []Statement
	for _, subject := range ends[roleSubject] {
		for _, object := range ends[roleObject] {
			st.Self, st.Other, st.IsObject = subject, object, false
			all = append(all, st)
			st.Self, st.Other, st.IsObject = object, subject, true
			all = append(all, st)
		}
	}
	return all
}

func least(a, b Node) Node {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// linksOf reads the quads that a statement may be made of.
func linksOf(r crdb.Reader, id statementID) (links []Link, err error) {
	x, want := &indexes[3], Link{id.id, 0, 0, id.label}
	if id.label == 0 {
		x = primary
	}
	prefix := x.appendPrefix(nil, want, x.covered(want))
	it, err := r.NewIter(&crdb.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
	if err != nil {
		return nil, err
	}
	for ok := it.First(); ok && err == nil; ok = it.Next() {
		var l Link
		if l, err = x.link(it.Key()); err == nil && l[3] == id.label {
			links = append(links, l)
		}
	}
	return links, errors.Join(err, it.Error(), it.Close())
}

// restate writes what becomes of the statements that a change touches.
func (c *change) restate(b *crdb.Batch, r Reification) error {
	f, err := newReifier(r, c.numberOf)
	if err != nil {
		return err
	}
	touched := make(map[statementID][]Link)
	for _, l := range c.order {
		if p := c.links[l]; p.was != p.is {
			if id, ok := f.idOf(l); ok {
				touched[id] = append(touched[id], l)
			}
		}
	}
	for id, changed := range touched {
		var before []Link
		if _, fresh := c.fresh[id.id]; !fresh {
			if before, err = linksOf(c.r, id); err != nil {
				return err
			}
		}
		now := slices.DeleteFunc(slices.Clone(before), func(l Link) bool { p := c.links[l]; return p != nil && !p.is })
		for _, l := range changed {
			if c.links[l].is {
				now = append(now, l)
			}
		}
		if err := f.replace(b, f.statements(id, before), f.statements(id, now)); err != nil {
			return err
		}
	}
	return nil
}

// numberOf returns the number of a value that the change met or the store has.
func (c *change) numberOf(v quad.Value) (Node, error) {
	key, err := dictKey(v)
	if err != nil {
		return 0, err
	}
	if n, ok := c.nodes[string(key)]; ok {
		return n, nil
	}
	return lookUp(c.r, key)
}

// writer takes the keys that a change of statements comes to.
type writer interface {
	Set(key, value []byte, o *crdb.WriteOptions) error
	Delete(key []byte, o *crdb.WriteOptions) error
}

// replace writes statements in place of others. A key is written once.
func (f *reifier) replace(w writer, old, now []Statement) error {
	was := make(map[Statement]Statement, len(old))
	for _, st := range old {
		was[st.bare()] = st
	}
	var buf [2 + 5*8]byte
	for _, st := range now {
		before, ok := was[st.bare()]
		delete(was, st.bare())
		if ok && before == st {
			continue
		}
		if err := w.Set(st.key(buf[:0]), st.content(len(f.Carry)), nil); err != nil {
			return err
		}
	}
	for _, st := range was {
		if err := w.Delete(st.key(buf[:0]), nil); err != nil {
			return err
		}
	}
	return nil
}

// reificationKey has the reification of the store, in JSON.
var reificationKey = []byte{tagCounters, tagStatements}

// writeReification keeps the reification in a new store.
func (c *core) writeReification(r *Reification) error {
	if r == nil {
		return nil
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	c.reified = r
	return c.run(func() error { return c.db.Set(reificationKey, b, crdb.Sync) })
}

// readReification reads what writeReification kept.
func (c *core) readReification() error {
	_, err := get(c.db, reificationKey, func(b []byte) error {
		c.reified = new(Reification)
		if err := json.Unmarshal(b, c.reified); err != nil || c.reified.valid() != nil {
			return fmt.Errorf("%w: reification %.100q", ErrDamaged, b)
		}
		return nil
	})
	return err
}
