"""Characters of a line that may be something else: what a reader thought likely beside what it took.

1. A character is replaced only by one that the reader itself thought possible, and few at once. O and 0 are always
   possible for each other: in print they differ too little.
2. What is taken has check digits that all hold; where several ways make them hold, none is taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, islice, product

from echt.identity.mrz import Zone, parse
from echt.identity.mrz.parse import UNPROTECTED

Cell = Mapping[str, float]
"""A character as it was read: what it may be, and how likely each is."""

POSSIBLE = 0.01
"""The share from which on a character is a possible one."""
ALIKE = {"0": "O", "O": "0"}
MOST_REPLACED = 2
MOST_WAYS = 300


as_read = partial(parse, guessing=False)
"""The zone in lines: what else they may say is tried here, by what the reader thought possible."""


def most_likely(cells: Sequence[Cell]) -> str:
    return "".join(max(cell, key=lambda each: cell[each]) for cell in cells)


def settled(lines: Sequence[Sequence[Cell]]) -> list[Zone]:
    """The zones whose check digits all hold with the fewest characters replaced; one for each thing they may say."""
    for count in range(MOST_REPLACED + 1):
        zones = filter(None, map(as_read, islice(_ways(lines, count), MOST_WAYS)))
        found = [zone for zone in zones if zone.valid and needs_nothing(zone)]
        if found:
            return distinct(found)
    return []


def distinct(zones: Iterable[Zone]) -> list[Zone]:
    """The first of those that differ in nothing that a check digit vouches for."""
    first: dict[object, Zone] = {}
    for zone in zones:
        first.setdefault((zone.format, zone.number, zone.born_on, zone.expires_on, zone.optional), zone)
    return list(first.values())


def needs_nothing(zone: Zone) -> bool:
    """Whether nothing was replaced that a check digit vouches for."""
    return not zone.repaired - UNPROTECTED


def _ways(lines: Sequence[Sequence[Cell]], count: int) -> Iterator[list[str]]:
    """The lines with so many characters replaced."""
    doubtful = [(row, place) for row, line in enumerate(lines) for place in range(len(line)) if _others(line[place])]
    read = [[most_likely([cell]) for cell in line] for line in lines]
    for chosen in combinations(doubtful, count):
        for characters in product(*(_others(lines[row][place]) for row, place in chosen)):
            changed = [list(line) for line in read]
            for (row, place), character in zip(chosen, characters, strict=True):
                changed[row][place] = character
            yield ["".join(line) for line in changed]


def _others(cell: Cell) -> set[str]:
    taken = most_likely([cell])
    possible = {character for character, share in cell.items() if share >= POSSIBLE}
    return (possible | set(ALIKE.get(taken, ""))) - {taken}
