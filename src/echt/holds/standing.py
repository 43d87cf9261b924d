"""What may move and what is held, told to the pages of wallets. See `wallets.standing.Standing`.

Totals come from balances and positions, holds by the page, so that ten thousand of them cost no more than ten.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from echt.holds.engine.plain import bounds_of
from echt.holds.facts import facts_of
from echt.holds.models import FOREVER, Hold, HoldPosition, HoldState, Usage
from echt.wallets.models import Account, Balance
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import Class, operations_of
from echt.wallets.standing import (
    AssetStanding,
    HeldUnits,
    HoldCount,
    HoldEnd,
    HoldLine,
    HoldPage,
    LimitStanding,
)

ENDS = {HoldState.RELEASED_EARLY: HoldEnd.RELEASED_EARLY, HoldState.CLAWED_BACK: HoldEnd.CLAWED_BACK}


class HoldsStanding:
    """See `wallets.standing.Standing`."""

    def of(self, account: UUID, *, at: datetime) -> list[AssetStanding]:
        balances = Balance.objects.filter(account=account).order_by("asset__order", "asset__code")
        held = held_in(account, at)
        return [_standing(balance, held.get(balance.pk, NOTHING)) for balance in balances if balance.posted]

    def holds(
        self,
        account: UUID,
        *,
        at: datetime,
        earlier: bool = False,
        asset: int | None = None,
        after: str = "",
        size: int = 25,
    ) -> HoldPage:
        found = _earlier(account, at, asset) if earlier else _open(account, at, asset)
        rows = list(_after(found, after, descending=earlier)[: size + 1])
        lines = _lines(rows[:size], at)
        more = _mark(rows[size - 1]) if len(rows) > size else ""
        return HoldPage(lines=tuple(lines), more=more)

    def count(self, account: UUID, *, at: datetime) -> HoldCount:
        running = HoldPosition.objects.filter(hold=OuterRef("pk"), remaining__gt=0, release_at__gt=at)
        holds = Hold.objects.filter(account=account).annotate(is_open=Exists(running)).order_by()
        found = holds.values_list("channel", "is_open").annotate(number=Count("pk"), last=Max("release_at"))
        rows = list(found)
        return HoldCount(
            open=sum(number for _, is_open, number, _ in rows if is_open),
            earlier=sum(number for _, is_open, number, _ in rows if not is_open),
            channels=tuple(it for it in Channel if any(row[0] == it and row[1] for row in rows)),
            last_ended_at=max((last for _, is_open, _, last in rows if not is_open), default=None),
        )

    def of_purchase(self, purchase: UUID, *, at: datetime) -> HoldLine | None:
        found = Hold.objects.filter(purchase=purchase).first()
        return _lines([found], at)[0] if found else None

    def limits(self, account: UUID, *, at: datetime) -> Sequence[LimitStanding]:
        found = Account.objects.select_related("owner").get(pk=account)
        return [standing for counts in Class for standing in _limits(found, counts, at)]


@dataclass(frozen=True)
class HeldIn:
    """What is held in a balance: all of it, when the next of it is free, and how much that is."""

    units: int
    next_at: datetime | None
    next_units: int


NOTHING = HeldIn(0, None, 0)


def held_in(account: UUID, at: datetime) -> dict[int, HeldIn]:
    """Of each balance in which something is held. PostgreSQL adds up itself; SQLite cannot (`wallets.exact`)."""
    found = HoldPosition.objects.filter(balance__account=account, remaining__gt=0, release_at__gt=at).order_by()
    return _summed(found) if connection.vendor == "postgresql" else _added(found)


def _summed(positions: QuerySet[HoldPosition]) -> dict[int, HeldIn]:
    """A row for each balance, and its next end by the index: ten thousand ends cost no more than ten."""
    known = Min("release_at", filter=Q(release_at__lt=FOREVER))
    rows = positions.values_list("balance").annotate(units=Sum("remaining"), first=known)
    return {
        balance: HeldIn(units, first, _units(positions.filter(balance=balance, release_at=first)) if first else 0)
        for balance, units, first in rows
    }


def _units(positions: QuerySet[HoldPosition]) -> int:
    return sum(positions.values_list("remaining", flat=True))


def _added(positions: QuerySet[HoldPosition]) -> dict[int, HeldIn]:
    ends: dict[int, dict[datetime, int]] = defaultdict(lambda: defaultdict(int))
    for balance, end, units in positions.values_list("balance", "release_at", "remaining"):
        ends[balance][end] += units
    return {balance: _held_in(by_end) for balance, by_end in ends.items()}


def _held_in(ends: Mapping[datetime, int]) -> HeldIn:
    first = min((end for end in ends if end < FOREVER), default=None)
    return HeldIn(sum(ends.values()), first, ends[first] if first else 0)


def _standing(balance: Balance, held: HeldIn) -> AssetStanding:
    return AssetStanding(
        asset=balance.asset_id,
        posted=balance.posted,
        held=held.units,
        movable=balance.posted - held.units,
        next_release_at=held.next_at,
        next_release=held.next_units,
    )


def _open(account: UUID, at: datetime, asset: int | None) -> QuerySet[Hold]:
    """Holds with units that are still held, the soonest free first."""
    positions = HoldPosition.objects.filter(hold=OuterRef("pk"), remaining__gt=0, release_at__gt=at)
    if asset is not None:
        positions = positions.filter(balance__asset=asset)
    return Hold.objects.filter(Exists(positions), account=account).order_by("release_at", "pk")


def _earlier(account: UUID, at: datetime, asset: int | None) -> QuerySet[Hold]:
    positions = HoldPosition.objects.filter(hold=OuterRef("pk"), remaining__gt=0, release_at__gt=at)
    found = Hold.objects.filter(~Exists(positions), account=account)
    if asset is not None:
        found = found.filter(asset=asset)
    return found.order_by("-release_at", "-pk")


def _after(holds: QuerySet[Hold], mark: str, *, descending: bool) -> QuerySet[Hold]:
    """Those behind a mark.

    Raises:
        ValueError: it is none.
    """
    if not mark:
        return holds
    moment, _, key = mark.partition("_")
    end, pk = datetime.fromisoformat(moment), UUID(key)
    if descending:
        return holds.filter(Q(release_at__lt=end) | Q(release_at=end, pk__lt=pk))
    return holds.filter(Q(release_at__gt=end) | Q(release_at=end, pk__gt=pk))


def _mark(hold: Hold) -> str:
    return f"{hold.release_at.isoformat()}_{hold.pk}"


def _lines(holds: Sequence[Hold], at: datetime) -> list[HoldLine]:
    positions: dict[UUID, list[HoldPosition]] = defaultdict(list)
    for position in HoldPosition.objects.filter(hold__in=holds).select_related("balance").order_by("pk"):
        positions[position.hold_id].append(position)
    return [line_of(hold, positions[hold.pk], at) for hold in holds]


def line_of(hold: Hold, positions: Iterable[HoldPosition], at: datetime) -> HoldLine:
    """A hold as its owner reads it."""
    positions = list(positions)
    running = sorted((it for it in positions if it.remaining and it.release_at > at), key=lambda it: it.release_at)
    last = max((position.release_at for position in running), default=hold.release_at)
    return HoldLine(
        hold=hold.pk,
        channel=Channel(hold.channel),
        asset=hold.asset_id,
        units=hold.amount,
        acquired_at=hold.acquired_at,
        hours=hold.hours,
        held=tuple(
            HeldUnits(asset=it.balance.asset_id, units=it.remaining, until=_told(it.release_at)) for it in running
        ),
        until=_told(last),
        restricts=tuple(operations_of(max((it.restricts for it in positions), default=0))),
        is_frozen=bool(running) and hold.state == HoldState.FROZEN,
        end=None if running else _end(hold, positions, at),
        ended_at=None if running else min(last, at),
    )


def _end(hold: Hold, positions: Iterable[HoldPosition], at: datetime) -> HoldEnd:
    if hold.state in ENDS:
        return ENDS[HoldState(hold.state)]
    return HoldEnd.USED_UP if hold.release_at > at and not any(it.remaining for it in positions) else HoldEnd.OVER


def _limits(account: Account, counts: Class, at: datetime) -> list[LimitStanding]:
    facts = facts_of(account, at)
    bounds = bounds_of(facts.level, facts.country, counts)
    if not any(bound.of_level for bound in bounds):
        return []
    longest = max(bound.window for bound in bounds)
    used = _uses(account, counts, since=at - timedelta(hours=longest))
    return [_limit(counts, bound.window, bound.sats, used, at) for bound in bounds]


def _uses(account: Account, counts: Class, *, since: datetime) -> list[tuple[datetime, int]]:
    """When something counted, and how much of it, the oldest first."""
    found = Usage.objects.filter(account=account, counts=counts.value, returned_at=None, at__gt=since)
    return list(found.order_by("at").values_list("at", "sats"))


def _limit(
    counts: Class, window: int, sats: int | None, used: Sequence[tuple[datetime, int]], at: datetime
) -> LimitStanding:
    span = timedelta(hours=window)
    counted = [use for use in used if use[0] > at - span]
    oldest = counted[0][0] if counted else None
    return LimitStanding(
        counts=counts,
        window=window,
        sats=sats,
        used=sum(units for _, units in counted),
        back_at=oldest + span if oldest else None,
        back=sum(units for moment, units in counted if moment == oldest),
    )


def _told(end: datetime) -> datetime | None:
    return None if end >= FOREVER else end
