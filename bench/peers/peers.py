"""Measures one peer: python peers.py ENGINE WORKDIR DBDIR

See bench/README.md for what is asked, and the top of each engine's file for the schema,
the indexes and the queries that it was given, and why.
"""

import importlib
import sys

import common

# Engine and the module that has its class Peer; imported late, since each needs a package of its own.
ENGINES = {
    "duckdb": "duck",
    "kuzu": "cypher",
    "ladybug": "cypher",
    "oxigraph": "oxi",
    "pyoxigraph": "oxi",  # as the driver calls it
    "grafeo": "graf",
}


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ENGINES:
        sys.exit("usage: peers.py %s WORKDIR DBDIR" % "|".join(ENGINES))
    name, work, folder = sys.argv[1:]
    module = importlib.import_module(ENGINES[name])
    common.run(module.Peer(name, folder), work)


if __name__ == "__main__":
    main()
