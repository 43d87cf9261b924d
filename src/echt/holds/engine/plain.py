"""The engine in Python, for SQLite: the steps of `sql/move.sql` under the one writer that SQLite has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from echt import clock
from echt.holds.engine.following import held_share, split, taken_from
from echt.holds.engine.judging import Bound, Held, Question, Used, judge, value_in_sats
from echt.holds.engine.stored import PAYING, RESTARTING
from echt.holds.facts import facts_of
from echt.holds.models import Hold, HoldChange, HoldEvent, HoldPosition, Limit, Usage
from echt.wallets.answers import Answer, Code
from echt.wallets.gate import KeyReused
from echt.wallets.house import House
from echt.wallets.models import Account, Asset, Balance, Posting, Rate, Transfer
from echt.wallets.models.ledger import Outcome
from echt.wallets.moving import Movement, Terms
from echt.wallets.operations import CLASSES, Class, Operation, bit_of

BITCOIN = "BTC"


def ask(account: UUID, operation: Operation, asset: int, units: int) -> Answer:
    found = Account.objects.select_related("owner").filter(pk=account).first()
    if found is None:
        raise LookupError("There is no such account.")
    asked = _Asked(operation=operation, asset=asset, units=units, total=units, pays=operation in PAYING)
    return judge(_question(found, asked, clock.now()))


def commit(movements: Sequence[Movement]) -> list[Answer | KeyReused]:
    """In the caller's transaction, which is the only one that writes."""
    accounts = {movement.account for movement in movements}
    list(Account.objects.select_for_update(no_key=True).filter(pk__in=accounts).order_by("pk"))
    _lock_balances(movements)
    return [_carry_out(movement) for movement in movements]


def _lock_balances(movements: Sequence[Movement]) -> None:
    """Lock every balance that is touched, in the order of their keys; what is credited is made where it is missing."""
    paying = {(movement.account, movement.pays.asset) for movement in movements if movement.pays}
    credited = {(movement.account, movement.gets.asset) for movement in movements if movement.gets} | {
        (movement.other, movement.pays.asset) for movement in movements if movement.pays and not movement.is_with_house
    }
    made = [Balance(account_id=account, asset_id=asset) for account, asset in sorted(credited)]
    Balance.objects.bulk_create(made, ignore_conflicts=True)
    touched = Q(*(Q(account=account, asset=asset) for account, asset in paying | credited), _connector=Q.OR)
    list(Balance.objects.select_for_update(no_key=True).filter(touched).order_by("account", "asset"))


def _carry_out(movement: Movement) -> Answer | KeyReused:
    known = Transfer.objects.filter(account=movement.account, key=movement.key).first()
    if known is not None:
        if known.digest != movement.digest:
            return KeyReused()
        return Answer.from_json(known.answer, transfer=known.pk, replayed=True)
    now = clock.now()
    answer = _judged(movement, now)
    at = movement.happened_at or now
    Transfer.objects.create(
        pk=movement.transfer,
        account_id=movement.account,
        key=movement.key,
        digest=movement.digest,
        operation=movement.operation.value,
        outcome=(Outcome.DONE if answer.allowed else Outcome.REFUSED).value,
        answer=answer.as_json(),
        reference=movement.reference,
        at=at,
    )
    if answer.allowed:
        _move(movement, answer, at=at, now=now)
    return Answer.from_json(answer.as_json(), transfer=movement.transfer)


def _judged(movement: Movement, now: datetime) -> Answer:
    account = Account.objects.select_related("owner").get(pk=movement.account)
    coins = movement.pays or movement.gets
    assert coins is not None  # a movement has one of them
    asked = _Asked(
        operation=movement.operation,
        asset=coins.asset,
        units=coins.units,
        total=coins.total,
        pays=movement.pays is not None,
        asks=movement.asks,
    )
    return judge(_question(account, asked, now))


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What is to be judged. `total`: `units` with their fee."""

    operation: Operation
    asset: int
    units: int
    total: int
    pays: bool
    asks: bool = True
    """Whether holds and limits are looked at, or the balance alone."""


def _question(account: Account, asked: _Asked, now: datetime) -> Question:
    bit = bit_of(asked.operation) if asked.asks else 0
    counts = CLASSES.get(asked.operation) if asked.asks else None
    balance = Balance.objects.filter(account=account, asset=asked.asset).first() if asked.pays else None
    facts = facts_of(account, now)
    sats, trouble = _value(asked.asset, asked.units, now) if counts else (None, None)
    return Question(
        now=now,
        asset=asked.asset,
        units=asked.units,
        pays=asked.pays,
        total=asked.total,
        posted=balance.posted if balance else 0,
        restricted=bool(bit),
        held=[Held(it.remaining, it.release_at) for it in _held(balance, now) if it.restricts & bit],
        frozen_until=facts.frozen_until,
        counts=counts is not None,
        level=facts.level if counts else "",
        sats=sats,
        trouble=trouble,
        bounds=bounds_of(facts.level, facts.country, counts) if counts else (),
        used=_used(account, counts, now) if counts else (),
    )


def _held(balance: Balance | None, now: datetime) -> list[HoldPosition]:
    """What is held in a balance, the oldest first."""
    if balance is None:
        return []
    found = HoldPosition.objects.filter(balance=balance, remaining__gt=0, release_at__gt=now)
    return list(found.order_by("acquired_at", "hold"))


def bounds_of(level: str, country: str, counts: Class) -> list[Bound]:
    """The limits that apply: of the level, and caps of the country."""
    places = ["", country] if country else [""]
    found = Limit.objects.filter(
        valid_until=None, counts=counts.value, level__in=["", level], country__in=places
    ).order_by("pk")
    bounds = [Bound(limit.window, limit.sats, bool(limit.level)) for limit in found]
    return sorted(bounds, key=lambda bound: (bound.window, bound.sats is None, bound.sats or 0))


def _used(account: Account, counts: Class, now: datetime) -> list[Used]:
    found = Usage.objects.filter(account=account, counts=counts.value, returned_at=None)
    return [Used(use.at, use.sats) for use in found.filter(at__gt=now - LONGEST)]


LONGEST = timedelta(days=400)
"""No window of a limit is longer."""


def _value(asset: int, units: int, now: datetime) -> tuple[int | None, Code | None]:
    """In satoshis, or why that cannot be said."""
    found = Asset.objects.get(pk=asset)
    if found.code == BITCOIN:
        return units, None
    rates = Rate.objects.in_bulk([asset, *Asset.objects.filter(code=BITCOIN).values_list("pk", flat=True)])
    bitcoin = next((rate for key, rate in rates.items() if key != asset), None)
    own = rates.get(asset)
    if own is None or bitcoin is None:
        return None, Code.PRICE_MISSING
    if own.good_until <= now or bitcoin.good_until <= now:
        return None, Code.PRICE_STALE
    return value_in_sats(units, unit=found.unit, rate=own.value, bitcoin=bitcoin.value), None


def _move(movement: Movement, answer: Answer, *, at: datetime, now: datetime) -> None:
    sides: list[tuple[UUID, int, int, int | None]] = []
    getter = target = None
    if movement.gets:
        gets = movement.gets
        getter = target = _added(movement.account, gets.asset, gets.units)
        sides += [
            (movement.other, gets.asset, -gets.total, None),
            (movement.account, gets.asset, gets.units, getter.posted),
            (House.FEES.pk, gets.asset, gets.fee, None),
        ]
    if movement.pays:
        pays = movement.pays
        payer = _added(movement.account, pays.asset, -pays.total)
        if not movement.is_with_house:
            target = _added(movement.other, pays.asset, pays.units)
        sides[:0] = [
            (movement.account, pays.asset, -pays.total, payer.posted),
            (movement.other, pays.asset, pays.units, None if movement.is_with_house else target.posted),  # type: ignore[union-attr]
            (House.FEES.pk, pays.asset, pays.fee, None),
        ]
        _follow(movement, payer, target, now)
    Posting.objects.bulk_create(
        Posting(transfer_id=movement.transfer, account_id=account, asset_id=asset, amount=amount, after=after, at=at)
        for account, asset, amount, after in sides
        if amount
    )
    _count(movement, answer, now)
    if movement.held and movement.gets and getter:
        _place(movement.held, movement, getter, at)


def _added(account: UUID, asset: int, units: int) -> Balance:
    """The balance with so many units more."""
    balance = Balance.objects.get(account=account, asset=asset)
    balance.posted += units
    balance.version += 1
    balance.save(update_fields=["posted", "version"])
    return balance


def _follow(movement: Movement, payer: Balance, target: Balance | None, now: datetime) -> None:
    """Let the holds of what is paid go with it; `payer` is the balance after it."""
    assert movement.pays is not None
    total, held = movement.pays.total, _held(payer, now)
    # A clock that stepped back shows units as held that were spent when they were free: then nothing is free.
    free = max(0, payer.posted + total - sum(position.remaining for position in held))
    bit = bit_of(movement.operation) if movement.asks else 0
    going = {position.pk: position for position in held if not position.restricts & bit}
    taken = taken_from(((pk, position.remaining) for pk, position in going.items()), free=free, total=total)
    if not taken:
        return
    received = movement.gets.units if movement.gets else movement.pays.units
    share = held_share(received, held=sum(units for _, units in taken), total=total) if target else 0
    parts = split(share, [units for _, units in taken])
    for (pk, units), part in zip(taken, parts, strict=True):
        _pass_on(movement, going[pk], target, units=units, part=part, now=now)


def _pass_on(
    movement: Movement, position: HoldPosition, target: Balance | None, *, units: int, part: int, now: datetime
) -> None:
    end = _end(movement, position, now)
    position.remaining -= units
    position.save(update_fields=["remaining"])
    if target and part:
        _add_position(position, target, part, end, now)
        if end > position.release_at:
            Hold.objects.filter(pk=position.hold_id, release_at__lt=end).update(release_at=end)
    HoldEvent.objects.create(
        hold_id=position.hold_id,
        kind=HoldChange.MOVED.value,
        transfer=movement.transfer,
        source=position.balance_id,
        target=target.pk if target else None,
        taken=units,
        given=part,
        release_at=end,
        at=now,
    )


def _end(movement: Movement, position: HoldPosition, now: datetime) -> datetime:
    if movement.operation in RESTARTING and position.restart_hours:
        return max(position.release_at, now + timedelta(hours=position.restart_hours))
    return position.release_at


def _add_position(source: HoldPosition, target: Balance, part: int, end: datetime, now: datetime) -> None:
    """Units of the same hold in one balance are one position; what was free there already stays free."""
    known = HoldPosition.objects.filter(hold=source.hold_id, balance=target).first()
    if known is None:
        HoldPosition.objects.create(
            hold_id=source.hold_id,
            balance=target,
            remaining=part,
            release_at=end,
            acquired_at=source.acquired_at,
            restricts=source.restricts,
            restart_hours=source.restart_hours,
        )
        return
    if known.remaining and known.release_at > now:
        part, end = part + known.remaining, max(known.release_at, end)
        known.restricts |= source.restricts
    else:  # what was held there is free or gone: it does not come back
        known.restricts = source.restricts
    known.remaining, known.release_at = part, end
    known.save(update_fields=["remaining", "release_at", "restricts"])


def _count(movement: Movement, answer: Answer, now: datetime) -> None:
    """Against the limits, or back from them."""
    counts = CLASSES.get(movement.operation)
    if movement.asks and counts and answer.sats is not None:
        Usage.objects.create(
            account_id=movement.account, counts=counts.value, sats=answer.sats, transfer=movement.transfer, at=now
        )
    if movement.returns:
        Usage.objects.filter(transfer=movement.returns, returned_at=None).update(returned_at=now)


def _place(terms: Terms, movement: Movement, balance: Balance, at: datetime) -> None:
    assert movement.gets is not None
    hold = Hold.objects.create(
        pk=terms.hold,
        account_id=movement.account,
        transfer_id=movement.transfer,
        purchase=terms.purchase,
        policy_id=terms.policy,
        channel=terms.channel,
        asset_id=movement.gets.asset,
        amount=movement.gets.units,
        acquired_at=terms.acquired_at,
        hours=terms.hours,
        release_at=terms.release_at,
        score=terms.score,
        marks=list(terms.marks),
    )
    HoldPosition.objects.create(
        hold=hold,
        balance=balance,
        remaining=movement.gets.units,
        release_at=terms.release_at,
        acquired_at=terms.acquired_at,
        restricts=terms.restricts,
        restart_hours=terms.restart_hours,
    )
    HoldEvent.objects.create(
        hold=hold,
        kind=HoldChange.PLACED.value,
        transfer=movement.transfer,
        target=balance.pk,
        given=movement.gets.units,
        release_at=terms.release_at,
        at=at,
    )
