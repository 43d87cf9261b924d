"""An answer of the gate in sentences: why, how much may move now, and when the rest may.

1. Every reason has a sentence; none is left out, and the one that a customer can do something about says what.
2. What may move now is the smallest of what balance, holds and limits leave, so that nobody is told too much.
3. A moment is told only where it is known. What a person has to end has none.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.ui.formats import amount, exact
from echt.wallets.answers import Answer, Code, Reason, Room
from echt.wallets.models import Asset
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import Operation
from echt.wallets.standing import standing
from echt.wallets.templatetags.wallets import told

SATOSHI_DECIMALS = 8
STOPPING = frozenset({Code.FROZEN, Code.LEVEL, Code.LIMIT_MISSING, Code.PRICE_MISSING, Code.PRICE_STALE, Code.CLOCK})
"""With one of these nothing at all may move."""
BECAUSE: dict[Channel, Promise] = {
    Channel.CARD: gettext_lazy("because they were bought with a card"),
    Channel.BANK: gettext_lazy("because they were bought by bank transfer"),
    Channel.PROCESSOR: gettext_lazy("because they were bought through a payment service"),
    Channel.P2P: gettext_lazy("because they were bought from another customer"),
    Channel.ONCHAIN: gettext_lazy("because they were deposited a short while ago"),
}
MAY: dict[Operation, Promise] = {
    Operation.WITHDRAW: gettext_lazy("%(amount)s may leave now."),
    Operation.WITHDRAW_FIAT: gettext_lazy("%(amount)s may leave now."),
    Operation.SEND: gettext_lazy("%(amount)s may be sent now."),
    Operation.SELL: gettext_lazy("%(amount)s may be sold now."),
    Operation.SELL_P2P: gettext_lazy("%(amount)s may be sold now."),
    Operation.GIFT: gettext_lazy("%(amount)s may be given away now."),
}
NOTHING = gettext_lazy("Nothing of it may move now.")
WAITING: dict[Code, Promise] = {
    Code.PRICE_MISSING: gettext_lazy(
        "There is no price at the moment, so we cannot tell whether this is within your limit. "
        "Please try again in a few minutes."
    ),
    Code.PRICE_STALE: gettext_lazy(
        "The price is too old at the moment to tell whether this is within your limit. "
        "Please try again in a few minutes."
    ),
    Code.CLOCK: gettext_lazy(
        "Our clocks do not agree at the moment, and until they do nothing leaves. Please try again in a few minutes."
    ),
    Code.LIMIT_MISSING: gettext_lazy(
        "No limit has been set for your account, so nothing may move. Please write to us: we set this right."
    ),
}


def sentences_of(
    answer: Answer, asset: Asset | None, operation: Operation, *, account: UUID | None = None
) -> list[str]:
    """Why it was refused, in the reader's language; empty: it was not.

    Args:
        answer: the gate's.
        asset: what was to move; None: not known any more, so no amount is told.
        operation: how it was to move.
        account: whose; with it the sentence about held units says how they came.
    """
    sentences = [_of(reason, answer, asset, account) for reason in answer.reasons]
    return sentences + _may_move(answer, asset, operation)


def movable_now(answer: Answer) -> int:
    """How much of the asset this operation could move now: what balance, holds and limits leave (rule 2)."""
    if any(reason.code in STOPPING for reason in answer.reasons):
        return 0
    return min([answer.movable, *(_units_left(answer, room) for room in answer.rooms if room.left is not None)])


def _units_left(answer: Answer, room: Room) -> int:
    """What is left of a limit, in units of the asset, at the price that the answer rests on; rounded down."""
    if not answer.sats:
        return answer.movable
    return (room.left or 0) * answer.units // answer.sats


def _of(reason: Reason, answer: Answer, asset: Asset | None, account: UUID | None) -> str:
    if reason.code in WAITING:
        return str(WAITING[reason.code])
    if reason.code is Code.HELD:
        return _held(reason, answer, asset, account)
    own: dict[Code, Callable[[], str]] = {
        Code.INSUFFICIENT: lambda: _insufficient(answer, asset),
        Code.FROZEN: lambda: _frozen(reason.until),
        Code.LEVEL: lambda: _level(answer),
        Code.LIMIT: lambda: _limit(reason, answer),
    }
    return own[reason.code]()


def _insufficient(answer: Answer, asset: Asset | None) -> str:
    if asset is None:
        return _("There was not enough in the wallet.")
    if answer.posted == 0:
        return _("You have no %(asset)s.") % {"asset": asset.code}
    return _("You have %(posted)s. That is less than this would take, with its fee.") % {
        "posted": told(answer.posted, asset, unit=True)
    }


def _held(reason: Reason, answer: Answer, asset: Asset | None, account: UUID | None) -> str:
    """Like "0.042 BTC are held until 23 Nov 2026, 14:05 CET, because they were bought with a card"."""
    until = reason.until
    names = {
        "held": told(answer.held, asset, unit=True) if asset else _("Coins"),
        "moment": exact(until) if until else "",
        "because": _because(answer, asset, account),
    }
    if until is None and answer.next_release_at is None:
        return _("%(held)s are frozen until our team has looked at them.") % names
    if until is None:
        return _("%(held)s are held, and some of them are frozen until our team has looked at them.") % names
    if answer.next_release_at and answer.next_release_at < until:
        names["first"] = exact(answer.next_release_at)
        sentence = _(
            "%(held)s are held, %(because)s. The first of them are free on %(first)s, "
            "and enough for this on %(moment)s."
        )
        return sentence % names
    return _("%(held)s are held until %(moment)s, %(because)s.") % names


def _because(answer: Answer, asset: Asset | None, account: UUID | None) -> str:
    """How the units came whose time is over first."""
    if account is not None and asset is not None:
        page = standing().holds(account, at=answer.evaluated_at, asset=asset.pk, size=1)
        if page.lines:
            return str(BECAUSE[page.lines[0].channel])
    return _("because they were bought a short while ago")


def _frozen(until: datetime | None) -> str:
    if until is None:
        return _("Outgoing money pauses on your account until our team has looked at it.")
    return _("Outgoing money pauses on your account until %(moment)s, after a change of your security settings.") % {
        "moment": exact(until)
    }


def _level(answer: Answer) -> str:
    if answer.level in {"", "none"}:
        return _("This is possible once you are identified. That takes a few minutes, under Identification.")
    return _("This is not possible at your level of identification, or not in your country.")


def _limit(reason: Reason, answer: Answer) -> str:
    """Like "1.2 BTC of 10 BTC are left of your limit for 24 hours; room for this comes back on ..."."""
    room = _tightest(answer)
    if room is None:
        return _("This is more than your limit leaves room for.")
    names = {"left": _bitcoin(room.left or 0), "all": _bitcoin(room.sats or 0), "hours": room.window}
    left = _("%(left)s of %(all)s are left of your limit for %(hours)s hours") % names
    if reason.until is None:
        return _("%(left)s; this is more than the whole limit.") % {"left": left}
    return _("%(left)s; room for this comes back on %(moment)s.") % {"left": left, "moment": exact(reason.until)}


def _tightest(answer: Answer) -> Room | None:
    """The limit of which the least is left."""
    return min((room for room in answer.rooms if room.sats), key=lambda room: room.left or 0, default=None)


def _bitcoin(sats: int) -> str:
    whole, rest = divmod(sats, 10**SATOSHI_DECIMALS)
    return amount(sats, SATOSHI_DECIMALS, "BTC") if rest else amount(whole, 0, "BTC")


def _may_move(answer: Answer, asset: Asset | None, operation: Operation) -> list[str]:
    """What may move now instead; nothing where the balance itself is the reason, or where nothing may."""
    if asset is None or operation not in MAY or not answer.reasons:
        return []
    if {reason.code for reason in answer.reasons} & STOPPING or answer.posted == 0:
        return []
    units = movable_now(answer)
    if units == 0:
        return [str(NOTHING)]
    return [str(MAY[operation]) % {"amount": told(units, asset, unit=True)}]
