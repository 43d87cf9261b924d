"""Limits: each change is a new row, so that one sees what applied when.

1. None is no limit, 0 is nothing: they are never mixed up, and a level without a row in force may nothing.
2. The row before gets its end in the same instant; rows are never changed otherwise, nor removed.
3. The limit of a level is changed, never ended. The cap of a country can be ended.
4. Who saw another row than the one in force is refused.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.audit.details import JSON
from echt.audit.record import record
from echt.holds.actions.changing import checked_words
from echt.holds.actions.policies import LEVELS
from echt.holds.events import Event
from echt.holds.models import Limit
from echt.holds.permissions import Permission, may
from echt.holds.refusals import HoldRefused, Wrong
from echt.identity.mrz.countries import ALPHA2
from echt.wallets.operations import Class

MOST_WINDOW = 365 * 24
MOST_SATS = 21_000_000 * 10**8


class LimitChanged(HoldRefused):
    """Somebody was faster (rule 4)."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has changed this limit since you opened it. Nothing was done. Look again."))


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom a limit binds, and what it counts. `window`: in hours."""

    counts: Class
    level: str = ""
    country: str = ""
    window: int = 24

    @property
    def row(self) -> dict[str, str | int]:
        """As the table has it."""
        return {"level": self.level, "country": self.country, "counts": self.counts.value, "window": self.window}


def set_limit(*, actor: User, subject: Subject, sats: int | None, reason: str, seen: UUID | None) -> Limit:
    """Put a limit in force. `sats` None: no limit; `seen`: the row in force on the page, None: there was none.

    Raises:
        Absent: the actor may not.
        LimitChanged: rule 4.
        Wrong: what was entered will not do; the words say what to change.
    """
    _require_may(actor)
    _check(subject, sats)
    reason = checked_words(reason)
    with transaction.atomic():
        now = clock.now()
        before = Limit.objects.select_for_update(no_key=True).filter(valid_until=None, **subject.row).first()
        if (before.pk if before else None) != seen:
            raise LimitChanged
        if before is not None:
            before.valid_until = now
            before.save(update_fields=["valid_until"])
        limit = Limit(**subject.row, sats=sats, valid_from=now, reason=reason, made_by=actor)
        limit.save(force_insert=True)
        record(Event.LIMIT_CHANGED, actor=actor, limit=str(limit.pk), to=_told(limit), reason=reason)
        return limit


def end_limit(*, actor: User, limit_id: UUID, reason: str) -> Limit:
    """End the cap of a country (rule 3).

    Raises:
        Absent: none with this key is in force, or the actor may not.
        Wrong: it is the limit of a level.
    """
    _require_may(actor)
    reason = checked_words(reason)
    with transaction.atomic():
        limit = Limit.objects.select_for_update(no_key=True).filter(pk=limit_id, valid_until=None).first()
        if limit is None:
            raise Absent
        if limit.level:
            raise Wrong(_("A level without a limit may nothing. Change it to no limit, or to nothing, instead."))
        limit.valid_until = clock.now()
        limit.save(update_fields=["valid_until"])
        record(Event.LIMIT_ENDED, actor=actor, limit=str(limit.pk), country=limit.country, reason=reason)
        return limit


def _check(subject: Subject, sats: int | None) -> None:
    _require(subject.level in {"", *LEVELS} and subject.country in {"", *ALPHA2}, _("Choose from the lists."))
    _require(bool(subject.level) != bool(subject.country), _("Choose either a level or a country."))
    _require(0 < subject.window <= MOST_WINDOW, _("Enter between 1 and %(most)s hours.") % {"most": MOST_WINDOW})
    _require(sats is None or 0 <= sats <= MOST_SATS, _("Enter at most 21,000,000 BTC."))


def _told(limit: Limit) -> dict[str, JSON]:
    """Satoshis as text: a number of more than 53 bits is no safe JSON number."""
    sats = None if limit.sats is None else str(limit.sats)
    whom: dict[str, JSON] = {"level": limit.level, "country": limit.country}
    return {**whom, "counts": limit.counts, "window": limit.window, "sats": sats}


def _require_may(actor: User) -> None:
    if not may(actor, Permission.LIMITS_CHANGE):
        raise Absent


def _require(holds: object, words: str) -> None:
    if not holds:
        raise Wrong(words)
