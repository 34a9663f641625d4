package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/cayleygraph/quad"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/graph/pebble"
)

// web reads the statements, which come by actor.
func (v *view) web() (*Web, error) {
	b := &webBuilder{
		v: v, w: &Web{told: make(map[pebble.Node]witness)}, actors: make(map[pebble.Node]entente.EntityID),
		relations: make(map[pebble.Node]uint8), statuses: make(map[pebble.Node]uint8),
	}
	var all []placed
	for st, err := range v.store.Statements(v.ctx, pebble.Pair{}) {
		if err != nil {
			return nil, err
		}
		e, isEvent, err := b.edge(&st)
		if err != nil {
			return nil, err
		}
		if isEvent {
			all = append(all, placed{st.Self, st.Other, e})
		}
	}
	if err := b.number(all); err != nil {
		return nil, err
	}
	return b.w, nil
}

// placed is an edge with its ends.
type placed struct {
	self, other pebble.Node
	Edge
}

type webBuilder struct {
	v         *view
	w         *Web
	actors    map[pebble.Node]entente.EntityID
	relations map[pebble.Node]uint8 // codes; noEvent for a relation that is none
	statuses  map[pebble.Node]uint8
}

// noEvent is the code of a relation that is not an event, or that is missing.
const noEvent = math.MaxUint8

// edge makes an edge of a statement; isEvent is false for a standing claim.
func (b *webBuilder) edge(st *pebble.Statement) (e Edge, isEvent bool, err error) {
	e = Edge{
		Reversed: st.IsObject, Dated: st.Carry[carriedDate] != 0, claim: st.ID, report: st.Label,
		First: day(st.Order, math.MinInt32), Last: day(st.Carry[carriedUntil], math.MaxInt32),
	}
	e.relation, err = b.code(b.relations, st.Carry[carriedRelation], func(v quad.Value) (uint8, bool) {
		r := entente.Relation(afterPrefix(v, relPrefix))
		if !r.IsEvent() {
			return noEvent, false
		}
		b.w.relations = append(b.w.relations, r)
		return uint8(len(b.w.relations) - 1), true
	})
	if err != nil || e.relation == noEvent {
		return e, false, err
	}
	e.status, err = b.code(b.statuses, st.Carry[carriedStatus], func(v quad.Value) (uint8, bool) {
		text, _ := v.(quad.String)
		b.w.statuses = append(b.w.statuses, entente.Status(text))
		return uint8(len(b.w.statuses) - 1), len(b.w.statuses) < noEvent
	})
	return e, e.status != noEvent, err
}

// code returns the code of a node, which add gives it the first time; noEvent where
// it has none.
func (b *webBuilder) code(codes map[pebble.Node]uint8, n pebble.Node, add func(quad.Value) (uint8, bool)) (uint8, error) {
	code, ok := codes[n]
	if ok || n == 0 {
		if n == 0 {
			code = noEvent
		}
		return code, nil
	}
	value, err := b.v.value(n)
	if err != nil {
		return 0, err
	}
	if code, ok = add(value); !ok {
		code = noEvent
	}
	codes[n] = code
	return code, nil
}

func day(n pebble.Node, open int32) int32 {
	if t, ok := n.Value().(quad.Time); ok {
		return Day(time.Time(t))
	}
	return open
}

// number gives the actors their numbers and puts the edges in order.
func (b *webBuilder) number(all []placed) error {
	for i := range all {
		if i == 0 || all[i].self != all[i-1].self {
			if err := b.name(all[i].self); err != nil {
				return err
			}
		}
	}
	w := b.w
	slices.Sort(w.ids)
	w.ids = slices.Compact(w.ids)
	numbers := make(map[pebble.Node]int32, len(b.actors))
	for n, id := range b.actors {
		numbers[n], _ = w.Number(id)
	}
	all = slices.DeleteFunc(all, func(e placed) bool { // what a foreign file states of what is no entity too
		self, ok := numbers[e.self]
		other, ok2 := numbers[e.other]
		return !ok || !ok2 || self == other
	})
	if len(all) > math.MaxInt32 {
		return fmt.Errorf("%d claims are too many to hold in memory", len(all)/2)
	}
	w.start = make([]int32, len(w.ids)+1)
	for i := range all {
		w.start[numbers[all[i].self]+1]++
	}
	for n := range w.ids {
		w.start[n+1] += w.start[n]
	}
	w.edges = make([]Edge, len(all))
	next := slices.Clone(w.start)
	for i := range all {
		self := numbers[all[i].self]
		all[i].To = numbers[all[i].other]
		w.edges[next[self]] = all[i].Edge
		next[self]++
	}
	for n := range w.ids {
		slices.SortFunc(w.Edges(int32(n)), compareEdges)
	}
	return nil
}

// name notes which entity an actor is.
func (b *webBuilder) name(n pebble.Node) error {
	value, err := b.v.value(n)
	if err != nil {
		return err
	}
	id := entente.EntityID(afterPrefix(value, entPrefix))
	if id == "" {
		return nil
	}
	if id, err = b.v.canonical(id); err != nil {
		return err
	}
	b.actors[n] = id
	b.w.ids = append(b.w.ids, id)
	return nil
}

func compareEdges(a, b Edge) int {
	return cmp.Or(cmp.Compare(a.To, b.To), rank(!a.Dated)-rank(!b.Dated), cmp.Compare(a.First, b.First), cmp.Compare(a.claim, b.claim))
}
