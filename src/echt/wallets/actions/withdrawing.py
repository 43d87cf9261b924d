"""Withdrawing, from the request to its end. What custody makes of it is in `actions.custody`.

1. It goes to an address of the person's own book, when the delay of a new one is over, by comparison.
2. It needs a proof for exactly this amount to exactly this address.
3. The money leaves the balance and the withdrawal is written in one transaction; a refusal of the gate writes neither.
4. It can be cancelled in the first `cancel_seconds`, by comparison, and while custody has not been asked. All of it
   is given back: the fee and the room in the limits too.
5. The account's row is the lock of its withdrawals.
6. There is no transfer of the house to itself when custody is done. `House.IN_TRANSIT` holds all that ever left, and
   the states of withdrawals say what of it is under way; a second transfer would move no customer's money, and would
   be one more that must happen exactly once.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt import clock
from echt.accounts.access import lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.models import User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record
from echt.ui.formats import exact
from echt.wallets.access import account_of, lock_account, own_address, own_withdrawal
from echt.wallets.actions.addresses import shortened
from echt.wallets.answers import Answer
from echt.wallets.custody.register import custody
from echt.wallets.events import Event
from echt.wallets.gate import Refused, gate
from echt.wallets.house import House
from echt.wallets.models import Account, Address, Asset, Withdrawal
from echt.wallets.models.withdrawals import WithdrawalState
from echt.wallets.moving import Coins, Movement
from echt.wallets.operations import Operation
from echt.wallets.outgoing import (
    Told,
    all_that_may_move,
    amount_of,
    commit,
    key_of,
    mail_facts,
    require_allowed,
    row_of,
    transfer_of,
)
from echt.wallets.outgoing_mails import WithdrawalRequested
from echt.wallets.refusals import AddressTooNew, LessThanLeast, NotNow, NotOffered, TooLateToCancel
from echt.wallets.settings import wallets_settings


def operation_of(asset: Asset) -> Operation:
    return Operation.WITHDRAW_FIAT if asset.is_fiat else Operation.WITHDRAW


def most_of(*, actor: User, address: Address) -> int:
    """All that could arrive at this address now."""
    network = address.network
    return all_that_may_move(account_of(actor), operation_of(network.asset), network.asset, fee=network.fee)


def require_possible(*, actor: User, address: Address, units: int) -> None:
    """Whether it would go, asked before it is confirmed. Nothing is kept.

    Raises:
        Refused: the gate would say no.
        AddressTooNew, LessThanLeast, NotNow, NotOffered: see the classes.
    """
    _require_ready(address, units)
    asset = address.network.asset
    require_allowed(account_of(actor), operation_of(asset), asset, units, fee=address.network.fee)


def request_withdrawal(
    *, actor: User, address_id: UUID, units: int, token: str, step_up: StepUp, where: Where
) -> Withdrawal:
    """Have so many units arrive at an address of the book; with the same token once, and then the same withdrawal.

    Raises:
        Refused: the gate says no.
        Absent: there is no such address.
        AddressTooNew, LessThanLeast, NotNow, NotOffered, FormReused: see the classes.
        StepUpRequired: no fresh proof for exactly this.
    """
    account, key = account_of(actor), key_of("withdraw", token)
    earlier = _earlier(account, key)
    if earlier is not None:
        return earlier
    with transaction.atomic():
        user = lock_user(actor)
        lock_account(account.pk)
        if (earlier := _earlier(account, key)) is not None:
            return earlier
        address = own_address(actor, address_id)
        _require_ready(address, units)
        step_up.require(Sensitive.WITHDRAW, **step_of(address, units))
        answer = commit(_movement(account, address, units, key))
        made = _write(user, address, units, row_of(account, key), answer, where) if answer.allowed else None
    if made is None:
        raise Refused(answer)
    return made


def cancel_withdrawal(*, actor: User, withdrawal_id: UUID) -> None:
    """Take it back before custody is asked (rule 4).

    Raises:
        Absent: there is no such withdrawal.
        TooLateToCancel: see the class.
    """
    with transaction.atomic():
        found = own_withdrawal(actor, withdrawal_id)
        lock_account(found.account_id)
        found = own_withdrawal(actor, withdrawal_id)
        if found.state == WithdrawalState.CANCELLED:
            return
        if not can_be_cancelled(found):
            raise TooLateToCancel
        give_back(found, WithdrawalState.CANCELLED)
        record(Event.WITHDRAWAL_CANCELLED, actor=actor, subject=actor.pk, withdrawal=str(found.pk))


def can_be_cancelled(withdrawal: Withdrawal) -> bool:
    return withdrawal.state == WithdrawalState.REQUESTED and clock.now() < cancellable_until(withdrawal)


def cancellable_until(withdrawal: Withdrawal) -> datetime:
    return withdrawal.requested_at + timedelta(seconds=wallets_settings().cancel_seconds)


def give_back(withdrawal: Withdrawal, state: WithdrawalState) -> None:
    """Bring amount, fee and the room in the limits back, and end it. The caller has locked the account (rule 5)."""
    returned = gate().commit(
        _return(withdrawal, House.IN_TRANSIT, withdrawal.amount, "return", returns=withdrawal.transfer_id)
    )
    if withdrawal.fee:
        gate().commit(_return(withdrawal, House.FEES, withdrawal.fee, "return-fee"))
    withdrawal.state, withdrawal.over_at = state.value, clock.now()
    withdrawal.returned_by_id = returned.transfer
    withdrawal.save(update_fields=["state", "over_at", "returned_by"])


def step_of(address: Address, units: int) -> dict[str, str]:
    """What the proof is bound to (rule 2)."""
    network, asset = address.network, address.network.asset
    return {
        "amount": amount_of(units, asset),
        "fee": amount_of(network.fee, asset),
        "network": f"{asset.code}, {network.name}",
        "address": address.value,
    }


def facts_of(withdrawal: Withdrawal, owner: User) -> Told:
    """For a mail."""
    return mail_facts(
        owner,
        [
            (gettext_lazy("Amount"), lambda: amount_of(withdrawal.amount, withdrawal.asset)),
            (gettext_lazy("Fee"), lambda: amount_of(withdrawal.fee, withdrawal.asset)),
            (gettext_lazy("Address"), shortened(withdrawal.address.value)),
        ],
    )


def _earlier(account: Account, key: str) -> Withdrawal | None:
    return Withdrawal.objects.filter(pk=row_of(account, key), account=account).first()


def _require_ready(address: Address, units: int) -> None:
    """Rule 1, and what the network carries."""
    network = address.network
    if custody() is None:
        raise NotNow
    if not network.is_active or not network.asset.is_active:
        raise NotOffered
    if clock.now() < address.active_from:
        words = _("This address is new. Withdrawals can go there from %(moment)s on.")
        raise AddressTooNew(words % {"moment": exact(address.active_from)})
    if units < network.least:
        words = _("The least that %(network)s carries is %(amount)s. Please enter more.")
        raise LessThanLeast(words % {"network": network.name, "amount": amount_of(network.least, network.asset)})


def _movement(account: Account, address: Address, units: int, key: str) -> Movement:
    network = address.network
    return Movement(
        account=account.pk,
        operation=operation_of(network.asset),
        pays=Coins(asset=network.asset_id, units=units, fee=network.fee),
        other=House.IN_TRANSIT.pk,
        reference=row_of(account, key),
        key=key,
    )


def _write(user: User, address: Address, units: int, pk: UUID, answer: Answer, where: Where) -> Withdrawal:
    """The withdrawal, its hand-over, the record and the mail (rule 3)."""
    from echt.wallets.actions.custody import hand_over  # it gives back with what stands here

    made = Withdrawal.objects.create(
        pk=pk,
        account_id=address.account_id,
        asset=address.network.asset,
        network=address.network,
        address=address,
        amount=units,
        fee=address.network.fee,
        transfer_id=transfer_of(answer),
    )
    hand_over.enqueue(after=cancellable_until(made), key=str(pk), withdrawal=str(pk))
    details = {"withdrawal": str(pk), "asset": address.network.asset.code, "amount": str(units)}
    record(Event.WITHDRAWAL_REQUESTED, actor=user, subject=user.pk, **details, **where.details())
    notify(WithdrawalRequested, user, where=where, told=facts_of(made, user))
    return made


def _return(withdrawal: Withdrawal, house: House, units: int, purpose: str, *, returns: UUID | None = None) -> Movement:
    return Movement(
        account=withdrawal.account_id,
        operation=Operation.RETURN,
        gets=Coins(asset=withdrawal.asset_id, units=units),
        other=house.pk,
        reference=withdrawal.pk,
        returns=returns,
        key=f"{purpose}:{withdrawal.pk}",
        asks=False,
    )
