"""Which of several prices count, and their median. Nothing here asks anybody.

1. Of each source its newest price counts, while it is not older than `age`.
2. A price that differs from the median of all fresh ones by more than `jump` per cent does not count.
3. Of what is left the median counts, if it is of at least `least` sources; for an even number the mean of the two in
   the middle, rounded half up.
4. The rate is as old as the oldest price that it rests on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PER_CENT = 100


class Standing(StrEnum):
    """Whether a price counts."""

    COUNTS = "counts"
    OLD = "old"
    FAR = "far"
    """Too far from the others (rule 2)."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """The newest that a source says of an asset."""

    source: str
    value: int
    observed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Median:
    """What counts of an asset, and since when it was so."""

    value: int
    observed_at: datetime
    sources: int


@dataclass(frozen=True, kw_only=True)
class Rules:
    """See the head."""

    age: timedelta
    jump: int
    least: int


def judged(said: Iterable[Said], rules: Rules, now: datetime) -> list[tuple[Said, Standing]]:
    """Each price with how it stands (rules 1 and 2)."""
    all_of_them = list(said)
    fresh = [it for it in all_of_them if now - it.observed_at <= rules.age]
    middle = median([it.value for it in fresh]) if fresh else 0
    return [(it, _standing(it, it in fresh, middle, rules)) for it in all_of_them]


def median_of(said: Iterable[Said], rules: Rules, now: datetime) -> Median | None:
    """What counts (rule 3); None: too few sources."""
    counting = [it for it, standing in judged(said, rules, now) if standing is Standing.COUNTS]
    if len(counting) < max(rules.least, 1):
        return None
    oldest = min(it.observed_at for it in counting)
    return Median(value=median([it.value for it in counting]), observed_at=oldest, sources=len(counting))


def median(values: Sequence[int]) -> int:
    """Of at least one."""
    ordered, half = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half] + 1) // 2


def _standing(it: Said, is_fresh: bool, middle: int, rules: Rules) -> Standing:
    if not is_fresh:
        return Standing.OLD
    return Standing.FAR if PER_CENT * abs(it.value - middle) > rules.jump * middle else Standing.COUNTS
