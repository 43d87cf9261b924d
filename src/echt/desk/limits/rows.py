"""Limits as the pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from echt.accounts.selectors import names_of
from echt.desk.identity.words import country
from echt.desk.policies.words import LEVELS
from echt.holds.actions.limits import Subject
from echt.holds.models import Limit
from echt.wallets.limit_rows import bitcoin
from echt.wallets.operations import CLASS_LABELS, Class


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    """One row of the table of limits, in force or over."""

    limit: Limit
    who: str = ""

    @property
    def subject(self) -> str:
        return str(LEVELS[self.limit.level]) if self.limit.level else country(self.limit.country)

    @property
    def counts(self) -> str:
        return str(CLASS_LABELS[Class(self.limit.counts)])

    @property
    def allows(self) -> str:
        return (
            _("no limit") if self.limit.sats is None else _("nothing") if self.is_closed else bitcoin(self.limit.sats)
        )

    @property
    def is_closed(self) -> bool:
        return self.limit.sats == 0


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a level may of a class; no row: nothing, because none is in force."""

    subject: Subject
    rows: list[LimitRow]

    @property
    def label(self) -> str:
        return str(CLASS_LABELS[self.subject.counts])


@dataclass(frozen=True, kw_only=True)
class LevelLine:
    label: str
    cells: list[Cell]


def levels() -> list[LevelLine]:
    """Level by class, what is in force."""
    found = rows_of(Limit.objects.filter(valid_until=None, country="").order_by("window"))
    return [LevelLine(label=str(label), cells=_cells(level, found)) for level, label in LEVELS.items()]


def caps() -> list[LimitRow]:
    """Of countries, in force."""
    rows = rows_of(Limit.objects.filter(valid_until=None).exclude(country="").order_by("counts", "window"))
    return sorted(rows, key=lambda row: row.subject)


def history(subject: Subject) -> list[LimitRow]:
    """Every row that bound these, the newest first."""
    return rows_of(Limit.objects.filter(**subject.row).order_by("-valid_from", "-pk"))


def in_force(subject: Subject) -> Limit | None:
    return Limit.objects.filter(valid_until=None, **subject.row).first()


def rows_of(limits: Iterable[Limit]) -> list[LimitRow]:
    found = list(limits)
    people = names_of(it.made_by_id for it in found if it.made_by_id)
    return [LimitRow(limit=it, who=people.get(it.made_by_id, "") if it.made_by_id else "") for it in found]


def _cells(level: str, rows: Sequence[LimitRow]) -> list[Cell]:
    return [
        Cell(
            subject=Subject(counts=counts, level=level),
            rows=[row for row in rows if row.limit.level == level and row.limit.counts == counts],
        )
        for counts in Class
    ]
