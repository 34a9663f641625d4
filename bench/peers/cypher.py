"""Kuzu, and LadybugDB, which goes on from it: property graphs asked in Cypher.

Schema: the claims of the quads become nodes with properties, all else becomes edges. Every quad
is in Claim, Plain or Says, so that q6 can give them all back:

    Node(iri)                    entities, reports, texts, sources: all that is not a claim
    Claim(iri, subject, …)       properties as typed columns; from and until are timestamps
    Trait(term)                  a state or a type, as predicate and object

    Plain   Node to Node         a plain edge, with the relation
    Subject, Object  Claim to Node, what the claim's columns say once more
    Claims  Node to Claim        the label, a report, and its claims
    Says    Node to Node         the label, and the subject of which it says predicate and object: any other quad
    Has     Node to Trait        state and type of an entity once more

Indexes: there are those of primary keys (hash) and of edges in both directions (CSR), no
others; that is why a label is a node. An edge cannot be found by its label, so a claim says whether its plain
edge stands under its label too; a plain edge without such a claim is kept in Says as well.

The load writes CSV files of these tables in Python, which is a good part of its time, and COPYs them.

Questions are one prepared statement each. q5 is native in Kuzu (SHORTEST 1..6); Ladybug is twice as fast
by a search in the client, one statement for a whole frontier, and so is q9 in both. q8 is SHORTEST 1..3, which never
comes back to where it started, and a second statement that asks whether A is reached again.

q7: one transaction, COMMIT syncs the log (strace: fdatasync of graph.db.wal). Nodes are looked up by the key of one
statement each: UNWIND of rows with MATCH joins with a scan of all nodes (150 to 210 ms a report instead of 30), and COPY
into the tables makes COMMIT write a checkpoint (290 ms).
"""

import csv
import datetime
import importlib
import itertools
import os
import re
import tempfile
import warnings

import common

XSD = "http://www.w3.org/2001/XMLSchema#"
DAY = "%Y-%m-%dT%H:%M:%SZ"


class Column:
    """A property of claims: how the object of a quad is kept in a column, and made again of it."""

    def __init__(self, name, kind="STRING", pattern="(.+)", term="{}"):
        self.name, self.kind, self.term = name, kind, term
        self.predicate = "<kg:%s>" % name.rstrip("_")
        self.pattern = re.compile(pattern)

    def value(self, term):
        """Text of the value for a CSV file, None if the column cannot give back this term."""
        m = self.pattern.fullmatch(term)
        return m and m[1]

    def parameter(self, text):
        """The value for a statement, of its text for a CSV file."""
        return int(text) if text and self.kind == "INT64" else text

    def given(self):
        """The parameter in a statement, as a value of the column's type."""
        return ("timestamp($%s)" if self.kind == "TIMESTAMP" else "$%s") % self.name

    def quad(self, claim, value):
        """Undoes value and parameter, once the database has given its own type."""
        if self.kind == "TIMESTAMP":
            value = value.strftime(DAY)
        return claim, self.predicate, self.term.format(value)


def typed(name, kind, datatype, lexical):
    """A column for the text between the quotes of literals with a datatype."""
    iri = XSD + datatype
    return Column(name, kind, r'"(%s)"\^\^<%s>' % (lexical, re.escape(iri)), '"{}"^^<%s>' % iri)


TIME = r"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
WHOLE = r"0|[1-9]\d{0,17}"

# A name that Cypher keeps for itself has an underscore behind it.
COLUMNS = [
    Column("subject"),
    Column("relation"),
    Column("object"),
    Column("status"),
    Column("date_"),
    typed("from_", "TIMESTAMP", "dateTime", TIME),
    typed("until", "TIMESTAMP", "dateTime", TIME),
    Column("dated"),
    Column("place"),
    Column("attribution"),
    Column("amount"),
    typed("confidence", "STRING", "double", "[^\"]+"),
    typed("start_", "INT64", "integer", WHOLE),
    typed("end_", "INT64", "integer", WHOLE),
]
BY_PREDICATE = {column.predicate: column for column in COLUMNS}
NAMES = ", ".join("c." + column.name for column in COLUMNS)

TABLES = [
    "CREATE NODE TABLE Node(iri STRING, PRIMARY KEY(iri))",
    "CREATE NODE TABLE Claim(iri STRING, plain BOOLEAN, %s, PRIMARY KEY(iri))"
    % ", ".join("%s %s" % (column.name, column.kind) for column in COLUMNS),
    "CREATE NODE TABLE Trait(term STRING, PRIMARY KEY(term))",
    "CREATE REL TABLE Plain(FROM Node TO Node, relation STRING)",
    "CREATE REL TABLE Subject(FROM Claim TO Node, MANY_ONE)",
    "CREATE REL TABLE Object(FROM Claim TO Node, MANY_ONE)",
    "CREATE REL TABLE Claims(FROM Node TO Claim)",
    "CREATE REL TABLE Says(FROM Node TO Node, predicate STRING, object STRING)",
    "CREATE REL TABLE Has(FROM Node TO Trait)",
]
ORDER = ["Node", "Claim", "Trait", "Plain", "Subject", "Object", "Claims", "Says", "Has"]
TRAITS = ("<kg:state>", "<rdf:type>")


class Rows:
    """Rows of all tables for some quads. Nodes and traits may come twice; the database has those of before."""

    def __init__(self):
        self.tables = {name: [] for name in ORDER}
        self.claims = set()

    def add(self, quads):
        """Adds the quads of one label."""
        about = {}
        for quad in quads:
            about.setdefault(quad[0], []).append(quad)
        plain = {quad[:3]: quad for quad in quads if common.is_plain(quad[1])}
        repeated = set()
        for subject, its in about.items():
            if not (subject.startswith("<claim:") and self.claim(subject, its, plain, repeated)):
                for quad in its:
                    self.other(quad)
        for edge, quad in plain.items():
            if edge not in repeated:
                self.says(quad)

    def claim(self, iri, quads, plain, repeated):
        """Adds a claim; False if it is not one that the table of claims can hold."""
        cells, rest = {}, []
        for quad in quads:
            column = BY_PREDICATE.get(quad[1])
            value = column and column.value(quad[2])
            if value and column.name not in cells:
                cells[column.name] = value
            else:
                rest.append(quad)
        edge = tuple(cells.get(name) for name in ("subject", "relation", "object"))
        if None in edge or iri in self.claims:
            return False
        self.claims.add(iri)
        repeated.add(edge)
        subject, _, object_ = edge
        label = quads[0][3]
        self.tables["Node"] += [(subject,), (object_,), (label,)]
        self.tables["Claim"].append((iri, edge in plain, *(cells.get(column.name) for column in COLUMNS)))
        self.tables["Subject"].append((iri, subject))
        self.tables["Object"].append((iri, object_))
        self.tables["Claims"].append((label, iri))
        for quad in rest:
            self.says(quad)
        return True

    def other(self, quad):
        s, p, o, _ = quad
        if common.is_plain(p):
            self.tables["Node"] += [(s,), (o,)]
            self.tables["Plain"].append((s, o, p))
            return
        self.says(quad)
        if p in TRAITS:
            self.tables["Trait"].append((p + " " + o,))
            self.tables["Has"].append((s, p + " " + o))

    def says(self, quad):
        s, p, o, label = quad
        self.tables["Node"] += [(label,), (s,)]
        self.tables["Says"].append((label, s, p, o))


def by_label(quads):
    """Runs of quads with the same label."""
    for _, run in itertools.groupby(quads, key=lambda quad: quad[3]):
        yield list(run)


Q1 = """
MATCH (:Node {iri: $a})-[:Plain]->(x:Node)-[:Plain]->(:Node {iri: $b})
WHERE starts_with(x.iri, '<ent:') RETURN DISTINCT x.iri"""

Q2 = """
MATCH (:Node {iri: $a})<-[:Subject|Object]-(c:Claim)
WHERE (c.subject = $b OR c.object = $b) AND c.from_ IS NOT NULL RETURN c.iri, c.from_ ORDER BY c.from_, c.iri"""

Q3 = """
MATCH (:Trait {term: $state})<-[:Has]-(e:Node)-[:Has]->(:Trait {term: '<rdf:type> <kg:Person>'}) WITH DISTINCT e
MATCH (e)<-[:Subject]-(c:Claim) WHERE c.from_ >= timestamp($since) AND c.from_ <= timestamp($until) RETURN c.iri"""

Q4 = "MATCH (c:Claim) RETURN c.relation, count(*)"

Q5 = "MATCH p = (a:Node {iri: $a})-[:Plain* SHORTEST 1..6]-(b:Node {iri: $b}) RETURN length(p)"

NEIGHBOURS = "MATCH (a:Node)-[:Plain]-(x:Node) WHERE a.iri IN $frontier RETURN DISTINCT x.iri"

DATED = """
MATCH (a:Node)<-[:Subject|Object]-(c:Claim)
WHERE a.iri IN $frontier AND c.from_ IS NOT NULL AND c.status IN ['"occurred"', '"ongoing"']
RETURN a.iri, c.subject, c.object, c.from_, c.until"""

CLAIMS = "MATCH (:Node {iri: $report})-[:Claims]->(c:Claim) RETURN c.iri, c.plain, " + NAMES

TITLE = "MATCH (:Node {iri: $report})-[q:Says]->(:Node) WHERE q.predicate = '<dcterms:title>' RETURN q.object"

SAYS = "MATCH (:Node {iri: $report})-[q:Says]->(s:Node) RETURN s.iri, q.predicate, q.object"

Q8 = "MATCH (a:Node {iri: $a})-[:Plain* SHORTEST 1..3]->(x:Node) RETURN x.iri"

BACK = """
MATCH (a:Node {iri: $a})-[:Plain* SHORTEST 1..2]->(x:Node)-[:Plain]->(b:Node {iri: $a})
RETURN b.iri LIMIT 1"""

COUNTS = [
    "MATCH (:Node)-[q:Plain]->(:Node) RETURN count(*)",
    "MATCH (:Node)-[q:Says]->(:Node) WHERE NOT starts_with(q.predicate, '<rel:') RETURN count(*)",
    "MATCH (c:Claim) RETURN " + " + ".join("count(c.%s)" % column.name for column in COLUMNS),
]

KNOWN = "MATCH (n:Node) WHERE n.iri IN $iris RETURN n.iri"
NEW_NODES = "UNWIND $iris AS iri CREATE (:Node {iri: iri})"
NEW_CLAIM = """
MATCH (l:Node {iri: $label}), (s:Node {iri: $subject}), (o:Node {iri: $object})
CREATE (c:Claim {iri: $iri, plain: $plain, %s}), (l)-[:Claims]->(c), (c)-[:Subject]->(s), (c)-[:Object]->(o)
""" % ", ".join("%s: %s" % (column.name, column.given()) for column in COLUMNS)
NEW_PLAIN = "MATCH (a:Node {iri: $a}), (b:Node {iri: $b}) CREATE (a)-[:Plain {relation: $relation}]->(b)"
NEW_SAYS = """
MATCH (l:Node {iri: $label}), (s:Node {iri: $subject})
UNWIND $rows AS r CREATE (l)-[:Says {predicate: r[1], object: r[2]}]->(s)"""
NEW_HAS = "MATCH (e:Node {iri: $iri}) MERGE (t:Trait {term: $term}) CREATE (e)-[:Has]->(t)"


class Peer(common.Engine):
    statements = {}  # prepared, by their texts

    def __init__(self, name, folder):
        super().__init__(name, folder)
        self.module = importlib.import_module(name)
        self.file = os.path.join(folder, "graph.db")

    def load(self, path):
        self.open()
        for table in TABLES:
            self.rows(table)
        rows = Rows()
        for quads in by_label(common.read_quads(path)):
            rows.add(quads)
        for name in ("Node", "Trait"):
            rows.tables[name] = list(dict.fromkeys(rows.tables[name]))
        with tempfile.TemporaryDirectory() as staging:
            for name in ORDER:
                self.copy(name, rows.tables[name], os.path.join(staging, name + ".csv"))
        self.rows("CHECKPOINT")
        self.close()

    def copy(self, table, rows, path):
        if not rows:
            return
        with open(path, "w", encoding="utf-8", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows(rows)
        self.rows("COPY %s FROM '%s' (header = false, quote = '\"', escape = '\"')" % (table, path))

    def open(self):
        self.db = self.module.Database(self.file)
        self.connection = self.module.Connection(self.db, num_threads=os.cpu_count())

    def close(self):
        self.statements = {}
        self.connection.close()
        self.db.close()

    def prepare(self, relations):
        self.connection.set_query_timeout(int(common.BUDGET * 1000))
        warnings.simplefilter("ignore", DeprecationWarning)  # prepare() is to go, and is faster
        texts = (Q1, Q2, Q3, Q4, Q5, NEIGHBOURS, DATED, CLAIMS, SAYS, Q8, BACK, KNOWN)
        texts += (NEW_NODES, NEW_CLAIM, NEW_PLAIN, NEW_SAYS, NEW_HAS)
        self.statements = {text: self.connection.prepare(text) for text in texts}

    def rows(self, query, **parameters):
        result = self.connection.execute(self.statements.get(query, query), parameters)
        rows = []
        while result.has_next():
            rows.append(tuple(result.get_next()))
        result.close()
        return rows

    def title(self, report):
        return self.rows(TITLE, report=report)

    def q1(self, p):
        return self.rows(Q1, a=p["a"], b=p["b"])

    def q2(self, p):
        return [claim for claim, _ in self.rows(Q2, a=p["a"], b=p["b"])]

    def q3(self, p):
        return self.rows(Q3, state='<kg:state> "%s"' % p["state"], since=p["since"], until=p["until"])

    def q4(self, _):
        return self.rows(Q4)

    def q5(self, p):
        if self.name == "ladybug":
            return common.hops(p["a"], p["b"], self.neighbours)
        if p["a"] == p["b"]:
            return 0
        rows = self.rows(Q5, a=p["a"], b=p["b"])
        return rows[0][0] if rows else None

    def neighbours(self, frontier):
        return [n for (n,) in self.rows(NEIGHBOURS, frontier=list(frontier))]

    def q9(self, p):
        first, last = datetime.datetime.min, datetime.datetime.max
        return common.in_order(p["a"], p["b"], self.later, self.sooner, first, last)

    def later(self, frontier):
        for a, b, since, until in self.dated(frontier):
            if until >= frontier[a]:
                yield b, max(since, frontier[a])

    def sooner(self, frontier):
        for a, b, since, until in self.dated(frontier):
            if since <= frontier[a]:
                yield b, min(until, frontier[a])

    def dated(self, frontier):
        """Both ends and the days of the dated claims of a frontier; the days are compared here, as Cypher has no table of parameters that joins by key."""
        for a, subject, object_, since, until in self.rows(DATED, frontier=list(frontier)):
            yield a, object_ if a == subject else subject, since, until

    def q6(self, p):
        quads = self.rows(SAYS, report=p["report"])
        for claim, plain, *values in self.rows(CLAIMS, report=p["report"]):
            quads += [column.quad(claim, value) for column, value in zip(COLUMNS, values) if value is not None]
            if plain:
                quads.append(values[:3])
        return quads

    def q8(self, p):
        return self.rows(Q8, a=p["a"]) + self.rows(BACK, a=p["a"])

    def add(self, quads):
        rows = Rows()
        for run in by_label(quads):
            rows.add(run)
        self.rows("BEGIN TRANSACTION")
        self.add_rows(rows.tables)
        self.rows("COMMIT")

    def add_rows(self, tables):
        iris = list(dict.fromkeys(iri for (iri,) in tables["Node"]))
        known = {iri for (iri,) in self.rows(KNOWN, iris=iris)}
        self.rows(NEW_NODES, iris=[iri for iri in iris if iri not in known])
        for (iri, plain, *cells), (label, _) in zip(tables["Claim"], tables["Claims"]):
            values = {column.name: column.parameter(cell) for column, cell in zip(COLUMNS, cells)}
            self.rows(NEW_CLAIM, label=label, iri=iri, plain=plain, **values)
        for a, b, relation in tables["Plain"]:
            self.rows(NEW_PLAIN, a=a, b=b, relation=relation)
        says = {}
        for label, subject, *rest in tables["Says"]:
            says.setdefault((label, subject), []).append(rest)
        for (label, subject), rest in says.items():
            self.rows(NEW_SAYS, label=label, subject=subject, rows=rest)
        for iri, term in tables["Has"]:
            self.rows(NEW_HAS, iri=iri, term=term)

    def count(self):
        return sum(self.rows(query)[0][0] for query in COUNTS)
