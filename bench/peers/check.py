"""The nine questions by brute force, over all quads in dicts: python check.py WORKDIR [FILE …]

Prints for each question the result that bench/README.md defines, as one JSON object.
With FILEs (what engines printed), compares their results too, and exits with 1 if one
differs. It shares the parser and the hashes with the peers, and no query.
"""

import json
import os
import sys
from collections import Counter, defaultdict

import common


class Twin:
    """All quads, in dicts by subject, by object and by label."""

    def __init__(self, quads):
        self.all = set()
        self.by_subject = defaultdict(list)
        self.by_object = defaultdict(list)
        self.by_label = defaultdict(list)
        for quad in quads:
            self.add(quad)

    def add(self, quad):
        if quad in self.all:
            return
        self.all.add(quad)
        self.by_subject[quad[0]].append(quad)
        self.by_object[quad[2]].append(quad)
        self.by_label[quad[3]].append(quad)

    def objects(self, subject, predicate):
        return {o for _, p, o, _ in self.by_subject[subject] if p == predicate}

    def subjects(self, predicate, obj):
        return {s for s, p, _, _ in self.by_object[obj] if p == predicate}

    def after(self, a):
        """Where plain edges from a lead."""
        return {o for _, p, o, _ in self.by_subject[a] if common.is_plain(p)}

    def before(self, a):
        """Where plain edges to a come from."""
        return {s for s, p, _, _ in self.by_object[a] if common.is_plain(p)}

    def q1(self, p):
        return [x for x in self.after(p["a"]) & self.before(p["b"]) if x.startswith("<ent:")]

    def q2(self, p):
        claims = set()
        for a, b in ((p["a"], p["b"]), (p["b"], p["a"])):
            claims |= self.subjects("<kg:subject>", a) & self.subjects("<kg:object>", b)
        return [c for _, c in sorted((d, c) for c in claims for d in self.objects(c, "<kg:from>"))]

    def q3(self, p):
        found = []
        for e in self.subjects("<kg:state>", '"%s"' % p["state"]) & self.subjects("<rdf:type>", "<kg:Person>"):
            for c in self.subjects("<kg:subject>", e):
                days = [d[1 : d.index('"', 1)] for d in self.objects(c, "<kg:from>")]
                if any(p["since"] <= day <= p["until"] for day in days):
                    found.append(c)
        return found

    def q4(self, _):
        pairs = {(s, o) for s, p, o, _ in self.all if p == "<kg:relation>"}
        return list(Counter(o for _, o in pairs).items())

    def q5(self, p):
        """Plain breadth-first search from one side only, unlike the peers."""
        level, seen = {p["a"]}, {p["a"]}
        for depth in range(7):
            if p["b"] in level:
                return depth
            level = {n for v in level for n in self.after(v) | self.before(v)} - seen
            seen |= level
        return None

    def q9(self, p):
        """From one side only, like q5: the first day on which each node can be reached."""
        first = {p["a"]: ""}
        for depth in range(5):
            if p["b"] in first:
                return depth
            after = dict(first)
            for a, day in first.items():
                for b, since, until in self.dated(a):
                    if day <= until and max(day, since) < after.get(b, "~"):
                        after[b] = max(day, since)
            first = after
        return None

    def dated(self, a):
        """Other ends, first and last day of the claims about a that occurred."""
        for here, there in (("<kg:subject>", "<kg:object>"), ("<kg:object>", "<kg:subject>")):
            for c in self.subjects(here, a):
                if self.objects(c, "<kg:status>") & {'"occurred"', '"ongoing"'}:
                    for b in self.objects(c, there):
                        for since in self.objects(c, "<kg:from>"):
                            for until in self.objects(c, "<kg:until>"):
                                yield b, since, until

    def q6(self, p):
        return [quad[:3] for quad in self.by_label[p["report"]]]

    def q8(self, p):
        level, reached = {p["a"]}, set()
        for _ in range(3):
            level = {n for v in level for n in self.after(v)}
            reached |= level
        return reached


def results(work):
    """The results of all questions over the files of a work folder."""
    twin = Twin(common.read_quads(os.path.join(work, "quads.nq")))
    questions = common.read_questions(work)
    found = {}
    for q in ("q1", "q2", "q3", "q4", "q5", "q6", "q8", "q9"):
        found[q] = "".join(common.digest(q, getattr(twin, q)(p)) for p in questions[q])
    more = list(common.read_quads(os.path.join(work, "more.nq")))
    found["q7"] = ""
    for p in questions["q7"]:
        for quad in more[p["first"] : p["last"]]:
            twin.add(quad)
        found["q7"] += common.digest("q7", len(twin.all))
    return found


def main():
    expected = results(sys.argv[1])
    print(json.dumps(expected))
    wrong = 0
    for path in sys.argv[2:]:
        for line in open(path, encoding="utf-8"):
            measure = json.loads(line)
            got = measure.get("result")
            if "failed" in measure:
                print("%s %s: %s" % (measure["engine"], measure["measure"], measure["failed"]))
            elif got is not None and not (got and expected[measure["measure"]].startswith(got)):
                print("%s %s: %s differs" % (measure["engine"], measure["measure"], got))
                wrong += 1
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
