package pebble

import (
	"bytes"
	"slices"

	"github.com/cayleygraph/quad"
)

// rebuilt is what the tables that are made from quads and values must hold.
type rebuilt struct {
	all, labelled tally           // of the quads, and of those with a label
	uses          map[Node]*shift // in how many quads each value stands
}

// count reads the quads.
func (m *repair) count() error {
	m.uses = make(map[Node]*shift)
	return m.each(primary.tag, func(key, _ []byte) error {
		l, err := primary.link(key)
		if err != nil {
			return err
		}
		m.all.add(key)
		if l[3] != 0 {
			m.labelled.add(key)
		}
		for i, n := range l {
			if n == 0 {
				continue
			}
			if m.uses[n] == nil {
				m.uses[n] = new(shift)
			}
			m.uses[n].add(i, l[1], 1)
		}
		return nil
	})
}

// indexes makes the other indexes hold the quads of the first.
func (m *repair) indexes() error {
	for i := range indexes {
		x := &indexes[i]
		if x == primary {
			continue
		}
		if err := m.index(x); err != nil {
			return err
		}
	}
	return nil
}

func (m *repair) index(x *index) error {
	want, there := m.all, tally{}
	if x.tag == 'l' {
		want = m.labelled
	}
	err := m.each(x.tag, func(key, _ []byte) error {
		l, err := x.link(key)
		if err != nil || !x.holds(l) {
			return m.remove(key)
		}
		there.add(primary.appendKey(nil, l))
		return nil
	})
	if err != nil || there == want {
		return err
	}
	err = m.each(x.tag, func(key, _ []byte) error {
		l, err := x.link(key)
		if err != nil {
			return nil // has been removed
		}
		ok, err := has(m.r, primary.appendKey(nil, l))
		if err != nil || ok {
			return err
		}
		return m.remove(key)
	})
	if err != nil {
		return err
	}
	return m.each(primary.tag, func(key, _ []byte) error {
		l, err := primary.link(key)
		if err != nil || !x.holds(l) {
			return err
		}
		return m.put(x.appendKey(nil, l), nil)
	})
}

// put sets a key that is not there, or has another content.
func (m *repair) put(key, content []byte) error {
	right := false
	_, err := get(m.r, key, func(b []byte) error {
		right = bytes.Equal(b, content)
		return nil
	})
	if err != nil || right {
		return err
	}
	return m.set(key, content)
}

// hold makes a table hold these keys and no others. It empties want.
func (m *repair) hold(tag byte, want map[string][]byte) error {
	err := m.each(tag, func(key, content []byte) error {
		right, ok := want[string(key)]
		if ok && bytes.Equal(content, right) {
			delete(want, string(key))
		}
		if ok {
			return nil
		}
		return m.remove(key)
	})
	for key, content := range want {
		if err == nil {
			err = m.set([]byte(key), content)
		}
	}
	return err
}

// dictionary takes out the values without quads, and makes the dictionary anew.
func (m *repair) dictionary() error {
	err := m.each(tagValue, func(key, _ []byte) error {
		if n, err := keyNode(key); err == nil && m.uses[n] != nil && !n.isInline() {
			return nil
		}
		return m.remove(key)
	})
	for _, tag := range []byte{tagShort, tagHash} {
		want := make(map[string][]byte)
		for name, n := range m.numbers {
			if name[0] == tag && m.uses[n] != nil {
				want[name] = appendNode(nil, n)
			}
		}
		if err == nil {
			err = m.hold(tag, want)
		}
	}
	return err
}

// order makes the table of ordered values anew.
func (m *repair) order() error {
	want := make(map[string][]byte)
	err := m.each(tagValue, func(key, content []byte) error {
		n, err := keyNode(key)
		if err != nil || m.uses[n] == nil {
			return nil
		}
		if v, err := decodeValue(content); err == nil {
			if o := orderedKey(v, n); o != nil {
				want[string(o)] = nil
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.hold(tagOrdered, want)
}

// counts puts right in how many quads each value stands.
func (m *repair) counts() error {
	err := m.each(tagCounts, func(key, _ []byte) error {
		if n, err := keyNode(key); err == nil && m.uses[n] != nil {
			return nil
		}
		return m.remove(key)
	})
	for n, uses := range m.uses {
		if err == nil {
			now, _ := uses.apply(counts{}) // nothing is taken away
			err = m.put(nodeKey(tagCounts, n), now.encode())
		}
	}
	return err
}

// statements makes the statements anew from the quads.
func (m *repair) statements() error {
	if m.s.reified == nil {
		return m.hold(tagStatements, nil)
	}
	f, err := newReifier(*m.s.reified, m.numberOf)
	if err != nil {
		return err
	}
	err = m.each(tagStatements, func(key, content []byte) error {
		if ok, err := m.stated(f, key, content); err != nil || ok {
			return err
		}
		return m.remove(key)
	})
	if err != nil {
		return err
	}
	return f.eachStatement(m.each, func(st Statement) error {
		return m.put(st.key(nil), st.content(len(f.Carry)))
	})
}

// stated reports whether quads make the statement of a key. linksOf reads an index
// that may be damaged still, so the first one is read.
func (m *repair) stated(f *reifier, key, content []byte) (bool, error) {
	st, err := readStatement(key, content)
	if err != nil {
		return false, nil
	}
	var links []Link
	err = m.within(primary.appendPrefix(nil, Link{st.ID}, 1), func(key, _ []byte) error {
		l, err := primary.link(key)
		links = append(links, l)
		return err
	})
	made := f.statements(statementID{st.ID, st.Label}, links)
	return slices.ContainsFunc(made, func(o Statement) bool { return o.bare() == st.bare() }), err
}

func (m *repair) numberOf(v quad.Value) (Node, error) {
	name, err := dictKey(v)
	return m.numbers[string(name)], err
}

// strays takes out keys that belong to nothing.
func (m *repair) strays() error { return strays(m.r, m.remove) }

// totals writes the store's totals.
func (m *repair) totals() error {
	t, err := readCounters(m.r)
	if err != nil {
		return err
	}
	t.quads, t.values = m.all.n, 0
	for n := range m.uses {
		if n.isInline() || m.there(n) {
			t.values++
		}
		if !n.isInline() {
			t.next = max(t.next, n+1)
		}
	}
	t.batches++
	return m.set([]byte{tagCounters}, t.encode())
}
