package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// The layout of the databases in SQL:
//
//	term(id, value, t)   every term once: its text in N-Quads, and of a dateTime
//	                     the second, by which it can be ordered
//	quad(s, p, o, l)     four numbers; covering indexes SPOL, POSL, OPSL, LSPO
//
// The relations have the first numbers, so that the plain edges of a node are one
// range (p BETWEEN 1 AND …) of SPOL or OPSL; OPSL rather than OSPL for that.

// dialect is what the databases do not have in common.
type dialect struct {
	placeholder string                 // what stands before the number of a parameter
	numbers     string                 // a table, with column id, of the numbers in a parameter
	open, close string                 // how such a parameter begins and ends
	lookUp      string                 // condition that a term has the value ?1
	least, most string                 // the functions of two numbers
	times       string                 // a table, with columns id and day, of the numbers and days in the first parameters
	timed       func([][2]int64) []any // these parameters
}

// list writes numbers as a parameter.
func (d dialect) list(numbers []int64) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.FormatInt(n, 10)
	}
	return d.open + strings.Join(words, ",") + d.close
}

// numbering gives the terms of a load their numbers.
type numbering struct {
	ids   map[string]int64
	fresh func(id int64, value string, t any) error // called for each new term
}

// newNumbering begins with the relations.
func newNumbering(relations []string, fresh func(int64, string, any) error) (*numbering, error) {
	n := &numbering{ids: make(map[string]int64), fresh: fresh}
	for _, r := range relations {
		if _, err := n.id(r); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (n *numbering) id(value string) (int64, error) {
	if id, ok := n.ids[value]; ok {
		return id, nil
	}
	id := int64(len(n.ids) + 1)
	n.ids[value] = id
	return id, n.fresh(id, value, second(value))
}

// rows takes the rows of a table, and has them in it after flush.
type rows interface {
	add(row ...any) error
	flush() error
}

// fillTables writes the terms and the quads of a file, each term once.
func fillTables(file string, relations []string, terms, quads rows) (*numbering, error) {
	n, err := newNumbering(relations, func(id int64, value string, t any) error { return terms.add(id, value, t) })
	if err != nil {
		return nil, err
	}
	err = peer.EachLine(file, func(terms [4]string) error {
		q, err := n.quad(terms)
		if err != nil {
			return err
		}
		return quads.add(q[0], q[1], q[2], q[3])
	})
	if err != nil {
		return nil, err
	}
	return n, errors.Join(terms.flush(), quads.flush())
}

// quad returns the numbers of the terms of a quad.
func (n *numbering) quad(terms [4]string) (q [4]int64, err error) {
	for i, term := range terms {
		if q[i], err = n.id(term); err != nil {
			return q, err
		}
	}
	return q, nil
}

// dateTime is how a term of that type ends.
const dateTime = `"^^<http://www.w3.org/2001/XMLSchema#dateTime>`

// second is column t of a term, nil where it is no dateTime.
func second(value string) any {
	text, ok := strings.CutSuffix(value, dateTime)
	if !ok {
		return nil
	}
	t, err := time.Parse(time.RFC3339, strings.TrimPrefix(text, `"`))
	if err != nil {
		return nil
	}
	return t.Unix()
}

// sqlStore answers in SQL, each question by one prepared statement but for the
// search from two ends, which has one for each step.
type sqlStore struct {
	dialect
	db    *sql.DB
	conn  *sql.Conn // the one connection
	ids   map[string]int64
	edges int                  // number of relations
	texts map[string]string    // of the questions
	asked map[string]*sql.Stmt // those of them that were asked
}

// predicates are the terms that statements name.
var predicates = []string{"<rdf:type>", "<dcterms:title>", "<kg:subject>", "<kg:object>", "<kg:relation>", "<kg:from>", "<kg:state>", "<kg:Person>",
	"<kg:until>", "<kg:status>", `"occurred"`, `"ongoing"`}

// openSQL returns the questions whose texts are given by name. Each is prepared
// when it is first asked.
func openSQL(db *sql.DB, d dialect, known peer.Vocabulary, texts map[string]string) (*sqlStore, error) {
	s := &sqlStore{dialect: d, db: db, ids: make(map[string]int64), edges: len(known.Relations), texts: texts, asked: make(map[string]*sql.Stmt)}
	var err error
	if s.conn, err = db.Conn(context.Background()); err != nil {
		return nil, err
	}
	look, err := s.prepare("SELECT id FROM term WHERE " + d.lookUp)
	if err != nil {
		return nil, err
	}
	defer look.Close()
	for _, p := range predicates {
		var id int64
		if err := look.QueryRow(p).Scan(&id); err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		s.ids[strings.Trim(p, "<>")] = id
	}
	return s, nil
}

// ask returns the statement of a question.
func (s *sqlStore) ask(name string) (*sql.Stmt, error) {
	if stmt, ok := s.asked[name]; ok {
		return stmt, nil
	}
	stmt, err := s.prepare(s.texts[name])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s.asked[name] = stmt
	return stmt, nil
}

// prepare prepares a statement in which {EDGE} is the range of the relations,
// {kg:from} the number of that term, {id ?1} that of the term in a parameter,
// {numbers} a table of the numbers in the first parameter, {times} one of numbers with
// days, and {least} and {most} the functions of two numbers.
func (s *sqlStore) prepare(text string) (*sql.Stmt, error) {
	for name, id := range s.ids {
		text = strings.ReplaceAll(text, "{"+name+"}", strconv.FormatInt(id, 10))
	}
	for _, n := range []string{"?1", "?2", "?3"} {
		look := "(SELECT id FROM term WHERE " + strings.ReplaceAll(s.lookUp, "?1", n) + ")"
		text = strings.ReplaceAll(text, "{id "+n+"}", look)
	}
	text = strings.ReplaceAll(text, "{EDGE}", fmt.Sprintf("BETWEEN 1 AND %d", s.edges))
	for name, part := range map[string]string{"numbers": s.numbers, "times": s.times, "least": s.least, "most": s.most} {
		text = strings.ReplaceAll(text, "{"+name+"}", part)
	}
	return s.conn.PrepareContext(context.Background(), strings.ReplaceAll(text, "?", s.placeholder))
}

// quadQuestions are the questions to term and quad.
var quadQuestions = map[string]string{
	"title": `SELECT t.value FROM quad q JOIN term t ON t.id = q.o WHERE q.s = {id ?1} AND q.p = {dcterms:title}`,

	"two-hop": `SELECT value FROM term WHERE id IN (
		SELECT o FROM quad WHERE s = {id ?1} AND p {EDGE} INTERSECT SELECT s FROM quad WHERE o = {id ?2} AND p {EDGE})`,

	"pair": `SELECT c.value FROM (
			SELECT a.s FROM quad a JOIN quad b ON b.s = a.s AND b.p = {kg:object} AND b.o = {id ?2} WHERE a.p = {kg:subject} AND a.o = {id ?1}
			UNION
			SELECT a.s FROM quad a JOIN quad b ON b.s = a.s AND b.p = {kg:object} AND b.o = {id ?1} WHERE a.p = {kg:subject} AND a.o = {id ?2}
		) x JOIN quad f ON f.s = x.s AND f.p = {kg:from} JOIN term d ON d.id = f.o JOIN term c ON c.id = x.s
		ORDER BY d.t, c.value`,

	"officials": `SELECT DISTINCT c.value FROM quad e
		JOIN quad k ON k.s = e.s AND k.p = {rdf:type} AND k.o = {kg:Person}
		JOIN quad q ON q.o = e.s AND q.p = {kg:subject}
		JOIN quad f ON f.s = q.s AND f.p = {kg:from}
		JOIN term d ON d.id = f.o
		JOIN term c ON c.id = q.s
		WHERE e.p = {kg:state} AND e.o = {id ?1} AND d.t BETWEEN ?2 AND ?3`,

	"count": `SELECT t.value, x.n FROM (SELECT o, count(*) AS n FROM quad WHERE p = {kg:relation} GROUP BY o) x JOIN term t ON t.id = x.o`,

	"number": `SELECT {id ?1}`,

	// SQLite keeps the order of a CROSS JOIN; else it may read all quads.
	"near": `SELECT q.o FROM {numbers} x CROSS JOIN quad q WHERE q.s = x.id AND q.p {EDGE}
		UNION SELECT q.s FROM {numbers} x CROSS JOIN quad q WHERE q.o = x.id AND q.p {EDGE}`,

	// Other ends of dated claims of nodes, and the first day on which one can be there if
	// one is at the node on a day; and the other way round in time.
	"later": `SELECT y.o, min({most}(tf.t, x.day)) ` + datedClaims + ` AND tu.t >= x.day GROUP BY y.o`,

	"sooner": `SELECT y.o, max({least}(tu.t, x.day)) ` + datedClaims + ` AND tf.t <= x.day GROUP BY y.o`,

	"report": `SELECT s.value, p.value, o.value FROM quad q JOIN term s ON s.id = q.s JOIN term p ON p.id = q.p JOIN term o ON o.id = q.o
		WHERE q.l = {id ?1}`,

	"reach": `WITH RECURSIVE reach(id, hops) AS (
			SELECT {id ?1}, 0 UNION SELECT q.o, r.hops + 1 FROM reach r JOIN quad q ON q.s = r.id AND q.p {EDGE} WHERE r.hops < 3)
		SELECT value FROM term WHERE id IN (SELECT id FROM reach WHERE hops > 0)`,

	"size": `SELECT count(*) FROM quad`,
}

// datedClaims are the claims q of nodes x that occurred, with the other end y, and their
// first and last day.
const datedClaims = `FROM {times} x CROSS JOIN quad q CROSS JOIN quad y CROSS JOIN quad st
	CROSS JOIN quad f CROSS JOIN term tf CROSS JOIN quad u CROSS JOIN term tu
	WHERE q.o = x.id AND q.p IN ({kg:subject}, {kg:object}) AND y.s = q.s AND y.p = {kg:subject} + {kg:object} - q.p
	AND st.s = q.s AND st.p = {kg:status} AND st.o IN ({"occurred"}, {"ongoing"})
	AND f.s = q.s AND f.p = {kg:from} AND tf.id = f.o AND u.s = q.s AND u.p = {kg:until} AND tu.id = u.o`

// rows runs a question and collects its rows, the columns with a blank between.
func (s *sqlStore) rows(name string, columns int, args ...any) ([][]string, error) {
	stmt, err := s.ask(name)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.Query(args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found [][]string
	for rows.Next() {
		row := make([]string, columns)
		into := make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, rows.Err()
}

// answer is rows as an answer.
func (s *sqlStore) answer(name string, columns int, args ...any) (peer.Answer, error) {
	rows, err := s.rows(name, columns, args...)
	return func() []string {
		lines := make([]string, len(rows))
		for i, row := range rows {
			lines[i] = strings.Join(row, " ")
		}
		return lines
	}, err
}

func (s *sqlStore) Title(report string) (peer.Answer, error) { return s.answer("title", 1, report) }

func (s *sqlStore) TwoHop(a, b string) (peer.Answer, error) { return s.answer("two-hop", 1, a, b) }

func (s *sqlStore) Pair(a, b string) (peer.Answer, error) { return s.answer("pair", 1, a, b) }

func (s *sqlStore) Officials(state string, since, until time.Time) (peer.Answer, error) {
	return s.answer("officials", 1, strconv.Quote(state), since.Unix(), until.Unix())
}

func (s *sqlStore) CountByRelation() (peer.Answer, error) { return s.answer("count", 2) }

func (s *sqlStore) Report(report string) (peer.Answer, error) { return s.answer("report", 3, report) }

func (s *sqlStore) Reach(a string) (peer.Answer, error) { return s.answer("reach", 1, a) }

// Hops searches breadth first from both ends in the client: a recursive query
// has no way to stop at the first path. Each step is one statement.
func (s *sqlStore) Hops(a, b string) (peer.Answer, error) {
	number, err := s.ask("number")
	if err != nil {
		return nil, err
	}
	var front [2][]int64
	seen := [2]map[int64]bool{{}, {}}
	for i, end := range []string{a, b} {
		var id sql.NullInt64
		if err := number.QueryRow(end).Scan(&id); err != nil {
			return nil, err
		}
		if id.Valid {
			front[i], seen[i][id.Int64] = []int64{id.Int64}, true
		}
	}
	near, far := 0, 1
	for hops := 0; hops <= peer.MaxHops && len(front[0]) > 0 && len(front[1]) > 0; hops++ {
		for _, id := range front[near] {
			if seen[far][id] {
				return func() []string { return []string{strconv.Itoa(hops)} }, nil
			}
		}
		if len(front[near]) > len(front[far]) {
			near, far = far, near
		}
		next, err := s.step(front[near], seen[near])
		if err != nil {
			return nil, err
		}
		front[near] = next
	}
	return func() []string { return []string{peer.NoPath} }, nil
}

// step returns the neighbours that were not seen.
func (s *sqlStore) step(front []int64, seen map[int64]bool) (next []int64, err error) {
	near, err := s.ask("near")
	if err != nil {
		return nil, err
	}
	rows, err := near.Query(s.list(front))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		if !seen[id] {
			seen[id] = true
			next = append(next, id)
		}
	}
	return next, rows.Err()
}

// InOrder searches from both ends in the client, as Hops does: from the first with the
// first day on which one can be at a node, from the last with the last day on which
// one must be there.
func (s *sqlStore) InOrder(a, b string) (peer.Answer, error) {
	number, err := s.ask("number")
	if err != nil {
		return nil, err
	}
	sides := [2]*timedFront{{statement: "later", sign: 1}, {statement: "sooner", sign: -1}}
	for i, end := range []string{a, b} {
		var id sql.NullInt64
		if err := number.QueryRow(end).Scan(&id); err != nil {
			return nil, err
		}
		sides[i].day = make(map[int64]int64)
		if id.Valid {
			sides[i].improve(id.Int64, -anyDay*sides[i].sign)
		}
	}
	near, far := sides[0], sides[1]
	for hops := 0; hops <= peer.InOrderHops && len(near.newest) > 0 && len(far.newest) > 0; hops++ {
		for _, r := range near.newest {
			if day, ok := far.day[r[0]]; ok && near.sign*r[1] <= near.sign*day {
				return func() []string { return []string{strconv.Itoa(hops)} }, nil
			}
		}
		if len(near.newest) > len(far.newest) {
			near, far = far, near
		}
		if err := s.stepInTime(near); err != nil {
			return nil, err
		}
	}
	return func() []string { return []string{peer.NoPath} }, nil
}

// anyDay is a second after all others.
const anyDay = 1 << 50

// timedFront is one side of a search in order of time.
type timedFront struct {
	statement string
	sign      int64           // -1: back in time
	day       map[int64]int64 // by node, the best
	newest    [][2]int64      // nodes that the last step reached, or reached on a better day
}

func (f *timedFront) improve(id, day int64) {
	if was, ok := f.day[id]; !ok || f.sign*day < f.sign*was {
		f.day[id] = day
		f.newest = append(f.newest, [2]int64{id, day})
	}
}

func (s *sqlStore) stepInTime(f *timedFront) error {
	stmt, err := s.ask(f.statement)
	if err != nil {
		return err
	}
	rows, err := stmt.Query(s.timed(f.newest)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	f.newest = nil
	for rows.Next() {
		var id, day int64
		if err := rows.Scan(&id, &day); err != nil {
			return err
		}
		f.improve(id, day)
	}
	return rows.Err()
}

// size is the answer to question 7, which is counted when the clock has stopped.
func (s *sqlStore) size() peer.Answer {
	return func() []string {
		answer, err := s.answer("size", 1)
		if err != nil {
			return []string{err.Error()}
		}
		return answer()
	}
}

func (s *sqlStore) Close() error { return errors.Join(s.conn.Close(), s.db.Close()) }
