"""Joins the claims of claims.jsonl with the texts that they were read from: python build.py TEXTS OUT.

TEXTS is a file of JSON lines, each with a "text" (paragraphs parted by blank lines) and, where there is one, a "title". A
text is known by its SHA-256. OUT becomes a folder that `go run ./loader/train -gold` reads.
"""
import hashlib
import json
import os
import sys

texts = {}
for line in open(sys.argv[1], encoding="utf-8"):
    report = json.loads(line)
    text = report["text"].strip()
    texts[hashlib.sha256(text.encode()).hexdigest()] = (text, report.get("title") or None)
os.makedirs(sys.argv[2], exist_ok=True)
missing = 0
for line in open(os.path.join(os.path.dirname(__file__), "claims.jsonl"), encoding="utf-8"):
    gold = json.loads(line)
    if gold["sha256"] not in texts:
        missing += 1
        continue
    text, title = texts[gold["sha256"]]
    raw = text.encode()
    claims = [{"place": None, "attribution": None, "date": None, "essential": True, **c, "evidence": raw[c["at"][0]:c["at"][1]].decode()} for c in gold["claims"]]
    for c in claims:
        del c["at"]
    report = {"id": gold["id"], "title": title, "publisher": gold["source"].split("/")[0], "date": gold["date"] or None, "text": text}
    answer = {"id": gold["id"], "claims": claims, "offices": [], "entities": gold["entities"]}
    for name, value in ((gold["id"] + ".json", report), (gold["id"] + ".gold.json", answer)):
        with open(os.path.join(sys.argv[2], name), "w", encoding="utf-8") as out:
            json.dump(value, out, ensure_ascii=False)
print(f"{missing} texts are missing", file=sys.stderr)
