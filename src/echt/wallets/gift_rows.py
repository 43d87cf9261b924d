"""Gifts as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from echt.vault.errors import Destroyed
from echt.wallets.actions.giving import is_claimable
from echt.wallets.models import Account, Gift
from echt.wallets.models.gifts import GiftState
from echt.wallets.outgoing import amount_of


@dataclass(frozen=True, kw_only=True)
class GiftRow:
    """A gift in words."""

    gift: Gift
    amount: str
    words: str
    kind: str
    word: str
    is_open: bool


def gift_rows(account: Account, *, most: int) -> Sequence[GiftRow]:
    """The latest first."""
    found = account.gifts.select_related("asset").order_by("-given_at", "-pk")
    return [gift_row(gift) for gift in found[:most]]


def gift_row(gift: Gift) -> GiftRow:
    kind, word = _state(gift)
    return GiftRow(
        gift=gift,
        amount=amount_of(gift.amount, gift.asset),
        words=_words(gift),
        kind=kind,
        word=word,
        is_open=is_claimable(gift),
    )


def _state(gift: Gift) -> tuple[str, str]:
    if gift.state == GiftState.CLAIMED:
        return "success", _("Claimed")
    if gift.state == GiftState.TAKEN_BACK:
        return "", _("Came back")
    return (
        ("info", _("Waits for its link to be opened")) if is_claimable(gift) else ("", _("Nobody claimed it in time"))
    )


def _words(gift: Gift) -> str:
    try:
        return str(gift.words)
    except Destroyed:
        return ""
