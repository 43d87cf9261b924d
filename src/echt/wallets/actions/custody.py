"""Handing withdrawals to custody, and what it tells of them.

1. That a withdrawal is handed over is written first, under the account's lock, after the time for cancelling; from then
   on nobody cancels it. Then custody is asked.
2. Whoever died in between asks again: for custody it is the same order, so it is sent once.
3. Each of custody's events counts once, and only for a withdrawal that it has; in whatever order they come, a
   withdrawal never goes back to an earlier state.
4. What failed before it was sent comes back with its fee and the room in the limits. A failure told of something that
   was sent is for people: it may still arrive, so nothing is given back.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from echt import clock
from echt.audit.record import record
from echt.mail.send import send
from echt.wallets.access import lock_account
from echt.wallets.actions.withdrawing import cancellable_until, facts_of, give_back
from echt.wallets.custody.contract import Away, Custody, Happened, Order, Told
from echt.wallets.custody.register import custody
from echt.wallets.events import Event
from echt.wallets.models import Callback, Withdrawal
from echt.wallets.models.withdrawals import WithdrawalState
from echt.wallets.outgoing import lock_people
from echt.wallets.outgoing_mails import WithdrawalFailed, WithdrawalSent
from echt.wallets.settings import wallets_settings
from echt.work.jobs import Backoff, GiveUp, Later, job

log = structlog.get_logger("echt.wallets.custody")
AGAIN = timedelta(seconds=30)
UNKNOWN, IGNORED, FOR_PEOPLE, TAKEN = "unknown", "ignored", "failed_after_sent", "taken"


@job(attempts=20, backoff=Backoff(first=2, factor=2, most=600), priority=5)
def hand_over(*, withdrawal: str) -> None:
    """Give a withdrawal to custody, when it can no longer be cancelled."""
    keeper = custody()
    if keeper is None:
        raise Later(at=clock.now() + AGAIN)
    found = _claim(UUID(withdrawal))
    if found is not None:
        _order(keeper, found)


def hand_over_left() -> None:
    """Hand over what a crash left behind (rule 2)."""
    left = Withdrawal.objects.filter(
        Q(state=WithdrawalState.REQUESTED.value) | Q(state=WithdrawalState.HANDED_OVER.value, custody_reference="")
    )
    due = clock.now() - timedelta(seconds=wallets_settings().cancel_seconds) - AGAIN
    for pk in left.filter(requested_at__lt=due).values_list("pk", flat=True):
        hand_over.enqueue(key=str(pk), withdrawal=str(pk))


def listen() -> None:
    """Take what custody has told."""
    keeper = custody()
    if keeper is None:
        return
    for told in keeper.told():
        receive(keeper=keeper, told=told)
        keeper.taken(told)


def receive(*, keeper: Custody, told: Told) -> str:
    """Take one event, once; what became of it."""
    with transaction.atomic():
        found = _named(told)
        if found is not None:
            lock_people(found.account.owner_id)
            lock_account(found.account_id)
            found.refresh_from_db()
        kept, is_new = Callback.objects.get_or_create(
            processor=keeper.name,
            event=told.event,
            defaults={"kind": told.happened.value, "reference": told.withdrawal[:120]},
        )
        if is_new:
            kept.result = _apply(found, told) if found else UNKNOWN
            kept.save(update_fields=["result"])
    if kept.result in {UNKNOWN, FOR_PEOPLE}:
        log.error("custody.told", result=kept.result, told=told.event)
    return str(kept.result)


def _claim(pk: UUID) -> Withdrawal | None:
    """Write that it is handed over (rule 1); nothing where that is over.

    Raises:
        GiveUp: there is no such withdrawal.
        Later: it can still be cancelled.
    """
    found = Withdrawal.objects.filter(pk=pk).first()
    if found is None:
        raise GiveUp("There is no such withdrawal.")
    with transaction.atomic():
        lock_account(found.account_id)
        found = Withdrawal.objects.select_related("asset", "network", "address").get(pk=pk)
        if found.state == WithdrawalState.HANDED_OVER:
            return None if found.custody_reference else found
        if found.state != WithdrawalState.REQUESTED:
            return None
        if clock.now() < cancellable_until(found):
            raise Later(at=cancellable_until(found))
        found.state = WithdrawalState.HANDED_OVER.value
        found.save(update_fields=["state"])
        return found


def _order(keeper: Custody, found: Withdrawal) -> None:
    """Ask custody, and keep its reference (rule 2)."""
    order = Order(
        withdrawal=found.pk,
        asset=found.asset.code,
        network=found.network.code,
        address=found.address.value,
        units=found.amount,
        decimals=found.asset.decimals,
    )
    try:
        reference = keeper.hand_over(order)
    except Away:
        raise Later(at=clock.now() + AGAIN) from None
    Withdrawal.objects.filter(pk=found.pk).update(custody_reference=reference)


def _named(told: Told) -> Withdrawal | None:
    try:
        pk = UUID(told.withdrawal)
    except ValueError:
        return None
    handed_over = Withdrawal.objects.exclude(state=WithdrawalState.REQUESTED.value)
    return handed_over.select_related("asset", "address", "account__owner").filter(pk=pk).first()


def _apply(found: Withdrawal, told: Told) -> str:
    """Rules 3 and 4."""
    ways: dict[tuple[str, Happened], Callable[[Withdrawal, Told], None]] = {
        (WithdrawalState.HANDED_OVER.value, Happened.SENT): _sent,
        (WithdrawalState.HANDED_OVER.value, Happened.DONE): _done,
        (WithdrawalState.SENT.value, Happened.DONE): _done,
        (WithdrawalState.HANDED_OVER.value, Happened.FAILED): _failed,
    }
    way = ways.get((found.state, told.happened))
    if way is None:
        is_late = told.happened is Happened.FAILED and found.state in {WithdrawalState.SENT, WithdrawalState.DONE}
        return FOR_PEOPLE if is_late else IGNORED
    way(found, told)
    return TAKEN


def _sent(found: Withdrawal, told: Told) -> None:
    found.state, found.chain_reference = WithdrawalState.SENT.value, told.chain_reference[:120]
    found.save(update_fields=["state", "chain_reference"])
    _tell(found, Event.WITHDRAWAL_SENT, WithdrawalSent)


def _done(found: Withdrawal, told: Told) -> None:
    """Where it was not told before that it was sent, that is told now."""
    if found.state == WithdrawalState.HANDED_OVER:
        _sent(found, told)
    found.state, found.over_at = WithdrawalState.DONE.value, clock.now()
    found.save(update_fields=["state", "over_at"])


def _failed(found: Withdrawal, _told: Told) -> None:
    give_back(found, WithdrawalState.FAILED)
    _tell(found, Event.WITHDRAWAL_FAILED, WithdrawalFailed)


def _tell(found: Withdrawal, event: Event, mail: type[WithdrawalSent | WithdrawalFailed]) -> None:
    owner = found.account.owner
    if owner is None:
        return
    record(event, actor=None, subject=owner.pk, withdrawal=str(found.pk))
    send(mail(to=owner, told=facts_of(found, owner), address=f"/wallets/withdraw/{found.pk}/"))
