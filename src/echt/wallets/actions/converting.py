"""Converting one asset into another, at the price that was told.

1. What was told is what happens: paid, fee and what is got stand in the signed quote.
2. Held units may be converted. Free ones go first; the hold of the others goes along into what one gets, which the
   gate does under lock.
3. A quote moves money once: its key is the movement's. Confirmed again, also after its time, it gives the same answer.
"""

from dataclasses import dataclass
from datetime import datetime

from echt import clock
from echt.accounts.models import User
from echt.wallets.access import account_of
from echt.wallets.answers import Answer
from echt.wallets.gate import KeyReused, Refused, carry_out, gate
from echt.wallets.house import House
from echt.wallets.models import Account, Asset, Transfer
from echt.wallets.moving import Coins, Movement
from echt.wallets.offers import coin
from echt.wallets.operations import Operation
from echt.wallets.quotes import Quote, exchanged, good_until
from echt.wallets.refusals import NotOffered, QuoteWrong
from echt.wallets.standing import standing


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """What the page tells before it is confirmed. `held`: how much of what is paid is held, and goes with its end."""

    quote: Quote
    source: Asset
    target: Asset
    held: int
    held_until: datetime | None


def offer_conversion(*, actor: User, source: Asset, target: Asset, units: int) -> Conversion:
    """What one would get. Nothing happens.

    Raises:
        Refused: the gate says no.
        NotOffered, NoPrice, TooLittle, TooMuch: see the classes.
    """
    account, source, target = account_of(actor), coin(source.pk), coin(target.pk)
    if source == target:
        raise NotOffered
    got, fee = exchanged(units, source, target)
    _require_allowed(account, source, units)
    quote = Quote(
        operation=Operation.CONVERT,
        account=account.pk,
        pays=source.pk,
        paid=units,
        gets=target.pk,
        got=got,
        fee=fee,
        until=good_until(),
    )
    held, until = _held_part(account, source, units)
    return Conversion(quote=quote, source=source, target=target, held=held, held_until=until)


def convert(*, actor: User, signed: str) -> Quote:
    """Do what was told.

    Raises:
        Refused: the gate says no.
        QuoteOver, QuoteWrong, NotOffered: see the classes.
    """
    account = account_of(actor)
    quote = Quote.opened(signed, account, Operation.CONVERT)
    if not is_done(account, quote):
        quote.require_fresh()
        coin(quote.pays), coin(quote.gets)
        move(quote)
    return quote


# What conversions and sales share ---------------------------------------------------------------------------


def is_done(account: Account, quote: Quote) -> bool:
    """Whether the quote has moved its money already (rule 3)."""
    return Transfer.objects.filter(account=account, key=key_of(quote), outcome="done").exists()


def key_of(quote: Quote) -> str:
    return f"quote:{quote.key}"


def movement_of(quote: Quote) -> Movement:
    return Movement(
        account=quote.account,
        operation=quote.operation,
        pays=Coins(asset=quote.pays, units=quote.paid),
        gets=Coins(asset=quote.gets, units=quote.got, fee=quote.fee),
        other=House.TRADING.pk,
        key=key_of(quote),
    )


def move(quote: Quote) -> Answer:
    """Carry it out, as the whole of its transaction.

    Raises:
        Refused: the gate says no.
        QuoteWrong: the key has moved something else.
    """
    try:
        return carry_out(movement_of(quote))
    except KeyReused:
        raise QuoteWrong from None


def _require_allowed(account: Account, source: Asset, units: int) -> None:
    answer = gate().ask(account=account.pk, operation=Operation.CONVERT, asset=source.pk, units=units)
    if not answer.allowed:
        raise Refused(answer)


def _held_part(account: Account, source: Asset, units: int) -> tuple[int, datetime | None]:
    """How much of it is held now, and until when the first of it is: free units go first (rule 2)."""
    parts = standing().of(account.pk, at=clock.now())
    part = next((part for part in parts if part.asset == source.pk), None)
    held = max(0, units - part.movable) if part else 0
    return held, part.next_release_at if part and held else None
