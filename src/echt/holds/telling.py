"""What happened to a hold, as steps that customer and desk read; the desk adds who and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt import clock
from echt.holds.causes import SENTENCES, UNBLOCKS, Cause, read
from echt.holds.models import FOREVER, Hold, HoldChange, HoldEvent, HoldPosition, HoldState
from echt.ui.formats import amount, exact
from echt.wallets.models import Asset, Balance

MOST = 100
"""Steps that a page tells; who trades a lot makes many."""

WORDS: dict[HoldChange, Promise] = {
    HoldChange.PLACED: gettext_lazy("%(bought)s bought, held until %(end)s"),
    HoldChange.MOVED: gettext_lazy("%(taken)s became %(given)s; the hold went along"),
    HoldChange.EXTENDED: gettext_lazy("Held longer, until %(end)s"),
    HoldChange.FROZEN: gettext_lazy("Frozen"),
    HoldChange.UNFROZEN: gettext_lazy("No longer frozen, held until %(end)s"),
    HoldChange.RELEASED_EARLY: gettext_lazy("Released early"),
    HoldChange.CLAWED_BACK: gettext_lazy("%(taken)s taken back"),
}
LEFT = gettext_lazy("%(taken)s left, as the policy allows")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `note`: the desk's own words; `more`: what everybody reads besides."""

    at: datetime
    kind: str
    words: str
    more: str = ""
    note: str = ""
    actor: UUID | None = None
    second: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """Units of a hold in a balance. `until` None: frozen; `is_free`: their time is over."""

    asset: Asset
    units: int
    release_at: datetime
    until: datetime | None
    is_free: bool
    elsewhere: bool
    """Whether they are in another customer's balance."""


def steps_of(hold: Hold) -> list[Step]:
    """The latest steps, newest first; the end by time is one of them."""
    events = list(hold.events.order_by("-pk")[:MOST])
    touched = {pk for event in events for pk in (event.source, event.target) if pk is not None}
    assets = {it.pk: it.asset for it in Balance.objects.filter(pk__in=touched).select_related("asset")}
    return [*_ended(hold), *(_step(hold, event, assets) for event in events)]


def parts_of(hold: Hold) -> list[Part]:
    """Where the units are now, the largest positions of an asset together as they stand in balances."""
    now = clock.now()
    found = HoldPosition.objects.filter(hold=hold, remaining__gt=0).select_related("balance__asset")
    return [_part(hold, position, now) for position in found.order_by("release_at", "pk")]


def cause_of(hold: Hold) -> Cause | None:
    """Why it is frozen, if it is."""
    if hold.state != HoldState.FROZEN:
        return None
    event = hold.events.filter(kind=HoldChange.FROZEN.value).order_by("-pk").first()
    return read(event.reason)[0] if event else None


def unblocking(cause: Cause | None) -> str:
    """What the customer can do about it."""
    return str(UNBLOCKS[cause or Cause.CHECK])


def _part(hold: Hold, position: HoldPosition, now: datetime) -> Part:
    return Part(
        asset=position.balance.asset,
        units=position.remaining,
        release_at=position.release_at,
        until=None if position.release_at >= FOREVER else position.release_at,
        is_free=position.release_at <= now,
        elsewhere=position.balance.account_id != hold.account_id,
    )


def _ended(hold: Hold) -> Iterable[Step]:
    if hold.state == HoldState.RUNNING and hold.release_at <= clock.now():
        yield Step(at=hold.release_at, kind="over", words=_("Free: its time was over"))


def _step(hold: Hold, event: HoldEvent, assets: dict[int, Asset]) -> Step:
    cause, note = read(event.reason)
    return Step(
        at=event.at,
        kind=event.kind,
        words=_words(hold, event, assets),
        more=str(SENTENCES[cause]) if cause else "",
        note=note,
        actor=event.actor,
        second=event.second,
    )


def _words(hold: Hold, event: HoldEvent, assets: dict[int, Asset]) -> str:
    told = {
        "taken": _coins(event.taken, assets.get(event.source or 0)),
        "given": _coins(event.given, assets.get(event.target or 0)),
        "end": exact(event.release_at) if event.release_at and event.release_at < FOREVER else "",
        "bought": _coins(hold.amount, hold.asset),
    }
    left = event.kind == HoldChange.MOVED and event.target is None
    return str(LEFT if left else WORDS[HoldChange(event.kind)]) % told


def _coins(units: int, asset: Asset | None) -> str:
    return amount(units, asset.decimals, asset.code) if asset else ""
