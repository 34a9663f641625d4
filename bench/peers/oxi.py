"""Oxigraph, by its Python package pyoxigraph, with its store on disk (RocksDB).

Schema: none to choose; the label of a quad is its named graph, and none is the default graph.
Indexes: its own, six orders of subject, predicate, object and graph; bulk_load writes sorted
files, optimize() compacts them. There are no prepared statements.

Questions are SPARQL over the union of all graphs. q1, q5 and q8 name the relations (VALUES) instead of
filtering predicates by prefix or following a path of alternatives. Measured at 200,000 quads: q1 0.23 ms by
VALUES and 0.30 by filter, both faster than by path; q8 20 ms by nested steps without duplicates, 24 by filter, 42 to 47
by paths, 57 by a search in the client. SPARQL paths tell what can be reached and not in how many
steps, so q5 and q9 are searches in the client from both sides, one query for a whole frontier. q6 reads the
graph by quads_for_pattern, which needs no parser.

q7: extend() is one transaction, but strace shows no fsync in it: RocksDB writes its log without
sync. The documented way to have it on the disk is flush() afterwards, which writes tables for half a
report each time (13 to 30 ms). RocksDB replays its log on opening, so it is enough that the client
syncs the log file itself; that is what is measured (3 ms). A killed process lost nothing.

Spelling: Oxigraph keeps numbers as numbers, so "8.7E-01" comes back as "0.87". The value is
the same; term() writes doubles again as the workload spells them.
"""

import pyoxigraph as ox

import common

XSD = "http://www.w3.org/2001/XMLSchema#"


def term(value):
    """Writes a term as the workload does."""
    if isinstance(value, ox.Literal) and value.datatype.value == XSD + "double":
        return '"%s"^^<%sdouble>' % (double(float(value.value)), XSD)
    return str(value)


def double(x):
    """Spells a double with the fewest digits that give it again, and two digits of exponent or more."""
    for digits in range(17):
        text = "%.*E" % (digits, x)
        if float(text) == x:
            break
    return text


def node(iri):
    """Makes a node of an IRI written as <…>."""
    return ox.NamedNode(iri[1:-1])


class Peer(common.Engine):
    def load(self, path):
        store = ox.Store(self.folder)
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS, lenient=True)
        store.optimize()
        store.flush()

    def open(self):
        self.store = ox.Store(self.folder)

    def title(self, report):
        return list(self.store.quads_for_pattern(node(report), node("<dcterms:title>"), None))

    def prepare(self, relations):
        self.values = " ".join(relations)

    def close(self):
        del self.store  # the last reference closes it

    def write(self, cell):
        return term(cell)

    def rows(self, query):
        """Rows of a query over the union of all graphs."""
        return [tuple(row) for row in self.store.query(query, use_default_graph_as_union=True)]

    def q1(self, p):
        return self.rows(
            f"""SELECT DISTINCT ?x {{
                VALUES ?p {{ {self.values} }} VALUES ?q {{ {self.values} }}
                {p["a"]} ?p ?x . ?x ?q {p["b"]} }}"""
        )

    def q2(self, p):
        a, b = p["a"], p["b"]
        return self.rows(
            f"""SELECT ?c {{
                {{ ?c <kg:subject> {a} ; <kg:object> {b} ; <kg:from> ?d }} UNION
                {{ ?c <kg:subject> {b} ; <kg:object> {a} ; <kg:from> ?d }}
            }} ORDER BY ?d STR(?c)"""
        )

    def q3(self, p):
        return self.rows(
            f"""SELECT ?c {{
                ?e <kg:state> "{p["state"]}" ; <rdf:type> <kg:Person> .
                ?c <kg:subject> ?e ; <kg:from> ?d
                FILTER(?d >= "{p["since"]}"^^<{XSD}dateTime> && ?d <= "{p["until"]}"^^<{XSD}dateTime>) }}"""
        )

    def q4(self, _):
        rows = self.rows("SELECT ?r (COUNT(*) AS ?n) { ?c <kg:relation> ?r } GROUP BY ?r")
        return ["%s %s" % (r, n.value) for r, n in rows]

    def q5(self, p):
        return common.hops(p["a"], p["b"], self.neighbours)

    def neighbours(self, frontier):
        """Ends of the plain edges of all nodes of a frontier, either way."""
        rows = self.rows(
            f"""SELECT DISTINCT ?n {{
                VALUES ?v {{ {" ".join(frontier)} }} VALUES ?p {{ {self.values} }}
                {{ ?v ?p ?n }} UNION {{ ?n ?p ?v }} }}"""
        )
        return [str(n) for (n,) in rows]

    def q9(self, p):
        return common.in_order(p["a"], p["b"], self.later, self.sooner, common.FIRST, common.LAST)

    def later(self, frontier):
        return self.dated(frontier, "MIN", "?u >= ?day", "?f > ?day, ?f")

    def sooner(self, frontier):
        return self.dated(frontier, "MAX", "?f <= ?day", "?u < ?day, ?u")

    def dated(self, frontier, best, fits, cut):
        """Other ends of the dated claims of a frontier, with the best day."""
        rows = self.rows(
            f"""SELECT ?n ({best}(?at) AS ?d) {{
                VALUES (?v ?day) {{ {" ".join('(%s "%s"^^<%sdateTime>)' % (n, day, XSD) for n, day in frontier.items())} }}
                {{ ?c <kg:subject> ?v ; <kg:object> ?n }} UNION {{ ?c <kg:object> ?v ; <kg:subject> ?n }}
                ?c <kg:status> ?s ; <kg:from> ?f ; <kg:until> ?u
                FILTER(?s IN ("occurred", "ongoing") && {fits}) BIND(IF({cut}, ?day) AS ?at) }} GROUP BY ?n"""
        )
        return [(str(n), d.value) for n, d in rows if n is not None]

    def q6(self, p):
        quads = self.store.quads_for_pattern(None, None, None, node(p["report"]))
        return [(q.subject, q.predicate, q.object) for q in quads]

    def q8(self, p):
        one = self.step(p["a"], "?one")
        two = self.step("?one", "?two", one)
        three = self.step("?two", "?three", two)
        return self.rows(
            f"""SELECT DISTINCT ?x {{
                {{ {one} BIND(?one AS ?x) }} UNION
                {{ {two} BIND(?two AS ?x) }} UNION
                {{ {three} BIND(?three AS ?x) }} }}"""
        )

    def step(self, start, end, before=""):
        """Pattern for the different ends of plain edges from start, which the pattern before binds."""
        p = end + "_p"
        return f"{{ SELECT DISTINCT {end} {{ {before} VALUES {p} {{ {self.values} }} {start} {p} {end} }} }}"

    def add(self, quads):
        text = "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads)
        self.store.extend(ox.parse(text, format=ox.RdfFormat.N_QUADS))
        common.sync_log(self.folder, ".log")

    def count(self):
        return len(self.store)
