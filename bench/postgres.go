package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/entente-kg/entente/bench/bolt/peer"
)

const postgresName = "postgres"

// postgres is a PostgreSQL server of its own for each run, over a socket.
type postgres struct {
	root string // folder of the server
	bin  string
	cred *syscall.Credential // of who runs it, nil for who runs this program
	size int64
	peak int64 // KiB of the backend
}

var postgresDialect = dialect{
	placeholder: "$",
	numbers:     "(SELECT unnest(?1::bigint[]) AS id)", open: "{", close: "}",
	// An index of texts holds no more than 2,700 bytes of one, so the unique index
	// is of a hash.
	lookUp: "md5(value)::uuid = md5(?1::text)::uuid",
	least:  "least", most: "greatest",
	times: "(SELECT * FROM unnest(?1::bigint[], ?2::bigint[]) AS u(id, day))", timed: arrayPairs,
}

// arrayPairs writes pairs of numbers as two parameters.
func arrayPairs(pairs [][2]int64) []any {
	var list [2][]int64
	for _, p := range pairs {
		list[0], list[1] = append(list[0], p[0]), append(list[1], p[1])
	}
	return []any{list[0], list[1]}
}

// postgresBin finds the programs of the newest server that is installed.
func postgresBin() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err == nil && len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	program, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("no PostgreSQL here; apt install postgresql")
	}
	return filepath.Dir(program), nil
}

// run runs a program of the server as its user.
func (p *postgres) run(program string, args ...string) error {
	cmd := exec.Command(filepath.Join(p.bin, program), args...)
	cmd.Dir = p.root
	if p.cred != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.cred}
	}
	// pg_ctl leaves its output to the server, so it goes to a file.
	out, err := os.Create(filepath.Join(os.TempDir(), fmt.Sprintf("entente-bench-%s-%d.log", program, os.Getpid())))
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w: %s", program, err, text)
	}
	return nil
}

// become chooses who runs the server, which refuses to run as root.
func (p *postgres) become(dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return fmt.Errorf("PostgreSQL does not run as root: %w", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	p.cred = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // of our work folder, which may be a temporary one
		return err
	}
	return os.Chown(dir, uid, gid)
}

func (p *postgres) data() string { return filepath.Join(p.root, "data") }

// start starts the server with the memory that its manual advises for a machine
// that does little else.
func (p *postgres) start() error {
	options := "-c listen_addresses='' -c unix_socket_directories='" + p.root + "' -c shared_buffers=1GB -c work_mem=64MB" +
		" -c maintenance_work_mem=1GB -c effective_cache_size=4GB -c max_wal_size=8GB -c random_page_cost=1.1 -c jit=off"
	return p.run("pg_ctl", "-D", p.data(), "-w", "-l", filepath.Join(p.root, "log"), "-o", options, "start")
}

func (p *postgres) stop() error { return p.run("pg_ctl", "-D", p.data(), "-w", "-m", "fast", "stop") }

func (p *postgres) address() string { return "host=" + p.root + " user=postgres dbname=postgres" }

// Prepare makes the server, which is no part of loading.
func (p *postgres) Prepare(dir string) (err error) {
	if p.bin, err = postgresBin(); err != nil {
		return err
	}
	p.root = dir
	if err := p.become(dir); err != nil {
		return err
	}
	if err := p.run("initdb", "-D", p.data(), "-U", "postgres", "-A", "trust", "--locale=C", "--encoding=UTF8"); err != nil {
		return err
	}
	return p.start()
}

// Load fills the tables by COPY, makes the indexes, and stops the server.
func (p *postgres) Load(file, _ string) error { return errors.Join(p.load(file), p.stop()) }

func (p *postgres) load(file string) error {
	asked, err := peer.ReadQuestions(filepath.Dir(file))
	if err != nil {
		return err
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, p.address())
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, s := range []string{
		`CREATE TABLE term(id bigint, value text NOT NULL, t bigint)`,
		`CREATE TABLE quad(s bigint, p bigint, o bigint, l bigint)`,
	} {
		if _, err := conn.Exec(ctx, s); err != nil {
			return err
		}
	}
	terms := &copier{conn: conn, table: "term", columns: []string{"id", "value", "t"}}
	quads := &copier{conn: conn, table: "quad", columns: []string{"s", "p", "o", "l"}}
	if _, err := fillTables(file, asked.Relations, terms, quads); err != nil {
		return err
	}
	for _, s := range []string{
		`ALTER TABLE term ADD PRIMARY KEY (id)`,
		`CREATE UNIQUE INDEX term_value ON term ((md5(value)::uuid))`,
		`ALTER TABLE quad ADD PRIMARY KEY (s, p, o, l)`,
		`CREATE INDEX posl ON quad(p, o, s, l)`,
		`CREATE INDEX opsl ON quad(o, p, s, l)`,
		`CREATE INDEX lspo ON quad(l, s, p, o)`,
		`CREATE SEQUENCE term_id`,
		`SELECT setval('term_id', (SELECT max(id) FROM term))`,
		`VACUUM ANALYZE`, // also marks all as visible, so that an index alone answers
		`CHECKPOINT`,
	} {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return conn.QueryRow(ctx, `SELECT pg_total_relation_size('term') + pg_total_relation_size('quad')`).Scan(&p.size)
}

// Size implements peer.Sizer: tables and indexes, without what every server has.
func (p *postgres) Size() (int64, error) { return p.size, nil }

// copier sends rows by COPY, many at once.
type copier struct {
	conn    *pgx.Conn
	table   string
	columns []string
	rows    [][]any
}

func (c *copier) add(row ...any) error {
	if c.rows = append(c.rows, row); len(c.rows) < 50_000 {
		return nil
	}
	return c.flush()
}

func (c *copier) flush() error {
	_, err := c.conn.CopyFrom(context.Background(), pgx.Identifier{c.table}, c.columns, pgx.CopyFromRows(c.rows))
	c.rows = c.rows[:0]
	return err
}

// Open starts the server. It starts anew for each measure of opening, as the
// other engines read their files anew.
func (p *postgres) Open(_ string, known peer.Vocabulary) (peer.Store, error) {
	if err := p.start(); err != nil {
		return nil, err
	}
	config, err := pgx.ParseConfig(p.address())
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(1)
	questions := maps.Clone(quadQuestions)
	maps.Copy(questions, postgresWrites)
	s, err := openSQL(db, postgresDialect, known, questions)
	if err != nil {
		return nil, errors.Join(err, db.Close(), p.stop())
	}
	return &postgresStore{sqlStore: s, server: p}, nil
}

// postgresStore is a sqlStore that can add.
type postgresStore struct {
	*sqlStore
	server *postgres
}

// postgresWrites are the statements with which it adds.
var postgresWrites = map[string]string{
	"add terms": `INSERT INTO term SELECT nextval('term_id'), n.value, n.t FROM unnest(?1::text[], ?2::bigint[]) AS n(value, t)
		WHERE NOT EXISTS (SELECT 1 FROM term WHERE md5(term.value)::uuid = md5(n.value)::uuid)`,
	"add quads": `INSERT INTO quad SELECT s.id, p.id, o.id, l.id FROM unnest(?1::text[], ?2::text[], ?3::text[], ?4::text[]) AS n(s, p, o, l)
		JOIN term s ON md5(s.value)::uuid = md5(n.s)::uuid JOIN term p ON md5(p.value)::uuid = md5(n.p)::uuid
		JOIN term o ON md5(o.value)::uuid = md5(n.o)::uuid JOIN term l ON md5(l.value)::uuid = md5(n.l)::uuid
		ON CONFLICT DO NOTHING`,
}

// Add sends a report in two statements, rather than each term and quad on a way
// of its own.
func (s *postgresStore) Add(quads []peer.Quad) (peer.Answer, error) {
	var columns [4][]string
	var values []string
	for _, q := range quads {
		for i, value := range q.Terms {
			columns[i] = append(columns[i], value)
			values = append(values, value)
		}
	}
	slices.Sort(values)
	values = slices.Compact(values)
	seconds := make([]*int64, len(values))
	for i, value := range values {
		if t, ok := second(value).(int64); ok {
			seconds[i] = &t
		}
	}
	addTerms, err := s.ask("add terms")
	if err != nil {
		return nil, err
	}
	addQuads, err := s.ask("add quads")
	if err != nil {
		return nil, err
	}
	tx, err := s.conn.BeginTx(context.Background(), nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	if _, err := tx.Stmt(addTerms).Exec(values, seconds); err != nil {
		return nil, err
	}
	if _, err := tx.Stmt(addQuads).Exec(columns[0], columns[1], columns[2], columns[3]); err != nil {
		return nil, err
	}
	return s.size(), tx.Commit()
}

// Close stops the server, having noted the peak memory of the process that
// answered, which counts the shared pages that it touched.
func (s *postgresStore) Close() error {
	var pid int
	err := s.conn.QueryRowContext(context.Background(), `SELECT pg_backend_pid()`).Scan(&pid)
	if err == nil {
		s.server.peak, err = peak(pid)
	}
	return errors.Join(err, s.sqlStore.Close(), s.server.stop())
}

// Resident implements peer.Resident.
func (p *postgres) Resident() (int64, error) { return p.peak, nil }

// peak reads the peak of the resident memory of a process, in KiB.
func peak(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
		}
	}
	return 0, fmt.Errorf("process %d: no VmHWM", pid)
}
