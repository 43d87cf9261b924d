"""What a fault is, and rows read side by side."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

CHUNK = 2000


@dataclass(frozen=True)
class Fault:
    """A row that is not what it has to be. `rule`: of `integrity`."""

    rule: int
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


def side_by_side(*streams: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, list[list[tuple[Any, ...]]]]]:
    """Rows of several streams by their first value, in whose order each stream is: (key, rows of each stream)."""
    tagged = [_tagged(number, stream) for number, stream in enumerate(streams)]
    merged = heapq.merge(*tagged, key=itemgetter(0, 1))
    for key, rows in groupby(merged, key=itemgetter(0)):
        parts: list[list[tuple[Any, ...]]] = [[] for _ in streams]
        for _key, number, row in rows:
            parts[number].append(row)
        yield key, parts


def _tagged(number: int, stream: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, int, tuple[Any, ...]]]:
    return ((row[0], number, row) for row in stream)
