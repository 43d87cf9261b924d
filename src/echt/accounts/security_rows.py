"""The rows of the security page: one thing each, with its state and the one thing to do about it.

A room adds its rows at start, so that the page shows only what works:
`register(Section.ADVANCED, address_book, order=20)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from echt.accounts.models import User


class Section(StrEnum):
    """Where on the page a row stands."""

    SIGN_IN = "sign_in"
    ADVANCED = "advanced"
    ACCOUNT = "account"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as its reader sees it; all words are in the language that is active."""

    icon: str
    title: str
    text: str
    kind: str = ""
    """Of the state: "success", "warning", "info" or "" for neutral."""
    word: str = ""
    """The state; empty for none."""
    action: str = ""
    url: str = ""
    primary: bool = False
    is_on: bool | None = None
    """Whether this protection is set up; `None`: it does not count as one."""


RowOf = Callable[[User], Row]

_rows: dict[Section, list[tuple[int, RowOf]]] = {section: [] for section in Section}


def register(section: Section, row: RowOf, *, order: int) -> None:
    """Have the row in this section, in the place that its order gives it."""
    _rows[section] = sorted([*_rows[section], (order, row)], key=lambda entry: entry[0])


def rows_of(section: Section, user: User) -> list[Row]:
    return [row(user) for _order, row in _rows[section]]


def protections_of(user: User) -> list[Row]:
    """The rows that count as protections, of all sections."""
    return [row for section in Section for row in rows_of(section, user) if row.is_on is not None]
