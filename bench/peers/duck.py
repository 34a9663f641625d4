"""DuckDB.

Schema: a column store likes few columns and no joins, so terms are stored as they are, and DuckDB
compresses them (dictionary, FSST). Measured at 200,000 quads against a table of terms and quads of
integers: q6 1.4 ms instead of 3.4, q1 2.0 instead of 2.9, since each join with the terms costs
more than reading the text, and 28 B a quad instead of 67, most of which are indexes. Tables:

    quad   all quads in the order of the file, that is, by report; ART index on the label, for q6
    edge   subject and object of plain edges, sorted, for q1, q5 and q8; ART indexes on both
    claim  one row for each claim with subject, object, relation and from, for q2 to q4; ART index on
           the subject; from is a timestamp
    trait  state and type of entities, for q3
    meeting  dated claims that occurred, from either end, with first and last day, for q9; ART index on the end

The last four repeat what quad has, as a relational index would; they are made in the load and
kept by q7. The file is read and split by SQL in one pass, with both cores.

Questions are one statement each, except q5 and q9: a recursive query cannot stop at the first path, so the client
searches from both sides, one statement for a whole frontier. The Python package has no
prepared statements; PREPARE and EXECUTE in SQL are not faster (q6 1.34 instead of 1.40 ms).

q7: one transaction; COMMIT writes the log and syncs it (strace: one fdatasync of quads.duckdb.wal).
"""

import datetime
import os

import duckdb

import common

READ = r"""
CREATE TABLE quad AS
SELECT s, p, o, g FROM (
    SELECT unnest(regexp_extract(line,
        '^(<[^>]*>|_:\S+) (<[^>]*>) (.+?)(?: (<[^>"]*>))? \.$', ['s', 'p', 'o', 'g']))
    FROM read_csv(?, columns = {'line': 'VARCHAR'}, delim = '\x00', quote = '', escape = '',
        header = false, auto_detect = false, max_line_size = 16777216))
"""

# The tables beside quad, from the quads of one relation, which is all of them in the load and the new ones in q7.
EDGES = "SELECT s, o FROM %s WHERE starts_with(p, '<rel:')"
TRAITS = "SELECT s, p, o FROM %s WHERE p IN ('<kg:state>', '<rdf:type>')"
CLAIMS = """
SELECT s,
    any_value(o) FILTER (p = '<kg:subject>') AS subject,
    any_value(o) FILTER (p = '<kg:object>') AS object,
    any_value(o) FILTER (p = '<kg:relation>') AS relation,
    split_part(any_value(o) FILTER (p = '<kg:from>'), '"', 2)::TIMESTAMP AS since
FROM %s WHERE p IN ('<kg:subject>', '<kg:object>', '<kg:relation>', '<kg:from>') GROUP BY s
"""
DATED = """
SELECT any_value(o) FILTER (p = '<kg:subject>') AS a,
    any_value(o) FILTER (p = '<kg:object>') AS b,
    any_value(o) FILTER (p = '<kg:status>') AS status,
    split_part(any_value(o) FILTER (p = '<kg:from>'), '"', 2)::TIMESTAMP AS first,
    split_part(any_value(o) FILTER (p = '<kg:until>'), '"', 2)::TIMESTAMP AS last
FROM %s WHERE p IN ('<kg:subject>', '<kg:object>', '<kg:status>', '<kg:from>', '<kg:until>') GROUP BY s
HAVING status IN ('"occurred"', '"ongoing"') AND first IS NOT NULL AND last IS NOT NULL
"""
MEETINGS = "WITH d AS MATERIALIZED (" + DATED + ") SELECT a, b, first, last FROM d UNION ALL SELECT b, a, first, last FROM d"

NEW = "(SELECT unnest($1) AS s, unnest($2) AS p, unnest($3) AS o, unnest($4) AS g)"

Q1 = "SELECT DISTINCT x.o FROM edge x JOIN edge y ON y.s = x.o WHERE x.s = $1 AND y.o = $2 AND starts_with(x.o, '<ent:')"

Q2 = """
SELECT s FROM claim
WHERE (subject = $1 AND object = $2 OR subject = $2 AND object = $1) AND since IS NOT NULL
ORDER BY since, s
"""

Q3 = """
SELECT s FROM claim
WHERE since BETWEEN $2::TIMESTAMP AND $3::TIMESTAMP AND subject IN (
    SELECT s FROM trait WHERE p = '<kg:state>' AND o = $1 INTERSECT
    SELECT s FROM trait WHERE p = '<rdf:type>' AND o = '<kg:Person>')
"""

Q4 = "SELECT relation, count(*) FROM claim GROUP BY relation"

NEIGHBOURS = """
SELECT o FROM edge WHERE s IN (SELECT unnest($1)) UNION
SELECT s FROM edge WHERE o IN (SELECT unnest($1))
"""

AT = "(SELECT unnest($1) AS id, unnest($2) AS day)"
LATER = "SELECT m.b, min(greatest(m.first, x.day)) FROM %s x JOIN meeting m ON m.a = x.id WHERE m.last >= x.day GROUP BY m.b" % AT
SOONER = "SELECT m.b, max(least(m.last, x.day)) FROM %s x JOIN meeting m ON m.a = x.id WHERE m.first <= x.day GROUP BY m.b" % AT

Q6 = "SELECT s, p, o FROM quad WHERE g = $1"

Q8 = """
WITH one AS MATERIALIZED (SELECT DISTINCT o FROM edge WHERE s = $1),
    two AS MATERIALIZED (SELECT DISTINCT o FROM edge WHERE s IN (FROM one)),
    three AS (SELECT DISTINCT o FROM edge WHERE s IN (FROM two))
FROM one UNION FROM two UNION FROM three
"""


class Peer(common.Engine):
    def __init__(self, name, folder):
        super().__init__(name, folder)
        self.file = os.path.join(folder, "quads.duckdb")

    def load(self, path):
        db = duckdb.connect(self.file)
        db.execute(READ, [path])
        db.execute("CREATE TABLE edge AS " + EDGES % "quad" + " ORDER BY s, o")
        db.execute("CREATE TABLE trait AS " + TRAITS % "quad" + " ORDER BY p, o")
        db.execute("CREATE TABLE claim AS " + CLAIMS % "quad" + " ORDER BY subject, object")
        db.execute("CREATE TABLE meeting AS FROM (" + MEETINGS % "quad" + ") ORDER BY a, first")
        db.execute("CREATE INDEX by_meeting ON meeting(a)")
        db.execute("CREATE INDEX by_label ON quad(g)")
        db.execute("CREATE INDEX by_start ON edge(s)")
        db.execute("CREATE INDEX by_end ON edge(o)")
        db.execute("CREATE INDEX by_subject ON claim(subject)")
        db.execute("CHECKPOINT")
        db.close()

    def open(self):
        self.db = duckdb.connect(self.file)

    def title(self, report):
        return self.rows("SELECT o FROM quad WHERE g = $1 AND p = '<dcterms:title>'", report)

    def close(self):
        self.db.close()

    def rows(self, query, *parameters):
        return self.db.execute(query, parameters).fetchall()

    def q1(self, p):
        return self.rows(Q1, p["a"], p["b"])

    def q2(self, p):
        return self.rows(Q2, p["a"], p["b"])

    def q3(self, p):
        return self.rows(Q3, '"%s"' % p["state"], p["since"], p["until"])

    def q4(self, _):
        return self.rows(Q4)

    def q5(self, p):
        return common.hops(p["a"], p["b"], self.neighbours)

    def neighbours(self, frontier):
        return [n for (n,) in self.rows(NEIGHBOURS, list(frontier))]

    def q9(self, p):
        first, last = datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31)
        return common.in_order(p["a"], p["b"], self.later, self.sooner, first, last)

    def later(self, frontier):
        return self.rows(LATER, list(frontier), list(frontier.values()))

    def sooner(self, frontier):
        return self.rows(SOONER, list(frontier), list(frontier.values()))

    def q6(self, p):
        return self.rows(Q6, p["report"])

    def q8(self, p):
        return self.rows(Q8, p["a"])

    def add(self, quads):
        columns = [list(column) for column in zip(*quads)]
        self.db.execute("BEGIN")
        self.db.execute("INSERT INTO quad FROM " + NEW, columns)
        self.db.execute("INSERT INTO edge " + EDGES % NEW, columns)
        self.db.execute("INSERT INTO trait " + TRAITS % NEW, columns)
        self.db.execute("INSERT INTO claim " + CLAIMS % NEW, columns)
        self.db.execute("INSERT INTO meeting " + MEETINGS % NEW, columns)
        self.db.execute("COMMIT")

    def count(self):
        return self.rows("SELECT count(*) FROM quad")[0][0]
