"""What this machine's hashing can do: our kernel, and OpenSSL streaming, in the same run.

Speeds are compressions a second of SHA-256 (64 bytes each), on all cores at once.
"""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from echt.proofs.engine.build import Order, build
from echt.proofs.engine.local import cores
from echt.proofs.engine.plan import Plan
from echt.proofs.input import open_source
from echt.proofs.kernel import buckets, message
from echt.proofs.kernel.compress import LANES
from echt.proofs.kernel.message import BLOCK
from echt.site.commands.proofs.bench import samples

SECONDS = 1.0
STREAM = 64 << 20
ROUNDS = 400
COMPRESSED = 64


def openssl(seconds: float = SECONDS) -> float:
    """Hashlib's SHA-256 over long messages, as it streams a file."""
    content = bytes(STREAM >> 3)
    return _on_all_cores(lambda: len(hashlib.sha256(content).digest()) and len(content) // COMPRESSED, seconds)


def kernel(seconds: float = SECONDS) -> float:
    """Our compression alone, with all messages at hand."""
    rows = np.zeros((ROUNDS * BLOCK, LANES), np.uint32)

    def work() -> int:
        state = np.zeros((8, LANES), np.uint32)
        message.digest(state, rows, ROUNDS)
        return ROUNDS * LANES

    return _on_all_cores(work, seconds)


def _on_all_cores(work: Callable[[], int], seconds: float) -> float:
    """How much work is done in a second by a thread on each core."""

    def worker() -> int:
        done, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            done += work()
        return done

    work()
    with ThreadPoolExecutor(cores()) as pool:
        began = time.perf_counter()
        workers = [pool.submit(worker) for _ in range(cores())]
        return sum(future.result() for future in workers) / (time.perf_counter() - began)


def warm_up(folder: Path, columns: int) -> None:
    """A small build, so that a machine's first compilation is not measured."""
    path = folder / "warm.parquet"
    samples.write(path, 1000, columns)
    build(open_source(path), folder / "warm", Order("warm", "2026-01-01T00:00:00Z", "bench"), given_key=bytes(32))


def compressions(plan: Plan, accounts: int, account_bytes: int) -> int:
    """How many compressions a build takes, by the norm and by how we pad and split.

    For each account two for its key and two for that key's blocks; for each piece two or three for its id; one for two
    numbers of the randomness of its pieces; one for each padding leaf; and all of the tree, padding included.
    """
    one_block = 64 - 9
    key = 1 + (account_bytes > one_block) + 1 + 2
    identity = 1 + (account_bytes > one_block - 36) + 1
    numbers = (plan.pieces - 1) * plan.sizes.columns
    tree = buckets.compressions(plan.sizes) << plan.sizes.prefix_bits
    top = ((1 << plan.sizes.prefix_bits) - 1) * message.blocks(2 + 2 * (8 + 4 * plan.sizes.columns))
    places = 1 << (plan.sizes.prefix_bits + plan.sizes.bucket_bits)
    own = accounts * (key + plan.pieces * identity + (numbers + 1) // 2 * 2)
    return own + tree + top + places - accounts * plan.pieces
