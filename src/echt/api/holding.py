"""A hold, as the API tells it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from echt.api.assets import asset_of
from echt.api.schemas.incoming import HeldUnitsGiven, HoldEventGiven, HoldGiven, HoldWithEvents
from echt.holds.models import FOREVER, Hold, HoldChange, HoldEvent
from echt.holds.standing import line_of
from echt.wallets.amounts import as_text
from echt.wallets.models import Balance
from echt.wallets.standing import HeldUnits, HoldLine


def given(hold: Hold, at: datetime) -> HoldGiven:
    """One hold."""
    return _given(hold, line_of(hold, hold.positions.select_related("balance"), at))


def given_all(lines: Sequence[HoldLine]) -> list[HoldGiven]:
    """A page of them, with one query."""
    holds = Hold.objects.in_bulk([line.hold for line in lines])
    return [_given(holds[line.hold], line) for line in lines]


def given_for(transfer: UUID | None, at: datetime) -> HoldGiven | None:
    """The hold that came of a transfer, if one did."""
    hold = Hold.objects.filter(transfer=transfer).first() if transfer else None
    return given(hold, at) if hold else None


def with_events(hold: Hold, at: datetime) -> HoldWithEvents:
    """One hold and what happened to it."""
    events = list(hold.events.all())
    balances = Balance.objects.in_bulk({key for event in events for key in (event.source, event.target) if key})
    return HoldWithEvents(**dict(given(hold, at)), events=[_event(event, balances) for event in events])


def _given(hold: Hold, line: HoldLine) -> HoldGiven:
    asset = asset_of(line.asset)
    return HoldGiven(
        id=line.hold,
        purchase=hold.purchase,
        transfer=hold.transfer_id,
        channel=line.channel,
        asset=asset.code,
        amount=as_text(line.units, asset.decimals),
        acquired_at=line.acquired_at,
        hours=line.hours,
        held=[_units(part) for part in line.held],
        until=line.until,
        restricts=list(line.restricts),
        is_frozen=line.is_frozen,
        end=line.end,
        ended_at=line.ended_at,
    )


def _units(part: HeldUnits) -> HeldUnitsGiven:
    asset = asset_of(part.asset)
    return HeldUnitsGiven(asset=asset.code, amount=as_text(part.units, asset.decimals), until=part.until)


def _event(event: HoldEvent, balances: dict[int, Balance]) -> HoldEventGiven:
    taken_asset, taken = _side(event.source, event.taken, balances)
    given_asset, came = _side(event.target, event.given, balances)
    end = event.release_at
    return HoldEventGiven(
        kind=HoldChange(event.kind),
        at=event.at,
        transfer=event.transfer,
        taken_asset=taken_asset,
        taken=taken,
        given_asset=given_asset,
        given=came,
        release_at=None if end is None or end >= FOREVER else end,
    )


def _side(balance: int | None, units: int, balances: dict[int, Balance]) -> tuple[str | None, str | None]:
    if balance is None:
        return None, None
    asset = asset_of(balances[balance].asset_id)
    return asset.code, as_text(units, asset.decimals)
