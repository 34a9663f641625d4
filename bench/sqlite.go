package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // driver sqlite3, SQLite in C
	_ "modernc.org/sqlite"          // driver sqlite, SQLite translated to Go

	"github.com/entente-kg/entente/bench/bolt/peer"
)

// sqlite is SQLite by one of its two drivers.
type sqlite struct {
	driver string
	claims bool // with the tables of an application that has only these questions
}

func newSQLite(driver string, claims bool) peer.Engine { return sqlite{driver, claims} }

var sqliteDialect = dialect{
	placeholder: "?",
	numbers:     "(SELECT value AS id FROM json_each(?1))", open: "[", close: "]",
	lookUp: "value = ?1",
	least:  "min", most: "max",
	times: "(SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS day FROM json_each(?1))", timed: jsonPairs,
}

// jsonPairs writes pairs of numbers as one parameter.
func jsonPairs(pairs [][2]int64) []any {
	text, _ := json.Marshal(pairs) // numbers alone
	return []any{string(text)}
}

// open opens the database with the settings of one who reads much: a cache of
// 256 MiB, the file mapped. The driver of database/sql is given one connection.
func (e sqlite) open(dir string, pragmas ...string) (*sql.DB, error) {
	db, err := sql.Open(e.driver, filepath.Join(dir, "quads.db"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	for _, p := range append([]string{"cache_size = -262144", "mmap_size = 17179869184", "temp_store = MEMORY"}, pragmas...) {
		if _, err := db.Exec("PRAGMA " + p); err != nil {
			_ = db.Close()
			return nil, fmt.Errorf("%s: %w", p, err)
		}
	}
	return db, nil
}

// Load fills a new database in one transaction that nothing but the file's last
// sync protects, and makes the indexes afterwards.
func (e sqlite) Load(file, dir string) error {
	db, err := e.open(dir, "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE")
	if err != nil {
		return err
	}
	defer db.Close()
	asked, err := peer.ReadQuestions(filepath.Dir(file))
	if err != nil {
		return err
	}
	if err := e.fill(db, file, asked.Relations); err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	return sync(filepath.Join(dir, "quads.db"))
}

func (e sqlite) fill(db *sql.DB, file string, relations []string) error {
	tables := []string{
		`CREATE TABLE term(id INTEGER PRIMARY KEY, value TEXT NOT NULL, t INTEGER)`,
		`CREATE TABLE quad(s INTEGER, p INTEGER, o INTEGER, l INTEGER, PRIMARY KEY(s, p, o, l)) WITHOUT ROWID`,
	}
	if err := execute(db, tables...); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	terms, err := newBulk(tx, "INSERT INTO term VALUES", 3)
	if err != nil {
		return err
	}
	quads, err := newBulk(tx, "INSERT OR IGNORE INTO quad VALUES", 4)
	if err != nil {
		return err
	}
	n, err := fillTables(file, relations, terms, quads)
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	last := []string{
		`CREATE UNIQUE INDEX term_value ON term(value)`,
		`CREATE INDEX posl ON quad(p, o, s, l)`,
		`CREATE INDEX opsl ON quad(o, p, s, l)`,
		`CREATE INDEX lspo ON quad(l, s, p, o)`,
	}
	if e.claims {
		last = append(last, claimTables(n.ids, len(relations))...)
	}
	return execute(db, append(last, `ANALYZE`)...)
}

func execute(db *sql.DB, statements ...string) error {
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// sync waits until a file is on the disk.
func sync(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// bulk inserts many rows by a statement.
type bulk struct {
	tx     *sql.Tx
	insert string
	row    string // "(?,?,?)"
	full   *sql.Stmt
	args   []any
	width  int
}

// bulkRows is how many rows a statement of bulk inserts.
const bulkRows = 100

func newBulk(tx *sql.Tx, insert string, width int) (*bulk, error) {
	b := &bulk{tx: tx, insert: insert, width: width, row: "(?" + strings.Repeat(",?", width-1) + ")"}
	var err error
	b.full, err = tx.Prepare(b.statement(bulkRows))
	return b, err
}

func (b *bulk) statement(rows int) string {
	return b.insert + b.row + strings.Repeat(","+b.row, rows-1)
}

func (b *bulk) add(row ...any) error {
	b.args = append(b.args, row...)
	if len(b.args) < bulkRows*b.width {
		return nil
	}
	_, err := b.full.Exec(b.args...)
	b.args = b.args[:0]
	return err
}

// flush inserts the rows that are left.
func (b *bulk) flush() error {
	if len(b.args) == 0 {
		return nil
	}
	_, err := b.tx.Exec(b.statement(len(b.args)/b.width), b.args...)
	b.args = b.args[:0]
	return err
}

// Open opens for durable writing: what is committed is on the disk.
func (e sqlite) Open(dir string, known peer.Vocabulary) (peer.Store, error) {
	db, err := e.open(dir, "journal_mode = WAL", "synchronous = FULL")
	if err != nil {
		return nil, err
	}
	questions := maps.Clone(quadQuestions)
	maps.Copy(questions, sqliteWrites)
	if e.claims {
		maps.Copy(questions, claimQuestions)
		maps.Copy(questions, claimWrites)
	}
	s, err := openSQL(db, sqliteDialect, known, questions)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return &sqliteStore{sqlStore: s, claims: e.claims}, nil
}

// sqliteStore is a sqlStore that can add.
type sqliteStore struct {
	*sqlStore
	claims bool
}

// sqliteWrites are the statements with which it adds.
var sqliteWrites = map[string]string{
	"look":     `SELECT id FROM term WHERE value = ?1`,
	"add term": `INSERT INTO term(value, t) VALUES (?1, ?2)`,
	"add quad": `INSERT OR IGNORE INTO quad VALUES (?1, ?2, ?3, ?4)`,
}

func (s *sqliteStore) Add(quads []peer.Quad) (peer.Answer, error) {
	tx, err := s.conn.BeginTx(context.Background(), nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	in, err := s.in(tx, "look", "add term", "add quad")
	if err != nil {
		return nil, err
	}
	look, addTerm, addQuad := in[0], in[1], in[2]
	ids := make(map[string]int64) // of this report
	for _, q := range quads {
		var row [4]any
		for i, value := range q.Terms {
			id, ok := ids[value]
			if !ok {
				if id, err = number(look, addTerm, value); err != nil {
					return nil, err
				}
				ids[value] = id
			}
			row[i] = id
		}
		if _, err := addQuad.Exec(row[:]...); err != nil {
			return nil, err
		}
	}
	if s.claims {
		if err := s.addClaims(tx, quads, ids); err != nil {
			return nil, err
		}
	}
	return s.size(), tx.Commit()
}

// in returns statements by name, for a transaction.
func (s *sqliteStore) in(tx *sql.Tx, names ...string) ([]*sql.Stmt, error) {
	list := make([]*sql.Stmt, len(names))
	for i, name := range names {
		stmt, err := s.ask(name)
		if err != nil {
			return nil, err
		}
		list[i] = tx.Stmt(stmt)
	}
	return list, nil
}

// number returns the number of a term, which it adds where it is new.
func number(look, add *sql.Stmt, value string) (id int64, err error) {
	err = look.QueryRow(value).Scan(&id)
	if err != sql.ErrNoRows {
		return id, err
	}
	done, err := add.Exec(value, second(value))
	if err != nil {
		return 0, err
	}
	return done.LastInsertId()
}
