"""What a rule is, and what it finds."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

Place = PurePosixPath
Lines = Iterable[int]


@dataclass(frozen=True)
class Rule:
    """One rule of the house.

    `find` gives the numbers of the lines that break it; it is asked only about places where `applies` holds.
    `teaches` says why the rule is there and what to do instead.
    """

    name: str
    teaches: str
    applies: Callable[[Place], bool]
    find: Callable[[str], Lines]

    def findings(self, place: Place, source: str) -> Iterator["Finding"]:
        if not self.applies(place):
            return
        lines = source.splitlines()
        for number in sorted(set(self.find(source))):
            if not self._excused(lines[number - 1] if lines else ""):
                yield Finding(place, number, self)

    def _excused(self, line: str) -> bool:
        """Whether the line gives its reason for breaking this rule."""
        return re.search(rf"house: {self.name}: \S", line) is not None


@dataclass(frozen=True)
class Finding:
    place: Place
    line: int
    rule: Rule

    def __str__(self) -> str:
        return f"{self.place}:{self.line}: {self.rule.name}: {self.rule.teaches}"


def in_package(place: Place) -> bool:
    """Code of the product, without migrations."""
    return place.parts[:2] == ("src", "echt") and place.suffix == ".py" and "migrations" not in place.parts


def room(place: Place) -> str:
    """The room in which the file lies; empty for files outside of rooms."""
    return place.parts[2] if place.parts[:2] == ("src", "echt") and len(place.parts) > 3 else ""  # noqa: PLR2004


def within(place: Place) -> Place:
    """The place, seen from its room."""
    return Place(*place.parts[3:])
