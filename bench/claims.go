package main

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// sqlite-claims is SQLite as an application would use it that has only these
// questions: besides the quads, which question 6 wants, it keeps
//
//	edge(s, o)                               the plain edges, in both directions
//	claim(id, subject, object, relation, t)  t: the second of kg:from, or NULL
//	official(state, id)                      persons by state
//	meeting(a, b, first, last)               dated claims that occurred, from either end, with their seconds
//
// No question on anything else (places, statuses, whatever a user asks in Gizmo
// or a new kind of quad brings) is any faster for it. It is shown because for a
// fixed list of questions it is what one should do.

// claimTables are the statements that make these tables of the quads.
func claimTables(ids map[string]int64, relations int) []string {
	tables := []string{
		`CREATE TABLE edge(s INTEGER, o INTEGER, PRIMARY KEY(s, o)) WITHOUT ROWID`,
		`INSERT INTO edge SELECT DISTINCT s, o FROM quad WHERE p {EDGE} ORDER BY s, o`,
		`CREATE INDEX edge_back ON edge(o, s)`,
		`CREATE TABLE claim(id INTEGER PRIMARY KEY, subject INTEGER NOT NULL, object INTEGER NOT NULL, relation INTEGER NOT NULL, t INTEGER)`,
		`INSERT INTO claim SELECT s.s, s.o, o.o, r.o, d.t FROM quad s
			JOIN quad o ON o.s = s.s AND o.p = {kg:object} JOIN quad r ON r.s = s.s AND r.p = {kg:relation}
			LEFT JOIN quad f ON f.s = s.s AND f.p = {kg:from} LEFT JOIN term d ON d.id = f.o
			WHERE s.p = {kg:subject} ORDER BY s.s`,
		`CREATE INDEX claim_pair ON claim(subject, object, t)`,
		`CREATE INDEX claim_time ON claim(subject, t)`,
		`CREATE INDEX claim_relation ON claim(relation)`,
		`CREATE TABLE official(state INTEGER, id INTEGER, PRIMARY KEY(state, id)) WITHOUT ROWID`,
		`INSERT INTO official SELECT DISTINCT e.o, e.s FROM quad e JOIN quad k ON k.s = e.s AND k.p = {rdf:type} AND k.o = {kg:Person}
			WHERE e.p = {kg:state}`,
		`CREATE TABLE meeting(a INTEGER, last INTEGER, first INTEGER, b INTEGER, PRIMARY KEY(a, last, first, b)) WITHOUT ROWID`,
		`INSERT OR IGNORE INTO meeting SELECT q.o, tu.t, tf.t, y.o FROM quad q JOIN quad y ON y.s = q.s AND y.p = {kg:subject} + {kg:object} - q.p
			JOIN quad st ON st.s = q.s AND st.p = {kg:status} AND st.o IN ({"occurred"}, {"ongoing"})
			JOIN quad f ON f.s = q.s AND f.p = {kg:from} JOIN term tf ON tf.id = f.o JOIN quad u ON u.s = q.s AND u.p = {kg:until} JOIN term tu ON tu.id = u.o
			WHERE q.p IN ({kg:subject}, {kg:object}) ORDER BY q.o`,
		`CREATE INDEX meeting_back ON meeting(a, first, last, b)`,
	}
	names := []string{"{EDGE}", fmt.Sprintf("BETWEEN 1 AND %d", relations)}
	for _, p := range predicates {
		names = append(names, "{"+strings.Trim(p, "<>")+"}", fmt.Sprint(ids[p]))
	}
	fill := strings.NewReplacer(names...)
	for i, t := range tables {
		tables[i] = fill.Replace(t)
	}
	return tables
}

// claimQuestions are the questions to these tables; the others are asked of the
// quads.
var claimQuestions = map[string]string{
	"two-hop": `SELECT value FROM term WHERE id IN (SELECT o FROM edge WHERE s = {id ?1} INTERSECT SELECT s FROM edge WHERE o = {id ?2})`,

	"pair": `SELECT v.value FROM (
			SELECT id, t FROM claim WHERE subject = {id ?1} AND object = {id ?2} AND t IS NOT NULL
			UNION ALL
			SELECT id, t FROM claim WHERE subject = {id ?2} AND object = {id ?1} AND t IS NOT NULL
		) c JOIN term v ON v.id = c.id ORDER BY c.t, v.value`,

	"officials": `SELECT v.value FROM official e JOIN claim c ON c.subject = e.id AND c.t BETWEEN ?2 AND ?3 JOIN term v ON v.id = c.id
		WHERE e.state = {id ?1}`,

	"count": `SELECT v.value, x.n FROM (SELECT relation, count(*) AS n FROM claim GROUP BY relation) x JOIN term v ON v.id = x.relation`,

	"near": `SELECT e.o FROM {numbers} x CROSS JOIN edge e WHERE e.s = x.id UNION SELECT e.s FROM {numbers} x CROSS JOIN edge e WHERE e.o = x.id`,

	"later": `SELECT m.b, min(max(m.first, x.day)) FROM {times} x CROSS JOIN meeting m WHERE m.a = x.id AND m.last >= x.day GROUP BY m.b`,

	"sooner": `SELECT m.b, max(min(m.last, x.day)) FROM {times} x CROSS JOIN meeting m WHERE m.a = x.id AND m.first <= x.day GROUP BY m.b`,

	"reach": `WITH RECURSIVE reach(id, hops) AS (
			SELECT {id ?1}, 0 UNION SELECT e.o, r.hops + 1 FROM reach r JOIN edge e ON e.s = r.id WHERE r.hops < 3)
		SELECT value FROM term WHERE id IN (SELECT id FROM reach WHERE hops > 0)`,
}

// claimWrites are the statements that keep them in step.
var claimWrites = map[string]string{
	"add edge":    `INSERT OR IGNORE INTO edge VALUES (?1, ?2)`,
	"add claim":   `INSERT OR IGNORE INTO claim VALUES (?1, ?2, ?3, ?4, ?5)`,
	"add meeting": `INSERT OR IGNORE INTO meeting VALUES (?1, ?4, ?3, ?2), (?2, ?4, ?3, ?1)`,
	"add official": `INSERT OR IGNORE INTO official SELECT o, s FROM quad WHERE s = ?1 AND p = {kg:state}
		AND EXISTS (SELECT 1 FROM quad k WHERE k.s = ?1 AND k.p = {rdf:type} AND k.o = {kg:Person})`,
}

// addClaims keeps the tables in step with new quads.
func (s *sqliteStore) addClaims(tx *sql.Tx, quads []peer.Quad, ids map[string]int64) error {
	in, err := s.in(tx, "add edge", "add official", "add claim", "add meeting")
	if err != nil {
		return err
	}
	addEdge, addOfficial, addClaim, addMeeting := in[0], in[1], in[2], in[3]
	columns := []string{"<kg:subject>", "<kg:object>", "<kg:relation>", "<kg:from>"}
	claims, until, occurred := make(map[string][]any), make(map[string]any), make(map[string]bool)
	for _, q := range quads {
		subject, predicate, object := q.Terms[0], q.Terms[1], q.Terms[2]
		switch {
		case strings.HasPrefix(predicate, "<rel:"):
			_, err = addEdge.Exec(ids[subject], ids[object])
		case predicate == "<kg:state>":
			_, err = addOfficial.Exec(ids[subject])
		case strings.HasPrefix(subject, "<claim:"):
			row := claims[subject]
			if row == nil {
				row = []any{ids[subject], nil, nil, nil, nil}
				claims[subject] = row
			}
			if i := slices.Index(columns, predicate); i >= 0 {
				row[1+i] = ids[object]
			}
			switch predicate {
			case "<kg:from>":
				row[4] = second(object)
			case "<kg:until>":
				until[subject] = second(object)
			case "<kg:status>":
				occurred[subject] = object == `"occurred"` || object == `"ongoing"`
			}
		}
		if err != nil {
			return err
		}
	}
	for claim, row := range claims {
		if _, err := addClaim.Exec(row...); err != nil {
			return err
		}
		if !occurred[claim] || row[4] == nil || until[claim] == nil {
			continue
		}
		if _, err := addMeeting.Exec(row[1], row[2], row[4], until[claim]); err != nil {
			return err
		}
	}
	return nil
}
