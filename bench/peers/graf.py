"""Grafeo, by its Python package, as a store of RDF asked in SPARQL.

Schema: none to choose; the label of a quad is its named graph. Grafeo is a property graph as well; that side
was not tried, since its RDF side holds the quads as they are. Indexes: its own. The package reads no
file of quads into named graphs, so the load is INSERT DATA in batches. The database is one file, read
into memory when it is opened.

Questions are SPARQL with GRAPH patterns. Terms stand in the text: given as a parameter, the graph of q6 makes it
hundreds of times slower. There are no prepared statements. A join of patterns that share a variable, and VALUES with
many terms, seem to read all quads of a predicate, so the client joins where that is faster, by
lookups of one term each. Measured at 200,000 quads, beside other work: by the client q2 was 9 times faster, q5 120
times, q8 7 times; by a join q1 was 3 times faster than by VALUES, and q3 6 times faster than by the client.

q7: one statement is one transaction. strace shows that it writes the log and leaves syncing to a later time, and
the package cannot choose otherwise. wal_checkpoint() would sync, but writes the whole database anew
(0.35 s at 200,000 quads). The log is replayed on opening, so it is enough that the client syncs the log
file itself, as for Oxigraph; a killed process lost nothing.
"""

import os

import grafeo

import common

XSD = "http://www.w3.org/2001/XMLSchema#"
BATCH = 10_000
PLAIN = 'FILTER(STRSTARTS(STR(?%s), "rel:"))'


def insert(quads):
    """One statement that adds quads."""
    graphs = {}
    for s, p, o, g in quads:
        graphs.setdefault(g, []).append(f"{s} {p} {o} .")
    return "INSERT DATA { %s }" % " ".join("GRAPH %s { %s }" % (g, " ".join(lines)) for g, lines in graphs.items())


class Peer(common.Engine):
    def __init__(self, name, folder):
        super().__init__(name, folder)
        self.file = os.path.join(folder, "quads.grafeo")

    def load(self, path):
        self.open()
        batch = []
        for quad in common.read_quads(path):
            batch.append(quad)
            if len(batch) == BATCH:
                self.db.execute_sparql(insert(batch))
                batch = []
        if batch:
            self.db.execute_sparql(insert(batch))
        self.db.wal_checkpoint()
        self.close()

    def open(self):
        self.db = grafeo.GrafeoDB(self.file)

    def close(self):
        self.db.close()

    def rows(self, query):
        return [tuple(row.values()) for row in self.db.execute_sparql(query)]

    def write(self, cell):
        return cell.n3() if isinstance(cell, (grafeo.IRI, grafeo.Literal)) else str(cell)

    def column(self, pattern):
        """Different bindings of ?x, all IRIs, as terms."""
        return {"<%s>" % x for (x,) in self.rows("SELECT DISTINCT ?x { GRAPH ?g { %s } }" % pattern)}

    def title(self, report):
        return self.rows("SELECT ?t { GRAPH %s { %s <dcterms:title> ?t } }" % (report, report))

    def q1(self, p):
        return self.rows(
            f"""SELECT DISTINCT ?x {{
                GRAPH ?g {{ {p["a"]} ?p ?x }} GRAPH ?h {{ ?x ?q {p["b"]} }}
                {PLAIN % "p"} {PLAIN % "q"} FILTER(STRSTARTS(STR(?x), "ent:")) }}"""
        )

    def q2(self, p):
        claims = self.claims(p["a"], p["b"]) | self.claims(p["b"], p["a"])
        dated = []
        for claim in claims:
            for (day,) in self.rows("SELECT ?d { GRAPH ?g { %s <kg:from> ?d } }" % claim):
                dated.append((str(day), claim))
        return [claim for _, claim in sorted(dated)]

    def claims(self, subject, obj):
        return self.column("?x <kg:subject> " + subject) & self.column("?x <kg:object> " + obj)

    def q3(self, p):
        return self.rows(
            f"""SELECT ?c {{
                GRAPH ?f {{ ?e <kg:state> "{p["state"]}" }} GRAPH ?g {{ ?e <rdf:type> <kg:Person> }}
                GRAPH ?h {{ ?c <kg:subject> ?e }} GRAPH ?i {{ ?c <kg:from> ?d }}
                FILTER(?d >= "{p["since"]}"^^<{XSD}dateTime> && ?d <= "{p["until"]}"^^<{XSD}dateTime>) }}"""
        )

    def q4(self, _):
        rows = self.rows("SELECT ?r (COUNT(*) AS ?n) { GRAPH ?g { ?c <kg:relation> ?r } } GROUP BY ?r")
        return ["<%s> %s" % row for row in rows]

    def q5(self, p):
        return common.hops(p["a"], p["b"], lambda frontier: self.after(frontier) | self.before(frontier))

    def after(self, frontier):
        return set().union(*(self.column("%s ?p ?x %s" % (node, PLAIN % "p")) for node in frontier))

    def before(self, frontier):
        return set().union(*(self.column("?x ?p %s %s" % (node, PLAIN % "p")) for node in frontier))

    def q9(self, p):
        return common.in_order(p["a"], p["b"], self.later, self.sooner, common.FIRST, common.LAST)

    def later(self, frontier):
        for day, other, since, until in self.dated(frontier):
            if until >= day:
                yield other, max(since, day)

    def sooner(self, frontier):
        for day, other, since, until in self.dated(frontier):
            if since <= day:
                yield other, min(until, day)

    def dated(self, frontier):
        """The day of a node, and the other end and the days of each of its dated claims; joined here."""
        for node, day in frontier.items():
            for here, there in (("<kg:subject>", "<kg:object>"), ("<kg:object>", "<kg:subject>")):
                for claim in self.column("?x %s %s" % (here, node)):
                    said = self.rows("SELECT ?p ?o { GRAPH ?g { %s ?p ?o } }" % claim)
                    of = {"<%s>" % p: o for p, o in said}
                    if str(of["<kg:status>"]) in ("occurred", "ongoing") and "<kg:from>" in of and "<kg:until>" in of:
                        yield day, "<%s>" % of[there], str(of["<kg:from>"]), str(of["<kg:until>"])

    def q6(self, p):
        return self.rows("SELECT ?s ?p ?o { GRAPH %s { ?s ?p ?o } }" % p["report"])

    def q8(self, p):
        reached, frontier = set(), {p["a"]}
        for _ in range(3):
            frontier = self.after(frontier) - reached
            reached |= frontier
        return list(reached)

    def add(self, quads):
        self.db.execute_sparql(insert(quads))
        common.sync_log(self.file + ".wal", ".log")

    def count(self):
        ((n,),) = self.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        return int(n)
