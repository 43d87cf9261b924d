"""Where one can go: the areas of the product and the account's menu.

Rooms add their entries in `AppConfig.ready`; a page shows those that its reader may open.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.ui.audience import Audience


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place to go. `icon`: its name in `icons.svg`; entries stand in the order of `order`."""

    id: str
    label: str | Promise
    icon: str
    url_name: str
    order: int
    audience: Audience = Audience.ANYONE

    @property
    def url(self) -> str:
        return reverse(self.url_name)


class Register:
    """A set of entries."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Add an entry.

        Raises:
            ValueError: there is one with this id.
        """
        if entry.id in self._entries:
            raise ValueError(f"There is an entry {entry.id!r} already.")
        self._entries[entry.id] = entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: entry.order))

    def for_reader(self, user: object) -> list[Entry]:
        """The entries that this reader may open."""
        return [entry for entry in self if _may_open(user, entry.audience)]


areas = Register()
"""Home, later Wallets, Reserves, Help: the top bar, and the tabs at the bottom of narrow screens."""
menu = Register()
"""Overview, Security, Messages ...: the menu under the user icon, and the line below the top bar."""


def add_home() -> None:
    """The area that every installation has. On wide screens the brand leads there."""
    areas.add(Entry(id="home", label=_("Home"), icon="home", url_name="ui:landing", order=0))


def _may_open(user: object, audience: Audience) -> bool:
    if audience is Audience.CUSTOMER:
        return bool(getattr(user, "is_authenticated", False))
    if audience is Audience.STAFF:
        return bool(getattr(user, "is_staff", False))
    return True
