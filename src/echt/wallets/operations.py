"""What can happen to money, and which of it may wait.

1. A restricted operation takes money out of the customer's reach, or turns it into what can be: it needs free units.
2. Any other operation takes free units first, then held ones, the oldest first; the hold goes with them.
3. A limit counts a class of operations together, so that no way out goes around it.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Operation(StrEnum):
    """What happens to money, as a verb; the value is stored, so it is never renamed."""

    WITHDRAW = "withdraw"
    """On the chain, to an address."""
    SEND = "send"
    """To another customer."""
    SELL = "sell"
    """For fiat money, to us."""
    SELL_P2P = "sell_p2p"
    """For fiat money, to another person."""
    WITHDRAW_FIAT = "withdraw_fiat"
    """Fiat money to a bank account or card."""
    GIFT = "gift"
    """By a link that somebody claims."""
    CONVERT = "convert"
    """One asset into another, at a price."""
    TRADE = "trade"
    """On a market of the exchange."""
    BUY = "buy"
    """With fiat money."""
    DEPOSIT = "deposit"
    CLAIM = "claim"
    """Of a gift."""
    RETURN = "return"
    """What did not leave comes back."""
    CLAW_BACK = "claw_back"
    """What a purchase left behind, after its money was taken back."""
    FEE = "fee"


RESTRICTED = (
    Operation.WITHDRAW,
    Operation.SEND,
    Operation.SELL,
    Operation.SELL_P2P,
    Operation.WITHDRAW_FIAT,
    Operation.GIFT,
)
"""In the order of their bits (`bit_of`); new ones are put at the end."""

LABELS: dict[Operation, Promise] = {
    Operation.WITHDRAW: _("Withdrawal"),
    Operation.SEND: _("Transfer to a customer"),
    Operation.SELL: _("Sale for fiat money"),
    Operation.SELL_P2P: _("P2P sale"),
    Operation.WITHDRAW_FIAT: _("Withdrawal of fiat money"),
    Operation.GIFT: _("Gift"),
    Operation.CONVERT: _("Conversion"),
    Operation.TRADE: _("Trade"),
    Operation.BUY: _("Purchase"),
    Operation.DEPOSIT: _("Deposit"),
    Operation.CLAIM: _("Gift received"),
    Operation.RETURN: _("Returned to you"),
    Operation.CLAW_BACK: _("Taken back after a chargeback"),
    Operation.FEE: _("Fee"),
}


class Class(StrEnum):
    """Operations that a limit counts together; the value is stored, so it is never renamed."""

    OUTGOING = "outgoing"
    """Whatever leaves the customer's account."""
    FIAT = "fiat"
    """Buying and selling for fiat money."""


CLASSES: dict[Operation, Class] = {
    Operation.WITHDRAW: Class.OUTGOING,
    Operation.SEND: Class.OUTGOING,
    Operation.WITHDRAW_FIAT: Class.OUTGOING,
    Operation.GIFT: Class.OUTGOING,
    Operation.SELL: Class.FIAT,
    Operation.SELL_P2P: Class.FIAT,
    Operation.BUY: Class.FIAT,
}
CLASS_LABELS: dict[Class, Promise] = {
    Class.OUTGOING: _("Withdrawals, transfers and gifts"),
    Class.FIAT: _("Buying and selling for fiat money"),
}


def bit_of(operation: Operation) -> int:
    """Its place in a hold's set of restricted operations; 0: no hold restricts it."""
    return 1 << RESTRICTED.index(operation) if operation in RESTRICTED else 0


def bits_of(operations: list[Operation] | tuple[Operation, ...]) -> int:
    return sum(bit_of(operation) for operation in {*operations})


def operations_of(bits: int) -> list[Operation]:
    """The restricted operations of a set, in their order."""
    return [operation for operation in RESTRICTED if bits & bit_of(operation)]


ALL_RESTRICTED = bits_of(RESTRICTED)
