"""Withdrawals as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.wallets.actions.addresses import shortened
from echt.wallets.models import Account, Withdrawal
from echt.wallets.models.withdrawals import WithdrawalState
from echt.wallets.outgoing import amount_of

STATES: dict[WithdrawalState, tuple[str, Promise]] = {
    WithdrawalState.REQUESTED: ("running", _("Requested")),
    WithdrawalState.HANDED_OVER: ("running", _("Being sent")),
    WithdrawalState.SENT: ("running", _("On its way")),
    WithdrawalState.DONE: ("success", _("Arrived")),
    WithdrawalState.FAILED: ("danger", _("Not sent, the money is back")),
    WithdrawalState.CANCELLED: ("", _("Cancelled, the money is back")),
}
"""Kind of the component and its word."""
KINDS = {"running": "info"}
WAY: dict[WithdrawalState, tuple[Promise, Promise]] = {
    WithdrawalState.REQUESTED: (_("Requested"), _("The money has left your balance. Custody is asked in a moment.")),
    WithdrawalState.HANDED_OVER: (_("Being sent"), _("Custody has the order and signs it.")),
    WithdrawalState.SENT: (_("On its way"), _("The network confirms it.")),
    WithdrawalState.DONE: (_("Arrived"), _("It has enough confirmations.")),
}


@dataclass(frozen=True, kw_only=True)
class WithdrawalRow:
    """A withdrawal in words."""

    withdrawal: Withdrawal
    amount: str
    fee: str
    whole: str
    network: str
    label: str
    address: str
    kind: str
    word: str


def withdrawal_rows(account: Account, *, most: int) -> Sequence[WithdrawalRow]:
    """The latest first."""
    found = account.withdrawals.select_related("asset", "network", "address").order_by("-requested_at", "-pk")
    return [withdrawal_row(withdrawal) for withdrawal in found[:most]]


def withdrawal_row(withdrawal: Withdrawal) -> WithdrawalRow:
    kind, word = STATES[WithdrawalState(withdrawal.state)]
    return WithdrawalRow(
        withdrawal=withdrawal,
        amount=amount_of(withdrawal.amount, withdrawal.asset),
        fee=amount_of(withdrawal.fee, withdrawal.asset),
        whole=amount_of(withdrawal.amount + withdrawal.fee, withdrawal.asset),
        network=f"{withdrawal.asset.code}, {withdrawal.network.name}",
        label=withdrawal.address.label,
        address=shortened(withdrawal.address.value),
        kind=KINDS.get(kind, kind),
        word=str(word),
    )


def steps_of(withdrawal: Withdrawal) -> list[dict[str, str]]:
    """Where it is on its way; empty where it came back."""
    states = [*WAY]
    if withdrawal.state not in states:
        return []
    here = states.index(WithdrawalState(withdrawal.state))
    is_done = withdrawal.state == WithdrawalState.DONE
    return [_step(state, order, len(states) if is_done else here) for order, state in enumerate(states)]


def _step(state: WithdrawalState, order: int, here: int) -> dict[str, str]:
    label, note = WAY[state]
    said = {"label": str(label), "note": str(note) if order == here else ""}
    return said | {"state": "done" if order < here else "here" if order == here else ""}
