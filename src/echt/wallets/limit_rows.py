"""Limits as the pages show them: what may pass, what has, and when room comes back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from echt.ui.formats import amount
from echt.wallets.operations import CLASS_LABELS
from echt.wallets.standing import LimitStanding

DECIMALS = 8
UNIT = "BTC"
WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class LimitRow:
    """One limit, its amounts in Bitcoin."""

    limit: LimitStanding

    @property
    def label(self) -> str:
        return str(CLASS_LABELS[self.limit.counts])

    @property
    def window(self) -> str:
        return _("in %(hours)s hours") % {"hours": self.limit.window}

    @property
    def allows(self) -> str:
        return _("no limit") if self.limit.sats is None else bitcoin(self.limit.sats)

    @property
    def used(self) -> str:
        return bitcoin(self.limit.used)

    @property
    def left(self) -> str:
        return "" if self.limit.left is None else bitcoin(self.limit.left)

    @property
    def back(self) -> str:
        return bitcoin(self.limit.back)

    @property
    def is_closed(self) -> bool:
        """Whether nothing may pass, however little was used."""
        return self.limit.sats == 0

    @property
    def share(self) -> int | None:
        """Used, 0 to 100, rounded up; None: there is no limit, or nothing may pass."""
        return min(WHOLE, -(-WHOLE * self.limit.used // self.limit.sats)) if self.limit.sats else None

    @property
    def kind(self) -> str:
        """The colour of its bar."""
        return "danger" if self.limit.left == 0 else ""


def bitcoin(sats: int) -> str:
    """Whole coins without their zeros, else every place."""
    coins, rest = divmod(sats, 10**DECIMALS)
    return amount(sats, DECIMALS, UNIT) if rest else amount(coins, 0, UNIT)


def limit_rows(limits: Iterable[LimitStanding]) -> list[LimitRow]:
    return [LimitRow(limit=limit) for limit in limits]
