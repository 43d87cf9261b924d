"""Holds in words: how coins came, what may not be done with them yet, what may, and how it ended."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.wallets.models.purchases import Channel
from echt.wallets.operations import RESTRICTED, Operation
from echt.wallets.standing import HoldEnd

CHANNELS: dict[Channel, Promise] = {
    Channel.CARD: gettext_lazy("by card"),
    Channel.BANK: gettext_lazy("by bank transfer"),
    Channel.PROCESSOR: gettext_lazy("by a payment service"),
    Channel.P2P: gettext_lazy("from another customer"),
    Channel.ONCHAIN: gettext_lazy("by a deposit"),
}
"""After an amount: "0.042 BTC by card"."""
VERBS: dict[Operation, Promise] = {
    Operation.WITHDRAW: gettext_lazy("withdraw"),
    Operation.SEND: gettext_lazy("send"),
    Operation.SELL: gettext_lazy("sell"),
    Operation.SELL_P2P: gettext_lazy("sell"),
    Operation.WITHDRAW_FIAT: gettext_lazy("withdraw"),
    Operation.GIFT: gettext_lazy("give away"),
    Operation.TRADE: gettext_lazy("trade"),
    Operation.CONVERT: gettext_lazy("convert"),
}
NEVER_HELD = (Operation.TRADE, Operation.CONVERT)
ENDS: dict[HoldEnd, Promise] = {
    HoldEnd.OVER: gettext_lazy("Free, the time was over"),
    HoldEnd.RELEASED_EARLY: gettext_lazy("Released early"),
    HoldEnd.CLAWED_BACK: gettext_lazy("Taken back after a chargeback"),
    HoldEnd.USED_UP: gettext_lazy("Used up"),
}
END_KINDS = {
    HoldEnd.OVER: "success",
    HoldEnd.RELEASED_EARLY: "success",
    HoldEnd.CLAWED_BACK: "danger",
    HoldEnd.USED_UP: "",
}
HOURS_OF_A_DAY = 24


def not_yet(restricts: Iterable[Operation]) -> str:
    """What a hold keeps its units from: "withdraw, send, sell, give away"."""
    return _listed(restricts)


def allowed(restricts: Iterable[Operation]) -> str:
    """What may be done with held units nevertheless."""
    kept = {*restricts}
    return _listed([*NEVER_HELD, *(operation for operation in RESTRICTED if operation not in kept)])


def hours(n: int) -> str:
    """N: "48 h (T+2)"."""
    days, rest = divmod(n, HOURS_OF_A_DAY)
    if rest or not days:
        return _("%(hours)s\u00a0h") % {"hours": n}
    return _("%(hours)s\u00a0h (T+%(days)s)") % {"hours": n, "days": days}


def _listed(operations: Iterable[Operation]) -> str:
    """Their verbs, each once, in their order."""
    return ", ".join(dict.fromkeys(str(VERBS[operation]) for operation in operations))
