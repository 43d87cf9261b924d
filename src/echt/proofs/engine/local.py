"""Both passes on one machine, a thread for each core: the kernel and the reader let go of the interpreter's lock."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from echt.proofs import disk
from echt.proofs.engine import direct, spill
from echt.proofs.engine.folder import Workshop, write_private
from echt.proofs.engine.memory import Memory
from echt.proofs.engine.partition import Hasher, Part
from echt.proofs.engine.plan import Plan
from echt.proofs.engine.progress import Progress
from echt.proofs.engine.spill import Maker, Records
from echt.proofs.engine.spilled import Spilled
from echt.proofs.input import Portion, Source

Item = TypeVar("Item")
Tool = TypeVar("Tool")

READING, HASHING = 2, 3
"""Threads for each core: in the second pass more of them wait for the disk."""


class LocalEngine:
    """Every core of this machine, with more threads than cores, for while others wait for the disk.

    Both passes go on from where a killed build was.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._readers = workers or cores() * READING
        self._hashers = workers or cores() * HASHING

    def hash(self, plan: Plan, source: Source, shop: Workshop, progress: Progress) -> tuple[Records, Records]:
        """The buckets' roots, and how many leaves each bucket has; the leaves themselves are in the shop's files."""
        spilled = Spilled(shop.spilled, len(plan.columns))
        self._first_pass(plan, source, spilled, progress)
        self._second_pass(plan, spilled, shop, progress)
        return collected(plan, shop)

    def _first_pass(self, plan: Plan, source: Source, spilled: Spilled, progress: Progress) -> None:
        progress.begin("read", source.rows)
        todo = []
        for portion in source.portions:
            note = spilled.mark_of(portion.name)
            if note is None:
                todo.append(portion)
            else:
                source.forms.restore(note["forms"])
                progress.advance(note["rows"])

        def read(portion: Portion, maker: Maker) -> None:
            files, rows = [], 0
            for number, run in enumerate(spill.runs(portion, maker)):
                files.append(spilled.keep(portion.name, number, run))
                progress.advance(len(run.records) // plan.pieces)
                rows += len(run.records) // plan.pieces
            spilled.mark(portion.name, files, {"rows": rows, "forms": source.forms.state()})

        self._each(todo, read, lambda: Maker(plan), self._readers)

    def _second_pass(self, plan: Plan, spilled: Spilled, shop: Workshop, progress: Progress) -> None:
        progress.begin("hash", plan.parts)

        def hash_part(number: int, tools: tuple[Hasher, Memory]) -> None:
            if not shop.roots(number).exists():
                keep_part(shop, number, tools[0].part(number, spilled.part(number, tools[1])))
            progress.advance(1)

        self._each(range(plan.parts), hash_part, lambda: (Hasher(plan), Memory()), self._hashers)

    def _each(
        self, items: Sequence[Item], work: Callable[[Item, Tool], None], make: Callable[[], Tool], threads: int
    ) -> None:
        """Do the work on each item, on all cores, each with tools of its own; the first fault ends it."""
        waiting = iter(items)
        lock = threading.Lock()

        def worker() -> None:
            tool = make()
            while not failed.is_set():
                with lock:
                    item = next(waiting, None)
                if item is None:
                    return
                try:
                    work(item, tool)
                except BaseException:
                    failed.set()
                    raise

        failed = threading.Event()
        with ThreadPoolExecutor(threads) as pool:
            workers = [pool.submit(worker) for _ in range(min(threads, len(items)))]
            try:
                for future in workers:
                    future.result()
            finally:
                failed.set()


def cores() -> int:
    """The cores that we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def keep_part(shop: Workshop, number: int, part: Part) -> None:
    """Keep a part; the roots come last, so that they tell that the part is done."""
    path = shop.part(number)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    direct.write(draft, np.frombuffer(part.parquet, np.uint8))
    draft.replace(path)
    disk.names_to_disk(path.parent)
    counts = part.counts.astype(np.uint32)[:, None]
    write_private(shop.roots(number), np.concatenate([part.roots, counts], axis=1).tobytes())


def collected(plan: Plan, shop: Workshop) -> tuple[Records, Records]:
    """The roots and counts of all buckets, from what the parts have left."""
    words = 8 + 4 * len(plan.columns) + 1
    parts = [np.frombuffer(shop.roots(number).read_bytes(), np.uint32) for number in range(plan.parts)]
    whole = np.concatenate(parts).reshape(-1, words)
    return np.ascontiguousarray(whole[:, :-1]), np.ascontiguousarray(whole[:, -1])
