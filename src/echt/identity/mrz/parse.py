"""From lines, as OCR gives them, to the zone that they most probably are."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from echt import clock
from echt.identity.mrz.check_digits import FILLER
from echt.identity.mrz.countries import is_known
from echt.identity.mrz.formats import LAYOUTS, Layout, fits_code
from echt.identity.mrz.repair import SLACK, Attempt, clean, ends_in_fillers, fitted, holds, settle
from echt.identity.mrz.zone import Zone, zone_of

UNPROTECTED = frozenset({"code", "issuer", "names", "nationality"})
"""What is put right without a check digit, since no digit may stand there."""
SHORTEST = 8
"""Characters of a line whose fillers at the end were not read."""
_ENOUGH = 2
"""Right check digits that make lines a zone although no such country is known."""


def parse(lines: Sequence[str], *, today: date | None = None, guessing: bool = True) -> Zone | None:
    """The zone in these lines; None where there is none.

    Other lines may stand around it. `Zone.checks` says which check digits are right, `Zone.repaired` what was replaced.

    `today` decides between two centuries of birth; by default it is the clock's. Without `guessing` only that is
    replaced which cannot be right where it stands: a reader who knows what else it may have seen does better itself.
    """
    day = today or clock.now().date()
    best: Zone | None = None
    for zone in _zones([line for line in map(clean, lines) if may_belong(line)], day, guessing=guessing):
        if best is None or _merit(zone) > _merit(best):
            best = zone
        if best.valid and not best.repaired:
            break
    return best


def may_belong(line: str) -> bool:
    near = any(abs(len(line) - layout.width) <= SLACK for layout in LAYOUTS.values())
    return near or (len(line) >= SHORTEST and ends_in_fillers(line))


def _zones(lines: Sequence[str], today: date, *, guessing: bool) -> Iterator[Zone]:
    for layout in LAYOUTS.values():
        for start in range(len(lines) - layout.height + 1):
            window = lines[start : start + layout.height]
            for fit in product(*(tuple(fitted(line, layout.width)) for line in window)):
                if not fits_code(layout, fit[0]):
                    continue
                settled = settle(layout, fit, guessing=guessing)
                zone = _zone(layout, settled, today, refitted=list(fit) != list(window))
                if _is_one(layout, zone):
                    yield zone


def _zone(layout: Layout, settled: Attempt, today: date, *, refitted: bool) -> Zone:
    checks = {name: holds(layout, name, settled.lines) for name in layout.checks}
    repaired = settled.repaired | ({"length"} if refitted else set())
    return zone_of(layout, settled.lines, checks=checks, repaired=frozenset(repaired), today=today)


def _is_one(layout: Layout, zone: Zone) -> bool:
    """Whether it is a zone at all, and not some other print of that length."""
    right = sum(zone.checks.values())
    dates = layout.born_on.of(zone.lines).replace(FILLER, "0")
    return dates.isdigit() and (right >= _ENOUGH or (right > 0 and is_known(zone.issuer)))


def _merit(zone: Zone) -> tuple[float, int, bool, int]:
    right = sum(zone.checks.values())
    return right / len(zone.checks), right, is_known(zone.issuer), -len(zone.repaired - UNPROTECTED)
