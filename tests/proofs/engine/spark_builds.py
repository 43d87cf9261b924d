"""Builds on a Spark cluster of two workers on this machine, in a process of its own, which takes Java with it at its end.

`python -m tests.proofs.engine.spark_builds FOLDER` builds what lies in FOLDER and writes what came of it to
FOLDER/said.json; the last build is that of the command, which ends the cluster.
"""

import json
import sys
from pathlib import Path

from echt.proofs.engine.build import Order, build
from echt.proofs.engine.spark import SparkEngine, _context
from echt.proofs.input import open_source
from echt.proofs.refusals import Refused
from echt.site.cli import main
from tests.proofs.engine.balances import KEY, ORDER, small_buckets

BUILDS = {"many": 2, "wide": 3, "resumed": 1, "negative": 2, "twice": 2}
"""Names of inputs, and the pieces of each account."""
PART_BYTES = 1 << 15
"""So that there are some parts, and not many: each is a task of the cluster."""


def order_of(name: str) -> Order:
    return Order(name, ORDER.taken_at, ORDER.operator, pieces=BUILDS[name])


def outcome(folder: Path, name: str, engine: SparkEngine) -> str:
    source = open_source(folder / name)
    try:
        with small_buckets(6, PART_BYTES):
            return build(source, folder / f"{name}-spark", order_of(name), given_key=KEY, engine=engine).root
    except Refused as refusal:
        return str(refusal)


def run(folder: Path) -> None:
    engine = SparkEngine(_context())
    said = {name: outcome(folder, name, engine) for name in BUILDS}
    words = ["proofs", "build", str(folder / "negative"), "--engine", "spark", "--out", str(folder / "command")]
    said["command"] = str(main(words))
    (folder / "said.json").write_text(json.dumps(said))


if __name__ == "__main__":
    run(Path(sys.argv[1]))
