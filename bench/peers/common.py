"""What all peers share: the files of the workload, the clock, the hashes, the lines printed.

An engine is a class with the methods of Engine below. It answers with terms as
N-Quads writes them; what bench/README.md does not time (sorting, joining, hashing)
is done here, after the clock has stopped.
"""

import hashlib
import json
import os
import re
import resource
import statistics
import time

BUDGET = 20.0  # seconds for one question over all its parameters
OPENINGS = 5  # how often a database is opened for the measure open

QUAD = re.compile(r'(<[^>]*>|_:\S+) (<[^>]*>) (.+?)(?: (<[^>"]*>))? \.$')


class Engine:
    """One peer. Each method is called from one thread, in the order of run()."""

    def __init__(self, name, folder):
        """folder is where the database is, or will be made; it exists and is empty before load."""
        self.name = name
        self.folder = folder

    def load(self, path):
        """Makes the database from quads.nq, and leaves it closed and on the disk."""
        raise NotImplementedError

    def open(self):
        """Opens the database."""
        raise NotImplementedError

    def title(self, report):
        """Answers the trivial question that ends the measure open: the title of a report, as rows."""
        raise NotImplementedError

    def prepare(self, relations):
        """Makes ready what a service makes once at its start. relations are the predicates of plain edges."""

    def close(self):
        """Closes the database, so that it may be opened again."""
        raise NotImplementedError

    def ask(self, question, parameter):
        """Answers q1 to q6, q8 and q9: a list of rows, each a term, or a tuple of terms or numbers."""
        return getattr(self, question)(parameter)

    def write(self, cell):
        """Writes a term of an answer as the workload does; not timed."""
        return str(cell)

    def add(self, quads):
        """Adds quads in one transaction that is on the disk on return (q7)."""
        raise NotImplementedError

    def count(self):
        """How many quads the database has; not timed."""
        raise NotImplementedError


def parse(line):
    """Splits a line of N-Quads into subject, predicate, object and label; "" for no label."""
    m = QUAD.match(line.rstrip("\n"))
    if m is None:
        raise ValueError("no quad: " + line)
    return m[1], m[2], m[3], m[4] or ""


def read_quads(path):
    """Yields the quads of a file, one a line."""
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield parse(line)


def read_questions(work):
    """Reads the parameters of the questions."""
    with open(os.path.join(work, "questions.json"), encoding="utf-8") as f:
        return json.load(f)


def is_plain(predicate):
    """Says whether edges of the predicate are plain edges."""
    return predicate.startswith("<rel:")


def hops(a, b, neighbours, limit=6):
    """Length of a shortest path, None if there is none within limit.

    neighbours answers for a whole frontier at once. The search goes on from the side
    whose frontier is smaller; it knows the length as soon as the two sides meet, since
    each is complete up to its depth.
    """
    if a == b:
        return 0
    seen, frontier, depth = ({a}, {b}), [{a}, {b}], 0
    while depth < limit and frontier[0] and frontier[1]:
        side = 0 if len(frontier[0]) <= len(frontier[1]) else 1
        new = set(neighbours(frontier[side])) - seen[side]
        depth += 1
        if new & seen[1 - side]:
            return depth
        seen[side].update(new)
        frontier[side] = new
    return None


def in_order(a, b, later, sooner, first, last, limit=4):
    """Hops of a shortest path in order of time from a to b, None if there is none within limit.

    later takes the first day on which one can be at each node of a frontier, and tells for the
    other ends of its dated claims on which day one can be there; with sooner it is the last day on which
    one must be there. The search goes on from the side whose frontier is smaller.
    """
    if a == b:
        return 0
    best, frontier = ({a: first}, {b: last}), [{a: first}, {b: last}]
    for depth in range(1, limit + 1):
        side = 0 if len(frontier[0]) <= len(frontier[1]) else 1
        new = {}
        for node, day in (later, sooner)[side](frontier[side]):
            was = best[side].get(node)
            if was is None or (day < was, day > was)[side]:
                best[side][node] = new[node] = day
        other = best[1 - side]
        if any(node in other and (day <= other[node], day >= other[node])[side] for node, day in new.items()):
            return depth
        if not new:
            return None
        frontier[side] = new
    return None


FIRST, LAST = "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"


def strings(question, rows, write=str):
    """Turns the rows of an answer into the strings that README.md hashes."""
    if question in ("q5", "q9"):
        return ["-" if rows is None else str(rows)]
    if question == "q7":
        return [str(rows)]
    text = [row if isinstance(row, str) else " ".join(map(write, row)) for row in rows]
    if question == "q2":
        return list(dict.fromkeys(text))  # in the order of the answer
    return sorted(set(text), key=str.encode)


def digest(question, rows, write=str):
    """First eight hex digits of the hash of an answer."""
    return hashlib.sha256("\n".join(strings(question, rows, write)).encode()).hexdigest()[:8]


def sync_log(folder, suffix):
    """Puts the newest log file of a folder on the disk, for engines that write their log without sync.

    The engine has handed its bytes to the kernel with write(2) before; fdatasync by any
    descriptor of the file writes them. The folder is synced too, in case the file is new.
    """
    newest = max(name for name in os.listdir(folder) if name.endswith(suffix))
    for path, sync in ((os.path.join(folder, newest), os.fdatasync), (folder, os.fsync)):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            sync(descriptor)
        finally:
            os.close(descriptor)


def folder_size(folder):
    """Bytes of all files in a folder."""
    return sum(
        os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(folder) for name in names
    )


def report(engine, measure, unit, values, result=None):
    """Prints one measure; p95 is the smallest value that 95 % do not exceed."""
    values = sorted(values)
    p95 = values[max(0, -(-len(values) * 95 // 100) - 1)]
    line = {
        "engine": engine,
        "measure": measure,
        "unit": unit,
        "median": round(statistics.median(values), 1),
        "p95": round(p95, 1),
        "n": len(values),
    }
    if result is not None:
        line["result"] = result
    print(json.dumps(line), flush=True)


def measure_question(engine, question, parameters):
    """Asks each parameter once untimed, then once timed, until the budget is used up."""
    start = time.perf_counter()
    times, result = [], ""
    for parameter in parameters:
        engine.ask(question, parameter)
        before = time.perf_counter()
        rows = engine.ask(question, parameter)
        times.append((time.perf_counter() - before) * 1e6)
        result += digest(question, rows, engine.write)
        if time.perf_counter() - start > BUDGET:
            break
    report(engine.name, question, "us", times, result)


def measure_adding(engine, parameters, more):
    """Measures q7, which can be asked only once for each parameter. Counting is not timed."""
    start = time.perf_counter()
    times, result = [], ""
    for parameter in parameters:
        quads = more[parameter["first"] : parameter["last"]]
        before = time.perf_counter()
        engine.add(quads)
        times.append((time.perf_counter() - before) * 1e6)
        result += digest("q7", engine.count())
        if time.perf_counter() - start > BUDGET:
            break
    report(engine.name, "q7", "us", times, result)


def measure_opening(engine, some_report):
    """Opens the closed database a few times, each time up to its first answer."""
    times = []
    for _ in range(OPENINGS):
        before = time.perf_counter()
        engine.open()
        rows = engine.title(some_report)
        times.append((time.perf_counter() - before) * 1e6)
        if len(rows) != 1:
            raise RuntimeError("%s has %d titles" % (some_report, len(rows)))
        engine.close()
    report(engine.name, "open", "us", times)


def attempt(engine, question, measure, *arguments):
    """Measures a question; one that fails is a line that says so, and the rest goes on."""
    try:
        measure(engine, *arguments)
    except Exception as err:  # whatever class of its own the engine has for its errors
        failure = {"engine": engine.name, "measure": question, "unit": "us", "failed": "failed: %s" % err}
        print(json.dumps(failure), flush=True)


def run(engine, work):
    """All measures of one engine. q7 comes last, so that the others see the quads of quads.nq."""
    questions = read_questions(work)
    start = time.perf_counter()
    engine.load(os.path.join(work, "quads.nq"))
    rate = questions["quads"] / (time.perf_counter() - start)
    report(engine.name, "load", "quads/s", [rate])
    report(engine.name, "bytes_per_quad", "B", [folder_size(engine.folder) / questions["quads"]])
    measure_opening(engine, questions["q6"][0]["report"])
    engine.open()
    engine.prepare(questions["relations"])
    for question in ("q1", "q2", "q3", "q4", "q5", "q6", "q9", "q8"):
        attempt(engine, question, measure_question, question, questions[question])
    more = list(read_quads(os.path.join(work, "more.nq")))
    attempt(engine, "q7", measure_adding, questions["q7"], more)
    engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report(engine.name, "rss", "MiB", [peak])
