"""How long one verification takes, beside SHA-256 alone for as many hashes: `python -m benchmarks.verify`.

The file is a proof of 40 columns, 2 pieces and height 30, with a signed statement and a log: as large as the target
names.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from time import perf_counter

from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs import reference
from tests.proofs.trees import OPERATOR, HighTree, World

COLUMNS, HEIGHT, PIECES, ROUNDS = 40, 30, 2, 20
TARGET = 50


def main() -> int:
    """Print the figures; 1 where the target is missed."""
    content, knowledge = proof()
    if verify(content, knowledge).verdict is not Verdict.VERIFIED:
        raise AssertionError
    whole, hashing = best_of(lambda: verify(content, knowledge)), best_of(hash_only)
    print(f"proof file: {len(content) / 1024:.0f} KiB, columns: {COLUMNS}, height: {HEIGHT}, pieces: {PIECES}")
    print(f"verification: {whole:.2f} ms (target: {TARGET} ms)")
    print(f"SHA-256 of as many messages: {hashing:.2f} ms; verification takes {whole / hashing:.0f} times as long")
    return 0 if whole < TARGET else 1


def proof() -> tuple[bytes, Knowledge]:
    columns = [(f"A{number:02}", 8, "credit") for number in range(COLUMNS)]
    config = reference.configuration(columns, 10, HEIGHT - 10, pieces=PIECES)
    world = World({"10001": [10**9 + number for number in range(COLUMNS)]}, config, tree=HighTree)
    content = json.dumps(world.proof("10001")).encode()
    return content, Knowledge(statement=world.note.encode(), operator_key=OPERATOR.vkey)


def hash_only() -> None:
    """A leaf and the nodes above it for each piece: messages of the same length."""
    leaf, node = bytes(36 + 16 * COLUMNS), bytes(8 + 2 * (32 + 16 * COLUMNS))
    for _ in range(PIECES):
        hashlib.sha256(leaf).digest()
        for _ in range(HEIGHT):
            hashlib.sha256(node).digest()


def best_of(what: Callable[[], object]) -> float:
    """The fastest of several rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        what()
        times.append(perf_counter() - started)
    return 1000 * min(times)


if __name__ == "__main__":
    sys.exit(main())
